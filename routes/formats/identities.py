"""Numbers of pieces that a file carries as if they were dimensions."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from routes.formats.qif import QifDocument, QifSample

_IDENTITY = re.compile(
    r"(part|serial|piece|sample)[ _]*(number|num|no\.?|nr\.?|id|#)|serial|s/?n", re.IGNORECASE
)


def is_identity(name: str) -> bool:
    """Say whether a name is that of a piece's number rather than of a dimension."""
    return _IDENTITY.fullmatch(name.strip()) is not None


def with_identities(document: QifDocument) -> QifDocument:
    """Return the document with the number of each piece told apart from its dimensions.

    Only what is named as such a number and has whole values throughout is one.
    """
    named = {item.item_id for item in document.characteristics if is_identity(item.name)}
    if not named:
        return document
    values = defaultdict(list)
    for sample in document.samples:
        for value in sample.values:
            if value.item_id in named and value.value is not None:
                values[value.item_id].append(value.value)
    found = {item_id for item_id, numbers in values.items() if all(map(_is_whole, numbers))}
    return replace(
        document,
        characteristics=tuple(
            replace(item, is_pseudo_dimension=item.item_id in found) for item in document.characteristics
        ),
        samples=tuple(_labelled(sample, found) for sample in document.samples),
    )


def _is_whole(number: Decimal) -> bool:
    return number >= 0 and number == number.to_integral_value()


def _labelled(sample: QifSample, identities: set[str]) -> QifSample:
    carried = [v.value for v in sample.values if v.item_id in identities and v.value is not None]
    return replace(sample, label=f"{carried[0].to_integral_value():f}") if carried else sample
