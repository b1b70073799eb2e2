"""One complete lot that has every kind of link, certified for its shipment; each test undoes what it does to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from documents.models import Shipment
from routes.models import LineClause, Traveler
from tests.cast import Cast, make_cast
from tests.documents.evidence.whole import make_whole_lot
from tests.factories.documents import make_shipment


@dataclass
class Whole:
    """A lot with nothing open: clauses shown, first article approved, papers accepted, conformity signed."""

    cast: Cast
    lot: Traveler
    shipment: Shipment
    clauses: dict[str, LineClause]


@pytest.fixture(scope="module")
def _whole_built_once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[Whole, Path]]:
    folder = tmp_path_factory.mktemp("whole_files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        cast = make_cast()
        lot, clauses = make_whole_lot(cast)
        shipment = make_shipment(cast, at="certified", lot=lot)
        yield Whole(cast, lot, shipment, clauses), folder
        transaction.set_rollback(True)


@pytest.fixture
def whole(_whole_built_once, files_folder) -> Iterator[Whole]:
    """The complete lot, for one test."""
    built, folder = _whole_built_once
    shutil.copytree(folder, files_folder)
    with transaction.atomic():
        lot = Traveler.objects.get(pk=built.lot.pk)
        yield Whole(built.cast, lot, Shipment.objects.get(pk=built.shipment.pk), built.clauses)
        transaction.set_rollback(True)
