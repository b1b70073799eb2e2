"""Chains whose pieces do not come home: what passes, what stops, and the plain reading says the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from documents.domain import shipments
from documents.domain.chain.facts import read_facts
from documents.domain.leaving_from import leaves_from, ships_from
from documents.domain.shipments import ChainIsOpen
from documents.models import ReleasePackage, Shipment
from portal.domain.errors import NotTheMoment
from portal.models import Event
from routes.models import Traveler
from subcontract.domain import delegations, onward
from subcontract.domain.custody import holder_of, last_move
from subcontract.domain.over_returns import decide_over_return, put_aside
from subcontract.models import Delegation, OverReturn
from tests.cast import reauth
from tests.documents.evidence.oracle import open_links
from tests.factories.custody import (
    bring_papers,
    count_there,
    line_at,
    make_away_lot,
    make_delegation,
    make_drop_route,
    make_two_vendor_route,
    next_site,
    order_next,
    verify_there,
)
from tests.factories.documents import certify, dispatch, release, render
from tests.factories.inspection import walk
from tests.factories.routes import sign_step, step_at, today
from tests.factories.subcontract import receive

A_DAY = timedelta(days=1)


def make_drop_lot(cast, **facts) -> Traveler:
    """Return a lot counted and verified at its last vendor in our place, with every paper."""
    lot = make_away_lot(cast, make_drop_route(cast))
    make_delegation(cast, **facts)
    count_there(cast, lot)
    verify_there(cast, lot)
    bring_papers(cast, lot)
    return lot


def drafted(cast, *lots: Traveler) -> Shipment:
    shipment = shipments.draft_shipment(by=cast.quality, customer=cast.customer, lots=list(lots))
    certify(cast, shipment)
    shipment.refresh_from_db()
    return shipment


def sent_off(cast, shipment: Shipment, *, is_gone: bool = True) -> Shipment:
    """Release, draw and dispatch a certified shipment."""
    release(cast, shipment)
    render()
    if is_gone:
        dispatch(cast, shipment)
    shipment.refresh_from_db()
    return shipment


def gaps_of(shipment: Shipment) -> dict[str, list[str]]:
    """Return the open links of a shipment by code, after the plain reading said the same of each lot."""
    slots = shipments.open_slots(shipment)
    for line in shipment.lines.select_related("traveler"):
        ours: dict[str, set[str]] = {}
        for slot in slots:
            if slot.lot == line.traveler.number:
                ours.setdefault(slot.code, set()).add(slot.subject)
        assert open_links(line.traveler.number) == ours
    return {code: [s.sentence for s in slots if s.code == code] for code in {s.code for s in slots}}


def test_drop_shipment_delegated_in_writing_passes_and_is_handed_to_the_customer(cast):
    lot = make_drop_lot(cast)
    shipment = drafted(cast, lot)
    assert gaps_of(shipment) == {}
    [custody] = [slot for slot in shipments.slots_of(shipments.facts_of(shipment)) if slot.code == "CUSTODY"]
    order, writing = line_at(lot, 40).order, Delegation.objects.get()
    assert custody.evidence == (
        f"{order.number}: 3 sent, 3 back, 0 scrapped or short, counted at Brightwater Finishing, Main works by "
        f"{writing.number}, leaving from there by {writing.number}"
    )
    assert ships_from(shipment) == (cast.vendor_site, writing)
    dispatched = sent_off(cast, shipment)
    move = last_move(lot)
    assert (move.from_site, move.to_site.organization, move.quantity, move.document) == (
        cast.vendor_site,
        cast.customer,
        3,
        dispatched.number,
    )
    assert (leaves_from(lot), holder_of(lot).organization) == (cast.vendor_site, cast.customer)
    assert shipments.current_package(dispatched).state == ReleasePackage.RELEASED
    event = Event.objects.get(verb="let go from")
    assert (event.number, event.lots) == (order.number, [lot.number])


def test_packing_list_names_the_place_the_pieces_left_from(cast, sign_in):
    lot = make_drop_lot(cast)
    shipment = sent_off(cast, drafted(cast, lot))
    page = sign_in(cast.quality).get(f"{shipment.get_absolute_url()}packing-list/").content.decode()
    assert f"Brightwater Finishing, {cast.vendor_site.name}" in page
    assert Delegation.objects.get().number in page


def test_drop_shipment_without_delegation_is_stopped_and_names_the_customer(cast):
    lot = make_drop_lot(cast, is_shipping=False)
    shipment = drafted(cast, lot)
    words = (
        f"The pieces of lot {lot.number} are at Brightwater Finishing, Main works, and no delegation in force lets "
        "that site ship to Orrin Aerospace. Record the one Orrin Aerospace accepted in writing, or bring the "
        "pieces home."
    )
    assert gaps_of(shipment) == {"CUSTODY": [words]}
    with pytest.raises(ChainIsOpen, match="no delegation in force lets that site ship"):
        release(cast, shipment)
    make_delegation(cast)
    assert gaps_of(shipment) == {}


def test_delegation_that_ended_before_the_goods_left_stops_them(cast):
    lot = make_drop_lot(cast)
    shipment = sent_off(cast, drafted(cast, lot), is_gone=False)
    writing = Delegation.objects.get()
    delegations.end_delegation(by=cast.quality, delegation=writing, on=today(), reason="Audit finding 9.")
    assert sorted(gaps_of(shipment)) == ["CUSTODY", "INCOMING"]
    with pytest.raises(shipments.PackageIsStale):
        shipments.dispatch(by=cast.quality, shipment=shipment, token=reauth(cast.quality))


def test_delegation_of_another_part_does_not_let_it_go(cast):
    lot = make_drop_lot(cast, is_shipping=False)
    other = make_away_lot(cast, make_drop_route(cast)).route_revision.part_revision.part
    make_delegation(cast, part=other)
    assert sorted(gaps_of(drafted(cast, lot))) == ["CUSTODY"]


def test_pieces_brought_home_leave_from_here(cast):
    lot = make_drop_lot(cast, is_shipping=False)
    onward.bring_home(by=cast.operator, traveler=lot, moved_on=today())
    shipment = drafted(cast, lot)
    assert (gaps_of(shipment), ships_from(shipment)) == ({}, (None, None))


def test_lots_at_two_places_leave_on_two_shipments(cast):
    away, home = make_drop_lot(cast), make_drop_lot(cast)
    home.route_revision = away.route_revision
    home.save()
    onward.bring_home(by=cast.operator, traveler=home, moved_on=today())
    with pytest.raises(NotTheMoment, match="A shipment leaves from one place"):
        shipments.draft_shipment(by=cast.quality, customer=cast.customer, lots=[away, home])


@pytest.mark.parametrize("verified_by", ["the first vendor", "the next vendor"])
def test_processor_to_next_processor_passes(cast, verified_by):
    lot = make_away_lot(cast, make_two_vendor_route(cast))
    is_first = verified_by == "the first vendor"
    make_delegation(cast, site=cast.vendor_site if is_first else next_site(cast), is_shipping=False)
    if is_first:
        count_there(cast, lot)
        verify_there(cast, lot)
    order = order_next(cast, lot)
    onward.send_on(by=cast.operator, order=order, moved_on=today(), document="WB-5")
    if not is_first:
        count_there(cast, lot)
        verify_there(cast, lot)
    receive(cast, order, 3)
    verify_there(cast, lot)
    walk(cast, lot)
    bring_papers(cast, lot)
    shipment = drafted(cast, lot)
    assert gaps_of(shipment) == {}
    assert release(cast, shipment).state == ReleasePackage.FROZEN


def test_work_done_here_while_the_pieces_are_away_is_found(cast):
    lot = make_away_lot(cast, make_two_vendor_route(cast))
    make_delegation(cast)
    count_there(cast, lot)
    verify_there(cast, lot)
    order = order_next(cast, lot)
    onward.send_on(by=cast.operator, order=order, moved_on=today(), document="WB-5")
    make_delegation(cast, site=next_site(cast))
    count_there(cast, lot, 45)
    verify_there(cast, lot)
    assert read_facts([lot.pk])[lot.number].held.name == "Galena Heat Treat, Main works"
    walk(cast, lot, to=60)
    sign_step(cast, step_at(lot, 60))
    bring_papers(cast, lot)
    [words] = gaps_of(drafted(cast, lot))["CUSTODY"]
    assert words.startswith(
        f"Operation 50 Final inspection of lot {lot.number} is done in the house and was signed"
    )


def test_over_return_undecided_stops_the_lot_until_it_is_decided(cast):
    lot = make_drop_lot(cast)
    line = line_at(lot, 40)
    made = put_aside(by=cast.operator, line=line, quantity=2, found_on=today(), put_aside_at="Shelf Q2")
    shipment = drafted(cast, lot)
    assert gaps_of(shipment) == {
        "CUSTODY": [
            f"2 pieces more than were sent came back on {line} and are put aside; nobody decided what they are. Ask "
            "Brightwater Finishing and write down the answer."
        ]
    }
    decide_over_return(
        by=cast.quality, over_return=made, decision=OverReturn.RETURNED, reason="Waybill 7 of today."
    )
    assert gaps_of(shipment) == {}
