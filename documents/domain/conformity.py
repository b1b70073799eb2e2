"""Our certificate of conformity: fourteen fields, none blank, and a statement that tells the whole truth.

Source:  AS9163 / EN 9163, fields 1 to 14, all mandatory, N/A written out; the statement must change where a
concession applies.
"""

from __future__ import annotations

from collections.abc import Iterable

from documents.models import Shipment, ShipmentLine
from inspection.models import Concession, FirstArticle, Nonconformance
from portal.models import Organization, Person
from routes.domain.lots import lineage
from subcontract.models import Receipt

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
    "permitted by the concessions named in field 13: {concessions}."
)


def content_of(*, shipment: Shipment, number: str, on: str, by: Person, remarks: str = "") -> dict:
    """Return the content that is signed: the head fields, one entry a line, the statement.

    Units:   quantities in pieces; `on` is a day, YYYY-MM-DD.
    """
    lines = list(
        shipment.lines.select_related(
            "traveler__material_lot",
            "traveler__route_revision__part_revision__part",
            "order_line__order",
            "order_line__part_revision__part",
        )
    )
    details = [line_content(line) for line in lines]
    concessions = sorted({number for entry in details for number in entry["concessions"]})
    orders = sorted({line.order_line.order.po_number for line in lines})
    return {
        "2": number,
        "3": on,
        "4": name_and_address(Organization.objects.shops().first()),
        "5": name_and_address(shipment.customer),
        "6": ", ".join(orders) or NOT_APPLICABLE,
        "12": remarks.strip() or NOT_APPLICABLE,
        "lines": details,
        "14": statement(concessions),
        "releaser": f"{by.printed_name}, {by.title}".rstrip(", "),
        "is_qualified": bool(concessions),
    }


def statement(concessions: list[str]) -> str:
    """Return the statement of field 14: unqualified, or naming every concession.

    Source: an unqualified statement beside a concession is a false certificate.
    """
    return QUALIFIED.format(concessions=", ".join(concessions)) if concessions else UNQUALIFIED


def line_content(line: ShipmentLine) -> dict:
    """Return fields 7 to 11 and 13 of one line."""
    lots = [lot for lot, _ in lineage(line.traveler)]
    concessions = concessions_on(lots)
    part_revision = line.order_line.part_revision
    return {
        "7": str(line.order_line.line_number),
        "8": line.quantity,
        "9": f"{part_revision.part.number}, {part_revision.part.name}",
        "10": part_revision.revision,
        "11": traceability(line),
        "12": NOT_APPLICABLE,
        "13": "; ".join(conformity_details(line, lots, concessions)) or NOT_APPLICABLE,
        "lot": line.traveler.number,
        "serials": line.serials,
        "concessions": [
            f"{concession.number} ({concession.customer_reference})" for concession in concessions
        ],
    }


def traceability(line: ShipmentLine) -> str:
    """Return field 11: the lot, and every serial where the part has them."""
    words = f"Lot {line.traveler.number}"
    return f"{words}, serials {', '.join(line.serials)}" if line.serials else words


def conformity_details(line: ShipmentLine, lots: list, concessions: Iterable[Concession]) -> list[str]:
    """Return field 13: first article, material and process certificates, concessions, nonconformances."""
    details = []
    approved = FirstArticle.objects.filter(
        part_revision=line.order_line.part_revision, state=FirstArticle.APPROVED
    ).order_by("-pk")
    if first_article := approved.first():
        details.append(f"First article {first_article.number}")
    material = next((lot.material_lot for lot in lots if lot.material_lot_id), None)
    if material:
        heat = f"{material.get_identifier_kind_display().lower()} {material.identifier}"
        details.append(f"Material {heat}, certificate {material.certificate_number or NOT_APPLICABLE}")
    for receipt in (
        Receipt.objects.filter(traveler__in=lots).select_related("line__specification").order_by("pk")
    ):
        details.append(
            f"{receipt.line.specification}, certificate {receipt.certificate_number or NOT_APPLICABLE}"
        )
    details += [
        f"Concession {each.number}, customer's reference {each.customer_reference}" for each in concessions
    ]
    nonconformances = Nonconformance.objects.filter(traveler__in=lots).order_by("pk")
    details += [
        f"Nonconformance {each.number}, {each.get_disposition_display().lower()}" for each in nonconformances
    ]
    return details


def concessions_on(lots: list) -> list[Concession]:
    """Return the concessions under which pieces of these lots ship as they are or repaired."""
    used = [Nonconformance.USE_AS_IS, Nonconformance.REPAIR]
    return list(
        Concession.objects.filter(
            nonconformance__traveler__in=lots, nonconformance__disposition__in=used
        ).order_by("pk")
    )


def name_and_address(organization: Organization | None) -> str:
    """Return name and address of an organisation's first site."""
    if organization is None:
        return NOT_APPLICABLE
    site = organization.sites.order_by("pk").first()
    return f"{organization.name}, {site.address}" if site else organization.name


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
