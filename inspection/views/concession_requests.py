"""Requests for concessions and permits: asked by the shop, decided by the customer, used up by lots."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse

from inspection.domain import concession_requests
from inspection.finding_forms import ConcessionRequestForm, DrawForm, GrantForm, PermitRequestForm, WhyForm
from inspection.models import ConcessionRequest, Nonconformance
from inspection.permissions import CUSTOMER_DECIDERS, DECIDERS, REQUEST_READERS
from inspection.views.pages import act, acts_for, crumb
from portal.domain.files import take_in
from portal.views.files import FileView
from portal.views.verbs import RecordListView, RecordView
from routes.models import OrderLine
from routes.views.pages import ShopVerb, history_of

JOINS = (
    "customer",
    "nonconformance__traveler__route_revision__part_revision__part",
    "order_line__order",
    "order_line__part_revision__part",
    "requested_by",
    "signature",
)


def about(request: ConcessionRequest) -> str:
    """Return what a request is about, in one word."""
    if request.nonconformance:
        return request.nonconformance.number
    return f"{request.order_line.order.po_number} line {request.order_line.line_number}"


def part_of(request: ConcessionRequest):
    if request.nonconformance:
        return request.nonconformance.traveler.route_revision.part_revision
    return request.order_line.part_revision


class ConcessionRequestList(RecordListView):
    """Show the requests a person may see, those that wait for the customer first."""

    roles = REQUEST_READERS
    model = ConcessionRequest
    template_name = "portal/list.html"

    def queryset_for(self, person):
        first = Case(
            When(state=ConcessionRequest.REQUESTED, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        return super().queryset_for(person).select_related(*JOINS).order_by(first, "-id")

    def narrow(self, queryset):
        asked = self.asked("q").upper()
        if asked:
            queryset = queryset.filter(
                Q(number__startswith=asked) | Q(nonconformance__number__startswith=asked)
            )
        if self.asked("state") in dict(ConcessionRequest.STATES):
            queryset = queryset.filter(state=self.asked("state"))
        return queryset

    def context(self, rows):
        is_shop = self.request.user.is_shop
        for row in rows:
            is_waiting = row.state == ConcessionRequest.REQUESTED
            row.tone = "ours" if is_waiting and not is_shop else ""
            row.about, row.part_words = about(row), str(part_of(row))
            row.waits_for = f"waits for {row.customer.name}" if is_waiting else ""
        return {
            "heading": "Concessions",
            "lead": "What the design authority is asked to let pass: as it is, or repaired, within limits."
            if is_shop
            else "Pieces that depart from your drawing. Nothing of them ships before you let them pass.",
            "columns": [
                {"key": "number", "label": "Request", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "kind_words", "label": "Asks for", "note_key": "get_proposal_display"},
                {"key": "about", "label": "About", "kind": "code", "note_key": "part_words"},
                {"key": "quantity", "label": "Pieces", "kind": "num"},
                {"key": "requested_at", "label": "Asked", "kind": "moment"},
                {"key": "state", "label": "State", "kind": "state", "note_key": "waits_for"},
            ],
            "empty_heading": "No request",
            "empty_sentence": "One is asked on the page of a nonconformance, or of an order before making."
            if is_shop
            else "It appears here when the shop asks you to let pieces pass.",
        }


class ConcessionRequestDetail(RecordView):
    """Show one request: what departs from what, why it will do, the limits granted and what of them is used."""

    roles = REQUEST_READERS
    model = ConcessionRequest
    template_name = "inspection/concession_request_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS, "attachment")

    def context(self, record):
        person = self.request.user
        found = record.nonconformance
        is_waiting = record.state == ConcessionRequest.REQUESTED
        return {
            "facts": self._facts(record),
            "is_waiting": is_waiting,
            "is_theirs": is_waiting and not person.is_shop and person.role in CUSTOMER_DECIDERS,
            "concessions": record.concessions.select_related("nonconformance"),
            "left": concession_requests.left_of(record) if record.is_permit else None,
            "finding": getattr(found, "record", None) if found else None,
            "containment": found.containment.select_related("checked_by") if found else (),
            "acts": self._acts(record),
            "events": history_of(person, "concession request", record.number),
            "crumbs": [crumb("Concessions", "concession-request-list")],
        }

    def _facts(self, record: ConcessionRequest) -> list[dict]:
        line = record.order_line or record.nonconformance.traveler.order_line
        facts = [
            {"label": "State", "state": record.state},
            {"label": "Asks for", "value": f"{record.kind_words}: {record.get_proposal_display().lower()}"},
            {"label": "Part", "value": str(part_of(record))},
            {"label": "Order", "value": f"{line.order.po_number} line {line.line_number}", "is_code": True},
            {"label": "Pieces", "value": record.quantity},
            {"label": "Serials", "value": ", ".join(record.serials) or "none", "is_code": True},
            {"label": "Decides", "value": record.customer.name},
            {"label": "Asked by", "value": record.requested_by.printed_name},
            {"label": "Asked", "value": f"{record.requested_at:%-d %b %Y %H:%M} UTC"},
        ]
        if record.nonconformance:
            address = record.nonconformance.get_absolute_url()
            about_it = {"label": "Nonconformance", "value": record.nonconformance.number, "url": address}
            facts.insert(2, about_it)
        if record.attachment:
            address = reverse("inspection:concession-request-paper", args=[record.number])
            facts.append({"label": "Attached", "value": record.attachment.original_name, "url": address})
        return facts

    def _acts(self, record: ConcessionRequest) -> list[dict]:
        if record.state != ConcessionRequest.REQUESTED:
            return []
        number, person = record.number, self.request.user
        return acts_for(
            person,
            (
                CUSTOMER_DECIDERS,
                act("Let them pass", "concession-request-grant", is_main=True, number=number),
            ),
            (CUSTOMER_DECIDERS, act("Refuse", "concession-request-refuse", number=number)),
            (DECIDERS, act("Withdraw", "concession-request-withdraw", number=number)),
        )


class OfRequest(ShopVerb):
    """An act on one request; afterwards its page."""

    model = ConcessionRequest

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)


class ConcessionAsk(ShopVerb):
    """Ask the customer for a concession on a nonconformance."""

    roles = DECIDERS
    model = Nonconformance
    form_class = ConcessionRequestForm
    heading = "Ask for a concession on {record.number}"
    lead = "The customer's quality people read it on their desk, and let the pieces pass within limits, or refuse."
    submit_label = "Send the request"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler__order_line__order__customer")

    def act(self, record, data, *, by, token=None):
        data["attachment"] = _paper(data, by)
        return concession_requests.request_concession(by=by, nonconformance=record, **data)

    def message(self, result):
        return f"{result.number} is asked for; it waits for {result.customer.name}."


class PermitAsk(ShopVerb):
    """Ask the customer for a deviation permit before making."""

    roles = DECIDERS
    model = OrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    form_class = PermitRequestForm
    heading = "Ask for a deviation permit on {record}"
    lead = "Before making: so many pieces of this line may depart from one requirement, if the customer lets them."
    submit_label = "Send the request"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order__customer", "part_revision__part")

    def act(self, record, data, *, by, token=None):
        data["attachment"] = _paper(data, by)
        return concession_requests.request_permit(by=by, order_line=record, **data)

    def message(self, result):
        return f"{result.number} is asked for; it waits for {result.customer.name}."


def _paper(data: dict, by):
    paper = data.pop("paper", None)
    return take_in(content=paper.read(), name=paper.name, by=by) if paper else None


class PermitDraw(ShopVerb):
    """Let the pieces of a nonconformance pass under a permit given before they were made."""

    roles = DECIDERS
    model = Nonconformance
    form_class = DrawForm
    heading = "Use a deviation permit for {record.number}"
    lead = "The pieces are counted against what the customer permitted for this order line."
    submit_label = "Use it"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler__route_revision")

    def act(self, record, data, *, by, token=None):
        return concession_requests.draw_on_permit(by=by, permit=data["permit"], nonconformance=record)

    def message(self, result):
        return f"{result.number} lets {result.quantity_limit} pieces of {self.record.number} pass."

    def success_url(self, result):
        return self.cancel_url()


class ConcessionRequestGrant(OfRequest):
    """Let the pieces pass, as the customer."""

    roles = CUSTOMER_DECIDERS
    form_class = GrantForm
    heading = "Let the pieces of {record.number} pass"
    lead = "{record.description} The shop says: {record.justification}"
    submit_label = "Sign: let them pass"
    done = "{result.number} is granted."
    needs_reauth = True
    meaning = "Approved"

    def act(self, record, data, *, by, token=None):
        data["serials"] = tuple(data.get("serials", ()))
        return concession_requests.grant(by=by, request=record, token=token, **data)


class ConcessionRequestRefuse(OfRequest):
    """Refuse, as the customer."""

    roles = CUSTOMER_DECIDERS
    form_class = WhyForm
    heading = "Refuse {record.number}"
    lead = "{record.description} The shop reads your reason and reworks, replaces or scraps the pieces."
    submit_label = "Sign the refusal"
    done = "{result.number} is refused."
    needs_reauth = True
    meaning = "Approved"
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return concession_requests.refuse(by=by, request=record, token=token, **data)


class ConcessionRequestWithdraw(OfRequest):
    """Take a request back."""

    roles = DECIDERS
    form_class = WhyForm
    heading = "Withdraw {record.number}"
    lead = "The customer keeps seeing it, with the reason."
    submit_label = "Withdraw it"
    done = "{result.number} is withdrawn."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return concession_requests.withdraw(by=by, request=record, **data)


class ConcessionRequestPaper(FileView):
    """Hand out what is attached to a request."""

    roles = REQUEST_READERS
    model = ConcessionRequest
    is_inline = True

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("attachment__label")

    def stored_file(self, record):
        return record.attachment
