"""Drift alarms: the desk, one alarm, answering it and closing it."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from inspection.domain import drift_alarms
from inspection.forms import DriftCauseForm
from inspection.models import DriftAlarm
from inspection.permissions import DECIDERS, READERS
from inspection.views.pages import act, acts_for, crumb, link
from portal.views.verbs import RecordListView, RecordView
from routes.forms import ReasonForm
from routes.views.pages import ShopVerb, empty_words, history_of


class DriftAlarmList(RecordListView):
    """Show the alarms: those that stand first, the one due first above."""

    roles = READERS
    model = DriftAlarm
    template_name = "portal/list.html"
    ordering = ("rank", "due_on", "-id")

    def queryset_for(self, person):
        rank = Case(
            When(state=DriftAlarm.OPEN, then=Value(0)),
            When(state=DriftAlarm.ACKNOWLEDGED, then=Value(1)),
            When(state=DriftAlarm.RECOVERED, then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
        return (
            super()
            .queryset_for(person)
            .select_related("characteristic__part_revision__part", "lot", "owner")
            .annotate(rank=rank)
        )

    def context(self, rows):
        today = timezone.localdate()
        for row in rows:
            is_late = row.state == DriftAlarm.OPEN and row.due_on < today
            row.tone = {DriftAlarm.OPEN: "bad" if is_late else "owed"}.get(row.state, "")
            row.stands = "drifting" if row.state == DriftAlarm.OPEN else row.state
            row.part = row.characteristic.part_revision
            row.what = (
                f"{row.characteristic.balloon} {row.characteristic.name}, {row.get_direction_display()}"
            )
        return {
            "heading": "Drift",
            "lead": "Characteristics that move away from the approved first article while every piece is still good.",
            "columns": [
                {"key": "number", "label": "Alarm", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "what", "label": "What moves", "note_key": "part"},
                {
                    "key": "lot.number",
                    "label": "Since lot",
                    "kind": "code",
                    "url_key": "lot.get_absolute_url",
                },
                {"key": "owner.printed_name", "label": "Owner", "empty": "nobody"},
                {"key": "due_on", "label": "Answer by", "kind": "day"},
                {"key": "stands", "label": "State", "kind": "state"},
            ],
            **empty_words(
                self.request,
                "Nothing drifts",
                "After each inspection the releases of a part are held against its approved first article.",
            ),
        }


class DriftAlarmDetail(RecordView):
    """Show one alarm: what crossed, what is done about it, how long it took."""

    roles = READERS
    model = DriftAlarm
    template_name = "inspection/drift_alarm_detail.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "characteristic__part_revision__part",
                "lot",
                "owner",
                "acknowledged_by",
                "recovered_lot",
                "close_signature",
            )
        )

    def context(self, record):
        part = record.characteristic.part_revision.part
        return {
            "sentence": drift_alarms.sentence_of(record),
            "next_step": next_step(record),
            "state": "drifting" if record.state == DriftAlarm.OPEN else record.state,
            "facts": self.facts(record),
            "acts": self.acts(record),
            "events": history_of(self.request.user, "drift alarm", record.number),
            "crumbs": [
                crumb("Drift", "drift-alarm-list"),
                crumb(part.number, "part-drift", number=part.number),
            ],
        }

    def facts(self, record):
        each, figures = record.characteristic, record.figures
        revision = each.part_revision
        facts = [
            {"label": "State", "state": "drifting" if record.state == DriftAlarm.OPEN else record.state},
            {
                "label": "Characteristic",
                "value": f"{each.balloon} {each.name}",
                "url": crumb(
                    "", "characteristic-drift", number=revision.part.number, revision=revision.revision,
                    balloon=each.balloon,
                )["url"] + f"?side={record.side}",
            },
            {"label": "Requirement", "value": each.requirement},
            link("Crossed with lot", record.lot),
            {"label": "Owner", "value": record.owner.printed_name if record.owner else "nobody"},
            {"label": "Answer by", "value": f"{record.due_on:%a %-d %b %Y}"},
            {"label": "First article", "value": figures["first_article"], "is_code": True},
            {"label": "Its mean", "value": f"{figures['baseline_mean']} {each.unit}"},
            {"label": "Mean of the release", "value": f"{figures['mean']} {each.unit}"},
        ]  # fmt: skip
        if record.recovered_lot:
            facts += [
                link("Recovered with lot", record.recovered_lot),
                {
                    "label": "Time to recover",
                    "value": f"{record.releases_to_recover} releases, {record.days_to_recover} days",
                },
            ]
        return facts

    def acts(self, record):
        number, person = record.number, self.request.user
        offered = []
        if record.acknowledged_by_id is None and record.state != DriftAlarm.CLOSED:
            offered.append(
                (DECIDERS, act("Answer it", "drift-alarm-acknowledge", is_main=True, number=number))
            )
        elif record.state != DriftAlarm.CLOSED and record.acknowledged_by_id != person.pk:
            is_main = record.state == DriftAlarm.RECOVERED
            offered.append((DECIDERS, act("Close it", "drift-alarm-close", is_main=is_main, number=number)))
        return acts_for(person, *offered)


def next_step(record: DriftAlarm) -> str:
    """Return what has to happen now, and by whom."""
    needed = drift_alarms.RELEASES_TO_RECOVER
    if record.state == DriftAlarm.OPEN:
        who = record.owner.printed_name if record.owner else "A quality engineer"
        return (
            f"{who} says by {record.due_on:%-d %b %Y} what moved it and what is done. Until it ends, every piece of "
            "this characteristic is measured."
        )
    if record.state == DriftAlarm.ACKNOWLEDGED:
        return (
            f"Every piece is measured until {needed} releases in a row are inside the limits of the moving average, "
            f"or somebody other than {record.acknowledged_by.printed_name} closes it."
        )
    if record.state == DriftAlarm.RECOVERED:
        if record.acknowledged_by_id is None:
            return "It is back inside its limits. Nobody has said what moved it; that is asked before it is closed."
        return f"Somebody other than {record.acknowledged_by.printed_name} closes it with a reason."
    return "Its charts began anew with the next release."


class OfAlarm(ShopVerb):
    """An act on one alarm; afterwards its page is shown."""

    roles = DECIDERS
    model = DriftAlarm

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("characteristic__part_revision", "lot")


class DriftAlarmAcknowledge(OfAlarm):
    """Say what moved the characteristic and what is done about it."""

    form_class = DriftCauseForm
    heading = "Answer {record.number}"
    submit_label = "Record the answer"
    done = "{result.number} is answered. Every piece is measured until it has recovered."

    def get_lead(self):
        return drift_alarms.sentence_of(self.record)

    def act(self, record, data, *, by, token=None):
        return drift_alarms.acknowledge(by=by, alarm=record, cause=data["cause"])


class DriftAlarmClose(OfAlarm):
    """Close an answered alarm by signature."""

    form_class = ReasonForm
    heading = "Close {record.number}"
    lead = "Answered: {record.cause}"
    submit_label = "Sign and close it"
    done = "{result.number} is closed; its charts begin anew with the next release."
    needs_reauth = True
    meaning = "Accepted"

    def act(self, record, data, *, by, token=None):
        return drift_alarms.close(by=by, alarm=record, reason=data["reason"], token=token)
