from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import environment
from portal.servers.program import ServerFailed
from portal.servers.supervisor import serve


class Command(BaseCommand):
    help = "Serve the portal with everything it needs, until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the address to serve on; PORTAL_PORT is the default of the port."""
        parser.add_argument(
            "--port", type=int, default=environment.whole_number("PORTAL_PORT", 8000, 1, 65535)
        )
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until Ctrl-C."""
        try:
            serve(port=options["port"], host=options["host"], announce=self.stdout.write)
        except ServerFailed as failure:
            raise CommandError(str(failure)) from failure
