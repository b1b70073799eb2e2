"""Acts on findings that need no signature: asking the customer, answering a corrective action, correcting a report."""

from __future__ import annotations

from django.http import Http404
from rest_framework import serializers

from inspection.api.findings import FAI_JOINS, FirstArticleReading
from inspection.api.improvement import (
    ACTION_JOINS,
    REQUEST_JOINS,
    ConcessionRequestReading,
    CorrectiveActionWithAnswer,
    CorrectiveStepReading,
)
from inspection.domain import concession_requests, corrections, corrective_actions
from inspection.models import ConcessionRequest, CorrectiveAction, FirstArticle, Nonconformance
from inspection.permissions import (
    ACTION_ANSWERERS,
    ACTION_READERS,
    DECIDERS,
    FIRST_ARTICLE_READERS,
    MEASURERS,
    READERS,
    REQUEST_READERS,
)
from portal.api.doors import ApiVerb
from portal.api.fields import Input, count, day
from portal.api.fields import text as words
from routes.models import OrderLine


class ReasonInput(Input):
    reason = words(2000)


class CorrectionInput(Input):
    # it stands in field 14, behind the words "Corrects FA-…: "
    reason = words(270)


class FirstArticleCorrect(ApiVerb):
    """Start a first article in the place of an approved one; it is submitted and approved by people."""

    roles = FIRST_ARTICLE_READERS
    write_roles = MEASURERS
    model = FirstArticle
    input_class = CorrectionInput
    output_class = FirstArticleReading

    def fetched(self, queryset):
        return queryset.select_related(*FAI_JOINS)

    def act(self, record, data, *, by):
        return corrections.open_correction(by=by, first_article=record, **data)


class ConcessionInput(Input):
    proposal = serializers.ChoiceField(ConcessionRequest.PROPOSALS)
    justification = words(2000)
    description = words(
        2000, required=False, help_text="Left empty, the nonconformance's own words are sent."
    )


class ConcessionAsk(ApiVerb):
    """Ask the customer to let the pieces of a nonconformance pass; its quality people answer, signed."""

    roles = READERS
    write_roles = DECIDERS
    model = Nonconformance
    input_class = ConcessionInput
    output_class = ConcessionRequestReading

    def act(self, record, data, *, by):
        return concession_requests.request_concession(by=by, nonconformance=record, **data)


class PermitInput(Input):
    proposal = serializers.ChoiceField(ConcessionRequest.PROPOSALS)
    quantity = count(help_text="Pieces, no more than the line orders.")
    description = words(2000)
    justification = words(2000)


class PermitAsk(ApiVerb):
    """Ask the customer before making: so many pieces of an order line may depart from one requirement."""

    roles = READERS
    write_roles = DECIDERS
    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    input_class = PermitInput
    output_class = ConcessionRequestReading

    def act(self, record, data, *, by):
        return concession_requests.request_permit(by=by, order_line=record, **data)


class ConcessionWithdraw(ApiVerb):
    """Take a request back before it is answered."""

    roles = REQUEST_READERS
    write_roles = DECIDERS
    model = ConcessionRequest
    input_class = ReasonInput
    output_class = ConcessionRequestReading

    def fetched(self, queryset):
        return queryset.select_related(*REQUEST_JOINS)

    def act(self, record, data, *, by):
        return concession_requests.withdraw(by=by, request=record, **data)


class OfAction(ApiVerb):
    """An act of whoever answers a corrective action: the shop itself, or the vendor it is asked of."""

    roles = ACTION_READERS
    write_roles = ACTION_ANSWERERS
    model = CorrectiveAction
    output_class = CorrectiveActionWithAnswer

    def fetched(self, queryset):
        return queryset.select_related(*ACTION_JOINS)


class StepInput(Input):
    text = words(300)
    owner = words(120)
    due_on = day()


class CorrectiveActionAddStep(OfAction):
    """Say one thing that is to be done, by whom, until when."""

    input_class = StepInput
    output_class = CorrectiveStepReading

    def act(self, record, data, *, by):
        return corrective_actions.add_step(by=by, action=record, **data)


class AnswerInput(Input):
    containment = words(4000)
    occurrence_cause = words(4000, help_text="Why it happened.")
    escape_cause = words(4000, help_text="Why it was not found.")
    systemic_cause = words(4000, required=False)
    check_on = day(required=False, allow_null=True)
    check_after_lots = count(required=False, allow_null=True)


class CorrectiveActionAnswer(OfAction):
    """Answer: what was contained, why it happened, why it was not found, when to look whether it helped."""

    input_class = AnswerInput

    def act(self, record, data, *, by):
        return corrective_actions.answer(by=by, action=record, **data)


class FinishInput(Input):
    done_on = day()
    evidence = words(300, help_text="What shows it.")


class CorrectiveActionFinish(OfAction):
    """Say that one action is done; the address names it by its place among the actions, the first is 1."""

    input_class = FinishInput
    output_class = CorrectiveStepReading

    def act(self, record, data, *, by):
        steps = list(record.steps.order_by("pk"))
        place = self.kwargs["place"]
        if not 0 < place <= len(steps):
            raise Http404(f"{record.number} has no action {place}.")
        return corrective_actions.finish_step(by=by, action=record, step=steps[place - 1], **data)


class CorrectiveActionImplement(OfAction):
    """Say that everything is done; from now on its effect is watched."""

    input_class = Input

    def act(self, record, data, *, by):
        return corrective_actions.implement(by=by, action=record)
