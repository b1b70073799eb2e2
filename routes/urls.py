"""Addresses of this room: plural nouns, the record's own number, the verb last."""

from __future__ import annotations

from django.urls import path, register_converter

from routes import converters
from routes.views import (
    amendments,
    clause_evidence,
    clauses,
    coating_growths,
    components,
    elsewhere,
    finish,
    floor,
    gauges,
    handoffs,
    lock_policies,
    making,
    materials,
    operations,
    orders,
    packing,
    parts,
    prints,
    reversals,
    setups,
    specifications,
    steps,
    terms,
    traveler_list,
    travelers,
)
from routes.views import route_revisions as plans

register_converter(converters.LotConverter, "lot")
register_converter(converters.StepConverter, "step")
register_converter(converters.WordConverter, "word")

app_name = "routes"

REVISION = "parts/<word:number>/<word:revision>/"
LINE_CLAUSE = "orders/<str:number>/lines/<int:line_number>/clauses/<word:clause>/<word:revision>/"

urlpatterns = [
    path("orders/", orders.OrderList.as_view(), name="order-list"),
    path("orders/enter/", orders.OrderEnter.as_view(), name="order-enter"),
    path("orders/<str:number>/", orders.OrderDetail.as_view(), name="order-detail"),
    path("orders/<str:number>/lines/add/", orders.OrderAddLine.as_view(), name="order-add-line"),
    path(
        "orders/<str:number>/lines/<int:line_number>/amend/",
        orders.OrderAmendLine.as_view(),
        name="order-amend-line",
    ),
    path(
        "orders/<str:number>/lines/<int:line_number>/open-lot/",
        travelers.TravelerOpen.as_view(),
        name="traveler-open",
    ),
    path(
        "orders/<str:number>/lines/<int:line_number>/bring-in/",
        elsewhere.TravelerBringIn.as_view(),
        name="traveler-bring-in",
    ),
    path(
        "orders/<str:number>/lines/<int:line_number>/clauses/put/",
        clauses.LineClauseAdd.as_view(),
        name="line-clause-add",
    ),
    path(
        "orders/<str:number>/lines/<int:line_number>/packing/put/",
        packing.PackingDemandAdd.as_view(),
        name="packing-demand-add",
    ),
    path(
        "orders/<str:number>/lines/<int:line_number>/packing/<int:position>/withdraw/",
        packing.PackingDemandWithdraw.as_view(),
        name="packing-demand-withdraw",
    ),
    path(f"{LINE_CLAUSE}answer/", clauses.LineClauseAnswer.as_view(), name="line-clause-answer"),
    path(
        f"{LINE_CLAUSE}not-applicable/",
        clauses.LineClauseNotApplicable.as_view(),
        name="line-clause-not-applicable",
    ),
    path(
        f"{LINE_CLAUSE}lots/<lot:lot>/evidence/",
        clause_evidence.ClauseEvidenceAdd.as_view(),
        name="clause-evidence-add",
    ),
    path(f"{LINE_CLAUSE}lots/<lot:lot>/let-go/", clause_evidence.PointLetGo.as_view(), name="point-let-go"),
    path(
        "clause-evidence/<str:number>/file/",
        clause_evidence.ClauseEvidenceFile.as_view(),
        name="clause-evidence-file",
    ),
    path(
        "clause-evidence/<str:number>/withdraw/",
        clause_evidence.ClauseEvidenceWithdraw.as_view(),
        name="clause-evidence-withdraw",
    ),
    path("clauses/", clauses.ClauseList.as_view(), name="clause-list"),
    path("clauses/add/", clauses.ClauseAdd.as_view(), name="clause-add"),
    path("customers/<str:number>/terms/change/", terms.TermsChange.as_view(), name="terms-change"),
    path("parts/", parts.PartList.as_view(), name="part-list"),
    path("parts/add/", parts.PartAdd.as_view(), name="part-add"),
    path("parts/<word:number>/", parts.PartDetail.as_view(), name="part-detail"),
    path("parts/<word:number>/revisions/add/", parts.RevisionAdd.as_view(), name="revision-add"),
    path(REVISION, parts.RevisionDetail.as_view(), name="revision-detail"),
    path(f"{REVISION}drawing/", parts.RevisionDrawing.as_view(), name="revision-drawing"),
    path(
        f"{REVISION}drawing/pages/<int:page>/",
        parts.RevisionDrawingPage.as_view(),
        name="revision-drawing-page",
    ),
    path(f"{REVISION}notes/add/", parts.NoteAdd.as_view(), name="note-add"),
    path(f"{REVISION}characteristics/add/", parts.CharacteristicAdd.as_view(), name="characteristic-add"),
    path(
        f"{REVISION}characteristics/import/",
        parts.CharacteristicImport.as_view(),
        name="characteristic-import",
    ),
    path(f"{REVISION}components/add/", components.ComponentAdd.as_view(), name="component-add"),
    path(
        f"{REVISION}components/<word:item>/remove/",
        components.ComponentRemove.as_view(),
        name="component-remove",
    ),
    path(f"{REVISION}routes/draft/", plans.RouteDraft.as_view(), name="route-draft"),
    path("specifications/", specifications.SpecificationList.as_view(), name="specification-list"),
    path("specifications/add/", specifications.SpecificationAdd.as_view(), name="specification-add"),
    path(
        "specifications/<word:number>/<word:revision>/supersede/",
        specifications.SpecificationSupersede.as_view(),
        name="specification-supersede",
    ),
    path("routes/", plans.RouteList.as_view(), name="route-list"),
    path("routes/<str:number>/", plans.RouteDetail.as_view(), name="route-detail"),
    path("routes/<str:number>/operations/add/", plans.OperationAdd.as_view(), name="operation-add"),
    path(
        "routes/<str:number>/operations/<int:sequence>/change/",
        operations.OperationChange.as_view(),
        name="operation-change",
    ),
    path(
        "routes/<str:number>/operations/<int:sequence>/makes/",
        making.OperationMakes.as_view(),
        name="operation-makes",
    ),
    path(
        "routes/<str:number>/operations/<int:sequence>/remove/",
        operations.OperationRemove.as_view(),
        name="operation-remove",
    ),
    path(
        "routes/<str:number>/operations/<int:sequence>/checks/<word:balloon>/drop/",
        operations.CheckDrop.as_view(),
        name="check-drop",
    ),
    path(
        "routes/<str:number>/operations/<int:sequence>/checks/plan/",
        plans.CheckPlan.as_view(),
        name="check-plan",
    ),
    path(
        "routes/<str:number>/operations/<int:sequence>/setup/approve/",
        plans.SetupApprove.as_view(),
        name="setup-approve",
    ),
    path("routes/<str:number>/notes/<word:note>/map/", plans.NoteMap.as_view(), name="note-map"),
    path(
        "routes/<str:number>/notes/<word:note>/not-applicable/",
        plans.NoteNotApplicable.as_view(),
        name="note-not-applicable",
    ),
    path("routes/<str:number>/submit/", plans.RouteSubmit.as_view(), name="route-submit"),
    path("routes/<str:number>/return/", plans.RouteReturn.as_view(), name="route-return"),
    path("routes/<str:number>/release/", plans.RouteRelease.as_view(), name="route-release"),
    path("materials/", materials.MaterialList.as_view(), name="material-list"),
    path("materials/receive/", materials.MaterialReceive.as_view(), name="material-receive"),
    path("materials/<str:number>/", materials.MaterialDetail.as_view(), name="material-detail"),
    path("gauges/", gauges.GaugeList.as_view(), name="gauge-list"),
    path("gauges/add/", gauges.GaugeAdd.as_view(), name="gauge-add"),
    path("gauges/due/", gauges.GaugeDueList.as_view(), name="gauge-due"),
    path("gauges/<word:number>/change/", gauges.GaugeChange.as_view(), name="gauge-change"),
    path("gauges/<word:number>/ranges/add/", gauges.GaugeAddRange.as_view(), name="gauge-add-range"),
    path(
        "gauges/<word:number>/calibrations/<int:place>/certificate/",
        gauges.CalibrationPaper.as_view(),
        name="calibration-paper",
    ),
    path("gauges/<word:number>/", gauges.GaugeDetail.as_view(), name="gauge-detail"),
    path("gauges/<word:number>/calibrate/", gauges.GaugeCalibrate.as_view(), name="gauge-calibrate"),
    path("travelers/", traveler_list.TravelerList.as_view(), name="traveler-list"),
    path("travelers/<lot:number>/", travelers.TravelerDetail.as_view(), name="traveler-detail"),
    path("travelers/<lot:number>/split/", travelers.TravelerSplit.as_view(), name="traveler-split"),
    path("travelers/<lot:number>/rejoin/", travelers.TravelerRejoin.as_view(), name="traveler-rejoin"),
    path("travelers/<lot:number>/quantity/", travelers.TravelerQuantity.as_view(), name="traveler-quantity"),
    path("travelers/<lot:number>/hold/", travelers.TravelerHold.as_view(), name="traveler-hold"),
    path("travelers/<lot:number>/issue/", travelers.TravelerIssue.as_view(), name="traveler-issue"),
    path("travelers/<lot:number>/rework/", amendments.TravelerRework.as_view(), name="traveler-rework"),
    path(
        "travelers/<lot:number>/amendments/",
        amendments.TravelerAmendments.as_view(),
        name="traveler-amendments",
    ),
    path(
        "travelers/<lot:number>/amendments/redline/",
        amendments.AmendmentRedline.as_view(),
        name="amendment-redline",
    ),
    path(
        "travelers/<lot:number>/amendments/skip/", amendments.AmendmentSkip.as_view(), name="amendment-skip"
    ),
    path("travelers/<lot:number>/amendments/add/", amendments.AmendmentAdd.as_view(), name="amendment-add"),
    path("amendments/<str:number>/approve/", amendments.AmendmentApprove.as_view(), name="amendment-approve"),
    path("amendments/<str:number>/refuse/", amendments.AmendmentRefuse.as_view(), name="amendment-refuse"),
    path(
        "amendments/<str:number>/withdraw/", amendments.AmendmentWithdraw.as_view(), name="amendment-withdraw"
    ),
    path("travelers/<lot:number>/print/", prints.TravelerPrint.as_view(), name="traveler-print"),
    path("travelers/<lot:number>/label/", prints.TravelerLabel.as_view(), name="traveler-label"),
    path("travelers/<lot:number>/code.svg", prints.TravelerCode.as_view(), name="traveler-code"),
    path(
        "travelers/<lot:number>/components/<word:item>/build-in/",
        components.ComponentBuildIn.as_view(),
        name="component-build-in",
    ),
    path(
        "travelers/<lot:number>/components/<word:item>/take-out/",
        components.ComponentTakeOut.as_view(),
        name="component-take-out",
    ),
    path("travelers/<lot:number>/elsewhere/add/", elsewhere.ElsewhereAdd.as_view(), name="elsewhere-add"),
    path("elsewhere/<str:number>/file/", elsewhere.ElsewhereFile.as_view(), name="elsewhere-file"),
    path(
        "elsewhere/<str:number>/pages/<int:page>/", elsewhere.ElsewherePage.as_view(), name="elsewhere-page"
    ),
    path("elsewhere/<str:number>/review/", elsewhere.ElsewhereReview.as_view(), name="elsewhere-review"),
    path("elsewhere/<str:number>/undo/", reversals.ElsewhereUndo.as_view(), name="elsewhere-undo"),
    path("elsewhere/<str:number>/reject/", elsewhere.ElsewhereReject.as_view(), name="elsewhere-reject"),
    path("holds/<str:number>/release/", travelers.HoldRelease.as_view(), name="hold-release"),
    path("steps/<step:number>/sign/", steps.StepSign.as_view(), name="step-sign"),
    path("steps/<step:number>/undo/", reversals.StepUndo.as_view(), name="step-undo"),
    path(
        "routes/<str:number>/operations/<int:sequence>/setup/propose/",
        setups.SetupPropose.as_view(),
        name="setup-propose",
    ),
    path("routes/<str:number>/hand-over/", handoffs.HandoffSign.as_view(), name="handoff-sign"),
    path("handoffs/<str:number>/", handoffs.HandoffDetail.as_view(), name="handoff-detail"),
    path("setups/<str:number>/", setups.SetupDetail.as_view(), name="setup-detail"),
    path("setups/<str:number>/sign/", setups.SetupSign.as_view(), name="setup-sign"),
    path("setups/<str:number>/decline/", setups.SetupDecline.as_view(), name="setup-decline"),
    path("setups/<str:number>/withdraw/", setups.SetupWithdraw.as_view(), name="setup-withdraw"),
    path("coating-growths/", coating_growths.GrowthList.as_view(), name="growth-list"),
    path("coating-growths/draft/", coating_growths.GrowthDraft.as_view(), name="growth-draft"),
    path("coating-growths/<str:number>/", coating_growths.GrowthDetail.as_view(), name="growth-detail"),
    path("coating-growths/<str:number>/sign/", coating_growths.GrowthSign.as_view(), name="growth-sign"),
    path("coating-growths/<str:number>/drop/", coating_growths.GrowthDrop.as_view(), name="growth-drop"),
    path("routes/<str:number>/finish/", finish.RouteFinish.as_view(), name="route-finish"),
    path("routes/<str:number>/finish/<word:balloon>/", finish.FeatureName.as_view(), name="feature-name"),
    path("lock-policies/", lock_policies.LockPolicyList.as_view(), name="lock-policy-list"),
    path("lock-policies/draft/", lock_policies.LockPolicyDraft.as_view(), name="lock-policy-draft"),
    path("lock-policies/<str:number>/", lock_policies.LockPolicyDetail.as_view(), name="lock-policy-detail"),
    path("lock-policies/<str:number>/sign/", lock_policies.LockPolicySign.as_view(), name="lock-policy-sign"),
    path("lock-policies/<str:number>/drop/", lock_policies.LockPolicyDrop.as_view(), name="lock-policy-drop"),
    path("steps/<step:number>/setup/", steps.StepSetup.as_view(), name="step-setup"),
    path(
        "steps/<step:number>/setup/<int:run>/<slug:field>/decide/",
        steps.DifferenceDecide.as_view(),
        name="difference-decide",
    ),
    path(
        "steps/<step:number>/setup/<int:run>/<slug:field>/undo/",
        reversals.DifferenceUndo.as_view(),
        name="difference-undo",
    ),
    path("floor/", floor.FloorList.as_view(), name="floor"),
    path("floor/leave/", floor.FloorLeave.as_view(), name="floor-leave"),
    path("floor/lots/<lot:number>/", floor.FloorLot.as_view(), name="floor-lot"),
    path("floor/steps/<step:number>/", floor.FloorStep.as_view(), name="floor-step"),
    path("floor/steps/<step:number>/sign/", floor.FloorSign.as_view(), name="floor-sign"),
    path("floor/steps/<step:number>/scrap/", floor.FloorScrap.as_view(), name="floor-scrap"),
    path("floor/steps/<step:number>/hold/", floor.FloorHold.as_view(), name="floor-hold"),
    path("floor/steps/<step:number>/setup/", floor.FloorSetup.as_view(), name="floor-setup"),
    path("floor/steps/<step:number>/issue/", floor.FloorIssue.as_view(), name="floor-issue"),
]
