"""The customer's own inspection, and both sides beside each other."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from inspection.domain import records
from inspection.domain.comparison import compare
from inspection.domain.customer_inspections import open_customer_inspection
from inspection.domain.records import missing_values
from inspection.models import InspectionRecord, Nonconformance
from portal.domain.errors import NotEntitled, NotTheMoment
from tests.cast import reauth
from tests.factories.inspection import make_final_inspection
from tests.factories.measuring import characteristic_of, complete, measure, measure_all


@pytest.fixture
def ours(cast) -> InspectionRecord:
    """Our open final inspection of three serialised pieces: bore 9.9 to 10.1 mm, length 79.9 to 80.1 mm."""
    return make_final_inspection(cast, quantity=3, is_serialized=True)


@pytest.fixture
def theirs(cast, ours) -> InspectionRecord:
    return open_customer_inspection(by=cast.inspector, traveler=ours.traveler)


def test_it_plans_every_characteristic_and_asks_for_none(cast, ours, theirs):
    count = ours.traveler.route_revision.part_revision.characteristics.count()
    assert (theirs.kind, theirs.step, len(theirs.plan), missing_values(theirs)) == (
        "customer",
        None,
        count,
        [],
    )


def test_one_is_open_at_a_time_and_only_inspectors_open_it(cast, ours, theirs):
    with pytest.raises(NotTheMoment, match=f"{theirs.number} holds the customer's results"):
        open_customer_inspection(by=cast.inspector, traveler=ours.traveler)
    records.void(by=cast.quality, record=theirs, reason="The file was of another lot.")
    with pytest.raises(NotEntitled):
        open_customer_inspection(by=cast.operator, traveler=ours.traveler)
    assert open_customer_inspection(by=cast.inspector, traveler=ours.traveler).number > theirs.number


def test_it_signs_no_step_and_lets_ours_be_completed(cast, ours, theirs):
    measure_all(cast, theirs)
    with pytest.raises(NotTheMoment, match="it stands beside ours and closes nothing"):
        complete(cast, theirs)
    assert len(missing_values(ours)) == len(ours.plan)
    with pytest.raises(records.Incomplete, match="lacks values by its plan"):
        records.complete(by=cast.inspector, record=ours, token=reauth(cast.inspector))
    measure_all(cast, ours)
    assert complete(cast, ours).state == InspectionRecord.COMPLETED


def test_what_fails_there_opens_nothing_here(cast, ours, theirs):
    measure(cast, theirs, "1", "0001", "10.4")
    assert Nonconformance.objects.count() == 0
    measure(cast, ours, "1", "0001", "10.4")
    assert Nonconformance.objects.count() == 1


def test_bias_is_theirs_less_ours(cast, ours, theirs):
    for serial, own, other in (("0001", "10.02", "10.05"), ("0002", "10.04", "10.03")):
        measure(cast, ours, "1", serial, own)
        measure(cast, theirs, "1", serial, other)
    measure(cast, theirs, "3", "0002", "80")
    found = compare(traveler=ours.traveler, viewer=cast.quality)
    pairs = [pair for serial in found.serials for pair in found.pairs[serial] if pair.theirs]
    assert [(pair.characteristic.balloon, pair.serial, pair.bias) for pair in pairs] == [
        ("1", "0001", Decimal("0.03")),
        ("1", "0002", Decimal("-0.01")),
        ("3", "0002", None),
    ]
    agreements = {each.characteristic.balloon: each for each in found.agreements}
    bore, length = agreements["1"], agreements["3"]
    assert (bore.pieces, bore.mean_bias, bore.largest_bias) == (2, Decimal("0.01"), Decimal("0.03"))
    assert (length.pieces, length.mean_bias, length.largest_bias) == (0, None, None)
    assert (found.only_theirs, found.disputed) == (1, [])


def test_piece_set_apart_is_compared_with_its_lot(cast, ours, theirs):
    measure(cast, ours, "1", "0003", "10.4")
    measure(cast, theirs, "1", "0003", "10.05")
    found = compare(traveler=ours.traveler, viewer=cast.quality)
    (pair,) = found.disputed
    assert (pair.serial, pair.ours.verdict, pair.theirs.verdict) == ("0003", "FAIL", "PASS")
    assert Nonconformance.objects.get().state == "open"


def test_withdrawn_and_voided_values_do_not_count(cast, ours, theirs):
    measure(cast, theirs, "1", "0001", "10.05")
    records.void(by=cast.quality, record=theirs, reason="The file was of another lot.")
    assert compare(traveler=ours.traveler, viewer=cast.quality).serials == ()


def test_statements_do_not_grow_with_the_pieces(cast, ours, theirs, django_assert_num_queries):
    viewer = cast.quality

    def statements() -> int:
        with django_assert_num_queries(2):
            compare(traveler=ours.traveler, viewer=viewer)

    measure(cast, theirs, "1", "0001", "10.05")
    statements()
    for serial in ("0002", "0003"):
        measure(cast, theirs, "1", serial, "10.05")
        measure(cast, ours, "1", serial, "10.05")
    statements()


def test_page_says_what_fails_there_and_proposes_a_nonconformance(cast, sign_in, ours, theirs):
    measure(cast, ours, "1", "0002", "10.05")
    measure(cast, theirs, "1", "0002", "10.4")
    page = sign_in(cast.quality).get(reverse("inspection:comparison-detail", args=[ours.traveler.number]))
    text = " ".join(page.content.decode().split())
    bore = characteristic_of(ours, "1")
    assert f"Serial 0002, 1 {bore.name}: theirs 10.40, ours 10.05; {bore.requirement}." in text
    assert "Nothing was opened for it: report a nonconformance if you agree." in text
    assert [act["label"] for act in page.context["acts"] if act["is_main"]] == ["Report a nonconformance"]
    detail = sign_in(cast.quality).get(theirs.get_absolute_url())
    assert "They sign no step, close no link and open no nonconformance." in detail.content.decode()
    assert [act["label"] for act in detail.context["acts"]] == [
        "Import results",
        "Set aside",
        "Compare with ours",
    ]
    beside = sign_in(cast.quality).get(ours.get_absolute_url())
    assert "Compare with the customer's" in [act["label"] for act in beside.context["acts"]]


def test_page_without_anything_of_theirs_says_what_to_do(cast, sign_in, ours):
    page = sign_in(cast.inspector).get(reverse("inspection:comparison-detail", args=[ours.traveler.number]))
    assert "Nothing of the customer's is here yet" in " ".join(page.content.decode().split())
    opened = sign_in(cast.inspector).post(
        reverse("inspection:customer-inspection-open", args=[ours.traveler.number])
    )
    record = InspectionRecord.objects.get(kind=InspectionRecord.CUSTOMER)
    assert opened.url == reverse("inspection:results-preview", args=[record.number])
    listed = sign_in(cast.quality).get(reverse("inspection:record-list"))
    assert record.number in listed.content.decode()
