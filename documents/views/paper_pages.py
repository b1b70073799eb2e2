"""The pages of a certificate as pictures, with a box around every word that was read on them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.formats.paper import KEYS, Box, ReadField, Reading
from documents.models import Certificate

DATA_FILE = "application/json"
# an overlay is a thousand units wide, and as high as an A4 page is to its width where no size was read
WIDE = 1000
HIGH = 1414
# room left between a word and the line drawn around it
MARGIN = 3


def paper_pages(certificate: Certificate, reading: Reading | None) -> list[dict]:
    """Return each page of a certificate for `components/paper_page.html`.

    Units:   boxes in thousandths of the width of the page.
    """
    marks = marks_of(reading)
    found = [each for each in (reading.found if reading else ()) if each.box]
    return [
        _page(certificate, page, reading, [each for each in found if each.page == page], marks)
        for page in range(certificate.page_from, certificate.page_to + 1)
    ]


def marks_of(reading: Reading | None) -> dict[str, int]:
    """Return the number each key's box carries on the picture and beside its field."""
    boxed = [key for key in KEYS if reading and any(each.box for each in reading.of(key))]
    return {key: mark for mark, key in enumerate(boxed, start=1)}


def _page(
    certificate: Certificate,
    page: int,
    reading: Reading | None,
    found: Iterable[ReadField],
    marks: dict[str, int],
) -> dict:
    if certificate.file.media_type == DATA_FILE:
        return {"number": page, "alt": certificate.file.original_name, "data": _stated(reading)}
    height = _height(reading, page - certificate.page_from)
    likeliest = {key: reading.first(key) for key in marks}
    boxes = [
        _box(each, height, marks[each.key], is_first=each is likeliest[each.key])
        for each in found
        if each.key in marks
    ]
    # what is drawn last lies on top: the likeliest
    boxes.sort(key=lambda box: box["is_first"])
    return {
        "number": page,
        "url": reverse("documents:certificate-page", kwargs={"number": certificate.number, "page": page}),
        "alt": _("Page %(page)s of %(name)s") % {"page": page, "name": certificate.file.original_name},
        "summary": _("What was read on page %(page)s") % {"page": page},
        "height": height,
        "boxes": boxes,
    }


def _stated(reading: Reading | None) -> dict:
    """Return what a data certificate states, for a table in the place of a picture."""
    if reading is None:
        return {"facts": [], "rows": []}
    facts = [{"label": each.label, "value": each.words, "name": each.key} for each in reading.found]
    named = set()
    for fact in facts:
        # the first of its key is the one its field points to
        fact["name"] = "" if fact["name"] in named else fact["name"]
        named.add(fact["name"])
    return {"facts": facts, "rows": reading.rows}


def _height(reading: Reading | None, index: int) -> int:
    sizes = reading.page_sizes if reading else ()
    if index >= len(sizes) or not sizes[index][0]:
        return HIGH
    width, height = sizes[index]
    return round(WIDE * height / width)


def _box(field: ReadField, height: int, mark: int, *, is_first: bool) -> dict:
    box: Box = field.box
    left, top = box.left * WIDE - MARGIN, box.top * height - MARGIN
    right, bottom = box.right * WIDE + MARGIN, box.bottom * height + MARGIN
    return {
        "mark": mark if is_first else "",
        "is_first": is_first,
        "name": field.key if is_first else f"{field.key}-{field.page}-{round(left)}-{round(top)}",
        "x": round(left),
        "y": round(top),
        "width": max(1, round(right - left)),
        "height": max(1, round(bottom - top)),
        # above the corner, between the lines: beside it the number would cover words of the same line
        "number_x": round(left),
        "number_y": max(12, round(top) - 2),
        "words": field.words,
    }
