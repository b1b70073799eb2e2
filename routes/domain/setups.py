"""The approved setups of an operation, the setup as run, and what somebody decided about each difference."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.domain.authorities import require_authority
from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.domain.moves import lock
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Organization, Person, Signature, Site
from routes.domain import lock_policies
from routes.domain.drafts import require_draft
from routes.domain.lots import lineage, lock_lots
from routes.domain.setup_comparison import nearest, only_site
from routes.domain.words import AuthorMayNotApprove, require_text
from routes.formats.nc_program import nc_hashes
from routes.models import Gauge, LockDifference, Operation, Setup, SetupRun, Traveler, TravelerStep
from routes.permissions import FLOOR, PLANNERS, require_role


class NoSetupHere(Refused):
    """The operation is not one a machine is set up for."""

    code = "no-setup-here"


class SiteOfAnother(Refused):
    """A setup stands at a site of the shop."""

    code = "site-of-another"


class DifferenceUndecided(NotTheMoment):
    """The step was run with something nobody has approved or decided on."""

    code = "difference-undecided"


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
    name: str = "",
    site: Site | None = None,
    machine: str = "",
) -> Setup:
    """Approve fixture, program, offsets and gauges of a machine operation; release freezes them.

    While the route is a draft, approving again under the same name replaces that setup; another name adds one.
    Raises:  NotEntitled without role or authority; RevisionIsFrozen; NotTheMoment; NoSetupHere; Incomplete
             without a fixture; SiteOfAnother; FileRefused for a program that cannot be read.
    """
    require_role(by=by, roles=PLANNERS, act="approve setups")
    draft = require_draft(operation.route_revision)
    require_authority(person=by, act=Authority.APPROVE_ROUTE, customer=draft.route.part.customer)
    require_machine(operation)
    facts = setup_facts(
        by=by,
        operation=operation,
        fixture=fixture,
        fixture_revision=fixture_revision,
        nc_program=nc_program,
        nc_program_name=nc_program_name,
        offsets=offsets,
        notes=notes,
        site=site,
        machine=machine,
    )
    same = Setup.objects.filter(operation=operation, name=name.strip(), state=Setup.APPROVED).first()
    setup = same or Setup(
        operation=operation, name=name.strip(), number=next_number("SU"), state=Setup.APPROVED
    )
    for field, value in (facts | {"author": by}).items():
        setattr(setup, field, value)
    setup.save()
    setup.gauges.set(gauges)
    record_event(
        by=by,
        verb="approve_setup",
        noun="route",
        number=draft.number,
        data={"sequence": operation.sequence, "setup": setup.number, **content_of(setup)},
    )
    return setup


def require_machine(operation: Operation) -> None:
    """Refuse an operation no machine is set up for.

    Raises:  NoSetupHere.
    """
    if operation.kind != Operation.MACHINE:
        raise NoSetupHere(
            f"Operation {operation.sequence} {operation.name} is no machine operation, so it has no setup."
        )


def setup_facts(
    *,
    by: Person,
    operation: Operation,
    fixture: str,
    fixture_revision: str,
    nc_program: bytes | None,
    nc_program_name: str,
    offsets: dict[str, str],
    notes: str,
    site: Site | None,
    machine: str,
) -> dict:
    """Return the fields of a setup as they are kept, its program taken in.

    Raises:  Incomplete without a fixture; SiteOfAnother; FileRefused for a program that cannot be read.
    """
    if site is not None and site.organization.kind != Organization.SHOP:
        raise SiteOfAnother(
            f"{site} is no site of the shop, so no machine of ours stands there. Choose ours."
        )
    return {
        "fixture": require_text(
            fixture, f"The setup of operation {operation.sequence} names no fixture. Give it."
        ),
        "fixture_revision": fixture_revision.strip(),
        "offsets": _in_words(offsets),
        "notes": notes.strip(),
        "site": site,
        "machine": machine.strip(),
        **_kept_program(by=by, content=nc_program, name=nc_program_name),
    }


def _in_words(offsets: dict[str, str]) -> dict[str, str]:
    """Return offsets as they are kept: text under text."""
    return {str(name).strip(): str(value).strip() for name, value in offsets.items()}


def content_of(setup: Setup) -> dict:
    """Return what a setup says, as plain data to be signed or told."""
    content = {
        "fixture": setup.fixture,
        "fixture_revision": setup.fixture_revision,
        "nc_raw_sha256": setup.nc_raw_sha256,
        "nc_cutting_sha256": setup.nc_cutting_sha256,
        "offsets": setup.offsets,
        "gauges": sorted(gauge.number for gauge in setup.gauges.all()),
        "notes": setup.notes,
    }
    named = {"name": setup.name, "site": str(setup.site) if setup.site else "", "machine": setup.machine}
    return content | {field: value for field, value in named.items() if value}


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
    offsets: dict[str, str] | None = None,
    machine: str = "",
    site: Site | None = None,
) -> SetupRun:
    """Record what was on the machine, and write down every difference from the nearest approved setup.

    offsets: name and value as they stood on the machine; left out, offsets are not compared.
    1. equal to one of the approved set: nothing differs, and the run remembers which;
    2. else each difference from the nearest is kept, with the policy in force where that calls it routine.

    Raises:  NotEntitled; NoSetupHere when none is approved; NotTheMoment once the lot has left; Incomplete.
    """
    require_role(by=by, roles=FLOOR, act="record setups")
    [lot] = lock_lots([step.traveler.number])
    if lot.state in (Traveler.SHIPPED, Traveler.CLOSED):
        raise NotTheMoment(
            f"Lot {lot.number} is {lot.get_state_display().lower()}; no setup is run on it any more."
        )
    approved = _require_approved(step.operation)
    if nc_program is not None:
        hashes = nc_hashes(nc_program)
        nc_raw_sha256, nc_cutting_sha256 = hashes.raw_sha256, hashes.cutting_sha256
    run = SetupRun(
        step=step,
        fixture=require_text(fixture, f"Say which fixture was used for step {step.number}."),
        fixture_revision=fixture_revision.strip(),
        nc_raw_sha256=nc_raw_sha256,
        nc_cutting_sha256=nc_cutting_sha256,
        offsets=_in_words(offsets or {}),
        machine=machine.strip(),
        site=site or only_site(),
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    run.setup, found = nearest(approved, run)
    run.save()
    policy = lock_policies.in_force(lot.order_line.order.customer) if found else None
    routine = [each.field for each in found if policy and each.field in policy.routine]
    for field, locked, as_run in found:
        LockDifference.objects.create(
            run=run,
            field=field,
            locked=locked,
            as_run=as_run,
            routine_by=policy if field in routine else None,
        )
    record_event(
        by=by,
        verb="record_setup",
        noun="step",
        number=step.number,
        lots=[lot.number],
        data={
            "setup": run.setup.number,
            "fixture": run.fixture,
            "machine": run.machine,
            "differences": [each.field for each in found],
            "routine": routine,
        },
    )
    return run


def _require_approved(operation: Operation) -> list[Setup]:
    """Return the approved setups of an operation.

    Raises:  NoSetupHere when there is none, or none any more.
    """
    if approved := list(
        Setup.objects.filter(operation=operation, state=Setup.APPROVED).select_related("site").order_by("pk")
    ):
        return approved
    where = f"Operation {operation.sequence} {operation.name}"
    if Setup.objects.filter(operation=operation, state=Setup.WITHDRAWN).exists():
        raise NoSetupHere(
            f"{where} has no approved setup left: every one was withdrawn. Propose another and have it approved."
        )
    raise NoSetupHere(f"{where} has no locked setup to compare with.")


def require_differences_decided(lot: Traveler, step: TravelerStep) -> None:
    """Refuse while something of the setup as run waits for a decision; what is routine does not.

    Raises:  DifferenceUndecided naming the first one, the setup and who may decide.
    """
    if sentence := what_waits(lot, step):
        raise DifferenceUndecided(sentence)


def what_waits(lot: Traveler, step: TravelerStep) -> str:
    """Return which difference of the setup as run keeps a step from its signature; empty when none does.

    A child's step waits for what was run before its split, too.
    """
    held = Q()
    for owner, until in lineage(lot):
        run = Q(run__step__traveler=owner)
        held |= run & Q(run__recorded_at__lte=until) if until else run
    difference = (
        LockDifference.objects.filter(held, routine_by=None, disposition_signature=None)
        .filter(run__step__operation=step.operation_id, run__step__pass_number=step.pass_number)
        .select_related("run__setup", "run__recorded_by")
        .order_by("pk")
        .first()
    )
    if difference is None:
        return ""
    run = difference.run
    against = f" from setup {run.setup.words}" if run.setup else ""
    return (
        f"Step {step.number} waits: the {difference.field.replace('_', ' ')} as run differs{against}, and nobody has "
        f"decided on it. Ask a quality engineer other than {run.recorded_by.printed_name} to decide."
    )


@transaction.atomic
def disposition_difference(
    *, by: Person, difference: LockDifference, reason: str, token: str
) -> LockDifference:
    """Decide, with a reason, that a difference from the nearest approved setup is acceptable.

    Raises:  NotEntitled; AuthorMayNotApprove for whoever recorded the run; NotTheMoment when it is decided or routine;
             Incomplete without a reason; CredentialRefused.
    """
    require_role(by=by, roles=PLANNERS, act="disposition setup differences")
    step = difference.run.step
    [lot] = lock_lots([step.traveler.number])
    current = lock(difference)
    if current.disposition_signature_id is not None:
        raise NotTheMoment(f"The difference in {current.field} at step {step.number} is decided already.")
    if current.routine_by_id is not None:
        raise NotTheMoment(
            f"The difference in {current.field} at step {step.number} is routine by policy "
            f"{current.routine_by.number}; it needs no decision."
        )
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
            "setup": current.run.setup.number if current.run.setup else "",
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
