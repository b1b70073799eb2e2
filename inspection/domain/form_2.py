"""Form 2 of a first article: the material of the lot, its outside processes and its functional tests."""

from __future__ import annotations

from django.db.models import Q

from inspection.domain import lab_reports
from inspection.domain.form_3 import result_text, results_of
from inspection.models import FirstArticle, LabReport, Nonconformance
from portal.models import Organization, Site
from routes.domain.lots import lineage
from routes.models import Characteristic, MaterialLot, NoteMapping
from subcontract.domain.approvals import find_scope
from subcontract.domain.outside_orders import need_of
from subcontract.domain.receipts import receipts_of
from subcontract.models import Receipt

# how drawings call what is tested rather than measured
FUNCTIONAL_TESTS = ("functional test", "proof test", "leak test", "pressure test")
FIELDS = ("5", "6", "7", "8", "9", "10", "11", "12", "13")


def form_2(first_article: FirstArticle) -> list[dict]:
    """Return one row for the material, each special process and each functional test, whatever came first.

    Field 8 stays empty without an address; field 9 "No" names the nonconformance that was opened for it in field 13.

    Source:  AS9102 Rev C Form 2 fields 5-13; customer-furnished material is listed too; release rules 14 and 15.
    """
    lots = [lot for lot, _ in lineage(first_article.traveler)]
    rows = [_material_row(lot.material_lot) for lot in lots if lot.material_lot_id][:1]
    own = [lot.pk for lot in lots]
    rows += [_process_row(receipt, own) for receipt in receipts_of(first_article.traveler)]
    rows += [*_test_rows(first_article), *_noted_test_rows(first_article, own)]
    reported = _nonconformance_of_a_source(first_article)
    for place, row in enumerate(rows, start=1):
        row["row"] = str(place)
        if row["9"] == "No":
            row["13"] = reported
    return rows


def _row(**fields: str) -> dict:
    """Return one row; what is not given is empty."""
    return {number: fields.get(f"field_{number}", "") for number in FIELDS}


def _material_row(material: MaterialLot) -> dict:
    if material.is_customer_furnished:
        supplier = "Customer furnished"
    else:
        supplier = supplier_words(material.supplier, _first_site(material.supplier))
    return _row(
        field_5=f"{material.condition}, {material.get_identifier_kind_display().lower()} {material.identifier}",
        field_6=f"{material.specification}, {material.form}",
        field_7=material.supplier.supplier_code if material.supplier else "",
        field_8=supplier,
        field_9="NA",
        field_10=material.certificate_number if material.certificate_state == "accepted" else "",
        **_tested(lab_reports.of_material(material)),
    )


def _process_row(receipt: Receipt, lots: list[int]) -> dict:
    line = receipt.line
    step = line.step
    choice = ", ".join(word for word in (line.spec_type, line.spec_class) if word)
    site: Site = line.order.site
    return _row(
        field_5=_begin(line.specification.process or line.specification.title),
        field_6=f"{line.specification}" + (f" {choice}" if choice else ""),
        field_7=site.organization.supplier_code,
        field_8=supplier_words(site.organization, site),
        field_9="Yes" if find_scope(need_of(line, on=line.order.ordered_on)) else "No",
        field_10=receipt.certificate_number if receipt.certificate_state == "accepted" else "",
        **_tested(lab_reports.of_operation(lots, step.operation_id, step.pass_number)),
    )


def _tested(reports: list[LabReport]) -> dict[str, str]:
    """Return what accepted reports prove of a row: by which procedures, and what each found."""
    return {"field_11": lab_reports.procedures(reports), "field_12": lab_reports.findings(reports)}


def _begin(words: str) -> str:
    """Return the words of a process as a form's cell begins; abbreviations keep their letters."""
    return words[:1].upper() + words[1:]


def _test_rows(first_article: FirstArticle) -> list[dict]:
    """Return the functional tests among the characteristics: who tested, by which procedure, what was found."""
    tests = Characteristic.objects.filter(
        _says_a_test("kind") | _says_a_test("requirement"),
        part_revision=first_article.part_revision,
        is_reference=False,
    )
    if not tests:
        return []
    results = results_of(first_article)
    return [
        _row(
            field_5=f"Characteristic {test.balloon} {test.name}",
            field_8=_own_words(),
            field_9="NA",
            field_11=test.requirement,
            field_12=", ".join(
                f"{value.record.number} ({result_text(value, test)})" for value in results.get(test.pk, [])
            ),
        )
        for test in tests
    ]


def _noted_test_rows(first_article: FirstArticle, lots: list[int]) -> list[dict]:
    """Return the functional tests the drawing's notes ask for, with the report, operation or document that answers."""
    mappings = NoteMapping.objects.filter(
        _says_a_test("note__text"),
        route_revision=first_article.route_revision,
        not_applicable_signature__isnull=True,
    ).select_related("note", "operation")
    return [
        _row(
            field_5=f"Drawing {mapping.note}",
            field_8=_own_words(),
            field_9="NA",
            field_11=mapping.note.text,
            field_12=_answer(mapping, lots)
            or f"Operation {mapping.operation.sequence} {mapping.operation.name}, lot {first_article.traveler.number}",
        )
        for mapping in mappings.order_by("note_id")
    ]


def _answer(mapping: NoteMapping, lots: list[int]) -> str:
    """Return the accepted report of the operation a note was mapped to, else the document that was named."""
    reports = lab_reports.of_operation(lots, mapping.operation_id) if mapping.operation_id else []
    return lab_reports.findings(reports) or mapping.document


def _says_a_test(field: str) -> Q:
    words = Q()
    for each in FUNCTIONAL_TESTS:
        words |= Q(**{f"{field}__icontains": each})
    return words


def supplier_words(organization: Organization | None, site: Site | None) -> str:
    """Return name, address and code of a supplier; empty without a street or town, as the form is sent back for it."""
    if organization is None or site is None or not (site.street or site.city):
        return ""
    code = f", code {organization.supplier_code}" if organization.supplier_code else ""
    return f"{organization.name}, {site.address}{code}"


def _own_words() -> str:
    shop = Organization.objects.shops().first()
    return supplier_words(shop, _first_site(shop))


def _first_site(organization: Organization | None) -> Site | None:
    return organization.sites.order_by("pk").first() if organization else None


def _nonconformance_of_a_source(first_article: FirstArticle) -> str:
    """Return the nonconformance that was opened on the lot about something other than a characteristic."""
    lots = [lot.pk for lot, _ in lineage(first_article.traveler)]
    found = Nonconformance.objects.filter(
        found_on_traveler__in=lots, characteristic__isnull=True, measurement__isnull=True
    )
    latest = found.order_by("pk").last()
    return latest.number if latest else ""
