"""Growth of coatings: the table plans are computed by, drafted with its source and signed by another."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Value, When

from portal.models import Signature
from portal.permissions import SHOP
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, RecordView
from routes.domain import coating_growths
from routes.domain.sampling_rules import plain
from routes.finish_forms import GrowthForm
from routes.forms import ReasonForm, ShopForm
from routes.models import CoatingGrowth
from routes.permissions import PLANNERS
from routes.views.pages import ShopVerb, act, acts_for, crumb, history_of

COLUMNS = [
    {"key": "number", "label": "Growth", "kind": "code", "url_key": "get_absolute_url"},
    {"key": "what", "label": "Coating", "note_key": "only_for"},
    {"key": "whose", "label": "By"},
    {"key": "thickness", "label": "Thickness"},
    {"key": "ratio", "label": "Build-up"},
    {"key": "signature.printed_name", "label": "Signed by", "note_key": "source"},
    {"key": "state", "label": "State", "kind": "state"},
]
JOINS = ("specification", "vendor", "author", "signature")


def between(low, high, unit: str = "") -> str:
    """Return two figures as one phrase."""
    words = plain(low) if low == high else f"{plain(low)} to {plain(high)}"
    return f"{words} {unit}".strip()


def readied(row: CoatingGrowth) -> CoatingGrowth:
    """Return a growth with the words a row shows."""
    row.thickness = between(row.thickness_min, row.thickness_max, row.get_unit_display())
    row.ratio = between(row.ratio_min, row.ratio_max, "of it")
    only = [row.material and f"alloy {row.material}", row.feature and row.get_feature_display().lower()]
    row.only_for = "; ".join(filter(None, only))
    return row


class GrowthList(RecordListView):
    """Show the growths: those that wait for a signature, those in force, then the past."""

    roles = SHOP
    model = CoatingGrowth
    template_name = "portal/list.html"

    def queryset_for(self, person):
        rank = Case(
            When(state=CoatingGrowth.DRAFT, then=Value(0)),
            When(state=CoatingGrowth.IN_FORCE, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return super().queryset_for(person).select_related(*JOINS).order_by(rank, "-id")

    def context(self, rows):
        for row in rows:
            readied(row)
        draft = act("Draft a growth", "growth-draft", is_main=True)
        return {
            "heading": "Coating growth",
            "lead": "How much a finish adds to a surface. What parts are machined to before it is computed from these.",
            "columns": COLUMNS,
            "empty_heading": "Nobody said yet how much a coating grows",
            "empty_sentence": "Until a growth is signed, no window before a finish is computed.",
            "acts": acts_for(self.request.user, PLANNERS, draft),
        }


class GrowthDetail(RecordView):
    """Show one growth: its figures, where they come from, who signed it."""

    roles = SHOP
    model = CoatingGrowth
    template_name = "routes/growth_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def context(self, record):
        person = self.request.user
        row = readied(record)
        return {
            "facts": [
                {"label": "Coating", "value": row.what},
                {"label": "By", "value": row.whose},
                {"label": "Only for", "value": row.only_for or "every alloy and feature"},
                {"label": "Thickness", "value": row.thickness, "note": "penetration and build-up"},
                {"label": "Build-up", "value": row.ratio},
                {"label": "A diameter grows by", "value": self.growth(record, 2)},
                {"label": "A 60° thread's pitch diameter by", "value": self.growth(record, 4)},
                {
                    "label": "Drafted by",
                    "value": row.author.printed_name,
                    "note": f"{row.drafted_at:%-d %b %Y}",
                },
            ],
            "acts": acts_for(person, PLANNERS, *self.acts(record)),
            "banner": self.banner(record),
            "signatures": Signature.objects.filter(noun="coating growth", number=record.number).order_by(
                "pk"
            ),
            "events": history_of(person, "coating growth", record.number),
            "crumbs": [crumb("Coating growth", "growth-list")],
        }

    def growth(self, record, factor: int) -> str:
        found = coating_growths.in_unit_of(record, record.unit)
        return between(found.least * factor, found.most * factor, record.get_unit_display())

    def acts(self, record) -> list[dict[str, Any]]:
        if record.state != CoatingGrowth.DRAFT:
            return []
        sign = act("Sign", "growth-sign", is_main=True, number=record.number)
        if record.author_id == self.request.user.pk:
            sign["closed"] = "You drafted these figures; another quality engineer signs them."
        return [act("Drop", "growth-drop", number=record.number), sign]

    def banner(self, record) -> dict[str, str] | None:
        if record.state != CoatingGrowth.DRAFT:
            return None
        is_mine = record.author_id != self.request.user.pk and self.request.user.role in PLANNERS
        return {
            "state": "requested",
            "heading": "This waits for you"
            if is_mine
            else "This waits for a quality engineer who did not draft it",
            "sentence": "Until it is signed, no window is computed by it.",
        }


class GrowthDraft(ShopVerb):
    """Draft how a coating grows."""

    scope = LIST
    form_class = GrowthForm
    heading = "Draft the growth of a coating"
    lead = (
        "A quality engineer who did not draft it signs it. Routes released before keep the windows they were signed "
        "with."
    )
    submit_label = "Draft the growth"
    done = "{result.number} is drafted; nothing is computed by it until it is signed."

    def cancel_url(self):
        return crumb("", "growth-list")["url"]

    def get_crumbs(self):
        return [crumb("Coating growth", "growth-list")]

    def act(self, record, data, *, by, token=None):
        return coating_growths.draft(by=by, **data)


class GrowthSign(ShopVerb):
    """Put a growth in force."""

    model = CoatingGrowth
    form_class = ShopForm
    needs_reauth = True
    meaning = "Approved"
    heading = "Put {record.number} in force"
    submit_label = "Sign: put it in force"
    done = "{result.number} is in force for every route released from now on."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("specification", "vendor")

    def get_lead(self):
        row = readied(self.record)
        return f"{row.what}, {row.whose}: {row.thickness} thick, {row.ratio} stands out. Source: {row.source}"

    def act(self, record, data, *, by, token=None):
        return coating_growths.sign(by=by, growth=record, token=token)


class GrowthDrop(ShopVerb):
    """Give up a draft."""

    model = CoatingGrowth
    form_class = ReasonForm
    heading = "Drop {record.number}"
    lead = "What was in force stays in force."
    submit_label = "Drop it"
    done = "{result.number} is dropped."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return coating_growths.drop(by=by, growth=record, **data)
