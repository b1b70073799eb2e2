"""The first hour: an empty portal, the lists a shop keeps already, and the first certificate checked.

Two people, at pages only. What counts is what they had to do, so the forms they sent are counted.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from django.core.signals import request_started
from django.urls import reverse

from documents.models import Certificate, MasterImport
from portal.models import Organization
from routes.models import Calibration, Characteristic, MaterialLot, OrderLine, PartRevision
from subcontract.models import ApprovalScope
from tests.factories.tables import xlsx_of
from tests.flows import papers_of_story as papers
from tests.flows.crew import CUSTOMER, INVITED, MILL, accept, grant, invite, set_up
from tests.flows.pages import Visitor
from tests.flows.scenes_on_the_floor import accept_certificate

ANODIZER, REVISION = "Silverbeck Finishing", f"{papers.PART} rev {papers.REVISION}"
FORM_3 = [
    ["AS9102 Form 3: Characteristic Accountability, Verification and Compatibility Evaluation"],
    ["1. Part Number", "2. Part Name", "3. Serial Number", "4. FAIR Identifier"],
    [papers.PART, papers.NAME, "", "FAIR-9"],
    ["5. Char No.", "6. Reference Location", "7. Characteristic Designator", "8. Requirement", "9. Results"],
    ["1", "1 B4", "KC", "Ø10 +0.022/0", "10.011"],
    ["2", "1 C2", "", "60 ±0.1", "60.02"],
    ["3", "1 D3", "", "max 0.05", "0.02"],
]


def lines(*rows: str) -> bytes:
    return "\r\n".join(rows).encode()


# noun, the file as the shop has it, what is chosen beside it, rows it holds
TABLES = (
    (
        "customers",
        ("customers.csv", lines("Code;Company;City;Country", f"CORVID;{CUSTOMER};Wichita;US")),
        {},
        1,
    ),
    (
        "vendors",
        (
            "vendors.csv",
            lines(
                "Code,Company,Site,Country", f"SILVERBECK,{ANODIZER},LINE-2,US", f"ASHGROVE,{MILL},MAIN,US"
            ),
        ),
        {},
        2,
    ),
    (
        "specifications",
        (
            "specifications.xlsx",
            xlsx_of(
                [
                    ["Spec", "Rev", "Kind", "Process", "Types", "Classes"],
                    [papers.MATERIAL, "N", "material"],
                    [papers.ANODIZE, "F", "process", "anodize", "Type II | Type III", "Class 1 | Class 2"],
                ]
            ),
        ),
        {},
        2,
    ),
    (
        "approvals",
        (
            "approvals.csv",
            lines(
                "Supplier,Process,Spec,Rev,Type,From,Expires,Basis",
                f"{ANODIZER},anodize,{papers.ANODIZE},F,Type III,{papers.days(-100)},{papers.days(200)},Nadcap 2241",
            ),
        ),
        {},
        1,
    ),
    (
        "parts",
        (
            "parts.csv",
            lines(
                "Customer,Part No,Description,Rev,Serialised,Unit",
                f'CORVID,{papers.PART},"{papers.NAME}",{papers.REVISION},yes,mm',
            ),
        ),
        {},
        1,
    ),
    (
        "characteristics",
        ("fair 9.xlsx", xlsx_of(FORM_3, title="Form 3")),
        {"Part and revision of all rows": REVISION, "Unit of rows that name none": "mm"},
        3,
    ),
    (
        "gauges",
        (
            "gauges.csv",
            lines(
                "Gage ID,Type,Certificate,Calibrated,Next due",
                f"CMM-07,CMM,CAL-611,{papers.days(-40)},{papers.days(300)}",
            ),
        ),
        {},
        1,
    ),
    (
        "materials",
        (
            "stock.csv",
            lines(
                "Heat,Spec,Rev,Alloy,Form,Qty,Received,Supplier",
                f"{papers.HEAT},{papers.MATERIAL},N,{papers.CONDITION},plate 12 mm,40,{papers.days(-5)},ASHGROVE",
            ),
        ),
        {},
        1,
    ),
    (
        "orders",
        (
            "open orders.csv",
            lines(
                "Customer,PO,Order date,Pos,Part No,Rev,Open quantity,Due date",
                f"CORVID,{papers.PO_NUMBER},{papers.days(-10)},1,{papers.PART},{papers.REVISION},3,{papers.days(20)}",
            ),
        ),
        {},
        1,
    ),
)


@pytest.fixture
def sent() -> Counter:
    """Count what the people of this story ask of the portal: pages read and forms sent."""
    counts: Counter = Counter()

    def count(sender, environ, **_) -> None:
        counts[environ["REQUEST_METHOD"]] += 1

    request_started.connect(count)
    yield counts
    request_started.disconnect(count)


def bring_in(manager: Visitor, noun: str, file: tuple[str, bytes], chosen: dict, rows: int) -> None:
    manager.open(reverse("documents:import-bring", args=[noun]))
    manager.send("Look at the table", {"Table": file, **chosen})
    assert manager.told[-1].endswith(f"was looked at: {rows} new. Nothing is saved yet.")
    manager.send("Save all rows")
    assert manager.told[-1].endswith(f"is saved: {rows} new.")


def check_the_mill_certificate(manager: Visitor) -> None:
    """Bring the paper of the heat in, type what it says, and let the portal compare it with the stock list."""
    manager.open(reverse("documents:certificate-upload"))
    manager.send(
        "Bring it in", {"The certificate": papers.mill_certificate(), "Kind": "Material", "Issued by": MILL}
    )
    manager.follow("Enter what it says").send(
        "Keep these fields",
        {
            "Certificate number": f"AG-{papers.HEAT}",
            "Dated": papers.days(0),
            "Certificate type": "3.1",
            "Specification": papers.MATERIAL,
            "Specification revision": "N",
            "Alloy and condition": papers.CONDITION,
            "Heat, batch or lot": papers.HEAT,
            "Quantity": 40,
            "Signed by": "Perpetua Lisle",
        },
    )
    manager.follow("Say what it covers")
    manager.send("It covers these", {"Heat or batch": "M-000001", "Pieces covered": 40})
    assert manager.told == ["Certificate C-000001 covers it."]


def test_the_first_certificate_is_checked_an_hour_after_the_portal_stood_empty(committed_db, sent):
    manager = Visitor()
    set_up(manager)
    assert manager.open(reverse("documents:import-list")).heading == "Start with what you have"
    second = accept(manager, invite(manager, *INVITED["quality"]), INVITED["quality"][0])
    grant(manager, INVITED["quality"][0], ("Accept or reject certificates",))
    for noun, file, chosen, rows in TABLES:
        bring_in(manager, noun, file, chosen, rows)
    check_the_mill_certificate(manager)
    accept_certificate(second, "C-000001")

    assert Certificate.objects.get().state == Certificate.ACCEPTED
    assert MaterialLot.objects.get().certificate_number == f"AG-{papers.HEAT}"
    assert MasterImport.objects.filter(state=MasterImport.SAVED).count() == len(TABLES)
    assert {
        "organizations": Organization.objects.count(),
        "approvals": ApprovalScope.objects.count(),
        "revisions": PartRevision.objects.count(),
        "calibrations": Calibration.objects.count(),
        "lines": OrderLine.objects.count(),
    } == {"organizations": 4, "approvals": 1, "revisions": 1, "calibrations": 1, "lines": 1}
    assert [(row.balloon, row.lower, row.upper) for row in Characteristic.objects.order_by("position")] == [
        ("1", *map(Decimal, ("10", "10.022"))),
        ("2", *map(Decimal, ("59.9", "60.1"))),
        ("3", None, Decimal("0.05")),
    ]
    # two forms a table, six to set up and invite, four for the certificate: no record was typed
    assert sent["POST"] == 2 * len(TABLES) + 10
