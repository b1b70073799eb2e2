"""A filled workbook of the forms in two steps: taken in and held against ours, then its typed fields taken over.

Between the steps the file is kept; the form carries its hash, signed for this report and this person.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from inspection.domain import workbooks
from inspection.domain.workbooks import Comparison
from inspection.formats.filled_forms import read_forms_file
from inspection.models import FirstArticle
from inspection.views.first_article_acts import OfFirstArticle
from portal.domain.errors import Refused
from portal.domain.files import read_bytes, take_in
from portal.intake.media import XLSX
from portal.models import StoredFile
from routes.forms import ShopForm, file_field

SALT = "inspection.first-article-workbook"
TICKET_SECONDS = 24 * 60 * 60
LOST = "This page no longer knows which workbook it was about. Choose it again."


class WorkbookForm(ShopForm):
    file = file_field("The filled workbook", help_text="XLSX, as it was downloaded from the first article.")


class TicketForm(ShopForm):
    ticket = forms.CharField(widget=forms.HiddenInput)


class FirstArticleWorkbookLook(OfFirstArticle):
    """Take a workbook in and show what it would bring."""

    form_class = WorkbookForm
    heading = "Fill {record.number} from a workbook"
    lead = (
        "First you see the workbook beside the forms; nothing is changed by looking. Only what people type is taken: "
        "additional changes, the reason, comments and tooling."
    )
    submit_label = "Look at the workbook"

    def act(self, record, data, *, by, token=None):
        content = data["file"].read()
        with transaction.atomic():
            label = record.part_revision.label
            stored = take_in(content=content, name=data["file"].name, by=by, label=label, allowed=(XLSX,))
            # what cannot be read, or is another's, is not kept either
            workbooks.compare_workbook(first_article=record, read=read_forms_file(content))
        return stored

    def message(self, result):
        return ""

    def success_url(self, result):
        facts = [self.record.number, self.request.user.pk, result.sha256]
        address = reverse("inspection:first-article-workbook-take", args=[self.record.number])
        return f"{address}?{urlencode({'ticket': signing.dumps(facts, salt=SALT)})}"


class FirstArticleWorkbookTake(OfFirstArticle):
    """Show the workbook beside the forms, and take over what people type on confirmation."""

    form_class = TicketForm
    template_name = "inspection/first_article_workbook.html"
    heading = "The workbook beside {record.number}"
    lead = "Everything below is taken together or not at all."
    submit_label = "Take over what people type"

    def enter(self, person):
        super().enter(person)
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        self.ticket = sent.get("ticket", "")
        self.stored = self.kept_file(person)

    def kept_file(self, person) -> StoredFile | None:
        """Return the file the form carries, if it was taken in by this person for this report."""
        try:
            number, person_pk, sha256 = signing.loads(self.ticket, salt=SALT, max_age=TICKET_SECONDS)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        if (number, person_pk) != (self.record.number, person.pk):
            return None
        return StoredFile.objects.for_viewer(person).filter(stored_by=person, sha256=sha256).first()

    def get_initial(self):
        return {"ticket": self.ticket}

    def get(self, request, *args, **kwargs):
        return super().get(request, *args, **kwargs) if self.stored else self.ask_again()

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.stored else self.ask_again()

    def ask_again(self):
        if self.ticket:
            messages.error(self.request, LOST)
        return HttpResponseRedirect(
            reverse("inspection:first-article-workbook-look", args=[self.record.number])
        )

    def read(self) -> dict:
        return read_forms_file(read_bytes(self.stored))

    def context(self, record):
        try:
            found = workbooks.compare_workbook(first_article=record, read=self.read())
        except Refused as refusal:
            # the report changed since the workbook was looked at
            return {"refusal": refusal.sentence}
        return {"found": found, "tables": tables_of(found)}

    def act(self, record: FirstArticle, data, *, by, token=None):
        return workbooks.take_workbook(
            by=by, first_article=record, read=self.read(), sha256=self.stored.sha256
        )

    def message(self, result):
        count = len(result.typed)
        return f"{count} field{'' if count == 1 else 's'} of {self.record.number} came from the workbook."


def tables_of(found: Comparison) -> list[dict]:
    """Return what is taken and what is not, each with its heading."""
    return [
        {
            "heading": "What you take over",
            "rows": found.typed,
            "empty": "Nothing: every field that people type says the same, or is empty in the workbook.",
        },
        {
            "heading": "Not taken: these come from records and are mended there",
            "rows": found.derived,
            "empty": "Nothing differs.",
        },
    ]
