"""Addresses of this room for machines."""

from __future__ import annotations

from django.urls import path

import routes.urls  # noqa: F401  names the converter of lots
from documents.api import (
    approval_reach,
    blast,
    certificates,
    chains,
    comparisons,
    disposals,
    matrix,
    notices,
    policies,
    proofs,
    rehearsals,
    scorecards,
    sending,
    shipments,
    waivers,
)

app_name = "documents-api"

CERTIFICATE = "certificates/<str:number>/"
PACKAGE = "packages/<str:number>/"

urlpatterns = [
    path(
        "orders/<str:number>/lines/<int:line_number>/rehearsal/",
        rehearsals.LineRehearsal.as_view(),
        name="line-rehearsal",
    ),
    path("check-policies/", policies.CheckPolicies.as_view(), name="check-policy-list"),
    path("check-policies/<str:number>/", policies.CheckPolicyRecord.as_view(), name="check-policy-detail"),
    path("reach/<slug:noun>/<word:number>/", blast.Blast.as_view(), name="reach-detail"),
    path("notices/", notices.Notices.as_view(), name="notice-list"),
    path("notices/<str:number>/", notices.NoticeRecord.as_view(), name="notice-detail"),
    path("disposals/", disposals.Disposals.as_view(), name="disposal-list"),
    path("disposals/<str:number>/", disposals.DisposalRecord.as_view(), name="disposal-detail"),
    path("scorecards/", scorecards.Scorecards.as_view(), name="scorecard-list"),
    path("scorecards/<str:number>/", scorecards.ScorecardRecord.as_view(), name="scorecard-detail"),
    path("waivers/", waivers.Waivers.as_view(), name="waiver-list"),
    path("waivers/<str:number>/", waivers.WaiverRecord.as_view(), name="waiver-detail"),
    path("approvals/<str:number>/reach/", approval_reach.ApprovalReach.as_view(), name="approval-reach"),
    path("chains/", chains.Chains.as_view(), name="chain-list"),
    path("travelers/<lot:number>/chain/", chains.Chain.as_view(), name="chain-detail"),
    path("travelers/<lot:number>/clauses/", proofs.LotClauses.as_view(), name="lot-clauses"),
    path("travelers/<lot:number>/matrix/", matrix.LotMatrix.as_view(), name="lot-matrix"),
    path("travelers/<lot:number>/trail/", proofs.Trail.as_view(), name="lot-trail"),
    path("certificates/", certificates.Certificates.as_view(), name="certificate-list"),
    path(f"{CERTIFICATE}fields/", certificates.CertificateEnter.as_view(), name="certificate-enter"),
    path(f"{CERTIFICATE}coverages/", certificates.CertificateCover.as_view(), name="certificate-cover"),
    path(
        f"{CERTIFICATE}comparison/",
        comparisons.CertificateComparison.as_view(),
        name="certificate-comparison",
    ),
    path(CERTIFICATE, certificates.CertificateRecord.as_view(), name="certificate-detail"),
    path("send/", sending.LinkSend.as_view(), name="link-send"),
    path("shipments/", shipments.Shipments.as_view(), name="shipment-list"),
    path("shipments/<str:number>/", shipments.ShipmentRecord.as_view(), name="shipment-detail"),
    path("packages/", shipments.Packages.as_view(), name="package-list"),
    path(f"{PACKAGE}pdf/", shipments.PackagePdf.as_view(), name="package-pdf"),
    path(f"{PACKAGE}archive/", shipments.PackageArchive.as_view(), name="package-archive"),
    path(f"{PACKAGE}manifest/", shipments.PackageManifest.as_view(), name="package-manifest"),
    path(PACKAGE, shipments.PackageRecord.as_view(), name="package-detail"),
]
