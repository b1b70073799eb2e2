"""The trigger policy: which changes ask whether a first article still stands."""

from __future__ import annotations

from inspection.domain import trigger_policies
from inspection.domain.triggers.kinds import ALWAYS_EVALUATED, KINDS
from inspection.models import TriggerPolicy
from inspection.permissions import DECIDERS, READERS
from inspection.trigger_forms import TriggerPolicyForm
from inspection.views.pages import act, acts_for
from routes.views.signed_terms import TermsDetail, TermsDraft, TermsDrop, TermsList, TermsSign


class TriggerPolicyList(TermsList):
    """Show the policies: the one that waits, the one in force, then the past."""

    roles = READERS
    model = TriggerPolicy

    def context(self, rows):
        for row in rows:
            row.said = "; ".join(KINDS[kind][0] for kind in row.routine) or "nothing"
            row.rest = f"{row.lapse_months} months"
        standing = trigger_policies.in_force()
        by = f"By {standing.number}" if standing.number else "Without a signed policy"
        routine = "; ".join(KINDS[kind][0].lower() for kind in standing.routine) or "nothing"
        draft = act("Draft a policy", "trigger-policy-draft", is_main=True)
        return {
            "heading": "Trigger policies",
            "lead": f"Which changes ask whether a first article still stands. {by}, routine: {routine}; production "
            f"may rest {standing.lapse_months} months. Everything else is evaluated.",
            "columns": [
                {"key": "number", "label": "Policy", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "said", "label": "Routine"},
                {"key": "rest", "label": "May rest"},
                {"key": "author.printed_name", "label": "Drafted by"},
                {"key": "signature.printed_name", "label": "Signed by", "empty": "nobody yet"},
                {"key": "state", "label": "State", "kind": "state"},
            ],
            "empty_heading": "No policy is signed",
            "empty_sentence": "Until one is, the kinds named above are routine.",
            "acts": acts_for(self.request.user, (DECIDERS, draft)),
        }


class TriggerPolicyDetail(TermsDetail):
    """Show one policy: each kind of change with its class."""

    roles = READERS
    drafters = DECIDERS
    model = TriggerPolicy
    template_name = "inspection/trigger_policy_detail.html"
    address, plural = "inspection:trigger-policy", "Trigger policies"

    def facts(self, record):
        return [
            {"label": "Production may rest", "value": f"{record.lapse_months} months"},
            self.drafted_by(record),
        ]

    def terms(self, record):
        rows = [
            {
                "words": words,
                "group": group,
                "is_routine": kind in record.routine,
                "is_always": kind in ALWAYS_EVALUATED,
            }
            for kind, (words, group) in KINDS.items()
        ]
        return {"rows": rows}


class TriggerPolicyDraft(TermsDraft):
    """Draft which changes are routine."""

    roles = DECIDERS
    address, plural = "inspection:trigger-policy", "Trigger policies"
    form_class = TriggerPolicyForm
    heading = "Draft a trigger policy"
    lead = "A quality engineer who did not draft it signs it. What was decided stays decided."
    submit_label = "Draft the policy"
    done = "{result.number} is drafted; it changes nothing until it is signed."

    def get_initial(self):
        standing = trigger_policies.in_force()
        return {"routine": list(standing.routine), "lapse_months": standing.lapse_months}

    def act(self, record, data, *, by, token=None):
        return trigger_policies.draft(by=by, **data)


class TriggerPolicySign(TermsSign):
    """Put a policy in force."""

    roles = DECIDERS
    model = TriggerPolicy
    done = "{result.number} is in force."

    def get_lead(self):
        words = "; ".join(KINDS[kind][0] for kind in self.record.routine) or "nothing"
        return (
            f"Routine: {words}. Production may rest {self.record.lapse_months} months. {self.record.reason}"
        )

    def act(self, record, data, *, by, token=None):
        return trigger_policies.sign(by=by, policy=record, token=token)


class TriggerPolicyDrop(TermsDrop):
    """Give up a draft."""

    roles = DECIDERS
    model = TriggerPolicy

    def act(self, record, data, *, by, token=None):
        return trigger_policies.drop(by=by, policy=record, **data)
