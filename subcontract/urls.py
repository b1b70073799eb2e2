"""Addresses of this room: plural nouns, the record's own number, the verb last."""

from __future__ import annotations

from django.urls import path

from subcontract.views import approvals, custody, delegations, flowdown, onward, outside_orders, register
from subcontract.views import vendor_statements as statements

app_name = "subcontract"

APPROVAL = "approvals/<str:number>/"
ORDER = "outside-orders/<str:number>/"
LINE = f"{ORDER}lines/<int:line_number>/"
STATEMENT = "vendor-statements/<str:number>/"
DELEGATION = "delegations/<str:number>/"
ORGANIZATION = "organizations/<str:number>/"

urlpatterns = [
    path("approvals/", approvals.ApprovalList.as_view(), name="approval-list"),
    path("approvals/create/", approvals.ApprovalCreate.as_view(), name="approval-create"),
    path(f"{APPROVAL}suspend/", approvals.ApprovalSuspend.as_view(), name="approval-suspend"),
    path(f"{APPROVAL}reinstate/", approvals.ApprovalReinstate.as_view(), name="approval-reinstate"),
    path(f"{APPROVAL}withdraw/", approvals.ApprovalWithdraw.as_view(), name="approval-withdraw"),
    path(APPROVAL, approvals.ApprovalDetail.as_view(), name="approval-detail"),
    path("custody/", custody.Custody.as_view(), name="custody"),
    path("custody/csv/", custody.CustodyCsv.as_view(), name="custody-csv"),
    path("vendor-register/", register.VendorRegister.as_view(), name="vendor-register"),
    path("vendor-register/csv/", register.VendorRegisterCsv.as_view(), name="vendor-register-csv"),
    path(f"{ORGANIZATION}reviews/sign/", register.VendorReviewSign.as_view(), name="vendor-review-sign"),
    path(
        f"{ORGANIZATION}registrations/record/",
        register.RegistrationRecord.as_view(),
        name="registration-record",
    ),
    path("registrations/", register.RegistrationList.as_view(), name="registration-list"),
    path(
        "registrations/<str:number>/withdraw/",
        register.RegistrationWithdraw.as_view(),
        name="registration-withdraw",
    ),
    path("registrations/<str:number>/file/", register.RegistrationFile.as_view(), name="registration-file"),
    path(f"{ORGANIZATION}agreements/record/", register.AgreementRecord.as_view(), name="agreement-record"),
    path("agreements/", register.AgreementList.as_view(), name="agreement-list"),
    path("agreements/<str:number>/end/", register.AgreementEnd.as_view(), name="agreement-end"),
    path("agreements/<str:number>/file/", register.AgreementFile.as_view(), name="agreement-file"),
    path("outside-orders/", outside_orders.OrderList.as_view(), name="order-list"),
    path("outside-orders/draft/", outside_orders.OrderDraft.as_view(), name="order-draft"),
    path(f"{ORDER}lines/add/", outside_orders.OrderAddLine.as_view(), name="order-add-line"),
    path(
        f"{ORDER}lines/<int:line_number>/receive/",
        outside_orders.LineReceive.as_view(),
        name="line-receive",
    ),
    path(f"{ORDER}lines/<int:line_number>/flowdown/", flowdown.LineFlowdown.as_view(), name="line-flowdown"),
    path(f"{ORDER}issue/", outside_orders.OrderIssue.as_view(), name="order-issue"),
    path("delegations/", delegations.DelegationList.as_view(), name="delegation-list"),
    path("delegations/sign/", delegations.DelegationSign.as_view(), name="delegation-sign"),
    path(f"{DELEGATION}end/", delegations.DelegationEnd.as_view(), name="delegation-end"),
    path(f"{DELEGATION}file/", delegations.DelegationFile.as_view(), name="delegation-file"),
    path(
        f"{DELEGATION}acceptance/", delegations.DelegationAcceptance.as_view(), name="delegation-acceptance"
    ),
    path(DELEGATION, delegations.DelegationDetail.as_view(), name="delegation-detail"),
    path(f"{LINE}count-elsewhere/", onward.LineCountElsewhere.as_view(), name="line-count-elsewhere"),
    path(f"{LINE}acknowledge/", statements.LineAcknowledge.as_view(), name="line-acknowledge"),
    path(f"{LINE}dispute/", statements.LineDispute.as_view(), name="line-dispute"),
    path(f"{LINE}announce-return/", statements.LineAnnounceReturn.as_view(), name="line-announce-return"),
    path(f"{LINE}drawing/", statements.LineDrawing.as_view(), name="line-drawing"),
    path(f"{STATEMENT}withdraw/", statements.StatementWithdraw.as_view(), name="statement-withdraw"),
    path(f"{STATEMENT}answer/", statements.DisputeAnswer.as_view(), name="dispute-answer"),
    path(f"{STATEMENT}photo/", statements.StatementPhoto.as_view(), name="statement-photo"),
    path(f"{LINE}bring-home/", onward.LineBringHome.as_view(), name="line-bring-home"),
    path(f"{LINE}put-aside/", onward.LinePutAside.as_view(), name="line-put-aside"),
    path("over-returns/<str:number>/decide/", onward.OverReturnDecide.as_view(), name="over-return-decide"),
    path(f"{ORDER}send-on/", onward.OrderSendOn.as_view(), name="order-send-on"),
    path(f"{ORDER}ship/", outside_orders.OrderShip.as_view(), name="order-ship"),
    path(f"{ORDER}cancel/", outside_orders.OrderCancel.as_view(), name="order-cancel"),
    path(ORDER, outside_orders.OrderDetail.as_view(), name="order-detail"),
]
