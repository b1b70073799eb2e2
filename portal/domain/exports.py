"""May what is held under a label go to an organization, in that country, on that day?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from portal.domain.standing import first_day_after
from portal.models import Agreement, Organization, Registration


class Labelled(Protocol):
    """What of a label decides: a record and a frozen fact both have it."""

    name: str
    strictness: int
    needs_eligibility: bool
    allowed_countries: Iterable[str]


@dataclass(frozen=True)
class Holding:
    """An agreement or registration by which an organization may receive what is controlled.

    `covers` is the strictness of the strictest label it is for, none for every label; `after` the first day it holds
    no more.
    """

    number: str
    kind: str
    covers: int | None
    first: date
    after: date

    def lets_through(self, label: Labelled, on: date | None) -> bool:
        """Say whether it is for a label this strict and held that day; no day asks for the label alone."""
        is_for = self.covers is None or self.covers >= label.strictness
        return is_for and (on is None or self.first <= on < self.after)


def binds(label: Labelled) -> bool:
    """Say whether a label limits who may receive what is held under it."""
    return label.needs_eligibility or bool(label.allowed_countries)


def may_not_go(
    *,
    label: Labelled,
    recipient: str,
    country: str,
    holdings: Iterable[Holding],
    on: date | None,
    what: str,
) -> str:
    """Return the sentence that says why something may not go to a recipient, or nothing when it may.

    1. the country is one the label names, or an export licence of the recipient covers the label;
    2. where the label asks for eligible people, the recipient holds an agreement that covers a label at least as
       strict, or an ITAR registration.

    on: the day it goes; none when `holdings` are those in force already.
    Source:  22 CFR 120 to 124 (countries, licences, registration of who receives); 15 CFR 730.
    """
    in_force = [each for each in holdings if each.lets_through(label, on)]
    is_licensed = any(each.kind == Agreement.EXPORT for each in in_force)
    if label.allowed_countries and country not in label.allowed_countries and not is_licensed:
        return (
            f"{what} is held under {label.name}, which forbids sending it to {country} ({recipient}). Choose a site "
            f"in {', '.join(label.allowed_countries)}, or record the export licence that covers it."
        )
    if label.needs_eligibility and not in_force:
        day = f" on {on:%-d %b %Y}" if on else ""
        return (
            f"{what} is held under {label.name}; {recipient} holds no agreement that covers it and no ITAR "
            f"registration{day}. Record one with its days on the organization's page; until then nothing of it may "
            "go there."
        )
    return ""


def holdings_of(organization: Organization) -> list[Holding]:
    """Return what an organization has on record that may let it receive what is controlled."""
    agreed = organization.agreements.filter(label__isnull=False).select_related("label").order_by("pk")
    registered = organization.registrations.filter(kind=Registration.ITAR).order_by("pk")
    return [_agreed(each) for each in agreed] + [_registered(each) for each in registered]


def _agreed(agreement: Agreement) -> Holding:
    return Holding(
        agreement.number,
        agreement.kind,
        agreement.label.strictness,
        agreement.valid_from,
        first_day_after(agreement),
    )


def _registered(registration: Registration) -> Holding:
    return Holding(
        registration.number, registration.kind, None, registration.valid_from, first_day_after(registration)
    )
