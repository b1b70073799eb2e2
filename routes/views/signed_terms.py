"""Pages of terms that are drafted by one and signed by another: the list, one of them, and the three acts."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse

from portal.models import Signature
from portal.models.signed_terms import SignedTerms
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, RecordView
from routes.forms import ReasonForm, ShopForm
from routes.permissions import PLANNERS
from routes.views.pages import ShopVerb, history_of


class TermsList(RecordListView):
    """Show those that wait for a signature, those in force, then the past."""

    template_name = "portal/list.html"
    joins: tuple[str, ...] = ("author", "signature")
    then_by: tuple[str, ...] = ("-id",)

    def queryset_for(self, person):
        rank = Case(
            When(state=SignedTerms.DRAFT, then=Value(0)),
            When(state=SignedTerms.IN_FORCE, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return super().queryset_for(person).select_related(*self.joins).order_by(rank, *self.then_by)


class TermsDetail(RecordView):
    """Show one of them: what it says, who drafted and who signed it, what waits for whom.

    address     the name of its pages without the verb, as in "routes:lock-policy"
    plural      how the way back is called
    drafters    who may sign what somebody else drafted, and drop a draft
    """

    address: str
    plural: str
    drafters = PLANNERS
    joins: tuple[str, ...] = ("author", "signature")
    waits_for = "a quality engineer who did not draft it"
    until = "Until it is signed, what was in force stays in force."
    closed = "You drafted this policy; another quality engineer signs it."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*self.joins)

    def facts(self, record) -> list[dict[str, Any]]:
        """Return what stands at the head of the page: `label` and `value` of each."""
        raise NotImplementedError

    def terms(self, record) -> dict[str, Any]:
        """Return what its own part of the page shows."""
        return {}

    def context(self, record):
        noun = type(record).MOVES.noun
        return {
            "facts": self.facts(record),
            **self.terms(record),
            "acts": self.acts(record),
            "banner": self.banner(record) if record.state == record.DRAFT else None,
            "signatures": Signature.objects.filter(noun=noun, number=record.number).order_by("pk"),
            "events": history_of(self.request.user, noun, record.number),
            "crumbs": [{"label": self.plural, "url": reverse(f"{self.address}-list")}],
        }

    def drafted_by(self, record) -> dict[str, Any]:
        note = f"{record.drafted_at:%-d %b %Y}"
        return {"label": "Drafted by", "value": record.author.printed_name, "note": note}

    def may_sign(self, record) -> bool:
        person = self.request.user
        return record.author_id != person.pk and person.role in self.drafters

    def act(self, record, label: str, verb: str, *, is_main: bool = False) -> dict[str, Any]:
        url = reverse(f"{self.address}-{verb}", args=[record.number])
        return {"label": label, "url": url, "is_main": is_main}

    def acts(self, record) -> list[dict[str, Any]]:
        if record.state != record.DRAFT or self.request.user.role not in self.drafters:
            return []
        sign = self.act(record, "Sign", "sign", is_main=True)
        if not self.may_sign(record):
            sign["closed"] = self.closed
        return [self.act(record, "Drop", "drop"), sign]

    def banner(self, record) -> dict[str, str]:
        mine = self.may_sign(record)
        return {
            "state": "requested",
            "heading": "This waits for you" if mine else f"This waits for {self.waits_for}",
            "sentence": self.until,
        }


class TermsDraft(ShopVerb):
    """Draft them; nothing changes until they are signed."""

    scope = LIST
    address: str
    plural: str

    def cancel_url(self):
        return reverse(f"{self.address}-list")

    def get_crumbs(self):
        return [{"label": self.plural, "url": reverse(f"{self.address}-list")}]


class TermsSign(ShopVerb):
    """Put them in force."""

    form_class = ShopForm
    needs_reauth = True
    meaning = "Approved"
    heading = "Put {record.number} in force"
    submit_label = "Sign: put it in force"


class TermsDrop(ShopVerb):
    """Give up a draft."""

    form_class = ReasonForm
    heading = "Drop {record.number}"
    lead = "What was in force stays in force."
    submit_label = "Drop it"
    done = "{result.number} is dropped."
    is_danger = True
