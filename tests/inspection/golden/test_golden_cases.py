"""Every change of the worked part is found, classed and traced to exactly the characteristics it touches."""

import pytest

from inspection.domain.triggers import EVALUATE, Policy, affected, compare, differing
from tests.inspection.golden.cases import CASES, REPORTED
from tests.inspection.golden.part import BASELINE

EVERY = "1 2 4 5 6 7 8"
POLICY = Policy()


def balloons(changes, lot) -> str:
    return " ".join(each.balloon for each in affected(changes, lot))


def test_there_are_forty_cases_and_each_has_a_name_of_its_own():
    names = [name for name, *_ in (*CASES, *REPORTED)]
    assert len(names) >= 40
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("lot", "expected", "touched"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_change_has_its_class_and_its_characteristics(lot, expected, touched):
    found = compare(BASELINE, lot)
    assert {(each.kind, each.subject): POLICY.class_of(each.kind) for each in found} == expected
    assert balloons(differing(found, POLICY), lot) == touched.replace("*", EVERY)


@pytest.mark.parametrize(("change", "touched"), [c[1:] for c in REPORTED], ids=[c[0] for c in REPORTED])
def test_what_a_person_reports_touches_what_it_names(change, touched):
    assert POLICY.class_of(change.kind) == EVALUATE
    assert balloons([change], BASELINE) == touched.replace("*", EVERY)
