"""PDF files: two readers look, what is active is named, nothing is executed and nothing is changed."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator

import pikepdf
import pypdfium2

from portal.intake.carried import carried_files
from portal.intake.inside import PAGES_READ, Inside
from portal.intake.media import PDF
from portal.intake.names import safe_name

# ISO 32000-1, annex C.2: page sides outside 3 to 14,400 units are beyond what readers promise.
LONGEST_SIDE_PT = 14_400
OBJECTS_SEARCHED = 300_000
MOST_PAGES = 5_000
NAMES_SHOWN = 10
# A slip of many PDF writers that loses nothing; a warning about it would be read as one about the certificate.
HARMLESS = "xref entry for the xref stream itself is missing"
CHECKED_BYTES = 20 * 1024 * 1024

WARNINGS = {
    "javascript": "The PDF carries JavaScript. The original is kept as it is; the script never reaches a package.",
    "launch": "The PDF tries to start a program. The original is kept as it is; the action never reaches a package.",
    "submit": "The PDF can send data or open other files. The action never reaches a package.",
    "embedded_file": (
        "The PDF carries other files inside{names}. They are not taken over; upload each one that is meant as proof."
    ),
    "form": "The PDF is a form. Its pages are shown as they print; check that the fields are filled.",
    "xfa": (
        "The PDF is a dynamic (XFA) form, which looks different in different programs. "
        "Print it to PDF if what you see here is not what you sent."
    ),
    "signature": "The PDF carries a digital signature. It stays valid in the original, not in pages copied from it.",
    "signature_changed": (
        "The PDF was changed after it was signed, or its signature does not say what it covers. "
        "Ask its issuer whether the pages are as they were signed."
    ),
    "3d": "The PDF carries 3D or other media. The original is kept; packages show the still page.",
    "owner_password": "The PDF opens without a password but forbids some uses. The original is kept as it is.",
    "tail": (
        "There is another file behind the end of the PDF. The original is kept; only its pages reach a package."
    ),
    "repaired": "The PDF is damaged in places and was read by repairing it. Compare every page with your original.",
    "one_reader": "Only one of two PDF readers can open this file. Compare every page with your original.",
    "page_count": (
        "Two PDF readers count different numbers of pages ({first} and {second}). Check that none is missing."
    ),
    "long": "The PDF has {pages} pages; the text of the first {read} was read.",
}

_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
    "/GoToR": "submit",
    "/GoToE": "submit",
    "/Rendition": "3d",
}
_ANNOTATIONS = {
    "/RichMedia": "3d",
    "/3D": "3d",
    "/Movie": "3d",
    "/Sound": "3d",
    "/Screen": "3d",
    "/FileAttachment": "embedded_file",
}
_TRACES = {
    b"/JavaScript": "javascript",
    b"/Launch": "launch",
    b"/SubmitForm": "submit",
    b"/EmbeddedFile": "embedded_file",
    b"/XFA": "xfa",
    b"/AcroForm": "form",
    b"/RichMedia": "3d",
}
_MEDIA_TRACE = re.compile(rb"/(?:3D|RichMedia)\b")
_NEEDS_PASSWORD = (
    "The PDF, or a part of it, opens only with a password or a certificate. "
    "Save a copy without one and send that."
)
_NO_READER = (
    "No page of the PDF can be read: the file is cut off, damaged or locked to other readers. "
    "Export it again, open it once to see that it is whole, and send that."
)


def look_inside_pdf(content: bytes, is_carried: bool = False) -> Inside:
    """Read pages, texts, signatures, files inside and active content of one PDF.

    A PDF that `is_carried` inside another is read without unpacking what it carries in turn.

    Units: points. Pages read by the program that also makes the page images, so text and picture agree.
    """
    found = Inside(media_type=PDF)
    by_pikepdf = _read_objects(content, found, is_carried)
    by_pdfium = None if found.problems else _read_pages(content, found)
    if found.problems:
        return found
    if not by_pdfium:
        found.refuse("unreadable", _NO_READER)
        return found
    if by_pikepdf is None:
        found.warn("one_reader", WARNINGS["one_reader"])
    elif by_pikepdf != by_pdfium:
        found.warn("page_count", WARNINGS["page_count"].format(first=by_pdfium, second=by_pikepdf))
    if content.rfind(b"PK\x05\x06") > content.rfind(b"%%EOF") >= 0:
        found.warn("tail", WARNINGS["tail"])
    if "signature" in found.features:
        _read_signatures(content, found)
    return found


def _read_signatures(content: bytes, found: Inside) -> None:
    """Check the signatures; only here is the reader of signatures, which is large, loaded."""
    from portal.intake.signed import CHANGED, signatures_of

    found.signatures = signatures_of(content)
    if any(each["state"] == CHANGED for each in found.signatures):
        found.warn("signature_changed", WARNINGS["signature_changed"])


def _read_objects(content: bytes, found: Inside, is_carried: bool) -> int | None:
    """Note what is active in the file; return its number of pages, None when it cannot be opened."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _note_document(pdf, found)
            carried: set[str] = set()
            for thing in _dictionaries(pdf):
                _note_dictionary(thing, found, carried)
            _note_carried(carried, found)
            if carried and not is_carried:
                found.carried = carried_files(pdf)
            pages = int(pdf.Root.Pages.get("/Count", 0))
            if _is_repaired(pdf) or _is_damaged(pdf, len(content)):
                found.warn("repaired", WARNINGS["repaired"])
                if _MEDIA_TRACE.search(content):
                    # what was repaired may have lost the way to it; its mark is still there
                    found.warn("3d", WARNINGS["3d"])
            return pages
    except pikepdf.PasswordError:
        # Also where only the attachments are locked: a package could not carry what nobody could open.
        found.refuse("needs_password", _NEEDS_PASSWORD)
        return None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, KeyError):
        for trace, feature in _TRACES.items():
            if trace in content:
                found.warn(feature, WARNINGS[feature].format(names=""))
        if b"/Encrypt" in content:
            found.refuse("needs_password", _NEEDS_PASSWORD)
        return None


def _note_document(pdf: pikepdf.Pdf, found: Inside) -> None:
    if pdf.is_encrypted:
        found.warn("owner_password", WARNINGS["owner_password"])
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        if "/XFA" in form:
            found.warn("xfa", WARNINGS["xfa"])
        if "/XFA" in form or len(form.get("/Fields", [])) > 0:
            found.warn("form", WARNINGS["form"])


def _is_repaired(pdf: pikepdf.Pdf) -> bool:
    return any(HARMLESS not in str(warning) for warning in pdf.get_warnings())


def _is_damaged(pdf: pikepdf.Pdf, size_bytes: int) -> bool:
    """Say whether a full check complains; left out for large files, where it would take too long."""
    if size_bytes > CHECKED_BYTES:
        return False
    try:
        return bool(pdf.check_pdf_syntax())
    except (pikepdf.PdfError, RuntimeError):
        return True


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary of the file, also those written inside another, up to a fixed number."""
    seen = 0
    waiting = list(pdf.objects)
    while waiting and seen < OBJECTS_SEARCHED:
        thing = waiting.pop()
        seen += 1
        if isinstance(thing, pikepdf.Stream):
            thing = thing.stream_dict
        if isinstance(thing, pikepdf.Dictionary):
            yield thing
            members = [member for _, member in thing.items()]
        elif isinstance(thing, pikepdf.Array):
            members = list(thing)
        else:
            continue
        direct = (pikepdf.Dictionary, pikepdf.Array)
        waiting.extend(m for m in members if isinstance(m, direct) and not m.is_indirect)


def _note_dictionary(thing: pikepdf.Object, found: Inside, carried: set[str]) -> None:
    feature = _ACTIONS.get(_name(thing, "/S")) or _ANNOTATIONS.get(_name(thing, "/Subtype"))
    if feature == "embedded_file":
        carried.add("")
    elif feature:
        found.warn(feature, WARNINGS[feature])
    if "/JS" in thing:
        found.warn("javascript", WARNINGS["javascript"])
    if "/EF" in thing or _name(thing, "/Type") == "/EmbeddedFile":
        carried.add(safe_name(str(thing.get("/UF", thing.get("/F", "")))) if "/EF" in thing else "")
    if "/ByteRange" in thing and "/Contents" in thing:
        found.warn("signature", WARNINGS["signature"])


def _note_carried(carried: set[str], found: Inside) -> None:
    """Warn once of all files inside, by their names where they have one."""
    if carried:
        named = sorted(carried - {""})[:NAMES_SHOWN]
        names = f" ({', '.join(named)})" if named else ""
        found.warn("embedded_file", WARNINGS["embedded_file"].format(names=names))


def _name(thing: pikepdf.Object, key: str) -> str:
    value = thing.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _read_pages(content: bytes, found: Inside) -> int | None:
    """Read sizes and texts of the pages; return their number, None when the file cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() and b"/Encrypt" in content:
            found.refuse("needs_password", _NEEDS_PASSWORD)
        return None
    with contextlib.closing(document):
        pages = found.page_count = len(document)
        if pages > MOST_PAGES:
            found.refuse("too_long", f"The PDF has {pages} pages; at most {MOST_PAGES} are taken. Split it.")
            return pages
        if pages > PAGES_READ:
            found.warn("long", WARNINGS["long"].format(pages=pages, read=PAGES_READ))
        for index in range(min(pages, PAGES_READ)):
            _read_page(document, index, found)
        return pages


def _read_page(document: pypdfium2.PdfDocument, index: int, found: Inside) -> None:
    try:
        page = document[index]
    except pypdfium2.PdfiumError:
        found.refuse(
            "page", f"Page {index + 1} of the PDF cannot be read. Export the file again and send that."
        )
        return
    with contextlib.closing(page):
        width_pt, height_pt = (round(side, 2) for side in page.get_size())
        found.page_sizes.append((width_pt, height_pt))
        if not 0 < max(width_pt, height_pt) <= LONGEST_SIDE_PT:
            found.refuse(
                "page_size",
                f"Page {index + 1} of the PDF measures {width_pt:.0f} × {height_pt:.0f} points; no paper is longer "
                f"than {LONGEST_SIDE_PT} points. Print it to PDF on an ordinary paper size.",
            )
            return
        with contextlib.closing(page.get_textpage()) as text:
            found.keep_text(text.get_text_bounded().replace("\r\n", "\n"))
