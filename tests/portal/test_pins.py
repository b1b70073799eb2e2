from datetime import timedelta

import pytest
from django.utils import timezone

from portal.domain.accounts import disable_person
from portal.domain.attempts import LIMIT, TooManyFailures
from portal.domain.errors import NotEntitled
from portal.domain.pins import (
    IDLE,
    BadgeTaken,
    PinRefused,
    PinTooEasy,
    begin_at_tablet,
    confirm_pin,
    give_badge,
    is_still_at_tablet,
    set_pin,
)
from portal.domain.reauthentication import CredentialRefused, spend
from portal.domain.signatures import sign
from portal.models import Authority, Event, SignInAttempt
from tests.cast import PASSWORD

BADGE, PIN = "B-0417", "580213"
NOT_TOGETHER = "This badge and this PIN do not belong together, so nothing was done."


@pytest.fixture
def operator(cast):
    return set_pin(by=cast.operator, badge_number=f" {BADGE} ", pin=PIN, password=PASSWORD)


def sign_as(person, token, act):
    return sign(by=person, token=token, act=act, meaning="performed", noun="step", number="1", content={})


def test_badge_and_pin_say_who_stands_at_the_tablet(cast, operator):
    person, token = begin_at_tablet(badge_number=BADGE, pin=PIN)
    assert person == cast.operator
    assert sign_as(person, token, Authority.SIGN_STEP).printed_name == "Sami Okonjo"
    assert SignInAttempt.objects.count() == 0


def test_the_pin_is_kept_as_a_hash_and_never_in_the_history_or_the_log(operator):
    assert (operator.badge_number, PIN in operator.pin) == (BADGE, False)
    assert "pin" not in {field.name for field in operator.history.model._meta.get_fields()}
    event = Event.objects.latest("id")
    assert (event.verb, event.number, event.data) == ("set_pin", operator.email, {"badge": BADGE})


@pytest.mark.parametrize(
    "pin",
    [
        *("12345", "1234567890123", "58021a", "５８０２１３", "", "111111", "123123", "454545"),
        *("123456", "987654", "890123", "210987"),
    ],
)
def test_a_pin_that_could_be_guessed_is_refused(cast, pin):
    with pytest.raises(PinTooEasy):
        set_pin(by=cast.operator, badge_number=BADGE, pin=pin, password=PASSWORD)
    cast.operator.refresh_from_db()
    assert (cast.operator.badge_number, cast.operator.pin) == (None, "")


def test_a_pin_that_stands_on_the_badge_is_refused(cast):
    with pytest.raises(PinTooEasy, match="stands on your badge"):
        set_pin(by=cast.operator, badge_number="HP-580213", pin=PIN, password=PASSWORD)


def test_a_pin_takes_the_right_password(cast):
    with pytest.raises(CredentialRefused) as refusal:
        set_pin(by=cast.operator, badge_number=BADGE, pin=PIN, password="wrong")
    assert refusal.value.sentence == ("The password is not right, so your PIN is as before. Type it again.")
    assert SignInAttempt.objects.count() == 1
    assert set_pin(by=cast.operator, badge_number=BADGE, pin=PIN, password=PASSWORD).badge_number == BADGE


def test_a_pin_takes_a_badge(cast):
    with pytest.raises(PinRefused, match="Give the number of your badge"):
        set_pin(by=cast.operator, badge_number=" ", pin=PIN, password=PASSWORD)


def test_outsiders_have_no_pin(cast):
    with pytest.raises(NotEntitled):
        set_pin(by=cast.vendor, badge_number=BADGE, pin=PIN, password=PASSWORD)


def test_a_badge_is_worn_by_one_person(cast, operator):
    with pytest.raises(BadgeTaken) as refusal:
        set_pin(by=cast.inspector, badge_number=BADGE, pin=PIN, password=PASSWORD)
    assert refusal.value.sentence == (
        "Badge B-0417 is worn by somebody else. Read its number again; a manager can take a badge away."
    )
    assert set_pin(by=cast.inspector, badge_number="B-2", pin=PIN, password=PASSWORD).badge_number == "B-2"


def test_a_new_badge_from_a_manager_ends_the_pin(cast, operator):
    given = give_badge(by=cast.manager, person=cast.operator, badge_number="B-9", reason="Lost the old one")
    assert (given.badge_number, given.pin) == ("B-9", "")
    with pytest.raises(PinRefused):
        begin_at_tablet(badge_number="B-9", pin=PIN)
    taken = give_badge(by=cast.manager, person=cast.operator, badge_number="", reason="Left it at home")
    assert (taken.badge_number, taken.pin) == (None, "")


def test_only_managers_hand_out_badges_and_only_in_the_shop(cast):
    with pytest.raises(NotEntitled):
        give_badge(by=cast.quality, person=cast.operator, badge_number="B-9", reason="New")
    with pytest.raises(NotEntitled) as refusal:
        give_badge(by=cast.manager, person=cast.vendor, badge_number="B-9", reason="New")
    assert refusal.value.sentence == ("Dilys Marchetti is not of the shop and signs no steps at its tablets.")


@pytest.mark.parametrize(("badge", "pin"), [("B-9999", PIN), (BADGE, "580214"), ("", PIN), ("\x00", PIN)])
def test_a_wrong_pair_is_refused_in_the_same_words_and_counted(operator, badge, pin):
    with pytest.raises(PinRefused, match=NOT_TOGETHER):
        begin_at_tablet(badge_number=badge, pin=pin)
    assert SignInAttempt.objects.count() == 1


def test_somebody_without_a_pin_cannot_begin(cast):
    give_badge(by=cast.manager, person=cast.operator, badge_number=BADGE, reason="New here")
    with pytest.raises(PinRefused, match=NOT_TOGETHER):
        begin_at_tablet(badge_number=BADGE, pin="")


def test_the_disabled_are_refused_with_and_without_their_badge(cast, operator):
    disable_person(by=cast.manager, person=operator, reason="Left the shop")
    operator.refresh_from_db()
    with pytest.raises(PinRefused, match=NOT_TOGETHER):
        begin_at_tablet(badge_number=BADGE, pin=PIN)
    with pytest.raises(PinRefused, match="This is not the PIN of Sami Okonjo"):
        confirm_pin(person=operator, pin=PIN)


def test_the_pin_alone_signs_again(operator):
    assert sign_as(operator, confirm_pin(person=operator, pin=PIN), Authority.SIGN_STEP).number == "1"
    with pytest.raises(PinRefused, match="This is not the PIN of Sami Okonjo, so nothing was done"):
        confirm_pin(person=operator, pin="580214")


def test_wrong_pins_and_wrong_passwords_share_one_budget(operator):
    for _ in range(LIMIT):
        with pytest.raises(PinRefused):
            confirm_pin(person=operator, pin="580214")
    with pytest.raises(TooManyFailures):
        confirm_pin(person=operator, pin=PIN)
    with pytest.raises(TooManyFailures):
        set_pin(by=operator, badge_number=BADGE, pin=PIN, password=PASSWORD)


def test_a_pin_signs_one_step(operator):
    token = confirm_pin(person=operator, pin=PIN)
    sign_as(operator, token, Authority.SIGN_STEP)
    with pytest.raises(CredentialRefused):
        sign_as(operator, token, Authority.SIGN_STEP)


@pytest.mark.parametrize("act", [act for act, _ in Authority.ACTS if act != Authority.SIGN_STEP] + [None])
def test_a_pin_signs_nothing_but_steps(cast, act):
    person = set_pin(by=cast.quality, badge_number=BADGE, pin=PIN, password=PASSWORD)
    token = confirm_pin(person=person, pin=PIN)
    with pytest.raises(CredentialRefused):
        sign_as(person, token, act)
    with pytest.raises(CredentialRefused):
        spend(person=person, token=token)
    assert sign_as(person, token, Authority.SIGN_STEP).person == person


def test_the_badge_counts_for_ten_idle_minutes():
    now = timezone.now()
    assert is_still_at_tablet(seen_at=now - IDLE, at=now)
    assert not is_still_at_tablet(seen_at=now - IDLE - timedelta(seconds=1), at=now)
    assert not is_still_at_tablet(seen_at=now + timedelta(seconds=1), at=now)
