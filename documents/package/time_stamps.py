"""Asking a time stamp authority (RFC 3161), and believing no more of its answer than was asked."""

from __future__ import annotations

import hmac
import time
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from asn1crypto import parser, tsp
from pyhanko.sign.timestamps import TimeStamper

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
LARGEST = 200_000
SECONDS = 10
PORTION = 16_384


class NoTimeStamp(Exception):
    """The authority gave none that can be used; the text says why."""


class _NoRedirects(HTTPRedirectHandler):
    """The authority is the one that was named, not one it names."""

    def redirect_request(self, *args, **kwargs):
        return None


class Authority(TimeStamper):
    """One authority at one address, asked over HTTP, with an end to every wait.

    seconds:  how long one answer may take, from the first byte sent to the last one read.
    Raises:   NoTimeStamp when asked and it is down, slow, or answers anything but a stamp for what was asked.
    """

    def __init__(self, address: str, *, seconds: float = SECONDS) -> None:
        super().__init__()
        self.address, self.seconds = address, seconds

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str):
        """Return the token for a digest."""
        nonce, request = self.request_cms(message_digest, md_algorithm)
        content = self._fetch(request.dump())
        try:
            # a refusal has no token, which the type of the whole answer asks for
            status = tsp.PKIStatusInfo.load(parser.parse(content, strict=True)[4])["status"].native
            is_granted = status in ("granted", "granted_with_mods")
            token = tsp.TimeStampResp.load(content)["time_stamp_token"] if is_granted else None
            told = token["content"]["encap_content_info"]["content"].parsed if token is not None else None
            stamped = told["message_imprint"].native if token is not None else {}
            same_nonce = token is not None and told["nonce"].native == nonce
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise NoTimeStamp("It answered with something that is no time stamp.") from error
        if token is None:
            raise NoTimeStamp(f"It refused: {status}.")
        if not same_nonce:
            raise NoTimeStamp("Its answer belongs to another question: the nonce is another.")
        is_algorithm = stamped["hash_algorithm"]["algorithm"] == md_algorithm
        if not is_algorithm or not hmac.compare_digest(stamped["hashed_message"], message_digest):
            raise NoTimeStamp("It stamped other bytes than it was asked to.")
        return token

    def _fetch(self, query: bytes) -> bytes:
        if not self.address.startswith(("http://", "https://")):
            raise NoTimeStamp("Its address does not begin with http:// or https://.")
        request = Request(self.address, data=query, headers={"Content-Type": QUERY, "Accept": REPLY})
        until = time.monotonic() + self.seconds
        content = b""
        try:
            opener = build_opener(ProxyHandler({}), _NoRedirects())
            with opener.open(request, timeout=self.seconds) as answer:
                if answer.headers.get_content_type() != REPLY:
                    raise NoTimeStamp("It answered with something that is no time stamp.")
                while portion := answer.read1(PORTION):
                    content += portion
                    if len(content) > LARGEST:
                        raise NoTimeStamp("Its answer does not end.")
                    if time.monotonic() > until:
                        raise NoTimeStamp(f"It took longer than {self.seconds:g} seconds.")
        except HTTPError as error:
            error.close()
            raise NoTimeStamp(f"It cannot be asked: {error}.") from error
        except TimeoutError as error:
            raise NoTimeStamp(f"It took longer than {self.seconds:g} seconds.") from error
        except (URLError, OSError, HTTPException) as error:
            is_late = isinstance(getattr(error, "reason", None), TimeoutError)
            said = (
                f"It took longer than {self.seconds:g} seconds."
                if is_late
                else f"It cannot be asked: {error}."
            )
            raise NoTimeStamp(said) from error
        return content
