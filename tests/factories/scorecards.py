"""Scorecards and records of delays, made by the real moves."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from documents.domain.scorecards.delays import record_delay
from documents.domain.scorecards.facts import next_month
from documents.domain.scorecards.freezing import freeze_month
from documents.models import DelayRecord, Scorecard
from tests.cast import Cast
from tests.factories.routes import today
from tests.factories.subcontract import line_of, make_outside_order


def make_scorecard(cast: Cast) -> Scorecard:
    """Return the card of the cast's vendor for this month, frozen ten days after it."""
    there = Scorecard.objects.filter(vendor=cast.vendor_organization, month=today().replace(day=1)).first()
    if there:
        return there
    make_outside_order(cast, at="returned")
    after = datetime.combine(next_month(today()) + timedelta(days=10), time(6), tzinfo=UTC)
    frozen = freeze_month(today(), at=after)
    return next(card for card in frozen if card.vendor_id == cast.vendor_organization.pk)


def make_delay(cast: Cast) -> DelayRecord:
    """Return the record that a line's delay was the customer's."""
    line = line_of(make_outside_order(cast))
    return record_delay(by=cast.quality, line=line, cause="customer", reason="The mask drawing came late.")
