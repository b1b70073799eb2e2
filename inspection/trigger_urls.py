"""Addresses of evaluations and of the policy that classes changes."""

from __future__ import annotations

from django.urls import path

from inspection.views import evaluations, trigger_policies

EVALUATION = "evaluations/<str:number>/"
POLICY = "trigger-policies/<str:number>/"

urlpatterns = [
    path("evaluations/", evaluations.EvaluationList.as_view(), name="evaluation-list"),
    path(EVALUATION, evaluations.EvaluationDetail.as_view(), name="evaluation-detail"),
    path(f"{EVALUATION}decide/", evaluations.EvaluationDecide.as_view(), name="evaluation-decide"),
    path(f"{EVALUATION}first-article/", evaluations.EvaluationArticle.as_view(), name="evaluation-article"),
    path("travelers/<lot:number>/evaluate/", evaluations.EvaluationOpen.as_view(), name="evaluation-open"),
    path(
        "travelers/<lot:number>/evaluations/report/",
        evaluations.EvaluationReport.as_view(),
        name="evaluation-report",
    ),
    path("trigger-policies/", trigger_policies.TriggerPolicyList.as_view(), name="trigger-policy-list"),
    path(
        "trigger-policies/draft/", trigger_policies.TriggerPolicyDraft.as_view(), name="trigger-policy-draft"
    ),
    path(POLICY, trigger_policies.TriggerPolicyDetail.as_view(), name="trigger-policy-detail"),
    path(f"{POLICY}sign/", trigger_policies.TriggerPolicySign.as_view(), name="trigger-policy-sign"),
    path(f"{POLICY}drop/", trigger_policies.TriggerPolicyDrop.as_view(), name="trigger-policy-drop"),
]
