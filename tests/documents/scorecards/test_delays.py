"""Whose a delay was: recorded with a cause and a reason, withdrawn with one, never twice."""

from __future__ import annotations

import pytest

from documents.domain.scorecards.delays import record_delay, withdraw_delay
from documents.models import DelayRecord
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from subcontract.domain.outside_orders import cancel
from tests.factories.subcontract import line_of, make_outside_order


def excuse(cast, line, **facts) -> DelayRecord:
    wanted = {"by": cast.quality, "cause": "customer", "reason": "The drawing of the mask was held back."}
    return record_delay(line=line, **{**wanted, **facts})


def test_a_delay_is_recorded_once_and_withdrawn_with_a_reason(cast):
    line = line_of(make_outside_order(cast))
    record = excuse(cast, line)
    with pytest.raises(NotTheMoment) as refusal:
        excuse(cast, line)
    assert refusal.value.sentence == (
        f"{record.number} says already whose the delay of {line} was. Withdraw it first."
    )
    with pytest.raises(Incomplete) as refusal:
        withdraw_delay(by=cast.quality, record=record, reason=" ")
    assert refusal.value.sentence == f"Say why {record.number} does not hold."
    withdraw_delay(by=cast.quality, record=record, reason="It was the oven.")
    with pytest.raises(NotTheMoment) as refusal:
        withdraw_delay(by=cast.quality, record=record, reason="Again.")
    assert refusal.value.sentence == f"{record.number} is withdrawn already."
    assert excuse(cast, line).pk != record.pk
    said = Event.objects.filter(noun="scorecard").order_by("pk").values_list("verb", flat=True)
    assert list(said) == ["excuse a delay on", "count a delay on", "excuse a delay on"]


def test_a_delay_needs_who_a_cause_and_an_order_that_stands(cast):
    order = make_outside_order(cast)
    line = line_of(order)
    for facts in ({"cause": "weather"}, {"reason": " "}):
        with pytest.raises(Incomplete) as refusal:
            excuse(cast, line, **facts)
        assert refusal.value.sentence == (
            f"Say who delayed {line}, the shop or the customer, and what happened."
        )
    for by in (cast.vendor, cast.operator):
        with pytest.raises(NotEntitled):
            excuse(cast, line, by=by)
    cancel(by=cast.quality, order=order)
    with pytest.raises(NotTheMoment) as refusal:
        excuse(cast, line)
    assert refusal.value.sentence == f"{order.number} is cancelled; nothing of it can be late."
    assert DelayRecord.objects.count() == 0
