from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.domain.accounts import disable_person
from portal.domain.authorities import AuthorityDaysReversed, authority_for, has_authority, withdraw_authority
from portal.domain.deputies import (
    DeputyDoesNotFit,
    DeputyOutlastsAuthority,
    deputies_today,
    end_deputy,
    name_deputy,
    names_answered_for,
)
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import issue
from portal.domain.signatures import DeputyOfAuthor, printed_name_of, sign
from portal.models import Authority, Event, Signature

ACT = Authority.CERTIFY


def today() -> date:
    return timezone.localdate()


def in_days(count: int) -> date:
    return today() + timedelta(days=count)


@pytest.fixture
def away(cast):
    """A quality engineer who is away, and a colleague whose own authority ended."""
    Authority.objects.filter(person=cast.second_quality, act=ACT).delete()
    return Authority.objects.get(person=cast.quality, act=ACT)


def name(cast, authority, **changes):
    given = {
        "by": cast.quality,
        "authorities": [authority],
        "person": cast.second_quality,
        "valid_from": today(),
        "valid_to": in_days(7),
        "basis": "Leave in May",
    }
    [made] = name_deputy(**given | changes)
    return made


def test_a_deputy_holds_the_authority_between_the_days_named(cast, away):
    assert not has_authority(person=cast.second_quality, act=ACT)
    made = name(cast, away, valid_from=in_days(1), valid_to=in_days(3))
    held = [has_authority(person=cast.second_quality, act=ACT, on=in_days(day)) for day in range(5)]
    assert held == [False, True, True, True, False]
    assert (made.deputy_for, made.act, made.customer) == (away, ACT, None)
    event = Event.objects.latest("id")
    assert (event.verb, event.noun, event.number) == ("name deputy", "authority", cast.quality.email)
    assert event.data["name"] == cast.second_quality.printed_name


def test_a_deputy_signs_with_both_names(cast, away):
    name(cast, away)
    both = f"{cast.second_quality.printed_name} for {cast.quality.printed_name}, deputy"
    assert printed_name_of(cast.second_quality, ACT) == both
    signature = signed(cast, cast.second_quality)
    assert (signature.printed_name, signature.stands_in_for) == (both, cast.quality)
    assert signature.person == cast.second_quality


def test_whoever_holds_the_authority_too_signs_in_their_own_name(cast, away):
    own = Authority.objects.create(
        person=cast.second_quality, act=ACT, valid_from=date(2020, 1, 1), basis="Training record"
    )
    name(cast, away)
    assert authority_for(person=cast.second_quality, act=ACT) == own
    signature = signed(cast, cast.second_quality)
    assert (signature.printed_name, signature.stands_in_for) == (cast.second_quality.printed_name, None)


def signed(cast, by, made_by=()):
    return sign(
        by=by,
        token=issue(person=by),
        meaning=Signature.CERTIFIED,
        noun="test",
        number="X-1",
        content={},
        act=ACT,
        made_by=made_by,
    )


def test_a_deputy_never_judges_what_the_other_one_made(cast, away):
    name(cast, away)
    with pytest.raises(DeputyOfAuthor) as refused:
        signed(cast, cast.second_quality, made_by=(cast.quality,))
    assert str(refused.value) == (
        f"{cast.second_quality.printed_name} would sign test X-1 for {cast.quality.printed_name}, who made it, so it "
        "would have no second look. Ask somebody who holds the authority in their own name."
    )
    assert signed(cast, cast.second_quality, made_by=(cast.inspector,)).stands_in_for == cast.quality


def test_a_deputy_ends_with_the_authority(cast, away):
    name(cast, away)
    assert has_authority(person=cast.second_quality, act=ACT)
    withdraw_authority(by=cast.manager, authority=away, reason="Left the line")
    assert not has_authority(person=cast.second_quality, act=ACT)


def test_a_deputy_ends_when_the_holder_leaves(cast, away):
    name(cast, away)
    disable_person(by=cast.manager, person=cast.quality, reason="Moved on")
    assert not has_authority(person=cast.second_quality, act=ACT)


def test_the_holder_or_a_manager_names_a_deputy(cast, away):
    for by in (cast.second_quality, cast.operator, cast.buyer):
        with pytest.raises(NotEntitled, match="may not name a deputy of Maud Ferreira; they may themselves"):
            name(cast, away, by=by)
    assert name(cast, away, by=cast.manager).person == cast.second_quality


def test_a_deputy_is_of_a_role_that_does_the_act(cast, away):
    with pytest.raises(
        DeputyDoesNotFit, match="is operator and cannot sign certificates of conformity for Maud"
    ):
        name(cast, away, person=cast.operator)
    with pytest.raises(DeputyDoesNotFit, match="is vendor and cannot"):
        name(cast, away, person=cast.vendor)
    stepping = Authority.objects.get(person=cast.quality, act=Authority.SIGN_STEP)
    assert name(cast, stepping, person=cast.operator).act == Authority.SIGN_STEP


def test_nobody_is_their_own_deputy_and_nobody_who_left_is_one(cast, away):
    with pytest.raises(DeputyDoesNotFit, match="Maud Ferreira cannot be their own deputy"):
        name(cast, away, person=cast.quality)
    disable_person(by=cast.manager, person=cast.second_quality, reason="Moved on")
    cast.second_quality.refresh_from_db()
    with pytest.raises(DeputyDoesNotFit, match="has left and can be nobody's deputy"):
        name(cast, away)


def test_a_deputy_does_not_hand_on(cast, away):
    made = name(cast, away)
    with pytest.raises(DeputyDoesNotFit, match="holds this authority as a deputy and cannot hand it on"):
        name(cast, made, by=cast.manager, person=cast.second_manager)


def test_what_was_withdrawn_has_no_deputy(cast, away):
    withdraw_authority(by=cast.manager, authority=away, reason="Left the line")
    with pytest.raises(
        NotTheMoment, match="Maud Ferreira no longer holds the authority to sign certificates"
    ):
        name(cast, away)


def test_the_days_of_a_deputy_fit(cast, away):
    with pytest.raises(AuthorityDaysReversed, match="Change one of the days"):
        name(cast, away, valid_from=in_days(2), valid_to=in_days(1))
    with pytest.raises(DeputyDoesNotFit, match="Nobody becomes a deputy for days that are over"):
        name(cast, away, valid_from=in_days(-1))
    away.valid_to = in_days(3)
    away.save()
    with pytest.raises(DeputyOutlastsAuthority, match="Keep to those days"):
        name(cast, away, valid_to=in_days(4))
    name(cast, away, valid_to=in_days(3))
    with pytest.raises(NotTheMoment, match="is named for this already"):
        name(cast, away, valid_from=in_days(3), valid_to=in_days(3))


def test_a_deputy_has_a_ground_and_an_act(cast, away):
    with pytest.raises(Incomplete, match="Say on what ground"):
        name(cast, away, basis="  ")
    with pytest.raises(Incomplete, match="choose at least one act"):
        name_deputy(
            by=cast.quality,
            authorities=[],
            person=cast.second_quality,
            valid_from=today(),
            valid_to=today(),
            basis="Leave",
        )


def test_a_deputy_can_be_ended(cast, away):
    made = name(cast, away)
    with pytest.raises(NotEntitled, match="may not end what"):
        end_deputy(by=cast.operator, authority=made, reason="Back")
    with pytest.raises(Incomplete, match="Say why"):
        end_deputy(by=cast.quality, authority=made, reason=" ")
    with pytest.raises(NotTheMoment, match="holds this authority in their own name"):
        end_deputy(by=cast.quality, authority=away, reason="Back")
    assert end_deputy(by=cast.quality, authority=made, reason="Back early").withdrawn_at is not None
    assert not has_authority(person=cast.second_quality, act=ACT)
    with pytest.raises(NotTheMoment, match="has been no deputy since"):
        end_deputy(by=cast.quality, authority=made, reason="Back")
    assert has_authority(person=cast.quality, act=ACT)


def test_the_work_of_who_is_away_is_the_deputys_today(cast, away):
    name(cast, away)
    mine, theirs = cast.second_quality.printed_name, cast.quality.printed_name
    assert names_answered_for(cast.second_quality) == (mine, theirs)
    assert names_answered_for(cast.second_quality, on=in_days(8)) == (mine,)
    assert names_answered_for(cast.quality) == (theirs,)
    assert deputies_today([theirs, mine]) == {theirs: (mine,)}
    assert deputies_today([theirs], on=in_days(8)) == {}


def test_pages_name_and_end_a_deputy(client, cast, away):
    client.force_login(cast.quality)
    page = f"/people/{cast.quality.email}/deputies/"
    given = {
        "person": cast.second_quality.pk,
        "authorities": [away.pk],
        "valid_from": today().isoformat(),
        "valid_to": in_days(7).isoformat(),
        "basis": "Leave",
    }
    refused = client.post(f"{page}name/", given | {"valid_to": in_days(-3).isoformat()})
    assert (refused.status_code, "Change one of the days" in refused.content.decode()) == (422, True)
    answer = client.post(f"{page}name/", given, follow=True)
    words = answer.content.decode()
    assert f"{cast.second_quality.printed_name} is deputy of {cast.quality.printed_name} from" in words
    made = Authority.objects.get(deputy_for=away)
    assert f"as deputy of {cast.quality.printed_name}" in page_of(client, cast.second_quality)
    client.post(f"{page}end/", {"authority": made.pk, "reason": "Back"})
    made.refresh_from_db()
    assert made.withdrawn_at is not None


def page_of(client, person) -> str:
    return client.get(f"/people/{person.email}/").content.decode()


def test_a_colleague_is_not_offered_to_name_a_deputy(client, cast, away):
    client.force_login(cast.operator)
    assert "deputies/name/" not in page_of(client, cast.quality)
    client.force_login(cast.manager)
    assert "deputies/name/" in page_of(client, cast.quality)
