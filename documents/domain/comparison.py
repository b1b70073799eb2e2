"""Comparing what a certificate says with what the records say, key by key. Pure: it reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from documents.domain import paper_checks
from documents.domain.chain.lot_facts import CertificateFacts, SpecificationFacts
from documents.domain.key_rules import KeyRules, revision_alike
from documents.domain.key_sources import Sighting, Sources, asked_where_missed, weigh
from documents.domain.key_verdicts import MATCH as MATCH
from documents.domain.key_verdicts import MISMATCH as MISMATCH
from documents.domain.key_verdicts import NORMALISED as NORMALISED
from documents.domain.key_verdicts import NOT_FOUND as NOT_FOUND
from documents.domain.key_verdicts import STATED_ONLY as STATED_ONLY
from documents.domain.key_verdicts import UNCLEAR as UNCLEAR
from documents.domain.key_verdicts import KeyComparison as KeyComparison
from documents.domain.likeness import Likeness, alike, choice_alike, enough, one_of, place_alike
from documents.domain.normalising import normalise
from documents.domain.result_limits import Limit, compare_results
from documents.formats.paper import ReadField, Reading

# EN 10204, weakest first: a stronger type than ordered is taken, a weaker one never
EN_10204 = ("2.1", "2.2", "3.1", "3.2")


@dataclass(frozen=True)
class Asked:
    """What the certificate of either kind may be held against besides its own keys.

    later_revisions     revisions of the specification that came after the one ordered
    revision_in_effect  the one in effect on the day of the order, where it is known
    limits, required    what results are held against, and which must be there
    typed               names of the results a person typed off the page
    pages               how many pages of the file the certificate has; 0 when nobody knows
    used                numbers of the issuer's certificates that were taken for something else, and what for
    """

    rules: KeyRules = field(default_factory=KeyRules)
    later_revisions: tuple[str, ...] = ()
    revision_in_effect: str = ""
    limits: tuple[Limit, ...] = ()
    required: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    pages: int = 0
    used: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ProcessDemand:
    """What the certificate of one outside step must say.

    site_others  what else the site may be called on paper: its code, its name, its address
    lots         our numbers by which the paper may name the pieces, the lot's own first
    Units:       `quantity` pieces it is to cover, `received` pieces that came back.
    """

    order: str
    site: str
    part_number: str
    part_revision: str
    specification: SpecificationFacts
    spec_type: str
    spec_class: str
    quantity: int
    subject: str
    certificate_type: str = ""
    order_line: int | None = None
    site_others: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    heat: str = ""
    serials: tuple[str, ...] = ()
    ordered_on: date | None = None
    shipped_on: date | None = None
    received_on: date | None = None
    received: int | None = None
    asked: Asked = Asked()


@dataclass(frozen=True)
class MaterialDemand:
    """What the certificate of one heat must say.

    Units:   `quantity` pieces it is to cover.
    """

    identifier: str
    specification: SpecificationFacts
    condition: str
    quantity: int
    subject: str
    certificate_type: str = ""
    asked: Asked = Asked()


def compare_process(
    paper: CertificateFacts,
    demand: ProcessDemand,
    reading: Reading | None = None,
    seen: Mapping[str, Sighting] | None = None,
) -> list[KeyComparison]:
    """Compare a processor's certificate with the order, the operation and the pieces it is for.

    reading  what was read on its pages: an empty one where nothing could be read; none for a certificate that a
             person has decided on, whose typed fields count as they stand
    seen     what a person found by looking, by field

    Source:  AS9100D 8.4.3 and 8.6; join keys of a processor's certificate: order, part and revision,
             quantity, specification with revision, type and class, the site that did the work, a signature.
    """
    sources = _sources(paper, demand.subject, reading, demand.specification, seen)
    sources = replace(
        sources,
        names=sources.names | {"site": demand.site_others},
        owners=sources.owners | {"part_revision": (demand.part_number,)},
    )
    said = _sayer(sources)
    keys = [
        said("order", "po_number", paper.po_number, demand.order, _order_alike(demand.order_line)),
        said("part", "part_number", paper.part_number, demand.part_number),
        said("part revision", "part_revision", paper.part_revision, demand.part_revision),
        *_specification(sources, paper, demand.specification, demand.asked),
        *_if_either(said("type", "spec_type", paper.spec_type, demand.spec_type, choice_alike)),
        *_if_either(said("class", "spec_class", paper.spec_class, demand.spec_class, choice_alike)),
        _site(sources, paper, demand),
        _quantity(sources, paper, demand.quantity),
        _certificate_type(sources, paper, demand.certificate_type),
        *_always(sources, paper),
    ]
    if reading is None:
        return keys
    return demand.asked.rules.applied([*keys, *_beyond_process(sources, paper, demand)])


def compare_material(
    paper: CertificateFacts,
    demand: MaterialDemand,
    reading: Reading | None = None,
    seen: Mapping[str, Sighting] | None = None,
) -> list[KeyComparison]:
    """Compare a material certificate with the heat received and the route's material operation.

    A mill states weight, so a quantity in pieces is compared only where it is stated. `reading` and `seen` as for a
    process.

    Source:  AS9100D 8.4.3; the certificate is compared with the material operation, not with the drawing.
    """
    if reading is not None:
        reading = _without_parts(reading)
    sources = _sources(paper, demand.subject, reading, demand.specification, seen)
    said = _sayer(sources)
    keys = [
        said("heat or batch", "identifier", paper.identifier, demand.identifier),
        *_specification(sources, paper, demand.specification, demand.asked),
        said("condition", "condition", paper.condition, demand.condition, _condition_alike),
        _certificate_type(sources, paper, demand.certificate_type),
        *([_quantity(sources, paper, demand.quantity)] if paper.quantity is not None else []),
        *_always(sources, paper),
    ]
    if reading is None:
        return keys
    return demand.asked.rules.applied([*keys, *_beyond(sources, demand.asked)])


def compare_reading(
    reading: Reading, demand: ProcessDemand | MaterialDemand, paper: CertificateFacts | None = None
) -> list[KeyComparison]:
    """Compare what was read with a demand when nobody has typed anything, or what was typed in `paper`."""
    paper = paper or CertificateFacts(number=_("sent"), kind="", state="received")
    if isinstance(demand, ProcessDemand):
        return compare_process(paper, demand, reading)
    return compare_material(paper, demand, reading)


def _sources(
    paper: CertificateFacts,
    subject: str,
    reading: Reading | None,
    specification: SpecificationFacts,
    seen: Mapping[str, Sighting] | None,
) -> Sources:
    if reading is not None:
        reading = _with_revision(paper_checks.with_days_in_words(reading), specification)
    known = (specification.number, *specification.names)
    return Sources(
        name=_name(paper),
        subject=subject,
        reading=reading,
        seen=seen or {},
        names={"spec_number": specification.names},
        owners=dict.fromkeys(("spec_revision", "spec_type", "spec_class"), known),
    )


def _with_revision(reading: Reading, wanted: SpecificationFacts) -> Reading:
    """Take the revision out of a number it is glued to, as in MIL-PRF-8625F, where no other stands on the page."""
    number = reading.first("spec_number")
    if number is None or reading.first("spec_revision") is not None:
        return reading
    said = normalise(number.value or number.words)
    for name in (wanted.number, *wanted.names):
        rest = said.removeprefix(normalise(name))
        if rest != said and rest.isalpha() and len(rest) <= 2:
            revision = replace(number, key="spec_revision", value=rest.upper(), others=())
            return replace(reading, found=(*reading.found, revision))
    return reading


def _without_parts(reading: Reading) -> Reading:
    """Take a revision for the specification's where a paper names no part and no other revision."""
    if any(reading.of("spec_revision")) or any(reading.of("part_number")):
        return reading
    bare = tuple(replace(each, key="spec_revision") for each in reading.of("part_revision"))
    return replace(reading, found=(*reading.found, *bare)) if bare else reading


def _beyond_process(sources: Sources, paper: CertificateFacts, demand: ProcessDemand) -> list[KeyComparison]:
    """Ask what only the page itself can answer, and the days of the order where they are given."""
    reading = sources.reading
    known = paper_checks.filled(paper, reading)
    keys = [
        *_process_days(sources, paper),
        *paper_checks.heat(reading, demand.heat, demand.lots),
        *paper_checks.serials(reading, demand.serials),
        *_received(known, demand),
        *_beyond(sources, demand.asked),
    ]
    if demand.lots:
        keys += paper_checks.lot(reading, demand.lots[0], (*demand.lots[1:], demand.heat, *demand.serials))
    if demand.order_line is not None:
        line = _sayer(sources)("order line", "po_line", "", str(demand.order_line), _line_alike)
        keys.append(line if line.read else replace(line, is_must=False))
    if demand.ordered_on or demand.shipped_on or demand.received_on:
        keys += paper_checks.days_in_order(
            known, ordered_on=demand.ordered_on, shipped_on=demand.shipped_on, received_on=demand.received_on
        )
    return keys


def _beyond(sources: Sources, asked: Asked) -> list[KeyComparison]:
    reading = sources.reading
    checks = [
        *paper_checks.pages(reading, asked.pages),
        *paper_checks.reused(reading, asked.used),
        *paper_checks.statement(reading),
        *paper_checks.language(reading, asked.rules.languages),
        *(
            asked_where_missed(key, reading)
            for key in compare_results(reading.rows, asked.limits, asked.required, asked.typed)
        ),
    ]
    # of a page nobody could read nothing is said to be absent
    return [*checks, *paper_checks.signer(reading)] if reading.found else [key for key in checks if key.read]


def _process_days(sources: Sources, paper: CertificateFacts) -> list[KeyComparison]:
    """Show the days of the work where they stand; typed and read must be the same day."""
    keys = []
    for key, name in (("processed from", "process_from"), ("processed until", "process_to")):
        typed = paper_checks.day_in_words(getattr(paper, name))
        found = sources.reading.first(name)
        if not typed and found is None:
            continue
        compared = weigh(
            sources,
            key=key,
            field=name,
            typed=typed,
            wanted="",
            show=_("the day of the work"),
            is_presence=True,
        )
        keys.append(replace(compared, is_must=compared.verdict == MISMATCH))
    return keys


def _received(paper: CertificateFacts, demand: ProcessDemand) -> list[KeyComparison]:
    """Compare the pieces certified with those that came back; too few for the order is said once already."""
    if demand.received is None or paper.quantity is None or paper.quantity < demand.quantity:
        return []
    stated, back = str(paper.quantity), str(demand.received)
    if paper.quantity >= demand.received:
        return [KeyComparison("quantity received", stated, back, MATCH)]
    sentence = _("Certificate %(name)s covers %(stated)s pieces; %(back)s came back.")
    words = {"name": _name(paper), "stated": stated, "back": back}
    return [KeyComparison("quantity received", stated, back, MISMATCH, sentence % words)]


def _order_alike(line: int | None) -> Likeness:
    """Compare an order number; the line may be written behind it."""

    def compare(said: str, wanted: str) -> tuple[str, ...] | None:
        if (found := alike(said, wanted)) is not None:
            return found
        if line is not None and any(
            alike(said, f"{wanted}{sign}{number}") is not None
            for sign in ("/", "-", " ")
            for number in (str(line), f"{line:02}", f"{line:03}")
        ):
            return (_("the line behind it"),)
        return None

    return compare


def _line_alike(said: str, wanted: str) -> tuple[str, ...] | None:
    """Compare the number of a line: 010 and 10 are written for the first one, too."""
    ours = normalise(said).lstrip("0")
    return () if ours in (wanted, f"{wanted}0") else None


def _condition_alike(said: str, wanted: str) -> tuple[str, ...] | None:
    """Compare alloy and temper: in any order, the alloy's own word left out."""
    if (found := alike(said, wanted)) is not None:
        return found
    ours, theirs = (
        {
            piece
            for piece in _pieces(text)
            if piece not in ("alloy", "aluminum", "aluminium", "temper", "steel")
        }
        for text in (said, wanted)
    )
    return (_("order of words"),) if ours and ours == theirs else None


def _pieces(text: str) -> list[str]:
    return text.casefold().replace("-", " ").replace(",", " ").replace("/", " ").split()


def _if_either(key: KeyComparison) -> list[KeyComparison]:
    """Return a key one side names; what the order does not ask and the paper does not say is no question."""
    return [key] if key.on_paper.strip() or key.on_record.strip() else []


def _sayer(sources: Sources):
    """Return the comparison of one plain key, with its sentence in the words of this certificate."""

    def said(key: str, name: str, typed: str, on_record: str, same: Likeness = alike) -> KeyComparison:
        # a choice the specification does not offer is not asked of the paper
        return weigh(sources, key=key, field=name, typed=typed, wanted=on_record, same=same)

    return said


def _name(paper: CertificateFacts) -> str:
    return f"{paper.stated_number} ({paper.number})" if paper.stated_number else paper.number


def _specification(
    sources: Sources, paper: CertificateFacts, wanted: SpecificationFacts, asked: Asked
) -> list[KeyComparison]:
    """Compare number and revision; other numbers of the same specification are data, not spelling."""
    said = _sayer(sources)
    known = [
        *wanted.names,
        *(f"{name}{wanted.revision}" for name in (wanted.number, *wanted.names) if wanted.revision),
    ]
    revision = revision_alike(
        asked.rules.revision_policy, later=asked.later_revisions, in_effect=asked.revision_in_effect
    )
    return [
        said("specification", "spec_number", paper.spec_number, wanted.number, one_of(known)),
        said("specification revision", "spec_revision", paper.spec_revision, wanted.revision, revision),
    ]


def _site(sources: Sources, paper: CertificateFacts, demand: ProcessDemand) -> KeyComparison:
    """Compare the site that did the work by its name, or by the address the page prints."""
    same = place_alike(demand.site_others)
    found = weigh(sources, key="site", field="site", typed=paper.site, wanted=demand.site, same=same)
    if sources.reading is None or (found.agrees and not found.is_question):
        return found
    address = weigh(
        sources, key="site", field="site_address", typed=paper.site, wanted=demand.site, same=same
    )
    if not address.read:
        return found
    # an address names the place; the name of the issuer alone names none
    return replace(address, field="site")


def _quantity(sources: Sources, paper: CertificateFacts, needed: int) -> KeyComparison:
    typed = "" if paper.quantity is None else str(paper.quantity)
    key = weigh(
        sources, key="quantity", field="quantity", typed=typed, wanted=str(needed), same=enough, is_must=True
    )
    words = {"name": sources.name, "said": key.read or typed, "subject": sources.subject, "needed": needed}
    if key.verdict == NOT_FOUND and not key.is_question:
        sentence = _("Certificate %(name)s states no quantity; %(subject)s needs %(needed)s pieces covered.")
    elif key.verdict == MISMATCH and not key.is_question and not (key.read and typed):
        sentence = _("Certificate %(name)s covers %(said)s pieces; %(subject)s carries %(needed)s.")
        if key.read:
            sentence = _("Page %(page)s covers %(said)s pieces; %(subject)s carries %(needed)s.")
            words["page"] = key.page
    else:
        return key
    return replace(key, sentence=sentence % words)


def _certificate_type(sources: Sources, paper: CertificateFacts, ordered: str) -> KeyComparison:
    """Compare the certificate's type with the one ordered; only types of EN 10204 stand on a page.

    Source:  EN 10204: a 2.2 never answers an order for a 3.1; a mill report without a type is not called 3.1.
    """
    key = _sayer(sources)(
        "certificate type", "certificate_type", paper.certificate_type, ordered, _type_alike
    )
    if sources.reading is None or ordered in EN_10204:
        return key
    if key.read and not key.typed:
        # a processor prints what it likes to call its paper
        return replace(key, verdict=MATCH, sentence="", is_must=False)
    if key.typed and _type_alike(key.typed, ordered) is not None:
        return replace(key, verdict=MATCH, sentence="", is_question=False)
    return replace(key, is_must=bool(key.typed and ordered), is_question=False)


def _type_alike(said: str, wanted: str) -> tuple[str, ...] | None:
    ours = next((each for each in EN_10204 if each in said.replace(",", ".")), said.strip())
    if (found := alike(ours, wanted)) is not None:
        return found
    if ours in EN_10204 and wanted in EN_10204 and EN_10204.index(ours) > EN_10204.index(wanted):
        words = _("%(said)s was given where %(wanted)s was ordered: stronger than asked")
        return (words % {"said": ours, "wanted": wanted},)
    return None


def _always(sources: Sources, paper: CertificateFacts) -> list[KeyComparison]:
    """Compare what every certificate must carry whatever it is for: a number, a day, a signer."""
    given = (
        ("certificate number", "stated_number", paper.stated_number),
        ("certificate date", "stated_on", paper_checks.day_in_words(paper.stated_on)),
        ("signed by", "signed_name", paper.signed_name),
    )
    keys = []
    for key, name, typed in given:
        found = weigh(
            sources, key=key, field=name, typed=typed, wanted="", show=_("must be there"), is_presence=True
        )
        if found.verdict == NOT_FOUND and not found.is_question:
            sentence = _("Certificate %(certificate)s carries no %(key)s.")
            found = replace(found, sentence=sentence % {"certificate": sources.name, "key": _(key)})
        keys.append(replace(found, is_must=True))
    return keys


__all__ = [
    "EN_10204",
    "MATCH",
    "MISMATCH",
    "NORMALISED",
    "NOT_FOUND",
    "STATED_ONLY",
    "UNCLEAR",
    "Asked",
    "KeyComparison",
    "MaterialDemand",
    "ProcessDemand",
    "ReadField",
    "compare_material",
    "compare_process",
    "compare_reading",
]
