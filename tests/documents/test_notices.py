"""Notices: drafted once when proof of shipped goods falls, sent by signature or dropped with a reason, seen by both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from documents.domain import notices
from documents.models import Notice
from inspection.models import Measurement
from portal import feed
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event, Signature
from routes.domain import gauges
from subcontract.domain import approvals, register
from subcontract.models import ApprovalScope
from tests.cast import PASSWORD, reauth
from tests.factories.certificates import make_ready_lot
from tests.factories.documents import make_shipment
from tests.factories.findings import judge
from tests.factories.inspection import make_first_article
from tests.factories.notices import REASON, make_notice, process_certificate_of, revoke
from tests.factories.policies import make_policy
from tests.factories.routes import make_gauge, today
from tests.machine import Machine

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(response.content.decode().split())


def find_gauge_bad(cast, gauge, **facts):
    return gauges.record_calibration(
        by=cast.inspector,
        gauge=gauge,
        certificate_number="K-9",
        due_on=today() + timedelta(days=90),
        **{"calibrated_on": today(), "is_in_tolerance": False, **facts},
    )


def test_revoked_certificate_drafts_a_notice_in_the_same_act(cast):
    shipment = make_shipment(cast, at="dispatched")
    lot, certificate = shipment.lines.get().traveler, process_certificate_of(shipment)
    revoke(cast, certificate)
    notice = Notice.objects.get()
    assert (notice.shipment, notice.customer, notice.lots, notice.state) == (
        shipment,
        cast.customer,
        [lot.number],
        "draft",
    )
    stated = f"{certificate.stated_number} of Brightwater Finishing"
    assert notice.cause == f"Certificate {certificate.number} ({stated}) was revoked: {REASON}"
    assert f"- 5 pieces of {lot.order_line.part_revision}, lot {lot.number}" in notice.text
    assert REASON not in notice.text
    event = Event.objects.get(noun="notice")
    assert (event.verb, event.person, event.lots) == ("draft", None, [lot.number])


def test_certificate_of_goods_still_here_drafts_none(cast):
    lot = make_ready_lot(cast)
    [certificate] = {each.certificate for each in lot.coverages.select_related("certificate")}
    revoke(cast, certificate)
    assert Notice.objects.count() == 0


def test_feed_meets_the_same_events_twice_and_drafts_once(cast):
    make_notice(cast)
    feed.drain("notices")
    notices.start_over()
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("at", ["sent", "dropped"])
def test_decided_notice_is_not_drafted_again_by_the_same_event(cast, at):
    make_notice(cast, at=at)
    notices.start_over()
    assert [notice.state for notice in Notice.objects.all()] == [at]


def test_gauge_found_bad_puts_in_doubt_what_it_measured_since_it_was_good(cast):
    shipment = make_shipment(cast, at="dispatched")
    lot = shipment.lines.get().traveler
    gauge = Measurement.objects.filter(record__traveler=lot, gauge__isnull=False).first().gauge
    find_gauge_bad(cast, make_gauge(cast))
    find_gauge_bad(cast, gauge, is_in_tolerance=True, calibrated_on=today() - timedelta(days=1))
    notices.start_over()
    assert Notice.objects.count() == 0
    find_gauge_bad(cast, gauge)
    notices.start_over()
    notice = Notice.objects.get()
    yesterday = today() - timedelta(days=1)
    assert (notice.cause_noun, notice.cause_number, notice.lots) == ("gauge", gauge.number, [lot.number])
    assert notice.cause == (
        f"Gauge {gauge.number} was found out of tolerance on {today():%-d %b %Y}; its readings since "
        f"{yesterday:%-d %b %Y} are in doubt."
    )


@pytest.mark.parametrize("is_judged", [True, False])
def test_lot_that_leaves_after_the_finding_is_put_in_doubt_as_it_leaves(cast, is_judged):
    """Only a policy without the check of results lets it leave without a judgement."""
    lot = make_ready_lot(cast)
    gauge = Measurement.objects.filter(record__traveler=lot, gauge__isnull=False).first().gauge
    find_gauge_bad(cast, gauge)
    find_gauge_bad(cast, gauge, is_in_tolerance=True)
    notices.start_over()
    assert Notice.objects.count() == 0
    make_first_article(cast, lot=lot, at="approved")
    lot.refresh_from_db()
    if is_judged:
        judge(cast, gauge, lot)
    else:
        make_policy(cast, "RESULTS")
    shipment = make_shipment(cast, lot=lot, at="dispatched")
    notices.start_over()
    if is_judged:
        assert Notice.objects.count() == 0
        return
    notice = Notice.objects.get()
    assert (notice.shipment, notice.cause_number, notice.lots) == (shipment, gauge.number, [lot.number])


def test_approval_suspended_back_over_shipped_work_drafts_a_notice(cast):
    shipment = make_shipment(cast, at="dispatched")
    approval = ApprovalScope.objects.get()
    approvals.suspend(by=cast.quality, approval=approval, reason="Audit.", on=today() - timedelta(days=3))
    notices.start_over()
    notice = Notice.objects.get()
    assert (notice.cause_noun, notice.cause_number) == ("approval", approval.number)
    assert notice.lots == [shipment.lines.get().traveler.number]


def test_registration_withdrawn_doubts_only_approvals_that_rest_on_it(cast):
    shipment = make_shipment(cast, at="dispatched")
    approval = ApprovalScope.objects.get()
    for reference in ("99999", "12345"):
        made = register.record_registration(
            by=cast.quality,
            organization=cast.vendor_organization,
            kind="nadcap",
            reference=reference,
            valid_from=today() - timedelta(days=300),
            valid_to=today() + timedelta(days=300),
        )
        register.withdraw_registration(
            by=cast.quality, registration=made, on=today() - timedelta(days=2), reason="Suspended by PRI."
        )
        notices.start_over()
        found = list(Notice.objects.values_list("cause_noun", "cause_number", "lots"))
        lots = [shipment.lines.get().traveler.number]
        assert found == ([("registration", made.number, lots)] if reference in approval.basis else [])


def test_words_are_changed_until_it_is_sent(cast):
    notice = make_notice(cast)
    with pytest.raises(Incomplete):
        notices.change(by=cast.quality, notice=notice, text="  ")
    with pytest.raises(NotEntitled):
        notices.change(by=cast.operator, notice=notice, text="Stop.")
    assert notices.change(by=cast.quality, notice=notice, text="Stop using them.").text == "Stop using them."
    sent = notices.send(by=cast.quality, notice=notice, token=reauth(cast.quality))
    assert (sent.state, sent.signature.meaning, sent.signature.number) == (
        "sent",
        Signature.RELEASED,
        notice.number,
    )
    with pytest.raises(NotTheMoment, match=f"Notice {notice.number} is sent and cannot be changed any more"):
        notices.change(by=cast.quality, notice=notice, text="Go on.")


def test_notice_is_dropped_with_a_reason_alone(cast):
    notice = make_notice(cast)
    with pytest.raises(Incomplete):
        notices.drop(by=cast.quality, notice=notice, reason="")
    dropped = notices.drop(by=cast.quality, notice=notice, reason="In range after all.")
    assert (dropped.state, dropped.decision_reason) == ("dropped", "In range after all.")
    with pytest.raises(NotTheMoment):
        notices.send(by=cast.quality, notice=notice, token=reauth(cast.quality))


def test_shop_sees_the_doubt_wherever_the_goods_are(cast, sign_in):
    notice = make_notice(cast)
    client, shipment = sign_in(cast.quality), notice.shipment
    lot, package = shipment.lines.get().traveler, shipment.packages.get()
    since = f"Proof in doubt since {notice.drafted_at:%-d %b %Y}"
    for page in (lot, shipment, package):
        shown = words(client.get(page.get_absolute_url()))
        assert (since in shown, f"Read notice {notice.number}" in shown) == (True, True)
    assert "1 notice waits to be sent or dropped" in words(client.get(reverse("documents:board")))
    notices.drop(by=cast.quality, notice=notice, reason="In range after all.")
    for page in (lot, shipment, package):
        assert since not in words(client.get(page.get_absolute_url()))


def test_customer_sees_nothing_before_it_is_sent_and_no_inner_word_after(cast, sign_in):
    notice = make_notice(cast)
    client, desk = sign_in(cast.buyer), reverse("documents:package-list")
    news = "1 notice about goods delivered to you"
    assert client.get(notice.get_absolute_url()).status_code == 404
    assert news not in words(client.get(desk))
    answer = sign_in(cast.quality).post(
        reverse("documents:notice-send", args=[notice.number]), {"password": PASSWORD}, follow=True
    )
    assert " is sent to Orrin Aerospace." in words(answer)
    client = sign_in(cast.buyer)
    assert news in words(client.get(desk))
    for address in (
        notice.get_absolute_url(),
        reverse("documents:notice-list"),
        notice.shipment.packages.get().get_absolute_url(),
    ):
        shown = words(client.get(address))
        assert (notice.number in shown, REASON in shown) == (True, False)
    said = Machine(cast.buyer).get(f"notices/{notice.number}/").json()
    assert (said["cause"], said["cause_number"], said["lots"]) == ("", "", notice.lots)
    assert sign_in(cast.stranger_buyer).get(notice.get_absolute_url()).status_code == 404


def test_notice_is_changed_and_dropped_on_its_pages(cast, sign_in):
    notice, client = make_notice(cast), sign_in(cast.quality)
    form = client.get(reverse("documents:notice-change", args=[notice.number]))
    assert "Please keep these pieces apart" in words(form)
    client.post(reverse("documents:notice-change", args=[notice.number]), {"text": "Keep them apart."})
    assert Notice.objects.get().text == "Keep them apart."
    refused = client.post(reverse("documents:notice-drop", args=[notice.number]), {"reason": ""})
    assert refused.status_code == 422
    client.post(reverse("documents:notice-drop", args=[notice.number]), {"reason": "Measured again."})
    assert Notice.objects.get().decision_reason == "Measured again."
