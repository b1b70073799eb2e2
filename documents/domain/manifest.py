"""The manifest: everything a release package shows, as plain data, read once and frozen by the gate.

The renderer draws from it alone (documents/package/README.md names its keys). What the gate judged comes from the
very facts it judged; the rest is read here, one statement for each noun.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from documents.domain import chain
from documents.domain.amended_lots import amendment_entries, how_amended
from documents.domain.built_and_packed import component_entries, packing_entries, photos_of
from documents.domain.capability_rows import capability_entries
from documents.domain.chain.elsewhere import said
from documents.domain.chain.lot_facts import LotFacts, StepFacts
from documents.domain.chain.slots import NOT_IN_FORCE, WAIVED, Slot
from documents.domain.clause_papers import clause_entries
from documents.domain.concession_words import terms_of
from documents.domain.evaluated_articles import with_evaluations
from documents.domain.first_article_terms import feet_and_terms, held_words
from documents.domain.judged_readings import judged_readings
from documents.domain.measured import gauge_rows, plan_rows, result_rows, source_files, values_of
from documents.domain.originals import evidence_of, file_entries, strictest_label
from documents.domain.papers_of_others import papers_of_others
from documents.domain.trail_entries import trail_entries
from documents.domain.waived import given_by, waiver_entries
from documents.models import ReleasePackage, Shipment, ShipmentLine
from inspection.domain.first_articles import STANDING
from inspection.domain.forms import forms_of
from inspection.models import Concession, FirstArticle, HeldApproval, Nonconformance
from portal.models import Organization, Signature
from routes.domain.late_entry import is_late, is_late_day
from routes.models import OrderLine

# how the package spells the states of a link
STATES_ON_PAPER = {"review": "under_review", "na": "not_applicable"}
# which section of the package holds the evidence of a link
SECTION_OF_LINK = {
    "NOTES": "clauses",
    "STEPS": "traveler",
    "COMPONENTS": "traveler",
    "PACK": "traveler",
    "RESULTS": "results",
    "NC": "nonconformances",
    "CLAUSES": "clauses",
    "COC": "conformity",
    "TRAIL": "revisions",
}


def manifest_for(
    *, shipment: Shipment, facts: dict[str, LotFacts], number: str, revision: int, reason: str
) -> dict:
    """Return the manifest of a released shipment: what was settled before, and what its release adds.

    Raises:  FileDamaged when a kept file is not what it was.
    """
    signature = shipment.release_signature
    return {
        **settled_before_release(shipment=shipment, facts=facts),
        "package": {
            "number": number.rpartition("-")[0],
            "record": number,
            "revision": str(revision),
            "released_at": signature.signed_at,
            "released_by": {"printed_name": signature.printed_name, "title": signature.title},
            "reason": reason,
        },
        "chain": chain_entry(facts, signature),
        "signatures": [signature_entry(signature)],
        "trail": trail_entries(facts),
        "revision_history": revision_history(shipment, revision, reason),
    }


def settled_before_release(*, shipment: Shipment, facts: dict[str, LotFacts]) -> dict:
    """Return the part of a manifest that needs no release; `label` is the strictest of what it is made from.

    1. head, lots, traveler, clauses and the digest of the chain from the facts as read;
    2. conformity as signed, results, first article, certificates, nonconformances, gauges from the records;
    3. every file named is read and hashed again.

    Raises:  FileDamaged when a kept file is not what it was.
    """
    lines = list(
        shipment.lines.select_related(
            "traveler",
            "order_line__order__customer",
            "order_line__part_revision__part",
            "order_line__part_revision__label",
        ).order_by("pk")
    )
    order_lines = [line.order_line for line in lines]
    serials = {line.traveler.number: line.serials for line in lines}
    values = values_of([line.traveler for line in lines], serials)
    papers = papers_of_others(facts, shipment.customer)
    nonconformances, concessions = nonconformance_entries(facts)
    waivers, letters = waiver_entries(facts)
    files = [
        *papers.files,
        *source_files(values),
        *evidence_of(concessions),
        *letters,
        *photos_of(shipment),
    ]
    label = strictest_label(files, *(line.part_revision.label for line in order_lines))
    return {
        **head(shipment, order_lines),
        "lots": [lot_entry(facts[line.traveler.number]) for line in lines],
        "conformity": conformity_entry(shipment),
        "clauses": clause_entries(facts),
        "components": component_entries(facts),
        "packing": packing_entries(facts),
        "results": result_rows(values, serials),
        "sampling": plan_rows(values),
        **judged_readings(values),
        "capability": capability_entries(line.traveler for line in lines),
        "first_article": with_evaluations(first_article_entry(order_lines, facts.values()), facts.values()),
        **papers.entries,
        "nonconformances": nonconformances,
        "waivers": waivers,
        "traveler": traveler_entries(facts),
        "amendments": amendment_entries(facts),
        "gauges": gauge_rows(values),
        "chain": {"digest": chain.digest(facts)},
        "versions": renderer_versions(),
        "files": file_entries(files, papers.home),
        "label": label.code if label else "",
    }


def renderer_versions() -> dict[str, str]:
    """Return the versions that draw the pages; the layout engine is loaded only by whoever releases."""
    from documents.package.renderer import versions

    return versions()


def head(shipment: Shipment, order_lines: list[OrderLine]) -> dict:
    """Return what the cover says apart from the release: shop, customer, order, part, shipment."""
    part_revision = order_lines[0].part_revision
    return {
        "shop": _organization(Organization.objects.shops().prefetch_related("sites").get()),
        "customer": _organization(shipment.customer),
        "order": {
            "po_number": ", ".join(dict.fromkeys(line.order.po_number for line in order_lines)),
            "line": ", ".join(dict.fromkeys(str(line.line_number) for line in order_lines)),
        },
        "part": {
            "number": part_revision.part.number,
            "name": part_revision.part.name,
            "revision": part_revision.revision,
            "drawing_number": part_revision.drawing_number,
            "drawing_revision": part_revision.drawing_revision,
        },
        "shipment": {
            "number": shipment.number,
            "quantity": sum(line.quantity for line in shipment.lines.all()),
            "carrier": shipment.carrier,
        },
    }


def _organization(organization: Organization) -> dict:
    site = next(iter(organization.sites.all()), None)
    return {
        "name": organization.name,
        "address": site.address if site else "",
        "code": organization.supplier_code,
    }


def lot_entry(lot: LotFacts) -> dict:
    """Return one lot: how many pieces, which serials, what it was made from."""
    material = lot.material
    specification = material.specification if material else None
    scan = lot.elsewhere_for("material") if material is None else None
    return {
        "number": lot.number,
        "quantity": lot.quantity,
        "serials": list(lot.serials),
        "heat": material.identifier if material else (scan.words if scan else ""),
        "material": f"{material.condition}, {specification.number} {specification.revision}".strip()
        if material
        else "",
        "elsewhere": said(lot),
    }


def conformity_entry(shipment: Shipment) -> dict:
    """Return the signed certificate of conformity, word for word, in the keys of the page."""
    certificate = shipment.conformity_certificates.select_related("signature").order_by("-revision").first()
    content = certificate.content
    several = len(content["lines"]) > 1
    return {
        "number": certificate.number,
        "revision": certificate.revision,
        "page": "1 of 1",
        "date": content["3"],
        "manufacturer": content["organisation"]["name"],
        "manufacturer_address": content["organisation"]["address"],
        "customer": content["customer"]["name"],
        "customer_address": content["customer"]["address"],
        "po_number": content["6"],
        "lines": [
            {
                "item": entry["7"],
                "quantity": entry["8"],
                "description": entry["9"],
                "revision": entry["10"],
                "traceability": entry["11"],
                "remarks": entry["12"],
            }
            for entry in content["lines"]
        ],
        "details": [
            {
                "label": f"{detail['label']}, lot {entry['lot']}" if several else detail["label"],
                "value": detail["value"],
            }
            for entry in content["lines"]
            for detail in entry["details"]
        ],
        "statement": content["14"],
        "content_sha256": certificate.content_sha256,
        "signature": signature_entry(certificate.signature),
    }


def first_article_entry(order_lines: list[OrderLine], lots: Iterable[LotFacts] = ()) -> dict:
    """Return the approved first article: its forms when they go with these goods, else a reference to it.

    lots: those shipped; the first article of one brought in mid-way may be a scan recorded elsewhere.

    Source:  docs/decisions/0011 (the regimes "sent with the first shipment" and "held by the customer").
    """
    approved = (
        FirstArticle.objects.filter(
            part_revision__in={line.part_revision_id for line in order_lines}, state__in=STANDING
        )
        .select_related(
            "part_revision__part",
            "route_revision__route",
            "traveler",
            "order_line__order",
            "verified_signature",
            "approved_signature",
            "customer_signature",
            "baseline",
        )
        .order_by("-pk")
        .first()
    )
    if approved is None:
        return _first_article_elsewhere(order_lines[0], list(lots)) | _held_approvals(order_lines)
    is_made_here = approved.order_line_id in {line.pk for line in order_lines}
    if not is_made_here and not _goes_with_the_first_shipment(order_lines):
        return {
            "reference": {
                "identifier": approved.number,
                "approved_by": approved.approved_signature.printed_name,
                "approved_at": approved.approved_signature.signed_at,
                "sentence": f"It was approved for {approved.part_revision} on lot {approved.traveler.number}.",
            }
        }
    forms = forms_of(approved)
    return {
        "identifier": approved.number,
        "edition": f"AS9102 Rev {approved.form_revision}",
        "kind": approved.extent,
        "form1": forms["form1"],
        "form1_index": forms.get("form1_index", []),
        **feet_and_terms(approved, forms),
        "form2": [_numbered(row) for row in forms["form2"]],
        "form3": [_numbered(row) for row in forms["form3"]],
        "signatures": [
            signature_entry(signature)
            for signature in (
                approved.verified_signature,
                approved.approved_signature,
                approved.customer_signature,
            )
            if signature
        ],
    }


def _goes_with_the_first_shipment(order_lines: list[OrderLine]) -> bool:
    """Say whether a line asks for the forms with its first shipment and nothing of it has left yet."""
    waiting = [line.pk for line in order_lines if line.fai_regime == OrderLine.WITH_FIRST]
    left = ShipmentLine.objects.filter(order_line__in=waiting, shipment__state=Shipment.DISPATCHED)
    return bool(waiting) and left.values("order_line").distinct().count() < len(set(waiting))


def _held_approvals(order_lines: list[OrderLine]) -> dict:
    """Return the approvals the customer holds for these revisions, where a line says that it does."""
    held_for = {
        line.part_revision_id for line in order_lines if line.fai_regime == OrderLine.HELD_BY_CUSTOMER
    }
    held = HeldApproval.objects.filter(part_revision__in=held_for).select_related("recorded_by")
    rows = [
        {
            "reference": each.customer_reference,
            "approved_on": each.approved_on,
            "recorded_by": each.recorded_by.printed_name,
            **held_words(each),
        }
        for each in held.order_by("approved_on", "id")
    ]
    return {"held": rows} if rows else {}


def _numbered(row: dict) -> dict:
    return {field: value for field, value in row.items() if field.isdigit()}


def _first_article_elsewhere(line: OrderLine, lots: list[LotFacts]) -> dict:
    """Return the reviewed scans of the first article, or why there is none."""
    scans = [
        scan for lot in lots if (scan := lot.elsewhere_for("first_article")) and scan.state == "reviewed"
    ]
    if scans:
        rows = [{"number": scan.number, "reviewed_by": scan.reviewed_by} for scan in scans]
        return {"reason": _regime_words(line), "elsewhere": rows}
    if lots and all(lot.purpose == "prototype" for lot in lots):
        return {"reason": "AS9102 means the first production run, and these pieces are a prototype."}
    return {"reason": _regime_words(line)}


def _regime_words(line: OrderLine) -> str:
    return f"Order {line.order.po_number} says: {line.get_fai_regime_display().lower()}."


def nonconformance_entries(facts: dict[str, LotFacts]) -> tuple[list[dict], list[Concession]]:
    """Return the nonconformances on these pieces with their decisions, and the concessions behind them."""
    numbers = {each.number for lot in facts.values() for each in lot.nonconformances}
    found = (
        Nonconformance.objects.filter(number__in=numbers)
        .select_related("characteristic", "disposition_signature")
        .prefetch_related("concessions__evidence__label", "corrective_actions")
        .order_by("pk")
    )
    entries, concessions = [], []
    for each in found:
        allowed = list(each.concessions.all())
        concessions += allowed
        signature = each.disposition_signature
        entries.append(
            {
                "number": each.number,
                "characteristic": each.characteristic.balloon if each.characteristic else "",
                "description": each.description,
                "pieces": ", ".join(each.serials) or str(each.quantity),
                "disposition": each.get_disposition_display(),
                "concession": ", ".join(f"{one.number} ({one.customer_reference})" for one in allowed),
                "decided_by": ", ".join(one.decided_by for one in allowed)
                or (signature.printed_name if signature else ""),
                "decided_at": signature.signed_at if signature else None,
                **terms_of(each, allowed),
            }
        )
    return entries, concessions


def traveler_entries(facts: dict[str, LotFacts]) -> list[dict]:
    """Return the operations as signed, or as recorded elsewhere; with several lots each row names its own."""
    several = len(facts) > 1
    return [
        {
            "op": str(step.sequence),
            "name": f"{step.name}, lot {lot.number}" if several else step.name,
            "quantity": step.quantity_out,
            "is_outside": step.kind == "outside",
            "signed_by": step.signed_by,
            "signed_at": step.signed_at,
        }
        | _how_entered(lot, step)
        | _late_receipts(lot, step)
        | how_amended(lot, step)
        for lot in facts.values()
        for step in lot.steps
    ]


def _how_entered(lot: LotFacts, step: StepFacts) -> dict:
    """Return what sets a step apart from one signed here when it was done."""
    if step.is_elsewhere:
        scan = lot.elsewhere_for("step", step.sequence)
        return {"elsewhere": scan.words if scan else "recorded elsewhere"}
    if step.signed_at and step.entered_at and is_late(step.signed_at, entered_at=step.entered_at):
        return {"entered_at": step.entered_at, "late_reason": step.late_reason}
    return {}


def _late_receipts(lot: LotFacts, step: StepFacts) -> dict:
    """Return the returns of an outside step that were entered long after their day."""
    late = [
        {"received_on": receipt.received_on, "entered_at": receipt.entered_at}
        for receipt in lot.receipts
        if receipt.place == step.place
        and receipt.entered_at
        and is_late_day(receipt.received_on, entered_at=receipt.entered_at)
    ]
    return {"late_receipts": late} if late else {}


def chain_entry(facts: dict[str, LotFacts], signature: Signature) -> dict:
    """Return what the gate found: the digest of its facts and every link."""
    slots = [slot for lot in facts.values() for slot in chain.judge(lot)]
    return {
        "digest": chain.digest(facts),
        "checked_at": signature.signed_at,
        "slots": [_slot_entry(slot, facts[slot.lot]) for slot in slots],
        "not_in_force": _left_out(facts, slots),
    }


def _left_out(facts: dict[str, LotFacts], slots: list[Slot]) -> list[dict]:
    """Return each check that was not in force, once, with the policy that says so."""
    found = {slot.code: slot for slot in slots if slot.state == NOT_IN_FORCE}
    return [
        {
            "code": code,
            "demand": slot.demand,
            "customer": facts[slot.lot].customer,
            "policy": facts[slot.lot].policy.number,
            "signed_by": facts[slot.lot].policy.signed_by,
            "signed_on": facts[slot.lot].policy.signed_on,
        }
        for code, slot in found.items()
    ]


def _slot_entry(slot: Slot, lot: LotFacts) -> dict:
    entry = {
        "code": slot.code,
        "lot": slot.lot,
        "state": STATES_ON_PAPER.get(slot.state, slot.state),
        "demand": slot.demand,
        "source": slot.source,
        "sentence": slot.sentence,
        "evidence": slot.evidence,
        "reason": slot.reason,
    }
    if slot.state == WAIVED:
        return entry | {"waived_by": given_by(lot, slot), "section": SECTION_OF_LINK["NC"]}
    if slot.state == NOT_IN_FORCE:
        return entry
    if slot.evidence and slot.code in SECTION_OF_LINK and slot.code != "NOTES":
        entry["section"] = SECTION_OF_LINK[slot.code]
    return entry


def signature_entry(signature: Signature) -> dict:
    """Return who signed what, when, in which meaning."""
    return {
        "meaning": signature.get_meaning_display(),
        "printed_name": signature.printed_name,
        "title": signature.title,
        "signed_at": signature.signed_at,
        "content_sha256": signature.content_sha256,
    }


def revision_history(shipment: Shipment, revision: int, reason: str) -> list[dict]:
    """Return every revision of the package up to this one, the first first."""
    earlier = (
        ReleasePackage.objects.filter(shipment=shipment, revision__lt=revision).order_by("-revision").first()
    )
    history = json.loads(bytes(earlier.manifest_bytes))["revision_history"] if earlier else []
    signature = shipment.release_signature
    return [
        *history,
        {
            "revision": str(revision),
            "released_at": signature.signed_at,
            "released_by": signature.printed_name,
            "reason": reason or "First release.",
        },
    ]
