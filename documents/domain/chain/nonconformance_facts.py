"""What was found wrong with pieces of a lot, and what the customer let pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ConcessionFacts:
    number: str
    reference: str
    quantity_limit: int
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class NonconformanceFacts:
    """One nonconformance on pieces of this lot."""

    number: str
    state: str
    description: str
    quantity: int
    opened_by: str
    opened_on: date
    disposition: str = ""
    serials: tuple[str, ...] = ()
    concessions: tuple[ConcessionFacts, ...] = ()
