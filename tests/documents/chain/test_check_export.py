from dataclasses import replace
from datetime import date, timedelta

import pytest

from documents.domain.chain.check_export import check
from documents.domain.chain.facts import read_facts
from portal.domain.exports import Holding, may_not_go
from routes.models import PartRevision
from subcontract.domain import register
from tests.factories.exports import ITAR, NDA, controlled, make_agreement, make_label, make_registration
from tests.factories.lot_facts import day, good_lot
from tests.factories.routes import today
from tests.factories.subcontract import make_outside_order

EAR = replace(ITAR, code="EAR", name="Export controlled (EAR)", strictness=50, allowed_countries=())


def slots(**facts):
    return {slot.subject: slot for slot in check(replace(good_lot(), export=controlled(**facts)))}


def test_controlled_lot_may_go_to_everybody_who_receives_it():
    found = slots()
    assert {subject: (slot.state, slot.evidence) for subject, slot in found.items()} == {
        "PO-000041/1": ("accepted", "AG-000001"),
        "customer": ("accepted", "AG-000001"),
        "people": ("accepted", "eligibility of everybody who signed"),
    }


def test_lot_without_a_binding_label_is_free_by_rule():
    (slot,) = check(good_lot())
    assert (slot.state, slot.reason) == (
        "na",
        "No label of the part, its drawing or its files limits who may receive it.",
    )


def test_nobody_may_waive_it():
    assert {slot.waived_by for slot in slots().values()} == {"nobody"}


def test_vendor_in_another_country_is_refused():
    slot = slots(vendor={"country": "MX"})["PO-000041/1"]
    assert (slot.state, slot.owner, slot.url_kwargs) == (
        "rejected",
        "Maud Ferreira",
        {"number": "BRIGHTWATER"},
    )
    assert slot.sentence == (
        "30-4471-2 revision C is held under Export controlled (ITAR), which forbids sending it to MX (Brightwater "
        "Finishing, Main works). Choose a site in US, or record the export licence that covers it."
    )


def test_export_licence_opens_the_country():
    licence = replace(NDA, kind="export")
    assert slots(vendor={"country": "MX", "holdings": (licence,)})["PO-000041/1"].state == "accepted"


def test_customer_in_another_country_is_refused():
    assert slots(customer={"country": "FR"})["customer"].state == "rejected"


def test_customer_without_a_site_is_asked_for():
    export = controlled()
    lot = replace(good_lot(), export=replace(export, recipients=export.recipients[1:]))
    slot = next(slot for slot in check(lot) if slot.subject == "customer")
    assert (slot.state, slot.sentence.split(",")[0]) == ("missing", "Orrin Aerospace has no site on record")


@pytest.mark.parametrize(
    ("holding", "state"),
    [
        (NDA, "accepted"),
        (replace(NDA, covers=89), "rejected"),
        (replace(NDA, covers=None, kind="itar"), "accepted"),
        (replace(NDA, first=day(6)), "accepted"),
        (replace(NDA, first=day(7)), "rejected"),
        (replace(NDA, after=day(10)), "accepted"),
        (replace(NDA, after=day(9)), "rejected"),
        (None, "rejected"),
    ],
)
def test_vendor_needs_an_agreement_on_the_day_of_the_order_and_of_the_shipment(holding, state):
    held = (holding,) if holding else ()
    assert slots(vendor={"holdings": held})["PO-000041/1"].state == state


def test_refusal_names_what_is_missing():
    assert slots(vendor={"holdings": ()})["PO-000041/1"].sentence == (
        "30-4471-2 revision C is held under Export controlled (ITAR); Brightwater Finishing, Main works holds no "
        "agreement that covers it and no ITAR registration on 6 Mar 2026. Record one with its days on the "
        "organization's page; until then nothing of it may go there."
    )


def test_each_label_binds_not_only_the_strictest():
    mexico = replace(EAR, allowed_countries=("MX",))
    slot = slots(labels=(ITAR, mexico))["PO-000041/1"]
    assert (slot.state, "forbids sending it to US" in slot.sentence) == ("rejected", True)


def test_label_of_a_file_binds_the_customer_alone():
    found = slots(
        labels=(), files=(ITAR,), vendor={"country": "MX", "holdings": ()}, customer={"holdings": ()}
    )
    assert {subject: slot.state for subject, slot in found.items()} == {
        "PO-000041/1": "na",
        "customer": "rejected",
    }


def test_people_who_worked_on_it_are_eligible():
    slot = slots(not_eligible=("Sami Okonjo",))["people"]
    assert (slot.state, "are not now: Sami Okonjo. A manager decides" in slot.sentence) == ("rejected", True)


def test_label_without_eligible_people_asks_no_agreement():
    free = replace(ITAR, needs_eligibility=False)
    assert slots(labels=(free,), vendor={"holdings": ()})["PO-000041/1"].evidence == "site in US"


def test_rule_without_a_day_takes_holdings_as_in_force():
    facts = {"label": ITAR, "recipient": "Orrin", "country": "US", "on": None, "what": "It"}
    old = Holding("AG-000001", "nda", 90, date(2020, 1, 1), date(2020, 1, 2))
    assert may_not_go(holdings=[old], **facts) == ""
    assert may_not_go(holdings=[], **facts).startswith(
        "It is held under Export controlled (ITAR); Orrin holds no"
    )


def states_of(lot):
    return {slot.subject: slot.state for slot in check(read_facts([lot.pk])[lot.number])}


@pytest.fixture
def sent(cast):
    """A controlled lot at the vendor: the part is labelled after the order, so that each link is seen open."""
    order = make_outside_order(cast, at="shipped")
    lot = order.lines.get().traveler
    label = make_label()
    PartRevision.objects.filter(pk=lot.route_revision.part_revision_id).update(label=label)
    return lot, label


def test_facts_of_real_records_name_who_lacks_what(cast, sent):
    lot, _ = sent
    line = lot.outside_lines.get()
    assert states_of(lot) == {
        f"{line.order.number}/1": "rejected",
        "customer": "rejected",
        "people": "rejected",
    }


def test_agreement_and_registration_let_it_through(cast, sent):
    lot, label = sent
    order = lot.outside_lines.get().order.number
    make_agreement(cast, cast.vendor_organization, label)
    make_registration(cast, cast.customer, kind="itar")
    assert states_of(lot) == {f"{order}/1": "accepted", "customer": "accepted", "people": "rejected"}
    for person in (cast.operator, cast.inspector):
        person.is_export_eligible = True
        person.save()
    assert states_of(lot)["people"] == "accepted"


def test_ended_agreement_stays_good_for_the_days_before(cast):
    order = make_outside_order(cast, at="issued", ordered_on=today() - timedelta(days=5))
    lot, label = order.lines.get().traveler, make_label()
    PartRevision.objects.filter(pk=lot.route_revision.part_revision_id).update(label=label)
    for organization in (cast.vendor_organization, cast.customer):
        agreement = make_agreement(cast, organization, label)
        register.end_agreement(
            by=cast.quality, agreement=agreement, on=today() - timedelta(days=2), reason="Contract over."
        )
    found = states_of(lot)
    assert (found[f"{order.number}/1"], found["customer"]) == ("accepted", "rejected")


def test_agreement_about_something_else_lets_nothing_through(cast, sent):
    lot, _ = sent
    make_agreement(cast, cast.customer, None, kind="quality")
    assert states_of(lot)["customer"] == "rejected"


def test_unlabelled_lot_is_free(cast):
    lot = make_outside_order(cast, at="shipped").lines.get().traveler
    assert states_of(lot) == {"label": "na"}
