"""Certificates: who may bring, type, cover and decide; what the decision writes down; what it refuses."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from documents.domain import certificates, decisions
from documents.domain.certificate_contents import signed_content
from documents.domain.chain import check_lots
from documents.domain.duplicates import offered_before
from documents.models import Certificate
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.files import FileRefused
from portal.domain.signatures import is_intact
from routes.domain.lots import quantity_of, serials_of, split
from routes.domain.words import AuthorMayNotApprove
from subcontract.models import Receipt
from tests.cast import make_cast, reauth
from tests.factories.certificates import (
    accept,
    line_of,
    make_material_certificate,
    make_process_certificate,
    make_ready_lot,
    outside_step,
    pdf,
    seen_by_looking,
)
from tests.factories.elsewhere import make_brought_in_lot
from tests.factories.exports import make_registration
from tests.factories.inspection import make_lot
from tests.factories.routes import make_material, step_at, today
from tests.factories.subcontract import make_lot_to_send, make_outside_order, receive


def sentence(refusal) -> str:
    return refusal.value.sentence


def upload(cast, **facts):
    wanted = {"by": cast.inspector, "content": pdf(2), "name": "mill.pdf", "kind": "material"}
    return certificates.upload(**{**wanted, **facts})


# --- bringing in ---


def test_upload_keeps_all_pages_unless_told(cast):
    certificate = upload(cast)
    assert (certificate.state, certificate.page_from, certificate.page_to) == ("received", 1, 2)
    assert upload(cast, page_from=2, page_to=2).page_from == 2


def test_upload_of_pages_that_are_not_there_is_refused(cast):
    with pytest.raises(certificates.PagesNotThere) as refusal:
        upload(cast, page_from=2, page_to=3)
    assert sentence(refusal) == (
        "mill.pdf has 2 pages; a certificate on pages 2 to 3 is not in it. Correct the pages."
    )
    assert Certificate.objects.count() == 0


def test_upload_takes_papers_only(cast):
    with pytest.raises(FileRefused):
        upload(cast, content=b"a,b\n1,2\n", name="values.csv")


def test_vendor_brings_certificates_for_its_own_line(cast):
    lot = make_lot(cast, at=50)
    certificate = make_process_certificate(cast, lot=lot, at="received")
    coverage = certificate.coverages.get()
    assert certificate.issuer == cast.vendor_organization
    assert (coverage.traveler, coverage.step, coverage.quantity) == (lot, outside_step(lot), 5)


def test_what_was_split_off_before_the_line_left_is_not_on_its_certificate(cast):
    lot = make_lot_to_send(cast)
    stays = split(
        by=cast.quality, traveler=lot, quantity=1, reason="Goes next week.", serials=serials_of(lot)[-1:]
    )
    order = make_outside_order(cast, lot=lot, at="shipped")
    back = receive(cast, order, 3, serials=tuple(serials_of(lot)[:3])).traveler
    assert (stays.number, back.number) == (f"{lot.number}/1", f"{lot.number}/2")
    certificate = make_process_certificate(cast, lot=lot, at="received")
    covered = certificate.coverages.order_by("traveler__number").values_list("traveler__number", "quantity")
    assert list(covered) == [(lot.number, quantity_of(lot)), (back.number, 3)]


@pytest.mark.parametrize("has_line", [True, False])
def test_vendor_without_an_own_line_is_refused(cast, has_line):
    line = line_of(make_lot(cast, at=50)) if has_line else None
    with pytest.raises(certificates.NotYourOrder) as refusal:
        upload(cast, by=cast.stranger_vendor, kind="process", line=line)
    assert sentence(refusal) == (
        "Hank Oduya may bring certificates for orders of Galena Heat Treat only. Choose one."
    )


def test_buyer_brings_no_certificate(cast):
    with pytest.raises(NotEntitled):
        upload(cast, by=cast.buyer)


# --- typing ---


def test_typed_fields_bring_it_into_review(cast):
    certificate = upload(cast)
    entered = certificates.enter_fields(by=cast.inspector, certificate=certificate, identifier="7T4418")
    assert (entered.state, entered.identifier, entered.entered_by) == ("in_review", "7T4418", cast.inspector)


def test_vendor_types_its_own_only(cast):
    certificate = make_process_certificate(cast, at="received")
    assert certificates.enter_fields(by=cast.vendor, certificate=certificate, quantity=5).quantity == 5
    with pytest.raises(certificates.NotYourOrder):
        certificates.enter_fields(by=cast.stranger_vendor, certificate=certificate, quantity=5)


def test_reversed_process_days_are_refused(cast):
    with pytest.raises(Incomplete):
        certificates.enter_fields(
            by=cast.inspector,
            certificate=upload(cast),
            process_from=today(),
            process_to=today() - timedelta(days=1),
        )


def test_decided_certificate_is_frozen(cast):
    certificate = make_process_certificate(cast, at="accepted")
    with pytest.raises(NotTheMoment):
        certificates.enter_fields(by=cast.inspector, certificate=certificate, quantity=9)


# --- covering ---


def test_covering_more_than_it_states_is_refused(cast):
    certificate = upload(cast)
    certificate = certificates.enter_fields(by=cast.inspector, certificate=certificate, quantity=100)
    one, other = make_material(cast), make_material(cast)
    certificates.cover(by=cast.inspector, certificate=certificate, material_lot=one, quantity=60)
    with pytest.raises(certificates.OverAllocated) as refusal:
        certificates.cover(by=cast.inspector, certificate=certificate, material_lot=other, quantity=41)
    assert sentence(refusal) == (
        f"Certificate {certificate.number} is for 100 pieces and 60 are allocated; 41 more would be too many. "
        "Ask for a certificate for the rest."
    )
    certificates.cover(by=cast.inspector, certificate=certificate, material_lot=other, quantity=40)
    # saying it again replaces the quantity
    certificates.cover(by=cast.inspector, certificate=certificate, material_lot=other, quantity=30)
    assert list(certificate.coverages.order_by("pk").values_list("quantity", flat=True)) == [60, 30]


def test_kind_must_fit_what_it_covers(cast):
    lot = make_lot(cast, at=50)
    material, process = upload(cast), upload(cast, kind="process")
    with pytest.raises(certificates.WrongKindOfCertificate):
        certificates.cover(by=cast.inspector, certificate=process, material_lot=lot.material_lot, quantity=1)
    with pytest.raises(certificates.WrongKindOfCertificate):
        certificates.cover(by=cast.inspector, certificate=material, step=outside_step(lot), quantity=1)
    with pytest.raises(certificates.WrongKindOfCertificate):
        certificates.cover(by=cast.inspector, certificate=process, step=step_at(lot, 20), quantity=1)
    assert certificates.cover(by=cast.inspector, certificate=process, step=outside_step(lot), quantity=5)


@pytest.mark.parametrize("quantity", [0, -1])
def test_covering_no_piece_is_refused(cast, quantity):
    with pytest.raises(Incomplete):
        certificates.cover(
            by=cast.inspector,
            certificate=upload(cast),
            material_lot=make_material(cast),
            quantity=quantity,
        )


def test_vendor_does_not_say_what_its_certificate_covers(cast):
    certificate = make_process_certificate(cast, at="received")
    with pytest.raises(NotEntitled):
        certificates.cover(
            by=cast.vendor, certificate=certificate, step=certificate.coverages.get().step, quantity=1
        )


# --- comparing ---


def test_right_certificate_agrees_in_every_key(cast):
    certificate = make_process_certificate(cast)
    keys = certificates.compare(certificate)
    assert [key.key for key in keys if key.stops] == []
    # what was typed alone is no match: somebody looks at the page
    assert {key.verdict for key in keys if key.asks} == {"stated_only"}
    decided = accept(cast, certificate)
    assert [key.key for key in certificates.compare(decided) if key.asks] == []


def test_each_wrong_key_is_named(cast):
    certificate = make_process_certificate(cast, part_revision="Z", spec_class="2", quantity=4)
    wrong = {key.key: (key.on_paper, key.on_record) for key in certificates.compare(certificate) if key.stops}
    assert wrong == {"part revision": ("Z", "A"), "class": ("2", "1"), "quantity": ("4", "5")}


def test_typed_values_alone_agree_with_nothing(cast):
    certificate = certificates.enter_fields(
        by=cast.inspector, certificate=upload(cast), identifier="7T4418", quantity=50
    )
    assert [(key.key, key.verdict) for key in certificates.compare(certificate)] == [("covers", "not_found")]


def test_days_and_approval_are_compared(cast):
    certificate = make_process_certificate(cast, process_from=today() - timedelta(days=400))
    wrong = [key.key for key in certificates.compare(certificate) if key.stops]
    assert wrong == ["process dates", "approval that day"]


@pytest.mark.parametrize(
    ("first", "last", "stops"),
    [(0, 0, []), (-2, 0, ["approval that day"]), (-9, -4, []), (-9, 0, ["approval that day"])],
)
def test_work_outside_the_days_of_the_nadcap_certificate_is_named_before_anybody_decides(
    cast, first, last, stops
):
    """The registration the approval rests on lapsed four to two days before it was renewed."""
    certificate = make_process_certificate(
        cast, process_from=today() + timedelta(days=first), process_to=today() + timedelta(days=last)
    )
    for begins, ends in ((-300, -4), (-1, 300)):
        make_registration(
            cast,
            cast.vendor_organization,
            valid_from=today() + timedelta(days=begins),
            valid_to=today() + timedelta(days=ends),
        )
    keys = {key.key: key for key in certificates.compare(certificate) if key.key == "approval that day"}
    assert [name for name, key in keys.items() if key.stops] == stops
    told = "differs in registration (12345 held from" in keys["approval that day"].sentence
    assert told is bool(stops)


def test_comparison_never_says_accepted(cast):
    shown = " ".join(
        key.verdict + key.sentence for key in certificates.compare(make_process_certificate(cast))
    )
    assert "accept" not in shown.lower()


# --- deciding ---


def test_accepted_certificate_is_written_onto_the_return(cast):
    lot = make_lot(cast, at=50)
    certificate = make_process_certificate(cast, lot=lot, at="accepted", stated_number="BW-1")
    receipt = Receipt.objects.get(traveler=lot)
    assert (certificate.state, certificate.decision_signature.person) == ("accepted", cast.quality)
    assert (receipt.certificate_number, receipt.certificate_on, receipt.certificate_state) == (
        "BW-1",
        today(),
        "accepted",
    )


def test_accepted_certificate_is_written_onto_the_heat(cast):
    material = make_lot(cast, at=30).material_lot
    make_material_certificate(cast, material=material, at="accepted", stated_number="RM-1")
    material.refresh_from_db()
    assert (material.certificate_number, material.certificate_state) == ("RM-1", "accepted")


def test_ready_lot_is_stopped_by_nothing(cast):
    lot = make_ready_lot(cast)
    assert [slot.sentence for slot in check_lots([lot])[lot.number] if slot.stops] == []


def test_whoever_brought_or_typed_it_does_not_accept_it(cast):
    certificate = make_process_certificate(cast)
    certificates.enter_fields(by=cast.quality, certificate=certificate)
    with pytest.raises(AuthorMayNotApprove) as refusal:
        accept(cast, certificate)
    assert sentence(refusal) == (
        f"Maud Ferreira typed its fields: certificate {certificate.number} is accepted by another person. "
        "Ask a colleague of quality."
    )
    assert accept(cast, certificate, by=cast.second_quality).state == "accepted"


@pytest.mark.parametrize("who", ["inspector", "operator", "vendor", "buyer"])
def test_only_quality_decides(cast, who):
    certificate = make_process_certificate(cast)
    person = getattr(cast, who)
    with pytest.raises(NotEntitled):
        certificates.accept(by=person, certificate=certificate, token=reauth(person))


def test_mismatch_is_not_accepted(cast):
    certificate = make_process_certificate(cast, spec_revision="E")
    with pytest.raises(decisions.CertificateDoesNotMatch) as refusal:
        accept(cast, certificate)
    lot = certificate.coverages.get().traveler
    assert sentence(refusal) == (
        f"Certificate {certificate.number} cannot be accepted. Certificate {certificate.stated_number} "
        f"({certificate.number}) names specification revision E; lot {lot.number} has F. Reject it and ask for a "
        "corrected one, or correct what was typed."
    )
    certificate.refresh_from_db()
    assert (certificate.state, certificate.decision_signature) == ("in_review", None)


def test_unsigned_paper_is_not_accepted(cast):
    with pytest.raises(decisions.CertificateDoesNotMatch):
        accept(cast, make_process_certificate(cast, signed_name=""))


def test_untyped_certificate_is_not_accepted(cast):
    with pytest.raises(decisions.CertificateDoesNotMatch):
        accept(cast, make_process_certificate(cast, at="received"))


def test_certificate_of_pieces_still_away_is_not_accepted(cast):
    lot = make_lot_to_send(cast, quantity=5)
    make_outside_order(cast, lot=lot, at="shipped")
    certificate = make_process_certificate(cast, lot=lot)
    with pytest.raises(NotTheMoment) as refusal:
        accept(cast, certificate)
    assert sentence(refusal) == (
        f"The pieces of lot {lot.number} certificate {certificate.number} is for are not back yet. "
        "Receive them first, then accept it."
    )


def test_same_file_for_another_lot_is_a_question(cast):
    content = pdf(2)
    first = make_process_certificate(cast, content=content)
    lot = make_lot(cast, at=50)
    second = make_process_certificate(cast, lot=lot, content=content)
    assert [reuse.certificate for reuse in offered_before(second)] == [first]
    with pytest.raises(decisions.FileUsedElsewhere):
        accept(cast, second)
    assert (
        accept(cast, second, reason="One paper for both orders.").decision_reason
        == "One paper for both orders."
    )
    with pytest.raises(decisions.SamePageElsewhere):
        accept(cast, first, reason="One paper for both orders.")


def test_one_page_is_accepted_once_by_two_people_at_the_same_instant(committed_db):
    cast, content = make_cast(), pdf()
    first, second = (make_process_certificate(cast, lot=make_lot(cast, at=50), content=content) for _ in "12")
    came_of_it, seen = [], seen_by_looking(second)

    def accept_the_other():
        try:
            by, reason = cast.second_quality, "One paper for both."
            token = reauth(by)
            came_of_it.append(
                certificates.accept(by=by, certificate=second, token=token, reason=reason, seen=seen)
            )
        except decisions.SamePageElsewhere as refusal:
            came_of_it.append(refusal)
        finally:
            connection.close()

    other = threading.Thread(target=accept_the_other)
    with transaction.atomic():
        accept(cast, first, reason="One paper for both.")
        other.start()
        other.join(timeout=3)
    other.join(timeout=30)
    assert [type(each) for each in came_of_it] == [decisions.SamePageElsewhere]
    assert list(Certificate.objects.filter(state="accepted")) == [first]


def test_rejection_needs_a_reason_and_keeps_the_paper(cast):
    certificate = make_process_certificate(cast)
    with pytest.raises(Incomplete):
        certificates.reject(by=cast.quality, certificate=certificate, reason=" ", token=reauth(cast.quality))
    rejected = certificates.reject(
        by=cast.quality, certificate=certificate, reason="Wrong class.", token=reauth(cast.quality)
    )
    assert (rejected.state, rejected.decision_reason, rejected.file) == (
        "rejected",
        "Wrong class.",
        certificate.file,
    )


def test_corrected_certificate_replaces_the_rejected_one(cast):
    lot = make_lot(cast, at=50)
    certificate = make_process_certificate(cast, lot=lot)
    with pytest.raises(NotTheMoment):
        upload(cast, kind="process", replaces=certificate)
    rejected = certificates.reject(
        by=cast.quality, certificate=certificate, reason="Wrong class.", token=reauth(cast.quality)
    )
    corrected = upload(cast, kind="process", replaces=rejected)
    assert (corrected.replaces, corrected.coverages.get().traveler) == (certificate, lot)


def test_revoked_certificate_opens_the_link_again(cast):
    lot = make_ready_lot(cast)
    certificate = Certificate.objects.get(kind="process")
    certificates.revoke(
        by=cast.quality, certificate=certificate, reason="Vendor withdrew it.", token=reauth(cast.quality)
    )
    stops = [(slot.code, slot.state) for slot in check_lots([lot])[lot.number] if slot.stops]
    # what was accepted and is taken back is an edit somebody independent reviews
    assert stops == [("PROCESS", "stale"), ("TRAIL", "missing")]
    assert Receipt.objects.get(traveler=lot).certificate_state == "revoked"


def test_decision_is_signed_over_file_pages_and_coverage(cast):
    certificate = make_process_certificate(cast, at="accepted")
    signature = certificate.decision_signature
    content = signed_content(certificate, "")
    assert is_intact(signature, noun="certificate", number=certificate.number, content=content)
    content["quantity"] = 6
    assert not is_intact(signature, noun="certificate", number=certificate.number, content=content)


def test_work_done_elsewhere_is_proved_by_a_scan_and_not_by_a_certificate(cast):
    lot = make_brought_in_lot(cast)
    certificate = certificates.upload(by=cast.inspector, content=pdf(), name="old.pdf", kind="process")
    with pytest.raises(certificates.WrongKindOfCertificate, match="as a scan of what was recorded elsewhere"):
        certificates.cover(by=cast.inspector, certificate=certificate, step=step_at(lot, 40), quantity=5)
