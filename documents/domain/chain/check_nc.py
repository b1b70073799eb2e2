"""NC: no piece leaves with an undecided nonconformance; use-as-is and repair stay within a concession."""

from __future__ import annotations

from documents.domain.chain.lot_facts import LotFacts, NonconformanceFacts
from documents.domain.chain.slots import MISSING, NOBODY, REJECTED, Demand, Slot
from documents.domain.chain.undone import said

NEED_CONCESSION = ("use_as_is", "repair")
MUST_NOT_SHIP = ("scrap", "return")


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each nonconformance on pieces of this lot.

    What other lots ship under a concession counts against its limit.

    Source:  AS9100D 8.7.1 (use-as-is and repair need the design authority); release rules 42 and 43 as corrected:
             pieces are blocked, not lots.
    """
    if not facts.nonconformances:
        demand = Demand("NC", facts.number, "No nonconformance is undecided.", "AS9100D 8.7")
        return [demand.accepted("none on these pieces")]
    return [_judge(facts, found) for found in facts.nonconformances]


def _judge(facts: LotFacts, found: NonconformanceFacts) -> Slot:
    demand = Demand(
        "NC",
        facts.number,
        f"Nonconformance {found.number} is decided: {found.description}",
        "AS9100D 8.7.1",
        owner=facts.owner,
        subject=found.number,
        # a concession is the way to let such pieces pass
        waived_by=NOBODY,
        url_name="inspection:nonconformance-detail",
        url_kwargs={"number": found.number},
    )
    if found.state == "open":
        pieces = "piece" if found.quantity == 1 else "pieces"
        again = said(facts, f"nonconformance {found.number}")
        return demand.open(
            MISSING,
            f"Nonconformance {found.number} on {found.quantity} {pieces} of lot {facts.number} is not decided. "
            f"Disposition it.{again}",
            since=found.opened_on,
        )
    words = found.disposition.replace("_", " ")
    if found.disposition in MUST_NOT_SHIP:
        return demand.open(
            REJECTED,
            f"Nonconformance {found.number} says {words}, and the pieces are still in lot {facts.number}. "
            "Record that they left, with a witness.",
            since=found.opened_on,
        )
    if found.disposition in NEED_CONCESSION:
        return _within_concession(facts, found, words, demand)
    return demand.accepted(f"{found.number}: {words}")


def _within_concession(facts: LotFacts, found: NonconformanceFacts, words: str, demand: Demand) -> Slot:
    if not found.concessions:
        return demand.open(
            MISSING,
            f"{found.number}, {words} on {found.quantity} pieces, has no concession of the design authority. "
            f"Ask {facts.customer} for one.",
            owner=facts.customer,
            since=found.opened_on,
        )
    standing = [each for each in found.concessions if each.is_in_force]
    if not standing:
        ended = found.concessions[-1]
        return demand.open(
            REJECTED,
            f"Concession {ended.number} of {found.number} ended on {ended.valid_to} and lot {facts.number} has not "
            f"left. Ask {facts.customer} for another one.",
            owner=facts.customer,
        )
    limit = sum(each.quantity_limit for each in standing)
    allowed = {serial for each in standing for serial in each.serials}
    here = set(facts.serials) or set(found.serials)
    outside = [serial for serial in found.serials if allowed and serial in here and serial not in allowed]
    affected = min(found.quantity, facts.quantity)
    numbers = ", ".join(each.number for each in standing)
    if affected + found.on_shipments > limit or outside:
        what = f"serial {outside[0]}" if outside else f"{affected} pieces"
        if found.on_shipments and not outside:
            what += f", and {found.on_shipments} are on shipments under it already"
        return demand.open(
            REJECTED,
            f"Concession {numbers} of {found.number} allows {limit} pieces"
            f"{f', serials {chr(44).join(sorted(allowed))}' if allowed else ''}; lot {facts.number} carries {what}. "
            f"Ask {facts.customer} for a wider one or take the pieces out.",
            owner=facts.customer,
        )
    return demand.accepted(f"{found.number}: {words} by {numbers}")
