"""Values of many pieces by hand in one grid: typed, laid in from a sheet, looked over, kept together.

Nothing is kept by laying in or looking over. A value outside its limits is kept only once somebody saw it marked:
it sets a piece apart, and a slip of the finger should not.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property

from inspection.domain.entry_grid import Entry, Looked, look_over, place_block, record_entries
from inspection.domain.measurements import record_serials
from inspection.domain.record_contents import values_of
from inspection.domain.windows import limits_for, window_words, windows_of
from inspection.grid_forms import GridForm
from inspection.models import InspectionRecord, Measurement
from inspection.views.grid import PIECES_SHOWN, ready
from inspection.views.records import OfRecord
from portal.domain.errors import Refused
from routes.models import Characteristic

FILL, CHECK = "fill", "check"


class ValueGrid(OfRecord):
    """Take down the values of a dozen pieces in one go."""

    form_class = GridForm
    template_name = "inspection/value_grid.html"
    heading = "Values of inspection {record.number}"
    lead = "Lot {record.traveler.number}. Values are kept all together or not at all."
    submit_label = "Save the values"

    def enter(self, person):
        super().enter(person)
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        self.start = self._start(sent.get("from", ""))
        self.shown = self.serials[self.start : self.start + PIECES_SHOWN]
        self.typed: dict[tuple[str, str], str] = {}
        self.looked: dict[tuple[str, str], Looked] = {}
        self.problems: dict[tuple[str, str], str] = {}
        self.laid_in = 0

    def _start(self, asked: str) -> int:
        number = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
        return number // PIECES_SHOWN * PIECES_SHOWN if number < len(self.serials) else 0

    @cached_property
    def serials(self) -> list[str]:
        return record_serials(self.record)

    @cached_property
    def planned(self) -> list[Characteristic]:
        uuids = [row["characteristic"] for row in self.record.plan]
        return list(Characteristic.objects.filter(uuid__in=uuids).order_by("position"))

    @cached_property
    def windows(self):
        return windows_of(self.record)

    @cached_property
    def kept(self) -> dict[tuple[str, str], Measurement]:
        found = values_of(self.record).filter(serial__in=self.shown).select_related("characteristic")
        return {(each.characteristic.balloon, each.serial): ready(each) for each in found}

    def form_kwargs(self):
        balloons = [(each.balloon, f"{each.balloon} {each.name}") for each in self.planned]
        return {**super().form_kwargs(), "balloons": balloons, "pieces": self.shown}

    def get_initial(self):
        return {name: self.request.GET[name] for name in ("gauge", "measured_on") if name in self.request.GET}

    def post(self, request, *args, **kwargs):
        self.typed = self._sent(request.POST)
        form = self.get_form(data=request.POST)
        if not form.is_valid():
            self._look()
            return self.show_again(form)
        act = request.POST.get("do", "")
        if act == FILL or form.cleaned_data["block"].strip():
            return self._fill(form)
        self._look()
        if act == CHECK or self._is_unseen(form):
            return self.show(self._fresh(request.POST))
        return super().post(request, *args, **kwargs)

    def _sent(self, data) -> dict[tuple[str, str], str]:
        places = {self.name_of(*place): place for place in self._places()}
        return {places[name]: text for name, text in data.items() if name in places and text.strip()}

    def _places(self) -> list[tuple[str, str]]:
        return [
            (each.balloon, serial)
            for each in self.planned
            for serial in self.shown
            if (each.balloon, serial) not in self.kept
        ]

    @staticmethod
    def name_of(balloon: str, serial: str) -> str:
        """Return the name of the input of one cell."""
        return f"v {balloon} {serial}"

    def _fill(self, form):
        """Lay the pasted block into the grid; keep nothing."""
        begin = form.cleaned_data["begin_characteristic"], form.cleaned_data["begin_piece"]
        first = (self.planned[0].balloon if self.planned else "", self.shown[0] if self.shown else "")
        try:
            block = place_block(
                form.cleaned_data["block"],
                characteristics=self.planned,
                serials=self.shown,
                start=(begin[0] or first[0], begin[1] or first[1]),
            )
        except Refused as refusal:
            form.add_error("block", refusal.sentence)
            self._look()
            return self.show_again(form)
        there = [place for place in block if place in self.kept]
        if there:
            named = ", ".join(f"{balloon} on {serial}" for balloon, serial in there[:6])
            form.add_error(
                "block", f"These cells have a value already: {named}. Withdraw it first, or leave them out."
            )
            self._look()
            return self.show_again(form)
        self.typed |= block
        self.laid_in = len(block)
        self._look()
        return self.show(self._fresh({**self.request.POST.dict(), "block": ""}))

    def _fresh(self, data):
        """Return the form with what was answered, marked as seen with what is failing now."""
        return self.get_form(data={**_plain(data), "seen": self._mark()})

    def _look(self) -> None:
        self.looked = {each.entry.place: each for each in look_over(self._entries(), windows=self.windows)}
        self.problems = {place: each.problem for place, each in self.looked.items() if each.problem}

    def _entries(self) -> list[Entry]:
        by_balloon = {each.balloon: each for each in self.planned}
        return [Entry(by_balloon[balloon], serial, text) for (balloon, serial), text in self.typed.items()]

    def _failing(self) -> list[tuple[str, str]]:
        return sorted(place for place, each in self.looked.items() if each.verdict == Measurement.FAIL)

    def _mark(self) -> str:
        """Return a mark of the failing cells as they stand, empty without any."""
        failing = [[*place, self.typed[place]] for place in self._failing()]
        return hashlib.sha256(json.dumps(failing).encode()).hexdigest() if failing else ""

    def _is_unseen(self, form) -> bool:
        return form.cleaned_data["seen"] != self._mark()

    def act(self, record, data, *, by, token=None):
        try:
            return record_entries(
                by=by,
                record=record,
                entries=self._entries(),
                measured_on=data["measured_on"],
                gauge=data["gauge"],
                gauge_note=data["gauge_note"],
            )
        except Refused as refusal:
            self.problems = refusal.facts.get("cells", {})
            raise

    def message(self, result):
        failing = sum(each.verdict == Measurement.FAIL for each in result)
        words = f"{len(result)} value{'s are' if len(result) > 1 else ' is'} kept."
        if failing and self.record.kind == InspectionRecord.CUSTOMER:
            words += f" {failing} fail{'s' if failing == 1 else ''} on the customer's side; nothing is opened for that."
        elif failing:
            words += f" {failing} fail{'s' if failing == 1 else ''}; the pieces are set apart."
        return words

    def success_url(self, result):
        return f"{reverse('inspection:value-grid', args=[self.record.number])}?from={self.start}"

    def context(self, record):
        address = reverse("inspection:value-grid", args=[record.number])
        after = self.start + PIECES_SHOWN
        return {
            "rows": [self._row(place, each) for place, each in enumerate(self.planned)],
            "pieces": self.shown,
            "start": self.start,
            "count": len(self.serials),
            "first_shown": self.start + 1,
            "last_shown": self.start + len(self.shown),
            "laid_in": self.laid_in,
            "failing": [f"{balloon} on {serial}" for balloon, serial in self._failing()],
            "previous_url": f"{address}?from={self.start - PIECES_SHOWN}" if self.start else "",
            "next_url": f"{address}?from={after}" if after < len(self.serials) else "",
            "crumbs": [{"label": f"Inspection {record.number}", "url": record.get_absolute_url()}],
        }

    def _row(self, place: int, characteristic: Characteristic) -> dict[str, Any]:
        cells = [self._cell(characteristic, serial) for serial in self.shown]
        lower, upper = limits_for(characteristic, self.windows)
        window = window_words(characteristic, self.windows)
        limits = {"lower": lower, "upper": upper, "window": window}
        return {"characteristic": characteristic, "place": place, "cells": cells, **limits}

    def _cell(self, characteristic: Characteristic, serial: str) -> dict[str, Any]:
        place = (characteristic.balloon, serial)
        looked = self.looked.get(place)
        return {
            "serial": serial,
            "name": self.name_of(*place),
            "kept": self.kept.get(place),
            "text": self.typed.get(place, ""),
            "problem": self.problems.get(place, ""),
            "state": looked.verdict.lower() if looked else "",
        }


def _plain(data) -> dict[str, Any]:
    return data.dict() if hasattr(data, "dict") else dict(data)
