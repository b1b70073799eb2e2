"""Which part of a file that holds several an inspection is about."""

from __future__ import annotations

import re
from dataclasses import replace

from routes.formats.qif import QifDocument

MOST_NAMED = 4


def of_part(document: QifDocument, number: str) -> tuple[QifDocument, list[str]]:
    """Return what a file of several parts says of one, and what to know about the rest.

    A file that names other parts only is left whole: the name of a part is spelled in many ways, and a person decides.
    """
    named = list(dict.fromkeys(part.number for part in document.parts if part.number))
    same = [each for each in named if _bare(each) == _bare(number)]
    if not same:
        remark = f"The file is of part {_named(named)}; this inspection is of part {number}."
        return document, [remark] if named else []
    others = [each for each in named if each not in same]
    samples = tuple(sample for sample in document.samples if not sample.part or sample.part in same)
    if not others or len(samples) == len(document.samples):
        return document, []
    items = tuple(item for item in document.characteristics if not item.part or item.part in same)
    return replace(document, samples=samples, characteristics=items), [
        f"The file holds other parts too ({_named(others)}); what it says of them is left out."
    ]


def _bare(number: str) -> str:
    return re.sub(r"[\W_]+", "", number).casefold()


def _named(numbers: list[str]) -> str:
    rest = len(numbers) - MOST_NAMED
    return ", ".join(numbers[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
