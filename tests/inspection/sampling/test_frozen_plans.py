"""The plan of a sampled check, frozen with its inspection, and how it judges the lot."""

from decimal import Decimal

import pytest

from documents.domain.chain import judge
from documents.domain.chain.facts import read_facts
from inspection.domain import records
from inspection.models import Nonconformance, SamplingState
from portal.domain.errors import Incomplete
from routes.domain.route_revisions import plan_check
from routes.domain.sampling_rules import KeyCharacteristic, SamplingRule, settled
from routes.models import Characteristic, PlannedCheck
from tests.documents.evidence import oracle
from tests.factories.measuring import complete, make_inspection
from tests.factories.sampling import (
    ISOLATED,
    NORMAL_10,
    SKIPPED,
    add_past,
    make_sampled_draft,
    make_sampled_inspection,
    make_sampled_lot,
    make_sampled_route,
    measure_pieces,
    put_on,
    qualified,
    series_of,
)

LEFT_OUT = ("characteristic", "balloon", "side", "sample_size")


def plan_of(record):
    return {name: value for name, value in record.plan[0].items() if name not in LEFT_OUT}


def results_of(lot):
    """Return the state and sentence of RESULTS; the plain reading of the books must say the same."""
    facts = read_facts([lot.pk])[lot.number]
    slot = next(slot for slot in judge(facts) if slot.code == "RESULTS")
    assert bool(oracle.open_links(lot.number).get("RESULTS")) == (not slot.is_closed)
    return slot.state, slot.sentence


def test_a_lot_on_its_own_freezes_its_plan(cast):
    record = make_sampled_inspection(
        cast, quantity=40, ltpd_percent=Decimal(20), beta_percent=Decimal(10), **ISOLATED
    )
    assert plan_of(record) == {
        "rule": "c0",
        "standard": "c=0 for isolated lots",
        "edition": "exact hypergeometric, AS9138 practice",
        "ltpd": "20",
        "beta": "10",
        "n": 10,
        "ac": 0,
        "re": 1,
        "inspect_all": False,
        "lot_size": 40,
        "defect_class": "major",
        "why": "10 of 40: c=0, LTPD 20 %, beta 10 %",
    }


def test_figures_not_given_are_the_shops_own(cast, settings):
    settings.PORTAL_SAMPLING_LTPD_PERCENT, settings.PORTAL_SAMPLING_BETA_PERCENT = 15, 5
    record = make_sampled_inspection(cast, quantity=4, **ISOLATED)
    assert (plan_of(record)["why"], plan_of(record)["inspect_all"]) == (
        "every piece of 4: c=0, LTPD 15 %, beta 5 %",
        True,
    )


def test_a_plan_by_tables_freezes_letter_series_and_severity(cast):
    record = make_sampled_inspection(cast, quantity=16, **NORMAL_10)
    series = SamplingState.objects.get()
    assert plan_of(record) == {
        "rule": "z14",
        "standard": "ANSI/ASQ Z1.4",
        "edition": "single plans of MIL-STD-105E, 1989",
        "level": "II",
        "aql": "10",
        "code_letter": "C",
        "n": 5,
        "ac": 1,
        "re": 2,
        "inspect_all": False,
        "lot_size": 16,
        "defect_class": "major",
        "series": series.number,
        "severity": "normal",
        "why": "5 of 16: Z1.4 level II, AQL 10, letter C, normal; accept 1, reject 2",
    }


def test_the_frozen_plan_outlives_a_switch(cast):
    record = make_sampled_inspection(cast, **NORMAL_10)
    put_on(SamplingState.objects.get(), "tightened")
    record.refresh_from_db()
    assert (plan_of(record)["severity"], plan_of(record)["n"]) == ("normal", 5)
    later = make_sampled_inspection(cast, route=record.traveler.route_revision)
    assert (plan_of(later)["severity"], plan_of(later)["n"], plan_of(later)["ac"]) == ("tightened", 8, 1)


def test_a_lot_within_its_acceptance_number_is_accepted_and_the_bad_piece_set_apart(cast):
    record = make_sampled_inspection(cast, **NORMAL_10)
    assert results_of(record.traveler)[0] == "missing"
    measure_pieces(cast, record, range(2, 6), bad=(1,))
    completed = complete(cast, record)
    outcome = SamplingState.objects.get().outcomes.get()
    assert (completed.state, outcome.is_accepted, outcome.found, outcome.is_original) == (
        "completed",
        True,
        1,
        True,
    )
    assert Nonconformance.objects.get().serials == ["1"]
    assert results_of(record.traveler)[0] == "accepted"


def test_a_rejected_lot_is_sorted_before_it_goes_on(cast):
    record = make_sampled_inspection(cast, **NORMAL_10)
    measure_pieces(cast, record, range(3, 6), bad=(1, 2))
    with pytest.raises(Incomplete) as refused:
        complete(cast, record)
    assert refused.value.sentence == (
        f"{record.number} lacks values by its plan: characteristic 1: 3 of 14 pieces (its plan rejects the lot: 2 "
        "nonconforming, 1 allowed; sort every piece). Enter them first."
    )
    state, sentence = results_of(record.traveler)
    assert state == "missing"
    assert "1 (5 of 14, rejected by its plan)" in sentence
    measure_pieces(cast, record, range(6, 17))
    complete(cast, record)
    outcome = SamplingState.objects.get().outcomes.get()
    assert (outcome.is_accepted, outcome.found, outcome.n) == (False, 2, 5)
    assert results_of(record.traveler)[0] == "accepted"


def test_a_lot_that_must_find_nothing_is_sorted_at_the_first_bad_piece(cast):
    record = make_sampled_inspection(cast, quantity=12, ltpd_percent=Decimal(20), **ISOLATED)
    wanted = plan_of(record)["n"]
    measure_pieces(cast, record, range(2, wanted + 1), bad=(1,))
    assert records.missing_values(record) == [
        f"characteristic 1: {wanted - 1} of 11 pieces (its plan rejects the lot: 1 nonconforming, 0 allowed; sort "
        "every piece)"
    ]


def test_a_marked_characteristic_is_neither_skipped_nor_accepted_with_bad_pieces(cast):
    draft = make_sampled_draft(cast, **ISOLATED)
    check = PlannedCheck.objects.get(operation__route_revision=draft)
    Characteristic.objects.filter(pk=check.characteristic_id).update(designator="KC")
    check.characteristic.refresh_from_db()
    check.delete()
    facts = {
        "by": cast.quality,
        "operation": check.operation,
        "characteristic": check.characteristic,
        "side": "after",
    }
    with pytest.raises(KeyCharacteristic) as refused:
        plan_check(**facts, **SKIPPED)
    assert refused.value.sentence == (
        "Balloon 1 is marked KC, so no plan may skip its lots. Check every piece, or sample it with c=0."
    )
    with pytest.raises(KeyCharacteristic) as refused:
        plan_check(**facts, **NORMAL_10)
    assert refused.value.sentence == (
        "Balloon 1 is marked KC, so no plan may accept a lot with a bad piece in it. Check every piece, or sample it "
        "with c=0."
    )
    assert plan_check(**facts, **ISOLATED).sampling_rule == "c0"


def test_a_characteristic_marked_since_is_refused_when_the_plan_is_settled(cast):
    route = make_sampled_route(cast, **NORMAL_10)
    lot = make_sampled_lot(cast, route)
    marked = Characteristic.objects.filter(part_revision=route.part_revision)
    marked.update(designator="CI")
    with pytest.raises(KeyCharacteristic, match="is marked CI"):
        make_inspection(cast, lot)
    marked.update(designator="")
    assert plan_of(make_inspection(cast, lot))["ac"] == 1


@pytest.mark.parametrize(
    "sampling, sentence",
    [
        (
            {"sampling_rule": "z14", "aql_percent": "0.9"},
            "The check of balloon 1 by Z1.4 needs a level and an AQL of the tables. Choose both.",
        ),
        (
            {"sampling_rule": "c0", "ltpd_percent": 0},
            "The check of balloon 1 names 0 %. Give more than 0 and at most 100 %.",
        ),
        (
            {"sampling_rule": "skip_lot"},
            "The check of balloon 1 by skip-lot looks at one lot in two, three, four or five. Choose which.",
        ),
        (
            {"sampling_rule": "all", "aql_percent": "1.0"},
            "The check of balloon 1 is by “every piece” and names a level or an AQL, which is another rule's. Leave it "
            "empty.",
        ),
        (
            {"sampling_rule": "z14", "aql_percent": "1.0", "skip_one_in": 2},
            "The check of balloon 1 is by “z1.4 by level and aql” and names a fraction of lots, which is another "
            "rule's. "
            "Leave it empty.",
        ),
        (
            {"sampling_rule": "some"},
            "The check of balloon 1 names no rule of sampling we know. Choose one of the list.",
        ),
        (
            {"sampling_rule": "all", "defect_class": "odd"},
            "The check of balloon 1 names no class of defect we know. Choose critical, major or minor.",
        ),
    ],
)
def test_a_rule_names_its_figures_and_no_others(sampling, sentence):
    if "ltpd_percent" in sampling:
        sampling = {**sampling, "ltpd_percent": Decimal(sampling["ltpd_percent"])}
    with pytest.raises(Incomplete) as refused:
        settled(SamplingRule(**sampling), Characteristic(balloon="1"))
    assert refused.value.sentence == sentence


def test_a_lot_that_was_not_drawn_is_not_measured(cast):
    first = make_sampled_inspection(cast, quantity=10, **SKIPPED)
    route = first.traveler.route_revision
    assert plan_of(first)["why"] == (
        f"7 of 10: c=0, LTPD 20 %, beta 10 %; not qualified for skip-lot ({series_of(route).number})"
    )
    lot = make_sampled_lot(cast, route, quantity=10)
    series = qualified(cast, route, first, skips=lot.number)
    record = make_inspection(cast, lot)
    assert (plan_of(record)["n"], plan_of(record)["why"]) == (
        0,
        f"none: not drawn, 1 lot in 2 by {series.number}",
    )
    before = series.outcomes.count()
    complete(cast, record)
    assert (results_of(lot)[0], series.outcomes.count()) == ("accepted", before)


def test_a_discontinued_series_has_every_piece_looked_at(cast):
    first = make_sampled_inspection(cast, quantity=10, **NORMAL_10)
    series = put_on(add_past(series_of(first.traveler.route_revision), first, "R"), "discontinued")
    record = make_sampled_inspection(cast, route=first.traveler.route_revision, quantity=6)
    assert (plan_of(record)["n"], plan_of(record)["inspect_all"], plan_of(record)["why"]) == (
        6,
        True,
        f"every piece of 6: {series.number} is discontinued until its corrective action is accepted",
    )
