"""How long proof is kept: what comes due, and the rules that say so."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from documents.domain import retention
from documents.domain.legal_holds import holds_over
from documents.forms.retention import RetentionRuleForm
from documents.models import Disposal, RetentionRule, Shipment
from documents.permissions import RETENTION_DRAFTERS, RETENTION_SIGNERS
from portal.permissions import SHOP
from portal.views.verbs import RecordListView
from routes.views.signed_terms import TermsDetail, TermsDraft, TermsDrop, TermsList, TermsSign

JOINS = ("customer", "order", "author", "signature")


class RetentionDue(RecordListView):
    """Show every shipment that left, the oldest first: how long its proof is kept, and what holds it."""

    roles = SHOP
    model = Shipment
    template_name = "portal/list.html"

    def queryset_for(self, person):
        left = super().queryset_for(person).filter(state=Shipment.DISPATCHED)
        return left.select_related("customer").order_by("dispatched_at", "pk")

    def context(self, rows):
        kept, holds = retention.kept_of(rows), holds_over(rows)
        done = {
            each.shipment_id: each
            for each in Disposal.objects.filter(shipment__in=rows).exclude(state=Disposal.DROPPED)
        }
        links = (
            ("Rules", "retention-rule-list"),
            ("Legal holds", "legal-hold-list"),
            ("Disposals", "disposal-list"),
        )
        return {
            "heading": "Retention",
            "lead": "How long the proof of each shipment is kept: as the longest rule says, longer under a legal hold.",
            "acts": [{"label": label, "url": reverse(f"documents:{name}")} for label, name in links],
            "columns": [
                {
                    "key": "number",
                    "label": "Shipment",
                    "kind": "code",
                    "url_key": "url",
                    "note_key": "customer",
                },
                {"key": "left", "label": "Left"},
                {"key": "until", "label": "Kept until", "note_key": "because"},
                {"key": "held", "label": "Legal hold", "empty": "none"},
                {"key": "next", "label": "Disposal", "url_key": "next_url"},
            ],
            "rows": [
                self._row(each, kept[each.pk], holds.get(each.pk, []), done.get(each.pk)) for each in rows
            ],
            "empty_heading": "Nothing has left yet",
            "empty_sentence": "The proof of a shipment is listed here from its dispatch on.",
        }

    def _row(self, shipment, kept, holds, disposal) -> dict:
        row = {
            "number": shipment.number,
            "url": shipment.get_absolute_url(),
            "customer": shipment.customer.name,
            "left": f"{timezone.localtime(shipment.dispatched_at):%-d %b %Y}",
            "until": f"{kept.until:%-d %b %Y}" if kept.until else "no end",
            "because": kept.because,
            "held": ", ".join(each.number for each in holds),
            "next": "",
        }
        if disposal:
            words = f"{disposal.number}, {disposal.get_state_display().lower()}"
            return row | {"next": words, "next_url": disposal.get_absolute_url()}
        if kept.is_over(timezone.localdate()) and not holds:
            is_quality = self.request.user.role in RETENTION_DRAFTERS
            url = reverse("documents:shipment-dispose", args=[shipment.number]) if is_quality else ""
            return row | {"next": "Propose it" if is_quality else "may be proposed", "next_url": url}
        return row


class RetentionRuleList(TermsList):
    """Show the rules: those that wait for a signature, those in force, then the past."""

    roles = SHOP
    model = RetentionRule
    joins = JOINS

    def context(self, rows):
        for row in rows:
            row.said = row.span
            row.signed_on = f"{row.signature.signed_at:%-d %b %Y}" if row.signature else ""
        draft = {"label": "Draft a rule", "url": reverse("documents:retention-rule-draft"), "is_main": True}
        return {
            "heading": "Retention rules",
            "lead": "How many years proof is kept. Rules never shorten each other: the longest counts.",
            "columns": [
                {"key": "number", "label": "Rule", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "whose", "label": "For"},
                {"key": "said", "label": "Kept", "note_key": "get_starts_display"},
                {"key": "signature.printed_name", "label": "Signed by", "note_key": "signed_on"},
                {"key": "state", "label": "State", "kind": "state"},
            ],
            "acts": [draft] if self.request.user.role in RETENTION_DRAFTERS else [],
            "empty_heading": "No rule is in force",
            "empty_sentence": "Without a rule proof is kept on and nothing can be disposed of.",
        }


class RetentionRuleDetail(TermsDetail):
    """Show one rule: whose proof, how long, from when, who drafted and who signed it."""

    roles = SHOP
    drafters = RETENTION_DRAFTERS
    model = RetentionRule
    template_name = "documents/retention_rule_detail.html"
    address, plural, joins = "documents:retention-rule", "Retention rules", JOINS
    waits_for = "a manager who did not draft it"
    closed = "A manager who did not draft this rule signs it."

    def facts(self, record):
        ended = record.contract_ended_on
        facts = [
            {"label": "For", "value": record.whose},
            {"label": "Kept", "value": record.span},
            {"label": "Counted from", "value": record.get_starts_display()},
            {"label": "The customer is told", "value": f"{record.notice_days} days before disposal"}
            if record.notice_days
            else {"label": "The customer is told", "value": "no, the contract does not ask for it"},
            self.drafted_by(record),
        ]
        if record.starts == RetentionRule.CONTRACT_END:
            words = f"{ended:%-d %b %Y}" if ended else "not yet; proof is kept on"
            facts.insert(3, {"label": "The contract ended", "value": words})
        if record.part_numbers:
            parts = ", ".join(record.part_numbers)
            facts.insert(1, {"label": "Parts", "value": parts, "is_code": True})
        return facts

    def may_sign(self, record):
        person = self.request.user
        return record.author_id != person.pk and person.role in RETENTION_SIGNERS


class RetentionRuleDraft(TermsDraft):
    """Draft how long proof is kept."""

    roles = RETENTION_DRAFTERS
    address, plural = "documents:retention-rule", "Retention rules"
    form_class = RetentionRuleForm
    heading = "Draft a retention rule"
    lead = "A manager who did not draft it signs it. It then counts for what was shipped before, too."
    submit_label = "Draft the rule"
    done = "{result.number} is drafted; it changes nothing until it is signed."

    def act(self, record, data, *, by, token=None):
        return retention.draft(by=by, **data)


class RetentionRuleSign(TermsSign):
    """Put a rule in force."""

    roles = RETENTION_SIGNERS
    model = RetentionRule
    heading = "Put {record.number} in force for {record.whose}"
    done = "{result.number} is in force."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def get_lead(self):
        starts = self.record.get_starts_display().lower()
        return f"Kept {self.record.span} after {starts}. {self.record.reason}"

    def act(self, record, data, *, by, token=None):
        return retention.sign(by=by, rule=record, token=token)


class RetentionRuleDrop(TermsDrop):
    """Give up a draft."""

    roles = RETENTION_DRAFTERS
    model = RetentionRule

    def act(self, record, data, *, by, token=None):
        return retention.drop(by=by, rule=record, **data)
