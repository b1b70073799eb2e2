"""Disposing of proof whose time is over: proposed by one, approved by another, the bytes erased, a certificate kept."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from documents.domain import disposal_paper, erasing
from documents.domain.crash_points import passed
from documents.domain.disposal_files import drawings_of, still_needed, stood_on
from documents.domain.legal_holds import holds_over, one_at_a_time
from documents.domain.originals import strictest_label
from documents.domain.retention import Kept, kept_of
from documents.models import Disposal, LegalHold, Notice, Shipment
from documents.permissions import RETENTION_SIGNERS
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.files import one_use_at_a_time, store_own_file, write_off
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import sign
from portal.models import Person, Signature
from portal.permissions import require_quality, require_role
from routes.domain.words import only_once

ELSEWHERE = "another record of the shop"


class StillKept(Refused):
    """Its retention has not ended, or no rule says when it does."""

    code = "retention-not-over"


class UnderLegalHold(Refused):
    """A legal hold keeps it."""

    code = "under-legal-hold"


class ProofInUse(Refused):
    """Somebody still works with it."""

    code = "proof-in-use"


class ProposerMayNotApprove(NotEntitled):
    """Whoever proposed a disposal does not approve it."""

    code = "proposer-may-not-approve"


@transaction.atomic
def propose(*, by: Person, shipment: Shipment, reason: str) -> Disposal:
    """Propose that the files of a shipment's proof be disposed of; nothing is erased.

    Raises:  NotEntitled; StillKept; UnderLegalHold; ProofInUse; Incomplete without a reason; AlreadyThere.
    Source:  rule 59 of the house: nothing is purged before its computed retention end or under hold.
    """
    require_quality(by, "propose disposals")
    shipment = Shipment.objects.select_for_update().get(pk=shipment.pk)
    kept = _require_free(shipment)
    if Disposal.objects.filter(shipment=shipment, state=Disposal.DONE).exists():
        raise NotTheMoment(f"The proof of shipment {shipment.number} was disposed of before.")
    if not reason.strip():
        raise Incomplete(f"Say why the proof of shipment {shipment.number} is disposed of now.")
    with only_once(
        f"A disposal for shipment {shipment.number} is proposed already. Approve or drop that one."
    ):
        disposal = Disposal.objects.create(
            number=next_number("DC"),
            shipment=shipment,
            reason=reason.strip(),
            kept_until=kept.until,
            proposed_by=by,
            proposed_at=timezone.now(),
        )
    data = {"shipment": shipment.number, "kept_until": kept.until.isoformat(), "reason": disposal.reason}
    record_event(by=by, verb="propose", noun="disposal", number=disposal.number, data=data)
    return disposal


@transaction.atomic
def approve(*, by: Person, disposal: Disposal, token: str) -> Disposal:
    """Approve a disposal; where the contract asks for it, the customer is told and has its days.

    Raises:  NotEntitled for whoever is not a manager; ProposerMayNotApprove; NotTheMoment; StillKept;
             UnderLegalHold; ProofInUse; CredentialRefused.
    """
    require_role(by, RETENTION_SIGNERS, f"approve disposal {disposal.number}")
    current = _take(disposal, Disposal.PROPOSED, "approved")
    if current.proposed_by_id == by.pk:
        raise ProposerMayNotApprove(
            f"{by.printed_name} proposed disposal {current.number} and cannot approve it. Another manager must."
        )
    kept = _require_free(current.shipment)
    today, now = timezone.localdate(), timezone.now()
    not_before = today + timedelta(days=kept.notice_days)
    content = {
        "shipment": current.shipment.number,
        "kept_until": kept.until.isoformat(),
        "because": kept.because,
        "customer_has_days": kept.notice_days,
        "not_before": not_before.isoformat(),
    }
    return move(
        current,
        "approve",
        by=by,
        data=content,
        approval=_sign(current, by, token, Signature.APPROVED, content),
        told_at=now if kept.notice_days else None,
        not_before=not_before,
    )


@transaction.atomic
def carry_out(*, by: Person, disposal: Disposal, token: str) -> Disposal:
    """Erase the bytes of every file nobody else needs, and certify it; the records stay.

    1. retention, holds and use are asked again: a hold placed since stops it;
    2. files another record stands on are left, and the certificate says why;
    3. hash, size and name of what is erased are signed, kept as evidence and printed on the certificate;
    4. a job erases the bytes, and the drawings kept of them for speed, once this is committed.

    Raises:  NotEntitled; NotTheMoment before the customer's days are over, or when a rule signed since gives it more;
             StillKept; UnderLegalHold; ProofInUse; CredentialRefused.
    """
    require_quality(by, f"carry out disposal {disposal.number}")
    current = _take(disposal, Disposal.APPROVED, "carried out")
    today = timezone.localdate()
    if today < current.not_before:
        raise NotTheMoment(
            f"{current.shipment.customer.name} was told of disposal {current.number} and has until "
            f"{current.not_before:%-d %b %Y}. Carry it out on that day or later."
        )
    kept = _require_free(current.shipment)
    _require_told(current, kept)
    found = stood_on(current.shipment)
    for sha256 in sorted(each.sha256 for each in found):
        # whoever gives a file a second use meanwhile is seen below, or finds it disposed of
        one_use_at_a_time(sha256)
    needed = {stored.sha256: why for stored in found if (why := still_needed(stored, current.shipment))}
    erased = [_row(each) for each in found if each.sha256 not in needed]
    left = [_row(each) | {"why": needed[each.sha256]} for each in found if each.sha256 in needed]
    content = {
        "shipment": current.shipment.number,
        "kept_until": kept.until.isoformat(),
        "erased": erased,
        "left": left,
    }
    signature = _sign(current, by, token, Signature.PERFORMED, content)
    gone = [each for each in found if each.sha256 not in needed]
    for stored in (*gone, *drawings_of(current.shipment, gone)):
        write_off(stored=stored, by=by, certificate=current.number)
    current.kept_until = kept.until
    paper = disposal_paper.draw(current, erased=erased, left=left, signature=signature)
    kept_paper = store_own_file(
        content=paper,
        name=f"{current.number}.pdf",
        media_type="application/pdf",
        by=by,
        label=strictest_label(found),
    )
    done = move(
        current,
        "carry out",
        by=by,
        data={**content, "certificate_sha256": kept_paper.sha256},
        erased=erased,
        left=left,
        carried_out=signature,
        paper=kept_paper,
        kept_until=kept.until,
    )
    erasing.ask(done)
    passed("disposal written down")
    return done


@transaction.atomic
def drop(*, by: Person, disposal: Disposal, reason: str) -> Disposal:
    """Give a disposal up before it is carried out; nothing was erased.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment once it is carried out or dropped.
    """
    require_quality(by, f"drop disposal {disposal.number}")
    current = lock(disposal)
    if current.state not in (Disposal.PROPOSED, Disposal.APPROVED):
        raise NotTheMoment(f"Disposal {current.number} is {current.get_state_display().lower()} already.")
    if not reason.strip():
        raise Incomplete(f"Say why disposal {current.number} is dropped.")
    return move(current, "drop", by=by, data={"reason": reason.strip()})


def left_for(person: Person, disposal: Disposal) -> list[dict]:
    """Return the files a disposal left; what stands on them may be another customer's and is the shop's to read."""
    return [row if person.is_shop else {**row, "why": ELSEWHERE} for row in disposal.left]


def _take(disposal: Disposal, state: str, done: str) -> Disposal:
    current = lock(disposal)
    if current.state != state:
        now = current.get_state_display().lower()
        raise NotTheMoment(f"Disposal {current.number} is {now} and cannot be {done}. Reload the page.")
    # who places a hold meanwhile waits, or is seen by the question that follows
    one_at_a_time()
    Shipment.objects.select_for_update().get(pk=current.shipment_id)
    return current


def _require_told(disposal: Disposal, kept: Kept) -> None:
    """Refuse when a rule signed since the approval gives the customer more days than it was given."""
    given = (disposal.not_before - timezone.localtime(disposal.approval.signed_at).date()).days
    if kept.notice_days > given:
        raise NotTheMoment(
            f"Since disposal {disposal.number} was approved a rule gives {disposal.shipment.customer.name} "
            f"{kept.notice_days} days after it is told; it was given {given}. Drop it and propose it anew."
        )


def _require_free(shipment: Shipment) -> Kept:
    if shipment.state != Shipment.DISPATCHED:
        raise ProofInUse(f"Shipment {shipment.number} has not left yet; its proof is needed.")
    kept = kept_of([shipment])[shipment.pk]
    if not kept.is_over(timezone.localdate()):
        until = f"until {kept.until:%-d %b %Y}" if kept.until else "on"
        raise StillKept(f"The proof of shipment {shipment.number} is kept {until}. {kept.because}")
    holds: list[LegalHold] = holds_over([shipment])[shipment.pk]
    if holds:
        named = ", ".join(f"{each.number} over {each.over}" for each in holds)
        raise UnderLegalHold(
            f"The proof of shipment {shipment.number} is under legal hold: {named}. Nothing is disposed of before "
            "it is lifted."
        )
    if doubt := Notice.objects.filter(shipment=shipment, state=Notice.DRAFT).first():
        raise ProofInUse(
            f"Notice {doubt.number} on shipment {shipment.number} waits to be sent or dropped. Decide it first."
        )
    return kept


def _row(stored) -> dict:
    return {"name": stored.original_name, "bytes": stored.size_bytes, "sha256": stored.sha256}


def _sign(disposal: Disposal, by: Person, token: str, meaning: str, content: dict) -> Signature:
    return sign(by=by, token=token, meaning=meaning, noun="disposal", number=disposal.number, content=content)
