"""Example records of the API's addresses in this room; see `tests/architecture/examples.py`."""

from tests.inspection import examples as pages


def doubted_gauge(cast):
    return {"number": pages.readings(cast)["number"]}


EXAMPLES = {
    "inspection-api:concession-request-detail": pages.concession_request,
    "inspection-api:corrective-action-detail": pages.corrective_action,
    "inspection-api:concession-ask": pages.nonconformance,
    "inspection-api:permit-ask": pages.order_line,
    "inspection-api:concession-request-withdraw": pages.concession_request,
    "inspection-api:corrective-action-add-step": pages.corrective_action,
    "inspection-api:corrective-action-answer": pages.corrective_action,
    "inspection-api:corrective-action-finish": pages.corrective_step,
    "inspection-api:corrective-action-implement": pages.corrective_action,
    "inspection-api:first-article-correct": pages.approved_first_article,
    "inspection-api:sampling-detail": pages.series,
    "inspection-api:gauge-doubts": doubted_gauge,
    "inspection-api:record-detail": pages.record,
    "inspection-api:results-import": pages.record,
    "inspection-api:nonconformance-detail": pages.nonconformance,
    "inspection-api:evaluation-detail": pages.evaluation,
    "inspection-api:first-article-detail": pages.first_article,
}
