"""One at a time, across processes and over several transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def held_alone(name: str) -> Iterator[None]:
    """Hold a lock of the connection, not of a transaction: who holds it commits as it goes along.

    Another that asks for the same name waits. A process that dies lets go of it with its connection.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
        else:
            connection.close()  # the lock goes with it
