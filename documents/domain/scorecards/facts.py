"""What is known of vendors in one month, as it was known at a moment: four statements for any number of vendors.

Moments are read from the log of events, from append-only rows and from histories, so that a frozen month can be
reckoned again as it stood. Days are those of the records; moments become days in UTC, as everywhere in the house.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import connection

from portal.domain.canonical import canonical_bytes, sha256_of

LINES = """
SELECT site.organization_id, o.number || '/' || line.line_number, lot.number, line.quantity, o.due_on,
       sent.moved_on, back.came, delay.number, delay.cause
FROM subcontract_outsideorder o
JOIN portal_signature issued ON issued.id = o.issue_signature_id AND issued.signed_at <= %(as_of)s
JOIN portal_site site ON site.id = o.site_id
JOIN subcontract_outsideorderline line ON line.order_id = o.id
JOIN routes_traveler lot ON lot.id = line.traveler_id
LEFT JOIN LATERAL (
    SELECT min(m.moved_on) AS moved_on FROM subcontract_custodymove m
    WHERE m.line_id = line.id AND m.to_site_id = o.site_id AND m.recorded_at <= %(as_of)s
) sent ON TRUE
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(r.received_on, r.quantity_returned, r.quantity_scrapped, r.quantity_short)
                    ORDER BY r.received_on, r.id)::text AS came,
           bool_or(r.received_on >= %(first)s AND r.received_on < %(next)s) AS in_month
    FROM subcontract_receipt r WHERE r.line_id = line.id AND r.recorded_at <= %(as_of)s
) back ON TRUE
LEFT JOIN LATERAL (
    SELECT d.number, d.cause FROM documents_delayrecord d
    WHERE d.line_id = line.id AND d.recorded_at <= %(as_of)s
      AND (d.withdrawn_at IS NULL OR d.withdrawn_at > %(as_of)s)
    ORDER BY d.id DESC LIMIT 1
) delay ON TRUE
WHERE (o.due_on >= %(first)s AND o.due_on < %(next)s OR back.in_month)
  AND (%(vendors)s::bigint[] IS NULL OR site.organization_id = ANY(%(vendors)s))
  AND NOT EXISTS (
    SELECT 1 FROM portal_event e
    WHERE e.noun = 'outside order' AND e.number = o.number AND e.verb = 'cancel' AND e.at <= %(as_of)s
  )
ORDER BY site.organization_id, o.id, line.line_number
"""

RETURNS = """
SELECT site.organization_id, o.number || '/' || line.line_number, lot.number, r.received_on, r.quantity_returned,
       (proof.brought_at AT TIME ZONE 'UTC')::date, (proof.accepted_at AT TIME ZONE 'UTC')::date
FROM subcontract_receipt r
JOIN routes_traveler lot ON lot.id = r.traveler_id
JOIN subcontract_outsideorderline line ON line.id = r.line_id
JOIN subcontract_outsideorder o ON o.id = line.order_id
JOIN portal_site site ON site.id = o.site_id
JOIN routes_travelerstep step ON step.id = line.step_id
LEFT JOIN LATERAL (
    SELECT min(c.uploaded_at) AS brought_at, min(said.at) FILTER (WHERE said.verb = 'accept') AS accepted_at
    FROM routes_travelerstep covered
    JOIN documents_certificatecoverage cov ON cov.step_id = covered.id
    JOIN routes_traveler of_lot ON of_lot.id = cov.traveler_id
    JOIN documents_certificate c ON c.id = cov.certificate_id AND c.uploaded_at <= %(as_of)s
    LEFT JOIN LATERAL (
        SELECT e.verb, e.at FROM portal_event e
        WHERE e.noun = 'certificate' AND e.number = c.number AND e.verb IN ('accept', 'reject', 'revoke')
          AND e.at <= %(as_of)s
        ORDER BY e.id DESC LIMIT 1
    ) said ON TRUE
    WHERE covered.operation_id = step.operation_id AND covered.pass_number = step.pass_number
      AND (of_lot.number = lot.number OR starts_with(lot.number, of_lot.number || '/'))
      -- the paper of a lot is none of what was split off it before it left
      AND NOT EXISTS (
          SELECT 1 FROM routes_traveler apart
          WHERE starts_with(apart.number, of_lot.number || '/')
            AND (apart.number = lot.number OR starts_with(lot.number, apart.number || '/'))
            AND apart.split_at <= (
                SELECT min(left_by.recorded_at) FROM subcontract_custodymove left_by
                JOIN subcontract_outsideorderline away ON away.id = left_by.line_id AND away.step_id = covered.id
            )
      )
) proof ON TRUE
WHERE r.received_on >= %(first)s AND r.received_on < %(next)s AND r.recorded_at <= %(as_of)s
  AND r.quantity_returned > 0
  AND (%(vendors)s::bigint[] IS NULL OR site.organization_id = ANY(%(vendors)s))
ORDER BY site.organization_id, r.id
"""

PAPERS = """
SELECT c.issuer_id, c.number, (c.uploaded_at AT TIME ZONE 'UTC')::date, said.verb,
       c.replaces_id IS NOT NULL OR EXISTS (
           SELECT 1 FROM documents_certificatecoverage mine
           JOIN documents_certificatecoverage theirs ON theirs.step_id = mine.step_id
           JOIN documents_certificate before ON before.id = theirs.certificate_id
           JOIN portal_event e ON e.noun = 'certificate' AND e.number = before.number AND e.verb = 'reject'
           WHERE mine.certificate_id = c.id AND before.issuer_id = c.issuer_id AND before.id < c.id
             AND e.at <= c.uploaded_at
       )
FROM documents_certificate c
JOIN portal_organization vendor ON vendor.id = c.issuer_id AND vendor.kind = 'vendor'
LEFT JOIN LATERAL (
    SELECT e.verb FROM portal_event e
    WHERE e.noun = 'certificate' AND e.number = c.number AND e.verb IN ('accept', 'reject', 'revoke')
      AND e.at <= %(as_of)s
    ORDER BY e.id DESC LIMIT 1
) said ON TRUE
WHERE (c.uploaded_at AT TIME ZONE 'UTC')::date >= %(first)s
  AND (c.uploaded_at AT TIME ZONE 'UTC')::date < %(next)s AND c.uploaded_at <= %(as_of)s
  AND (%(vendors)s::bigint[] IS NULL OR c.issuer_id = ANY(%(vendors)s))
ORDER BY c.issuer_id, c.id
"""

FINDINGS = """
SELECT said.organization_id, n.number, (n.opened_at AT TIME ZONE 'UTC')::date, n.quantity,
       said.detected_at = 'customer',
       COALESCE(ch.designator, '') <> '' OR EXISTS (
           SELECT 1 FROM routes_plannedcheck p WHERE p.characteristic_id = ch.id AND p.defect_class = 'critical'
       )
FROM inspection_nonconformance n
JOIN LATERAL (
    SELECT h.party, h.organization_id, h.detected_at, h.history_type FROM inspection_historicalfindingrecord h
    WHERE h.nonconformance_id = n.id AND h.history_date <= %(as_of)s
    ORDER BY h.history_id DESC LIMIT 1
) said ON said.party = 'vendor' AND said.history_type <> '-'
LEFT JOIN routes_characteristic ch ON ch.id = n.characteristic_id
WHERE (n.opened_at AT TIME ZONE 'UTC')::date >= %(first)s
  AND (n.opened_at AT TIME ZONE 'UTC')::date < %(next)s AND n.opened_at <= %(as_of)s
  AND (%(vendors)s::bigint[] IS NULL OR said.organization_id = ANY(%(vendors)s))
ORDER BY said.organization_id, n.id
"""


@dataclass(frozen=True)
class Came:
    """Pieces of a line that came back on a day."""

    on: date
    returned: int
    scrapped: int = 0
    short: int = 0


@dataclass(frozen=True)
class LineFact:
    """One order line due in the month, or of which something came back in it."""

    number: str
    lot: str
    quantity: int
    due_on: date
    sent_on: date | None = None
    came: tuple[Came, ...] = ()
    delay: str = ""
    delay_cause: str = ""


@dataclass(frozen=True)
class ReturnFact:
    """One return in the month, with the days its certificate was brought and accepted."""

    line: str
    lot: str
    on: date
    pieces: int
    brought_on: date | None = None
    accepted_on: date | None = None


@dataclass(frozen=True)
class PaperFact:
    """One certificate brought in the month; `decision` is the last one: accept, reject, revoke or none."""

    number: str
    brought_on: date
    decision: str = ""
    is_again: bool = False


@dataclass(frozen=True)
class FindingFact:
    """One nonconformance opened in the month whose record names the vendor."""

    number: str
    on: date
    pieces: int
    is_at_customer: bool = False
    is_critical: bool = False


@dataclass(frozen=True)
class MonthFacts:
    """Everything one vendor's figures of one month rest on."""

    month: date
    lines: tuple[LineFact, ...] = ()
    returns: tuple[ReturnFact, ...] = ()
    papers: tuple[PaperFact, ...] = ()
    findings: tuple[FindingFact, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of these facts in canonical form."""
        return sha256_of(canonical_bytes(asdict(self)))

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return next_month(self.month)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1, day=1)


def read_facts(
    month: date, *, as_of: datetime, vendors: Iterable[int] | None = None
) -> dict[int, MonthFacts]:
    """Return the facts of a month by vendor, as they were known at a moment; vendors without any are left out."""
    first = month.replace(day=1)
    asked = {
        "first": first,
        "next": next_month(first),
        "as_of": as_of,
        "vendors": None if vendors is None else sorted(vendors),
    }
    lines = _by_vendor(LINES, asked, _line)
    returns = _by_vendor(RETURNS, asked, lambda *row: ReturnFact(*row))
    papers = _by_vendor(PAPERS, asked, lambda n, on, verb, again: PaperFact(n, on, verb or "", again))
    findings = _by_vendor(FINDINGS, asked, lambda *row: FindingFact(*row))
    found = {*lines, *returns, *papers, *findings}
    return {
        vendor: MonthFacts(
            first,
            tuple(lines.get(vendor, ())),
            tuple(returns.get(vendor, ())),
            tuple(papers.get(vendor, ())),
            tuple(findings.get(vendor, ())),
        )
        for vendor in sorted(found)
    }


def _line(number, lot, quantity, due_on, sent_on, came, delay, cause) -> LineFact:
    rows = tuple(
        Came(date.fromisoformat(on), returned, scrapped, short)
        for on, returned, scrapped, short in json.loads(came or "[]")
    )
    return LineFact(number, lot, quantity, due_on, sent_on, rows, delay or "", cause or "")


def _by_vendor(statement: str, asked: dict, make) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        for vendor, *row in cursor.fetchall():
            found[vendor].append(make(*row))
    return found
