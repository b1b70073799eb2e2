"""Legal holds: which proof stays whatever its retention says, who placed and who lifted them."""

from __future__ import annotations

from django.urls import reverse

from documents.domain import legal_holds
from documents.forms.retention import LegalHoldForm
from documents.models import LegalHold
from documents.permissions import LEGAL_HOLD_READERS, RETENTION_DRAFTERS
from portal.models import Signature
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, RecordView
from routes.forms import ReasonForm
from routes.views.pages import ShopVerb, history_of

JOINS = ("traveler", "part", "order", "customer", "placed_by")


class LegalHoldList(RecordListView):
    """Show the holds, those in force first."""

    roles = LEGAL_HOLD_READERS
    model = LegalHold
    template_name = "portal/list.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS).order_by("-state", "-id")

    def context(self, rows):
        place = {"label": "Place a hold", "url": reverse("documents:legal-hold-place"), "is_main": True}
        return {
            "heading": "Legal holds",
            "lead": "Proof under hold is not disposed of, whatever its retention says.",
            "columns": [
                {"key": "number", "label": "Hold", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "over", "label": "Over"},
                {"key": "reason", "label": "Why"},
                {"key": "placed_by.printed_name", "label": "Placed by"},
                {"key": "placed_at", "label": "Placed", "kind": "moment"},
                {"key": "get_state_display", "label": "State"},
            ],
            "acts": [place] if self.request.user.role in RETENTION_DRAFTERS else [],
            "empty_heading": "Nothing is held",
            "empty_sentence": "A hold is placed when a claim, an audit or a court asks that proof be preserved.",
        }


class LegalHoldDetail(RecordView):
    """Show one hold: over what, why, who placed it, who lifted it."""

    roles = LEGAL_HOLD_READERS
    model = LegalHold
    template_name = "documents/kept_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def context(self, record):
        person = self.request.user
        lift = {"label": "Lift it", "url": reverse("documents:legal-hold-lift", args=[record.number])}
        if record.placed_by_id == person.pk:
            lift["closed"] = "You placed this hold; another quality engineer lifts it."
        is_open = record.state == LegalHold.PLACED and person.role in RETENTION_DRAFTERS
        return {
            "heading": f"Legal hold {record.number}",
            "lead": f"Over {record.over}: {record.get_state_display().lower()}.",
            "facts": [
                {"label": "Over", "value": record.over},
                {"label": "Placed by", "value": record.placed_by.printed_name},
                {"label": "State", "value": record.get_state_display()},
            ],
            "words": [("Why", record.reason), ("Why it ended", record.lift_reason)],
            "acts": [lift] if is_open else [],
            "signatures": Signature.objects.filter(noun="legal hold", number=record.number).order_by("pk"),
            "events": history_of(person, "legal hold", record.number),
            "crumbs": [{"label": "Legal holds", "url": reverse("documents:legal-hold-list")}],
        }


class LegalHoldPlace(ShopVerb):
    """Keep proof until the hold is lifted."""

    scope = LIST
    roles = RETENTION_DRAFTERS
    form_class = LegalHoldForm
    heading = "Place a legal hold"
    lead = "It takes force at once. Somebody else lifts it."
    submit_label = "Sign: place the hold"
    done = "{result.number} holds the proof of {result.over}."
    needs_reauth = True
    meaning = "Dispositioned"

    def cancel_url(self):
        return reverse("documents:legal-hold-list")

    def get_crumbs(self):
        return [{"label": "Legal holds", "url": self.cancel_url()}]

    def act(self, record, data, *, by, token=None):
        return legal_holds.place(by=by, token=token, **data)


class LegalHoldLift(ShopVerb):
    """Let retention count again."""

    roles = RETENTION_DRAFTERS
    model = LegalHold
    form_class = ReasonForm
    heading = "Lift {record.number}"
    lead = "Retention counts again for {record.over}; what is over may be disposed of."
    submit_label = "Sign: lift the hold"
    done = "{result.number} is lifted."
    needs_reauth = True
    meaning = "Dispositioned"
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return legal_holds.lift(by=by, hold=record, token=token, **data)
