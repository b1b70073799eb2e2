"""What should be made and how, and the lots that are being made."""

from routes.models.amendments import TravelerAmendment
from routes.models.characteristics import Characteristic
from routes.models.clauses import ClauseEvidence, CustomerTerms, LineClause, QualityClause
from routes.models.components import Component, ComponentUse
from routes.models.elsewhere import RecordedElsewhere
from routes.models.finish import CoatingGrowth, FinishFeature
from routes.models.gauges import Calibration, Gauge, GaugeRange
from routes.models.handoffs import ProductionHandoff
from routes.models.holds import Hold
from routes.models.lock_policies import LockPolicy
from routes.models.materials import MaterialLot
from routes.models.operations import NoteMapping, Operation, PlannedCheck
from routes.models.orders import CustomerOrder, OrderLine
from routes.models.packing import PackingDemand
from routes.models.parts import DrawingNote, Part, PartRevision
from routes.models.routes import Route, RouteRevision
from routes.models.setups import LockDifference, Setup, SetupRun
from routes.models.specifications import SpecificationRevision
from routes.models.travelers import Piece, QuantityMove, Traveler, TravelerStep

__all__ = [
    "Calibration",
    "Characteristic",
    "ClauseEvidence",
    "CoatingGrowth",
    "Component",
    "ComponentUse",
    "CustomerOrder",
    "CustomerTerms",
    "DrawingNote",
    "FinishFeature",
    "Gauge",
    "GaugeRange",
    "Hold",
    "LineClause",
    "LockDifference",
    "LockPolicy",
    "MaterialLot",
    "NoteMapping",
    "Operation",
    "OrderLine",
    "PackingDemand",
    "Part",
    "PartRevision",
    "Piece",
    "PlannedCheck",
    "ProductionHandoff",
    "QuantityMove",
    "QualityClause",
    "RecordedElsewhere",
    "Route",
    "RouteRevision",
    "Setup",
    "SetupRun",
    "SpecificationRevision",
    "Traveler",
    "TravelerAmendment",
    "TravelerStep",
]
