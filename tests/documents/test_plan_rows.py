"""The sampling plans of a package: what the values it shows were taken by."""

from __future__ import annotations

from decimal import Decimal

from documents.domain.measured import plan_rows, values_of
from tests.factories.measuring import complete
from tests.factories.sampling import ISOLATED, make_sampled_inspection, measure_pieces


def test_values_come_with_the_plan_they_were_taken_by(cast):
    record = make_sampled_inspection(
        cast, quantity=40, ltpd_percent=Decimal(20), beta_percent=Decimal(10), **ISOLATED
    )
    assert plan_rows(values_of([record.traveler], {})) == []
    row = record.plan[0]
    measure_pieces(cast, record, range(1, row["n"] + 1))
    complete(cast, record)
    assert plan_rows(values_of([record.traveler], {})) == [
        {
            "balloon": row["balloon"],
            "side": "After finish",
            "lot": record.traveler.number,
            "inspection": record.number,
            "plan": row["why"],
        }
    ]
