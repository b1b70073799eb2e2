from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils import timezone

from portal.domain.authorities import withdraw_authority
from portal.domain.canonical import canonical_bytes, sha256_of
from portal.domain.errors import NotEntitled
from portal.domain.events import record_event
from portal.domain.reauthentication import CredentialRefused
from portal.domain.signatures import is_intact, sign
from portal.log.merkle import leaf_hash
from portal.models import Authority, Event, Signature
from tests.cast import reauth

CONTENT = {"revision": "B", "limit": Decimal("0.050")}


def sign_route(person, token, **changes):
    facts = {"meaning": Signature.APPROVED, "noun": "route", "number": "R-1", "content": CONTENT}
    return sign(by=person, token=token, act=Authority.APPROVE_ROUTE, **facts | changes)


def test_a_signature_keeps_name_title_moment_meaning_and_the_bytes(cast):
    before = timezone.now()
    signature = sign_route(cast.quality, reauth(cast.quality))
    kept = Signature.objects.get()
    assert kept == signature
    assert (kept.printed_name, kept.title, kept.meaning) == ("Maud Ferreira", "Quality engineer", "approved")
    assert before <= kept.signed_at <= timezone.now()
    assert bytes(kept.canonical) == (
        b'{"content":{"limit":"0.050","revision":"B"},"meaning":"approved","noun":"route","number":"R-1"}'
    )
    assert kept.content_sha256 == sha256_of(bytes(kept.canonical))


def test_a_signature_holds_for_its_record_and_content_alone(cast):
    signature = sign_route(cast.quality, reauth(cast.quality))
    assert is_intact(signature, noun="route", number="R-1", content=CONTENT)
    assert not is_intact(signature, noun="route", number="R-2", content=CONTENT)
    assert not is_intact(signature, noun="route", number="R-1", content={**CONTENT, "revision": "C"})


def test_a_signature_needs_a_credential_of_its_own(cast):
    token = reauth(cast.quality)
    sign_route(cast.quality, token)
    with pytest.raises(CredentialRefused):
        sign_route(cast.quality, token)
    assert Signature.objects.count() == 1


def test_a_signature_needs_the_authority_and_spends_nothing_without(cast):
    token = reauth(cast.operator)
    with pytest.raises(NotEntitled) as refusal:
        sign_route(cast.operator, token)
    assert refusal.value.sentence == (
        "Sami Okonjo holds no authority in force to approve routes and setups. "
        "A manager can grant it on the person's page."
    )
    sign(
        by=cast.operator,
        token=token,
        act=Authority.SIGN_STEP,
        meaning="performed",
        noun="step",
        number="1",
        content={},
    )


def test_a_withdrawn_authority_signs_no_more(cast):
    held = cast.quality.authorities.get(act=Authority.APPROVE_ROUTE)
    withdraw_authority(by=cast.manager, authority=held, reason="Procedure changed")
    with pytest.raises(NotEntitled):
        sign_route(cast.quality, reauth(cast.quality))
    assert sign_route(cast.second_quality, reauth(cast.second_quality)).printed_name == "Tomas Wray"


def test_the_canonical_form_is_one_and_documented():
    value = {
        "b": [1, True, None],
        "a": "Cafe\u0301",
        "at": datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
        "on": date(2026, 3, 1),
        "size": Decimal("1E+2"),
        "id": UUID(int=7),
    }
    assert canonical_bytes(value).decode() == (
        '{"a":"Café","at":"2026-03-01T12:00:00.000000Z","b":[1,true,null],'
        '"id":"00000000-0000-0000-0000-000000000007","on":"2026-03-01","size":"100"}'
    )


@pytest.mark.parametrize("value", [1.5, {1, 2}, b"raw", {"deep": [0.1]}])
def test_what_has_no_canonical_form_is_no_evidence(value):
    with pytest.raises(TypeError, match="has no canonical form"):
        canonical_bytes(value)


def test_an_event_hashes_everything_it_says(cast):
    at = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    record_event(
        by=cast.quality,
        verb="hold",
        noun="lot",
        number="T-1",
        lots=["T-1"],
        data={"mm": Decimal("1.0")},
        at=at,
    )
    event = Event.objects.get()
    assert (event.at, event.actor, event.data) == (at, "Maud Ferreira, Quality engineer", {"mm": "1.0"})
    assert event.leaf_sha256 == leaf_hash(bytes(event.canonical)).hex()
    told, salt = bytes(event.canonical).decode().split('"salt":"')
    assert told + salt[34:] == (
        '{"actor":"Maud Ferreira, Quality engineer","at":"2026-03-01T12:00:00.000000Z","data":{"mm":"1.0"},'
        '"lots":["T-1"],"noun":"lot","number":"T-1","person":"maud.ferreira@halden.example","verb":"hold"}'
    )


def test_what_the_portal_does_itself_is_said_to_be_its_own(db):
    assert record_event(by=None, verb="sweep", noun="job", number="J-1").actor == "the portal"
