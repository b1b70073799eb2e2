"""The customer approves on a condition: some pieces until a day, then nothing until it is met."""

from datetime import timedelta

import pytest
from django.urls import reverse

from documents.domain.chain.check_fai import check
from documents.domain.chain.facts import read_facts
from inspection.domain.customer_reviews import approve_for_customer, approve_on_condition, return_by_customer
from inspection.domain.forms import forms_of
from inspection.models import FirstArticle
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from routes.domain.words import DatesDoNotFit, QuantityNotPossible
from routes.models import OrderLine
from tests.cast import PASSWORD, reauth
from tests.days import in_days
from tests.factories.inspection import make_first_article, make_lot
from tests.factories.routes import today


@pytest.fixture
def approved(cast) -> FirstArticle:
    """The first article of a lot of two pieces, approved by the shop; the customer approves before dispatch."""
    record = make_first_article(cast, lot=make_lot(cast, at=999, quantity=2), at="approved")
    OrderLine.objects.filter(pk=record.order_line_id).update(fai_regime=OrderLine.BEFORE_DISPATCH)
    return record


def agree(cast, record, *, by=None, **facts) -> FirstArticle:
    by = by or cast.customer_quality
    wanted = {"condition": "Send the hardness report.", "due_on": today(), "quantity": 2, **facts}
    return approve_on_condition(by=by, first_article=record, token=reauth(by), **wanted)


def slot_of(record):
    [slot] = check(read_facts([record.traveler_id])[record.traveler.number])
    return slot


@pytest.mark.parametrize(
    ("who", "facts", "refusal", "words"),
    [
        ("quality", {}, NotEntitled, "may not decide about FA-"),
        ("customer_quality", {"condition": " "}, Incomplete, "Say what has to be done"),
        ("customer_quality", {"due_on": in_days(-1)}, DatesDoNotFit, "a day that is over"),
        ("customer_quality", {"quantity": -1}, QuantityNotPossible, "0 for none"),
    ],
)
def test_condition_is_refused(cast, approved, who, facts, refusal, words):
    with pytest.raises(refusal, match=words):
        agree(cast, approved, by=getattr(cast, who), **facts)
    assert agree(cast, approved).state == FirstArticle.CONDITIONAL


def test_condition_holds_for_its_pieces_until_it_is_met(cast, approved):
    record = agree(cast, approved)
    assert (slot_of(record).state, forms_of(record)["form1"]["24"]["value"]) == (
        "accepted",
        "Anton Belisle, Supplier quality; with a condition: Send the hardness report.",
    )
    with pytest.raises(NotTheMoment, match="is approved on a condition already"):
        agree(cast, record)
    FirstArticle.objects.filter(pk=record.pk).update(condition_quantity=1)
    assert slot_of(record).state == "stale"
    FirstArticle.objects.filter(pk=record.pk).update(
        condition_quantity=2, condition_due_on=today() - timedelta(days=2)
    )
    assert "that day is over" in slot_of(record).sentence
    met = approve_for_customer(
        by=cast.customer_quality, first_article=record, token=reauth(cast.customer_quality)
    )
    assert (met.state, met.customer_condition, met.condition_quantity, slot_of(met).state) == (
        FirstArticle.CUSTOMER_APPROVED,
        "",
        None,
        "accepted",
    )


def test_report_on_a_condition_goes_back_to_its_author(cast, approved):
    back = return_by_customer(
        by=cast.customer_quality, first_article=agree(cast, approved), reason="Not met."
    )
    assert (back.state, back.customer_condition, back.customer_signature) == (FirstArticle.RETURNED, "", None)


def test_customer_sets_a_condition_in_the_browser_with_its_password(cast, approved, sign_in):
    client = sign_in(cast.customer_quality)
    page = approved.get_absolute_url()
    address = reverse("inspection:first-article-customer-condition", args=[approved.number])
    assert client.get(page).context["decision"]["condition_url"] == address
    sent = {"condition": "Send the hardness report.", "due_on": today().isoformat(), "quantity": "1"}
    refused = client.post(address, {**sent, "password": "a guess"})
    assert (refused.status_code, refused.context["form"]["condition"].value()) == (422, sent["condition"])
    assert client.post(address, {**sent, "password": PASSWORD})["Location"] == page
    shown = client.get(page)
    assert shown.context["condition"] == (
        f"Send the hardness report. Due by {today():%-d %b %Y}; until it is met at most 1 piece may ship."
    )
    assert shown.context["decision"]["condition_url"] == ""
