"""FAI: the first-article regime of the order is met."""

from __future__ import annotations

from documents.domain.chain.lot_facts import FirstArticleFacts, LotFacts
from documents.domain.chain.slots import MISSING, REJECTED, REVIEW, STALE, Demand, Slot

REGIMES = {
    "before_dispatch": "approved before dispatch",
    "with_first": "sent with the first shipment",
}


def check(facts: LotFacts) -> list[Slot]:
    """Return whether an approved first article stands for the part and route revision of this lot.

    Source:  AS9102 Rev C 4.2 and 4.6 (when a full or partial first article is due); the regime is the order's.
    """
    demand = Demand(
        "FAI",
        facts.number,
        f"A first article of {facts.part_number} revision {facts.part_revision} is "
        f"{REGIMES.get(facts.fai_regime, 'on record')}.",
        f"Order {facts.order}; AS9102 Rev C 4.2",
        owner=facts.owner,
        due_on=facts.due_on,
    )
    if facts.fai_regime == "none":
        return [demand.not_applicable(f"Order {facts.order} asks for no first article.")]
    if facts.fai_regime == "held":
        return [
            demand.not_applicable(f"Order {facts.order} says the customer holds the approved first article.")
        ]
    if facts.purpose == "prototype":
        return [demand.not_applicable("AS9102 means the first production run; this lot is a prototype.")]
    return [_reported(facts, demand)]


def _reported(facts: LotFacts, demand: Demand) -> Slot:
    approved = [each for each in facts.first_articles if each.state == "approved"]
    current = [each for each in approved if each.route == facts.route]
    for report in current:
        if report.approved_by in (report.author, report.verified_by):
            return demand.open(
                REJECTED,
                f"First article {report.number} was approved by {report.approved_by}, who also wrote or verified it. "
                "Have a new one approved by another person.",
                **_at(report),
            )
    if current:
        return demand.accepted(f"{current[-1].number}, approved by {current[-1].approved_by}")
    if found := _last(facts, "submitted"):
        return demand.open(REVIEW, f"First article {found.number} waits for approval.", **_at(found))
    if approved:
        return demand.open(
            STALE,
            f"First article {approved[-1].number} was approved for route {approved[-1].route}; lot {facts.number} is "
            f"made by {facts.route}. Make a partial first article of what changed.",
            **_at(approved[-1]),
        )
    if found := _last(facts, "returned", "draft"):
        reason = f"First article {found.number} is {found.state} and not submitted. Complete and submit it."
        return demand.open(MISSING, reason, owner=found.author, since=found.opened_on, **_at(found))
    return demand.open(
        MISSING,
        f"No first article of {facts.part_number} revision {facts.part_revision} is on record. Open one on this lot.",
        url_name="inspection:first-article-open",
        url_kwargs={"number": facts.number},
    )


def _last(facts: LotFacts, *states: str) -> FirstArticleFacts | None:
    return next((each for each in reversed(facts.first_articles) if each.state in states), None)


def _at(report: FirstArticleFacts) -> dict:
    return {"url_name": "inspection:first-article-detail", "url_kwargs": {"number": report.number}}
