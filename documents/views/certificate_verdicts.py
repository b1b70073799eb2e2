"""The verdict on one certificate by itself: asked for by the pages that wait for its reading."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from documents.domain.certificates import OPEN_STATES, compare
from documents.models import Certificate
from documents.permissions import BRINGERS
from documents.views.certificate_words import advice_to_vendor
from portal.views.verbs import RecordView


def progress_url(certificate: Certificate, *, hides_act: bool = False) -> str:
    """Return where the verdict on a certificate is asked for; `hides_act` where the page has the act already."""
    url = reverse("documents:certificate-progress", kwargs={"number": certificate.number})
    return f"{url}?hides_act=1" if hides_act else url


class CertificateProgress(RecordView):
    """Answer the page that asks whether the certificate was read by now; it stops asking once it was."""

    roles = BRINGERS
    model = Certificate
    template_name = "documents/certificate_advice.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        record = self.record
        hides_act = self.request.GET.get("hides_act") == "1"
        keys = compare(record) if record.state in OPEN_STATES else []
        context = {
            "record": record,
            "advice": advice_to_vendor(record, keys),
            "hides_act": hides_act,
            "progress_url": progress_url(record, hides_act=hides_act),
        }
        return render(request, self.template_name, context)
