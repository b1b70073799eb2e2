"""Every refusal as problem details, with the sentence a page would show."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response

from portal.domain.attempts import TooManyFailures
from portal.domain.errors import NotEntitled, NotTheMoment, Refused
from portal.domain.files import FileDamaged

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:supplier-quality-portal:"
TITLES = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "Not entitled",
    404: "Not found",
    405: "No such method here",
    406: "Only JSON is answered",
    409: "Not now",
    410: "Gone",
    413: "Too large",
    415: "No such media type here",
    422: "Refused",
    429: "Too many calls",
}
CODES = {
    400: "unreadable",
    401: "token-needed",
    403: "not-entitled",
    404: "not-found",
    405: "no-such-method",
    406: "not-acceptable",
    413: "too-large",
    415: "unsupported-media-type",
    422: "fields-refused",
    429: "too-many-calls",
}
NO_TOKEN = "This call carries no token. Send Authorization: Bearer, a space, and a token of yours."
TOO_LARGE = "The request is larger than this place takes. Send it in parts."
TOO_MANY = "The request has more fields than this place takes. Send fewer."


class Problem(exceptions.APIException):
    """A refusal of the door itself, with its status and stable code."""

    def __init__(self, status_code: int, code: str, sentence: str) -> None:
        super().__init__(sentence, code)
        self.status_code, self.problem_code = status_code, code


class Conflict(Refused):
    """The same key was used for another request."""

    code = "key-used-otherwise"


def status_of(refusal: Refused) -> int:
    """Return the status of a refusal of the domain: not this person, not now, else not so."""
    if isinstance(refusal, NotEntitled):
        return status.HTTP_403_FORBIDDEN
    if isinstance(refusal, NotTheMoment | Conflict):
        return status.HTTP_409_CONFLICT
    if isinstance(refusal, TooManyFailures):
        return status.HTTP_429_TOO_MANY_REQUESTS
    if isinstance(refusal, FileDamaged):
        return status.HTTP_410_GONE
    return status.HTTP_422_UNPROCESSABLE_ENTITY


def problem(code: str, number: int, sentence: str, *, headers: dict | None = None, **more) -> Response:
    """Return one problem as an answer."""
    body = {"type": f"{TYPE}{code}", "title": TITLES.get(number, "Refused"), "status": number}
    return Response(
        body | {"detail": sentence, "code": code} | more,
        status=number,
        content_type=MEDIA_TYPE,
        headers=headers,
    )


def answer(error: Exception, context: dict) -> Response | None:
    """Turn whatever a door raised into problem details; None lets a defect be one.

    Source:  RFC 9457.
    """
    if isinstance(error, Refused):
        return problem(error.code, status_of(error), error.sentence)
    if isinstance(error, RequestDataTooBig):
        return problem("too-large", status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, TOO_LARGE)
    if isinstance(error, TooManyFieldsSent | TooManyFilesSent):
        return problem("unreadable", status.HTTP_400_BAD_REQUEST, TOO_MANY)
    if isinstance(error, Http404):
        return problem("not-found", status.HTTP_404_NOT_FOUND, _words(error, "There is nothing here."))
    if isinstance(error, PermissionDenied):
        words = _words(error, "This is not yours to do.")
        return problem("not-entitled", status.HTTP_403_FORBIDDEN, words)
    if isinstance(error, exceptions.ValidationError):
        return _fields_refused(error)
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    return None


def _words(error: Exception, otherwise: str) -> str:
    first = error.args[0] if error.args else ""
    return first if isinstance(first, str) and first else otherwise


def _of_framework(error: exceptions.APIException) -> Response:
    number = error.status_code
    code = getattr(error, "problem_code", CODES.get(number, "refused"))
    sentence = NO_TOKEN if isinstance(error, exceptions.NotAuthenticated) else str(error.detail)
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return problem(code, number, sentence, headers=headers)


def _fields_refused(error: exceptions.ValidationError) -> Response:
    errors = [{"field": field, "detail": sentence} for field, sentence in _flat(error.detail)]
    sentence = " ".join(
        f"{each['field']}: {each['detail']}" if each["field"] else each["detail"] for each in errors
    )
    return problem(
        "fields-refused", status.HTTP_422_UNPROCESSABLE_ENTITY, f"Nothing was done. {sentence}", errors=errors
    )


def _flat(detail, place: str = "") -> Iterator[tuple[str, str]]:
    """Return every sentence with the field it is about, as in lines.0.quantity."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            own = "" if name == "non_field_errors" else str(name)
            yield from _flat(inner, ".".join(each for each in (place, own) if each))
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _flat(inner, f"{place}.{index}" if nested and place else place)
    else:
        yield place, str(detail)
