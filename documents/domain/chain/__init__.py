"""The chain check: what must be proved before a lot may leave, one pure function a link.

A check sees frozen plain facts and nothing else. Those in force for the lot's customer are hard; one that is not says
by whose signed policy. There is no light mode.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from django.utils import translation

from documents.domain.chain import (
    check_approval,
    check_clauses,
    check_coc,
    check_components,
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
    check_pack,
    check_process,
    check_results,
    check_route,
    check_steps,
    check_trail,
    waiving,
)
from documents.domain.chain.digests import digest_of
from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.policy import is_in_force, left_out
from documents.domain.chain.slots import Slot, start

Check = Callable[[LotFacts], list[Slot]]

CHECKS: tuple[tuple[str, Check], ...] = (
    # planned and made
    ("NOTES", check_notes.check),
    ("ROUTE", check_route.check),
    ("STEPS", check_steps.check),
    ("LOCK", check_lock.check),
    # bought and sent out
    ("MATERIAL", check_material.check),
    ("COMPONENTS", check_components.check),
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
    ("PACK", check_pack.check),
    ("FILES", check_files.check),
    ("EXPORT", check_export.check),
    ("TRAIL", check_trail.check),
)


@translation.override("en-gb")
def judge(facts: LotFacts) -> list[Slot]:
    """Return every slot of one lot, in the order of the chain; what a waiver lets pass is closed.

    Only checks in force for the customer judge; of each other one slot says so. Sentences are in the language of the
    records, whoever asks: they are kept for boards and packages.
    """
    slots = [slot for code, check in CHECKS for slot in _asked(facts, code, check)]
    return waiving.let_pass(facts, slots)


def _asked(facts: LotFacts, code: str, check: Check) -> list[Slot]:
    if is_in_force(facts.policy, code):
        return check(facts)
    demand = demand_of(check)
    return [left_out(facts.policy, code=code, lot=facts.number, customer=facts.customer, demand=demand)]


def demand_of(check: Check) -> str:
    """Return what a check demands in one sentence: the first line of its module, without the code."""
    _, _, demand = (sys.modules[check.__module__].__doc__ or "").partition(": ")
    return start(demand.partition("\n")[0])


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
