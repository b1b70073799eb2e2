"""System checks: what must be true of the settings before the portal may work."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


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
