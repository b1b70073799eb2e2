"""How the reading of a certificate stands, what the page of its fields says about it, and reading it again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.domain import reading_jobs
from documents.domain.certificates import OPEN_STATES
from documents.formats.paper import Reading
from documents.models import Certificate
from documents.permissions import BRINGERS
from portal import queue
from portal.models import Job, Person
from portal.views.jobs import retry_url_of
from portal.views.verbs import RecordView, VerbView


def lead_of(certificate: Certificate, reading: Reading | None) -> str:
    """Return the sentence above the fields: what was filled in by the reading, and what is asked of the reader."""
    if reading is None or not reading.found or certificate.entered_by_id is not None:
        return _("Type each field as it stands on the paper; leave empty what it does not say.")
    return _(
        "The fields are filled with what was read on the paper. Compare them with it, correct what is wrong, "
        "leave empty what it does not say."
    )


def reading_shown(certificate: Certificate, reading: Reading | None, person: Person) -> dict:
    """Return what the page shows of the reading: its doubts, how its work stands, the way to a new one."""
    number = {"number": certificate.number}
    job = reading_jobs.job_of(certificate)
    shown = {"reading": reading, "job": None}
    if job is None and certificate.state in OPEN_STATES:
        shown["read_again_url"] = reverse("documents:certificate-read", kwargs=number)
    if job is None or job.state == Job.DONE:
        return shown
    progress = queue.progress_context(job, viewer=person)
    return shown | {
        "job": progress,
        "job_heading": _("Reading the paper"),
        "poll_url": reverse("documents:certificate-read-progress", kwargs=number),
        "retry_url": retry_url_of(job) if progress["may_retry"] else "",
    }


class CertificateRead(VerbView):
    """Have a certificate read again by a better reader than the one that read it."""

    roles = BRINGERS
    model = Certificate
    heading = gettext_lazy("Read certificate {record.number} again")
    lead = gettext_lazy("What was read before stays beside it. Nothing that was typed is changed.")
    submit_label = gettext_lazy("Read it again")
    done = gettext_lazy("Certificate {result.number} is being read again.")

    def act(self, record, data, *, by, token=None):
        return reading_jobs.read_again(by=by, certificate=record)

    def success_url(self, result) -> str:
        return reverse("documents:certificate-enter", kwargs={"number": result.number})


class CertificateReadProgress(RecordView):
    """Answer the page of a certificate's fields that asks how its reading stands."""

    roles = BRINGERS
    model = Certificate

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        job = reading_jobs.job_of(self.record)
        shown = queue.progress_context(job, viewer=request.user)
        parts = {
            "job": shown,
            "heading": _("Reading the paper"),
            "poll_url": request.path,
            "retry_url": retry_url_of(job) if job and shown["may_retry"] else "",
            "url": reverse("documents:certificate-enter", kwargs={"number": self.record.number}),
            "label": _("Show what was read"),
        }
        # the page itself is never asked for anew: somebody may be typing in it
        return render(request, "components/progress.html", parts)
