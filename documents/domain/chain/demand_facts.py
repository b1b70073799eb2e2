"""What drawing and order demand of a lot, and the scans that answer for the time before it came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class NoteFacts:
    """One drawing note and what answers it: `operation`, `document`, `not_applicable` or nothing."""

    number: str
    text: str
    answer: str = ""
    answered_by: str = ""


@dataclass(frozen=True)
class ClauseFacts:
    """One quality clause of the order line and what answers it, in the words of a note's answer.

    `kind` is `evidence`, `hold`, `witness` or `source`; `point_at` the operation that waits for a hold or witness;
    `mapped_by` who answered it.
    """

    number: str
    revision: str
    title: str
    answer: str = ""
    answered_by: str = ""
    signed_by: str = ""
    kind: str = "evidence"
    point_at: int | None = None
    mapped_by: str = ""

    @property
    def words(self) -> str:
        return f"{self.number} {self.revision}".strip()


@dataclass(frozen=True)
class ElsewhereFacts:
    """A scan of what was done before the lot came in: what it proves, of which operation, who reviewed it.

    `proves` is `step`, `material`, `process`, `results` or `first_article`; the material and the first article
    belong to the lot and have no sequence. `state` is `recorded`, `reviewed` or `rejected`; `reviewed_by` decided.
    """

    number: str
    proves: str
    state: str
    sequence: int | None = None
    description: str = ""
    reference: str = ""
    done_on: date | None = None
    recorded_by: str = ""
    recorded_on: date | None = None
    reviewed_by: str = ""
    review_reason: str = ""

    @property
    def words(self) -> str:
        """The evidence it is once it was reviewed."""
        paper = f" ({self.reference})" if self.reference else ""
        return f"recorded elsewhere, {self.number}{paper}, reviewed by {self.reviewed_by}"
