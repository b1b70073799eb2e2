"""The approved set grows: further setups of a released route, proposed by one person and approved by another."""

from __future__ import annotations

from django.db import transaction

from portal.domain.authorities import require_authority
from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Authority, Person, Signature, Site
from routes.domain.drafts import require_draft
from routes.domain.setup_comparison import approved_of, same_content
from routes.domain.setups import content_of, require_machine, setup_facts
from routes.domain.words import AuthorMayNotApprove, only_once, require_text
from routes.models import Gauge, Operation, Setup
from routes.permissions import PLANNERS, require_role

# what of a setup is its program
PROGRAM = ("nc_program", "nc_program_name", "nc_raw_sha256", "nc_cutting_sha256")


class SetupIsThere(Refused):
    """A setup that every run of this one would equal already."""

    code = "setup-is-there"


@transaction.atomic
def propose_setup(
    *,
    by: Person,
    operation: Operation,
    name: str,
    reason: str,
    fixture: str,
    fixture_revision: str = "",
    nc_program: bytes | None = None,
    nc_program_name: str = "",
    offsets: dict[str, str] | None = None,
    gauges: tuple[Gauge, ...] | list[Gauge] = (),
    notes: str = "",
    site: Site | None = None,
    machine: str = "",
    program_of: Setup | None = None,
) -> Setup:
    """Propose a further setup of a released operation; no run is compared with it before it is approved.

    program_of: the setup of the same operation whose program is run here too, where no other one is given.
    Raises:  NotEntitled; NoSetupHere; NotTheMoment while the route is not released; Incomplete without name, reason
             or fixture; SiteOfAnother; SetupIsThere; AlreadyThere for a name in use; FileRefused.
    """
    require_role(by=by, roles=PLANNERS, act="propose setups")
    require_machine(operation)
    route = operation.route_revision
    if not route.is_frozen:
        raise NotTheMoment(
            f"Route {route.number} is {route.get_state_display().lower()}: its setups are approved in the draft and "
            "with its release. Propose further ones once it is released."
        )
    where = f"operation {operation.sequence} of route {route.number}"
    facts = setup_facts(
        by=by,
        operation=operation,
        fixture=fixture,
        fixture_revision=fixture_revision,
        nc_program=nc_program,
        nc_program_name=nc_program_name,
        offsets=offsets or {},
        notes=notes,
        site=site,
        machine=machine,
    )
    if nc_program is None and program_of is not None and program_of.operation_id == operation.pk:
        facts |= {field: getattr(program_of, field) for field in PROGRAM}
    setup = Setup(operation=operation, author=by, **facts)
    setup.name = require_text(name, f"Give the setup a name that tells it from the others of {where}.")
    setup.reason = require_text(
        reason, f"Say why {where} needs another setup, and what showed that it is good."
    )
    for other in approved_of(operation):
        if same_content(other, setup):
            raise SetupIsThere(
                f"{other.words} has this fixture, program, site and machine already. Run it; nothing is to approve."
            )
    setup.number = next_number("SU")
    with only_once(f"A setup named {setup.name} stands at {where} already. Choose another name."):
        setup.save()
    setup.gauges.set(gauges)
    record_event(by=by, verb="propose", noun="setup", number=setup.number, data=_told(setup))
    return setup


@transaction.atomic
def approve_proposal(*, by: Person, setup: Setup, token: str) -> Setup:
    """Sign a proposed setup: from now on a run that equals it asks nothing.

    Raises:  NotEntitled without role or authority; AuthorMayNotApprove; NotTheMoment once it is decided;
             CredentialRefused.
    Source:  AS9100D 8.5.1.2 (production equipment and programs are validated before use and controlled).
    """
    require_role(by=by, roles=PLANNERS, act=f"approve setup {setup.number}")
    current = lock(setup)
    _require_proposed(current, "approved")
    if current.author_id == by.pk:
        raise AuthorMayNotApprove(
            f"{by.printed_name} proposed setup {current.number} and may not approve it. Ask another quality engineer."
        )
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun="setup",
        number=current.number,
        content={**_told(current), "setup": content_of(current)},
        act=Authority.APPROVE_ROUTE,
        customer=_customer(current),
    )
    return move(current, "approve", by=by, data=_told(current), signature=signature)


@transaction.atomic
def decline_proposal(*, by: Person, setup: Setup, reason: str) -> Setup:
    """Decline a proposed setup with a reason its author reads.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment once it is decided.
    """
    require_role(by=by, roles=PLANNERS, act=f"decline setup {setup.number}")
    current = lock(setup)
    _require_proposed(current, "declined")
    reason = require_text(reason, f"Say why setup {current.number} is declined; its author reads it.")
    return move(current, "decline", by=by, data={"reason": reason}, ended_reason=reason)


@transaction.atomic
def withdraw_setup(*, by: Person, setup: Setup, reason: str) -> Setup:
    """Take a setup out of the approved set; what was run with it while it stood stays as it was judged.

    Raises:  NotEntitled without role or authority; Incomplete without a reason; NotTheMoment when it does not stand
             or its route is in review.
    """
    require_role(by=by, roles=PLANNERS, act=f"withdraw setup {setup.number}")
    route = setup.operation.route_revision
    if not route.is_frozen:
        require_draft(route)
    current = lock(setup)
    require_authority(person=by, act=Authority.APPROVE_ROUTE, customer=_customer(current))
    reason = require_text(reason, f"Say why setup {current.number} is withdrawn.")
    return move(current, "withdraw", by=by, data={**_told(current), "reason": reason}, ended_reason=reason)


def _require_proposed(setup: Setup, done: str) -> None:
    if setup.state != Setup.PROPOSED:
        raise NotTheMoment(
            f"Setup {setup.number} is {setup.get_state_display().lower()} and cannot be {done} any more. "
            "Reload the page to see how it stands."
        )


def _customer(setup: Setup):
    return setup.operation.route_revision.route.part.customer


def _told(setup: Setup) -> dict:
    """Return what an event says of a setup: where it stands and why."""
    operation = setup.operation
    return {
        "route": operation.route_revision.number,
        "sequence": operation.sequence,
        "name": setup.name,
        "reason": setup.reason,
    }
