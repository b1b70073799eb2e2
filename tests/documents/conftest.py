"""A certified shipment, built once a module and handed to each test inside a savepoint."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from documents.domain import upload_links
from documents.models import Shipment, UploadLink
from routes.models import Traveler
from subcontract.models import OutsideOrderLine
from tests.cast import Cast, make_cast
from tests.factories.certificates import line_of
from tests.factories.documents import make_shipment
from tests.factories.inspection import make_lot


@dataclass
class Ready:
    """One lot with every link closed, on a shipment whose certificate of conformity is signed.

    A module that needs it further on says so: STAGE = "sealed".
    """

    cast: Cast
    lot: Traveler
    shipment: Shipment


@pytest.fixture(scope="module")
def _ready_built_once(
    request, django_db_setup, django_db_blocker, tmp_path_factory
) -> Iterator[tuple[Ready, Path]]:
    folder = tmp_path_factory.mktemp("ready_files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        cast = make_cast()
        shipment = make_shipment(cast, at=getattr(request.module, "STAGE", "certified"))
        yield Ready(cast, shipment.lines.get().traveler, shipment), folder
        transaction.set_rollback(True)


@pytest.fixture
def ready(_ready_built_once, files_folder) -> Iterator[Ready]:
    """A certified shipment of this test's own: whatever it changes is undone."""
    built, folder = _ready_built_once
    shutil.copytree(folder, files_folder)
    with transaction.atomic():
        yield Ready(
            built.cast, Traveler.objects.get(pk=built.lot.pk), Shipment.objects.get(pk=built.shipment.pk)
        )
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Linked:
    """The line of an outside order whose pieces came back, and a link for its certificate."""

    cast: Cast
    line: OutsideOrderLine
    link: UploadLink
    token: str


@pytest.fixture(scope="module")
def _linked_once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[Linked, Path]]:
    folder = tmp_path_factory.mktemp("linked_files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        cast = make_cast()
        line = line_of(make_lot(cast, at=50))
        yield Linked(cast, line, *upload_links.make_link(by=cast.operator, order=line.order)), folder
        transaction.set_rollback(True)


@pytest.fixture
def linked(_linked_once, files_folder) -> Iterator[Linked]:
    """An order with a link, of this test's own: whatever it changes is undone."""
    made, folder = _linked_once
    shutil.copytree(folder, files_folder, dirs_exist_ok=True)
    with transaction.atomic():
        line = OutsideOrderLine.objects.select_related("order__site__organization").get(pk=made.line.pk)
        made.cast.customer.refresh_from_db()
        yield Linked(made.cast, line, UploadLink.objects.get(pk=made.link.pk), made.token)
        transaction.set_rollback(True)
