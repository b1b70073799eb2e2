"""When two ways of writing mean the same: spacing, hyphens, case and the word in front."""

from __future__ import annotations

import re
import unicodedata

# words papers print in front of a value that the record keeps without them
LEADING_WORDS = re.compile(
    r"^(?:type|class|cl|rev|revision|issue|heat|batch|lot|no|nr|number|p/?o|po|order|date code)[\s.:#-]+",
    re.IGNORECASE,
)
# a slash or a dot tells one detail specification from another, so both stay
SPACING = re.compile(r"[\s\-‐-―_]+")


def normalise(text: str) -> str:
    """Return `text` as it is compared: composed, folded, without spacing, hyphens and a leading label."""
    composed = unicodedata.normalize("NFKC", text).strip()
    return SPACING.sub("", LEADING_WORDS.sub("", composed)).casefold()


def is_same(one: str, other: str) -> bool:
    """Say whether two texts mean the same after normalising; an empty one never does."""
    return bool(normalise(one)) and normalise(one) == normalise(other)
