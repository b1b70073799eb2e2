"""Addresses of the proof: certificates, shipments, packages."""

from __future__ import annotations

from django.urls import path

import routes.urls  # noqa: F401  names the converter of lots
from documents.views import (
    approval_reach,
    arrivals,
    blast,
    board,
    certificate_list,
    certificate_readings,
    certificates,
    disposals,
    imports,
    legal_holds,
    matrix,
    notices,
    order_papers,
    packages,
    packing,
    points,
    policies,
    rehearsal,
    retention,
    rules,
    scorecards,
    search,
    shipments,
    test_results,
    trail,
    upload_links,
    waivers,
)
from documents.views.certificate_queue import CertificateQueue
from documents.views.certificate_verdicts import CertificateProgress
from documents.views.certificate_withdrawal import CertificateWithdraw
from documents.views.key_rules import CertificateRules
from documents.views.waiting_photos import CertificatePhoto, CertificatePhotos

app_name = "documents"

CERTIFICATE = "certificates/<str:number>/"
SHIPMENT = "shipments/<str:number>/"
PACKAGE = "packages/<str:number>/"
IMPORT = "imports/<str:number>/"
WAIVER = "waivers/<str:number>/"
NOTICE = "notices/<str:number>/"
RULE = "retention-rules/<str:number>/"
LEGAL_HOLD = "legal-holds/<str:number>/"
DISPOSAL = "disposals/<str:number>/"
POLICY = "check-policies/<str:number>/"
OUTSIDE_ORDER = "outside-orders/<str:number>/"
# the secret of a link is all the address a sender without account has
SEND = "send/<str:token>/"
ARRIVAL = "arrivals/<str:number>/"
ARRIVED = f"{ARRIVAL}files/<int:position>/"
SENT = f"{SEND}certificates/<str:number>/"

urlpatterns = [
    path("search/", search.find, name="search"),
    path("board/", board.ReleaseBoard.as_view(), name="board"),
    path(
        "orders/<str:number>/lines/<int:line_number>/rehearsal/",
        rehearsal.OrderLineRehearsal.as_view(),
        name="order-line-rehearsal",
    ),
    path("travelers/<lot:number>/matrix/", matrix.LotMatrix.as_view(), name="lot-matrix"),
    path("travelers/<lot:number>/trail/", trail.LotTrail.as_view(), name="lot-trail"),
    path("travelers/<lot:number>/trail/review/", trail.LotTrailReview.as_view(), name="lot-trail-review"),
    path("approvals/<str:number>/reach/", approval_reach.ApprovalReach.as_view(), name="approval-reach"),
    path(
        "approvals/<str:number>/reach/csv/",
        approval_reach.ApprovalReachCsv.as_view(),
        name="approval-reach-csv",
    ),
    path("reach/<slug:noun>/<word:number>/csv/", blast.BlastCsv.as_view(), name="reach-csv"),
    path("reach/<slug:noun>/<word:number>/", blast.Blast.as_view(), name="reach-detail"),
    path("points/", points.PointList.as_view(), name="point-list"),
    path("certificates/", certificate_list.CertificateList.as_view(), name="certificate-list"),
    path("certificates/waiting/", CertificateQueue.as_view(), name="certificate-queue"),
    path("certificates/bring-in/", certificates.CertificateUpload.as_view(), name="certificate-upload"),
    path("certificates/photos/<str:number>/", CertificatePhotos.as_view(), name="certificate-photos"),
    path(
        "certificates/photos/<str:number>/<int:position>/",
        CertificatePhoto.as_view(),
        name="certificate-photo",
    ),
    path(f"{CERTIFICATE}enter/", certificates.CertificateEnter.as_view(), name="certificate-enter"),
    path(f"{CERTIFICATE}read/", certificate_readings.CertificateRead.as_view(), name="certificate-read"),
    path(
        f"{CERTIFICATE}read/progress/",
        certificate_readings.CertificateReadProgress.as_view(),
        name="certificate-read-progress",
    ),
    path(f"{CERTIFICATE}progress/", CertificateProgress.as_view(), name="certificate-progress"),
    path(f"{CERTIFICATE}cover/", certificates.CertificateCover.as_view(), name="certificate-cover"),
    path(f"{CERTIFICATE}results/add/", test_results.TestResultAdd.as_view(), name="certificate-result-add"),
    path(
        f"{CERTIFICATE}results/<int:place>/withdraw/",
        test_results.TestResultWithdraw.as_view(),
        name="certificate-result-withdraw",
    ),
    path(f"{CERTIFICATE}accept/", certificates.CertificateAccept.as_view(), name="certificate-accept"),
    path(f"{CERTIFICATE}reject/", certificates.CertificateReject.as_view(), name="certificate-reject"),
    path(f"{CERTIFICATE}revoke/", certificates.CertificateRevoke.as_view(), name="certificate-revoke"),
    path(f"{CERTIFICATE}withdraw/", CertificateWithdraw.as_view(), name="certificate-withdraw"),
    path(f"{CERTIFICATE}file/", certificates.CertificateFile.as_view(), name="certificate-file"),
    path(f"{CERTIFICATE}pages/<int:page>/", certificates.CertificatePage.as_view(), name="certificate-page"),
    path(CERTIFICATE, certificates.CertificateDetail.as_view(), name="certificate-detail"),
    path(f"{OUTSIDE_ORDER}paper/", order_papers.OrderPaper.as_view(), name="order-paper"),
    path(f"{OUTSIDE_ORDER}links/make/", order_papers.LinkMake.as_view(), name="link-make"),
    path(
        f"{OUTSIDE_ORDER}links/<int:link_number>/revoke/",
        order_papers.LinkRevoke.as_view(),
        name="link-revoke",
    ),
    path(SEND, upload_links.LinkSend.as_view(), name="link-send"),
    path(f"{SEND}paper/", upload_links.LinkProve.as_view(), name="link-prove"),
    path(f"{SEND}photos/<str:number>/<int:position>/", upload_links.LinkPhoto.as_view(), name="link-photo"),
    path(f"{SEND}photos/<str:number>/", upload_links.LinkPhotos.as_view(), name="link-photos"),
    path(f"{SENT}progress/", upload_links.LinkProgress.as_view(), name="link-progress"),
    path(f"{SENT}sender/", upload_links.LinkSender.as_view(), name="link-sender"),
    path(f"{SENT}also/<int:position>/", upload_links.LinkAlso.as_view(), name="link-also"),
    path(SENT, upload_links.LinkCertificate.as_view(), name="link-certificate"),
    path("arrivals/", arrivals.ArrivalList.as_view(), name="arrival-list"),
    path("arrivals/bring/", arrivals.ArrivalBring.as_view(), name="arrival-bring"),
    path(f"{ARRIVED}original/", arrivals.ArrivalOriginal.as_view(), name="arrival-original"),
    path(f"{ARRIVED}pages/<int:page>/", arrivals.ArrivalPage.as_view(), name="arrival-page"),
    path(f"{ARRIVAL}place/", arrivals.ArrivalPlace.as_view(), name="arrival-place"),
    path(f"{ARRIVAL}set-aside/", arrivals.ArrivalSetAside.as_view(), name="arrival-set-aside"),
    path(f"{ARRIVAL}take-up/", arrivals.ArrivalTakeUp.as_view(), name="arrival-take-up"),
    path(ARRIVAL, arrivals.ArrivalDetail.as_view(), name="arrival-detail"),
    path("shipments/", shipments.ShipmentList.as_view(), name="shipment-list"),
    path("shipments/draft/", shipments.ShipmentDraft.as_view(), name="shipment-draft"),
    path(f"{SHIPMENT}certify/", shipments.ShipmentCertify.as_view(), name="shipment-certify"),
    path(f"{SHIPMENT}release/", shipments.ShipmentRelease.as_view(), name="shipment-release"),
    path(f"{SHIPMENT}reissue/", shipments.ShipmentReissue.as_view(), name="shipment-reissue"),
    path(f"{SHIPMENT}withdraw/", shipments.ShipmentWithdraw.as_view(), name="shipment-withdraw"),
    path(f"{SHIPMENT}dispatch/", shipments.ShipmentDispatch.as_view(), name="shipment-dispatch"),
    path(f"{SHIPMENT}cancel/", shipments.ShipmentCancel.as_view(), name="shipment-cancel"),
    path(f"{SHIPMENT}packing-list/", shipments.PackingList.as_view(), name="shipment-packing-list"),
    path(
        f"{SHIPMENT}lots/<lot:lot>/packing/<int:position>/record/",
        packing.PackingRecordAdd.as_view(),
        name="packing-record",
    ),
    path(
        f"{SHIPMENT}lots/<lot:lot>/packing/<int:position>/photo/",
        packing.PackingPhoto.as_view(),
        name="packing-photo",
    ),
    path(f"{SHIPMENT}progress/", shipments.ShipmentProgress.as_view(), name="shipment-progress"),
    path(SHIPMENT, shipments.ShipmentDetail.as_view(), name="shipment-detail"),
    path("verifier/<str:name>", packages.Verifier.as_view(), name="verifier"),
    path("packages/", packages.PackageList.as_view(), name="package-list"),
    path(f"{PACKAGE}pdf/", packages.PackagePdf.as_view(), name="package-pdf"),
    path(f"{PACKAGE}download/", packages.PackageDownload.as_view(), name="package-download"),
    path(f"{PACKAGE}archive/", packages.PackageArchive.as_view(), name="package-archive"),
    path(f"{PACKAGE}manifest/", packages.PackageManifest.as_view(), name="package-manifest"),
    path(f"{PACKAGE}pages/<int:page>/", packages.PackagePage.as_view(), name="package-page"),
    path(f"{PACKAGE}files/<str:sha256>/", packages.PackageOriginal.as_view(), name="package-original"),
    path(f"{PACKAGE}progress/", packages.PackageProgress.as_view(), name="package-progress"),
    path(f"{PACKAGE}share/", packages.PackageShare.as_view(), name="package-share"),
    path(f"{PACKAGE}accept/", packages.PackageAccept.as_view(), name="package-accept"),
    path(f"{PACKAGE}return/", packages.PackageReturn.as_view(), name="package-return"),
    path(PACKAGE, packages.PackageDetail.as_view(), name="package-detail"),
    path("retention/", retention.RetentionDue.as_view(), name="retention"),
    path("retention-rules/", retention.RetentionRuleList.as_view(), name="retention-rule-list"),
    path("retention-rules/draft/", retention.RetentionRuleDraft.as_view(), name="retention-rule-draft"),
    path(RULE, retention.RetentionRuleDetail.as_view(), name="retention-rule-detail"),
    path(f"{RULE}sign/", retention.RetentionRuleSign.as_view(), name="retention-rule-sign"),
    path(f"{RULE}drop/", retention.RetentionRuleDrop.as_view(), name="retention-rule-drop"),
    path("legal-holds/", legal_holds.LegalHoldList.as_view(), name="legal-hold-list"),
    path("legal-holds/place/", legal_holds.LegalHoldPlace.as_view(), name="legal-hold-place"),
    path(LEGAL_HOLD, legal_holds.LegalHoldDetail.as_view(), name="legal-hold-detail"),
    path(f"{LEGAL_HOLD}lift/", legal_holds.LegalHoldLift.as_view(), name="legal-hold-lift"),
    path("disposals/", disposals.DisposalList.as_view(), name="disposal-list"),
    path(DISPOSAL, disposals.DisposalDetail.as_view(), name="disposal-detail"),
    path(f"{DISPOSAL}approve/", disposals.DisposalApprove.as_view(), name="disposal-approve"),
    path(f"{DISPOSAL}carry-out/", disposals.DisposalCarryOut.as_view(), name="disposal-carry-out"),
    path(f"{DISPOSAL}drop/", disposals.DisposalDrop.as_view(), name="disposal-drop"),
    path(f"{DISPOSAL}certificate/", disposals.DisposalPaper.as_view(), name="disposal-paper"),
    path(f"{SHIPMENT}dispose/", disposals.DisposalPropose.as_view(), name="shipment-dispose"),
    path("notices/", notices.NoticeList.as_view(), name="notice-list"),
    path(f"{NOTICE}change/", notices.NoticeChange.as_view(), name="notice-change"),
    path(f"{NOTICE}send/", notices.NoticeSend.as_view(), name="notice-send"),
    path(f"{NOTICE}drop/", notices.NoticeDrop.as_view(), name="notice-drop"),
    path(NOTICE, notices.NoticeDetail.as_view(), name="notice-detail"),
    path("scorecards/", scorecards.ScorecardList.as_view(), name="scorecard-list"),
    path("scorecards/own/", scorecards.ScorecardOwn.as_view(), name="scorecard-own"),
    path("scorecards/csv/", scorecards.ScorecardCsv.as_view(), name="scorecard-csv"),
    path("scorecards/xlsx/", scorecards.ScorecardXlsx.as_view(), name="scorecard-xlsx"),
    path("scorecards/terms/set/", scorecards.ScorecardTermsSet.as_view(), name="scorecard-terms"),
    path("scorecards/<str:number>/", scorecards.ScorecardDetail.as_view(), name="scorecard-detail"),
    path("vendors/<str:number>/scorecard/", scorecards.ScorecardSoFar.as_view(), name="scorecard-so-far"),
    path(
        "outside-orders/<str:number>/lines/<int:line_number>/delay/",
        scorecards.DelayOfLine.as_view(),
        name="delay-record",
    ),
    path("delays/<str:number>/withdraw/", scorecards.DelayWithdraw.as_view(), name="delay-withdraw"),
    path("waivers/", waivers.WaiverList.as_view(), name="waiver-list"),
    path("travelers/<lot:number>/waive/", waivers.WaiverRequest.as_view(), name="waiver-request"),
    path(f"{WAIVER}grant/", waivers.WaiverGrant.as_view(), name="waiver-grant"),
    path(f"{WAIVER}refuse/", waivers.WaiverRefuse.as_view(), name="waiver-refuse"),
    path(f"{WAIVER}withdraw/", waivers.WaiverWithdraw.as_view(), name="waiver-withdraw"),
    path(f"{WAIVER}letter/", waivers.WaiverLetter.as_view(), name="waiver-letter"),
    path(WAIVER, waivers.WaiverDetail.as_view(), name="waiver-detail"),
    path("rules/", rules.RuleList.as_view(), name="rule-list"),
    path("check-policies/", policies.CheckPolicyList.as_view(), name="check-policy-list"),
    path(
        "customers/<str:number>/check-policy/",
        policies.CheckPolicyDraft.as_view(),
        name="check-policy-draft",
    ),
    path(
        "customers/<str:number>/certificate-rules/",
        CertificateRules.as_view(),
        name="certificate-rules",
    ),
    path(f"{POLICY}sign/", policies.CheckPolicySign.as_view(), name="check-policy-sign"),
    path(f"{POLICY}drop/", policies.CheckPolicyDrop.as_view(), name="check-policy-drop"),
    path(POLICY, policies.CheckPolicyDetail.as_view(), name="check-policy-detail"),
    path("imports/", imports.ImportList.as_view(), name="import-list"),
    path("imports/bring/<slug:noun>/", imports.ImportBring.as_view(), name="import-bring"),
    path(
        "imports/templates/<slug:noun>.<slug:kind>", imports.ImportTemplate.as_view(), name="import-template"
    ),
    path(f"{IMPORT}look/", imports.ImportLook.as_view(), name="import-look"),
    path(f"{IMPORT}save/", imports.ImportSave.as_view(), name="import-save"),
    path(f"{IMPORT}drop/", imports.ImportDrop.as_view(), name="import-drop"),
    path(f"{IMPORT}file/", imports.ImportFile.as_view(), name="import-file"),
    path(f"{IMPORT}progress/", imports.ImportProgress.as_view(), name="import-progress"),
    path(IMPORT, imports.ImportDetail.as_view(), name="import-detail"),
]
