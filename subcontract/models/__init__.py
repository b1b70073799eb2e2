"""What leaves the building: who may do it, what was ordered, who holds the pieces, what came back."""

from subcontract.models.approvals import ApprovalScope
from subcontract.models.custody import CustodyMove
from subcontract.models.delegations import Delegation
from subcontract.models.flowdown import FlowdownItem
from subcontract.models.outside_orders import OutsideOrder, OutsideOrderLine
from subcontract.models.over_returns import OverReturn
from subcontract.models.receipts import Receipt
from subcontract.models.reviews import VendorReview
from subcontract.models.statements import VendorStatement

__all__ = [
    "ApprovalScope",
    "CustodyMove",
    "Delegation",
    "FlowdownItem",
    "OutsideOrder",
    "OutsideOrderLine",
    "OverReturn",
    "Receipt",
    "VendorReview",
    "VendorStatement",
]
