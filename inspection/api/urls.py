"""Addresses of this room for machines."""

from __future__ import annotations

from django.urls import path

import routes.urls  # noqa: F401  names the converter of gauges
from inspection.api import findings, improvement, records, triggers

app_name = "inspection-api"

urlpatterns = [
    path("inspections/", records.Inspections.as_view(), name="record-list"),
    path("inspections/<str:number>/results/", records.ResultsImport.as_view(), name="results-import"),
    path("inspections/<str:number>/", records.InspectionDetail.as_view(), name="record-detail"),
    path("measurements/", records.Measurements.as_view(), name="measurement-list"),
    path("nonconformances/", findings.Nonconformances.as_view(), name="nonconformance-list"),
    path(
        "nonconformances/<str:number>/",
        findings.NonconformanceRecord.as_view(),
        name="nonconformance-detail",
    ),
    path("concession-requests/", improvement.ConcessionRequests.as_view(), name="concession-request-list"),
    path(
        "concession-requests/<str:number>/",
        improvement.ConcessionRequestRecord.as_view(),
        name="concession-request-detail",
    ),
    path("corrective-actions/", improvement.CorrectiveActions.as_view(), name="corrective-action-list"),
    path(
        "corrective-actions/<str:number>/",
        improvement.CorrectiveActionRecord.as_view(),
        name="corrective-action-detail",
    ),
    path("gauges/<word:number>/doubts/", improvement.GaugeDoubts.as_view(), name="gauge-doubts"),
    path("evaluations/", triggers.Evaluations.as_view(), name="evaluation-list"),
    path("evaluations/<str:number>/", triggers.EvaluationRecord.as_view(), name="evaluation-detail"),
    path("first-articles/", findings.FirstArticles.as_view(), name="first-article-list"),
    path("first-articles/<str:number>/", findings.FirstArticleRecord.as_view(), name="first-article-detail"),
]
