"""A vendor reports what it found, or asks to strip and recoat; quality answers."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from inspection.domain import vendor_findings
from portal.permissions import QUALITY, VENDORS
from subcontract.models import OutsideOrderLine, VendorStatement
from subcontract.statement_forms import AnswerForm, ConfirmForm, DismissForm, FindingForm, StripForm
from subcontract.views.pages import PersonVerb


class FindingReport(PersonVerb):
    """Report pieces that are not as they should be."""

    roles = VENDORS
    model = OutsideOrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    form_class = FindingForm
    heading = _("Report a nonconformance on {record}")
    lead = _("The lot waits until the shop answers. Keep the pieces apart and do not work on them.")
    submit_label = _("Report it")
    done = _("{result.number} is with the shop. Keep the pieces apart until it answers.")

    def get_record(self, person):
        if self.kwargs["line_number"] > 1_000_000:
            raise Http404("There is no line of that number.")
        return super().get_record(person)

    def act(self, record, data, *, by, token=None):
        return vendor_findings.report_finding(by=by, line=record, **data)

    def success_url(self, result):
        return self.record.get_absolute_url()


class StripAsk(FindingReport):
    """Ask whether a coating may be stripped and put on again."""

    form_class = StripForm
    heading = _("Ask to strip and recoat pieces of {record}")
    lead = _(
        "Stripping takes metal away: do not begin before the shop agreed. The lot waits until it answers."
    )
    submit_label = _("Ask the shop")

    def act(self, record, data, *, by, token=None):
        return vendor_findings.ask_to_strip(by=by, line=record, **data)


class OfStatement(PersonVerb):
    """An answer of quality, signed, after which the lot goes on."""

    roles = QUALITY
    model = VendorStatement
    needs_reauth = True
    meaning = "dispositioned"

    def queryset_for(self, person):
        held = super().queryset_for(person).filter(kind__in=vendor_findings.HELD_KINDS)
        return held.select_related("made_by__organization", "hold__traveler", "line__order")

    def get_lead(self):
        record = self.record
        return f"{record.made_by.organization.name} on {record.quantity} pieces: {record.words}"


class FindingConfirm(OfStatement):
    """Take a vendor's finding up as a nonconformance."""

    form_class = ConfirmForm
    heading = "Take {record.number} up as a nonconformance"
    submit_label = "Open the nonconformance"
    done = "{result.number} is open; its pieces are set apart and the others go on."

    def get_initial(self):
        return {"quantity": self.record.quantity}

    def act(self, record, data, *, by, token=None):
        return vendor_findings.confirm_finding(by=by, statement=record, token=token, **data)


class HeldAnswer(OfStatement):
    """Answer a wish to strip, or dismiss a finding."""

    heading = "Answer {record.number}"
    submit_label = "Answer and let the lot go on"
    done = "The vendor is answered on {result.number}; the lot goes on."

    def get_form(self, **bound):
        is_finding = self.record.kind == VendorStatement.FINDING
        self.form_class = DismissForm if is_finding else AnswerForm
        return super().get_form(**bound)

    def act(self, record, data, *, by, token=None):
        agreed = data.pop("is_agreed", False)
        return vendor_findings.answer_held(by=by, statement=record, is_agreed=agreed, token=token, **data)
