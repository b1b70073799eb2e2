"""Set one section on paper: facts into HTML, HTML into an archival PDF, cached by everything that shaped it."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import warnings
import zlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import pikepdf
import pypdfium2
import weasyprint
from django.template import Context, Engine
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.package.fonts import fonts_digest, installed_faces, refuse_missing_glyphs
from portal.domain.canonical import canonical_bytes, sha256_of
from portal.domain.errors import Refused
from portal.look import line_charts

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE.parent.parent / "templates" / "documents" / "package"
SHAPES = "shape:"


class ResourceRefused(Refused):
    """A page asked for something outside itself."""

    code = "package-resource-refused"


class ClosedFetcher(URLFetcher):
    """Give out our own small drawings and nothing else: no file, no network, no data address."""

    def fetch(self, url: str, headers=None) -> URLFetcherResponse:
        drawing = TEMPLATES / "shapes" / f"{url.removeprefix(SHAPES)}.svg"
        if url.startswith(SHAPES) and drawing.stem.isalpha() and drawing.is_file():
            return URLFetcherResponse(url, drawing.read_bytes(), {"Content-Type": "image/svg+xml"})
        raise FatalURLFetchingError(f"A page of the release package asked for {url!r}.")


class PaperRenderer:
    """Render with WeasyPrint: free layout, tables, tags."""

    def __init__(self) -> None:
        self.fonts = FontConfiguration()
        self.fetcher = ClosedFetcher()
        self.style = weasyprint.CSS(
            string=(HERE / "paper.css").read_text(encoding="utf-8"),
            font_config=self.fonts,
            url_fetcher=self.fetcher,
        )

    def render(self, html: str, *, is_tagged: bool = True) -> bytes:
        """Return the PDF/A-3 bytes of one HTML page; nothing is fetched from anywhere.

        Raises:  ResourceRefused when the HTML names any resource but our own drawings.
        """
        with garbage_collection_off(), _careless_profile_forgiven():
            try:
                page = weasyprint.HTML(string=html, base_url="", url_fetcher=self.fetcher)
                return page.write_pdf(
                    stylesheets=[self.style],
                    font_config=self.fonts,
                    pdf_variant="pdf/a-3a" if is_tagged else "pdf/a-3u",
                    pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
                )
            except FatalURLFetchingError as refusal:
                raise ResourceRefused(
                    f"{refusal} Pages are drawn from their facts alone; remove the reference from the template."
                ) from refusal


@contextlib.contextmanager
def garbage_collection_off():
    """Layout makes millions of objects and no cycles worth finding: collecting costs a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextlib.contextmanager
def _careless_profile_forgiven():
    """WeasyPrint 70 leaves closing its colour profile to the interpreter, which warns about it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"unclosed file .*sRGB2014\.icc", category=ResourceWarning)
        yield


@lru_cache(maxsize=1)
def paper_renderer() -> PaperRenderer:
    """Return the renderer of this process, warmed once."""
    installed_faces()
    return PaperRenderer()


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(
        dirs=[str(TEMPLATES)],
        autoescape=True,
        builtins=["documents.package.paper_filters"],
        string_if_invalid="",
    )


def html_of(template: str, context: dict) -> str:
    """Return the HTML of a section; every fact is escaped data."""
    return _engine().get_template(f"{template}.html").render(Context(context, use_l10n=False, use_tz=False))


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Return what a byte of the package depends on besides its facts; the manifest names them."""
    return {
        "weasyprint": weasyprint.__version__,
        "pydyf": version("pydyf"),
        "pango": str(pango.pango_version()),
        "fonttools": version("fonttools"),
        "pikepdf": pikepdf.__version__,
        "qpdf": pikepdf.__libqpdf_version__,
        "pypdfium2": str(pypdfium2.version.PYPDFIUM_INFO),
        "pdfium": str(pypdfium2.version.PDFIUM_INFO),
        "pillow": version("pillow"),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "fonts": fonts_digest(),
    }


@lru_cache(maxsize=1)
def _source_digest() -> str:
    """Templates, style sheet and code of this room: when one changes, every cached section is another."""
    sources = sorted(
        [
            *HERE.glob("*.py"),
            HERE.parent / "formats" / "drawn_pages.py",
            Path(line_charts.__file__),
            *HERE.glob("*.css"),
            *TEMPLATES.rglob("*.*"),
        ]
    )
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def section_key(section) -> str:
    """Return the cache key of a section: its facts, its template and everything that draws it."""
    return sha256_of(
        canonical_bytes(
            {
                "code": section.code,
                "title": section.title,
                "template": section.template,
                "facts": section.facts_sha256,
                "source": _source_digest(),
                "versions": versions(),
            }
        )
    )


def whole_key(manifest_sha256: str, *, is_preview: bool) -> str:
    """Return the cache key of a whole package before its seal: all facts, hashes of originals, what draws it."""
    return sha256_of(
        canonical_bytes(
            {
                "whole": manifest_sha256,
                "is_preview": is_preview,
                "source": _source_digest(),
                "versions": versions(),
            }
        )
    )


def refuse_undrawable(html: str, *, where: str) -> None:
    """Raise GlyphMissing for any character of the page that no font can draw."""
    refuse_missing_glyphs(html, where=where)
