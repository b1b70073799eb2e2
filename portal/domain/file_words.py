"""What is wrong with a file, in the reader's language.

The child process that looks at files speaks English and knows no catalogue; its sentences are known by their shape.
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from portal.intake.media import KIND_WORDS, UNKNOWN

SENTENCES = (
    _("The file is empty. Check that the export or scan has finished and send it again."),
    _(
        "The file is named like %(promised)s, but its content is %(kind)s. "
        "Export the document in the kind its name says and send that."
    ),
    _(
        "The file is %(kind)s, which is not taken as proof. "
        "Send a PDF, a PNG, JPEG, TIFF or HEIC picture, an Excel workbook, a table, a QIF file or plain text."
    ),
    _(
        "The PDF, or a part of it, opens only with a password or a certificate. "
        "Save a copy without one and send that."
    ),
    _(
        "No page of the PDF can be read: the file is cut off, damaged or locked to other readers. "
        "Export it again, open it once to see that it is whole, and send that."
    ),
    _("The PDF has %(pages)s pages; at most %(most)s are taken. Split it."),
    _("Page %(page)s of the PDF cannot be read. Export the file again and send that."),
    _("The picture cannot be read. Scan or export it again and send that."),
    _("The picture is cut off or damaged. Scan or export it again and send that."),
    _("The picture has %(pages)s pages; at most %(most)s are taken. Split it."),
    _(
        "The picture measures %(width)s × %(height)s pixels; at most %(most)s pixels are read. "
        "Scan it with fewer dots per inch."
    ),
    _("Picture %(place)s is not a JPEG, PNG, TIFF or HEIC picture. Take it out, or send a PDF alone."),
    _("The archive is cut off or damaged. Save it again and send that."),
    _("The file is a ZIP archive. Unpack it and send the files that are meant as proof one by one."),
    _("The archive is locked by a password. Save it without one and send that."),
    _(
        "The file needs more memory than a file may use here, as a decompression bomb does. "
        "Export it again as an ordinary PDF or table and send that."
    ),
    _(
        "The file could not be read within the time one file may take. "
        "Export it again, in smaller parts if it is large, and send that."
    ),
    _("The file is nested deeper than any real document. Export it again from the program that made it."),
    _(
        "The file is damaged in a way its reader cannot get past. "
        "Export it again from the program that made it, open it once to see that it is whole, and send that."
    ),
    _("The file holds more than can be read at once. Split it into smaller files and send them one by one."),
    _(
        "The file has %(size)s MiB; at most %(most)s MiB are read. "
        "Split it or export it with smaller pictures."
    ),
)
# the kinds of files that stand inside these sentences
KINDS = (
    *(_("a PDF"), _("a PNG picture"), _("a JPEG picture"), _("a TIFF picture"), _("a HEIC picture")),
    *(_("an Excel workbook"), _("a Word document"), _("a ZIP archive"), _("a QIF file")),
    *(_("an XML file"), _("a JSON file")),
    *(_("a CSV table"), _("plain text"), _("an NC program"), _("a web page"), _("an SVG drawing")),
    *(_("a computer program"), _("an old or password-protected Office file"), _("empty")),
    *(_("of a kind the portal does not know"), _("another kind of file")),
)


@lru_cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each sentence with the expression that finds it with its figures filled in."""
    return tuple(
        (sentence, re.compile(re.sub(r"%\\?\((\w+)\\?\)s", r"(?P<\1>.+?)", re.escape(sentence))))
        for sentence in SENTENCES
    )


def in_readers_words(said: str) -> str:
    """Return a sentence of the child process in the language of the reader; one that is not known stays as it is."""
    for sentence, shape in _shapes():
        if found := shape.fullmatch(said):
            return gettext(sentence) % {name: gettext(words) for name, words in found.groupdict().items()}
    return said


def kind_in_words(media_type: str) -> str:
    """Return a media type as people call it, in the reader's language: "a Word document"."""
    return gettext(KIND_WORDS.get(media_type, KIND_WORDS[UNKNOWN]))
