"""Our certificate of conformity: fourteen fields, none blank, and a statement that tells the whole truth.

Source:  AS9163 / EN 9163, fields 1 to 14, all mandatory, N/A written out; the statement must change where a
concession or a waiver applies.
"""

from __future__ import annotations

from collections.abc import Iterable

from documents.domain import chain
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.chain.slots import WAIVED, Slot
from documents.domain.inherited import counts_for, receipts_of
from documents.domain.packing import last_days_of_use
from documents.models import ConformityCertificate, Shipment, ShipmentLine
from inspection.domain.first_articles import STANDING
from inspection.models import Concession, FirstArticle, HeldApproval, Nonconformance
from portal.domain.signatures import altered, printed_name_of
from portal.models import Authority, Organization, Person
from routes.domain.lots import lineage
from routes.domain.proofs import Proof, proofs_of, sentence_for
from routes.models import OrderLine, RecordedElsewhere, Traveler

NOT_APPLICABLE = "N/A"
LABELS = {
    "1": "Page number",
    "2": "Certificate number",
    "3": "Date",
    "4": "Organisation name and address",
    "5": "Customer name and address",
    "6": "Purchase order number",
    "7": "Item number",
    "8": "Quantity",
    "9": "Description",
    "10": "Revision",
    "11": "Traceability (lot or serial numbers)",
    "12": "Remarks",
    "13": "Conformity details",
    "14": "Statement, name and signature of the authorised releaser",
}
UNQUALIFIED = (
    "We certify that the items listed above were made, processed and inspected under the quality management system "
    "of this organisation and conform to the drawings, specifications and purchase order named above."
)
QUALIFIED = (
    "We certify that the items listed above were made, processed and inspected under the quality management system "
    "of this organisation and conform to the drawings, specifications and purchase order named above, except as "
    "permitted by the {kinds} named in field 13: {exceptions}."
)
ELSEWHERE = (
    " What field 12 names as recorded elsewhere was done before these items came into our records; we certify it on "
    "the papers named there."
)


def altered_since_signature(certificate: ConformityCertificate) -> str:
    """Return what of a certificate of conformity is no longer as it was signed; nothing otherwise."""
    return altered(
        certificate.signature,
        noun="certificate of conformity",
        number=certificate.number,
        content=certificate.content,
        words={name: label[0].lower() + label[1:] for name, label in LABELS.items()},
    )


def content_of(
    *, shipment: Shipment, number: str, on: str, by: Person, remarks: str = "", reason: str = ""
) -> dict:
    """Return the content that is signed: the head fields, one entry a line, the statement.

    `reason` is why the certificate is issued again; empty the first time.
    Units:   quantities in pieces; `on` is a day, YYYY-MM-DD.
    """
    lines = list(
        shipment.lines.select_related(
            "traveler__material_lot",
            "order_line__order",
            "order_line__part_revision__part",
        )
    )
    waived = waived_links(shipment)
    entries = [
        line_content(line, remarks=remarks, reason=reason, waived=waived[line.traveler.number])
        for line in lines
    ]
    concessions = sorted({concession for entry in entries for concession in entry["concessions"]})
    waivers = sorted({waiver for entry in entries for waiver in entry["waivers"]})
    elsewhere = [entry["elsewhere"] for entry in entries if entry["elsewhere"]]
    organisation = name_and_address(Organization.objects.shops().first())
    customer = name_and_address(shipment.customer)
    return {
        "2": number,
        "3": on,
        "4": in_one_line(organisation),
        "5": in_one_line(customer),
        "6": ", ".join(sorted({line.order_line.order.po_number for line in lines})) or NOT_APPLICABLE,
        "12": " ".join([remarks.strip(), *elsewhere]).strip() or NOT_APPLICABLE,
        "14": statement(concessions, waivers, is_from_elsewhere=bool(elsewhere)),
        "lines": entries,
        "organisation": organisation,
        "customer": customer,
        "releaser": f"{printed_name_of(by, Authority.CERTIFY, shipment.customer)}, {by.title}".rstrip(", "),
        "reason": reason.strip(),
        "is_qualified": bool(concessions or waivers or elsewhere),
    }


def statement(
    concessions: list[str], waivers: list[str] | None = None, *, is_from_elsewhere: bool = False
) -> str:
    """Return the statement of field 14: unqualified, or naming what limits it.

    Source: an unqualified statement beside a concession or a waiver, or beside work we did not see, is a false
    certificate.
    """
    named = {"concessions": concessions, "waivers": waivers or []}
    kinds = " and ".join(kind for kind, each in named.items() if each)
    exceptions = "; ".join([", ".join(concessions), *named["waivers"]]).strip("; ")
    words = QUALIFIED.format(kinds=kinds, exceptions=exceptions) if kinds else UNQUALIFIED
    return words + ELSEWHERE if is_from_elsewhere else words


def waived_links(shipment: Shipment) -> dict[str, list[Slot]]:
    """Return the links a waiver closes, by lot, as the chain of the shipment stands now."""
    lots = list(shipment.lines.values_list("traveler_id", flat=True))
    return {
        number: [slot for slot in chain.judge(facts) if slot.state == WAIVED]
        for number, facts in read_facts_as_placed(lots).items()
    }


def _prototype(line: ShipmentLine) -> str:
    """Say that pieces are prototypes; a reader takes everything else for production."""
    return ", prototype" if line.traveler.purpose == Traveler.PROTOTYPE else ""


def line_content(
    line: ShipmentLine, *, remarks: str = "", reason: str = "", waived: Iterable[Slot] = ()
) -> dict:
    """Return fields 7 to 13 of one line; `details` are the parts of field 13 one by one.

    waived: the links of its lot that a waiver closes.
    """
    waivers = [f"{slot.evidence} ({slot.code}: {slot.demand.rstrip('.')})" for slot in waived]
    concessions = concessions_on(line.traveler)
    part_revision = line.order_line.part_revision
    details = conformity_details(line, concessions, reason, waivers)
    elsewhere = sentence_for(line.traveler)
    return {
        "7": str(line.order_line.line_number),
        "8": line.quantity,
        "9": f"{part_revision.part.number}, {part_revision.part.name}{_prototype(line)}",
        "10": part_revision.revision,
        "11": traceability(line),
        "12": " ".join([remarks.strip(), elsewhere]).strip() or NOT_APPLICABLE,
        "13": "; ".join(f"{detail['label']}: {detail['value']}" for detail in details),
        "lot": line.traveler.number,
        "serials": line.serials,
        "details": details,
        "concessions": [words_of(concession) for concession in concessions],
        "waivers": waivers,
        "elsewhere": elsewhere,
    }


def traceability(line: ShipmentLine) -> str:
    """Return field 11: the lot, and every serial where the part has them."""
    words = f"Lot {line.traveler.number}"
    return f"{words}, serials {', '.join(line.serials)}" if line.serials else words


def conformity_details(
    line: ShipmentLine, concessions: list[Concession], reason: str = "", waivers: Iterable[str] = ()
) -> list[dict]:
    """Return the parts of field 13 as label and value, N/A where there is nothing to say."""
    scans = [each for each in proofs_of(line.traveler) if each.state == RecordedElsewhere.REVIEWED]
    said = {
        "Shelf life": last_days_of_use(line),
        "First article": _first_article(line) or _scanned(scans, RecordedElsewhere.FIRST_ARTICLE),
        "Material certificate": _material(line.traveler) or _scanned(scans, RecordedElsewhere.MATERIAL),
        "Process certificates": [
            *_scanned(scans, RecordedElsewhere.PROCESS),
            *(
                f"{receipt.line.specification}, certificate {receipt.certificate_number or NOT_APPLICABLE}"
                for receipt in receipts_of(line.traveler)
            ),
        ],
        "Concessions": [words_of(concession) for concession in concessions],
        "Waivers": list(waivers),
        "Nonconformances": [
            f"{each.number}, {each.get_disposition_display().lower() or 'not decided'}"
            for each in nonconformances_of(line.traveler)
        ],
        "Reason for this issue": [reason.strip()] if reason.strip() else [],
    }
    return [{"label": label, "value": "; ".join(words) or NOT_APPLICABLE} for label, words in said.items()]


def _first_article(line: ShipmentLine) -> list[str]:
    order_line = line.order_line
    approved = FirstArticle.objects.filter(part_revision=order_line.part_revision, state__in=STANDING)
    latest = approved.order_by("-pk").values_list("number", "state")[:1]
    numbers = [
        number + (", approved on a condition of the customer" if state == FirstArticle.CONDITIONAL else "")
        for number, state in latest
    ]
    if numbers or order_line.fai_regime != OrderLine.HELD_BY_CUSTOMER:
        return numbers
    held = (
        HeldApproval.objects.filter(part_revision=order_line.part_revision)
        .order_by("approved_on", "pk")
        .last()
    )
    if held is None:
        return []
    interim = "interim approval " if held.status == HeldApproval.INTERIM else ""
    return [f"{held.customer_reference}, {interim}held by the customer"]


def _scanned(scans: list[Proof], proves: str) -> list[str]:
    """Return what was recorded elsewhere before the lot came in, by the scan that shows it."""
    return [
        f"operation {scan.operation.sequence} {scan.operation.name}, recorded elsewhere, {scan.record.number}"
        if scan.operation
        else f"recorded elsewhere, {scan.record.number}"
        for scan in scans
        if scan.proves == proves
    ]


def _material(traveler: Traveler) -> list[str]:
    material = traveler.material_lot
    if material is None:
        return []
    kind = material.get_identifier_kind_display().lower()
    return [f"{kind} {material.identifier}, certificate {material.certificate_number or NOT_APPLICABLE}"]


def words_of(concession: Concession) -> str:
    """Return a concession by our number and the customer's reference."""
    return f"{concession.number} ({concession.customer_reference})"


def nonconformances_of(traveler: Traveler) -> list[Nonconformance]:
    """Return the nonconformances on pieces of a lot, inherited ones included."""
    line = lineage(traveler)
    return list(Nonconformance.objects.filter(counts_for(line, moment="opened_at")).order_by("pk"))


def concessions_on(traveler: Traveler) -> list[Concession]:
    """Return the concessions under which pieces of a lot ship as they are or repaired."""
    used = [Nonconformance.USE_AS_IS, Nonconformance.REPAIR]
    decided = [each.pk for each in nonconformances_of(traveler) if each.disposition in used]
    return list(Concession.objects.filter(nonconformance__in=decided).order_by("pk"))


def name_and_address(organization: Organization | None) -> dict[str, str]:
    """Return the name of an organisation and the address of its first site."""
    if organization is None:
        return {"name": "", "address": ""}
    site = organization.sites.order_by("pk").first()
    return {"name": organization.name, "address": site.address if site else ""}


def in_one_line(who: dict[str, str]) -> str:
    """Return name and address as they stand in one field."""
    return ", ".join(part for part in (who["name"], who["address"]) if part)


def blank_fields(content: dict) -> list[str]:
    """Name every field that is blank; the page number (1) is printed, so it is never in the content."""
    head = [LABELS[number] for number in ("2", "3", "4", "5", "6", "12", "14") if not content.get(number)]
    lines = [
        f"{LABELS[number]} of line {position}"
        for position, entry in enumerate(content.get("lines", []), start=1)
        for number in ("7", "8", "9", "10", "11", "12", "13")
        if entry.get(number) in (None, "", 0)
    ]
    return head + lines + ([] if content.get("lines") else ["at least one line"])
