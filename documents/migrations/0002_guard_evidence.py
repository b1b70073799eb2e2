"""Guard the evidence of this app: rows are added and never changed or removed."""

from django.db import migrations

from portal.evidence import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("portal", "0002_guard_evidence"),
    ]

    operations = [
        AppendOnly(
            "certificatekeyrules",
            "certificatereading",
            "certificatesighting",
            "conformitycertificate",
            "joinedphoto",
            "packingrecord",
            "review",
            "scorecard",
            "scorecardterms",
            "trailreview",
            "historicalarrival",
            "historicalcertificate",
            "historicaldisposal",
            "historicallegalhold",
            "historicalretentionrule",
            "historicalcertificatecoverage",
            "historicalcheckpolicy",
            "historicaldelayrecord",
            "historicalmasterimport",
            "historicalnotice",
            "historicalreleasepackage",
            "historicalshipment",
            "historicalshipmentline",
            "historicalwaiver",
            "historicalwaiveruse",
        ),
    ]
