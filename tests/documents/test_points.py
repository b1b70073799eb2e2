"""Clauses of a lot on pages: evidence with its paper, points on the customer's desk, letting one go."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from routes.models import ClauseEvidence
from tests.cast import PASSWORD
from tests.factories.certificates import pdf
from tests.factories.clauses import carry, let_go, show
from tests.factories.routes import make_open_traveler, today

POINTS = "/points/"


def place(carried, lot):
    return {
        "number": lot.order_line.order.number,
        "line_number": 1,
        "clause": carried.clause.number,
        "revision": "B",
        "lot": lot.number,
    }


def held_lot(cast, kind="hold", **facts):
    lot = make_open_traveler(cast, quantity=5, up_to=20)
    return lot, carry(cast, lot.order_line, kind, **{"point_at": 20, **facts})


def evidence_data(**facts):
    return {"reference": "FOD log 118", "done_on": str(today()), "password": PASSWORD} | facts


def test_evidence_is_signed_with_its_paper_and_shown_on_the_lot(cast, sign_in):
    lot = make_open_traveler(cast, quantity=5)
    carried = carry(cast, lot.order_line)
    client = sign_in(cast.inspector)
    here = reverse("routes:clause-evidence-add", kwargs=place(carried, lot))
    assert here in client.get(lot.get_absolute_url()).content.decode()
    answer = client.post(here, evidence_data(file=SimpleUploadedFile("fod.pdf", pdf())))
    assert (answer.status_code, answer.url) == (302, f"{lot.get_absolute_url()}#clauses")
    kept = ClauseEvidence.objects.get()
    page = client.get(lot.get_absolute_url()).content.decode()
    file = reverse("routes:clause-evidence-file", args=[kept.number])
    assert (f'href="{file}"' in page, "FOD log 118" in page) == (True, True)
    assert client.get(file)["Content-Type"] == "application/pdf"


def test_refused_evidence_keeps_what_was_typed(cast, sign_in):
    lot, carried = held_lot(cast)
    here = reverse("routes:clause-evidence-add", kwargs=place(carried, lot))
    answer = sign_in(cast.inspector).post(here, evidence_data(present=""))
    assert (answer.status_code, answer.context["form"]["reference"].value()) == (422, "FOD log 118")
    assert answer.context["form"].errors["present"] == ["Say who of the customer was there or let it go."]
    answer = sign_in(cast.inspector).post(here, evidence_data(present="Anton Belisle", done_on="2099-01-01"))
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (
        422,
        ["Nothing can have been shown on 2099-01-01, a day to come. Correct the day."],
    )


def test_evidence_form_asks_for_presence_at_points_only(cast, sign_in):
    client = sign_in(cast.inspector)
    lot, point = held_lot(cast)
    paper = carry(cast, lot.order_line)
    fields = [
        list(
            client.get(reverse("routes:clause-evidence-add", kwargs=place(each, lot))).context["form"].fields
        )
        for each in (point, paper)
    ]
    assert fields == [
        ["reference", "present", "done_on", "file", "password"],
        ["reference", "done_on", "file", "password"],
    ]


def test_evidence_of_a_lot_of_another_line_is_not_there(cast, sign_in):
    lot, carried = held_lot(cast)
    other = make_open_traveler(cast, quantity=5)
    here = reverse("routes:clause-evidence-add", kwargs=place(carried, lot) | {"lot": other.number})
    assert sign_in(cast.inspector).get(here).status_code == 404


def test_customer_sees_the_point_and_lets_it_go(cast, sign_in):
    lot, carried = held_lot(cast)
    client = sign_in(cast.customer_quality)
    [row] = client.get(POINTS).context["rows"]
    here = reverse("routes:point-let-go", kwargs=place(carried, lot))
    assert (row["lot"], row["act"], row["url"], row["state"], row["point"]) == (
        lot.number,
        "Let it go",
        here,
        "missing",
        "operation 20",
    )
    assert client.post(here, {"remarks": "", "password": "wrong"}).status_code == 422
    answer = client.post(here, {"remarks": "Seen on 3 of 5.", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, POINTS)
    [row] = client.get(POINTS).context["rows"]
    assert (row["state"], row["act"], row["sentence"].split(":")[0]) == (
        "accepted",
        "",
        ClauseEvidence.objects.get(reference="Seen on 3 of 5.").number,
    )


@pytest.mark.parametrize("who, expected", [("buyer", ""), ("inspector", "Record who was there")])
def test_others_see_the_point_and_what_they_may_do(cast, sign_in, who, expected):
    held_lot(cast)
    [row] = sign_in(getattr(cast, who)).get(POINTS).context["rows"]
    assert row["act"] == expected


def test_another_customer_sees_no_point(cast, sign_in):
    lot, carried = held_lot(cast)
    client = sign_in(cast.stranger_buyer)
    assert client.get(POINTS).context["rows"] == []
    assert client.get(reverse("routes:point-let-go", kwargs=place(carried, lot))).status_code == 404


def test_points_that_wait_stand_below_those_owed(cast, sign_in):
    lot, _ = held_lot(cast)
    carry(cast, lot.order_line, "source")
    done, carried = held_lot(cast, "witness")
    let_go(cast, carried, done)
    rows = sign_in(cast.quality).get(POINTS).context["rows"]
    assert [(row["lot"], row["clause"], row["state"]) for row in rows] == [
        (lot.number, "Q-hold B", "missing"),
        (lot.number, "Q-source B", "waiting"),
        (done.number, "Q-witness B", "accepted"),
    ]


def test_points_take_as_many_statements_for_three_as_for_one(cast, sign_in):
    client = sign_in(cast.quality)
    held_lot(cast)
    client.get(POINTS)
    with CaptureQueriesContext(connection) as one:
        client.get(POINTS)
    held_lot(cast, number="Q-2")
    held_lot(cast, number="Q-3")
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(POINTS).context["rows"]) == 3
    assert len(three) == len(one)


def test_evidence_is_withdrawn_on_its_page(cast, sign_in):
    lot, carried = held_lot(cast)
    kept = show(cast, carried, lot)
    client = sign_in(cast.quality)
    here = reverse("routes:clause-evidence-withdraw", args=[kept.number])
    assert here in client.get(lot.get_absolute_url()).content.decode()
    assert client.post(here, {"reason": "Another part."}).status_code == 302
    kept.refresh_from_db()
    assert kept.withdrawn_reason == "Another part."
    assert here not in client.get(lot.get_absolute_url()).content.decode()


def test_order_page_says_what_a_clause_takes(cast, sign_in):
    lot, _ = held_lot(cast)
    page = sign_in(cast.customer_quality).get(lot.order_line.get_absolute_url()).content.decode()
    assert "Hold point: work stops until the customer lets it go on, operation 20" in page
