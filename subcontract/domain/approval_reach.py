"""Which outside order lines rest on an approval, whatever the days."""

from __future__ import annotations

from subcontract.domain.approvals import differences
from subcontract.domain.outside_orders import need_of
from subcontract.models import ApprovalScope, OutsideOrder, OutsideOrderLine

# days on which it did or did not stand; everything else must match for a line to rest on an approval
TIMES = {"date", "state", "registration"}


def lines_resting_on(approval: ApprovalScope) -> list[OutsideOrderLine]:
    """Return the order lines whose every attribute but the days matches an approval, cancelled orders left out."""
    lines = (
        OutsideOrderLine.objects.filter(order__site=approval.site)
        .exclude(order__state=OutsideOrder.CANCELLED)
        .select_related(
            "order__site",
            "specification",
            "traveler__order_line__order__customer",
            "traveler__route_revision__part_revision__part",
        )
        .order_by("pk")
    )
    names = {}
    return [line for line in lines if _matches(approval, line, names)]


def _matches(approval: ApprovalScope, line: OutsideOrderLine, known: dict) -> bool:
    """Say whether every attribute but the days matches; the answer for equal lines is looked up once."""
    need = need_of(line, on=line.order.ordered_on)
    key = (line.specification_id, need.spec_type, need.spec_class, need.material, need.customer.pk)
    if key not in known:
        known[key] = not set(differences(approval, need, gaps=(), rests=())) - TIMES
    return known[key]
