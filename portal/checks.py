"""System checks: what must be true of the settings before the portal may work."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from portal.log.notes import KeyRefused, SigningKey


@register
def application_role_owns_nothing(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Refuse settings in which the working role is also the role that owns the tables.

    Source: docs/decisions/0003: evidence can only be added to, which an owner could undo.
    """
    databases = settings.DATABASES
    if "owner" not in databases or databases["owner"]["USER"] != databases["default"]["USER"]:
        return []
    return [
        Error(
            f"DATABASE_URL and DATABASE_OWNER_URL both name the role {databases['owner']['USER']}.",
            hint="Give the owner, who migrates, and the application, who only works, a role each.",
            id="portal.E001",
        )
    ]


@register
def log_key_can_be_read(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Refuse a key of the event log that is none, before the first event waits for its place.

    Source: docs/decisions/0050.
    """
    found = []
    for name in ("PORTAL_LOG_KEY", "PORTAL_LOG_OLD_KEY"):
        text = getattr(settings, name)
        if text in ("", "elsewhere"):
            continue
        try:
            SigningKey.read(text)
        except KeyRefused as refused:
            hint = "Make one with: manage.py make_log_key FILE"
            found.append(Error(f"{name}: {refused}", hint=hint, id="portal.E002"))
    return found
