"""Freeze the scorecards of a month, or reckon the frozen ones again and compare."""

from __future__ import annotations

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from documents.domain.scorecards.facts import next_month
from documents.domain.scorecards.freezing import check_cards, freeze_month
from documents.models import Scorecard


class Command(BaseCommand):
    help = (
        "Freeze a month's scorecards, or with --check reckon them again. Ends with 1 when one does not hold."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--month", required=True, help="As in 2026-10.")
        parser.add_argument(
            "--check", action="store_true", help="Compare frozen with reckoned again; save nothing."
        )
        parser.add_argument("--json", action="store_true", help="One JSON object a line, one line a card.")

    def handle(self, *args, **options) -> None:
        month = self._month(options["month"])
        if options["check"]:
            self._check(month, as_json=options["json"])
            return
        if timezone.localdate() < next_month(month):
            raise CommandError(f"{month:%B %Y} has not ended; it is frozen after its last day.", returncode=2)
        frozen = freeze_month(month)
        for card in frozen:
            said = {"number": card.number, "vendor": card.vendor.number, "grade": card.grade}
            self.stdout.write(json.dumps(said) if options["json"] else " ".join(filter(None, said.values())))
        if not options["json"]:
            self.stdout.write(f"{len(frozen)} frozen for {month:%B %Y}.")

    def _month(self, words: str) -> date:
        try:
            return date.fromisoformat(f"{words}-01")
        except ValueError:
            raise CommandError(f"{words} is no month. Write it as in 2026-10.", returncode=2) from None

    def _check(self, month: date, *, as_json: bool) -> None:
        cards = Scorecard.objects.filter(month=month).select_related("vendor").order_by("vendor__number")
        broken = 0
        for check in check_cards(cards):
            broken += not check.is_as_frozen
            changed = [list(each) for each in check.changed]
            if as_json:
                said = {"number": check.card.number, "vendor": check.card.vendor.number}
                self.stdout.write(json.dumps({**said, "holds": check.is_as_frozen, "since": changed}))
                continue
            words = "holds" if check.is_as_frozen else "CANNOT BE RECKONED AGAIN"
            self.stdout.write(f"{check.card.number} {check.card.vendor.number}: {words}")
            for code, before, after in check.changed:
                self.stdout.write(f"  since then {code}: {before} would be {after}")
        if broken:
            raise CommandError(
                f"{broken} of the cards of {month:%B %Y} cannot be reckoned again.", returncode=1
            )
