"""The locked setup, the setup as run, and what somebody decided about each difference."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from portal.domain.authorities import require_authority
from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.domain.moves import lock
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature
from routes.domain.drafts import require_draft
from routes.domain.lots import lock_lots
from routes.domain.words import AuthorMayNotApprove, require_text
from routes.formats.nc_program import nc_hashes
from routes.models import Gauge, LockDifference, Operation, Setup, SetupRun, Traveler, TravelerStep
from routes.permissions import FLOOR, PLANNERS, require_role

NOT_STATED = "not stated"


class NoSetupHere(Refused):
    """The operation is not one a machine is set up for."""

    code = "no-setup-here"


@transaction.atomic
def approve_setup(
    *,
    by: Person,
    operation: Operation,
    fixture: str,
    fixture_revision: str,
    nc_program: bytes | None,
    nc_program_name: str,
    offsets: dict[str, str],
    gauges: Iterable[Gauge],
    notes: str = "",
) -> Setup:
    """Approve fixture, program, offsets and gauges of a machine operation; release freezes them.

    Approving again replaces the set while the route is a draft.
    Raises:  NotEntitled without role or authority; RevisionIsFrozen; NotTheMoment; NoSetupHere; Incomplete
             without a fixture; FileRefused for a program that cannot be read.
    """
    require_role(by=by, roles=PLANNERS, act="approve setups")
    draft = require_draft(operation.route_revision)
    require_authority(person=by, act=Authority.APPROVE_ROUTE, customer=draft.route.part.customer)
    if operation.kind != Operation.MACHINE:
        raise NoSetupHere(
            f"Operation {operation.sequence} {operation.name} is no machine operation, so it has no setup."
        )
    locked = {
        "fixture": require_text(
            fixture, f"The setup of operation {operation.sequence} names no fixture. Give it."
        ),
        "fixture_revision": fixture_revision.strip(),
        "offsets": {str(key): str(value) for key, value in offsets.items()},
        "notes": notes.strip(),
        **_kept_program(by=by, content=nc_program, name=nc_program_name),
    }
    setup, _ = Setup.objects.update_or_create(operation=operation, defaults=locked)
    setup.gauges.set(gauges)
    record_event(
        by=by,
        verb="approve_setup",
        noun="route",
        number=draft.number,
        data={
            "sequence": operation.sequence,
            "fixture": f"{setup.fixture} {setup.fixture_revision}".strip(),
            "nc_raw_sha256": setup.nc_raw_sha256,
            "gauges": sorted(setup.gauges.values_list("number", flat=True)),
        },
    )
    return setup


def _kept_program(*, by: Person, content: bytes | None, name: str) -> dict:
    if content is None:
        return {"nc_program": None, "nc_program_name": "", "nc_raw_sha256": "", "nc_cutting_sha256": ""}
    name = name.strip() or "program.nc"
    hashes = nc_hashes(content)
    return {
        "nc_program": take_in(content=content, name=name, by=by),
        "nc_program_name": name[:120],
        "nc_raw_sha256": hashes.raw_sha256,
        "nc_cutting_sha256": hashes.cutting_sha256,
    }


@transaction.atomic
def record_run(
    *,
    by: Person,
    step: TravelerStep,
    fixture: str,
    fixture_revision: str,
    nc_program: bytes | None = None,
    nc_raw_sha256: str = "",
    nc_cutting_sha256: str = "",
    machine: str = "",
) -> SetupRun:
    """Record what was on the machine, and write down every difference from the locked setup.

    A program that cuts the same but reads differently is a difference too, of `nc_program_comments`.
    Raises:  NotEntitled; NoSetupHere when nothing is locked; NotTheMoment once the lot has left; Incomplete.
    """
    require_role(by=by, roles=FLOOR, act="record setups")
    [lot] = lock_lots([step.traveler.number])
    if lot.state in (Traveler.SHIPPED, Traveler.CLOSED):
        raise NotTheMoment(
            f"Lot {lot.number} is {lot.get_state_display().lower()}; no setup is run on it any more."
        )
    setup = Setup.objects.filter(operation=step.operation_id).first()
    if setup is None:
        raise NoSetupHere(
            f"Operation {step.operation.sequence} {step.operation.name} has no locked setup to compare with."
        )
    if nc_program is not None:
        hashes = nc_hashes(nc_program)
        nc_raw_sha256, nc_cutting_sha256 = hashes.raw_sha256, hashes.cutting_sha256
    run = SetupRun.objects.create(
        step=step,
        fixture=require_text(fixture, f"Say which fixture was used for step {step.number}."),
        fixture_revision=fixture_revision.strip(),
        nc_raw_sha256=nc_raw_sha256,
        nc_cutting_sha256=nc_cutting_sha256,
        machine=machine.strip(),
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    found = differences(setup, run)
    for field, locked, as_run in found:
        LockDifference.objects.create(run=run, field=field, locked=locked, as_run=as_run)
    record_event(
        by=by,
        verb="record_setup",
        noun="step",
        number=step.number,
        lots=[lot.number],
        data={
            "fixture": run.fixture,
            "machine": run.machine,
            "differences": [field for field, _, _ in found],
        },
    )
    return run


def differences(setup: Setup, run: SetupRun) -> list[tuple[str, str, str]]:
    """Return (field, locked, as run) for everything that differs."""
    found = [
        (field, getattr(setup, field), getattr(run, field))
        for field in ("fixture", "fixture_revision")
        if getattr(setup, field) != getattr(run, field)
    ]
    if setup.nc_cutting_sha256 != run.nc_cutting_sha256:
        found.append(("nc_program", setup.nc_cutting_sha256, run.nc_cutting_sha256 or NOT_STATED))
    elif setup.nc_raw_sha256 != run.nc_raw_sha256:
        found.append(("nc_program_comments", setup.nc_raw_sha256, run.nc_raw_sha256 or NOT_STATED))
    return found


@transaction.atomic
def disposition_difference(
    *, by: Person, difference: LockDifference, reason: str, token: str
) -> LockDifference:
    """Decide, with a reason, that a difference from the locked setup is acceptable.

    Raises:  NotEntitled; AuthorMayNotApprove for whoever recorded the run; NotTheMoment when it is decided;
             Incomplete without a reason; CredentialRefused.
    """
    require_role(by=by, roles=PLANNERS, act="disposition setup differences")
    step = difference.run.step
    [lot] = lock_lots([step.traveler.number])
    current = lock(difference)
    if current.disposition_signature_id is not None:
        raise NotTheMoment(f"The difference in {current.field} at step {step.number} is decided already.")
    if current.run.recorded_by_id == by.pk:
        raise AuthorMayNotApprove(
            f"{by.printed_name} recorded the setup of step {step.number} and may not decide its differences. "
            "Ask another quality engineer."
        )
    reason = require_text(
        reason, f"Say why the difference in {current.field} at step {step.number} is acceptable."
    )
    current.reason = reason
    current.disposition_signature = sign(
        by=by,
        token=token,
        meaning=Signature.DISPOSITIONED,
        noun="setup difference",
        number=step.number,
        content={
            "field": current.field,
            "locked": current.locked,
            "as_run": current.as_run,
            "reason": reason,
        },
        act=Authority.APPROVE_ROUTE,
        customer=lot.order_line.order.customer,
        made_by=(current.run.recorded_by,),
    )
    current.save()
    record_event(
        by=by,
        verb="disposition_difference",
        noun="step",
        number=step.number,
        lots=[lot.number],
        data={
            "field": current.field,
            "reason": reason,
            "was": f"locked: {current.locked}",
            "now": f"as run: {current.as_run}",
        },
    )
    return current
