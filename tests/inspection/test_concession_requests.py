"""Concessions asked for here and decided by the customer: granted within limits, refused, withdrawn, drawn on."""

from datetime import timedelta

import pytest

from inspection.domain import concession_requests, nonconformances
from inspection.domain.concession_requests import BeyondWhatWasAsked, PermitUsedUp
from inspection.domain.nonconformances import DesignAuthorityNeeded
from inspection.models import Concession, ConcessionRequest, Nonconformance
from portal.domain.authorities import grant_authority
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Authority, Event
from routes.domain.quantities import record_quantity_move
from routes.models import QuantityMove
from tests.cast import reauth
from tests.days import in_days
from tests.factories.findings import grant, make_request
from tests.factories.inspection import concede, decide, make_lot, make_nonconformance
from tests.factories.routes import today


def scratched(cast, quantity=3, **facts):
    lot = make_lot(cast, **facts)
    return nonconformances.open_nonconformance(
        by=cast.inspector, traveler=lot, description="Scratched face.", quantity=quantity
    )


def ask(cast, nonconformance, **facts):
    wanted = {"proposal": Nonconformance.USE_AS_IS, "justification": "Face is not a function."}
    return concession_requests.request_concession(
        by=cast.quality, nonconformance=nonconformance, **{**wanted, **facts}
    )


def permit(cast, line, **facts):
    wanted = {
        "proposal": Nonconformance.USE_AS_IS,
        "description": "Edge break 0.6 instead of 0.4.",
        "justification": "The tool for 0.4 comes in March.",
        "quantity": 4,
    }
    return concession_requests.request_permit(by=cast.quality, order_line=line, **{**wanted, **facts})


def test_granted_request_makes_the_concession_that_lets_the_pieces_pass(cast):
    found = scratched(cast)
    request = ask(cast, found)
    with pytest.raises(DesignAuthorityNeeded):
        decide(cast, found, Nonconformance.USE_AS_IS)
    granted = grant(cast, request, valid_to=today(), conditions="Mark the boxes.", reference="DEV-7")
    concession = Concession.objects.get()
    assert (concession.nonconformance, concession.quantity_limit, concession.source) == (found, 3, "request")
    assert (concession.customer_reference, concession.conditions) == ("DEV-7", "Mark the boxes.")
    assert (concession.valid_to, concession.decided_on) == (today(), today())
    assert concession.decided_by.startswith(cast.customer_quality.printed_name)
    assert (granted.state, granted.signature.person) == ("granted", cast.customer_quality)
    assert decide(cast, found, Nonconformance.USE_AS_IS).state == "dispositioned"
    told = Event.objects.filter(noun="concession request").order_by("pk")
    assert [(each.verb, each.lots) for each in told] == [
        ("request", [found.traveler.number]),
        ("grant", [found.traveler.number]),
    ]


def test_a_request_says_what_and_why_and_stands_alone(cast):
    found = scratched(cast)
    with pytest.raises(NotEntitled):
        concession_requests.request_concession(
            by=cast.inspector, nonconformance=found, proposal="use_as_is", justification="It fits."
        )
    with pytest.raises(Incomplete, match="Say why the pieces will do"):
        ask(cast, found, justification=" ")
    with pytest.raises(Incomplete, match="used as they are, or repaired"):
        ask(cast, found, proposal="scrap")
    request = ask(cast, found)
    assert (request.quantity, request.description, request.customer) == (3, "Scratched face.", cast.customer)
    with pytest.raises(NotTheMoment, match="asks for NC-"):
        ask(cast, found)
    concession_requests.withdraw(by=cast.quality, request=request, reason="Other words.")
    assert ask(cast, found).state == "requested"


def test_a_decided_nonconformance_and_one_without_pieces_are_not_asked_for(cast):
    found = scratched(cast)
    lot = found.traveler
    record_quantity_move(
        by=cast.quality,
        traveler=lot,
        kind=QuantityMove.SCRAPPED,
        quantity=3,
        reason="Crushed.",
        witness=cast.inspector,
    )
    with pytest.raises(Incomplete, match="No piece of"):
        ask(cast, found)
    other = scratched(cast)
    decide(cast, other, Nonconformance.SCRAP)
    with pytest.raises(NotTheMoment, match="asked for while it is open"):
        ask(cast, other)


@pytest.mark.parametrize("who", ["buyer", "stranger_buyer", "quality", "vendor"])
def test_only_the_customers_quality_people_decide(cast, who):
    request = make_request(cast)
    with pytest.raises(NotEntitled, match="this is for the quality people of Orrin Aerospace"):
        grant(cast, request, by=getattr(cast, who))
    assert grant(cast, request).state == "granted"


@pytest.mark.parametrize(
    ("facts", "refusal", "words"),
    [
        ({"quantity": 0}, Incomplete, "at least 1 piece"),
        ({"quantity": 4}, BeyondWhatWasAsked, "asks for 3 pieces; 4 cannot be granted"),
        ({"serials": ("0009",)}, BeyondWhatWasAsked, "does not ask for 0009"),
        ({"valid_to": in_days(-1)}, Incomplete, "has passed"),
    ],
)
def test_limits_stay_within_what_was_asked(cast, facts, refusal, words):
    request = ask(cast, scratched(cast))
    with pytest.raises(refusal, match=words):
        grant(cast, request, **facts)
    assert grant(cast, request).granted_quantity == 3


def test_of_serialised_pieces_the_serials_are_named(cast):
    found = make_nonconformance(cast, record=None)
    assert found.serials
    request = ask(cast, found)
    assert grant(cast, request).granted_serials == found.serials


def test_fewer_granted_pieces_let_pass_no_more_than_those(cast):
    found = scratched(cast)
    grant(cast, ask(cast, found), quantity=2)
    with pytest.raises(DesignAuthorityNeeded):
        decide(cast, found, Nonconformance.USE_AS_IS)
    record_quantity_move(
        by=cast.quality,
        traveler=found.traveler,
        kind=QuantityMove.SCRAPPED,
        quantity=1,
        reason="The customer let only two pass.",
        witness=cast.inspector,
    )
    assert decide(cast, found, Nonconformance.USE_AS_IS).state == "dispositioned"


def test_a_concession_that_has_ended_decides_nothing(cast):
    found = scratched(cast)
    concede(cast, found, decided_on=today() - timedelta(days=9), valid_to=today() - timedelta(days=1))
    with pytest.raises(DesignAuthorityNeeded):
        decide(cast, found, Nonconformance.USE_AS_IS)
    with pytest.raises(Incomplete, match="before it was decided"):
        concede(cast, found, valid_to=today() - timedelta(days=1))
    concede(cast, found, valid_to=today())
    assert decide(cast, found, Nonconformance.USE_AS_IS).state == "dispositioned"


def test_refusal_and_withdrawal_say_why_and_end_it(cast):
    request = make_request(cast)
    by = cast.customer_quality
    with pytest.raises(Incomplete, match="Say why CR-"):
        concession_requests.refuse(by=by, request=request, token=reauth(by), reason=" ")
    refused = concession_requests.refuse(by=by, request=request, token=reauth(by), reason="No.")
    assert (refused.state, refused.decision_reason, Concession.objects.count()) == ("refused", "No.", 0)
    with pytest.raises(NotTheMoment, match="is refused already"):
        grant(cast, request)
    with pytest.raises(NotTheMoment):
        concession_requests.withdraw(by=cast.quality, request=request, reason="Too late.")
    other = make_request(cast)
    with pytest.raises(Incomplete, match="Say why"):
        concession_requests.withdraw(by=cast.quality, request=other, reason="")
    with pytest.raises(NotEntitled):
        concession_requests.withdraw(by=cast.inspector, request=other, reason="No more.")
    assert (
        concession_requests.withdraw(by=cast.quality, request=other, reason="Reworked.").state == "withdrawn"
    )


def test_a_permit_is_given_before_making_and_used_up_by_what_departs(cast):
    found = scratched(cast)
    line = found.traveler.order_line
    asked = permit(cast, line)
    with pytest.raises(NotTheMoment, match="is no deviation permit the customer has granted"):
        concession_requests.draw_on_permit(by=cast.quality, permit=asked, nonconformance=found)
    given = grant(cast, asked)
    concession = concession_requests.draw_on_permit(by=cast.quality, permit=given, nonconformance=found)
    assert (concession.quantity_limit, concession.request, concession_requests.left_of(given)) == (
        3,
        given,
        1,
    )
    assert decide(cast, found, Nonconformance.USE_AS_IS).state == "dispositioned"
    with pytest.raises(NotTheMoment, match="decided already"):
        concession_requests.draw_on_permit(by=cast.quality, permit=given, nonconformance=found)
    more = nonconformances.open_nonconformance(
        by=cast.inspector, traveler=found.found_on_traveler, description="Scratched too.", quantity=2
    )
    with pytest.raises(PermitUsedUp, match="has 1 pieces left"):
        concession_requests.draw_on_permit(by=cast.quality, permit=given, nonconformance=more)


def test_a_permit_of_another_line_or_one_that_ended_covers_nothing(cast):
    found, other = scratched(cast), scratched(cast)
    given = grant(cast, permit(cast, other.traveler.order_line))
    with pytest.raises(PermitUsedUp, match="another order line"):
        concession_requests.draw_on_permit(by=cast.quality, permit=given, nonconformance=found)
    ConcessionRequest.objects.filter(pk=given.pk).update(valid_to=today() - timedelta(days=1))
    with pytest.raises(NotTheMoment, match="ended on"):
        concession_requests.draw_on_permit(by=cast.quality, permit=given, nonconformance=other)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"description": " "}, "which requirement"),
        ({"justification": ""}, "Say why"),
        ({"quantity": 0}, "cannot be"),
        ({"quantity": 1_000}, "cannot be"),
    ],
)
def test_a_permit_names_its_requirement_and_pieces(cast, facts, words):
    line = make_lot(cast).order_line
    with pytest.raises(Incomplete, match=words):
        permit(cast, line, **facts)
    assert permit(cast, line).kind_words == "Deviation permit"


@pytest.mark.parametrize("is_for_this_customer", [True, False])
def test_delegated_review_authority_concedes_for_its_customer_only(cast, is_for_this_customer):
    found = scratched(cast)
    grant_authority(
        by=cast.manager,
        person=cast.quality,
        act=Authority.MATERIAL_REVIEW,
        valid_from=today(),
        basis="Delegation letter OA-44",
        customer=cast.customer if is_for_this_customer else cast.stranger_customer,
    )
    if not is_for_this_customer:
        with pytest.raises(DesignAuthorityNeeded):
            decide(cast, found, Nonconformance.USE_AS_IS)
        assert Concession.objects.count() == 0
        return
    decide(cast, found, Nonconformance.USE_AS_IS)
    concession = Concession.objects.get()
    assert (concession.source, concession.customer_reference) == ("delegated", "Delegation letter OA-44")
    assert concession.decided_by.endswith("for Orrin Aerospace by delegation")


def test_nothing_counts_as_shipped_before_it_left(cast):
    found = scratched(cast)
    assert concession_requests.shipped_under(found) == 0
    found.traveler.__class__.objects.filter(pk=found.traveler.pk).update(state="shipped")
    assert concession_requests.shipped_under(found) == 3
