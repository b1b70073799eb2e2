"""Addresses of this room: inspections, values, nonconformances and first articles by their own numbers."""

from __future__ import annotations

from django.urls import path

import routes.urls  # noqa: F401  names the converters of lots and steps
from inspection.views import (
    build_up,
    comparisons,
    first_article_files,
    first_articles,
    held_approvals,
    nonconformances,
    records,
    results,
    reversals,
    sampling,
    values,
)
from inspection.views import first_article_acts as fair

app_name = "inspection"

FAIR = "first-articles/<str:number>/"
REVISION = "parts/<word:number>/<word:revision>/"

urlpatterns = [
    path("inspections/", records.RecordList.as_view(), name="record-list"),
    path("inspections/<str:number>/", records.RecordDetail.as_view(), name="record-detail"),
    path("inspections/<str:number>/values/enter/", values.ValueEnter.as_view(), name="value-enter"),
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
    path("nonconformances/", nonconformances.NonconformanceList.as_view(), name="nonconformance-list"),
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
    path("first-articles/", first_articles.FirstArticleList.as_view(), name="first-article-list"),
    path(FAIR, first_articles.FirstArticleDetail.as_view(), name="first-article-detail"),
    path(f"{FAIR}xlsx/", first_article_files.FirstArticleWorkbook.as_view(), name="first-article-xlsx"),
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
