"""Series of lots: switched by how lots fare, and by signed decisions."""

import pytest

from inspection.domain.sampling import series as followed
from inspection.domain.sampling.series import NotQualified
from inspection.models import SamplingState
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from tests.cast import reauth
from tests.factories.measuring import complete
from tests.factories.sampling import (
    NORMAL_10,
    add_past,
    make_sampled_inspection,
    measure_pieces,
    put_on,
    qualified,
    series_of,
)


@pytest.fixture
def record(cast):
    return make_sampled_inspection(cast, quantity=3, **NORMAL_10)


@pytest.fixture
def series(record):
    return series_of(record.traveler.route_revision)


def finish_rejected(cast, record):
    """Find two bad pieces of three, sort the last, complete."""
    measure_pieces(cast, record, range(3, 4), bad=(1, 2))
    complete(cast, record)
    return SamplingState.objects.get()


def test_the_second_rejected_lot_of_five_tightens(cast, record, series):
    add_past(series, record, "AR")
    # the lot of this inspection had a word already, so it is offered again and does not count
    after = finish_rejected(cast, record)
    assert (after.state, after.outcomes.last().is_original) == ("normal", False)
    other = make_sampled_inspection(cast, route=record.traveler.route_revision, quantity=3)
    after = finish_rejected(cast, other)
    assert (after.state, after.why) == ("tightened", "2 of the last 3 lots were rejected")
    assert (after.outcomes.last().is_original, after.outcomes.last().severity) == (True, "normal")


def test_lots_offered_again_and_lots_before_the_switch_do_not_count(record, series):
    add_past(series, record, "ROOOA")
    assert [each.is_accepted for each in followed.outcomes_since(series)] == [False, True]
    tightened = put_on(series, "tightened")
    assert followed.outcomes_since(tightened) == []


def test_each_vendor_and_class_is_a_series_of_its_own(cast, record, series):
    part = record.traveler.route_revision.part_revision.part
    vendor = cast.vendor_organization if hasattr(cast, "vendor_organization") else cast.vendor.organization
    other = followed.series_for(part=part, vendor=vendor, defect_class="major")
    minor = followed.series_for(part=part, vendor=None, defect_class="minor")
    again = followed.series_for(part=part, vendor=None, defect_class="major")
    assert again == series
    assert len({series.pk, other.pk, minor.pk}) == 3


def test_a_discontinued_series_resumes_tightened_by_a_signature(cast, series):
    stopped = put_on(series, "discontinued")
    act = {"series": stopped, "corrective_action": "CAPA 26-014, new end mill guard"}
    with pytest.raises(NotEntitled):
        followed.resume(by=cast.inspector, token="", **act)
    with pytest.raises(Incomplete, match="Name the corrective action"):
        followed.resume(by=cast.quality, token="", series=stopped, corrective_action=" ")
    resumed = followed.resume(by=cast.quality, token=reauth(cast.quality), **act)
    assert (resumed.state, resumed.why, resumed.signature.person) == (
        "tightened",
        "corrective action accepted: CAPA 26-014, new end mill guard",
        cast.quality,
    )
    with pytest.raises(NotTheMoment, match="is tightened; there is nothing to resume"):
        followed.resume(by=cast.quality, token=reauth(cast.quality), **act)


def test_reducing_takes_ten_lots_two_answers_and_a_signature(cast, record, series):
    def reduce(*, within=True, steady=True):
        answers = {"is_within_limit_number": within, "is_production_steady": steady}
        return followed.reduce(by=cast.quality, series=series, token=reauth(cast.quality), **answers)

    add_past(series, record, "A" * 9)
    with pytest.raises(NotQualified, match="needs 1 more lot accepted in a row before it is reduced"):
        reduce()
    add_past(series, record, "A")
    with pytest.raises(NotQualified, match="is reduced only when"):
        reduce(within=False)
    with pytest.raises(NotEntitled):
        followed.reduce(
            by=cast.operator, series=series, token="", is_within_limit_number=True, is_production_steady=True
        )
    assert reduce().state == "reduced"
    with pytest.raises(NotTheMoment, match="only normal inspection is reduced"):
        reduce()
    with pytest.raises(Incomplete, match="Say why"):
        followed.restore(by=cast.quality, series=series, reason="")
    restored = followed.restore(by=cast.quality, series=series, reason="The line stood still for a month.")
    assert (restored.state, restored.why) == ("normal", "The line stood still for a month.")
    with pytest.raises(NotTheMoment):
        followed.restore(by=cast.quality, series=series, reason="Again.")


def test_skip_lot_is_qualified_by_ten_lots_and_ends(cast, record, series):
    route = record.traveler.route_revision

    def qualify(*, one_in=2, by=cast.quality, route_revision=route):
        token = reauth(by) if by.role == "quality" else ""
        return followed.qualify(
            by=by, series=series, token=token, one_in=one_in, route_revision=route_revision
        )

    with pytest.raises(NotQualified, match="needs 10 more lots accepted in a row before lots of it may be"):
        qualify()
    with pytest.raises(Incomplete, match="one lot in two, three, four or five"):
        qualify(one_in=9)
    with pytest.raises(NotEntitled):
        qualify(by=cast.operator)
    with pytest.raises(NotTheMoment, match="is looked at already"):
        followed.end_skip(by=cast.quality, series=series, reason="Caution.")
    ready = qualified(cast, route, record)
    assert (ready.skip_one_in, ready.skip_route, len(ready.draw)) == (2, route, 32)
    with pytest.raises(NotTheMoment, match="is qualified already"):
        qualify()
    with pytest.raises(Incomplete, match="Say why every lot"):
        followed.end_skip(by=cast.quality, series=series, reason=" ")
    ended = followed.end_skip(by=cast.quality, series=series, reason="The customer asks for every lot.")
    assert (ended.skip_one_in, ended.draw) == (None, "")


def test_a_rejected_lot_ends_the_qualification(cast, record, series):
    ready = qualified(cast, record.traveler.route_revision, record)
    other = make_sampled_inspection(cast, route=record.traveler.route_revision, quantity=3)
    assert SamplingState.objects.get(pk=ready.pk).skip_one_in == 2
    assert finish_rejected(cast, other).skip_one_in is None


def test_a_changed_route_ends_the_qualification(cast, record, series):
    route = record.traveler.route_revision
    ready = qualified(cast, route, record)
    assert followed.ready_for(series=ready, route=route).skip_one_in == 2
    changed = make_sampled_inspection(cast, quantity=3, **NORMAL_10).traveler.route_revision
    assert followed.ready_for(series=ready, route=changed).skip_one_in is None
