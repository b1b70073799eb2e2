"""The finishes of a plan: windows written at release, plans refused that leave no room."""

from decimal import Decimal

import pytest

from routes.domain import finish_plans, route_revisions
from routes.domain.finish_plans import FeatureDoesNotFit, finish_rows, windows_frozen
from routes.domain.route_contents import content_of
from routes.domain.route_gaps import gaps_before_release
from routes.domain.route_revisions import RouteIncomplete
from routes.models.parts import BEFORE
from tests.factories.finish import make_finish_draft, make_growth, name_feature, release
from tests.factories.routes import make_draft_route, make_part_revision


def test_windows_are_written_at_release_and_stay(cast):
    growth = make_growth(cast)
    draft = make_finish_draft(cast)
    name_feature(cast, draft)
    released = release(cast, draft)
    (feature,) = released.finish_features.all()
    assert (feature.window_lower, feature.window_upper, feature.computed_from) == (
        Decimal("9.86"),
        Decimal("10.04"),
        growth.number,
    )
    assert content_of(released)["finish"][0]["lower"] == Decimal("9.86")
    make_growth(cast, thickness_max=Decimal("0.1"))
    assert list(windows_frozen(released).values()) == [
        {"lower": "9.86", "upper": "10.04", "from": growth.number}
    ]
    copied = route_revisions.draft_revision(
        by=cast.quality, part_revision=released.part_revision, copy_from=released
    )
    (again,) = copied.finish_features.all()
    assert (again.kind, again.window_lower, again.computed_from) == ("external", None, "")


def test_a_plan_that_leaves_nothing_to_machine_to_is_refused(cast):
    make_growth(cast)
    draft = make_finish_draft(cast, tolerance="0.01")
    name_feature(cast, draft)
    sentence = (
        "Balloon 1 Shaft cannot be machined to size before the finish: of its 0.02 mm tolerance the finish scatters "
        "over "
        "0.02 mm, which leaves 0 mm. Mask it, agree on a tighter coating, or ask the customer for tolerance."
    )
    assert gaps_before_release(draft) == [sentence]
    with pytest.raises(RouteIncomplete) as refused:
        release(cast, draft)
    assert refused.value.facts["gaps"] == [sentence]


def test_the_same_plan_masked_is_released(cast):
    make_growth(cast)
    draft = make_finish_draft(cast, tolerance="0.01")
    name_feature(cast, draft, "masked")
    released = release(cast, draft)
    assert list(windows_frozen(released).values()) == [
        {"lower": "9.99", "upper": "10.01", "from": "no growth"}
    ]


@pytest.mark.parametrize(
    "tolerance, gaps",
    [
        (
            "0.1",
            [
                "Balloon 1 does not say whether it applies before or after finish, and the finish moves it by up to "
                "0.06 mm, "
                "more than 10 % of its 0.2 mm tolerance. Ask the customer, and set its side on the drawing revision."
            ],
        ),
        ("0.3", []),
    ],
)
def test_a_side_left_open_blocks_only_where_growth_matters(cast, tolerance, gaps):
    make_growth(cast)
    draft = make_finish_draft(cast, tolerance=tolerance, applies_to="unspecified")
    name_feature(cast, draft)
    assert gaps_before_release(draft) == gaps


def test_the_shop_sets_how_much_growth_matters(cast, settings):
    make_growth(cast)
    draft = make_finish_draft(cast, applies_to="unspecified")
    name_feature(cast, draft)
    settings.PORTAL_FINISH_SHARE_PERCENT = 30
    assert gaps_before_release(draft) == []


def test_a_known_coating_asks_how_each_dimension_is_moved(cast):
    draft = make_finish_draft(cast)
    assert gaps_before_release(draft) == []
    make_growth(cast)
    assert gaps_before_release(draft) == [
        "Balloon 1 is moved by operation 40 Anodize: say whether it is outside, inside, one face, a thread or masked."
    ]
    name_feature(cast, draft)
    assert gaps_before_release(draft) == []


def test_an_open_side_nobody_named_is_asked_only_where_it_could_matter(cast):
    make_growth(cast, thickness_max=Decimal("0.040"))
    small = make_finish_draft(cast, tolerance="0.1", applies_to="unspecified")
    large = make_finish_draft(cast, tolerance="2", applies_to="unspecified")
    assert gaps_before_release(small) == [
        "Balloon 1 is moved by operation 40 Anodize, and the drawing does not say on which side it applies: say how "
        "it is "
        "moved, or ask the customer."
    ]
    assert gaps_before_release(large) == []


def test_a_ratio_nobody_agrees_on_is_a_warning(cast):
    make_growth(cast, ratio_min=Decimal("0.33"))
    draft = make_finish_draft(cast)
    name_feature(cast, draft)
    (row,) = finish_rows(draft)
    assert (row.problem, row.warning) == (
        "",
        "Sources differ on how much of MIL-PRF-8625 F type II stands out (0.33 to 0.5 of it): coat a trial piece.",
    )


def test_without_a_finish_or_limits_there_is_nothing_to_compute(cast):
    part_revision = make_part_revision(cast)
    assert finish_rows(make_draft_route(cast, part_revision=part_revision, with_outside=False)) == []
    rows = finish_rows(make_draft_route(cast))
    assert [row.characteristic.balloon for row in rows] == ["1", "3"]
    assert {row.characteristic.side for row in rows}.isdisjoint({BEFORE})


def test_only_characteristics_of_the_drawing_are_named(cast):
    draft, other = make_finish_draft(cast), make_finish_draft(cast)
    name_feature(cast, draft)
    assert name_feature(cast, draft, "internal").kind == "internal"
    assert draft.finish_features.count() == 1
    with pytest.raises(FeatureDoesNotFit, match="cannot be named so on route"):
        name_feature(cast, draft, "round")
    stranger = other.part_revision.characteristics.get()
    with pytest.raises(FeatureDoesNotFit):
        finish_plans.name_feature(
            by=cast.quality, route_revision=draft, characteristic=stranger, kind="external"
        )
