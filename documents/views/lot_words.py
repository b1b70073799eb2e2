"""What a lot's page says about its proof, from the facts its chain was judged by: head, certificates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from documents.domain.chain.lot_facts import CertificateFacts, LotFacts, WaiverFacts
from documents.domain.chain.slots import Slot
from documents.models import Certificate, ConformityCertificate, ReleasePackage, Shipment, ShipmentLine
from portal.domain.deputies import by_holder, standing_in
from routes.models import Traveler

NAMES = {"holder": "deputy_for__person__printed_name", "deputy": "person__printed_name"}
DEMANDS = ("MATERIAL", "PROCESS")
NO_FIRST_ARTICLE = {"none": "not asked for", "held": "held by the customer"}


@dataclass(frozen=True)
class Dispatch:
    """What a lot is shipped on, and the latest package the buyer was shown of its part, whichever lots were in it."""

    shipment: Shipment | None
    last_release: ReleasePackage | None
    # who stands in for whom today, read in the same statement
    deputies: dict[str, tuple[str, ...]] = field(default_factory=dict)


def dispatch_of(traveler: Traveler) -> Dispatch:
    """Return where a lot stands with its dispatch, in one statement as long as it is on no shipment."""
    packages = ReleasePackage.objects.filter(
        shared_at__isnull=False,
        shipment__lines__order_line__part_revision__part=OuterRef("route_revision__part_revision__part"),
        shipment__customer=OuterRef("order_line__order__customer"),
    ).order_by("-shared_at", "-pk")
    lines = ShipmentLine.objects.filter(traveler=OuterRef("pk"), is_active=True)
    row = (
        Traveler.objects.filter(pk=traveler.pk)
        .values_list(
            Subquery(lines.values("shipment")[:1]),
            Subquery(packages.values("number")[:1]),
            Subquery(packages.values("shared_at")[:1]),
            Subquery(packages.values("state")[:1]),
            ArraySubquery(standing_in().values(json=JSONObject(**NAMES))),
        )
        .get()
    )
    shipment, number, shared_at, state, away = row
    return Dispatch(
        Shipment.objects.select_related("author").get(pk=shipment) if shipment else None,
        ReleasePackage(number=number, shared_at=shared_at, state=state) if number else None,
        by_holder((each["holder"], each["deputy"]) for each in away),
    )


def head_facts(lot: LotFacts, dispatch: Dispatch) -> list[dict]:
    """Return what later rooms add to the head of a lot's page: first article, shipment, last release."""
    facts = [_first_article(lot)]
    if shipment := dispatch.shipment:
        facts.append(
            {
                "label": "Shipment",
                "value": shipment.number,
                "url": shipment.get_absolute_url(),
                "is_code": True,
            }
        )
    if last := dispatch.last_release:
        note = f"{last.get_state_display().lower()}, {last.shared_at:%-d %b %Y}"
        facts.append(
            {"label": "Last release", "value": last.number, "url": last.get_absolute_url(), "note": note}
        )
    return facts + [_waiver(each) for each in lot.waivers]


def _waiver(waiver: WaiverFacts) -> dict:
    stands = waiver.limits if waiver.is_granted else "asked for"
    url = reverse("documents:waiver-detail", kwargs={"number": waiver.number})
    note = f"{waiver.code}, {stands if not waiver.is_granted or waiver.is_in_force else 'ended'}"
    return {"label": "Waiver", "value": waiver.number, "url": url, "note": note}


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


KIND_WORDS = {"hold": "Hold point", "witness": "Witness point", "source": "Source inspection"}


def clause_rows(lot: LotFacts, slots: Iterable[Slot]) -> list[dict]:
    """Return every clause of the order line with what shows for this lot that it was met."""
    by_subject = {slot.subject: slot for slot in slots if slot.code == "CLAUSES"}
    kept = {file.holder for file in lot.files}
    number, _, line = lot.order.partition("/")
    return [
        {
            "clause": clause,
            "kind": KIND_WORDS.get(clause.kind, ""),
            "slot": slot,
            "state": "waiting" if slot.waits else slot.state,
            "evidence": [
                {"fact": each, "has_file": each.number in kept}
                for each in lot.clause_evidence
                if each.clause == clause.words
            ],
            "url": reverse(
                "routes:clause-evidence-add",
                kwargs={
                    "number": number,
                    "line_number": line,
                    "clause": clause.number,
                    "revision": clause.revision,
                    "lot": lot.number,
                },
            )
            if not (clause.answer == "not_applicable" or (clause.kind in KIND_WORDS and slot.is_closed))
            else "",
        }
        for clause in lot.clauses
        if (slot := by_subject.get(f"clause {clause.words}"))
    ]


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
    # who owes the next act is not always who will write the certificate
    issuers = {line.vendor for line in lot.outside} | ({lot.material.supplier} if lot.material else set())
    return {
        "number": "",
        "proves": slot.demand.rstrip("."),
        "issuer": slot.owner if slot.owner in issuers else "not named yet",
        "covers": f"0 of {lot.quantity}",
        "state": "waiting" if slot.waits else "missing",
        "reason": "" if slot.waits else slot.sentence,
    }


def _conformity(lot: LotFacts) -> dict:
    conformity = lot.shipment.conformity if lot.shipment else None
    row = {"proves": "Our certificate of conformity", "issuer": "Us"}
    if conformity is None:
        after = "signed on its shipment" if lot.shipment else "signed when the lot is put on a shipment"
        return row | {"number": "", "covers": f"0 of {lot.quantity}", "state": "waiting", "reason": after}
    name, signed_at = ConformityCertificate.objects.values_list(
        "signature__printed_name", "signature__signed_at"
    ).get(number=conformity.number, revision=conformity.revision)
    return row | {
        "number": f"{conformity.number} revision {conformity.revision}",
        "url": reverse("documents:shipment-detail", kwargs={"number": lot.shipment.number}),
        "covers": f"{lot.quantity} of {lot.quantity}",
        "state": "signed",
        "decided_by": name,
        "decided_on": signed_at,
    }
