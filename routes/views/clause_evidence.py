"""What shows that a clause was met for one lot; points let go by the customer itself."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from portal.models import Signature
from portal.permissions import CUSTOMER, SHOP
from portal.views.files import FileView
from routes.clause_forms import EvidenceForm, LetGoForm
from routes.domain import clause_evidence
from routes.forms import ReasonForm
from routes.models import ClauseEvidence
from routes.permissions import EVIDENCE_BRINGERS, PLANNERS, POINT_RELEASERS
from routes.views.clauses import OfLineClause
from routes.views.pages import ShopVerb

POINTS_PAGE = "documents:point-list"


class OfClauseAndLot(OfLineClause):
    """An act on one clause of an order line for one of its lots."""

    needs_reauth = True

    def get_record(self, person):
        record = super().get_record(person)
        lots = record.order_line.travelers.select_related("route_revision__part_revision__part")
        self.lot = lots.filter(number=self.kwargs["lot"]).first()
        if self.lot is None:
            raise Http404("There is no lot of this order line by that number.")
        return record

    def get_heading(self):
        return self.heading.format(record=self.record, lot=self.lot)

    def get_lead(self):
        clause = self.record.clause
        point = f" {clause.get_kind_display()}." if clause.kind in clause.POINTS else ""
        return f"{clause.title}.{point} {clause.text}".strip()


class ClauseEvidenceAdd(OfClauseAndLot):
    """Sign what shows that a clause was met."""

    roles = EVIDENCE_BRINGERS
    form_class = EvidenceForm
    heading = "What shows clause {record.clause} for lot {lot}?"
    submit_label = "Sign the evidence"
    meaning = "Verified"
    done = "{result.number} shows that clause {record.clause} was met."

    def act(self, record, data, *, by, token=None):
        paper = data.pop("file")
        content = {"content": paper.read(), "name": paper.name} if paper else {}
        return clause_evidence.record(
            by=by, line_clause=record, traveler=self.lot, token=token, **data, **content
        )

    def get_crumbs(self):
        return [{"label": f"Lot {self.lot}", "url": self.cancel_url()}]

    def cancel_url(self):
        return f"{self.lot.get_absolute_url()}#clauses"


class PointLetGo(OfClauseAndLot):
    """Let a point go in the name of the customer."""

    roles = POINT_RELEASERS
    form_class = LetGoForm
    heading = "Let lot {lot} go on, clause {record.clause}"
    submit_label = "Sign and let it go"
    done = "Lot {result.traveler} may go on; your signature is kept as {result.number}."

    def get_record(self, person):
        record = super().get_record(person)
        self.meaning = dict(Signature.MEANINGS)[clause_evidence.meaning_of(record.clause)]
        return record

    def get_lead(self):
        line, point = self.record.order_line, self.record.point_at
        what = f"operation {point}" if point else "its shipment"
        return (
            f"{super().get_lead()} Your purchase order {line.order.po_number}, line {line.line_number}, "
            f"{line.part_revision}: by signing you let lot {self.lot} go on with {what}."
        )

    def act(self, record, data, *, by, token=None):
        return clause_evidence.let_go(by=by, line_clause=record, traveler=self.lot, token=token, **data)

    def get_crumbs(self):
        return [{"label": "Points", "url": self.cancel_url()}]

    def cancel_url(self):
        return reverse(POINTS_PAGE)


class ClauseEvidenceFile(FileView):
    """Hand out the paper that shows a clause was met, byte for byte as it came."""

    roles = SHOP + CUSTOMER
    model = ClauseEvidence
    is_inline = True

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("file__label")

    def stored_file(self, record):
        return record.file


class ClauseEvidenceWithdraw(ShopVerb):
    """Take back evidence that was wrong."""

    roles = PLANNERS
    model = ClauseEvidence
    form_class = ReasonForm
    heading = "Withdraw {record.number}, clause {record.line_clause.clause}"
    lead = "It stays on record with your reason, and the clause is open again for lot {record.traveler}."
    submit_label = "Withdraw it"
    done = "{result.number} is withdrawn; the clause is open again."
    is_danger = True

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("line_clause__clause", "traveler")

    def act(self, record, data, *, by, token=None):
        return clause_evidence.withdraw(by=by, evidence=record, **data)

    def get_crumbs(self):
        return [{"label": f"Lot {self.record.traveler}", "url": self.record.get_absolute_url()}]
