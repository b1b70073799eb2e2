"""The points where work waits for the customer: on its own desk, and on the shop's."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.urls import reverse

from documents.domain.chain import judge
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.chain.slots import Slot
from portal.permissions import CUSTOMER, SHOP
from portal.views.verbs import RecordListView
from routes.models import LineClause, QualityClause, Traveler
from routes.permissions import EVIDENCE_BRINGERS, POINT_RELEASERS

OWED_FIRST = ("owed", "waiting", "done")


class PointList(RecordListView):
    """Show every hold, witness and source-inspection point of lots still here, what is owed now first."""

    roles = SHOP + CUSTOMER
    model = LineClause
    template_name = "portal/list.html"
    ordering = ("order_line__due_on", "id")

    def queryset_for(self, person):
        here = Traveler.objects.open().filter(order_line=OuterRef("order_line"))
        return (
            super()
            .queryset_for(person)
            .filter(Exists(here), clause__kind__in=QualityClause.POINTS)
            .exclude(answer=LineClause.NOT_APPLICABLE)
            .select_related("clause", "order_line__order__customer", "order_line__part_revision__part")
        )

    def context(self, rows):
        is_shop = self.request.user.is_shop
        columns = [
            {"key": "lot", "label": "Lot", "kind": "code", "note_key": "pieces"},
            {"key": "part", "label": "Part, revision"},
            {"key": "order", "label": "Order", "kind": "code", "note_key": "customer"},
            {"key": "clause", "label": "Clause", "note_key": "title"},
            {"key": "point", "label": "Waits"},
            {"key": "state", "label": "State", "kind": "state"},
            {"key": "sentence", "label": "How it stands"},
            {"key": "act", "label": "What to do", "url_key": "url", "empty": "nothing"},
        ]
        return {
            "rows": self.points(rows),
            "columns": columns,
            "heading": "Points of customers" if is_shop else "Points that wait for you",
            "lead": "Where a customer is present before work goes on, or before a lot leaves."
            if is_shop
            else "Where the shop asks for you before work goes on, or before a lot leaves. "
            "Your quality people let it go with their signature.",
            "empty_heading": "No point waits",
            "empty_sentence": "Hold, witness and source-inspection points of lots in the shop stand here.",
        }

    def points(self, carried: list[LineClause]) -> list[dict]:
        """Return one row for each point of each lot, the facts of all lots read together."""
        by_line: dict[int, list[LineClause]] = {}
        for each in carried:
            by_line.setdefault(each.order_line_id, []).append(each)
        lots = list(Traveler.objects.open().filter(order_line__in=by_line).order_by("number"))
        facts = read_facts_as_placed([lot.pk for lot in lots])
        rows = []
        for lot in lots:
            slots = {(slot.code, slot.subject): slot for slot in judge(facts[lot.number])}
            for each in by_line[lot.order_line_id]:
                if slot := slots.get(("CLAUSES", f"clause {each.clause}")):
                    rows.append(self.row(each, lot, slot, facts[lot.number].quantity))
        return sorted(rows, key=lambda row: OWED_FIRST.index(row["order_of"]))

    def row(self, carried: LineClause, lot: Traveler, slot: Slot, quantity: int) -> dict:
        line = carried.order_line
        is_shop = self.request.user.is_shop
        order_of = "owed" if slot.stops else ("done" if slot.is_closed else "waiting")
        return {
            "lot": lot.number,
            **self.act(carried, lot, order_of),
            "pieces": f"{quantity} pieces",
            "part": str(line.part_revision),
            "order": str(line) if is_shop else f"{line.order.po_number}, line {line.line_number}",
            "customer": line.order.customer.name if is_shop else "",
            "clause": str(carried.clause),
            "title": carried.clause.title,
            "point": f"operation {carried.point_at}" if carried.point_at else "shipment",
            "state": "waiting" if slot.waits else slot.state,
            "sentence": slot.evidence
            if slot.is_closed and slot.evidence
            else (slot.sentence if is_shop else self.told_to_customer(carried, order_of)),
            "order_of": order_of,
            "tone": "ours" if order_of == "owed" and not is_shop else "",
        }

    def told_to_customer(self, carried: LineClause, order_of: str) -> str:
        """Say to the customer itself what the shop is told to ask it for."""
        if order_of == "waiting":
            return "The lot has not come to it yet; you may let it go beforehand."
        if carried.point_at:
            return f"The shop waits for you at operation {carried.point_at}. Be present, or let it go."
        return "The lot is made and waits for your inspection before it leaves. Inspect it, or let it go."

    def act(self, carried: LineClause, lot: Traveler, order_of: str) -> dict:
        """Return what this person does about a point: the customer lets it go, the shop records who was there."""
        role = self.request.user.role
        place = {
            "number": carried.order_line.order.number,
            "line_number": carried.order_line.line_number,
            "clause": carried.clause.number,
            "revision": carried.clause.revision,
            "lot": lot.number,
        }
        if order_of != "done" and role in POINT_RELEASERS:
            return {"act": "Let it go", "url": reverse("routes:point-let-go", kwargs=place)}
        if order_of == "owed" and role in EVIDENCE_BRINGERS:
            return {"act": "Record who was there", "url": reverse("routes:clause-evidence-add", kwargs=place)}
        if self.request.user.is_shop:
            return {"act": "Open the lot", "url": lot.get_absolute_url()}
        return {"act": "", "url": ""}
