"""Waivers: asked for on one open demand of one lot, decided by whoever set the demand, taken back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.domain import chain
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.chain.slots import NOBODY, Slot
from documents.domain.chain.waiving import decider
from documents.domain.inherited import counts_for
from documents.domain.waiver_contents import signed_content
from documents.models import Waiver
from documents.permissions import require_waiver_decider
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Person, Signature, StoredFile
from portal.permissions import require_quality
from routes.domain.lots import lineage, lock_lots, quantity_of, serials_of
from routes.models import Traveler

# what to do instead, where nobody may let a demand pass
INSTEAD = {
    "STEPS": "Record, decide and sign what it asks for.",
    "ROUTE": "Release the route by somebody other than its author.",
    "MATERIAL": "Put right on record what the lot was made from.",
    "CUSTODY": "Find the pieces and record where they are.",
    "RESULTS": "Open a nonconformance and ask for a concession on it.",
    "FAI": "Have a first article approved by another person.",
    "NC": "Ask the design authority for a concession on the nonconformance.",
    "COC": "Sign a certificate of conformity that says what is shipped.",
    "FILES": "Restore the file from the backup.",
    "EXPORT": "Keep the pieces and papers where the law allows them.",
    "TRAIL": "Have edits reviewed by somebody who made none of them; restore what was altered behind a signature.",
}


class NoSuchDemand(NotTheMoment):
    """The chain of this lot asks nothing by that name."""

    code = "no-such-demand"


class DemandIsClosed(NotTheMoment):
    """The demand is answered; there is nothing to let pass."""

    code = "demand-is-closed"


class NobodyMayWaive(Refused):
    """The demand comes from law, from truth, or has a road of its own."""

    code = "nobody-may-waive"


class WaiverStands(NotTheMoment):
    """Another waiver of the same demand is asked for or granted."""

    code = "waiver-stands"


@transaction.atomic
def request(
    *,
    by: Person,
    traveler: Traveler,
    code: str,
    subject: str,
    reason: str,
    quantity_limit: int,
    valid_to: date,
    serials: tuple[str, ...] = (),
) -> Waiver:
    """Ask that one open demand on a lot is let pass, within limits, by whoever set it.

    Units:   pieces; `valid_to` is the last day on which they may ship under it.
    Raises:  NoSuchDemand; DemandIsClosed; NobodyMayWaive saying what to do instead; WaiverStands;
             Incomplete for a reason, pieces, serials or a day that cannot be.
    Source:  release rule 52; AS9100D 8.7.1; who may waive follows the source of the demand.
    """
    require_quality(by, "ask for waivers")
    [lot] = lock_lots([traveler.number])
    slot = _waivable(lot, code, subject)
    _require_none_stands(lot, slot)
    _require_limits(lot, reason, quantity_limit, serials, valid_to)
    waiver = Waiver.objects.create(
        number=next_number("W"),
        traveler=lot,
        code=slot.code,
        subject=slot.subject,
        demand=slot.demand[:500],
        source=slot.source[:300],
        authority=slot.waived_by,
        reason=reason.strip(),
        quantity_limit=quantity_limit,
        serials=list(serials),
        valid_to=valid_to,
        requested_by=by,
        requested_at=timezone.now(),
    )
    record_event(
        by=by,
        verb="request",
        noun="waiver",
        number=waiver.number,
        lots=[lot.number],
        data={"demand": waiver.demand, "reason": waiver.reason, "quantity": quantity_limit},
    )
    return waiver


@transaction.atomic
def grant(
    *,
    by: Person,
    waiver: Waiver,
    token: str,
    reason: str,
    reference: str = "",
    file: StoredFile | None = None,
) -> Waiver:
    """Let the demand pass: the quality manager a rule of the house, the customer whatever it asked for itself.

    The customer's quality people decide in the browser; or a quality engineer records what the customer decided
    in writing, with its reference and the paper.

    Raises:  NotEntitled for anybody else, and for whoever asked; Incomplete without a reason, or without
             reference and paper where it is recorded; NotTheMoment once its last day has passed or the demand is
             closed; NobodyMayWaive when nobody may any more.
    """
    lots = _lock_family(waiver)
    waiver = lock(waiver)
    is_recorded = require_waiver_decider(by, waiver)
    if is_recorded and not (reference.strip() and file):
        raise Incomplete(
            f"{waiver.number} is the customer's to grant. To record its written decision, give the number of its "
            "letter and the letter itself."
        )
    _require_words(waiver, reason)
    _require_moment(waiver, "grant")
    if waiver.valid_to < timezone.localdate():
        raise NotTheMoment(
            f"{waiver.number} was asked for until {waiver.valid_to:%-d %b %Y}, which has passed. Refuse it and ask "
            "for another."
        )
    _waivable(waiver.traveler, waiver.code, waiver.subject)
    return _decide(
        by, waiver, "grant", token, lots, reason, decision_reference=reference.strip(), decision_file=file
    )


@transaction.atomic
def refuse(*, by: Person, waiver: Waiver, token: str, reason: str, reference: str = "") -> Waiver:
    """Say no: the demand stays as it is, and whoever asked reads why.

    Raises:  NotEntitled as for a grant; Incomplete without a reason, or without the reference of the customer's
             letter where its answer is recorded.
    """
    lots = _lock_family(waiver)
    waiver = lock(waiver)
    is_recorded = require_waiver_decider(by, waiver)
    if is_recorded and not reference.strip():
        raise Incomplete(
            f"{waiver.number} is the customer's to refuse. Give the number of the letter it refused it with."
        )
    _require_words(waiver, reason)
    _require_moment(waiver, "refuse")
    return _decide(by, waiver, "refuse", token, lots, reason, decision_reference=reference.strip())


@transaction.atomic
def withdraw(*, by: Person, waiver: Waiver, token: str, reason: str) -> Waiver:
    """Take a waiver back: one asked for by quality, a granted one by whoever may grant it.

    Goods that left under it have left; it lets nothing further pass, and a release that stands on it is out of date.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment once it is refused or withdrawn.
    """
    lots = _lock_family(waiver)
    waiver = lock(waiver)
    if waiver.state == Waiver.GRANTED:
        require_waiver_decider(by, waiver, is_taken_back=True)
    else:
        require_quality(by, f"withdraw waiver {waiver.number}")
    _require_words(waiver, reason)
    _require_moment(waiver, "withdraw")
    _sign(by, waiver, "withdraw", token, reason)
    return move(waiver, "withdraw", by=by, lots=lots, data={"reason": reason.strip()})


def slot_named(lot: Traveler, code: str, subject: str) -> Slot | None:
    """Return the demand of this name as the chain of the lot asks it now."""
    slots = chain.judge(read_facts_as_placed([lot.pk])[lot.number])
    return next((slot for slot in slots if (slot.code, slot.subject) == (code, subject)), None)


def _waivable(lot: Traveler, code: str, subject: str) -> Slot:
    slot = slot_named(lot, code, subject)
    name = f"{code} {subject}".strip()
    if slot is None:
        raise NoSuchDemand(
            f"The chain of lot {lot.number} asks nothing by the name {name}. Ask for the waiver on the page of the "
            "lot, beside what stops it."
        )
    if slot.is_closed:
        answer = f": {slot.evidence}" if slot.evidence else ""
        raise DemandIsClosed(
            f"{name} of lot {lot.number} is closed already{answer}. There is nothing to let pass."
        )
    if slot.waived_by == NOBODY:
        instead = INSTEAD.get(code, "Do what it asks for.")
        if code == "STEPS" and subject.startswith("hold "):
            instead = "Decide on the hold and let it go."
        raise NobodyMayWaive(
            f"Nobody may waive {name} of lot {lot.number}: {slot.demand} {slot.reason} {instead}"
        )
    return slot


def _require_none_stands(lot: Traveler, slot: Slot) -> None:
    """Refuse a second waiver of one demand; an inherited one that helps no more leaves room for the lot's own."""
    named = {"code": slot.code, "subject": slot.subject}
    live = Waiver.objects.filter(counts_for(lineage(lot), moment="requested_at"), **named).order_by("-pk")
    if asked := live.filter(state=Waiver.REQUESTED).first():
        who = decider(asked.authority, lot.order_line.order.customer.name)
        raise WaiverStands(
            f"{asked.number} asks already that this is let pass, and waits for {who}. Withdraw it to ask anew."
        )
    if own := live.filter(state=Waiver.GRANTED, traveler=lot).first():
        raise WaiverStands(
            f"{own.number} was granted for this and does not help any more. Withdraw it, then ask for another."
        )


def _require_limits(
    lot: Traveler, reason: str, quantity_limit: int, serials: tuple[str, ...], valid_to: date
) -> None:
    held = quantity_of(lot)
    if not reason.strip():
        raise Incomplete(f"Say why this should be let pass on lot {lot.number}; whoever decides reads it.")
    if not 0 < quantity_limit <= held:
        raise Incomplete(
            f"Lot {lot.number} has {held} pieces; a waiver cannot be for {quantity_limit}. Give 1 to {held}."
        )
    if strangers := sorted(set(serials) - set(serials_of(lot))):
        raise Incomplete(
            f"Lot {lot.number} does not hold serial {', '.join(strangers)}. Correct the serials."
        )
    if serials and quantity_limit > len(set(serials)):
        raise Incomplete(
            f"{len(set(serials))} serials are named and {quantity_limit} pieces asked for. Name a serial for each."
        )
    if valid_to < timezone.localdate():
        raise Incomplete(
            f"A waiver until {valid_to:%-d %b %Y} lets nothing pass; that day is over. Give a day to come."
        )


def _require_words(waiver: Waiver, reason: str) -> None:
    if not reason.strip():
        raise Incomplete(f"Say why; the reason is signed and printed with {waiver.number}.")


def _require_moment(waiver: Waiver, verb: str) -> None:
    if Waiver.MOVES.find(waiver.state, verb) is None:
        raise NotTheMoment(
            f"{waiver.number} is {waiver.get_state_display().lower()}; to {verb} it is not possible any more."
        )


def _lock_family(waiver: Waiver) -> list[str]:
    """Lock the lot of a waiver and every lot split from it, in number order; return their numbers."""
    number = waiver.traveler.number
    family = [
        number,
        *Traveler.objects.filter(number__startswith=f"{number}/").values_list("number", flat=True),
    ]
    return [lot.number for lot in lock_lots(family)]


def _decide(
    by: Person, waiver: Waiver, verb: str, token: str, lots: list[str], reason: str, **decision
) -> Waiver:
    signature = _sign(by, waiver, verb, token, reason, **decision)
    return move(
        waiver,
        verb,
        by=by,
        lots=lots,
        data={"reason": reason.strip(), "reference": decision["decision_reference"]},
        decision_reason=reason.strip(),
        decision_signature=signature,
        **decision,
    )


def _sign(by: Person, waiver: Waiver, verb: str, token: str, reason: str, **decision) -> Signature:
    return sign(
        by=by,
        token=token,
        meaning=Signature.WAIVED,
        noun="waiver",
        number=waiver.number,
        content=signed_content(
            waiver,
            verb,
            reason,
            reference=decision.get("decision_reference", ""),
            file=decision.get("decision_file"),
        ),
    )
