"""Approvals the customer keeps: signed, with a reference, once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.domain.chain.check_fai import check
from documents.domain.chain.facts import read_facts
from inspection.domain.held_approvals import record_held_approval
from inspection.models import HeldApproval
from portal.domain.errors import Incomplete, NotEntitled
from portal.domain.files import take_in
from portal.domain.labels import make_standard_labels
from portal.models import Label, Person
from routes.domain.words import AlreadyThere, DatesDoNotFit, QuantityNotPossible
from routes.models import OrderLine, PartRevision
from tests.cast import PASSWORD, reauth
from tests.days import in_days
from tests.factories.routes import make_open_traveler, make_part_revision, today
from tests.routes.examples import PDF


def record(cast, part_revision, *, by=None, **facts) -> HeldApproval:
    by = by or cast.quality
    wanted = {"customer_reference": "ORR-FAI-77", "approved_on": today(), **facts}
    return record_held_approval(by=by, part_revision=part_revision, token=reauth(by), **wanted)


@pytest.mark.parametrize(
    ("who", "facts", "refusal", "words"),
    [
        ("inspector", {}, NotEntitled, "may not record approvals the customer holds"),
        ("quality", {"customer_reference": " "}, Incomplete, "Give the number under which Orrin Aerospace"),
        ("quality", {"approved_on": in_days(1)}, DatesDoNotFit, "a day to come"),
    ],
)
def test_held_approval_is_refused(cast, who, facts, refusal, words):
    part_revision = make_part_revision(cast)
    with pytest.raises(refusal, match=words):
        record(cast, part_revision, by=getattr(cast, who), **facts)
    assert record(cast, part_revision).signature.person == cast.quality


PPAP = {"kind": "aiag_ppap", "level": 3}
INTERIM = {"status": "interim", "quantity_limit": 5}


@pytest.mark.parametrize(
    ("facts", "refusal", "words"),
    [
        ({"kind": "other"}, Incomplete, "Say what was submitted"),
        ({"kind": "aiag_ppap"}, Incomplete, "Give the level of the AIAG PPAP"),
        ({"kind": "aiag_ppap", "level": 6}, Incomplete, "Give the level of the AIAG PPAP"),
        ({"kind": "as9145_ppap", "file": None}, Incomplete, "A PPAP is recorded with the file that shows it"),
        ({"status": "maybe"}, Incomplete, "Say what the customer decided"),
        ({"status": "interim"}, Incomplete, "An interim approval ends"),
        (
            {"status": "interim", "valid_to": in_days(-1)},
            DatesDoNotFit,
            "before it was given",
        ),
        ({"status": "interim", "quantity_limit": 0}, QuantityNotPossible, "at least 1 piece, not for 0"),
    ],
)
def test_ppap_and_interim_approval_are_refused_without_what_they_need(cast, facts, refusal, words):
    part_revision = make_part_revision(cast)
    file = take_in(content=PDF, name="warrant.pdf", by=cast.quality)
    with pytest.raises(refusal, match=words):
        record(cast, part_revision, **{"file": file, **facts})
    kept = record(cast, part_revision, file=file, **PPAP, **INTERIM)
    assert (kept.kind_words, kept.get_status_display(), kept.quantity_limit) == (
        "AIAG PPAP level 3",
        "Interim approval",
        5,
    )


def test_decisions_follow_one_another_and_only_an_interim_one_has_limits(cast):
    part_revision = make_part_revision(cast)
    file = take_in(content=PDF, name="warrant.pdf", by=cast.quality)
    for facts in ({"status": "rejected"}, INTERIM, {"status": "approved", "quantity_limit": 5}):
        record(cast, part_revision, file=file, kind="as9145_ppap", level=3, **facts)
    kept = HeldApproval.objects.order_by("pk").values_list("kind", "level", "status", "quantity_limit")
    assert list(kept) == [
        ("as9145_ppap", None, "rejected", None),
        ("as9145_ppap", None, "interim", 5),
        ("as9145_ppap", None, "approved", None),
    ]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, "accepted"),
        ({"status": "rejected"}, "rejected"),
        ({"status": "interim", "quantity_limit": 2}, "accepted"),
        ({"status": "interim", "quantity_limit": 1}, "stale"),
        ({"status": "interim", "valid_to": in_days(0)}, "accepted"),
    ],
)
def test_lot_ships_by_the_latest_decision_the_customer_holds(cast, facts, state):
    lot = make_open_traveler(cast, quantity=2)
    OrderLine.objects.filter(pk=lot.order_line_id).update(fai_regime=OrderLine.HELD_BY_CUSTOMER)
    record(cast, lot.route_revision.part_revision, **facts)
    assert [slot.state for slot in check(read_facts([lot.pk])[lot.number])] == [state]


def test_reference_is_recorded_once_a_revision(cast):
    part_revision = make_part_revision(cast)
    record(cast, part_revision)
    with pytest.raises(AlreadyThere, match="ORR-FAI-77 is recorded for .* already"):
        record(cast, part_revision)
    assert HeldApproval.objects.get().customer_reference == "ORR-FAI-77"


def test_page_keeps_the_letter_and_shows_it(cast, sign_in):
    part_revision = make_part_revision(cast)
    args = [part_revision.part.number, part_revision.revision]
    address, client = reverse("inspection:held-approval-record", args=args), sign_in(cast.quality)
    sent = {"customer_reference": "ORR-FAI-77", "approved_on": today().isoformat()}
    refused = client.post(address, {**sent, "password": "a guess"})
    assert (refused.status_code, HeldApproval.objects.count()) == (422, 0)
    letter = SimpleUploadedFile("letter.pdf", PDF)
    assert client.post(address, {**sent, "letter": letter, "password": PASSWORD})["Location"] == address
    [held] = client.get(address).context["held"]
    assert held["approval"].customer_reference == "ORR-FAI-77"
    assert b"".join(client.get(held["letter_url"])) == PDF
    assert client.get(reverse("inspection:held-approval-letter", args=[*args, 2])).status_code == 404


def test_the_letter_carries_the_label_of_its_part(cast, sign_in):
    make_standard_labels()
    part_revision = make_part_revision(cast)
    PartRevision.objects.filter(pk=part_revision.pk).update(label=Label.objects.get(code="ITAR"))
    args = [part_revision.part.number, part_revision.revision]
    sent = {
        "customer_reference": "ORR-FAI-77",
        "approved_on": today().isoformat(),
        "letter": SimpleUploadedFile("letter.pdf", PDF),
        "password": PASSWORD,
    }
    sign_in(cast.quality).post(reverse("inspection:held-approval-record", args=args), sent)
    letter, client = reverse("inspection:held-approval-letter", args=[*args, 1]), sign_in(cast.operator)
    assert client.get(letter).status_code == 403
    Person.objects.filter(pk=cast.operator.pk).update(is_export_eligible=True)
    assert b"".join(client.get(letter)) == PDF
