"""The trigger policy: which changes ask whether a first article still stands."""

from __future__ import annotations

from inspection.domain import trigger_policies
from inspection.domain.triggers.kinds import ALWAYS_EVALUATED, KINDS
from inspection.models import TriggerPolicy
from inspection.permissions import DECIDERS, READERS
from inspection.trigger_forms import TriggerPolicyForm
from inspection.views.pages import act, acts_for, crumb
from portal.models import Signature
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, RecordView
from routes.forms import ReasonForm, ShopForm
from routes.views.pages import ShopVerb, history_of


class TriggerPolicyList(RecordListView):
    """Show the policies, the latest first."""

    roles = READERS
    model = TriggerPolicy
    template_name = "portal/list.html"
    ordering = ("-id",)

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("author", "signature")

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


class TriggerPolicyDetail(RecordView):
    """Show one policy: each kind of change with its class."""

    roles = READERS
    model = TriggerPolicy
    template_name = "inspection/trigger_policy_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("author", "signature")

    def context(self, record):
        return {
            "facts": [
                {"label": "State", "state": record.state, "value": record.get_state_display()},
                {"label": "Production may rest", "value": f"{record.lapse_months} months"},
                {
                    "label": "Drafted by",
                    "value": record.author.printed_name,
                    "note": f"{record.drafted_at:%-d %b %Y}",
                },
            ],
            "rows": [
                {
                    "words": words,
                    "group": group,
                    "is_routine": kind in record.routine,
                    "is_always": kind in ALWAYS_EVALUATED,
                }
                for kind, (words, group) in KINDS.items()
            ],
            "acts": self.acts(record),
            "signatures": Signature.objects.filter(noun="trigger policy", number=record.number).order_by(
                "pk"
            ),
            "events": history_of(self.request.user, "trigger policy", record.number),
            "crumbs": [crumb("Trigger policies", "trigger-policy-list")],
        }

    def acts(self, record):
        if record.state != TriggerPolicy.DRAFT:
            return []
        sign = act("Sign", "trigger-policy-sign", is_main=True, number=record.number)
        if record.author_id == self.request.user.pk:
            sign["closed"] = "You drafted this policy; another quality engineer signs it."
        drop = act("Drop", "trigger-policy-drop", number=record.number)
        return acts_for(self.request.user, (DECIDERS, drop), (DECIDERS, sign))


class TriggerPolicyDraft(ShopVerb):
    """Draft which changes are routine."""

    roles = DECIDERS
    scope = LIST
    form_class = TriggerPolicyForm
    heading = "Draft a trigger policy"
    lead = "A quality engineer who did not draft it signs it. What was decided stays decided."
    submit_label = "Draft the policy"
    done = "{result.number} is drafted; it changes nothing until it is signed."

    def cancel_url(self):
        return crumb("", "trigger-policy-list")["url"]

    def get_crumbs(self):
        return [crumb("Trigger policies", "trigger-policy-list")]

    def get_initial(self):
        standing = trigger_policies.in_force()
        return {"routine": list(standing.routine), "lapse_months": standing.lapse_months}

    def act(self, record, data, *, by, token=None):
        return trigger_policies.draft(by=by, **data)


class TriggerPolicySign(ShopVerb):
    """Put a policy in force."""

    roles = DECIDERS
    model = TriggerPolicy
    form_class = ShopForm
    needs_reauth = True
    meaning = "Approved"
    heading = "Put {record.number} in force"
    submit_label = "Sign: put it in force"
    done = "{result.number} is in force."

    def get_lead(self):
        words = "; ".join(KINDS[kind][0] for kind in self.record.routine) or "nothing"
        return (
            f"Routine: {words}. Production may rest {self.record.lapse_months} months. {self.record.reason}"
        )

    def act(self, record, data, *, by, token=None):
        return trigger_policies.sign(by=by, policy=record, token=token)


class TriggerPolicyDrop(ShopVerb):
    """Give up a draft."""

    roles = DECIDERS
    model = TriggerPolicy
    form_class = ReasonForm
    heading = "Drop {record.number}"
    lead = "What was in force stays in force."
    submit_label = "Drop it"
    done = "{result.number} is dropped."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return trigger_policies.drop(by=by, policy=record, **data)
