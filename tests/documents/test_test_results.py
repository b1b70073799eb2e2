"""Rows of test certificates: added as printed, held against their limits, fixed once decided (rule 34)."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from documents.domain import test_results
from documents.domain.certificate_contents import signed_content
from documents.domain.originals import certificate_entries
from documents.domain.test_results import ResultOutOfLimits, ResultRow, add_result, withdraw_result
from documents.models import TestResult
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event
from routes.domain.words import AuthorMayNotApprove
from tests.factories.certificates import accept, make_material_certificate
from tests.factories.routes import make_material

pytestmark = pytest.mark.django_db

HARDNESS = ResultRow(
    test="hardness",
    property_name="HRC",
    value=Decimal("41.5"),
    unit="HRC",
    minimum=Decimal("40"),
    maximum=Decimal("44"),
    method="ASTM E18",
    specimen="Coupon 3",
)
SALT = ResultRow(
    test="salt_spray", property_name="Hours to white rust", value=Decimal("96"), minimum=Decimal("72")
)
LEAK = ResultRow(test="pressure", property_name="Leak test 6 bar", finding="conforms")


@pytest.fixture
def certificate(cast):
    return make_material_certificate(cast, material=make_material(cast))


def test_rows_inside_their_limits_let_it_be_accepted_signed_and_shown(cast, certificate):
    for row in (HARDNESS, SALT, LEAK):
        add_result(by=cast.inspector, certificate=certificate, row=row)
    accepted = accept(cast, certificate)
    assert [row[1] for row in signed_content(accepted, "")["results"]] == [
        "HRC",
        "Hours to white rust",
        "Leak test 6 bar",
    ]
    (entry,), _ = certificate_entries({accepted.number: ["heat"]})
    assert entry["results"][0] == {
        "test": "Hardness",
        "property": "HRC",
        "value": "41.5",
        "unit": "HRC",
        "limits": "40 to 44",
        "method": "ASTM E18",
        "specimen": "Coupon 3",
        "source": "printed on the certificate",
    }
    assert [entry["results"][at]["value"] for at in (1, 2)] == ["96", "Conforms"]
    assert Event.objects.filter(noun="certificate", verb="enter result of").count() == 3


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"value": Decimal("39.9")}, "HRC 39.9 HRC (40 to 44)"),
        ({"value": Decimal("44.1")}, "HRC 44.1 HRC (40 to 44)"),
        ({"value": None, "finding": "fails"}, "HRC does not conform"),
    ],
)
def test_a_row_outside_blocks_the_acceptance_until_it_is_withdrawn(cast, certificate, row, words):
    result = add_result(
        by=cast.inspector, certificate=certificate, row=ResultRow(**{**vars(HARDNESS), **row})
    )
    add_result(by=cast.inspector, certificate=certificate, row=SALT)
    with pytest.raises(ResultOutOfLimits) as refusal:
        accept(cast, certificate)
    assert str(refusal.value) == (
        f"Certificate {certificate.number} states what is outside its limits: {words}. "
        "Reject it, or correct what was typed."
    )
    withdraw_result(by=cast.inspector, result=result)
    assert accept(cast, certificate).state == "accepted"


@pytest.mark.parametrize("value", ["40", "44"])
def test_a_value_on_its_limit_is_inside(cast, certificate, value):
    result = add_result(
        by=cast.inspector,
        certificate=certificate,
        row=ResultRow(**{**vars(HARDNESS), "value": Decimal(value)}),
    )
    assert result.is_out is False


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"property_name": " "}, "Name the property"),
        ({"value": None}, "either the value of HRC"),
        ({"finding": "conforms"}, "either the value of HRC"),
        ({"minimum": Decimal("45")}, "The minimum of HRC, 45, is above its maximum, 44"),
    ],
)
def test_a_row_that_says_too_little_or_too_much_is_refused(cast, certificate, changes, sentence):
    with pytest.raises(Incomplete, match=sentence):
        add_result(by=cast.inspector, certificate=certificate, row=ResultRow(**{**vars(HARDNESS), **changes}))


def test_a_vendor_enters_results_of_its_own_certificates_only(cast, certificate):
    with pytest.raises(NotEntitled, match=f"{certificate.number} is not of"):
        add_result(by=cast.vendor, certificate=certificate, row=HARDNESS)


def test_who_typed_a_result_does_not_accept_it(cast, certificate):
    add_result(by=cast.quality, certificate=certificate, row=HARDNESS)
    with pytest.raises(AuthorMayNotApprove, match="typed its results"):
        accept(cast, certificate)


def test_a_decided_certificate_keeps_its_rows(cast, certificate):
    result = add_result(by=cast.inspector, certificate=certificate, row=HARDNESS)
    accept(cast, certificate)
    with pytest.raises(NotTheMoment, match="what it states is fixed"):
        add_result(by=cast.inspector, certificate=certificate, row=SALT)
    with pytest.raises(NotTheMoment, match="what it states is fixed"):
        withdraw_result(by=cast.inspector, result=result)


def test_a_row_is_withdrawn_once_and_stays_readable(cast, certificate):
    result = add_result(by=cast.inspector, certificate=certificate, row=HARDNESS)
    withdraw_result(by=cast.inspector, result=result)
    with pytest.raises(NotTheMoment, match="withdrawn already"):
        withdraw_result(by=cast.inspector, result=result)
    assert test_results.results_of(certificate) == []
    assert TestResult.objects.get().value == Decimal("41.5")


def test_a_certificate_without_rows_signs_as_before(certificate):
    assert "results" not in signed_content(certificate, "")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"finding": "conforms"}, "test_result_is_a_number_or_a_finding"),
        ({"minimum": Decimal("50")}, "test_limits_in_order"),
        ({"withdrawn_at": "2026-01-01T00:00:00Z"}, "withdrawn_test_result_says_who_and_when"),
    ],
)
def test_the_database_refuses_half_told_rows(cast, certificate, changes, name):
    result = add_result(by=cast.inspector, certificate=certificate, row=HARDNESS)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        TestResult.objects.filter(pk=result.pk).update(**changes)


def test_rows_are_added_and_withdrawn_on_the_page_of_the_certificate(cast, client, certificate):
    client.force_login(cast.inspector)
    page = f"/certificates/{certificate.number}/"
    typed = {
        "test": "hardness", "property_name": "HRC", "value": "46,5", "unit": "HRC", "minimum": "40",
        "maximum": "44", "limit_source": "licensed", "method": "ASTM E18",
    }  # fmt: skip
    shown = client.post(f"{page}results/add/", typed, follow=True).content.decode()
    assert "our licensed copy of the specification" in shown
    assert "46.5 HRC" in shown
    assert client.get(f"{page}results/2/withdraw/").status_code == 404
    client.post(f"{page}results/1/withdraw/", follow=True)
    assert test_results.results_of(certificate) == []
    refused = client.post(f"{page}results/add/", {**typed, "value": ""})
    assert refused.status_code == 422
    assert "ASTM E18" in refused.content.decode()
