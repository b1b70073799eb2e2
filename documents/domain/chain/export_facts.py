"""What of a lot is controlled, who receives it, and what lets them: one statement, no row for a lot that is free."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from documents.domain.chain.statements import LINEAGE
from portal.domain.exports import Holding


@dataclass(frozen=True)
class LabelFacts:
    """A label that limits who may receive what is held under it."""

    code: str
    name: str
    strictness: int
    needs_eligibility: bool
    allowed_countries: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecipientFacts:
    """A site that receives pieces, drawing or package; `days` are those on which they went, none for the customer.

    The customer is judged as of today: its `holdings` are those in force now, a vendor's are all it has on record.
    """

    subject: str
    name: str
    organization: str
    country: str
    days: tuple[date, ...] = ()
    holdings: tuple[Holding, ...] = ()


@dataclass(frozen=True)
class ExportFacts:
    """The labels of one lot, strictest first, who receives it, and who signed its work without being eligible.

    `files` names the labels that only a file of the proof carries: they bind who receives the package.
    """

    labels: tuple[LabelFacts, ...] = ()
    files: tuple[LabelFacts, ...] = ()
    recipients: tuple[RecipientFacts, ...] = ()
    not_eligible: tuple[str, ...] = ()


# a label binds that names countries or asks for eligible people; the part as made, as ordered, its drawing, its files
STATEMENT = (
    LINEAGE
    + """
, worn(lot_id, label_id, is_of_part) AS (
    SELECT t.id, unnest(ARRAY[made.label_id, ordered.label_id, drawing.label_id]), TRUE
    FROM routes_traveler t
    JOIN routes_routerevision rr ON rr.id = t.route_revision_id
    JOIN routes_partrevision made ON made.id = rr.part_revision_id
    JOIN routes_orderline ol ON ol.id = t.order_line_id
    JOIN routes_partrevision ordered ON ordered.id = ol.part_revision_id
    LEFT JOIN portal_storedfile drawing ON drawing.id = made.drawing_id
    WHERE t.id = ANY(%(lots)s)
    UNION ALL
    SELECT held.lot_id, file.label_id, FALSE
    FROM unnest(%(file_lots)s::bigint[], %(files)s::bigint[]) AS held(lot_id, file_id)
    JOIN portal_storedfile file ON file.id = held.file_id
), labelled AS (
    SELECT w.lot_id, label.code, label.name, label.strictness, label.needs_eligibility, label.allowed_countries,
        BOOL_OR(w.is_of_part) AS is_of_part
    FROM worn w JOIN portal_label label ON label.id = w.label_id
    WHERE label.needs_eligibility OR label.allowed_countries <> '[]'::jsonb
    GROUP BY w.lot_id, label.id
), recipient AS (
    SELECT l.lot_id, o.number || '/' || ol.line_number AS subject, site.id AS site_id,
        ARRAY_REMOVE(ARRAY[o.ordered_on,
            (SELECT MIN(m.moved_on) FROM subcontract_custodymove m
             WHERE m.line_id = ol.id AND m.to_site_id = o.site_id)], NULL) AS days
    FROM lineage l
    JOIN subcontract_outsideorderline ol ON ol.traveler_id = l.traveler_id
    JOIN subcontract_outsideorder o ON o.id = ol.order_id AND o.state NOT IN ('draft', 'cancelled')
    JOIN portal_site site ON site.id = o.site_id
    WHERE EXISTS (SELECT 1 FROM labelled WHERE labelled.lot_id = l.lot_id)
        AND (l.depth = 0 OR EXISTS (
            SELECT 1 FROM subcontract_custodymove m
            WHERE m.line_id = ol.id AND m.to_site_id = o.site_id AND m.recorded_at <= l.cutoff))
    UNION ALL
    SELECT t.id, 'customer', site.id, '{}'::date[]
    FROM routes_traveler t
    JOIN routes_orderline ol ON ol.id = t.order_line_id
    JOIN routes_customerorder o ON o.id = ol.order_id
    JOIN portal_site site ON site.organization_id = o.customer_id
    WHERE t.id = ANY(%(lots)s) AND EXISTS (SELECT 1 FROM labelled WHERE labelled.lot_id = t.id)
), holding AS (
    SELECT a.organization_id, a.number, a.kind, label.strictness AS covers, a.valid_from AS first,
        COALESCE(LEAST(a.valid_to + 1, a.ended_on), '9999-12-31'::date) AS after
    FROM portal_agreement a JOIN portal_label label ON label.id = a.label_id
    UNION ALL
    SELECT r.organization_id, r.number, r.kind, NULL, r.valid_from, LEAST(r.valid_to + 1, r.withdrawn_on)
    FROM portal_registration r WHERE r.kind = 'itar'
)
SELECT each.lot_id,
    (SELECT JSONB_AGG(jsonb_build_object('code', code, 'name', name, 'strictness', strictness,
            'needs_eligibility', needs_eligibility, 'allowed_countries', allowed_countries, 'is_of_part', is_of_part)
        ORDER BY strictness DESC) FROM labelled WHERE labelled.lot_id = each.lot_id) AS labels,
    (SELECT JSONB_AGG(jsonb_build_object('subject', r.subject, 'name', org.name || ', ' || site.name,
            'organization', org.number, 'country', site.country, 'days', to_jsonb(r.days),
            'holdings', (SELECT COALESCE(JSONB_AGG(jsonb_build_array(h.number, h.kind, h.covers, h.first, h.after)
                ORDER BY h.number), '[]'::jsonb) FROM holding h WHERE h.organization_id = org.id
                AND (r.subject <> 'customer'
                     OR (now() AT TIME ZONE site.time_zone)::date BETWEEN h.first AND h.after - 1)))
        ORDER BY r.subject, site.id) FROM recipient r JOIN portal_site site ON site.id = r.site_id
        JOIN portal_organization org ON org.id = site.organization_id WHERE r.lot_id = each.lot_id) AS recipients,
    (SELECT JSONB_AGG(DISTINCT p.printed_name) FROM lineage l
        JOIN routes_travelerstep s ON s.traveler_id = l.traveler_id AND s.state = 'signed'
            AND (l.cutoff IS NULL OR s.signed_at <= l.cutoff)
        JOIN portal_signature signed ON signed.id = s.signature_id
        JOIN portal_person p ON p.id = signed.person_id AND NOT p.is_export_eligible
        WHERE l.lot_id = each.lot_id AND NOT COALESCE((
            SELECT h.is_export_eligible FROM portal_historicalperson h
            WHERE h.id = p.id AND h.history_date <= signed.signed_at ORDER BY h.history_id DESC LIMIT 1
        ), FALSE)) AS not_eligible
FROM (SELECT DISTINCT lot_id FROM labelled) each ORDER BY each.lot_id
"""
)


def read_exports(lots: list[int], files: Iterable[tuple[int, int]]) -> dict[int, ExportFacts]:
    """Return what is controlled of lots by their key; a lot without a binding label is not among them.

    files: the files the proof of each lot stands on, as (lot, file).
    """
    from documents.domain.chain.facts import rows

    pairs = sorted(files)
    found = rows(STATEMENT, lots=lots, file_lots=[lot for lot, _ in pairs], files=[file for _, file in pairs])
    return {row["lot_id"]: _exports(row) for row in found}


def _exports(row: dict) -> ExportFacts:
    labels = _read(row["labels"])
    of_part = [label.pop("is_of_part") for label in labels]
    made = [LabelFacts(**each | {"allowed_countries": tuple(each["allowed_countries"])}) for each in labels]
    eligible = any(label.needs_eligibility for label in made)
    return ExportFacts(
        labels=tuple(label for label, is_own in zip(made, of_part, strict=True) if is_own),
        files=tuple(label for label, is_own in zip(made, of_part, strict=True) if not is_own),
        recipients=tuple(_recipient(each) for each in _read(row["recipients"])),
        not_eligible=tuple(sorted(_read(row["not_eligible"]))) if eligible else (),
    )


def _recipient(found: dict) -> RecipientFacts:
    days = tuple(sorted({date.fromisoformat(day) for day in found["days"]}))
    holdings = tuple(
        Holding(number, kind, covers, date.fromisoformat(first), date.fromisoformat(after))
        for number, kind, covers, first, after in found["holdings"]
    )
    return RecipientFacts(**found | {"days": days, "holdings": holdings})


def _read(value) -> list:
    return (json.loads(value) if isinstance(value, str) else value) or []
