"""Check policies: which checks are in force for which customer, signed by whom; printed as they stand."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse

from documents.domain import policies
from documents.domain.chain import CHECKS, demand_of
from documents.domain.chain.policy import ALWAYS
from documents.forms.policies import PolicyDropForm, PolicyForm, PolicySignForm
from documents.models import CheckPolicy
from documents.permissions import POLICY_DRAFTERS, POLICY_READERS, POLICY_SIGNERS, may_sign_policy
from portal.models import Organization, Signature
from portal.views.verbs import RecordListView, RecordView
from routes.views.pages import ShopVerb, history_of

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


class CheckPolicyList(RecordListView):
    """Show the policies a person may see: those that wait for a signature, those in force, then the past."""

    roles = POLICY_READERS
    model = CheckPolicy
    template_name = "portal/list.html"

    def queryset_for(self, person):
        rank = Case(
            When(state=CheckPolicy.DRAFT, then=Value(0)),
            When(state=CheckPolicy.IN_FORCE, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return super().queryset_for(person).select_related(*JOINS).order_by(rank, "customer__name", "-id")

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


class CheckPolicyDetail(RecordView):
    """Show one policy: each check with whether it is in force, why, who drafted and who signed it."""

    roles = POLICY_READERS
    model = CheckPolicy
    template_name = "documents/check_policy_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def context(self, record):
        person = self.request.user
        return {
            "facts": [
                {"label": "Customer", "value": record.customer.name}
                | ({"url": record.customer.get_absolute_url()} if person.is_shop else {}),
                {
                    "label": "Drafted by",
                    "value": record.author.printed_name,
                    "note": f"{record.drafted_at:%-d %b %Y}",
                },
                {"label": "Not in force", "value": ", ".join(record.left_out) or "none"},
            ],
            "checks": checks_of(record),
            "acts": self._acts(record),
            "banner": self._banner(record),
            "signatures": Signature.objects.filter(noun="check policy", number=record.number).order_by("pk"),
            "events": history_of(person, "check policy", record.number) if person.is_shop else [],
            "crumbs": [{"label": "Check policies", "url": reverse("documents:check-policy-list")}],
        }

    def _acts(self, record: CheckPolicy) -> list[dict]:
        person = self.request.user
        if record.state == CheckPolicy.DRAFT:
            acts = [_act(record, "drop", "Drop")] if person.role in POLICY_DRAFTERS else []
            return (
                [*acts, _act(record, "sign", "Sign", is_main=True)]
                if may_sign_policy(person, record)
                else acts
            )
        if record.state == CheckPolicy.IN_FORCE and person.role in POLICY_DRAFTERS:
            url = reverse("documents:check-policy-draft", args=[record.customer.number])
            return [{"label": "Draft a change", "url": url, "is_main": False}]
        return []

    def _banner(self, record: CheckPolicy) -> dict[str, Any] | None:
        if record.state != CheckPolicy.DRAFT:
            return None
        mine = may_sign_policy(self.request.user, record)
        return {
            "state": "requested",
            "heading": "This waits for you" if mine else "This waits for a manager who did not draft it",
            "sentence": "Until it is signed, what was in force stays in force.",
        }


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


def _act(record: CheckPolicy, verb: str, label: str, *, is_main: bool = False) -> dict:
    return {
        "label": label,
        "url": reverse(f"documents:check-policy-{verb}", args=[record.number]),
        "is_main": is_main,
    }


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


class CheckPolicySign(ShopVerb):
    """Put a policy in force."""

    roles = POLICY_SIGNERS
    model = CheckPolicy
    form_class = PolicySignForm
    needs_reauth = True
    meaning = "Approved"
    heading = "Put {record.number} in force for {record.customer.name}"
    submit_label = "Sign: put it in force"
    done = "{result.number} is in force; every open lot of {result.customer.name} is judged by it."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("customer")

    def get_lead(self):
        codes = ", ".join(self.record.left_out)
        what = f"Not in force: {codes}." if codes else "Every check is in force."
        return f"{what} {self.record.reason}"

    def act(self, record, data, *, by, token=None):
        return policies.sign(by=by, policy=record, token=token)


class CheckPolicyDrop(ShopVerb):
    """Give up a draft."""

    roles = POLICY_DRAFTERS
    model = CheckPolicy
    form_class = PolicyDropForm
    heading = "Drop {record.number}"
    lead = "What was in force stays in force."
    submit_label = "Drop it"
    done = "{result.number} is dropped."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return policies.drop(by=by, policy=record, **data)
