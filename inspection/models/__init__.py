"""What was found: inspections, measurements, first articles, nonconformances."""

from inspection.models.first_articles import FirstArticle, FirstArticleLine
from inspection.models.measurements import Measurement, MeasurementVoid
from inspection.models.nonconformances import Concession, Nonconformance
from inspection.models.records import InspectionRecord

__all__ = [
    "Concession",
    "FirstArticle",
    "FirstArticleLine",
    "InspectionRecord",
    "Measurement",
    "MeasurementVoid",
    "Nonconformance",
]
