"""Serial numbers as papers list them: one by one, or as a range."""

from __future__ import annotations

import re

# a longer range is named by its ends
MOST_NAMED = 500
_ONE = r"[A-Za-z]{0,6}[-]?\d[\w\-]*"
_RANGE = re.compile(
    rf"({_ONE}?)\s*(?:\.\.\.?|–|—|~|～|至|\bto\b|\bthrough\b|\bthru\b|\bbis\b|\ba\b|\bal\b|\s-\s)\s*({_ONE})"
)
_CLOSE_RANGE = re.compile(r"^([A-Za-z]*)(\d+)-([A-Za-z]*)(\d+)$")
_LIST = re.compile(
    rf"\W*((?:{_ONE})(?:\s*(?:,|;|、|，|/|&|\band\b|\bund\b|\by\b|和|–|—|-|~|\.\.\.?|至|\bto\b|\bthru\b|\bthrough\b|\bbis\b|\ba\b|\bal\b|\s)\s*(?:{_ONE}))*)"
)


def read_serials(text: str) -> tuple[str, str]:
    """Return the words that list serial numbers, and the numbers one by one with commas between."""
    match = _LIST.match(text)
    if not match:
        return "", ""
    named: list[str] = []
    for part in re.split(r"\s*(?:,|;|、|，|&|\band\b|\bund\b|\by\b|和)\s*", match[1]):
        named += _numbers(part.strip())
    return match[1], ", ".join(named)


def _numbers(part: str) -> list[str]:
    if match := _RANGE.fullmatch(part):
        return _between(match[1], match[2]) or [part]
    if match := _CLOSE_RANGE.match(part):
        return _between(match[1] + match[2], match[3] + match[4]) or [part]
    return [each for each in part.split() if each]


def _between(first: str, last: str) -> list[str]:
    """Return every number from the first to the last; nothing when they do not belong together."""
    one, other = re.fullmatch(r"(.*?)(\d+)", first), re.fullmatch(r"(.*?)(\d+)", last)
    if not one or not other or other[1] not in ("", one[1]):
        return []
    begin, end = int(one[2]), int(other[2])
    if not begin <= end < begin + MOST_NAMED:
        return []
    return [f"{one[1]}{number:0{len(one[2])}d}" for number in range(begin, end + 1)]
