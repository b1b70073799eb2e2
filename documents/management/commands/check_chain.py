"""Check the chain of lots from the command line, from the records: what stops each, who owes it."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from documents.domain.chain import digest, judge
from documents.domain.chain.facts import read_facts_as_placed
from portal.domain.canonical import plain
from routes.models import Traveler

# as many lots as one reading holds in memory without effort
BATCH = 500


class Command(BaseCommand):
    help = "Check the chain of the lots named, or of every open lot. Ends with 1 when something stops one."

    def add_arguments(self, parser) -> None:
        parser.add_argument("lots", nargs="*", metavar="LOT", help="Numbers, as in T-000312 or T-000312/1.")
        parser.add_argument("--all", action="store_true", help="Every open lot, as when none is named.")
        parser.add_argument("--open", action="store_true", help="Print only lots that something stops.")
        parser.add_argument("--json", action="store_true", help="One JSON object a line, one line a lot.")

    def handle(self, *args, **options) -> None:
        numbers = list(dict.fromkeys(options["lots"]))
        if numbers and options["all"]:
            raise CommandError("Name lots, or ask for all of them; not both.", returncode=2)
        stopped = 0
        for number, facts in self._facts(numbers):
            slots = judge(facts)
            is_stopped = any(slot.stops for slot in slots)
            stopped += is_stopped
            if is_stopped or not options["open"]:
                said = as_json(number, facts, slots) if options["json"] else as_words(number, slots)
                self.stdout.write(said)
        if stopped:
            raise CommandError(f"{stopped} lot{'s are' if stopped > 1 else ' is'} stopped.", returncode=1)

    def _facts(self, numbers: list[str]):
        found = Traveler.objects.filter(number__in=numbers) if numbers else Traveler.objects.open()
        by_number = dict(found.order_by("number").values_list("number", "pk"))
        if strange := [number for number in numbers if number not in by_number]:
            raise CommandError(f"There is no lot {', '.join(strange)}. Check the number.", returncode=2)
        keys = list(by_number.values())
        for start in range(0, len(keys), BATCH):
            yield from read_facts_as_placed(keys[start : start + BATCH]).items()


def as_json(number: str, facts, slots) -> str:
    """Return one lot as a line of JSON, with the digest of the facts it was judged by."""
    return json.dumps(
        {
            "lot": number,
            "digest": digest(facts),
            "is_ready": not any(slot.stops for slot in slots),
            "slots": [plain(asdict(slot)) for slot in slots],
        },
        sort_keys=True,
        ensure_ascii=False,
    )


def as_words(number: str, slots) -> str:
    """Return one lot as lines to read: what stops it, then what only waits."""
    stops = [slot for slot in slots if slot.stops]
    waits = [slot.code for slot in slots if not slot.is_closed and slot.waits]
    lines = [f"{number}: {f'{len(stops)} to act on' if stops else 'nothing stops it'}."]
    lines += [f"  {slot.code:<9} {slot.state:<9} {slot.owner or 'nobody'}: {slot.sentence}" for slot in stops]
    if waits:
        lines.append(f"  {', '.join(dict.fromkeys(waits))} wait for the above or for a shipment.")
    return "\n".join(lines)
