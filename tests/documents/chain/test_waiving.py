"""What a waiver does to the slots of a lot: only the demand it names, only by whoever may, only within its limits."""

from dataclasses import replace
from datetime import date

import pytest

from documents.domain.chain import digest, judge
from documents.domain.chain.waiver_facts import WaiverFacts
from tests.documents.chain.test_every_link import BREAKS
from tests.factories.lot_facts import day, good_lot, open_links, shipped_lot

WAIVER = WaiverFacts(
    number="W-000004",
    code="PROCESS",
    subject="60/1",
    authority="customer",
    state="granted",
    quantity_limit=50,
    valid_to=date(2026, 4, 30),
    requested_by="Maud Ferreira",
    requested_on=day(16),
    decided_by="Anton Belisle",
    decided_on=day(17),
    reason="Ship them with the test bars.",
)
NAMED = "All parts conform except as permitted by the waivers named in field 13: W-000004."


def uncertified(*waivers, words=NAMED, **facts):
    """Return the shipped lot without its process certificate and with these waivers."""
    lot = replace(shipped_lot(**facts), process_certificates=(), waivers=waivers)
    conformity = replace(lot.shipment.conformity, words=words)
    return replace(lot, shipment=replace(lot.shipment, conformity=conformity))


def slot_of(lot, code="PROCESS"):
    return next(slot for slot in judge(lot) if slot.code == code)


def test_waiver_in_force_closes_its_demand():
    slot = slot_of(uncertified(WAIVER))
    assert (slot.state, slot.evidence, slot.owner, slot.is_closed) == ("waived", "W-000004", "", True)
    assert slot.sentence == (
        "Let pass by Anton Belisle of Orrin Aerospace on 17 Mar 2026: W-000004, for at most 50 pieces, shipped by "
        "30 Apr 2026. Ship them with the test bars."
    )
    assert open_links(uncertified(WAIVER)) == []


def test_recorded_letter_is_told_as_such():
    slot = slot_of(
        uncertified(replace(WAIVER, is_written=True, reference="DEV-9", decided_by="Ines Roy", reason=""))
    )
    assert slot.sentence == (
        "Let pass by Orrin Aerospace in writing (DEV-9), recorded by Ines Roy on 17 Mar 2026: W-000004, for at most "
        "50 pieces, shipped by 30 Apr 2026."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "NOTES"},
        {"subject": "60/2"},
        {"subject": ""},
        {"authority": "house"},
        {"authority": "nobody"},
        {"state": "requested"},
        {"is_in_force": False},
        {"left": 47},
        {"serials": ("001",)},
    ],
    ids=lambda changes: " ".join(changes),
)
def test_waiver_of_anything_else_closes_nothing(changes):
    serials = {"serials": ("002",)} if "serials" in changes else {}
    assert slot_of(uncertified(replace(WAIVER, **changes), **serials)).state == "missing"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"is_in_force": False}, "Waiver W-000004 ended on 30 Apr 2026; withdraw it and ask for another."),
        (
            {"left": 20},
            "Waiver W-000004 lets 50 pieces pass, of which 20 are left; lot T-000412 has 48. Split the lot or ask "
            "for a wider one.",
        ),
        (
            {"serials": ("001", "002")},
            "Waiver W-000004 is for 001, 002 and not for serial 003; split the lot or ask for a wider one.",
        ),
    ],
    ids=["ended", "used", "serials"],
)
def test_waiver_that_does_not_reach_says_why(changes, why):
    slot = slot_of(uncertified(replace(WAIVER, **changes), serials=("001", "002", "003")))
    assert slot.sentence.endswith(f". {why}")


def test_serials_named_cover_the_lot_that_holds_no_other():
    lot = uncertified(replace(WAIVER, serials=("001", "002")), serials=("002",))
    assert slot_of(lot).state == "waived"


def test_waiver_that_reaches_is_taken_before_one_that_does_not():
    lot = uncertified(replace(WAIVER, number="W-000001", is_in_force=False), WAIVER)
    assert slot_of(lot).evidence == "W-000004"


@pytest.mark.parametrize(
    ("code", "authority", "owner"),
    [("PROCESS", "customer", "Orrin Aerospace"), ("LOCK", "house", "the quality manager")],
)
def test_demand_asked_about_is_owed_by_who_decides(code, authority, owner):
    broken = BREAKS[code](shipped_lot())
    slot = slot_of(broken, code)
    asked = replace(WAIVER, code=code, subject=slot.subject, authority=authority, state="requested")
    told = slot_of(replace(broken, waivers=(asked,)), code)
    assert (told.state, told.owner) == (slot.state, owner)
    assert told.sentence == (
        f"{slot.sentence} Maud Ferreira asked {owner} on 16 Mar 2026 to let it pass: W-000004."
    )


def test_waiting_demand_may_be_let_pass_ahead():
    lot = replace(good_lot(process_certificates=(), outside=()), waivers=(WAIVER,))
    assert (slot_of(replace(lot, waivers=())).waits, slot_of(lot).state) == (True, "waived")


def test_closed_demand_stays_as_it_was():
    lot = replace(shipped_lot(), waivers=(WAIVER,))
    assert (slot_of(lot).state, slot_of(lot, "COC").state) == ("accepted", "accepted")


def test_certificate_must_name_the_waiver():
    coc = slot_of(uncertified(WAIVER, words="All parts conform."), "COC")
    assert (coc.state, coc.owner, coc.sentence) == (
        "stale",
        "Maud Ferreira",
        "Certificate of conformity CC-000005 revision 1 does not name waiver W-000004, so its statement is not true. "
        "Certify the shipment again.",
    )


def waived_by_anybody(slot):
    """Return one waiver of a slot by each authority there could be."""
    return [
        replace(WAIVER, code=slot.code, subject=slot.subject, authority=each)
        for each in ("house", "customer", "nobody")
    ]


@pytest.mark.parametrize("code", BREAKS)
def test_no_waiver_bends_what_nobody_may_waive(code):
    broken = BREAKS[code](shipped_lot())
    before = judge(broken)
    every = tuple(waiver for slot in before for waiver in waived_by_anybody(slot))
    after = {(slot.code, slot.subject): slot.state for slot in judge(replace(broken, waivers=every))}
    expected = {(slot.code, slot.subject): slot.state for slot in before}
    passable = [slot for slot in before if not slot.is_closed and slot.waived_by != "nobody"]
    expected |= {(slot.code, slot.subject): "waived" for slot in passable}
    if passable:
        expected["COC", ""] = "stale"  # the certificate of this lot names no waiver
    assert after == expected


NEVER = ("STEPS", "CUSTODY", "NC", "COC", "FILES", "EXPORT", "TRAIL")


@pytest.mark.parametrize("code", [code for code in BREAKS if code in NEVER])
def test_law_truth_and_roads_of_their_own_are_nobodys_to_waive(code):
    opened = [slot for slot in judge(BREAKS[code](shipped_lot())) if not slot.is_closed]
    assert {slot.waived_by for slot in opened} == {"nobody"}


def test_value_outside_its_limits_takes_a_concession_not_a_waiver():
    lot = shipped_lot()
    results = (lot.results[0], replace(lot.results[1], failing=("12",)))
    opened = [slot for slot in judge(replace(lot, results=results)) if not slot.is_closed]
    assert [(slot.code, slot.state, slot.waived_by) for slot in opened] == [("RESULTS", "rejected", "nobody")]


def test_first_article_approved_by_its_maker_is_nobodys_to_waive():
    lot = shipped_lot()
    own = (replace(lot.first_articles[0], is_approved_by_its_maker=True),)
    slot = slot_of(replace(lot, first_articles=own), "FAI")
    assert (slot.waived_by, slot.state) == ("nobody", "rejected")


def test_digest_sees_a_waiver_end():
    ended = replace(WAIVER, is_in_force=False)
    assert digest(uncertified(WAIVER)) != digest(uncertified(ended))
