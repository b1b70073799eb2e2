"""What the page of a certificate says: how the keys compare, what the sender should do, whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.domain.comparison import (
    MATCH,
    MISMATCH,
    NORMALISED,
    NOT_FOUND,
    STATED_ONLY,
    UNCLEAR,
    KeyComparison,
)
from documents.domain.reading_jobs import job_of
from documents.domain.readings import reading_of
from documents.models import Certificate
from documents.permissions import DECIDERS
from portal.models import Job, Person

# verdict of the comparison → the state whose look it has
VERDICTS = {
    MISMATCH: "mismatch",
    UNCLEAR: "asked",
    NOT_FOUND: "not_found",
    STATED_ONLY: "stated_only",
    NORMALISED: "same",
    MATCH: "match",
}
WORDS = {
    MISMATCH: gettext_lazy("%(count)s mismatch"),
    UNCLEAR: gettext_lazy("%(count)s to be asked"),
    NOT_FOUND: gettext_lazy("%(count)s not found"),
    STATED_ONLY: gettext_lazy("%(count)s stated only"),
    NORMALISED: gettext_lazy("%(count)s same after normalising"),
    MATCH: gettext_lazy("%(count)s match"),
}


def counts_of(keys: Iterable[KeyComparison]) -> list[dict]:
    """Return how many keys there are of each verdict, the worst first."""
    keys = list(keys)
    found = {verdict: sum(key.verdict == verdict for key in keys) for verdict in VERDICTS}
    return [
        {"state": VERDICTS[verdict], "words": WORDS[verdict] % {"count": count}}
        for verdict, count in found.items()
        if count
    ]


def waiting_for(person: Person) -> list[str]:
    """Return the numbers of the certificates that wait for a person's decision, the oldest first."""
    if person.role not in DECIDERS:
        return []
    return list(
        Certificate.objects.for_viewer(person)
        .filter(state__in=(Certificate.RECEIVED, Certificate.IN_REVIEW))
        .exclude(Q(uploaded_by=person) | Q(entered_by=person))
        .order_by("uploaded_at", "pk")
        .values_list("number", flat=True)
    )


def place_among(number: str, waiting: list[str]) -> dict | None:
    """Return where a certificate stands among those that wait, and the way to its neighbours.

    One that does not wait (any more) stands before all of them.
    """
    others = [each for each in waiting if each != number]
    if not others:
        return None
    at = waiting.index(number) if number in waiting else -1
    return {
        "at": at + 1,
        "count": len(waiting),
        "previous_url": _page_of(waiting[at - 1]) if at > 0 else "",
        "next_url": _page_of(waiting[at + 1]) if at + 1 < len(waiting) else "",
    }


def _page_of(number: str) -> str:
    return reverse("documents:certificate-detail", kwargs={"number": number})


def advice_to_vendor(certificate: Certificate, keys: list[KeyComparison]) -> dict:
    """Return the verdict of the comparison in the words of its sender, with the acts that help.

    A comparison never says "accepted"; a person of the shop does. keys: all of the comparison, or those that stop.
    """
    number = {"number": certificate.number}
    if certificate.state in (Certificate.REJECTED, Certificate.REVOKED):
        asked = reverse("documents:certificate-upload")
        return {
            "state": certificate.state,
            "heading": _("It was sent back. Please send a corrected one."),
            "sentence": certificate.decision_reason,
            "act": _("Send the corrected file"),
            "url": f"{asked}?replaces={certificate.number}",
        }
    if certificate.state == Certificate.WITHDRAWN:
        return {
            "state": "withdrawn",
            "heading": _("You took it back. Nobody decides on it any more."),
            "sentence": _("Send another one if the order still needs it."),
        }
    if certificate.state == Certificate.ACCEPTED:
        return {"state": "accepted", "heading": _("Accepted. Nothing is owed."), "sentence": ""}
    reading = reading_of(certificate)
    if certificate.state == Certificate.RECEIVED and (reading is None or not reading.found):
        return _unread(certificate, reading is None)
    differing = [key for key in keys if key.stops or (key.differs and key.asks)]
    if differing:
        heading = ngettext(
            "%(count)s item does not fit the order.", "%(count)s items do not fit the order.", len(differing)
        )
        return {
            "state": "mismatch",
            "heading": heading % {"count": len(differing)},
            "sentence": _("A machine compared it; a person of the shop decides."),
            "differences": differing,
            "act": _("Correct what was typed"),
            "url": reverse("documents:certificate-enter", kwargs=number),
            "corrects": True,
            "again_url": f"{reverse('documents:certificate-upload')}?replaces={certificate.number}",
        }
    if missed := list(dict.fromkeys(key.name for key in keys if key.is_missed)):
        heading = ngettext(
            "Received. We did not find one thing on the page.",
            "Received. We did not find %(count)s things on the page.",
            len(missed),
        )
        return {
            "state": "asked",
            "heading": heading % {"count": len(missed)},
            "missed": missed,
            "sentence": _(
                "If they stand there, a person of the shop finds them. If not, please send a corrected certificate."
            ),
            "act": _("Type what it says"),
            "url": reverse("documents:certificate-enter", kwargs=number),
            "again_url": f"{reverse('documents:certificate-upload')}?replaces={certificate.number}",
        }
    return {
        "state": "match",
        "heading": _("Received. Pre-check passed."),
        "sentence": _("A person decides; you will be told."),
    }


def scan_step(job: Job | None) -> str:
    """Return which page of a scan is being read; empty where none is."""
    if job is None or job.state != Job.WORKING or not job.progress_total:
        return ""
    return _(
        "Reading the scan, page %(page)s of %(pages)s. Nothing is compared before all of it is read."
    ) % {
        "page": min(job.progress_done + 1, job.progress_total),
        "pages": job.progress_total,
    }


def _unread(certificate: Certificate, is_being_read: bool) -> dict:
    """Return what is said while nothing is known of the page: it is being read, or a machine cannot read it."""
    url = reverse("documents:certificate-enter", kwargs={"number": certificate.number})
    job = job_of(certificate) if is_being_read else None
    if job is not None and job.state not in (Job.DONE, Job.PARKED):
        return {
            "state": "received",
            "heading": _("We have your file. It is being read."),
            "sentence": scan_step(job)
            or _("In a few seconds you see whether it fits the order. Reload the page if nothing changes."),
            "act": _("Type what it says"),
            "url": url,
            "is_being_read": True,
        }
    return {
        "state": "received",
        "heading": _("We have your file. Say what it states."),
        "sentence": _(
            "Type the fields as they stand on the paper; you see at once whether they fit the order."
        ),
        "act": _("Enter what it says"),
        "url": url,
    }
