"""Addresses of this room for machines."""

from __future__ import annotations

from django.urls import path

from inspection.api import findings, records, triggers

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
    path("evaluations/", triggers.Evaluations.as_view(), name="evaluation-list"),
    path("evaluations/<str:number>/", triggers.EvaluationRecord.as_view(), name="evaluation-detail"),
    path("first-articles/", findings.FirstArticles.as_view(), name="first-article-list"),
    path("first-articles/<str:number>/", findings.FirstArticleRecord.as_view(), name="first-article-detail"),
]
