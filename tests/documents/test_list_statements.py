"""Lists of certificates, shipments and packages take as many statements for thirty rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Certificate, ReleasePackage, Shipment, ShipmentLine
from portal.domain.numbers import next_number
from tests.factories.certificates import make_process_certificate
from tests.factories.documents import make_package

pytestmark = pytest.mark.django_db
PREFIX = {Certificate: "C", Shipment: "SH", ReleasePackage: "P"}


def copies_of(record, count: int = 29) -> list:
    """Add rows that differ from `record` in nothing but their number."""
    made = []
    for place in range(count):
        copy = type(record).objects.get(pk=record.pk)
        copy.pk, copy.number = None, next_number(PREFIX[type(record)])
        if isinstance(copy, ReleasePackage):
            copy.revision = 100 + place
        copy.save()
        made.append(copy)
    return made


def add_certificates(cast) -> None:
    certificate = Certificate.objects.first()
    for copy in copies_of(certificate):
        for coverage in certificate.coverages.all():
            coverage.pk, coverage.certificate = None, copy
            coverage.save()


def add_shipments(cast) -> None:
    shipment = Shipment.objects.get()
    for copy in copies_of(shipment):
        for line in ShipmentLine.objects.filter(shipment=shipment):
            line.pk, line.shipment, line.is_active = None, copy, False
            line.save()


def add_packages(cast) -> None:
    copies_of(ReleasePackage.objects.get())


@pytest.mark.parametrize(
    ("name", "make", "add"),
    [
        ("documents:certificate-list", make_process_certificate, add_certificates),
        ("documents:shipment-list", lambda cast: make_package(cast, at="shared"), add_shipments),
        ("documents:package-list", lambda cast: make_package(cast, at="shared"), add_packages),
    ],
)
def test_list_takes_as_many_statements_for_thirty_rows_as_for_one(cast, sign_in, name, make, add):
    make(cast)
    client = sign_in(cast.quality)
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(name))
    add(cast)
    with CaptureQueriesContext(connection) as thirty:
        page = client.get(reverse(name))
    assert len(page.context["rows"]) >= 30
    assert len(thirty) == len(one)
