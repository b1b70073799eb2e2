"""Papers of others are drawn once the certificate of conformity is signed; a release finds them drawn."""

import pytest
from django.core.files.storage import default_storage

from documents.domain import drawn_ahead, packages, shipments
from documents.models import RenderedSection
from documents.package import foreign_pages
from portal import queue
from portal.models import Job, StoredFile
from tests.cast import reauth
from tests.factories.documents import release


@pytest.fixture
def read(monkeypatch):
    """The names of the papers that a child process was asked to draw."""
    asked = []
    run = foreign_pages.read_pages
    monkeypatch.setattr(
        "documents.package.drawing.read_pages",
        lambda *facts, **more: asked.append(more["who"]) or run(*facts, **more),
    )
    return asked


def draw_ahead():
    queue.work_off([drawn_ahead.DRAW_AHEAD])


def test_signing_the_certificate_of_conformity_asks_for_the_papers_once(ready):
    (job,) = Job.objects.filter(kind=drawn_ahead.DRAW_AHEAD)
    assert job.arguments == {"shipment": ready.shipment.number}
    person = ready.cast.quality
    shipments.certify(
        by=person, shipment=ready.shipment, token=reauth(person), reason="A remark was missing."
    )
    assert Job.objects.filter(kind=drawn_ahead.DRAW_AHEAD).count() == 2


def test_a_release_finds_the_papers_drawn(ready, read):
    draw_ahead()
    assert len(read) == RenderedSection.objects.count() == 2
    package = release(ready.cast, ready.shipment)
    read.clear()
    packages.draw(package, cache=packages.KeptSections())
    assert read == []
    # what was drawn ahead is what a release would have drawn
    assert packages.draw(package, cache=packages.KeptSections()) == packages.draw(package)


def test_a_paper_that_cannot_be_drawn_is_left_to_the_release(ready, read):
    stored = StoredFile.objects.filter(certificates__coverages__traveler=ready.lot).first()
    default_storage.delete(stored.storage_name)
    draw_ahead()
    assert Job.objects.get(kind=drawn_ahead.DRAW_AHEAD).state == Job.DONE
    assert read == []
