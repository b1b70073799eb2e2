"""Numbers people use for records: T-000312, PO-000041."""

from __future__ import annotations

from django.db import connection

PREFIXES = ("O", "T", "M", "PO", "I", "FA", "NC", "CN", "C", "SH", "CC", "P", "R", "H", "AP", "E", "IM")


def next_number(prefix: str) -> str:
    """Return the next number of a kind.

    Numbers are never re-used; one may be skipped when an act is refused.
    """
    if prefix not in PREFIXES:
        raise KeyError(prefix)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [f"number_{prefix.lower()}"])
        return f"{prefix}-{cursor.fetchone()[0]:06d}"
