"""The end of kept bytes: killed anywhere and taken up again, stopped by what came in between."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from documents.domain import disposals, erasing, legal_holds, pictures
from documents.domain.disposal_files import still_needed
from documents.domain.drawn_before import KeptSections
from documents.models import Certificate, Disposal, LegalHold, RenderedSection
from portal import queue
from portal.domain import store_check
from portal.domain.errors import NotTheMoment
from portal.domain.files import FileDisposed, erase_bytes, name_in_store, read_bytes, store_own_file
from portal.domain.store_check import check_store, look_after
from portal.models import DisposedFile, Job, Person, StoredFile, StoreFinding
from routes.models import Traveler
from tests.cast import make_cast, reauth
from tests.documents.crash_points import dies_at
from tests.factories.retention import make_disposal, make_old_shipment, place_hold, put_rule

db = pytest.mark.django_db


def left_behind() -> list[tuple[str, str]]:
    return [(each.kind, each.path) for each in check_store()]


@db
def test_bytes_disposed_of_and_still_there_are_named_until_the_job_has_erased_them(cast, monkeypatch):
    done = make_disposal(cast, at="disposed")
    gone = sorted(set(DisposedFile.objects.values_list("sha256", flat=True)))
    assert {each["sha256"] for each in done.erased} <= set(gone)
    assert left_behind() == [("not_gone", name_in_store(each)) for each in gone]
    # the daily look leaves the job its time
    for number in range(28):
        look_after(day=timezone.localdate() + timedelta(days=number))
    assert StoreFinding.objects.filter(kind="not_gone").count() == 0
    monkeypatch.setattr(store_check, "YOUNG", timedelta(0))
    for number in range(28):
        look_after(day=timezone.localdate() + timedelta(days=number))
    assert StoreFinding.objects.filter(kind="not_gone").count() == len(gone)
    assert (erasing.remaining(done), erasing.erase(number=done.number)) == (len(gone), len(gone))
    assert (erasing.remaining(done), left_behind()) == (0, [])
    # asked again it finds nothing to do
    assert erasing.erase(number=done.number) == len(gone)


@db
def test_a_hold_placed_before_the_bytes_are_gone_keeps_them_and_its_end_erases_them(cast):
    done = make_disposal(cast, at="disposed")
    late = place_hold(cast, customer=done.shipment.customer)
    with pytest.raises(erasing.HeldMeanwhile, match=f"Legal hold {late.number} was placed before the bytes"):
        erasing.erase(number=done.number)
    assert erasing.remaining(done) == DisposedFile.objects.count() > 0
    legal_holds.lift(by=cast.manager, hold=late, reason="Settled.", token=reauth(cast.manager))
    job = erasing.job_of(done)
    assert (job.unique_key, job.state) == (f"erase_files {done.number} after {late.number}", Job.WAITING)
    erasing.erase(number=done.number)
    assert erasing.remaining(done) == 0


@db
def test_bytes_taken_in_again_after_a_disposal_are_kept_and_missed_when_they_go(cast):
    done = make_disposal(cast, at="disposed")
    row = StoredFile.objects.filter(sha256=done.erased[0]["sha256"]).first()
    content = read_bytes(row)
    again = store_own_file(content=content, name="again.pdf", media_type="application/pdf")
    assert (erase_bytes(row.sha256), read_bytes(again)) == (False, content)
    default_storage.delete(again.storage_name)
    assert ("missing", again.storage_name) in left_behind()


@db
def test_a_write_that_was_cut_off_or_has_changed_is_written_anew():
    for wrong in (b"%PDF-1.7 a cert", b"%PDF-1.7 a certificate", b""):
        first = store_own_file(content=b"%PDF-1.7 a Certificate", name="a.pdf", media_type="application/pdf")
        default_storage.delete(first.storage_name)
        default_storage.save(first.storage_name, ContentFile(wrong))
        again = store_own_file(content=b"%PDF-1.7 a Certificate", name="b.pdf", media_type="application/pdf")
        assert read_bytes(again) == b"%PDF-1.7 a Certificate"
    assert left_behind() == []


@db
def test_pictures_and_sections_drawn_of_it_go_with_it(cast):
    proposed = make_disposal(cast, at="approved")
    package = proposed.shipment.packages.get()
    pictures.page_picture(package.file, 1)
    drawn = set(RenderedSection.objects.values_list("file__sha256", flat=True))
    done = disposals.carry_out(by=cast.quality, disposal=proposed, token=reauth(cast.quality))
    assert drawn and drawn <= set(DisposedFile.objects.values_list("sha256", flat=True))
    with pytest.raises(FileDisposed):
        pictures.page_picture(package.file, 1)
    erasing.erase(number=done.number)
    assert [each for each in drawn if default_storage.exists(name_in_store(each))] == []


@db
def test_a_package_kept_before_its_seal_goes_whenever_it_was_drawn(cast):
    proposed = make_disposal(cast, at="approved")
    package = proposed.shipment.packages.get()
    KeptSections().put("e" * 64, b"%PDF-1.7 with originals inside", of=package.manifest_sha256)
    kept = RenderedSection.objects.get(key="e" * 64)
    RenderedSection.objects.filter(pk=kept.pk).update(rendered_at=timezone.now() + timedelta(days=400))
    done = disposals.carry_out(by=cast.quality, disposal=proposed, token=reauth(cast.quality))
    erasing.erase(number=done.number)
    assert not default_storage.exists(name_in_store(kept.file.sha256))


@db
def test_a_rule_that_gives_more_days_since_the_approval_stops_it(cast):
    approved = make_disposal(cast, at="approved")
    put_rule(cast, customer=None, notice_days=30)
    with pytest.raises(NotTheMoment) as refused:
        disposals.carry_out(by=cast.quality, disposal=approved, token=reauth(cast.quality))
    assert refused.value.sentence == (
        f"Since disposal {approved.number} was approved a rule gives {cast.customer.name} 30 days after it is told; "
        "it was given 0. Drop it and propose it anew."
    )
    assert DisposedFile.objects.count() == 0


@db
def test_a_longer_rule_or_a_contract_without_an_end_signed_since_the_approval_stops_it(cast):
    approved = make_disposal(cast, at="approved")
    for facts in ({"years": 40}, {"starts": "contract_end"}):
        put_rule(cast, customer=None, **facts)
        with pytest.raises(disposals.StillKept):
            disposals.carry_out(by=cast.quality, disposal=approved, token=reauth(cast.quality))
    assert (DisposedFile.objects.count(), Disposal.objects.get().state) == (0, Disposal.APPROVED)


@db
def test_whoever_proposed_does_not_approve_as_a_manager_either(cast):
    proposed = make_disposal(cast)
    Person.objects.filter(pk=cast.quality.pk).update(role=Person.MANAGER)
    promoted = Person.objects.get(pk=cast.quality.pk)
    with pytest.raises(disposals.ProposerMayNotApprove):
        disposals.approve(by=promoted, disposal=proposed, token=reauth(promoted))


@db
def test_a_certificate_that_also_speaks_of_a_held_lot_is_left_though_that_lot_never_ships(cast):
    shipment = make_old_shipment(cast)
    lot = shipment.lines.get().traveler
    certificate = Certificate.objects.filter(coverages__traveler=lot).first()
    other = Traveler.objects.get(pk=lot.pk)
    other.pk, other.number, other.state = None, "T-909090", Traveler.CLOSED
    other.save()
    coverage = certificate.coverages.filter(traveler=lot).first()
    step = coverage.step
    step.pk, step.traveler, step.number = None, other, "T-909090-40-1"
    step.save()
    coverage.pk, coverage.traveler, coverage.step = None, other, step
    coverage.save()
    assert still_needed(certificate.file, shipment) == ""
    held = place_hold(cast, traveler=other)
    assert still_needed(certificate.file, shipment) == (
        f"certificate {certificate.number} of lot T-909090 under legal hold {held.number}"
    )


@db
def test_the_certificate_of_disposal_carries_the_label_and_is_kept_for_ever(cast):
    done = make_disposal(cast, at="disposed")
    assert still_needed(done.paper, done.shipment).startswith("disposal")


POINTS = ("disposal written down", "before bytes", "after bytes")


@pytest.mark.serial
def test_a_process_killed_at_any_step_leaves_nothing_half_disposed_of(committed_db):
    with transaction.atomic():
        cast = make_cast()
        approved = make_disposal(cast, at="approved")
    token = reauth(cast.quality)

    def carry_out():
        disposals.carry_out(by=cast.quality, disposal=approved, token=token)

    assert dies_at(POINTS[0], carry_out) == signal.SIGKILL
    assert (Disposal.objects.get().state, DisposedFile.objects.count()) == (Disposal.APPROVED, 0)
    assert read_bytes(approved.shipment.packages.get().file)[:5] == b"%PDF-"
    # the certificate that was drawn for nothing: the check of the store names it
    [drawn_in_vain] = left_behind()
    assert drawn_in_vain[0] == "stray"
    disposals.carry_out(by=cast.quality, disposal=approved, token=reauth(cast.quality))
    whole = erasing.remaining(approved)
    job = erasing.job_of(approved)
    for point, left in (("before bytes", whole), ("after bytes", whole - 1), ("after bytes", whole - 1)):
        assert (point, dies_at(point, lambda: queue.work_off([erasing.ERASE]))) == (point, signal.SIGKILL)
        assert erasing.remaining(approved) == left
        Job.objects.filter(pk=job.pk).update(lease_until=Now())
        queue.sweep()
        Job.objects.filter(pk=job.pk).update(deaths=0)
    assert queue.work_off([erasing.ERASE]) == 1
    assert (Job.objects.get(pk=job.pk).state, erasing.remaining(approved)) == (Job.DONE, 0)
    # one drawn in the same second is the very certificate that is kept
    assert left_behind() in ([drawn_in_vain], [])
    assert LegalHold.objects.count() == 0
