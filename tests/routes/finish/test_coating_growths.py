"""Growth of coatings: drafted, signed by another, found for an operation."""

from decimal import Decimal

import pytest

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from routes.domain import coating_growths
from routes.domain.coating_growths import FiguresDoNotFit, growth_of
from routes.domain.words import AlreadyThere, AuthorMayNotApprove
from routes.models import CoatingGrowth, Operation
from tests.cast import reauth
from tests.factories.finish import draft_growth, make_growth
from tests.factories.routes import make_process_specification


@pytest.mark.parametrize(
    "facts, refusal, words",
    [
        ({"source": " "}, Incomplete, "Say where the figures of MIL-PRF-8625 F type II come from"),
        ({"thickness_min": Decimal("0.07")}, FiguresDoNotFit, "Give the thinner first."),
        ({"thickness_max": Decimal("60")}, FiguresDoNotFit, "Check the number and its unit."),
        ({"ratio_max": Decimal("1.5")}, FiguresDoNotFit, "from 0 (all inwards) to 1 (all outwards)."),
        ({"ratio_min": Decimal("NaN")}, FiguresDoNotFit, "has a figure that is no number"),
        ({"unit": "ell"}, Incomplete, "names a unit or a feature we do not know"),
    ],
)
def test_figures_that_cannot_be_are_refused(cast, facts, refusal, words):
    with pytest.raises(refusal) as refused:
        draft_growth(cast, **facts)
    assert words in refused.value.sentence


def test_only_a_vendor_has_a_growth_of_its_own(cast):
    with pytest.raises(FiguresDoNotFit, match="is no vendor"):
        draft_growth(cast, vendor=cast.customer)
    assert draft_growth(cast, vendor=cast.vendor_organization).whose == cast.vendor_organization.name


def test_a_growth_is_signed_by_another_and_supersedes(cast):
    first = make_growth(cast)
    second = draft_growth(cast, thickness_max=Decimal("0.055"))
    with pytest.raises(AlreadyThere, match="waits for a signature"):
        draft_growth(cast)
    with pytest.raises(NotEntitled):
        coating_growths.sign(by=cast.operator, growth=second, token="")
    with pytest.raises(AuthorMayNotApprove, match="drafted CG-"):
        coating_growths.sign(by=cast.quality, growth=second, token=reauth(cast.quality))
    by = cast.second_quality
    signed = coating_growths.sign(by=by, growth=second, token=reauth(by))
    first.refresh_from_db()
    assert (signed.state, first.state, signed.signature.person) == ("in_force", "superseded", by)
    with pytest.raises(NotTheMoment, match="is in force and cannot be signed any more"):
        coating_growths.sign(by=by, growth=second, token=reauth(by))


def test_a_draft_is_dropped_with_a_reason(cast):
    growth = draft_growth(cast)
    with pytest.raises(Incomplete, match="Say why"):
        coating_growths.drop(by=cast.quality, growth=growth, reason="")
    dropped = coating_growths.drop(by=cast.quality, growth=growth, reason="Wrong type.")
    assert dropped.state == CoatingGrowth.DROPPED
    with pytest.raises(NotTheMoment, match="cannot be dropped"):
        coating_growths.drop(by=cast.quality, growth=growth, reason="Again.")


def test_the_row_that_names_more_counts_and_vendors_count_together(cast):
    operation = Operation(
        specification=make_process_specification(cast),
        spec_type="II",
        spec_class="1",
        material_condition="6061-T6",
    )

    def found(feature="external"):
        growth = growth_of(operation, feature, unit="mm")
        return growth and (growth.growth.least, growth.growth.most, growth.is_uncertain)

    draft_growth(cast, material="2024")
    assert found() is None
    make_growth(cast, vendor=cast.vendor_organization, thickness_min=Decimal("0.010"))
    make_growth(cast, vendor=cast.stranger_vendor_organization, thickness_max=Decimal("0.080"))
    assert found() == (Decimal("0.005"), Decimal("0.040"), False)
    make_growth(cast)
    assert found() == (Decimal("0.020"), Decimal("0.030"), False)
    make_growth(cast, material="6061", ratio_min=Decimal("0.3"))
    make_growth(cast, material="7075", thickness_max=Decimal("0.2"))
    assert found() == (Decimal("0.012"), Decimal("0.030"), True)
    make_growth(cast, material="6061", feature="thread_internal", unit="um", thickness_max=Decimal("50"))
    assert (found(), found("thread_internal")[1]) == (
        (Decimal("0.012"), Decimal("0.030"), True),
        Decimal("0.025"),
    )
    operation.spec_type = "III"
    assert found() is None
