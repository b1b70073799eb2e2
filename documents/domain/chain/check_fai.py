"""FAI: the first-article regime of the order is met."""

from __future__ import annotations

from dataclasses import replace

from documents.domain.chain.approval_facts import HeldApprovalFacts, LimitFacts
from documents.domain.chain.evaluated import asked_for, evaluation_slot, is_undecided
from documents.domain.chain.lot_facts import FirstArticleFacts, LotFacts
from documents.domain.chain.slots import MISSING, NOBODY, REJECTED, REVIEW, STALE, Demand, Slot
from documents.domain.chain.trigger_facts import Article

BEFORE_DISPATCH, WITH_FIRST, HELD, NONE = "before_dispatch", "with_first", "held", "none"
APPROVED, CUSTOMER_APPROVED, ON_CONDITION = "approved", "customer_approved", "on_condition"
STANDING = (APPROVED, CUSTOMER_APPROVED, ON_CONDITION)
INTERIM, TURNED_DOWN = "interim", "rejected"


def check(facts: LotFacts) -> list[Slot]:
    """Return whether the first article this order asks for stands for the part and route revision of this lot.

    before_dispatch  the customer has signed field 24 of a first article the shop approved
    with_first       the shop has approved it; its forms go with the first shipment
    held             the latest decision the customer keeps is recorded and no rejection, or it signed field 24 here
    none             nothing is asked

    What the customer approved on a condition, or for a while, closes the link for the pieces and until the day it
    named. A first article that was corrected speaks no more once its correction is approved. What differs from the
    approved first article the part stands on must be evaluated first; then that one stands, or the partial or full
    one somebody decided on does.

    Source:  AS9102 Rev C 4.2 and 4.6 (when a full or partial first article is due); the regime is the order's;
             docs/decisions/0011, 0036 and 0037.
    """
    demand = Demand(
        "FAI",
        facts.number,
        _demanded(facts),
        f"Order {facts.order}; AS9102 Rev C 4.2",
        owner=facts.owner,
        due_on=facts.due_on,
    )
    if facts.fai_regime == NONE:
        return [demand.not_applicable(f"Order {facts.order} asks for no first article.")]
    if facts.purpose == "prototype":
        return [demand.not_applicable("AS9102 means the first production run; this lot is a prototype.")]
    evaluation = evaluation_slot(facts)
    return [_article(facts, demand), *([evaluation] if evaluation else [])]


def _article(facts: LotFacts, demand: Demand) -> Slot:
    if (decided := asked_for(facts)) is not None:
        evaluation, articles = decided
        if articles:
            return _approved(facts, demand, [_plain(facts, each) for each in articles])
        return demand.open(
            MISSING,
            f"{evaluation.number}, decided by {evaluation.decided_by}, asks for a {evaluation.decision} first article "
            f"and none is approved. Open it from {evaluation.number} and have it approved.",
            url_name="inspection:evaluation-detail",
            url_kwargs={"number": evaluation.number},
        )
    if facts.fai_regime == HELD:
        return _held(facts, demand)
    return _recorded_elsewhere(facts, demand) or _reported(facts, demand)


def _demanded(facts: LotFacts) -> str:
    ways = {
        BEFORE_DISPATCH: f"is approved by {facts.customer} before dispatch",
        WITH_FIRST: "is approved and goes with the first shipment",
        HELD: f"is approved and held by {facts.customer}",
    }
    way = ways.get(facts.fai_regime, "is on record")
    return f"A first article of {facts.part_number} revision {facts.part_revision} {way}."


def _held(facts: LotFacts, demand: Demand) -> Slot:
    if facts.held_approvals:
        return _decided_by_the_holder(facts, demand, facts.held_approvals[-1])
    for report in _approved_for_this_route(facts):
        if report.state in (CUSTOMER_APPROVED, ON_CONDITION):
            return _accept(facts, demand, report)
    return demand.open(
        MISSING,
        f"Order {facts.order} says {facts.customer} holds the approved first article, and no approval of "
        f"{facts.part_number} revision {facts.part_revision} is recorded. Ask {facts.customer} for its reference and "
        "record it.",
        url_name="inspection:held-approval-record",
        url_kwargs={"number": facts.part_number, "revision": facts.part_revision},
    )


def _decided_by_the_holder(facts: LotFacts, demand: Demand, held: HeldApprovalFacts) -> Slot:
    """Close it by the latest decision of the customer: for good, within its limits, or not at all."""
    page = {
        "url_name": "inspection:held-approval-record",
        "url_kwargs": {"number": facts.part_number, "revision": facts.part_revision},
    }
    name = f"{held.kind} {held.reference}".strip()
    since = f"since {held.approved_on:%-d %b %Y}"
    if held.status == TURNED_DOWN:
        return demand.open(
            REJECTED,
            f"{facts.customer} rejected {name} on {held.approved_on:%-d %b %Y}. Submit it again and record what "
            f"{facts.customer} decides.",
            since=held.approved_on,
            **page,
        )
    words = f"{name}, held by {facts.customer} {since}, recorded by {held.recorded_by}"
    if held.status != INTERIM:
        return demand.accepted(words)
    reason = _beyond(facts, held.limit)
    if reason is None:
        return demand.accepted(f"{words}; interim, {held.limit.words}")
    sentence = f"The interim approval {name} of {facts.customer} holds for {held.limit.words}; {reason}"
    return demand.open(STALE, f"{sentence} Ask {facts.customer} for a wider or final approval.", **page)


def _beyond(facts: LotFacts, limit: LimitFacts) -> str | None:
    """Say why a limited approval does not reach this lot; nothing when it does.

    What has left is judged by the day it left; for what has not, every other shipment of the part counts, drafts too.
    """
    own = next((each.left_on for each in limit.shipped if each.lot == facts.number), None)
    if own is not None:
        is_late = limit.until is not None and own > limit.until
        return f"lot {facts.number} left on {own:%-d %b %Y}." if is_late else None
    if limit.is_over:
        return "that day is over."
    others = [each for each in limit.shipped if each.lot != facts.number]
    taken = sum(each.quantity for each in others)
    if limit.pieces is None or taken + facts.quantity <= limit.pieces:
        return None
    shipped = f" and {taken} more are shipped or planned with {_lots(others)}" if taken else ""
    return f"lot {facts.number} has {facts.quantity}{shipped}."


def _lots(lines: list) -> str:
    named = sorted({each.lot for each in lines})
    more = f" and {len(named) - 5} other lots" if len(named) > 5 else ""
    return ", ".join(named[:5]) + more


def _recorded_elsewhere(facts: LotFacts, demand: Demand) -> Slot | None:
    """Answer for a lot brought in mid-way by the scan of the approved report, when there is one."""
    scan = facts.elsewhere_for("first_article")
    if scan is None or (_approved_for_this_route(facts) and scan.state != "reviewed"):
        return None
    if scan.state == "reviewed":
        return demand.accepted(f"recorded elsewhere, {scan.number}, reviewed by {scan.reviewed_by}")
    if scan.state == "recorded":
        return demand.open(
            REVIEW,
            f"The first article recorded elsewhere, {scan.number}, waits for review by somebody other than "
            f"{scan.recorded_by}.",
            since=scan.recorded_on,
        )
    return demand.open(
        REJECTED,
        f"The first article recorded elsewhere, {scan.number}, was rejected by {scan.reviewed_by}: "
        f"{scan.review_reason} Record another scan or open a first article on this lot.",
        owner=scan.recorded_by,
    )


def _reported(facts: LotFacts, demand: Demand) -> Slot:
    if current := _standing(facts):
        return _approved(facts, demand, current)
    if is_undecided(facts):
        return demand.waiting(
            f"Whether {facts.triggers.baseline.number} still stands for lot {facts.number} is decided by an evaluation."
        )
    if found := _last(facts, "submitted"):
        return demand.open(REVIEW, f"First article {found.number} waits for approval.", **_at(found))
    if earlier := _last(facts, *STANDING):
        return demand.open(
            STALE,
            f"First article {earlier.number} was approved for route {earlier.route}; lot {facts.number} is "
            f"made by {facts.route}. Make a partial first article of what changed.",
            **_at(earlier),
        )
    if facts.first_articles and facts.first_articles[-1].state == "withdrawn":
        return _withdrawn(facts, demand, facts.first_articles[-1])
    if found := _last(facts, "returned", "draft"):
        reason = f"First article {found.number} is {found.state} and not submitted. Complete and submit it."
        return demand.open(MISSING, reason, owner=found.author, since=found.opened_on, **_at(found))
    return demand.open(
        MISSING,
        f"No first article of {facts.part_number} revision {facts.part_revision} is on record. Open one on this lot.",
        url_name="inspection:first-article-open",
        url_kwargs={"number": facts.number},
    )


def _standing(facts: LotFacts) -> list[FirstArticleFacts]:
    """Return what is approved for this route, else what stands for it as nothing differs that was to be evaluated.

    A lot with a partial first article of its own stands on that one: the customer may not have seen it yet.
    """
    current, found = _approved_for_this_route(facts), facts.triggers
    if found is not None and found.is_own and found.baseline.is_partial:
        return [_plain(facts, found.baseline)]
    if current or found is None or is_undecided(facts):
        return current
    return [_plain(facts, found.baseline)]


def _plain(facts: LotFacts, article: Article) -> FirstArticleFacts:
    """Return an article of another route or part revision as one of this lot's own.

    What the customer let pass on a condition it let pass for that part revision; for another the shop alone approved.
    """
    if own := next((each for each in facts.first_articles if each.number == article.number), None):
        return own
    named = {
        name: value for name, value in vars(article).items() if name not in ("part_revision", "is_partial")
    }
    if article.state == ON_CONDITION:
        named |= {"state": APPROVED, "customer_by": ""}
    return FirstArticleFacts(**named)


def _approved(facts: LotFacts, demand: Demand, current: list[FirstArticleFacts]) -> Slot:
    for report in current:
        if report.is_approved_by_its_maker:
            # the independence of the second look is nobody's to give away
            return replace(demand, waived_by=NOBODY).open(
                REJECTED,
                f"First article {report.number} was approved by {report.approved_by}, who also wrote or verified it. "
                "Have a new one approved by another person.",
                **_at(report),
            )
    return _with_the_customer(facts, demand, current)


def _withdrawn(facts: LotFacts, demand: Demand, report: FirstArticleFacts) -> Slot:
    number, by, reason = report.withdrawn
    return demand.open(
        REJECTED,
        f"The approval of first article {report.number} was withdrawn by {by} with {number}: {reason.rstrip('.')}. "
        f"Open a new first article on lot {facts.number} and have it approved.",
        url_name="inspection:first-article-open",
        url_kwargs={"number": facts.number},
    )


def _with_the_customer(facts: LotFacts, demand: Demand, current: list[FirstArticleFacts]) -> Slot:
    """Close it by what the regime asks for beyond the shop's own approval."""
    signed = [report for report in current if report.state in (CUSTOMER_APPROVED, ON_CONDITION)]
    if signed or facts.fai_regime != BEFORE_DISPATCH:
        return _accept(facts, demand, (signed or current)[-1])
    report = current[-1]
    return demand.open(
        REVIEW,
        f"First article {report.number} is approved here by {report.approved_by} and waits for the approval of "
        f"{facts.customer} in field {report.customer_field}, which order {facts.order} asks for before dispatch.",
        owner=facts.customer,
        since=report.approved_on,
        **_at(report),
    )


def _accept(facts: LotFacts, demand: Demand, report: FirstArticleFacts) -> Slot:
    words = f"{report.number}, approved by {report.approved_by}"
    if report.customer_by:
        words += f", for {facts.customer} by {report.customer_by}"
    if report.state == ON_CONDITION:
        return _on_condition(facts, demand, report, words)
    return demand.accepted(words)


def _on_condition(facts: LotFacts, demand: Demand, report: FirstArticleFacts, words: str) -> Slot:
    reason = _beyond(facts, report.limit)
    if reason is None:
        return demand.accepted(f"{words} on a condition: {report.condition}; {report.limit.words}")
    return demand.open(
        STALE,
        f"{facts.customer} approved first article {report.number} on a condition, {report.limit.words}: "
        f"{report.condition.rstrip('.')}. Now {reason} Meet the condition and ask {facts.customer} to approve it "
        "without one.",
        **_at(report),
    )


def _approved_for_this_route(facts: LotFacts) -> list[FirstArticleFacts]:
    return [
        each
        for each in facts.first_articles
        if each.state in STANDING and each.route == facts.route and not each.corrected_by
    ]


def _last(facts: LotFacts, *states: str) -> FirstArticleFacts | None:
    return next((each for each in reversed(facts.first_articles) if each.state in states), None)


def _at(report: FirstArticleFacts) -> dict:
    return {"url_name": "inspection:first-article-detail", "url_kwargs": {"number": report.number}}
