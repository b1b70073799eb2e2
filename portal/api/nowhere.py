"""The last address of the API: what is not found is told as a problem, too."""

from __future__ import annotations

from django.urls import re_path

from portal.api.me import NothingHere

app_name = "api"

urlpatterns = [re_path(r"^.*$", NothingHere.as_view(), name="nowhere")]
