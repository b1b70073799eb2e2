"""May this vendor's site do this process, on that day?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from portal.domain.errors import Incomplete, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.models import Organization, Person, Site
from portal.permissions import require_quality
from routes.domain.specifications import same_specification
from subcontract.domain.lots_touched import lock_touched
from subcontract.domain.standing_days import Gap, Rest, gaps_of, held_by, rested_on, rests_on, stood_on
from subcontract.models import ApprovalScope


class VendorNotApproved(Refused):
    """The vendor's scope does not cover what is ordered; the sentence names every attribute that differs."""

    code = "vendor-not-approved"


class ApprovalOverlaps(Refused):
    code = "approval-overlaps"


class ReinstatedTooEarly(Refused):
    """A suspended approval would count again before it was suspended."""

    code = "reinstated-too-early"


@dataclass(frozen=True)
class Need:
    """What an order, or a certificate, needs a site to be approved for."""

    site: Site
    process: str
    spec_number: str
    spec_revision: str
    spec_type: str
    spec_class: str
    material: str
    customer: Organization | None
    on: date

    @property
    def words(self) -> str:
        choice = ", ".join(word for word in (self.spec_type, self.spec_class) if word)
        return f"{self.spec_number} {self.spec_revision}".strip() + (f" {choice}" if choice else "")


@transaction.atomic
def approve_scope(
    *,
    by: Person,
    site: Site,
    process: str,
    spec_number: str,
    valid_from: date,
    valid_to: date,
    basis: str,
    spec_revision: str = "",
    spec_type: str = "",
    spec_class: str = "",
    material: str = "",
    customer: Organization | None = None,
) -> ApprovalScope:
    """Approve one site for one scope between two days, the last one included.

    Raises:  NotEntitled unless quality approves; Incomplete without a basis or with the days reversed;
             ApprovalOverlaps when the same scope is approved for some of these days already.
    Source:  AS9100D 8.4.1 (a register of external providers with scope and status).
    """
    require_quality(by, "approve vendors")
    _require_days_and_basis(site, basis, valid_from, valid_to)
    scope = {
        "site": site,
        "process": process.strip().lower(),
        "spec_number": spec_number.strip(),
        "spec_revision": spec_revision.strip(),
        "spec_type": spec_type.strip(),
        "spec_class": spec_class.strip(),
        "material": material.strip(),
        "customer": customer,
    }
    valid = DateRange(valid_from, date.fromordinal(valid_to.toordinal() + 1))
    touched = lock_touched(site.organization)
    standing = ApprovalScope.objects.select_for_update().filter(**scope, valid__overlap=valid)
    if clash := standing.exclude(state=ApprovalScope.WITHDRAWN).first():
        raise ApprovalOverlaps(
            f"{site} is approved for {spec_number} by {clash.number} from {clash.valid.lower} for some of these "
            "days already. Withdraw that approval or choose days after it."
        )
    approval = ApprovalScope.objects.create(
        number=next_number("AP"), valid=valid, basis=basis.strip(), state_since=valid_from, **scope
    )
    record_event(
        by=by,
        verb="approve",
        noun="approval",
        number=approval.number,
        lots=touched,
        data={
            "site": str(site),
            "specification": spec_number,
            "from": valid_from,
            "to": valid_to,
            "basis": basis,
        },
    )
    return approval


def _require_days_and_basis(site: Site, basis: str, valid_from: date, valid_to: date) -> None:
    if not basis.strip():
        raise Incomplete(
            f"The approval of {site} needs its basis: a Nadcap certificate, a customer's list, your own audit."
        )
    if valid_to < valid_from:
        raise Incomplete(f"The approval of {site} would end on {valid_to}, before it begins on {valid_from}.")


def suspend(*, by: Person, approval: ApprovalScope, on: date, reason: str) -> ApprovalScope:
    """Suspend an approval from a day on; open orders stay visible with what they wait for."""
    return _change(by, approval, "suspend", on, reason)


def reinstate(*, by: Person, approval: ApprovalScope, on: date, reason: str) -> ApprovalScope:
    """Let a suspended approval count again from a day on; the days before the suspension count as ever.

    Raises:  ReinstatedTooEarly for a day before the suspension began.
    """
    return _change(by, approval, "reinstate", on, reason)


def withdraw(*, by: Person, approval: ApprovalScope, on: date, reason: str) -> ApprovalScope:
    """End an approval for good."""
    return _change(by, approval, "withdraw", on, reason)


@transaction.atomic
def _change(by: Person, approval: ApprovalScope, verb: str, on: date, reason: str) -> ApprovalScope:
    require_quality(by, f"{verb} approvals")
    if not reason.strip():
        raise Incomplete(f"Say why you {verb} approval {approval.number}; the reason is kept with it.")
    touched = lock_touched(approval.site.organization)
    approval = lock(approval)
    if verb == "reinstate" and approval.state == ApprovalScope.SUSPENDED and on < approval.state_since:
        raise ReinstatedTooEarly(
            f"Approval {approval.number} is suspended since {approval.state_since}; it cannot count again from {on}. "
            "Choose that day or a later one."
        )
    return move(
        approval,
        verb,
        by=by,
        lots=touched,
        state_since=on,
        state_reason=reason.strip(),
        data={"on": on, "reason": reason},
    )


def differences(
    approval: ApprovalScope, need: Need, *, gaps: Sequence[Gap], rests: Sequence[Rest]
) -> list[str]:
    """Name every attribute of `approval` that does not cover `need`; an empty list means it covers it.

    gaps: the days on which it did not stand; rests: the registrations its basis names.

    Source: an order is allowed only if every attribute matches on that day (release rules 21, 22).
    """
    checks = [
        ("site", approval.site_id == need.site.pk),
        ("process", approval.process.lower() == need.process.lower()),
        ("specification", same_specification(approval.spec_number, need.spec_number)),
        ("revision", approval.spec_revision in ("", need.spec_revision)),
        ("type", approval.spec_type in ("", need.spec_type)),
        ("class", approval.spec_class in ("", need.spec_class)),
        ("material", covers_material(approval.material, need.material)),
        ("customer", approval.customer_id is None or need.customer == approval.customer),
        ("date", need.on in approval.valid),
        ("state", stood_on(gaps, need.on)),
        ("registration", rested_on(rests, need.on)),
    ]
    return [name for name, is_met in checks if not is_met]


def gaps_by_approval(approvals: Iterable[ApprovalScope]) -> dict[int, tuple[Gap, ...]]:
    """Return the days on which each approval did not stand, by its key, from its history, in one statement."""
    found = {approval.pk: approval for approval in approvals}
    states: dict[int, list[tuple[str, date]]] = {key: [] for key in found}
    kept = ApprovalScope.history.filter(id__in=found).order_by("history_id")
    for key, state, since in kept.values_list("id", "state", "state_since"):
        states[key].append((state, since))
    return {
        key: gaps_of([*states[key], (approval.state, approval.state_since)])
        for key, approval in found.items()
    }


def covers_material(approved: str, needed: str) -> bool:
    """Say whether an approved family or alloy covers a condition: `6061` covers `6061-T6`, `6061-T651`.

    An approval that names no material covers every one.
    """
    wide, narrow = approved.strip().upper(), needed.strip().upper()
    return not wide or narrow == wide or narrow.startswith((wide + "-", wide + " "))


def closest(need: Need) -> tuple[ApprovalScope | None, list[str]]:
    """Return the approval of the site's organisation that differs least from `need`, and how it differs."""
    of_vendor = ApprovalScope.objects.filter(site__organization=need.site.organization_id)
    standing = list(of_vendor.select_related("site", "customer").order_by("pk"))
    gaps, held = gaps_by_approval(standing), held_by([need.site.organization_id])
    judged = []
    for approval in standing:
        of_site = [rest for site, rest in held[need.site.organization_id] if site in (None, approval.site_id)]
        rests = rests_on(approval.basis, of_site)
        judged.append((approval, differences(approval, need, gaps=gaps[approval.pk], rests=rests)))
    return min(judged, key=lambda pair: len(pair[1]), default=(None, ["approval"]))


def find_scope(need: Need) -> ApprovalScope | None:
    """Return the approval that covers `need` in every attribute, if there is one."""
    approval, unmet = closest(need)
    return approval if not unmet else None


def require_scope(need: Need) -> ApprovalScope:
    """Return the approval that covers `need`.

    Raises:  VendorNotApproved naming each attribute in which the closest approval differs.
    """
    approval, unmet = closest(need)
    if approval is None:
        raise VendorNotApproved(
            f"{need.site} holds no approval at all, so {need.words} cannot be ordered there. "
            "Approve the vendor's scope first or choose another vendor.",
            attributes=unmet,
        )
    if unmet:
        raise VendorNotApproved(
            f"{need.site} is not approved for {need.words} on {need.on}: approval {approval.number} "
            f"({_describe(approval)}) differs in {', '.join(unmet)}. Approve that scope or choose another vendor.",
            attributes=unmet,
        )
    return approval


def _describe(approval: ApprovalScope) -> str:
    words = [
        approval.process,
        approval.spec_number,
        approval.spec_revision,
        approval.spec_type,
        approval.spec_class,
    ]
    words += [approval.material, f"{approval.valid.lower} to before {approval.valid.upper}"]
    if approval.state != ApprovalScope.APPROVED:
        words.append(f"{approval.get_state_display().lower()} since {approval.state_since}")
    return ", ".join(word for word in words if word)
