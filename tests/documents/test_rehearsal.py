"""The rehearsal of an order line: judged by the checks of the gate, before any lot is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from documents.domain.chain import judge, planned_facts, statements
from documents.domain.chain.facts import read_facts
from documents.domain.chain.planned_facts import read_planned
from documents.domain.rehearsal import NothingToRehearse, rehearse
from routes.models import OrderLine, Traveler
from tests.factories.routes import (
    make_draft_route,
    make_open_traveler,
    make_order_line,
    make_part_revision,
    make_released_route,
)
from tests.factories.subcontract import OUTSIDE, make_outside_order
from tests.machine import Machine, refusal

pytestmark = pytest.mark.django_db


def make_line(cast) -> OrderLine:
    """Return a line with a released route and no lot."""
    route = make_released_route(cast)
    return make_order_line(cast, route.part_revision)


def give_history(cast) -> OrderLine:
    """Return a line whose outside operation was ordered once and came back the same day."""
    return make_outside_order(cast, at="returned").lines.get().traveler.order_line


def columns(statement: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"lots": [0]})
        return sorted(column[0] for column in cursor.description)


def test_line_asks_for_what_a_lot_just_opened_on_it_asks_for(cast):
    line = make_line(cast)
    planned = judge(read_planned([line.pk])[f"{line.order.number}/{line.line_number}"])
    lot = make_open_traveler(cast, route_revision=line.part_revision.route_revisions.get(), order_line=line)
    opened = judge(read_facts([lot.pk])[lot.number])
    assert [(slot.code, slot.subject) for slot in planned] == [(slot.code, slot.subject) for slot in opened]
    assert {slot.code for slot in planned if slot.state == "na"} == {
        slot.code for slot in opened if slot.state == "na"
    }


def test_planned_steps_have_the_columns_of_steps(db):
    assert columns(planned_facts.STEPS) == columns(statements.STEPS)


def test_rehearsal_leaves_nothing_behind(cast):
    line = make_line(cast)
    rehearse(order_line=line)
    assert Traveler.objects.count() == 0


def test_earliest_day_is_that_of_the_time_away(cast):
    later = timezone.localdate() + timedelta(days=3)
    found = rehearse(order_line=give_history(cast), on=later)
    assert [(each.sequence, each.orders, each.days) for each in found.times_away] == [(OUTSIDE, 1, 0)]
    assert found.ships_from == later
    days = {
        (each.slot.code, each.expected_on) for each in found.coming if each.slot.code in ("PROCESS", "COC")
    }
    assert days == {("PROCESS", found.ships_from), ("COC", found.ships_from)}
    assert {each.expected_on for each in found.coming if each.slot.code == "MATERIAL"} == {None}


def test_without_history_no_day_is_named(cast):
    found = rehearse(order_line=make_line(cast))
    assert ([each.days for each in found.times_away], found.ships_from) == ([None], None)
    assert {each.expected_on for each in found.coming} == {None}


def test_line_without_a_released_route_is_refused(cast):
    line = make_order_line(cast, make_draft_route(cast).part_revision)
    with pytest.raises(NothingToRehearse) as refused:
        rehearse(order_line=line)
    assert refused.value.sentence == (
        f"Line {line} orders {line.part_revision}, and no route of it is released. "
        "Release its route; then everything that will be asked of a lot is known."
    )


def test_page_says_who_is_asked_for_what(cast, sign_in):
    line = give_history(cast)
    kwargs = {"number": line.order.number, "line_number": line.line_number}
    page = (
        sign_in(cast.quality).get(reverse("documents:order-line-rehearsal", kwargs=kwargs)).content.decode()
    )
    assert ("To settle before a lot is opened" in page, "the quality engineer" in page) == (True, True)
    bare = make_order_line(cast, make_part_revision(cast))
    kwargs = {"number": bare.order.number, "line_number": bare.line_number}
    page = (
        sign_in(cast.quality).get(reverse("documents:order-line-rehearsal", kwargs=kwargs)).content.decode()
    )
    assert "Nothing to rehearse yet" in page


def test_program_reads_the_same(cast):
    line = give_history(cast)
    machine = Machine(cast.operator)
    shown = machine.get(f"orders/{line.order.number}/lines/{line.line_number}/rehearsal/").json()
    found = rehearse(order_line=line)
    assert (shown["ships_from"], len(shown["coming"])) == (found.ships_from.isoformat(), len(found.coming))
    bare = make_order_line(cast, make_part_revision(cast))
    refused = machine.get(f"orders/{bare.order.number}/lines/{bare.line_number}/rehearsal/")
    assert refusal(refused)[:1] == (409,)
