"""What customers decided about first articles and PPAPs in their own systems."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from inspection.domain import held_approvals
from inspection.forms import HeldApprovalForm
from inspection.models import HeldApproval
from inspection.permissions import DECIDERS, READERS
from portal.domain.files import take_in
from portal.models import StoredFile
from portal.views.files import FileView
from routes.models import PartRevision
from routes.views.pages import ShopVerb

LOOKUP = {"number": "part__number", "revision": "revision"}


class HeldApprovalRecord(ShopVerb):
    """Record what a customer decided about a part revision in its own system."""

    roles = DECIDERS
    model = PartRevision
    lookup = LOOKUP
    form_class = HeldApprovalForm
    template_name = "inspection/held_approval_record.html"
    heading = "First article or PPAP of {record} held by the customer"
    lead = "For orders whose approval the customer holds. Your signature says you saw its decision; the latest counts."
    submit_label = "Sign and record"
    needs_reauth = True
    meaning = "Verified"
    done = "{result.customer_reference} is recorded for {record}."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part__customer", "label")

    def context(self, record):
        held = record.held_approvals.select_related("recorded_by", "file").order_by("id")
        return {
            "held": [
                {
                    "approval": each,
                    "letter_url": reverse(
                        "inspection:held-approval-letter",
                        kwargs={
                            "number": record.part.number,
                            "revision": record.revision,
                            "place": place,
                        },
                    )
                    if each.file
                    else "",
                }
                for place, each in enumerate(held, start=1)
            ]
        }

    def act(self, record, data, *, by, token=None):
        letter = data.pop("letter")
        label = record.label
        file = take_in(content=letter.read(), name=letter.name, by=by, label=label) if letter else None
        return held_approvals.record_held_approval(
            by=by, part_revision=record, file=file, token=token, **data
        )

    def success_url(self, result):
        return self.request.path


class HeldApprovalLetter(FileView):
    """Serve the letter behind an approval the customer holds."""

    roles = READERS
    model = HeldApproval
    is_inline = True

    def get_record(self, person):
        wanted = {"part__number": self.kwargs["number"], "revision": self.kwargs["revision"]}
        part_revision = PartRevision.objects.get_visible_or_404(person, **wanted)
        place = self.kwargs["place"]
        held = HeldApproval.objects.for_viewer(person).filter(part_revision=part_revision).order_by("id")
        found = list(held[:place])
        if place < 1 or len(found) < place:
            raise Http404("There is no such approval.")
        return found[-1]

    def stored_file(self, record) -> StoredFile | None:
        return record.file

    def number(self, record) -> str:
        return f"{record.part_revision} {record.customer_reference}"
