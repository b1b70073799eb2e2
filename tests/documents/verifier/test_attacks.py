"""People who know the form, the programs and all but the keys: none of them makes a package hold that should not."""

from __future__ import annotations

import resource
import time

import pytest

from documents import verify_package as verifier
from documents.package.archive import write_zip
from tests.documents.verifier.attacks import attacks, overlapping
from tests.documents.verifier.small_log import NUMBER, SmallLog, event, small_package


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return small_package(tmp_path_factory.mktemp("package"))


def judged(package, content: bytes, **more) -> verifier.Report:
    return verifier.verify_zip(content, keys=[package.log.vkey], certificates=[package.fingerprint], **more)


def test_every_attack_is_refused_for_what_it_forges(tmp_path):
    wrong = []
    for attack in attacks(tmp_path / "attacks"):
        codes = judged(attack.trusted, attack.content, path=attack.path, wanted=attack.wanted).codes
        if tuple(codes) != attack.codes:
            wrong.append((attack.name, codes, attack.codes))
    assert wrong == []


def test_an_archive_of_overlapping_files_costs_neither_time_nor_memory():
    bomb = overlapping(60_000)
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert verifier.verify_zip(bomb).codes == ["archive"]
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert (grown < 100, time.process_time() - begun < 2) == (True, True)


def test_a_pdf_alone_is_never_said_to_be_the_package(package):
    # what stands in the place of the seal is covered by nothing but the log: here the name of an algorithm
    changed = package.pdf.replace(b"310F300D0609608648016503040201", b"310F300D0609608648016503040202", 1)
    assert changed != package.pdf
    proof = {"proof": package.sealed.text.encode(), "entry": package.sealed.entry, "keys": [package.log.vkey]}
    trusted = {"certificates": [package.fingerprint]}
    for content, codes in ((package.pdf, []), (changed, ["entry"])):
        alone = verifier.verify_pdf(content, **trusted)
        assert (alone.name, alone.codes) == (f"The seal of {NUMBER}", [])
        assert verifier.verify_pdf(content, **proof, **trusted).codes == codes
    assert verifier.verify_pdf(package.pdf, path="P-000007-2.pdf").codes == ["name"]


@pytest.mark.parametrize("missing", ["proof", "entry"])
def test_an_empty_proof_or_entry_is_no_proof(package, missing):
    given = {"proof": package.sealed.text.encode(), "entry": package.sealed.entry, "keys": [package.log.vkey]}
    assert verifier.verify_pdf(package.pdf, **given).codes == []
    assert verifier.verify_pdf(package.pdf, **given | {missing: b""}).is_accepted is False


def grown(package, folder, *, entries: int, earlier, log: SmallLog | None = None):
    """Return the next package of the same shop, its log so many entries longer."""
    log = log or SmallLog(entries=list(package.log.entries))
    for number in range(entries):
        log.add(event("place", f"T-9{number}", {}))
    return small_package(folder, key=package.key, log=log, number="P-000008-1", earlier=earlier)


def test_the_next_package_goes_on_from_the_one_that_was_seen(package, tmp_path):
    later = grown(package, tmp_path, entries=4, earlier=(7,))
    memory: dict = {}
    for each in (package, later, package):
        report = judged(package, each.zip, memory=memory)
        assert (report.codes, report.is_linked, report.notes) == ([], True, [])
    assert sorted(memory[package.log.origin], key=int) == ["2", "3", "7", "18"]


def test_a_rewritten_log_cannot_name_the_checkpoint_that_was_seen(package, tmp_path):
    fork = SmallLog(entries=[event("place", "T-0", {"pieces": 1}), *package.log.entries[1:]])
    memory: dict = {}
    judged(package, package.zip, memory=memory)
    named = grown(package, tmp_path, entries=1, earlier=(7,), log=fork)
    assert judged(package, named.zip).codes == []
    assert judged(package, named.zip, memory=memory).codes == ["rewritten"]
    assert memory == {package.log.origin: memory[package.log.origin]}


def test_a_log_that_leaves_out_what_was_seen_is_not_believed_to_go_on(package, tmp_path):
    memory: dict = {}
    judged(package, package.zip, memory=memory)
    kept = {origin: dict(seen) for origin, seen in memory.items()}
    silent = grown(package, tmp_path, entries=1, earlier=())
    report = judged(package, silent.zip, memory=memory)
    assert (report.codes, report.is_linked, memory) == ([], False, kept)
    assert "/log/consistency/7/15/proof/" in report.notes[0]
    # the shop's portal gives the proof between both, and the next look needs none
    proof = silent.log.consistency_text(7)
    assert judged(package, silent.zip, memory=memory, newer=proof).is_linked
    assert judged(package, silent.zip, memory=memory).is_linked


def test_an_older_package_is_linked_by_the_same_proof(package, tmp_path):
    later = grown(package, tmp_path, entries=1, earlier=())
    memory: dict = {}
    judged(package, later.zip, memory=memory)
    assert judged(package, package.zip, memory=memory).is_linked is False
    assert judged(package, package.zip, memory=memory, newer=later.log.consistency_text(7)).is_linked


def test_a_proof_cannot_put_another_root_over_one_that_was_seen(package, tmp_path):
    later = grown(package, tmp_path, entries=1, earlier=(7,))
    memory: dict = {}
    judged(package, package.zip, memory=memory)
    judged(package, later.zip, memory=memory)
    fork = SmallLog(entries=[*package.log.entries, *[event("place", "T-7", {})] * 8])
    report = judged(package, package.zip, memory=memory, newer=fork.consistency_text(7))
    assert report.codes == ["rewritten"]


def test_a_proof_of_another_log_links_nothing(package):
    memory = {package.log.origin: {"5": "A" * 43 + "="}}
    other = SmallLog(origin="lowell.example/events", entries=package.log.entries)
    report = verifier.verify_zip(
        package.zip, keys=[package.log.vkey, other.vkey], memory=memory, newer=other.consistency_text(5)
    )
    assert report.codes == ["proof"]


def test_what_a_stranger_shows_is_not_remembered(package, tmp_path):
    memory: dict = {}
    assert verifier.verify_zip(package.zip, memory=memory).codes == []
    assert memory == {}


def test_key_after_a_change_is_trusted_only_by_its_own_name(package):
    other = SmallLog(seed=b"\x09" * 32, entries=package.log.entries)
    members = verifier.read_archive(package.zip)
    both = members | {"proof/log.vkey": f"{package.log.vkey}\n{other.vkey}\n".encode()}
    assert judged(package, write_zip(both)).codes == ["key"]
    trusted = [package.log.vkey, other.vkey]
    assert verifier.verify_zip(write_zip(both), keys=trusted).codes == ["checkpoint"]
    assert verifier.verify_zip(package.zip, keys=trusted).codes == []
