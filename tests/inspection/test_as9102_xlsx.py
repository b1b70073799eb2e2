"""The forms as a workbook: every field under its number, nothing in it is calculated."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from inspection.domain.as9102 import FORM_1, FORM_1_INDEX, FORM_2, FORM_3
from inspection.domain.forms import forms_of
from inspection.formats.as9102_xlsx import workbook_of
from inspection.models import FirstArticle
from portal.domain.labels import make_standard_labels
from portal.models import Event, Label, Person
from routes.models import PartRevision
from tests.factories.inspection import make_first_article, make_lot


@pytest.fixture
def approved(cast) -> FirstArticle:
    return make_first_article(cast, lot=make_lot(cast, at=999, quantity=2), at="approved")


def sheets_of(content: bytes) -> dict[str, list[list]]:
    book = load_workbook(BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book}


def test_workbook_holds_the_three_forms(cast, approved, sign_in):
    client = sign_in(cast.customer_quality)
    answer = client.get(reverse("inspection:first-article-xlsx", args=[approved.number]))
    assert answer["Content-Disposition"] == f'attachment; filename="{approved.number}.xlsx"'
    sheets = sheets_of(answer.content)
    fields = {row[0]: row[1:3] for row in sheets["Form 1"][1:]}
    labels = {**FORM_1, **FORM_1_INDEX}
    assert {number: label for number, (label, _) in fields.items()} == labels
    assert [fields[number][1] for number in ("4", "15", "22")] == [
        approved.number,
        "N/A",
        "Maud Ferreira, Quality engineer",
    ]
    for name, heads in (("Form 2", FORM_2), ("Form 3", FORM_3)):
        assert sheets[name][5][: len(heads)] == [f"{number}. {label}" for number, label in heads.items()]
        assert [row[1] for row in sheets[name][1:5]] == [
            approved.part_revision.part.number,
            "Bracket",
            approved.serial,
            approved.number,
        ]
    assert [row[4] for row in sheets["Form 3"][6:]] == ["10.0", "40.0", "80.0"]
    read = Event.objects.filter(verb="read", number=approved.number)
    assert [event.data["file"] for event in read] == [f"{approved.number}.xlsx"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-0.13", "@sum(a1)", "\t=1"])
def test_formula_stays_the_text_it_was(approved, text):
    forms = forms_of(approved)
    forms["form1"]["26"]["value"] = text
    forms["form3"][0]["12"] = text
    book = load_workbook(BytesIO(workbook_of(forms, number=approved.number)))
    cells = [book["Form 1"].cell(row=27, column=3), book["Form 3"].cell(row=7, column=8)]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in cells] == [(text, "s", True)] * 2


def test_signs_a_cell_cannot_hold_are_left_out(approved):
    forms = forms_of(approved)
    forms["form1"]["26"]["value"] = "a\x00b\x1f" + "c" * 40_000
    sheet = load_workbook(BytesIO(workbook_of(forms, number="FA-1")))["Form 1"]
    assert sheet.cell(row=27, column=3).value == "ab" + "c" * 31_998


@pytest.mark.parametrize(("who", "status"), [("inspector", 403), ("customer_quality", 404)])
def test_workbook_of_a_controlled_part_is_for_eligible_people(cast, approved, sign_in, who, status):
    make_standard_labels()
    PartRevision.objects.filter(pk=approved.part_revision_id).update(label=Label.objects.get(code="ITAR"))
    person = getattr(cast, who)
    address, client = reverse("inspection:first-article-xlsx", args=[approved.number]), sign_in(person)
    assert client.get(address).status_code == status
    assert Event.objects.filter(verb="read").count() == 0
    Person.objects.filter(pk=person.pk).update(is_export_eligible=True)
    assert client.get(address).status_code == 200
