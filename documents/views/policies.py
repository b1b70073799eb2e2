"""Check policies: which checks are in force for which customer, signed by whom; printed as they stand."""

from __future__ import annotations

from django.urls import reverse

from documents.domain import policies
from documents.domain.chain import CHECKS, demand_of
from documents.domain.chain.policy import ALWAYS
from documents.forms.policies import PolicyDropForm, PolicyForm
from documents.models import CheckPolicy
from documents.permissions import POLICY_DRAFTERS, POLICY_READERS, POLICY_SIGNERS, may_sign_policy
from portal.models import Organization
from routes.views.pages import ShopVerb
from routes.views.signed_terms import TermsDetail, TermsDrop, TermsList, TermsSign

COLUMNS = [
    {"key": "number", "label": "Policy", "kind": "code", "url_key": "get_absolute_url"},
    {"key": "customer.name", "label": "Customer"},
    {"key": "not_in_force", "label": "Not in force"},
    {"key": "signature.printed_name", "label": "Signed by", "note_key": "signed_on"},
    {"key": "state", "label": "State", "kind": "state"},
]
JOINS = ("customer", "author", "signature")
# how a policy's states are shown: a draft of it waits for somebody
SHOWN = {CheckPolicy.DRAFT: "requested"}


class CheckPolicyList(TermsList):
    """Show the policies a person may see: those that wait for a signature, those in force, then the past."""

    roles = POLICY_READERS
    model = CheckPolicy
    joins = JOINS
    then_by = ("customer__name", "-id")

    def context(self, rows):
        for row in rows:
            row.not_in_force = ", ".join(row.left_out) or "none: every check is in force"
            row.signed_on = f"{row.signature.signed_at:%-d %b %Y}" if row.signature else ""
        return {
            "heading": "Check policies",
            "lead": "Which checks of the chain are in force for a customer. Without a policy, all of them are.",
            "columns": COLUMNS,
            "empty_heading": "Every check is in force for everybody",
            "empty_sentence": "A policy is drafted on the page of a customer.",
            "acts": [{"label": "The rules of every check", "url": reverse("documents:rule-list")}],
        }


class CheckPolicyDetail(TermsDetail):
    """Show one policy: each check with whether it is in force, why, who drafted and who signed it."""

    roles = POLICY_READERS
    drafters = POLICY_DRAFTERS
    model = CheckPolicy
    template_name = "documents/check_policy_detail.html"
    address, plural, joins = "documents:check-policy", "Check policies", JOINS
    waits_for = "a manager who did not draft it"

    def facts(self, record):
        link = {"url": record.customer.get_absolute_url()} if self.request.user.is_shop else {}
        return [
            {"label": "Customer", "value": record.customer.name} | link,
            self.drafted_by(record),
            {"label": "Not in force", "value": ", ".join(record.left_out) or "none"},
        ]

    def terms(self, record):
        return {"checks": checks_of(record)}

    def context(self, record):
        # what happened to it is told in the shop; a customer reads what is in force
        return super().context(record) | ({} if self.request.user.is_shop else {"events": []})

    def may_sign(self, record):
        return may_sign_policy(self.request.user, record)

    def acts(self, record):
        is_drafter = self.request.user.role in POLICY_DRAFTERS
        if record.state == CheckPolicy.IN_FORCE and is_drafter:
            url = reverse("documents:check-policy-draft", args=[record.customer.number])
            return [{"label": "Draft a change", "url": url, "is_main": False}]
        return [each for each in super().acts(record) if "closed" not in each]


def checks_of(policy: CheckPolicy) -> list[dict]:
    """Return every check in the order of the chain, with whether a policy has it in force."""
    return [
        {
            "code": code,
            "demand": demand_of(check),
            "is_always": code in ALWAYS,
            "is_in_force": code not in policy.left_out,
        }
        for code, check in CHECKS
    ]


class CheckPolicyDraft(ShopVerb):
    """Draft which checks are to be in force for a customer."""

    roles = POLICY_DRAFTERS
    model = Organization
    form_class = PolicyForm
    heading = "Checks in force for {record.name}"
    lead = (
        "A manager who did not draft it signs it. What is left out is not asked of this customer's lots, and lot, "
        "board, package and chain report say so."
    )
    submit_label = "Draft the policy"
    done = "{result.number} is drafted; it changes nothing until a manager signs it."

    def queryset_for(self, person):
        return super().queryset_for(person).filter(kind=Organization.CUSTOMER)

    def get_initial(self):
        standing = policies.in_force(self.record)
        return {"checks": policies.checks_in_force(standing) if standing else list(policies.OPTIONAL)}

    def act(self, record, data, *, by, token=None):
        return policies.draft(by=by, customer=record, **data)


class CheckPolicySign(TermsSign):
    """Put a policy in force."""

    roles = POLICY_SIGNERS
    model = CheckPolicy
    heading = "Put {record.number} in force for {record.customer.name}"
    done = "{result.number} is in force; every open lot of {result.customer.name} is judged by it."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("customer")

    def get_lead(self):
        codes = ", ".join(self.record.left_out)
        what = f"Not in force: {codes}." if codes else "Every check is in force."
        return f"{what} {self.record.reason}"

    def act(self, record, data, *, by, token=None):
        return policies.sign(by=by, policy=record, token=token)


class CheckPolicyDrop(TermsDrop):
    """Give up a draft."""

    roles = POLICY_DRAFTERS
    model = CheckPolicy
    form_class = PolicyDropForm

    def act(self, record, data, *, by, token=None):
        return policies.drop(by=by, policy=record, **data)
