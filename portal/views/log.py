"""The event log as others check it: the latest checkpoint, the public keys, and the proof of one event."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from portal.domain.errors import Refused
from portal.domain.event_log import (
    NoSuchCheckpoint,
    consistency_of,
    consistency_proof,
    latest_checkpoint,
    leaf_bytes,
    log_verifier_keys,
    proof_of,
)
from portal.domain.log_keys import proven_keys
from portal.models import Event, LogEntry, LogKey
from portal.permissions import CUSTOMER, SHOP
from portal.views.doors import LIST, PUBLIC, opens
from portal.views.verbs import RecordView

PLAIN = "text/plain; charset=utf-8"
# a witness asks every few seconds, and no cache between may answer with yesterday's
FRESH = {"Cache-Control": "no-store"}


@opens(scope=LIST, roles=SHOP + CUSTOMER)
def log(request: HttpRequest) -> HttpResponse:
    """Show the shop and its customers how the log stands and how to check it without us."""
    checkpoint = latest_checkpoint()
    keys = proven_keys()
    return render(
        request,
        "portal/log.html",
        {
            "checkpoint": checkpoint,
            "keys": keys,
            "waiting": Event.objects.filter(log_entry__isnull=True).count() if request.user.is_shop else 0,
            "facts": _facts(checkpoint, keys) if checkpoint else [],
        },
    )


def _facts(checkpoint, keys: list[LogKey]) -> list[dict]:
    return [
        {"label": "Log", "value": keys[-1].name if keys else "No key is proven"},
        {"label": "Entries", "value": f"{checkpoint.size:,}".replace(",", " ")},
        {"label": "Signed", "value": _moment(checkpoint.signed_at)},
        {"label": "Root hash", "value": checkpoint.root_sha256, "is_code": True, "is_wide": True},
    ]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


@opens(scope=PUBLIC)
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Give anybody the latest signed checkpoint; it says how many entries there are and nothing of what they hold."""
    latest = latest_checkpoint()
    if latest is None:
        return HttpResponse("The log has no checkpoint yet.\n", content_type=PLAIN, status=404, headers=FRESH)
    return HttpResponse(latest.text, content_type=PLAIN, headers=FRESH)


@opens(scope=PUBLIC)
def keys(request: HttpRequest) -> HttpResponse:
    """Give anybody the public keys that ever signed, a line each, the one in force last."""
    return HttpResponse("".join(f"{key}\n" for key in log_verifier_keys()), content_type=PLAIN, headers=FRESH)


@opens(scope=PUBLIC)
def consistency(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """Give anybody the hashes that prove that one checkpoint goes on from another."""
    try:
        hashes = consistency_of(old=old, new=new)
    except NoSuchCheckpoint as refused:
        return HttpResponse(f"{refused.sentence}\n", content_type=PLAIN, status=404, headers=FRESH)
    return HttpResponse("".join(f"{hash_}\n" for hash_ in hashes), content_type=PLAIN, headers=FRESH)


@opens(scope=PUBLIC)
def consistency_file(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """Give anybody the proof between two checkpoints as one text, with the later checkpoint below it."""
    try:
        proof = consistency_proof(old=old, new=new)
    except NoSuchCheckpoint as refused:
        return HttpResponse(f"{refused.sentence}\n", content_type=PLAIN, status=404, headers=FRESH)
    return _saved(proof.encode(), f"log-from-{old}-to-{new}.txt", PLAIN)


class LogEntryDetail(RecordView):
    """Show one event as it was logged: its bytes, its leaf, its place."""

    roles = SHOP
    model = Event
    lookup = {"leaf": "leaf_sha256"}
    template_name = "portal/log_entry.html"

    def context(self, record):
        entry = LogEntry.objects.filter(event=record).first()
        return {
            "entry": entry,
            "content": leaf_bytes(record).decode(),
            "crumbs": [{"label": "Event log", "url": reverse("portal:log")}],
            "facts": [
                {
                    "label": "Entry",
                    "value": entry.index if entry else "no place yet; it gets one within seconds",
                },
                {"label": "When", "value": _moment(record.at)},
                {"label": "Who", "value": record.actor},
                {"label": "Leaf hash", "value": record.leaf_sha256, "is_code": True, "is_wide": True},
            ],
        }


class LogEntryProof(RecordView):
    """Give the proof of one event, to be kept beside its bytes."""

    roles = SHOP
    model = Event
    lookup = {"leaf": "leaf_sha256"}

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            proof = proof_of(self.record)
        except Refused as refused:
            return HttpResponse(f"{refused.sentence}\n", content_type=PLAIN, status=409)
        return _saved(proof.encode(), f"event-{self.record.leaf_sha256[:12]}.tlog-proof", PLAIN)


class LogEntryBytes(RecordView):
    """Give the exact bytes whose hash is the leaf of an event."""

    roles = SHOP
    model = Event
    lookup = {"leaf": "leaf_sha256"}

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        name = f"event-{self.record.leaf_sha256[:12]}.json"
        return _saved(leaf_bytes(self.record), name, "application/json")


def _saved(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"', **FRESH}
    )
