"""Guard the evidence of this app: rows are added and never changed or removed."""

from django.db import migrations

from portal.evidence import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("routes", "0001_initial"),
        ("portal", "0002_guard_evidence"),
    ]

    operations = [
        AppendOnly(
            "componentuse",
            "quantitymove",
            "setuprun",
            "historicalcalibration",
            "historicalcharacteristic",
            "historicalclauseevidence",
            "historicalcoatinggrowth",
            "historicalcomponent",
            "historicalcustomerorder",
            "historicalcustomerterms",
            "historicaldrawingnote",
            "historicalfinishfeature",
            "historicalgauge",
            "historicalgaugerange",
            "historicalhold",
            "historicallineclause",
            "historicallockdifference",
            "historicallockpolicy",
            "historicalmateriallot",
            "historicalnotemapping",
            "historicaloperation",
            "historicalorderline",
            "historicalpackingdemand",
            "historicalpart",
            "historicalpartrevision",
            "historicalpiece",
            "historicalplannedcheck",
            "historicalproductionhandoff",
            "historicalqualityclause",
            "historicalrecordedelsewhere",
            "historicalroute",
            "historicalrouterevision",
            "historicalsetup",
            "historicalspecificationrevision",
            "historicaltraveler",
            "historicaltraveleramendment",
            "historicaltravelerstep",
        ),
    ]
