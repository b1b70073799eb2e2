"""Key characteristics and drift alarms in a package: who is told of what, and how the section is drawn."""

import io
import re

import pikepdf
import pytest

from documents.domain.capability_rows import capability_entries
from documents.package.assembly import render_section
from documents.package.completeness import refuse_incomplete
from documents.package.sections import sections_of
from inspection.domain.drift_alarms import review_inspection
from portal.domain.canonical import canonical_bytes
from routes.models import Characteristic
from tests.factories.releases import make_baseline, make_release

MANIFEST = {
    "package": {"number": "P-000001", "revision": "1", "released_at": "2026-11-24T15:20:00Z"},
    "part": {"number": "BRK-1"},
}


@pytest.fixture
def baseline(cast, db):
    return make_baseline(cast)


def make_key(baseline):
    Characteristic.objects.filter(part_revision=baseline.part_revision, balloon="1").update(designator="KC")


def test_a_part_without_key_characteristics_and_alarms_says_nothing(cast, baseline):
    assert capability_entries([baseline.traveler]) == []
    refuse_incomplete({**MANIFEST, "capability": []})
    codes = [section.code for section in sections_of({**MANIFEST, "capability": []}, {})]
    assert "capability" not in codes


def test_a_key_characteristic_is_told_with_its_bound_and_as_provisional(cast, baseline):
    make_key(baseline)
    (entry,) = capability_entries([baseline.traveler])
    assert [entry["balloon"], entry["designator"], entry["count"], entry["is_provisional"]] == [
        "1",
        "KC",
        10,
        True,
    ]
    assert entry["index"] == "Cpk"
    assert float(entry["bound"]) < float(entry["index_value"])
    assert entry["values"][:2] == ["9.99", "10"]
    assert entry["releases"] == [{"lot": f"T-{int(baseline.traveler.number[2:])}", "pieces": 10}]
    assert entry["alarms"] == []
    # plain data: text, whole numbers, truths
    assert canonical_bytes({"capability": [entry]})


def test_an_alarm_is_told_while_it_stands_even_of_what_is_no_key_characteristic(cast, baseline):
    alarm = None
    while alarm is None:
        found = review_inspection(record=make_release(cast, baseline, ["10.02"] * 5))
        alarm = found[0] if found else None
    (entry,) = capability_entries([baseline.traveler])
    assert [each["number"] for each in entry["alarms"]] == [alarm.number]
    assert entry["alarms"][0]["sentence"].endswith(f"lot {alarm.lot.number}.")


def test_the_section_is_drawn_with_its_chart_named_for_those_who_do_not_see_it(cast, baseline):
    make_key(baseline)
    facts = {**MANIFEST, "capability": capability_entries([baseline.traveler])}
    section = next(each for each in sections_of(facts, {}) if each.code == "capability")
    content = render_section(section)
    assert content == render_section(section)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        figures = [str(each.Alt) for each in _elements(pdf.Root.StructTreeRoot.K[0]) if each.S == "/Figure"]
    assert len(figures) == 1
    assert re.match(r"1 Bore", figures[0])


def _elements(element):
    yield element
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _elements(kid)
