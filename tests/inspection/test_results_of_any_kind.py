"""The same values from files of every kind: joined by balloon, id or name, never by the order of rows."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from openpyxl import Workbook

from inspection.domain.file_parts import of_part
from inspection.domain.results import ResultsDoNotFit, import_results, preview_results
from inspection.models import Measurement
from portal.domain.errors import NotTheMoment
from portal.intake.unreadable import FileNotReadable
from routes.formats.result_files import read_results
from routes.models import Characteristic
from tests.factories.inspection import make_final_inspection
from tests.factories.routes import today

ROWS = [
    ["Balloon", "Unit", "0003", "0001", "0002"],
    [3, "mm", 80.03, 80.01, 80.02],
    [1, "mm", 10.03, 10.01, 10.02],
]
EXPECTED = [
    ("1", "0001", Decimal("10.01")),
    ("1", "0002", Decimal("10.02")),
    ("1", "0003", Decimal("10.03")),
    ("3", "0001", Decimal("80.01")),
    ("3", "0002", Decimal("80.02")),
    ("3", "0003", Decimal("80.03")),
]


def csv_file() -> bytes:
    return "\n".join(";".join(str(cell).replace(".", ",") for cell in row) for row in ROWS).encode("utf-16")


def list_file() -> bytes:
    lines = ["Serial\tChar. No.\tActual (mm)"]
    lines += [f"{serial}\t{balloon}\t{value}" for balloon, serial, value in reversed(EXPECTED)]
    return "\n".join(lines).encode("cp1252")


def workbook() -> bytes:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def dfq() -> bytes:
    lines = ["K0100 2", "K1001 P-1", "K2001/1 3", "K2142/1 mm", "K2001/2 1", "K2142/2 mm"]
    for piece in ("0003", "0001", "0002"):
        of_piece = {balloon: value for balloon, serial, value in EXPECTED if serial == piece}
        lines += [f"{of_piece['3']}\x140\x0f{of_piece['1']}\x140", f"K0014/0 {piece}"]
    return "\r\n".join(lines).encode()


KINDS = {"csv": csv_file(), "txt": list_file(), "xlsx": workbook(), "dfq": dfq()}


@pytest.fixture
def record(cast):
    return make_final_inspection(cast, quantity=3, is_serialized=True)


def take(cast, record, content: bytes, kind: str, **facts):
    given = {"by": cast.inspector, "record": record, "measured_on": today(), "name": f"results.{kind}"}
    return import_results(content=content, **(given | facts))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_brings_the_same_values_once(cast, record, kind):
    look = preview_results(record=record, content=KINDS[kind], name=kind)
    assert (look.is_complete, {row.joined_by for row in look.rows}) == (True, {"balloon"})
    take(cast, record, KINDS[kind], kind)
    kept = Measurement.objects.filter(record=record)
    assert sorted(kept.values_list("characteristic__balloon", "serial", "value")) == EXPECTED
    with pytest.raises(NotTheMoment, match="nothing was added"):
        take(cast, record, KINDS[kind], kind)


def test_what_does_not_match_and_what_says_deviations_only_is_refused_with_the_list(cast, record):
    strange = b"Characteristic;Unit;0001\nSLOT;mm;5\nRIB;mm;6\n"
    with pytest.raises(ResultsDoNotFit) as refused:
        take(cast, record, strange, "csv")
    assert refused.value.facts["report"].unknown_items == ["SLOT (1)", "RIB (1)"]
    assert refused.value.facts["report"].unmeasured == [
        "characteristic 1 on 1 pieces",
        "characteristic 3 on 1 pieces",
    ]
    with pytest.raises(
        FileNotReadable, match="deviations and no measured values for 2 characteristics: 1, 3"
    ):
        take(cast, record, b"Balloon;Nominal;Deviation\n1;10;0,01\n3;80;0,02\n", "csv")
    assert Measurement.objects.filter(record=record).count() == 0


def test_our_own_id_joins_whatever_the_name(cast, record):
    bore = Characteristic.objects.get(uuid=record.plan[0]["characteristic"])
    content = (
        '<QIFDocument versionQIF="3.0.0" xmlns="http://qifstandards.org/xsd/qif3"><FileUnits><PrimaryUnits><LinearUnit>'
        "<UnitName>mm</UnitName></LinearUnit></PrimaryUnits></FileUnits><Characteristics><CharacteristicItems>"
        '<DiameterCharacteristicItem id="9"><Name>whatever</Name><QPId>'
        f"{str(bore.uuid).upper()}</QPId></DiameterCharacteristicItem></CharacteristicItems></Characteristics>"
        "<MeasurementsResults><MeasurementResultsSet><MeasurementResults><MeasuredCharacteristics>"
        "<CharacteristicMeasurements><DiameterCharacteristicMeasurement><CharacteristicItemId>9</CharacteristicItemId>"
        "<Value>10</Value></DiameterCharacteristicMeasurement></CharacteristicMeasurements></MeasuredCharacteristics>"
        "</MeasurementResults></MeasurementResultsSet></MeasurementsResults></QIFDocument>"
    )
    look = preview_results(record=record, content=content.encode(), name="a.qif", serial_map={"#1": "0001"})
    assert [(row.characteristic, row.joined_by) for row in look.rows] == [(bore, "uuid")]


def test_balloon_and_name_of_different_characteristics_are_asked_about(record):
    ours = {each.balloon: each.name for each in Characteristic.objects.filter(balloon__in=("1", "3"))}
    content = f"Balloon;Characteristic;Unit;0001\n1;{ours['3']};mm;80\n".encode()
    look = preview_results(record=record, content=content, name="a.csv")
    assert [row.joined_by for row in look.rows] in ([], ["name and occurrence"])
    assert [row.characteristic.balloon for row in look.rows] in ([], ["3"])


def test_only_the_part_of_the_inspection_is_taken_of_a_file_of_several():
    text = "K1001/1 P-1\nK2001/1 D\nK0001/1 1\nK1001/2 P-2\nK2001/2 D\nK0001/2 2\n"
    _, document = read_results(text.encode())
    mine, remarks = of_part(document, "p 2")
    assert [[v.value for v in s.values] for s in mine.samples] == [[2]]
    assert [item.item_id for item in mine.characteristics] == ["2"]
    assert remarks == ["The file holds other parts too (P-1); what it says of them is left out."]
    whole, remarks = of_part(document, "P-9")
    assert (whole, remarks) == (document, ["The file is of part P-1, P-2; this inspection is of part P-9."])
