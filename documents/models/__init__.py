"""The proof: certificates, shipments, packages, reviews."""

from documents.models.arrivals import Arrival, ArrivalFile
from documents.models.certificates import Certificate, CertificateCoverage
from documents.models.chains import StandingChain, TrailReview
from documents.models.imports import MasterImport
from documents.models.key_rules import CertificateKeyRules
from documents.models.notices import Notice
from documents.models.packages import ReleasePackage, RenderedSection, Review
from documents.models.photos import JoinedPhoto
from documents.models.readings import CertificateReading, CertificateSighting
from documents.models.retention import Disposal, LegalHold, RetentionRule
from documents.models.scorecards import DelayRecord, Scorecard, ScorecardTerms
from documents.models.shipments import ConformityCertificate, PackingRecord, Shipment, ShipmentLine
from documents.models.standing_comparisons import StandingComparison
from documents.models.test_results import TestResult
from documents.models.upload_links import UploadLink
from documents.models.waivers import CheckPolicy, Waiver, WaiverUse

__all__ = [
    "Arrival",
    "ArrivalFile",
    "Certificate",
    "CertificateCoverage",
    "CertificateKeyRules",
    "CertificateReading",
    "CertificateSighting",
    "CheckPolicy",
    "ConformityCertificate",
    "DelayRecord",
    "Disposal",
    "JoinedPhoto",
    "LegalHold",
    "MasterImport",
    "Notice",
    "PackingRecord",
    "ReleasePackage",
    "RenderedSection",
    "RetentionRule",
    "Review",
    "Scorecard",
    "ScorecardTerms",
    "Shipment",
    "ShipmentLine",
    "StandingChain",
    "StandingComparison",
    "TestResult",
    "TrailReview",
    "UploadLink",
    "Waiver",
    "WaiverUse",
]
