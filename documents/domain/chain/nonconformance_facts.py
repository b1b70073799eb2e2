"""What was found wrong with pieces of a lot, and what the customer let pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ConcessionFacts:
    """One concession with its limits; `is_in_force` until its last day, and for what left under it for ever."""

    number: str
    reference: str
    quantity_limit: int
    serials: tuple[str, ...] = ()
    valid_to: str = ""
    is_in_force: bool = True


@dataclass(frozen=True)
class NonconformanceFacts:
    """One nonconformance on pieces of this lot; `on_shipments` counts other lots that share it.

    Units:   pieces.
    """

    number: str
    state: str
    description: str
    quantity: int
    opened_by: str
    opened_on: date
    disposition: str = ""
    serials: tuple[str, ...] = ()
    concessions: tuple[ConcessionFacts, ...] = ()
    on_shipments: int = 0
