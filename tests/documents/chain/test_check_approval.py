from dataclasses import replace
from datetime import date

import pytest

from documents.domain.chain.check_approval import check
from tests.factories.lot_facts import day, good_lot, with_certificate, with_changes


def test_matching_scope_closes():
    assert [(slot.state, slot.evidence) for slot in check(good_lot())] == [("accepted", "AP-000003")]


@pytest.mark.parametrize(
    ("attribute", "field", "value"),
    [
        ("site", "site", "Brightwater Finishing, Second works"),
        ("process", "process", "passivation"),
        ("specification", "spec_number", "AMS 2469"),
        ("revision", "spec_revision", "E"),
        ("type", "spec_type", "Type III"),
        ("class", "spec_class", "Class 2"),
        ("material", "material", "7075"),
        ("customer", "customer", "Tessaly Flight"),
        ("date", "valid_from", date(2026, 3, 7)),
        ("state", "gaps", ((date(2025, 1, 1), None),)),
        (
            "registration (12345 held from 1 Jan 2025 to before 1 Mar 2026)",
            "rests_on",
            (("12345", date(2025, 1, 1), date(2026, 3, 1)),),
        ),
    ],
)
def test_every_attribute_must_match(attribute, field, value):
    (slot,) = check(with_changes(good_lot(), "scopes", **{field: value}))
    assert slot.state == "rejected"
    assert slot.sentence == (
        "Brightwater Finishing, Main works was not approved for MIL-PRF-8625 F Type II Class 1 on 6 Mar 2026 "
        f"(order date of PO-000041/1): approval AP-000003 differs in {attribute}. "
        "Show an approval that held that day, or open a nonconformance."
    )


def test_process_date_counts_too():
    (slot,) = check(with_certificate(with_changes(good_lot(), "scopes", valid_until=day(11))))
    assert (slot.state, "on 11 Mar 2026 (process date" in slot.sentence) == ("rejected", True)


def test_without_a_printed_date_the_whole_time_away_counts():
    lot = with_certificate(good_lot(), process_from=None, process_to=None)
    assert [slot.state for slot in check(lot)] == ["accepted"]
    assert [slot.state for slot in check(with_changes(lot, "scopes", valid_until=day(12)))] == ["rejected"]


def test_suspension_counts_from_its_day():
    suspended = with_changes(good_lot(), "scopes", gaps=((day(20), None),))
    assert [slot.state for slot in check(suspended)] == ["accepted"]
    suspended = with_changes(good_lot(), "scopes", gaps=((day(10), None),))
    assert [slot.state for slot in check(suspended)] == ["rejected"]


def test_other_number_of_the_specification_counts():
    assert [slot.state for slot in check(with_changes(good_lot(), "scopes", spec_number="MIL-A-8625"))] == [
        "accepted"
    ]


def test_vendor_without_any_approval_is_rejected():
    (slot,) = check(replace(good_lot(), scopes=()))
    assert slot.sentence == (
        "Brightwater Finishing, Main works holds no approval; order PO-000041/1 has it do "
        "MIL-PRF-8625 F Type II Class 1. Approve the vendor's scope with its basis, or have the work done again "
        "by an approved one."
    )


def test_lot_not_ordered_yet_only_waits():
    assert [(slot.state, slot.waits) for slot in check(replace(good_lot(), outside=()))] == [
        ("missing", True)
    ]


def test_route_without_outside_work_asks_nothing():
    inside = tuple(step for step in good_lot().steps if step.kind != "outside")
    assert [slot.state for slot in check(replace(good_lot(), steps=inside))] == ["na"]
