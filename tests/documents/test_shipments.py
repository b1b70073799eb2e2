"""Shipments: drafted from whole lots, certified, released by the gate, dispatched unchanged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from documents.domain import chain, shipments
from documents.domain.packages import PackageIsStale
from documents.domain.shipments import ChainIsOpen, ConformityDoesNotMatch
from documents.models import ReleasePackage, Shipment, ShipmentLine
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.models import Authority, Event, Signature
from routes.domain import holds
from routes.models import OrderLine, Traveler
from tests.cast import reauth
from tests.factories.documents import certify, dispatch, release, render, review, share


def draft(ready, **facts):
    shipments.cancel(by=ready.cast.quality, shipment=ready.shipment)
    wanted = {"by": ready.cast.quality, "customer": ready.cast.customer, "lots": [ready.lot]} | facts
    return shipments.draft_shipment(**wanted)


def test_draft_lists_what_the_lot_holds(ready):
    shipment = draft(ready, carrier="Ridge Freight")
    line = shipment.lines.get()
    assert (shipment.state, shipment.carrier, line.traveler, line.quantity, line.serials, line.order_line) == (
        Shipment.DRAFT, "Ridge Freight", ready.lot, 5, [], ready.lot.order_line
    )  # fmt: skip


def test_draft_of_a_lot_on_another_shipment_is_refused(ready):
    with pytest.raises(NotTheMoment) as refusal:
        shipments.draft_shipment(by=ready.cast.quality, customer=ready.cast.customer, lots=[ready.lot])
    assert refusal.value.sentence == f"Lot {ready.lot.number} is on shipment {ready.shipment.number} already."


def test_draft_without_lots_is_refused(ready):
    with pytest.raises(Incomplete) as refusal:
        draft(ready, lots=[])
    assert refusal.value.sentence == "Choose at least one lot to ship."


def test_draft_for_another_customer_is_refused(ready):
    with pytest.raises(NotTheMoment) as refusal:
        draft(ready, customer=ready.cast.stranger_customer)
    assert refusal.value.sentence == (
        f"Lot {ready.lot.number} was ordered by Orrin Aerospace, not by Tessaly Flight."
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": Traveler.OPEN}, "is open; only a lot whose last step is signed can ship."),
    ],
)
def test_draft_of_a_lot_that_cannot_ship_is_refused(ready, change, words):
    Traveler.objects.filter(pk=ready.lot.pk).update(**change)
    with pytest.raises(NotTheMoment) as refusal:
        draft(ready)
    assert refusal.value.sentence == f"Lot {ready.lot.number} {words}"


def test_prototype_ships_only_to_a_line_that_orders_prototypes(ready):
    Traveler.objects.filter(pk=ready.lot.pk).update(purpose=Traveler.PROTOTYPE)
    line = ready.lot.order_line
    with pytest.raises(NotTheMoment) as refusal:
        draft(ready)
    assert refusal.value.sentence == (
        f"Lot {ready.lot.number} is a prototype and order line {line} orders production parts; it cannot ship as "
        "production. Ship a production lot, or have the customer amend the line to prototypes."
    )
    line.purpose = line.PROTOTYPE
    line.save()
    by, customer = ready.cast.quality, ready.cast.customer
    drafted = shipments.draft_shipment(by=by, customer=customer, lots=[ready.lot])
    assert drafted.lines.get().traveler == ready.lot


def test_draft_is_for_the_quality_engineers(ready):
    with pytest.raises(NotEntitled) as refusal:
        draft(ready, by=ready.cast.operator)
    assert refusal.value.sentence == (
        "Sami Okonjo may not draft shipments; this takes one of: quality engineer, manager."
    )


def test_certificate_signed_again_needs_a_reason(ready):
    with pytest.raises(Incomplete) as refusal:
        certify(ready.cast, ready.shipment)
    number = ready.shipment.conformity_certificates.get().number
    assert refusal.value.sentence == (
        f"Say why {number} is issued again; the reason is printed on the new revision."
    )
    again = certify(ready.cast, ready.shipment, reason="Order number corrected.")
    assert (again.number, again.revision, again.reason) == (number, 2, "Order number corrected.")


def test_certificate_takes_the_authority(ready):
    Authority.objects.filter(person=ready.cast.quality, act=Authority.CERTIFY).delete()
    with pytest.raises(NotEntitled) as refusal:
        certify(ready.cast, ready.shipment, reason="Again.")
    assert refusal.value.sentence == (
        "Maud Ferreira holds no authority in force to sign certificates of conformity for Orrin Aerospace. "
        "A manager can grant it on the person's page."
    )


def test_release_freezes_a_package(ready):
    package = release(ready.cast, ready.shipment)
    ready.shipment.refresh_from_db()
    signature = ready.shipment.release_signature
    assert (ready.shipment.state, package.state, package.revision) == ("released", "frozen", 1)
    assert (signature.meaning, signature.printed_name) == (Signature.RELEASED, "Tomas Wray")
    assert package.facts_digest == chain.digest(shipments.facts_of(ready.shipment))
    assert package.job.unique_key == f"render_package:{package.number}"


def test_release_names_every_open_link(ready):
    hold = holds.place_hold(by=ready.cast.quality, traveler=ready.lot, reason="Customer asked to wait.")
    with pytest.raises(ChainIsOpen) as refusal:
        release(ready.cast, ready.shipment)
    assert refusal.value.sentence.startswith(
        f"{ready.shipment.number} may not leave. STEPS of {ready.lot.number}: "
    )
    assert hold.number in refusal.value.sentence
    assert [slot.code for slot in refusal.value.facts["slots"]] == ["STEPS"]
    assert not ReleasePackage.objects.exists()


def test_release_without_certificate_is_refused(ready):
    shipment = draft(ready)
    Shipment.objects.filter(pk=shipment.pk).update(state=Shipment.CERTIFIED)
    with pytest.raises(Incomplete) as refusal:
        release(ready.cast, shipment)
    assert refusal.value.sentence == (
        f"{shipment.number} has no signed certificate of conformity. Sign it first."
    )


def test_release_wants_equal_quantities_on_certificate_shipper_and_lot(ready):
    ShipmentLine.objects.filter(shipment=ready.shipment).update(quantity=4)
    with pytest.raises(ConformityDoesNotMatch) as refusal:
        release(ready.cast, ready.shipment)
    lot, number = ready.lot.number, ready.shipment.conformity_certificates.get().number
    assert refusal.value.sentence == (
        f"{number} certifies 5 of {lot}, the shipper lists 4 of {lot} and the lots hold 5 of {lot}. "
        "Draft the shipment again, or sign a new revision of the certificate."
    )


def test_release_takes_the_authority_and_a_fresh_credential(ready):
    with pytest.raises(CredentialRefused):
        shipments.release(by=ready.cast.second_quality, shipment=ready.shipment, token="used before")
    Authority.objects.filter(person=ready.cast.second_quality, act=Authority.RELEASE).update(
        withdrawn_at=timezone.now() - timedelta(days=1)
    )
    with pytest.raises(NotEntitled):
        release(ready.cast, ready.shipment)
    ready.shipment.refresh_from_db()
    assert (ready.shipment.state, ReleasePackage.objects.count()) == (Shipment.CERTIFIED, 0)


def test_release_twice_says_who_did_it(ready):
    release(ready.cast, ready.shipment)
    with pytest.raises(NotTheMoment) as refusal:
        release(ready.cast, ready.shipment)
    assert refusal.value.sentence.startswith(f"{ready.shipment.number} was released by Tomas Wray on ")


def test_dispatch_waits_for_the_pages(ready):
    package = release(ready.cast, ready.shipment)
    with pytest.raises(NotTheMoment) as refusal:
        dispatch(ready.cast, ready.shipment)
    assert refusal.value.sentence == (
        f"The pages of {package.number} are not drawn yet. Wait until they are."
    )


def test_dispatch_before_release_is_refused(ready):
    with pytest.raises(NotTheMoment) as refusal:
        dispatch(ready.cast, ready.shipment)
    assert refusal.value.sentence == (
        f"{ready.shipment.number} is conformity signed; release it before it leaves."
    )


def test_dispatch_lets_the_lot_go_and_shows_the_package(ready):
    release(ready.cast, ready.shipment)
    render()
    done = dispatch(ready.cast, ready.shipment)
    ready.lot.refresh_from_db()
    package = ReleasePackage.objects.get()
    assert (done.state, ready.lot.state, package.state) == ("dispatched", "shipped", "released")
    assert package.shared_at == done.dispatched_at == done.dispatch_signature.signed_at


def test_dispatch_of_a_changed_chain_outdates_the_package_and_ships_nothing(ready):
    release(ready.cast, ready.shipment)
    render()
    hold = holds.place_hold(by=ready.cast.quality, traveler=ready.lot, reason="A fixture was found cracked.")
    with pytest.raises(PackageIsStale) as refusal:
        dispatch(ready.cast, ready.shipment)
    package = ReleasePackage.objects.get()
    ready.lot.refresh_from_db()
    ready.shipment.refresh_from_db()
    assert refusal.value.sentence == (
        f"Something in the chain of {ready.shipment.number} changed after it was released, so {package.number} is out "
        "of date and nothing was dispatched. Look at the chain and release the shipment again as the next revision."
    )
    assert (package.state, package.outdated_reason) == ("stale", "The chain changed after the release.")
    assert (ready.shipment.state, ready.lot.state) == ("certified", "complete")
    holds.release_hold(
        by=ready.cast.quality, hold=hold, reason="It was another fixture.", token=reauth(ready.cast.quality)
    )
    with pytest.raises(Incomplete) as refusal:
        release(ready.cast, ready.shipment)
    assert refusal.value.sentence == (
        f"Say why {ready.shipment.number} is released again; the reason stands in the revision history of its package."
    )
    again = release(ready.cast, ready.shipment, reason="The hold was let go.")
    assert (again.number.rpartition("-")[0], again.revision) == (package.number.rpartition("-")[0], 2)


def test_dispatch_by_somebody_without_authority_outdates_nothing(ready):
    release(ready.cast, ready.shipment)
    render()
    holds.place_hold(by=ready.cast.quality, traveler=ready.lot, reason="A fixture was found cracked.")
    Authority.objects.filter(person=ready.cast.second_quality, act=Authority.RELEASE).delete()
    with pytest.raises(NotEntitled):
        dispatch(ready.cast, ready.shipment)
    assert ReleasePackage.objects.get().state == ReleasePackage.SEALED


def test_dispatch_waits_for_the_buyer_where_the_order_asks(ready):
    OrderLine.objects.filter(pk=ready.lot.order_line_id).update(needs_package_approval=True)
    package = release(ready.cast, ready.shipment)
    render()
    share(ready.cast, ready.shipment)
    with pytest.raises(NotTheMoment) as refusal:
        dispatch(ready.cast, ready.shipment)
    assert refusal.value.sentence == (
        f"The order asks that Orrin Aerospace accepts {package.number} before the goods leave; it is released to the "
        "buyer."
    )
    package.refresh_from_db()
    review(ready.cast, package)
    assert dispatch(ready.cast, ready.shipment).state == Shipment.DISPATCHED


def test_withdrawing_a_release_needs_a_reason_and_outdates_the_package(ready):
    release(ready.cast, ready.shipment)
    with pytest.raises(Incomplete) as refusal:
        shipments.withdraw_release(by=ready.cast.quality, shipment=ready.shipment, reason=" ")
    assert refusal.value.sentence == f"Say why the release of {ready.shipment.number} is withdrawn."
    back = shipments.withdraw_release(by=ready.cast.quality, shipment=ready.shipment, reason="Wrong carrier.")
    package = ReleasePackage.objects.get()
    assert (back.state, package.state, package.outdated_reason) == ("certified", "stale", "Wrong carrier.")


def test_cancel_frees_the_lot(ready):
    cancelled = shipments.cancel(by=ready.cast.quality, shipment=ready.shipment)
    assert (cancelled.state, cancelled.lines.get().is_active) == (Shipment.CANCELLED, False)
    again = shipments.draft_shipment(by=ready.cast.quality, customer=ready.cast.customer, lots=[ready.lot])
    assert again.lines.get().traveler == ready.lot


def test_returned_package_of_dispatched_goods_is_issued_again(ready):
    release(ready.cast, ready.shipment)
    render()
    dispatch(ready.cast, ready.shipment)
    package = ReleasePackage.objects.get()
    with pytest.raises(NotTheMoment) as refusal:
        shipments.reissue(
            by=ready.cast.quality,
            shipment=ready.shipment,
            token=reauth(ready.cast.quality),
            reason="Put right.",
        )
    assert refusal.value.sentence == (
        "A package is issued again after dispatch only when the buyer returned it; "
        f"{ready.shipment.number} is dispatched and its package is released to the buyer."
    )
    with pytest.raises(NotTheMoment):
        certify(ready.cast, ready.shipment, reason="Too late.")
    review(ready.cast, package, decision="returned", words="The order number is wrong.")
    certify(ready.cast, ready.shipment, reason="Order number corrected.")
    second = shipments.reissue(
        by=ready.cast.quality,
        shipment=ready.shipment,
        token=reauth(ready.cast.quality),
        reason="Order number corrected.",
    )
    render()
    second.refresh_from_db()
    package.refresh_from_db()
    ready.shipment.refresh_from_db()
    assert (package.state, second.state, second.revision, ready.shipment.state) == (
        "stale",
        "sealed",
        2,
        "dispatched",
    )


def test_every_act_is_an_event_of_its_lots(ready):
    release(ready.cast, ready.shipment)
    render()
    dispatch(ready.cast, ready.shipment)
    told = Event.objects.filter(noun="shipment", number=ready.shipment.number).order_by("pk")
    assert [(event.verb, event.lots) for event in told] == [
        (verb, [ready.lot.number]) for verb in ("draft", "certify", "release", "dispatch")
    ]
