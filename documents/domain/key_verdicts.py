"""One key of a certificate compared: what was read, what was typed, what is expected, and what follows. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from documents.formats.paper import Box

MATCH, NORMALISED, MISMATCH, NOT_FOUND = "match", "normalised", "mismatch", "not_found"
# typed and not seen on the page by the machine; words that can be read in more than one way
STATED_ONLY, UNCLEAR = "stated_only", "unclear"
MUST, SHOULD, OFF = "must", "should", "off"

# the names of keys as they stand in sentences and tables
KEY_NAMES = (
    gettext_noop("order"),
    gettext_noop("order line"),
    gettext_noop("part"),
    gettext_noop("part revision"),
    gettext_noop("specification"),
    gettext_noop("specification revision"),
    gettext_noop("type"),
    gettext_noop("class"),
    gettext_noop("site"),
    gettext_noop("quantity"),
    gettext_noop("quantity received"),
    gettext_noop("certificate type"),
    gettext_noop("certificate number"),
    gettext_noop("certificate date"),
    gettext_noop("signed by"),
    gettext_noop("title of the signer"),
    gettext_noop("signature"),
    gettext_noop("heat or batch"),
    gettext_noop("condition"),
    gettext_noop("lot"),
    gettext_noop("heat"),
    gettext_noop("serials"),
    gettext_noop("process dates"),
    gettext_noop("processed from"),
    gettext_noop("processed until"),
    gettext_noop("approval that day"),
    gettext_noop("pages"),
    gettext_noop("statement"),
    gettext_noop("language"),
    gettext_noop("results"),
    gettext_noop("required results"),
    gettext_noop("same number"),
    gettext_noop("covers"),
    gettext_noop("step"),
)


# what the record names in full: a person who finds it on the page has found those words and no others
NAMED_BY_THE_RECORD = frozenset(
    (
        "po_number",
        "part_number",
        "part_revision",
        "spec_number",
        "spec_revision",
        "spec_type",
        "spec_class",
        "site",
        "condition",
        "identifier",
        "certificate_type",
    )
)


@dataclass(frozen=True)
class KeyComparison:
    """One key: both sides as written, whether they agree, and what to say when they do not.

    A key that is not `is_must` is shown and never stops an acceptance by itself. `is_question` asks a person to look:
    the machine saw nothing, or typed and read differ; `seen_by` names who looked and found it.
    on_paper  what counts as the paper's words: those read, else those typed
    field     the key of `documents.formats.paper.KEYS` it is about, where it is one
    typed, read, page, box, how
              where the words come from
    Units:   `page` counts from 1 in the file, `box` in fractions of it.
    """

    key: str
    on_paper: str
    on_record: str
    verdict: str
    sentence: str = ""
    is_must: bool = True
    subject: str = ""
    field: str = ""
    typed: str = ""
    read: str = ""
    page: int | None = None
    box: Box | None = None
    how: str = ""
    is_question: bool = False
    seen_by: str = ""

    @property
    def agrees(self) -> bool:
        return self.verdict in (MATCH, NORMALISED)

    @property
    def stops(self) -> bool:
        """Whether it stands in the way of accepting the certificate, whoever looks at it."""
        return self.is_must and not self.agrees and not self.is_question

    @property
    def asks(self) -> bool:
        """Whether a person must look at the page before anybody can accept the certificate."""
        return self.is_must and not self.agrees and self.is_question and not self.seen_by

    @property
    def seeable(self) -> str:
        """The words a person would find on the page: those typed, else those read, else those the record names."""
        named = self.on_record if self.verdict == NOT_FOUND and self.field in NAMED_BY_THE_RECORD else ""
        return self.typed or self.read or named

    @property
    def may_be_seen(self) -> bool:
        """Whether looking at the page answers it.

        Words with two readings, and what only the page can say, take somebody who types them.
        """
        is_open = self.is_question and not self.agrees and self.verdict != UNCLEAR
        return is_open and bool(self.field and self.seeable)

    @property
    def is_missed(self) -> bool:
        """Whether the machine read the page and did not find it there."""
        return self.asks and self.verdict == NOT_FOUND

    @property
    def is_to_be_typed(self) -> bool:
        """Whether only somebody who types what the page says can answer it."""
        return self.asks and not self.may_be_seen

    @property
    def differs(self) -> bool:
        """Whether the words on the page say something else than expected, or than was typed."""
        return self.verdict in (MISMATCH, UNCLEAR) and not self.seen_by

    @property
    def name(self) -> str:
        """The key in the language of the reader."""
        return _(self.key)
