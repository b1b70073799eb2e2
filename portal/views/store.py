"""The store of files as quality sees it: what was found wrong in it, and what is right again."""

from __future__ import annotations

from django.utils import timezone

from portal.domain.store_check import CHECK_STORE, SLICES
from portal.models import Job, StoreFinding
from portal.permissions import QUALITY
from portal.views.verbs import RecordListView


class StoreFindingList(RecordListView):
    """Show what is wrong in the store, then what was."""

    roles = QUALITY
    model = StoreFinding
    template_name = "portal/list.html"

    def queryset_for(self, person):
        # what is not settled comes first
        return super().queryset_for(person).order_by("-settled_at", "-id")

    def context(self, rows):
        return {
            "heading": "Store of files",
            "lead": f"A part of all kept files is hashed again every day, every file within {SLICES} days. "
            "What has changed, is missing, should be gone or is known to no record stands here until it is put right.",
            "columns": [
                {"key": "path", "label": "Where", "kind": "code"},
                {"key": "what", "label": "What"},
                {"key": "sentence", "label": "What to do"},
                {"key": "found_at", "label": "Found", "kind": "moment"},
                {"key": "settled", "label": "Right again"},
            ],
            "rows": [self._row(each) for each in rows],
            "empty_heading": "Nothing wrong was found",
            "empty_sentence": self._last_read(),
        }

    def _last_read(self) -> str:
        done = Job.objects.filter(kind=CHECK_STORE, state=Job.DONE).order_by("-finished_at").first()
        if done is None:
            return "No part of the store was read yet; the first is within a day."
        day = f"{timezone.localtime(done.finished_at):%-d %b %Y}"
        return f"Every file read so far is there and has its hash. The last part was read on {day}."

    def _row(self, finding: StoreFinding) -> dict:
        settled = finding.settled_at
        return {
            "path": finding.path,
            "what": finding.get_kind_display(),
            "sentence": finding.sentence,
            "found_at": finding.found_at,
            "settled": f"{timezone.localtime(settled):%-d %b %Y}" if settled else "not yet",
            "tone": "" if settled else "blocks",
        }
