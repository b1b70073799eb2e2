"""Guard the evidence of this app: rows are added and never changed or removed."""

from django.db import migrations

from portal.evidence import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("inspection", "0001_initial"),
        ("portal", "0002_guard_evidence"),
    ]

    operations = [
        AppendOnly(
            "measurement",
            "measurementvoid",
            "samplingoutcome",
            "valuesetaside",
            "readingsjudgement",
            "repeatabilitystudy",
            "runrulechoice",
            "historicalconcession",
            "historicalconcessionrequest",
            "historicalcontainmentcheck",
            "historicalcorrectiveaction",
            "historicalcorrectivestep",
            "historicaldriftalarm",
            "historicalfieldcomment",
            "historicalfindingcode",
            "historicalfindingrecord",
            "historicalfirstarticle",
            "historicalfirstarticleline",
            "historicalheldapproval",
            "historicalinspectionrecord",
            "historicallabreport",
            "historicalnonconformance",
            "historicalresultmapping",
            "historicaltriggerevaluation",
            "historicaltriggerpolicy",
            "historicalsamplingstate",
        ),
    ]
