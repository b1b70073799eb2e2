"""What came in and waits for its clerk: stacks, the watched folder, mails, pages of other orders."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from documents.domain import arrivals
from documents.domain.pictures import page_picture
from documents.forms.arrivals import PlaceForm, SetAsideForm, StackForm
from documents.models import Arrival, ArrivalFile
from documents.permissions import CLERKS
from portal.domain.events import record_event
from portal.domain.files import FileDamaged, may_see_label
from portal.intake.unreadable import FileNotReadable
from portal.views.doors import LIST
from portal.views.files import FileView
from portal.views.verbs import RecordListView, RecordView, VerbView

MOST_PAGES = 40
COLUMNS = [
    {"key": "number", "label": "Arrival", "kind": "code", "url_key": "get_absolute_url"},
    {"key": "get_door_display", "label": "By"},
    {"key": "named", "label": "Files", "note_key": "subject"},
    {"key": "sender", "label": "From", "empty": "not said"},
    {"key": "arrived_at", "label": "Came", "kind": "moment"},
    {"key": "state", "label": "State", "kind": "state"},
]
BACK = {"label": "What came in", "url_name": "documents:arrival-list"}


def back() -> list[dict]:
    return [{"label": BACK["label"], "url": reverse(BACK["url_name"])}]


class ArrivalList(RecordListView):
    """Show what came in, what waits first."""

    roles = CLERKS
    model = Arrival
    template_name = "portal/list.html"

    def queryset_for(self, person):
        return super().queryset_for(person).prefetch_related("files").order_by("-state", "-id")

    def context(self, rows):
        for row in rows:
            row.named = ", ".join(file.name for file in row.files.all()) or "no file"
        bring = reverse("documents:arrival-bring")
        return {
            "heading": "What came in",
            "lead": "Stacks, files of the watched folder and mails, until somebody says which order each is for.",
            "columns": COLUMNS,
            "acts": [{"label": "Bring in a scanned stack", "url": bring, "is_main": True}],
            "empty_heading": "Nothing came in",
            "empty_sentence": "Scan a stack of certificates and bring it in; its pages are sorted by their orders.",
        }


class ArrivalBring(VerbView):
    """Bring in a stack."""

    scope = LIST
    roles = CLERKS
    form_class = StackForm
    heading = "Bring in a scanned stack"
    lead = "Its pages are read for order numbers; you see the proposal and correct it before anything counts."
    submit_label = "Bring it in"
    done = "{result.number} is here. Say which order each certificate is for."

    def act(self, record, data, *, by, token=None):
        file = data["file"]
        return arrivals.bring_stack(by=by, content=file.read(), name=file.name)

    def success_url(self, result) -> str:
        return reverse("documents:arrival-place", args=[result.number])

    def cancel_url(self) -> str:
        return reverse("documents:arrival-list")


def pages_of(arrival: Arrival, *, viewer) -> list[dict]:
    """Return the pages of every kept file that may be shown, with where each is drawn."""
    pages = []
    for file in arrival.files.exclude(file=None).select_related("file__label"):
        if not may_see_label(viewer, file.file.label):
            continue
        count = file.file.look.get("page_count") or 1
        pages += [{"file": file, "page": page} for page in range(1, count + 1)]
    return pages[:MOST_PAGES]


class ArrivalDetail(RecordView):
    """Show one arrival: its files, what was refused and why, and what became of it."""

    roles = CLERKS
    model = Arrival
    template_name = "documents/arrival_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("organization", "link__order", "brought_by")

    def context(self, record):
        number = {"number": record.number}
        offered = []
        if record.state == Arrival.WAITING:
            offered = [("Set it aside", "set-aside", False)]
            if any(file.file_id for file in record.files.all()):
                offered.append(("Say which order it is for", "place", True))
        elif record.state == Arrival.SET_ASIDE:
            offered = [("Take it up again", "take-up", True)]
        return {
            "facts": facts_of(record),
            "files": record.files.select_related("file"),
            "pages": pages_of(record, viewer=self.request.user),
            "acts": [
                {"label": label, "url": reverse(f"documents:arrival-{verb}", kwargs=number), "is_main": main}
                for label, verb, main in offered
            ],
            "crumbs": back(),
        }


def facts_of(record: Arrival) -> list[dict]:
    """Return the head of an arrival as label and value."""
    return [
        {"label": "State", "state": record.state},
        {"label": "Came by", "value": record.get_door_display()},
        {"label": "On", "value": f"{record.arrived_at:%-d %b %Y %H:%M} UTC"},
        {"label": "From", "value": record.sender or "not said"},
        {"label": "Subject", "value": record.subject or "none"},
        {"label": "Vendor", "value": record.organization.name if record.organization else "not known"},
        {"label": "sha256", "value": f"{record.sha256[:16]}…", "is_code": True},
    ]


class ArrivalVerb(VerbView):
    """One act on an arrival."""

    roles = CLERKS
    model = Arrival

    def context(self, record):
        return {"crumbs": [*back(), {"label": record.number, "url": record.get_absolute_url()}]}


class ArrivalPlace(ArrivalVerb):
    """Say which pages are the certificate of which order line."""

    form_class = PlaceForm
    template_name = "documents/arrival_place.html"
    heading = "Which order is {record.number} for?"
    lead = "One row a certificate. Pages in no row stay kept and prove nothing."
    submit_label = "Make these certificates"

    def form_kwargs(self):
        return {"arrival": self.record, "viewer": self.request.user}

    def context(self, record):
        return {**super().context(record), "pages": pages_of(record, viewer=self.request.user)}

    def act(self, record, data, *, by, token=None):
        return arrivals.place(by=by, arrival=record, pieces=data["pieces"])

    def message(self, result) -> str:
        numbers = ", ".join(each.number for each in result)
        return f"{numbers} {'are' if len(result) > 1 else 'is'} made of {self.record.number}."

    def success_url(self, result) -> str:
        return reverse("documents:certificate-list") if len(result) > 1 else result[0].get_absolute_url()


class ArrivalSetAside(ArrivalVerb):
    """Say that it is no certificate."""

    form_class = SetAsideForm
    heading = "Set {record.number} aside"
    lead = "Its files stay kept. It can be taken up again."
    submit_label = "Set it aside"
    done = "{result.number} is set aside."

    def act(self, record, data, *, by, token=None):
        return arrivals.set_aside(by=by, arrival=record, reason=data["reason"])


class ArrivalTakeUp(ArrivalVerb):
    """Let it wait again."""

    heading = "Take up {record.number} again"
    lead = "It waits for its clerk again."
    submit_label = "Take it up"
    done = "{result.number} waits again."

    def act(self, record, data, *, by, token=None):
        return arrivals.take_up(by=by, arrival=record)


class ArrivalPart(RecordView):
    """One file of an arrival."""

    roles = CLERKS
    model = ArrivalFile
    lookup = {"number": "arrival__number", "position": "position"}

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("arrival", "file__label")

    def get_record(self, person):
        if max(self.kwargs["position"], self.kwargs.get("page", 0)) > 1_000_000:
            raise Http404("There is no file of that number.")
        return super().get_record(person)


class ArrivalPage(ArrivalPart):
    """Show one page as a picture, drawn in a limited child process."""

    is_reading = True

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        stored, page = self.record.file, self.kwargs["page"]
        if stored is None or not 1 <= page <= (stored.look.get("page_count") or 1):
            raise Http404("This file has no such page.")
        if not may_see_label(request.user, stored.label):
            raise Http404("This file has no such page.")
        data = {"sha256": stored.sha256, "page": page}
        record_event(
            by=request.user, verb="read", noun="arrival", number=self.record.arrival.number, data=data
        )
        try:
            picture = page_picture(stored, page)
        except FileDamaged as damage:
            return HttpResponse(damage.sentence, status=410, content_type="text/plain; charset=utf-8")
        except FileNotReadable as refusal:
            return HttpResponse(refusal.sentence, status=422, content_type="text/plain; charset=utf-8")
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
        return HttpResponse(picture, content_type="image/png", headers=headers)


class ArrivalOriginal(ArrivalPart, FileView):
    """Hand out the original, byte for byte."""

    def stored_file(self, record):
        return record.file

    def noun(self, record) -> str:
        return "arrival"

    def number(self, record) -> str:
        return record.arrival.number
