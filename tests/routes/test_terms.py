"""Terms of a customer: what a new order line begins with when it says nothing itself."""

import pytest
from django.urls import reverse

from portal.domain.errors import Incomplete, NotEntitled
from portal.models import Event
from routes.domain import orders, terms
from routes.models import OrderLine
from tests.factories.routes import make_order, make_part_revision, today

AGREED = {"fai_regime": OrderLine.WITH_FIRST, "needs_package_approval": True}
EDITION = {"fai_edition": "B"}


def add_line(cast, **facts) -> OrderLine:
    part_revision = make_part_revision(cast)
    return orders.add_line(
        by=cast.quality,
        order=make_order(cast),
        line_number=1,
        part_revision=part_revision,
        quantity=5,
        due_on=today(),
        sourcing=OrderLine.CONTRACT,
        **facts,
    )


def test_line_that_says_nothing_begins_with_the_terms_of_its_customer(cast):
    before = add_line(cast)
    terms.change_terms(by=cast.quality, customer=cast.customer, **AGREED)
    after = add_line(cast)
    before.refresh_from_db()
    assert [(line.fai_regime, line.needs_package_approval) for line in (before, after)] == [
        (OrderLine.BEFORE_DISPATCH, False),
        (OrderLine.WITH_FIRST, True),
    ]


def test_line_that_says_its_regime_keeps_it(cast):
    terms.change_terms(by=cast.quality, customer=cast.customer, **AGREED)
    line = add_line(cast, fai_regime=OrderLine.NONE, needs_package_approval=False)
    assert (line.fai_regime, line.needs_package_approval) == (OrderLine.NONE, False)


def test_terms_are_agreed_anew_and_written_down(cast):
    terms.change_terms(by=cast.quality, customer=cast.customer, **AGREED)
    terms.change_terms(by=cast.manager, customer=cast.customer, fai_regime=OrderLine.HELD_BY_CUSTOMER)
    assert terms.terms_of(cast.customer) == terms.Terms(OrderLine.HELD_BY_CUSTOMER, False)
    assert terms.terms_of(cast.stranger_customer) == terms.HOUSE_TERMS
    assert Event.objects.filter(verb="change terms of", number=cast.customer.number).count() == 2


@pytest.mark.parametrize(
    ("who", "customer", "regime", "refusal", "words"),
    [
        ("inspector", "customer", "none", NotEntitled, "may not agree terms with customers"),
        ("quality", "vendor_organization", "none", terms.NotACustomer, "orders nothing here"),
        ("quality", "customer", "sometimes", Incomplete, "Say how Orrin Aerospace takes first articles"),
    ],
)
def test_terms_are_refused(cast, who, customer, regime, refusal, words):
    with pytest.raises(refusal, match=words):
        terms.change_terms(by=getattr(cast, who), customer=getattr(cast, customer), fai_regime=regime)
    assert terms.terms_of(cast.customer) == terms.HOUSE_TERMS


def test_terms_page_shows_what_stands_and_offers_it_to_the_next_line(cast, sign_in):
    browser = sign_in(cast.quality)
    page = reverse("routes:terms-change", args=[cast.customer.number])
    response = browser.post(page, AGREED | EDITION)
    assert (response.status_code, response["Location"]) == (
        302,
        reverse("portal:organization-detail", args=[cast.customer.number]),
    )
    assert browser.get(page).context["form"].initial == AGREED | EDITION
    line_page = reverse("routes:order-add-line", args=[make_order(cast).number])
    form = browser.get(line_page).context["form"]
    assert {name: form.fields[name].initial for name in AGREED} == AGREED
    assert (
        browser.get(reverse("routes:terms-change", args=[cast.vendor_organization.number])).status_code == 404
    )
