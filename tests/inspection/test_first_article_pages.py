"""Pages of first articles: three forms with their field numbers, two signatures."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspection.domain.as9102 import COMMON, FORM_1, FORM_1_INDEX, FORM_2, FORM_3
from inspection.models import FirstArticle
from routes.models import Traveler
from tests.cast import PASSWORD
from tests.factories.inspection import make_first_article, make_lot


def page(name: str, *args: object) -> str:
    return reverse(f"inspection:first-article-{name}", args=args)


@pytest.fixture
def lot(cast) -> Traveler:
    """A complete lot of two pieces, every planned value at its nominal."""
    return make_lot(cast, at=999, quantity=2)


@pytest.fixture
def draft(cast, lot) -> FirstArticle:
    """A first article on piece 1, written by the inspector."""
    return make_first_article(cast, lot=lot)


def shown(client, record: FirstArticle, form: int):
    return client.get(f"{record.get_absolute_url()}?form={form}")


def value_of(answer, number: str) -> str:
    """Return what stands in one field of Form 1."""
    return next(entry["value"] for entry in answer.context["form1"] if entry["number"] == number)


def cells_of(answer) -> list[dict[str, str]]:
    return [{number: text for number, _, text in row["cells"]} for row in answer.context["rows"]]


def test_every_field_stands_under_its_number_and_label(sign_in, cast, draft):
    client = sign_in(cast.quality)
    first = shown(client, draft, 1).content.decode()
    named = [
        f'<dt><span class="fieldno">{number}</span>{label}</dt>'
        for number, label in (FORM_1 | FORM_1_INDEX).items()
    ]
    assert [each for each in named if each not in first] == []
    for form, fields in ((2, FORM_2), (3, FORM_3)):
        text = shown(client, draft, form).content.decode()
        heads = [f'data-head="{number}. {label}"' for number, label in fields.items()]
        common = [f'<dt><span class="fieldno">{number}</span>{FORM_1[number]}</dt>' for number in COMMON]
        assert [each for each in (*heads, *common) if each not in text] == []


def test_forms_show_the_records(sign_in, cast, draft):
    client = sign_in(cast.quality)
    first = shown(client, draft, 1)
    assert [value_of(first, number) for number in ("1", "4", "19", "15")] == [
        draft.part_revision.part.number,
        draft.number,
        "No",
        "Not applicable: a detail part has no components",
    ]
    assert [row["5"] for row in cells_of(shown(client, draft, 2))][1:] == ["Anodize"]
    third = shown(client, draft, 3)
    assert [(row["5"], row["9"]) for row in cells_of(third)] == [("1", "10.0"), ("2", "40.0"), ("3", "80.0")]
    assert third.context["missing"] == []
    assert third.context["rows"][0]["bar"]["words"] == "10, within the lower limit 9.9 and upper limit 10.1."


@pytest.mark.parametrize(("asked", "form"), [("", 3), ("?form=2", 2), ("?form=9", 3), ("?form=x%00", 3)])
def test_tab_that_is_asked_for_is_shown(sign_in, cast, draft, asked, form):
    answer = sign_in(cast.quality).get(draft.get_absolute_url() + asked)
    current = [tab["label"] for tab in answer.context["tabs"] if tab["is_current"]]
    assert (answer.context["form"], current) == (form, [f"Form {form}"])


def test_inspector_opens_one_from_the_lot(sign_in, cast, lot):
    client, address = sign_in(cast.inspector), page("open", lot.number)
    sent = {"serial": "1", "extent": "partial", "reason": "Design change", "baseline": ""}
    refused = client.post(address, sent)
    assert (refused.status_code, refused.context["form"]["reason"].value()) == (422, "Design change")
    assert "names its baseline" in refused.content.decode()
    answer = client.post(address, sent | {"extent": "full", "comments": "Two pieces"})
    opened = FirstArticle.objects.get()
    assert (answer.url, opened.comments, opened.author) == (
        opened.get_absolute_url(),
        "Two pieces",
        cast.inspector,
    )


def test_row_of_form_3_takes_tooling_and_comment(sign_in, cast, draft):
    client, address = sign_in(cast.inspector), page("line", draft.number, "1")
    client.post(address, {"tooling": "Plug gauge PG-3", "comment": "Four places"})
    assert client.get(address).context["form"].initial == {
        "tooling": "Plug gauge PG-3",
        "comment": "Four places",
    }
    assert cells_of(client.get(draft.get_absolute_url()))[0]["10"] == "Plug gauge PG-3"
    assert client.get(page("line", draft.number, "77")).status_code == 404


def test_submit_names_what_is_missing(sign_in, cast, lot):
    # piece 9 was never measured: the number is free on a lot without serials
    empty = make_first_article(cast, lot=lot, serial="9")
    client = sign_in(cast.inspector)
    assert client.get(empty.get_absolute_url()).context["missing"][0] == (
        "Form 3 field 9 Results of characteristic 1"
    )
    refused = client.post(page("submit", empty.number), {"password": PASSWORD})
    assert (refused.status_code, "is not complete: Form 3 field 9" in refused.content.decode()) == (422, True)


def submitted(sign_in, cast, draft) -> FirstArticle:
    sign_in(cast.inspector).post(page("submit", draft.number), {"password": PASSWORD})
    draft.refresh_from_db()
    return draft


def acts_of(answer) -> list[str]:
    return [act["label"] for act in answer.context["acts"]]


def test_author_submits_and_another_approves(sign_in, cast, draft):
    number = draft.number
    assert acts_of(sign_in(cast.inspector).get(draft.get_absolute_url())) == [
        "Download as AS9102 XLSX",
        "Fill from a workbook",
        "Correct Form 1",
        "Submit",
    ]
    record = submitted(sign_in, cast, draft)
    first = shown(sign_in(cast.inspector), record, 1)
    assert value_of(first, "20") == "Lotte Brandvold, Inspector"
    assert (first.context["decision"], acts_of(first)) == ({}, ["Download as AS9102 XLSX"])
    client = sign_in(cast.quality)
    asked = client.get(record.get_absolute_url()).context["decision"]
    assert (asked["field"], asked["is_own"]) == ("22", False)
    client.post(asked["approve_url"], {"password": PASSWORD})
    done = shown(client, record, 1)
    assert (done.context["record"].state, value_of(done, "22")) == (
        "approved",
        "Maud Ferreira, Quality engineer",
    )
    assert (done.context["decision"], done.context["may_fill"]) == ({}, False)
    frozen = sign_in(cast.inspector).post(page("line", number, "1"), {"tooling": "PG-4", "comment": ""})
    assert "A change is a new FAIR" in frozen.content.decode()


def test_author_is_not_offered_the_approval_and_is_refused_it(sign_in, cast, draft):
    FirstArticle.objects.filter(pk=draft.pk).update(author=cast.quality)
    record = submitted(sign_in, cast, draft)
    client = sign_in(cast.quality)
    answer = client.get(record.get_absolute_url())
    assert answer.context["decision"]["is_own"] is True
    assert "Sign: reviewed and approved" not in answer.content.decode()
    refused = client.post(page("approve", draft.number), {"password": PASSWORD})
    assert "may not approve it too" in refused.content.decode()


def test_return_says_why_on_the_page(sign_in, cast, draft):
    sign_in(cast.inspector).post(page("submit", draft.number), {"password": PASSWORD})
    client = sign_in(cast.quality)
    answer = client.post(page("return", draft.number), {"reason": "Field 8 is empty."}, follow=True)
    assert (answer.context["record"].state, "Field 8 is empty." in answer.content.decode()) == (
        "returned",
        True,
    )


def test_list_takes_as_many_statements_for_thirty_rows_as_for_one(sign_in, cast, draft):
    client = sign_in(cast.quality)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(page("list"))
        return len(captured)

    one = statements()
    same = ("part_revision", "route_revision", "traveler", "order_line", "author", "opened_at")
    FirstArticle.objects.bulk_create(
        FirstArticle(
            number=f"FA-9{place:05d}",
            serial="1",
            reason="First run",
            **{name: getattr(draft, name) for name in same},
        )
        for place in range(29)
    )
    assert statements() == one
