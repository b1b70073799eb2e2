"""COMPONENTS: each component of an assembly has enough pieces, each from a lot or receipt that is proved itself."""

from __future__ import annotations

from documents.domain.chain.component_facts import ComponentFacts, ComponentSource
from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import MISSING, NOBODY, REJECTED, Demand, Slot, start

PLACE = "routes:component-build-in"
DONE = ("complete", "shipped", "closed")


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each line of the parts list, or one that closes the link when there is none.

    A source made here must be complete, not on hold, without an undecided nonconformance, certified in its material
    and its outside operations, without readings in doubt that nobody has judged, and so must everything built into
    it; a bought one has an accepted certificate for all that was used of it.

    Source:  AS9100D 8.5.2 (traceability); AS9102 Form 1 fields 15 to 18. What is in a part is a fact; nobody may
             waive it. A source that is not proved can be closed where it lies.
    """
    if not facts.components:
        demand = Demand("COMPONENTS", facts.number, "Every component is proved.", "AS9100D 8.5.2")
        return [
            demand.not_applicable(f"{facts.part_number} revision {facts.part_revision} has no parts list.")
        ]
    return [_judge(facts, component) for component in facts.components]


def _judge(facts: LotFacts, component: ComponentFacts) -> Slot:
    demand = Demand(
        "COMPONENTS",
        facts.number,
        f"{start(component.words)} is in it {component.quantity_each} times, each from a proved source.",
        f"Parts list of {facts.part_number} revision {facts.part_revision}, item {component.item_number}",
        owner=facts.owner,
        subject=f"item {component.item_number}",
        waived_by=NOBODY,
        url_name=PLACE,
        url_kwargs={"number": facts.number, "item": component.item_number},
    )
    if component.recorded < component.needed:
        return demand.open(MISSING, _too_few(facts, component))
    if component.short_serials:
        return demand.open(
            MISSING,
            f"{', '.join(component.short_serials)} of lot {facts.number} has not all of {component.words}. Record "
            "which piece went into it.",
        )
    for source in component.sources:
        if fault := _fault(source):
            return demand.open(REJECTED, f"{_where(facts, component, source)} {fault}", **_place(source))
        if source.doubts:
            return demand.open(
                REJECTED, f"{_where(facts, component, source)} {_doubt(source)}", **_at_gauge(source)
            )
    return demand.accepted("; ".join(each.words for each in component.sources if each.into == facts.number))


def _too_few(facts: LotFacts, component: ComponentFacts) -> str:
    return (
        f"Lot {facts.number} needs {component.needed} pieces of {component.words}, and {component.recorded} are "
        f"recorded. Record from which {'receipt' if component.is_bought else 'lot'} the others came."
    )


def _where(facts: LotFacts, component: ComponentFacts, source: ComponentSource) -> str:
    """Say which source it is, and what it is in when that is not the assembly itself."""
    name = f"{start(component.words)} of lot {facts.number}" if source.into == facts.number else (
        f"Item {source.item}, {source.part_number}, of lot {source.into}, which is in lot {facts.number},"
    )  # fmt: skip
    return f"{name} comes from {source.words}:"


def _fault(source: ComponentSource) -> str:
    """Say what is wrong with a source, or nothing."""
    if not source.is_bought and source.state not in DONE:
        return f"it is {source.state} again. Finish it, or take its pieces out."
    if source.holds:
        return f"{', '.join(source.holds)} stops it. Decide on the hold, or take its pieces out."
    if source.nonconformances:
        return f"{', '.join(source.nonconformances)} is not settled. Decide on it, or take its pieces out."
    if source.uncertified:
        return (
            f"no accepted certificate is here for all of {', '.join(source.uncertified)}. Accept one, or take its "
            "pieces out."
        )
    if source.lacks:
        return f"it lacks {', '.join(source.lacks)} itself. Record what it was built from."
    return ""


def _doubt(source: ComponentSource) -> str:
    """Say whose readings of a source are in doubt, and who decides on them.

    Source:  ISO 9001:2015 7.1.5.2 (the validity of previous results is determined); release rule 45.
    """
    first, more = source.doubts[0], len(source.doubts) - 1
    return (
        f"readings of gauge {first.words}, are in doubt{f', and those of {more} more' if more else ''}. Have somebody "
        f"of quality who took none of them judge them for lot {source.source}, or take its pieces out."
    )


def _place(source: ComponentSource) -> dict:
    name = "routes:material-detail" if source.is_bought else "routes:traveler-detail"
    return {"url_name": name, "url_kwargs": {"number": source.source}}


def _at_gauge(source: ComponentSource) -> dict:
    first = source.doubts[0]
    place = {"number": first.gauge, "day": first.found_on.isoformat()}
    return {"url_name": "inspection:readings-detail", "url_kwargs": place}
