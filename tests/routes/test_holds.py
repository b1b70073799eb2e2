import pytest

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from routes.domain import holds, lots
from routes.domain.lots import LotHasLeft
from routes.models import Traveler
from tests.cast import reauth
from tests.factories import routes as made


def test_a_hold_holds_the_children_split_off_after_it(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    before = lots.split(by=cast.operator, traveler=lot, quantity=5, reason="Two heats")
    hold = holds.place_hold(by=cast.operator, traveler=lot, reason="Burr")
    after = lots.split(by=cast.operator, traveler=lot, quantity=5, reason="The bad ones")
    assert [holds.open_holds(each) for each in (lot, before, after)] == [[hold], [], [hold]]
    holds.release_hold(by=cast.quality, hold=hold, reason="Sorted.", token=reauth(cast.quality))
    assert holds.open_holds(after) == []


def test_a_hold_is_let_go_once_with_a_reason_and_a_signature(cast):
    lot = made.make_open_traveler(cast)
    hold = holds.place_hold(by=cast.operator, traveler=lot, reason="Burr")
    for changes, refusal in [
        ({"by": cast.operator}, NotEntitled),
        ({"reason": " "}, Incomplete),
        ({"token": "made up"}, CredentialRefused),
    ]:
        facts = {"by": cast.quality, "hold": hold, "reason": "Sorted."}
        facts |= changes
        with pytest.raises(refusal):
            holds.release_hold(**{"token": reauth(facts["by"]), **facts})
    released = holds.release_hold(by=cast.quality, hold=hold, reason="Sorted.", token=reauth(cast.quality))
    assert (released.state, released.release_reason, released.release_signature.person) == (
        "released",
        "Sorted.",
        cast.quality,
    )
    with pytest.raises(NotTheMoment):
        holds.release_hold(by=cast.quality, hold=hold, reason="Again.", token=reauth(cast.quality))


def test_a_hold_needs_a_reason_somebody_of_the_shop_and_a_lot_in_house(cast):
    lot = made.make_open_traveler(cast)
    with pytest.raises(Incomplete):
        holds.place_hold(by=cast.operator, traveler=lot, reason="")
    with pytest.raises(NotEntitled):
        holds.place_hold(by=cast.vendor, traveler=lot, reason="Burr")
    Traveler.objects.filter(pk=lot.pk).update(state="shipped")
    with pytest.raises(LotHasLeft):
        holds.place_hold(by=cast.operator, traveler=lot, reason="Burr")
