"""Example records of this room's addresses; see `tests/architecture/examples.py`."""

from decimal import Decimal

from inspection.domain import (
    concession_requests,
    corrections,
    field_comments,
    first_articles,
    held_approvals,
    results,
)
from inspection.domain.customer_inspections import open_customer_inspection
from inspection.domain.drift_alarms import review_inspection
from inspection.domain.gauge_studies import record_study
from inspection.domain.sampling.series import series_for
from inspection.models import InspectionRecord, Measurement
from portal.domain.files import take_in
from routes.domain.lots import current_step, serials_of
from tests.cast import reauth
from tests.factories import triggers
from tests.factories.findings import find_bad, make_action, make_code
from tests.factories.inspection import (
    concede,
    make_final_inspection,
    make_first_article,
    make_lot,
    make_nonconformance,
)
from tests.factories.measuring import measure
from tests.factories.releases import make_baseline, make_release
from tests.factories.result_files import make_qif
from tests.factories.routes import make_gauge, make_part, make_part_revision, today
from tests.factories.sampling import add_past
from tests.routes.examples import PDF
from tests.subcontract import examples as outside


def step(cast):
    return {"number": current_step(make_lot(cast)).number}


def record(cast):
    return {"number": make_final_inspection(cast).number}


def series(cast):
    made = series_for(part=make_part(cast), vendor=None, defect_class="major")
    return {"number": add_past(made, make_final_inspection(cast), "A").number}


def value(cast):
    found = make_final_inspection(cast)
    measure(cast, found, "1", "1", gauge=make_gauge(cast))
    return {"number": found.number, "balloon": "1", "serial": "1"}


def record_with_file(cast):
    found = make_final_inspection(cast, quantity=2, is_serialized=True)
    values = [("81", "10.02", "PASS"), ("82", "80.03", "PASS")]
    samples = dict.fromkeys(serials_of(found.traveler), values)
    results.import_results(
        by=cast.inspector,
        record=found,
        content=make_qif(samples, items={"81": "BORE", "82": "LENGTH"}),
        name="final.qif",
        measured_on=today(),
    )
    return {"number": found.number}


def nonconformance(cast):
    return {"number": make_nonconformance(cast).number}


def concession(cast):
    letter = take_in(content=PDF, name="letter.pdf", by=cast.quality)
    return {"number": concede(cast, make_nonconformance(cast), evidence=letter).number}


def lot(cast):
    return {"number": make_lot(cast).number}


def first_article(cast):
    return {"number": make_first_article(cast).number}


def first_article_row(cast):
    return {"number": make_first_article(cast).number, "balloon": "1"}


def first_article_comment(cast):
    record = make_first_article(cast, at="submitted")
    field_comments.comment(by=cast.quality, first_article=record, form=1, field="8", text="Name the ECN.")
    first_articles.return_to_author(by=cast.quality, first_article=record, reason="Field 8.")
    return {"number": record.number, "place": 1}


def approved_first_article(cast):
    return {"number": make_first_article(cast, at="approved").number}


def part_revision(cast):
    found = make_part_revision(cast)
    return {"number": found.part.number, "revision": found.revision}


def held_approval(cast):
    found = make_part_revision(cast)
    held_approvals.record_held_approval(
        by=cast.quality,
        part_revision=found,
        customer_reference="ORR-FAI-77",
        approved_on=today(),
        file=take_in(content=PDF, name="letter.pdf", by=cast.quality),
        token=reauth(cast.quality),
    )
    return {"number": found.part.number, "revision": found.revision, "place": 1}


def correction(cast):
    earlier = make_first_article(cast, at="approved")
    found = corrections.open_correction(by=cast.inspector, first_article=earlier, reason="Serial was misread")
    return {"number": found.number}


def compared_lot(cast):
    """A lot with values of ours and of the customer's on the same pieces."""
    found = make_final_inspection(cast, quantity=2, is_serialized=True)
    measure(cast, found, "1", "0001")
    theirs = open_customer_inspection(by=cast.inspector, traveler=found.traveler)
    measure(cast, theirs, "1", "0001", "10.05")
    return {"number": found.traveler.number}


def concession_request(cast):
    paper = take_in(content=PDF, name="study.pdf", by=cast.quality)
    found = make_nonconformance(cast)
    request = concession_requests.request_concession(
        by=cast.quality,
        nonconformance=found,
        proposal="use_as_is",
        justification="Clears the mating part.",
        attachment=paper,
    )
    return {"number": request.number}


def order_line(cast):
    line = make_lot(cast).order_line
    return {"number": line.order.number, "line_number": line.line_number}


def gauge(cast):
    return {"number": make_gauge(cast).number}


def gauge_study(cast):
    runs = [
        (part, who, Decimal(part) + run)
        for part in "123"
        for who in "AB"
        for run in (Decimal("0.1"), Decimal(0))
    ]
    facts = {"measured_on": today(), "feature": "bore", "unit": "mm", "runs": runs}
    return {"number": record_study(by=cast.inspector, gauge=make_gauge(cast), **facts).number}


def corrective_action(cast):
    return {"number": make_action(cast, at="answered", vendor=cast.vendor_organization).number}


def corrective_step(cast):
    return {"number": make_action(cast, at="accepted", vendor=cast.vendor_organization).number, "place": 1}


def readings(cast):
    """A gauge found out of tolerance today that measured a lot."""
    found, gauge = make_final_inspection(cast), make_gauge(cast)
    measure(cast, found, "1", "1", gauge=gauge)
    find_bad(cast, gauge)
    return {"number": gauge.number, "day": today().isoformat()}


def readings_of_lot(cast):
    keys = readings(cast)
    return {**keys, "lot": Measurement.objects.get(gauge__number=keys["number"]).record.traveler.number}


def finding_code(cast):
    found = make_code(cast)
    return {"kind": found.kind, "code": found.code}


def drift_alarm(cast):
    baseline = make_baseline(cast, ["10.00", "10.01", "9.99", "10.00", "10.00"])
    for _ in range(10):
        if found := review_inspection(record=make_release(cast, baseline, ["10.09"] * 5)):
            return {"number": found[0].number}
    raise AssertionError("ten shifted releases raised no alarm")


def part(cast):
    return {"number": make_part_revision(cast).part.number}


def characteristic(cast):
    revision = make_part_revision(cast)
    return {"number": revision.part.number, "revision": revision.revision, "balloon": "1"}


def approved_lot(cast):
    return {"number": make_first_article(cast, at="approved").traveler.number}


def evaluation(cast):
    return {"number": triggers.make_reported(cast).number}


def decided_evaluation(cast):
    return {"number": triggers.decide(cast, triggers.make_reported(cast), "full").number}


def trigger_policy(cast):
    return {"number": triggers.draft_trigger_policy(cast, "machine").number}


def two_inspections(cast):
    """An inspection of ours and the customer's of the same pieces."""
    number = compared_lot(cast)["number"]
    found = InspectionRecord.objects.filter(traveler__number=number).order_by("pk").first()
    return {"number": found.number}


EXAMPLES = {
    "inspection:vendor-finding-report": outside.line,
    "inspection:vendor-strip-ask": outside.line,
    "inspection:vendor-finding-confirm": outside.finding,
    "inspection:vendor-held-answer": outside.finding,
    "inspection:finding-record-write": nonconformance,
    "inspection:containment-record": nonconformance,
    "inspection:nonconformance-print": nonconformance,
    "inspection:concession-ask": nonconformance,
    "inspection:permit-draw": nonconformance,
    "inspection:permit-ask": order_line,
    "inspection:concession-request-detail": concession_request,
    "inspection:concession-request-grant": concession_request,
    "inspection:concession-request-refuse": concession_request,
    "inspection:concession-request-withdraw": concession_request,
    "inspection:concession-request-paper": concession_request,
    "inspection:corrective-action-detail": corrective_action,
    "inspection:corrective-action-add-step": corrective_action,
    "inspection:corrective-action-answer": corrective_action,
    "inspection:corrective-action-return": corrective_action,
    "inspection:corrective-action-accept": corrective_action,
    "inspection:corrective-action-implement": corrective_action,
    "inspection:corrective-action-prove": corrective_action,
    "inspection:corrective-action-reopen": corrective_action,
    "inspection:corrective-action-drop": corrective_action,
    "inspection:corrective-action-finish": corrective_step,
    "inspection:readings-detail": readings,
    "inspection:readings-csv": readings,
    "inspection:readings-judge": readings_of_lot,
    "inspection:finding-code-retire": finding_code,
    "inspection:part-drift": part,
    "inspection:characteristic-drift": characteristic,
    "inspection:run-rules-choose": characteristic,
    "inspection:gauge-study-record": gauge,
    "inspection:gauge-study-detail": gauge_study,
    "inspection:short-run-chart": characteristic,
    "inspection:drift-alarm-detail": drift_alarm,
    "inspection:drift-alarm-acknowledge": drift_alarm,
    "inspection:drift-alarm-close": drift_alarm,
    "inspection:evaluation-detail": evaluation,
    "inspection:evaluation-decide": evaluation,
    "inspection:evaluation-article": decided_evaluation,
    "inspection:evaluation-open": lot,
    "inspection:evaluation-report": approved_lot,
    "inspection:trigger-policy-detail": trigger_policy,
    "inspection:trigger-policy-sign": trigger_policy,
    "inspection:trigger-policy-drop": trigger_policy,
    "inspection:record-beside": two_inspections,
    "inspection:comparison-detail": compared_lot,
    "inspection:customer-inspection-open": lot,
    "inspection:record-open": step,
    "inspection:record-detail": record,
    "inspection:sampling-detail": series,
    "inspection:sampling-resume": series,
    "inspection:sampling-reduce": series,
    "inspection:sampling-restore": series,
    "inspection:sampling-qualify": series,
    "inspection:sampling-end-skip": series,
    "inspection:record-complete": record,
    "inspection:record-void": record,
    "inspection:record-undo": record,
    "inspection:value-enter": record,
    "inspection:value-grid": record,
    "inspection:value-void": value,
    "inspection:results-preview": record,
    "inspection:results-import": record,
    "inspection:results-file": record_with_file,
    "inspection:nonconformance-open": lot,
    "inspection:nonconformance-detail": nonconformance,
    "inspection:nonconformance-disposition": nonconformance,
    "inspection:nonconformance-undo": nonconformance,
    "inspection:nonconformance-concede": nonconformance,
    "inspection:nonconformance-close": nonconformance,
    "inspection:concession-letter": concession,
    "inspection:first-article-open": lot,
    "inspection:first-article-detail": first_article,
    "inspection:first-article-line": first_article_row,
    "inspection:first-article-submit": first_article,
    "inspection:first-article-withdraw": approved_first_article,
    "inspection:first-article-approve": first_article,
    "inspection:first-article-return": first_article,
    "inspection:first-article-comment": first_article,
    "inspection:first-article-answer": first_article_comment,
    "inspection:first-article-correct": first_article,
    "inspection:first-article-supplier": first_article,
    "inspection:first-article-xlsx": approved_first_article,
    "inspection:first-article-customer-approve": approved_first_article,
    "inspection:first-article-customer-return": approved_first_article,
    "inspection:first-article-customer-condition": approved_first_article,
    "inspection:first-article-correction": approved_first_article,
    "inspection:first-article-difference": correction,
    "inspection:first-article-workbook-look": first_article,
    "inspection:first-article-workbook-take": first_article,
    "inspection:held-approval-record": part_revision,
    "inspection:held-approval-letter": held_approval,
}
