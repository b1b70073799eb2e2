"""Example records of this room's addresses; see `tests/architecture/examples.py`."""

from subcontract.models import ApprovalScope
from tests.factories.subcontract import make_approval, make_outside_order


def approval(cast):
    there = ApprovalScope.objects.filter(site=cast.vendor_site).first()
    return {"number": (there or make_approval(cast)).number}


def order(cast):
    return {"number": make_outside_order(cast, at="shipped").number}


def line(cast):
    return {"number": make_outside_order(cast, at="shipped").number, "line_number": 1}


EXAMPLES = {
    "subcontract:approval-detail": approval,
    "subcontract:approval-suspend": approval,
    "subcontract:approval-reinstate": approval,
    "subcontract:approval-withdraw": approval,
    "subcontract:order-detail": order,
    "subcontract:order-add-line": order,
    "subcontract:order-issue": order,
    "subcontract:order-ship": order,
    "subcontract:order-cancel": order,
    "subcontract:line-receive": line,
}
