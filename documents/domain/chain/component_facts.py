"""What the lot of an assembly is built from: each line of its parts list, and every source down to the last part.

A source is judged by what is known of it now, not of the day it was built in: a hold placed or a certificate revoked
since reaches every assembly it is in. Pieces taken out again are not here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from documents.domain.chain.gauge_doubt_facts import FINDINGS, GaugeDoubtFacts, doubts_of
from routes.domain.component_counts import read_counts

FILE_ID = 5


@dataclass(frozen=True)
class ComponentPaper:
    """One accepted certificate of a source: its record, what it calls itself, whose it is."""

    number: str
    kind: str
    stated_number: str
    issuer: str
    sha256: str


@dataclass(frozen=True)
class ComponentSource:
    """A lot or a receipt pieces came from; `into` is the lot they were built into, for most the assembly itself.

    `uncertified` names material and outside operations without an accepted certificate for all of it; `lacks` what a
    sub-assembly itself is not complete in; `doubts` the gauges found bad whose readings of it nobody has judged.
    `serials` read "B2 in A1" where both are numbered.
    Units:   `quantity` pieces that are in it.
    """

    into: str
    item: str
    part_number: str
    source: str
    words: str
    quantity: int
    is_bought: bool = False
    state: str = ""
    heat: str = ""
    serials: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    nonconformances: tuple[str, ...] = ()
    uncertified: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    doubts: tuple[GaugeDoubtFacts, ...] = ()
    papers: tuple[ComponentPaper, ...] = ()


@dataclass(frozen=True)
class ComponentFacts:
    """One line of the parts list. `sources` are its own and, behind each, those built into it.

    Units:   `needed` and `recorded` pieces.
    """

    item_number: str
    part_number: str
    name: str
    wanted: str
    is_bought: bool
    quantity_each: int
    needed: int
    recorded: int
    short_serials: tuple[str, ...] = ()
    sources: tuple[ComponentSource, ...] = ()

    @property
    def words(self) -> str:
        return f"item {self.item_number}, {self.part_number} {self.name}"


SOURCES = (
    """
WITH RECURSIVE reached(lot_id, into_id, traveler_id, cutoff) AS (
    SELECT id, id, id, NULL::timestamptz FROM routes_traveler WHERE id = ANY(%(lots)s)
    UNION
    SELECT r.lot_id, further.into_id, further.traveler_id, further.cutoff
    FROM reached r
    JOIN routes_traveler t ON t.id = r.traveler_id
    CROSS JOIN LATERAL (
        SELECT r.into_id, t.parent_id, LEAST(r.cutoff, t.split_at) WHERE t.parent_id IS NOT NULL
        UNION ALL
        SELECT u.source_lot_id, u.source_lot_id, NULL::timestamptz FROM routes_componentuse u
        WHERE u.traveler_id = r.traveler_id AND u.source_lot_id IS NOT NULL
            AND (r.cutoff IS NULL OR u.recorded_at <= r.cutoff)
    ) AS further(into_id, traveler_id, cutoff)
), built AS (
    SELECT r.lot_id, r.into_id, u.* FROM reached r
    JOIN routes_componentuse u ON u.traveler_id = r.traveler_id AND (r.cutoff IS NULL OR u.recorded_at <= r.cutoff)
), used AS (
    SELECT lot_id, into_id, component_id, source_lot_id, material_lot_id, SUM(quantity) AS quantity, MIN(id) AS first
    FROM built GROUP BY 1, 2, 3, 4, 5 HAVING SUM(quantity) > 0
), line AS (
    SELECT DISTINCT into_id, traveler_id, cutoff FROM reached WHERE into_id IN (SELECT source_lot_id FROM used)
), steps AS (
    SELECT DISTINCT ON (line.into_id, s.operation_id) line.into_id, s.id, s.operation_id, s.pass_number, s.state,
        s.quantity_out, op.sequence, op.name, op.kind
    FROM line
    JOIN routes_travelerstep s ON s.traveler_id = line.traveler_id
        AND (line.cutoff IS NULL OR s.state = 'elsewhere' OR (s.state = 'signed' AND s.signed_at <= line.cutoff))
    JOIN routes_operation op ON op.id = s.operation_id AND (op.kind IN ('outside', 'material')
        OR EXISTS (SELECT 1 FROM routes_plannedcheck pc WHERE pc.operation_id = op.id))
    ORDER BY line.into_id, s.operation_id, s.pass_number DESC, (line.cutoff IS NULL) DESC
), scans AS (
    SELECT line.into_id, e.proves, e.operation_id FROM line
    JOIN routes_recordedelsewhere e ON e.traveler_id = line.traveler_id AND e.state = 'reviewed'
), covers AS (
    SELECT cov.material_lot_id, cov.step_id, c.id AS certificate_id, cov.quantity
    FROM documents_certificatecoverage cov
    JOIN documents_certificate c ON c.id = cov.certificate_id AND c.state = 'accepted'
), stock AS (
    SELECT m.id, m.number, REPLACE(m.identifier_kind, '_', ' ') || ' ' || m.identifier AS heat,
        COALESCE((SELECT SUM(quantity) FROM covers WHERE material_lot_id = m.id), 0) >=
            COALESCE((SELECT SUM(COALESCE(t.material_pieces, CASE WHEN t.parent_id IS NULL THEN t.quantity_started END))
                FROM routes_traveler t WHERE t.material_lot_id = m.id), 0)
            + COALESCE((SELECT SUM(u.quantity) FROM routes_componentuse u WHERE u.material_lot_id = m.id), 0)
            AS is_certified
    FROM routes_materiallot m
    WHERE m.id IN (SELECT material_lot_id FROM used UNION
        SELECT t.material_lot_id FROM used JOIN routes_traveler t ON t.id = used.source_lot_id)
), """
    + FINDINGS
    + """
, inspected AS MATERIALIZED (
    SELECT steps.into_id, steps.operation_id, r.id AS record_id, line.cutoff
    FROM steps
    JOIN line ON line.into_id = steps.into_id
    JOIN routes_travelerstep s ON s.traveler_id = line.traveler_id AND s.operation_id = steps.operation_id
        AND s.pass_number = steps.pass_number
    JOIN inspection_inspectionrecord r ON r.step_id = s.id AND r.state <> 'voided'
), judged AS MATERIALIZED (
    SELECT DISTINCT line.into_id, j.gauge_id, j.found_on, unnest(j.measurements) AS measurement_id
    FROM line JOIN inspection_readingsjudgement j ON j.traveler_id = line.traveler_id
        AND (line.cutoff IS NULL OR j.decided_at <= line.cutoff)
), doubted AS MATERIALIZED (
    SELECT DISTINCT i.into_id, f.name
    FROM inspected i
    JOIN inspection_measurement m ON m.record_id = i.record_id AND (i.cutoff IS NULL OR m.recorded_at <= i.cutoff)
    JOIN routes_plannedcheck pc ON pc.operation_id = i.operation_id AND pc.characteristic_id = m.characteristic_id
    JOIN findings f ON f.gauge_id = m.gauge_id AND m.measured_on <= f.until
        AND (f.since IS NULL OR m.measured_on >= f.since)
    WHERE NOT EXISTS (SELECT 1 FROM inspection_measurementvoid v WHERE v.measurement_id = m.id)
        AND NOT EXISTS (SELECT 1 FROM judged j WHERE j.into_id = i.into_id AND j.gauge_id = f.gauge_id
            AND j.found_on = f.until AND j.measurement_id = m.id)
)
SELECT used.lot_id, used.into_id, used.source_lot_id, into_lot.number AS into, c.item_number AS item, c.part_number,
    used.quantity::int AS quantity, COALESCE(src.number, stock.number) AS source, src.id IS NULL AS is_bought,
    COALESCE(src.state, '') AS state, COALESCE(stock.heat, '') AS heat,
    ARRAY(
        SELECT piece.serial || COALESCE(' in ' || piece.into_serial, '') FROM built
        CROSS JOIN LATERAL unnest(built.serials, built.into_serials) AS piece(serial, into_serial)
        WHERE built.lot_id = used.lot_id AND built.into_id = used.into_id AND built.component_id = used.component_id
            AND built.source_lot_id = used.source_lot_id
        GROUP BY piece.serial, piece.into_serial HAVING SUM(SIGN(built.quantity)) > 0 ORDER BY 1
    ) AS serials,
    ARRAY(
        SELECT h.number FROM line JOIN routes_hold h ON h.traveler_id = line.traveler_id AND h.state = 'placed'
        WHERE line.into_id = src.id AND (line.cutoff IS NULL OR h.placed_at <= line.cutoff) ORDER BY h.id
    ) AS holds,
    ARRAY(
        SELECT n.number FROM line JOIN inspection_nonconformance n ON n.traveler_id = line.traveler_id
        WHERE line.into_id = src.id AND (line.cutoff IS NULL OR n.opened_at <= line.cutoff)
            AND (n.state = 'open' OR n.disposition IN ('scrap', 'return') OR (
                n.disposition IN ('use_as_is', 'repair')
                AND NOT EXISTS (SELECT 1 FROM inspection_concession k WHERE k.nonconformance_id = n.id)))
        ORDER BY n.id
    ) AS nonconformances,
    CASE WHEN stock.id IS NOT NULL THEN stock.is_certified
         WHEN EXISTS (SELECT 1 FROM steps WHERE steps.into_id = src.id AND steps.kind = 'material')
         THEN EXISTS (SELECT 1 FROM scans WHERE scans.into_id = src.id AND scans.proves = 'material')
         ELSE TRUE END AS is_material_certified,
    ARRAY(
        SELECT 'operation ' || s.sequence || ' ' || s.name FROM steps s
        WHERE s.into_id = src.id AND s.kind = 'outside' AND CASE WHEN s.state = 'elsewhere'
            THEN NOT EXISTS (SELECT 1 FROM scans WHERE scans.into_id = s.into_id AND scans.proves = 'process'
                AND scans.operation_id = s.operation_id)
            ELSE COALESCE((SELECT SUM(quantity) FROM covers WHERE step_id = s.id), 0)
                < GREATEST(COALESCE(s.quantity_out, 1), 1) END
        ORDER BY s.sequence
    ) AS operations,
    (SELECT STRING_AGG(d.name, E'\\x1f') FROM doubted d WHERE d.into_id = src.id) AS doubts,
    ARRAY(
        SELECT ARRAY[cert.number, cert.kind, COALESCE(NULLIF(cert.stated_number, ''), cert.number),
            COALESCE(issuer.name, ''), f.sha256, f.id::text]
        FROM documents_certificate cert
        JOIN portal_storedfile f ON f.id = cert.file_id
        LEFT JOIN portal_organization issuer ON issuer.id = cert.issuer_id
        WHERE cert.id IN (SELECT covers.certificate_id FROM covers WHERE covers.material_lot_id = stock.id
            UNION SELECT covers.certificate_id FROM covers JOIN steps ON steps.id = covers.step_id
            WHERE steps.into_id = src.id)
        ORDER BY cert.id
    ) AS papers
FROM used
JOIN routes_component c ON c.id = used.component_id
JOIN routes_traveler into_lot ON into_lot.id = used.into_id
LEFT JOIN routes_traveler src ON src.id = used.source_lot_id
LEFT JOIN stock ON stock.id = COALESCE(used.material_lot_id, src.material_lot_id)
ORDER BY used.lot_id, used.first
"""
)

Files = dict[int, list[tuple[int, str]]]


def read_components(lots: Iterable[int]) -> tuple[dict[int, tuple[ComponentFacts, ...]], Files]:
    """Return the parts list of each assembly lot with its sources, and the files of what was bought, by lot.

    Two statements for any number of lots: the sources, then how much of each item there is.
    """
    from documents.domain.chain.facts import rows

    asked = sorted(lots)
    found = rows(SOURCES, lots=asked)
    counts = read_counts({*asked, *(row["source_lot_id"] for row in found if row["source_lot_id"])})
    into: dict[tuple[int, int], list[dict]] = defaultdict(list)
    for row in found:
        into[row["lot_id"], row["into_id"]].append(row)
    components = {
        lot: tuple(_component(lot, count, into, counts) for count in counts[lot])
        for lot in asked
        if lot in counts
    }
    files: Files = defaultdict(list)
    for row in found:
        if row["is_bought"]:
            files[row["lot_id"]] += [(int(paper[FILE_ID]), paper[0]) for paper in row["papers"]]
    return components, dict(files)


def _component(lot: int, count, into: dict, counts: dict) -> ComponentFacts:
    own = [row for row in into[lot, lot] if row["item"] == count.item_number]
    return ComponentFacts(
        item_number=count.item_number,
        part_number=count.part_number,
        name=count.name,
        wanted=count.wanted,
        is_bought=count.is_bought,
        quantity_each=count.quantity_each,
        needed=count.needed,
        recorded=count.recorded,
        short_serials=count.short_serials,
        sources=tuple(source for row in own for source in _with_those_below(lot, row, into, counts)),
    )


def _with_those_below(lot: int, row: dict, into: dict, counts: dict) -> list[ComponentSource]:
    key = row["source_lot_id"]
    below = [source for each in into[lot, key] for source in _with_those_below(lot, each, into, counts)]
    return [_source(row, counts.get(key, ())), *below]


def _source(row: dict, counts) -> ComponentSource:
    material = () if row["is_material_certified"] else (row["heat"] or "its material",)
    return ComponentSource(
        into=row["into"],
        item=row["item"],
        part_number=row["part_number"],
        source=row["source"],
        words=f"{row['source']}, {row['heat']}" if row["is_bought"] else f"lot {row['source']}",
        quantity=row["quantity"],
        is_bought=row["is_bought"],
        state=row["state"],
        heat=row["heat"],
        serials=row["serials"],
        holds=row["holds"],
        nonconformances=row["nonconformances"],
        uncertified=(*material, *row["operations"]),
        lacks=tuple(f"item {each.item_number}" for each in counts if each.missing or each.short_serials),
        doubts=doubts_of(row["doubts"]),
        papers=tuple(ComponentPaper(*paper[:FILE_ID]) for paper in row["papers"]),
    )
