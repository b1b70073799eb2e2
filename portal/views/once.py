"""One sending of a form is one act, however often it arrives: pressed twice, or again after an answer that never came.

A form is shown with a key of its own. What is sent under it is carried out once; the same words and files again lead to
where the first led. Other words under the same key, as after the browser's Back button, are an act of their own.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from portal.domain.files import name_and_hash_of
from portal.locks import held_alone
from portal.models import RepeatedCall

FIELD = "once"
LONGEST_KEY = 60
# typed anew each time, or made up by the page
NO_WORDS = {"csrfmiddlewaretoken", "password"}


def new_key() -> str:
    """Return a key nobody guesses, for one form that is shown."""
    return secrets.token_urlsafe(16)


def carried_out_once(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the answer to a form; the same form sent again waits for the first and is led to where that one led.

    Only an answer that leads on is kept: a form that was refused may be sent again, and what can be shown once is not
    shown twice. A form that came without a key is carried out as it is.
    """
    key = request.POST.get(FIELD, "")
    if not 0 < len(key) <= LONGEST_KEY:
        return act()
    caller, digest = f"person-{request.user.pk}", _digest_of(request)
    with held_alone(f"{caller} {digest}"):
        earlier = RepeatedCall.objects.filter(caller=caller, key=digest).first()
        if earlier is not None:
            return HttpResponseRedirect(earlier.body)
        answer = act()
        if isinstance(answer, HttpResponseRedirect):
            RepeatedCall.objects.create(
                caller=caller,
                key=digest,
                request_sha256=digest,
                status=answer.status_code,
                body=answer.url,
                answered_at=timezone.now(),
            )
    return answer


def _digest_of(request: HttpRequest) -> str:
    """Return the hash of what was sent: the key, the address, the words, and the files by theirs."""
    words = {name: values for name, values in request.POST.lists() if name not in NO_WORDS}
    files = {name: [name_and_hash_of(each) for each in request.FILES.getlist(name)] for name in request.FILES}
    return hashlib.sha256(
        json.dumps([request.get_full_path(), words, files], sort_keys=True).encode()
    ).hexdigest()
