"""Checks in force: what a signed policy leaves out asks nothing and says so; what is law is asked all the same."""

from dataclasses import replace

import pytest

from documents.domain.chain import CHECKS, digest, judge
from documents.domain.chain.lot_facts import ClauseFacts
from documents.domain.chain.policy import ALWAYS, PolicyFacts
from tests.documents.chain.test_every_link import BREAKS
from tests.factories.lot_facts import day, good_lot, open_links, shipped_lot

CODES = tuple(code for code, _ in CHECKS)


def policy(*left_out: str) -> PolicyFacts:
    return PolicyFacts("CP-000003", left_out, "Helen Brandt", day(4))


def of(lot, code):
    return [slot for slot in judge(lot) if slot.code == code]


@pytest.mark.parametrize("code", [code for code in BREAKS if code not in ALWAYS])
def test_check_left_out_lets_its_broken_link_pass_and_says_by_whose_word(code):
    broken = BREAKS[code](shipped_lot())
    assert any(not slot.is_closed for slot in of(broken, code))
    [slot] = of(replace(broken, policy=policy(code)), code)
    assert (slot.state, slot.is_closed, slot.evidence, slot.waived_by, slot.owner) == (
        "not_in_force",
        True,
        "CP-000003",
        "nobody",
        "",
    )
    assert slot.sentence == (
        "Not in force for Orrin Aerospace, by policy CP-000003, signed by Helen Brandt on 4 Mar 2026."
    )


@pytest.mark.parametrize("code", [code for code in BREAKS if code in ALWAYS])
def test_law_and_truth_are_asked_under_every_policy(code):
    broken = replace(BREAKS[code](shipped_lot()), policy=policy(code))
    assert code in open_links(broken)


def test_policy_that_names_every_check_changes_no_verdict():
    assert judge(replace(shipped_lot(), policy=policy())) == judge(shipped_lot())


def test_policy_is_part_of_what_was_judged():
    lot = good_lot()
    digests = {
        digest(lot),
        digest(replace(lot, policy=policy())),
        digest(replace(lot, policy=policy("LOCK"))),
    }
    assert len(digests) == 3


def test_what_a_check_left_out_would_demand_is_named():
    [slot] = of(replace(good_lot(), policy=policy("LOCK")), "LOCK")
    assert (
        slot.demand
        == "The setup as run is one of the approved set, or every difference is decided or routine."
    )
    assert (slot.source, slot.url_name, slot.url_kwargs) == (
        "Check policy CP-000003",
        "documents:check-policy-detail",
        {"number": "CP-000003"},
    )


def test_clause_met_by_a_document_asks_for_it_though_its_check_is_left_out():
    clause = ClauseFacts("QC-9", "A", "Inspection report", "document", "Inspection report", "")
    lot = replace(shipped_lot(), clauses=(clause,))
    broken = replace(BREAKS["RESULTS"](lot), policy=policy("RESULTS"))
    [slot] = of(broken, "CLAUSES")
    assert (slot.is_closed, slot.stops) == (False, True)
    assert slot.sentence.startswith("Quality clause QC-9 A is met by the inspection report. ")
    [closed] = of(replace(lot, policy=policy("RESULTS")), "CLAUSES")
    assert closed.state == "accepted"
