"""The rules of the chain check, for everybody: why is this asked, by whose paper, and who may let it pass."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from documents.domain.rules import may_waive, register
from portal.permissions import EVERYBODY
from portal.views.doors import LIST, Door


class RuleList(Door):
    """Show every check with its demands, sources and sentences."""

    scope = LIST
    roles = EVERYBODY

    def get(self, request: HttpRequest) -> HttpResponse:
        checks = [
            {
                "check": check,
                "rules": [{"rule": rule, "who": may_waive(rule)} for rule in check.rules],
            }
            for check in register()
        ]
        return render(request, "documents/rules.html", {"checks": checks})
