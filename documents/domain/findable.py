"""Everything that can be found by a number: one line a kind of record, in the order of the chain of proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import BooleanField, CharField, ExpressionWrapper, F, Model, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from documents.models import (
    Arrival,
    Certificate,
    ConformityCertificate,
    Disposal,
    LegalHold,
    ReleasePackage,
    Shipment,
    Waiver,
)
from documents.permissions import CLERKS, DISPOSAL_READERS, LEGAL_HOLD_READERS, WAIVER_READERS
from inspection.models.concession_requests import ConcessionRequest
from inspection.models.corrective_actions import CorrectiveAction
from inspection.models.drift_alarms import DriftAlarm
from inspection.models.first_articles import FirstArticle
from inspection.models.nonconformances import Concession, Nonconformance
from inspection.models.records import InspectionRecord
from inspection.models.sampling import SamplingState
from inspection.models.triggers import TriggerEvaluation
from inspection.permissions import ACTION_READERS, FIRST_ARTICLE_READERS, REQUEST_READERS
from portal.look import days
from portal.models import Agreement, Organization, Person, Registration
from portal.permissions import CUSTOMER, SHOP, VENDORS
from routes.models.clauses import QualityClause
from routes.models.elsewhere import RecordedElsewhere
from routes.models.gauges import Calibration, Gauge
from routes.models.holds import Hold
from routes.models.materials import MaterialLot
from routes.models.orders import CustomerOrder, OrderLine
from routes.models.parts import Part, PartRevision
from routes.models.routes import RouteRevision
from routes.models.specifications import SpecificationRevision
from routes.models.travelers import Piece, Traveler
from subcontract.models.approvals import ApprovalScope
from subcontract.models.outside_orders import OutsideOrder, OutsideOrderLine


@dataclass(frozen=True)
class Kind:
    """One kind of record: by which of its fields it is known, to whom it has a page, and in which words.

    own_number   the unique field by which it is known first; empty when it has none
    """

    heading: str
    model: type[Model]
    fields: tuple[str, ...]
    words: Callable[[Model], str]
    related: tuple[str, ...] = ()
    page: Callable[[Model], Model] = lambda record: record
    roles: tuple[str, ...] = SHOP
    name: Callable[[Model], str] = lambda record: record.number
    own_number: str = "number"


def _lot(record: Traveler) -> str:
    revision = record.order_line.part_revision
    return f"{revision.part.name}, {revision}, {record.get_state_display().lower()}"


def _certificate(record: Certificate) -> str:
    told = [_("%(kind)s certificate") % {"kind": _(record.get_kind_display())}]
    told += [_("their number %(number)s") % {"number": record.stated_number}] if record.stated_number else []
    return ", ".join([*told, _(record.get_state_display()).lower()])


LOT = ("order_line__part_revision__part",)
KINDS = (
    Kind("Lots", Traveler, ("number",), _lot, LOT),
    Kind(
        "Customer orders",
        CustomerOrder,
        ("number", "po_number"),
        lambda record: f"{record.customer.name}, PO {record.po_number}",
        ("customer",),
        roles=SHOP + CUSTOMER,
    ),
    Kind(
        "Order lines",
        OrderLine,
        ("line_name", "po_line"),
        lambda record: f"{record.quantity} pieces of {record.part_revision}, due {record.due_on:%d %b %Y}",
        ("order", "part_revision__part"),
        lambda record: record.order,
        SHOP + CUSTOMER,
        str,
        "",
    ),
    Kind(
        "Quality clauses",
        QualityClause,
        ("number", "title"),
        lambda record: f"{record.title}, {record.customer.name}",
        ("customer",),
        own_number="",
    ),
    Kind(
        "Parts",
        Part,
        ("number", "name"),
        lambda record: f"{record.name}, {record.customer.name}",
        ("customer",),
        roles=SHOP + CUSTOMER,
    ),
    Kind(
        "Drawings",
        PartRevision,
        ("drawing_number",),
        lambda record: f"Drawing revision {record.drawing_revision} of {record}",
        ("part",),
        roles=SHOP + CUSTOMER,
        name=lambda record: record.drawing_number,
        own_number="",
    ),
    Kind(
        "Routes",
        RouteRevision,
        ("number",),
        lambda record: f"Route of {record.part_revision}, {record.get_state_display().lower()}",
        ("part_revision__part",),
    ),
    Kind(
        "Material",
        MaterialLot,
        ("number", "identifier"),
        lambda record: f"{record.get_identifier_kind_display()} {record.identifier}, {record.condition}",
    ),
    Kind(
        "Serial numbers",
        Piece,
        ("serial",),
        lambda record: f"Piece of lot {record.traveler.number}, {record.part}",
        ("traveler", "part"),
        lambda record: record.traveler,
        name=lambda record: record.serial,
        own_number="",
    ),
    Kind(
        "Outside orders",
        OutsideOrder,
        ("number",),
        lambda record: f"{record.site}, {_(record.get_state_display()).lower()}",
        ("site__organization",),
        roles=SHOP + VENDORS,
    ),
    Kind(
        "Lots sent to you",
        OutsideOrderLine,
        ("lot_number", "part_number"),
        lambda record: (
            _("%(n)s pieces on outside order %(order)s")
            % {"n": record.quantity, "order": record.order.number}
        ),
        ("order", "traveler"),
        lambda record: record.order,
        VENDORS,
        lambda record: record.traveler.number,
        "",
    ),
    Kind(
        "Vendor approvals",
        ApprovalScope,
        ("number",),
        lambda record: f"{record.spec_number} at {record.site}, {record.get_state_display().lower()}",
        ("site__organization",),
    ),
    Kind(
        "Registrations",
        Registration,
        ("number", "reference"),
        lambda record: (
            _("%(name)s, valid to %(day)s")
            % {"name": record.organization, "day": days.say(record.valid_to, "d M Y")}
        ),
        ("organization",),
        lambda record: record.organization,
        name=str,
    ),
    Kind(
        "Agreements",
        Agreement,
        ("number", "reference"),
        lambda record: (
            _("%(name)s, from %(day)s")
            % {"name": record.organization, "day": days.say(record.valid_from, "d M Y")}
        ),
        ("organization",),
        lambda record: record.organization,
        name=str,
    ),
    Kind(
        "Certificates",
        Certificate,
        ("number", "stated_number"),
        _certificate,
        roles=SHOP + VENDORS,
    ),
    Kind(
        "Arrivals",
        Arrival,
        ("number", "subject", "sender"),
        lambda record: ", ".join(
            said
            for said in (
                record.get_door_display(),
                record.subject,
                record.sender,
                record.get_state_display().lower(),
            )
            if said
        ),
        roles=CLERKS,
    ),
    Kind(
        "Inspections",
        InspectionRecord,
        ("number",),
        lambda record: f"Lot {record.traveler.number}, {record.get_state_display().lower()}",
        ("traveler",),
    ),
    Kind(
        "First articles",
        FirstArticle,
        ("number",),
        lambda record: f"{record.part_revision}, {record.get_state_display().lower()}",
        ("part_revision__part",),
        roles=FIRST_ARTICLE_READERS,
    ),
    Kind(
        "Nonconformances",
        Nonconformance,
        ("number",),
        lambda record: f"Lot {record.traveler.number}, {record.get_state_display().lower()}",
        ("traveler",),
    ),
    Kind(
        "Concessions",
        Concession,
        ("number",),
        lambda record: f"For {record.nonconformance.number}",
        ("nonconformance",),
        lambda record: record.nonconformance,
    ),
    Kind(
        "Concession requests",
        ConcessionRequest,
        ("number",),
        lambda record: f"{record.kind_words}, {record.get_state_display().lower()}",
        roles=REQUEST_READERS,
    ),
    Kind(
        "Corrective actions",
        CorrectiveAction,
        ("number",),
        lambda record: f"{record.vendor or 'ours'}, {_(record.get_state_display()).lower()}",
        ("vendor",),
        roles=ACTION_READERS,
    ),
    Kind(
        "Evaluations",
        TriggerEvaluation,
        ("number",),
        lambda record: f"Lot {record.traveler.number}, {record.get_state_display().lower()}",
        ("traveler",),
    ),
    Kind(
        "Drift alarms",
        DriftAlarm,
        ("number",),
        lambda record: f"{record.characteristic.name}, {record.get_state_display().lower()}",
        ("characteristic",),
    ),
    Kind(
        "Sampling series",
        SamplingState,
        ("number",),
        lambda record: f"{record.part}, {record.get_state_display().lower()}",
        ("part",),
    ),
    Kind(
        "Holds",
        Hold,
        ("number",),
        lambda record: f"Lot {record.traveler.number}, {record.get_state_display().lower()}",
        ("traveler",),
        lambda record: record.traveler,
    ),
    Kind(
        "Recorded elsewhere",
        RecordedElsewhere,
        ("number", "reference"),
        lambda record: f"Lot {record.traveler.number}: {record.description}",
        ("traveler",),
        lambda record: record.traveler,
    ),
    Kind(
        "Waivers",
        Waiver,
        ("number",),
        lambda record: f"{record.code} of lot {record.traveler.number}, {record.get_state_display().lower()}",
        ("traveler",),
        roles=WAIVER_READERS,
    ),
    Kind(
        "Shipments",
        Shipment,
        ("number",),
        lambda record: f"{record.customer.name}, {record.get_state_display().lower()}",
        ("customer",),
    ),
    Kind(
        "Certificates of conformity",
        ConformityCertificate,
        ("number",),
        lambda record: f"Revision {record.revision}, shipment {record.shipment.number}",
        ("shipment",),
        lambda record: record.shipment,
        own_number="",
    ),
    Kind(
        "Packages",
        ReleasePackage,
        ("number",),
        lambda record: f"{record.shipment.customer.name}, {record.get_state_display().lower()}",
        ("shipment__customer",),
        roles=SHOP + CUSTOMER,
    ),
    Kind(
        "Legal holds",
        LegalHold,
        ("number",),
        lambda record: f"Over {record.over}, {record.get_state_display().lower()}",
        ("traveler", "part", "order", "customer"),
        roles=LEGAL_HOLD_READERS,
    ),
    Kind(
        "Disposals",
        Disposal,
        ("number",),
        lambda record: f"Proof of shipment {record.shipment.number}, {record.get_state_display().lower()}",
        ("shipment",),
        roles=DISPOSAL_READERS,
    ),
    Kind("Gauges", Gauge, ("number", "description"), lambda record: f"{record.kind} {record.description}"),
    Kind(
        "Calibrations",
        Calibration,
        ("certificate_number",),
        lambda record: f"Gauge {record.gauge.number}, due {record.due_on:%d %b %Y}",
        ("gauge",),
        lambda record: record.gauge,
        name=lambda record: record.certificate_number,
        own_number="",
    ),
    Kind(
        "Specifications",
        SpecificationRevision,
        ("number", "title"),
        lambda record: f"Revision {record.revision or 'without a letter'}, {record.title}".rstrip(", "),
        own_number="",
    ),
    Kind(
        "Organizations",
        Organization,
        ("number", "name", "supplier_code"),
        lambda record: f"{record.get_kind_display()} {record.name}",
    ),
    Kind(
        "People",
        Person,
        ("printed_name", "email", "badge_number"),
        lambda record: f"{record.get_role_display()} of {record.organization.name}",
        ("organization",),
        name=lambda record: record.printed_name,
        own_number="",
    ),
)
# numbers that are made of two records, and numbers that say nothing beyond those of another kind
MADE_UP = {
    OrderLine: {
        "line_name": Concat("order__number", Value("/"), Cast("line_number", CharField())),
        "po_line": Concat("order__po_number", Value("/"), Cast("line_number", CharField())),
    },
    OutsideOrderLine: {
        "lot_number": F("traveler__number"),
        "part_number": F("traveler__order_line__part_revision__part__number"),
    },
    PartRevision: {"is_the_part": ExpressionWrapper(Q(drawing_number=F("part__number")), BooleanField())},
}
