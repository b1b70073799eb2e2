"""The page of a lot: as many statements as the chain takes, and few more, whatever hangs on the lot."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.domain.chain.facts import read_facts
from routes.domain import holds, lots
from routes.domain.quantities import record_quantity_move
from routes.models import Characteristic, PlannedCheck, QuantityMove
from tests.factories.documents import make_shippable_lot
from tests.factories.inspection import make_lot
from tests.factories.routes import make_open_traveler

pytestmark = pytest.mark.django_db
# who asks: the session and its person
WHO_ASKS = 2
BESIDE_CHAIN = 17


def count(call) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def statements(client, lot) -> int:
    return count(lambda: client.get(lot.get_absolute_url()))


def beside_chain(client, lot) -> int:
    return statements(client, lot) - count(lambda: read_facts([lot.pk])) - WHO_ASKS


def split(cast, lot):
    return lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Ships ahead.")


def add_planned_characteristics(lot) -> None:
    check = PlannedCheck.objects.filter(operation__route_revision=lot.route_revision).first()
    for place in range(10):
        each = Characteristic.objects.get(pk=check.characteristic_id)
        each.pk, each.uuid, each.identity, each.balloon = None, uuid4(), uuid4(), f"9{place}"
        each.position = 90 + place
        each.save()
        check.pk, check.characteristic = None, each
        check.save()


def test_lot_page_takes_seventeen_statements_beside_its_chain(cast, sign_in):
    assert beside_chain(sign_in(cast.quality), make_shippable_lot(cast)) <= BESIDE_CHAIN


def test_lot_page_takes_as_many_statements_for_eleven_characteristics_as_for_one(cast, sign_in):
    lot = make_shippable_lot(cast)
    client = sign_in(cast.quality)
    alone = statements(client, lot)
    add_planned_characteristics(lot)
    assert statements(client, lot) == alone


def test_page_of_a_split_lot_takes_as_many_statements_for_three_lots_as_for_one(cast, sign_in):
    lot = make_open_traveler(cast, quantity=31)
    client = sign_in(cast.quality)
    alone = statements(client, lot)
    children = [split(cast, lot) for _ in range(3)]
    holds.place_hold(by=cast.quality, traveler=lot, reason="Burr on the bore.")
    record_quantity_move(
        by=cast.operator,
        traveler=lot,
        kind=QuantityMove.SCRAPPED,
        quantity=1,
        reason="Dropped.",
        witness=cast.quality,
    )
    assert (statements(client, lot), beside_chain(client, children[0]) <= BESIDE_CHAIN) == (alone, True)


def test_page_of_a_lot_split_twice_reads_its_ancestors_once(cast, sign_in):
    lot = make_open_traveler(cast, quantity=31)
    child = lots.split(by=cast.operator, traveler=lot, quantity=10, reason="Ships ahead.")
    client = sign_in(cast.quality)
    assert beside_chain(client, split(cast, child)) == beside_chain(client, child) + 1


def test_page_of_a_lot_names_those_around_it(cast, sign_in):
    lot = make_open_traveler(cast, quantity=31)
    first, second = split(cast, lot), split(cast, lot)
    client = sign_in(cast.quality)
    around = client.get(lot.get_absolute_url()).context
    beside = client.get(second.get_absolute_url()).context
    assert [(each["number"], each["url"]) for each in around["children"]] == [
        (each.number, each.get_absolute_url()) for each in (first, second)
    ]
    assert [each["number"] for each in beside["siblings"]] == [first.number]
    assert around["quantity"] == {
        "total": 31,
        "parts": [
            {"count": 27, "label": "here"},
            {"count": 2, "label": f"in {first.number}"},
            {"count": 2, "label": f"in {second.number}"},
        ],
        "now": 27,
        "difference": 0,
    }


def test_owed_certificate_names_its_issuer_only_once_it_is_ordered(cast, sign_in):
    client = sign_in(cast.quality)
    before, sent = make_open_traveler(cast), make_lot(cast, at=999)
    issuers = [
        [row["issuer"] for row in client.get(lot.get_absolute_url()).context["found"]["certificates"]]
        for lot in (before, sent)
    ]
    assert issuers == [
        ["not named yet", "not named yet", "Us"],
        ["Corvane Mill", "Brightwater Finishing", "Us"],
    ]
