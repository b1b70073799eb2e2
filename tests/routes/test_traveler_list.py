"""Lots are found by number, part, customer, state and lateness; the answer says which were left out."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from routes.domain import holds, lots
from tests.factories import routes as made


@pytest.fixture
def ask(cast, sign_in):
    client = sign_in(cast.quality)
    return lambda **asked: client.get(reverse("routes:traveler-list"), asked)


def found(page) -> list:
    return list(page.context["rows"])


def make_late(lot) -> None:
    line = lot.order_line
    line.due_on = timezone.localdate() - timedelta(days=1)
    line.save()


def test_lots_on_hold_are_found_with_those_an_ancestors_hold_reaches(cast, ask):
    root, free = made.make_open_traveler(cast, up_to=20), made.make_open_traveler(cast)
    holds.place_hold(by=cast.operator, traveler=root, reason="Wrong heat")
    child = lots.split(by=cast.operator, traveler=root, quantity=10, reason="Sort")
    page = ask(state="on_hold")
    assert (found(page), [row.stands for row in found(page)]) == ([child, root], ["on_hold", "on_hold"])
    assert [row.stands for row in found(ask(state="open"))] == ["on_hold", "open", "on_hold"]
    assert free in found(ask())


def test_late_lots_are_marked_and_found(cast, ask):
    late, timely = made.make_open_traveler(cast), made.make_open_traveler(cast)
    make_late(late)
    assert [(row, row.is_late) for row in found(ask())] == [(timely, False), (late, True)]
    assert found(ask(is_late="on")) == [late]


def test_lots_are_found_by_number_part_and_customer(cast, ask):
    lot, other = made.make_open_traveler(cast), made.make_open_traveler(cast)
    part = lot.route_revision.part_revision.part
    assert found(ask(q=lot.number.lower())) == [lot]
    assert found(ask(part=part.number.lower())) == [lot]
    assert found(ask(customer=cast.customer.name)) == [other, lot]
    assert found(ask(customer=cast.stranger_customer.name)) == []


def test_an_empty_answer_says_that_nothing_matches_and_shows_the_way_back(cast, ask):
    assert (ask().context["empty_heading"], "empty_url" in ask().context) == ("No lot yet", False)
    page = ask(q="T-9", state="nonsense", is_late="\x00")
    assert (page.context["empty_heading"], page.context["empty_url"]) == (
        "Nothing matches",
        reverse("routes:traveler-list"),
    )
