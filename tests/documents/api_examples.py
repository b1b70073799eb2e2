"""Example records of the API's addresses in this room; see `tests/architecture/examples.py`."""

from documents.domain import standing
from tests.cast import Cast
from tests.documents import examples as pages
from tests.routes.examples import order_line, traveler


def judged_traveler(cast: Cast) -> dict[str, object]:
    """Return a lot whose chain is kept, so that the list of chains has a row."""
    keywords = traveler(cast)
    standing.judge_missing()
    return keywords


EXAMPLES = {
    "documents-api:scorecard-detail": pages.scorecard,
    "documents-api:notice-detail": pages.notice,
    "documents-api:disposal-detail": pages.disposal_done,
    "documents-api:line-rehearsal": order_line,
    "documents-api:approval-reach": pages.approval,
    "documents-api:check-policy-detail": pages.policy,
    "documents-api:reach-detail": pages.heat_of_a_lot,
    "documents-api:waiver-detail": pages.waiver,
    "documents-api:chain-detail": judged_traveler,
    "documents-api:lot-clauses": traveler,
    "documents-api:lot-matrix": traveler,
    "documents-api:lot-trail": traveler,
    "documents-api:certificate-detail": pages.certificate,
    "documents-api:certificate-comparison": pages.certificate,
    "documents-api:certificate-enter": pages.certificate,
    "documents-api:certificate-cover": pages.certificate,
    "documents-api:shipment-detail": pages.shipment,
    "documents-api:package-detail": pages.package,
    "documents-api:package-pdf": pages.package,
    "documents-api:package-archive": pages.package,
    "documents-api:package-manifest": pages.package,
}
