"""What runs in the child process: tell the kind, refuse what is disguised, then read it by its kind."""

from __future__ import annotations

import re

from portal.intake import media
from portal.intake.inside import Inside
from portal.intake.media import KIND_WORDS, decode_text, media_type_of

_EMPTY = "The file is empty. Check that the export or scan has finished and send it again."
_FORMULA_WARNING = (
    "The table holds cells that a spreadsheet would run as formulas. They are kept and shown as text, and escaped "
    "in every table made of them."
)
# a cell that begins like a formula; a signed number is none
_FORMULA = re.compile(r"(?:^|[,;\t])\s*\"?\s*(?:=|@\w|[+-][A-Za-z])", re.M)
_NOT_TAKEN = frozenset({media.HTML, media.SVG, media.PROGRAM, media.DOCX, media.OLD_OFFICE, media.UNKNOWN})


def look_inside(content: bytes, kinds: list[str]) -> Inside:
    """Look into one file whose name promises one of `kinds`, or nothing when that is empty."""
    media_type = media_type_of(content)
    if media_type == media.EMPTY:
        return _refusal(media_type, "empty", _EMPTY)
    if kinds and media_type not in kinds:
        promised = KIND_WORDS[kinds[0]] if len(kinds) == 1 else "another kind of file"
        return _refusal(
            media_type,
            "mislabelled",
            f"The file is named like {promised}, but its content is {KIND_WORDS[media_type]}. "
            "Export the document in the kind its name says and send that.",
        )
    if media_type in _NOT_TAKEN:
        return _refusal(
            media_type,
            "not_taken",
            f"The file is {KIND_WORDS[media_type]}, which is not taken as proof. "
            "Send a PDF, a PNG, JPEG, TIFF or HEIC picture, an Excel workbook, a table, a QIF file or plain text.",
        )
    return _read(content, media_type)


def look_inside_carried(content: bytes, kinds: list[str]) -> Inside:
    """Look into a file that was inside another; what that one carries in turn is not unpacked."""
    media_type = media_type_of(content)
    if media_type == media.PDF and (not kinds or media.PDF in kinds):
        from portal.intake.pdf import look_inside_pdf

        return look_inside_pdf(content, is_carried=True)
    return look_inside(content, kinds)


def _read(content: bytes, media_type: str) -> Inside:
    """Import only the reader this kind needs: the others' parsers stay out of the process."""
    if media_type == media.PDF:
        from portal.intake.pdf import look_inside_pdf

        return look_inside_pdf(content)
    if media_type in (media.PNG, media.JPEG, media.TIFF, media.HEIC):
        from portal.intake.pictures import look_inside_picture

        return look_inside_picture(content, media_type)
    if media_type in (media.XLSX, media.ZIP):
        from portal.intake.archives import look_inside_archive

        return look_inside_archive(content, media_type)
    if media_type in (media.QIF, media.XML):
        return _look_inside_xml(content, media_type)
    found = Inside(media_type=media_type, page_count=1)
    found.keep_text(decode_text(content) or "")
    if media_type == media.CSV and _FORMULA.search(found.page_texts[0]):
        found.warn("formula", _FORMULA_WARNING)
    return found


def _look_inside_xml(content: bytes, media_type: str) -> Inside:
    from portal.intake.markup import guarded_events, local_name

    root = None
    for event, element in guarded_events(content):
        root = root or local_name(element.tag)
        if event == "end":
            element.clear()
    if root != "QIFDocument":
        return _refusal(
            media.XML,
            "not_taken",
            f"The file is XML of the kind {root}, not QIF. Export the results as QIF 2.0, 2.1 or 3.0, or send a PDF.",
        )
    return Inside(media_type=media_type, page_count=1)


def _refusal(media_type: str, feature: str, sentence: str) -> Inside:
    found = Inside(media_type=media_type)
    found.refuse(feature, sentence)
    return found
