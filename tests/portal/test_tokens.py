"""Keys for machines: made with the password, shown once, kept as a hash, ended at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.domain import tokens
from portal.domain.accounts import disable_person, enable_person
from portal.domain.canonical import sha256_of
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.models import ApiToken, Event
from tests.cast import PASSWORD, reauth

pytestmark = pytest.mark.django_db


def make(person, **facts):
    given = {"purpose": "ERP order feed", "days": 30, "token": reauth(person)}
    return tokens.make_token(by=person, **(given | facts))


def test_the_secret_is_handed_out_once_and_kept_as_its_hash_alone(cast):
    made, secret = make(cast.quality)
    kept = {field.name: str(getattr(made, field.name)) for field in ApiToken._meta.concrete_fields}
    assert (kept["token_sha256"], kept["prefix"]) == (
        sha256_of(secret.encode()),
        "_".join(secret.split("_")[:2]),
    )
    assert [name for name, value in kept.items() if secret in value] == []
    event = Event.objects.get(noun="token")
    assert (event.verb, event.number, event.person) == ("make", made.prefix, cast.quality)
    assert event.data == {"purpose": "ERP order feed", "can_write": False, "days": 30}
    assert secret.encode() not in bytes(event.canonical)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"purpose": "  "}, Incomplete),
        ({"days": 0}, tokens.TokenDaysRefused),
        ({"days": 367}, tokens.TokenDaysRefused),
        ({"token": "never handed out"}, CredentialRefused),
    ],
)
def test_a_token_is_refused_without_purpose_days_or_password(cast, facts, refusal):
    with pytest.raises(refusal):
        make(cast.quality, **facts)
    assert ApiToken.objects.count() == 0
    assert make(cast.quality)[0].person == cast.quality


def test_a_token_opens_until_its_last_moment(cast):
    made, secret = make(cast.quality, days=1)
    assert tokens.find_token(secret) == made
    assert tokens.find_token(secret, at=made.expires_at - timedelta(seconds=1)) == made
    assert tokens.find_token(secret, at=made.expires_at) is None
    assert tokens.find_token(f"{secret}x") is None


def test_a_revoked_token_and_a_disabled_persons_token_open_nothing(cast):
    first, first_secret = make(cast.operator)
    second, second_secret = make(cast.operator)
    tokens.revoke_token(by=cast.operator, api_token=first)
    assert (tokens.find_token(first_secret), tokens.find_token(second_secret)) == (None, second)
    disable_person(by=cast.manager, person=cast.operator, reason="Left the company")
    assert tokens.find_token(second_secret) is None


def test_a_token_ended_with_its_persons_account_does_not_come_back_with_it(cast):
    made, secret = make(cast.operator)
    disable_person(by=cast.manager, person=cast.operator, reason="On leave")
    enable_person(by=cast.manager, person=cast.operator, reason="Back again")
    assert tokens.find_token(secret) is None
    event = Event.objects.get(noun="token", verb="revoke")
    assert (event.number, event.person) == (made.prefix, cast.manager)


def test_a_token_is_revoked_by_its_person_or_a_manager_and_once(cast):
    made, _ = make(cast.operator)
    with pytest.raises(NotEntitled, match=rf"Token {made.prefix} is Sami Okonjo's"):
        tokens.revoke_token(by=cast.quality, api_token=made)
    assert tokens.revoke_token(by=cast.manager, api_token=made).revoked_at is not None
    with pytest.raises(NotTheMoment, match=rf"Token {made.prefix} was revoked on"):
        tokens.revoke_token(by=cast.operator, api_token=made)


def test_the_last_use_is_written_once_a_minute(cast):
    made, _ = make(cast.quality)
    now = timezone.now()
    first = tokens.note_use(made, at=now)
    made.refresh_from_db()
    again = tokens.note_use(made, at=now + timedelta(seconds=59))
    later = tokens.note_use(made, at=now + timedelta(seconds=60))
    made.refresh_from_db()
    assert (first, again, later, made.last_used_at) == (True, False, True, now + timedelta(seconds=60))


def test_the_page_makes_a_token_shows_it_once_and_revokes_it(cast, sign_in):
    client = sign_in(cast.quality)
    form = {"purpose": "Order feed", "days": "30", "can_write": "on"}
    refused = client.post(reverse("portal:token-make"), form | {"password": "not this"})
    assert (refused.status_code, ApiToken.objects.count()) == (422, 0)
    shown = client.post(reverse("portal:token-make"), form | {"password": PASSWORD})
    secret = shown.context["secret"]
    made = tokens.find_token(secret)
    assert (made.purpose, made.can_write, secret in shown.content.decode()) == ("Order feed", True, True)
    listed = client.get(reverse("portal:token-list"))
    assert secret not in listed.content.decode()
    assert [(row["purpose"], row["may"], row["state"]) for row in listed.context["rows"]] == [
        ("Order feed", "read and write", "active")
    ]
    client.post(reverse("portal:token-revoke", args=[made.prefix]))
    assert tokens.find_token(secret) is None


def test_the_page_lists_ones_own_tokens_and_to_a_manager_all(cast, sign_in):
    make(cast.operator, purpose="Floor")
    make(cast.vendor, purpose="Vendor's planning")
    seen = {
        name: [row["purpose"] for row in sign_in(person).get(reverse("portal:token-list")).context["rows"]]
        for name, person in cast.people.items()
        if name in ("operator", "quality", "vendor", "stranger_vendor", "manager")
    }
    assert seen == {
        "operator": ["Floor"],
        "quality": [],
        "vendor": ["Vendor's planning"],
        "stranger_vendor": [],
        "manager": ["Vendor's planning", "Floor"],
    }
