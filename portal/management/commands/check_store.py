"""Hash every kept file again and name what is wrong; the exit code says whether anything is."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand

from portal.domain.store_check import check_store


class Command(BaseCommand):
    help = (
        "Hash every kept file again. Prints each that has changed or is missing, and each that no record knows. "
        "Exit code 0 when the store is whole, 1 when it is not."
    )

    def handle(self, *args, **options):
        count = 0
        for problem in check_store():
            count += 1
            self.stdout.write(f"{problem.kind}: {problem.sentence}")
        if count:
            self.stdout.write(f"{count} thing{'' if count == 1 else 's'} wrong in the store.")
            sys.exit(1)
        self.stdout.write("The store is whole: every kept file is there and has its hash.")
