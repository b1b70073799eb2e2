"""What a vendor sees on its own orders: what is owed, the verdict in plain words, a file or a photo to send."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.domain import waiting_photos
from documents.domain.certificates import NotYourOrder
from documents.domain.decisions import reject
from documents.domain.photo_papers import photos_of
from documents.models import Arrival, Certificate
from documents.views.vendor_words import certificates_of, owed_on
from portal.domain.errors import NotEntitled
from subcontract.models import OutsideOrder
from tests.cast import make_person, reauth
from tests.documents.test_link_pages import jpeg
from tests.factories.certificates import line_of, make_process_certificate, pdf
from tests.factories.inspection import make_lot

BRING_IN = "/certificates/bring-in/"


def paper(name: str = "bw.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf())


def shown(client, line) -> str:
    return " ".join(client.get(line.order.get_absolute_url()).content.decode().split())


def owed(line, person) -> list[tuple]:
    line.order.refresh_from_db()
    rows = owed_on(line.order, line, certificates_of([line], person)[line.pk])
    return [(row["state"], row.get("act", "")) for row in rows]


@pytest.fixture
def line(cast):
    return line_of(make_lot(cast, at=50))


def test_vendor_is_told_what_it_owes(cast, line):
    assert owed(line, cast.vendor) == [("done", ""), ("missing", "Send it")]


def test_what_is_owed_follows_the_certificate(cast):
    received = make_process_certificate(cast, at="received")
    line = line_of(received.coverages.get().traveler)
    assert owed(line, cast.vendor)[1] == ("received", "Say what it states")
    Certificate.objects.filter(pk=received.pk).update(state="in_review")
    assert owed(line, cast.vendor)[1] == ("in_review", "")


def test_another_vendors_certificate_is_not_counted(cast):
    line = line_of(make_process_certificate(cast).coverages.get().traveler)
    assert certificates_of([line], cast.stranger_vendor)[line.pk] == []


def test_late_certificate_says_so_on_the_list(cast, line, sign_in):
    due = timezone.localdate() - timedelta(days=3)
    OutsideOrder.objects.filter(pk=line.order_id).update(due_on=due, ordered_on=due)
    page = sign_in(cast.vendor).get("/outside-orders/").content.decode()
    assert ("3 days late" in page, cast.customer.name in page) == (True, False)


def test_mismatch_is_told_in_plain_words_with_what_to_do(cast, sign_in):
    certificate = make_process_certificate(cast, spec_revision="E")
    client = sign_in(cast.vendor)
    page = shown(client, line_of(certificate.coverages.get().traveler))
    expected = ("1 item does not fit the order.", "names specification revision E", "What to do")
    assert [words in page for words in expected] == [True, True, True]
    detail = client.get(certificate.get_absolute_url()).content.decode()
    assert ("1 item does not fit the order." in detail, "Accept" in detail) == (True, False)


def test_photo_is_taken_as_the_file(cast, line, sign_in):
    client = sign_in(cast.vendor)
    client.post(BRING_IN, {"photo": paper("IMG_1.pdf"), "line": line.pk, "page_from": 1})
    assert [each.file.original_name for each in Certificate.objects.all()] == ["IMG_1.pdf"]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ((), "Choose the file of the certificate, or take a photo of it."),
        (("file", "photo"), "Several files can only be photos of the pages of one certificate."),
    ],
)
def test_a_file_or_photos_are_sent(cast, line, sign_in, files, sentence):
    data = {"line": line.pk, "page_from": 1, **{name: paper() for name in files}}
    answer = sign_in(cast.vendor).post(BRING_IN, data)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0].startswith(sentence)
    assert Certificate.objects.count() == 0


def photos(*shades: int) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{shade}.jpg", jpeg(shade)) for shade in shades]


def test_three_photos_in_the_order_of_the_vendor_make_one_certificate(cast, line, sign_in):
    client = sign_in(cast.vendor)
    chosen = client.post(BRING_IN, {"photo": photos(10, 20, 30), "line": line.pk, "page_from": 1})
    arrival = Arrival.objects.get()
    assert (chosen.status_code, chosen.url) == (302, f"/certificates/photos/{arrival.number}/")
    assert (arrival.door, arrival.brought_by, Certificate.objects.count()) == ("page", cast.vendor, 0)
    page = client.get(chosen.url).content.decode()
    places = [page.index(f"{shade}.jpg") for shade in (10, 20, 30)]
    assert places == sorted(places)
    picture = client.get(f"{chosen.url}3/")
    assert (picture.headers["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert [client.get(f"{chosen.url}{at}/").status_code for at in (0, 4)] == [404, 404]
    client.post(chosen.url, {"act": "earlier-3"})
    client.post(chosen.url, {"act": "later-1"})
    sent = client.post(chosen.url, {"act": "send"})
    certificate = Certificate.objects.get()
    assert sent.url == f"/certificates/{certificate.number}/enter/"
    assert (certificate.uploaded_by, certificate.door, certificate.page_to) == (cast.vendor, "page", 3)
    originals = [each.original.original_name for each in photos_of(certificate)]
    assert originals == ["30.jpg", "10.jpg", "20.jpg"]
    # they were sent: the page that put them in order is gone
    assert client.post(chosen.url, {"act": "send"}).status_code == 404


def test_photos_are_their_senders_own_until_they_are_sent(cast, line, sign_in):
    sign_in(cast.vendor).post(BRING_IN, {"photo": photos(10, 20), "line": line.pk, "page_from": 1})
    arrival = Arrival.objects.get()
    colleague = make_person(
        printed_name="Ivo Lund", title="Clerk", organization=cast.vendor_organization, role="vendor"
    )
    url = f"/certificates/photos/{arrival.number}/"
    others = (colleague, cast.stranger_vendor, cast.buyer)
    assert [sign_in(each).get(url).status_code for each in others] == [404] * 3
    # the shop's clerk sees that they wait, and whose they are
    assert "An account" in sign_in(cast.operator).get(arrival.get_absolute_url()).content.decode()


def test_photos_of_a_corrected_certificate_replace_the_one_that_was_chosen(cast, sign_in):
    old = make_process_certificate(cast)
    reject(by=cast.quality, certificate=old, reason="Wrong class.", token=reauth(cast.quality))
    line = line_of(old.coverages.get().traveler)
    client = sign_in(cast.vendor)
    chosen = client.post(
        BRING_IN, {"photo": photos(10, 20), "line": line.pk, "page_from": 1, "replaces": old.pk}
    )
    assert chosen.url.endswith(f"/?replaces={old.number}")
    client.post(chosen.url, {"act": "remove-2"})
    client.post(chosen.url, {"act": "send"})
    assert Certificate.objects.get(replaces=old).page_to == 1


def test_photos_of_another_vendors_order_are_not_kept(cast, line):
    files = [("1.jpg", jpeg(10)), ("2.jpg", jpeg(20))]
    with pytest.raises(NotYourOrder):
        waiting_photos.keep_by_account(by=cast.stranger_vendor, line=line, files=files)
    with pytest.raises(NotEntitled):
        waiting_photos.keep_by_account(by=cast.buyer, line=line, files=files)
    assert Arrival.objects.count() == 0


def test_nobody_keeps_more_photos_waiting_than_anybody_sorts(cast, line, monkeypatch):
    monkeypatch.setattr(waiting_photos, "MOST_WAITING", 1)
    files = [("1.jpg", jpeg(10)), ("2.jpg", jpeg(20))]
    waiting_photos.keep_by_account(by=cast.vendor, line=line, files=files)
    with pytest.raises(waiting_photos.PhotosWait):
        waiting_photos.keep_by_account(by=cast.vendor, line=line, files=files)


def test_the_shops_photos_of_a_mill_certificate_become_one_in_the_order_chosen(cast, sign_in):
    data = {"file": photos(10, 20), "kind": "material", "page_from": 1}
    answer = sign_in(cast.inspector).post(BRING_IN, data)
    certificate = Certificate.objects.get()
    assert (answer.url, certificate.kind) == (certificate.get_absolute_url(), "material")
    assert [each.original.original_name for each in photos_of(certificate)] == ["10.jpg", "20.jpg"]


def test_corrected_certificate_replaces_the_rejected_one(cast, sign_in):
    from tests.cast import PASSWORD

    old = make_process_certificate(cast)
    sign_in(cast.quality).post(
        f"{old.get_absolute_url()}reject/", {"reason": "Wrong class.", "password": PASSWORD}
    )
    line = line_of(old.coverages.get().traveler)
    client = sign_in(cast.vendor)
    page = shown(client, line)
    assert ["Wrong class." in page, f'name="replaces" value="{old.pk}"' in page] == [True, True]
    asked = client.get(BRING_IN, {"replaces": old.number}).context["form"].initial
    assert (asked["replaces"], asked["line"]) == (old, line)
    client.post(BRING_IN, {"file": paper(), "line": line.pk, "page_from": 1, "replaces": old.pk})
    new = Certificate.objects.get(replaces=old)
    assert [each.step for each in new.coverages.all()] == [each.step for each in old.coverages.all()]


def test_certificate_that_does_not_fit_is_sent_again_for_the_same_order(cast, sign_in):
    old = make_process_certificate(cast, quantity=1)
    client = sign_in(cast.vendor)
    again = client.get(old.get_absolute_url()).context["advice"]["again_url"]
    initial = client.get(again).context["form"].initial
    assert (initial["line"], initial["replaces"]) == (line_of(old.coverages.get().traveler), None)


def test_only_a_rejected_certificate_of_ones_own_can_be_corrected(cast, line, sign_in):
    other = make_process_certificate(cast)
    client = sign_in(cast.vendor)
    data = {"file": paper(), "line": line.pk, "page_from": 1, "replaces": other.pk}
    assert client.post(BRING_IN, data).status_code == 422
    assert "replaces" not in client.get(BRING_IN, {"replaces": "C-999999"}).context["form"].initial
