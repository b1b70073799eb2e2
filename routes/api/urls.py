"""Addresses of this room for machines."""

from __future__ import annotations

from django.urls import path

import routes.urls  # noqa: F401  names the converters of lots, steps and words
from routes.api import amendments, components, growths, locks, materials, orders, parts, plans, travelers

app_name = "routes-api"

ORDER = "orders/<str:number>/"
LINE = f"{ORDER}lines/<int:line_number>/"
REVISION = "parts/<word:number>/<word:revision>/"

urlpatterns = [
    path("orders/", orders.Orders.as_view(), name="order-list"),
    path("order-lines/", orders.OrderLines.as_view(), name="line-list"),
    path(f"{ORDER}lines/", orders.OrderAddLine.as_view(), name="order-add-line"),
    path(f"{LINE}amend/", orders.OrderAmendLine.as_view(), name="order-amend-line"),
    path(f"{LINE}travelers/", travelers.TravelerOpen.as_view(), name="traveler-open"),
    path(LINE, orders.OrderLineRecord.as_view(), name="line-detail"),
    path(ORDER, orders.OrderRecord.as_view(), name="order-detail"),
    path("parts/", parts.Parts.as_view(), name="part-list"),
    path("revisions/", parts.Revisions.as_view(), name="revision-list"),
    path("notes/", parts.Notes.as_view(), name="note-list"),
    path("characteristics/", parts.Characteristics.as_view(), name="characteristic-list"),
    path("characteristics/<uuid:uuid>/", parts.CharacteristicRecord.as_view(), name="characteristic-detail"),
    path(f"{REVISION}notes/<word:note>/", parts.NoteRecord.as_view(), name="note-detail"),
    path(REVISION, parts.RevisionRecord.as_view(), name="revision-detail"),
    path("parts/<word:number>/", parts.PartRecord.as_view(), name="part-detail"),
    path("specifications/", plans.Specifications.as_view(), name="specification-list"),
    path(
        "specifications/<word:number>/<word:revision>/",
        plans.SpecificationRecord.as_view(),
        name="specification-detail",
    ),
    path("routes/", plans.Routes.as_view(), name="route-list"),
    path(
        "routes/<str:number>/operations/<int:sequence>/",
        plans.OperationRecord.as_view(),
        name="operation-detail",
    ),
    path("routes/<str:number>/", plans.RouteRecord.as_view(), name="route-detail"),
    path("operations/", plans.Operations.as_view(), name="operation-list"),
    path("setups/", locks.Setups.as_view(), name="setup-list"),
    path("setups/<str:number>/", locks.SetupRecord.as_view(), name="setup-detail"),
    path("lock-policies/", locks.LockPolicies.as_view(), name="lock-policy-list"),
    path("lock-policies/<str:number>/", locks.LockPolicyRecord.as_view(), name="lock-policy-detail"),
    path("coating-growths/", growths.CoatingGrowths.as_view(), name="growth-list"),
    path("coating-growths/<str:number>/", growths.CoatingGrowthRecord.as_view(), name="growth-detail"),
    path("coating-growths/<str:number>/drop/", growths.CoatingGrowthDrop.as_view(), name="growth-drop"),
    path("handoffs/", locks.Handoffs.as_view(), name="handoff-list"),
    path("handoffs/<str:number>/", locks.HandoffRecord.as_view(), name="handoff-detail"),
    path("gauges/", plans.Gauges.as_view(), name="gauge-list"),
    path("gauges/<word:number>/", plans.GaugeRecord.as_view(), name="gauge-detail"),
    path("materials/", materials.Materials.as_view(), name="material-list"),
    path("materials/<str:number>/", materials.MaterialRecord.as_view(), name="material-detail"),
    path("travelers/", travelers.Travelers.as_view(), name="traveler-list"),
    path("components/", components.Components.as_view(), name="component-list"),
    path("component-uses/", components.ComponentUses.as_view(), name="component-use-list"),
    path("travelers/<lot:number>/components/", components.LotBuildIn.as_view(), name="component-build-in"),
    path("packing-demands/", components.PackingDemands.as_view(), name="packing-demand-list"),
    path(f"{LINE}packing-demands/", components.PackingDemandAdd.as_view(), name="packing-demand-add"),
    path("travelers/<lot:number>/holds/", travelers.TravelerHold.as_view(), name="traveler-hold"),
    path("travelers/<lot:number>/redline/", amendments.LotRedline.as_view(), name="amendment-redline"),
    path("travelers/<lot:number>/skip/", amendments.LotSkip.as_view(), name="amendment-skip"),
    path("travelers/<lot:number>/add/", amendments.LotAdd.as_view(), name="amendment-add"),
    path("travelers/<lot:number>/repeat/", amendments.LotRepeat.as_view(), name="amendment-repeat"),
    path("amendments/", amendments.Amendments.as_view(), name="amendment-list"),
    path(
        "amendments/<str:number>/withdraw/",
        amendments.AmendmentWithdraw.as_view(),
        name="amendment-withdraw",
    ),
    path("amendments/<str:number>/", amendments.AmendmentRecord.as_view(), name="amendment-detail"),
    path("travelers/<lot:number>/", travelers.TravelerRecord.as_view(), name="traveler-detail"),
    path("steps/", travelers.Steps.as_view(), name="step-list"),
    path("steps/<step:number>/", travelers.StepRecord.as_view(), name="step-detail"),
    path("holds/", travelers.Holds.as_view(), name="hold-list"),
    path("holds/<str:number>/", travelers.HoldRecord.as_view(), name="hold-detail"),
]
