"""Addresses of the portal's own records for machines."""

from __future__ import annotations

from django.urls import path

from portal.api import events, jobs, log, me, organizations, reversals, schema

app_name = "portal-api"

urlpatterns = [
    path("me/", me.Me.as_view(), name="me"),
    path("schema/", schema.Schema.as_view(), name="schema"),
    path("organizations/", organizations.Organizations.as_view(), name="organization-list"),
    path(
        "organizations/<str:number>/", organizations.OrganizationRecord.as_view(), name="organization-detail"
    ),
    path(
        "organizations/<str:number>/sites/<str:code>/",
        organizations.SiteRecord.as_view(),
        name="site-detail",
    ),
    path("sites/", organizations.Sites.as_view(), name="site-list"),
    path("events/", events.Events.as_view(), name="event-list"),
    path("log/checkpoint/", log.LogCheckpoint.as_view(), name="log-checkpoint"),
    path("log/entries/<str:leaf>/proof/", log.LogProof.as_view(), name="log-proof"),
    path("reversals/", reversals.Reversals.as_view(), name="reversal-list"),
    path("reversals/<str:number>/", reversals.ReversalRecord.as_view(), name="reversal-detail"),
    path("jobs/", jobs.Jobs.as_view(), name="job-list"),
    path("jobs/<path:key>/retry/", jobs.JobRetry.as_view(), name="job-retry"),
    path("jobs/<path:key>/", jobs.JobRecord.as_view(), name="job-detail"),
]
