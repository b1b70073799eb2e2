"""The register of rules: read out of the checks, complete, the same on page and paper."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from documents.domain.chain import CHECKS
from documents.domain.chain.policy import ALWAYS
from documents.domain.rules import may_waive, register
from documents.management.commands.rules import page
from tests.cast import make_cast
from tests.documents.chain.test_every_link import BREAKS
from tests.factories.lot_facts import shipped_lot


def rules_of(code):
    return next(each for each in register() if each.code == code).rules


def test_every_check_is_in_the_register():
    assert [each.code for each in register()] == [code for code, _ in CHECKS]
    assert [each.code for each in register() if each.is_always] == [
        code for code, _ in CHECKS if code in ALWAYS
    ]


@pytest.mark.parametrize("code", [code for code, _ in CHECKS])
def test_every_check_says_what_stops_it_and_by_which_source(code):
    rules = rules_of(code)
    assert [rule.demand for rule in rules if not rule.source] == []
    assert any(rule.fails for rule in rules)
    said = [sentence for rule in rules for sentence in (*rule.fails, *rule.waits, *rule.excused)]
    assert [sentence for sentence in said if "‹…›" in sentence or "{" in sentence or "‹›" in sentence] == []


@pytest.mark.parametrize("code", list(BREAKS))
def test_what_a_check_answers_has_the_waiver_the_register_names(code):
    for facts in (shipped_lot(), BREAKS[code](shipped_lot())):
        check = dict(CHECKS)[code]
        named = {rule.waived_by for rule in rules_of(code)}
        assert {slot.waived_by for slot in check(facts)} <= named


def test_a_rule_reads_as_the_check_says_it():
    [owners] = [
        rule for rule in rules_of("ROUTE") if rule.demand.startswith("Every operation has its owners")
    ]
    assert owners.source == "House rule: outside work is part of the route"
    assert owners.fails == ["Lot ‹lot›: ‹what lacks›. Name a person for each."]
    assert may_waive(owners) == "the shop's quality manager"


def test_one_demand_of_which_a_part_is_nobodys_to_waive_stands_twice():
    found = [(rule.waived_by, len(rule.fails)) for rule in rules_of("RESULTS") if rule.fails]
    assert [who for who, _ in found] == ["customer", "nobody"]


def test_the_page_is_fresh():
    call_command("rules", "--check", stdout=StringIO())


def test_a_stale_page_is_refused_with_the_verb_that_mends_it(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="docs/rules.md is stale. Run: make states"):
        call_command("rules", "--check")
    call_command("rules", stdout=StringIO())
    assert (tmp_path / "docs" / "rules.md").read_text() == page()
    call_command("rules", "--check", stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["operator", "vendor", "buyer"])
def test_everybody_signed_in_reads_the_rules(role, client):
    cast = make_cast()
    client.force_login(getattr(cast, role))
    shown = client.get(reverse("documents:rule-list"))
    assert (shown.status_code, 'id="export"' in shown.content.decode()) == (200, True)
