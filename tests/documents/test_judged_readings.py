"""Values of a gauge found bad are told in the package with what was decided on them."""

import pytest

from documents.domain.judged_readings import judged_readings
from tests.factories.findings import find_bad, judge
from tests.factories.inspection import make_final_inspection
from tests.factories.measuring import measure
from tests.factories.routes import make_gauge, today

pytestmark = pytest.mark.django_db


def test_judged_values_are_told_with_the_decision_and_no_others(cast, django_assert_num_queries):
    record = make_final_inspection(cast)
    gauge, other = make_gauge(cast), make_gauge(cast)
    lot = record.traveler
    found = [measure(cast, record, "1", serial, gauge=gauge) for serial in ("1", "2")]
    values = [(lot, each) for each in [*found, measure(cast, record, "3", "1", gauge=other)]]
    find_bad(cast, gauge)
    assert judged_readings(values) == {}
    judgement = judge(cast, gauge, lot)
    # a value taken after the judgement is not one it names
    values.append((lot, measure(cast, record, "1", "3", gauge=gauge)))
    with django_assert_num_queries(1):
        [entry] = judged_readings(values)["judged_readings"]
    assert entry == {
        "gauge": gauge.number,
        "kind": gauge.kind,
        "found_on": today().isoformat(),
        "outcome": "Still valid, for the reason given",
        "reason": "The error is a hundredth of the tolerance, and away from both limits.",
        "by": cast.quality.printed_name,
        "title": cast.quality.title,
        "at": judgement.decided_at.isoformat(),
        "values_judged": [
            {"lot": lot.number, "balloon": "1", "name": "Bore", "side": "After finish", "pieces": ["1", "2"]}
        ],
    }
    assert judged_readings([]) == {}
