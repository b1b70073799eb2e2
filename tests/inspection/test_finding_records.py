"""The record of a nonconformance: what it must say, who answers, what was contained, how often it came back."""

from datetime import timedelta

import pytest

from inspection.domain import finding_records, nonconformances
from inspection.domain.finding_records import RepeatFinding, counts_by_code, counts_by_part, counts_by_vendor
from inspection.models import FindingCode, FindingRecord, Nonconformance
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from routes.domain.words import AlreadyThere
from tests.days import in_days, settle
from tests.factories.findings import make_code, make_record
from tests.factories.inspection import decide, make_nonconformance
from tests.factories.routes import today

SINCE = in_days(-365)


def test_record_is_written_and_written_anew(cast):
    found = make_nonconformance(cast)
    make_record(cast, found)
    again = make_record(cast, found, actual="10.42 mm", party="vendor", organization=cast.vendor_organization)
    assert (FindingRecord.objects.get(), again.actual) == (again, "10.42 mm")
    assert [each.actual for each in again.history.order_by("pk")] == ["10.40 mm", "10.42 mm"]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"detected_at": "moon"}, "Say where NC-"),
        ({"requirement": " "}, "requires and what was found instead"),
        ({"actual": ""}, "requires and what was found instead"),
        ({"quantity_checked": 0}, "not fewer than that were checked"),
        ({"party": "nobody"}, "Say who answers"),
        ({"party": "vendor"}, "Name the vendor"),
        ({"party": "vendor", "organization": "customer"}, "Name the vendor"),
        ({"party": "customer", "organization": "vendor_organization"}, "Name the customer"),
    ],
)
def test_record_says_what_where_and_whose(cast, facts, words):
    found = make_nonconformance(cast)
    named = {key: getattr(cast, each) if key == "organization" else each for key, each in facts.items()}
    with pytest.raises(Incomplete, match=words):
        make_record(cast, found, **named)
    assert make_record(cast, found).party == "shop"


def test_a_code_whose_capitals_are_too_long_is_refused(cast):
    with pytest.raises(Incomplete, match="is longer than 12 letters"):
        make_code(cast, "ß" * 12)
    assert make_code(cast, "ß" * 6).code == "SS" * 6


def test_a_code_stands_for_its_own_kind(cast):
    cause = make_code(cast, "C-1", FindingCode.CAUSE)
    with pytest.raises(Incomplete, match="is a cause code, not a defect code"):
        make_record(cast, make_nonconformance(cast), defect=cause)


def test_a_closed_one_keeps_its_record(cast):
    found = make_nonconformance(cast)
    nonconformances.close(by=cast.inspector, nonconformance=decide(cast, found, Nonconformance.SCRAP))
    with pytest.raises(NotTheMoment, match="is closed; its record stands"):
        make_record(cast, found)


def test_outsiders_write_nothing(cast):
    found = make_nonconformance(cast)
    make_code(cast)
    with pytest.raises(NotEntitled):
        finding_records.record_containment(
            by=cast.vendor, nonconformance=found, place="stock", found="All good.", checked_on=today()
        )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"place": "moon"}, "Say where the finding"),
        ({"found": " "}, "Say where the finding"),
        ({"checked_on": in_days(1)}, "a day to come"),
    ],
)
def test_containment_says_where_and_what(cast, facts, words):
    found = make_nonconformance(cast)
    wanted = {"place": "stock", "found": "40 pieces, all good.", "checked_on": today()}
    with pytest.raises(Incomplete, match=words):
        finding_records.record_containment(by=cast.operator, nonconformance=found, **{**wanted, **facts})
    check = finding_records.record_containment(by=cast.operator, nonconformance=found, **wanted)
    assert list(found.containment.all()) == [check]


def test_catalogue_is_quality_s_own(cast):
    with pytest.raises(NotEntitled):
        finding_records.add_code(by=cast.inspector, kind="defect", code="D-1", words="Burr")
    with pytest.raises(Incomplete):
        finding_records.add_code(by=cast.quality, kind="moon", code="D-1", words="Burr")
    code = finding_records.add_code(by=cast.quality, kind="defect", code="d-1", words="Burr")
    assert code.code == "D-1"
    with pytest.raises(AlreadyThere):
        finding_records.add_code(by=cast.quality, kind="defect", code="D-1", words="Burr again")
    assert finding_records.retire_code(by=cast.quality, code=code).is_active is False
    with pytest.raises(NotTheMoment):
        finding_records.retire_code(by=cast.quality, code=code)


def test_counts_stand_beside_what_they_are_a_part_of(cast):
    assert (
        counts_by_code(settle(SINCE)),
        counts_by_part(settle(SINCE)),
        counts_by_vendor(settle(SINCE)),
    ) == ([], [], [])
    first, second = make_nonconformance(cast), make_nonconformance(cast)
    make_record(cast, first)
    make_record(
        cast,
        second,
        defect=make_code(cast, "D-20"),
        party="vendor",
        organization=cast.vendor_organization,
    )
    assert counts_by_code(settle(SINCE)) == [
        RepeatFinding("D-10 Bore too wide", 1, 1, 2, "findings"),
        RepeatFinding("D-20 Bore too wide", 1, 1, 2, "findings"),
    ]
    assert [(each.findings, each.of, each.what) for each in counts_by_part(settle(SINCE))] == [
        (1, 1, "lots")
    ] * 2
    [vendor] = counts_by_vendor(settle(SINCE))
    assert (vendor.name, vendor.findings, vendor.pieces) == ("Brightwater Finishing", 1, 1)
    assert vendor.of == 2
    assert counts_by_code(today() + timedelta(days=1)) == []
