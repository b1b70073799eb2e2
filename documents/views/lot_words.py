"""What a lot's page says about its proof, from the facts its chain was judged by: head, certificates."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from documents.domain.chain.lot_facts import CertificateFacts, LotFacts
from documents.domain.chain.slots import Slot
from documents.models import Certificate, ReleasePackage, Shipment

DEMANDS = ("MATERIAL", "PROCESS")
NO_FIRST_ARTICLE = {"none": "not asked for", "held": "held by the customer"}


def head_facts(lot: LotFacts, shipment: Shipment | None) -> list[dict]:
    """Return what later rooms add to the head of a lot's page: first article, shipment, last release."""
    facts = [_first_article(lot)]
    if shipment:
        facts.append(
            {
                "label": "Shipment",
                "value": shipment.number,
                "url": shipment.get_absolute_url(),
                "is_code": True,
            }
        )
    if last := _last_release(lot):
        note = f"{last.shared_at:%-d %b %Y}"
        facts.append(
            {"label": "Last release", "value": last.number, "url": last.get_absolute_url(), "note": note}
        )
    return facts


def _first_article(lot: LotFacts) -> dict:
    current = [each for each in lot.first_articles if each.route == lot.route]
    shown = (current or list(lot.first_articles))[-1:]
    if not shown:
        return {"label": "First article", "value": NO_FIRST_ARTICLE.get(lot.fai_regime, "none yet")}
    [report] = shown
    url = reverse("inspection:first-article-detail", kwargs={"number": report.number})
    words = report.state.replace("_", " ")
    note = words if report.lot == lot.number else f"{words}, on {report.lot}"
    return {"label": "First article", "value": report.number, "url": url, "note": note}


def _last_release(lot: LotFacts) -> ReleasePackage | None:
    """Return the latest package the buyer was shown of this part, whichever lots were in it."""
    shown = ReleasePackage.objects.filter(
        shared_at__isnull=False,
        shipment__lines__order_line__part_revision__part__number=lot.part_number,
        shipment__customer__name=lot.customer,
    )
    return shown.defer("manifest_bytes", "sections").order_by("-shared_at").first()


def certificate_rows(lot: LotFacts, slots: Iterable[Slot]) -> list[dict]:
    """Return every certificate of a lot and what is still demanded, in the order of the chain."""
    proofs = _proofs(lot)
    deciders = dict(
        Certificate.objects.filter(
            number__in=[each.number for _, each in proofs], decision_signature__isnull=False
        ).values_list("number", "decision_signature__printed_name")
    )
    rows = [_row(proves, each, lot, deciders.get(each.number, "")) for proves, each in proofs]
    rows += [_owed(slot, lot) for slot in slots if slot.code in DEMANDS and slot.state == "missing"]
    return [*rows, _conformity(lot)]


def _proofs(lot: LotFacts) -> list[tuple[str, CertificateFacts]]:
    material = lot.material
    found = [(f"Material, {material.words}", each) for each in (material.certificates if material else ())]
    names = {step.place: f"{step.name}, operation {step.sequence}" for step in lot.steps}
    for sequence, pass_number, certificate in lot.process_certificates:
        place = (sequence, pass_number)
        found.append((names.get(place, f"Operation {sequence}, pass {pass_number}"), certificate))
    return found


def _row(proves: str, certificate: CertificateFacts, lot: LotFacts, decider: str) -> dict:
    return {
        "number": certificate.stated_number or certificate.number,
        "url": reverse("documents:certificate-detail", kwargs={"number": certificate.number}),
        "proves": proves,
        "type": certificate.certificate_type,
        "issuer": certificate.issuer,
        "covers": f"{min(certificate.covered, lot.quantity)} of {lot.quantity}",
        "state": certificate.state,
        "decided_by": decider,
        "decided_on": certificate.decided_at,
        "reason": certificate.decision_reason if certificate.state in ("rejected", "revoked") else "",
    }


def _owed(slot: Slot, lot: LotFacts) -> dict:
    return {
        "number": "",
        "proves": slot.demand.rstrip("."),
        "issuer": slot.owner,
        "covers": f"0 of {lot.quantity}",
        "state": "waiting" if slot.waits else "missing",
        "reason": "" if slot.waits else slot.sentence,
    }


def _conformity(lot: LotFacts) -> dict:
    conformity = lot.shipment.conformity if lot.shipment else None
    row = {"proves": "Our certificate of conformity", "issuer": "us"}
    if conformity is None:
        after = "signed on its shipment" if lot.shipment else "signed when the lot is put on a shipment"
        return row | {"number": "", "covers": f"0 of {lot.quantity}", "state": "waiting", "reason": after}
    return row | {
        "number": f"{conformity.number} revision {conformity.revision}",
        "url": reverse("documents:shipment-detail", kwargs={"number": lot.shipment.number}),
        "covers": f"{lot.quantity} of {lot.quantity}",
        "state": "signed",
    }
