"""Example records of the API's addresses in this room; see `tests/architecture/examples.py`."""

from tests.subcontract import examples as pages

EXAMPLES = {
    "subcontract-api:approval-detail": pages.approval,
    "subcontract-api:order-detail": pages.order,
    "subcontract-api:line-detail": pages.line,
    "subcontract-api:line-receive": pages.line,
    "subcontract-api:line-acknowledge": pages.line,
    "subcontract-api:line-dispute": pages.line,
    "subcontract-api:line-announce-return": pages.line,
}
