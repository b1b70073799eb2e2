import pytest

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from routes.domain import holds, lots, materials
from routes.domain.holds import LotOnHold
from routes.domain.materials import MaterialDoesNotMatch, MaterialTooLittle
from routes.domain.words import DatesDoNotFit, QuantityNotPossible
from routes.models import Traveler
from tests.days import in_days
from tests.factories import routes as made


def issue(cast, lot, material, **changes):
    return materials.issue_material(
        **{"by": cast.operator, "traveler": lot, "material_lot": material, **changes}
    )


def test_the_balance_is_what_was_not_issued_whatever_becomes_of_the_lot(cast):
    material, lot = made.make_material(cast, pieces=60), made.make_open_traveler(cast)
    issued = issue(cast, lot, material)
    assert (issued.material_pieces, materials.balance(material)) == (50, 10)
    child = lots.split(by=cast.operator, traveler=lot, quantity=20, reason="Two machines")
    assert (child.material_lot, child.material_pieces, materials.balance(material)) == (material, None, 10)


def test_a_child_split_off_before_the_issue_gets_its_own(cast):
    material, lot = made.make_material(cast, pieces=50), made.make_open_traveler(cast)
    child = lots.split(by=cast.operator, traveler=lot, quantity=20, reason="Two heats")
    assert issue(cast, lot, material).material_pieces == 30
    assert issue(cast, child, material).material_pieces == 20
    assert materials.balance(material) == 0


def test_a_heat_gives_no_more_than_it_has(cast):
    lot = made.make_open_traveler(cast)
    material = made.make_material(cast, pieces=49)
    with pytest.raises(MaterialTooLittle) as refusal:
        issue(cast, lot, material)
    assert refusal.value.sentence == (
        f"{material} has 49 pieces left, lot {lot.number} needs 50. "
        "Issue another heat, or split the lot so that each part has one heat."
    )
    assert issue(cast, lot, made.make_material(cast, pieces=50)).material_pieces == 50


def test_material_matches_the_operation_and_the_order(cast):
    lot = made.make_open_traveler(cast)
    other = made.make_material_specification(cast, number="AMS 4911")
    for facts in (
        {"specification": other},
        {"condition": "6061-T651"},
        {"is_customer_furnished": True},
    ):
        with pytest.raises(MaterialDoesNotMatch):
            issue(cast, lot, made.make_material(cast, **facts))
    assert issue(cast, lot, made.make_material(cast, condition="6061 - t6")).material_pieces == 50


def test_toll_work_uses_the_material_of_its_customer(cast):
    route = made.make_released_route(cast)
    line = made.make_order_line(cast, route.part_revision, sourcing="toll")
    lot = made.make_open_traveler(cast, route_revision=route, order_line=line)
    for facts in ({}, {"is_customer_furnished": True, "supplier": cast.stranger_customer}):
        with pytest.raises(MaterialDoesNotMatch):
            issue(cast, lot, made.make_material(cast, **facts))
    own = made.make_material(cast, is_customer_furnished=True, supplier=cast.customer)
    assert issue(cast, lot, own).material_lot == own


def test_material_is_issued_once_at_its_own_step(cast):
    lot, material = made.make_open_traveler(cast), made.make_material(cast)
    with pytest.raises(NotEntitled):
        issue(cast, lot, material, by=cast.buyer)
    hold = holds.place_hold(by=cast.operator, traveler=lot, reason="Wrong tag")
    with pytest.raises(LotOnHold):
        issue(cast, lot, material)
    hold.state = "released"
    hold.save()
    issue(cast, lot, material)
    with pytest.raises(NotTheMoment) as refusal:
        issue(cast, lot, material)
    assert refusal.value.sentence.startswith(f"Lot {lot.number} has its material, {material}.")
    made.sign_step(cast, made.step_at(lot, 10))
    with pytest.raises(NotTheMoment) as refusal:
        issue(cast, lot, material)
    assert refusal.value.sentence == (
        f"The next step of lot {lot.number} is not a material issue but Mill complete. "
        "Material is issued at its own step."
    )
    Traveler.objects.filter(pk=lot.pk).update(state="closed")
    with pytest.raises(NotTheMoment):
        issue(cast, lot, material)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"identifier": " "}, Incomplete),
        ({"condition": ""}, Incomplete),
        ({"form": ""}, Incomplete),
        ({"pieces": 0}, QuantityNotPossible),
        ({"received_on": in_days(1)}, DatesDoNotFit),
    ],
)
def test_what_a_receipt_needs(cast, changes, refusal):
    with pytest.raises(refusal):
        made.make_material(cast, **changes)


def test_a_process_specification_is_no_material(cast):
    with pytest.raises(MaterialDoesNotMatch):
        made.make_material(cast, specification=made.make_process_specification(cast))


def test_a_certificate_is_written_onto_the_heat_and_tells_its_lots(cast):
    lot = made.make_open_traveler(cast, up_to=20)
    material = lot.material_lot
    facts = {"material_lot": material, "number": "MTR-77", "on": made.today(), "state": "accepted"}
    with pytest.raises(NotEntitled):
        materials.record_certificate(by=cast.operator, **facts)
    recorded = materials.record_certificate(by=cast.quality, **facts)
    assert (recorded.certificate_number, recorded.certificate_on, recorded.certificate_state) == (
        "MTR-77",
        made.today(),
        "accepted",
    )
    assert Event.objects.get(verb="record_certificate").lots == [lot.number]
