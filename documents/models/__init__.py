"""The proof: certificates, shipments, packages, reviews."""

from documents.models.certificates import Certificate, CertificateCoverage
from documents.models.imports import MasterImport
from documents.models.packages import ReleasePackage, RenderedSection, Review
from documents.models.shipments import ConformityCertificate, Shipment, ShipmentLine

__all__ = [
    "Certificate",
    "CertificateCoverage",
    "ConformityCertificate",
    "MasterImport",
    "ReleasePackage",
    "RenderedSection",
    "Review",
    "Shipment",
    "ShipmentLine",
]
