"""The register of vendors: what each site is approved for, and until when."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from portal.domain.standing import EXPIRED, EXPIRING, SOON_DAYS
from portal.permissions import SHOP
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, RecordView
from routes.templatetags.routes_words import called
from subcontract.domain import approvals
from subcontract.forms import ApprovalChangeForm, ApprovalForm
from subcontract.models import ApprovalScope
from subcontract.permissions import BUYERS
from subcontract.views.pages import PersonVerb, act, crumb, history_of, page_of, say_day

LEADS = {
    "suspend": "From that day nothing can be ordered under it or sent out on it, until it is reinstated.",
    "reinstate": "From that day it counts again.",
    "withdraw": "It ends for good; a new approval takes its place.",
}


def last_day(approval: ApprovalScope):
    return approval.valid.upper - timedelta(days=1)


def state_of(approval: ApprovalScope, today) -> str:
    """Return the stored state, or that its days are over or soon will be."""
    if approval.state != ApprovalScope.APPROVED:
        return approval.state
    if approval.valid.upper <= today:
        return EXPIRED
    return EXPIRING if (last_day(approval) - today).days <= SOON_DAYS else approval.state


class ApprovalList(RecordListView):
    """Show every approval with its vendor, scope and days."""

    roles = SHOP
    model = ApprovalScope
    template_name = "portal/list.html"
    ordering = ("site__organization__name", "spec_number", "pk")

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("site__organization", "customer")

    def context(self, rows):
        add = act("Approve a scope", "subcontract:approval-create", is_main=True)
        today = timezone.localdate()
        return {
            "heading": "Vendor approvals",
            "lead": "What each site may do for us. An order is issued only if every attribute matches on its day.",
            "columns": [
                {"key": "number", "label": "Approval", "kind": "code", "url_key": "url"},
                {"key": "site", "label": "Site"},
                {"key": "scope", "label": "Scope", "note_key": "process"},
                {"key": "material", "label": "Material", "empty": "every"},
                {"key": "customer", "label": "Customer", "empty": "every"},
                {"key": "last_day", "label": "Valid to", "kind": "day"},
                {"key": "state", "label": "State", "kind": "state"},
            ],
            "rows": [
                {
                    "number": row.number,
                    "url": row.get_absolute_url(),
                    "site": str(row.site),
                    "scope": scope_words(row),
                    "process": row.process,
                    "material": row.material,
                    "customer": row.customer.name if row.customer else "",
                    "last_day": last_day(row),
                    "state": state_of(row, today),
                }
                for row in rows
            ],
            "acts": [add] if self.request.user.role in BUYERS else [],
            "crumbs": [crumb("Outside work", "subcontract:order-list")],
            "empty_heading": "No vendor is approved",
            "empty_sentence": "Nothing can be ordered outside until a site is approved for the process.",
        }


def scope_words(approval: ApprovalScope) -> str:
    words = f"{approval.spec_number} {approval.spec_revision}".strip()
    choices = ((approval.spec_type, "type"), (approval.spec_class, "class"))
    return ", ".join([words, *(called(choice, word) for choice, word in choices if choice)])


class ApprovalDetail(RecordView):
    """Show one approval and what happened to it."""

    roles = SHOP
    model = ApprovalScope
    template_name = "subcontract/approval_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("site__organization", "customer")

    def context(self, record):
        verbs = [
            act(
                f"{move.verb.capitalize()}",
                f"subcontract:approval-{move.verb}",
                number=record.number,
            )
            for move in ApprovalScope.MOVES
            if move.source == record.state and self.request.user.role in move.roles
        ]
        verbs.insert(
            0, act("Every lot it touches", "documents:reach-detail", noun="approval", number=record.number)
        )
        verbs.insert(0, act("What rests on it", "documents:approval-reach", number=record.number))
        any_word = "every one"
        return {
            "facts": [
                {"label": "State", "state": state_of(record, timezone.localdate())},
                {"label": "Since", "value": say_day(record.state_since), "note": record.state_reason},
                {"label": "Site", "value": str(record.site)},
                {"label": "Process", "value": record.process},
                {"label": "Specification", "value": record.spec_number, "is_code": True},
                {"label": "Revision", "value": record.spec_revision or any_word},
                {"label": "Type", "value": record.spec_type or any_word},
                {"label": "Class", "value": record.spec_class or any_word},
                {"label": "Material", "value": record.material or any_word},
                {"label": "Customer", "value": record.customer.name if record.customer else any_word},
                {"label": "Valid", "value": f"{say_day(record.valid.lower)} to {say_day(last_day(record))}"},
                {"label": "Basis", "value": record.basis},
            ],
            "acts": verbs,
            "events": history_of(self.request.user, "approval", record.number),
            "crumbs": [crumb("Vendor approvals", "subcontract:approval-list")],
        }


class ApprovalCreate(PersonVerb):
    """Approve a site for a scope."""

    scope = LIST
    roles = BUYERS
    form_class = ApprovalForm
    heading = "Approve a vendor's scope"
    lead = "One process and specification at one site, for a range of days."
    submit_label = "Approve"
    done = "{result.site} is approved by {result.number}."

    def act(self, record, data, *, by, token=None):
        return approvals.approve_scope(by=by, **data)

    def cancel_url(self):
        return reverse("subcontract:approval-list")


class ApprovalChange(PersonVerb):
    """Suspend, reinstate or withdraw an approval."""

    roles = BUYERS
    model = ApprovalScope
    form_class = ApprovalChangeForm
    template_name = "subcontract/approval_change.html"
    verb = ""

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("site__organization", "customer")

    def get_heading(self):
        return f"{self.verb.capitalize()} approval {self.record.number}"

    def get_lead(self):
        return LEADS[self.verb]

    @property
    def submit_label(self):
        return self.verb.capitalize()

    def act(self, record, data, *, by, token=None):
        return getattr(approvals, self.verb)(by=by, approval=record, **data)

    def message(self, result):
        return f"{result.number} is {result.get_state_display().lower()} since {result.state_since}."

    def success_url(self, result):
        return page_of("documents:approval-reach", result.number)


class ApprovalSuspend(ApprovalChange):
    """Suspend an approval."""

    verb = "suspend"
    is_danger = True


class ApprovalReinstate(ApprovalChange):
    """Let a suspended approval count again."""

    verb = "reinstate"


class ApprovalWithdraw(ApprovalChange):
    """End an approval for good."""

    verb = "withdraw"
    is_danger = True
