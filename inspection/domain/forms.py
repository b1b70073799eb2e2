"""Forms 1 to 3 of a first article as a projection of the records: nothing is typed that a record knows."""

from __future__ import annotations

from inspection.domain.as9102 import FORM_1
from inspection.models import FirstArticle, Measurement, Nonconformance
from portal.models import Organization, Site
from routes.domain.lots import lineage
from routes.models import Characteristic, Operation, PlannedCheck
from subcontract.domain.approvals import find_scope
from subcontract.domain.outside_orders import need_of
from subcontract.domain.receipts import receipts_of
from subcontract.models import Receipt


def forms_of(first_article: FirstArticle) -> dict:
    """Return the three forms: frozen ones of a submitted FAIR, else as the records stand now.

    form1: {number: {"label", "value"}}; form2 and form3: rows {field number: text}.
    Source:  AS9102 Rev C Forms 1-3.
    """
    if first_article.state in (FirstArticle.SUBMITTED, FirstArticle.APPROVED):
        return with_signatures(first_article)
    rows = form_3(first_article)
    has_nonconformance = any(row["11"] for row in rows)
    form_2_rows = form_2(first_article)
    has_nonconformance = has_nonconformance or any(row["9"] == "No" for row in form_2_rows)
    return {
        "form1": form_1(first_article, has_nonconformance=has_nonconformance),
        "form2": form_2_rows,
        "form3": rows,
    }


def with_signatures(first_article: FirstArticle) -> dict:
    """Return the frozen forms with fields 20 to 23 filled from the two signatures."""
    form1 = {number: dict(entry) for number, entry in first_article.forms["form1"].items()}
    for number, signature in (
        ("20", first_article.verified_signature),
        ("22", first_article.approved_signature),
    ):
        if signature:
            form1[number]["value"] = f"{signature.printed_name}, {signature.title}".rstrip(", ")
            form1[str(int(number) + 1)]["value"] = f"{signature.signed_at:%Y-%m-%d}"
    return {**first_article.forms, "form1": form1}


def form_1(first_article: FirstArticle, *, has_nonconformance: bool) -> dict:
    """Return Form 1; field 19 is derived and never typed."""
    part_revision = first_article.part_revision
    shop = Organization.objects.shops().first()
    baseline = first_article.baseline
    extent = first_article.get_extent_display()
    if baseline:
        extent += f"; baseline {baseline.part_revision.part.number} rev {baseline.part_revision.revision} ({baseline})"
    values = {
        "1": part_revision.part.number,
        "2": part_revision.part.name,
        "3": first_article.serial,
        "4": first_article.number,
        "5": part_revision.revision,
        "6": part_revision.drawing_number,
        "7": part_revision.drawing_revision,
        "8": first_article.additional_changes,
        "9": f"{first_article.route_revision}, lot {first_article.traveler.number}",
        "10": shop.name if shop else "",
        "11": shop.supplier_code if shop else "",
        "12": first_article.order_line.order.po_number,
        "13": "Detail",
        "14": f"{extent}; {first_article.reason}",
        "19": "Yes" if has_nonconformance else "No",
        "26": first_article.comments,
    }
    return {number: {"label": label, "value": values.get(number, "")} for number, label in FORM_1.items()}


def form_2(first_article: FirstArticle) -> list[dict]:
    """Return the material of the lot and every outside process it went through, whatever came first.

    Source:  AS9102 Rev C Form 2: special processes and materials; customer-furnished material is listed too.
    """
    lots = [lot for lot, _ in lineage(first_article.traveler)]
    rows = [_material_row(lot.material_lot) for lot in lots if lot.material_lot_id][:1]
    rows += [_process_row(receipt) for receipt in receipts_of(first_article.traveler)]
    return rows


def _form_2_row(
    name: str, specification: str, supplier: str, approval: str, certificate: str, code: str = ""
) -> dict:
    return {
        "5": name,
        "6": specification,
        "7": code,
        "8": supplier,
        "9": approval,
        "10": certificate,
        "11": "",
        "12": "",
        "13": "",
    }


def _material_row(material) -> dict:
    supplier = "Customer furnished"
    code = ""
    if not material.is_customer_furnished:
        supplier = _name_and_address(material.supplier) if material.supplier else material.mill
        code = material.supplier.supplier_code if material.supplier else ""
    return _form_2_row(
        f"{material.condition}, {material.get_identifier_kind_display().lower()} {material.identifier}",
        f"{material.specification}, {material.form}",
        supplier,
        "NA",
        material.certificate_number if material.certificate_state == "accepted" else "",
        code,
    )


def _process_row(receipt: Receipt) -> dict:
    line = receipt.line
    choice = ", ".join(word for word in (line.spec_type, line.spec_class) if word)
    site: Site = line.order.site
    return _form_2_row(
        line.specification.process or line.specification.title,
        f"{line.specification}" + (f" {choice}" if choice else ""),
        # without its address field 8 is not filled
        f"{site.organization.name}, {site.address}" if site.address else "",
        "Yes" if find_scope(need_of(line, on=line.order.ordered_on)) else "No",
        receipt.certificate_number if receipt.certificate_state == "accepted" else "",
        site.organization.supplier_code,
    )


def _name_and_address(organization: Organization) -> str:
    site = organization.sites.order_by("pk").first()
    return f"{organization.name}, {site.address}" if site else organization.name


def form_3(first_article: FirstArticle) -> list[dict]:
    """Return one row a characteristic that is not reference, with the result of the measured piece.

    A characteristic that holds before and after finish shows both values. Values are in drawing units.
    """
    characteristics = Characteristic.objects.filter(
        part_revision=first_article.part_revision, is_reference=False
    )
    results = _results_of(first_article)
    nonconforming = _nonconformance_numbers(first_article)
    added = {line.characteristic_id: line for line in first_article.lines.all()}
    checked_at = _operations_of_checks(first_article)
    rows = []
    for characteristic in characteristics:
        values = results.get(characteristic.pk, [])
        line = added.get(characteristic.pk)
        is_failing = any(value.verdict == Measurement.FAIL for value in values)
        number = nonconforming.get(characteristic.pk) or (nonconforming.get(None, "") if is_failing else "")
        rows.append(
            {
                "5": characteristic.balloon,
                "6": characteristic.zone,
                "7": characteristic.designator,
                "8": characteristic.requirement,
                "9": " / ".join(_result_text(value) for value in values),
                "10": line.tooling if line else "",
                "11": number,
                "12": (line.comment if line else "") or checked_at.get(characteristic.pk, ""),
                "is_failing": is_failing,
                "is_attribute_of_limits": bool(values)
                and characteristic.has_limits
                and all(value.value is None for value in values),
            }
        )
    return rows


def _results_of(first_article: FirstArticle) -> dict[int, list[Measurement]]:
    """Return the standing measurements of the piece by characteristic: before the finish, then after it."""
    lots = [lot.pk for lot, _ in lineage(first_article.traveler)]
    lots += list(first_article.traveler.children.values_list("pk", flat=True))
    found: dict[int, dict[str, Measurement]] = {}
    values = Measurement.objects.standing().filter(
        record__traveler__in=lots, serial=first_article.serial, record__state__in=["open", "completed"]
    )
    for value in values.order_by("pk"):
        found.setdefault(value.characteristic_id, {})[value.side] = value
    return {pk: [sides[side] for side in ("before", "after") if side in sides] for pk, sides in found.items()}


def _result_text(measurement: Measurement) -> str:
    if measurement.value is None:
        return "Accept" if measurement.verdict == Measurement.PASS else "Reject"
    return f"{measurement.value.normalize():f}"


def _nonconformance_numbers(first_article: FirstArticle) -> dict[int | None, str]:
    """Return the nonconformances of the piece by characteristic; under None one that covers further values.

    Several failing values of one piece stand in one nonconformance, which is filed under the first of them.
    """
    lots = [lot.pk for lot, _ in lineage(first_article.traveler)]
    found = Nonconformance.objects.filter(
        found_on_traveler__in=lots, serials__contains=[first_article.serial]
    ).order_by("pk")
    numbers: dict[int | None, str] = {each.characteristic_id: each.number for each in found}
    last = found.last()
    return {**numbers, None: last.number} if last else numbers


def _operations_of_checks(first_article: FirstArticle) -> dict[int, str]:
    """Say for each characteristic verified before a finish at which operation, as features are lost later."""
    checks = PlannedCheck.objects.filter(
        operation__route_revision=first_article.route_revision, operation__kind=Operation.INSPECT
    ).select_related("operation")
    return {
        check.characteristic_id: f"{check.side} finish, operation {check.operation.sequence}"
        for check in checks
    }
