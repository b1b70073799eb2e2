"""The register: what is recorded of vendors and customers, how it stands, what it stops."""

from datetime import date, timedelta

import pytest

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.standing import latest_of_each_kind, standing_of
from portal.models import Event, Registration
from portal.views.downloads import safe_cell
from subcontract.domain import register, vendor_reviews
from subcontract.domain.approvals import VendorNotApproved, find_scope, require_scope
from subcontract.domain.exports import LabelForbids
from subcontract.domain.standing_days import rests_on
from subcontract.domain.vendor_register import register_of
from subcontract.domain.vendor_reviews import NoNewOrders
from tests.days import in_days
from tests.factories.exports import make_agreement, make_label, make_registration, make_review
from tests.factories.routes import today
from tests.factories.subcontract import issue, make_approval, make_outside_order
from tests.subcontract.test_approvals import make_need


def days(count):
    return today() + timedelta(days=count)


@pytest.mark.parametrize(
    ("first", "last", "ended", "standing"),
    [
        (-10, 61, None, "in_force"),
        (-10, 60, None, "expiring"),
        (-10, 0, None, "expiring"),
        (-10, -1, None, "expired"),
        (1, 90, None, "to_come"),
        (0, 90, None, "in_force"),
        (-10, 90, 0, "withdrawn"),
        (-10, 90, 1, "in_force"),
    ],
)
def test_registration_stands_by_its_days(first, last, ended, standing):
    held = Registration(
        kind="nadcap",
        valid_from=days(first),
        valid_to=days(last),
        withdrawn_on=None if ended is None else days(ended),
    )
    assert standing_of(held, today()) == standing


def test_renewed_registration_speaks_for_its_kind(cast):
    old = make_registration(cast, cast.vendor_organization, valid_to=days(-1))
    new = make_registration(cast, cast.vendor_organization, valid_from=today(), valid_to=days(300))
    iso = make_registration(
        cast, cast.vendor_organization, kind="iso_9001", reference="Q-1", valid_to=days(9)
    )
    assert latest_of_each_kind([new, old, iso]) == [iso, new]


def test_recorded_registration_keeps_its_facts_and_tells_the_log(cast):
    made = make_registration(cast, cast.vendor_organization, site=cast.vendor_site, scope="AC7108/8")
    event = Event.objects.get(noun="registration", number=made.number)
    assert (made.site, made.scope, made.recorded_by) == (cast.vendor_site, "AC7108/8", cast.quality)
    assert (event.verb, event.data["organization"], event.lots) == ("record", "BRIGHTWATER", [])


def test_event_names_the_lots_at_the_vendor(cast):
    lot = make_outside_order(cast, at="shipped").lines.get().traveler
    made = make_registration(cast, cast.vendor_organization)
    assert Event.objects.get(noun="registration", number=made.number).lots == [lot.number]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reference": " "}, "needs the number or name printed on it"),
        ({"valid_to": days(-400)}, "before it begins"),
    ],
)
def test_registration_needs_its_facts(cast, facts, words):
    with pytest.raises(Incomplete, match=words):
        make_registration(cast, cast.vendor_organization, **facts)


def test_registration_is_for_a_site_of_its_own(cast):
    with pytest.raises(Incomplete, match="is not a site of Brightwater Finishing"):
        make_registration(cast, cast.vendor_organization, site=cast.shop_site)


def test_operator_does_not_keep_the_register(cast):
    with pytest.raises(NotEntitled, match="may not keep the register"):
        register.record_registration(
            by=cast.operator,
            organization=cast.vendor_organization,
            kind="nadcap",
            reference="1",
            valid_from=today(),
            valid_to=today(),
        )


def test_registration_is_withdrawn_once_with_a_reason_within_its_days(cast):
    held = make_registration(cast, cast.vendor_organization)
    facts = {"by": cast.quality, "registration": held}
    with pytest.raises(Incomplete, match="Say why Nadcap 12345 ends"):
        register.withdraw_registration(on=today(), reason=" ", **facts)
    with pytest.raises(Incomplete, match="it cannot end on"):
        register.withdraw_registration(on=days(900), reason="Audit failed.", **facts)
    assert register.withdraw_registration(on=today(), reason="Audit failed.", **facts).withdrawn_on == today()
    with pytest.raises(NotTheMoment, match="is withdrawn since"):
        register.withdraw_registration(on=today(), reason="Again.", **facts)


def test_export_licence_names_its_label(cast):
    with pytest.raises(Incomplete, match="does not say which label it lets through"):
        make_agreement(cast, cast.customer, None, kind="export")


def test_agreement_ends_once(cast):
    held = make_agreement(cast, cast.customer, None)
    facts = {"by": cast.quality, "agreement": held, "on": today(), "reason": "Contract over."}
    assert register.end_agreement(**facts).ended_on == today()
    with pytest.raises(NotTheMoment, match="ended on"):
        register.end_agreement(**facts)


# approvals rest on registrations their basis names


def test_approval_holds_only_while_its_registration_does(cast):
    approval = make_approval(cast)
    make_registration(cast, cast.vendor_organization, valid_to=days(5))
    assert find_scope(make_need(cast, on=days(5))) == approval
    with pytest.raises(VendorNotApproved) as refused:
        require_scope(make_need(cast, on=days(6)))
    assert refused.value.facts["attributes"] == ["registration"]


def test_registration_of_another_number_is_not_what_it_rests_on(cast):
    approval = make_approval(cast)
    make_registration(cast, cast.vendor_organization, reference="99999", valid_to=days(-1))
    assert find_scope(make_need(cast)) == approval


@pytest.mark.parametrize(
    ("basis", "reference", "rests"),
    [
        ("Nadcap AC7108, certificate 12345", "12345", True),
        ("Nadcap certificate no. 12-345/B", "12-345/b", True),
        ("Nadcap certificate 123456", "12345", False),
        ("Own audit of 2025", "  ", False),
        ("Own audit, part A", "A", False),
    ],
)
def test_basis_names_a_registration_by_its_whole_number(basis, reference, rests):
    held = (reference, date(2025, 1, 1), date(2026, 1, 1))
    assert rests_on(basis, [held]) == ((held,) if rests else ())


# reviews


def test_review_is_signed_and_kept(cast):
    made = make_review(cast)
    assert (made.signature.meaning, made.signature.person, made.outcome) == (
        "reviewed",
        cast.quality,
        "approved",
    )
    assert vendor_reviews.latest_review(cast.vendor_organization) == made


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"next_due_on": in_days(0)}, "not after this one"),
        ({"findings": " "}, "Say what was looked at"),
        ({"reviewed_on": in_days(1), "next_due_on": in_days(2)}, "that day is to come"),
        ({"outcome": "splendid"}, "Say how the review"),
    ],
)
def test_review_needs_its_facts(cast, facts, words):
    with pytest.raises(Incomplete, match=words):
        make_review(cast, **facts)


def test_only_vendors_are_reviewed(cast):
    with pytest.raises(Incomplete, match="Orrin Aerospace is not a vendor"):
        make_review(cast, vendor=cast.customer)


def test_no_new_orders_after_a_review_that_ended_so(cast):
    order = make_outside_order(cast, at="draft")
    refused = make_review(cast, outcome="refused", reviewed_on=days(-1), next_due_on=days(30))
    with pytest.raises(NoNewOrders, match=f"Review {refused.number} of"):
        issue(cast, order)
    make_review(cast, outcome="conditional", next_due_on=days(90))
    assert issue(cast, order).state == "issued"


# the label at the outside order


def test_controlled_lot_is_ordered_only_from_whom_an_agreement_lets_receive_it(cast):
    order = make_outside_order(cast, at="draft")
    label = make_label()
    revision = order.lines.get().traveler.route_revision.part_revision
    revision.label = label
    revision.save()
    with pytest.raises(LabelForbids, match="holds no agreement that covers it and no ITAR registration"):
        issue(cast, order)
    make_agreement(cast, cast.vendor_organization, label)
    assert issue(cast, order).state == "issued"


# one page


def test_register_puts_the_overdue_first(cast):
    make_approval(cast)
    assert [(line.vendor.number, line.standing) for line in register_of(cast.quality, today=today())] == [
        ("BRIGHTWATER", "overdue"),
        ("GALENA", "not_started"),
    ]
    make_review(cast)
    make_registration(cast, cast.vendor_organization, valid_to=days(30))
    make_registration(cast, cast.stranger_vendor_organization, valid_to=days(-1))
    lines = register_of(cast.quality, today=today())
    assert [(line.vendor.number, line.standing, line.next_expiry) for line in lines] == [
        ("GALENA", "expired", None),
        ("BRIGHTWATER", "expiring", days(30)),
    ]


def test_register_takes_as_many_statements_for_more_vendors(cast, django_assert_num_queries):
    make_registration(cast, cast.vendor_organization)
    with django_assert_num_queries(4):
        register_of(cast.quality, today=today())
    make_registration(cast, cast.stranger_vendor_organization)
    with django_assert_num_queries(4):
        register_of(cast.quality, today=today())


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=SUM(A1)", "'=SUM(A1)"), ("@x", "'@x"), (-3, "-3"), (None, ""), (date(2026, 3, 1), "2026-03-01")],
)
def test_cell_of_a_download_starts_no_formula(value, cell):
    assert safe_cell(value) == cell


def test_pages_show_the_register_to_the_shop_and_their_own_to_others(cast, sign_in):
    make_approval(cast)
    make_registration(cast, cast.vendor_organization, valid_to=days(-1))
    make_registration(cast, cast.stranger_vendor_organization, reference="88888")
    page = sign_in(cast.quality).get("/vendor-register/").content.decode()
    assert ("Brightwater Finishing" in page, "Expired" in page) == (True, True)
    table = sign_in(cast.quality).get("/vendor-register/csv/").content.decode("utf-8-sig").splitlines()
    assert table[1].split(",")[:3] == ["BRIGHTWATER", "Brightwater Finishing", "expired"]
    own = sign_in(cast.vendor).get("/registrations/").content.decode()
    assert ("12345" in own, "88888" in own) == (True, False)
    assert sign_in(cast.vendor).get("/vendor-register/").status_code == 404


def test_registration_is_recorded_and_withdrawn_on_the_page_of_the_organization(cast, sign_in):
    client = sign_in(cast.quality)
    typed = {"kind": "nadcap", "reference": "777", "valid_from": "2026-01-01", "valid_to": "2025-01-01"}
    refused = client.post("/organizations/BRIGHTWATER/registrations/record/", typed)
    assert (refused.status_code, "before it begins" in refused.content.decode()) == (422, True)
    client.post("/organizations/BRIGHTWATER/registrations/record/", typed | {"valid_to": "2199-01-01"})
    held = Registration.objects.get()
    page = client.get("/organizations/BRIGHTWATER/").content.decode()
    assert ("Nadcap 777" in page, f"/registrations/{held.number}/withdraw/" in page) == (True, True)
    client.post(f"/registrations/{held.number}/withdraw/", {"on": "2026-02-01", "reason": "Audit failed."})
    assert "Audit failed." in client.get("/organizations/BRIGHTWATER/").content.decode()
