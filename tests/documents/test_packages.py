"""Packages: drawn from the manifest alone, sealed once, shown, reviewed by the customer only."""

from __future__ import annotations

import io
import json

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from documents.domain import packages, release_steps
from documents.domain.drawn_before import name_of_whole
from documents.domain.pictures import page_picture
from documents.models import ReleasePackage, RenderedSection
from documents.package.fonts import GlyphMissing
from documents.package.renderer import paper_renderer
from portal import queue
from portal.domain.canonical import sha256_of
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.files import FileDamaged, read_bytes
from portal.models import Event, Job, Signature, StoredFile
from routes.domain import holds
from tests.cast import reauth
from tests.factories.documents import release, render, review, share


@pytest.fixture
def frozen(ready) -> ReleasePackage:
    return release(ready.cast, ready.shipment)


@pytest.fixture
def sealed(frozen) -> ReleasePackage:
    render()
    frozen.refresh_from_db()
    return frozen


@pytest.fixture
def shared(ready, sealed) -> ReleasePackage:
    return share(ready.cast, ready.shipment)


def test_rendering_seals_the_package_with_its_file_and_index(sealed):
    content = read_bytes(sealed.file)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        embedded = pdf.attachments["manifest.json"].get_file().read_bytes()
        assert embedded == bytes(sealed.manifest_bytes)
        assert len(pdf.pages) == sealed.page_count
    assert (sealed.state, sealed.job.state, sealed.file.original_name) == (
        "sealed",
        "done",
        f"{sealed.number}.pdf",
    )
    assert sealed.sections[0]["code"] == "conformity"
    assert [each["number"] for each in sealed.sections] == list(range(2, len(sealed.sections) + 2))


def test_seal_is_an_event_with_the_hashes(ready, sealed):
    told = Event.objects.get(noun="package", verb="seal", number=sealed.number)
    assert (told.lots, told.data["sha256"], told.data["manifest"]) == (
        [ready.lot.number], sealed.file.sha256, sealed.manifest_sha256
    )  # fmt: skip


def test_progress_is_said_section_by_section(frozen):
    said = []
    packages.draw(frozen, progress=lambda done, total, sentence: said.append((done, total)))
    total = said[-1][1]
    assert said == [(done, total) for done in range(total + 1)]


def test_asked_twice_it_is_drawn_once(sealed):
    again = queue.enqueue("render_package", unique_key="again", arguments={"package": sealed.number})
    files = StoredFile.objects.count()
    render()
    again.refresh_from_db()
    assert (again.state, StoredFile.objects.count()) == (Job.DONE, files)


def test_package_outdated_while_it_was_drawn_stays_outdated(frozen):
    content = release_steps.sealed_bytes(frozen, packages.draw(frozen))
    packages.outdate(by=None, package=frozen, reason="A certificate was revoked.")
    kept = packages.seal(package=frozen, content=content)
    assert (kept.state, kept.file) == (ReleasePackage.STALE, None)


def test_sections_are_drawn_once_and_found_again(frozen, monkeypatch):
    first = packages.draw(frozen, cache=packages.KeptSections())
    count = RenderedSection.objects.count()
    drawn = []
    render_html = paper_renderer().render
    monkeypatch.setattr(
        paper_renderer(), "render", lambda *args, **kw: drawn.append(1) or render_html(*args, **kw)
    )
    again = packages.draw(frozen, cache=packages.KeptSections())
    assert (sha256_of(again), RenderedSection.objects.count()) == (sha256_of(first), count)
    assert drawn == []
    whole = RenderedSection.objects.get(file__original_name=name_of_whole(frozen.manifest_sha256))
    whole.delete()
    assert sha256_of(packages.draw(frozen, cache=packages.KeptSections())) == sha256_of(first)
    assert len(drawn) <= 1  # the stamps of the pages; no section is set again


def test_damaged_kept_section_is_drawn_again(frozen):
    cache = packages.KeptSections()
    cache.put("a" * 64, b"section")
    kept = RenderedSection.objects.get(key="a" * 64)
    assert cache.get("a" * 64) == b"section"
    default_storage.delete(kept.file.storage_name)
    assert cache.get("a" * 64) is None


def test_missing_original_parks_the_job_with_its_sentence(frozen):
    entry = packages.manifest_of(frozen)["files"][0]
    stored = StoredFile.objects.get(sha256=entry["sha256"])
    default_storage.delete(stored.storage_name)
    render()
    job = Job.objects.get(pk=frozen.job_id)
    frozen.refresh_from_db()
    assert (job.state, frozen.state) == (Job.PARKED, ReleasePackage.FROZEN)
    assert (
        job.last_error == f"The file {stored.original_name} is not in the store. Restore it from the backup."
    )


def test_changed_manifest_is_refused(frozen):
    frozen.manifest_bytes = bytes(frozen.manifest_bytes).replace(b'"quantity":5', b'"quantity":6', 1)
    with pytest.raises(FileDamaged) as refusal:
        packages.manifest_of(frozen)
    assert refusal.value.sentence == (
        f"The manifest of {frozen.number} is not the one that was frozen. Restore the database from its backup."
    )


def test_share_before_it_is_drawn_is_refused(ready, frozen):
    with pytest.raises(NotTheMoment) as refusal:
        share(ready.cast, ready.shipment)
    assert refusal.value.sentence == (
        f"Package {frozen.number} is frozen, being rendered; to release it, it must be rendered. "
        "Reload the page to see how it stands now."
    )


def test_share_of_a_changed_chain_is_refused(ready, sealed):
    holds.place_hold(by=ready.cast.quality, traveler=ready.lot, reason="A fixture was found cracked.")
    with pytest.raises(packages.PackageIsStale) as refusal:
        share(ready.cast, ready.shipment)
    assert refusal.value.sentence == (
        f"Something in the chain of {ready.shipment.number} changed after it was released, so {sealed.number} no "
        "longer tells the truth. Withdraw the release, look at the chain, and release again."
    )


def test_buyer_sees_the_package_from_the_moment_it_is_shown(ready, sealed):
    def seen(person):
        return list(ReleasePackage.objects.for_viewer(person))

    assert seen(ready.cast.buyer) == []
    share(ready.cast, ready.shipment)
    assert (seen(ready.cast.buyer), seen(ready.cast.stranger_buyer), seen(ready.cast.vendor)) == (
        [sealed],
        [],
        [],
    )
    packages.outdate(by=ready.cast.quality, package=sealed, reason="A certificate was revoked.")
    assert [package.state for package in seen(ready.cast.buyer)] == [ReleasePackage.STALE]


def test_acceptance_is_signed_over_file_and_manifest(ready, shared):
    decided = review(ready.cast, shared, words="Good.")
    shared.refresh_from_db()
    assert (shared.state, decided.words, decided.signature.meaning) == (
        "accepted",
        "Good.",
        Signature.APPROVED,
    )
    signed = json.loads(bytes(decided.signature.canonical))
    assert signed["content"] == {
        "decision": "accepted", "words": "Good.", "file": shared.file.sha256, "manifest": shared.manifest_sha256
    }  # fmt: skip


def test_return_needs_words(ready, shared):
    with pytest.raises(Incomplete) as refusal:
        review(ready.cast, shared, decision="returned", words="  ")
    assert refusal.value.sentence == (
        f"Say why {shared.number} is returned; the shop reads it and releases the next revision."
    )
    decided = review(ready.cast, shared, decision="returned", words="Serial numbers are missing.")
    shared.refresh_from_db()
    assert (shared.state, decided.decision) == (ReleasePackage.RETURNED, "returned")


def test_second_decision_is_refused(ready, shared):
    review(ready.cast, shared)
    with pytest.raises(NotTheMoment):
        review(ready.cast, shared, decision="returned", words="On second thought.")


def test_unknown_decision_is_refused(ready, shared):
    with pytest.raises(Incomplete) as refusal:
        review(ready.cast, shared, decision="perhaps")
    assert refusal.value.sentence == f"Say whether {shared.number} is accepted or returned."


@pytest.mark.parametrize("who", ["quality", "stranger_buyer", "vendor"])
def test_only_the_customer_reviews(ready, shared, who):
    person = getattr(ready.cast, who)
    with pytest.raises(NotEntitled) as refusal:
        packages.review(by=person, package=shared, decision="accepted", token=reauth(person))
    assert refusal.value.sentence == (
        f"{person.printed_name} may not review {shared.number}; this is for its customer."
    )


def test_page_picture_is_drawn_once(sealed):
    first = page_picture(sealed.file, 1)
    count = StoredFile.objects.count()
    assert first.startswith(b"\x89PNG")
    assert (page_picture(sealed.file, 1), StoredFile.objects.count()) == (first, count)


def test_command_draws_the_same_bytes_again(sealed, capsys, tmp_path):
    out = tmp_path / "again.pdf"
    call_command("render_package", sealed.number, out=out)
    assert capsys.readouterr().out == (
        f"{sealed.number} is drawn again to the same bytes before its seal: sha256 {sha256_of(out.read_bytes())}.\n"
    )
    assert read_bytes(sealed.file).startswith(out.read_bytes())


def test_command_names_a_difference(frozen, sealed):
    other = StoredFile.objects.exclude(sha256=sealed.file.sha256).first()
    ReleasePackage.objects.filter(pk=sealed.pk).update(file=other)
    with pytest.raises(CommandError) as refusal:
        call_command("render_package", sealed.number)
    assert str(refusal.value) == (
        f"{sealed.number} is drawn to sha256 {sha256_of(packages.draw(sealed))}; the sealed file has {other.sha256}. "
        "The versions are the same, so templates or styles have changed."
    )


def test_command_knows_no_such_package(db):
    with pytest.raises(CommandError) as refusal:
        call_command("render_package", "P-000404-1")
    assert (
        str(refusal.value) == "There is no package P-000404-1. Name it with its revision, as in P-000012-1."
    )


def test_a_sign_no_font_can_draw_stops_the_release_before_anything_is_frozen(ready):
    part = ready.lot.order_line.part_revision.part
    named, part.name = part.name, "Bracket \u202e 𓀀"
    part.save()
    frozen = ReleasePackage.objects.count()
    with pytest.raises(GlyphMissing) as refusal:
        release(ready.cast, ready.shipment)
    assert refusal.value.sentence.startswith(
        f"The package of {ready.shipment.number} holds the character '𓀀' (U+13000, EGYPTIAN HIEROGLYPH A001)"
    )
    assert ReleasePackage.objects.count() == frozen
    part.name = named
    part.save()
    assert release(ready.cast, ready.shipment).state == ReleasePackage.FROZEN
