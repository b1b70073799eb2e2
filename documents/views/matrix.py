"""The clause and note matrix of a lot: what drawing and order ask, what answers it, what shows it."""

from __future__ import annotations

from django.urls import reverse

from documents.domain.chain import judge
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.matrix import Evidence, Row, matrix_of
from portal.permissions import SHOP
from portal.views.verbs import RecordView
from routes.models import Traveler
from routes.views.pages import crumb

# how the page names the kinds of an answer
ANSWERS = {"operation": "operation", "document": "document", "not_applicable": "does not apply"}
SHOWN = ("accepted", "waived", "na", "mapped")


class LotMatrix(RecordView):
    """Show every note and clause of a lot with its evidence."""

    roles = SHOP
    model = Traveler
    template_name = "documents/lot_matrix.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order_line__order__customer")

    def context(self, record):
        facts = read_facts_as_placed([record.pk])[record.number]
        rows = matrix_of(facts, judge(facts))
        return {
            "rows": [_shown(row) for row in rows],
            "order": record.order_line.order,
            "part": f"{facts.part_number} revision {facts.part_revision}",
            "open": sum(row.state not in SHOWN for row in rows),
            "crumbs": [
                crumb("Travelers", "traveler-list"),
                {"label": f"Lot {record}", "url": record.get_absolute_url()},
            ],
        }


def _shown(row: Row) -> dict:
    return {
        "row": row,
        "answer": ANSWERS.get(row.answer, ""),
        "evidence": [{"words": each.words, "url": _url(each)} for each in row.evidence],
    }


def _url(evidence: Evidence) -> str:
    return reverse(evidence.url_name, kwargs=evidence.url_kwargs) if evidence.url_name else ""
