"""Approvals the customer keeps: signed, with a reference, once."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from inspection.domain.held_approvals import record_held_approval
from inspection.models import HeldApproval
from portal.domain.errors import Incomplete, NotEntitled
from portal.domain.labels import make_standard_labels
from portal.models import Label, Person
from routes.domain.words import AlreadyThere, DatesDoNotFit
from routes.models import PartRevision
from tests.cast import PASSWORD, reauth
from tests.factories.routes import make_part_revision, today
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
        ("quality", {"approved_on": today() + timedelta(days=1)}, DatesDoNotFit, "a day to come"),
    ],
)
def test_held_approval_is_refused(cast, who, facts, refusal, words):
    part_revision = make_part_revision(cast)
    with pytest.raises(refusal, match=words):
        record(cast, part_revision, by=getattr(cast, who), **facts)
    assert record(cast, part_revision).signature.person == cast.quality


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
