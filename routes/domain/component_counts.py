"""How many pieces of each component a lot needs and has, read for any number of lots in one statement.

What was built in before a split is for every piece the lot then held: a lot has enough when it, or one of the lots
it was split from together with all that came of it, has enough. What a child has too much never helps its parent, and
what came out after a split is missing in that lot alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

# pieces that were built into something else took their components along, so they are counted with those still here
FAMILIES = """
WITH RECURSIVE asked(lot_id, assembly_id) AS (
    SELECT t.id, rr.part_revision_id
    FROM routes_traveler t JOIN routes_routerevision rr ON rr.id = t.route_revision_id
    WHERE t.id = ANY(%(lots)s)
        AND EXISTS (SELECT 1 FROM routes_component c WHERE c.assembly_id = rr.part_revision_id)
), up(lot_id, traveler_id, parent_id) AS (
    SELECT a.lot_id, t.id, t.parent_id FROM asked a JOIN routes_traveler t ON t.id = a.lot_id
    UNION ALL
    SELECT u.lot_id, t.id, t.parent_id FROM up u JOIN routes_traveler t ON t.id = u.parent_id
), family(lot_id, traveler_id, parent_id) AS (
    SELECT lot_id, traveler_id, NULL::bigint FROM up WHERE parent_id IS NULL
    UNION ALL
    SELECT f.lot_id, t.id, t.parent_id FROM family f JOIN routes_traveler t ON t.parent_id = f.traveler_id
)
SELECT f.lot_id, c.id AS component_id, f.traveler_id, f.parent_id,
    t.quantity_started
        - COALESCE((SELECT SUM(m.quantity) FROM routes_quantitymove m
            WHERE m.traveler_id = t.id AND m.kind <> 'built_in'), 0)
        - COALESCE((SELECT SUM(k.quantity_started) FROM routes_traveler k WHERE k.parent_id = t.id), 0) AS pieces,
    COALESCE(own.before, 0) AS before, COALESCE(own.after, 0) AS after,
    c.item_number, c.part_number, c.name, c.quantity_each, c.made_id IS NULL AS is_bought,
    COALESCE(made.revision, TRIM(spec.number || ' ' || spec.revision)) AS wanted,
    CASE WHEN f.traveler_id = f.lot_id AND made_part.is_serialized AND part.is_serialized THEN ARRAY(
        SELECT p.serial FROM routes_piece p
        WHERE p.traveler_id = f.lot_id AND NOT p.is_gone AND c.quantity_each > COALESCE((
            SELECT SUM(SIGN(u.quantity)) FROM routes_componentuse u CROSS JOIN unnest(u.into_serials) AS s(serial)
            WHERE u.component_id = c.id AND s.serial = p.serial), 0)
        ORDER BY p.position, p.id) ELSE '{}' END AS short_serials
FROM family f
JOIN asked a ON a.lot_id = f.lot_id
JOIN routes_traveler t ON t.id = f.traveler_id
JOIN routes_component c ON c.assembly_id = a.assembly_id
JOIN routes_partrevision assembly ON assembly.id = c.assembly_id
JOIN routes_part part ON part.id = assembly.part_id
LEFT JOIN routes_partrevision made ON made.id = c.made_id
LEFT JOIN routes_part made_part ON made_part.id = made.part_id
LEFT JOIN routes_specificationrevision spec ON spec.id = c.specification_id
LEFT JOIN LATERAL (
    SELECT SUM(u.quantity) FILTER (WHERE u.recorded_at <= last.split_at) AS before,
        SUM(u.quantity) FILTER (WHERE last.split_at IS NULL OR u.recorded_at > last.split_at) AS after
    FROM routes_componentuse u
    CROSS JOIN (SELECT MAX(k.split_at) AS split_at FROM routes_traveler k WHERE k.parent_id = t.id) AS last
    WHERE u.traveler_id = t.id AND u.component_id = c.id
) own ON TRUE
ORDER BY f.lot_id, c.id
"""


@dataclass(frozen=True)
class ComponentCount:
    """One line of the parts list of an assembly lot: `wanted` is the revision, or the specification of a bought part.

    Units:   `needed` and `recorded` pieces; `short_serials` are assemblies without all of their own.
    """

    component_id: int
    item_number: str
    part_number: str
    name: str
    wanted: str
    is_bought: bool
    quantity_each: int
    needed: int
    recorded: int
    short_serials: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        return self.needed - self.recorded


def read_counts(lot_ids: Iterable[int]) -> dict[int, tuple[ComponentCount, ...]]:
    """Return the parts list of each lot with what is recorded, by the key of the lot; lots without one are left out."""
    lots = sorted(set(lot_ids))
    if not lots:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES, {"lots": lots})
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    families: dict[tuple[int, int], list[dict]] = defaultdict(list)
    for row in rows:
        families[row["lot_id"], row["component_id"]].append(row)
    found: dict[int, list[ComponentCount]] = defaultdict(list)
    for (lot, _), family in families.items():
        found[lot].append(_count(lot, family))
    return {lot: tuple(counts) for lot, counts in found.items()}


def _count(lot: int, family: list[dict]) -> ComponentCount:
    own = next(row for row in family if row["traveler_id"] == lot)
    needed = own["quantity_each"] * max(int(own["pieces"]), 0)
    missing = min(needed, _missing(lot, family))
    return ComponentCount(
        component_id=own["component_id"],
        item_number=own["item_number"],
        part_number=own["part_number"],
        name=own["name"],
        wanted=own["wanted"],
        is_bought=own["is_bought"],
        quantity_each=own["quantity_each"],
        needed=needed,
        recorded=needed - missing,
        short_serials=tuple(own["short_serials"]),
    )


def _missing(lot: int, family: list[dict]) -> int:
    """Return the least that is missing in the lot with all that came of it, or in one it was split from.

    What came out since the last split, and what came out of a lot before it was split, is missing besides.
    """
    by_lot = {row["traveler_id"]: row for row in family}
    children = defaultdict(list)
    for row in family:
        children[row["parent_id"]].append(row["traveler_id"])
    missing: dict[int, int] = {}
    # children come after their parents
    for key in sorted(by_lot, reverse=True):
        row = by_lot[key]
        wanted = row["quantity_each"] * max(int(row["pieces"]), 0) + sum(
            missing[child] for child in children[key]
        )
        missing[key] = max(0, wanted - max(0, int(row["before"])) - max(0, int(row["after"])))
    before, after = int(by_lot[lot]["before"]), int(by_lot[lot]["after"])
    came_out = max(0, -after if before >= 0 else -(before + after))
    least, current = missing[lot], by_lot[lot]["parent_id"]
    while current is not None:
        least = min(least, missing[current])
        came_out += max(0, -int(by_lot[current]["before"]))
        current = by_lot[current]["parent_id"]
    return least + came_out
