"""What is settled of a package is drawn once the certificate of conformity is signed; a release finds it drawn."""

import pytest
from django.core.files.storage import default_storage

from documents.domain import drawn_ahead, packages, shipments
from documents.models import RenderedSection
from documents.package import drawing
from documents.package.sections import settled_sections
from portal import queue
from portal.models import Job, StoredFile
from tests.cast import reauth
from tests.factories.documents import release

ONLY_A_RELEASE_KNOWS = ["chain", "revisions", "cover"]


@pytest.fixture
def drawn(monkeypatch):
    """The codes of the sections that were drawn and not found."""
    asked = []
    draw = drawing.draw
    monkeypatch.setattr(
        "documents.package.assembly.draw",
        lambda section, **more: asked.append(section.code) or draw(section, **more),
    )
    return asked


def draw_ahead():
    queue.work_off([drawn_ahead.DRAW_AHEAD])


def test_signing_the_certificate_of_conformity_asks_for_the_sections_once(ready):
    (job,) = Job.objects.filter(kind=drawn_ahead.DRAW_AHEAD)
    assert job.arguments == {"shipment": ready.shipment.number}
    person = ready.cast.quality
    shipments.certify(
        by=person, shipment=ready.shipment, token=reauth(person), reason="A remark was missing."
    )
    assert Job.objects.filter(kind=drawn_ahead.DRAW_AHEAD).count() == 2


def test_a_release_draws_only_what_it_alone_knows(ready, drawn):
    draw_ahead()
    package = release(ready.cast, ready.shipment)
    manifest = packages.manifest_of(package)
    settled = settled_sections(manifest, packages.originals_of(manifest))
    assert drawn == [section.code for section in settled]
    assert {"conformity", "results", "certificate1", "verify"} <= set(drawn)
    assert len(drawn) == RenderedSection.objects.count()
    drawn.clear()
    first = packages.draw(package, cache=packages.KeptSections())
    assert sorted(drawn) == sorted(ONLY_A_RELEASE_KNOWS)
    # what was drawn ahead is what a release would have drawn
    assert packages.draw(package) == first


def test_what_changed_since_is_drawn_by_the_release(ready, drawn):
    draw_ahead()
    shipments.certify(
        by=ready.cast.quality,
        shipment=ready.shipment,
        token=reauth(ready.cast.quality),
        reason="A remark was missing.",
    )
    package = release(ready.cast, ready.shipment)
    drawn.clear()
    first = packages.draw(package, cache=packages.KeptSections())
    assert {"conformity", "verify", *ONLY_A_RELEASE_KNOWS} <= set(drawn)
    assert "results" not in drawn
    assert packages.draw(package) == first


def test_what_is_released_already_is_left_to_its_release(ready, drawn):
    package = release(ready.cast, ready.shipment)
    draw_ahead()
    assert Job.objects.get(kind=drawn_ahead.DRAW_AHEAD).state == Job.DONE
    assert drawn == []
    # withdrawn and certified again, the next revision is drawn ahead
    person = ready.cast.quality
    shipments.withdraw_release(by=person, shipment=package.shipment, reason="A remark was missing.")
    shipment = package.shipment
    shipment.refresh_from_db()
    shipments.certify(by=person, shipment=shipment, token=reauth(person), reason="A remark was missing.")
    draw_ahead()
    assert {"conformity", "results", "verify"} <= set(drawn)


def test_a_paper_that_cannot_be_drawn_is_left_to_the_release(ready, drawn):
    stored = StoredFile.objects.filter(certificates__coverages__traveler=ready.lot).first()
    default_storage.delete(stored.storage_name)
    draw_ahead()
    assert Job.objects.get(kind=drawn_ahead.DRAW_AHEAD).state == Job.DONE
    assert drawn == []
