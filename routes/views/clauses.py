"""Quality clauses: kept for each customer, carried by order lines, answered."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse

from portal.permissions import SHOP
from portal.views.doors import LIST
from portal.views.verbs import RecordListView
from routes.clause_forms import AnswerForm, ClauseForm, LineClauseForm
from routes.domain import clauses
from routes.forms import ReasonForm
from routes.models import LineClause, OrderLine, QualityClause
from routes.permissions import PLANNERS
from routes.views.pages import ShopVerb, act, acts_for

TEXT_SHOWN = 240


class ClauseList(RecordListView):
    """Show the clauses, customer by customer."""

    roles = SHOP
    model = QualityClause
    template_name = "portal/list.html"
    ordering = ("customer__name", "number", "revision")

    def queryset_for(self, person):
        found = super().queryset_for(person).select_related("customer")
        unanswered = Count("order_lines", filter=Q(order_lines__answer=""))
        return found.annotate(line_count=Count("order_lines"), open_count=unanswered)

    def narrow(self, queryset):
        words = self.asked("q")
        if not words:
            return queryset
        return queryset.filter(
            Q(customer__name__icontains=words) | Q(number__icontains=words) | Q(title__icontains=words)
        )

    def context(self, rows):
        for row in rows:
            row.beginning = f"{row.text[:TEXT_SHOWN]}…" if len(row.text) > TEXT_SHOWN else row.text
        return {
            "heading": "Quality clauses",
            "lead": "What customers demand on their orders, word for word. A line that carries one answers it.",
            "columns": [
                {"key": "number", "label": "Clause", "kind": "code"},
                {"key": "revision", "label": "Revision", "empty": "none"},
                {"key": "title", "label": "Demands", "note_key": "beginning"},
                {"key": "get_kind_display", "label": "Takes"},
                {"key": "customer.name", "label": "Customer"},
                {"key": "line_count", "label": "Order lines", "kind": "num"},
                {"key": "open_count", "label": "Unanswered", "kind": "num"},
            ],
            "acts": acts_for(self.request.user, PLANNERS, act("Add a clause", "clause-add", is_main=True)),
            "empty_heading": "No clause yet",
            "empty_sentence": "Copy the clauses from a customer's quality terms once; its orders then name them.",
        }


class ClauseAdd(ShopVerb):
    """Keep a clause of a customer."""

    scope = LIST
    form_class = ClauseForm
    heading = "Add a quality clause"
    lead = "Copied from the customer's terms, one revision at a time."
    submit_label = "Add the clause"
    done = "Clause {result} of {result.customer.name} is kept. Put it on the order lines that carry it."

    def act(self, record, data, *, by, token=None):
        return clauses.add_clause(by=by, **data)

    def cancel_url(self):
        return reverse("routes:clause-list")


class LineClauseAdd(ShopVerb):
    """Say that an order line carries a clause."""

    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    form_class = LineClauseForm
    heading = "Put a clause on order line {record}"
    lead = "Nothing of this line ships before the clause is answered."
    submit_label = "Put it on the line"
    done = "Clause {result.clause} is on order line {record}. Answer it next."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order__customer")

    def act(self, record, data, *, by, token=None):
        return clauses.put_on_line(by=by, order_line=record, **data)

    def success_url(self, result):
        return self.cancel_url()


class OfLineClause(ShopVerb):
    """An answer to one clause of one order line."""

    model = LineClause
    lookup = {
        "number": "order_line__order__number",
        "line_number": "order_line__line_number",
        "clause": "clause__number",
        "revision": "clause__revision",
    }
    done = "Clause {result.clause} on order line {result.order_line} is answered."

    def queryset_for(self, person):
        found = super().queryset_for(person)
        return found.select_related("clause", "order_line__order__customer", "order_line__part_revision")

    def get_lead(self):
        return self.record.clause.text or self.record.clause.title

    def cancel_url(self):
        return self.record.order_line.get_absolute_url()

    def success_url(self, result):
        return self.cancel_url()


class LineClauseAnswer(OfLineClause):
    """Name the operation or document that answers a clause."""

    form_class = AnswerForm
    heading = "What answers clause {record.clause} on order line {record.order_line}?"
    submit_label = "Answer the clause"

    def get_initial(self):
        is_signed = self.record.answer == LineClause.NOT_APPLICABLE
        return {} if is_signed else {"answer": self.record.answer, "answered_by": self.record.answered_by}

    def act(self, record, data, *, by, token=None):
        return clauses.answer_clause(by=by, line_clause=record, **data)


class LineClauseNotApplicable(OfLineClause):
    """Sign that a clause does not apply."""

    form_class = ReasonForm
    heading = "Clause {record.clause} does not apply to order line {record.order_line}"
    submit_label = "Sign that it does not apply"
    needs_reauth = True
    meaning = "Reviewed, not applicable"

    def act(self, record, data, *, by, token=None):
        return clauses.answer_clause(
            by=by,
            line_clause=record,
            answer=LineClause.NOT_APPLICABLE,
            answered_by=data["reason"],
            token=token,
        )
