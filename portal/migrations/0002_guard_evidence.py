"""The guard of evidence, and the sequences that record numbers come from."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

from portal.evidence import AppendOnly, NumberSequences, RefuseChange


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),
        NumberSequences(
            ["O", "T", "M", "PO", "I", "FA", "NC", "CN", "C", "SH", "CC", "P", "R", "H", "AP", "E", "IM"]
            + ["W", "CP", "RG", "AG", "VR", "CE", "N", "RV", "AM"]
            + [
                "SU",
                "LP",
                "PH",
                "DL",
                "OR",
                "CA",
                "CR",
                "DA",
                "EV",
                "TP",
                "SS",
                "CG",
                "AR",
                "GS",
                "SC",
                "ST",
                "DY",
                "VS",
                "RT",
                "LH",
                "DC",
            ],
        ),
        RefuseChange(),
        AppendOnly(
            "event",
            "disposedfile",
            "storedfile",
            "signature",
            "reversal",
            "logentry",
            "lognode",
            "logkey",
            "checkpoint",
            "historicalagreement",
            "historicalauthority",
            "historicalorganization",
            "historicalperson",
            "historicalregistration",
            "historicalsite",
        ),
    ]
