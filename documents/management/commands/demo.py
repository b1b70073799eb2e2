from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.demo import printed_order, shop
from portal import environment
from portal.domain.errors import Refused
from portal.domain.event_log import sequence_now
from portal.servers import supervisor
from portal.servers.program import ServerFailed

SHOWN = Path(settings.BASE_DIR) / "var" / "demo"


class Command(BaseCommand):
    help = "Build the sample shop once, render its first package, serve the portal until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port", type=int, default=environment.whole_number("PORTAL_PORT", 8000, 1, 65535)
        )

    def handle(self, *args, **options) -> None:
        try:
            supervisor.serve(port=options["port"], prepare=self.prepare, announce=self.say)
        except (ServerFailed, Refused) as failure:
            raise CommandError(str(failure)) from failure

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def prepare(self) -> None:
        """Build what is not there yet, and say what a newcomer needs."""
        order = None
        if shop.is_built():
            self.say("The data of the last start is kept.")
        else:
            self.say("Building the sample shop.")
            shop.build(say=self.say)
            order = printed_order.print_with_link(SHOWN)
        path = shop.write_first_package(SHOWN)
        self.say("Sign in as:")
        for who, email, password in shop.log_ins():
            self.say(f"  {email:<28} {password:<20} {who}")
        self.say("At the tablet (/floor/), badge and PIN:")
        for who, badge, pin in shop.tablet_log_ins():
            self.say(f"  {badge:<28} {pin:<20} {who}")
        checkpoint = sequence_now()
        self.say(
            f"Event log: {checkpoint.size} entries under a signed checkpoint, root {checkpoint.root_sha256[:16]}…"
        )
        if path:
            self.say(f"First package: {path.relative_to(settings.BASE_DIR)}")
        if order:
            paper, address = order
            self.say(f"An order on paper: {paper.relative_to(settings.BASE_DIR)}; its square leads to")
            self.say(f"  {address}")
