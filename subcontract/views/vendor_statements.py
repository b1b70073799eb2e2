"""The vendor speaks about a line of its order, and the shop answers a dispute."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.permissions import VENDORS
from portal.views.files import FileView
from subcontract.domain import vendor_statements
from subcontract.domain.exports import LabelForbids, require_may_go
from subcontract.domain.receipts import out_on_line, quantity_of
from subcontract.forms import PersonForm
from subcontract.models import OutsideOrderLine, VendorStatement
from subcontract.permissions import BUYERS, READERS
from subcontract.statement_forms import AcknowledgeForm, AnnounceReturnForm, AnswerForm, DisputeForm
from subcontract.views.onward import OfLine
from subcontract.views.pages import PersonVerb


class OwnLine(OfLine):
    """An act of the vendor on one line of its order."""

    roles = VENDORS

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order__site", "traveler", "step__operation")


class LineAcknowledge(OwnLine):
    """Take a line as it was ordered."""

    form_class = AcknowledgeForm
    heading = _("Take order line {record}")
    lead = _("You take due date, requirements and quantity as they are ordered.")
    submit_label = _("Take it")
    done = _("Line {record} is taken. Thank you.")

    def act(self, record, data, *, by, token=None):
        return vendor_statements.acknowledge(by=by, line=record, **data)


class LineDispute(OwnLine):
    """Say what of a line cannot be done as ordered."""

    form_class = DisputeForm
    heading = _("Dispute order line {record}")
    lead = _("Nothing leaves the shop on this line before somebody there answered you.")
    submit_label = _("Send the dispute")
    done = _("Your dispute {result.number} is with the shop. The answer stands on this page.")

    def act(self, record, data, *, by, token=None):
        return vendor_statements.dispute(by=by, line=record, **data)


class LineAnnounceReturn(OwnLine):
    """Announce pieces on their way back."""

    form_class = AnnounceReturnForm
    heading = _("Send pieces of {record} back")
    lead = _(
        "Good, rejected and missing pieces together are those that were sent to you. The shop counts them."
    )
    submit_label = _("Announce the return")
    done = _("The return {result.number} is announced. Put its number on the packing slip.")

    def get_initial(self):
        return {"quantity": sum(quantity_of(lot) for lot in out_on_line(self.record))}

    def act(self, record, data, *, by, token=None):
        return vendor_statements.announce_return(by=by, line=record, **data)


class StatementWithdraw(PersonVerb):
    """Take back what was said."""

    roles = VENDORS
    model = VendorStatement
    heading = _("Withdraw {record.number}")
    lead = _("It stays readable, as withdrawn.")
    submit_label = _("Withdraw it")
    done = _("{result.number} is withdrawn.")
    form_class = PersonForm

    def act(self, record, data, *, by, token=None):
        return vendor_statements.withdraw_statement(by=by, statement=record)


class DisputeAnswer(PersonVerb):
    """Answer a vendor's dispute."""

    roles = BUYERS
    model = VendorStatement
    form_class = AnswerForm
    heading = "Answer {record.number}"
    submit_label = "Answer the vendor"
    done = "The vendor is answered on {result.number}."

    def get_lead(self):
        said = f"{self.record.made_by.organization.name}: {self.record.words}"
        return f"{said} If you agree, cancel the order and order what was agreed; refused, it goes out as ordered."

    def act(self, record, data, *, by, token=None):
        return vendor_statements.answer_dispute(by=by, statement=record, **data)


class StatementPhoto(FileView):
    """Hand out the photo of a finding."""

    roles = READERS
    model = VendorStatement

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("photo__label")

    def stored_file(self, record):
        return record.photo


class LineDrawing(FileView):
    """Hand out the drawing of a line's part, where its label lets the vendor's site have it today."""

    roles = READERS
    model = OutsideOrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}

    def get_record(self, person):
        if self.kwargs["line_number"] > 1_000_000:
            raise Http404("There is no line of that number.")
        return super().get_record(person)

    def queryset_for(self, person):
        part = "traveler__route_revision__part_revision"
        return (
            super()
            .queryset_for(person)
            .select_related("order__site", f"{part}__drawing__label", f"{part}__part")
        )

    def noun(self, record):
        return "outside order"

    def number(self, record):
        return record.order.number

    def stored_file(self, record):
        return drawing_of(record)


def drawing_of(line: OutsideOrderLine):
    """Return the drawing that may be read through a line today; none when a label forbids it."""
    if line.order.state == line.order.CANCELLED:
        return None
    try:
        require_may_go(traveler=line.traveler, site=line.order.site, on=timezone.localdate())
    except LabelForbids:
        return None
    return line.traveler.route_revision.part_revision.drawing


def statement_rows(line: OutsideOrderLine, person) -> list[dict]:
    """Return what the vendor said about a line, with what the reader can do about each."""
    return [_row(each, person) for each in line.statements.all()]


def _row(each: VendorStatement, person) -> dict:
    is_open = each.state == VendorStatement.OPEN
    number = {"number": each.number}
    acts = []
    if is_open and person.is_vendor and not each.hold_id:
        acts = [(_("Withdraw"), "subcontract:statement-withdraw")]
    elif is_open and person.role in BUYERS:
        acts = ANSWERS.get(each.kind, [])
    return {
        "record": each,
        "acts": [{"label": label, "url": reverse(name, kwargs=number)} for label, name in acts],
        "photo_url": reverse("subcontract:statement-photo", kwargs=number) if each.photo_id else "",
    }


# pages of the next room are known by their names
ANSWERS = {
    VendorStatement.DISPUTE: [("Answer", "subcontract:dispute-answer")],
    VendorStatement.FINDING: [
        ("Take it up as a nonconformance", "inspection:vendor-finding-confirm"),
        ("Dismiss it", "inspection:vendor-held-answer"),
    ],
    VendorStatement.STRIP: [("Answer", "inspection:vendor-held-answer")],
}


def vendor_acts(line: OutsideOrderLine, person) -> list[dict]:
    """Return what a vendor can say about a line now, the main one first."""
    if not person.is_vendor:
        return []
    place = {"number": line.order.number, "line_number": line.line_number}
    said = [each for each in line.statements.all() if each.state != VendorStatement.WITHDRAWN]
    is_taken = any(each.kind == VendorStatement.ACKNOWLEDGEMENT for each in said)
    disputes = [each for each in said if each.kind == VendorStatement.DISPUTE]
    is_disputed = bool(disputes) and disputes[-1].state != VendorStatement.REFUSED
    is_out = line.order.state == line.order.SHIPPED
    is_to_do = line.order.state in vendor_statements.STILL_TO_DO
    offered = [
        (
            is_to_do and not is_taken and not is_disputed,
            _("Take the order"),
            "subcontract:line-acknowledge",
            True,
        ),
        (is_out, _("Send pieces back"), "subcontract:line-announce-return", is_taken),
        (is_to_do and not is_disputed, _("Dispute it"), "subcontract:line-dispute", False),
        (is_out, _("Report a nonconformance"), "inspection:vendor-finding-report", False),
        (is_out, _("Ask to strip and recoat"), "inspection:vendor-strip-ask", False),
    ]
    return [
        {"label": label, "url": reverse(name, kwargs=place), "is_main": is_main}
        for is_so, label, name, is_main in offered
        if is_so
    ]
