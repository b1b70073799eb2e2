"""Which open lots an event concerns: those it names, their relatives, and those that share the record it is about.

What is not listed here concerns every open lot: a verb somebody adds tomorrow costs time, and misses nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection

from portal.models import Event
from routes.models import Traveler

# of these the chain knows nothing; neither of what is only looked at, nor of how people come in
# a lock policy looks forward: what was recorded keeps its class, and a run to come is an event of its own
# a request for a concession changes nothing before its answer, which is an event of the nonconformance; corrective
# action and drift stop no shipment; plans and inspections are frozen with the growth and the severity of their day
OF_NO_CHAIN = {"file", "import", "job", "lock policy", "notice", "sample shop", "scorecard", "token"} | {
    "log",
    # how long proof is kept stops no shipment; what is disposed of has long been shipped
    "disposal",
    "legal hold",
    "retention rule",
    "coating growth",
    "concession request",
    "corrective action",
    "drift alarm",
    "finding code",
    "run rules",
    "sampling",
    # an arrival proves nothing before it is placed, which is an event of the certificate
    "arrival",
    "upload link",
}
COMING_IN = (
    "accept_invitation",
    "invite",
    "mail_reset",
    "open_letterbox",
    "reset_password",
    "set_up",
    "sign_in",
)
CREDENTIALS = ("change_password", "choose_language", "choose mails of", "give_badge", "set_pin")
OF_NO_LINK = {
    ("organization", "add"),
    ("vendor", "review"),
    # how much of what is measured comes from the gauge itself is read beside it and stops nothing
    ("gauge", "record study of"),
    *(("person", verb) for verb in (*COMING_IN, *CREDENTIALS)),
}
LOOKING = {"read", "download"}

# noun → the lots that share the record with this number; families are added to all of them
SHARING = {
    "approval": """
        SELECT line.traveler_id FROM subcontract_approvalscope a JOIN portal_site site ON site.id = a.site_id
        JOIN portal_site other ON other.organization_id = site.organization_id
        JOIN subcontract_outsideorder o ON o.site_id = other.id
        JOIN subcontract_outsideorderline line ON line.order_id = o.id WHERE a.number = ANY(%(numbers)s)""",
    "certificate": """
        SELECT COALESCE(s.traveler_id, t.id) FROM documents_certificate c
        JOIN documents_certificatecoverage cov ON cov.certificate_id = c.id
        LEFT JOIN routes_travelerstep s ON s.id = cov.step_id
        LEFT JOIN routes_traveler t ON t.material_lot_id = cov.material_lot_id
        WHERE c.number = ANY(%(numbers)s)
        UNION SELECT cov.traveler_id FROM documents_certificate c
        JOIN documents_certificatecoverage cov ON cov.certificate_id = c.id WHERE c.number = ANY(%(numbers)s)
        UNION SELECT u.traveler_id FROM documents_certificate c
        JOIN documents_certificatecoverage cov ON cov.certificate_id = c.id
        JOIN routes_componentuse u ON u.material_lot_id = cov.material_lot_id WHERE c.number = ANY(%(numbers)s)""",
    "check policy": """
        SELECT t.id FROM documents_checkpolicy p JOIN routes_customerorder o ON o.customer_id = p.customer_id
        JOIN routes_orderline ol ON ol.order_id = o.id JOIN routes_traveler t ON t.order_line_id = ol.id
        WHERE p.number = ANY(%(numbers)s)""",
    "clause": """
        SELECT t.id FROM routes_qualityclause c JOIN routes_lineclause lc ON lc.clause_id = c.id
        JOIN routes_traveler t ON t.order_line_id = lc.order_line_id
        WHERE TRIM(c.number || ' ' || c.revision) = ANY(%(numbers)s)""",
    "delegation": """
        SELECT line.traveler_id FROM subcontract_delegation d JOIN subcontract_outsideorder o ON o.site_id = d.site_id
        JOIN subcontract_outsideorderline line ON line.order_id = o.id WHERE d.number = ANY(%(numbers)s)""",
    # every lot of the part is compared with it, of whichever revision
    "evaluation": """
        SELECT t.id FROM inspection_triggerevaluation e JOIN routes_partrevision pr ON pr.id = e.part_revision_id
        JOIN routes_partrevision other ON other.part_id = pr.part_id
        JOIN routes_routerevision rr ON rr.part_revision_id = other.id
        JOIN routes_traveler t ON t.route_revision_id = rr.id WHERE e.number = ANY(%(numbers)s)""",
    "first article": """
        SELECT t.id FROM inspection_firstarticle f JOIN routes_partrevision pr ON pr.id = f.part_revision_id
        JOIN routes_partrevision other ON other.part_id = pr.part_id
        JOIN routes_routerevision rr ON rr.part_revision_id = other.id
        JOIN routes_traveler t ON t.route_revision_id = rr.id WHERE f.number = ANY(%(numbers)s)""",
    "gauge": """
        SELECT r.traveler_id FROM routes_gauge g JOIN inspection_measurement m ON m.gauge_id = g.id
        JOIN inspection_inspectionrecord r ON r.id = m.record_id WHERE g.number = ANY(%(numbers)s)""",
    "handoff": """
        SELECT t.id FROM routes_productionhandoff h
        JOIN routes_routerevision rr ON rr.part_revision_id = h.part_revision_id
        JOIN routes_traveler t ON t.route_revision_id = rr.id WHERE h.number = ANY(%(numbers)s)""",
    "lot": """
        SELECT other.id FROM routes_traveler t JOIN routes_traveler other ON other.material_lot_id = t.material_lot_id
        WHERE t.number = ANY(%(numbers)s)""",
    "material": """
        SELECT t.id FROM routes_materiallot m JOIN routes_traveler t ON t.material_lot_id = m.id
        WHERE m.number = ANY(%(numbers)s)
        UNION SELECT u.traveler_id FROM routes_materiallot m JOIN routes_componentuse u ON u.material_lot_id = m.id
        WHERE m.number = ANY(%(numbers)s)""",
    "order": """
        SELECT t.id FROM routes_customerorder o JOIN routes_orderline ol ON ol.order_id = o.id
        JOIN routes_traveler t ON t.order_line_id = ol.id WHERE o.number = ANY(%(numbers)s)""",
    "outside order": """
        SELECT line.traveler_id FROM subcontract_outsideorder o
        JOIN subcontract_outsideorderline line ON line.order_id = o.id WHERE o.number = ANY(%(numbers)s)""",
    "part": """
        SELECT t.id FROM routes_part p JOIN routes_partrevision pr ON pr.part_id = p.id
        JOIN routes_routerevision rr ON rr.part_revision_id = pr.id
        JOIN routes_traveler t ON t.route_revision_id = rr.id WHERE p.number = ANY(%(numbers)s)""",
    "route": """
        SELECT t.id FROM routes_routerevision rr JOIN routes_traveler t ON t.route_revision_id = rr.id
        WHERE rr.number = ANY(%(numbers)s)""",
    "setup": """
        SELECT t.id FROM routes_setup su JOIN routes_operation op ON op.id = su.operation_id
        JOIN routes_traveler t ON t.route_revision_id = op.route_revision_id WHERE su.number = ANY(%(numbers)s)""",
    # while the customer lets only so many pieces of a part revision go, every lot of it shares what is left of them
    "shipment": """
        SELECT t.id FROM documents_shipment s JOIN documents_shipmentline sl ON sl.shipment_id = s.id
        JOIN routes_traveler gone ON gone.id = sl.traveler_id
        JOIN routes_routerevision gr ON gr.id = gone.route_revision_id
        JOIN routes_routerevision rr ON rr.part_revision_id = gr.part_revision_id
        JOIN routes_traveler t ON t.route_revision_id = rr.id
        WHERE s.number = ANY(%(numbers)s) AND (
            EXISTS (SELECT 1 FROM inspection_firstarticle f
                WHERE f.part_revision_id = gr.part_revision_id AND f.state = 'on_condition')
            OR EXISTS (SELECT 1 FROM inspection_heldapproval h
                WHERE h.part_revision_id = gr.part_revision_id AND h.status = 'interim'))""",
    "waiver": """
        SELECT w.traveler_id FROM documents_waiver w WHERE w.number = ANY(%(numbers)s)""",
}

# a lot inherits from those it was split from, what they hold is less by what was split off, and an assembly is judged
# by what is built into it
FAMILY = """
WITH RECURSIVE related(id) AS (
    SELECT id FROM routes_traveler WHERE id = ANY(%(lots)s) OR number = ANY(%(named)s)
    UNION
    SELECT further.id FROM related CROSS JOIN LATERAL (
        SELECT parent_id FROM routes_traveler WHERE id = related.id AND parent_id IS NOT NULL
        UNION ALL SELECT id FROM routes_traveler WHERE parent_id = related.id
        UNION ALL SELECT traveler_id FROM routes_componentuse WHERE source_lot_id = related.id
    ) AS further(id)
)
SELECT t.id FROM routes_traveler t JOIN related ON related.id = t.id ORDER BY t.id
"""


def lots_concerned(events: Iterable[Event]) -> list[int] | None:
    """Return the keys of the lots these events may have changed the chain of; None for every open one."""
    named: set[str] = set()
    numbers: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.noun in OF_NO_CHAIN or event.verb in LOOKING or (event.noun, event.verb) in OF_NO_LINK:
            continue
        if not event.lots and event.noun not in SHARING:
            return None
        named |= set(event.lots)
        if event.noun in SHARING:
            numbers[event.noun].add(event.number)
    sharing = {lot for noun, found in numbers.items() for lot in _keys(SHARING[noun], numbers=sorted(found))}
    if not named and not sharing:
        return []
    return _keys(FAMILY, lots=sorted(sharing), named=sorted(named))


def open_lots() -> list[int]:
    """Return the keys of every lot the board shows."""
    return list(Traveler.objects.open().order_by("pk").values_list("pk", flat=True))


def _keys(statement: str, **arguments) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return [key for (key,) in cursor.fetchall() if key is not None]
