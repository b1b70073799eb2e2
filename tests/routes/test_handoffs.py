import pytest
from django.utils import timezone

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.models import Event, Signature
from routes.domain import route_revisions
from routes.domain.handoffs import PrototypeDoesNotFit
from routes.domain.words import AuthorMayNotApprove
from tests.factories import routes as made
from tests.factories.locks import hand_over, make_prototype


@pytest.fixture
def route(cast):
    return made.make_released_route(cast)


@pytest.fixture
def line(cast, route):
    return made.make_order_line(cast, route.part_revision)


def test_handoff_is_signed_and_names_the_lots_it_concerns(cast, route, line):
    tried = make_prototype(cast, line, route)
    lot = made.make_open_traveler(cast, route_revision=route, order_line=line, quantity=10)
    done = hand_over(cast, route, tried)
    assert (done.number[:3], done.part_revision, list(done.prototypes.all())) == (
        "PH-",
        route.part_revision,
        [tried],
    )
    assert (done.signature.person, done.signature.meaning) == (cast.second_quality, Signature.APPROVED)
    event = Event.objects.get(noun="handoff")
    assert (event.verb, event.number, event.lots) == ("hand over", done.number, [lot.number])


def test_handoff_is_signed_by_another_than_the_author_with_authority(cast, route, line):
    tried = make_prototype(cast, line, route)
    with pytest.raises(AuthorMayNotApprove) as refused:
        hand_over(cast, route, tried, by=cast.quality)
    assert refused.value.sentence == (
        f"Maud Ferreira wrote route {route.number} and may not hand the part over to it. Ask another quality engineer."
    )
    with pytest.raises(NotEntitled):
        hand_over(cast, route, tried, by=cast.operator)
    with pytest.raises(CredentialRefused):
        hand_over(cast, route, tried, token="made up")
    cast.manager.authorities.filter(act="approve_route").update(withdrawn_at=timezone.now())
    with pytest.raises(NotEntitled):
        hand_over(cast, route, tried, by=cast.manager)
    assert hand_over(cast, route, tried).route_revision == route


def test_handoff_needs_words_and_prototypes_that_taught_something(cast, route, line):
    tried = make_prototype(cast, line, route)
    with pytest.raises(Incomplete):
        hand_over(cast, route)
    for missing in ("learnt", "changed"):
        with pytest.raises(Incomplete):
            hand_over(cast, route, tried, **{missing: " "})
    lot = made.make_open_traveler(cast, route_revision=route, order_line=line, quantity=10)
    with pytest.raises(PrototypeDoesNotFit, match="is no prototype"):
        hand_over(cast, route, tried, lot)
    with pytest.raises(PrototypeDoesNotFit, match="is still open"):
        hand_over(cast, route, make_prototype(cast, line, route, state="open"))
    other = made.make_released_route(cast)
    foreign = make_prototype(cast, made.make_order_line(cast, other.part_revision), other)
    with pytest.raises(PrototypeDoesNotFit, match="Name prototypes of that revision"):
        hand_over(cast, route, foreign)


def test_handoff_is_to_a_route_that_was_released(cast, route, line):
    tried = make_prototype(cast, line, route)
    draft = route_revisions.draft_revision(
        by=cast.quality, part_revision=route.part_revision, copy_from=route
    )
    with pytest.raises(NotTheMoment, match="is draft"):
        hand_over(cast, draft, tried)
    assert hand_over(cast, route, tried).route_revision == route
