"""Results from a file in two steps: taken in and looked at, then kept whole or not at all.

Between the steps the file is kept; the form carries its hash, signed for this inspection and this person.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode

from inspection.domain import results
from inspection.domain.measurements import record_serials
from inspection.domain.results import ImportReport
from inspection.forms import ResultsFileForm, ResultsForm
from inspection.views.records import OfRecord
from portal.domain.errors import Refused
from portal.domain.files import read_bytes, take_in
from portal.intake.media import QIF, XML
from portal.models import StoredFile

SALT = "inspection.results"
TICKET_SECONDS = 24 * 60 * 60
IMPORT, LOOK_AGAIN = "Import the values", "Look again with these answers"
LOST = "This page no longer knows which file it was about. Choose the result file again."


def as_text(answers: dict) -> str:
    """Return those answers that change what a file would bring, in one comparable line."""
    return json.dumps([answers.get("unit", ""), answers.get("serial_map", {}), answers.get("by_hand", [])])


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
        with transaction.atomic():
            stored = take_in(content=content, name=name, by=by, allowed=(QIF, XML))
            # what cannot be read as results is not kept either
            results.preview_results(record=record, content=content, name=name)
        return stored

    def message(self, result):
        return ""

    def success_url(self, result):
        ticket = signing.dumps([self.record.number, self.request.user.pk, result.sha256], salt=SALT)
        address = reverse("inspection:results-import", args=[self.record.number])
        return f"{address}?{urlencode({'ticket': ticket})}"


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
        self.stored = self.kept_file(person)
        self.answers: dict = {}

    def kept_file(self, person) -> StoredFile | None:
        """Return the file the form carries, if it was taken in by this person for this inspection."""
        try:
            number, person_pk, sha256 = signing.loads(self.ticket, salt=SALT, max_age=TICKET_SECONDS)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        if (number, person_pk) != (self.record.number, person.pk):
            return None
        return StoredFile.objects.for_viewer(person).filter(stored_by=person, sha256=sha256).first()

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.stored else self.ask_again()

    def post(self, request, *args, **kwargs):
        if not self.stored:
            return self.ask_again()
        data = request.POST.copy()
        form = self.get_form(data=data)
        if form.is_valid():
            self.answers = form.cleaned_data
            if data.get("looked_at", "") != as_text(self.answers):
                # other answers than those looked at: show what they lead to before anything is kept
                data["looked_at"] = as_text(self.answers)
                return self.show(form)
        return super().post(request, *args, **kwargs)

    def show(self, form, *, status=200):
        self.is_complete = False
        with suppress(Refused):
            self.is_complete = self.current_report().is_complete
        self.submit_label = IMPORT if self.is_complete else LOOK_AGAIN
        return super().show(form, status=status)

    def ask_again(self):
        if self.ticket:
            messages.error(self.request, LOST)
        return HttpResponseRedirect(reverse("inspection:results-preview", args=[self.record.number]))

    def get_initial(self):
        return {"ticket": self.ticket, "looked_at": as_text({})}

    def form_kwargs(self):
        """Offer the pieces for those samples that name none by themselves."""
        first = self.first_report
        unjoined = tuple(sample for sample, serial in first.sample_numbers.items() if not serial)
        named = Counter(first.sample_numbers.values())
        doubled = tuple(
            sample for sample, serial in first.sample_numbers.items() if serial and named[serial] > 1
        )
        return {
            **super().form_kwargs(),
            "samples": unjoined + doubled,
            "serials": tuple(record_serials(self.record)),
        }

    def current_report(self) -> ImportReport:
        return self.report(self.answers) if self.answers else self.first_report

    @cached_property
    def first_report(self) -> ImportReport:
        """What the file would bring with nothing answered yet."""
        return self.report({})

    def report(self, answers: dict) -> ImportReport:
        """Return what the file would bring with these answers."""
        return results.preview_results(
            record=self.record,
            content=read_bytes(self.stored),
            name=self.stored.original_name,
            unit=answers.get("unit", ""),
            serial_map=answers.get("serial_map"),
            by_hand=answers.get("by_hand", ()),
        )

    def context(self, record):
        try:
            report = self.current_report()
        except Refused as refusal:
            return {"refusal": refusal.sentence, "report": None, "stored": self.stored}
        by_balloon = Counter(row.characteristic.balloon for row in report.rows)
        joined = {row.characteristic.balloon: row for row in report.rows}
        return {
            "stored": self.stored,
            "report": report,
            "joined": [{"row": joined[balloon], "count": count} for balloon, count in by_balloon.items()],
            "samples": [
                {"sample": sample, "serial": serial} for sample, serial in report.sample_numbers.items()
            ],
            "verdicts": self.verdicts(report),
            "crumbs": [{"label": f"Inspection {record.number}", "url": record.get_absolute_url()}],
        }

    def verdicts(self, report: ImportReport) -> list[dict]:
        """Return each verdict word with how often the file states it and how often it comes out here."""
        words = dict.fromkeys([*sorted(report.recomputed), *sorted(report.stated)])
        return [
            {"word": word, "stated": report.stated[word], "ours": report.recomputed[word]} for word in words
        ]

    def act(self, record, data, *, by, token=None):
        self.answers = data
        return results.import_results(
            by=by,
            record=record,
            content=read_bytes(self.stored),
            name=self.stored.original_name,
            measured_on=data["measured_on"],
            unit=data["unit"],
            gauge=data["gauge"],
            serial_map=data["serial_map"],
            by_hand=data["by_hand"],
        )

    def message(self, result):
        words = f"{result.saved} values of {result.file_name} are kept."
        if failing := result.recomputed["FAIL"]:
            words += f" {failing} fail; their pieces are set apart."
        return words
