"""What a package proves beyond itself: how its log goes on, and the hour of its seal."""

from __future__ import annotations

import base64

import pytest
from django.db import transaction

from documents import verify_package
from documents.domain import packages, release_steps
from documents.domain.earlier_proofs import earlier_proofs, earlier_sizes
from documents.domain.seal_keys import NotSealed, fingerprint, seal_key
from documents.models import ReleasePackage
from documents.package.seal import seal_faults
from portal import queue
from portal.domain import event_log
from portal.domain.events import record_event
from portal.domain.files import read_bytes
from portal.models import Event, Job
from tests.factories.documents import release, render
from tests.factories.time_stamps import time_stamp_authority


@pytest.fixture
def frozen(ready) -> ReleasePackage:
    return release(ready.cast, ready.shipment)


def test_the_next_package_shows_how_the_log_goes_on_from_this_one(frozen, client):
    assert earlier_sizes(frozen) == []
    render()
    frozen.refresh_from_db()
    content, keys = read_bytes(frozen.archive), event_log.log_verifier_keys()
    size = release_steps.size_under(content)
    assert earlier_sizes(frozen) == [size]
    assert Event.objects.get(noun="package", verb="archive").data["checkpoint"] == size

    memory: dict = {}
    trusted = {"keys": keys, "certificates": [fingerprint(seal_key())]}
    assert verify_package.verify_zip(content, memory=memory, **trusted).codes == []
    [(origin, seen)] = memory.items()
    record_event(by=None, verb="prove", noun="proof", number="P-1")
    block = transaction.atomic()
    # the log is written in a transaction of its own; inside a test's this says that the test is the outermost
    block._from_testcase = True
    with block:
        later = event_log.sequence_now()
    shown = verify_package.open_earlier(earlier_proofs([size], later).encode(), later.size, later.root)
    assert [(str(old), base64.b64encode(root).decode()) for old, root in shown] == list(seen.items())
    given = client.get(f"/log/consistency/{size}/{later.size}/proof/")
    assert given["Content-Disposition"] == f'attachment; filename="log-from-{size}-to-{later.size}.txt"'
    read = verify_package.open_consistency(given.content, origin, verify_package.read_keys("\n".join(keys)))
    assert read == [*shown, (later.size, later.root)]
    for old, new in ((later.size, size), (size, later.size + 1), (0, size), (size, size)):
        assert client.get(f"/log/consistency/{old}/{new}/proof/").status_code == 404


def test_a_seal_for_another_package_or_manifest_is_not_kept(frozen):
    drawn = packages.draw(frozen)
    for other in ({"number": "P-000404-1"}, {"manifest_sha256": "0" * 64}):
        lent = ReleasePackage(**{"number": frozen.number, "manifest_sha256": frozen.manifest_sha256} | other)
        with pytest.raises(NotSealed, match="is sealed for .* or for another manifest of it"):
            packages.seal(package=frozen, content=release_steps.sealed_bytes(lent, drawn))
    frozen.refresh_from_db()
    assert (frozen.state, frozen.file) == (ReleasePackage.FROZEN, None)


def test_nothing_is_sealed_while_the_authority_is_down_and_all_of_it_when_it_is_back(
    frozen, settings, tmp_path
):
    settings.PORTAL_TSA_URL = "http://127.0.0.1:9/"
    render()
    frozen.refresh_from_db()
    job = Job.objects.get(pk=frozen.job_id)
    assert (frozen.state, frozen.file, Event.objects.filter(noun="package", verb="seal").exists()) == (
        ReleasePackage.FROZEN,
        None,
        False,
    )
    assert "gave no time stamp, so nothing was sealed." in job.last_error
    with time_stamp_authority(tmp_path) as authority:
        settings.PORTAL_TSA_URL = authority.address
        Job.objects.filter(pk=job.pk).update(state=Job.DONE)
        arguments = {"package": frozen.number}
        queue.enqueue(packages.RENDER, unique_key=f"again {frozen.number}", arguments=arguments)
        render()
    frozen.refresh_from_db()
    assert (frozen.state, frozen.archive is None) == (ReleasePackage.SEALED, False)
    assert seal_faults(read_bytes(frozen.file), is_stamped=True) == []
