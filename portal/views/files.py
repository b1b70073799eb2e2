"""Serving kept files: always through the record that holds them, always written down."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from portal.domain.files import FileDamaged, FileRefused, open_for
from portal.models import StoredFile
from portal.views.verbs import RecordView

SHOWN_IN_BROWSER = ("application/pdf", "image/png", "image/jpeg")
# a foreign file may hold anything: it gets no script, no form, no connection and no foreign frame
FILE_POLICY = (
    "sandbox; default-src 'none'; img-src 'self' data:; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'"
)


class FileView(RecordView):
    """Serve one file of a record to a person who may see the record.

    A subclass names `model`, `roles` and `stored_file(record)`. The file is saved by the browser, unless the
    view says `is_inline` and its content is of a kind a browser may show. Each look leaves an event (`is_reading`).
    """

    is_inline = False
    is_reading = True

    def stored_file(self, record) -> StoredFile | None:
        """Return the file this address stands for, or None when the record has none."""
        raise NotImplementedError

    def noun(self, record) -> str:
        """Return the noun under which the reading is written down."""
        return record._meta.verbose_name

    def number(self, record) -> str:
        """Return the number under which the reading is written down."""
        return str(record.number)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        stored = self.stored_file(self.record)
        if stored is None:
            raise Http404("This record holds no such file.")
        try:
            content = open_for(
                stored=stored, by=request.user, noun=self.noun(self.record), number=self.number(self.record)
            )
        except FileRefused as refusal:
            if request.user.is_shop:
                raise PermissionDenied(refusal.sentence) from None
            raise Http404("This record holds no such file.") from None
        except FileDamaged as damage:
            return HttpResponse(damage.sentence, status=410, content_type="text/plain; charset=utf-8")
        return file_response(stored, content, is_inline=self.is_inline)


def file_response(stored: StoredFile, content: bytes, *, is_inline: bool) -> HttpResponse:
    """Return the bytes under headers that let a browser do nothing with them but show or save them."""
    is_shown = is_inline and stored.media_type in SHOWN_IN_BROWSER
    disposition = content_disposition_header(not is_shown, stored.original_name)
    return HttpResponse(
        content,
        content_type=stored.media_type,
        headers={
            "Content-Disposition": disposition or "attachment",
            "Content-Security-Policy": FILE_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
        },
    )
