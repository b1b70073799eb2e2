"""What a certificate must be in itself, and its days and results. Nothing here touches a database."""

from datetime import date
from decimal import Decimal

import pytest

from documents.domain import paper_checks
from documents.domain.chain.lot_facts import CertificateFacts
from documents.domain.key_rules import KeyRules, revision_alike
from documents.domain.key_verdicts import KeyComparison
from documents.domain.likeness import alike, choice_alike, enough, one_of, place_alike
from documents.domain.result_limits import Limit, compare_results, convert
from documents.formats.paper import ReadField, Reading, ReadRow


def read(key, words, value=None, *, page=1, label=""):
    return ReadField(key, words, words if value is None else value, page, None, label=label)


def page_of(*found, **facts):
    return Reading(found=found, **facts)


def said(keys):
    return [(key.key, key.verdict, key.stops) for key in keys]


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("ＰＯ－００００４１", "PO-000041", True),
        ("Rev C", "C", True),
        ("7T44I8", "7T4418", True),
        ("7T4481", "7T4418", False),
        ("AMS 2759/2", "AMS 2759/4", False),
        ("", "A", False),
    ],
)
def test_writings(ours, theirs, same):
    assert (alike(ours, theirs) is not None) is same


def test_choices_names_places_and_quantities():
    assert choice_alike("Type 2", "II") == ("Roman numerals",)
    assert choice_alike("III", "II") is None
    assert one_of(["MIL-A-8625"])("MIL-A-8625", "MIL-PRF-8625") is not None
    site = place_alike(["410 Garfield Ave, Duluth, MN 55802"])
    assert site("410 Garfield Ave, Duluth", "Lakeshore, Plant 2") is not None
    assert site("88 Other Road, Duluth", "Lakeshore, Plant 2") is None
    assert (enough("1,250", "1250"), enough("48 pcs", "50")) == ((), None)


@pytest.mark.parametrize(
    ("policy", "words", "agrees"),
    [
        ("exact", "G", False),
        ("that_or_later", "G", True),
        ("that_or_later", "E", False),
        ("on_order_date", "G", True),
        ("on_order_date", "F", False),
        ("exact", "F", True),
    ],
)
def test_revision_follows_the_contract(policy, words, agrees):
    same = revision_alike(policy, later=["G"], in_effect="G")
    assert (same(words, "F") is not None) is agrees


def test_rules_decide_on_absence_never_on_contradiction():
    absent = KeyComparison("part revision", "", "C", "not_found")
    wrong = KeyComparison("part revision", "B", "C", "mismatch")
    rules = KeyRules({"part revision": "off", "signed by": "off"})
    assert [key.stops for key in rules.applied([absent, wrong])] == [True]
    assert [key.stops for key in KeyRules({"part revision": "should"}).applied([absent, wrong])] == [
        False,
        True,
    ]
    assert rules.level_of("signed by") == "must"


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("We certify that the parts conform to the specification.", "match"),
        ("Parts were processed per print.", "mismatch"),
        ("Good to the best of our knowledge.", "mismatch"),
        ("Nach bestem Wissen in Ordnung.", "mismatch"),
        ("据我们所知合格。", "mismatch"),
        ("Thank you for your order.", "mismatch"),
    ],
)
def test_statement_says_what_it_stands_for(words, verdict):
    assert said(paper_checks.statement(page_of(read("statement", words)))) == [
        ("statement", verdict, verdict == "mismatch")
    ]


def test_every_promised_page_is_here():
    promised = page_of(
        read("page_of", "Page 1 of 3", "1/3"), read("page_of", "Page 2 of 3", "2/3"), pages_read=2
    )
    assert said(paper_checks.pages(promised)) == [("pages", "mismatch", True)]
    assert said(paper_checks.pages(promised, in_file=3)) == [("pages", "match", False)]
    assert paper_checks.pages(page_of()) == []
    alone = page_of(read("page_of", "Page 1 of 1", "1/1"), pages_read=1)
    assert [key.on_record for key in paper_checks.pages(alone)] == ["1 page"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("T-000312", ("lot", "match", False)),
        ("T-000047", ("lot", "mismatch", True)),
        # the issuer's own lot looks otherwise
        ("88412-A", ("lot", "not_found", False)),
    ],
)
def test_page_that_claims_another_lot_is_a_stop(words, found):
    assert said(paper_checks.lot(page_of(read("lot_number", words)), "T-000312")) == [found]


def test_number_taken_for_other_pieces_is_a_stop():
    page = page_of(read("stated_number", "BW-1"))
    assert said(paper_checks.reused(page, [("BW-1", "T-000007")])) == [("same number", "mismatch", True)]
    assert paper_checks.reused(page, [("BW-2", "T-000007")]) == []


def test_serials_spread_out_and_missing_ones_named():
    assert paper_checks.spread("001-003, 007") == ["001", "002", "003", "007"]
    page = page_of(read("serials", "001-003"))
    assert said(paper_checks.serials(page, ["001", "003"])) == [("serials", "match", False)]
    (wrong,) = paper_checks.serials(page, ["001", "009"])
    assert (wrong.stops, wrong.sentence) == (True, "The page does not name serial 009.")


def test_language_agreed():
    assert paper_checks.language(page_of(language="en"), ["en", "de"]) == []
    assert said(paper_checks.language(page_of(language="zh_CN"), ["en"])) == [("language", "mismatch", True)]


def day(number):
    return date(2026, 4, number)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"process_from": day(5), "process_to": day(6), "stated_on": day(6)}, ""),
        (
            {"process_to": day(6), "stated_on": day(2)},
            "Certified 2 Apr 2026 is before processed until 6 Apr 2026.",
        ),
        (
            {"process_from": day(1), "process_to": day(6)},
            "Processed from 1 Apr 2026 is before shipped 3 Apr 2026.",
        ),
        ({"process_to": day(9)}, "Received 8 Apr 2026 is before processed until 9 Apr 2026."),
        ({}, ""),
    ],
)
def test_days_stand_in_an_order_that_can_be_true(facts, sentence):
    paper = CertificateFacts("C-1", "process", "in_review", **facts)
    found = paper_checks.days_in_order(paper, shipped_on=day(3), received_on=day(8))
    assert "".join(key.sentence for key in found) == sentence


def test_results_against_printed_and_known_limits_with_the_factor_shown():
    rows = [ReadRow("thickness", "Coating thickness", "0.0004", "in", page=2)]
    microns = Limit("Coating thickness", "µm", Decimal(8), Decimal(13), "our licensed copy")
    (inside,) = compare_results(rows, [microns])
    assert (inside.verdict, inside.sentence) == ("normalised", "0.0004 in × 25400 = 10.16 µm")
    (outside,) = compare_results([ReadRow("thickness", "Coating thickness", "0.9", "mil")], [microns])
    assert (outside.stops, outside.sentence) == (
        True,
        "Page 1 gives Coating thickness 0.9 mil; the limit is 8 to 13 µm (our licensed copy). "
        "0.9 mil × 25.4 = 22.86 µm.",
    )
    (printed,) = compare_results([ReadRow("chemistry", "Cu %", "2.4", "%", "1.2", "2.0")])
    assert printed.sentence == (
        "Page 1 gives Cu % 2.4 %; the limit is 1.2 to 2.0 % (printed on the certificate)."
    )


def test_units_and_missing_elements():
    wrong = compare_results([ReadRow("thickness", "Coating thickness", "10", "MPa")])
    assert said(wrong) == [("results", "mismatch", True)]
    assert convert(Decimal(1), "HRC", "HRB") is None
    missing = compare_results([ReadRow("chemistry", "Cu %", "1.6", "%")], required=["Cu", "Mg"])
    assert [key.sentence for key in missing] == ["The certificate states no Mg; it is asked for."]


@pytest.mark.parametrize(
    ("label", "value", "stops"),
    [
        ("Heat No.", "K985047", True),
        ("Schmelzen-Nr.", "K985047", True),
        # the load of a furnace, a furnace, and our own number of the pieces
        ("Charge", "K985047", False),
        ("Heat treat load", "K985047", False),
        ("Heat No.", "3", False),
        ("Heat / lot", "T-000001", False),
        ("Heat code", "T-000001", False),
    ],
)
def test_only_a_word_for_the_heat_of_a_metal_contradicts_it(label, value, stops):
    found = ReadField("identifier", value, value, 1, None, label=label)
    keys = paper_checks.heat(Reading(found=(found,)), "A886566", ("T-000001",))
    assert any(key.stops for key in keys) is stops
