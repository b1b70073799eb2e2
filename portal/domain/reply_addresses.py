"""Addresses a mail is answered to: each stands for one scope, and says to nobody but us which.

The secret in it is made from the scope and the portal's key whenever a mail leaves. It stands in no table: who is given
the scope keeps the hash of its secret and ends it there.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.crypto import salted_hmac

# 128 bits; small letters and figures, since some mail programs write addresses in small letters
DIGITS = 32
ADDRESSED = re.compile(r"^certificates\+([A-Za-z0-9_-]{16,64})@(.+)$", re.IGNORECASE)


def secret_of(scope: str) -> str:
    """Return the secret of a scope, the same each time while the portal's key is the same."""
    return salted_hmac("portal.reply-address", scope, algorithm="sha256").hexdigest()[:DIGITS]


def address_of(scope: str) -> str:
    """Return the address answers about a scope are sent to; empty where the shop takes none by mail."""
    return address_with(secret_of(scope)) if scope else ""


def address_with(secret: str) -> str:
    """Return the address that carries a secret; empty where the shop takes nothing by mail."""
    domain = settings.PORTAL_MAIL_REPLY_DOMAIN
    return f"certificates+{secret}@{domain}" if domain else ""


def secrets_in(recipients: list[str]) -> list[str]:
    """Return the secrets of those addresses a mail was sent to that are of this shop."""
    domain = settings.PORTAL_MAIL_REPLY_DOMAIN.lower()
    found = (ADDRESSED.match(recipient) for recipient in recipients)
    return [each[1] for each in found if each and (not domain or each[2].lower() == domain)]
