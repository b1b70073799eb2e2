"""Forms of a result file: the file itself, and one question for everything it leaves open."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils import timezone

from inspection.domain.dry_run import ImportReport, OddLimits, OpenItem, OpenValue, limits_text
from inspection.domain.joining import NOT_OF_THE_LOT, Answers, Decision, ItemKey
from inspection.forms import gauge_note_field
from inspection.models import InspectionRecord, ResultMapping
from routes.forms import ListField, ShopForm, day_field, file_field
from routes.models import Characteristic, Gauge

UNITS = [("", "not needed"), ("mm", "mm"), ("in", "in")]
ASIDE = "aside"
NOT_SAID = ("", "not said yet")
# single values of joined items that may be set aside in one go
CELLS = 3
LONGEST_REASON = 300


def token_of(*parts: object) -> str:
    """Return a short name for a form field that stays the same while the file does."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


@dataclass
class Open:
    """Everything a file was found to leave open so far, also what is answered by now."""

    samples: dict[str, str] = field(default_factory=dict)
    items: dict[ItemKey, OpenItem] = field(default_factory=dict)
    odd_limits: dict[str, OddLimits] = field(default_factory=dict)
    values: dict[tuple[int, int], OpenValue] = field(default_factory=dict)
    is_unit_asked: bool = False
    is_already_asked: bool = False

    def add(self, report: ImportReport) -> bool:
        """Take over what a report leaves open; say whether anything was new."""
        before = self._size()
        named = Counter(report.sample_numbers.values())
        for sample, serial in report.sample_numbers.items():
            if not serial or (named[serial] > 1 and serial != NOT_OF_THE_LOT):
                self.samples.setdefault(sample, report.suggested_serials.get(sample, ""))
        for key, item in report.open_items.items():
            self.items.setdefault(key, item)
        for name, odd in report.odd_limits.items():
            self.odd_limits.setdefault(name, odd)
        for value in report.open_values:
            self.values.setdefault((value.sample, value.position), value)
        self.is_unit_asked |= report.is_unit_asked
        self.is_already_asked |= report.is_already_asked
        return self._size() != before

    def _size(self) -> tuple[int, ...]:
        return (
            len(self.samples),
            len(self.items),
            len(self.odd_limits),
            len(self.values),
            self.is_unit_asked,
            self.is_already_asked,
        )


class ResultsFileForm(ShopForm):
    file = file_field(
        "Result file",
        help_text="As the measuring machine wrote it: QIF 2.0, 2.1 or 3.0, AQDEF (.dfq, or the values .dfx), its table "
        "as text, a CSV, or a workbook (.xlsx).",
    )
    description = file_field(
        "Description of an AQDEF pair",
        required=False,
        help_text="Only where the values come as .dfx: the .dfd file that belongs to them.",
    )
    known_source = forms.ChoiceField(
        label="Where it comes from",
        required=False,
        help_text="What was decided about the names of a source is used again for its next file.",
    )

    def offer(self):
        part_revision = self.record.traveler.route_revision.part_revision_id
        known = ResultMapping.objects.for_viewer(self.person).filter(part_revision=part_revision)
        sources = list(known.values_list("source", flat=True))
        self.fields["known_source"].choices = [
            ("", "a source not met yet, or whose names are ours"),
            *((source, source) for source in sources),
        ]
        if len(sources) == 1 and self.record.kind == InspectionRecord.CUSTOMER:
            self.fields["known_source"].initial = sources[0]
        if not sources:
            del self.fields["known_source"]


class ResultsForm(ShopForm):
    """What the result file leaves open: its day and gauge, and the questions it raised."""

    ticket = forms.CharField(widget=forms.HiddenInput, max_length=2000)
    looked_at = forms.CharField(widget=forms.HiddenInput, max_length=100, required=False)
    measured_on = day_field("Measured on")
    gauge = forms.ModelChoiceField(
        label="Measured with",
        queryset=Gauge.objects.none(),
        to_field_name="number",
        required=False,
        empty_label="not given",
    )
    gauge_note = gauge_note_field()
    unit = forms.ChoiceField(label="Unit where the file states none", choices=UNITS, required=False)
    by_hand = ListField(
        label="Measured otherwise",
        required=False,
        max_length=2000,
        help_text="Balloons that need not be in the file, as in 7, 9.",
    )
    source = forms.CharField(
        label="Name of this source",
        required=False,
        max_length=160,
        help_text="What you say about the names is kept under it, for the next file of this part.",
    )

    keep_there = forms.BooleanField(
        label="The values that stand there already stay as they are",
        required=False,
        help_text="They have the same figures as in the file. Only the others are added.",
    )

    PLAIN = ("measured_on", "gauge", "gauge_note", "unit", "by_hand", "keep_there", "source")

    def __init__(
        self,
        *args,
        opened: Open,
        serials: tuple[str, ...] = (),
        characteristics: tuple[Characteristic, ...] = (),
        **kwargs,
    ) -> None:
        self.opened, self.serials = opened, serials
        self.characteristics = {each.balloon: each for each in characteristics}
        super().__init__(*args, **kwargs)

    def offer(self):
        self.fields["gauge"].queryset = Gauge.objects.for_viewer(self.person).filter(is_active=True)
        self.fields["measured_on"].initial = timezone.localdate()
        if self.record.kind == InspectionRecord.CUSTOMER:
            del self.fields["by_hand"], self.fields["gauge"], self.fields["gauge_note"]
        ours = [
            (balloon, f"{balloon} {each.name}: {each.requirement}")
            for balloon, each in self.characteristics.items()
        ]
        if self.opened.is_unit_asked:
            unit = self.fields["unit"]
            # it may stay empty while the rest is looked at, and nothing is imported without it
            unit.is_asked, unit.choices = True, [NOT_SAID, *UNITS[1:]]
            unit.help_text = "The file does not say it, and nothing is imported before somebody does."
        self._offer_samples()
        self._offer_items(ours)
        for name in self.opened.odd_limits:
            self.fields[f"odd_{token_of(name)}"] = forms.BooleanField(
                label="The drawing's limits count", required=False
            )
        for sample, position in self.opened.values:
            self.fields[f"value_{sample}_{position}"] = forms.CharField(
                label="Set aside because", max_length=LONGEST_REASON, required=False
            )
        self._offer_cells(ours)

    def _offer_samples(self) -> None:
        pieces = [NOT_SAID, *((serial, serial) for serial in self.serials), (NOT_OF_THE_LOT, NOT_OF_THE_LOT)]
        for place, (sample, suggestion) in enumerate(self.opened.samples.items()):
            carries = f"carries {sample}" if not sample.startswith("#") else f"is the file's {sample}"
            self.fields[f"piece_{place}"] = forms.ChoiceField(
                label=f"Piece of the sample that {carries}",
                choices=pieces,
                required=False,
                initial=suggestion,
            )

    def _offer_items(self, ours: list[tuple[str, str]]) -> None:
        choices = [NOT_SAID, (ASIDE, "set aside, with a reason"), *ours]
        for key, found in self.opened.items.items():
            token = token_of(key.name, key.occurrence)
            self.fields[f"item_{token}"] = forms.ChoiceField(
                label=f"{key} is",
                choices=choices,
                required=False,
                initial=found.suggestion.balloon if found.suggestion else "",
            )
            self.fields[f"reason_{token}"] = forms.CharField(
                label=f"Reason to set {key} aside", max_length=LONGEST_REASON, required=False
            )

    def _offer_cells(self, ours: list[tuple[str, str]]) -> None:
        pieces = [("", "none"), *((serial, serial) for serial in self.serials)]
        for number in range(1, CELLS + 1):
            self.fields[f"cell_{number}_piece"] = forms.ChoiceField(
                label="Piece", choices=pieces, required=False
            )
            self.fields[f"cell_{number}_characteristic"] = forms.ChoiceField(
                label="Characteristic", choices=[("", "none"), *ours], required=False
            )
            self.fields[f"cell_{number}_reason"] = forms.CharField(
                label="Reason", max_length=LONGEST_REASON, required=False
            )

    def clean(self):
        data = super().clean()
        if not self.errors:
            data["answers"] = Answers(
                unit=data.get("unit", ""),
                serial_map=self._serials(data),
                by_hand=tuple(data.get("by_hand", ())),
                items=self._items(data),
                values={
                    place: reason
                    for place in self.opened.values
                    if (reason := data.get(f"value_{place[0]}_{place[1]}"))
                },
                cells=self._cells(data),
                odd_limits=tuple(
                    name for name in self.opened.odd_limits if data.get(f"odd_{token_of(name)}")
                ),
                keep_there=data.get("keep_there", False),
            )
        return data

    def _serials(self, data: dict[str, Any]) -> dict[str, str]:
        chosen = {sample: data.get(f"piece_{place}", "") for place, sample in enumerate(self.opened.samples)}
        return {sample: serial for sample, serial in chosen.items() if serial}

    def _items(self, data: dict[str, Any]) -> dict[ItemKey, Decision]:
        found = {}
        for key in self.opened.items:
            token = token_of(key.name, key.occurrence)
            chosen, reason = data.get(f"item_{token}", ""), data.get(f"reason_{token}", "")
            if chosen == ASIDE and not reason:
                self.add_error(f"reason_{token}", f"Say why {key} is set aside.")
            elif chosen == ASIDE:
                found[key] = Decision(reason=reason)
            elif chosen:
                found[key] = Decision(self.characteristics[chosen])
        return found

    def _cells(self, data: dict[str, Any]) -> dict[tuple[str, str], str]:
        found = {}
        for number in range(1, CELLS + 1):
            piece, balloon, reason = (
                data.get(f"cell_{number}_{part}", "") for part in ("piece", "characteristic", "reason")
            )
            if piece and balloon and reason:
                found[piece, balloon] = reason
            elif piece or balloon or reason:
                self.add_error(
                    f"cell_{number}_reason",
                    "Name the piece, the characteristic and the reason, or none of them.",
                )
        return found

    # what the page shows, group by group

    def plain_fields(self) -> list:
        hidden = set()
        if not self.opened.is_unit_asked:
            hidden.add("unit")
        if not self.opened.is_already_asked:
            hidden.add("keep_there")
        if not (self.opened.items or self.opened.odd_limits or self.opened.is_unit_asked):
            hidden.add("source")
        return [self[name] for name in self.PLAIN if name in self.fields and name not in hidden]

    def kept_fields(self) -> list:
        """Return the plain fields that are not asked: they keep what they were answered."""
        shown = {bound.name for bound in self.plain_fields()}
        return [self[name] for name in self.PLAIN if name in self.fields and name not in shown]

    def sample_rows(self, report: ImportReport | None) -> list[dict[str, Any]]:
        numbers = report.sample_numbers if report else {}
        return [
            {
                "sample": sample,
                "suggestion": suggestion,
                "field": self[f"piece_{place}"],
                "is_open": not numbers.get(sample) or bool(self[f"piece_{place}"].errors),
            }
            for place, (sample, suggestion) in enumerate(self.opened.samples.items())
        ]

    def item_rows(self, report: ImportReport | None) -> list[dict[str, Any]]:
        rows = []
        for key, found in self.opened.items.items():
            token = token_of(key.name, key.occurrence)
            choice, reason = self[f"item_{token}"], self[f"reason_{token}"]
            rows.append(
                {
                    "key": key,
                    "item": found,
                    "limits": limits_text(found.item) if found.item else "limits are not in the file",
                    "choice": choice,
                    "reason": reason,
                    "is_open": bool(not report or key in report.open_items or choice.errors or reason.errors),
                }
            )
        return rows

    def odd_rows(self) -> list[dict[str, Any]]:
        return [
            {"odd": odd, "field": self[f"odd_{token_of(name)}"]}
            for name, odd in self.opened.odd_limits.items()
        ]

    def value_rows(self) -> list[dict[str, Any]]:
        return [
            {"words": value.words, "field": self[f"value_{sample}_{position}"]}
            for (sample, position), value in self.opened.values.items()
        ]

    def cell_rows(self) -> list[list]:
        return [
            [self[f"cell_{number}_{part}"] for part in ("piece", "characteristic", "reason")]
            for number in range(1, CELLS + 1)
        ]

    def has_cells(self) -> bool:
        return any(bound.value() or bound.errors for row in self.cell_rows() for bound in row)


def digest_of(answers: Answers, source: str) -> str:
    """Return a short mark of those answers that change what a file would bring."""
    plain: dict[str, Any] = {
        "unit": answers.unit,
        "serials": sorted(answers.serial_map.items()),
        "by_hand": sorted(answers.by_hand),
        "odd_limits": sorted(answers.odd_limits),
        "keep_there": answers.keep_there,
    }
    plain["items"] = sorted(
        [
            key.name,
            key.occurrence,
            decision.characteristic.balloon if decision.characteristic else "",
            decision.reason,
        ]
        for key, decision in answers.items.items()
    )
    plain["values"] = sorted([*place, reason] for place, reason in answers.values.items())
    plain["cells"] = sorted([*place, reason] for place, reason in answers.cells.items())
    return token_of(plain, source)
