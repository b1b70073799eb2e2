"""The pages behind a link: the fewest acts, the lightest page, and nothing of anybody else."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from documents.domain import link_pages, photo_papers, upload_links
from documents.models import Arrival, Certificate, UploadLink
from documents.views.in_app_browsers import program_of
from portal.models import SignInAttempt
from tests.architecture.walks.test_strangers import ADDRESSES
from tests.factories.certificates import make_process_certificate, pdf
from tests.factories.subcontract import make_outside_order

MOST_BYTES = 200_000
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "


def text_pdf(*pages: str) -> bytes:
    """Return a PDF with one line of text on each page."""
    document = pikepdf.new()
    for words in pages:
        document.add_blank_page(page_size=(595, 842))
        page = document.pages[-1]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(f"BT /F1 12 Tf 50 700 Td ({words}) Tj ET".encode())
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def paper(content: bytes | None = None, name: str = "BW 1.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf())


@pytest.fixture
def cast(linked):
    return linked.cast


@pytest.fixture
def line(linked):
    return linked.line


@pytest.fixture
def made(linked):
    return linked.link, reverse("documents:link-send", args=[linked.token])


def words_of(answer) -> str:
    return " ".join(answer.content.decode().split())


# --- from link to verdict ---


def test_four_acts_lead_from_the_link_to_the_verdict(made, line):
    _link, url = made
    client = Client()
    opened = client.get(url)  # 1. open; 2. choose
    sent = client.post(url, {"line": line.pk, "file": paper()})  # 3. send
    verdict = client.get(sent.url)  # 4. read
    assert (opened.status_code, sent.status_code, verdict.status_code) == (200, 302, 200)
    certificate = Certificate.objects.get()
    assert sent.url == f"{url}certificates/{certificate.number}/"
    assert "Received. It is being read." in words_of(verdict)
    progress = client.get(f"{sent.url}progress/")
    assert f'hx-get="{sent.url}progress/"' in words_of(progress)
    Certificate.objects.update(uploaded_at=timezone.now() - timedelta(minutes=2))
    assert "hx-get" not in words_of(client.get(f"{sent.url}progress/"))
    named = client.post(f"{sent.url}sender/", {"name": "Jo Hale", "email": "jo@bw.example"})
    assert named.status_code == 302
    assert ("BW 1.pdf" in words_of(client.get(url)), "BW 1.pdf" in words_of(Client().get(url))) == (
        True,
        False,
    )
    # the same phone is known the next time
    client.post(url, {"line": line.pk, "file": paper()})
    assert list(Certificate.objects.values_list("sent_name", flat=True)) == ["Jo Hale", "Jo Hale"]


def test_the_page_shows_what_the_sender_needs_and_no_more(cast, made, line):
    other = make_process_certificate(cast)
    shown = words_of(Client().get(made[1]))
    needed = [line.order.number, cast.shop.name, line.traveler.number, "Specification with revision"]
    assert [each in shown for each in needed] == [True] * 4
    part = line.traveler.route_revision.part_revision.part.number
    hidden = [cast.customer.name, cast.vendor_organization.name, part, other.number, "/certificates/C-"]
    assert [each in shown for each in hidden] == [False] * 5


def test_the_first_view_is_light(made):
    client = Client()
    answer = client.get(made[1])
    linked = re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.content.decode())
    size = len(answer.content) + sum(
        len(b"".join(client.get(each).streaming_content)) for each in set(linked)
    )
    assert (len(linked), size < MOST_BYTES) == (4, True), size


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose the file of the certificate, or take a photo of it."),
        ({"file": b"no pdf at all"}, "The file is named like a PDF, but its content is plain text."),
        ({"many": True}, "Several files can only be photos of the pages of one certificate."),
    ],
)
def test_what_cannot_be_taken_is_said_on_the_same_page(made, line, data, sentence):
    sent = {"line": line.pk}
    if "file" in data:
        sent["file"] = paper(data["file"])
    if "many" in data:
        sent["file"] = [paper(), paper()]
    answer = Client().post(made[1], sent)
    assert (answer.status_code, sentence in words_of(answer), Certificate.objects.count()) == (422, True, 0)


# --- what the link does not open ---


def test_wrong_revoked_and_late_links_answer_alike(cast, made):
    link, url = made
    client = Client()
    wrong = client.get(reverse("documents:link-send", args=["A" * 22]))
    upload_links.revoke_link(by=cast.operator, link=link, reason="Lost.")
    revoked = [client.get(url), client.post(url, {"file": paper()}), client.get(f"{url}paper/")]
    assert [each.status_code for each in [wrong, *revoked]] == [410] * 4
    # the form that changes the language names the address it is on
    read = [html.fromstring(each.content).text_content() for each in [wrong, *revoked]]
    assert len(set(read)) == 1
    assert Certificate.objects.count() == 0


def test_an_old_link_asks_for_the_paper_first(made, line):
    link, url = made
    UploadLink.objects.update(made_at=timezone.now() - timedelta(days=15))
    client = Client()
    assert client.get(url).url == f"{url}paper/"
    assert client.post(url, {"line": line.pk, "file": paper()}).url == f"{url}paper/"
    asked = client.get(f"{url}paper/")
    assert (asked.status_code, link.order.number in words_of(asked)) == (200, False)
    wrong = client.post(f"{url}paper/", {"number": link.order.number, "quantity": 4})
    assert (wrong.status_code, "This is not what our order says." in words_of(wrong)) == (422, True)
    right = client.post(f"{url}paper/", {"number": link.order.number, "quantity": line.quantity})
    assert (right.url, client.get(url).status_code) == (url, 200)
    # another browser has shown nothing
    assert Client().get(url).status_code == 302


def test_the_secret_opens_nothing_but_its_own_pages(cast, made, line):
    """More than five hundred tries with a good secret against everything else there is."""
    link, url = made
    token, secrets = url.split("/")[2], [cast.customer.name, "BW 20931.pdf"]
    other = make_process_certificate(cast, lot=line.traveler)
    client, opened, tries = Client(headers={"Authorization": f"Bearer {token}"}), [], 0
    client.post(url, {"line": line.pk, "file": paper(name="mine.pdf")})
    mine = link.certificates.get()
    for address in ADDRESSES:
        # its own pages, and the address programs send certificates to by it
        if address.name.startswith(("documents:link-", "documents-api:link-")) or "token" in address.keywords:
            continue
        for value in (token, other.number, mine.number, line.order.number):
            try:
                path = reverse(address.name, kwargs=_keywords(address, value))
            except Exception:
                continue
            for answer in (client.get(path), client.post(path)):
                tries += 1
                is_shut = answer.status_code in (302, 401, 403, 404, 405) or address.scope == "public"
                if not is_shut or any(secret in answer.content.decode("latin-1") for secret in secrets):
                    opened.append(f"{path} {answer.status_code}")
            if not address.keywords:
                break
    for number in [other.number, *(f"C-{at:06d}" for at in range(200))]:
        for way in ("", "progress/", "sender/", "also/1/"):
            tries += 1
            if number != mine.number and client.get(f"{url}certificates/{number}/{way}").status_code != 404:
                opened.append(f"{number} {way}")
    assert (opened, tries > 1000) == ([], True)
    assert (Certificate.objects.count(), SignInAttempt.objects.count()) == (2, 0)


def _keywords(address, value):
    return {
        name: 1 if name in ("page", "place", "position", "line_number") else value
        for name in address.keywords
    }


# --- one file, several orders ---


def test_pages_that_name_another_order_are_offered_and_sent(cast, made, line):
    link, url = made
    second = make_outside_order(cast, at="shipped")
    unnamed = make_outside_order(cast, at="shipped")
    content = text_pdf(line.order.number, "continued", second.number)
    client = Client()
    sent = client.post(url, {"line": line.pk, "file": paper(content)})
    first = Certificate.objects.get()
    assert (first.page_from, first.page_to) == (1, 2)
    shown = words_of(client.get(sent.url))
    assert (second.number in shown, unnamed.number in shown) == (True, False)
    also = client.post(f"{sent.url}also/1/")
    made_too = Certificate.objects.latest("pk")
    assert also.url == f"{url}certificates/{made_too.number}/"
    assert (made_too.page_from, made_too.page_to, made_too.link) == (3, 3, link)
    assert made_too.coverages.get().traveler == second.lines.get().traveler
    assert made_too.file == first.file
    assert (link_pages.offers_of(link, first), Arrival.objects.get().state) == ([], "placed")
    again = client.post(f"{sent.url}also/1/")
    assert (again.status_code, Certificate.objects.count()) == (409, 2)


def test_another_vendors_order_is_never_offered(cast, made, line):
    other = make_outside_order(cast, at="shipped")
    type(other).objects.filter(pk=other.pk).update(site=cast.stranger_vendor_organization.sites.get())
    client = Client()
    content = text_pdf(line.order.number, other.number)
    shown = words_of(client.get(client.post(made[1], {"line": line.pk, "file": paper(content)}).url))
    assert (other.number in shown, Arrival.objects.count()) == (False, 0)


# --- browsers inside other programs ---


@pytest.mark.parametrize(
    ("agent", "program"),
    [
        (IPHONE + "Mobile/15E148 MicroMessenger/8.0.50(0x18003237) NetType/WIFI Language/zh_CN", "WeChat"),
        (IPHONE + "Mobile/22B83 Instagram 357.1.0.22.82 (iPhone14,5; iOS 18_1)", "Instagram"),
        (IPHONE + "Mobile/22B83 [FBAN/FBIOS;FBAV/489.0.0.50.78;FBBV/657]", "Facebook"),
        (IPHONE + "Mobile/15E148 [LinkedInApp]/9.30.1435", "LinkedIn"),
        (IPHONE + "Mobile/15E148 Safari Line/14.17.0", "LINE"),
        (IPHONE + "Version/18.1 Mobile/15E148 Safari/604.1", ""),
        (
            "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36",
            "",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0 Offline", ""),
        ("", ""),
    ],
)
def test_inner_browsers_are_known_by_their_words(agent, program):
    assert program_of(agent) == program


def test_an_inner_browser_is_told_what_to_do(made):
    shown = words_of(Client(headers={"User-Agent": IPHONE + "MicroMessenger/8.0.50"}).get(made[1]))
    assert ("This page is open inside WeChat" in shown, made[1] in shown) == (True, True)


# --- the paper ---


def test_the_shop_makes_prints_and_revokes_a_link(cast, line, sign_in):
    client = sign_in(cast.operator)
    home = f"/outside-orders/{line.order.number}/"
    page = words_of(client.post(f"{home}links/make/"))
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    printed = client.post(f"{home}paper/", {"token": token})
    assert (printed.headers["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert f"/send/{token}/" in text_of(printed.content)
    assert client.post(f"{home}paper/", {"token": "A" * 22}).status_code == 404
    assert "not used yet" in words_of(client.get(home)).lower()
    revoked = client.post(f"{home}links/1/revoke/", {"reason": "Lost on the way."})
    assert (revoked.status_code, "Lost on the way." in words_of(client.get(home))) == (302, True)


def test_the_paper_says_what_is_ordered_and_hides_the_customer(cast, line, sign_in):
    url = f"/outside-orders/{line.order.number}/paper/"
    told = [line.order.number, line.traveler.number, "MIL-PRF-8625", "Ship to", "Mask the bore."]
    shown = text_of(sign_in(cast.vendor).get(url).content)
    assert [each in shown for each in [*told, cast.customer.name, "/send/"]] == [True] * 5 + [False] * 2
    cast.customer.is_shown_to_vendors = True
    cast.customer.save()
    assert cast.customer.name in text_of(sign_in(cast.operator).get(url).content)


def text_of(content: bytes) -> str:
    from portal.intake.look import look_at

    return " ".join(" ".join(look_at(content, name="paper.pdf").page_texts).split())


# --- photos ---


def jpeg(shade: int) -> bytes:
    from PIL import Image

    kept = io.BytesIO()
    Image.new("RGB", (300, 400), (shade, shade, shade)).save(kept, "JPEG")
    return kept.getvalue()


def test_three_photos_in_the_order_of_the_sender_make_one_certificate(made, line):
    link, url = made
    client = Client()
    photos = [paper(jpeg(shade), f"{shade}.jpg") for shade in (10, 20, 30)]
    chosen = client.post(url, {"line": line.pk, "photo": photos})
    assert (chosen.status_code, Certificate.objects.count()) == (302, 0)
    shown = words_of(client.get(chosen.url))
    assert [shown.index(f"{shade}.jpg") for shade in (10, 20, 30)] == sorted(
        shown.index(f"{shade}.jpg") for shade in (10, 20, 30)
    )
    picture = client.get(f"{chosen.url}3/")
    assert (picture.headers["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    assert client.get(f"{chosen.url}4/").status_code == 404
    client.post(chosen.url, {"act": "earlier-3"})
    client.post(chosen.url, {"act": "later-1"})
    sent = client.post(chosen.url, {"act": "send"})
    certificate = Certificate.objects.get()
    assert sent.url == f"{url}certificates/{certificate.number}/"
    assert (certificate.link, certificate.page_from, certificate.page_to) == (link, 1, 3)
    originals = [each.original.original_name for each in photo_papers.photos_of(certificate)]
    assert originals == ["30.jpg", "10.jpg", "20.jpg"]
    # they were sent: the page that put them in order is gone
    assert client.post(chosen.url, {"act": "send"}).status_code == 404


def test_a_photo_left_out_or_unreadable_becomes_no_page(made, line):
    _link, url = made
    client = Client()
    photos = [paper(jpeg(10), "10.jpg"), paper(b"no picture", "bad.jpg"), paper(jpeg(30), "30.jpg")]
    chosen = client.post(url, {"line": line.pk, "file": photos})
    assert "content is plain text" in words_of(client.get(chosen.url))
    client.post(chosen.url, {"act": "remove-1"})
    client.post(chosen.url, {"act": "send"})
    certificate = Certificate.objects.get()
    assert [each.original.original_name for each in photo_papers.photos_of(certificate)] == ["30.jpg"]
