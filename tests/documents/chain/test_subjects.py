"""A slot is named by code and subject: no two of one lot share a name, whatever happened to the lot."""

from collections import Counter

import pytest

from documents.domain.chain import check_lots, judge
from documents.domain.chain.facts import read_facts_as_placed
from inspection.domain.nonconformances import open_nonconformance
from routes.domain import holds, lots
from routes.domain.lots import quantity_of
from routes.models import Traveler
from tests.documents.chain.test_every_link import BREAKS
from tests.factories.documents import make_shipment
from tests.factories.elsewhere import make_brought_in_lot
from tests.factories.inspection import make_lot
from tests.factories.lot_facts import good_lot, shipped_lot


def named_twice(slots) -> list[tuple[str, str]]:
    counted = Counter((slot.code, slot.subject) for slot in slots)
    return [name for name, count in counted.items() if count > 1]


@pytest.mark.parametrize("code", BREAKS)
def test_broken_link_keeps_the_names_apart(code):
    assert named_twice(judge(BREAKS[code](shipped_lot()))) == []


def test_sound_lot_keeps_the_names_apart():
    assert (named_twice(judge(good_lot())), named_twice(judge(shipped_lot()))) == ([], [])


def test_lots_of_every_kind_keep_the_names_apart(cast):
    shipment = make_shipment(cast, at="certified")
    for sequence in (0, 30, 50, 999):
        lot = make_lot(cast, at=sequence) if sequence else make_lot(cast)
        holds.place_hold(by=cast.quality, traveler=lot, reason="Look at it.")
        holds.place_hold(by=cast.quality, traveler=lot, reason="Look at it again.")
        for words in ("Bore wide.", "Flange scratched."):
            open_nonconformance(by=cast.inspector, traveler=lot, description=words, quantity=quantity_of(lot))
    make_brought_in_lot(cast)
    lots.split(by=cast.operator, traveler=lot, quantity=1, reason="Partial delivery.")
    every = list(Traveler.objects.all())
    judged = check_lots(every) | {
        number: judge(facts) for number, facts in read_facts_as_placed([lot.pk for lot in every]).items()
    }
    assert shipment.lines.count() == 1 and len(judged) == len(every)
    assert {number: found for number, slots in judged.items() if (found := named_twice(slots))} == {}
