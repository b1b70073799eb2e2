"""QIF files: the real case, the published samples, and what may be wrong in one."""

import csv
from collections import Counter
from decimal import Decimal

import pytest

from portal.intake.unreadable import FileNotReadable
from routes.formats.qif import QifDocument, QifValue, read_qif, read_qif_file

COVER = "real-case-A-nist-cover"
SUPPLIER = f"{COVER}/fair/cover_final_inspection_supplier.qif"
CUSTOMER = f"{COVER}/incoming/cover_incoming_inspection_customer.qif"


def read_table(path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def values_as_rows(found: QifDocument) -> list[tuple]:
    kinds = {item.item_id: item.kind for item in found.characteristics}
    return [
        (
            sample.index,
            line,
            value.name,
            value.occurrence,
            kinds[value.item_id],
            value.value,
            value.stated_status,
        )
        for sample in found.samples
        for line, value in enumerate(sample.values, start=1)
    ]


@pytest.mark.parametrize(
    ("file", "table", "rows"),
    [(SUPPLIER, "cover_fair_values.csv", 560), (CUSTOMER, "cover_incoming_values.csv", 541)],
)
def test_values_of_the_real_case_are_read_exactly(shared_data, file, table, rows):
    expected = [
        (
            int(row["sample"]),
            int(row["line"]),
            row["characteristic"],
            int(row["occurrence"]),
            row["kind"],
            Decimal(row["measured"]),
            row["status_in_file"],
        )
        for row in read_table(shared_data / COVER / "expected" / table)
    ]
    found = read_qif_file(shared_data / file)
    assert len(expected) == rows
    assert values_as_rows(found) == expected


@pytest.mark.parametrize(
    ("file", "table"), [(SUPPLIER, "cover_fair_values.csv"), (CUSTOMER, "cover_incoming_values.csv")]
)
def test_limits_of_the_real_case_are_absolute(shared_data, file, table):
    found = read_qif_file(shared_data / file)
    items = {item.item_id: item for item in found.characteristics}
    rows = read_table(shared_data / COVER / "expected" / table)
    values = [value for sample in found.samples for value in sample.values]
    different = set()
    for row, value in zip(rows, values, strict=True):
        item = items[value.item_id]
        for column, limit in (("nominal", item.nominal), ("lower", item.lower), ("upper", item.upper)):
            # The table was computed in binary fractions, so it is compared to a billionth.
            read = None if limit is None else round(limit, 9)
            if read != (round(Decimal(row[column]), 9) if row[column] else None):
                different.add((item.name, column, read, row[column]))
    # Read as written and asked about; the table took it as positive.
    written = {("PERPENDICULARITY1", "upper", Decimal("-0.13"), "0.13")} if file == CUSTOMER else set()
    assert different == written


def test_the_supplier_file_carries_its_serials_as_a_dimension(shared_data):
    found = read_qif_file(shared_data / SUPPLIER)
    assert [item.name for item in found.characteristics if item.is_pseudo_dimension] == ["Part Number"]
    assert [sample.label for sample in found.samples] == [str(number) for number in range(1, 21)]
    assert {item.unit for item in found.characteristics} == {""}
    assert (found.problems, found.version, len(found.characteristics)) == ((), "2.1.0", 28)
    assert found.characteristics[1].qpid == "eb7b7af8-dcf1-4b58-ac03-58311141160a"


def test_the_customer_file_leaves_two_questions(shared_data):
    found = read_qif_file(shared_data / CUSTOMER)
    assert found.problems == (
        "The tolerance of PERPENDICULARITY1 is written as -0.13; a perpendicularity tolerance cannot be negative. "
        "It was read as written: decide the tolerance by the drawing.",
        "A characteristic in the file has no name. Name it before its values are taken over.",
    )
    assert {item.unit for item in found.characteristics} == {"mm"}
    assert found.samples[0].label == "COVER_RESULTS_A01_NIST_MTC_CRADA_COVER_ORIGIN_NIKON_SCAN"


def test_published_samples_have_the_published_counts(shared_data):
    wrong = {}
    for row in read_table(shared_data / "qif/EXPECTED.csv"):
        found = read_qif_file(shared_data / "qif" / row["file"])
        values = [value for sample in found.samples for value in sample.values]
        stated = Counter(value.stated_status for value in values)
        counts = {
            "measurement_results": len(found.samples),
            "characteristic_items": len(found.characteristics),
            "actuals": len(values),
            "actuals_with_value": sum(value.value is not None for value in values),
            "PASS": stated["PASS"],
            "FAIL": stated["FAIL"],
            "other_status": len(values) - stated["PASS"] - stated["FAIL"],
        }
        if {name: str(count) for name, count in counts.items()} != {name: row[name] for name in counts}:
            wrong[row["file"]] = counts
        if found.version != row["version_attr"]:
            wrong[row["file"]] = found.version
    assert wrong == {}


SMALL = """<?xml version="1.0"?>
<QIFDocument versionQIF="3.0.0" xmlns="http://qifstandards.org/xsd/qif3">
  <FileUnits><PrimaryUnits>
    <AngularUnit><UnitName>degree</UnitName></AngularUnit><LinearUnit><UnitName>mm</UnitName></LinearUnit>
  </PrimaryUnits></FileUnits>
  <Characteristics>
    <CharacteristicDefinitions>
      <DiameterCharacteristicDefinition id="1"><Tolerance>
        <MaxValue>0.1</MaxValue><MinValue>-0.2</MinValue><DefinedAsLimit>false</DefinedAsLimit>
      </Tolerance></DiameterCharacteristicDefinition>
    </CharacteristicDefinitions>
    <CharacteristicNominals>
      <DiameterCharacteristicNominal id="2"><CharacteristicDefinitionId>1</CharacteristicDefinitionId>
        <TargetValue>10</TargetValue></DiameterCharacteristicNominal>
    </CharacteristicNominals>
    <CharacteristicItems>
      <DiameterCharacteristicItem id="3"><Name>Bore</Name>
        <CharacteristicNominalId>2</CharacteristicNominalId></DiameterCharacteristicItem>
    </CharacteristicItems>
  </Characteristics>
  <Results><MeasurementResultsSet><MeasurementResults id="4"><MeasuredCharacteristics>
    <CharacteristicMeasurements><DiameterCharacteristicMeasurement id="5">
      <Status><CharacteristicStatusEnum>PASS</CharacteristicStatusEnum></Status>
      <CharacteristicItemId>3</CharacteristicItemId><Value>10.05</Value>
    </DiameterCharacteristicMeasurement></CharacteristicMeasurements>
  </MeasuredCharacteristics></MeasurementResults></MeasurementResultsSet></Results>
</QIFDocument>"""


def small(*changes: tuple[str, str]) -> QifDocument:
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_qif(text.encode())


def test_offsets_are_added_to_the_nominal():
    (item,) = small().characteristics
    assert (item.nominal, item.lower, item.upper, item.unit) == (
        Decimal("10"),
        Decimal("9.8"),
        Decimal("10.1"),
        "mm",
    )
    assert small().samples[0].values == (QifValue("3", "Bore", 1, Decimal("10.05"), "mm", "PASS"),)
    assert small().problems == ()


AS_LIMITS = (("-0.2", "9.8"), ("<MaxValue>0.1", "<MaxValue>10.1"), ("false", "true"))


def test_limits_as_limits_are_taken_as_they_are():
    (item,) = small(*AS_LIMITS).characteristics
    assert (item.lower, item.upper, item.defined_as_limit) == (Decimal("9.8"), Decimal("10.1"), True)
    assert small(*AS_LIMITS).problems == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            AS_LIMITS[:2],
            "Bore gives 9.8 and 10.1 as offsets from 10, which makes the limits 19.8 and 20.1; they read like limits "
            "themselves. Decide which they are by the drawing.",
        ),
        (
            (("-0.2", "10.1"), ("<MaxValue>0.1", "<MaxValue>9.8"), ("false", "true")),
            "The limits of Bore read reversed: lower 10.1, upper 9.8. Decide them by the drawing.",
        ),
        (
            (*AS_LIMITS, ("<TargetValue>10<", "<TargetValue>12<")),
            "The nominal 12 of Bore lies outside its own limits 9.8 to 10.1.",
        ),
        (
            (("<TargetValue>10</TargetValue>", ""),),
            "Bore has tolerances but no nominal to add them to. Enter its limits from the drawing.",
        ),
        (
            (("<CharacteristicItemId>3<", "<CharacteristicItemId>99<"),),
            "Values whose characteristic is not in this file: 1. Send the plan they were measured by, "
            "or map them by hand.",
        ),
        (
            (("<TargetValue>", '<TargetValue linearUnit="inch">'),),
            "Bore gives its nominal and its tolerance in different units (inch and mm). Enter its limits in one unit.",
        ),
        (
            (("<Name>Bore</Name>", ""),),
            "A characteristic in the file has no name. Name it before its values are taken over.",
        ),
    ],
)
def test_what_reads_oddly_is_asked(changes, problem):
    assert small().problems == ()
    assert small(*changes).problems == (problem,)


def test_an_angle_has_the_unit_of_angles():
    assert small(("Diameter", "Angle")).characteristics[0].unit == "degree"


def test_a_value_may_name_its_own_unit():
    found = small(("<Value>", '<Value linearUnit="inch">'))
    assert found.samples[0].values[0].unit == "inch"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("NaN", "NaN is not a finite number"),
        ("-INF", "-INF is not a finite number"),
        ("10,05", "“10,05” is not a number"),
        ("1e999", "1e999 is too large or too small to be a measurement"),
    ],
)
def test_a_value_that_is_no_number_refuses_the_file(text, shown):
    with pytest.raises(FileNotReadable) as refusal:
        small(("10.05", text))
    assert refusal.value.sentence == (
        f"The file cannot be taken over: a value of Bore in sample 1: {shown}. "
        "Correct it in the program that made the file."
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'<!DOCTYPE x [<!ENTITY a "b">]><QIFDocument/>', "contains a DOCTYPE or entity"),
        (b"<QIFDocument versionQIF='3.0.0'>", "not well-formed at line 1"),
        (b"", "not well-formed at line 1"),
        (b"<Statement/>", "XML of the kind Statement, not QIF"),
        (b"<QIFDocument versionQIF='4.0.0'/>", "QIF version “4.0.0”; 2.0, 2.1 and 3.0 are read"),
        (b"<QIFDocument versionQIF='3.0.0'>" + b"<a>" * 200_000, "nested deeper than 100 levels"),
    ],
)
def test_what_is_no_qif_is_refused(content, sentence):
    with pytest.raises(FileNotReadable, match=sentence):
        read_qif_file(content)


def test_a_long_file_is_read_whole_within_the_limits():
    begin, end = (
        SMALL.index("<DiameterCharacteristicMeasurement"),
        SMALL.index("</CharacteristicMeasurements>"),
    )
    many = SMALL[:begin] + SMALL[begin:end] * 100_000 + SMALL[end:]
    found = read_qif_file(many.encode())
    values = found.samples[0].values
    assert (len(values), values[-1].occurrence, values[-1].value) == (100_000, 100_000, Decimal("10.05"))


def test_questions_beyond_two_hundred_are_counted():
    begin, end = SMALL.index("<DiameterCharacteristicItem"), SMALL.index("</CharacteristicItems>")
    nameless = SMALL[begin:end].replace("<Name>Bore</Name>", "")
    many = "".join(nameless.replace('id="3"', f'id="{number}"') for number in range(3, 253))
    found = read_qif((SMALL[:begin] + many + SMALL[end:]).encode())
    assert len(found.problems) == 201
    assert found.problems[-1] == "50 further questions of these kinds are not listed."


def test_values_of_items_that_share_an_id_are_nobodys():
    begin, end = SMALL.index("<DiameterCharacteristicItem"), SMALL.index("</CharacteristicItems>")
    twice = SMALL[:end] + SMALL[begin:end].replace("Bore", "Pin") + SMALL[end:]
    found = read_qif(twice.encode())
    assert [value.name for sample in found.samples for value in sample.values] == [""]
    assert found.problems[0] == (
        "2 characteristics carry the id 3: their values cannot be told apart. "
        "Export the file again with an id for each."
    )
