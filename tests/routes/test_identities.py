"""A characteristic is the same one in the next revision by what it is, not by its balloon."""

from decimal import Decimal

import pytest

from routes.domain import identities, making, route_revisions
from routes.domain.drafts import RevisionIsFrozen
from routes.domain.identities import NotTheSame
from routes.domain.making import NothingIsMadeHere, NotOfThisDrawing
from routes.domain.route_contents import content_of
from routes.domain.words import AlreadyThere
from tests.factories.routes import (
    make_characteristic,
    make_draft_route,
    make_part_revision,
    make_released_route,
)


@pytest.fixture
def old(cast):
    """Revision A with 1 Bore, 2 Width and 3 Length."""
    return make_part_revision(cast)


@pytest.fixture
def new(cast, old):
    return make_part_revision(cast, part=old.part, revision="B", with_characteristics=False)


def pairs(old, new):
    was = dict(old.characteristics.values_list("identity", "balloon"))
    return {each.balloon: was.get(each.identity) for each in new.characteristics.all()}


def test_identity_is_carried_to_the_next_revision_whatever_the_balloon(cast, old, new):
    make_characteristic(cast, new, balloon="1", name="Bore", applies_to="after")
    make_characteristic(cast, new, balloon="12", name="Width", nominal=Decimal("41"))
    make_characteristic(cast, new, balloon="3", name="Slot")
    assert pairs(old, new) == {"1": "1", "12": "2", "3": None}


def test_two_that_fit_one_are_both_new(cast, old, new):
    both = [
        {
            "source_id": "",
            "balloon": balloon,
            "name": "Width",
            "kind": "Diameter",
            "requirement": f"W {balloon}",
        }
        for balloon in ("7", "8")
    ]
    carried = identities.carried_identities(new, both)
    known = set(old.characteristics.values_list("identity", flat=True))
    assert (known.isdisjoint(carried), len(set(carried))) == (True, 2)


def test_a_person_says_which_one_it_is(cast, old, new):
    slot = make_characteristic(cast, new, balloon="3", name="Slot")
    width = make_characteristic(cast, new, balloon="2", name="Width")
    length = old.characteristics.get(balloon="3")
    identities.identify(by=cast.quality, characteristic=slot, same_as=length)
    assert pairs(old, new) == {"3": "3", "2": "2"}
    with pytest.raises(AlreadyThere):
        identities.identify(by=cast.quality, characteristic=width, same_as=length)
    with pytest.raises(NotTheSame, match="belongs to"):
        identities.identify(by=cast.quality, characteristic=width, same_as=slot)
    identities.identify(by=cast.quality, characteristic=width)
    assert pairs(old, new) == {"3": "3", "2": None}
    make_released_route(cast, part_revision=old)
    with pytest.raises(RevisionIsFrozen):
        identities.identify(by=cast.quality, characteristic=length)


def test_an_operation_says_what_it_makes_and_the_next_route_knows_it_too(cast, old):
    draft = make_draft_route(cast, part_revision=old)
    mill, final = (draft.operations.filter(kind=kind).last() for kind in ("machine", "inspect"))
    bore = old.characteristics.get(balloon="1")
    stranger = make_part_revision(cast).characteristics.get(balloon="1")
    with pytest.raises(NothingIsMadeHere):
        making.say_makes(by=cast.quality, operation=final, characteristics=[bore])
    with pytest.raises(NotOfThisDrawing):
        making.say_makes(by=cast.quality, operation=mill, characteristics=[stranger])
    making.say_makes(by=cast.quality, operation=mill, characteristics=[bore])
    assert list(mill.makes.all()) == [bore]
    assert [row["makes"] for row in content_of(draft)["operations"] if "makes" in row] == [["1"]]
    following = make_part_revision(cast, part=old.part, revision="B")
    copied = route_revisions.draft_revision(by=cast.quality, part_revision=following, copy_from=draft)
    makes = {each.sequence: [one.balloon for one in each.makes.all()] for each in copied.operations.all()}
    assert {sequence: made for sequence, made in makes.items() if made} == {mill.sequence: ["1"]}
