"""Readings in doubt of a lot that is built into an assembly: they stop it too, until somebody has judged them."""

import pytest

from documents.domain.chain.facts import read_facts
from documents.domain.concerned import lots_concerned
from inspection.models import Measurement
from portal.models import Event
from routes.domain import lots
from routes.models import Traveler
from tests.factories.components import add_made, build, make_plain_revision, make_short_lot
from tests.factories.findings import find_bad, judge
from tests.factories.inspection import make_lot
from tests.factories.routes import today


@pytest.fixture
def arms(cast):
    """A measured lot, all of it built into the assembly `into`; `gauge` took some of its values."""
    source = make_lot(cast, at=999)
    assembly = make_plain_revision(cast)
    item = add_made(cast, assembly, source.route_revision.part_revision, quantity_each=1)
    source.into = make_short_lot(cast, assembly, quantity=source.quantity_started)
    build(cast, source.into, item, source, source.quantity_started)
    source.gauge = Measurement.objects.filter(record__traveler=source, gauge__isnull=False).first().gauge
    return source


def doubts_in(lot):
    [component] = read_facts([lot.pk])[lot.number].components
    return [(each.source, [doubt.gauge for doubt in each.doubts]) for each in component.sources]


def test_a_gauge_found_bad_stops_the_assembly_until_the_readings_are_judged(cast, arms):
    assert doubts_in(arms.into) == [(arms.number, [])]
    find_bad(cast, arms.gauge)
    assert doubts_in(arms.into) == [(arms.number, [arms.gauge.number])]
    judge(cast, arms.gauge, arms)
    assert doubts_in(arms.into) == [(arms.number, [])]
    seen = lots_concerned(Event.objects.filter(verb="judge readings of"))
    assert {arms.pk, arms.into.pk} <= set(seen)


def test_what_is_split_off_the_assembly_is_stopped_and_judged_with_it(cast, arms):
    child = lots.split(by=cast.operator, traveler=arms.into, quantity=2, reason="Two go first.")
    find_bad(cast, arms.gauge)
    assert doubts_in(child) == doubts_in(arms.into) == [(arms.number, [arms.gauge.number])]
    judge(cast, arms.gauge, arms)
    assert doubts_in(child) == doubts_in(arms.into) == [(arms.number, [])]


def test_readings_of_a_lot_whose_rest_has_left_are_judged_for_what_is_still_here(cast, arms):
    find_bad(cast, arms.gauge)
    Traveler.objects.filter(pk=arms.pk).update(state=Traveler.SHIPPED)
    assert judge(cast, arms.gauge, arms, found_on=today()).traveler_id == arms.pk
    assert doubts_in(arms.into) == [(arms.number, [])]
