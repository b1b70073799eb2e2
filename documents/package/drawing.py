"""One section from its facts to its PDF: rows written where it is a long fixed form, laid out as HTML elsewhere."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Protocol

import pikepdf

from documents.package.facts import shown
from documents.package.foreign_pages import PagesWanted, read_pages, set_pictures
from documents.package.ready import COVER, COVER_TITLE, ready
from documents.package.renderer import html_of, paper_renderer, refuse_undrawable
from documents.package.sections import Section
from documents.package.structure import prepare, prepared
from documents.package.written_forms import is_long, written_section
from documents.package.written_rows import CannotWrite


class SectionRenderer(Protocol):
    """What draws a section; the same context always gives the same bytes, ready for the merge."""

    def render(self, section: Section, context: dict, *, prefix: str) -> bytes: ...


class LaidOut:
    """Every section, by the layout engine."""

    def render(self, section: Section, context: dict, *, prefix: str) -> bytes:
        """Return the section as WeasyPrint sets its HTML."""
        with prepared(_paper(section, context), prefix=prefix) as pdf:
            is_cover = section.code == COVER
            return ready(pdf, title=COVER_TITLE if is_cover else section.title, gives_claim=is_cover)


class Written:
    """Long fixed forms: the blank form by the layout engine, the rows by the form writer."""

    def render(self, section: Section, context: dict, *, prefix: str) -> bytes:
        """Return the section with its rows written.

        Raises:  CannotWrite when it is no such form, or holds what must be laid out.
        """
        if not is_long(section, context):
            raise CannotWrite(section.template)
        refuse_undrawable(_all_text(section.facts), where=_where(section))
        return written_section(
            section,
            context,
            prefix=prefix,
            blank=lambda part: _blank(_html(section, part), is_tagged=True),
            plain_sheet=lambda part: _blank(_html(section, part), is_tagged=False),
        )


def draw(section: Section, *, prefix: str) -> bytes:
    """Return the PDF of one section.

    Raises:  GlyphMissing for a character no font can draw; OriginalUnreadable for a certificate nobody can show.
    """
    if section.template == "certificate":
        return _certificate(section, prefix)
    context = context_of(section)
    try:
        return Written().render(section, context, prefix=prefix)
    except CannotWrite:
        return LaidOut().render(section, context, prefix=prefix)


def context_of(section: Section) -> dict:
    """Return what the template of a section is given."""
    context = shown(section.facts)
    if section.view:
        context |= section.view(context)
    return context | {"title": shown(section.title), "template": section.template}


def _paper(section: Section, context: dict) -> bytes:
    return paper_renderer().render(_html(section, context))


@lru_cache(maxsize=16)
def _blank(html: str, *, is_tagged: bool) -> bytes:
    """Return a form without its rows; drawn again with another value it has the same blank pages."""
    return paper_renderer().render(html, is_tagged=is_tagged)


def _html(section: Section, context: dict) -> str:
    html = html_of(section.template, context)
    refuse_undrawable(html, where=_where(section))
    return html


def _where(section: Section) -> str:
    return f"Section “{section.title}” of the package"


def _all_text(value) -> str:
    """Return every text of some facts, as it is printed."""
    if isinstance(value, dict):
        return "\n".join(_all_text(each) for each in value.values())
    if isinstance(value, list | tuple):
        return "\n".join(map(_all_text, value))
    return shown(value) if isinstance(value, str) else ""


def _certificate(section: Section, prefix: str) -> bytes:
    pictures = _pictures(section)
    context = context_of(section) | {
        "page_count": pictures[0].of if pictures else 0,
        "sheets": [
            {"number": picture.number, "is_wide": picture.is_wide, "how": _how(picture)}
            for picture in pictures
        ],
    }
    with pikepdf.open(io.BytesIO(_paper(section, context))) as pdf:
        if pictures:
            set_pictures(pdf, pictures, original_name=context["certificate"]["original_name"])
        prepare(pdf, prefix=prefix)
        return ready(pdf, title=section.title)


def _pictures(section: Section) -> list:
    certificate = section.facts["certificate"]
    return read_pages(
        PagesWanted.of(certificate),
        section.original,
        kept=section.pages,
        who=f"Certificate {certificate['number']}, file {certificate['original_name']}:",
    )


def _how(picture) -> str:
    if picture.lines:
        return "Shown as a picture; the text behind it is the original’s own."
    return "Shown as a picture; the original has no text of its own."
