"""Background work as people see it: the fragment a page polls, the list of what is not done, and trying again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal import queue
from portal.models import Job
from portal.permissions import QUALITY, SHOP
from portal.views.verbs import RecordListView, VerbView

COLUMNS = [
    {"key": "key", "label": "Work", "kind": "code", "url_key": "url"},
    {"key": "state", "label": "State", "kind": "state"},
    {"key": "sentence", "label": "How it stands", "empty": "nothing to tell yet"},
    {"key": "attempts", "label": "Failed tries", "kind": "num"},
    {"key": "created_at", "label": "Asked for", "kind": "moment"},
]


def retry_url_of(job: Job) -> str:
    """Return the address that lets a parked job be tried again."""
    return reverse("portal:job-retry", kwargs={"key": job.unique_key})


def progress_fragment(
    request: HttpRequest, job: Job | None, *, heading: str, poll_url: str, url: str = "", label: str = ""
) -> HttpResponse:
    """Answer a page that asks how the work for its record stands.

    The caller has fetched that record in the scope of the person. Once the work has ended the whole page is
    asked for anew, since more of it than this fragment has changed then.
    """
    shown = queue.progress_context(job, viewer=request.user)
    response = render(
        request,
        "components/progress.html",
        {
            "job": shown,
            "heading": heading,
            "poll_url": poll_url,
            "retry_url": retry_url_of(job) if shown["may_retry"] else "",
            "url": url,
            "label": label,
        },
    )
    if not shown["is_moving"]:
        response.headers["HX-Refresh"] = "true"
    return response


class JobList(RecordListView):
    """Show the shop what was set aside, what is being done and what waits."""

    roles = SHOP
    model = Job
    template_name = "portal/list.html"

    def queryset_for(self, person):
        return super().queryset_for(person).unfinished()

    def context(self, rows):
        return {
            "heading": "Background work",
            "lead": "What was set aside after failing too often, what is being done, and what waits.",
            "columns": COLUMNS,
            "rows": [self._row(job) for job in rows],
            "empty_heading": "Nothing waits",
            "empty_sentence": "Every piece of background work is done.",
        }

    def _row(self, job: Job) -> dict:
        shown = queue.progress_context(job, viewer=self.request.user)
        return {
            "key": job.unique_key,
            "url": retry_url_of(job) if shown["may_retry"] else "",
            "state": job.state,
            "sentence": shown["last_error"] or shown["progress_sentence"],
            "attempts": job.errors + job.deaths,
            "created_at": job.created_at,
            "tone": "bad" if job.state == Job.PARKED else "",
        }


class JobRetry(VerbView):
    """Let parked work be tried again."""

    roles = QUALITY
    model = Job
    lookup = {"key": "unique_key"}
    heading = "Try again: {record.unique_key}"
    submit_label = "Try again"
    done = "{result.unique_key} waits for a worker again."

    def get_lead(self):
        if self.record.state != Job.PARKED:
            return f"It is {self.record.get_state_display().lower()}, so there is nothing to try again."
        return f"It was set aside: {self.record.last_error}"

    def act(self, record, data, *, by, token=None):
        return queue.retry(record, by=by)

    def cancel_url(self):
        """Return to the page of the record whose work it is, when somebody came from there."""
        came_from = self.request.META.get("HTTP_REFERER", "")
        is_ours = url_has_allowed_host_and_scheme(
            came_from, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )
        return (
            came_from if is_ours and not came_from.endswith(self.request.path) else reverse("portal:job-list")
        )
