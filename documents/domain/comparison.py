"""Comparing what a certificate says with what the records say, key by key. Pure: it reads nothing."""

from __future__ import annotations

from dataclasses import dataclass

from documents.domain.chain.lot_facts import CertificateFacts, SpecificationFacts
from documents.domain.normalising import is_same, normalise

MATCH, NORMALISED, MISMATCH, NOT_FOUND = "match", "normalised", "mismatch", "not_found"
# EN 10204, weakest first: a stronger type than ordered is taken, a weaker one never
EN_10204 = ("2.1", "2.2", "3.1", "3.2")


@dataclass(frozen=True)
class KeyComparison:
    """One key: both sides as written, whether they agree, and what to say when they do not.

    A key that is not `is_must` is shown and never stops an acceptance by itself.
    """

    key: str
    on_paper: str
    on_record: str
    verdict: str
    sentence: str = ""
    is_must: bool = True
    subject: str = ""

    @property
    def agrees(self) -> bool:
        return self.verdict in (MATCH, NORMALISED)

    @property
    def stops(self) -> bool:
        """Whether it stands in the way of accepting the certificate."""
        return self.is_must and not self.agrees


@dataclass(frozen=True)
class ProcessDemand:
    """What the certificate of one outside step must say.

    Units:   `quantity` pieces it is to cover.
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


def compare_process(paper: CertificateFacts, demand: ProcessDemand) -> list[KeyComparison]:
    """Compare a processor's certificate with the order, the operation and the pieces it is for.

    Source:  AS9100D 8.4.3 and 8.6; join keys of a processor's certificate: order, part and revision,
             quantity, specification with revision, type and class, the site that did the work, a signature.
    """
    said = _sayer(paper, demand.subject)
    return [
        said("order", paper.po_number, demand.order),
        said("part", paper.part_number, demand.part_number),
        said("part revision", paper.part_revision, demand.part_revision),
        _specification(paper, demand.specification, demand.subject),
        said("specification revision", paper.spec_revision, demand.specification.revision),
        *_if_either(said("type", paper.spec_type, demand.spec_type)),
        *_if_either(said("class", paper.spec_class, demand.spec_class)),
        said("site", paper.site, demand.site),
        _quantity(paper, demand.quantity, demand.subject),
        _certificate_type(paper, demand.certificate_type, demand.subject),
        *_always(paper),
    ]


def compare_material(paper: CertificateFacts, demand: MaterialDemand) -> list[KeyComparison]:
    """Compare a material certificate with the heat received and the route's material operation.

    A mill states weight, so a quantity in pieces is compared only where it is stated.

    Source:  AS9100D 8.4.3; the certificate is compared with the material operation, not with the drawing.
    """
    said = _sayer(paper, demand.subject)
    quantity = _quantity(paper, demand.quantity, demand.subject)
    return [
        said("heat or batch", paper.identifier, demand.identifier),
        _specification(paper, demand.specification, demand.subject),
        said("specification revision", paper.spec_revision, demand.specification.revision),
        said("condition", paper.condition, demand.condition),
        _certificate_type(paper, demand.certificate_type, demand.subject),
        *([quantity] if paper.quantity is not None else []),
        *_always(paper),
    ]


def _if_either(key: KeyComparison) -> list[KeyComparison]:
    """Return a key one side names; what the order does not ask and the paper does not say is no question."""
    return [key] if key.on_paper.strip() or key.on_record.strip() else []


def _sayer(paper: CertificateFacts, subject: str):
    """Return the comparison of one plain key, with its sentence in the words of this certificate."""

    def said(key: str, on_paper: str, on_record: str) -> KeyComparison:
        verdict = _verdict(on_paper, on_record)
        sentence = {
            NOT_FOUND: f"Certificate {_name(paper)} names no {key}; {subject} needs {on_record or 'it'}.",
            MISMATCH: f"Certificate {_name(paper)} names {key} {on_paper}; {subject} has {on_record or 'none'}.",
            NORMALISED: f"Written {on_paper} and {on_record}: the same but for spacing, case or label.",
        }.get(verdict, "")
        # a choice the specification does not offer is not asked of the paper
        return KeyComparison(key, on_paper, on_record, verdict, sentence, is_must=bool(on_record))

    return said


def _verdict(on_paper: str, on_record: str) -> str:
    if not on_paper.strip():
        return NOT_FOUND
    if on_paper == on_record:
        return MATCH
    return NORMALISED if is_same(on_paper, on_record) else MISMATCH


def _name(paper: CertificateFacts) -> str:
    return f"{paper.stated_number} ({paper.number})" if paper.stated_number else paper.number


def _specification(paper: CertificateFacts, wanted: SpecificationFacts, subject: str) -> KeyComparison:
    """Compare specification numbers; other numbers of the same specification are data, not spelling."""
    plain = _sayer(paper, subject)("specification", paper.spec_number, wanted.number)
    if plain.verdict != MISMATCH:
        return plain
    if normalise(paper.spec_number) in {normalise(name) for name in wanted.names}:
        same = f"{paper.spec_number} is another number of {wanted.number}."
        return KeyComparison("specification", paper.spec_number, wanted.number, NORMALISED, same)
    return plain


def _quantity(paper: CertificateFacts, needed: int, subject: str) -> KeyComparison:
    stated = "" if paper.quantity is None else str(paper.quantity)
    if paper.quantity is None:
        sentence = f"Certificate {_name(paper)} states no quantity; {subject} needs {needed} pieces covered."
        return KeyComparison("quantity", stated, str(needed), NOT_FOUND, sentence)
    if paper.quantity < needed:
        sentence = f"Certificate {_name(paper)} covers {paper.quantity} pieces; {subject} carries {needed}."
        return KeyComparison("quantity", stated, str(needed), MISMATCH, sentence)
    return KeyComparison("quantity", stated, str(needed), MATCH)


def _certificate_type(paper: CertificateFacts, ordered: str, subject: str) -> KeyComparison:
    """Compare the certificate's type with the one ordered.

    Source:  EN 10204: a 2.2 never answers an order for a 3.1; a mill report without a type is not called 3.1.
    """
    plain = _sayer(paper, subject)("certificate type", paper.certificate_type, ordered)
    stated = paper.certificate_type.strip()
    are_typed = stated in EN_10204 and ordered in EN_10204
    if are_typed and EN_10204.index(stated) > EN_10204.index(ordered):
        stronger = f"{stated} was given where {ordered} was ordered: stronger than asked."
        return KeyComparison("certificate type", stated, ordered, NORMALISED, stronger)
    return plain


def _always(paper: CertificateFacts) -> list[KeyComparison]:
    """Compare what every certificate must carry whatever it is for: a number, a day, a signer."""
    given = {
        "certificate number": paper.stated_number,
        "certificate date": f"{paper.stated_on:%-d %b %Y}" if paper.stated_on else "",
        "signed by": paper.signed_name,
    }
    return [
        KeyComparison(
            key,
            value,
            "must be there",
            MATCH if value.strip() else NOT_FOUND,
            "" if value.strip() else f"Certificate {_name(paper)} carries no {key}.",
        )
        for key, value in given.items()
    ]
