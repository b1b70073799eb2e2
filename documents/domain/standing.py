"""The chains of open lots as last judged, kept for boards and lists: a reader of the feed, and never of the gate.

A row says what the facts said when they last changed. It can be thrown away and is built anew; whoever lets
something leave reads the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from documents.domain import chain
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import Slot
from documents.domain.concerned import lots_concerned, open_lots
from documents.domain.slot_acts import offered
from documents.models import StandingChain
from portal.models import Event, Organization
from routes.models import Traveler

# the name of the cursor by which these chains follow the feed
READER = "chains"
# as many lots as one reading holds in memory without effort
AT_ONCE = 500
US, VENDORS, CUSTOMERS = "us", "vendors", "customers"
SIDES = {Organization.VENDOR: VENDORS, Organization.CUSTOMER: CUSTOMERS}
DAYS = ("due_on", "since")
WRITTEN = (
    "facts_sha256",
    "judged_at",
    "slots",
    "open_codes",
    "owners",
    "sides",
    "stops",
    "is_closed",
    "first_due_on",
)


def follow(events: Sequence[Event]) -> None:
    """Judge again what these events may have changed; the feed calls it."""
    concerned = lots_concerned(events)
    if concerned is None:
        judge_every_open_lot()  # and forget those that closed in the same batch
    else:
        judge_again(concerned)


def start_over() -> None:
    """Judge every open lot, and forget what is open no longer."""
    judge_every_open_lot()


def judge_every_open_lot(tell: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Judge every open lot and return how many changed; each night, since time alone changes some.

    tell     called with how many lots are done, and of how many
    """
    StandingChain.objects.exclude(traveler__in=Traveler.objects.open()).delete()
    return judge_again(open_lots(), tell=tell)


def judge_missing(most: int = AT_ONCE) -> int:
    """Judge open lots that nobody has judged yet, at most so many, and return how many are left."""
    missing = Traveler.objects.open().filter(standing_chain=None).order_by("order_line__due_on", "number")
    found = list(missing.values_list("pk", flat=True)[: most + 1])
    judge_again(found[:most])
    return missing.count() if len(found) > most else 0


def judge_again(lots: Iterable[int], tell: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Judge lots by their keys and write down what changed; return how many did. Lots not open lose their row."""
    keys, changed = sorted(set(lots)), 0
    for start in range(0, len(keys), AT_ONCE):
        changed += _judge_batch(keys[start : start + AT_ONCE])
        tell(min(start + AT_ONCE, len(keys)), len(keys))
    return changed


@transaction.atomic
def _judge_batch(keys: list[int]) -> int:
    """Judge one batch, one at a time in the whole house: what was read later is never overwritten by earlier."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('standing chains'))")
    moment = timezone.now()
    pk_of = dict(Traveler.objects.open().filter(pk__in=keys).values_list("number", "pk"))
    if gone := set(keys) - set(pk_of.values()):
        StandingChain.objects.filter(traveler__in=gone).delete()
    kinds = dict(Organization.objects.values_list("name", "kind"))
    judged = [
        _row(pk_of[number], facts, moment, kinds)
        for number, facts in read_facts_as_placed(pk_of.values()).items()
    ]
    known = {row[0]: row[1:] for row in _known(pk_of.values())}
    changed = [
        row for row in judged if known.get(row.traveler_id) != (row.facts_sha256, row.sides, row.slots)
    ]
    StandingChain.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["traveler"], update_fields=WRITTEN
    )
    return len(changed)


def _known(keys: Iterable[int]) -> Iterable[tuple]:
    return StandingChain.objects.filter(traveler__in=keys).values_list(
        "traveler_id", "facts_sha256", "sides", "slots"
    )


def _row(traveler_id: int, facts: LotFacts, moment: datetime, kinds: dict[str, str]) -> StandingChain:
    slots = chain.judge(facts)
    stops = [slot for slot in slots if slot.stops]
    owners = sorted({slot.owner for slot in stops})
    return StandingChain(
        traveler_id=traveler_id,
        facts_sha256=chain.digest(facts),
        judged_at=moment,
        slots=[_plain(slot, facts) for slot in slots],
        open_codes=list(dict.fromkeys(slot.code for slot in slots if not slot.is_closed)),
        owners=owners,
        sides=sorted({side_of(owner, kinds) for owner in owners}),
        stops=len(stops),
        is_closed=all(slot.is_closed for slot in slots),
        first_due_on=min((slot.due_on for slot in stops if slot.due_on), default=None),
    )


def side_of(owner: str, kinds: dict[str, str]) -> str:
    """Return on whose side a demand lies, by its owner's name; `kinds` are those of all organizations."""
    return SIDES.get(kinds.get(owner, ""), US)


def _plain(slot: Slot, facts: LotFacts) -> dict:
    """Return a slot as plain data; with what can be done about it where somebody can."""
    written = vars(slot) | {day: value.isoformat() for day in DAYS if (value := getattr(slot, day))}
    return written | {"offer": offered(slot, facts)} if slot.stops else written


def slots_of(standing: StandingChain) -> list[tuple[Slot, dict | None]]:
    """Return the slots a row keeps, each with what is offered about it."""
    return [_read(dict(written)) for written in standing.slots]


def _read(written: dict) -> tuple[Slot, dict | None]:
    offer = written.pop("offer", None)
    for day in DAYS:
        if written[day]:
            written[day] = date.fromisoformat(written[day])
    return Slot(**written), offer
