"""When two writings mean the same, and what was looked past to see it. Pure functions over text.

Each takes what is said and what is wanted; it returns nothing where they differ, else the words for what was looked
past (empty where they are written alike).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from documents.domain.normalising import LEADING_WORDS, SPACING, normalise

Likeness = Callable[[str, str], "tuple[str, ...] | None"]

# signs that look alike in print; the record decides which one is meant
LOOK_ALIKE = str.maketrans({"o": "0", "i": "1", "l": "1", "|": "1"})
# what a machine that reads a picture mixes up besides
OCR_ALIKE = str.maketrans(
    {"o": "0", "q": "0", "d": "0", "i": "1", "l": "1", "|": "1", "!": "1", "s": "5", "b": "8", "z": "2"}
)
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7"}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def alike(said: str, wanted: str) -> tuple[str, ...] | None:
    """Compare plain text: full width, case, spacing, hyphens, a label in front, O for 0 and I for 1."""
    if said == wanted:
        return ()
    if not normalise(said) or not normalise(wanted):
        return None
    if not any(_fold(ours) == _fold(theirs) for ours in _forms(said) for theirs in _forms(wanted)):
        return None
    return tuple(_looked_past(said.strip(), wanted.strip())) or (_("spacing"),)


def _forms(text: str) -> tuple[str, str]:
    """Return a text with and without the label in front; of P0-000041 only the record knows that PO is one."""
    return normalise(text), SPACING.sub("", unicodedata.normalize("NFKC", text).strip()).casefold()


def _fold(text: str) -> str:
    return text.translate(LOOK_ALIKE)


def _looked_past(said: str, wanted: str) -> Iterable[str]:
    """Name the differences of writing between two texts that mean the same."""
    pair = [said, wanted]
    if _fold(_forms(said)[1]) != _fold(_forms(wanted)[1]):
        yield _("a label in front")
        pair = [LEADING_WORDS.sub("", text) for text in pair]
    for words, fold in (
        (_("full width"), lambda text: unicodedata.normalize("NFKC", text)),
        (_("spacing or hyphens"), lambda text: SPACING.sub("", text)),
        (_("capital letters"), str.casefold),
        (_("O for 0 or I for 1"), lambda text: text.casefold().translate(LOOK_ALIKE)),
    ):
        folded = [fold(text) for text in pair]
        # folding both shows whether this was part of what kept them apart
        if _distance(folded) < _distance(pair):
            yield words
        pair = folded


def _distance(pair: list[str]) -> int:
    one, other = pair
    if one == other:
        return 0
    apart = sum(a != b for a, b in zip(one, other, strict=False))
    return apart + abs(len(one) - len(other))


def alike_in_a_picture(said: str, wanted: str) -> tuple[str, ...] | None:
    """Compare what a machine read off a picture, which mixes up more signs; a person looks at it anyway."""
    if (found := alike(said, wanted)) is not None:
        return found
    ours, theirs = (normalise(text).translate(OCR_ALIKE) for text in (said, wanted))
    return (_("signs that look alike in a picture"),) if ours and ours == theirs else None


def choice_alike(said: str, wanted: str) -> tuple[str, ...] | None:
    """Compare a type or class: II is 2."""
    if (found := alike(said, wanted)) is not None:
        return found
    ours, theirs = (ROMAN.get(normalise(text), normalise(text)) for text in (said, wanted))
    return (_("Roman numerals"),) if ours and ours == theirs else None


def one_of(names: Iterable[str]) -> Likeness:
    """Return the comparison of a name that has others: a specification known by several numbers."""
    known = list(names)

    def compare(said: str, wanted: str) -> tuple[str, ...] | None:
        if (found := alike(said, wanted)) is not None:
            return found
        for other in known:
            if alike(said, other) is not None:
                return (_("%(said)s is another number of %(wanted)s") % {"said": said, "wanted": wanted},)
        return None

    return compare


def place_alike(others: Iterable[str]) -> Likeness:
    """Return the comparison of a site: its name or its address, in whole or the part the paper prints."""
    known = list(others)

    def compare(said: str, wanted: str) -> tuple[str, ...] | None:
        if (found := alike(said, wanted)) is not None:
            return found
        for place in (wanted, *known):
            if _is_within(said, place):
                return (_("the same place, written %(said)s") % {"said": said},)
        return None

    return compare


def _is_within(said: str, place: str) -> bool:
    """Say whether one of two descriptions of a place holds every word of the other, and enough of them."""
    ours, theirs = _words(said), _words(place)
    fewer, more = sorted((ours, theirs), key=len)
    return bool(fewer) and fewer <= more and sum(map(len, fewer)) >= 4


def _words(text: str) -> set[str]:
    composed = unicodedata.normalize("NFKC", text).casefold()
    return {word for word in re.findall(r"\w+", composed) if len(word) > 1 or word.isdigit()}


def whole_number(text: str) -> int | None:
    """Return the whole number a text is, with or without signs between its thousands; nothing for other text."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"(?<=\d)[,.'\s](?=\d{3}(?:\D|$))", "", plain)
    found = NUMBER.findall(plain)
    return int(float(found[0])) if len(found) == 1 and float(found[0]).is_integer() else None


def enough(said: str, wanted: str) -> tuple[str, ...] | None:
    """Compare a quantity: as many as are wanted, or more."""
    ours, theirs = whole_number(said), whole_number(wanted)
    if ours is None or theirs is None or ours < theirs:
        return None
    return ()
