"""A whole table: looked at without a trace, saved whole or not at all, and the same the second time."""

from __future__ import annotations

import pytest
from django.db import connection

from documents.domain.imports import tables
from documents.domain.imports.working import NoSuchTable
from documents.models import MasterImport
from portal.domain.errors import NotEntitled, NotTheMoment
from portal.domain.files import FileRefused
from portal.models import Event, Organization, Site
from routes.domain.terms import Terms, terms_of
from tests.factories.tables import CUSTOMERS, csv_of, rehearse, sentences, take, verdicts, xlsx_of


def test_a_look_says_what_would_be_new_and_keeps_nothing(cast):
    before = (Organization.objects.count(), Site.objects.count(), Event.objects.count())
    report = rehearse(cast.quality, "customers", CUSTOMERS)
    assert verdicts(report) == {2: "new", 3: "new", 4: "new"}
    assert [row["made"] for row in report["rows"]] == [
        ["customer NORTH-1", "site MAIN"],
        ["site EAST"],
        ["customer VELA"],
    ]
    assert (Organization.objects.count(), Site.objects.count(), Event.objects.count()) == before


def test_a_look_takes_no_number_of_a_record(cast):
    content = csv_of(
        "Customer,Part number,Name,Revision,Unit",
        "ORRIN,BRK-1,Bracket,A,mm",
    )
    take(cast.quality, "parts", content)
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value, is_called FROM number_o")
        before = cursor.fetchone()
        orders = csv_of(
            "Customer,PO,Received on,Line,Part number,Revision,Pieces,Due on",
            "ORRIN,P-1,2026-01-05,1,BRK-1,A,5,2026-09-01",
        )
        assert verdicts(rehearse(cast.quality, "orders", orders)) == {2: "new"}
        cursor.execute("SELECT last_value, is_called FROM number_o")
        assert cursor.fetchone() == before


def test_saving_goes_through_the_verbs_and_the_same_file_again_changes_nothing(cast):
    record = take(cast.quality, "customers", CUSTOMERS)
    north = Organization.objects.get(number="NORTH-1")
    assert (record.state, record.report["counts"]) == (MasterImport.SAVED, {"new": 3})
    assert list(north.sites.values_list("code", "name", "time_zone")) == [
        ("EAST", "East works", "America/New_York"),
        ("MAIN", "Hangar 4", "America/New_York"),
    ]
    assert terms_of(north) == Terms("with_first", True)
    assert list(
        Event.objects.filter(noun="organization", number="NORTH-1")
        .order_by("pk")
        .values_list("verb", flat=True)
    ) == ["add", "change terms of", "add_site", "add_site"]
    events = Event.objects.exclude(noun__in=["import", "file"]).count()
    again = take(cast.quality, "customers", CUSTOMERS)
    assert (again.report["counts"], Event.objects.exclude(noun__in=["import", "file"]).count()) == (
        {"same": 3},
        events,
    )


@pytest.mark.parametrize(
    ("line", "saved"),
    [("OMEGA,Omega Space,,US", 2), ("OMEGA,Omega Space,,Germany", 0), ("OMEGA,,,US", 0)],
)
def test_all_rows_are_saved_or_none(cast, line, saved):
    content = csv_of("Code,Name,City,Country", "ALPHA,Alpha Space,,US", line)
    before = Organization.objects.count()
    if saved:
        take(cast.quality, "customers", content)
    else:
        with pytest.raises(tables.NotSaved, match="not one row of it"):
            take(cast.quality, "customers", content)
    assert Organization.objects.count() - before == saved


def test_what_differs_is_named_field_by_field_and_stops_the_table(cast):
    content = csv_of("Code,Name,Supplier code", "ORRIN,Orrin Aerospace Inc.,77X", "NOVA,Nova Air,")
    report = rehearse(cast.quality, "customers", content)
    assert verdicts(report) == {2: "differs", 3: "new"}
    assert report["rows"][0]["differences"] == [
        {"field": "Name", "there": "Orrin Aerospace", "given": "Orrin Aerospace Inc."},
        {"field": "Supplier code", "there": "nothing", "given": "77X"},
    ]
    with pytest.raises(tables.NotSaved) as refused:
        take(cast.quality, "customers", content)
    assert refused.value.sentence.endswith(
        "was not saved, not one row of it. Rows: 1 differs from what is there. Row 2 differs in Name, Supplier code."
    )


def test_a_person_may_leave_what_differs_and_save_the_rest(cast):
    content = csv_of("Code,Name,Supplier code", "ORRIN,Orrin Aerospace Inc.,77X", "NOVA,Nova Air,")
    record = take(cast.quality, "customers", content, differing="leave")
    assert record.report["counts"] == {"differs": 1, "new": 1}
    assert Organization.objects.get(number="ORRIN").name == "Orrin Aerospace"
    assert Organization.objects.filter(number="NOVA").exists()


def test_what_a_verb_may_change_is_changed_and_named(cast):
    content = csv_of("Code,Name,First article", "ORRIN,Orrin Aerospace,held by the customer")
    record = take(cast.quality, "customers", content)
    assert record.report["rows"][0]["differences"] == [
        {"field": "First article", "there": "Approved before dispatch", "given": "Held by the customer"}
    ]
    assert (record.report["counts"], terms_of(cast.customer).fai_regime) == ({"changed": 1}, "held")


def test_a_key_that_stands_twice_is_named_with_both_rows(cast):
    report = rehearse(cast.quality, "gauges", csv_of("Number,Kind", "G-1,micrometer", "g-1,CMM"))
    assert sentences(report) == ["Row 3 repeats row 2: Number, Certificate are the same. Keep one of them."]


def test_unknown_columns_are_listed_and_missing_ones_are_named(cast):
    report = rehearse(cast.quality, "customers", csv_of("Code,Country,Turnover,Code", "X-1,US,5,X-2"))
    assert (report["ignored"], report["problems"]) == (
        ["Turnover"],
        [
            "The column Name is missing. Add it, or rename the one that holds it.",
            "The column Code stands twice in line 1. Remove one.",
        ],
    )


def test_a_file_without_titles_is_refused_with_what_it_reads(cast):
    with pytest.raises(NoSuchTable) as refused:
        rehearse(cast.quality, "gauges", csv_of("a,b", "1,2"))
    assert refused.value.sentence == (
        "No line of the file names the columns of gauges, among them Number, Kind; its first line reads “a, b”. "
        "Put the titles of the template above the rows."
    )


@pytest.mark.parametrize(("name", "entitled"), [("quality", True), ("manager", True), ("inspector", False)])
def test_only_quality_brings_tables_in(cast, name, entitled):
    content = csv_of("Number,Kind", "G-1,micrometer")
    if entitled:
        assert take(cast.people[name], "gauges", content).state == MasterImport.SAVED
    else:
        with pytest.raises(NotEntitled):
            take(cast.people[name], "gauges", content)


def test_a_saved_table_is_neither_saved_nor_dropped_nor_looked_at_again(cast):
    record = take(cast.quality, "gauges", csv_of("Number,Kind", "G-1,micrometer"))
    with pytest.raises(NotTheMoment, match="only a table that was looked at and waits"):
        tables.save(by=cast.quality, record=record)
    with pytest.raises(NotTheMoment, match="nothing left to look at"):
        tables.look_again(by=cast.quality, record=record, choices={})
    with pytest.raises(NotTheMoment):
        tables.drop(by=cast.quality, record=record)


def test_a_dropped_table_keeps_its_report_and_cannot_be_saved(cast):
    content = csv_of("Number,Kind", "G-1,micrometer")
    record = tables.bring(by=cast.quality, noun="gauges", content=content, name="g.csv")
    dropped = tables.drop(by=cast.quality, record=record)
    assert (dropped.state, dropped.report["counts"]) == (MasterImport.DROPPED, {"new": 1})
    with pytest.raises(NotTheMoment):
        tables.ask_to_save(by=cast.quality, record=dropped)


def test_an_answer_given_later_settles_a_question_without_the_file_sent_again(cast):
    content = csv_of("Number,Kind,Certificate,Calibrated on,Due on", "G-1,CMM,C-1,03/04/2026,03/04/2027")
    record = tables.bring(by=cast.quality, noun="gauges", content=content, name="g.csv")
    assert record.report["questions"] == [
        {
            "code": "date_order",
            "count": 2,
            "example": "Row 2, column Calibrated on: “03/04/2026” may be 4 Mar 2026 or 3 Apr 2026. "
            "Say whether the file writes the day or the month first.",
        }
    ]
    with pytest.raises(tables.NotSaved):
        tables.ask_to_save(by=cast.quality, record=record)
    looked = tables.look_again(by=cast.quality, record=record, choices={"date_order": "dmy"})
    assert looked.report["counts"] == {"new": 1}
    tables.ask_to_save(by=cast.quality, record=looked)
    from routes.models import Calibration

    assert str(Calibration.objects.get().calibrated_on) == "2026-04-03"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.csv", b"%PDF-1.7\n", "its content is a PDF"),
        ("a.xlsx", xlsx_of([["Number", "Kind"], ["G-1", "CMM"]])[:900], "its content is a ZIP archive"),
    ],
)
def test_a_file_that_is_no_table_is_refused_and_not_kept(cast, name, content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        take(cast.quality, "gauges", content, name=name)
    assert not MasterImport.objects.exists()
