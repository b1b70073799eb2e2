"""Addresses of this room: plural nouns, the record's own number, the verb last."""

from __future__ import annotations

from django.urls import path

import routes.urls  # noqa: F401  names the converters of lots and steps
from inspection.views import first_articles, nonconformances, records

app_name = "inspection"

RECORD = "inspections/<str:number>/"
CHARACTERISTIC = f"{RECORD}characteristics/<word:balloon>/"
NONCONFORMANCE = "nonconformances/<str:number>/"
FIRST_ARTICLE = "first-articles/<str:number>/"

urlpatterns = [
    path("inspections/", records.RecordList.as_view(), name="record-list"),
    path("steps/<step:number>/inspections/open/", records.RecordOpen.as_view(), name="record-open"),
    path(f"{CHARACTERISTIC}measure/", records.RecordMeasure.as_view(), name="record-measure"),
    path(f"{CHARACTERISTIC}<word:serial>/withdraw/", records.ValueWithdraw.as_view(), name="value-withdraw"),
    path(f"{RECORD}results/", records.RecordAttach.as_view(), name="record-attach"),
    path(f"{RECORD}results/file/", records.RecordFile.as_view(), name="record-file"),
    path(f"{RECORD}results/import/", records.RecordImport.as_view(), name="record-import"),
    path(f"{RECORD}complete/", records.RecordComplete.as_view(), name="record-complete"),
    path(f"{RECORD}void/", records.RecordVoid.as_view(), name="record-void"),
    path(RECORD, records.RecordDetail.as_view(), name="record-detail"),
    path("nonconformances/", nonconformances.NonconformanceList.as_view(), name="nonconformance-list"),
    path(
        "lots/<lot:number>/nonconformances/open/",
        nonconformances.NonconformanceOpen.as_view(),
        name="nonconformance-open",
    ),
    path(
        f"{NONCONFORMANCE}concede/",
        nonconformances.NonconformanceConcede.as_view(),
        name="nonconformance-concede",
    ),
    path(
        f"{NONCONFORMANCE}disposition/",
        nonconformances.NonconformanceDisposition.as_view(),
        name="nonconformance-disposition",
    ),
    path(
        f"{NONCONFORMANCE}close/", nonconformances.NonconformanceClose.as_view(), name="nonconformance-close"
    ),
    path(NONCONFORMANCE, nonconformances.NonconformanceDetail.as_view(), name="nonconformance-detail"),
    path(
        "concessions/<str:number>/evidence/",
        nonconformances.ConcessionEvidence.as_view(),
        name="concession-evidence",
    ),
    path("first-articles/", first_articles.FirstArticleList.as_view(), name="first-article-list"),
    path(
        "lots/<lot:number>/first-articles/open/",
        first_articles.FirstArticleOpen.as_view(),
        name="first-article-open",
    ),
    path(
        f"{FIRST_ARTICLE}lines/<word:balloon>/",
        first_articles.FirstArticleLineFill.as_view(),
        name="first-article-line",
    ),
    path(f"{FIRST_ARTICLE}submit/", first_articles.FirstArticleSubmit.as_view(), name="first-article-submit"),
    path(
        f"{FIRST_ARTICLE}approve/",
        first_articles.FirstArticleApprove.as_view(),
        name="first-article-approve",
    ),
    path(f"{FIRST_ARTICLE}return/", first_articles.FirstArticleReturn.as_view(), name="first-article-return"),
    path(FIRST_ARTICLE, first_articles.FirstArticleDetail.as_view(), name="first-article-detail"),
]
