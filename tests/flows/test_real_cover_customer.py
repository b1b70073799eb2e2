"""The same real part, measured by its customer: imported by a mapping, set beside ours, closing nothing.

The customer's file has 541 values of 12 items with repeated names, 19 labels for 20 samples, no name in common with
ours, one value without a name, and a tolerance written as -0.13.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.domain import chain
from inspection.domain import results
from inspection.domain.comparison import compare
from inspection.domain.customer_inspections import open_customer_inspection
from inspection.domain.joining import Answers, Decision, ItemKey
from inspection.domain.results import ResultsDoNotFit
from inspection.models import InspectionRecord, Measurement, Nonconformance, ResultMapping, ValueSetAside
from tests.flows.test_real_cover import (
    SERIALS,
    case,  # noqa: F401 (fixture)
    import_supplier_file,
    open_cover_lot,
    people,  # noqa: F401 (fixture)
    plan_cover,
    work_to_inspection,
)

pytestmark = pytest.mark.django_db
SOURCE = "Customer incoming, CheckMate"
LABEL = "COVER_RESULTS_A{:02}_NIST_MTC_CRADA_COVER_ORIGIN_NIKON_SCAN"
# what a person who holds the drawing says the customer's names are, by our names
OURS = {
    ("FLATNESS1", 1): "Flatness 1",
    ("PERPENDICULARITY1", 1): "Perpendicularity 1",
    ("DISTANCEBETWEEN1", 1): "Distance 1",
    ("DISTANCEBETWEEN2", 1): "Distance 2",
    ("DISTANCEBETWEEN3", 1): "Distance 3",
    ("DISTANCEBETWEEN6", 1): "Distance 4",
}
HOLES = [("DIAMETER2", 4), ("DIAMETER4", 4), ("DIAMETER5", 2), ("DIAMETER3", 10)]
for _number, _key in enumerate((name, nth) for name, count in HOLES for nth in range(1, count + 1)):
    OURS[_key] = f"Diameter {_number + 1}"
ASIDE = {
    ("POSITION2", 1): "We do not measure a position; the drawing has none for these holes.",
    ("", 1): "The value has no name, and stands on one sample only.",
}


@pytest.fixture
def lot(people, case):  # noqa: F811
    """The lot after our own final inspection: serial 20 failed its flatness and stands apart."""
    lot = open_cover_lot(people, plan_cover(people, case))
    import_supplier_file(people, work_to_inspection(people, lot), case)
    return lot


@pytest.fixture
def content(case):  # noqa: F811
    return (case / "incoming" / "cover_incoming_inspection_customer.qif").read_bytes()


def characteristics_of(lot) -> dict[str, object]:
    return {each.name: each for each in lot.route_revision.part_revision.characteristics.all()}


def answers_for(lot, **changes) -> Answers:
    ours = characteristics_of(lot)
    items = {ItemKey(*key): Decision(ours[name]) for key, name in OURS.items()}
    items |= {ItemKey(*key): Decision(reason=reason) for key, reason in ASIDE.items()}
    serials = {LABEL.format(number): str(number) for number in range(1, 20)} | {"#20": "20"}
    wanted = {"items": items, "serial_map": serials, "odd_limits": ("PERPENDICULARITY1",)}
    return Answers(**(wanted | changes))


def take(people, record, content, **facts):  # noqa: F811
    wanted = {"name": "theirs.qif", "measured_on": timezone.localdate(), "source": SOURCE}
    return results.import_results(by=people.inspector, record=record, content=content, **(wanted | facts))


def test_dry_run_asks_for_everything_that_matches_nothing(people, lot, content):  # noqa: F811
    record = open_customer_inspection(by=people.inspector, traveler=lot)
    report = results.preview_results(record=record, content=content, name="theirs.qif")
    assert (report.samples, len(report.rows), len(report.open_items)) == (20, 0, 28)
    assert report.suggested_serials == answers_for(lot).serial_map
    suggested = {
        (key.name, key.occurrence): item.suggestion.name
        for key, item in report.open_items.items()
        if item.suggestion
    }
    assert suggested == {key: OURS[key] for key in (("FLATNESS1", 1), ("PERPENDICULARITY1", 1))}
    assert Counter(item.count for item in report.open_items.values()) == {20: 27, 1: 1}
    answered = answers_for(lot, odd_limits=())
    (question,) = results.preview_results(
        record=record, content=content, name="theirs.qif", answers=answered
    ).questions
    assert question.startswith(
        "The file writes the limits of PERPENDICULARITY1 as -0.13 mm; the drawing says"
    )
    with pytest.raises(ResultsDoNotFit, match="nothing was saved"):
        take(people, record, content, answers=answered)
    assert (record.measurements.count(), ResultMapping.objects.count()) == (0, 0)


def test_customer_file_is_kept_whole_beside_ours_and_closes_nothing(people, lot, content):  # noqa: F811
    before = {number: [(s.code, s.state) for s in slots] for number, slots in check_family(lot).items()}
    waiting = list(Nonconformance.objects.values_list("number", "state"))
    record = open_customer_inspection(by=people.inspector, traveler=lot)
    report = take(people, record, content, answers=answers_for(lot))
    assert (report.saved, len(report.set_aside)) == (520, 21)
    assert (dict(report.stated), dict(report.recomputed)) == ({"PASS": 520}, {"PASS": 520})
    assert Counter(ValueSetAside.objects.values_list("item_name", flat=True)) == {"POSITION2": 20, "": 1}

    found = compare(traveler=lot, viewer=people.quality)
    assert found.serials == tuple(SERIALS)
    assert (found.only_ours, found.only_theirs) == (20, 0)  # Distance 5 is measured by us alone
    (disputed,) = found.disputed
    assert (disputed.serial, disputed.characteristic.name) == ("20", "Flatness 1")
    assert (disputed.ours.value, disputed.ours.verdict) == (Decimal("0.078"), Measurement.FAIL)
    assert (disputed.theirs.value, disputed.theirs.verdict) == (Decimal("0.030"), Measurement.PASS)
    assert disputed.bias == Decimal("-0.048")
    flatness = found.agreements[0]
    # means of the two published tables: 0.0316 − 0.03235
    assert (flatness.pieces, flatness.mean_bias) == (20, Decimal("-0.00075"))

    after = {number: [(s.code, s.state) for s in slots] for number, slots in check_family(lot).items()}
    assert after == before
    assert list(Nonconformance.objects.values_list("number", "state")) == waiting
    assert record.step is None


def check_family(lot) -> dict:
    apart = Nonconformance.objects.get().traveler
    return chain.check_lots([lot, apart])


def test_next_file_of_the_source_joins_its_names_without_questions(people, lot, content):  # noqa: F811
    first = open_customer_inspection(by=people.inspector, traveler=lot)
    take(people, first, content, answers=answers_for(lot))
    mapping = ResultMapping.objects.get()
    assert (mapping.source, mapping.items.count()) == (SOURCE, 28)
    InspectionRecord.objects.filter(pk=first.pk).update(state=InspectionRecord.VOIDED, void_reason="Again")
    record = open_customer_inspection(by=people.inspector, traveler=lot)
    only_pieces = Answers(serial_map=answers_for(lot).serial_map)
    report = take(people, record, content, answers=only_pieces)
    assert (report.saved, len(report.set_aside), report.questions) == (520, 21, [])
    assert {row.joined_by for row in report.rows} == {"an earlier decision"}


def test_person_maps_the_file_on_pages_without_choosing_it_twice(people, lot, case):  # noqa: F811
    client = Client()
    client.force_login(people.inspector)
    opened = client.post(reverse("inspection:customer-inspection-open", args=[lot.number]))
    with (case / "incoming" / "cover_incoming_inspection_customer.qif").open("rb") as file:
        page = client.post(opened.url, {"file": file}, follow=True)
    assert (len(page.context["open_samples"]), len(page.context["open_items"])) == (20, 28)
    address = page.request["PATH_INFO"]
    page = client.post(address, answered(page, lot))
    assert [row["odd"].written for row in page.context["odd_limits"]] == ["-0.13 mm"]
    assert (page.context["open_items"], len(page.context["answered_items"])) == ([], 28)
    odd = page.context["odd_limits"][0]["field"].html_name
    page = client.post(address, sent(page) | {odd: "on"})
    assert (page.status_code, page.context["is_complete"]) == (200, True)
    done = client.post(address, sent(page), follow=True)
    said = " ".join(map(str, done.context["messages"]))
    assert re.fullmatch(
        r"520 values of cover_incoming_inspection_customer\.qif are kept\. 21 are set aside .*", said
    )
    beside = client.get(reverse("inspection:comparison-detail", args=[lot.number]))
    assert beside.context["serial"] == "20"
    (row,) = beside.context["disputed"]
    assert (row["ours"]["text"], row["theirs"]["text"], row["bias"]) == (
        "0.078",
        "0.030",
        "\N{MINUS SIGN}0.048",
    )
    assert Nonconformance.objects.get().number in beside.content.decode()


def sent(page) -> dict[str, object]:
    """Return what a browser would send of the form that is shown."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def answered(page, lot) -> dict[str, object]:
    ours = characteristics_of(lot)
    data = sent(page)
    for row in page.context["open_items"]:
        key = (row["key"].name, row["key"].occurrence)
        data[row["choice"].html_name] = ours[OURS[key]].balloon if key in OURS else "aside"
        data[row["reason"].html_name] = ASIDE.get(key, "")
    return data


def test_customers_workbook_brings_the_same_figures_as_their_qif(people, lot, case, content):  # noqa: F811
    record = open_customer_inspection(by=people.inspector, traveler=lot)
    book = (case / "incoming" / "cover_incoming_capability_report.xlsx").read_bytes()
    serials = {LABEL.format(number): str(number) for number in range(1, 21)}
    answers = answers_for(lot, serial_map=serials)
    asked = results.preview_results(record=record, content=book, name="theirs.xlsx", answers=answers)
    # a workbook does not say its unit, and its limits are those of the drawing
    assert (asked.is_unit_asked, len(asked.questions), asked.unknown_items) == (True, 1, [])
    answers = answers_for(lot, serial_map=serials, unit="mm")
    report = take(people, record, book, answers=answers, name="theirs.xlsx", source="Customer, workbook")
    assert (report.saved, len(report.set_aside)) == (520, 20)
    again = answers_for(lot, keep_there=True)
    same = results.preview_results(record=record, content=content, name="theirs.qif", answers=again)
    # the same figures in other bytes: all of them stand there, to the last digit
    assert (len(same.rows), len(same.already), same.is_complete) == (0, 520, False)
    assert same.sentences() == [
        "Every value of the file stands in this inspection already; there is nothing to add."
    ]
