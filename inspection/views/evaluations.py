"""Evaluations: the list, one with what changed and what that touches, and the acts on it."""

from __future__ import annotations

from django.utils.text import capfirst

from inspection.domain import evaluation_scopes, evaluations, first_articles
from inspection.domain.evaluated import baseline_of
from inspection.domain.trigger_reading import change_of
from inspection.domain.triggers.kinds import KINDS
from inspection.models import FirstArticle, TriggerEvaluation
from inspection.permissions import DECIDERS, MEASURERS, READERS
from inspection.trigger_forms import DecisionForm, EvaluatedArticleForm, ReportForm
from inspection.views.pages import act, acts_for, crumb, link
from portal.views.verbs import RecordListView, RecordView
from routes.domain.lots import serials_of
from routes.forms import ShopForm
from routes.models import Traveler
from routes.views.pages import ShopVerb, history_of

JOINS = ("traveler", "part_revision__part__customer", "baseline", "opened_by", "signature")
SHOWN = 3


class EvaluationList(RecordListView):
    """Show the evaluations, those that wait first."""

    roles = READERS
    model = TriggerEvaluation
    template_name = "portal/list.html"
    ordering = ("-state", "-id")

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def narrow(self, queryset):
        if self.asked("state") in dict(TriggerEvaluation.STATES):
            queryset = queryset.filter(state=self.asked("state"))
        return queryset

    def context(self, rows):
        for row in rows:
            row.tone = "owed" if row.state == TriggerEvaluation.OPEN else ""
            row.stands = "evaluate" if row.state == TriggerEvaluation.OPEN else "decided"
            words = [change_of(each).words for each in row.changes]
            more = f"; and {len(words) - SHOWN} more" if words[SHOWN:] else ""
            row.said = capfirst("; ".join(words[:SHOWN]) + more)
        return {
            "heading": "Evaluations",
            "lead": "What differs from an approved first article opens one by itself. Nothing ships until it is "
            "decided: no first article, a partial or a full one.",
            "columns": [
                {"key": "number", "label": "Number", "kind": "code", "url_key": "get_absolute_url"},
                {
                    "key": "traveler.number",
                    "label": "Lot",
                    "kind": "code",
                    "url_key": "traveler.get_absolute_url",
                    "note_key": "part_revision",
                },
                {"key": "said", "label": "What changed"},
                {"key": "baseline.number", "label": "Since", "kind": "code"},
                {"key": "opened_at", "label": "Opened", "kind": "moment"},
                {"key": "get_decision_display", "label": "Decision", "empty": "none yet"},
                {"key": "stands", "label": "State", "kind": "state"},
            ],
            "empty_heading": "No evaluation",
            "empty_sentence": "A lot that differs from its approved first article opens one by itself.",
        }


class EvaluationDetail(RecordView):
    """Show one evaluation: what changed, before and after, which characteristics that touches, the decision."""

    roles = READERS
    model = TriggerEvaluation
    template_name = "inspection/evaluation_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def context(self, record):
        is_open = record.state == TriggerEvaluation.OPEN
        changes = [change_of(row) for row in record.changes]
        return {
            "facts": self.facts(record),
            "is_open": is_open,
            "changes": [
                {
                    "kind": KINDS[each.kind][0],
                    "group": KINDS[each.kind][1],
                    "subject": each.subject,
                    "before": each.before,
                    "after": each.after,
                    "is_code": len(each.before) == 64 or len(each.after) == 64,
                    "at": each.at,
                    "basis": each.basis,
                }
                for each in changes
            ],
            "scope": self.touched(record, is_open=is_open),
            "is_partial": record.decision == TriggerEvaluation.PARTIAL,
            "articles": record.first_articles.order_by("pk"),
            "acts": self.acts(record),
            "events": history_of(self.request.user, "evaluation", record.number),
            "crumbs": [crumb("Evaluations", "evaluation-list")],
        }

    def facts(self, record):
        opened_by = record.opened_by.printed_name if record.opened_by else "the portal, by itself"
        return [
            {"label": "State", "state": "evaluate" if record.state == TriggerEvaluation.OPEN else "decided"},
            link("Part and revision", record.part_revision),
            link("Lot", record.traveler),
            link("Compared with", record.baseline),
            {"label": "Opened", "value": f"{record.opened_at:%-d %b %Y %H:%M} UTC", "note": opened_by},
        ]

    def touched(self, record, *, is_open: bool) -> list[dict]:
        """Return what was decided on, or what is proposed as long as nothing is."""
        if not is_open:
            return record.scope
        return [
            {"balloon": each.balloon, "name": each.name, "reasons": each.reasons, "taken_out": ""}
            for each in evaluation_scopes.proposed_scope(record)
        ]

    def acts(self, record):
        number, person = record.number, self.request.user
        if record.state == TriggerEvaluation.OPEN:
            decide = act("Decide", "evaluation-decide", is_main=True, number=number)
            return acts_for(person, (DECIDERS, decide))
        is_due = record.decision != TriggerEvaluation.NONE and not record.first_articles.exists()
        if not is_due:
            return []
        words = f"Open the {record.decision} first article"
        return acts_for(person, (MEASURERS, act(words, "evaluation-article", is_main=True, number=number)))


class EvaluationOpen(ShopVerb):
    """Evaluate a lot now."""

    roles = MEASURERS
    model = Traveler
    form_class = ShopForm
    heading = "Evaluate lot {record.number}"
    lead = (
        "What the lot uses is compared with what the approved first article represented. What differs goes onto an "
        "evaluation a quality engineer decides."
    )
    submit_label = "Open the evaluation"
    done = "{result.number} shows what changed."

    def act(self, record, data, *, by, token=None):
        return evaluations.evaluate(by=by, traveler=record)


class EvaluationReport(ShopVerb):
    """Report an event or a corrective action."""

    roles = MEASURERS
    model = Traveler
    form_class = ReportForm
    heading = "Report what may have hurt the process of lot {record.number}"
    lead = "A crash, a flood, a corrective action: what no record shows. A quality engineer decides what follows."
    submit_label = "Report it"
    done = "{result.number} waits for a decision."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("route_revision__part_revision__part")

    def act(self, record, data, *, by, token=None):
        return evaluations.report(by=by, traveler=record, **data)


class EvaluationDecide(ShopVerb):
    """Decide an evaluation, signed."""

    roles = DECIDERS
    model = TriggerEvaluation
    form_class = DecisionForm
    needs_reauth = True
    meaning = "Approved"
    heading = "Decide {record.number}"
    submit_label = "Sign the decision"
    done = "{result.number} is decided."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def get_lead(self):
        words = "; ".join(change_of(row).words for row in self.record.changes)
        return f"Since {self.record.baseline.number}: {words.rstrip('.')}."

    def act(self, record, data, *, by, token=None):
        return evaluations.decide(by=by, evaluation=record, token=token, **data)


class EvaluationArticle(ShopVerb):
    """Open the first article an evaluation asked for."""

    roles = MEASURERS
    model = TriggerEvaluation
    form_class = EvaluatedArticleForm
    heading = "Open the first article {record.number} asks for"
    lead = "Extent, baseline and reason are the decision's; its Form 3 lists exactly what was decided."
    submit_label = "Open the first article"
    done = "{result.number} is open."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def get_initial(self):
        lot = self.record.traveler
        return {"lot": lot.number, "serial": (serials_of(lot) or ["1"])[0]}

    def act(self, record, data, *, by, token=None):
        is_partial = record.decision == TriggerEvaluation.PARTIAL
        return first_articles.open_first_article(
            by=by,
            traveler=data["lot"],
            serial=data["serial"],
            comments=data["comments"],
            reason=evaluations.reason_of(record),
            extent=FirstArticle.PARTIAL if is_partial else FirstArticle.FULL,
            baseline=baseline_of(record) if is_partial else None,
            evaluation=record,
        )
