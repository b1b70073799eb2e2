"""Who may: certificates are brought in by the shop or the vendor they are of, and decided by quality."""

from __future__ import annotations

from portal.domain.errors import NotEntitled
from portal.models import Person
from portal.permissions import CUSTOMER, MANAGERS, QUALITY, SHOP, VENDORS

# whoever holds the paper may bring it in and type what it says
BRINGERS = SHOP + VENDORS
# saying what a certificate is for
COVERERS = SHOP
DECIDERS = QUALITY
# whoever packs the parts prints the order that goes with them, and whoever opens the mail places what came in
LINKERS = SHOP
CLERKS = SHOP
# asked for by quality, decided by whoever set the demand, read by both sides
WAIVER_REQUESTERS = QUALITY
WAIVER_READERS = SHOP + CUSTOMER
WAIVER_DECIDERS = (*QUALITY, Person.CUSTOMER_QUALITY)
# drafted by quality, signed by a manager who did not draft it, read by the customer it is for
POLICY_DRAFTERS = QUALITY
POLICY_SIGNERS = MANAGERS
POLICY_READERS = SHOP + CUSTOMER
# how long proof is kept is drafted by quality and signed by a manager who did not draft it
RETENTION_DRAFTERS = QUALITY
RETENTION_SIGNERS = MANAGERS
# what keeps proof longer stays in the house; a customer reads the end of proof it was told of
LEGAL_HOLD_READERS = SHOP
DISPOSAL_READERS = SHOP + CUSTOMER
# the board shows what every desk owes
BOARD = SHOP


def may_decide(person: Person, certificate) -> bool:
    """Say whether `person` may decide on a certificate: quality, and neither its bringer nor its typist."""
    is_own = person.pk in (certificate.uploaded_by_id, certificate.entered_by_id)
    return person.role in DECIDERS and not is_own


def _customer_of(waiver) -> int:
    return waiver.traveler.order_line.order.customer_id


def may_decide_waiver(person: Person, waiver) -> bool:
    """Say whether `person` may grant or refuse a waiver: who may follows the source of the demand.

    A rule of the house is the quality manager's to waive; the customer's demand is its own quality people's, or
    is recorded from their letter by quality. Whoever asked never decides.
    """
    if not person.is_active or person.pk == waiver.requested_by_id:
        return False
    if waiver.authority == waiver.HOUSE:
        return person.role in MANAGERS
    is_theirs = person.organization_id == _customer_of(waiver) and person.role == Person.CUSTOMER_QUALITY
    return is_theirs or person.role in QUALITY


def may_withdraw_waiver(person: Person, waiver) -> bool:
    """Say whether `person` may take a waiver back: quality while it is asked for, then whoever may grant it.

    The one who asked may, too, when their role could have granted it: taking back gives nobody anything.
    """
    if waiver.state == waiver.REQUESTED:
        return person.is_active and person.role in QUALITY
    if waiver.authority == waiver.HOUSE:
        return person.is_active and person.role in MANAGERS
    return may_decide_waiver(person, waiver) or (person.is_active and person.role in QUALITY)


def require_waiver_decider(person: Person, waiver, *, is_taken_back: bool = False) -> bool:
    """Return whether `person` records the customer's decision, where they may decide at all.

    Raises:  NotEntitled naming who may.
    """
    may = may_withdraw_waiver if is_taken_back else may_decide_waiver
    if may(person, waiver):
        return waiver.authority == waiver.CUSTOMER and person.role in QUALITY
    if person.pk == waiver.requested_by_id and person.role in QUALITY:
        raise NotEntitled(
            f"{person.printed_name} asked for {waiver.number} and cannot decide on it. Another person must."
        )
    customer = waiver.traveler.order_line.order.customer
    who = (
        "the quality manager"
        if waiver.authority == waiver.HOUSE
        else f"the quality people of {customer}, or a quality engineer of the shop by their letter"
    )
    raise NotEntitled(f"{person.printed_name} may not decide on {waiver.number}; this takes {who}.")


def may_sign_policy(person: Person, policy) -> bool:
    """Say whether `person` may put a check policy in force: a manager, and not its author."""
    return person.is_active and person.role in POLICY_SIGNERS and person.pk != policy.author_id
