"""Pieces that go on from a vendor's site, are counted there in our place, or came back too many."""

from __future__ import annotations

from django.http import Http404

from subcontract.delegation_forms import (
    BringHomeForm,
    CountElsewhereForm,
    OverReturnForm,
    PutAsideForm,
    SendOnForm,
)
from subcontract.domain import onward, over_returns, receipts
from subcontract.models import OutsideOrder, OutsideOrderLine, OverReturn
from subcontract.permissions import BUYERS, FLOOR
from subcontract.views.pages import PersonVerb

HIGHEST_LINE = 1_000_000


class OfLine(PersonVerb):
    """An act on one line of an outside order; afterwards its page."""

    roles = FLOOR
    model = OutsideOrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}

    def get_record(self, person):
        if self.kwargs["line_number"] > HIGHEST_LINE:
            raise Http404("There is no line of that number.")
        return super().get_record(person)

    def success_url(self, result):
        return self.record.get_absolute_url()


class OrderSendOn(PersonVerb):
    """Hand the pieces of an order from the vendor that holds them to this one."""

    roles = FLOOR
    model = OutsideOrder
    form_class = SendOnForm
    heading = "Send the pieces of {record.number} on from the other vendor"
    lead = (
        "They go from vendor to vendor without coming home. The work before is verified there, or on arrival."
    )
    submit_label = "Send on"
    done = "The pieces of order {result.number} are with the next vendor."

    def act(self, record, data, *, by, token=None):
        return onward.send_on(by=by, order=record, **data)


class LineCountElsewhere(OfLine):
    """Write down what a vendor's site counted in our place."""

    form_class = CountElsewhereForm
    heading = "What was counted in our place on {record}"
    lead = "The site that holds the pieces counted and looked, by a delegation. They stay there; verify them next."
    submit_label = "Write it down"
    done = "{result.quantity_returned} pieces of lot {result.traveler.number} are counted. Verify them next."

    def act(self, record, data, *, by, token=None):
        for name in ("serials", "lost_serials"):
            data[name] = tuple(data.get(name, ()))
        return receipts.receive_by_delegate(by=by, line=record, **data)


class LineBringHome(OfLine):
    """Bring home pieces that were verified elsewhere in our place."""

    form_class = BringHomeForm
    heading = "Bring pieces of {record} home"
    lead = "They were counted and verified where they are; from that day on they are here."
    submit_label = "They are here"
    done = "The pieces of lot {result.traveler.number} are home."

    def act(self, record, data, *, by, token=None):
        return onward.bring_home(by=by, **data)


class LinePutAside(OfLine):
    """Put pieces aside that came back beyond what was sent."""

    form_class = PutAsideForm
    heading = "Pieces too many on {record}"
    lead = "They enter no lot. Nothing of this line ships before somebody decides what they are."
    submit_label = "Put them aside"
    done = "{result.number}: {result.quantity} pieces are put aside at {result.put_aside_at}."

    def act(self, record, data, *, by, token=None):
        return over_returns.put_aside(by=by, line=record, **data)


class OverReturnDecide(PersonVerb):
    """Decide what pieces too many were."""

    roles = BUYERS
    model = OverReturn
    form_class = OverReturnForm
    heading = "{record.quantity} pieces too many on {record.line}"
    lead = "Kept apart at {record.put_aside_at} since {record.found_on}. Say what they were and how you know."
    submit_label = "Decide"
    done = "{result.number} is decided."

    def act(self, record, data, *, by, token=None):
        return over_returns.decide_over_return(by=by, over_return=record, **data)
