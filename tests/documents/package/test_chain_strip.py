"""The words of a chain: links are the checks of the strip, demands the lines of the report."""

from __future__ import annotations

import pytest

from documents.package.chain_strip import LINKS, chain_counts, closed_words
from portal.look.chain import CHAIN


def slots(*pairs: tuple[str, str]) -> list[dict]:
    return [{"code": code, "state": state} for code, state in pairs]


def test_links_are_counted_once_and_demands_each():
    closed = slots(("NOTES", "accepted"), ("NOTES", "accepted"), ("ROUTE", "accepted"))
    assert closed_words(closed) == "2 of 2 links closed; 3 demands: 3 accepted"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("missing", "1 of 2 links closed; 3 demands: 2 accepted, 1 missing"),
        ("under review", "1 of 2 links closed; 3 demands: 2 accepted, 1 in review"),
        ("lost", "1 of 2 links closed; 3 demands: 2 accepted, 1 lost"),
        ("waived", "2 of 2 links closed; 3 demands: 2 accepted, 1 waived (NOTES)"),
        ("not applicable", "2 of 2 links closed; 3 demands: 2 accepted, 1 not applicable by rule (NOTES)"),
        ("not in force", "2 of 2 links closed; 2 demands: 2 accepted; not in force by policy: NOTES"),
    ],
)
def test_one_demand_opens_its_link_and_what_is_closed_without_proof_is_named(state, words):
    assert closed_words(slots(("NOTES", "accepted"), ("NOTES", state), ("ROUTE", "accepted"))) == words


def test_the_cover_says_closed_only_when_each_demand_is():
    closed = {"slots": slots(("NOTES", "accepted"))}
    opened = {"slots": slots(("NOTES", "accepted"), ("ROUTE", "missing"))}
    verdicts = [chain_counts(chain)["is_closed"] for chain in (closed, opened, None)]
    assert verdicts == [True, False, False]


def test_paper_and_page_head_the_links_alike():
    assert {code: short for links in CHAIN.values() for code, short, _ in links} == LINKS
