"""A whole plan at once: as the plain content that is signed, and as a copy to begin from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from portal.domain.numbers import next_number
from portal.domain.signatures import altered
from routes.domain.finish_plans import copy_features, finish_content
from routes.domain.sampling_rules import FIELDS
from routes.domain.setups import content_of as setup_content
from routes.models import Characteristic, NoteMapping, Operation, PlannedCheck, RouteRevision, Setup

SAME_IN_EVERY_COPY = (
    "sequence",
    "kind",
    "name",
    "instructions",
    "work_center",
    "quality_owner",
    "timing_owner",
    "incoming_owner",
    "spec_type",
    "spec_class",
    "material_condition",
    "certificate_type",
    "is_irreversible",
    "changes_surface",
)
SAME_IN_EVERY_SETUP = (
    "name",
    "site_id",
    "machine",
    "fixture",
    "fixture_revision",
    "nc_program_id",
    "nc_program_name",
    "nc_raw_sha256",
    "nc_cutting_sha256",
    "offsets",
    "notes",
)

# how people call what is signed, where its name does not say it
CALLED = {
    "operations": "which operations it has",
    "operations.*": "the {name} of an operation",
    "checks": "which checks are planned",
    "checks.*": "the {name} of a planned check",
    "notes": "which drawing notes are answered",
    "notes.*": "the {name} of the answer to a drawing note",
    "finish": "the allowances for the finish",
}


def content_of(route_revision: RouteRevision) -> dict:
    """Return the plan as plain data, complete enough that a changed word changes the signature's hash."""
    operations = (
        route_revision.operations.select_related("specification")
        .prefetch_related("makes", "setups__site", "setups__gauges")
        .order_by("sequence")
    )
    signed = route_revision.release_signature
    checks = PlannedCheck.objects.filter(operation__route_revision=route_revision)
    mappings = route_revision.note_mappings.select_related("note", "operation")
    finish = finish_content(route_revision)
    return {
        "part_revision": str(route_revision.part_revision),
        "author": route_revision.author.email,
        "operations": [
            _operation_content(operation, signed.signed_at if signed else None)
            for operation in operations.order_by("sequence")
        ],
        "checks": [
            _check_content(check)
            for check in checks.select_related("operation", "characteristic").order_by(
                "operation__sequence", "characteristic__position"
            )
        ],
        "notes": [_mapping_content(mapping) for mapping in mappings.order_by("note_id")],
        **({"finish": finish} if finish else {}),
    }


def altered_since_release(route_revision: RouteRevision) -> str:
    """Return what of a released plan is no longer as it was signed, in a sentence; nothing otherwise."""
    signature, number = route_revision.release_signature, route_revision.number
    if signature is None:
        return ""
    return altered(signature, noun="route", number=number, content=content_of(route_revision), words=CALLED)


def altered_routes(numbers: Iterable[str]) -> dict[str, str]:
    """Return of each released route by number what is no longer as it was signed; an intact one is left out."""
    routes = RouteRevision.objects.filter(number__in=set(numbers)).select_related(
        "release_signature", "part_revision__part", "author"
    )
    return {route.number: words for route in routes if (words := altered_since_release(route))}


def _operation_content(operation: Operation, released_at: datetime | None) -> dict:
    content = {field: getattr(operation, field) for field in SAME_IN_EVERY_COPY}
    content["specification"] = str(operation.specification) if operation.specification else ""
    if made := sorted(operation.makes.all(), key=lambda each: each.position):
        content["makes"] = [each.balloon for each in made]
    if setups := _of_release(operation, released_at):
        content["setups"] = [setup_content(setup) for setup in setups]
    return content


def _of_release(operation: Operation, released_at: datetime | None) -> list[Setup]:
    """Return the setups the release signs, those withdrawn since among them.

    Those approved later have signatures of their own.
    """
    return [
        setup
        for setup in sorted(operation.setups.all(), key=lambda each: each.pk)
        if setup.signature_id is None and (setup.state == Setup.APPROVED or _stood_at(setup, released_at))
    ]


def _stood_at(setup: Setup, released_at: datetime | None) -> bool:
    """Say whether a setup that was withdrawn still stood when its route was released."""
    if setup.state != Setup.WITHDRAWN:
        return False
    withdrawn = setup.history.filter(state=Setup.WITHDRAWN).order_by("history_date").first()
    return released_at is not None and withdrawn is not None and withdrawn.history_date > released_at


def _check_content(check: PlannedCheck) -> dict:
    characteristic = check.characteristic
    content = {
        "sequence": check.operation.sequence,
        "balloon": characteristic.balloon,
        "requirement": characteristic.requirement,
        "lower": characteristic.lower,
        "upper": characteristic.upper,
        "unit": characteristic.unit,
        "side": check.side,
        "rule": check.sampling_rule,
        "size": check.sample_size,
        "gauge_kind": check.gauge_kind,
    }
    if check.sampling_rule in PlannedCheck.SETTLED_LATER:
        content["sampling"] = {field: getattr(check, field) for field in FIELDS[2:]}
    return content


def _mapping_content(mapping: NoteMapping) -> dict:
    return {
        "note": mapping.note.note_number,
        "text": mapping.note.text,
        "operation": mapping.operation.sequence if mapping.operation else None,
        "document": mapping.document,
        "not_applicable": mapping.not_applicable_reason,
    }


def copy_plan(*, source: RouteRevision, target: RouteRevision) -> None:
    """Copy operations, setups, checks and answers to notes from one revision to a new draft."""
    copies = {
        operation.pk: _copy_operation(operation, target)
        for operation in source.operations.order_by("sequence")
    }
    _copy_checks(source, target, copies)
    _copy_makes(source, target, copies)
    _copy_mappings(source, target, copies)
    copy_features(source=source, target=target)


def _copy_operation(operation: Operation, target: RouteRevision) -> Operation:
    same = {field: getattr(operation, field) for field in SAME_IN_EVERY_COPY}
    copied = Operation.objects.create(
        route_revision=target, specification_id=operation.specification_id, **same
    )
    for setup in operation.setups.filter(state=Setup.APPROVED):
        new = Setup.objects.create(
            number=next_number("SU"),
            operation=copied,
            state=Setup.APPROVED,
            author=target.author,
            **{field: getattr(setup, field) for field in SAME_IN_EVERY_SETUP},
        )
        new.gauges.set(setup.gauges.all())
    return copied


def _copy_checks(source: RouteRevision, target: RouteRevision, copies: dict[int, Operation]) -> None:
    same_in = _same_in(target)
    checks = PlannedCheck.objects.filter(operation__route_revision=source).select_related("characteristic")
    for check in checks:
        same = same_in(check.characteristic)
        if same is not None:
            PlannedCheck.objects.create(
                operation=copies[check.operation_id],
                characteristic=same,
                side=check.side,
                gauge_kind=check.gauge_kind,
                **{field: getattr(check, field) for field in FIELDS},
            )


def _same_in(target: RouteRevision) -> Callable[[Characteristic], Characteristic | None]:
    """Return how to find a characteristic in the revision the target makes: by identity, else by balloon."""
    there = list(target.part_revision.characteristics.all())
    by_identity = {each.identity: each for each in there}
    by_balloon = {each.balloon: each for each in there}

    def same(characteristic: Characteristic) -> Characteristic | None:
        if found := by_identity.get(characteristic.identity):
            return found
        return by_balloon.get(characteristic.balloon)

    return same


def _copy_makes(source: RouteRevision, target: RouteRevision, copies: dict[int, Operation]) -> None:
    same_in = _same_in(target)
    for operation in source.operations.prefetch_related("makes"):
        found = {same_in(each) for each in operation.makes.all()} - {None}
        copies[operation.pk].makes.set(found)


def _copy_mappings(source: RouteRevision, target: RouteRevision, copies: dict[int, Operation]) -> None:
    by_words = {(note.note_number, note.text): note for note in target.part_revision.notes.all()}
    for mapping in source.note_mappings.select_related("note"):
        same = by_words.get((mapping.note.note_number, mapping.note.text))
        if same is not None and mapping.not_applicable_signature_id is None:
            NoteMapping.objects.create(
                route_revision=target,
                note=same,
                operation=copies.get(mapping.operation_id),
                document=mapping.document,
            )
