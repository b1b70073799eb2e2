from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from portal.domain.authorities import (
    AuthorityDaysReversed,
    grant_authority,
    has_authority,
    require_authority,
    withdraw_authority,
)
from portal.domain.errors import NotEntitled, NotTheMoment
from portal.models import Authority, Event

GRANT = {"act": Authority.CERTIFY, "valid_from": date(2026, 1, 1), "basis": "Training record 12"}


def grant(cast, **changes):
    return grant_authority(**{"by": cast.manager, "person": cast.operator} | GRANT | changes)


def test_an_authority_holds_between_its_days(cast):
    grant(cast, valid_to=date(2026, 1, 31))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]
    held = [has_authority(person=cast.operator, act=Authority.CERTIFY, on=day) for day in days]
    assert held == [False, True, True, False]


def test_an_authority_for_one_customer_holds_for_no_other(cast):
    grant(cast, customer=cast.customer)
    ask = {"person": cast.operator, "act": Authority.CERTIFY}
    assert has_authority(**ask, customer=cast.customer)
    assert not has_authority(**ask, customer=cast.stranger_customer)
    assert not has_authority(**ask)
    with pytest.raises(NotEntitled, match="to sign certificates of conformity for Tessaly Flight"):
        require_authority(**ask, customer=cast.stranger_customer)


def test_a_disabled_person_holds_nothing(cast):
    cast.quality.is_active = False
    assert not has_authority(person=cast.quality, act=Authority.CERTIFY)
    assert has_authority(person=cast.second_quality, act=Authority.CERTIFY)


def test_a_withdrawn_authority_ends_at_once_and_held_before(cast):
    authority = grant(cast)
    at = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
    with pytest.raises(NotEntitled, match="Maud Ferreira may not withdraw authorities; ask a manager."):
        withdraw_authority(by=cast.quality, authority=authority, reason="Left the line")
    withdraw_authority(by=cast.manager, authority=authority, reason="Left the line", at=at)
    days = [at.date() - timedelta(days=1), at.date(), timezone.localdate()]
    held = [has_authority(person=cast.operator, act=Authority.CERTIFY, on=day) for day in days]
    assert held == [True, False, False]
    assert Event.objects.latest("id").data["reason"] == "Left the line"
    with pytest.raises(NotTheMoment, match="was withdrawn on 5 May 2026"):
        withdraw_authority(by=cast.manager, authority=authority, reason="Left the line")


def test_managers_grant_to_people_of_the_shop(cast):
    with pytest.raises(NotEntitled, match="Maud Ferreira may not grant authorities; ask a manager."):
        grant(cast, by=cast.quality)
    with pytest.raises(NotEntitled, match="Greta Halloran is not of the shop"):
        grant(cast, person=cast.buyer)
    assert grant(cast).person == cast.operator


def test_an_authority_ends_after_it_begins(cast):
    with pytest.raises(AuthorityDaysReversed, match="would end on 2025-12-31 before it begins on 2026-01-01"):
        grant(cast, valid_to=date(2025, 12, 31))
    assert grant(cast, valid_to=date(2026, 1, 1)).valid_to == date(2026, 1, 1)
