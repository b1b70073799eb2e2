"""Addresses of this room: inspections, values, nonconformances and first articles by their own numbers."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "inspection"

urlpatterns: list[URLPattern] = []
