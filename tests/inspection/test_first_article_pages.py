"""Pages of first articles: three forms with their field numbers, two signatures."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspection.domain.as9102 import FORM_1, FORM_1_INDEX, FORM_2, FORM_3
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


def test_every_field_stands_under_its_number_and_label(sign_in, cast, draft):
    text = sign_in(cast.quality).get(draft.get_absolute_url()).content.decode()
    named = [f"<dt>{number}. {label}</dt>" for number, label in (FORM_1 | FORM_1_INDEX).items()]
    named += [f'data-head="{number}. {label}"' for number, label in (*FORM_2.items(), *FORM_3.items())]
    assert [each for each in named if each not in text] == []


def test_forms_show_the_records(sign_in, cast, draft):
    answer = sign_in(cast.quality).get(draft.get_absolute_url())
    form1 = {entry["number"]: entry["value"] for entry in answer.context["form1"]}
    assert (form1["1"], form1["4"], form1["19"]) == (
        draft.part_revision.part.number,
        draft.number,
        "No",
    )
    assert [{n: t for n, _, t in row}["5"] for row in answer.context["form2"]][1:] == ["anodize"]
    rows = [{n: t for n, _, t in row["cells"]} for row in answer.context["form3"]]
    assert [(row["5"], row["9"]) for row in rows] == [("1", "10"), ("2", "40"), ("3", "80")]
    assert answer.context["missing"] == []


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
    [first, *_] = client.get(draft.get_absolute_url()).context["form3"]
    assert {n: t for n, _, t in first["cells"]}["10"] == "Plug gauge PG-3"
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


def test_author_submits_and_another_approves(sign_in, cast, draft):
    number = draft.number
    shown = sign_in(cast.inspector).post(page("submit", number), {"password": PASSWORD}, follow=True)
    form1 = {entry["number"]: entry["value"] for entry in shown.context["form1"]}
    assert form1["20"] == "Lotte Brandvold, Inspector"
    assert shown.context["acts"] == []
    done = sign_in(cast.quality).post(page("approve", number), {"password": PASSWORD}, follow=True)
    form1 = {entry["number"]: entry["value"] for entry in done.context["form1"]}
    assert (done.context["record"].state, form1["22"]) == ("approved", "Maud Ferreira, Quality engineer")
    assert (done.context["acts"], done.context["may_fill"]) == ([], False)
    frozen = sign_in(cast.inspector).post(page("line", number, "1"), {"tooling": "PG-4", "comment": ""})
    assert "A change is a new FAIR" in frozen.content.decode()


def test_author_is_not_offered_the_approval_and_is_refused_it(sign_in, cast, draft):
    FirstArticle.objects.filter(pk=draft.pk).update(author=cast.quality)
    sign_in(cast.inspector).post(page("submit", draft.number), {"password": PASSWORD})
    client = sign_in(cast.quality)
    acts = client.get(draft.get_absolute_url()).context["acts"]
    assert [act["label"] for act in acts] == ["Return to the author"]
    refused = client.post(page("approve", draft.number), {"password": PASSWORD})
    assert "may not approve it too" in refused.content.decode()


def test_return_says_why_on_the_page(sign_in, cast, draft):
    sign_in(cast.inspector).post(page("submit", draft.number), {"password": PASSWORD})
    client = sign_in(cast.quality)
    shown = client.post(page("return", draft.number), {"reason": "Field 8 is empty."}, follow=True)
    assert (shown.context["record"].state, "Field 8 is empty." in shown.content.decode()) == (
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
