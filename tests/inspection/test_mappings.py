"""What a person says about a file whose names are not ours: asked, decided, kept for its source."""

from __future__ import annotations

from decimal import Decimal

import pytest

from inspection.domain import results
from inspection.domain.joining import NOT_OF_THE_LOT, Answers, Decision, ItemKey
from inspection.domain.mappings import mapping_of
from inspection.domain.results import ResultsDoNotFit
from inspection.models import InspectionRecord, Measurement, ResultMapping, ValueSetAside
from routes.models import Characteristic
from tests.factories.inspection import make_final_inspection
from tests.factories.result_files import make_qif
from tests.factories.routes import today

ITEMS = {"1": "DIA", "2": "LEN", "3": "ROUGHNESS"}
SERIALS = ("0001", "0002")


@pytest.fixture
def record(cast) -> InspectionRecord:
    """An open final inspection of two serialised pieces: bore 9.9 to 10.1 mm, length 79.9 to 80.1 mm."""
    return make_final_inspection(cast, quantity=2, is_serialized=True)


def file(samples=None, *, items=ITEMS, unit: str = "mm", **changes) -> bytes:
    """Return a file with every item on both pieces, with changes by serial such as s0002=[…]."""
    good = [("1", "10.02", "PASS"), ("2", "80.03", "PASS"), ("3", "0.8", "PASS")]
    samples = samples or {serial: changes.get(f"s{serial}", good) for serial in SERIALS}
    return make_qif(samples, items=items, unit=unit)


def ours(record, balloon: str) -> Characteristic:
    revision = record.traveler.route_revision.part_revision
    return Characteristic.objects.get(part_revision=revision, balloon=balloon)


def said(record, **changes) -> Answers:
    items = {
        ItemKey("DIA"): Decision(ours(record, "1")),
        ItemKey("LEN"): Decision(ours(record, "3")),
        ItemKey("ROUGHNESS"): Decision(reason="Measured on another machine."),
    }
    return Answers(**({"items": items} | changes))


def take(cast, record, content: bytes, **facts):
    wanted = {"by": cast.inspector, "name": "final.qif", "measured_on": today(), "source": "Machine 7"}
    return results.import_results(record=record, content=content, **(wanted | facts))


def preview(record, content: bytes, **facts):
    return results.preview_results(record=record, content=content, name="final.qif", **facts)


def test_item_of_another_name_is_asked_then_taken_as_said(cast, record):
    with pytest.raises(ResultsDoNotFit, match=r"DIA \(1\), LEN \(1\), ROUGHNESS \(1\)"):
        take(cast, record, file())
    assert (record.measurements.count(), ResultMapping.objects.count()) == (0, 0)
    report = take(cast, record, file(), answers=said(record))
    assert (report.saved, len(report.set_aside), report.joined) == (
        4,
        2,
        {ItemKey("DIA"): Decision(ours(record, "1")), ItemKey("LEN"): Decision(ours(record, "3"))},
    )
    kept = ValueSetAside.objects.values_list("item_name", "sample", "stated_value", "stated", "reason")
    assert list(kept) == [
        ("ROUGHNESS", serial, "0.8", "PASS", "Measured on another machine.") for serial in SERIALS
    ]


def test_decisions_serve_the_next_file_of_the_source_only(cast, record):
    take(cast, record, file(), answers=said(record))
    mapping = mapping_of(record.traveler.route_revision.part_revision, "Machine 7")
    assert (mapping.decided_by, mapping.items.count()) == (cast.inspector, 3)
    again = file({"0002": [("2", "80.01", "PASS")]})
    assert preview(record, again, source="Machine 8").unknown_items == ["LEN (1)"]
    assert preview(record, again, source="Machine 7").unknown_items == []


def test_later_decision_replaces_the_earlier_one(cast, record):
    take(cast, record, file({"0001": [("1", "10", "PASS"), ("2", "80", "PASS")]}), answers=said(record))
    changed = said(record, items={ItemKey("DIA"): Decision(reason="The probe was bent.")}, by_hand=("1",))
    take(cast, record, file({"0002": [("1", "9", "FAIL"), ("2", "80", "PASS")]}), answers=changed)
    mapping = ResultMapping.objects.get()
    assert mapping.items.get(item_name="DIA").set_aside_reason == "The probe was bent."
    assert mapping.items.get(item_name="LEN").characteristic == ours(record, "3")


def test_unit_said_once_is_known_next_time(cast, record):
    first = file({"0001": [("1", "10", ""), ("2", "80", "")]}, unit="")
    second = file({"0002": [("1", "10", ""), ("2", "80", "")]}, unit="")
    assert preview(record, first, answers=said(record)).is_unit_asked
    take(cast, record, first, answers=said(record, unit="mm"))
    assert take(cast, record, second).saved == 2


def test_without_a_source_nothing_is_remembered(cast, record):
    take(cast, record, file(), answers=said(record), source=" ")
    assert ResultMapping.objects.count() == 0


def test_sample_that_is_no_piece_of_the_lot_is_set_aside(cast, record):
    good = [("1", "10", "PASS"), ("2", "80", "PASS")]
    content = file({"0001": good, "0002": good, "A9": good})
    assert preview(record, content, answers=said(record)).questions == [
        "Sample 3 carries “A9”: say which piece of the lot it is."
    ]
    report = take(cast, record, content, answers=said(record, serial_map={"A9": NOT_OF_THE_LOT}))
    assert (report.saved, [each.sample for each in report.set_aside]) == (4, ["A9", "A9"])


def test_single_value_is_set_aside_and_still_owed(cast, record):
    cells = {("0002", "1"): "The probe slipped."}
    report = take(cast, record, file(), answers=said(record, cells=cells))
    assert (report.saved, report.set_aside[1].reason) == (3, "The probe slipped.")
    assert not Measurement.objects.filter(serial="0002", characteristic=ours(record, "1")).exists()


def test_double_value_is_settled_by_setting_one_aside(cast, record):
    twice = [("1", "10.02", "PASS"), ("1", "10.2", "FAIL"), ("2", "80", "PASS")]
    content = file(s0002=twice, s0001=[("1", "10", "PASS"), ("2", "80", "PASS")])
    report = preview(record, content, answers=said(record))
    assert [(value.sample, value.position) for value in report.open_values] == [(2, 2)]
    with pytest.raises(ResultsDoNotFit, match="Characteristic 1 has two values on 0002"):
        take(cast, record, content, answers=said(record))
    take(cast, record, content, answers=said(record, values={(2, 2): "Measured dirty."}))
    assert Measurement.objects.get(serial="0002", characteristic=ours(record, "1")).value == Decimal("10.02")


def test_values_of_one_item_are_told_apart_by_place(record):
    twice = [("1", "10.01", "PASS"), ("1", "80.02", "PASS")]
    items = {ItemKey("DIA", 1): Decision(ours(record, "1")), ItemKey("DIA", 2): Decision(ours(record, "3"))}
    report = preview(record, file(dict.fromkeys(SERIALS, twice)), answers=Answers(items=items))
    assert report.is_complete
    assert [(row.characteristic.balloon, row.value) for row in report.rows[:2]] == [
        ("1", Decimal("10.01")),
        ("3", Decimal("80.02")),
    ]


def test_sample_that_lacks_one_of_several_is_asked_not_guessed(record):
    twice = [("1", "10.01", "PASS"), ("1", "80.02", "PASS")]
    items = {ItemKey("DIA", 1): Decision(ours(record, "1")), ItemKey("DIA", 2): Decision(ours(record, "3"))}
    content = file({"0001": twice, "0002": twice[1:], "#x": twice})
    answers = Answers(items=items, serial_map={"#x": NOT_OF_THE_LOT})
    report = preview(record, content, answers=answers)
    assert report.questions == [
        "DIA = 80.02 in sample 2: the other samples have another number of such values, so nobody can tell which one "
        "this is. Set it aside with a reason."
    ]
    settled = preview(
        record,
        content,
        answers=Answers(
            items=items, serial_map=answers.serial_map, values={(2, 1): "Measured again."}, by_hand=("1", "3")
        ),
    )
    assert (settled.questions, settled.is_complete) == ([], True)


def test_unnamed_value_is_set_aside_with_its_reason(cast, record):
    items = {**ITEMS, "9": ""}
    content = file(items=items, s0001=[("1", "10", ""), ("2", "80", ""), ("9", "0", "PASS")])
    report = preview(record, content, answers=said(record))
    assert report.unknown_items == ["an unnamed value (1)"]
    answers = said(record, items={**said(record).items, ItemKey(""): Decision(reason="Nobody knows it.")})
    assert "Nobody knows it." in [
        each.reason for each in take(cast, record, content, answers=answers).set_aside
    ]


@pytest.mark.parametrize(
    ("limits", "written"),
    [
        ("<ToleranceValue>-0.13</ToleranceValue>", "-0.13 mm"),
        (
            "<Tolerance><MaxValue>9.9</MaxValue><MinValue>10.1</MinValue>"
            "<DefinedAsLimit>true</DefinedAsLimit></Tolerance>",
            "10.1 to 9.9 mm",
        ),
    ],
)
def test_limits_that_read_oddly_are_asked_once_a_source(cast, record, limits, written):
    def odd(samples):
        item = '<DiameterCharacteristicItem id="1">'
        nominal = "<CharacteristicNominalId>n1</CharacteristicNominalId>"
        content = file(samples).decode().replace(item, item + nominal)
        layers = (
            f'<CharacteristicDefinitions><DiameterCharacteristicDefinition id="d1">{limits}'
            "</DiameterCharacteristicDefinition></CharacteristicDefinitions><CharacteristicNominals>"
            '<DiameterCharacteristicNominal id="n1"><CharacteristicDefinitionId>d1</CharacteristicDefinitionId>'
            "</DiameterCharacteristicNominal></CharacteristicNominals><CharacteristicItems>"
        )
        return content.replace("<CharacteristicItems>", layers).encode()

    good = [("1", "10", "PASS"), ("2", "80", "PASS")]
    first, second = odd({"0001": good}), odd({"0002": good})
    report = preview(record, first, answers=said(record))
    assert {name: each.written for name, each in report.odd_limits.items()} == {"DIA": written}
    assert len(report.questions) == 1
    take(cast, record, first, answers=said(record, odd_limits=("DIA",)))
    assert take(cast, record, second).saved == 2


def test_likely_pieces_are_suggested_and_never_taken_unasked(record):
    good = [("1", "10", "PASS"), ("2", "80", "PASS")]
    content = file({"RUN_5_PART_1_X": good, "RUN_5_PART_2_X": good})
    report = preview(record, content, answers=said(record))
    assert len(report.rows) == 0
    assert report.suggested_serials == {"RUN_5_PART_1_X": "0001", "RUN_5_PART_2_X": "0002"}


def test_characteristic_is_suggested_by_name_or_by_limits_that_only_one_has(record):
    Characteristic.objects.filter(balloon="1").update(source_name="Bore 1")
    found = preview(record, file(items={"1": "BORE1", "2": "LEN", "3": "ROUGHNESS"})).open_items
    assert {key.name: item.suggestion and item.suggestion.balloon for key, item in found.items()} == {
        "BORE1": "1",
        "LEN": None,
        "ROUGHNESS": None,
    }


def test_words_of_any_length_are_kept_as_far_as_they_fit(cast, record):
    values = [("1", "10", "NOT " * 20 + "CERTAIN"), ("2", "80." + "0" * 55, ""), ("3", "1", "")]
    content = file({"0001": values}, items={"1": "DIA", "2": "LEN", "3": "N" * 500}, unit="millimeters")
    items = {**said(record).items, ItemKey("N" * 200): Decision(reason="Too long a name.")}
    assert take(cast, record, content, answers=said(record, items=items)).saved == 2
    kept = record.measurements.get(characteristic=ours(record, "1"))
    assert (kept.stated, kept.stated_unit) == (("NOT " * 20)[:30], "millimeter")
    assert ValueSetAside.objects.get().item_name == "N" * 200
    assert (
        take(cast, record, file({"0002": values}, items={"1": "DIA", "2": "LEN", "3": "N" * 500})).saved == 2
    )
