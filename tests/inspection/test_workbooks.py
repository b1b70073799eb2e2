"""A workbook of the forms comes back filled: only what people type is taken, the rest is compared."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from inspection.domain import first_articles, workbooks
from inspection.domain.first_articles import FirstArticleIsFrozen
from inspection.domain.forms import forms_of
from inspection.domain.workbooks import WorkbookOfAnother, compare_workbook, take_workbook
from inspection.formats.as9102_xlsx import workbook_of
from inspection.formats.filled_forms import read_forms, read_forms_file
from inspection.models import FirstArticle
from portal.domain.errors import Incomplete, NotEntitled
from portal.intake.unreadable import FileNotReadable
from portal.models import Event
from tests.cast import reauth
from tests.factories.inspection import make_first_article, make_lot


@pytest.fixture
def draft(cast) -> FirstArticle:
    """A first article on piece 1 of a complete lot, written by the inspector."""
    return make_first_article(cast, lot=make_lot(cast, at=999, quantity=2))


def filled(record: FirstArticle, **cells: str) -> bytes:
    """Return the workbook of the forms with cells written over; form 3 begins with its rows in line 7."""
    book = load_workbook(BytesIO(workbook_of(forms_of(record), number=record.number)))
    for place, text in cells.items():
        form, cell = place.split("_")
        book[f"Form {form[1]}"][cell].value = text
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def read(record: FirstArticle, **cells: str) -> dict:
    return read_forms(filled(record, **cells))


@pytest.mark.parametrize("edition", ["C", "B"])
def test_workbook_reads_back_as_it_was_written(cast, draft, edition):
    FirstArticle.objects.filter(pk=draft.pk).update(form_revision=edition)
    draft.refresh_from_db()
    found = read(draft)
    forms = forms_of(draft)
    told = {number: entry["value"] for number, entry in forms["form1"].items()}
    index = dict.fromkeys(("15", "16", "17", "18"), "N/A")
    assert (found["edition"], found["form1"]) == (edition, told | index)
    for form in ("form2", "form3"):
        kept = [{number: row[number] for number in found[form][0]} for row in forms[form]]
        assert found[form] == kept
    compared = compare_workbook(first_article=draft, read=found)
    assert compared == workbooks.Comparison((), (), (), ())
    with pytest.raises(Incomplete, match="The workbook brings nothing to FA-"):
        take_workbook(by=cast.inspector, first_article=draft, read=found)


def test_only_what_people_type_is_taken(cast, draft):
    found = read(
        draft,
        f1_C9="ECN 118",
        f1_C15="Full FAI; New fixture",
        f1_C27="Looks at the bore.",
        f1_C2="ANOTHER-PART",
        f3_F7="PG-14",
        f3_H7="=see report",
        f3_E8="41.0",
        f2_D7="Somebody else",
    )
    compared = compare_workbook(first_article=draft, read=found)
    assert [(each.form, each.field, each.row, each.theirs) for each in compared.typed] == [
        (1, "8", "", "ECN 118"),
        (1, "14", "", "Full FAI; New fixture"),
        (1, "26", "", "Looks at the bore."),
        (3, "10", "1", "PG-14"),
    ]
    assert [(each.form, each.field, each.row, each.theirs) for each in compared.derived] == [
        (1, "1", "", "ANOTHER-PART"),
        (2, "8", "1", "Somebody else"),
        (3, "9", "2", "41.0"),
    ]
    assert compared.formulas == ("Form 3 H7",)
    before = forms_of(draft)
    take_workbook(by=cast.inspector, first_article=draft, read=found, sha256="ab")
    draft.refresh_from_db()
    after = forms_of(draft)
    assert [after["form1"][number]["value"] for number in ("8", "14", "26")] == [
        "ECN 118",
        "Full FAI; New fixture",
        "Looks at the bore.",
    ]
    assert [row["10"] for row in after["form3"]] == ["PG-14", "", ""]
    assert (after["form1"]["1"], [row["9"] for row in after["form3"]], after["form2"]) == (
        before["form1"]["1"],
        [row["9"] for row in before["form3"]],
        before["form2"],
    )
    assert Event.objects.get(verb="fill from a workbook").data == {"sha256": "ab", "fields": 4}


def test_workbook_is_refused_whole(cast, draft):
    found = read(draft, f3_F7="PG-14")
    with pytest.raises(NotEntitled, match="may not fill first articles"):
        take_workbook(by=cast.operator, first_article=draft, read=found)
    other = {**found, "form1": {**found["form1"], "4": "FA-000099"}}
    with pytest.raises(WorkbookOfAnother, match="Field 4 of the workbook says FA-000099, and this is FA-"):
        take_workbook(by=cast.inspector, first_article=draft, read=other)
    with pytest.raises(WorkbookOfAnother, match="Field 4 of the workbook is empty"):
        take_workbook(by=cast.inspector, first_article=draft, read={**found, "form1": {}})
    with pytest.raises(WorkbookOfAnother, match="is written in Rev B, and FA-.* in AS9102 Rev C"):
        take_workbook(by=cast.inspector, first_article=draft, read={**found, "edition": "B"})
    long = read(draft, f1_C9="ECN 118", f3_F7="x" * 121)
    with pytest.raises(
        Incomplete, match="Form 3 field 10, characteristic 1 of the workbook has 121 signs and holds 120"
    ):
        take_workbook(by=cast.inspector, first_article=draft, read=long)
    draft.refresh_from_db()
    assert (draft.additional_changes, draft.lines.count()) == ("", 0)
    first_articles.submit(by=cast.inspector, first_article=draft, token=reauth(cast.inspector))
    with pytest.raises(FirstArticleIsFrozen):
        take_workbook(by=cast.inspector, first_article=draft, read=found)


def test_rows_the_form_does_not_have_are_named(draft):
    compared = compare_workbook(first_article=draft, read=read(draft, f3_A8="77"))
    assert compared.unknown_rows == ("Form 3, 77",)


def test_what_is_no_workbook_of_forms_is_refused_by_its_reason(draft):
    from openpyxl import Workbook

    plain, content = Workbook(), BytesIO()
    plain.save(content)
    with pytest.raises(FileNotReadable, match="no sheet of a form"):
        read_forms_file(content.getvalue())
    with pytest.raises(FileNotReadable, match="no Excel workbook"):
        read_forms(b"1,2,3\n")


def test_page_shows_first_and_takes_on_confirmation(cast, draft, sign_in):
    client = sign_in(cast.inspector)
    look = reverse("inspection:first-article-workbook-look", args=[draft.number])
    sent = SimpleUploadedFile("forms.xlsx", filled(draft, f3_F7="PG-14", f3_E8="41.0"))
    address = client.post(look, {"file": sent})["Location"]
    page = client.get(address)
    assert [[row.theirs for row in table["rows"]] for table in page.context["tables"]] == [
        ["PG-14"],
        ["41.0"],
    ]
    assert draft.lines.count() == 0
    ticket = page.context["form"].initial["ticket"]
    taken = client.post(address.split("?")[0], {"ticket": ticket})
    assert (taken["Location"], [line.tooling for line in draft.lines.all()]) == (
        draft.get_absolute_url(),
        ["PG-14"],
    )
    other = sign_in(cast.quality)
    assert other.post(address.split("?")[0], {"ticket": ticket})["Location"] == look
    bad = client.post(look, {"file": SimpleUploadedFile("forms.xlsx", b"nothing of the kind")})
    assert bad.status_code == 422
