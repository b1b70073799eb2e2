"""The language a paper is written in, by the small words it uses most."""

from __future__ import annotations

import re
from collections import Counter

_WORDS = {
    "en": "the of and to in with that by for is are this we hereby have been certificate date number order",
    "de": "der die das und mit den dem von zu wir dass ist sind nach gemäß hiermit wurde datum nummer bestellung für",
    "es": "el la los las de y con que por para se este certificado fecha número pedido según del conforme en",
}
_OWNER: dict[str, set[str]] = {}
for _language, _text in _WORDS.items():
    for _word in _text.split():
        _OWNER.setdefault(_word, set()).add(_language)


def language_of(text: str) -> str:
    """Return zh, de, es or en; empty for a text too short to tell."""
    han = len(re.findall(r"[一-鿿]", text))
    letters = len(re.findall(r"[^\W\d_]", text))
    if han >= 8 and han * 4 > letters:
        return "zh"
    counts: Counter[str] = Counter()
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        for language in _OWNER.get(word, ()):
            counts[language] += 1
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] >= 2 else ""
