"""The shape of what a clerk says about things that came in."""

from __future__ import annotations

from django import forms

from documents.domain.arrivals import SENT_FOR, Piece
from documents.forms.certificates import ACCEPTED, LineChoice
from documents.models import Arrival
from portal.models import Person
from routes.forms import MOST
from subcontract.models import OutsideOrderLine

SPARE_ROWS = 2


class StackForm(forms.Form):
    """A stack of certificates, scanned in one go."""

    file = forms.FileField(
        label="The scanned stack",
        help_text="One file with the certificates of any number of orders. The original is kept unchanged.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class SetAsideForm(forms.Form):
    reason = forms.CharField(label="Why it is no certificate", max_length=300)


class PlaceForm(forms.Form):
    """One row a certificate: which pages of which file, for which order line. A row without a line is left out."""

    def __init__(self, *args, arrival: Arrival, viewer: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        lines = OutsideOrderLine.objects.for_viewer(viewer).filter(order__state__in=SENT_FOR)
        self.lines = lines.select_related("order", "traveler", "specification", "step").order_by(
            "-order_id", "line_number"
        )
        self.numbered = list(arrival.files.exclude(file=None).select_related("file"))
        proposed = [(file, each) for file in self.numbered for each in file.proposals or [_whole(file)]]
        spare = [(self.numbered[0], {})] * SPARE_ROWS if self.numbered else []
        self.count = len(proposed) + len(spare)
        by_order = self._single_lines({each["order"] for _file, each in proposed if each.get("order")})
        for at, (file, each) in enumerate([*proposed, *spare]):
            self._add_row(at, file, each, by_order)

    def _single_lines(self, numbers: set[str]) -> dict[str, OutsideOrderLine]:
        """Return the line of each order that has only one; of two lines a person chooses."""
        found: dict[str, list[OutsideOrderLine]] = {}
        for line in self.lines.filter(order__number__in=numbers):
            found.setdefault(line.order.number, []).append(line)
        return {number: lines[0] for number, lines in found.items() if len(lines) == 1}

    def _add_row(self, at: int, file, each: dict, by_order: dict) -> None:
        files = [(str(one.position), one.name) for one in self.numbered]
        self.fields[f"file_{at}"] = forms.ChoiceField(label="File", choices=files, initial=str(file.position))
        for name, label in (("from", "First page"), ("to", "Last page")):
            self.fields[f"{name}_{at}"] = forms.IntegerField(
                label=label, min_value=1, max_value=MOST, required=False, initial=each.get(f"page_{name}")
            )
        self.fields[f"line_{at}"] = LineChoice(
            label="Certificate for",
            queryset=self.lines,
            required=False,
            empty_label="No certificate" if each else "No further certificate",
            initial=by_order.get(each.get("order", "")),
        )
        if len(files) == 1:
            self.fields[f"file_{at}"].widget = forms.HiddenInput()
        for name in ("from", "to", "line"):
            self.fields[f"{name}_{at}"].is_asked = True

    def rows(self) -> list[dict]:
        """Return the fields row by row: the line, and which pages of which file."""
        names = ("file", "from", "to")
        return [
            {"line": self[f"line_{at}"], "pages": [self[f"{name}_{at}"] for name in names]}
            for at in range(self.count)
        ]

    def clean(self) -> dict:
        data = super().clean()
        pieces = []
        for at in range(self.count):
            line, first, last = (data.get(f"{name}_{at}") for name in ("line", "from", "to"))
            if line is None:
                continue
            if first is None:
                self.add_error(f"from_{at}", "Type the first page of this certificate.")
                continue
            pieces.append(Piece(int(data.get(f"file_{at}") or 0), first, last or first, line))
        data["pieces"] = pieces
        return data


def _whole(file) -> dict:
    return {"page_from": 1, "page_to": file.file.look.get("page_count") or 1, "order": ""}
