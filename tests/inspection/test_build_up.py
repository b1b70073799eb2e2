"""What coatings build up, learnt from pieces measured before and after."""

from decimal import Decimal

import pytest

from inspection.domain import build_up
from inspection.domain.build_up import interval_of
from inspection.domain.entry_grid import Entry, look_over
from inspection.domain.windows import windows_of
from inspection.models import Nonconformance
from tests.factories.finish import make_finish_draft, make_growth, name_feature, release
from tests.factories.inspection import walk
from tests.factories.measuring import complete, make_inspection, measure
from tests.factories.routes import make_open_traveler
from tests.factories.subcontract import accept, make_outside_order


def test_interval_of_a_mean():
    found = interval_of([9.8, 10.0, 10.2, 10.4, 9.6])
    # s = 0.316228, t(0.975, 4) = 2.776445
    assert (found.n, round(found.mean, 6), round(found.lower, 5), round(found.upper, 5)) == (
        5,
        10.0,
        9.60735,
        10.39265,
    )
    assert (interval_of([1.0]).lower, interval_of([2.0, 2.0]).lower) == (None, 2.0)
    assert [interval_of([1.0] * n).is_provisional for n in (19, 20)] == [True, False]


@pytest.fixture
def lot(cast):
    """A lot of three whose shafts are to be measured before and after their anodize."""
    make_growth(cast)
    draft = make_finish_draft(cast)
    name_feature(cast, draft)
    return walk(cast, make_open_traveler(cast, route_revision=release(cast, draft), quantity=3), to=30)


def measure_side(cast, lot, values):
    record = make_inspection(cast, lot)
    for piece, value in enumerate(values, 1):
        measure(cast, record, "1", str(piece), value)
    return record


def test_before_the_finish_the_window_judges_and_after_it_the_drawing(cast, lot):
    # 9.95 and 9.86 lie inside the drawing's 9.9 to 10.1 or the window's 9.86 to 10.04; 10.06 only in the drawing's
    before = measure_side(cast, lot, ["9.86", "9.95", "10.06"])
    assert before.plan[0]["window"]["lower"] == "9.86"
    bore = before.measurements.earliest("pk").characteristic
    typed = [Entry(bore, "4", text) for text in ("9.86", "10.06")]
    assert [each.verdict for each in look_over(typed, windows=windows_of(before))] == ["PASS", "FAIL"]
    assert [value.verdict for value in before.measurements.order_by("serial")] == ["PASS", "PASS", "FAIL"]
    assert "required 9.86 to 10.04 mm before finish." in Nonconformance.objects.get().description
    complete(cast, before)
    accept(cast, make_outside_order(cast, lot=lot, at="returned"))
    after = make_inspection(cast, lot)
    assert "window" not in after.plan[0]
    assert measure(cast, after, "1", "1", "9.86").verdict == "FAIL"
    assert measure(cast, after, "1", "2", "10.06").verdict == "PASS"


def test_build_up_is_learnt_from_pieces_measured_on_both_sides(cast, lot):
    complete(cast, measure_side(cast, lot, ["9.90", "9.91", "9.92"]))
    assert build_up.learnt() == []
    accept(cast, make_outside_order(cast, lot=lot, at="returned"))
    # twice 0.049 to 0.051 mm on the diameter: more than the 0.02 to 0.03 a face that is assumed
    complete(cast, measure_side(cast, lot, ["9.998", "10.010", "10.022"]))
    (found,) = build_up.learnt()
    assert (found.vendor, found.spec_type, found.unit, found.grown.n) == (
        cast.vendor_organization,
        "II",
        "mm",
        3,
    )
    assert round(found.grown.mean, 6) == 0.05
    assert found.grown.is_provisional
    assert found.assumed.growth.most == Decimal("0.030")
    assert found.warning.startswith(f"{cast.vendor_organization.name} builds up 0.04")
