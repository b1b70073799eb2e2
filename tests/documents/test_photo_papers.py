"""Photographs joined into one paper: order, orientation, formats, and what is refused."""

import base64
import io
import zlib

import pypdfium2
import pytest
from PIL import Image

from documents.domain import certificates
from documents.domain.photo_papers import keep_and_join, photos_of
from documents.models import JoinedPhoto
from portal.domain.errors import Incomplete, NotEntitled
from portal.domain.files import FileRefused, read_bytes
from portal.intake.look import look_at
from portal.intake.media import media_type_of
from portal.models import StoredFile

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 30), (30, 30, 200)
# 64 by 48 pixels, the left half red and the right half blue, coded with HEVC
HEIC = zlib.decompress(
    base64.b64decode(
        "eNpjYGCQSSupLMhIzUxmAILczDRDEDs3MzGNgYFxbW5qSSIDBChmpOQUQdkMBZnJJQxogK8gsyQXzGICYoHMlESIEgcGAyBpkZmT"
        "n8wIZLg4AOUZIVoYL8JYDCoIUTjNAdaXmZcGN1UUyEllAqkAqskoSzZkQBIEK0kvykwBMW9kFhQVAOltmQXJ+UC6DKjamZG5AO5c"
        "uQ8Mf/7++MHAwM+sADRNwoGRh/H/f5ACZoYJIAKI5HYxOSgCJbWcGBnRZBYoNLJOe/Vk2c4dAgIGCiAhMKGoBFTO5sJ4sPhAJ9AS"
        "kcziglSohQ5QjC4GCh2BgsyKTJAAMwcHyNdSmQW5sIAHhgtTIxMDExNzC1imKDUNFuIpmbnp4HADhZhOLiTEFTQY10s2vPdcuv//"
        "/cfyX7+t/7HsRPz/zX3lF6Pl331nzs0HAGwuW40="
    )
)


def photo(kind="JPEG", colour=RED, size=(120, 80), **options) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, kind, **options)
    return target.getvalue()


def held_sideways() -> bytes:
    """A picture 120 wide whose camera was held upright, and where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "CAMERA OF HELEN"
    return photo(exif=exif)


def pages(content: bytes) -> list[tuple]:
    """Return for each page whether it stands upright, and its colour left and right."""
    seen = []
    document = pypdfium2.PdfDocument(content)
    for page in document:
        picture = page.render(scale=0.2).to_pil().convert("RGB")
        middle = picture.height // 2
        ends = (picture.getpixel((5, middle)), picture.getpixel((picture.width - 5, middle)))
        seen.append((picture.height > picture.width, *(nearest(each) for each in ends)))
    document.close()
    return seen


def nearest(seen) -> str:
    named = {"red": RED, "green": GREEN, "blue": BLUE, "white": (255, 255, 255)}
    return min(named, key=lambda name: sum(abs(a - b) for a, b in zip(seen, named[name], strict=True)))


def test_pictures_become_pages_in_the_order_given(cast):
    files = [
        (photo("PNG", BLUE), "b.png"),
        (photo("JPEG", RED), "a.jpg"),
        (photo("TIFF", GREEN, save_all=True, append_images=[Image.new("RGB", (80, 120), RED)]), "c.tif"),
    ]
    paper = keep_and_join(by=cast.inspector, files=files)
    assert pages(read_bytes(paper)) == [
        (False, "blue", "blue"),
        (False, "red", "red"),
        (False, "green", "green"),
        (True, "red", "red"),
    ]
    rows = JoinedPhoto.objects.filter(paper=paper).order_by("position")
    assert [(row.original.original_name, row.page_from, row.page_to) for row in rows] == [
        ("b.png", 1, 1),
        ("a.jpg", 2, 2),
        ("c.tif", 3, 4),
    ]
    assert [read_bytes(row.original) for row in rows] == [content for content, _ in files]
    assert (paper.original_name, paper.media_type) == ("b.pdf", "application/pdf")


def test_the_same_pictures_give_the_same_bytes_and_another_order_others(cast):
    one, two = (photo(colour=RED), "1.jpg"), (photo(colour=BLUE), "2.jpg")
    first, again, turned = (
        keep_and_join(by=cast.inspector, files=files) for files in ([one, two], [one, two], [two, one])
    )
    assert first.sha256 == again.sha256
    assert turned.sha256 != first.sha256


def test_a_picture_is_turned_as_the_camera_was_held_and_loses_its_place(cast):
    original = held_sideways()
    paper = keep_and_join(by=cast.inspector, files=[(original, "IMG_1.jpg")])
    assert pages(read_bytes(paper)) == [(True, "red", "red")]
    assert b"CAMERA OF HELEN" in original
    assert b"CAMERA OF HELEN" not in read_bytes(paper)


def test_heic_of_a_telephone_is_read(cast):
    assert media_type_of(HEIC) == "image/heic"
    look = look_at(HEIC, "IMG_0001.HEIC")
    assert (look.is_readable, look.page_count, look.page_sizes) == (True, 1, ((64.0, 48.0),))
    paper = keep_and_join(by=cast.inspector, files=[(HEIC, "IMG_0001.HEIC")])
    assert pages(read_bytes(paper)) == [(False, "red", "blue")]


def test_a_certificate_names_the_photographs_it_was_made_of(cast):
    files = [(photo(colour=RED), "1.jpg"), (photo(colour=BLUE), "2.jpg"), (HEIC, "3.heic")]
    paper = keep_and_join(by=cast.inspector, files=files)
    brought = certificates.upload(
        by=cast.inspector, content=read_bytes(paper), name=paper.original_name, kind="material"
    )
    assert (brought.page_from, brought.page_to) == (1, 3)
    assert [each.original.original_name for each in photos_of(brought)] == ["1.jpg", "2.jpg", "3.heic"]


@pytest.mark.parametrize(
    ("files", "refusal", "words"),
    [
        ([], Incomplete, "No picture was chosen. Take one of each page of the certificate, in order."),
        (
            [(b"%PDF-1.4 no picture", "a.pdf")],
            FileRefused,
            "No page of the PDF can be read: the file is cut off, damaged or locked to other readers. "
            "Export it again, open it once to see that it is whole, and send that.",
        ),
        (
            [(photo(), "1.jpg"), (photo("PNG", size=(400, 400))[:-40], "2.png")],
            FileRefused,
            "The picture is cut off or damaged. Scan or export it again and send that.",
        ),
        (
            [(photo(), f"{at}.jpg") for at in range(11)],
            FileRefused,
            "11 pictures were chosen; a certificate is made of at most 10. Scan the certificate to one PDF, or send "
            "it in parts.",
        ),
        (
            [(photo("PNG", size=(9000, 9000)), "bomb.png")],
            FileRefused,
            "The picture measures 9000 × 9000 pixels; at most 50,000,000 pixels are read. "
            "Scan it with fewer dots per inch.",
        ),
    ],
    ids=["none", "no picture", "cut off", "too many", "bomb"],
)
def test_what_cannot_be_a_page_is_refused_and_nothing_is_kept(cast, files, refusal, words):
    before = StoredFile.objects.count()
    with pytest.raises(refusal) as said:
        keep_and_join(by=cast.inspector, files=files)
    assert said.value.sentence == words
    assert (StoredFile.objects.count(), JoinedPhoto.objects.count()) == (before, 0)


def test_only_who_brings_certificates_joins_photographs(cast):
    with pytest.raises(NotEntitled):
        keep_and_join(by=cast.customer_quality, files=[(photo(), "1.jpg")])
