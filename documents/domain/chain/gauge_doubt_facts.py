"""Readings in doubt: which gauge, found out of tolerance on which day, nobody has decided on for a lot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# as the statement of results joins them: gauge and day, and one after the other
BETWEEN, AFTER = "\x1e", "\x1f"

# when a gauge was found out of tolerance, and since when what it read is in doubt; a shop has few of them
FINDINGS = """
findings AS MATERIALIZED (
    SELECT DISTINCT f.gauge_id, f.calibrated_on AS until, g.number || E'\\x1e' || f.calibrated_on AS name, (
        SELECT MAX(good.calibrated_on) FROM routes_calibration good
        WHERE good.gauge_id = f.gauge_id AND good.is_in_tolerance AND good.calibrated_on < f.calibrated_on
    ) AS since
    FROM routes_calibration f JOIN routes_gauge g ON g.id = f.gauge_id
    WHERE NOT f.was_found_in_tolerance
)"""


@dataclass(frozen=True, order=True)
class GaugeDoubtFacts:
    """One gauge found out of tolerance on a day, with undecided readings in the lot."""

    gauge: str
    found_on: date

    @property
    def words(self) -> str:
        return f"{self.gauge}, found out of tolerance on {self.found_on:%-d %b %Y}"


def doubts_of(text: str | None) -> tuple[GaugeDoubtFacts, ...]:
    """Return the doubts the statement of results names, each once, in order."""
    pairs = {each for each in (text or "").split(AFTER) if each}
    split = (each.rsplit(BETWEEN, 1) for each in pairs)
    return tuple(sorted(GaugeDoubtFacts(gauge, date.fromisoformat(day)) for gauge, day in split))
