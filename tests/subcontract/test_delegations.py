"""What a vendor's site does in our place stands in writing, and holds only on its days."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.models import Event
from subcontract.domain import delegations
from subcontract.domain.delegations import SHIPPING, VERIFICATION, NotDelegated, require_delegated
from subcontract.models import Delegation
from tests.days import in_days
from tests.factories.custody import make_delegation
from tests.factories.routes import make_open_traveler, make_order_line, make_part, make_part_revision, today

A_DAY = timedelta(days=1)


def test_delegation_is_signed_and_told_to_those_party_to_it(cast):
    made = make_delegation(cast)
    assert (made.number[:3], made.signature.person, made.signature.meaning) == (
        "DL-",
        cast.quality,
        "approved",
    )
    seen = [
        list(Delegation.objects.for_viewer(person))
        for person in (cast.vendor, cast.buyer, cast.stranger_vendor, cast.stranger_buyer)
    ]
    assert seen == [[made], [made], [], []]
    assert Event.objects.get(noun="delegation", verb="sign").number == made.number


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"is_verification": False, "is_shipping": False}, "Say what .* does in our place"),
        ({"reference": " "}, "Name the writing by which"),
        ({"valid_to": in_days(-200)}, "before it begins on"),
        ({"accepted_reference": ""}, "only when Orrin Aerospace accepted that in writing"),
        ({"accepted_on": None}, "only when Orrin Aerospace accepted that in writing"),
    ],
)
def test_delegation_that_says_too_little_is_refused(cast, facts, words):
    with pytest.raises(Incomplete, match=words):
        make_delegation(cast, **facts)
    assert make_delegation(cast).reference == "Quality agreement QA-12, 4.2"


def test_verification_alone_needs_no_writing_of_the_customer(cast):
    made = make_delegation(cast, is_shipping=False, accepted_reference="", accepted_on=None)
    assert (made.is_verification, made.accepted_on) == (True, None)


def test_delegation_is_between_a_vendor_and_a_customer_about_its_parts(cast):
    with pytest.raises(Incomplete, match="is not a vendor's site"):
        make_delegation(cast, site=cast.shop_site)
    with pytest.raises(Incomplete, match="is not a customer"):
        make_delegation(cast, customer=cast.vendor_organization)
    other = make_part(cast, customer=cast.stranger_customer)
    with pytest.raises(Incomplete, match=f"Part {other.number} is of"):
        make_delegation(cast, part=other)
    line = make_order_line(cast, make_part_revision(cast, part=other))
    with pytest.raises(Incomplete, match=f"Order line {line} is of"):
        make_delegation(cast, order_line=line)


def test_delegation_is_signed_by_quality_with_its_credential(cast):
    with pytest.raises(NotEntitled):
        delegations.delegate(
            by=cast.operator,
            token="",
            site=cast.vendor_site,
            customer=cast.customer,
            is_verification=True,
            is_shipping=False,
            reference="QA-12",
            valid_from=today(),
            valid_to=today(),
        )
    with pytest.raises(CredentialRefused):
        delegations.delegate(
            by=cast.quality,
            token="spent",
            site=cast.vendor_site,
            customer=cast.customer,
            is_verification=True,
            is_shipping=False,
            reference="QA-12",
            valid_from=today(),
            valid_to=today(),
        )


@pytest.mark.parametrize(
    ("facts", "what", "days", "holds"),
    [
        ({}, VERIFICATION, 0, True),
        ({}, SHIPPING, 0, True),
        ({"is_shipping": False}, SHIPPING, 0, False),
        ({"is_verification": False}, VERIFICATION, 0, False),
        ({"valid_to": in_days(0)}, SHIPPING, 0, True),
        ({"valid_to": in_days(0)}, SHIPPING, 1, False),
        ({"valid_from": in_days(0)}, SHIPPING, 0, True),
        ({"valid_from": in_days(0)}, SHIPPING, -1, False),
    ],
)
def test_delegation_holds_for_what_it_says_on_its_days(cast, facts, what, days, holds):
    lot = make_open_traveler(cast)
    made = make_delegation(cast, **facts)
    asked = {"site": cast.vendor_site, "traveler": lot, "what": what, "on": today() + days * A_DAY}
    if holds:
        assert require_delegated(**asked) == made
        return
    with pytest.raises(NotDelegated, match=f"Nothing in writing says that Brightwater .* lot {lot.number}"):
        require_delegated(**asked)


def test_delegation_holds_for_its_part_and_order_alone(cast):
    lot, other = make_open_traveler(cast), make_open_traveler(cast)
    part = lot.route_revision.part_revision.part
    asked = {"site": cast.vendor_site, "what": SHIPPING, "on": today()}
    of_part = make_delegation(cast, part=part)
    assert require_delegated(traveler=lot, **asked) == of_part
    with pytest.raises(NotDelegated):
        require_delegated(traveler=other, **asked)
    of_line = make_delegation(cast, order_line=other.order_line)
    assert require_delegated(traveler=other, **asked) == of_line


def test_ended_delegation_holds_until_the_day_before(cast):
    lot, made = make_open_traveler(cast), make_delegation(cast)
    delegations.end_delegation(by=cast.quality, delegation=made, on=today(), reason="Audit finding 9.")
    asked = {"site": cast.vendor_site, "traveler": lot, "what": SHIPPING}
    assert require_delegated(**asked, on=today() - A_DAY) == made
    with pytest.raises(NotDelegated, match=f"{made.number} did not hold on {today()}"):
        require_delegated(**asked, on=today())


def test_delegation_ends_once_for_a_reason_within_its_days(cast):
    made = make_delegation(cast)
    with pytest.raises(Incomplete, match="Say why"):
        delegations.end_delegation(by=cast.quality, delegation=made, on=today(), reason=" ")
    with pytest.raises(Incomplete, match="Choose a day between"):
        delegations.end_delegation(
            by=cast.quality, delegation=made, on=today() + 999 * A_DAY, reason="Audit."
        )
    with pytest.raises(NotEntitled):
        delegations.end_delegation(by=cast.operator, delegation=made, on=today(), reason="Audit.")
    delegations.end_delegation(by=cast.quality, delegation=made, on=today(), reason="Audit.")
    with pytest.raises(NotTheMoment, match="ended on .* already"):
        delegations.end_delegation(by=cast.quality, delegation=made, on=today(), reason="Audit.")


@pytest.mark.parametrize(
    "changes",
    [
        {"is_verification": False, "is_shipping": False},
        {"valid_to": in_days(-999)},
        {"accepted_on": None},
        {"ended_on": in_days(0)},
    ],
)
def test_database_keeps_a_delegation_whole(cast, changes):
    made = make_delegation(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=made.pk).update(**changes)
