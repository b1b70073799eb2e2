"""Lock policies: which differences from an approved setup are routine, for whom, signed by whom."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Value, When

from portal.models import Signature
from portal.permissions import SHOP
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, RecordView
from routes.domain import lock_policies
from routes.forms import ReasonForm, ShopForm
from routes.lock_forms import LockPolicyForm
from routes.models import LockPolicy
from routes.permissions import PLANNERS
from routes.views.pages import ShopVerb, act, acts_for, crumb, history_of

COLUMNS = [
    {"key": "number", "label": "Policy", "kind": "code", "url_key": "get_absolute_url"},
    {"key": "whose", "label": "For"},
    {"key": "said", "label": "Routine"},
    {"key": "signature.printed_name", "label": "Signed by", "note_key": "signed_on"},
    {"key": "state", "label": "State", "kind": "state"},
]
JOINS = ("customer", "author", "signature")
WORDS = dict(LockPolicy.FIELDS)


class LockPolicyList(RecordListView):
    """Show the policies: those that wait for a signature, those in force, then the past."""

    roles = SHOP
    model = LockPolicy
    template_name = "portal/list.html"

    def queryset_for(self, person):
        rank = Case(
            When(state=LockPolicy.DRAFT, then=Value(0)),
            When(state=LockPolicy.IN_FORCE, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return super().queryset_for(person).select_related(*JOINS).order_by(rank, "customer__name", "-id")

    def context(self, rows):
        for row in rows:
            row.said = "; ".join(WORDS[field] for field in row.routine) or "nothing"
            row.signed_on = f"{row.signature.signed_at:%-d %b %Y}" if row.signature else ""
        draft = act("Draft a policy", "lock-policy-draft", is_main=True)
        return {
            "heading": "Lock policies",
            "lead": "What may differ from an approved setup without a question. Everything else waits for a decision.",
            "columns": COLUMNS,
            "empty_heading": "Every difference is evaluated",
            "empty_sentence": "Until a policy is signed, each step with a difference waits for somebody to decide.",
            "acts": acts_for(self.request.user, PLANNERS, draft),
        }


class LockPolicyDetail(RecordView):
    """Show one policy: each difference with its class, why, who drafted and who signed it."""

    roles = SHOP
    model = LockPolicy
    template_name = "routes/lock_policy_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def context(self, record):
        person = self.request.user
        drafted = f"{record.drafted_at:%-d %b %Y}"
        customer = record.customer
        return {
            "facts": [
                {
                    "label": "For",
                    "value": record.whose,
                    "url": customer.get_absolute_url() if customer else "",
                },
                {"label": "Drafted by", "value": record.author.printed_name, "note": drafted},
                {"label": "Differences it let pass", "value": record.differences.count()},
            ],
            "rows": [
                {"words": words, "is_routine": field in record.routine} for field, words in LockPolicy.FIELDS
            ],
            "acts": acts_for(person, PLANNERS, *self.acts(record)),
            "banner": self.banner(record),
            "signatures": Signature.objects.filter(noun="lock policy", number=record.number).order_by("pk"),
            "events": history_of(person, "lock policy", record.number),
            "crumbs": [crumb("Lock policies", "lock-policy-list")],
        }

    def acts(self, record) -> list[dict[str, Any]]:
        if record.state != LockPolicy.DRAFT:
            return []
        sign = act("Sign", "lock-policy-sign", is_main=True, number=record.number)
        if record.author_id == self.request.user.pk:
            sign["closed"] = "You drafted this policy; another quality engineer signs it."
        return [act("Drop", "lock-policy-drop", number=record.number), sign]

    def banner(self, record) -> dict[str, str] | None:
        if record.state != LockPolicy.DRAFT:
            return None
        is_mine = record.author_id != self.request.user.pk and self.request.user.role in PLANNERS
        return {
            "state": "requested",
            "heading": "This waits for you"
            if is_mine
            else "This waits for a quality engineer who did not draft it",
            "sentence": "Until it is signed, what was in force stays in force.",
        }


class LockPolicyDraft(ShopVerb):
    """Draft which differences are routine."""

    scope = LIST
    form_class = LockPolicyForm
    heading = "Draft a lock policy"
    lead = (
        "A quality engineer who did not draft it signs it. What was recorded before keeps the class it had."
    )
    submit_label = "Draft the policy"
    done = "{result.number} is drafted; it changes nothing until it is signed."

    def cancel_url(self):
        return crumb("", "lock-policy-list")["url"]

    def get_crumbs(self):
        return [crumb("Lock policies", "lock-policy-list")]

    def get_initial(self):
        standing = lock_policies.own_policy(None)
        return {"routine": standing.routine if standing else []}

    def act(self, record, data, *, by, token=None):
        return lock_policies.draft(by=by, **data)


class LockPolicySign(ShopVerb):
    """Put a policy in force."""

    model = LockPolicy
    form_class = ShopForm
    needs_reauth = True
    meaning = "Approved"
    heading = "Put {record.number} in force for {record.whose}"
    submit_label = "Sign: put it in force"
    done = "{result.number} is in force; it classes every difference recorded from now on."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("customer")

    def get_lead(self):
        words = "; ".join(WORDS[field] for field in self.record.routine) or "nothing"
        return f"Routine: {words}. {self.record.reason}"

    def act(self, record, data, *, by, token=None):
        return lock_policies.sign(by=by, policy=record, token=token)


class LockPolicyDrop(ShopVerb):
    """Give up a draft."""

    model = LockPolicy
    form_class = ReasonForm
    heading = "Drop {record.number}"
    lead = "What was in force stays in force."
    submit_label = "Drop it"
    done = "{result.number} is dropped."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return lock_policies.drop(by=by, policy=record, **data)
