from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections


class Command(DjangoMigrate):
    help = "Bring the database up to date as the owner role, which alone may change tables."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add Django's own options, with the owner role as the one that migrates."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner" if "owner" in settings.DATABASES else None)

    def handle(self, *args: Any, **options: Any) -> None:
        """Let the application role work with the tables to come, then migrate."""
        if options["database"] is None:
            raise CommandError(
                "DATABASE_OWNER_URL is not set. Tables belong to the owner role, so only it can migrate."
            )
        if options["database"] == "owner":
            self._grant_coming_tables()
        super().handle(*args, **options)

    def _grant_coming_tables(self) -> None:
        """Set the owner's default grants; a migration that makes evidence tables takes some back.

        It stands here and not in a migration because Django's own tables may be made before any of ours.
        """
        connection = connections["owner"]
        role = connection.ops.quote_name(settings.DATABASES["default"]["USER"])
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public "
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}"
            )
            cursor.execute(
                f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}"
            )
