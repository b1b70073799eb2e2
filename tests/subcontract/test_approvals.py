"""May this site do this process, on that day? One refusal an attribute."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from routes.domain import lots
from subcontract.domain import approvals
from subcontract.domain.approvals import (
    ApprovalOverlaps,
    Need,
    ReinstatedTooEarly,
    VendorNotApproved,
    find_scope,
    require_scope,
)
from subcontract.domain.standing_days import day_at
from tests.cast import make_organization
from tests.days import in_days
from tests.factories.routes import today
from tests.factories.subcontract import make_approval, make_outside_order


def make_need(cast, **facts) -> Need:
    """Return what the default approval covers."""
    need = Need(
        site=cast.vendor_site,
        process="anodize",
        spec_number="MIL-PRF-8625",
        spec_revision="F",
        spec_type="II",
        spec_class="1",
        material="6061-T6",
        customer=cast.customer,
        on=today(),
    )
    return replace(need, **facts)


def test_approval_covers_what_it_names(cast):
    approval = make_approval(cast)
    assert require_scope(make_need(cast)) == approval
    assert find_scope(make_need(cast)) == approval


@pytest.mark.parametrize(
    ("attribute", "facts"),
    [
        ("process", {"process": "passivation"}),
        ("specification", {"spec_number": "AMS2700"}),
        ("revision", {"spec_revision": "G"}),
        ("type", {"spec_type": "III"}),
        ("class", {"spec_class": "2"}),
        ("material", {"material": "7075-T6"}),
        ("date", {"on": in_days(200)}),
    ],
)
def test_approval_refuses_one_attribute_and_names_it(cast, attribute, facts):
    approval = make_approval(cast)
    with pytest.raises(VendorNotApproved) as refused:
        require_scope(make_need(cast, **facts))
    assert refused.value.facts["attributes"] == [attribute]
    assert f"approval {approval.number}" in refused.value.sentence
    assert f"differs in {attribute}." in refused.value.sentence


def test_approval_of_another_site_of_the_vendor_is_refused_by_site(cast):
    make_approval(cast)
    other = cast.vendor_organization.sites.create(code="EAST", name="East works", country="US")
    with pytest.raises(VendorNotApproved) as refused:
        require_scope(make_need(cast, site=other))
    assert refused.value.facts["attributes"] == ["site"]


def test_approval_for_one_customer_is_refused_for_another(cast):
    make_approval(cast, customer=cast.customer)
    assert find_scope(make_need(cast)) is not None
    with pytest.raises(VendorNotApproved) as refused:
        require_scope(make_need(cast, customer=cast.stranger_customer))
    assert refused.value.facts["attributes"] == ["customer"]


def test_approval_names_every_attribute_that_differs(cast):
    make_approval(cast)
    with pytest.raises(VendorNotApproved) as refused:
        require_scope(make_need(cast, spec_type="III", spec_class="2"))
    assert refused.value.facts["attributes"] == ["type", "class"]


def test_vendor_without_any_approval_is_refused(cast):
    _, site = make_organization(number="VELDT", name="Veldt Coatings", kind="vendor", country="US")
    with pytest.raises(VendorNotApproved) as refused:
        require_scope(make_need(cast, site=site))
    assert refused.value.facts["attributes"] == ["approval"]


def test_approval_matches_a_specification_by_its_other_number(cast):
    from tests.factories.routes import make_process_specification

    make_process_specification(cast)
    make_approval(cast, spec_number="MIL-A-8625")
    assert find_scope(make_need(cast)) is not None


def test_suspended_approval_counts_until_its_day(cast):
    approval = make_approval(cast)
    approvals.suspend(by=cast.quality, approval=approval, on=today(), reason="Audit finding 4.")
    assert find_scope(make_need(cast, on=today() - timedelta(days=1))) == approval
    with pytest.raises(VendorNotApproved) as refused:
        require_scope(make_need(cast))
    assert refused.value.facts["attributes"] == ["state"]
    assert f"suspended since {today()}" in refused.value.sentence


def test_reinstated_approval_counts_again(cast):
    approval = make_approval(cast)
    suspended = approvals.suspend(by=cast.quality, approval=approval, on=today(), reason="Audit finding 4.")
    approvals.reinstate(by=cast.quality, approval=suspended, on=today(), reason="Finding closed.")
    assert find_scope(make_need(cast)) == approval


def test_good_days_before_a_suspension_stay_good_after_its_reinstatement(cast):
    approval = make_approval(cast)
    days = {back: today() - timedelta(days=back) for back in (21, 20, 11, 10)}
    suspended = approvals.suspend(by=cast.quality, approval=approval, on=days[20], reason="Audit finding 4.")
    approvals.reinstate(by=cast.quality, approval=suspended, on=days[10], reason="Finding closed.")
    found = {back: find_scope(make_need(cast, on=day)) for back, day in days.items()}
    assert found == {21: approval, 20: None, 11: None, 10: approval}


def test_second_suspension_leaves_the_first_as_it_was(cast):
    approval = make_approval(cast)
    for verb, back in (("suspend", 20), ("reinstate", 10), ("suspend", 5)):
        change = getattr(approvals, verb)
        approval = change(
            by=cast.quality, approval=approval, on=today() - timedelta(days=back), reason="Audit finding 4."
        )
    stood = [find_scope(make_need(cast, on=today() - timedelta(days=back))) for back in (15, 8, 5)]
    assert stood == [None, approval, None]


def test_withdrawal_from_before_the_suspension_counts_from_its_own_day(cast):
    approval = make_approval(cast)
    suspended = approvals.suspend(by=cast.quality, approval=approval, on=today(), reason="Audit finding 4.")
    on = today() - timedelta(days=9)
    approvals.withdraw(by=cast.quality, approval=suspended, on=on, reason="Line closed.")
    stood = [find_scope(make_need(cast, on=day)) for day in (on - timedelta(days=1), on)]
    assert stood == [approval, None]


def test_approval_is_not_reinstated_before_it_was_suspended(cast):
    approval = make_approval(cast)
    suspended = approvals.suspend(by=cast.quality, approval=approval, on=today(), reason="Audit finding 4.")
    early = today() - timedelta(days=1)
    with pytest.raises(ReinstatedTooEarly, match=f"is suspended since {today()}; it cannot count again from"):
        approvals.reinstate(by=cast.quality, approval=suspended, on=early, reason="Finding closed.")


def test_change_of_an_approval_names_the_lots_it_concerns(cast):
    approval = make_approval(cast)
    lot = make_outside_order(cast, at="returned").lines.get().traveler
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Partial shipment.")
    approvals.suspend(by=cast.quality, approval=approval, on=today(), reason="Audit finding 4.")
    event = Event.objects.get(noun="approval", verb="suspend", number=approval.number)
    assert event.lots == [lot.number, child.number]


def test_day_is_read_at_the_site(cast):
    late = datetime(2026, 3, 31, 23, 30, tzinfo=UTC)
    for zone, day in (("America/New_York", date(2026, 3, 31)), ("Asia/Tokyo", date(2026, 4, 1))):
        cast.vendor_site.time_zone = zone
        assert day_at(cast.vendor_site, late) == day


def test_withdrawn_approval_never_comes_back(cast):
    approval = make_approval(cast)
    withdrawn = approvals.withdraw(by=cast.quality, approval=approval, on=today(), reason="Line closed.")
    assert find_scope(make_need(cast)) is None
    with pytest.raises(NotTheMoment):
        approvals.reinstate(by=cast.quality, approval=withdrawn, on=today(), reason="Line opened.")


def test_change_of_an_approval_needs_a_reason(cast):
    approval = make_approval(cast)
    with pytest.raises(Incomplete, match=f"Say why you suspend approval {approval.number}"):
        approvals.suspend(by=cast.quality, approval=approval, on=today(), reason=" ")


def test_same_scope_is_approved_once_a_day(cast):
    first = make_approval(cast)
    with pytest.raises(ApprovalOverlaps, match=first.number):
        make_approval(cast, valid_from=today(), valid_to=today() + timedelta(days=400))
    after = today() + timedelta(days=181)
    second = make_approval(cast, valid_from=after, valid_to=after)
    assert (second.valid.lower, second.valid.upper) == (after, after + timedelta(days=1))


def test_approval_holds_on_its_last_day_and_not_after(cast):
    approval = make_approval(cast, valid_to=today())
    assert find_scope(make_need(cast)) == approval
    assert find_scope(make_need(cast, on=today() + timedelta(days=1))) is None


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"basis": " "}, "needs its basis"),
        ({"valid_to": in_days(-181)}, "before it begins"),
    ],
)
def test_approval_needs_basis_and_days_in_order(cast, facts, words):
    with pytest.raises(Incomplete, match=words):
        make_approval(cast, **facts)


def test_operator_may_not_approve_vendors(cast):
    with pytest.raises(NotEntitled, match="may not approve vendors"):
        approvals.approve_scope(
            by=cast.operator,
            site=cast.vendor_site,
            process="anodize",
            spec_number="MIL-PRF-8625",
            valid_from=today(),
            valid_to=today(),
            basis="Own audit",
        )


@pytest.mark.parametrize(
    ("approved", "needed", "is_covered"),
    [
        ("", "7075-T6", True),
        ("6061", "6061-T6", True),
        ("6061-T6", "6061-T6", True),
        ("6061-T6", "6061-T651", False),
        ("606", "6061-T6", False),
        ("6061-T6", "", False),
    ],
)
def test_material_covers_its_family_and_no_other(approved, needed, is_covered):
    assert approvals.covers_material(approved, needed) is is_covered
