"""One act however often a call is sent: the answer is kept under the caller's key, in the act's transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.problems import Conflict, Problem
from portal.domain.files import name_and_hash_of
from portal.models import ApiToken, RepeatedCall

HEADER = "Idempotency-Key"
# as long as an answer is kept; a client that sends a call again does so within minutes
KEPT_FOR = timedelta(days=30)
LONGEST = RepeatedCall._meta.get_field("key").max_length
NO_KEY = (
    f"A call that changes something carries {HEADER}: a text of 1 to {LONGEST} visible letters, new for each act and "
    f"the same when a call is sent again within {KEPT_FOR.days} days."
)


def key_of(request: Request) -> str:
    """Return the caller's key.

    Raises:  Problem when it is missing or cannot be kept.
    """
    key = request.headers.get(HEADER, "").strip()
    if not (key.isascii() and key.isprintable() and 1 <= len(key) <= LONGEST):
        raise Problem(400, "key-needed", NO_KEY)
    return key


def digest_of(request: Request) -> str:
    """Return the hash of what is asked: method, address and content, files by theirs.

    Parts of a form are put between lines that a client makes up anew each time, so the parsed form is hashed.
    """
    content = request.data
    if hasattr(content, "lists"):
        files = {
            name: [name_and_hash_of(each) for each in request.FILES.getlist(name)] for name in request.FILES
        }
        content = {"words": {k: v for k, v in content.lists() if k not in files}, "files": files}
    asked = [request.method, request.get_full_path(), content]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def done_once(request: Request, act: Callable[[], Response]) -> Response | HttpResponse:
    """Carry out an act unless this key was answered before; then return the kept answer.

    Two calls at once wait for each other. A refusal is not kept: nothing was done, so the same key may try again.

    Raises:  Problem without a key; Conflict when the key was used for another request.
    """
    key, digest = key_of(request), digest_of(request)
    with transaction.atomic():
        caller = caller_of(request)
        _lock(caller, key)
        kept = RepeatedCall.objects.filter(caller=caller, key=key).first()
        if kept is not None:
            return _kept_answer(kept, digest)
        response = act()
        body = request.accepted_renderer.render(response.data)
        RepeatedCall.objects.create(
            caller=caller,
            token=request.auth if isinstance(request.auth, ApiToken) else None,
            key=key,
            request_sha256=digest,
            status=response.status_code,
            body=body.decode(),
            answered_at=timezone.now(),
        )
    return response


def forget_old_answers() -> int:
    """Delete the answers nobody will ask for any more, and return how many there were."""
    return RepeatedCall.objects.filter(answered_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def caller_of(request: Request) -> str:
    """Return by what the caller is known, in one word and the key of its row: a token, or what else opens a door."""
    return f"{request.auth._meta.model_name}-{request.auth.pk}"


def _lock(caller: str, key: str) -> None:
    """Let one call of a key at a time go on, until its transaction ends."""
    name = hashlib.sha256(f"{caller}:{key}".encode()).digest()[:8]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(name, "big", signed=True)])


def _kept_answer(kept: RepeatedCall, digest: str) -> HttpResponse:
    if kept.request_sha256 != digest:
        raise Conflict(
            f"The key {kept.key} was used on {kept.answered_at:%-d %b %Y %H:%M} UTC for another request. "
            "Make a new key."
        )
    return HttpResponse(
        kept.body,
        status=kept.status,
        content_type="application/json",
        headers={"Idempotency-Replayed": "true"},
    )
