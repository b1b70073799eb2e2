"""A reader of the feed: after whatever happens to a lot, its evaluation opens by itself where one is due.

The gate asks the facts and not this reader, so what it has not come by yet stops a lot all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from inspection.domain.evaluations import open_found
from portal.models import Event
from routes.models import Traveler

# as many lots as one reading holds in memory without effort
AT_ONCE = 500
# nothing a lot is made with or from changes by these
LOOKING = ("read", "download")
# after these another first article is the one to compare with, for every lot of the part
OF_THE_PART = ("first article",)


def follow(events: Sequence[Event]) -> None:
    """Compare the lots these events name anew; the feed calls it."""
    told = [each for each in events if each.verb not in LOOKING and each.noun != "evaluation"]
    named = {lot for each in told for lot in each.lots}
    lots = Traveler.objects.open().filter(purpose=Traveler.PRODUCTION)
    keys = set(lots.filter(number__in=named).values_list("pk", flat=True)) if named else set()
    articles = [each.number for each in told if each.noun in OF_THE_PART]
    if articles:
        parts = lots.filter(
            route_revision__part_revision__part__revisions__first_articles__number__in=articles
        )
        keys |= set(parts.values_list("pk", flat=True))
    if any(each.noun == "trigger policy" and each.verb == "sign" for each in told):
        return start_over()
    _compare(keys)


def start_over() -> None:
    """Compare every open lot."""
    _compare(Traveler.objects.open().filter(purpose=Traveler.PRODUCTION).values_list("pk", flat=True))


def _compare(lots: Iterable[int]) -> None:
    keys = sorted(lots)
    for start in range(0, len(keys), AT_ONCE):
        open_found(keys[start : start + AT_ONCE])
