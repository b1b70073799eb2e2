"""Sampling: how strictly each series of lots is looked at, and what people decided about it."""

from __future__ import annotations

from typing import Any

from inspection.domain.sampling import series as followed
from inspection.domain.sampling.skip_lot import lots_to_qualify
from inspection.domain.sampling.switching import lots_to_reduce
from inspection.models import SamplingState
from inspection.permissions import DECIDERS, READERS
from inspection.sampling_forms import QualifyForm, ReduceForm, ResumeForm
from inspection.views.pages import act, acts_for, crumb
from portal.models import Signature
from portal.views.verbs import RecordListView, RecordView
from routes.forms import ReasonForm
from routes.views.pages import ShopVerb, history_of

LOTS_SHOWN = 20
COLUMNS = [
    {"key": "number", "label": "Series", "kind": "code", "url_key": "get_absolute_url"},
    {"key": "part.number", "label": "Part", "kind": "code"},
    {"key": "whose", "label": "Work of"},
    {"key": "get_defect_class_display", "label": "Class"},
    {"key": "last_lots", "label": "Last lots", "note_key": "why"},
    {"key": "skips", "label": "Skip-lot"},
    {"key": "state", "label": "Inspection", "kind": "state"},
]
LETTERS = {True: "accepted", False: "rejected"}


class SamplingList(RecordListView):
    """Show every series with its severity."""

    roles = READERS
    model = SamplingState
    template_name = "portal/list.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part", "vendor").prefetch_related("outcomes")

    def context(self, rows):
        for row in rows:
            lots = [each for each in row.outcomes.all() if each.is_original][-5:]
            row.last_lots = ", ".join(LETTERS[each.is_accepted] for each in lots) or "none yet"
            row.skips = f"1 lot in {row.skip_one_in}" if row.skip_one_in else ""
        return {
            "heading": "Sampling",
            "lead": "How strictly the next lot of each part, by whoever did the work, is looked at.",
            "columns": COLUMNS,
            "empty_heading": "No series is followed yet",
            "empty_sentence": "A series begins with the first inspection planned by Z1.4 or by skip-lot.",
        }


class SamplingDetail(RecordView):
    """Show one series: its severity and why, its lots, what may be decided about it."""

    roles = READERS
    model = SamplingState
    template_name = "inspection/sampling_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part", "vendor", "skip_route", "signature")

    def context(self, record):
        outcomes = record.outcomes.select_related("record__traveler").order_by("-pk")[:LOTS_SHOWN]
        return {
            "facts": self.facts(record),
            "banner": self.banner(record),
            "outcomes": outcomes,
            "acts": acts_for(self.request.user, *((DECIDERS, each) for each in self.acts(record))),
            "signatures": Signature.objects.filter(noun="sampling", number=record.number).order_by("pk"),
            "events": history_of(self.request.user, "sampling", record.number),
            "crumbs": [crumb("Sampling", "sampling-list")],
        }

    def facts(self, record):
        skips = f"1 lot in {record.skip_one_in}, drawn by chance" if record.skip_one_in else "every lot"
        facts = [
            {"label": "Part", "value": record.part.number, "url": record.part.get_absolute_url()},
            {"label": "Work of", "value": record.whose},
            {"label": "Class of defect", "value": record.get_defect_class_display()},
            {"label": "Looked at", "value": skips},
            {"label": "Since", "value": f"{record.since_at:%-d %b %Y}", "note": record.why},
        ]
        if record.skip_route:
            route = record.skip_route
            facts.append(
                {"label": "Qualified with route", "value": route.number, "url": route.get_absolute_url()}
            )
        return facts

    def banner(self, record) -> dict[str, str] | None:
        if record.state != SamplingState.DISCONTINUED:
            return None
        return {
            "state": "stopped",
            "heading": "Every piece is looked at",
            "sentence": "Five lots were rejected on tightened inspection. A quality engineer accepts the corrective "
            "action before lots are sampled again.",
        }

    def acts(self, record) -> list[dict[str, Any]]:
        number, since = record.number, followed.outcomes_since(record)
        if record.state == SamplingState.DISCONTINUED:
            return [act("Accept the corrective action", "sampling-resume", is_main=True, number=number)]
        acts = []
        if record.skip_one_in:
            acts.append(act("Look at every lot", "sampling-end-skip", number=number))
        elif record.state != SamplingState.TIGHTENED:
            acts.append(
                self.after(
                    lots_to_qualify(since), act("Qualify for skip-lot", "sampling-qualify", number=number)
                )
            )
        if record.state == SamplingState.NORMAL:
            acts.append(
                self.after(lots_to_reduce(since), act("Reduce inspection", "sampling-reduce", number=number))
            )
        if record.state == SamplingState.REDUCED:
            acts.append(act("Back to normal", "sampling-restore", number=number))
        return acts

    def after(self, lots: int, offered: dict[str, Any]) -> dict[str, Any]:
        """Return an act, closed with its reason while lots are missing."""
        if lots:
            offered["closed"] = f"{lots} more lot{'s' if lots > 1 else ''} must be accepted in a row first."
        return offered


class OfSeries(ShopVerb):
    """An act on one series."""

    model = SamplingState

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part", "vendor")

    def get_crumbs(self):
        return [crumb("Sampling", "sampling-list")]


class Resume(OfSeries):
    """Accept the corrective action of a discontinued series."""

    form_class = ResumeForm
    needs_reauth = True
    meaning = "Approved"
    heading = "Sample {record.number} again"
    lead = "{record.part.number}, {record.whose}. It begins on tightened inspection."
    submit_label = "Sign: accept the corrective action"
    done = "{result.number} is on tightened inspection."

    def act(self, record, data, *, by, token=None):
        return followed.resume(by=by, series=record, token=token, **data)


class Reduce(OfSeries):
    """Let a series be looked at less."""

    form_class = ReduceForm
    needs_reauth = True
    meaning = "Approved"
    heading = "Reduce the inspection of {record.number}"
    lead = "Both must be so, and you answer for it. One rejected lot puts it back to normal."
    submit_label = "Sign: reduce"
    done = "{result.number} is on reduced inspection."

    def act(self, record, data, *, by, token=None):
        return followed.reduce(by=by, series=record, token=token, **data)


class Restore(OfSeries):
    """Put a reduced series back to normal inspection."""

    form_class = ReasonForm
    heading = "Put {record.number} back to normal inspection"
    submit_label = "Back to normal"
    done = "{result.number} is on normal inspection."

    def act(self, record, data, *, by, token=None):
        return followed.restore(by=by, series=record, **data)


class Qualify(OfSeries):
    """Let lots of a series go by without measuring."""

    form_class = QualifyForm
    needs_reauth = True
    meaning = "Approved"
    heading = "Qualify {record.number} for skip-lot"
    lead = (
        "Lots that are not drawn are not measured where a check is planned by skip-lot; certificates are reviewed all "
        "the same. A rejected lot, a changed route or a year without a lot ends it."
    )
    submit_label = "Sign: qualify"
    done = "{result.number}: one lot in {result.skip_one_in} is looked at."

    def act(self, record, data, *, by, token=None):
        return followed.qualify(by=by, series=record, token=token, **data)


class EndSkip(OfSeries):
    """Go back to looking at every lot."""

    form_class = ReasonForm
    heading = "Look at every lot of {record.number} again"
    submit_label = "Look at every lot"
    done = "Every lot of {result.number} is looked at."

    def act(self, record, data, *, by, token=None):
        return followed.end_skip(by=by, series=record, **data)
