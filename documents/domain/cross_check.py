"""Comparing a certificate with the records of everything it is said to cover."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.domain.asked_of_work import coating_limits, numbers_taken, results_named_in, results_typed
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
    Asked,
    KeyComparison,
    MaterialDemand,
    compare_material,
    compare_process,
)
from documents.domain.customer_rules import rules_for
from documents.domain.key_rules import EXACT
from documents.domain.key_sources import Sighting
from documents.domain.paper_checks import filled
from documents.domain.readings import reading_of
from documents.domain.result_limits import Limit
from documents.formats.paper import Reading
from documents.models import Certificate, CertificateCoverage, TestResult
from portal.languages import ENGLISH
from routes.domain.lots import ancestor_numbers
from routes.models import Operation, SpecificationRevision, Traveler
from subcontract.models import OutsideOrderLine

# what is compared where a number comes again with other content
SHOWN_AS_CHANGED = (
    "stated_on",
    "po_number",
    "part_number",
    "part_revision",
    "spec_number",
    "spec_revision",
    "identifier",
    "quantity",
)


def compare(certificate: Certificate, *, reading: Reading | None = None) -> list[KeyComparison]:
    """Compare what the paper says with the record of each thing it covers, key by key.

    A key that reads the same for several lots is shown once. What was only typed is never a match by itself: the
    machine finds it on the page, or a person looks. A certificate that covers nothing agrees with nothing.
    reading: what was read on its pages, where the caller has it; else the last reading kept.

    Source:  release rule 30: a certificate is accepted only after every join key matches, each mismatch named.
    """
    coverages = list(
        certificate.coverages.select_related(
            "material_lot__specification", "traveler__order_line__order", "step__operation"
        )
    )
    paper = paper_of(certificate, coverages)
    if not coverages:
        sentence = _("Certificate %(number)s covers nothing yet. Say which heat or step it is for.")
        wanted = _("a heat or an outside step")
        return [KeyComparison("covers", "", wanted, NOT_FOUND, sentence % {"number": certificate.number})]
    known = _Known.of(certificate, coverages, reading)
    found = []
    facts = read_facts({each.traveler_id for each in coverages if each.traveler_id})
    for coverage in coverages:
        if coverage.material_lot_id:
            keys = _of_material(paper, coverage, known)
        else:
            keys = _of_step(paper, coverage, facts[coverage.traveler.number], known)
        found += [replace(key, subject=_subject(coverage)) for key in keys]
    found += number_seen_before(certificate)
    unique = {(key.key, key.on_paper, key.on_record, key.sentence): key for key in reversed(found)}
    return sorted(unique.values(), key=found.index)


@dataclass(frozen=True)
class _Known:
    """What is the same for everything a certificate covers: its reading, what people saw, what is asked."""

    reading: Reading
    seen: dict[str, Sighting]
    asked: Asked

    @classmethod
    def of(
        cls, certificate: Certificate, coverages: list[CertificateCoverage], reading: Reading | None
    ) -> _Known:
        # nothing could be read: an empty reading, so that nothing typed counts by itself
        reading = reading or reading_of(certificate) or Reading()
        asked = Asked(
            rules=rules_for(_customers_of(coverages)),
            pages=certificate.page_to - certificate.page_from + 1,
            limits=limits_of(certificate),
            typed=results_typed(certificate),
            used=numbers_taken(certificate, reading),
        )
        return cls(reading, sightings_of(certificate), asked)

    def of_specification(self, specification_id: int, ordered_on: date | None) -> Asked:
        """Return what is asked where a specification's revision is judged by the contract's policy."""
        if self.asked.rules.revision_policy == EXACT:
            return self.asked
        later, in_effect = revisions_after(specification_id, ordered_on)
        return replace(self.asked, later_revisions=later, revision_in_effect=in_effect)


def typed_alone(certificate: Certificate) -> list[KeyComparison]:
    """Compare the fields as the chain does once a person has decided: by what they hold, without page or rules."""
    coverages = list(
        certificate.coverages.select_related("material_lot__specification", "traveler", "step__operation")
    )
    paper = paper_of(certificate, coverages)
    facts = read_facts({each.traveler_id for each in coverages if each.traveler_id})
    found = []
    for coverage in coverages:
        if coverage.material_lot_id:
            found += compare_material(paper, material_demand_of(coverage, quantity=paper.allocated))
            continue
        lot = facts[coverage.traveler.number]
        step = next((each for each in lot.steps if each.number == coverage.step.number), None)
        if step is not None:
            line = next(iter(lot.outside_lines_of(step)), None)
            found += compare_process(paper, process_demand(lot, step, line, quantity=paper.allocated))
    return found


def _customers_of(coverages: list[CertificateCoverage]) -> set[int]:
    """Return the customers whose goods a certificate is for, those made of its heats included."""
    heats = [each.material_lot_id for each in coverages if each.material_lot_id]
    of_heats = Traveler.objects.filter(material_lot__in=heats).values_list(
        "order_line__order__customer_id", flat=True
    )
    return {each.traveler.order_line.order.customer_id for each in coverages if each.traveler_id} | set(
        of_heats
    )


def sightings_of(certificate: Certificate) -> dict[str, Sighting]:
    """Return what people found by looking at the page, by field, the last one counts."""
    rows = certificate.sightings.select_related("seen_by")
    return {each.field: Sighting(each.field, each.words, each.seen_by.printed_name) for each in rows}


def revisions_after(specification_id: int, ordered_on: date | None) -> tuple[tuple[str, ...], str]:
    """Return the revisions that came after one, and the one in effect on the day of the order where it is known."""
    revision = SpecificationRevision.objects.get(pk=specification_id)
    family = list(SpecificationRevision.objects.filter(number=revision.number).exclude(effective_on=None))
    later = {
        each.revision
        for each in family
        if revision.effective_on and each.effective_on > revision.effective_on
    }
    following = revision.superseded_by
    while following is not None and following.revision not in later:
        later.add(following.revision)
        following = following.superseded_by
    before = [each for each in family if ordered_on and each.effective_on <= ordered_on]
    in_effect = max(before, key=lambda each: each.effective_on, default=None)
    return tuple(sorted(later)), in_effect.revision if in_effect else ""


def limits_of(certificate: Certificate) -> tuple[Limit, ...]:
    """Return the limits a person entered from a licensed copy of the specification for this certificate's rows."""
    rows = certificate.test_results.filter(withdrawn_at=None, limit_source=TestResult.LICENSED)
    return tuple(
        Limit(each.property_name, each.unit, each.minimum, each.maximum, _("our licensed copy"), each.test)
        for each in rows
    )


def number_seen_before(certificate: Certificate) -> list[KeyComparison]:
    """Ask for a revision where the same issuer's number came before with other content, and show the difference.

    Source:  design of certificates: same number with other content asks for a revision.
    """
    if not certificate.stated_number.strip() or certificate.issuer_id is None:
        return []
    others = Certificate.objects.filter(
        issuer=certificate.issuer_id,
        stated_number__iexact=certificate.stated_number.strip(),
        pk__lt=certificate.pk,
    ).exclude(pk=certificate.replaces_id)
    standing = others.exclude(state__in=(Certificate.REJECTED, Certificate.REVOKED)).select_related("file")
    for other in standing:
        if other.file.sha256 == certificate.file.sha256:
            continue
        changed = [name for name in SHOWN_AS_CHANGED if getattr(other, name) != getattr(certificate, name)]
        sentence = _(
            "Number %(number)s came before as %(other)s with other content (%(changed)s). Ask for a number of its own "
            "or a revision that names the one it replaces."
        ) % {
            "number": certificate.stated_number,
            "other": other.number,
            "changed": ", ".join(
                f"{name.replace('_', ' ')}: {getattr(other, name) or '-'}" for name in changed
            )
            or _("the file itself"),
        }
        return [KeyComparison("same number", certificate.stated_number, other.number, MISMATCH, sentence)]
    return []


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
        return _("material %(number)s") % {"number": coverage.material_lot.number}
    return _("lot %(number)s") % {"number": coverage.traveler.number}


def _of_material(
    paper: CertificateFacts, coverage: CertificateCoverage, known: _Known
) -> list[KeyComparison]:
    demand = material_demand_of(coverage, quantity=paper.allocated)
    asked = known.of_specification(coverage.material_lot.specification_id, coverage.material_lot.received_on)
    return compare_material(paper, replace(demand, asked=asked), known.reading, known.seen)


def material_demand_of(coverage: CertificateCoverage, *, quantity: int) -> MaterialDemand:
    """Say what the certificate of a heat must state; the type asked for is the strictest a route has asked of it.

    Units:   `quantity` pieces it is to cover.
    """
    material = coverage.material_lot
    operations = Operation.objects.filter(
        kind=Operation.MATERIAL, route_revision__travelers__material_lot=material
    ).values_list("certificate_type", flat=True)
    (specification,) = rows(statements.SPECIFICATIONS, specifications=[material.specification_id])
    return MaterialDemand(
        identifier=material.identifier,
        specification=make(SpecificationFacts, specification),
        condition=material.condition,
        quantity=quantity,
        subject=_("material %(number)s") % {"number": material.number},
        certificate_type=max(operations, default=""),
    )


def _of_step(
    paper: CertificateFacts, coverage: CertificateCoverage, facts: LotFacts, known: _Known
) -> list[KeyComparison]:
    step = next((each for each in facts.steps if each.number == coverage.step.number), None)
    if step is None:
        words = _("%(step)s is not the latest pass of lot %(lot)s; cover the step that is.")
        named = {"step": coverage.step.number, "lot": facts.number}
        return [KeyComparison("step", coverage.step.number, _("latest pass"), MISMATCH, words % named)]
    line = next(iter(facts.outside_lines_of(step)), None)
    demand = process_demand(facts, step, line, quantity=paper.allocated)
    more = _order_of(facts, step, line, coverage)
    if line and coverage.quantity < line.quantity:
        # one of several papers of a line, by what somebody recorded: the others cover the rest of what came back
        more["received"] = None
    asked = known.asked
    if more["specification_id"]:
        asked = known.of_specification(more["specification_id"], line.ordered_on if line else None)
    del more["specification_id"]
    if ordered := more.pop("ordered"):
        asked = replace(
            asked,
            limits=(*coating_limits(coverage.step.operation, ordered.order.site), *asked.limits),
            required=results_named_in(ordered.order.certificate_content),
        )
    keys = compare_process(
        paper, replace(demand, asked=asked, subject=_subject(coverage), **more), known.reading, known.seen
    )
    return [*keys, *_days(filled(paper, known.reading), facts, step, line)]


def _order_of(facts: LotFacts, step: StepFacts, line, coverage: CertificateCoverage) -> dict:
    """Return what the records know of an outside step besides its keys: line, address, heat, serials, returns."""
    back = [each.quantity_returned for each in facts.receipts if each.place == step.place]
    found = {
        "lots": tuple(dict.fromkeys((facts.number, *ancestor_numbers(facts.number)))),
        "heat": facts.material.identifier if facts.material else "",
        "serials": facts.serials,
        "received": sum(back) if back else None,
        "order_line": line.line_number if line else None,
        "specification_id": None,
        "ordered": None,
    }
    ordered = (
        line
        and OutsideOrderLine.objects.filter(order__number=line.order, line_number=line.line_number)
        .select_related("order__site__organization")
        .first()
    )
    if ordered:
        site = ordered.order.site
        others = (
            site.address,
            site.street,
            f"{site.name}, {site.city}",
            f"{site.organization.name}, {site.city}",
        )
        found |= {
            "site_others": tuple(each for each in others if each.strip(", ")),
            "specification_id": ordered.specification_id,
            "ordered": ordered,
        }
    return found


def _words(day: date | None) -> str:
    return f"{day:%-d %b %Y}" if day else _("not yet")


def _briefly(sentence: str, brief: str) -> str:
    """Return a sentence of the chain, which speaks the language of the records, or the short of it in the reader's."""
    is_english = (get_language() or ENGLISH).startswith("en")
    return sentence if is_english or not sentence else brief


def _days(paper: CertificateFacts, facts: LotFacts, step: StepFacts, line) -> list[KeyComparison]:
    """Compare the printed days with the order's, and with the vendor's approval and its registration on each.

    Source:  release rule 22 (work outside the validity of approval or Nadcap is named before a person decides).
    """
    printed = sorted({day for day in (paper.process_from, paper.process_to) if day})
    if line is None:
        return []
    shown = _(" to ").join(_words(day) for day in printed)
    received = max((each.received_on for each in facts.receipts if each.place == step.place), default=None)
    wrong = _briefly(
        disorder(line, paper, received),
        _("The days of the certificate and of the order cannot all be true. Look at the days it prints."),
    )
    known = {"shipped": _words(line.shipped_on), "received": _words(received)}
    days = [("process dates", _("shipped %(shipped)s, received %(received)s") % known, wrong)]
    every = days_between(facts, printed[0], printed[-1]) if printed else []
    gaps = [gap for day in every if (gap := coverage_on(facts, line, day, "process date")[1])]
    gap = _briefly(
        gaps[0] if gaps else "",
        _("On a day of the process we have no approval of %(site)s for this work. Call the shop.")
        % {"site": line.site},
    )
    days.append(("approval that day", _("scope of %(site)s") % {"site": line.site}, gap))
    undated = _("Certificate %(number)s prints no process date.") % {"number": paper.number}
    return [
        KeyComparison(
            key,
            shown,
            record,
            _day_verdict(shown, sentence),
            sentence or ("" if shown else undated),
            # without a printed date the whole time away is judged by the chain
            is_must=bool(sentence),
        )
        for key, record, sentence in days
    ]


def _day_verdict(shown: str, sentence: str) -> str:
    if sentence:
        return MISMATCH
    return MATCH if shown else NOT_FOUND
