"""What changed between two releases, told by their manifests."""

from datetime import timedelta

import pytest

from documents.domain.packages import manifest_of
from documents.domain.release_changes import Change, baseline_of, compare_with
from documents.models import ReleasePackage
from portal.domain.canonical import canonical_bytes, sha256_of
from tests.factories.documents import share

STAGE = "sealed"


def copy_of(package: ReleasePackage, *, revision: int, **changed) -> ReleasePackage:
    """Make a later release whose manifest differs in the keys given."""
    manifest = {**manifest_of(package), **changed}
    later = ReleasePackage.objects.get(pk=package.pk)
    later.pk, later.revision = None, revision
    later.number = f"{package.number[:-1]}{revision}"
    later.manifest_bytes = canonical_bytes(manifest)
    later.manifest_sha256 = sha256_of(later.manifest_bytes)
    later.frozen_at = package.frozen_at + timedelta(days=revision)
    later.save()
    return later


@pytest.fixture
def shown(ready) -> ReleasePackage:
    share(ready.cast, ready.shipment)
    return ready.shipment.packages.get()


def test_first_release_is_compared_with_nothing(ready, shown):
    assert baseline_of(shown, ready.cast.buyer) is None


def test_equal_manifests_differ_in_nothing(ready, shown):
    found = compare_with(copy_of(shown, revision=2), shown)
    assert (found.changes, len(found.unchanged)) == ((), 12)


def test_other_heat_is_named_before_and_now(ready, shown):
    lots = [{**lot, "heat": "7T4502"} for lot in manifest_of(shown)["lots"]]
    heat = manifest_of(shown)["lots"][0]["heat"]
    later = copy_of(shown, revision=2, lots=lots)
    found = compare_with(later, baseline_of(later, ready.cast.buyer))
    assert found.changes == (Change("Heat", heat, "7T4502"),)


def test_what_was_not_there_is_called_nothing(ready, shown):
    later = copy_of(shown, revision=2, gauges=[])
    (change,) = compare_with(later, shown).changes
    assert (change.what, change.now) == ("Gauges", "nothing")


def test_baseline_is_one_the_reader_may_see(ready, shown):
    later = copy_of(shown, revision=2)
    seen = {
        name: baseline_of(later, getattr(ready.cast, name)) for name in ("buyer", "quality", "stranger_buyer")
    }
    assert seen == {"buyer": shown, "quality": shown, "stranger_buyer": None}


def test_buyer_reads_what_changed_and_what_did_not(ready, shown, client):
    lots = [{**lot, "heat": "7T4502"} for lot in manifest_of(shown)["lots"]]
    later = copy_of(shown, revision=2, lots=lots)
    client.force_login(ready.cast.buyer)
    page = client.get(later.get_absolute_url()).content.decode()
    assert [
        words in page for words in ("Changed since revision 1", "7T4502", "Unchanged: part revision")
    ] == [
        True,
        True,
        True,
    ]
