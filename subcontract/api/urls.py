"""Addresses of this room for machines."""

from __future__ import annotations

from django.urls import path

from subcontract.api import approvals, custody, delegations, outside_orders, register
from subcontract.api import vendor_statements as statements

app_name = "subcontract-api"

ORDER = "outside-orders/<str:number>/"
LINE = f"{ORDER}lines/<int:line_number>/"

urlpatterns = [
    path("approvals/", approvals.Approvals.as_view(), name="approval-list"),
    path("approvals/<str:number>/", approvals.ApprovalRecord.as_view(), name="approval-detail"),
    path("custody/", custody.Custody.as_view(), name="custody"),
    path("delegations/", delegations.Delegations.as_view(), name="delegation-list"),
    path("over-returns/", delegations.OverReturns.as_view(), name="over-return-list"),
    path("registrations/", register.Registrations.as_view(), name="registration-list"),
    path("agreements/", register.Agreements.as_view(), name="agreement-list"),
    path("vendor-reviews/", register.VendorReviews.as_view(), name="vendor-review-list"),
    path("outside-orders/", outside_orders.OutsideOrders.as_view(), name="order-list"),
    path(f"{LINE}receipts/", outside_orders.LineReceive.as_view(), name="line-receive"),
    path(f"{LINE}acknowledge/", statements.LineAcknowledge.as_view(), name="line-acknowledge"),
    path(f"{LINE}dispute/", statements.LineDispute.as_view(), name="line-dispute"),
    path(f"{LINE}announce-return/", statements.LineAnnounceReturn.as_view(), name="line-announce-return"),
    path("vendor-statements/", statements.VendorStatements.as_view(), name="vendor-statement-list"),
    path(LINE, outside_orders.LineRecord.as_view(), name="line-detail"),
    path(ORDER, outside_orders.OutsideOrderRecord.as_view(), name="order-detail"),
    path("receipts/", outside_orders.Receipts.as_view(), name="receipt-list"),
]
