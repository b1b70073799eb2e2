"""Lots brought in mid-way: how one comes in, its scans, and their review."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from portal.domain.files import FileDamaged, FileRefused, open_for
from portal.intake.look import page_images
from portal.intake.unreadable import FileNotReadable
from portal.permissions import SHOP
from portal.views.files import FileView
from routes.domain import elsewhere
from routes.domain.proofs import words_of
from routes.elsewhere_forms import BringInForm, DecideScanForm, RejectScanForm, ScanForm
from routes.models import OrderLine, RecordedElsewhere
from routes.views.pages import ShopVerb, act, crumb
from routes.views.travelers import OfTraveler

# legible on a tablet without zooming
DOTS_PER_INCH = 110


class TravelerBringIn(ShopVerb):
    """Bring in a lot that was begun before it was kept here."""

    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    form_class = BringInForm
    heading = "Bring in a lot of order line {record}"
    lead = (
        "A lot begun before it was kept here comes in where it stands. What was done before is proved by scans, each "
        "reviewed by a second person; until then it does not ship."
    )
    submit_label = "Bring the lot in"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order__customer", "part_revision__part")

    def act(self, record, data, *, by, token=None):
        return elsewhere.bring_in(by=by, order_line=record, **data)

    def message(self, result):
        return (
            f"Lot {result.number} stands at operation {result.brought_in_at}. "
            "Add the scans of what was done before."
        )


class ElsewhereAdd(OfTraveler):
    """Add a scan of what was done before the lot came in."""

    form_class = ScanForm
    heading = "Add a scan for lot {record.number}"
    lead = "A paper of the time before operation {record.brought_in_at}. It counts when somebody else has reviewed it."
    submit_label = "Add the scan"

    def get_initial(self):
        return {"proves": self.request.GET.getlist("for")}

    def act(self, record, data, *, by, token=None):
        file, proofs = data.pop("file"), data.pop("proves")
        return elsewhere.record_paper(
            by=by, traveler=record, proofs=proofs, content=file.read(), name=file.name, **data
        )

    def message(self, result):
        numbers = result[0].number if len(result) == 1 else f"{result[0].number} to {result[-1].number}"
        return f"The scan is kept as {numbers} and waits for review by somebody else."


class OfScan(ShopVerb):
    """A decision on one scan; the paper stands beside the form."""

    model = RecordedElsewhere
    template_name = "routes/elsewhere_decide.html"
    needs_reauth = True

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler", "operation", "file", "recorded_by")

    def context(self, record):
        pages = record.file.look.get("page_count") or 1
        return {
            "crumbs": [
                crumb("Travelers", "traveler-list"),
                {"label": record.traveler.number, "url": record.traveler.get_absolute_url()},
            ],
            "pages": range(1, pages + 1),
            "facts": [
                {"label": "State", "state": record.state},
                {"label": "Proves", "value": words_of(record.proves, record.operation)},
                {"label": "Paper", "value": record.description},
                {
                    "label": "Number on it",
                    "value": record.reference or "none",
                    "is_code": bool(record.reference),
                },
                {"label": "Day it names", "value": f"{record.done_on:%a %-d %b %Y}"},
                {
                    "label": "Added by",
                    "value": record.recorded_by.printed_name,
                    "note": f"{record.recorded_at:%-d %b %Y}",
                },
            ],
            "decided": record.state != RecordedElsewhere.RECORDED,
            "other": self.other(record),
        }

    def other(self, record):
        """Return the link to the other decision."""
        return None

    def cancel_url(self):
        return self.record.traveler.get_absolute_url()

    def success_url(self, result):
        return self.cancel_url()


class ElsewhereReview(OfScan):
    """Sign that a scan proves what it is said to prove."""

    form_class = DecideScanForm
    heading = "Review {record.number}, lot {record.traveler.number}"
    lead = (
        "By signing you say that you read the paper, that it belongs to these pieces, and that it proves what is "
        "ticked. For outside work you also say that the vendor was approved for it on that day."
    )
    submit_label = "Sign the review"
    meaning = "Reviewed"

    def other(self, record):
        return act("Reject it instead", "elsewhere-reject", number=record.number)

    def act(self, record, data, *, by, token=None):
        return elsewhere.review_paper(by=by, records=data["records"], token=token)

    def message(self, result):
        return f"Reviewed: {', '.join(each.number for each in result)}."


class ElsewhereReject(OfScan):
    """Sign that a scan does not prove what it is said to prove."""

    form_class = RejectScanForm
    heading = "Reject {record.number}, lot {record.traveler.number}"
    lead = "The scan is kept with your reason, and another one is owed."
    submit_label = "Sign the rejection"
    meaning = "Inspected and rejected"
    is_danger = True

    def other(self, record):
        return act("Review it instead", "elsewhere-review", number=record.number)

    def act(self, record, data, *, by, token=None):
        return elsewhere.reject_paper(by=by, records=data["records"], reason=data["reason"], token=token)

    def message(self, result):
        return f"Rejected: {', '.join(each.number for each in result)}. A better scan is owed."


class ElsewhereFile(FileView):
    """Hand out a scan, byte for byte as it came."""

    roles = SHOP
    model = RecordedElsewhere
    is_inline = True

    def stored_file(self, record):
        return record.file


class ElsewherePage(ElsewhereFile):
    """Show one page of a scan as a picture, drawn in a limited child process."""

    def get(self, request, *args, **kwargs):
        stored, page = self.record.file, self.kwargs["page"]
        if not 0 < page <= (stored.look.get("page_count") or 1):
            raise Http404("The scan has no such page.")
        try:
            content = open_for(
                stored=stored, by=request.user, noun=self.noun(self.record), number=self.record.number
            )
            [picture] = page_images(content, [page], DOTS_PER_INCH)
        except (FileRefused, FileDamaged, FileNotReadable) as refusal:
            raise Http404(refusal.sentence) from None
        return HttpResponse(picture, content_type="image/png")
