"""Notices: what of the proof of shipped goods is in doubt, for quality to send or drop, for customers to read."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse

from documents.domain import notices
from documents.forms.notices import NoticeDropForm, NoticeSendForm, NoticeTextForm
from documents.models import Notice
from documents.permissions import DECIDERS
from portal.permissions import CUSTOMER, SHOP
from portal.views.verbs import RecordListView, RecordView
from routes.views.pages import ShopVerb, history_of

READERS = SHOP + CUSTOMER
JOINS = ("customer", "shipment", "signature")
# the record that put the proof in doubt → where its page and what it touches are
CAUSES = {
    "certificate": ("documents:certificate-detail", "certificate"),
    "gauge": ("routes:gauge-detail", "gauge"),
    "approval": ("subcontract:approval-detail", "approval"),
}
VERBS = (("change", "Change the words"), ("drop", "Drop it"), ("send", "Send it"))


class NoticeList(RecordListView):
    """Show the notices a person may see, drafts first."""

    roles = READERS
    model = Notice
    template_name = "portal/list.html"

    def queryset_for(self, person):
        first = Case(When(state=Notice.DRAFT, then=Value(0)), default=Value(1), output_field=IntegerField())
        return super().queryset_for(person).select_related(*JOINS).order_by(first, "-id")

    def narrow(self, queryset):
        state = self.asked("state")
        return queryset.filter(state=state) if state in dict(Notice.STATES) else queryset

    def context(self, rows):
        is_shop = self.request.user.is_shop
        whose = [{"key": "customer", "label": "Customer"}] if is_shop else []
        return {
            "heading": "Notices",
            "lead": "Proof of goods that have left and no longer holds. A draft waits for quality to send or drop it."
            if is_shop
            else "What the shop had to tell you about goods it has delivered.",
            "columns": [
                {"key": "number", "label": "Notice", "kind": "code", "url_key": "url"},
                {"key": "shipment", "label": "Shipment", "kind": "code", "note_key": "lots"},
                *whose,
                *([{"key": "cause", "label": "What happened"}] if is_shop else []),
                {"key": "drafted_at", "label": "In doubt since", "kind": "moment"},
                {"key": "state", "label": "State", "kind": "state"},
            ],
            "rows": [
                {
                    "number": each.number,
                    "url": each.get_absolute_url(),
                    "shipment": each.shipment.number,
                    "lots": ", ".join(each.lots),
                    "customer": each.customer.name,
                    "cause": each.cause,
                    "drafted_at": each.drafted_at,
                    "state": each.state,
                    "tone": "ours" if each.state == Notice.DRAFT else "",
                }
                for each in rows
            ],
            "empty_heading": "No notice",
            "empty_sentence": "One is drafted when a certificate of shipped goods is revoked, a gauge is found out of "
            "tolerance or an approval did not stand."
            if is_shop
            else "One appears here when the shop must tell you that proof of delivered goods no longer holds.",
        }


class NoticeRecord(RecordView):
    roles = READERS
    model = Notice

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)


class NoticeDetail(NoticeRecord):
    """Show one notice: what happened, to which lots, what is said to the customer, who sent it."""

    template_name = "documents/notice_detail.html"

    def context(self, record):
        person = self.request.user
        return {
            "facts": self._facts(record),
            "acts": self._acts(record) if person.role in DECIDERS else [],
            "packages": [] if person.is_shop else self._packages(record),
            "events": history_of(person, "notice", record.number),
            "crumbs": [{"label": "Notices", "url": reverse("documents:notice-list")}],
        }

    def _facts(self, record: Notice) -> list[dict]:
        is_shop = self.request.user.is_shop
        shipment = {"label": "Shipment", "value": record.shipment.number, "is_code": True}
        if is_shop:
            shipment["url"] = record.shipment.get_absolute_url()
        facts = [
            {"label": "State", "state": record.state},
            shipment,
            {"label": "Delivered", "value": f"{record.shipment.dispatched_at:%-d %b %Y}"},
            {"label": "Customer", "value": record.customer.name},
            {"label": "Lots", "value": ", ".join(record.lots), "is_code": True},
            {"label": "In doubt since", "value": f"{record.drafted_at:%-d %b %Y %H:%M} UTC"},
        ]
        if is_shop and record.cause_noun in CAUSES:
            name, _ = CAUSES[record.cause_noun]
            cause = {"label": "Cause", "value": f"{record.cause_noun} {record.cause_number}"}
            cause["url"] = reverse(name, args=[record.cause_number])
            facts.append(cause)
        return facts

    def _acts(self, record: Notice) -> list[dict]:
        acts = []
        if record.cause_noun in CAUSES:
            reach = reverse(
                "documents:reach-detail", args=[CAUSES[record.cause_noun][1], record.cause_number]
            )
            acts.append({"label": "Everything it touches", "url": reach})
        if record.state == Notice.DRAFT:
            acts += [
                {
                    "label": label,
                    "url": reverse(f"documents:notice-{verb}", args=[record.number]),
                    "is_main": verb == "send",
                }
                for verb, label in VERBS
            ]
        return acts

    def _packages(self, record: Notice) -> list:
        visible = record.shipment.packages.for_viewer(self.request.user)
        return list(visible.order_by("-revision")[:1])


class OfNotice(ShopVerb):
    """An act on one notice; afterwards its page."""

    roles = DECIDERS
    model = Notice

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)


class NoticeChange(OfNotice):
    """Change what the customer will read."""

    form_class = NoticeTextForm
    heading = "Change the words of {record.number}"
    lead = "{record.cause}"
    submit_label = "Keep these words"
    done = "The words of {result.number} are changed."

    def get_initial(self):
        return {"text": self.record.text}

    def act(self, record, data, *, by, token=None):
        return notices.change(by=by, notice=record, **data)


class NoticeSend(OfNotice):
    """Sign it and show it to the customer."""

    form_class = NoticeSendForm
    heading = "Send {record.number} to {record.customer}"
    lead = "Its people find it on their desk and on the package. What is sent stays sent."
    submit_label = "Sign and send"
    done = "{result.number} is sent to {result.customer}."
    needs_reauth = True
    meaning = "Released"

    def act(self, record, data, *, by, token=None):
        return notices.send(by=by, notice=record, token=token)


class NoticeDrop(OfNotice):
    """Decide that the proof holds after all."""

    form_class = NoticeDropForm
    heading = "Drop {record.number}"
    lead = "The lots are in doubt no more, and the customer is told nothing. {record.cause}"
    submit_label = "Drop the notice"
    done = "{result.number} is dropped."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return notices.drop(by=by, notice=record, **data)
