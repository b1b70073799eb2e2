"""The one family of refusals: what the domain says when it cannot."""

from __future__ import annotations


class Refused(Exception):
    """A rule said no. Its text is a sentence for people: what, which record, why, what to do.

    Each subclass has a stable `code`; pages and API show the same sentence.
    """

    code = "refused"

    def __init__(self, sentence: str, **facts) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.facts = facts


class NotEntitled(Refused):
    """The person may see the record but may not do this."""

    code = "not-entitled"


class NotTheMoment(Refused):
    """The act is known, but not from the state the record is in."""

    code = "not-the-moment"


class Incomplete(Refused):
    """Something that must be given is missing."""

    code = "incomplete"


class FileRefused(Refused):
    """A file that came from outside is not taken; the sentence says why and what to send instead."""

    code = "file-refused"
