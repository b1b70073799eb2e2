"""Where a shop starts: the tables in their order, one sent, asked about, saved; and who may."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from documents.domain.imports import tables
from documents.domain.imports.nouns import IN_ORDER
from documents.formats.tables import read_table
from documents.models import MasterImport
from portal.models import Organization
from routes.models import Calibration, Characteristic, Gauge
from tests.factories.routes import make_part_revision
from tests.factories.tables import csv_of, xlsx_of


def words(response) -> str:
    return " ".join(html.fromstring(response.content).find(".//main").text_content().split())


def send(client, noun: str, content: bytes, name: str = "", **data):
    file = SimpleUploadedFile(name or f"{noun}.csv", content)
    return client.post(reverse("documents:import-bring", args=[noun]), {"file": file, **data})


def page_of(record: MasterImport) -> str:
    return reverse("documents:import-detail", args=[record.number])


def test_the_tables_stand_in_order_with_what_is_there(cast, sign_in):
    page = html.fromstring(sign_in(cast.quality).get(reverse("documents:import-list")).content)
    rows = page.xpath("(//table)[1]/tbody/tr")
    shown = [(row.xpath("string(th//a)"), row.xpath("string(td[2])").strip()) for row in rows]
    assert [title for title, _ in shown] == [noun.title for noun in IN_ORDER]
    assert dict(shown)["Customers"] == "2"
    assert dict(shown)["Gauges"] == "none"
    # one act stands out: the first table of which nothing is there
    assert [each.text_content() for each in page.xpath("//main//a[contains(@class, 'act-main')]")] == [
        "Bring in specifications"
    ]


def test_a_page_of_imports_asks_as_much_of_the_database_for_three_as_for_one(cast, sign_in):
    client = sign_in(cast.quality)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("documents:import-list"))
        return len(captured)

    tables.bring(by=cast.quality, noun="gauges", content=csv_of("Number,Kind", "G-1,CMM"), name="1.csv")
    one = statements()
    for name in ("2.csv", "3.csv"):
        tables.bring(by=cast.quality, noun="gauges", content=csv_of("Number,Kind", "G-1,CMM"), name=name)
    assert statements() == one


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_a_table_that_can_be_read(cast, sign_in, kind):
    response = sign_in(cast.operator).get(reverse("documents:import-template", args=["gauges", kind]))
    assert response["Content-Disposition"] == f'attachment; filename="gauges.{kind}"'
    sheets = read_table(response.content)
    assert [len(sheet["rows"]) for sheet in sheets] == ([2] if kind == "csv" else [2, 8])
    assert sheets[0]["rows"][1][1][:2] == ["MIC-014", "micrometer"]


@pytest.mark.parametrize(("noun", "kind"), [("gauges", "pdf"), ("ghosts", "csv")])
def test_there_is_no_other_template(cast, sign_in, noun, kind):
    address = reverse("documents:import-template", args=[noun, kind])
    assert sign_in(cast.quality).get(address).status_code == 404


def test_a_table_is_sent_asked_about_and_saved_without_being_sent_again(cast, sign_in):
    client = sign_in(cast.quality)
    content = csv_of(
        "Number,Kind,Certificate,Calibrated on,Due on,Shelf", "G-1,CMM,C-1,03/04/2026,03/04/2027,A"
    )
    response = send(client, "gauges", content)
    record = MasterImport.objects.get()
    assert response.url == page_of(record)
    shown = client.get(response.url)
    assert f"{record.number} was looked at: 1 asked. Nothing is saved yet." in words(shown)
    assert "Columns not read: Shelf." in words(shown)
    assert "Save all rows" not in words(shown)
    refused = client.post(reverse("documents:import-save", args=[record.number]))
    assert refused.status_code == 422
    assert "was not saved, not one row of it. Rows: 1 asked." in words(refused)
    client.post(reverse("documents:import-look", args=[record.number]), {"date_order": "dmy"})
    assert "Every row can be saved" in words(client.get(response.url))
    client.post(reverse("documents:import-save", args=[record.number]))
    assert str(Calibration.objects.get().due_on) == "2027-04-03"
    saved = words(client.get(response.url))
    assert "All rows are saved" in saved
    assert "Added gauge G-1, calibration C-1." in saved


def test_what_differs_is_shown_side_by_side_and_may_be_left(cast, sign_in):
    client = sign_in(cast.quality)
    send(client, "customers", csv_of("Code,Name", "ORRIN,Orrin Aero", "NOVA,Nova Air"))
    record = MasterImport.objects.get()
    shown = words(client.get(page_of(record)))
    assert "Name: Orrin Aerospace there, Orrin Aero in the file." in shown
    client.post(reverse("documents:import-look", args=[record.number]), {"leaves_differing": "on"})
    client.post(reverse("documents:import-save", args=[record.number]))
    assert Organization.objects.filter(number="NOVA").exists()
    assert Organization.objects.get(number="ORRIN").name == "Orrin Aerospace"


def test_a_form_three_is_read_as_it_is_for_the_part_that_was_chosen(cast, sign_in):
    revision = make_part_revision(cast, with_characteristics=False)
    form = xlsx_of(
        [
            ["AS9102 First Article Inspection"],
            ["Form 3: Characteristic Accountability, Verification and Compatibility Evaluation"],
            ["1. Part Number", None, "2. Part Name", "3. Serial Number", None, "4. FAIR Identifier"],
            ["BRK", None, "Bracket", "001", None, "F-1"],
            [
                "5. Char\nNo.",
                "6. Reference\nLocation",
                "7. Characteristic\nDesignator",
                "8. Requirement",
                "9. Results",
                "10. Designed/Qualified Tooling",
                "11. Nonconformance Number",
            ],
            [1, "1 B4", "KC", "Ø6.6 +0.2/0", "6.65"],
            [2, "1 C2", None, "10.0 ±0.1", "10.02"],
            [3, None, None, "Surface max 1.6 mm", "ok"],
            [4],
            ["The signature indicates that all characteristics are accounted for."],
        ],
        title="Form 3",
    )
    client = sign_in(cast.quality)
    send(client, "characteristics", form, name="fair.xlsx", part_revision=revision.pk, unit="mm")
    record = MasterImport.objects.get()
    assert (record.report["line"], record.report["left_out"]) == (5, [9, 10])
    assert record.report["questions"][0]["code"] == "unread_limits"
    client.post(
        reverse("documents:import-look", args=[record.number]),
        {"part_revision": revision.pk, "unit": "mm", "keeps_words": "on"},
    )
    client.post(reverse("documents:import-save", args=[record.number]))
    rows = Characteristic.objects.filter(part_revision=revision).order_by("position")
    assert [(row.balloon, row.zone, row.designator, str(row.lower), str(row.upper)) for row in rows] == [
        ("1", "1 B4", "KC", "6.60000000", "6.80000000"),
        ("2", "1 C2", "", "9.90000000", "10.10000000"),
        ("3", "", "", "None", "None"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a,b\n1,2\n", "No line of the file names the columns of gauges"),
        (b"%PDF-1.7 gauges", "its content is a PDF"),
        (b"Number,Kind\n", ""),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_on_its_form(cast, sign_in, content, sentence):
    response = send(sign_in(cast.quality), "gauges", content)
    assert (response.status_code, MasterImport.objects.count()) == ((422, 0) if sentence else (302, 1))
    if sentence:
        assert sentence in words(response)
        assert "Choose the file again; a browser does not keep it." in words(response)


def test_a_dropped_table_offers_no_act(cast, sign_in):
    client = sign_in(cast.quality)
    record = tables.bring(
        by=cast.quality, noun="gauges", content=csv_of("Number,Kind", "G-1,CMM"), name="g.csv"
    )
    client.post(reverse("documents:import-drop", args=[record.number]))
    page = html.fromstring(client.get(page_of(record)).content)
    assert [form.get("action") for form in page.xpath("//main//form")] == []
    assert not Gauge.objects.exists()


def test_the_floor_sees_what_was_brought_in_and_cannot_act(cast, sign_in):
    record = tables.bring(
        by=cast.quality, noun="gauges", content=csv_of("Number,Kind", "G-1,CMM"), name="g.csv"
    )
    client = sign_in(cast.operator)
    page = html.fromstring(client.get(page_of(record)).content)
    assert [form.get("action") for form in page.xpath("//main//form")] == []
    assert client.post(reverse("documents:import-save", args=[record.number])).status_code == 403
    assert "Bring in gauges" not in words(client.get(reverse("documents:import-list")))


def test_rows_of_one_kind_can_be_asked_for(cast, sign_in):
    lines = [f"G-{n},CMM" for n in range(60)] + [",CMM"]
    record = tables.bring(by=cast.quality, noun="gauges", content=csv_of("Number,Kind", *lines), name="g.csv")
    client = sign_in(cast.quality)
    assert "10 more like these" in words(client.get(page_of(record)))
    page = html.fromstring(client.get(f"{page_of(record)}?{urlencode({'rows': 'new'})}").content)
    assert len(page.xpath("//tbody/tr")) == 60
