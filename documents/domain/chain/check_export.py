"""EXPORT: labels, countries, agreements and people let it go to everybody who receives it."""

from __future__ import annotations

from documents.domain.chain.export_facts import ExportFacts, LabelFacts, RecipientFacts
from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import MISSING, NOBODY, REJECTED, Demand, Slot
from portal.domain.exports import may_not_go

SOURCE = "22 CFR 120 to 124; 15 CFR 730"


def check(facts: LotFacts) -> list[Slot]:
    """Return one slot for each outside order line, one for the customer and one for the people who signed the work.

    A vendor is judged on the days of the order and of the shipment to it, the customer as of today. The customer also
    receives the files of the proof, so their labels bind there, too.

    Source:  22 CFR 120 to 124; 15 CFR 730; release rule 60. Nobody may waive the law.
    """
    export = facts.export
    if export is None:
        demand = _demand(facts, "It may go to everybody who receives it.", "label", facts.owner)
        return [
            demand.not_applicable("No label of the part, its drawing or its files limits who may receive it.")
        ]
    slots = [
        _recipient(facts, export.labels, each) for each in export.recipients if each.subject != "customer"
    ]
    slots.append(_customer(facts, export))
    if any(label.needs_eligibility for label in export.labels):
        slots.append(_people(facts, export))
    return slots


def _demand(facts: LotFacts, text: str, subject: str, owner: str, **place) -> Demand:
    return Demand(
        "EXPORT", facts.number, text, SOURCE, owner=owner, subject=subject, waived_by=NOBODY, **place
    )


def _page_of(recipient: RecipientFacts) -> dict:
    return {"url_name": "portal:organization-detail", "url_kwargs": {"number": recipient.organization}}


def _words(labels: tuple[LabelFacts, ...]) -> str:
    return " and ".join(label.name for label in labels)


def _recipient(facts: LotFacts, labels: tuple[LabelFacts, ...], recipient: RecipientFacts) -> Slot:
    demand = _demand(
        facts,
        f"{recipient.name} may receive what is held under {_words(labels)}.",
        recipient.subject,
        facts.owner,
        **_page_of(recipient),
    )
    if not labels:
        return demand.not_applicable(f"Only files of the proof carry a label; none went to {recipient.name}.")
    gap = _gap(facts, labels, recipient)
    return demand.open(REJECTED, gap) if gap else demand.accepted(_evidence(labels, recipient))


def _customer(facts: LotFacts, export: ExportFacts) -> Slot:
    labels = (*export.labels, *export.files)
    sites = [each for each in export.recipients if each.subject == "customer"]
    place = _page_of(sites[0]) if sites else {}
    demand = _demand(
        facts,
        f"{facts.customer} may receive what is held under {_words(labels)}.",
        "customer",
        facts.owner,
        **place,
    )
    if not sites:
        return demand.open(
            MISSING,
            f"{facts.customer} has no site on record, so nothing says to which country it goes. Add the site it "
            "ships to on the customer's page.",
        )
    gaps = [gap for each in sites if (gap := _gap(facts, labels, each))]
    return demand.open(REJECTED, gaps[0]) if gaps else demand.accepted(_evidence(labels, sites[0]))


def _gap(facts: LotFacts, labels: tuple[LabelFacts, ...], recipient: RecipientFacts) -> str:
    for label in labels:
        for day in recipient.days or (None,):
            sentence = may_not_go(
                label=label,
                recipient=recipient.name,
                country=recipient.country,
                holdings=recipient.holdings,
                on=day,
                what=f"{facts.part_number} revision {facts.part_revision}",
            )
            if sentence:
                return sentence
    return ""


def _evidence(labels: tuple[LabelFacts, ...], recipient: RecipientFacts) -> str:
    """Name the agreements that let it through, or the country where none was needed."""
    used = [
        each.number
        for each in recipient.holdings
        for label in labels
        if all(each.lets_through(label, day) for day in recipient.days or (None,))
    ]
    return ", ".join(dict.fromkeys(used)) or f"site in {recipient.country}"


def _people(facts: LotFacts, export: ExportFacts) -> Slot:
    demand = _demand(
        facts,
        f"Those who worked on it may see what is held under {_words(export.labels)}.",
        "people",
        facts.owner,
    )
    if export.not_eligible:
        names = ", ".join(export.not_eligible)
        return demand.open(
            REJECTED,
            f"Work on lot {facts.number} was signed by people who were not recorded as export-eligible then and are "
            f"not now: {names}. A manager decides on it on the person's page; if somebody is not eligible, tell the "
            "customer.",
        )
    return demand.accepted("eligibility of everybody who signed")
