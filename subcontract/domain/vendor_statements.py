"""What a vendor says about its order: takes it, disputes it, sends pieces back; and what the shop answers."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.domain.errors import Incomplete, NotTheMoment
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.models import Person
from portal.permissions import VENDORS, require_quality, require_role
from routes.domain.lots import lock_lots
from subcontract.domain.receipts import out_on_line, quantity_of
from subcontract.models import OutsideOrder, OutsideOrderLine, VendorStatement

STILL_TO_DO = (OutsideOrder.ISSUED, OutsideOrder.SHIPPED)


class OrderDisputed(NotTheMoment):
    """The vendor does not take the line as it was ordered."""

    code = "order-disputed"


def begin(*, by: Person, line: OutsideOrderLine, states: tuple[str, ...]) -> OutsideOrder:
    """Lock the lots of a line, then its order, for a vendor's word about it.

    Raises:  NotEntitled; NotTheMoment when the order is in another state.
    """
    require_role(by, VENDORS, _("speak for the vendor"))
    lock_lots([lot.number for lot in out_on_line(line)] or [line.traveler.number])
    order = lock(line.order)
    if order.state not in states:
        raise NotTheMoment(
            _(
                "Order %(order)s is %(state)s, so this cannot be said of it any more. Write to "
                "the shop instead."
            )
            % {"order": order.number, "state": _(order.get_state_display()).lower()}
        )
    return order


def write_down(*, by: Person, line: OutsideOrderLine, kind: str, lots: list[str], **facts) -> VendorStatement:
    """Write one statement, open, with its event; the caller has locked the lots and judged the rest."""
    made = VendorStatement.objects.create(
        number=next_number("VS"), line=line, kind=kind, made_by=by, made_at=timezone.now(), **facts
    )
    record_event(
        by=by,
        verb="make",
        noun="vendor statement",
        number=made.number,
        lots=lots,
        data={
            "kind": kind,
            "line": str(line),
            "pieces": made.quantity,
            "reason": made.words,
            "on": made.named_on,
        },
    )
    return made


def of_kind(line: OutsideOrderLine, kind: str) -> list[VendorStatement]:
    """Return what stands of one kind on a line, the latest first."""
    return list(line.statements.standing().filter(kind=kind).order_by("-pk"))


def standing_dispute(line: OutsideOrderLine) -> VendorStatement | None:
    """Return the dispute that keeps a line from leaving: one not answered, or one the shop agreed to."""
    latest = next(iter(of_kind(line, VendorStatement.DISPUTE)), None)
    return latest if latest and latest.state != VendorStatement.REFUSED else None


@transaction.atomic
def acknowledge(*, by: Person, line: OutsideOrderLine, words: str = "") -> VendorStatement:
    """Take a line as it was ordered: due date, requirements and quantity.

    Raises:  NotEntitled; NotTheMoment when the order is not to be done any more, or the line is taken already;
             OrderDisputed while a dispute of one's own stands.
    Source:  AS9100D 8.4.3 (requirements are agreed before the work begins).
    """
    order = begin(by=by, line=line, states=STILL_TO_DO)
    if dispute := standing_dispute(line):
        raise OrderDisputed(
            _("Line %(line)s is disputed by %(number)s. Withdraw the dispute first, or wait for the answer.")
            % {"line": line, "number": dispute.number}
        )
    if taken := of_kind(line, VendorStatement.ACKNOWLEDGEMENT):
        raise NotTheMoment(
            _("Line %(line)s was taken by %(person)s already. Nothing more is needed.")
            % {"line": line, "person": taken[0].made_by.printed_name}
        )
    made = write_down(
        by=by,
        line=line,
        kind=VendorStatement.ACKNOWLEDGEMENT,
        lots=[line.traveler.number],
        named_on=order.due_on,
        quantity=line.quantity,
        words=words.strip(),
    )
    return move(made, "note", by=by, lots=[line.traveler.number])


@transaction.atomic
def dispute(
    *,
    by: Person,
    line: OutsideOrderLine,
    subject: str,
    words: str,
    named_on: date | None = None,
    quantity: int | None = None,
) -> VendorStatement:
    """Say that a line cannot be done as ordered; its pieces stay in the house until the shop answered.

    Raises:  NotEntitled; NotTheMoment; Incomplete without words, or without the day or quantity that would do;
             OrderDisputed while another dispute waits for an answer.
    """
    begin(by=by, line=line, states=STILL_TO_DO)
    if standing := standing_dispute(line):
        raise OrderDisputed(
            _("Line %(line)s is disputed by %(number)s. Withdraw the dispute first, or wait for the answer.")
            % {"line": line, "number": standing.number}
        )
    if not words.strip():
        raise Incomplete(
            _("Say what cannot be done on line %(line)s, and what you can do instead.") % {"line": line}
        )
    if subject == VendorStatement.DUE and named_on is None:
        raise Incomplete(_("Give the day by which you can return line %(line)s.") % {"line": line})
    if subject == VendorStatement.QUANTITY and quantity is None:
        raise Incomplete(_("Give the number of pieces you can do on line %(line)s.") % {"line": line})
    return write_down(
        by=by,
        line=line,
        kind=VendorStatement.DISPUTE,
        lots=[line.traveler.number],
        subject=subject,
        words=words.strip(),
        named_on=named_on if subject == VendorStatement.DUE else None,
        quantity=quantity if subject == VendorStatement.QUANTITY else None,
    )


@transaction.atomic
def announce_return(
    *,
    by: Person,
    line: OutsideOrderLine,
    quantity: int,
    left_on: date,
    quantity_rejected: int = 0,
    quantity_short: int = 0,
    carrier: str = "",
    document: str = "",
    words: str = "",
) -> VendorStatement:
    """Say that pieces are on their way back; the shop counts them and compares.

    Units:   pieces: good, rejected by the vendor, and short of what was sent.
    Raises:  NotEntitled; NotTheMoment when nothing is with the vendor, or for a day to come; Incomplete when the
             pieces do not add up, or nothing says why some are rejected or missing.
    Source:  returned + scrapped + short = sent (release rule 26).
    """
    begin(by=by, line=line, states=(OutsideOrder.SHIPPED,))
    out = sum(quantity_of(lot) for lot in out_on_line(line))
    on_the_way = sum(
        each.quantity + each.quantity_rejected + each.quantity_short
        for each in of_kind(line, VendorStatement.RETURN)
        if each.state == VendorStatement.OPEN
    )
    left, total = out - on_the_way, quantity + quantity_rejected + quantity_short
    if not 0 < total <= left:
        raise Incomplete(
            _("%(left)s pieces of line %(line)s are with you; %(total)s cannot be on their way. Count again.")
            % {"left": left, "line": line, "total": total}
        )
    if (quantity_rejected or quantity_short) and not words.strip():
        raise Incomplete(_("Say why pieces of line %(line)s are rejected or missing.") % {"line": line})
    if left_on > timezone.localdate():
        raise NotTheMoment(
            _("%(day)s is still to come. Announce the return on the day the pieces leave.") % {"day": left_on}
        )
    return write_down(
        by=by,
        line=line,
        kind=VendorStatement.RETURN,
        lots=[lot.number for lot in out_on_line(line)],
        quantity=quantity,
        quantity_rejected=quantity_rejected,
        quantity_short=quantity_short,
        named_on=left_on,
        carrier=carrier.strip(),
        document=document.strip(),
        words=words.strip(),
    )


@transaction.atomic
def withdraw_statement(*, by: Person, statement: VendorStatement) -> VendorStatement:
    """Take back what was said, while nobody answered; what holds a lot stays until the shop lets it go.

    Raises:  NotEntitled; NotTheMoment once it is answered, or for a finding or a wish that holds a lot.
    """
    lot = statement.line.traveler.number
    lock_lots([lot])
    if statement.hold_id:
        raise NotTheMoment(
            _("%(number)s holds lot %(lot)s; only the shop lets it go on. Write to the shop what changed.")
            % {"number": statement.number, "lot": lot}
        )
    return move(statement, "withdraw", by=by, lots=[lot])


@transaction.atomic
def answer_dispute(
    *, by: Person, statement: VendorStatement, is_agreed: bool, answer: str
) -> VendorStatement:
    """Answer a vendor's dispute. What is agreed is ordered anew; what is refused goes out as ordered.

    Raises:  NotEntitled; Incomplete without words to the vendor; NotTheMoment for what is no open dispute.
    """
    require_quality(by, "answer vendors")
    lock_lots([statement.line.traveler.number])
    if statement.kind != VendorStatement.DISPUTE:
        raise NotTheMoment(
            f"{statement.number} is no dispute: {statement.get_kind_display().lower()}. Open its own page to answer it."
        )
    return settle(by=by, statement=statement, is_agreed=is_agreed, answer=answer)


def settle(*, by: Person, statement: VendorStatement, is_agreed: bool, answer: str) -> VendorStatement:
    """Write the shop's answer under a statement; the caller has locked its lots.

    Raises:  Incomplete without words; NotTheMoment once it is answered or withdrawn.
    """
    if not answer.strip():
        raise Incomplete(f"Say what {statement.made_by.organization.name} is answered on {statement.number}.")
    return move(
        statement,
        "agree to" if is_agreed else "refuse",
        by=by,
        lots=[statement.line.traveler.number],
        data={"reason": answer.strip()},
        answer=answer.strip(),
        answered_by=by,
        answered_at=timezone.now(),
    )


def require_undisputed(line: OutsideOrderLine) -> None:
    """Refuse to let a line leave that its vendor does not take as ordered.

    Raises:  OrderDisputed.
    """
    standing = standing_dispute(line)
    if standing is None:
        return
    what = f"{line.order.site.organization.name} disputes line {line} ({standing.number}: {standing.words.rstrip('.')})"
    if standing.state == VendorStatement.AGREED:
        raise OrderDisputed(
            f"{what}, and it was agreed. Cancel {line.order.number} and order what was agreed."
        )
    raise OrderDisputed(f"{what}. Answer it before the pieces leave.")
