"""Waivers: who asked for what to be let pass, who decides, what was used of it."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, Sum, Value, When
from django.urls import reverse
from django.utils import timezone

from documents.domain import waivers
from documents.domain.chain.slots import start
from documents.domain.chain.waiving import decider
from documents.domain.waiver_uses import pieces_used
from documents.forms.waivers import (
    SEPARATOR,
    WaiverAnswerForm,
    WaiverForm,
    WaiverRefusalForm,
    WaiverWithdrawForm,
)
from documents.models import Waiver
from documents.permissions import (
    WAIVER_DECIDERS,
    WAIVER_READERS,
    WAIVER_REQUESTERS,
    may_decide_waiver,
    may_withdraw_waiver,
)
from portal.domain.files import take_in
from portal.models import Signature
from portal.views.files import FileView
from portal.views.verbs import RecordListView, RecordView
from routes.models import Traveler
from routes.views.pages import ShopVerb, history_of

COLUMNS = [
    {"key": "number", "label": "Waiver", "kind": "code", "url_key": "get_absolute_url"},
    {
        "key": "traveler.number",
        "label": "Lot",
        "kind": "code",
        "note_key": "traveler.route_revision.part_revision",
    },
    {"key": "demand", "label": "Demand", "note_key": "code"},
    {"key": "quantity_limit", "label": "Pieces", "kind": "num", "note_key": "used_words"},
    {"key": "valid_to", "label": "Until", "kind": "day"},
    {"key": "stands", "label": "State", "kind": "state", "note_key": "waits_for"},
]
JOINS = (
    "traveler__order_line__order__customer",
    "traveler__route_revision__part_revision__part",
    "requested_by",
)


def stands(waiver: Waiver) -> str:
    """Return the state a waiver is shown in: a granted one ends with its last day."""
    is_over = waiver.state == Waiver.GRANTED and waiver.valid_to < timezone.localdate()
    return "ended" if is_over else waiver.state


def who_decides(waiver: Waiver) -> str:
    return decider(waiver.authority, waiver.traveler.order_line.order.customer.name)


class WaiverList(RecordListView):
    """Show the waivers a person may see, those that wait for an answer first."""

    roles = WAIVER_READERS
    model = Waiver
    template_name = "portal/list.html"

    def queryset_for(self, person):
        waiting = Case(
            When(state=Waiver.REQUESTED, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        used = Sum("uses__quantity", filter=Q(uses__is_active=True), default=0)
        return (
            super().queryset_for(person).select_related(*JOINS).annotate(used=used).order_by(waiting, "-id")
        )

    def narrow(self, queryset):
        asked = self.asked("q").upper()
        if asked:
            queryset = queryset.filter(Q(number__startswith=asked) | Q(traveler__number__startswith=asked))
        if self.asked("state") in dict(Waiver.STATES):
            queryset = queryset.filter(state=self.asked("state"))
        return queryset

    def context(self, rows):
        person = self.request.user
        for row in rows:
            row.stands = stands(row)
            row.tone = "ours" if row.state == Waiver.REQUESTED and may_decide_waiver(person, row) else ""
            row.waits_for = f"waits for {who_decides(row)}" if row.state == Waiver.REQUESTED else ""
            row.used_words = f"{row.used} used" if row.used else ""
        return {
            "heading": "Waivers",
            "lead": "What one lot may leave without, let pass by whoever asked for it, within limits.",
            "columns": COLUMNS,
            "empty_heading": "No waiver",
            "empty_sentence": "It is asked for on the page of a lot, beside what stops it."
            if person.is_shop
            else "It appears here when the shop asks you to let something pass.",
        }


class WaiverDetail(RecordView):
    """Show one waiver: what is let pass, who may decide, its limits, what was used of it, what happened."""

    roles = WAIVER_READERS
    model = Waiver
    template_name = "documents/waiver_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS, "decision_signature", "decision_file")

    def context(self, record):
        person = self.request.user
        return {
            "facts": self._facts(record),
            "acts": self._acts(record),
            "banner": self._banner(record),
            "found": self._found(record),
            "decision": self._decision(record),
            "signatures": Signature.objects.filter(noun="waiver", number=record.number).order_by("pk"),
            "uses": record.uses.select_related("shipment", "traveler").order_by("pk"),
            "events": history_of(person, "waiver", record.number),
            "crumbs": [{"label": "Waivers", "url": reverse("documents:waiver-list")}],
        }

    def _facts(self, record: Waiver) -> list[dict]:
        lot, used = record.traveler, pieces_used(record)
        order = lot.order_line.order
        left = f"{used} used, {max(record.quantity_limit - used, 0)} left"
        facts = [
            {"label": "State", "state": stands(record)},
            {"label": "Lot", "value": lot.number, "is_code": True},
            {"label": "Part", "value": str(lot.route_revision.part_revision)},
            {
                "label": "Order",
                "value": f"{order.po_number} line {lot.order_line.line_number}",
                "is_code": True,
            },
            {"label": "Decides", "value": start(who_decides(record))},
            {"label": "Pieces", "value": f"at most {record.quantity_limit}", "note": left},
            {"label": "Shipped no later than", "value": f"{record.valid_to:%-d %b %Y}"},
            {"label": "Asked by", "value": record.requested_by.printed_name},
            {"label": "Asked", "value": f"{record.requested_at:%-d %b %Y %H:%M} UTC"},
        ]
        if record.serials:
            facts.insert(6, {"label": "Serials", "value": ", ".join(record.serials), "is_code": True})
        if self.request.user.is_shop:
            facts[1]["url"] = lot.get_absolute_url()
        return facts

    def _acts(self, record: Waiver) -> list[dict]:
        person, acts = self.request.user, []
        is_theirs = record.state == Waiver.REQUESTED and may_decide_waiver(person, record)
        if is_theirs:
            is_recorded = record.authority == Waiver.CUSTOMER and person.is_shop
            label = "Record that it is granted" if is_recorded else "Let it pass"
            acts.append(_act(record, "grant", label, is_main=not is_recorded))
            acts.append(_act(record, "refuse", "Record that it is refused" if is_recorded else "Refuse"))
        is_live = record.state in (Waiver.REQUESTED, Waiver.GRANTED)
        if is_live and not is_theirs and may_withdraw_waiver(person, record):
            acts.append(_act(record, "withdraw", "Withdraw"))
        return acts

    def _banner(self, record: Waiver) -> dict[str, str] | None:
        who = who_decides(record)
        if record.state == Waiver.REQUESTED:
            if may_decide_waiver(self.request.user, record) and not (
                record.authority == Waiver.CUSTOMER and self.request.user.is_shop
            ):
                return {
                    "state": "requested",
                    "heading": "This waits for you",
                    "sentence": "The lot cannot leave until this is proved, or let pass within these limits.",
                }
            return {
                "state": "requested",
                "heading": f"This waits for {who}",
                "sentence": "Until it is answered the lot cannot leave. Proof that arrives in the meantime counts.",
            }
        if stands(record) == "ended":
            return {
                "state": "expired",
                "heading": "Its last day has passed",
                "sentence": "It lets nothing pass any more. Withdraw it and ask for another.",
            }
        return None

    def _found(self, record: Waiver) -> str:
        """Return how the demand stands while it is asked about; what the chain finds is for the shop to read."""
        if record.state != Waiver.REQUESTED or not self.request.user.is_shop:
            return ""
        slot = waivers.slot_named(record.traveler, record.code, record.subject)
        return slot.sentence if slot else "The chain of the lot asks for this no more. Withdraw the waiver."

    def _decision(self, record: Waiver) -> dict[str, Any] | None:
        if record.decision_signature is None:
            return None
        word = "Refused" if record.state == Waiver.REFUSED else "Granted"
        return {"word": word, "reason": record.decision_reason, "reference": record.decision_reference}


def _act(record: Waiver, verb: str, label: str, *, is_main: bool = False) -> dict:
    url = reverse(f"documents:waiver-{verb}", args=[record.number])
    return {"label": label, "url": url, "is_main": is_main}


class WaiverRequest(ShopVerb):
    """Ask that one demand on a lot is let pass."""

    roles = WAIVER_REQUESTERS
    model = Traveler
    form_class = WaiverForm
    heading = "Ask for a waiver on lot {record.number}"
    lead = (
        "Who may let a demand pass follows from whose it is: a rule of the house is the quality manager's, everything "
        "the customer's papers ask for is the customer's."
    )
    submit_label = "Ask for it"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order_line__order__customer")

    def get_initial(self):
        code, subject = (
            self.request.GET.get(name, "").replace("\x00", "")[:120] for name in ("code", "subject")
        )
        return {"demand": f"{code}{SEPARATOR}{subject}"} if code else {}

    def act(self, record, data, *, by, token=None):
        data["serials"] = tuple(data.get("serials", ()))
        return waivers.request(by=by, traveler=record, **data)

    def message(self, result):
        return f"{result.number} is asked for; it waits for {who_decides(result)}."


class OfWaiver(ShopVerb):
    """An act on one waiver; afterwards its page."""

    roles = WAIVER_DECIDERS
    model = Waiver
    needs_reauth = True
    meaning = "Waived"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)


class WaiverGrant(OfWaiver):
    """Let the demand pass, or record that the customer did."""

    form_class = WaiverAnswerForm
    heading = "Let {record.number} pass"
    lead = "{record.demand} Asked because: {record.reason}"
    submit_label = "Sign: let it pass"
    done = "{result.number} is granted."

    def act(self, record, data, *, by, token=None):
        paper = data.pop("letter", None)
        file = take_in(content=paper.read(), name=paper.name, by=by) if paper else None
        return waivers.grant(by=by, waiver=record, token=token, file=file, **data)


class WaiverRefuse(OfWaiver):
    """Refuse it, or record that the customer did."""

    form_class = WaiverRefusalForm
    heading = "Refuse {record.number}"
    lead = "{record.demand} Asked because: {record.reason}"
    submit_label = "Sign the refusal"
    done = "{result.number} is refused; what it asked to let pass stays open."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return waivers.refuse(by=by, waiver=record, token=token, **data)


class WaiverWithdraw(OfWaiver):
    """Take it back."""

    form_class = WaiverWithdrawForm
    heading = "Withdraw {record.number}"
    lead = "It lets nothing further pass; goods that left under it have left, and a release on it is out of date."
    submit_label = "Sign the withdrawal"
    done = "{result.number} is withdrawn."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return waivers.withdraw(by=by, waiver=record, token=token, **data)


class WaiverLetter(FileView):
    """Hand out the customer's letter behind a waiver."""

    roles = WAIVER_READERS
    model = Waiver
    is_inline = True

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("decision_file__label")

    def stored_file(self, record):
        return record.decision_file
