"""Approvals of first articles as plain facts, and how much may ship while one is limited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ShippedFacts:
    """A shipment line of the part revision since the approval; `left_on` once it was dispatched."""

    lot: str
    quantity: int
    left_on: date | None = None


@dataclass(frozen=True)
class LimitFacts:
    """What a conditional or interim approval allows: so many pieces of the part revision, until a day, or both.

    `is_over` says whether the day is over for what leaves today. Shipments that are only planned count, too: two
    drafts can not both use the last pieces.
    """

    pieces: int | None = None
    until: date | None = None
    is_over: bool = False
    shipped: tuple[ShippedFacts, ...] = ()

    @property
    def words(self) -> str:
        """Return what is allowed."""
        count = "" if self.pieces is None else f"at most {self.pieces} piece{'' if self.pieces == 1 else 's'}"
        day = f"until {self.until:%-d %b %Y}" if self.until else ""
        return " ".join(each for each in (count, day) if each)


@dataclass(frozen=True)
class FirstArticleFacts:
    """One first article of the lot's part revision, whichever lot it was measured on.

    `approved_by` signed for the shop, `customer_by` for the customer; `condition` is what the customer still asks for,
    with what may ship before; `corrected_by` the approved first article that took its place.
    """

    number: str
    state: str
    route: str
    lot: str
    author: str
    verified_by: str = ""
    approved_by: str = ""
    opened_on: date | None = None
    approved_on: date | None = None
    customer_by: str = ""
    # whoever approved it also wrote or verified it; told by the person, not by the name
    is_approved_by_its_maker: bool = False
    # the number of the reversal that withdrew the approval, who signed it, and why
    withdrawn: tuple[str, ...] = ()
    corrected_by: str = ""
    condition: str = ""
    limit: LimitFacts | None = None
    # the field of Form 1 in which the customer approves, by the edition of the forms
    customer_field: str = "24"


@dataclass(frozen=True)
class HeldApprovalFacts:
    """What the customer decided about this part revision in its own system."""

    reference: str
    approved_on: date
    recorded_by: str
    status: str = "approved"
    # what was submitted there, as AIAG PPAP level 3; nothing for a plain first article
    kind: str = ""
    limit: LimitFacts | None = None


# the day that is now where the shop is, in which a day of an approval ends
SHOPS_DAY = """(now() AT TIME ZONE COALESCE((SELECT zs.time_zone FROM portal_site zs
    JOIN portal_organization zo ON zo.id = zs.organization_id
    WHERE zo.kind = 'shop' ORDER BY zs.id LIMIT 1), 'UTC'))::date"""


def limit_sql(*, when: str, pieces: str, until: str, part_revision: str, since: str) -> str:
    """Return the expression that reads a limit as JSON; null where `when` does not hold. Arguments are columns."""
    return f"""CASE WHEN {when} THEN json_build_array({pieces}, {until}, COALESCE({until} < {SHOPS_DAY}, FALSE), (
        SELECT json_agg(json_build_array(gone.number, sl.quantity, (sh.dispatched_at AT TIME ZONE 'UTC')::date)
            ORDER BY sl.id)
        FROM documents_shipmentline sl JOIN documents_shipment sh ON sh.id = sl.shipment_id
        JOIN routes_traveler gone ON gone.id = sl.traveler_id
        JOIN routes_routerevision gr ON gr.id = gone.route_revision_id
        WHERE sl.is_active AND gr.part_revision_id = {part_revision}
            AND (sh.dispatched_at IS NULL OR sh.dispatched_at >= {since}))) END"""


def limit_of(read: list | None) -> LimitFacts | None:
    """Return the limit that was read, or none."""
    if read is None:
        return None
    pieces, until, is_over, shipped = read
    lines = [ShippedFacts(lot, quantity, _day(left_on)) for lot, quantity, left_on in shipped or ()]
    return LimitFacts(pieces, _day(until), is_over, tuple(lines))


def held_approvals_of(read: list | None) -> tuple[HeldApprovalFacts, ...]:
    """Return the decisions of the customer that were read, the earliest first."""
    return tuple(
        HeldApprovalFacts(
            reference=reference,
            approved_on=date.fromisoformat(decided_on),
            recorded_by=keeper,
            status=status,
            kind=kind,
            limit=limit_of(limit),
        )
        for reference, decided_on, keeper, status, kind, limit in read or ()
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
