"""What a person can do about an open link: the verb on the button, and the page where it is done.

The checks say which record is concerned; here that becomes the act itself: "Accept or reject BW-0002", not "Open".
Whoever may not do the act is shown the record instead. Nothing here decides whether a link is open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from documents.domain.chain.lot_facts import CertificateFacts, LotFacts, StepFacts
from documents.domain.chain.slots import MISSING, RECEIVED, REJECTED, REVIEW, STALE, Slot
from documents.permissions import BRINGERS
from inspection.permissions import DECIDERS, MEASURERS, REPORTERS
from portal.models import Person
from portal.permissions import INSPECTORS, QUALITY, SHOP
from routes.permissions import EVIDENCE_BRINGERS, FLOOR, PLANNERS
from subcontract.permissions import BUYERS

LOT_PAGE = "routes:traveler-detail"
CERTIFICATE_PAGE = "documents:certificate-detail"


@dataclass(frozen=True)
class Act:
    """One act: its words, its address, and who may do it; `after` is a query or an anchor of the address."""

    label: str
    name: str
    kwargs: dict[str, str | int]
    roles: tuple[str, ...]
    after: str = ""

    @property
    def url(self) -> str:
        return f"{reverse(self.name, kwargs=self.kwargs)}{self.after}"


def act_on(slot: Slot, facts: LotFacts, person: Person) -> dict[str, str]:
    """Return `act` and `url` of what this person can do about an open link; both empty when there is nothing."""
    return offer_to(person, offered(slot, facts))


def offered(slot: Slot, facts: LotFacts) -> dict:
    """Return what is offered about an open link as plain data: the act with who may do it, and the record to show."""
    of_scan = _of_scan(slot)
    act = of_scan or OFFERS.get(slot.code, _nothing)(slot, facts)
    number = str(slot.url_kwargs.get("number", ""))
    # a scan has no page of its own to look at: the lot's page shows it
    is_here = of_scan or slot.code == "CLAUSES" or (slot.url_name == LOT_PAGE and number == facts.number)
    shown = _certificate_name(number, facts) if slot.url_name == CERTIFICATE_PAGE else number
    return {
        "act": {**vars(act), "roles": list(act.roles)} if act else None,
        "show": None if is_here else [f"Open {shown}", slot.url_name, slot.url_kwargs],
    }


def offer_to(person: Person, offer: dict) -> dict[str, str]:
    """Return `act` and `url` for one person: the act, the record for those who may not do it, or nothing."""
    act, show = offer["act"], offer["show"]
    try:
        if act and person.role in act["roles"]:
            return {"act": act["label"], "url": Act(**act).url}
        if show:
            return {"act": show[0], "url": reverse(show[1], kwargs=show[2])}
    except NoReverseMatch:
        pass
    return {"act": "", "url": ""}


def _nothing(slot: Slot, facts: LotFacts) -> None:
    return None


def _of_scan(slot: Slot) -> Act | None:
    """Return the act on a scan of what was done before the lot came in; the check names its page."""
    kwargs = dict(slot.url_kwargs)
    if slot.url_name == "routes:elsewhere-add":
        return Act("Add the scan", slot.url_name, kwargs, FLOOR)
    if slot.url_name == "routes:elsewhere-review":
        return Act(f"Review {kwargs['number']}", slot.url_name, kwargs, PLANNERS)
    return None


def _on_lot(label: str, verb: str, facts: LotFacts, roles: tuple[str, ...]) -> Act:
    return Act(label, f"routes:traveler-{verb}", {"number": facts.number}, roles)


def _step_named(words: str, facts: LotFacts) -> StepFacts | None:
    """Return the step a sentence of a demand is about; of two names within each other the longer one."""
    found = [step for step in facts.steps if step.words in words or step.opening in words]
    return max(found, key=lambda step: len(step.words), default=None)


def _certificate(number: str, facts: LotFacts) -> CertificateFacts | None:
    of_material = facts.material.certificates if facts.material else ()
    every = (*of_material, *(each for _, _, each in facts.process_certificates))
    return next((each for each in every if each.number == number), None)


def _certificate_name(number: str, facts: LotFacts) -> str:
    certificate = _certificate(number, facts)
    return (certificate.stated_number if certificate else "") or number


def _on_certificate(slot: Slot, facts: LotFacts) -> Act:
    number = slot.url_kwargs["number"]
    name, certificate = _certificate_name(number, facts), _certificate(number, facts)
    if slot.state == REVIEW:
        return Act(f"Accept or reject {name}", CERTIFICATE_PAGE, {"number": number}, QUALITY)
    if slot.state == RECEIVED:
        return Act(f"Enter what {name} says", "documents:certificate-enter", {"number": number}, BRINGERS)
    if certificate and certificate.state in ("rejected", "revoked"):
        asked = f"?replaces={number}"
        return Act("Bring in a corrected one", "documents:certificate-upload", {}, BRINGERS, asked)
    return Act(f"Look at {name}", CERTIFICATE_PAGE, {"number": number}, BRINGERS)


def _notes(slot: Slot, facts: LotFacts) -> Act | None:
    if slot.url_name == "routes:order-detail":
        clause = slot.source.rpartition(", ")[2]
        return Act(f"Answer {clause}", slot.url_name, slot.url_kwargs, PLANNERS, "#clauses")
    if slot.url_name != "routes:route-detail" or not slot.source.startswith("Drawing note"):
        return None
    return Act(f"Map {slot.source.lower()}", slot.url_name, slot.url_kwargs, PLANNERS)


def _route(slot: Slot, facts: LotFacts) -> Act | None:
    if slot.subject == "handoff":
        return Act("Hand over to production", "routes:handoff-sign", {"number": facts.route}, PLANNERS)
    if slot.subject == "purpose" and facts.order_purpose == "production":
        order, line = facts.order.rsplit("/", 1)
        address = {"number": order, "line_number": int(line)}
        return Act("Amend the order line", "routes:order-amend-line", address, PLANNERS)
    if facts.route_state in ("released", "superseded"):
        return None
    return Act(f"Release {facts.route}", slot.url_name, slot.url_kwargs, PLANNERS)


def _steps(slot: Slot, facts: LotFacts) -> Act | None:
    for hold in facts.holds:
        if hold.number in slot.demand:
            return Act(f"Decide on {hold.number}", "routes:hold-release", {"number": hold.number}, PLANNERS)
    if slot.subject.startswith("amendment "):
        number = slot.subject.removeprefix("amendment ")
        return Act(f"Decide on {number}", "routes:amendment-approve", {"number": number}, PLANNERS)
    waiting = [step for step in facts.steps if not step.is_done]
    if slot.demand.startswith("Every operation is signed") and waiting:
        # a hold and a difference of the setup come before the signature; each is an act with its own line
        is_stopped = facts.holds or _open_differences(waiting[0], facts)
        return None if is_stopped else _next_step(waiting[0], facts)
    if slot.state == MISSING:
        return _on_lot("Record the quantity", "quantity", facts, FLOOR)
    return _on_lot("Repeat the operation", "rework", facts, PLANNERS)


def _next_step(step: StepFacts, facts: LotFacts) -> Act:
    if step.kind == "material" and facts.material is None:
        return _on_lot("Issue material", "issue", facts, FLOOR)
    if step.kind == "inspect":
        return _inspect(step, facts, "Open the inspection")
    if step.kind == "outside":
        return _send_out(step, facts)
    return Act(f"Sign operation {step.sequence}", "routes:step-sign", {"number": step.number}, FLOOR)


def _send_out(step: StepFacts, facts: LotFacts) -> Act:
    line = next(iter(facts.outside_lines_of(step)), None)
    if line is None:
        asked = f"?step={step.number}"
        return Act("Draft the outside order", "subcontract:order-draft", {}, BUYERS, asked)
    return Act(f"Ship on {line.order}", "subcontract:order-detail", {"number": line.order}, FLOOR)


def _inspect(step: StepFacts, facts: LotFacts, label: str) -> Act:
    opened = [each for each in facts.inspections if each.place == step.place and each.state == "open"]
    if opened:
        number = opened[-1].number
        return Act(f"Complete {number}", "inspection:record-detail", {"number": number}, MEASURERS)
    return Act(label, "inspection:record-open", {"number": step.number}, MEASURERS)


def _lock(slot: Slot, facts: LotFacts) -> Act | None:
    step = _step_named(slot.demand, facts)
    if slot.state == REVIEW:
        if only := _only_difference(step, facts):
            return Act("Decide on the difference", "routes:difference-decide", only, PLANNERS)
        return Act("Decide on the difference", LOT_PAGE, {"number": facts.number}, PLANNERS, "#differences")
    if step is None:
        return None
    return Act("Record the setup", "routes:step-setup", {"number": step.number}, FLOOR)


def _open_differences(step: StepFacts, facts: LotFacts) -> list[str]:
    """Return the fields somebody must still decide on before a step is signed."""
    runs = [run for run in facts.runs if run.place == step.place]
    return [each.field for run in runs for each in run.differences if each.is_open]


def _only_difference(step: StepFacts | None, facts: LotFacts) -> dict[str, str | int] | None:
    """Return the address of the one difference of a step run once; of several the page of the lot shows the list."""
    runs = [run for run in facts.runs if step is not None and run.place == step.place]
    undecided = _open_differences(step, facts) if step is not None else []
    # a lot that was split off may carry the run of a step that stands under another lot's number
    if step is None or "/" in facts.number or len(runs) != 1 or len(undecided) != 1:
        return None
    return {"number": step.number, "run": 1, "field": undecided[0]}


def _material(slot: Slot, facts: LotFacts) -> Act | None:
    if slot.url_name == CERTIFICATE_PAGE:
        return _on_certificate(slot, facts)
    if facts.material is None:
        return _on_lot("Issue material", "issue", facts, FLOOR)
    if slot.state == MISSING:
        return Act("Bring in its certificate", "documents:certificate-upload", {}, BRINGERS)
    return None


def _components(slot: Slot, facts: LotFacts) -> Act | None:
    if slot.url_name != "routes:component-build-in":
        return None
    return Act("Record what is built in", slot.url_name, slot.url_kwargs, FLOOR)


def _pack(slot: Slot, facts: LotFacts) -> Act | None:
    if facts.shipment is None:
        return None
    place = {"number": facts.shipment.number, "lot": facts.number, "position": slot.subject.split()[-1]}
    return Act("Record how it is packed", "documents:packing-record", place, INSPECTORS)


def _custody(slot: Slot, facts: LotFacts) -> Act | None:
    line = next((each for each in facts.outside if each.order == slot.url_kwargs.get("number")), None)
    if line is None:
        return None
    place = {"number": line.order, "line_number": line.line_number}
    if line.too_many:
        return Act("Decide on the pieces too many", slot.url_name, slot.url_kwargs, QUALITY)
    if line.state != "shipped":
        return (
            Act("Bring the pieces home", "subcontract:line-bring-home", place, FLOOR)
            if _is_away(facts)
            else None
        )
    return Act("Receive the pieces", "subcontract:line-receive", place, FLOOR)


def _is_away(facts: LotFacts) -> bool:
    return facts.held is not None and not facts.held.is_home


def _process(slot: Slot, facts: LotFacts) -> Act | None:
    if slot.url_name == CERTIFICATE_PAGE:
        return _on_certificate(slot, facts)
    step = _step_named(slot.source, facts)
    lines = facts.outside_lines_of(step) if step else []
    if not lines:
        return None
    asked = f"?line={lines[0].words}"
    return Act("Bring in its certificate", "documents:certificate-upload", {}, BRINGERS, asked)


def _dates(slot: Slot, facts: LotFacts) -> Act | None:
    if slot.url_name != CERTIFICATE_PAGE:
        return None
    name = _certificate_name(slot.url_kwargs["number"], facts)
    return Act(f"Look at {name}", CERTIFICATE_PAGE, slot.url_kwargs, BRINGERS)


def _incoming(slot: Slot, facts: LotFacts) -> Act | None:
    if slot.state == REJECTED:
        return _report(facts)
    step = _step_named(slot.demand, facts)
    return _inspect(step, facts, "Verify the receipt") if step and slot.state == REVIEW else None


def _report(facts: LotFacts) -> Act:
    return Act(
        "Report a nonconformance", "inspection:nonconformance-open", {"number": facts.number}, REPORTERS
    )


def _finish(slot: Slot, facts: LotFacts) -> Act | None:
    if slot.url_name == "routes:route-detail":
        return Act("Plan the checks", slot.url_name, slot.url_kwargs, PLANNERS)
    return _on_lot("Repeat the operation", "rework", facts, PLANNERS)


def _results(slot: Slot, facts: LotFacts) -> Act | None:
    if slot.url_name == "inspection:readings-detail":
        label = f"Judge the readings of {slot.url_kwargs['number']}"
        where = slot.url_kwargs | {"lot": facts.number}
        return Act(label, "inspection:readings-judge", where, DECIDERS)
    step = _step_named(slot.demand, facts)
    if slot.url_name != "inspection:record-detail":
        return _inspect(step, facts, "Open the inspection") if step and slot.state == MISSING else None
    number = slot.url_kwargs["number"]
    labels = {REVIEW: f"Complete {number}", MISSING: f"Measure in {number}"}
    label = labels.get(slot.state, f"Look at the values of {number}")
    return Act(label, slot.url_name, slot.url_kwargs, MEASURERS)


def _fai(slot: Slot, facts: LotFacts) -> Act | None:
    number = slot.url_kwargs.get("number", "")
    if slot.state == STALE or slot.url_name == "inspection:first-article-open":
        label = "Open a partial first article" if slot.state == STALE else "Open a first article"
        return Act(label, "inspection:first-article-open", {"number": facts.number}, MEASURERS)
    if slot.url_name == "inspection:held-approval-record":
        return Act("Record the customer's approval", slot.url_name, slot.url_kwargs, DECIDERS)
    if slot.url_name != "inspection:first-article-detail":
        return None
    if slot.owner == facts.customer:
        return None
    if slot.state == REVIEW:
        return Act(f"Approve or return {number}", slot.url_name, slot.url_kwargs, DECIDERS)
    return Act(f"Complete {number}", slot.url_name, slot.url_kwargs, MEASURERS)


def _nc(slot: Slot, facts: LotFacts) -> Act | None:
    number = slot.url_kwargs.get("number", "")
    found = next((each for each in facts.nonconformances if each.number == number), None)
    if found is None:
        return None
    if found.state == "open":
        return Act(f"Disposition {number}", slot.url_name, slot.url_kwargs, DECIDERS)
    if found.disposition in ("use_as_is", "repair"):
        return Act(f"Record the concession of {number}", slot.url_name, slot.url_kwargs, DECIDERS)
    return _on_lot("Record that they left", "quantity", facts, FLOOR)


def _clauses(slot: Slot, facts: LotFacts) -> Act:
    label = "Record who was there" if slot.owner == facts.customer else "Record the evidence"
    return Act(label, slot.url_name, slot.url_kwargs, EVIDENCE_BRINGERS)


def _trail(slot: Slot, facts: LotFacts) -> Act:
    if slot.subject == "signatures":
        return Act("Look at the record", slot.url_name, slot.url_kwargs, SHOP)
    return Act("Look at the edits", slot.url_name, slot.url_kwargs, SHOP)


def _coc(slot: Slot, facts: LotFacts) -> Act | None:
    if facts.shipment is None:
        return None
    label = "Sign the certificate" if slot.state == MISSING else "Sign the certificate again"
    return Act(label, "documents:shipment-certify", {"number": facts.shipment.number}, QUALITY)


OFFERS: dict[str, Callable[[Slot, LotFacts], Act | None]] = {
    "NOTES": _notes,
    "ROUTE": _route,
    "STEPS": _steps,
    "LOCK": _lock,
    "MATERIAL": _material,
    "COMPONENTS": _components,
    "CUSTODY": _custody,
    "PROCESS": _process,
    "DATES": _dates,
    "INCOMING": _incoming,
    "FINISH": _finish,
    "RESULTS": _results,
    "FAI": _fai,
    "NC": _nc,
    "CLAUSES": _clauses,
    "COC": _coc,
    "PACK": _pack,
    "TRAIL": _trail,
}
