"""The release board: every open lot by ship date, its chain, what stops it and who owes it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString

from documents.domain import board, standing
from documents.domain.chain import CHECKS
from documents.domain.chain.slots import Slot
from documents.domain.slot_acts import offer_to
from documents.domain.standing import CUSTOMERS, US, VENDORS
from documents.permissions import BOARD
from documents.views.slots import is_late, owner_words, strip_of, urgency
from portal.domain.deputies import deputies_today, names_answered_for
from portal.look.chain import arrange
from portal.look.strip import compact
from portal.models import Organization
from portal.permissions import QUALITY
from portal.views.verbs import RecordListView
from routes.models import Traveler

# more than a desk can read at once; every open lot is counted whatever is shown
LOTS_SHOWN = 50
# drawn strips a process keeps, ten kilobytes each
STRIPS_KEPT = 1000
_DRAWN: dict[tuple[str, datetime, date], SafeString] = {}
ME = "me"
OWED_BY = [("", "Anyone"), (ME, "Me"), (US, "Us"), (VENDORS, "Vendors"), (CUSTOMERS, "Customers")]


class BoardFilter(forms.Form):
    """What to look at; an unreadable answer asks for everything."""

    customer = forms.ChoiceField(required=False)
    owed_by = forms.ChoiceField(label="Owed by", required=False, choices=OWED_BY)
    link = forms.ChoiceField(
        label="Open link", required=False, choices=[("", "Any"), *((code, code) for code, _ in CHECKS)]
    )
    ships_by = forms.DateField(
        label="Ships by", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, customers: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].choices = [("", "All customers"), *((name, name) for name in customers)]


def drawn_strip(number: str, judged_at: datetime, today: date, slots: list[dict]) -> SafeString:
    """Return the strip of a lot, drawn once a judgement and day; a board is looked at far more often."""
    key = (number, judged_at, today)
    if key not in _DRAWN:
        if len(_DRAWN) >= STRIPS_KEPT:
            _DRAWN.clear()
        _DRAWN[key] = compact(arrange(slots), number)
    return _DRAWN[key]


class ReleaseBoard(RecordListView):
    """Show what cannot ship, and why, from the chains as last judged; a lot nobody judged yet is judged now."""

    roles = BOARD
    is_reading = True
    model = Traveler
    template_name = "documents/board.html"
    page_size = LOTS_SHOWN

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.today = timezone.localdate()
        # a deputy finds the work of those who are away among their own
        is_mine = self.asked("owed_by") == ME
        self.mine = names_answered_for(request.user, self.today) if is_mine else ()
        unjudged = standing.judge_missing()
        lots, asked = board.on_board(request.user), self._asked()
        found = board.narrowed(lots, asked, self.today)
        days = board.counts_by_day(found, self.today)
        every = board.total(days if asked == board.Asked() else board.counts_by_day(lots, self.today))
        page = Paginator(range(board.total(days)["counted"]), self.page_size).get_page(self.page)
        return render(
            request,
            self.template_name,
            {
                "tally": self._tally(every),
                "groups": self._by_day(self._rows(found, page.start_index()), days),
                "page_obj": page,
                "counted": every["counted"],
                "unjudged": unjudged,
                "freshness": board.freshness(),
                "may_ship": request.user.role in QUALITY,
                "is_narrowed": bool(self._narrowed()),
                "filter_form": BoardFilter(request.GET or None, customers=board.customer_names()),
            },
        )

    def _asked(self) -> board.Asked:
        owed_by = self.asked("owed_by")
        return board.Asked(
            customer=self.asked("customer"),
            owners=self.mine if owed_by == ME else (),
            owed_by=owed_by if owed_by != ME else "",
            link=self.asked("link"),
            ships_by=self._asked_day(),
            is_ready={"1": True, "0": False}.get(self.asked("ready")),
            is_late=self.asked("late") == "1",
        )

    def _asked_day(self) -> date | None:
        try:
            return parse_date(self.asked("ships_by"))
        except ValueError:
            return None

    def _rows(self, found, first: int) -> list[dict]:
        lots = board.page_of(found, max(first - 1, 0), self.page_size)
        self.shipments = board.shipments_of(lots)
        self.kinds = dict(Organization.objects.values_list("name", "kind"))
        named = {name for lot in lots for name in lot.standing_chain.owners}
        self.deputies = deputies_today(named, self.today)
        return [self._row(lot) for lot in lots]

    def _row(self, lot: Traveler) -> dict:
        """Return what a row shows: strip, cause, addresses."""
        judged = standing.slots_of(lot.standing_chain)
        stops = sorted(
            ((slot, offer) for slot, offer in judged if slot.stops),
            key=lambda each: (self._is_not_asked_for(each[0]), urgency(each[0], self.today)),
        )
        page = reverse("routes:traveler-detail", kwargs={"number": lot.number})
        # a link leads to its place on the page of the lot; one not in force to the policy that says so
        slots = [
            slot | {"url": slot["url"] if slot["url"].startswith("/") else f"{page}{slot['url']}"}
            for slot in strip_of([slot for slot, _ in judged])
        ]
        return {
            "lot": lot,
            "part": lot.route_revision.part_revision,
            "order": lot.order_line.order,
            "due_on": lot.order_line.due_on,
            "url": page,
            "slots": slots,
            "strip": drawn_strip(lot.number, lot.standing_chain.judged_at, self.today, slots),
            "stops": [slot for slot, _ in stops],
            "shipment": self.shipments.get(lot.pk),
            "cause": self._cause(*stops[0], page) if stops else None,
            "more": len(stops) - 1,
        }

    def _cause(self, slot: Slot, offer: dict, page: str) -> dict:
        offered = offer_to(self.request.user, offer)
        late = is_late(slot, self.today)
        return {
            "code": slot.code,
            "state": slot.state,
            "sentence": slot.sentence,
            "owner": owner_words(slot.owner, self.request.user, self.deputies),
            "due_on": slot.due_on,
            "since": slot.since,
            "days": (self.today - slot.since).days if slot.since else None,
            "is_late": late,
            "days_late": (self.today - slot.due_on).days if late else 0,
            "act": offered["act"],
            "url": offered["url"] or f"{page}#{slot.code.lower()}",
        }

    def _is_not_asked_for(self, slot: Slot) -> bool:
        """Say whether the filter asks for something else; what it asks for is what its rows tell first."""
        owed_by, is_mine = self.asked("owed_by"), slot.owner in self.mine
        is_owed = is_mine if owed_by == ME else owed_by in ("", standing.side_of(slot.owner, self.kinds))
        return not (is_owed and self.asked("link") in ("", slot.code))

    def _tally(self, every: dict[str, int]) -> list[dict]:
        counts = (
            ("Ready to ship", "accepted", "ready=1", every["ready"]),
            ("Stopped", "rejected", "ready=0", every["stopped"]),
            ("Owed by us", "review", "owed_by=us", every[US]),
            ("Owed by vendors", "missing", "owed_by=vendors", every[VENDORS]),
            ("Owed by customers", "missing", "owed_by=customers", every[CUSTOMERS]),
            ("Late", "late", "late=1", every["late"]),
        )
        asked = self._narrowed().urlencode()
        return [
            {"label": label, "state": state, "url": f"?{query}", "count": count, "is_asked": query == asked}
            for label, state, query, count in counts
        ]

    def _narrowed(self) -> QueryDict:
        """Return what the address asks for, whichever page of it."""
        asked = self.request.GET.copy()
        asked.pop("page", None)
        return asked

    def _band(self, due_on: date) -> date | None:
        return None if due_on < self.today else due_on

    def _by_day(self, rows: list[dict], days: dict[date, dict[str, int]]) -> list[dict]:
        """Return the lots of a page a day; the counts of a day are those of all its lots, on other pages too."""
        groups: dict[date | None, list[dict]] = {}
        for row in rows:
            groups.setdefault(self._band(row["due_on"]), []).append(row)
        return [
            {
                "day": band,
                "words": self._day_words(band),
                "lots": members,
                **board.total({day: row for day, row in days.items() if self._band(day) == band}),
            }
            for band, members in groups.items()
        ]

    def _day_words(self, day: date | None) -> str:
        if day is None:
            return "Late"
        near = {self.today: "Today", self.today + timedelta(days=1): "Tomorrow"}
        return near.get(day, "")
