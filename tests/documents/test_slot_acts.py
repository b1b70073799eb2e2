"""What a person is offered for each open link: the act itself, for whoever may do it; the record for others."""

from dataclasses import replace
from urllib.parse import unquote

import pytest

from documents.domain.chain import judge
from documents.domain.chain.demand_facts import ClauseFacts
from documents.domain.chain.lot_facts import (
    DifferenceFacts,
    HoldFacts,
    InspectionFacts,
    NonconformanceFacts,
    RunFacts,
)
from documents.domain.slot_acts import act_on
from documents.views.slots import findings_of
from portal.models import Person
from tests.factories.lot_facts import (
    day,
    good_lot,
    shipped_lot,
    with_certificate,
    with_changes,
    with_step,
)

QUALITY = Person(role=Person.QUALITY, printed_name="Maud Ferreira")
OPERATOR = Person(role=Person.OPERATOR, printed_name="Sami Okonjo")
OPEN_NC = NonconformanceFacts("NC-000008", "open", "Bore large", 2, "Lotte Brandvold", day(15))
SHORT = {"complete": 0, "short": ("12 (3 of 48)",)}
OPENED = InspectionFacts("I-000009", "final", 80, 1, "open", "Lotte Brandvold", day(15))


def unsigned(lot, sequence):
    return with_step(lot, sequence, is_signed=False, signed_at=None, signed_on=None)


def on_hold():
    return replace(good_lot(), holds=(HoldFacts("H-000002", "T-000412", "Wait.", "Maud Ferreira", day(9)),))


def without_process_certificate():
    return replace(good_lot(), process_certificates=())


def rejected_certificate():
    return with_certificate(good_lot(), state="rejected", decision_reason="Wrong class.")


def still_out():
    lot = with_changes(good_lot(), "outside", state="shipped", returned=0)
    return replace(unsigned(lot, 60), receipts=(), process_certificates=())


def not_verified():
    return with_changes(good_lot(), "receipts", accepted_at=None)


def differs_from_lock():
    run = RunFacts(
        20, 1, "FX-9", "Haas 3", "Sami Okonjo", day(4), (DifferenceFacts("fixture", "FX-118", "FX-9"),)
    )
    return replace(good_lot(), runs=(run,))


def differs_twice():
    once = differs_from_lock()
    return replace(once, runs=once.runs * 2)


def unanswered_clause():
    return replace(good_lot(), order="O-000001/1", clauses=(ClauseFacts("Q-7", "B", "Traceability"),))


def not_run():
    return replace(good_lot(), runs=())


def inspected_in_part():
    return with_changes(good_lot(), "results", 1, **SHORT)


def not_completed():
    return with_changes(good_lot(), "inspections", 1, state="open")


def no_held_approval():
    return replace(good_lot(), fai_regime="held", first_articles=())


def no_first_article():
    return replace(good_lot(), first_articles=())


CASES = [
    ("STEPS", on_hold, "Decide on H-000002", "/holds/H-000002/release/"),
    (
        "STEPS",
        lambda: with_step(good_lot(), 20, quantity_out=40),
        "Record the quantity",
        "/travelers/T-000412/quantity/",
    ),
    ("STEPS", lambda: unsigned(good_lot(), 20), "Sign operation 20", "/steps/T-000412-20-1/sign/"),
    ("LOCK", differs_from_lock, "Decide on the difference", "/steps/T-000412-20-1/setup/1/fixture/decide/"),
    ("LOCK", differs_twice, "Decide on the difference", "/travelers/T-000412/#differences"),
    ("NOTES", unanswered_clause, "Answer clause Q-7 B", "/orders/O-000001/#clauses"),
    ("LOCK", not_run, "Record the setup", "/steps/T-000412-20-1/setup/"),
    (
        "MATERIAL",
        lambda: replace(good_lot(), material=None),
        "Issue material",
        "/travelers/T-000412/issue/",
    ),
    ("CUSTODY", still_out, "Receive the pieces", "/outside-orders/PO-000041/lines/1/receive/"),
    (
        "PROCESS",
        without_process_certificate,
        "Bring in its certificate",
        "/certificates/bring-in/?line=PO-000041/1",
    ),
    (
        "PROCESS",
        lambda: with_certificate(good_lot(), state="in_review"),
        "Accept or reject BW-20931",
        "/certificates/C-000020/",
    ),
    (
        "PROCESS",
        lambda: with_certificate(good_lot(), state="received"),
        "Enter what BW-20931 says",
        "/certificates/C-000020/enter/",
    ),
    (
        "PROCESS",
        rejected_certificate,
        "Bring in a corrected one",
        "/certificates/bring-in/?replaces=C-000020",
    ),
    ("INCOMING", not_verified, "Verify the receipt", "/steps/T-000412-60-1/inspect/"),
    (
        "INCOMING",
        lambda: with_changes(good_lot(), "receipts", is_count_right=False),
        "Report a nonconformance",
        "/travelers/T-000412/nonconformances/open/",
    ),
    ("RESULTS", not_completed, "Complete I-000002", "/inspections/I-000002/"),
    ("RESULTS", inspected_in_part, "Measure in I-000002", "/inspections/I-000002/"),
    (
        "FAI",
        no_held_approval,
        "Record the customer's approval",
        "/parts/30-4471-2/C/held-approvals/record/",
    ),
    ("FAI", no_first_article, "Open a first article", "/travelers/T-000412/first-articles/open/"),
    (
        "NC",
        lambda: replace(good_lot(), nonconformances=(OPEN_NC,)),
        "Disposition NC-000008",
        "/nonconformances/NC-000008/",
    ),
    (
        "NC",
        lambda: replace(
            good_lot(), nonconformances=(replace(OPEN_NC, state="dispositioned", disposition="scrap"),)
        ),
        "Record that they left",
        "/travelers/T-000412/quantity/",
    ),
    (
        "COC",
        lambda: replace(shipped_lot(), shipment=replace(shipped_lot().shipment, conformity=None)),
        "Sign the certificate",
        "/shipments/SH-000005/certify/",
    ),
]


def opened(lot, code):
    return next(slot for slot in judge(lot) if slot.code == code and slot.stops)


@pytest.mark.parametrize(("code", "broken", "label", "url"), CASES)
def test_open_link_offers_its_act(code, broken, label, url):
    lot = broken()
    offered = act_on(opened(lot, code), lot, QUALITY)
    assert (offered["act"], unquote(offered["url"])) == (label, url)


def test_whoever_may_not_act_is_shown_the_record_or_nothing():
    decided = with_certificate(good_lot(), state="in_review")
    held = on_hold()
    assert act_on(opened(decided, "PROCESS"), decided, OPERATOR) == {
        "act": "Open BW-20931",
        "url": "/certificates/C-000020/",
    }
    assert act_on(opened(held, "STEPS"), held, OPERATOR) == {"act": "", "url": ""}


def test_inspection_already_open_is_completed_not_opened_again():
    lot = not_verified()
    lot = replace(lot, inspections=(*lot.inspections, replace(OPENED, sequence=60)))
    assert act_on(opened(lot, "INCOMING"), lot, QUALITY)["act"] == "Complete I-000009"


def test_findings_put_the_most_overdue_first_and_let_one_act_stand_out():
    lot = replace(on_hold(), process_certificates=(), nonconformances=(OPEN_NC,))
    lot = unsigned(lot, 60)
    found = findings_of(judge(lot), facts={lot.number: lot}, viewer=QUALITY, several_lots=False)["findings"]
    assert (found[0]["code"], found[0]["is_late"]) == ("PROCESS", True)
    assert [each["code"] for each in found if each["is_mine"]] == ["STEPS"]
    assert {each["owner"] for each in found if each["code"] == "NC"} == {"You"}


def test_nothing_is_signed_on_a_held_lot():
    free, held = unsigned(good_lot(), 80), unsigned(on_hold(), 80)
    signing = [slot for slot in judge(free) if slot.code == "STEPS" and slot.stops]
    assert [act_on(slot, free, QUALITY)["act"] for slot in signing] == ["Open the inspection"]
    signing = [slot for slot in judge(held) if slot.code == "STEPS" and slot.stops]
    assert [act_on(slot, held, QUALITY)["act"] for slot in signing] == ["", "Decide on H-000002"]


def test_a_scan_is_offered_for_review_to_planners_and_to_nobody_else():
    slot = replace(
        judge(good_lot())[0],
        state="review",
        url_name="routes:elsewhere-review",
        url_kwargs={"number": "E-000005"},
    )
    assert act_on(slot, good_lot(), QUALITY) == {
        "act": "Review E-000005",
        "url": "/elsewhere/E-000005/review/",
    }
    assert act_on(slot, good_lot(), OPERATOR) == {"act": "", "url": ""}
