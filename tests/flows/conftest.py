"""A closed chain, built once a module, and handed to each test inside a savepoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from documents.demo.people import SINCE, make_people
from documents.demo.plan import make_order, make_plan
from documents.demo.story import Story
from documents.models import Shipment
from routes.models import Traveler
from subcontract.models import OutsideOrder


@dataclass
class ClosedChain:
    """One lot whose every link is closed, on a shipment that waits for the gate."""

    story: Story
    lot: Traveler
    shipment: Shipment
    order: OutsideOrder


def make_story(*, quantities: list[int]) -> tuple[Story, list]:
    """Make the sample shop's people and released plan, and one order line for each quantity."""
    today = timezone.localdate()
    people = make_people(since=SINCE)
    story = Story(people, make_plan(people, today), today)
    lines = make_order(
        people, story.plan, po_number="4500918823", quantities=quantities, today=today, first_due=2
    )
    return story, lines


@pytest.fixture(scope="module")
def _chain_built_once(
    django_db_setup, django_db_blocker, tmp_path_factory
) -> Iterator[tuple[ClosedChain, Path]]:
    folder = tmp_path_factory.mktemp("chain_files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        story, lines = make_story(quantities=[3])
        material = story.receive_heat("7T4418", 20)
        lot = story.complete_lot(lines[0], material, 3)
        story.first_article(lot)
        shipment = story.certify(lot)
        yield ClosedChain(story, lot, shipment, OutsideOrder.objects.get()), folder
        transaction.set_rollback(True)


@pytest.fixture
def closed_chain(_chain_built_once, files_folder, settings) -> Iterator[ClosedChain]:
    """A closed chain of this test's own: whatever it changes is undone."""
    chain, folder = _chain_built_once
    settings.MEDIA_ROOT = folder
    assert Path(django_settings.MEDIA_ROOT) == folder
    with transaction.atomic():
        yield chain
        transaction.set_rollback(True)
