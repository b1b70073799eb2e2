"""The way of a package to its archive: each step once, whatever ends the process between two of them."""

from __future__ import annotations

import io
import zipfile

import pytest

from documents import verify_package
from documents.domain import packages, release_steps
from documents.domain.seal_keys import NotSealed, SealKeyMissing, fingerprint, make_seal_key, seal_key
from documents.models import ReleasePackage
from portal.domain import event_log
from portal.domain.errors import NotTheMoment
from portal.domain.files import read_bytes
from portal.models import Event, LogEntry, StoredFile
from tests.factories.documents import dispatch, release, render, share


@pytest.fixture
def frozen(ready) -> ReleasePackage:
    return release(ready.cast, ready.shipment)


@pytest.fixture
def proven(frozen) -> ReleasePackage:
    render()
    frozen.refresh_from_db()
    return frozen


def test_archive_holds_for_who_trusts_the_keys_of_the_shop(proven):
    content = read_bytes(proven.archive)
    trusted = {"keys": event_log.log_verifier_keys(), "certificates": [fingerprint(seal_key())]}
    report = verify_package.verify_zip(content, **trusted)
    assert (report.codes, report.notes, len(report.holds)) == ([], [], 5)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read(f"{proven.number}.pdf") == read_bytes(proven.file)
        assert archive.read("manifest.json") == bytes(proven.manifest_bytes)
        assert archive.testzip() is None
    assert proven.archive.original_name == f"{proven.number}.zip"


def test_manifest_is_logged_before_the_seal_and_the_seal_before_the_archive(proven):
    told = Event.objects.filter(noun="package", number=proven.number, verb__in=["freeze", "seal", "archive"])
    assert [(event.verb, event.data.get("manifest")) for event in told] == [
        ("freeze", proven.manifest_sha256),
        ("seal", proven.manifest_sha256),
        ("archive", None),
    ]
    frozen, sealed, archived = told
    assert (sealed.data["sha256"], archived.data["archive"]) == (proven.file.sha256, proven.archive.sha256)
    places = [LogEntry.objects.get(event=event).index for event in (frozen, sealed)]
    assert places == sorted(places)


def test_goods_and_buyer_wait_for_the_archive(ready, proven):
    ReleasePackage.objects.filter(pk=proven.pk).update(archive=None)
    for act in (dispatch, share):
        with pytest.raises(NotTheMoment) as refusal:
            act(ready.cast, ready.shipment)
        assert refusal.value.sentence == (
            f"{proven.number} is sealed, and its archive with the proofs is not kept yet. Wait until it is; the page "
            "of the package shows how far it is."
        )
    ReleasePackage.objects.filter(pk=proven.pk).update(archive=proven.archive)
    assert share(ready.cast, ready.shipment).state == "released"
    assert dispatch(ready.cast, ready.shipment).state == "dispatched"


def test_a_file_without_a_seal_is_not_kept_as_the_package(frozen):
    with pytest.raises(NotSealed) as refusal:
        packages.seal(package=frozen, content=packages.draw(frozen))
    assert refusal.value.sentence == (
        f"The file of package {frozen.number} is not sealed: The PDF carries no seal as packages have it."
    )
    frozen.refresh_from_db()
    assert frozen.state == ReleasePackage.FROZEN


def test_an_archive_that_does_not_verify_is_not_kept(proven):
    event = Event.objects.get(noun="package", number=proven.number, verb="freeze")
    other = StoredFile.objects.exclude(pk=proven.file_id).filter(media_type="application/pdf").first()
    proven.file = other
    with pytest.raises((NotSealed, release_steps.ArchiveDoesNotHold)):
        release_steps.build_archive(proven)
    assert event.data["manifest"] == proven.manifest_sha256


def test_without_a_key_of_its_own_nothing_is_sealed_in_production(frozen, settings, tmp_path):
    settings.PORTAL_SEAL_MAKES_ITS_KEY = False
    settings.PORTAL_SEAL_FILE = tmp_path / "seal.pem"
    with pytest.raises(SealKeyMissing) as refusal:
        release_steps.sealed_bytes(frozen, b"")
    assert refusal.value.sentence == (
        f"There is no key to seal packages with at {settings.PORTAL_SEAL_FILE}. Put a PEM file with key and "
        "certificate there, or name one in PORTAL_SEAL_FILE; manage.py make_seal_key makes one."
    )
    path, told = make_seal_key("Kestrel Ridge")
    assert (path.stat().st_mode & 0o777, told) == (0o600, fingerprint(seal_key()))
    with pytest.raises(NotTheMoment):
        make_seal_key("Kestrel Ridge")
