"""The edits of a lot after its first signature: what stood there before, what stands there now, who reviewed it."""

from __future__ import annotations

from django import forms
from django.urls import reverse

from documents.domain import trail
from documents.domain.trail import Edit
from portal.look.events import particulars, sentence
from portal.permissions import QUALITY, SHOP
from portal.views.verbs import RecordView, VerbView
from routes.models import Traveler
from routes.views.pages import crumb


class TrailForm(forms.Form):
    remarks = forms.CharField(
        label="What you found",
        required=False,
        max_length=trail.REMARKS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Printed in the release package beside the edits.",
    )


def edit_row(edit: Edit) -> dict:
    """Return one edit as its page and table show it."""
    event = edit.event
    data = event.data
    # what answers a clause stands under "now" already
    is_answer = event.verb == "answer clause of"
    reason = f"Clause {data.get('name')}, line {data.get('line')}" if is_answer else data.get("reason", "")
    words = sentence(event)
    return {
        "at": event.at,
        "actor": event.actor,
        "what": f"{words[:1].upper()}{words[1:]}",
        "more": reason or particulars(event),
        "was": edit.was,
        "now": edit.now,
        "state": "reviewed" if edit.is_reviewed else "missing",
        "reviewed_by": edit.reviewed_by,
    }


def trail_words(lot: Traveler, person) -> dict:
    """Return what a page of the edits of a lot shows."""
    edits = trail.edits_of(lot)
    waiting = [edit for edit in edits if not edit.is_reviewed]
    own = [edit for edit in waiting if edit.event.person_id == person.pk]
    return {
        "edits": [edit_row(edit) for edit in edits],
        "waiting": len(waiting),
        "own": len(own),
        "reviews": lot.trail_reviews.select_related("signature").order_by("pk"),
        "may_review": bool(waiting) and not own and person.role in QUALITY,
    }


class LotTrail(RecordView):
    """Show the edits of a lot after its first signature."""

    roles = SHOP
    model = Traveler
    template_name = "documents/lot_trail.html"

    def context(self, record):
        crumbs = [
            crumb("Travelers", "traveler-list"),
            {"label": f"Lot {record}", "url": record.get_absolute_url()},
        ]
        return {**trail_words(record, self.request.user), "crumbs": crumbs}


class LotTrailReview(VerbView):
    """Sign that somebody independent looked at the edits."""

    roles = QUALITY
    model = Traveler
    form_class = TrailForm
    template_name = "documents/lot_trail_review.html"
    heading = "Review the edits of lot {record}"
    lead = (
        "By signing you say that you looked at every edit below that nobody reviewed yet, that you made none of them, "
        "and that each is right and has its reason. An edit made later asks for another review."
    )
    submit_label = "Sign the review"
    needs_reauth = True
    meaning = "Reviewed"

    def act(self, record, data, *, by, token=None):
        return trail.review(by=by, traveler=record, remarks=data["remarks"], token=token)

    def message(self, result):
        edits = f"{result.edits} edit{'' if result.edits == 1 else 's'}"
        return f"{edits} of lot {result.traveler} reviewed."

    def context(self, record):
        return {
            **trail_words(record, self.request.user),
            "crumbs": [{"label": f"Edits of lot {record}", "url": self.cancel_url()}],
        }

    def cancel_url(self):
        return reverse("documents:lot-trail", kwargs={"number": self.record.number})

    def success_url(self, result):
        return self.cancel_url()
