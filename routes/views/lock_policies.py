"""Lock policies: which differences from an approved setup are routine, for whom, signed by whom."""

from __future__ import annotations

from portal.permissions import SHOP
from routes.domain import lock_policies
from routes.lock_forms import LockPolicyForm
from routes.models import LockPolicy
from routes.permissions import PLANNERS
from routes.views.pages import act, acts_for
from routes.views.signed_terms import TermsDetail, TermsDraft, TermsDrop, TermsList, TermsSign

COLUMNS = [
    {"key": "number", "label": "Policy", "kind": "code", "url_key": "get_absolute_url"},
    {"key": "whose", "label": "For"},
    {"key": "said", "label": "Routine"},
    {"key": "signature.printed_name", "label": "Signed by", "note_key": "signed_on"},
    {"key": "state", "label": "State", "kind": "state"},
]
JOINS = ("customer", "author", "signature")
WORDS = dict(LockPolicy.FIELDS)


class LockPolicyList(TermsList):
    """Show the policies: those that wait for a signature, those in force, then the past."""

    roles = SHOP
    model = LockPolicy
    joins = JOINS
    then_by = ("customer__name", "-id")

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


class LockPolicyDetail(TermsDetail):
    """Show one policy: each difference with its class, why, who drafted and who signed it."""

    roles = SHOP
    model = LockPolicy
    template_name = "routes/lock_policy_detail.html"
    address, plural, joins = "routes:lock-policy", "Lock policies", JOINS

    def facts(self, record):
        customer = record.customer
        return [
            {"label": "For", "value": record.whose, "url": customer.get_absolute_url() if customer else ""},
            self.drafted_by(record),
            {"label": "Differences it let pass", "value": record.differences.count()},
        ]

    def terms(self, record):
        fields = LockPolicy.FIELDS
        return {"rows": [{"words": words, "is_routine": field in record.routine} for field, words in fields]}


class LockPolicyDraft(TermsDraft):
    """Draft which differences are routine."""

    address, plural = "routes:lock-policy", "Lock policies"
    form_class = LockPolicyForm
    heading = "Draft a lock policy"
    lead = (
        "A quality engineer who did not draft it signs it. What was recorded before keeps the class it had."
    )
    submit_label = "Draft the policy"
    done = "{result.number} is drafted; it changes nothing until it is signed."

    def get_initial(self):
        standing = lock_policies.own_policy(None)
        return {"routine": standing.routine if standing else []}

    def act(self, record, data, *, by, token=None):
        return lock_policies.draft(by=by, **data)


class LockPolicySign(TermsSign):
    """Put a policy in force."""

    model = LockPolicy
    heading = "Put {record.number} in force for {record.whose}"
    done = "{result.number} is in force; it classes every difference recorded from now on."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("customer")

    def get_lead(self):
        words = "; ".join(WORDS[field] for field in self.record.routine) or "nothing"
        return f"Routine: {words}. {self.record.reason}"

    def act(self, record, data, *, by, token=None):
        return lock_policies.sign(by=by, policy=record, token=token)


class LockPolicyDrop(TermsDrop):
    """Give up a draft."""

    model = LockPolicy

    def act(self, record, data, *, by, token=None):
        return lock_policies.drop(by=by, policy=record, **data)
