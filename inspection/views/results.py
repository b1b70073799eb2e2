"""Results from a file in two steps: taken in and looked at, then kept whole or not at all.

Between the steps the file is kept; the form carries its hash, signed for this inspection and this person, so that
nobody chooses the file again while answering what it leaves open.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import PurePath

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode

from inspection.domain import results
from inspection.domain.dry_run import ImportReport
from inspection.domain.joining import Answers
from inspection.domain.measurements import record_serials
from inspection.models import InspectionRecord
from inspection.result_forms import Open, ResultsFileForm, ResultsForm, digest_of
from inspection.views.records import OfRecord
from portal.domain.errors import Refused
from portal.domain.files import read_bytes, take_in
from portal.models import StoredFile
from routes.formats.qif import QifDocument
from routes.formats.result_files import MEDIA_TYPES, read_results_file, with_description
from routes.models import Characteristic

SALT = "inspection.results"
TICKET_SECONDS = 24 * 60 * 60
IMPORT, LOOK_AGAIN = "Import the values", "Look again with these answers"
LOST = "This page no longer knows which file it was about. Choose the result file again."
# beyond this a page is no place to answer; the file should carry the serials itself
MOST_ASKED = 400
# a form leads to questions of its own (odd limits of an item now joined), and they to no others
ROUNDS = 3
SHOWN = 60


class ResultsPreview(OfRecord):
    """Take a result file in and show what it would bring."""

    form_class = ResultsFileForm
    heading = "Import results into inspection {record.number}"
    lead = (
        "Lot {record.traveler.number}. First you see what the file would bring; nothing is saved by looking."
    )
    submit_label = "Look at the file"

    def act(self, record, data, *, by, token=None):
        content, name = data["file"].read(), data["file"].name
        if data.get("description"):
            content = with_description(data["description"].read(), content)
            name = f"{PurePath(name).stem}.dfq"
        results.require_open_and_new(record, content, name)
        self.source = data.get("known_source", "")
        with transaction.atomic():
            stored = take_in(content=content, name=name, by=by, allowed=MEDIA_TYPES)
            # what cannot be read as results is not kept either
            results.preview_results(record=record, content=content, name=name)
        return stored

    def message(self, result):
        return ""

    def success_url(self, result):
        facts = [self.record.number, self.request.user.pk, result.sha256, self.source]
        address = reverse("inspection:results-import", args=[self.record.number])
        return f"{address}?{urlencode({'ticket': signing.dumps(facts, salt=SALT)})}"


class ResultsImport(OfRecord):
    """Show what the kept file would bring, ask what it leaves open, and keep its values on confirmation."""

    form_class = ResultsForm
    template_name = "inspection/results_import.html"
    heading = "Results for inspection {record.number}"
    lead = "Lot {record.traveler.number}. Values are kept all together or not at all."

    def enter(self, person):
        super().enter(person)
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        self.ticket = sent.get("ticket", "")
        self.known_source = ""
        self.stored = self.kept_file(person)
        self.answers, self.source = Answers(), self.known_source or self.likely_source()
        self.opened = Open()

    def kept_file(self, person) -> StoredFile | None:
        """Return the file the form carries, if it was taken in by this person for this inspection."""
        try:
            number, person_pk, sha256, source = signing.loads(self.ticket, salt=SALT, max_age=TICKET_SECONDS)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        if (number, person_pk) != (self.record.number, person.pk):
            return None
        self.known_source = source
        return StoredFile.objects.for_viewer(person).filter(stored_by=person, sha256=sha256).first()

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.stored else self.ask_again()

    def post(self, request, *args, **kwargs):
        if not self.stored:
            return self.ask_again()
        data = request.POST.copy()
        form = self.get_form(data=data)
        if not form.is_valid():
            return self.show_again(form)
        mark = digest_of(self.answers, self.source)
        if data.get("looked_at", "") != mark:
            # other answers than those looked at: show what they lead to before anything is kept
            data["looked_at"] = mark
            return self.show(form)
        return super().post(request, *args, **kwargs)

    def get_form(self, **bound):
        """Return the form with a question for all that is open, also for what the answers themselves open."""
        self.opened = Open()
        with suppress(Refused):
            self.opened.add(self.report(Answers(), self.known_source or self.likely_source()))
        form = super().get_form(**bound)
        for _ in range(ROUNDS if form.is_bound else 0):
            if not form.is_valid():
                break
            self.answers = form.cleaned_data["answers"]
            self.source = form.cleaned_data.get("source", "")
            try:
                is_more = self.opened.add(self.report(self.answers, self.source))
            except Refused:
                break
            if not is_more:
                break
            form = super().get_form(**bound)
        return form

    def show(self, form, *, status=200):
        self.is_complete = False
        with suppress(Refused):
            self.is_complete = self.current_report().is_complete
        self.submit_label = IMPORT if self.is_complete else LOOK_AGAIN
        self.form = form
        return super().show(form, status=status)

    def ask_again(self):
        if self.ticket:
            messages.error(self.request, LOST)
        return HttpResponseRedirect(reverse("inspection:results-preview", args=[self.record.number]))

    def get_initial(self):
        return {
            "ticket": self.ticket,
            "looked_at": digest_of(Answers(), self.source),
            "source": self.source,
        }

    def likely_source(self) -> str:
        if self.record.kind == InspectionRecord.CUSTOMER:
            return f"{self.record.traveler.order_line.order.customer.name}, incoming inspection"[:160]
        return ""

    def form_kwargs(self):
        part_revision = self.record.traveler.route_revision.part_revision_id
        planned = [row["characteristic"] for row in self.record.plan]
        found = Characteristic.objects.filter(part_revision=part_revision, uuid__in=planned)
        return {
            **super().form_kwargs(),
            "opened": self.opened if len(self.opened.samples) <= MOST_ASKED else Open(),
            "serials": self.serials,
            "characteristics": tuple(found.order_by("position")),
        }

    @cached_property
    def serials(self) -> tuple[str, ...]:
        return tuple(record_serials(self.record))

    @cached_property
    def document(self) -> QifDocument:
        return read_results_file(read_bytes(self.stored))

    def current_report(self) -> ImportReport:
        return self.report(self.answers, self.source)

    def report(self, answers: Answers, source: str) -> ImportReport:
        """Return what the file would bring with these answers; the last one is remembered."""
        mark = digest_of(answers, source)
        if getattr(self, "_last", ("", None))[0] != mark:
            found = results.preview_document(
                record=self.record,
                document=self.document,
                name=self.stored.original_name,
                answers=answers,
                source=source,
            )
            self._last = (mark, found)
        return self._last[1]

    def context(self, record):
        crumbs = [{"label": f"Inspection {record.number}", "url": record.get_absolute_url()}]
        facts = {"stored": self.stored, "is_complete": self.is_complete, "crumbs": crumbs}
        try:
            report = self.current_report()
        except Refused as refusal:
            return {**facts, "refusal": refusal.sentence, "report": None, **self.groups(None)}
        by_balloon = Counter(row.characteristic.balloon for row in report.rows)
        joined = {row.characteristic.balloon: row for row in report.rows}
        return {
            **facts,
            **self.groups(report),
            "report": report,
            "joined": [{"row": joined[balloon], "count": count} for balloon, count in by_balloon.items()],
            "samples": [
                {"sample": sample, "serial": serial} for sample, serial in report.sample_numbers.items()
            ][:MOST_ASKED],
            "questions": report.questions[:SHOWN],
            "more_questions": max(len(report.questions) - SHOWN, 0),
            "contradictions": report.contradictions[:SHOWN],
            "more_contradictions": max(len(report.contradictions) - SHOWN, 0),
            "set_aside": self.set_aside(report),
            "verdicts": self.verdicts(report),
        }

    def groups(self, report: ImportReport | None) -> dict:
        """Return the questions of the form by what they are about, open ones apart from answered ones."""
        samples, items = self.form.sample_rows(report), self.form.item_rows(report)
        return {
            "open_samples": [row for row in samples if row["is_open"]],
            "answered_samples": [row for row in samples if not row["is_open"]],
            "open_items": [row for row in items if row["is_open"]],
            "answered_items": [row for row in items if not row["is_open"]],
            "odd_limits": self.form.odd_rows(),
            "open_values": self.form.value_rows(),
            "cells": self.form.cell_rows(),
            "has_cells": self.form.has_cells(),
        }

    def set_aside(self, report: ImportReport) -> list[dict]:
        """Return what is set aside, one row an item and reason."""
        counts = Counter((str(each.key), each.reason) for each in report.set_aside)
        return [{"item": item, "reason": reason, "count": count} for (item, reason), count in counts.items()]

    def verdicts(self, report: ImportReport) -> list[dict]:
        """Return each verdict word with how often the file states it and how often it comes out here."""
        words = dict.fromkeys([*sorted(report.recomputed), *sorted(report.stated)])
        return [
            {"word": word, "stated": report.stated[word], "ours": report.recomputed[word]} for word in words
        ]

    def act(self, record, data, *, by, token=None):
        return results.import_results(
            by=by,
            record=record,
            content=read_bytes(self.stored),
            name=self.stored.original_name,
            measured_on=data["measured_on"],
            gauge=data.get("gauge"),
            gauge_note=data.get("gauge_note", ""),
            answers=data["answers"],
            source=self.source,
        )

    def message(self, result):
        words = f"{result.saved} values of {result.file_name} are kept."
        if result.set_aside:
            words += f" {len(result.set_aside)} are set aside with their reasons."
        if result.already:
            words += f" {len(result.already)} stood there already and stay as they are."
        failing = result.recomputed["FAIL"]
        if failing and self.record.kind == InspectionRecord.CUSTOMER:
            words += f" {failing} fail on the customer's side; nothing is opened for them."
        elif failing:
            words += f" {failing} fail; their pieces are set apart."
        return words
