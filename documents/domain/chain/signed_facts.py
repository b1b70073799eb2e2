"""What the proof of a lot stands on and was signed: whether each record still reads as its signature says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from documents.domain.certificate_contents import altered_certificates
from documents.domain.waiver_contents import altered_waivers
from inspection.domain.first_articles import altered_first_articles
from inspection.domain.passing_contents import altered_concessions, altered_dispositions
from inspection.domain.record_contents import altered_inspections
from routes.domain.route_contents import altered_routes
from routes.domain.step_contents import altered_steps


@dataclass(frozen=True)
class SignedRecord:
    """One signed record a lot stands on, by its number; `noun` is one of `READ_AGAIN`."""

    noun: str
    number: str


@dataclass(frozen=True)
class AlteredFacts:
    """A record that no longer reads as it was signed; `words` say in a sentence what of it."""

    noun: str
    number: str
    words: str


# how each kind is compared with its signature: numbers in, what is no longer as signed by number out
READ_AGAIN = {
    "route": altered_routes,
    "inspection": altered_inspections,
    "first article": altered_first_articles,
    "certificate": altered_certificates,
    "step": altered_steps,
    "nonconformance": altered_dispositions,
    "concession": altered_concessions,
    "waiver": altered_waivers,
}


def read_altered(signed: Mapping[int, Iterable[SignedRecord]]) -> dict[int, tuple[AlteredFacts, ...]]:
    """Return by lot which of its signed records are no longer as they were signed, in the order of `READ_AGAIN`.

    A record several lots stand on is read once.
    """
    held = {lot: set(records) for lot, records in signed.items()}
    every = set().union(*held.values())
    words = {
        SignedRecord(noun, number): said
        for noun, altered in READ_AGAIN.items()
        if (numbers := {each.number for each in every if each.noun == noun})
        for number, said in sorted(altered(numbers).items())
    }
    return {
        lot: tuple(
            AlteredFacts(each.noun, each.number, said) for each, said in words.items() if each in records
        )
        for lot, records in held.items()
    }
