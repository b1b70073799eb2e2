"""What accepted certificates found by test stands on Form 2: by number, with the finding, and never by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from documents.domain import certificates, decisions
from documents.domain.test_results import ResultRow, add_result
from documents.models import Certificate
from inspection.domain.forms import forms_of
from inspection.models import LabReport
from tests.cast import reauth
from tests.factories.certificates import (
    accept,
    make_material_certificate,
    make_process_certificate,
    outside_step,
    pdf,
    what_the_paper_says,
)
from tests.factories.inspection import make_first_article, make_lot
from tests.factories.routes import today

pytestmark = pytest.mark.django_db

THICKNESS = ResultRow(
    test="thickness",
    property_name="Coating thickness",
    value=Decimal("18.5"),
    unit="um",
    minimum=Decimal("12"),
    maximum=Decimal("25"),
    method="ASTM B244",
)
SALT = ResultRow(test="salt_spray", property_name="Salt spray 336 h", finding="conforms", method="ASTM B117")


@pytest.fixture
def lot(cast):
    return make_lot(cast, at=999)


def make_report(cast, lot, *rows):
    """Return a laboratory's test report of the lot's anodize, accepted."""
    report = certificates.upload(by=cast.inspector, content=pdf(), name="lab.pdf", kind=Certificate.TEST)
    certificates.cover(
        by=cast.inspector, certificate=report, step=outside_step(lot), traveler=lot, quantity=5
    )
    says = what_the_paper_says(lot) | {"stated_number": "LAB-77", "stated_on": today()}
    report = certificates.enter_fields(by=cast.inspector, certificate=report, **says)
    for row in rows:
        add_result(by=cast.inspector, certificate=report, row=row)
    return accept(cast, report)


def row_of(first_article, name):
    return next(row for row in forms_of(first_article)["form2"] if row["5"].startswith(name))


def test_a_test_report_stands_beside_the_certificate_it_does_not_replace(cast, lot):
    process = make_process_certificate(cast, lot=lot, at="accepted")
    article = make_first_article(cast, lot=lot)
    assert [row_of(article, "Anodize")[number] for number in ("11", "12")] == ["", ""]
    report = make_report(cast, lot, THICKNESS, SALT)
    row = row_of(article, "Anodize")
    assert [row["10"], row["11"], row["12"]] == [
        process.stated_number,
        "ASTM B244, ASTM B117",
        "LAB-77: Coating thickness 18.5 um (12 to 25), Salt spray 336 h conforms",
    ]
    decisions.revoke(
        by=cast.quality, certificate=report, reason="Coupon of another lot.", token=reauth(cast.quality)
    )
    row = row_of(article, "Anodize")
    assert [row["10"], row["11"], row["12"]] == [process.stated_number, "", ""]
    assert LabReport.objects.get().state == "revoked"


def test_results_on_the_mill_certificate_stand_on_the_row_of_the_material(cast, lot):
    mill = make_material_certificate(cast, material=lot.material_lot)
    for place in range(5):
        row = replace(THICKNESS, property_name=f"Tensile {place}", method="ASTM E8")
        add_result(by=cast.inspector, certificate=mill, row=row)
    accept(cast, mill)
    lot.refresh_from_db()
    row = row_of(make_first_article(cast, lot=lot), "6061-T6")
    assert [row["10"], row["11"], row["12"]] == [
        mill.stated_number,
        "ASTM E8",
        f"{mill.stated_number}: 5 results inside their limits",
    ]


def test_a_certificate_without_rows_writes_no_report(cast, lot):
    make_process_certificate(cast, lot=lot, at="accepted")
    assert LabReport.objects.count() == 0
