"""Addresses of this room for machines."""

from __future__ import annotations

from django.urls import path

import routes.urls  # noqa: F401  names the converter of gauges
from inspection.api import findings, improvement, improvement_acts, records, sampling, triggers

app_name = "inspection-api"

ACTION = "corrective-actions/<str:number>/"

urlpatterns = [
    path("inspections/", records.Inspections.as_view(), name="record-list"),
    path("inspections/<str:number>/results/", records.ResultsImport.as_view(), name="results-import"),
    path("inspections/<str:number>/", records.InspectionDetail.as_view(), name="record-detail"),
    path("measurements/", records.Measurements.as_view(), name="measurement-list"),
    path("nonconformances/", findings.Nonconformances.as_view(), name="nonconformance-list"),
    path(
        "nonconformances/<str:number>/request-concession/",
        improvement_acts.ConcessionAsk.as_view(),
        name="concession-ask",
    ),
    path(
        "orders/<str:number>/lines/<int:line_number>/request-permit/",
        improvement_acts.PermitAsk.as_view(),
        name="permit-ask",
    ),
    path(
        "concession-requests/<str:number>/withdraw/",
        improvement_acts.ConcessionWithdraw.as_view(),
        name="concession-request-withdraw",
    ),
    path(
        f"{ACTION}actions/",
        improvement_acts.CorrectiveActionAddStep.as_view(),
        name="corrective-action-add-step",
    ),
    path(
        f"{ACTION}actions/<int:place>/finish/",
        improvement_acts.CorrectiveActionFinish.as_view(),
        name="corrective-action-finish",
    ),
    path(
        f"{ACTION}answer/",
        improvement_acts.CorrectiveActionAnswer.as_view(),
        name="corrective-action-answer",
    ),
    path(
        f"{ACTION}implement/",
        improvement_acts.CorrectiveActionImplement.as_view(),
        name="corrective-action-implement",
    ),
    path("sampling/", sampling.SamplingSeries.as_view(), name="sampling-list"),
    path("sampling/<str:number>/", sampling.SamplingSeriesRecord.as_view(), name="sampling-detail"),
    path("sampling-outcomes/", sampling.SamplingOutcomes.as_view(), name="sampling-outcome-list"),
    path(
        "first-articles/<str:number>/correct/",
        improvement_acts.FirstArticleCorrect.as_view(),
        name="first-article-correct",
    ),
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
