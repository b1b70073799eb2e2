"""Whose call it is: a bearer token, and nothing else. No cookie opens this door."""

from __future__ import annotations

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from portal.domain import tokens

SCHEME = "Bearer"
REFUSED = (
    "This token opens nothing: it is unknown, revoked, expired, or its person has left. Make a new one under API "
    "tokens on your account's page."
)
UNREADABLE = "The Authorization header is not of the form: Bearer, a space, the token."


class BearerToken(BaseAuthentication):
    """Know the caller by `Authorization: Bearer sqp_…`; the request's `auth` is then the token."""

    def authenticate(self, request):
        words = get_authorization_header(request).split()
        if not words:
            return None
        if len(words) != 2 or words[0].lower() != SCHEME.lower().encode():
            raise AuthenticationFailed(UNREADABLE)
        try:
            found = tokens.find_token(words[1].decode("ascii"))
        except UnicodeDecodeError:
            raise AuthenticationFailed(UNREADABLE) from None
        if found is None:
            raise AuthenticationFailed(REFUSED)
        tokens.note_use(found)
        return found.person, found

    def authenticate_header(self, request) -> str:
        return f'{SCHEME} realm="api"'
