"""The shape of what comes in at the doors of tables of master data."""

from __future__ import annotations

from django import forms

from documents.domain.imports import cells
from documents.domain.imports.nouns import Noun
from documents.domain.imports.outcome import DIFFERS
from documents.domain.imports.working import LEAVE, WORDS
from portal.models import Person
from routes.models import PartRevision

UNSAID = ("", "as the file says it, and ask where it does not")
DATE_ORDERS = [
    UNSAID,
    (cells.DAY_FIRST, "day first: 03/04/2026 is 3 April"),
    (cells.MONTH_FIRST, "month first: 03/04/2026 is 4 March"),
]
DECIMAL_SIGNS = [UNSAID, (cells.POINT, "a point: 1,250.5"), (cells.COMMA, "a comma: 1.250,5")]
UNITS = [("", "as the rows say it"), *((unit, unit) for unit in ("mm", "in", "um", "m", "deg"))]


class PartRevisionChoice(forms.ModelChoiceField):
    def label_from_instance(self, revision: PartRevision) -> str:
        return f"{revision.part.number} rev {revision.revision}, {revision.part.name}"


# field of the form, and the answer it gives
ANSWERS = {
    "date_order": "date_order",
    "decimal_sign": "decimal_sign",
    "sheet": "sheet",
    "part_revision": "part_number",
    "unit": "unit",
    "keeps_words": "unread_limits",
    "leaves_differing": "differing",
}


def fields_wanted(noun: Noun, report: dict, answered: dict) -> set[str]:
    """Return the questions that matter: asked by a row, open to the noun, or answered before."""
    asked = {question["code"] for question in report.get("questions", [])} | set(answered)
    wanted = {field for field, answer in ANSWERS.items() if answer in asked | set(noun.table.asks)}
    if report.get("counts", {}).get(DIFFERS):
        wanted.add("leaves_differing")
    return wanted | {"sheet"} if len(report.get("sheets", [])) > 1 else wanted - {"sheet"}


class ChoicesForm(forms.Form):
    """What a person says for a whole file; only what the noun or its file can leave open is asked."""

    date_order = forms.ChoiceField(label="Days are written", choices=DATE_ORDERS, required=False)
    date_order.is_asked = True
    decimal_sign = forms.ChoiceField(label="Before decimals stands", choices=DECIMAL_SIGNS, required=False)
    sheet = forms.ChoiceField(label="Sheet of the workbook", required=False)
    part_revision = PartRevisionChoice(
        queryset=PartRevision.objects.none(),
        required=False,
        label="Part and revision of all rows",
        empty_label="as the rows say it",
    )
    unit = forms.ChoiceField(label="Unit of rows that name none", choices=UNITS, required=False)
    keeps_words = forms.BooleanField(
        label="Requirements whose limits cannot be read stay words",
        required=False,
        help_text="Such a characteristic is judged by a person, not by its numbers.",
    )
    leaves_differing = forms.BooleanField(
        label="Leave records that differ as they are, and save the rest", required=False
    )

    def __init__(
        self,
        *args,
        viewer: Person,
        noun: Noun,
        report: dict | None = None,
        answered: dict | None = None,
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        wanted = fields_wanted(noun, report or {}, answered or {})
        for name in set(self.fields) & set(ANSWERS) - wanted:
            del self.fields[name]
        if "sheet" in wanted:
            names = [(name, name) for name in report["sheets"]]
            self.fields["sheet"].choices = [("", "the one that fits best"), *names]
        if "part_revision" in wanted:
            revisions = PartRevision.objects.for_viewer(viewer).select_related("part")
            self.fields["part_revision"].queryset = revisions.order_by("part__number", "revision")

    def choices(self) -> dict[str, str]:
        """Return what was answered, as it is kept with the import."""
        data = self.cleaned_data
        answers = {name: data.get(name, "") for name in ("date_order", "decimal_sign", "sheet", "unit")}
        if revision := data.get("part_revision"):
            answers |= {"part_number": revision.part.number, "revision": revision.revision}
        if data.get("keeps_words"):
            answers["unread_limits"] = WORDS
        if data.get("leaves_differing"):
            answers["differing"] = LEAVE
        return {name: answer for name, answer in answers.items() if answer}

    @staticmethod
    def initial_of(choices: dict[str, str]) -> dict[str, object]:
        """Return what the form shows for answers given before."""
        shown = {name: choices.get(name, "") for name in ("date_order", "decimal_sign", "sheet", "unit")}
        named = PartRevision.objects.filter(
            part__number=choices.get("part_number", ""), revision=choices.get("revision", "")
        )
        return shown | {
            "part_revision": named.first() if choices.get("part_number") else None,
            "keeps_words": choices.get("unread_limits") == WORDS,
            "leaves_differing": choices.get("differing") == LEAVE,
        }


class TableForm(ChoicesForm):
    """The table itself, and what its rows may lack; how it is written is asked only when it matters."""

    file = forms.FileField(label="Table", help_text="CSV or Excel workbook (.xlsx), at most 20,000 rows.")
    field_order = ["file", "part_revision", "unit"]
