"""The chain check: what must be proved before a lot may leave, one pure function a link.

A check sees frozen plain facts and nothing else. Those listed here are in force and hard; there is no light mode.
"""

from __future__ import annotations

from collections.abc import Iterable

from documents.domain.chain import (
    check_approval,
    check_clauses,
    check_coc,
    check_custody,
    check_dates,
    check_export,
    check_fai,
    check_files,
    check_finish,
    check_incoming,
    check_lock,
    check_material,
    check_nc,
    check_notes,
    check_process,
    check_results,
    check_route,
    check_steps,
    check_trail,
    waiving,
)
from documents.domain.chain.digests import digest_of
from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import Slot

CHECKS = (
    # planned and made
    ("NOTES", check_notes.check),
    ("ROUTE", check_route.check),
    ("STEPS", check_steps.check),
    ("LOCK", check_lock.check),
    # bought and sent out
    ("MATERIAL", check_material.check),
    ("APPROVAL", check_approval.check),
    ("CUSTODY", check_custody.check),
    ("PROCESS", check_process.check),
    ("DATES", check_dates.check),
    ("INCOMING", check_incoming.check),
    # measured
    ("FINISH", check_finish.check),
    ("RESULTS", check_results.check),
    ("FAI", check_fai.check),
    ("NC", check_nc.check),
    # shipped
    ("CLAUSES", check_clauses.check),
    ("COC", check_coc.check),
    ("FILES", check_files.check),
    ("EXPORT", check_export.check),
    ("TRAIL", check_trail.check),
)


def judge(facts: LotFacts) -> list[Slot]:
    """Return every slot of one lot, in the order of the chain; what a waiver lets pass is closed."""
    return waiving.let_pass(facts, [slot for _, check in CHECKS for slot in check(facts)])


def check_lots(travelers: Iterable, shipment=None) -> dict[str, list[Slot]]:
    """Read the facts of any number of lots and return the slots of each by its number.

    shipment: the draft they are judged for; without one, as the board shows them.
    """
    from documents.domain.chain.facts import read_facts

    found = read_facts([traveler.pk for traveler in travelers], shipment=shipment)
    return {number: judge(facts) for number, facts in found.items()}


def digest(facts: LotFacts | dict[str, LotFacts]) -> str:
    """Return the sha256 of the facts of one lot, or of several by number, in canonical form.

    Equal facts have equal digests for ever, so a verdict can be derived again and a change is seen.
    """
    return digest_of(facts)
