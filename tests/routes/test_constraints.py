"""What PostgreSQL itself refuses, whoever asks."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from routes.models import (
    Calibration,
    MaterialLot,
    NoteMapping,
    QuantityMove,
    SetupRun,
    Traveler,
    TravelerStep,
)
from tests.factories import routes as made


def refused(constraint, act):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()
    assert error.value.__cause__.diag.constraint_name == constraint


def save(record, **changes):
    for field, value in changes.items():
        setattr(record, field, value)
    record.save()


def test_a_lot_holds_pieces_has_its_parent_and_material_together(cast):
    lot = made.make_open_traveler(cast)
    fresh = lambda: Traveler.objects.get(pk=lot.pk)  # noqa: E731
    refused("traveler_quantity_above_zero", lambda: save(fresh(), quantity_started=0))
    refused("child_has_parent_and_moment", lambda: save(fresh(), split_at=timezone.now()))
    refused("child_has_parent_and_moment", lambda: save(fresh(), parent=lot))
    refused("issued_pieces_are_of_a_material", lambda: save(fresh(), material_pieces=5))
    refused(
        "issued_pieces_are_of_a_material",
        lambda: save(fresh(), material_lot=made.make_material(cast), material_pieces=0),
    )


def test_a_signed_step_has_signature_and_moment(cast):
    step = made.step_at(made.make_open_traveler(cast, up_to=20), 20)
    refused("signed_step_has_signature_and_moment", lambda: save(step, state="signed"))
    step = TravelerStep.objects.get(pk=step.pk)
    refused("signed_step_has_signature_and_moment", lambda: save(step, signed_at=timezone.now()))


def test_a_step_is_there_once_a_pass_and_a_serial_once_a_part(cast):
    lot = made.make_open_traveler(cast, is_serialized=True, quantity=2)
    step, piece = lot.steps.first(), lot.pieces.first()
    twin = {"traveler": lot, "operation": step.operation, "pass_number": 1, "number": "T-0-1"}
    refused("step_once_a_pass", lambda: TravelerStep.objects.create(**twin))
    refused(
        "serial_once_a_part",
        lambda: lot.pieces.create(part=piece.part, serial=piece.serial, position=9),
    )


@pytest.mark.parametrize(
    ("kind", "quantity", "constraint"),
    [
        ("scrapped", 0, "move_quantity_makes_sense"),
        ("retained", -1, "move_quantity_makes_sense"),
        ("correction", 0, "move_quantity_makes_sense"),
    ],
)
def test_a_quantity_move_makes_sense_and_is_witnessed(cast, kind, quantity, constraint):
    lot = made.make_open_traveler(cast)
    facts = {"traveler": lot, "reason": "x", "recorded_by": cast.operator, "recorded_at": timezone.now()}
    refused(
        constraint,
        lambda: QuantityMove.objects.create(kind=kind, quantity=quantity, witness=cast.inspector, **facts),
    )
    refused(
        "scrap_and_corrections_are_witnessed",
        lambda: QuantityMove.objects.create(kind="scrapped", quantity=1, **facts),
    )


def test_one_released_route_a_part_revision_and_each_signed(cast):
    route = made.make_released_route(cast)
    draft = made.make_draft_route(cast)
    refused("released_route_is_signed", lambda: save(draft, state="released"))
    refused(
        "one_released_route_a_part_revision",
        lambda: route.route.revisions.create(
            number="R-X-9",
            revision=9,
            part_revision=route.part_revision,
            state="released",
            author=cast.quality,
            release_signature=route.release_signature,
        ),
    )


def test_a_note_has_exactly_one_answer(cast):
    draft = made.make_draft_route(cast)
    mapping = NoteMapping.objects.filter(route_revision=draft).first()
    refused("note_has_exactly_one_answer", lambda: save(mapping, document="Report"))
    mapping = NoteMapping.objects.get(pk=mapping.pk)
    refused("note_has_exactly_one_answer", lambda: save(mapping, operation=None))


def test_limits_are_in_order_and_have_a_unit(cast):
    characteristic = made.make_part_revision(cast).characteristics.first()
    refused("characteristic_limits_in_order", lambda: save(characteristic, lower=11))
    characteristic.refresh_from_db()
    refused("characteristic_limits_have_a_unit", lambda: save(characteristic, unit=""))


def test_outside_work_names_a_specification(cast):
    operation = made.make_draft_route(cast).operations.get(sequence=40)
    refused("outside_operation_names_a_specification", lambda: save(operation, specification=None))


def test_a_sample_has_a_size_and_nothing_else_has(cast):
    check = made.make_draft_route(cast).operations.get(sequence=50).planned_checks.first()
    refused("sample_size_with_sample_rule", lambda: save(check, sampling_rule="sample"))
    check.refresh_from_db()
    refused("sample_size_with_sample_rule", lambda: save(check, sample_size=3))


def test_calibrations_orders_and_material_make_sense(cast):
    gauge, line = made.make_gauge(cast), made.make_order_line(cast, made.make_part_revision(cast))
    day = date(2026, 1, 1)
    refused(
        "calibration_days_in_order",
        lambda: Calibration.objects.create(
            gauge=gauge, certificate_number="C", calibrated_on=day, due_on=day
        ),
    )
    refused("order_quantity_above_zero", lambda: save(line, quantity=0))
    refused("material_above_zero", lambda: save(made.make_material(cast), received_pieces=0))
    assert MaterialLot.objects.count() == 0


def test_evidence_is_only_added(cast):
    from routes.domain import quantities, setups

    lot = made.make_open_traveler(cast, up_to=20)
    quantities.record_quantity_move(
        by=cast.operator, traveler=lot, kind="retained", quantity=1, reason="First piece"
    )
    setups.record_run(by=cast.operator, step=made.step_at(lot, 20), fixture="FX-12", fixture_revision="B")
    changes = {
        QuantityMove: {"quantity": 9},
        SetupRun: {"machine": "VF-4"},
        Traveler.history.model: {"state": "closed"},
    }
    for model, change in changes.items():
        assert model.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**change)
