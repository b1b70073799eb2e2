"""Addresses of this room: inspections, values, nonconformances and first articles by their own numbers."""

from __future__ import annotations

from django.urls import path

import routes.urls  # noqa: F401  names the converters of lots and steps
from inspection import trigger_urls
from inspection.views import (
    build_up,
    comparisons,
    concession_requests,
    drift,
    drift_alarms,
    finding_records,
    first_article_files,
    first_article_workbooks,
    first_articles,
    gauge_studies,
    held_approvals,
    nonconformances,
    readings,
    records,
    results,
    reversals,
    sampling,
    short_runs,
    value_grid,
    values,
    vendor_findings,
)
from inspection.views import corrective_actions as actions
from inspection.views import first_article_acts as fair

app_name = "inspection"

LINE = "outside-orders/<str:number>/lines/<int:line_number>/"
STATEMENT = "vendor-statements/<str:number>/"
NC = "nonconformances/<str:number>/"
REQUEST = "concession-requests/<str:number>/"
ACTION = "corrective-actions/<str:number>/"
READINGS = "gauges/<word:number>/findings/<str:day>/"
FAIR = "first-articles/<str:number>/"
REVISION = "parts/<word:number>/<word:revision>/"

urlpatterns = [
    *trigger_urls.urlpatterns,
    path("inspections/", records.RecordList.as_view(), name="record-list"),
    path("inspections/<str:number>/", records.RecordDetail.as_view(), name="record-detail"),
    path("inspections/<str:number>/values/enter/", values.ValueEnter.as_view(), name="value-enter"),
    path("inspections/<str:number>/values/grid/", value_grid.ValueGrid.as_view(), name="value-grid"),
    path(
        "inspections/<str:number>/values/<word:balloon>/<word:serial>/void/",
        values.ValueVoid.as_view(),
        name="value-void",
    ),
    path(
        "inspections/<str:number>/results/preview/", results.ResultsPreview.as_view(), name="results-preview"
    ),
    path("inspections/<str:number>/results/import/", results.ResultsImport.as_view(), name="results-import"),
    path("inspections/<str:number>/results/file/", records.ResultsFile.as_view(), name="results-file"),
    path("inspections/<str:number>/beside/", comparisons.RecordBeside.as_view(), name="record-beside"),
    path("inspections/<str:number>/complete/", records.RecordComplete.as_view(), name="record-complete"),
    path("inspections/<str:number>/undo/", reversals.RecordUndo.as_view(), name="record-undo"),
    path("inspections/<str:number>/void/", records.RecordVoid.as_view(), name="record-void"),
    path(
        "travelers/<lot:number>/comparison/", comparisons.ComparisonDetail.as_view(), name="comparison-detail"
    ),
    path(
        "travelers/<lot:number>/customer-inspection/open/",
        comparisons.CustomerInspectionOpen.as_view(),
        name="customer-inspection-open",
    ),
    path("steps/<step:number>/inspect/", records.RecordOpen.as_view(), name="record-open"),
    path("build-up/", build_up.BuildUpList.as_view(), name="build-up-list"),
    path("sampling/", sampling.SamplingList.as_view(), name="sampling-list"),
    path("sampling/<str:number>/", sampling.SamplingDetail.as_view(), name="sampling-detail"),
    path("sampling/<str:number>/resume/", sampling.Resume.as_view(), name="sampling-resume"),
    path("sampling/<str:number>/reduce/", sampling.Reduce.as_view(), name="sampling-reduce"),
    path("sampling/<str:number>/restore/", sampling.Restore.as_view(), name="sampling-restore"),
    path("sampling/<str:number>/qualify/", sampling.Qualify.as_view(), name="sampling-qualify"),
    path("sampling/<str:number>/end-skip/", sampling.EndSkip.as_view(), name="sampling-end-skip"),
    path(f"{LINE}report/", vendor_findings.FindingReport.as_view(), name="vendor-finding-report"),
    path(f"{LINE}strip/", vendor_findings.StripAsk.as_view(), name="vendor-strip-ask"),
    path(f"{STATEMENT}confirm/", vendor_findings.FindingConfirm.as_view(), name="vendor-finding-confirm"),
    path(f"{STATEMENT}decide/", vendor_findings.HeldAnswer.as_view(), name="vendor-held-answer"),
    path("nonconformances/", nonconformances.NonconformanceList.as_view(), name="nonconformance-list"),
    path("nonconformances/counts/", finding_records.FindingCounts.as_view(), name="finding-counts"),
    path("finding-codes/", finding_records.FindingCodeList.as_view(), name="finding-code-list"),
    path("finding-codes/add/", finding_records.FindingCodeAdd.as_view(), name="finding-code-add"),
    path(
        "finding-codes/<str:kind>/<word:code>/retire/",
        finding_records.FindingCodeRetire.as_view(),
        name="finding-code-retire",
    ),
    path(f"{NC}record/", finding_records.FindingRecordWrite.as_view(), name="finding-record-write"),
    path(f"{NC}contain/", finding_records.ContainmentRecord.as_view(), name="containment-record"),
    path(f"{NC}print/", finding_records.NonconformancePrint.as_view(), name="nonconformance-print"),
    path(f"{NC}request/", concession_requests.ConcessionAsk.as_view(), name="concession-ask"),
    path(f"{NC}permit/", concession_requests.PermitDraw.as_view(), name="permit-draw"),
    path(
        "orders/<str:number>/lines/<int:line_number>/permit/",
        concession_requests.PermitAsk.as_view(),
        name="permit-ask",
    ),
    path(
        "concession-requests/",
        concession_requests.ConcessionRequestList.as_view(),
        name="concession-request-list",
    ),
    path(REQUEST, concession_requests.ConcessionRequestDetail.as_view(), name="concession-request-detail"),
    path(
        f"{REQUEST}grant/",
        concession_requests.ConcessionRequestGrant.as_view(),
        name="concession-request-grant",
    ),
    path(
        f"{REQUEST}refuse/",
        concession_requests.ConcessionRequestRefuse.as_view(),
        name="concession-request-refuse",
    ),
    path(
        f"{REQUEST}withdraw/",
        concession_requests.ConcessionRequestWithdraw.as_view(),
        name="concession-request-withdraw",
    ),
    path(
        f"{REQUEST}paper/",
        concession_requests.ConcessionRequestPaper.as_view(),
        name="concession-request-paper",
    ),
    path("corrective-actions/", actions.CorrectiveActionList.as_view(), name="corrective-action-list"),
    path("corrective-actions/open/", actions.CorrectiveActionOpen.as_view(), name="corrective-action-open"),
    path(ACTION, actions.CorrectiveActionDetail.as_view(), name="corrective-action-detail"),
    path(
        f"{ACTION}actions/add/", actions.CorrectiveActionAddStep.as_view(), name="corrective-action-add-step"
    ),
    path(
        f"{ACTION}actions/<int:place>/finish/",
        actions.CorrectiveActionFinish.as_view(),
        name="corrective-action-finish",
    ),
    path(f"{ACTION}answer/", actions.CorrectiveActionAnswer.as_view(), name="corrective-action-answer"),
    path(f"{ACTION}return/", actions.CorrectiveActionReturn.as_view(), name="corrective-action-return"),
    path(f"{ACTION}accept/", actions.CorrectiveActionAccept.as_view(), name="corrective-action-accept"),
    path(
        f"{ACTION}implement/", actions.CorrectiveActionImplement.as_view(), name="corrective-action-implement"
    ),
    path(f"{ACTION}prove/", actions.CorrectiveActionProve.as_view(), name="corrective-action-prove"),
    path(f"{ACTION}reopen/", actions.CorrectiveActionReopen.as_view(), name="corrective-action-reopen"),
    path(f"{ACTION}drop/", actions.CorrectiveActionDrop.as_view(), name="corrective-action-drop"),
    path(READINGS, readings.ReadingsDetail.as_view(), name="readings-detail"),
    path(f"{READINGS}readings.csv", readings.ReadingsCsv.as_view(), name="readings-csv"),
    path(f"{READINGS}lots/<lot:lot>/judge/", readings.ReadingsJudge.as_view(), name="readings-judge"),
    path(
        "nonconformances/<str:number>/",
        nonconformances.NonconformanceDetail.as_view(),
        name="nonconformance-detail",
    ),
    path(
        "nonconformances/<str:number>/disposition/",
        nonconformances.NonconformanceDisposition.as_view(),
        name="nonconformance-disposition",
    ),
    path(
        "nonconformances/<str:number>/concede/",
        nonconformances.NonconformanceConcede.as_view(),
        name="nonconformance-concede",
    ),
    path(
        "nonconformances/<str:number>/undo/",
        reversals.NonconformanceUndo.as_view(),
        name="nonconformance-undo",
    ),
    path(
        "nonconformances/<str:number>/close/",
        nonconformances.NonconformanceClose.as_view(),
        name="nonconformance-close",
    ),
    path(
        "travelers/<lot:number>/nonconformances/open/",
        nonconformances.NonconformanceOpen.as_view(),
        name="nonconformance-open",
    ),
    path(
        "concessions/<str:number>/letter/",
        nonconformances.ConcessionLetter.as_view(),
        name="concession-letter",
    ),
    path("drift/<word:number>/", drift.PartDrift.as_view(), name="part-drift"),
    path(
        f"{REVISION}drift/<word:balloon>/", drift.CharacteristicDrift.as_view(), name="characteristic-drift"
    ),
    path(
        f"{REVISION}drift/<word:balloon>/short-run/",
        short_runs.ShortRunChart.as_view(),
        name="short-run-chart",
    ),
    path(
        f"{REVISION}drift/<word:balloon>/run-rules/",
        gauge_studies.RunRulesChoose.as_view(),
        name="run-rules-choose",
    ),
    path(
        "gauges/<word:number>/studies/record/",
        gauge_studies.GaugeStudyRecord.as_view(),
        name="gauge-study-record",
    ),
    path("gauge-studies/<str:number>/", gauge_studies.GaugeStudyDetail.as_view(), name="gauge-study-detail"),
    path("drift-alarms/", drift_alarms.DriftAlarmList.as_view(), name="drift-alarm-list"),
    path("drift-alarms/<str:number>/", drift_alarms.DriftAlarmDetail.as_view(), name="drift-alarm-detail"),
    path(
        "drift-alarms/<str:number>/acknowledge/",
        drift_alarms.DriftAlarmAcknowledge.as_view(),
        name="drift-alarm-acknowledge",
    ),
    path(
        "drift-alarms/<str:number>/close/", drift_alarms.DriftAlarmClose.as_view(), name="drift-alarm-close"
    ),
    path("first-articles/", first_articles.FirstArticleList.as_view(), name="first-article-list"),
    path(FAIR, first_articles.FirstArticleDetail.as_view(), name="first-article-detail"),
    path(
        f"{FAIR}difference/", first_articles.FirstArticleDifference.as_view(), name="first-article-difference"
    ),
    path(f"{FAIR}xlsx/", first_article_files.FirstArticleWorkbook.as_view(), name="first-article-xlsx"),
    path(
        f"{FAIR}workbook/look/",
        first_article_workbooks.FirstArticleWorkbookLook.as_view(),
        name="first-article-workbook-look",
    ),
    path(
        f"{FAIR}workbook/take/",
        first_article_workbooks.FirstArticleWorkbookTake.as_view(),
        name="first-article-workbook-take",
    ),
    path(f"{FAIR}comments/add/", fair.FirstArticleComment.as_view(), name="first-article-comment"),
    path(
        f"{FAIR}comments/<int:place>/answer/", fair.FirstArticleAnswer.as_view(), name="first-article-answer"
    ),
    path(f"{FAIR}correct/", fair.FirstArticleCorrect.as_view(), name="first-article-correct"),
    path(f"{FAIR}supplier/", fair.FirstArticleSupplier.as_view(), name="first-article-supplier"),
    path(f"{FAIR}lines/<word:balloon>/", fair.FirstArticleLine.as_view(), name="first-article-line"),
    path(f"{FAIR}submit/", fair.FirstArticleSubmit.as_view(), name="first-article-submit"),
    path(f"{FAIR}approve/", fair.FirstArticleApprove.as_view(), name="first-article-approve"),
    path(f"{FAIR}withdraw/", reversals.FirstArticleWithdraw.as_view(), name="first-article-withdraw"),
    path(f"{FAIR}return/", fair.FirstArticleReturn.as_view(), name="first-article-return"),
    path(
        f"{FAIR}customer/approve/",
        fair.FirstArticleCustomerApprove.as_view(),
        name="first-article-customer-approve",
    ),
    path(
        f"{FAIR}customer/condition/",
        fair.FirstArticleCustomerCondition.as_view(),
        name="first-article-customer-condition",
    ),
    path(f"{FAIR}correction/open/", fair.FirstArticleCorrection.as_view(), name="first-article-correction"),
    path(
        f"{FAIR}customer/return/",
        fair.FirstArticleCustomerReturn.as_view(),
        name="first-article-customer-return",
    ),
    path(
        "travelers/<lot:number>/first-articles/open/",
        fair.FirstArticleOpen.as_view(),
        name="first-article-open",
    ),
    path(
        f"{REVISION}held-approvals/record/",
        held_approvals.HeldApprovalRecord.as_view(),
        name="held-approval-record",
    ),
    path(
        f"{REVISION}held-approvals/<int:place>/letter/",
        held_approvals.HeldApprovalLetter.as_view(),
        name="held-approval-letter",
    ),
]
