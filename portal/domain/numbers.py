"""Numbers people use for records: T-000312, PO-000041."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count

from django.db import connection

PREFIXES = (
    "O", "T", "M", "PO", "I", "FA", "NC", "CN", "C", "SH", "CC", "P", "R", "H", "AP", "E", "IM",
    "W", "CP", "RG", "AG", "VR", "CE", "N", "RV", "AM",
    "SU", "LP", "PH", "DL", "OR", "CA", "CR", "DA", "EV", "TP", "SS", "CG", "AR", "GS", "SC", "ST", "DY", "VS",
    "RT", "LH", "DC",
)  # fmt: skip

_rehearsed: ContextVar[Iterator[int] | None] = ContextVar("rehearsed", default=None)


def next_number(prefix: str) -> str:
    """Return the next number of a kind.

    Numbers are never re-used; one may be skipped when an act is refused.
    """
    if prefix not in PREFIXES:
        raise KeyError(prefix)
    if (rehearsed := _rehearsed.get()) is not None:
        return f"{prefix}-~{next(rehearsed)}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [f"number_{prefix.lower()}"])
        return f"{prefix}-{cursor.fetchone()[0]:06d}"


@contextmanager
def rehearsed_numbers() -> Iterator[None]:
    """Give out numbers of no record while acts are tried and undone, so that a try skips none of the real ones.

    The caller rolls everything back before this ends.
    """
    token = _rehearsed.set(count(1))
    try:
        yield
    finally:
        _rehearsed.reset(token)
