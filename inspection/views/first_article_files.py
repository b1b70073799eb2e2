"""First articles as files people take away."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from inspection.domain.forms import forms_of
from inspection.formats.as9102_xlsx import workbook_of
from inspection.models import FirstArticle
from inspection.permissions import FIRST_ARTICLE_READERS
from portal.domain.events import record_event
from portal.domain.files import may_see_label
from portal.views.verbs import RecordView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FirstArticleWorkbook(RecordView):
    """Serve the three forms as an XLSX workbook; the look is written down like that at any file."""

    roles = FIRST_ARTICLE_READERS
    model = FirstArticle
    is_reading = True

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "part_revision__part",
                "part_revision__label",
                "route_revision__route",
                "traveler__material_lot__supplier",
                "order_line__order",
                "baseline__part_revision__part",
                "verified_signature",
                "approved_signature",
                "customer_signature",
            )
        )

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        record = self.record
        self.require_eligible(request.user, record)
        content = workbook_of(forms_of(record), number=record.number)
        record_event(
            by=request.user,
            verb="read",
            noun="first article",
            number=record.number,
            data={"file": f"{record.number}.xlsx"},
        )
        return HttpResponse(
            content,
            headers={
                "Content-Type": XLSX,
                "Content-Disposition": f'attachment; filename="{record.number}.xlsx"',
                "X-Content-Type-Options": "nosniff",
            },
        )

    def require_eligible(self, person, record) -> None:
        """Stop whoever may not see what the drawing of the part is held under.

        Raises:  PermissionDenied with the sentence; Http404 for an outsider.
        """
        label = record.part_revision.label
        if may_see_label(person, label):
            return
        if person.is_shop:
            raise PermissionDenied(f"{record.number} is held under {label.name}; eligible people read it.")
        raise Http404("This record holds no such file.")
