"""Guard the evidence of this app: rows are added and never changed or removed."""

from django.db import migrations

from portal.evidence import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("subcontract", "0001_initial"),
        ("portal", "0002_guard_evidence"),
    ]

    operations = [
        AppendOnly(
            "custodymove",
            "historicalapprovalscope",
            "historicaldelegation",
            "historicalflowdownitem",
            "historicaloutsideorder",
            "historicaloutsideorderline",
            "historicaloverreturn",
            "historicalreceipt",
            "historicalvendorreview",
            "historicalvendorstatement",
        ),
    ]
