"""The one field for any number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from documents.domain import search
from portal.views.doors import LIST, opens


@opens(scope=LIST)
def find(request: HttpRequest) -> HttpResponse:
    """Lead straight to the record a number names, or show what comes near it."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[: search.LONGEST]
    found = search.search(viewer=request.user, text=asked)
    if found.record is not None:
        return HttpResponseRedirect(found.record.get_absolute_url())
    words = {
        "asked": asked,
        "found": found,
        "is_too_short": bool(asked) and len(search.squeeze(asked)) < search.SHORTEST,
    }
    return render(request, "documents/search.html", words)
