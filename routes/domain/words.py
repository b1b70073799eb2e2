"""Refusals that several functions of this room share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from psycopg2.errors import UniqueViolation

from portal.domain.errors import Incomplete, Refused

# the end of the sentence by which somebody may not sign what they drafted
ANOTHER = "may not sign it. Ask another quality engineer."


class AuthorMayNotApprove(Refused):
    """The second look must be somebody else's."""

    code = "author-may-not-approve"


class AlreadyThere(Refused):
    """A record with this identity exists."""

    code = "already-there"


class DatesDoNotFit(Refused):
    """A day or moment lies where it cannot."""

    code = "dates-do-not-fit"


class QuantityNotPossible(Refused):
    """A number of pieces that cannot be."""

    code = "quantity-not-possible"


@contextmanager
def only_once(sentence: str) -> Iterator[None]:
    """Turn the database's word that a record exists already into a sentence.

    Raises:  AlreadyThere with `sentence`.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise AlreadyThere(sentence) from None
        raise


def require_text(value: str, sentence: str) -> str:
    """Return the text without blanks around it.

    Raises:  Incomplete with `sentence` when nothing is left.
    """
    text = value.strip()
    if not text:
        raise Incomplete(sentence)
    return text
