"""The release rules of first articles, 1 to 16 and 20: where each is refused, and where the same passes.

Most tests do both in one set-up that differs in one thing. The table is read by the last test, so it cannot go stale.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from inspection.domain.completeness import open_fields
from inspection.domain.forms import forms_of
from inspection.domain.workbooks import compare_workbook
from inspection.formats.as9102_xlsx import workbook_of
from inspection.formats.filled_forms import read_forms
from routes.models import Characteristic
from tests.factories.inspection import make_first_article, make_lot

RULES = {
    "1 no submission while a required field is empty": [
        ("inspection/test_first_articles.py", "test_empty_required_field_is_named"),
        ("inspection/test_first_articles.py", "test_every_empty_field_is_named_at_once"),
        ("inspection/test_editions.py", "test_completeness_goes_by_the_rules_of_the_edition"),
    ],
    "2 fields 1 to 4 come from one header on every page": [
        ("documents/package/test_renderer.py", "test_fields_1_to_4_stand_on_every_page_of_a_form"),
    ],
    "3 each edition prints its own numbers and labels": [
        ("inspection/test_editions.py", "test_every_field_has_the_number_label_and_rule_of_its_edition"),
        ("inspection/test_editions.py", "test_rev_b_is_signed_on_each_form_and_printed_with_its_numbers"),
        ("inspection/test_first_article_pages.py", "test_every_field_stands_under_its_number_and_label"),
        ("documents/package/test_renderer.py", "test_form_1_prints_every_field_with_number_and_label"),
        (
            "documents/package/test_renderer.py",
            "test_rev_b_prints_its_own_numbers_and_labels_and_none_of_rev_c",
        ),
    ],
    "4 identifiers are never used again": [
        ("inspection/test_corrections.py", "test_identifier_is_never_used_again"),
    ],
    "5 drawings and revisions are pairs": [
        ("inspection/test_editions.py", "test_drawings_and_their_revisions_are_pairs"),
    ],
    "6 baseline and reason": [
        ("inspection/test_first_articles.py", "test_first_article_names_piece_reason_and_baseline"),
        ("inspection/test_editions.py", "test_rev_b_asks_the_reason_of_a_partial_first_article_only"),
    ],
    "7 every balloon has one row, every row a balloon": [
        (
            "inspection/test_rules_of_first_articles.py",
            "test_form_3_accounts_for_every_balloon_but_references",
        ),
    ],
    "8 no bare OK where there are limits": [
        ("inspection/test_first_articles.py", "test_tooling_closes_an_attribute_result"),
    ],
    "9 a result outside its limits has a nonconformance": [
        ("inspection/test_first_articles.py", "test_failing_result_carries_its_nonconformance"),
    ],
    "10 field 19 is derived": [
        ("inspection/test_rules_of_first_articles.py", "test_field_19_is_not_typed"),
        ("inspection/test_editions.py", "test_field_19_declares_a_nonconformance_in_either_edition"),
    ],
    "11 approver is neither author nor verifier": [
        ("inspection/test_first_articles.py", "test_author_may_not_approve"),
        ("inspection/test_first_articles.py", "test_verifier_may_not_approve"),
    ],
    "12 inspector is not the operator": [
        ("inspection/test_first_article_rules.py", "test_who_machined_the_lot_does_not_verify_it"),
    ],
    "13 approved is frozen, a change is a new one": [
        ("inspection/test_corrections.py", "test_approved_one_stays_and_its_correction_takes_its_place"),
        ("inspection/test_first_articles.py", "test_submitted_forms_are_frozen"),
    ],
    "14 a source that is not approved is a nonconformance": [
        (
            "inspection/test_first_article_rules.py",
            "test_source_that_is_not_approved_asks_for_a_nonconformance",
        ),
    ],
    "15 suppliers have name and address": [
        (
            "inspection/test_first_article_rules.py",
            "test_supplier_without_street_or_town_leaves_field_8_open",
        ),
    ],
    "16 a partial one copies no result": [
        ("inspection/test_first_article_rules.py", "test_partial_takes_no_result_its_baseline_had"),
    ],
    "20 an assembly waits for the first articles of its parts": [
        ("inspection/test_form_1_index.py", "test_index_names_every_part_with_its_first_article"),
        ("inspection/test_editions.py", "test_index_of_rev_b_names_the_serial_that_was_built_in"),
    ],
}


@pytest.fixture
def draft(cast):
    """A first article on piece 1 of a complete lot."""
    return make_first_article(cast, lot=make_lot(cast, at=999, quantity=2))


def test_form_3_accounts_for_every_balloon_but_references(draft):
    """Release rule 7."""
    on_drawing = Characteristic.objects.filter(part_revision=draft.part_revision)
    listed = [row["5"] for row in forms_of(draft)["form3"]]
    assert listed == [each.balloon for each in on_drawing]
    last = on_drawing.last()
    fields = {field.name: getattr(last, field.name) for field in Characteristic._meta.fields}
    fields = {name: value for name, value in fields.items() if name not in ("id", "uuid", "identity")}
    added = Characteristic.objects.create(**{**fields, "balloon": "99"})
    # a balloon nobody measured is on the form, and the form is not complete
    assert open_fields(forms_of(draft)) == ["Form 3 field 9 Results of characteristic 99"]
    Characteristic.objects.filter(pk=added.pk).update(is_reference=True)
    assert ([row["5"] for row in forms_of(draft)["form3"]], open_fields(forms_of(draft))) == (listed, [])


def test_field_19_is_not_typed(draft):
    """Release rule 10: said otherwise in a workbook, it is shown and never taken."""
    forms = forms_of(draft)
    said = {**forms, "form1": {**forms["form1"], "19": {"label": "", "value": "Yes"}}}
    compared = compare_workbook(first_article=draft, read=read_forms(workbook_of(said, number=draft.number)))
    assert [(each.field, each.ours, each.theirs) for each in compared.derived] == [("19", "No", "Yes")]
    assert compared.typed == ()


def test_every_rule_names_tests_that_are_there():
    tests = Path(__file__).parents[1]
    missing = [
        (rule, name)
        for rule, named in RULES.items()
        for path, name in named
        if f"def {name}(" not in (tests / path).read_text()
    ]
    assert missing == []
