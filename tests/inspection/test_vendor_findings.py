"""What a vendor finds on our pieces, or wants to strip: the lot waits until quality answers."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inspection.domain import vendor_findings
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from routes.domain.holds import LotOnHold, open_holds, require_no_hold
from routes.domain.lots import quantity_of
from subcontract.domain.vendor_statements import acknowledge, withdraw_statement
from tests.cast import reauth
from tests.factories.certificates import pdf
from tests.factories.subcontract import line_of, make_outside_order


@pytest.fixture
def away(cast):
    return line_of(make_outside_order(cast, at="shipped"))


def report(cast, line, **facts):
    wanted = {"by": cast.vendor, "quantity": 3, "words": "Pitted before we began."}
    return vendor_findings.report_finding(line=line, **{**wanted, **facts})


def strip(cast, line, **facts):
    wanted = {"quantity": 50, "words": "Coating burnt; strip in caustic, 2 minutes."}
    return vendor_findings.ask_to_strip(by=cast.vendor, line=line, **{**wanted, **facts})


def test_a_finding_holds_the_lot(cast, away):
    made = report(cast, away, photo=SimpleUploadedFile("pits.pdf", pdf()))
    assert (made.kind, made.state, made.quantity, made.photo.original_name) == (
        "finding",
        "open",
        3,
        "pits.pdf",
    )
    with pytest.raises(LotOnHold) as refused:
        require_no_hold(away.traveler)
    assert str(refused.value) == (
        f"Lot {away.traveler.number} is on hold: {made.hold.number} ({cast.vendor_organization.name} found a "
        f"nonconformance on {away}, 3 pieces: Pitted before we began). "
        "A quality engineer must release the hold before it goes on."
    )


def test_taken_up_it_is_a_nonconformance_of_its_pieces_only(cast, away):
    made = report(cast, away)
    found = vendor_findings.confirm_finding(
        by=cast.quality, statement=made, quantity=2, answer="Two are. Go on.", token=reauth(cast.quality)
    )
    made.refresh_from_db()
    lot = away.traveler
    assert (made.state, made.answer) == ("agreed", "Two are. Go on.")
    assert (found.quantity, quantity_of(found.traveler), quantity_of(lot)) == (2, 2, 48)
    assert found.description == (
        f"{made.number}, found by {cast.vendor_organization.name}: Pitted before we began."
    )
    assert (open_holds(lot), found.state) == ([], "open")


def test_dismissed_it_lets_the_lot_go_on(cast, away):
    made = report(cast, away)
    answered = vendor_findings.answer_held(
        by=cast.quality, statement=made, is_agreed=False, answer="Within limits.", token=reauth(cast.quality)
    )
    assert (answered.state, open_holds(away.traveler)) == ("refused", [])


@pytest.mark.parametrize(("is_agreed", "state"), [(True, "agreed"), (False, "refused")])
def test_a_wish_to_strip_is_answered_and_the_lot_goes_on(cast, away, is_agreed, state):
    made = strip(cast, away)
    assert [hold.number for hold in open_holds(away.traveler)] == [made.hold.number]
    answered = vendor_findings.answer_held(
        by=cast.quality, statement=made, is_agreed=is_agreed, answer="Once.", token=reauth(cast.quality)
    )
    assert (answered.state, open_holds(away.traveler)) == (state, [])


def test_what_is_refused(cast, away):
    with pytest.raises(NotEntitled):
        report(cast, away, by=cast.operator)
    with pytest.raises(Incomplete) as refused:
        report(cast, away, words=" ")
    assert str(refused.value) == f"Say what is wrong with the pieces of line {away}."
    with pytest.raises(Incomplete) as refused:
        strip(cast, away, words=" ")
    assert str(refused.value) == f"Say why pieces of line {away} must be stripped, and how."
    with pytest.raises(Incomplete) as refused:
        report(cast, away, quantity=51)
    assert str(refused.value) == (
        f"Line {away} has 50 pieces with you; 51 cannot be meant. Correct the number."
    )


def test_who_may_answer_and_what(cast, away):
    made = report(cast, away)
    with pytest.raises(NotEntitled):
        vendor_findings.confirm_finding(
            by=cast.inspector, statement=made, quantity=3, answer="Yes.", token=reauth(cast.inspector)
        )
    with pytest.raises(NotTheMoment) as refused:
        vendor_findings.answer_held(
            by=cast.quality, statement=made, is_agreed=True, answer="Yes.", token=reauth(cast.quality)
        )
    assert str(refused.value) == (
        f"{made.number} reports pieces that are not right. Take it up as a nonconformance, or dismiss it."
    )
    with pytest.raises(CredentialRefused):
        vendor_findings.answer_held(
            by=cast.quality, statement=made, is_agreed=False, answer="No.", token="not a token"
        )
    made.refresh_from_db()
    assert made.state == "open"
    with pytest.raises(NotTheMoment) as refused:
        withdraw_statement(by=cast.vendor, statement=made)
    assert str(refused.value) == (
        f"{made.number} holds lot {away.traveler.number}; only the shop lets it go on. "
        "Write to the shop what changed."
    )
    taken = acknowledge(by=cast.vendor, line=away)
    with pytest.raises(NotTheMoment) as refused:
        vendor_findings.answer_held(
            by=cast.quality, statement=taken, is_agreed=False, answer="No.", token=reauth(cast.quality)
        )
    assert str(refused.value) == f"{taken.number} (order taken) holds no lot. Open the order to answer it."
