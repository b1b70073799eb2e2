"""Parts, their revisions, drawings, notes and characteristics."""

from __future__ import annotations

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.urls import reverse

from portal.domain.files import FileDamaged, FileRefused, may_see_label, open_for
from portal.intake.look import page_images
from portal.intake.unreadable import FileNotReadable
from portal.permissions import CUSTOMER, SHOP
from portal.views.doors import LIST
from portal.views.files import FileView
from portal.views.verbs import RecordListView, RecordView
from routes.domain import characteristics, parts
from routes.forms import CharacteristicForm, ImportForm, NoteForm, PartForm, RevisionForm
from routes.models import Operation, Part, PartRevision, RouteRevision
from routes.permissions import PLANNERS
from routes.views.pages import ShopVerb, act, acts_for, crumb, find_words, history_of

# legible on a tablet without zooming
DOTS_PER_INCH = 110
MOST_PAGES_SHOWN = 20


class PartList(RecordListView):
    """Show the parts by number."""

    roles = SHOP + CUSTOMER
    model = Part
    template_name = "portal/list.html"
    ordering = ("number",)

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("customer")
            .annotate(revision_count=Count("revisions"))
        )

    def narrow(self, queryset):
        number = self.asked("q")
        return queryset.filter(number__icontains=number) if number else queryset

    def context(self, rows):
        return {
            "heading": "Parts",
            "lead": "Part numbers of customers, with the revisions made here."
            if self.request.user.is_shop
            else "Your part numbers, with the revisions made here.",
            "columns": [
                {"key": "number", "label": "Part", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "name", "label": "Name"},
                {"key": "customer.name", "label": "Customer"},
                {"key": "revision_count", "label": "Revisions", "kind": "num"},
            ],
            "acts": acts_for(
                self.request.user,
                PLANNERS,
                act("Add a part", "part-add", is_main=True),
            ),
            **find_words(
                self.request,
                "Part number contains",
                "No part yet",
                "A part is added with its customer; then its revision with the drawing.",
            ),
        }


class PartDetail(RecordView):
    """Show one part and its revisions."""

    roles = SHOP + CUSTOMER
    model = Part
    template_name = "routes/part_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("customer")

    def context(self, record):
        person = self.request.user
        revisions = (
            PartRevision.objects.for_viewer(person)
            .filter(part=record)
            .select_related("part", "drawing", "label")
            .annotate(
                characteristic_count=Count("characteristics", distinct=True),
                note_count=Count("notes", distinct=True),
            )
            .order_by("-id")
        )
        return {
            "facts": [
                {"label": "Customer", "value": record.customer.name},
                {"label": "Serial numbers", "value": "on every piece" if record.is_serialized else "none"},
            ],
            "revisions": revisions,
            "acts": acts_for(
                person, PLANNERS, act("Add a revision", "revision-add", is_main=True, number=record.number)
            ),
            "events": history_of(person, "part", record.number) if person.is_shop else None,
            "crumbs": [crumb("Parts", "part-list")],
        }


class PartAdd(ShopVerb):
    """Add a part number."""

    scope = LIST
    form_class = PartForm
    heading = "Add a part"
    submit_label = "Add the part"
    done = "Part {result.number} is known. Add its revision with the drawing next."

    def act(self, record, data, *, by, token=None):
        return parts.add_part(by=by, **data)

    def cancel_url(self):
        return reverse("routes:part-list")


class RevisionAdd(ShopVerb):
    """Add a revision of a part with its drawing."""

    model = Part
    form_class = RevisionForm
    heading = "Add a revision of {record.number}"
    lead = "The drawing is kept byte for byte and read only by people its label allows."
    submit_label = "Add the revision"
    done = "{result} is known. Add its notes and characteristics next."

    def act(self, record, data, *, by, token=None):
        return parts.add_revision(by=by, part=record, **data)


class RevisionPage:
    """How an address names a part revision."""

    model = PartRevision
    lookup = {"number": "part__number", "revision": "revision"}

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part__customer", "drawing__label", "label")


class RevisionDetail(RevisionPage, RecordView):
    """Show one revision: drawing, notes, characteristics, routes."""

    roles = SHOP + CUSTOMER
    template_name = "routes/revision_detail.html"

    def context(self, record):
        person = self.request.user
        keywords = {"number": record.part.number, "revision": record.revision}
        routes = (
            RouteRevision.objects.for_viewer(person)
            .filter(part_revision=record)
            .select_related("author")
            .order_by("-revision")
        )
        is_open = not any(route.is_frozen for route in routes)
        planning = acts_for(person, PLANNERS, act("Draft a route", "route-draft", is_main=True, **keywords))
        open_acts = [
            act("Add a note", "note-add", **keywords),
            act("Add a characteristic", "characteristic-add", **keywords),
            act("Import characteristics", "characteristic-import", **keywords),
            act("Add a component", "component-add", **keywords),
        ]
        return {
            "facts": self.facts(record),
            "notes": record.notes.order_by("id"),
            "characteristics": record.characteristics.select_related("part_revision").order_by("position"),
            "routes": routes if person.is_shop else None,
            "outside": self.outside(record),
            "components": record.components.select_related("made__part", "specification").order_by("id"),
            "may_plan": person.role in PLANNERS,
            "drawing": self.drawing(record),
            "acts": (open_acts if planning and is_open else []) + planning,
            "is_open": is_open,
            "keywords": keywords,
            "crumbs": [
                crumb("Parts", "part-list"),
                crumb(record.part.number, "part-detail", number=record.part.number),
            ],
        }

    def outside(self, record):
        """Return which operations of the released route leave the house: its customer may know them, too."""
        return (
            Operation.objects.filter(
                route_revision__part_revision=record,
                route_revision__state=RouteRevision.RELEASED,
                kind=Operation.OUTSIDE,
            )
            .select_related("specification")
            .order_by("sequence")
        )

    def drawing(self, record):
        """Return the pages of the drawing, and whether this reader's label allows them."""
        stored = record.drawing
        if stored is None:
            return None
        count = min(stored.look.get("page_count") or 1, MOST_PAGES_SHOWN)
        return {"is_open": may_see_label(self.request.user, stored.label), "pages": range(1, count + 1)}

    def facts(self, record):
        return [
            {"label": "Name", "value": record.part.name},
            {"label": "Customer", "value": record.part.customer.name},
            {
                "label": "Drawing",
                "value": f"{record.drawing_number} {record.drawing_revision}",
                "is_code": True,
            },
            {"label": "Unit", "value": record.unit},
            {"label": "Dimensions apply", "value": record.get_default_applies_to_display().lower()},
            {"label": "Held under", "value": record.label.name if record.label else "no label"},
        ]


class RevisionDrawing(RevisionPage, FileView):
    """Serve the drawing of a revision."""

    roles = SHOP + CUSTOMER
    is_inline = True

    def stored_file(self, record):
        return record.drawing

    def noun(self, record):
        return "drawing"

    def number(self, record):
        return str(record)


class RevisionDrawingPage(RevisionDrawing):
    """Show one page of the drawing as a picture, drawn in a limited child process."""

    def get(self, request, *args, **kwargs):
        stored = self.stored_file(self.record)
        page = self.kwargs["page"]
        if stored is None or not 0 < page <= (stored.look.get("page_count") or 1):
            raise Http404("The drawing has no such page.")
        try:
            content = open_for(
                stored=stored, by=request.user, noun=self.noun(self.record), number=self.number(self.record)
            )
            [picture] = page_images(content, [page], DOTS_PER_INCH)
        except (FileRefused, FileDamaged, FileNotReadable) as refusal:
            raise Http404(refusal.sentence) from None
        return HttpResponse(picture, content_type="image/png")


class NoteAdd(RevisionPage, ShopVerb):
    """Keep one note of the drawing."""

    form_class = NoteForm
    heading = "Add a drawing note of {record}"
    lead = "Word for word. Every route of this revision must answer it before release."
    submit_label = "Add the note"
    done = "Note {result.note_number} of {record} is kept."

    def act(self, record, data, *, by, token=None):
        return parts.add_note(by=by, part_revision=record, **data)

    def success_url(self, result):
        return self.cancel_url()


class CharacteristicAdd(RevisionPage, ShopVerb):
    """Add one characteristic by hand."""

    form_class = CharacteristicForm
    heading = "Add a characteristic of {record}"
    submit_label = "Add the characteristic"
    done = "Balloon {result.balloon} of {record} is added."

    def act(self, record, data, *, by, token=None):
        return characteristics.add_characteristic(by=by, part_revision=record, **data)

    def success_url(self, result):
        return self.cancel_url()


class CharacteristicImport(RevisionPage, ShopVerb):
    """Take over all characteristics of a file, or none."""

    form_class = ImportForm
    heading = "Import characteristics of {record}"
    lead = "All rows of a QIF file or a table are taken over, or none. What the file leaves open is asked."
    submit_label = "Import"

    def act(self, record, data, *, by, token=None):
        given = data.pop("file")
        return characteristics.import_characteristics(
            by=by, part_revision=record, content=given.read(), name=given.name, **data
        )

    def message(self, result):
        return f"{len(result)} characteristics of {self.record} were taken over."

    def success_url(self, result):
        return self.cancel_url()
