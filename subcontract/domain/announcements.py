"""Pieces a vendor announced, beside the pieces that came."""

from __future__ import annotations

from portal.domain.moves import move
from portal.models import Person
from subcontract.models import Receipt, VendorStatement


def count_announced(*, by: Person, receipt: Receipt) -> VendorStatement | None:
    """Put a receipt beside the oldest return the vendor announced on its line, and return that announcement."""
    waiting = receipt.line.statements.filter(kind=VendorStatement.RETURN, state=VendorStatement.OPEN)
    announced = waiting.order_by("pk").first()
    if announced is None:
        return None
    data = {"said": difference(announced, receipt)} if difference(announced, receipt) else {}
    return move(announced, "count", by=by, lots=[receipt.traveler.number], data=data, receipt=receipt)


def difference(announced: VendorStatement, receipt: Receipt) -> str:
    """Say where the count differs from what was announced; nothing when it does not."""
    pairs = (
        ("good", announced.quantity, receipt.quantity_returned),
        ("rejected", announced.quantity_rejected, receipt.quantity_scrapped),
        ("missing", announced.quantity_short, receipt.quantity_short),
    )
    return ", ".join(
        f"{word}: {said} announced, {found} counted" for word, said, found in pairs if said != found
    )
