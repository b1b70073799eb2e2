"""What is not to the drawing: set apart, decided by whoever may, closed."""

import pytest

from inspection.domain import nonconformances
from inspection.domain.nonconformances import DesignAuthorityNeeded
from inspection.models import Nonconformance
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from routes.domain.lots import current_step, quantity_of, serials_of
from routes.domain.quantities import WitnessNeeded
from routes.models import QuantityMove
from tests.cast import reauth
from tests.days import in_days
from tests.factories.inspection import concede, decide, make_final_inspection, make_lot, make_nonconformance
from tests.factories.measuring import measure, pass_inspection
from tests.factories.routes import sign_step


@pytest.fixture
def serialized(cast):
    """An open final inspection of five serialised pieces."""
    return make_final_inspection(cast, is_serialized=True)


def test_exactly_the_failing_piece_is_set_apart(cast, serialized):
    nonconformance = make_nonconformance(cast, record=serialized, serial="0003")
    lot = serialized.traveler
    assert (nonconformance.traveler.number, nonconformance.found_on_traveler) == (f"{lot.number}/1", lot)
    assert serials_of(nonconformance.traveler) == ["0003"]
    assert serials_of(lot) == ["0001", "0002", "0004", "0005"]


@pytest.mark.parametrize("is_serialized", [True, False])
def test_several_failing_values_of_a_piece_join_one(cast, is_serialized):
    record = make_final_inspection(cast, is_serialized=is_serialized)
    first = make_nonconformance(cast, record=record)
    measure(cast, record, "3", first.serials[0], "90")
    assert list(Nonconformance.objects.all()) == [first]
    first.refresh_from_db()
    assert [line.split(" is ")[0].split(": ")[1] for line in first.description.splitlines()] == [
        "characteristic 1 Bore",
        "characteristic 3 Length",
    ]
    assert quantity_of(record.traveler) == 4


def test_two_failing_pieces_stand_in_two_lots(cast):
    record = make_final_inspection(cast)
    first = make_nonconformance(cast, record=record, serial="2")
    second = make_nonconformance(cast, record=record, serial="4")
    assert (first.traveler.number, second.traveler.number) == (
        f"{record.traveler.number}/1",
        f"{record.traveler.number}/2",
    )


def test_last_piece_of_a_lot_stays_in_it(cast):
    record = make_final_inspection(cast, quantity=1, is_serialized=True)
    assert make_nonconformance(cast, record=record).traveler == record.traveler


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"description": " "}, "Say what is not to the drawing"),
        ({"quantity": 6}, "has 5 pieces; 6 cannot be nonconforming"),
        ({"quantity": 0}, "0 cannot be nonconforming"),
    ],
)
def test_nonconformance_says_what_and_how_many(cast, facts, words):
    wanted = {"description": "Scratched face.", "quantity": 2}
    lot = make_lot(cast)
    with pytest.raises(Incomplete, match=words):
        nonconformances.open_nonconformance(by=cast.inspector, traveler=lot, **{**wanted, **facts})
    opened = nonconformances.open_nonconformance(by=cast.inspector, traveler=lot, **wanted)
    assert quantity_of(opened.traveler) == 2


@pytest.mark.parametrize("choice", [Nonconformance.USE_AS_IS, Nonconformance.REPAIR])
def test_design_authority_decides_on_use_and_repair(cast, serialized, choice):
    nonconformance = make_nonconformance(cast, record=serialized)
    facts = {"rework_operations": (20,)} if choice == Nonconformance.REPAIR else {}
    with pytest.raises(DesignAuthorityNeeded, match="Only the design authority"):
        decide(cast, nonconformance, choice, **facts)
    concede(cast, nonconformance)
    decided = decide(cast, nonconformance, choice, **facts)
    assert (decided.state, decided.disposition) == ("dispositioned", choice)
    assert decided.disposition_signature.person == cast.quality


def test_concession_for_too_few_pieces_covers_nothing(cast):
    lot = make_lot(cast)
    nonconformance = nonconformances.open_nonconformance(
        by=cast.inspector, traveler=lot, description="Scratched face.", quantity=3
    )
    concede(cast, nonconformance, quantity_limit=2)
    with pytest.raises(DesignAuthorityNeeded):
        decide(cast, nonconformance, Nonconformance.USE_AS_IS)
    concede(cast, nonconformance, quantity_limit=1)
    assert decide(cast, nonconformance, Nonconformance.USE_AS_IS).state == "dispositioned"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"customer_reference": " "}, "needs the customer's reference"),
        ({"decided_by": ""}, "needs the customer's reference and who decided"),
        ({"decided_on": in_days(1)}, "a day to come"),
        ({"quantity_limit": 0}, "at least 1 piece"),
        ({"serials": ("0009",)}, "does not hold 0009"),
    ],
)
def test_concession_names_its_reference_and_limits(cast, serialized, facts, words):
    nonconformance = make_nonconformance(cast, record=serialized)
    with pytest.raises(Incomplete, match=words):
        concede(cast, nonconformance, **facts)
    assert concede(cast, nonconformance).quantity_limit == 1


@pytest.mark.parametrize("choice", [Nonconformance.SCRAP, Nonconformance.RETURN])
def test_pieces_that_leave_are_witnessed_and_their_lot_closes(cast, serialized, choice):
    nonconformance = make_nonconformance(cast, record=serialized)
    with pytest.raises(Incomplete, match="name a witness"):
        decide(cast, nonconformance, choice, witness=None)
    with pytest.raises(WitnessNeeded):
        decide(cast, nonconformance, choice, witness=cast.quality)
    decide(cast, nonconformance, choice)
    lot = nonconformance.traveler
    lot.refresh_from_db()
    moved = QuantityMove.objects.get(traveler=lot)
    assert (lot.state, quantity_of(lot), moved.serials, moved.witness) == (
        "closed",
        0,
        ["0005"],
        cast.inspector,
    )


def test_unserialized_scrap_closes_its_lot_too(cast):
    nonconformance = make_nonconformance(cast)
    decide(cast, nonconformance, Nonconformance.SCRAP)
    nonconformance.traveler.refresh_from_db()
    assert nonconformance.traveler.state == "closed"


def test_rework_names_its_operations_and_closes_when_done(cast, serialized):
    nonconformance = make_nonconformance(cast, record=serialized)
    with pytest.raises(Incomplete, match="Name the operations"):
        decide(cast, nonconformance, Nonconformance.REWORK)
    decided = decide(cast, nonconformance, Nonconformance.REWORK, rework_operations=(20, 30))
    with pytest.raises(Incomplete, match="operation 20 is not signed again"):
        nonconformances.close(by=cast.inspector, nonconformance=decided)
    sign_step(cast, current_step(nonconformance.traveler))
    pass_inspection(cast, nonconformance.traveler)
    assert nonconformances.close(by=cast.inspector, nonconformance=decided).state == "closed"


def test_decision_has_a_reason_and_is_made_once(cast, serialized):
    nonconformance = make_nonconformance(cast, record=serialized)
    with pytest.raises(Incomplete, match="Say why"):
        nonconformances.disposition(
            by=cast.quality,
            nonconformance=nonconformance,
            disposition=Nonconformance.SCRAP,
            reason="",
            token=reauth(cast.quality),
            witness=cast.inspector,
        )
    decide(cast, nonconformance, Nonconformance.SCRAP)
    with pytest.raises(NotTheMoment):
        decide(cast, nonconformance, Nonconformance.SCRAP)


def test_open_nonconformance_is_not_closed(cast, serialized):
    with pytest.raises(NotTheMoment):
        nonconformances.close(by=cast.inspector, nonconformance=make_nonconformance(cast, record=serialized))


def test_inspector_decides_nothing(cast, serialized):
    nonconformance = make_nonconformance(cast, record=serialized)
    with pytest.raises(NotEntitled, match="may not disposition nonconformances"):
        nonconformances.disposition(
            by=cast.inspector,
            nonconformance=nonconformance,
            disposition=Nonconformance.SCRAP,
            reason="Out of limits.",
            token=reauth(cast.inspector),
        )
