"""Undoing what inspection accepted: an inspection, a decision on a nonconformance, an approval."""

from __future__ import annotations

from inspection.domain import reversals
from inspection.models import FirstArticle, InspectionRecord, Nonconformance
from routes.views.reversals import UndoVerb


class RecordUndo(UndoVerb):
    """Undo a completed inspection."""

    model = InspectionRecord
    heading = "Undo inspection {record.number} of lot {record.traveler.number}"
    lead = (
        "The inspection is open again, with its values, and so are its step and the return it verified. The first "
        "signature stays readable, struck through."
    )

    def queryset_for(self, person):
        return (
            super().queryset_for(person).select_related("traveler", "step__operation", "completion_signature")
        )

    def act(self, record, data, *, by, token=None):
        return reversals.undo_completion(by=by, record=record, token=token, **data)


class NonconformanceUndo(UndoVerb):
    """Undo the decision on a nonconformance."""

    model = Nonconformance
    heading = "Undo the decision on {record.number}"
    lead = (
        "The pieces are undecided again and do not go on. Where they have left, a notice to the customer is drafted. "
        "The first decision stays readable, struck through."
    )

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler", "disposition_signature")

    def act(self, record, data, *, by, token=None):
        return reversals.undo_disposition(by=by, nonconformance=record, token=token, **data)


class FirstArticleWithdraw(UndoVerb):
    """Withdraw the approval of a first article."""

    model = FirstArticle
    heading = "Withdraw the approval of {record.number}"
    lead = (
        "It proves nothing any more, for any lot made by its route; a new first article takes its place. Where lots "
        "have left on it, notices to their customers are drafted. Every signature stays readable."
    )
    submit_label = "Withdraw the approval"
    done = "{result.number}: the approval of {record.number} is withdrawn."

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("traveler", "order_line__order__customer", "approved_signature")
        )

    def act(self, record, data, *, by, token=None):
        return reversals.withdraw_approval(by=by, first_article=record, token=token, **data)
