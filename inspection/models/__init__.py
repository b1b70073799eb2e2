"""What was found: inspections, measurements, first articles, nonconformances."""

from inspection.models.concession_requests import ConcessionRequest
from inspection.models.corrective_actions import CorrectiveAction, CorrectiveStep
from inspection.models.drift_alarms import DriftAlarm
from inspection.models.finding_records import ContainmentCheck, FindingCode, FindingRecord
from inspection.models.first_articles import FieldComment, FirstArticle, FirstArticleLine, HeldApproval
from inspection.models.gauge_doubts import ReadingsJudgement
from inspection.models.gauge_studies import RepeatabilityStudy
from inspection.models.lab_reports import LabReport
from inspection.models.mappings import MappedItem, ResultMapping, ValueSetAside
from inspection.models.measurements import Measurement, MeasurementVoid
from inspection.models.nonconformances import Concession, Nonconformance
from inspection.models.records import InspectionRecord
from inspection.models.run_rules import RunRuleChoice
from inspection.models.sampling import SamplingOutcome, SamplingState
from inspection.models.triggers import TriggerEvaluation, TriggerPolicy

__all__ = [
    "Concession",
    "ConcessionRequest",
    "ContainmentCheck",
    "CorrectiveAction",
    "CorrectiveStep",
    "DriftAlarm",
    "FieldComment",
    "FindingCode",
    "FindingRecord",
    "FirstArticle",
    "FirstArticleLine",
    "HeldApproval",
    "InspectionRecord",
    "LabReport",
    "MappedItem",
    "Measurement",
    "MeasurementVoid",
    "Nonconformance",
    "ReadingsJudgement",
    "RepeatabilityStudy",
    "ResultMapping",
    "RunRuleChoice",
    "TriggerEvaluation",
    "TriggerPolicy",
    "SamplingOutcome",
    "SamplingState",
    "ValueSetAside",
]
