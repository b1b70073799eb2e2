"""What was found: inspections, measurements, first articles, nonconformances."""

from inspection.models.first_articles import FieldComment, FirstArticle, FirstArticleLine, HeldApproval
from inspection.models.mappings import MappedItem, ResultMapping, ValueSetAside
from inspection.models.measurements import Measurement, MeasurementVoid
from inspection.models.nonconformances import Concession, Nonconformance
from inspection.models.records import InspectionRecord
from inspection.models.sampling import SamplingOutcome, SamplingState

__all__ = [
    "Concession",
    "FieldComment",
    "FirstArticle",
    "FirstArticleLine",
    "HeldApproval",
    "InspectionRecord",
    "MappedItem",
    "Measurement",
    "MeasurementVoid",
    "Nonconformance",
    "ResultMapping",
    "SamplingOutcome",
    "SamplingState",
    "ValueSetAside",
]
