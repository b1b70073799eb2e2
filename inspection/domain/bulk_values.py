"""Thousands of values written at once: as fast as the database takes them, in flat memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from itertools import islice
from operator import itemgetter

from django.db import connection

from inspection.models import Measurement

# rows sent at once: memory stays flat however many values there are
BATCH = 2_000
# what the copy reads as no value at all; an empty text is an empty text
_NULL = "\\N"


def write_measurements(rows: Iterable[Mapping[str, object]]) -> int:
    """Write new measurements in the caller's transaction and return how many there were.

    Each row names every column but the key. They are copied, not inserted one by one, and come back without keys: read
    those that matter again.
    """
    fields = [field for field in Measurement._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    # what a file states is a text whatever it looks like, also like the sign for no value
    texts = ", ".join(f'"{field.column}"' for field in fields if not field.null)
    statement = (
        f'COPY "{Measurement._meta.db_table}" ({names}) FROM STDIN '
        f"WITH (FORMAT csv, NULL '{_NULL}', FORCE_NOT_NULL ({texts}))"
    )
    in_order = itemgetter(*(field.attname for field in fields))
    waiting, count = iter(rows), 0
    while batch := list(islice(waiting, BATCH)):
        text = io.StringIO()
        csv.writer(text).writerows(
            [_NULL if cell is None else cell for cell in in_order(row)] for row in batch
        )
        text.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert(statement, text)
        count += len(batch)
    return count
