"""A lot brought in at operation 80: each thing done before is closed by a reviewed scan and by nothing else."""

from dataclasses import replace

import pytest

from documents.domain.chain import judge
from documents.domain.chain.elsewhere import said
from documents.domain.chain.lot_facts import ElsewhereFacts
from tests.factories.lot_facts import day, good_lot, open_links, shipped_lot

OWED = (
    ("step", 10),
    ("material", None),
    ("step", 20),
    ("step", 30),
    ("results", 30),
    ("step", 60),
    ("process", 60),
)


def scans(state="reviewed", but=(), **facts):
    """Return a scan in one state for everything the lot owes, except what `but` names."""
    return tuple(
        ElsewhereFacts(
            **{
                "number": f"E-0000{place:02d}",
                "proves": proves,
                "state": state,
                "sequence": sequence,
                "reference": "TRV-118",
                "done_on": day(1),
                "recorded_by": "Lotte Brandvold",
                "recorded_on": day(14),
                "reviewed_by": "Tomas Wray" if state != "recorded" else "",
            }
            | facts
        )
        for place, (proves, sequence) in enumerate(OWED, start=1)
        if (proves, sequence) not in but
    )


def brought_in(lot, elsewhere):
    """Return the lot as it is when it came in at 80: nothing of before is on record here."""
    nothing = {
        "signed_at": None,
        "signed_on": None,
        "signed_by": "",
        "quantity_in": None,
        "quantity_out": None,
    }
    steps = [
        replace(step, is_signed=False, is_elsewhere=True, **nothing) if step.sequence < 80 else step
        for step in lot.steps
    ]
    before = replace(
        lot.results[0], complete=0, short=("12 (0 of 48)",), values=0, first_on=None, last_on=None
    )
    shipment = lot.shipment
    if shipment:
        words = f"{shipment.conformity.words} {' '.join(each.number for each in elsewhere)}"
        shipment = replace(shipment, conformity=replace(shipment.conformity, words=words))
    return replace(
        lot,
        shipment=shipment,
        steps=tuple(steps),
        brought_in_at=80,
        runs=(),
        material=None,
        outside=(),
        receipts=(),
        process_certificates=(),
        results=(before, *lot.results[1:]),
        inspections=lot.inspections[1:],
        elsewhere=elsewhere,
    )


def stops(lot):
    return [(slot.code, slot.state, slot.owner) for slot in judge(lot) if slot.stops]


def test_reviewed_scans_close_every_link():
    assert open_links(brought_in(shipped_lot(), scans())) == []


def test_board_says_what_each_link_stands_on():
    closed = {slot.code: slot for slot in judge(brought_in(good_lot(), scans()))}
    assert closed["MATERIAL"].evidence == "recorded elsewhere, E-000002 (TRV-118), reviewed by Tomas Wray"
    assert closed["PROCESS"].evidence == "recorded elsewhere, E-000007 (TRV-118), reviewed by Tomas Wray"
    assert closed["APPROVAL"].evidence == (
        "approval as seen by the reviewer, recorded elsewhere, E-000007 (TRV-118), reviewed by Tomas Wray"
    )
    assert closed["STEPS"].evidence == (
        "recorded elsewhere: operations 10 Issue plate, 20 Mill, 30 Inspect before finish and 60 Anodize by "
        "E-000001, E-000003, E-000004 and E-000006, reviewed by Tomas Wray"
    )
    assert (closed["LOCK"].state, closed["LOCK"].reason) == (
        "na",
        "Operation 20 Mill was done before lot T-000412 came in; the setup it ran with is not on record here.",
    )


def test_signing_counts_what_was_done_here_and_what_elsewhere():
    steps = [slot for slot in judge(brought_in(good_lot(), scans())) if slot.code == "STEPS"]
    assert steps[0].evidence == "1 operation signed, 4 recorded elsewhere"


@pytest.mark.parametrize(
    "missing, codes, sentence",
    [
        (
            ("step", 20),
            ["STEPS"],
            "Lot T-000412 came in at operation 80; no scan shows the signing of operation 20 Mill. "
            "Maud Ferreira must add it.",
        ),
        (
            ("material", None),
            ["MATERIAL"],
            "Lot T-000412 came in at operation 80; no scan shows the certificate of the material. "
            "Maud Ferreira must add it.",
        ),
        (
            ("process", 60),
            ["APPROVAL", "PROCESS"],
            "Lot T-000412 came in at operation 80; no scan shows the certificate of operation 60 Anodize. "
            "Maud Ferreira must add it.",
        ),
        (
            ("results", 30),
            ["RESULTS"],
            "Lot T-000412 came in at operation 80; no scan shows the results of operation 30 Inspect before "
            "finish. Maud Ferreira must add it.",
        ),
        (
            ("step", 60),
            ["STEPS", "CUSTODY", "INCOMING"],
            "Lot T-000412 came in at operation 80; no scan shows the signing of operation 60 Anodize. "
            "Maud Ferreira must add it.",
        ),
    ],
)
def test_missing_scan_opens_its_link_and_those_that_stand_on_it(missing, codes, sentence):
    lot = brought_in(shipped_lot(), scans(but=[missing]))
    assert open_links(lot) == codes
    [cause] = [slot for slot in judge(lot) if slot.stops]
    assert (cause.state, cause.owner, cause.sentence) == ("missing", "Maud Ferreira", sentence)
    assert (cause.url_name, cause.url_kwargs) == ("routes:elsewhere-add", {"number": "T-000412"})


def test_several_missing_signings_are_one_finding():
    lot = brought_in(good_lot(), scans(but=[("step", 10), ("step", 20), ("step", 30)]))
    assert stops(lot) == [("STEPS", "missing", "Maud Ferreira")]
    cause = next(slot for slot in judge(lot) if slot.stops)
    assert "operations 10 Issue plate, 20 Mill and 30 Inspect before finish" in cause.sentence


def test_recorded_scan_waits_for_somebody_else():
    lot = brought_in(good_lot(), scans("recorded"))
    assert stops(lot) == [
        (code, "review", "Maud Ferreira") for code in ("STEPS", "MATERIAL", "PROCESS", "RESULTS")
    ]
    cause = next(slot for slot in judge(lot) if slot.code == "MATERIAL")
    assert cause.sentence == (
        "E-000002 is to show the certificate of the material of lot T-000412 and waits for review by somebody "
        "other than Lotte Brandvold. Review it."
    )
    assert (cause.since, cause.url_kwargs) == (day(14), {"number": "E-000002"})


def test_review_is_never_owed_by_who_recorded_it():
    lot = brought_in(good_lot(), scans("recorded", recorded_by="Maud Ferreira"))
    assert {owner for _, _, owner in stops(lot)} == {"another quality engineer"}


def test_rejected_scan_says_why_and_asks_for_a_better_one():
    lot = brought_in(good_lot(), scans("rejected", review_reason="Heat is not readable."))
    cause = next(slot for slot in judge(lot) if slot.code == "MATERIAL")
    assert (cause.state, cause.owner) == ("rejected", "Lotte Brandvold")
    assert cause.sentence == (
        "E-000002, which was to show the certificate of the material of lot T-000412, was rejected by Tomas Wray: "
        "Heat is not readable. Add a better scan."
    )


def test_finish_stands_on_results_from_elsewhere():
    lot = brought_in(good_lot(), scans())
    early = [replace(each, after=(30,), before=(), side="unspecified") for each in lot.characteristics]
    finish = [replace(step, changes_surface=step.sequence == 20) for step in lot.steps]
    lot = replace(lot, characteristics=tuple(early), steps=tuple(finish))
    states = {slot.code: slot.state for slot in judge(lot)}
    assert states["FINISH"] == "accepted"
    unproved = replace(lot, elsewhere=scans(but=[("results", 30)]))
    slot = next(slot for slot in judge(unproved) if slot.code == "FINISH")
    assert (slot.state, slot.waits) == ("missing", True)


def test_material_on_record_here_needs_its_certificate_and_no_scan():
    lot = brought_in(good_lot(), scans(but=[("material", None)]))
    assert open_links(replace(lot, material=good_lot().material)) == ["COC", "FILES"]


def test_failing_value_opens_results_though_the_scan_is_reviewed():
    lot = brought_in(good_lot(), scans())
    lot = replace(lot, results=(replace(lot.results[0], failing=("12",)), *lot.results[1:]))
    assert [code for code, _, _ in stops(lot)] == ["RESULTS"]


def test_certificate_that_hides_what_came_from_elsewhere_is_stale():
    lot = brought_in(shipped_lot(), scans())
    hidden = replace(lot.shipment.conformity, words="All parts conform.")
    lot = replace(lot, shipment=replace(lot.shipment, conformity=hidden))
    assert open_links(lot) == ["COC"]
    [slot] = [slot for slot in judge(lot) if slot.stops]
    assert (slot.state, slot.sentence) == (
        "stale",
        "Certificate of conformity CC-000005 revision 1 does not say that E-000001 of lot T-000412 was recorded "
        "elsewhere, so its statement claims more than is known. Certify the shipment again.",
    )


def test_scan_of_one_operation_is_not_of_another():
    lot = brought_in(good_lot(), scans(but=[("step", 20)]))
    assert lot.elsewhere_for("step", 20) is None
    assert lot.elsewhere_for("step", 30).number == "E-000004"


def test_what_came_from_elsewhere_is_said_in_one_sentence():
    numbers = "E-000001, E-000002, E-000003, E-000004, E-000005, E-000006 and E-000007"
    assert said(brought_in(good_lot(), scans())) == (
        f"Operations 10 to 60 of lot T-000412 recorded elsewhere, reviewed by Tomas Wray ({numbers})."
    )
    assert said(good_lot()) == ""
