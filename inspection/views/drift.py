"""Release beside release: what drifts first of a part, and one characteristic with its charts and figures."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe

from inspection.domain.pictures import (
    NAMES,
    control_pictures,
    drift_pictures,
    figure,
    table_of,
    values_picture,
)
from inspection.domain.releases import History, histories_of
from inspection.domain.rule_choices import words_of
from inspection.domain.spc.run_rules import WORDS
from inspection.models import DriftAlarm
from inspection.permissions import DECIDERS, READERS
from portal.look.line_charts import ChartPicture, svg_of
from portal.views.verbs import RecordView
from routes.models import Characteristic, Part


def address_of(history: History) -> str:
    """Return the page of one characteristic on one side of the finish."""
    each = history.characteristic
    revision = each.part_revision
    page = reverse(
        "inspection:characteristic-drift", args=[revision.part.number, revision.revision, each.balloon]
    )
    return f"{page}?side={history.side}"


class PartDrift(RecordView):
    """Show every measured characteristic of a part, what drifts first at the top."""

    roles = READERS
    model = Part
    template_name = "inspection/part_drift.html"

    def context(self, record):
        histories = histories_of(record)
        histories.sort(key=lambda each: (each.standing_alarm is None, -each.pressure))
        return {
            "rows": [self.row(each) for each in histories],
            "drifting": [each.standing_alarm for each in histories if each.standing_alarm],
            "crumbs": [{"label": record.number, "url": record.get_absolute_url()}],
        }

    def row(self, history):
        return {
            "history": history,
            "url": address_of(history),
            "capability": capability_words(history),
            "pressure": f"{100 * history.pressure:.0f} %" if history.points else "",
            "is_near": history.pressure > 0.7,
        }


def capability_words(history: History) -> dict[str, Any] | None:
    """Return the index to show first with its bound and what must be said beside it."""
    found = history.capability
    if found is None or found.main is None:
        return None
    return {
        "name": found.main_name,
        "value": f"{found.main.value:.2f}",
        "bound": f"{found.main.bound:.2f}",
        "n": found.n,
        "is_provisional": found.is_provisional,
        "is_performance": found.is_performance,
    }


class CharacteristicDrift(RecordView):
    """Show one characteristic over all releases: values, control chart, capability, drift."""

    roles = READERS
    model = Characteristic
    lookup = {
        "number": "part_revision__part__number",
        "revision": "part_revision__revision",
        "balloon": "balloon",
    }
    template_name = "inspection/characteristic_drift.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part_revision__part")

    def context(self, record):
        part = record.part_revision.part
        histories = histories_of(part, only=[record.pk])
        history = self.chosen(histories)
        crumbs = [
            {"label": part.number, "url": part.get_absolute_url()},
            {"label": "Drift", "url": reverse("inspection:part-drift", args=[part.number])},
        ]
        may_choose = self.request.user.role in DECIDERS
        if history is None:
            return {"history": None, "crumbs": crumbs, "may_choose": may_choose}
        chart = history.drawn_as(self.request.GET.get("chart", "")) or history.chart
        return {
            "history": history,
            "sides": [
                (each.get_side_label(), address_of(each), each.side == history.side) for each in histories
            ]
            if len(histories) > 1
            else [],
            "values": drawn(values_picture(history)),
            "chart": chart,
            "chart_name": NAMES[chart.kind] if chart else "",
            "choices": self.choices(history, chart),
            "control": [drawn(each) for each in control_pictures(history, chart)] if chart else [],
            "signals": signal_words(chart) + release_words(history),
            "choice": history.choice,
            "rules": words_of(history.choice.rules) if history.choice else "",
            "may_choose": may_choose,
            "drift": [drawn(each) for each in drift_pictures(history)],
            "judgement": judgement_of(history),
            "alarm": history.standing_alarm,
            "alarms": DriftAlarm.objects.filter(pk__in=[each.pk for each in history.alarms]),
            "main": capability_words(history),
            "indices": index_rows(history),
            "facts": self.facts(history),
            "table": table_of(history),
            "crumbs": crumbs,
        }

    def chosen(self, histories):
        side = self.request.GET.get("side", "")
        return next((each for each in histories if each.side == side), histories[-1] if histories else None)

    def choices(self, history, chart):
        """Return the other charts the releases allow."""
        if chart is None:
            return []
        return [
            {"label": name, "url": f"{address_of(history)}&chart={kind}", "is_here": kind == chart.kind}
            for kind, name in NAMES.items()
            if kind == chart.kind or history.drawn_as(kind)
        ]

    def facts(self, history):
        each, found = history.characteristic, history.capability
        facts = [
            {"label": "Requirement", "value": each.requirement},
            {"label": "Releases", "value": len(history.releases)},
            {"label": "Values", "value": len(history.values)},
        ]
        if history.first_article:
            article = history.first_article
            facts.append(
                {"label": "Compared with", "value": article.number, "url": article.get_absolute_url()}
            )
        if found:
            facts += [
                {"label": "Mean", "value": f"{figure(found.mean)} {each.unit}"},
                {"label": "Sigma within", "value": f"{figure(found.sigma_within)} {each.unit}"},
                {"label": "Sigma overall", "value": f"{figure(found.sigma_overall)} {each.unit}"},
                {"label": "Normality", "value": normality_words(found)},
            ]
        return facts


def drawn(picture: ChartPicture) -> dict[str, str]:
    """Return a picture with its drawing; every word in the drawing is escaped where it is made."""
    return {"title": picture.title, "words": picture.words, "svg": mark_safe(svg_of(picture))}


def normality_words(found) -> str:
    if found.normality is None:
        return "too few values to say"
    word = "doubtful" if found.normality.is_doubtful else "not contradicted"
    return f"{word} (p {found.normality.p_value:.3f})"


def signal_words(chart) -> list[str]:
    """Return what the control chart flags, a sentence each."""
    if chart is None:
        return []
    return [
        f"{panel.name} {each.at + 1}: {WORDS[each.rule]}."
        for panel in (chart.location, chart.spread)
        for each in panel.signals
    ]


def release_words(history: History) -> list[str]:
    """Return which releases break a chosen run rule against the first article, a sentence each."""
    return [
        f"Release {history.judged[place].lot} against the first article: {'; '.join(broken)}."
        for place, broken in history.broken_rules.items()
    ]


def judgement_of(history: History) -> str:
    """Return in words what the drift limits rest on, or why nothing is judged."""
    if history.baseline:
        return history.baseline.assumption
    if history.first_article is None:
        return "No approved first article was measured on one of these releases, so there is nothing to drift from."
    return "The first article and the releases since have fewer than five values, too few for a baseline."


def index_rows(history: History) -> list[dict[str, str]]:
    """Return every index with its bound and interval, the first of them first."""
    found = history.capability
    if found is None:
        return []
    names = [("Cp", "cp"), ("Cpk", "cpk"), ("Cpm", "cpm"), ("Pp", "pp"), ("Ppk", "ppk"), ("Ppm", "ppm")]
    return [
        {
            "name": name,
            "value": f"{index.value:.3f}",
            "bound": f"{index.bound:.3f}",
            "interval": f"{index.low:.3f} to {index.high:.3f}",
        }
        for name, field in names
        if (index := getattr(found, field)) is not None
    ]
