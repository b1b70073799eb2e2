"""The shape of what comes in at the doors of tables of master data."""

from __future__ import annotations

from django import forms

from documents.domain.imports import cells
from documents.domain.imports.nouns import Noun
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


class ChoicesForm(forms.Form):
    """What a person says for a whole file; only what the noun or its file can leave open is asked."""

    date_order = forms.ChoiceField(label="Days are written", choices=DATE_ORDERS, required=False)
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

    def __init__(self, *args, viewer: Person, noun: Noun, sheets: list[str] | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        asks = noun.table.asks
        if len(sheets or []) < 2:
            del self.fields["sheet"]
        else:
            self.fields["sheet"].choices = [
                ("", "the one that fits best"),
                *((name, name) for name in sheets),
            ]
        if "unit" not in asks:
            del self.fields["unit"]
        if "part_number" not in asks:
            del self.fields["part_revision"], self.fields["keeps_words"]
            return
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

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("date_order", "decimal_sign", "keeps_words", "leaves_differing"):
            self.fields.pop(name, None)
