"""Make the key that seals release packages."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from documents.domain.seal_keys import make_seal_key
from portal.domain.errors import Refused


class Command(BaseCommand):
    help = "Make a sealing key with a certificate it signs itself, readable by this account only."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--name", default="", help="Who seals. Default: the name of the shop.")

    def handle(self, *args, name: str, **options) -> None:
        try:
            path, sha256 = make_seal_key(name)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(
            f"{path} holds the new key. Tell your customers the sha256 of its certificate:\n{sha256}"
        )
