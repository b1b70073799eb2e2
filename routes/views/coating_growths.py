"""Growth of coatings: the table plans are computed by, drafted with its source and signed by another."""

from __future__ import annotations

from portal.permissions import SHOP
from routes.domain import coating_growths
from routes.domain.sampling_rules import plain
from routes.finish_forms import GrowthForm
from routes.models import CoatingGrowth
from routes.permissions import PLANNERS
from routes.views.pages import act, acts_for
from routes.views.signed_terms import TermsDetail, TermsDraft, TermsDrop, TermsList, TermsSign

COLUMNS = [
    {"key": "number", "label": "Growth", "kind": "code", "url_key": "get_absolute_url"},
    {"key": "what", "label": "Coating", "note_key": "only_for"},
    {"key": "whose", "label": "By"},
    {"key": "thickness", "label": "Thickness"},
    {"key": "ratio", "label": "Build-up"},
    {"key": "signature.printed_name", "label": "Signed by", "empty": "nobody yet"},
    {"key": "source", "label": "Source"},
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


class GrowthList(TermsList):
    """Show the growths: those that wait for a signature, those in force, then the past."""

    roles = SHOP
    model = CoatingGrowth
    joins = JOINS

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


class GrowthDetail(TermsDetail):
    """Show one growth: its figures, where they come from, who signed it."""

    roles = SHOP
    model = CoatingGrowth
    template_name = "routes/growth_detail.html"
    address, plural, joins = "routes:growth", "Coating growth", JOINS
    until = "Until it is signed, no window is computed by it."
    closed = "You drafted these figures; another quality engineer signs them."

    def facts(self, record):
        row = readied(record)
        return [
            {"label": "Coating", "value": row.what},
            {"label": "By", "value": row.whose},
            {"label": "Only for", "value": row.only_for or "every alloy and feature"},
            {"label": "Thickness", "value": row.thickness, "note": "penetration and build-up"},
            {"label": "Build-up", "value": row.ratio},
            {"label": "A diameter grows by", "value": self.growth(record, 2)},
            {"label": "A 60° thread's pitch diameter by", "value": self.growth(record, 4)},
            self.drafted_by(record),
        ]

    def growth(self, record, factor: int) -> str:
        found = coating_growths.in_unit_of(record, record.unit)
        return between(found.least * factor, found.most * factor, record.get_unit_display())


class GrowthDraft(TermsDraft):
    """Draft how a coating grows."""

    address, plural = "routes:growth", "Coating growth"
    form_class = GrowthForm
    heading = "Draft the growth of a coating"
    lead = (
        "A quality engineer who did not draft it signs it. Routes released before keep the windows they were signed "
        "with."
    )
    submit_label = "Draft the growth"
    done = "{result.number} is drafted; nothing is computed by it until it is signed."

    def act(self, record, data, *, by, token=None):
        return coating_growths.draft(by=by, **data)


class GrowthSign(TermsSign):
    """Put a growth in force."""

    model = CoatingGrowth
    done = "{result.number} is in force for every route released from now on."

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("specification", "vendor")

    def get_lead(self):
        row = readied(self.record)
        return f"{row.what}, {row.whose}: {row.thickness} thick, {row.ratio} stands out. Source: {row.source}"

    def act(self, record, data, *, by, token=None):
        return coating_growths.sign(by=by, growth=record, token=token)


class GrowthDrop(TermsDrop):
    """Give up a draft."""

    model = CoatingGrowth

    def act(self, record, data, *, by, token=None):
        return coating_growths.drop(by=by, growth=record, **data)
