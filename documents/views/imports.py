"""Starting with what a shop has: tables of master data brought in, looked at, saved or dropped."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from documents.domain.imports import tables
from documents.domain.imports.nouns import IN_ORDER, NOUNS
from documents.domain.imports.templates import CSV, csv_template, notes_of, xlsx_template
from documents.domain.imports.working import stops
from documents.forms.imports import ChoicesForm, TableForm
from documents.models import MasterImport
from documents.views.import_words import (
    counts_words,
    facts_of,
    groups_of,
    is_asking,
    stop_sentence,
    tally_of,
)
from portal import queue
from portal.intake import media
from portal.models import Job
from portal.permissions import QUALITY, SHOP
from portal.views.doors import LIST, Door
from portal.views.files import FileView
from portal.views.jobs import progress_fragment, retry_url_of
from portal.views.verbs import RecordListView, RecordView, VerbView

COLUMNS = [
    {"key": "number", "label": "Import", "kind": "code", "url_key": "get_absolute_url"},
    {"key": "title", "label": "Table", "note_key": "name"},
    {"key": "counts", "label": "Rows", "empty": "not looked at yet"},
    {"key": "state", "label": "State", "kind": "state"},
    {"key": "who", "label": "Brought in by"},
    {"key": "brought_at", "label": "Brought in", "kind": "moment"},
]


def crumbs(record: MasterImport | None = None) -> list[dict]:
    there = [{"label": "Start with what you have", "url": reverse("documents:import-list")}]
    return there + ([{"label": record.number, "url": record.get_absolute_url()}] if record else [])


class ImportList(RecordListView):
    """Show the tables in the order to bring them in, what is there of each, and those brought in before."""

    roles = SHOP
    model = MasterImport
    template_name = "documents/import_list.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("file", "brought_by")

    def context(self, rows):
        for row in rows:
            row.title, row.name = NOUNS[row.noun].title, row.file.original_name
            row.counts, row.who = counts_words(row.report), row.brought_by.printed_name
        may_bring = self.request.user.role in QUALITY
        nouns = [self._noun(place, noun) for place, noun in enumerate(IN_ORDER, start=1)]
        if may_bring:
            # one act stands out: the first table of which nothing is there
            next((each for each in nouns if not each["count"]), {})["is_next"] = True
        return {
            "heading": "Start with what you have",
            "lead": "Bring in the lists the shop keeps already, in this order: each needs those above it. A table is "
            "looked at first, row by row, and saved whole or not at all.",
            "nouns": nouns,
            "columns": COLUMNS,
            "may_bring": may_bring,
        }

    def _noun(self, place: int, noun) -> dict:
        return {
            "place": place,
            "title": noun.title,
            "lead": noun.table.lead,
            "count": noun.records().count(),
            "list_url": reverse(noun.list_url),
            "bring_url": reverse("documents:import-bring", args=[noun.code]),
            "template_url": reverse("documents:import-template", args=[noun.code, "xlsx"]),
        }


class NounDoor:
    """An address that names a noun; another word is not found."""

    @property
    def noun(self):
        try:
            return NOUNS[self.kwargs["noun"]]
        except KeyError:
            raise Http404("There is no such table.") from None


class ImportTemplate(NounDoor, Door):
    """Save the template of a noun, as CSV or as a workbook with notes."""

    scope = LIST
    roles = SHOP

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        made = {CSV: (csv_template, media.CSV), "xlsx": (xlsx_template, media.XLSX)}.get(kwargs["kind"])
        if made is None:
            raise Http404("There is no such template.")
        make, media_type = made
        return HttpResponse(
            make(self.noun.table),
            content_type=media_type,
            headers={
                "Content-Disposition": f'attachment; filename="{self.noun.code}.{kwargs["kind"]}"',
                "X-Content-Type-Options": "nosniff",
            },
        )


class ImportBring(NounDoor, VerbView):
    """Bring one table in; it is looked at, and nothing is saved by this."""

    scope = LIST
    roles = QUALITY
    form_class = TableForm
    template_name = "documents/import_bring.html"
    submit_label = "Look at the table"

    def get_heading(self):
        return f"Bring in {self.noun.title.lower()}"

    def get_lead(self):
        return self.noun.table.lead

    def form_kwargs(self):
        return {"viewer": self.request.user, "noun": self.noun}

    def context(self, record):
        code = self.noun.code
        return {
            "crumbs": crumbs(),
            "notes": notes_of(self.noun.table),
            "csv_url": reverse("documents:import-template", args=[code, "csv"]),
            "xlsx_url": reverse("documents:import-template", args=[code, "xlsx"]),
        }

    def act(self, record, data, *, by, token=None):
        file, form = data["file"], self.bound
        return tables.bring(
            by=by, noun=self.noun.code, content=file.read(), name=file.name, choices=form.choices()
        )

    def get_form(self, **bound):
        self.bound = super().get_form(**bound)
        return self.bound

    def message(self, result):
        return looked_words(result)

    def cancel_url(self):
        return reverse("documents:import-list")


def looked_words(record: MasterImport) -> str:
    """Return the sentence after a look: what would happen, and that nothing has."""
    if record.job_id and record.job.state == Job.WAITING:
        return f"{record.number} is being looked at. Nothing is saved by that."
    return f"{record.number} was looked at: {counts_words(record.report) or 'no rows'}. Nothing is saved yet."


class ImportRecord(RecordView):
    """One import with what its pages need."""

    roles = SHOP
    model = MasterImport

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("file", "job", "brought_by")


class ImportDetail(ImportRecord):
    """Show what the table would do, row by row, what it asks, and the acts on it."""

    template_name = "documents/import_detail.html"

    def context(self, record):
        noun, report = NOUNS[record.noun], record.report
        is_waiting = record.job is not None and record.job.state in (Job.WAITING, Job.WORKING)
        is_open = record.state in (MasterImport.RECEIVED, MasterImport.LOOKED_AT) and not is_waiting
        may_act = self.request.user.role in QUALITY and is_open
        stopped = stops(report, record.choices)
        form = choices_form(record, self.request.user) if may_act else None
        return {
            "heading": f"{noun.title}: {record.number}",
            "lead": noun.table.lead,
            "crumbs": crumbs(),
            "facts": facts_of(record, noun),
            "tally": tally_of(report, self.request.GET.get("rows", "")),
            "groups": groups_of(report, noun, asked=self.request.GET.get("rows", "")),
            "is_waiting": is_waiting,
            "is_saved": record.state == MasterImport.SAVED,
            "is_stopped": stopped,
            "is_all_same": set(report.get("counts", {})) == {"same"},
            "may_act": may_act,
            "list_url": reverse(noun.list_url),
            "form": form if form is not None and form.fields else None,
            "is_asking": is_asking(report),
            "stop_sentence": stop_sentence(report),
            **self._job(record),
        }

    def _job(self, record: MasterImport) -> dict:
        if record.job is None or record.job.state == Job.DONE:
            return {"job": None}
        job = queue.progress_context(record.job, viewer=self.request.user)
        return {
            "job": job,
            "poll_url": reverse("documents:import-progress", args=[record.number]),
            "retry_url": retry_url_of(record.job) if job["may_retry"] else "",
        }


def choices_form(record: MasterImport, viewer, **bound) -> ChoicesForm:
    return ChoicesForm(
        initial=ChoicesForm.initial_of(record.choices),
        viewer=viewer,
        noun=NOUNS[record.noun],
        report=record.report,
        answered=record.choices,
        **bound,
    )


class ImportProgress(ImportRecord):
    """Answer the page that asks how far the work on a long table is."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        heading = f"Rows of {self.record.number}"
        return progress_fragment(request, self.record.job, heading=heading, poll_url=request.path)


class ImportFile(FileView):
    """Hand out the table as it came, byte for byte."""

    roles = SHOP
    model = MasterImport

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("file__label")

    def stored_file(self, record):
        return record.file


class ImportVerb(VerbView):
    """One act on one import."""

    roles = QUALITY
    model = MasterImport

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("file", "job")

    def context(self, record):
        return {"crumbs": crumbs(record)}


class ImportLook(ImportVerb):
    """Look at a kept table with other answers."""

    heading = "Look at {record.number} again"
    lead = "The file is the one that was sent; nothing is saved by looking."
    submit_label = "Look again"

    def get_form(self, **bound):
        self.bound = choices_form(self.record, self.request.user, **bound)
        return self.bound

    def act(self, record, data, *, by, token=None):
        return tables.look_again(by=by, record=record, choices=self.bound.choices())

    def message(self, result):
        return looked_words(result)


class ImportSave(ImportVerb):
    """Save a table: all of its rows or none."""

    heading = "Save {record.number}"
    submit_label = "Save all rows"

    def get_lead(self):
        return f"Rows: {counts_words(self.record.report) or 'none'}. All of them are saved, or none."

    def act(self, record, data, *, by, token=None):
        return tables.ask_to_save(by=by, record=record)

    def message(self, result):
        if result.state == MasterImport.SAVED:
            return f"{result.number} is saved: {counts_words(result.report)}."
        return f"{result.number} is being saved in the background. Its rows count once all of them are."


class ImportDrop(ImportVerb):
    """Put a table aside that will not be saved."""

    heading = "Drop {record.number}"
    lead = "Nothing of it is saved. The file and what was found in it stay to be read."
    submit_label = "Drop it"
    done = "{result.number} is dropped; nothing of it was saved."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return tables.drop(by=by, record=record)
