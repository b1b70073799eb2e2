"""The front door: every address of the house by the room that answers it."""

from django.urls import include, path

urlpatterns = [
    path("", include("portal.views.urls")),
    path("", include("routes.urls")),
    path("", include("subcontract.urls")),
    path("", include("inspection.urls")),
    path("", include("documents.urls")),
    path("api/v1/", include("portal.api.urls")),
    path("api/v1/", include("routes.api.urls")),
    path("api/v1/", include("subcontract.api.urls")),
    path("api/v1/", include("inspection.api.urls")),
    path("api/v1/", include("documents.api.urls")),
    path("api/", include("portal.api.nowhere")),
]
