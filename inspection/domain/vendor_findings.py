"""What a vendor found or wants to do to pieces it has: the lot waits until quality answers."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from inspection.domain.nonconformances import open_nonconformance
from inspection.models import Nonconformance
from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.models import Person, StoredFile
from portal.permissions import require_quality
from routes.domain.holds import release_hold, stop
from routes.domain.lots import lock_lots, quantity_of
from routes.models import Hold, Traveler
from subcontract.domain.receipts import out_on_line
from subcontract.domain.vendor_statements import begin, settle, write_down
from subcontract.models import OutsideOrder, OutsideOrderLine, VendorStatement

PHOTOS = ("image/png", "image/jpeg", "image/tiff", "application/pdf")
HELD_KINDS = (VendorStatement.FINDING, VendorStatement.STRIP)


@transaction.atomic
def report_finding(
    *, by: Person, line: OutsideOrderLine, quantity: int, words: str, photo: UploadedFile | None = None
) -> VendorStatement:
    """Report pieces that are not as they should be, found by the vendor that has them; the lot is held.

    Units:   pieces.
    Raises:  NotEntitled; NotTheMoment when nothing is with the vendor; Incomplete without words, or for more
             pieces than it has; FileRefused.
    Source:  AS9100D 8.4.3 and 8.7 (nonconforming output of a provider is told before it is delivered).
    """
    words_missing = _("Say what is wrong with the pieces of line %(line)s.")
    return _held(by, line, VendorStatement.FINDING, quantity, words, words_missing, photo)


@transaction.atomic
def ask_to_strip(
    *, by: Person, line: OutsideOrderLine, quantity: int, words: str, photo: UploadedFile | None = None
) -> VendorStatement:
    """Ask whether a coating may be stripped and put on again; the lot is held until the shop answers.

    Units:   pieces.
    Raises:  NotEntitled; NotTheMoment when nothing is with the vendor; Incomplete without the reason, or for more
             pieces than it has; FileRefused.
    Source:  stripping takes metal away: it needs the permission of whoever ordered the work.
    """
    words_missing = _("Say why pieces of line %(line)s must be stripped, and how.")
    return _held(by, line, VendorStatement.STRIP, quantity, words, words_missing, photo)


def _held(
    by: Person,
    line: OutsideOrderLine,
    kind: str,
    quantity: int,
    words: str,
    words_missing: str,
    photo: UploadedFile | None,
) -> VendorStatement:
    begin(by=by, line=line, states=(OutsideOrder.SHIPPED,))
    lot = _lot_at_vendor(line)
    if not words.strip():
        raise Incomplete(words_missing % {"line": line})
    if not 0 < quantity <= (there := quantity_of(lot)):
        raise Incomplete(
            _(
                "Line %(line)s has %(there)s pieces with you; %(quantity)s cannot be meant. "
                "Correct the number."
            )
            % {"line": line, "there": there, "quantity": quantity}
        )
    kept = _kept(photo, by, lot)
    what = "found a nonconformance" if kind == VendorStatement.FINDING else "asks to strip and recoat"
    reason = f"{by.organization.name} {what} on {line}, {quantity} pieces: {words.strip()}"
    hold = stop(by=by, traveler=lot, reason=reason[:300])
    return write_down(
        by=by,
        line=line,
        kind=kind,
        lots=[lot.number],
        quantity=quantity,
        words=words.strip(),
        photo=kept,
        hold=hold,
    )


def _lot_at_vendor(line: OutsideOrderLine) -> Traveler:
    lots = out_on_line(line)
    if not lots:
        raise NotTheMoment(
            _("No piece of line %(line)s is with you any more. Write to the shop instead.") % {"line": line}
        )
    return lots[0]


def _kept(photo: UploadedFile | None, by: Person, lot: Traveler) -> StoredFile | None:
    if photo is None:
        return None
    label = lot.route_revision.part_revision.label
    return take_in(content=photo.read(), name=photo.name, by=by, allowed=PHOTOS, label=label)


@transaction.atomic
def confirm_finding(
    *, by: Person, statement: VendorStatement, quantity: int, answer: str, token: str
) -> Nonconformance:
    """Take a vendor's finding up as a nonconformance: its pieces are set apart, the others go on.

    Units:   pieces, as the shop understands the finding.
    Raises:  NotEntitled; NotTheMoment for what is no open finding; Incomplete; CredentialRefused.
    """
    require_quality(by, "answer vendors")
    hold = _open_one(statement, (VendorStatement.FINDING,))
    settled = settle(by=by, statement=statement, is_agreed=True, answer=answer)
    found = open_nonconformance(
        by=by,
        traveler=hold.traveler,
        description=f"{settled.number}, found by {settled.made_by.organization.name}: {settled.words}",
        quantity=quantity,
    )
    release_hold(by=by, hold=hold, reason=f"{settled.number} is {found.number} now.", token=token)
    record_event(
        by=by,
        verb="take up",
        noun="vendor statement",
        number=settled.number,
        lots=[hold.traveler.number, found.traveler.number],
        data={"reference": found.number, "pieces": quantity},
    )
    return found


@transaction.atomic
def answer_held(
    *, by: Person, statement: VendorStatement, is_agreed: bool, answer: str, token: str
) -> VendorStatement:
    """Answer a wish to strip, or dismiss a finding, and let the lot go on.

    A finding one agrees with is taken up as a nonconformance instead.
    Raises:  NotEntitled; NotTheMoment for what holds nothing or is answered; Incomplete; CredentialRefused.
    """
    require_quality(by, "answer vendors")
    hold = _open_one(statement, HELD_KINDS)
    if is_agreed and statement.kind == VendorStatement.FINDING:
        raise NotTheMoment(
            f"{statement.number} reports pieces that are not right. Take it up as a nonconformance, or dismiss it."
        )
    settled = settle(by=by, statement=statement, is_agreed=is_agreed, answer=answer)
    words = "agreed" if is_agreed else "answered no"
    release_hold(
        by=by, hold=hold, reason=f"{settled.number} was {words}: {answer.strip()}"[:300], token=token
    )
    return settled


def _open_one(statement: VendorStatement, kinds: tuple[str, ...]) -> Hold:
    """Return the hold of a statement that waits for an answer, its lot locked."""
    if statement.kind not in kinds or statement.hold is None:
        raise NotTheMoment(
            f"{statement.number} ({statement.get_kind_display().lower()}) holds no lot. Open the order to answer it."
        )
    lock_lots([statement.hold.traveler.number])
    return statement.hold
