"""A quality engineer's day in Chromium on the sample shop: each task from the board, with its clicks counted."""

from __future__ import annotations

import pytest

from documents.domain.comparison import STATED_ONLY
from documents.domain.cross_check import compare
from documents.models import Certificate, ReleasePackage, Shipment
from inspection.models import FirstArticle, Nonconformance
from portal import feed, queue
from routes.models import Hold, LockDifference, Traveler
from subcontract.models import OutsideOrder
from tests.browser.shop_acts import correct_and_submit
from tests.browser.worker import SIGNED, Worker

pytestmark = pytest.mark.browser
DONE = "What you did about it, or why nothing is to be done"
AMARA, VIKTOR, JOSEFA = (f"{name}@kestrel.example" for name in ("amara", "viktor", "josefa"))


def test_quality_decides_on_the_waiting_certificate(sample_shop, chromium):
    certificate = Certificate.objects.get(state=Certificate.IN_REVIEW)
    keys = compare(certificate)
    amara = Worker(chromium, sample_shop, AMARA)
    amara.follow(f"Accept or reject {certificate.stated_number}")
    # nobody works in the background of this shop, so no machine has read the page: a person looks at each key
    assert f"{sum(key.verdict == STATED_ONLY for key in keys)} stated only" in amara.text
    looked = amara.window.locator("input[name^=seen_]").all()
    assert len(looked) == sum(key.asks and key.may_be_seen for key in keys)
    for tick in looked:
        tick.check()
    amara.send("Accept", SIGNED)
    assert amara.told == [f"Certificate {certificate.number} is accepted."]
    certificate.refresh_from_db()
    assert (certificate.state, certificate.decision_signature.person.email) == (Certificate.ACCEPTED, AMARA)
    assert amara.clicks == 2


def test_quality_rejects_it_with_the_reason_the_vendor_reads(sample_shop, chromium):
    certificate = Certificate.objects.get(state=Certificate.IN_REVIEW)
    reason = "Page 1 bears no stamp. Send the stamped page."
    amara = Worker(chromium, sample_shop, AMARA)
    amara.follow(f"Accept or reject {certificate.stated_number}")
    amara.send(
        "Reject and ask again",
        {f"Reason, sent to {certificate.issuer.name} (needed to reject)": reason} | SIGNED,
    )
    assert amara.told == [f"Certificate {certificate.number} is rejected."]
    ray = Worker(chromium, sample_shop, "ray@bluewater.example")
    assert f"{reason} Correct it" in ray.text
    assert (amara.clicks, ray.clicks) == (2, 0)


def test_quality_dispositions_the_nonconformance(sample_shop, chromium):
    record = Nonconformance.objects.get(measurement__isnull=False)
    amara = Worker(chromium, sample_shop, AMARA)
    amara.follow(f"Disposition {record.number}")
    amara.follow("Decide")
    said = {
        "Decision": "Scrap",
        "Reason": "Cannot be brought back to the drawing.",
        "Witness": "Josefa Reyes",
    }
    amara.send("Sign the decision", said | SIGNED)
    assert amara.told == [f"{record.number} is decided: scrap."]
    record.refresh_from_db()
    assert (record.disposition, record.traveler.state) == (Nonconformance.SCRAP, Traveler.CLOSED)
    assert amara.clicks == 3


def test_quality_decides_on_the_lock_difference(sample_shop, chromium):
    difference = LockDifference.objects.get()
    amara = Worker(chromium, sample_shop, AMARA)
    amara.send("Apply", {"Open link": "LOCK"})
    nearest = f"setup {difference.run.setup.number}, the nearest approved,"
    assert f"ran with fixture revision D; {nearest} names C. Decide on the difference." in amara.text
    amara.follow("Decide on the difference")
    amara.send("Sign the decision", {"Reason": "Revision D adds a stop only."} | SIGNED)
    assert amara.told == ["The difference in fixture revision is decided."]
    difference.refresh_from_db()
    signer = difference.disposition_signature.person.email
    assert (difference.reason, signer) == ("Revision D adds a stop only.", AMARA)
    assert amara.clicks == 3


def test_quality_lets_the_held_lot_go(sample_shop, chromium):
    hold = Hold.objects.get(state=Hold.PLACED)
    viktor = Worker(chromium, sample_shop, VIKTOR)
    viktor.follow(f"Decide on {hold.number}")
    viktor.send("Release the hold", {"Reason": "Seen under the microscope: both bores are clean."} | SIGNED)
    assert viktor.told == [f"Hold {hold.number} is released."]
    assert viktor.heading.startswith(f"Lot {hold.traveler.number}")
    hold.refresh_from_db()
    assert (hold.state, viktor.clicks) == (Hold.RELEASED, 2)


def test_quality_issues_the_order_that_is_drafted(sample_shop, chromium):
    order = OutsideOrder.objects.get(state=OutsideOrder.DRAFT)
    amara = Worker(chromium, sample_shop, AMARA)
    amara.follow("Draft the outside order", beside=order.lines.get().traveler.number)
    assert amara.told == [f"{order.number} is drafted for this step already. Issue it."]
    amara.follow("Issue the order").send("Issue", SIGNED)
    assert amara.told == [f"Order {order.number} is issued; the vendor sees it now."]
    order.refresh_from_db()
    assert (order.state, amara.clicks) == (OutsideOrder.ISSUED, 3)


def test_author_answers_a_returned_first_article_and_quality_approves_it(sample_shop, chromium):
    record = FirstArticle.objects.get(state=FirstArticle.RETURNED)
    josefa = Worker(chromium, sample_shop, JOSEFA)
    josefa.send("Apply", {"Owed by": "Me"})
    josefa.follow(f"Complete {record.number}", beside=record.traveler.number)
    josefa.follow("Form 1 field 14").follow("Answer to the comment on field 14")
    josefa.send("Keep the answer", {DONE: "Fixture FX-22 replaced FX-21; field 14 says so."})
    josefa.follow("Form 3 field 12, characteristic 4").follow("Answer to the comment on field 12")
    josefa.send("Keep the answer", {DONE: "The value after the finish counts."})
    josefa.follow("Submit").send("Sign and submit", SIGNED)
    assert josefa.told == [f"{record.number} is in review. Somebody other than its author approves it."]
    feed.drain("chains")  # nobody works in the background of this shop
    viktor = Worker(chromium, sample_shop, VIKTOR)
    viktor.send("Apply", {"Open link": "FAI"})
    viktor.follow(f"Approve or return {record.number}", beside=record.traveler.number)
    assert "The value after the finish counts." in viktor.text
    viktor.send("Sign: reviewed and approved", SIGNED)
    record.refresh_from_db()
    assert (record.state, record.approved_signature.person.email) == (FirstArticle.APPROVED, VIKTOR)
    assert (josefa.clicks, viktor.clicks) == (10, 3)


def test_quality_returns_a_first_article_with_a_reason(sample_shop, chromium):
    record = correct_and_submit(FirstArticle.objects.get(state=FirstArticle.RETURNED))
    viktor = Worker(chromium, sample_shop, VIKTOR)
    viktor.send("Apply", {"Open link": "FAI"})
    viktor.follow(f"Approve or return {record.number}", beside=record.traveler.number)
    viktor.unfold("Return it to the author")
    viktor.send("Return it", {"What must change, in a sentence": "Field 14 still names no fixture."})
    assert viktor.told == [f"{record.number} went back to Josefa Reyes."]
    record.refresh_from_db()
    assert (record.state, viktor.clicks) == (FirstArticle.RETURNED, 4)


def test_quality_ships_the_lot_that_is_ready(sample_shop, chromium):
    amara = Worker(chromium, sample_shop, AMARA)
    ready = amara.window.locator("tr", has=amara.window.get_by_text("Ship…")).first
    lot = Traveler.objects.get(number=ready.locator("th a.code").inner_text())
    amara.follow(f"Ship… {lot.number}")
    amara.send("Draft the shipment", {"Carrier": "Ridge Freight"})
    shipment = Shipment.objects.latest("pk")
    assert list(shipment.lines.values_list("traveler", flat=True)) == [lot.pk]
    amara.follow("Sign the certificate of conformity").send("Sign the certificate", SIGNED)
    amara.follow("Release").send("Release", SIGNED)
    assert queue.work_off(["render_package"]) == 1
    amara.window.reload()
    amara.follow("Dispatch").send("Dispatch", SIGNED)
    assert amara.told == [f"{shipment.number} is dispatched. The packing list can be printed now."]
    shipment.refresh_from_db()
    lot.refresh_from_db()
    assert (shipment.state, lot.state) == (Shipment.DISPATCHED, Traveler.SHIPPED)
    assert ReleasePackage.objects.get(shipment=shipment).state == ReleasePackage.RELEASED
    assert amara.clicks == 8
