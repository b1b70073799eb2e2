"""What was undone: which signature no longer counts, who undid it, why, and what is judged anew."""

from __future__ import annotations

from django.urls import reverse

from portal.look.pages import page_of
from portal.models import Event, Reversal
from portal.permissions import SHOP
from portal.views.verbs import RecordListView, RecordView


class ReversalList(RecordListView):
    """Show every acceptance that was undone, the latest first."""

    roles = SHOP
    model = Reversal
    template_name = "portal/list.html"
    ordering = ("-id",)

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("undone", "signature")

    def context(self, rows):
        return {
            "heading": "Acceptances undone",
            "lead": "What was signed by mistake and opened again by a second person. Nothing is deleted.",
            "columns": [
                {"key": "number", "label": "Reversal", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "record", "label": "Of", "kind": "code", "note_key": "noun"},
                {"key": "undone.printed_name", "label": "Signed by"},
                {"key": "signature.printed_name", "label": "Undone by"},
                {"key": "reversed_at", "label": "Undone", "kind": "moment"},
                {"key": "reason", "label": "Why"},
            ],
            "empty_heading": "Nothing was undone",
            "empty_sentence": "A wrong acceptance is undone on the page of its record, by somebody who did not sign.",
        }


class ReversalDetail(RecordView):
    """Show one reversal with the signature it undid and its own."""

    roles = SHOP
    model = Reversal
    template_name = "portal/reversal_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("undone", "signature")

    def context(self, record):
        role = self.request.user.role
        facts = [
            {
                "label": "Undone",
                "value": f"{record.noun} {record.record}",
                "url": page_of(record.record, role=role),
            },
            {"label": "Why it was wrong", "value": record.reason, "is_wide": True},
            {"label": "Judged anew", "value": record.judged_anew, "is_wide": True},
            {"label": "Open again", "value": ", ".join(record.opened), "is_wide": True},
        ]
        return {
            "crumbs": [{"label": "Acceptances undone", "url": reverse("portal:reversal-list")}],
            "facts": facts,
            "lots": [{"number": number, "url": page_of(number, role=role)} for number in record.lots],
            "events": Event.objects.filter(noun="reversal", number=record.number).order_by("-id"),
        }
