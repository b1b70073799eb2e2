"""A machine that calls the API with a token of somebody of the cast."""

from __future__ import annotations

import json
import uuid

from django.http import HttpResponse
from django.test import Client

from portal.domain.tokens import make_token
from portal.models import ApiToken, Person
from tests.cast import reauth


class Machine:
    """One client with one token and no cookie; `answer.json()` is what it got."""

    def __init__(self, person: Person | None, *, can_write: bool = True) -> None:
        self.client, self.headers = Client(), {}
        self.token: ApiToken | None = None
        if person is not None:
            self.token, self.secret = make_token(
                by=person, purpose="Tests", days=30, can_write=can_write, token=reauth(person)
            )
            self.headers = {"Authorization": f"Bearer {self.secret}"}

    def get(self, address: str, **query) -> HttpResponse:
        return self.client.get(at(address), query, headers=self.headers)

    def post(self, address: str, data=None, *, key: str | None = "", **headers) -> HttpResponse:
        """Send JSON. An empty key is made up anew; None sends none."""
        return self.client.post(
            at(address),
            json.dumps({} if data is None else data),
            content_type="application/json",
            headers=self._with_key(key) | headers,
        )

    def send(self, address: str, data: dict, *, key: str | None = "") -> HttpResponse:
        """Send a form with files."""
        return self.client.post(at(address), data, headers=self._with_key(key))

    def _with_key(self, key: str | None) -> dict[str, str]:
        made = {} if key is None else {"Idempotency-Key": key or uuid.uuid4().hex}
        return self.headers | made


def at(address: str) -> str:
    return address if address.startswith(("/", "http://testserver/")) else f"/api/v1/{address}"


def refusal(answer: HttpResponse) -> tuple[int, str, str]:
    """Return status, stable code and sentence of a problem."""
    body = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (body["status"], body["type"]) == (
        answer.status_code,
        f"urn:supplier-quality-portal:{body['code']}",
    )
    return answer.status_code, body["code"], body["detail"]
