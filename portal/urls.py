"""The front door: every address of the house by the room that answers it."""

from django.urls import include, path

urlpatterns = [
    path("", include("portal.views.urls")),
    path("", include("routes.urls")),
    path("", include("subcontract.urls")),
    path("", include("inspection.urls")),
    path("", include("documents.urls")),
]
