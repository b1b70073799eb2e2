"""What a reading proposes for the fields of a certificate. A person confirms or corrects every one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from documents.domain.normalising import normalise
from documents.formats.paper import FIELDS, OCR, ReadField, Reading
from documents.models import Certificate
from portal.models import Site

DAYS = ("stated_on", "process_from", "process_to")
MOST_PIECES = 2_147_483_647
# a name or a street shorter than this is found in too many addresses
SHORTEST_NAME = 5


@dataclass(frozen=True)
class Proposal:
    """What was read for one field: the words, and the value they propose; None where they can mean several."""

    read: ReadField
    value: object | None
    ways: tuple[str, ...] = ()

    @property
    def is_from_a_picture(self) -> bool:
        return self.read.how == OCR


def proposals_of(reading: Reading | None, sites: Iterable[Site] = ()) -> dict[str, Proposal]:
    """Return what a reading proposes, by field; a field nothing was read for is left out."""
    if reading is None:
        return {}
    found = {key: first for key in FIELDS if key != "site" and (first := reading.first(key))}
    proposed = {key: Proposal(first, _value(key, first), _ways(key, first)) for key, first in found.items()}
    if site := _site(reading, list(sites)):
        proposed["site"] = site
    return proposed


def _value(key: str, first: ReadField) -> object | None:
    if not first.value:
        return None
    if key in DAYS:
        return _day(first.value)
    if key == "quantity":
        plain = first.value.isascii() and first.value.isdigit() and int(first.value) <= MOST_PIECES
        return int(first.value) if plain else None
    longest = Certificate._meta.get_field(key).max_length
    return first.value if len(first.value) <= longest else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _ways(key: str, first: ReadField) -> tuple[str, ...]:
    """Return the ways words can be read that mean more than one thing, as a person writes them."""
    if first.value or key not in DAYS:
        return first.others if not first.value else ()
    days = [day for each in first.others if (day := _day(each))]
    return tuple(f"{day:%-d %b %Y}" for day in days)


def _site(reading: Reading, sites: list[Site]) -> Proposal | None:
    """Return the one site whose name, street or code the paper names; two that fit propose none."""
    for read in (*reading.of("site"), *reading.of("site_address")):
        said = normalise(read.words)
        fitting = [site for site in sites if any(name in said for name in _names_of(site))]
        if len(fitting) == 1:
            return Proposal(read, fitting[0])
    return None


def _names_of(site: Site) -> list[str]:
    names = [normalise(name) for name in (site.street, site.name, site.code)]
    return [name for name in names if len(name) >= SHORTEST_NAME]
