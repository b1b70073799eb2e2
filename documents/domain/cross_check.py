"""Comparing a certificate with the records of everything it is said to cover."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from documents.domain.chain import statements
from documents.domain.chain.check_approval import coverage_on, days_between
from documents.domain.chain.check_dates import disorder
from documents.domain.chain.check_process import process_demand
from documents.domain.chain.facts import make, read_facts, rows
from documents.domain.chain.lot_facts import CertificateFacts, LotFacts, SpecificationFacts, StepFacts
from documents.domain.comparison import (
    MATCH,
    MISMATCH,
    NOT_FOUND,
    KeyComparison,
    MaterialDemand,
    compare_material,
    compare_process,
)
from documents.models import Certificate, CertificateCoverage
from routes.models import Operation


def compare(certificate: Certificate) -> list[KeyComparison]:
    """Compare what the paper says with the record of each thing it covers, key by key.

    A key that reads the same for several lots is shown once. What was only typed is never a match by itself: a
    certificate that covers nothing agrees with nothing.

    Source:  release rule 30: a certificate is accepted only after every join key matches, each mismatch named.
    """
    coverages = list(certificate.coverages.select_related("material_lot__specification", "traveler", "step"))
    paper = paper_of(certificate, coverages)
    if not coverages:
        sentence = f"Certificate {certificate.number} covers nothing yet. Say which heat or step it is for."
        return [KeyComparison("covers", "", "a heat or an outside step", NOT_FOUND, sentence)]
    found = []
    facts = read_facts({each.traveler_id for each in coverages if each.traveler_id})
    for coverage in coverages:
        if coverage.material_lot_id:
            keys = _of_material(paper, coverage)
        else:
            keys = _of_step(paper, coverage, facts[coverage.traveler.number])
        found += [replace(key, subject=_subject(coverage)) for key in keys]
    unique = {(key.key, key.on_paper, key.on_record, key.sentence): key for key in reversed(found)}
    return sorted(unique.values(), key=found.index)


def paper_of(certificate: Certificate, coverages: list[CertificateCoverage]) -> CertificateFacts:
    """Return the entered fields of a certificate as the comparison takes them."""
    named = {
        name: getattr(certificate, name)
        for name in CertificateFacts.__dataclass_fields__
        if name not in ("site", "issuer") and hasattr(certificate, name)
    }
    return CertificateFacts(
        **named,
        site=str(certificate.site) if certificate.site_id else "",
        allocated=sum(each.quantity for each in coverages),
    )


def _subject(coverage: CertificateCoverage) -> str:
    if coverage.material_lot_id:
        return f"material {coverage.material_lot.number}"
    return f"lot {coverage.traveler.number}"


def _of_material(paper: CertificateFacts, coverage: CertificateCoverage) -> list[KeyComparison]:
    """Compare with the heat; the type asked for is the strictest a route has asked of this heat."""
    material = coverage.material_lot
    operations = Operation.objects.filter(
        kind=Operation.MATERIAL, route_revision__travelers__material_lot=material
    ).values_list("certificate_type", flat=True)
    (specification,) = rows(statements.SPECIFICATIONS, specifications=[material.specification_id])
    demand = MaterialDemand(
        identifier=material.identifier,
        specification=make(SpecificationFacts, specification),
        condition=material.condition,
        quantity=paper.allocated,
        subject=f"material {material.number}",
        certificate_type=max(operations, default=""),
    )
    return compare_material(paper, demand)


def _of_step(paper: CertificateFacts, coverage: CertificateCoverage, facts: LotFacts) -> list[KeyComparison]:
    step = next((each for each in facts.steps if each.number == coverage.step.number), None)
    if step is None:
        words = (
            f"{coverage.step.number} is not the latest pass of lot {facts.number}; cover the step that is."
        )
        return [KeyComparison("step", coverage.step.number, "latest pass", MISMATCH, words)]
    line = next(iter(facts.outside_lines_of(step)), None)
    keys = compare_process(paper, process_demand(facts, step, line, quantity=paper.allocated))
    return [*keys, *_days(paper, facts, step, line)]


def _words(day: date | None) -> str:
    return f"{day:%-d %b %Y}" if day else "not yet"


def _days(paper: CertificateFacts, facts: LotFacts, step: StepFacts, line) -> list[KeyComparison]:
    """Compare the printed days with the order's, and with the vendor's approval and its registration on each.

    Source:  release rule 22 (work outside the validity of approval or Nadcap is named before a person decides).
    """
    printed = sorted({day for day in (paper.process_from, paper.process_to) if day})
    if line is None:
        return []
    shown = " to ".join(_words(day) for day in printed)
    received = max((each.received_on for each in facts.receipts if each.place == step.place), default=None)
    wrong = disorder(line, paper, received)
    days = [("process dates", f"shipped {_words(line.shipped_on)}, received {_words(received)}", wrong)]
    every = days_between(facts, printed[0], printed[-1]) if printed else []
    gaps = [gap for day in every if (gap := coverage_on(facts, line, day, "process date")[1])]
    days.append(("approval that day", f"scope of {line.site}", gaps[0] if gaps else ""))
    return [
        KeyComparison(
            key,
            shown,
            record,
            _day_verdict(shown, sentence),
            sentence or ("" if shown else f"Certificate {paper.number} prints no process date."),
            # without a printed date the whole time away is judged by the chain
            is_must=bool(sentence),
        )
        for key, record, sentence in days
    ]


def _day_verdict(shown: str, sentence: str) -> str:
    if sentence:
        return MISMATCH
    return MATCH if shown else NOT_FOUND
