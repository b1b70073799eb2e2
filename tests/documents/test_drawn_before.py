"""Pages of certificates: drawn in the background once they are accepted, and found by the release."""

import pytest

from documents.domain import drawn_before, packages
from documents.models import RenderedSection
from documents.package.foreign_pages import PagesWanted
from documents.tasks import draw_pages_of_certificate  # noqa: F401  registers the work
from portal import queue
from portal.domain.canonical import sha256_of
from portal.intake import child
from portal.models import Job
from tests.documents.test_packages import frozen  # noqa: F401  a fixture

DRAW = [drawn_before.DRAW]


def jobs():
    return Job.objects.filter(kind=drawn_before.DRAW)


def pages_in(manifest):
    return {PagesWanted.of(entry).key for entry in manifest["certificates"]}


def test_an_accepted_certificate_is_drawn_and_the_release_finds_it(frozen, monkeypatch):  # noqa: F811
    manifest = packages.manifest_of(frozen)
    cold = sha256_of(packages.draw(frozen))
    assert queue.work_off(DRAW) == len(pages_in(manifest)) > 0
    assert set(RenderedSection.objects.values_list("key", flat=True)) == pages_in(manifest)
    monkeypatch.setattr(child, "run", None)
    assert sha256_of(packages.draw(frozen, cache=packages.KeptSections())) == cold


def test_drawn_twice_it_is_drawn_once(frozen, monkeypatch):  # noqa: F811
    queue.work_off(DRAW)
    monkeypatch.setattr(child, "run", None)
    for job in jobs():
        drawn_before.draw_pages(drawn_before.Certificate.objects.get(number=job.arguments["certificate"]))
    assert RenderedSection.objects.count() == jobs().count()


@pytest.mark.parametrize("state", ["in_review", "revoked", "rejected"])
def test_what_is_not_accepted_is_not_drawn(frozen, state):  # noqa: F811
    certificate = drawn_before.Certificate.objects.first()
    certificate.state = state
    drawn_before.draw_pages(certificate)
    assert not RenderedSection.objects.exists()


def test_pages_nobody_can_show_stop_no_acceptance(frozen):  # noqa: F811
    certificate = drawn_before.Certificate.objects.filter(state="accepted").first()
    certificate.page_from = certificate.page_to = 99
    drawn_before.draw_pages(certificate)
    assert not RenderedSection.objects.exists()


def test_the_pages_carry_the_label_of_their_file(frozen):  # noqa: F811
    queue.work_off(DRAW)
    for certificate in drawn_before.Certificate.objects.filter(state="accepted"):
        wanted = PagesWanted(
            certificate.file.sha256, certificate.file.media_type, certificate.page_from, certificate.page_to
        )
        assert RenderedSection.objects.get(key=wanted.key).file.label == certificate.file.label
