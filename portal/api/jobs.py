"""Background work: how it stands, and trying again what was set aside."""

from __future__ import annotations

from portal import queue
from portal.api.doors import ApiList, ApiRecord, ApiVerb
from portal.api.fields import Input, Reading
from portal.api.filters import one_of, text
from portal.models import Job
from portal.permissions import QUALITY, SHOP


class JobReading(Reading):
    class Meta:
        model = Job
        fields = (
            "unique_key",
            "kind",
            "state",
            "errors",
            "deaths",
            "progress_done",
            "progress_total",
            "progress_sentence",
            "last_error",
            "created_at",
            "finished_at",
        )


class Jobs(ApiList):
    """Background work, the latest first."""

    roles = SHOP
    model = Job
    serializer_class = JobReading
    filters = {"state": one_of("state", Job.STATES), "kind": text("kind"), "unique_key": text("unique_key")}


class JobRecord(ApiRecord):
    """One piece of background work, by its key."""

    roles = SHOP
    model = Job
    lookup = {"key": "unique_key"}
    serializer_class = JobReading


class NothingToSay(Input):
    """An act that needs no words: an empty object."""


class JobRetry(ApiVerb):
    """Let work that was set aside, such as the rendering of a package, be tried again."""

    roles = SHOP
    write_roles = QUALITY
    model = Job
    lookup = {"key": "unique_key"}
    input_class = NothingToSay
    output_class = JobReading
    done_status = 200

    def act(self, record, data, *, by):
        return queue.retry(record, by=by)
