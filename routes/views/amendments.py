"""Pages on which one lot's way is changed: proposing it, and the second person who signs or refuses."""

from __future__ import annotations

from django.urls import reverse

from portal.permissions import SHOP
from portal.views.verbs import RecordView
from routes.amendment_forms import AddForm, DecisionReasonForm, RedlineForm, RepeatForm, SkipForm
from routes.domain import lot_amendments
from routes.domain.amended import amendments_of, what_it_changes
from routes.forms import ShopForm
from routes.models import Traveler, TravelerAmendment
from routes.permissions import FLOOR, PLANNERS
from routes.views.pages import ShopVerb, act, crumb

# what is possible while something of the lot is still to be done; operations can be repeated after that
BEFORE_THE_END = (
    ("Redline an operation", "amendment-redline"),
    ("Skip an operation", "amendment-skip"),
    ("Add an operation", "amendment-add"),
)


class TravelerAmendments(RecordView):
    """Show how one lot's way differs from its route, and what waits for a decision."""

    roles = SHOP
    model = Traveler
    template_name = "routes/amendment_list.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("route_revision__part_revision__part", "order_line__order__customer")
        )

    def context(self, record):
        person = self.request.user
        is_here = record.state not in (Traveler.SHIPPED, Traveler.CLOSED)
        possible = BEFORE_THE_END if record.state == Traveler.OPEN else ()
        possible = (*possible, ("Repeat operations", "traveler-rework")) if is_here else ()
        return {
            "rows": [self.row(each, person, is_here) for each in amendments_of(record)],
            "acts": [act(label, name, number=record.number) for label, name in possible],
            "crumbs": [
                crumb("Travelers", "traveler-list"),
                {"label": record.number, "url": record.get_absolute_url()},
            ],
        }

    def row(self, amendment, person, is_here):
        """Return one amendment with what this reader may do about it."""
        is_open = is_here and amendment.state == TravelerAmendment.PROPOSED
        is_own = amendment.proposed_by_id == person.pk
        number = amendment.number
        return {
            "amendment": amendment,
            "changes": what_it_changes(amendment),
            "is_inherited": amendment.traveler_id != self.record.pk,
            "decide": act("Decide", "amendment-approve", number=number)
            if is_open and not is_own and person.role in PLANNERS
            else None,
            "withdraw": act("Withdraw", "amendment-withdraw", number=number) if is_open and is_own else None,
        }


class Proposal(ShopVerb):
    """A proposal for one lot; afterwards the list of its amendments is shown."""

    roles = FLOOR
    model = Traveler
    submit_label = "Propose it"
    done = "{result.number} waits for a quality engineer other than you. What it touches is not signed before that."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("route_revision__part_revision__part")


class AmendmentRedline(Proposal):
    """Propose words that hold for this lot at one operation."""

    form_class = RedlineForm
    heading = "Redline the traveler of lot {record.number}"
    lead = "The words stand beside those of the route, on every page and on the printed traveler of this lot alone."

    def act(self, record, data, *, by, token=None):
        return lot_amendments.propose_redline(by=by, traveler=record, **data)


class AmendmentSkip(Proposal):
    """Propose to pass one operation over."""

    form_class = SkipForm
    heading = "Skip an operation of lot {record.number}"
    lead = (
        "Possible for what is only the shop's own plan. What a drawing, an order, a specification or the first article "
        "rests on is changed in the route."
    )

    def act(self, record, data, *, by, token=None):
        return lot_amendments.propose_skip(by=by, traveler=record, **data)


class AmendmentAdd(Proposal):
    """Propose an operation of this lot alone."""

    form_class = AddForm
    heading = "Add an operation to lot {record.number}"
    lead = "It stands between two operations of this lot; other lots and the route stay as they are."

    def act(self, record, data, *, by, token=None):
        return lot_amendments.propose_add(by=by, traveler=record, **data)


class TravelerRework(Proposal):
    """Propose to repeat operations of a lot."""

    form_class = RepeatForm
    heading = "Rework lot {record.number}"
    lead = (
        "The whole lot repeats these operations in a further pass. Include the inspection that proves it. Pieces that "
        "are not to the drawing are a nonconformance; its disposition orders their rework."
    )

    def act(self, record, data, *, by, token=None):
        return lot_amendments.propose_repeat(by=by, traveler=record, **data)


class OfAmendment(ShopVerb):
    """A decision on one amendment; what it says stands beside the form."""

    model = TravelerAmendment
    template_name = "routes/amendment_decide.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "traveler__order_line__order__customer",
                "traveler__route_revision",
                "step__operation",
                "operation",
                "proposed_by",
                "signature",
            )
        )

    def context(self, record):
        route_says = record.step.operation.instructions if record.step else ""
        return {
            "facts": [
                {"label": "State", "state": record.state},
                {"label": "Kind", "value": record.get_kind_display()},
                {"label": "Changes", "value": what_it_changes(record)},
                {
                    "label": "Proposed by",
                    "value": record.proposed_by.printed_name,
                    "note": f"{record.proposed_at:%-d %b %Y %H:%M} UTC",
                },
                {"label": "Because", "value": record.reason},
            ],
            "route_says": route_says,
            "is_decided": record.state != TravelerAmendment.PROPOSED,
            "is_own": record.proposed_by_id == self.request.user.pk,
            "other": self.other(record),
        }

    def other(self, record):
        """Return the link to the other decision."""
        return None

    def get_crumbs(self):
        lot = self.record.traveler
        return [
            {"label": lot.number, "url": lot.get_absolute_url()},
            crumb("Amendments", "traveler-amendments", number=lot.number),
        ]

    def cancel_url(self):
        return reverse("routes:traveler-amendments", args=[self.record.traveler.number])


class AmendmentApprove(OfAmendment):
    """Sign an amendment."""

    form_class = ShopForm
    heading = "Approve {record.number}, lot {record.traveler.number}"
    lead = (
        "By signing you say that the pieces still meet drawing, order and specification when this lot is made so. "
        "It holds at once, and the package names it with your name."
    )
    submit_label = "Sign the approval"
    needs_reauth = True
    meaning = "Approved"
    done = "{result.number} is approved and holds for lot {result.traveler.number}."

    def other(self, record):
        return act("Refuse it instead", "amendment-refuse", number=record.number)

    def act(self, record, data, *, by, token=None):
        return lot_amendments.approve(by=by, amendment=record, token=token)


class AmendmentRefuse(OfAmendment):
    """Sign that an amendment does not hold."""

    form_class = DecisionReasonForm
    heading = "Refuse {record.number}, lot {record.traveler.number}"
    lead = "The lot goes on as its route says; the proposal is kept with your reason."
    submit_label = "Sign the refusal"
    needs_reauth = True
    meaning = "Dispositioned"
    is_danger = True
    done = "{result.number} is refused. Lot {result.traveler.number} goes on as its route says."

    def other(self, record):
        return act("Approve it instead", "amendment-approve", number=record.number)

    def act(self, record, data, *, by, token=None):
        return lot_amendments.refuse(by=by, amendment=record, reason=data["reason"], token=token)


class AmendmentWithdraw(OfAmendment):
    """Take a proposal back."""

    roles = FLOOR
    template_name = "portal/verb.html"
    form_class = DecisionReasonForm
    heading = "Withdraw {record.number}, lot {record.traveler.number}"
    lead = "Nobody has decided it yet. The lot goes on as its route says."
    submit_label = "Withdraw it"
    done = "{result.number} is withdrawn."

    def act(self, record, data, *, by, token=None):
        return lot_amendments.withdraw(by=by, amendment=record, reason=data["reason"])
