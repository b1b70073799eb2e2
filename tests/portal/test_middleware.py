from django.http import HttpResponse
from django.test import RequestFactory

from portal.middleware import POLICY, StrictHeaders


def headers_of(answer: HttpResponse) -> dict[str, str]:
    response = StrictHeaders(lambda request: answer)(RequestFactory().get("/"))
    return {name: response.headers[name] for name in ("Content-Security-Policy", "Cache-Control")}


def test_every_page_forbids_foreign_content_and_caching():
    assert headers_of(HttpResponse()) == {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
    assert "unsafe" not in POLICY


def test_a_view_may_set_a_policy_of_its_own():
    own = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'"}
    assert headers_of(HttpResponse(headers=own)) == {**own, "Cache-Control": "no-store"}
