"""Example records of the API's addresses in this room; see `tests/architecture/examples.py`."""

from tests.inspection import examples as pages

EXAMPLES = {
    "inspection-api:record-detail": pages.record,
    "inspection-api:results-import": pages.record,
    "inspection-api:nonconformance-detail": pages.nonconformance,
    "inspection-api:evaluation-detail": pages.evaluation,
    "inspection-api:first-article-detail": pages.first_article,
}
