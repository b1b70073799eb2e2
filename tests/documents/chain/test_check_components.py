from dataclasses import replace
from datetime import date

import pytest

from documents.domain.chain.check_components import check
from documents.domain.chain.component_facts import ComponentFacts, ComponentSource
from documents.domain.chain.gauge_doubt_facts import GaugeDoubtFacts
from tests.factories.lot_facts import good_lot

LOT = good_lot().number


def source(**facts):
    return ComponentSource(
        **{
            "into": LOT,
            "item": "1",
            "part_number": "30-4471-9",
            "source": "T-000388",
            "words": "lot T-000388",
            "quantity": 96,
            "state": "complete",
        }
        | facts
    )


def component(*sources, **facts):
    return ComponentFacts(
        **{
            "item_number": "1",
            "part_number": "30-4471-9",
            "name": "Arm",
            "wanted": "A",
            "is_bought": False,
            "quantity_each": 2,
            "needed": 96,
            "recorded": 96,
            "sources": sources or (source(),),
        }
        | facts
    )


def lot_with(*components):
    return replace(good_lot(), components=components)


def only_slot(*components):
    (slot,) = check(lot_with(*components))
    return slot


def test_part_without_a_parts_list_asks_nothing():
    (slot,) = check(good_lot())
    assert (slot.state, slot.reason) == ("na", "30-4471-2 revision C has no parts list.")


def test_proved_sources_close():
    other = source(source="T-000390", words="lot T-000390")
    slot = only_slot(component(source(), other))
    assert (slot.state, slot.evidence) == ("accepted", "lot T-000388; lot T-000390")


def test_every_item_is_one_demand():
    slots = check(lot_with(component(), component(item_number="2", recorded=0, sources=(source(),))))
    assert [(slot.subject, slot.state, slot.waived_by) for slot in slots] == [
        ("item 1", "accepted", "nobody"),
        ("item 2", "missing", "nobody"),
    ]


def test_missing_pieces_are_named():
    slot = only_slot(component(recorded=90))
    assert slot.sentence == (
        "Lot T-000412 needs 96 pieces of item 1, 30-4471-9 Arm, and 90 are recorded. Record from which lot the others "
        "came."
    )
    assert (slot.url_name, slot.url_kwargs) == (
        "routes:component-build-in",
        {"number": "T-000412", "item": "1"},
    )


def test_bought_pieces_come_from_a_receipt():
    slot = only_slot(component(is_bought=True, recorded=0))
    assert slot.sentence.endswith("Record from which receipt the others came.")


def test_assembly_without_its_own_piece_is_named():
    slot = only_slot(component(short_serials=("0003", "0007")))
    assert (slot.state, slot.sentence) == (
        "missing",
        "0003, 0007 of lot T-000412 has not all of item 1, 30-4471-9 Arm. Record which piece went into it.",
    )


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"state": "open"}, "it is open again. Finish it, or take its pieces out."),
        ({"holds": ("H-000004",)}, "H-000004 stops it. Decide on the hold, or take its pieces out."),
        (
            {"nonconformances": ("NC-000002",)},
            "NC-000002 is not settled. Decide on it, or take its pieces out.",
        ),
        (
            {"uncertified": ("heat 7T4418", "operation 40 Anodize")},
            "no accepted certificate is here for all of heat 7T4418, operation 40 Anodize. Accept one, or take its "
            "pieces out.",
        ),
        ({"lacks": ("item 2",)}, "it lacks item 2 itself. Record what it was built from."),
    ],
)
def test_source_must_be_proved_itself(facts, fault):
    slot = only_slot(component(source(**facts)))
    assert (slot.state, slot.sentence) == (
        "rejected",
        f"Item 1, 30-4471-9 Arm of lot T-000412 comes from lot T-000388: {fault}",
    )
    assert (slot.url_name, slot.url_kwargs) == ("routes:traveler-detail", {"number": "T-000388"})


@pytest.mark.parametrize("state", ["complete", "shipped", "closed"])
def test_source_may_have_left_or_be_empty(state):
    assert only_slot(component(source(state=state))).state == "accepted"


def test_source_below_a_subassembly_says_what_it_is_in():
    below = source(
        into="T-000388", item="4", part_number="NAS 1149", source="M-000009", words="M-000009, batch 12"
    )
    below = replace(below, is_bought=True, state="", uncertified=("batch 12",))
    slot = only_slot(component(source(), below))
    assert slot.sentence == (
        "Item 4, NAS 1149, of lot T-000388, which is in lot T-000412, comes from M-000009, batch 12: no accepted "
        "certificate is here for all of batch 12. Accept one, or take its pieces out."
    )
    assert (slot.url_name, slot.url_kwargs) == ("routes:material-detail", {"number": "M-000009"})


def test_readings_in_doubt_of_a_source_stop_it_and_point_at_the_gauge():
    doubts = (GaugeDoubtFacts("G-12", date(2026, 11, 3)), GaugeDoubtFacts("G-14", date(2026, 11, 3)))
    slot = only_slot(component(source(doubts=doubts)))
    assert (slot.state, slot.sentence) == (
        "rejected",
        "Item 1, 30-4471-9 Arm of lot T-000412 comes from lot T-000388: readings of gauge G-12, found out of tolerance "
        "on 3 Nov 2026, are in doubt, and those of 1 more. Have somebody of quality who took none of them judge them "
        "for lot T-000388, or take its pieces out.",
    )
    place = {"number": "G-12", "day": "2026-11-03"}
    assert (slot.url_name, slot.url_kwargs) == ("inspection:readings-detail", place)
