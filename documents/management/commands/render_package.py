"""Draw a package again from its manifest and compare it with the file that was sealed."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from documents.domain import packages
from documents.models import ReleasePackage
from portal.domain.canonical import sha256_of
from portal.domain.errors import Refused
from portal.domain.files import read_bytes


class Command(BaseCommand):
    help = "Draw a release package again from its manifest and say whether the bytes are the sealed ones."

    def add_arguments(self, parser) -> None:
        parser.add_argument("number", help="Package and revision, as in P-000012-1.")
        parser.add_argument("--out", type=Path, help="Where to keep the newly drawn PDF.")

    def handle(self, *args, number: str, out: Path | None, **options) -> None:
        package = ReleasePackage.objects.select_related("file").filter(number=number).first()
        if package is None:
            raise CommandError(f"There is no package {number}. Name it with its revision, as in P-000012-1.")
        try:
            content = packages.draw(package)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        if out:
            out.write_bytes(content)
        self.compare(package, content)

    def compare(self, package: ReleasePackage, content: bytes) -> None:
        """Say whether the drawn bytes are the sealed ones; a difference names the versions that may explain it."""
        from documents.package.renderer import versions

        drawn = sha256_of(content)
        if package.file is None:
            self.stdout.write(f"{package.number} has no sealed file to compare with. Drawn: sha256 {drawn}.")
            return
        # the seal stands behind what was drawn
        if read_bytes(package.file).startswith(content):
            self.stdout.write(
                f"{package.number} is drawn again to the same bytes before its seal: sha256 {drawn}."
            )
            return
        frozen, present = packages.manifest_of(package)["versions"], versions()
        changed = [
            f"{name} was {frozen.get(name, 'none')} and is {present.get(name, 'none')}"
            for name in sorted({*frozen, *present})
            if frozen.get(name) != present.get(name)
        ]
        raise CommandError(
            f"{package.number} is drawn to sha256 {drawn}; the sealed file has {package.file.sha256}. "
            f"{'; '.join(changed) or 'The versions are the same, so templates or styles have changed'}."
        )
