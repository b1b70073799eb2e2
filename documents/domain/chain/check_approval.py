"""APPROVAL: the vendor's scope covered every attribute on the day of the order and of the work."""

from __future__ import annotations

from datetime import date

from documents.domain.chain import elsewhere
from documents.domain.chain.lot_facts import CertificateFacts, LotFacts, OutsideFacts, ScopeFacts, StepFacts
from documents.domain.chain.slots import REJECTED, Demand, Slot, start
from documents.domain.normalising import normalise
from subcontract.domain.approvals import covers_material
from subcontract.domain.standing_days import rested_on, stood_on


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each outside operation of the latest pass.

    The day of the work is the one the accepted certificate prints, else every day the pieces were away. Days are
    those printed or written down where the work was done; none is moved into another time zone.

    Source:  AS9100D 8.4.1 (scope of approval); release rules 21 and 22.
    """
    steps = facts.steps_of("outside")
    if not steps:
        demand = Demand("APPROVAL", facts.number, "The vendor is approved.", "AS9100D 8.4.1")
        return [demand.not_applicable(f"Route {facts.route} sends nothing out.")]
    return [_step(facts, step) for step in steps]


def _step(facts: LotFacts, step: StepFacts) -> Slot:
    lines = facts.outside_lines_of(step)
    vendor = lines[0].vendor if lines else "the vendor"
    demand = Demand(
        "APPROVAL",
        facts.number,
        f"{start(vendor)} is approved for {step.words} on the order date and the process date.",
        "AS9100D 8.4.1",
        owner=step.quality_owner or facts.owner,
        subject=step.subject,
        **(
            {"url_name": "subcontract:order-detail", "url_kwargs": {"number": lines[0].order}}
            if lines
            else {}
        ),
    )
    if step.is_elsewhere:
        # nobody was ordered here; the reviewer of the certificate signs for the approval, too
        return elsewhere.follow(
            facts, demand, proves="process", step=step, evidence="approval as seen by the reviewer"
        )
    if not lines:
        return demand.waiting(f"No outside order for {step.words} yet.")
    found = []
    for line in lines:
        for day, words in days_that_count(facts, step, line):
            number, gap = coverage_on(facts, line, day, words)
            if gap:
                return demand.open(REJECTED, gap, since=line.ordered_on)
            found.append(number)
    return demand.accepted(", ".join(sorted(set(found))))


def days_that_count(facts: LotFacts, step: StepFacts, line: OutsideFacts) -> list[tuple[date, str]]:
    """Return the days on which the approval must have stood, each with its name.

    1. the day of the order;
    2. every day the accepted certificate prints the work was done on, the first and the last included;
    3. where it prints none, every day the pieces were away; while they still are, every one up to today.

    Of a range its first day stands for all until an approval of the vendor begins or ceases, and so on.
    """
    days = [(line.ordered_on, "order date")]
    accepted = [each for each in facts.certificates_of(step) if each.state == "accepted"]
    printed = [_printed(each) for each in accepted if each.process_from or each.process_to]
    if printed:
        return days + [
            (day, "process date")
            for day in sorted({day for first, last in printed for day in days_between(facts, first, last)})
        ]
    if line.shipped_on is None:
        return days
    received = max((each.received_on for each in facts.receipts if each.place == step.place), default=None)
    # what comes back in part is a lot of its own, so a lot that was received is back as a whole
    away = (
        days_between(facts, line.shipped_on, received) if received else _turns_since(facts, line.shipped_on)
    )
    return days + [(day, "time away") for day in away]


def _printed(certificate: CertificateFacts) -> tuple[date, date]:
    first = certificate.process_from or certificate.process_to
    last = certificate.process_to or certificate.process_from
    return min(first, last), max(first, last)


def days_between(facts: LotFacts, first: date, last: date) -> list[date]:
    """Return the days of a range on which to ask: its ends, and each on which an approval of the vendor turns."""
    turns = {day for scope in facts.scopes for day in scope.turns if first < day < last}
    return sorted({first, last, *turns})


def _turns_since(facts: LotFacts, first: date) -> list[date]:
    return sorted({first, *(day for scope in facts.scopes for day in scope.passed if day > first)})


def differences(scope: ScopeFacts, line: OutsideFacts, *, customer: str, on: date) -> list[str]:
    """Name every attribute of an approval that does not cover a line on a day; none means it covers it."""
    names = {normalise(name) for name in (line.specification.number, *line.specification.names)}
    attributes = [
        ("site", scope.site == line.site),
        ("process", scope.process.casefold() == line.specification.process.casefold()),
        ("specification", normalise(scope.spec_number) in names),
        ("revision", scope.spec_revision in ("", line.specification.revision)),
        ("type", scope.spec_type in ("", line.spec_type)),
        ("class", scope.spec_class in ("", line.spec_class)),
        ("material", covers_material(scope.material, line.condition)),
        ("customer", scope.customer in ("", customer)),
        ("date", scope.valid_from <= on < scope.valid_until),
        ("state", stood_on(scope.gaps, on)),
        ("registration", rested_on(scope.rests_on, on)),
    ]
    return [name for name, is_met in attributes if not is_met]


def coverage_on(facts: LotFacts, line: OutsideFacts, day: date, words: str) -> tuple[str, str]:
    """Return the number of the approval that covered a line on a day, or the sentence that says why none did."""
    scope, unmet = _closest(facts, line, day)
    return (scope.number, "") if scope and not unmet else ("", _sentence(line, day, words, scope, unmet))


def _closest(facts: LotFacts, line: OutsideFacts, on: date) -> tuple[ScopeFacts | None, list[str]]:
    judged = [(scope, differences(scope, line, customer=facts.customer, on=on)) for scope in facts.scopes]
    return min(judged, key=lambda pair: (len(pair[1]), pair[0].number), default=(None, ["approval"]))


def _sentence(line: OutsideFacts, day: date, words: str, scope: ScopeFacts | None, unmet: list[str]) -> str:
    wanted = _wanted(line)
    if scope is None:
        return (
            f"{line.site} holds no approval; order {line.words} has it do {wanted}. "
            "Approve the vendor's scope with its basis, or have the work done again by an approved one."
        )
    return (
        f"{line.site} was not approved for {wanted} on {day:%-d %b %Y} ({words} of {line.words}): approval "
        f"{scope.number} differs in {', '.join(_told(scope, unmet))}. "
        "Show an approval that held that day, or open a nonconformance."
    )


def _told(scope: ScopeFacts, unmet: list[str]) -> list[str]:
    """Name the attributes; of a registration it rests on, with the days on which that held."""
    held = " and ".join(
        f"{number} held from {first:%-d %b %Y} to before {after:%-d %b %Y}"
        for number, first, after in scope.rests_on
    )
    return [f"registration ({held})" if name == "registration" else name for name in unmet]


def _wanted(line: OutsideFacts) -> str:
    parts = (line.specification.number, line.specification.revision, line.spec_type, line.spec_class)
    return " ".join(part for part in parts if part)
