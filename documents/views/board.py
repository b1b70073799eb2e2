"""The release board: every open lot by ship date, its chain, what stops it and who owes it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from documents.domain.chain import CHECKS, judge
from documents.domain.chain.facts import read_facts_as_placed
from documents.domain.chain.lot_facts import LotFacts
from documents.domain.chain.slots import Slot
from documents.domain.slot_acts import act_on
from documents.models import ShipmentLine
from documents.permissions import BOARD
from documents.views.slots import is_late, strip_of, urgency
from portal.models import Organization
from portal.permissions import QUALITY
from portal.views.verbs import RecordListView
from routes.models import Traveler

# more than a desk can read at once; every open lot is judged and counted whatever is shown
LOTS_SHOWN = 60
US, VENDORS, CUSTOMERS = "us", "vendors", "customers"
OWED_BY = [("", "Anyone"), ("me", "Me"), (US, "Us"), (VENDORS, "Vendors"), (CUSTOMERS, "Customers")]


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


class ReleaseBoard(RecordListView):
    """Show what cannot ship, and why, in as many statements for five hundred lots as for one."""

    roles = BOARD
    model = Traveler
    template_name = "documents/board.html"
    page_size = LOTS_SHOWN
    ordering = ("order_line__due_on", "number")

    def queryset_for(self, person):
        return super().queryset_for(person).open().values_list("pk", "number", "state")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        # what stops a lot is known only when it is judged, so all are judged before a page is cut
        every = self.queryset_for(request.user).order_by(*self.ordering)
        return render(request, self.template_name, self.context(list(every)))

    def context(self, rows):
        self.today = timezone.localdate()
        self.kinds = dict(Organization.objects.values_list("name", "kind"))
        facts = read_facts_as_placed([pk for pk, _, _ in rows])
        self.shipments = {
            line.traveler.number: line.shipment
            for line in ShipmentLine.objects.filter(
                traveler__in=[pk for pk, _, _ in rows], is_active=True
            ).select_related("shipment", "traveler")
        }
        lots = [self._row(facts[number]) for _, number, _ in rows if number in facts]
        shown = [lot for lot in lots if self._is_asked_for(lot)]
        page = Paginator(shown, self.page_size).get_page(self.page)
        customers = sorted({lot["customer"] for lot in lots})
        return {
            "tally": self._tally(lots),
            "groups": self._by_day([lot | self._shown(lot) for lot in page], among=shown),
            "page_obj": page,
            "counted": len(lots),
            "may_ship": self.request.user.role in QUALITY,
            "is_narrowed": bool(self._narrowed()),
            "filter_form": BoardFilter(self.request.GET or None, customers=customers),
        }

    def _row(self, facts: LotFacts) -> dict:
        """Return what counts and filters ask of a lot."""
        slots = judge(facts)
        stops = sorted((slot for slot in slots if slot.stops), key=lambda slot: urgency(slot, self.today))
        return {
            "facts": facts,
            "customer": facts.customer,
            "due_on": facts.due_on,
            "slots": slots,
            "codes": {slot.code for slot in slots if not slot.is_closed},
            "stops": stops,
            # what is on a shipment already is not offered to another
            "is_ready": not stops and facts.shipment is None,
            "owed_by": {self._side(slot) for slot in stops},
            "owners": {slot.owner for slot in stops},
            "is_late": facts.due_on < self.today or any(is_late(slot, self.today) for slot in stops),
        }

    def _shown(self, lot: dict) -> dict:
        """Return what only the rows of this page need: strip, cause, addresses."""
        facts, stops = lot["facts"], sorted(lot["stops"], key=self._is_not_asked_for)
        page = reverse("routes:traveler-detail", kwargs={"number": facts.number})
        return {
            "url": page,
            "slots": [slot | {"url": f"{page}{slot['url']}"} for slot in strip_of(lot["slots"])],
            "shipment": self.shipments.get(facts.number),
            "cause": self._cause(stops[0], facts, page) if stops else None,
            "more": len(stops) - 1,
        }

    def _cause(self, slot: Slot, facts: LotFacts, page: str) -> dict:
        offered = act_on(slot, facts, self.request.user)
        late = is_late(slot, self.today)
        return {
            "code": slot.code,
            "state": slot.state,
            "sentence": slot.sentence,
            "owner": "You" if slot.owner == self.request.user.printed_name else slot.owner,
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
        owed_by, is_mine = self.asked("owed_by"), slot.owner == self.request.user.printed_name
        is_owed = is_mine if owed_by == "me" else owed_by in ("", self._side(slot))
        return not (is_owed and self.asked("link") in ("", slot.code))

    def _side(self, slot: Slot) -> str:
        return {"vendor": VENDORS, "customer": CUSTOMERS}.get(self.kinds.get(slot.owner, ""), US)

    def _is_asked_for(self, lot: dict) -> bool:
        owed_by, ships_by = self.asked("owed_by"), self._asked_day()
        mine = self.request.user.printed_name in lot["owners"]
        return (
            self.asked("customer") in ("", lot["customer"])
            and (not owed_by or (mine if owed_by == "me" else owed_by in lot["owed_by"]))
            and (not self.asked("link") or self.asked("link") in lot["codes"])
            and (ships_by is None or lot["due_on"] <= ships_by)
            and (
                self.asked("ready") not in ("0", "1")
                or lot["is_ready" if self.asked("ready") == "1" else "stops"]
            )
            and (self.asked("late") != "1" or lot["is_late"])
        )

    def _asked_day(self) -> date | None:
        try:
            return parse_date(self.asked("ships_by"))
        except ValueError:
            return None

    def _tally(self, lots: list[dict]) -> list[dict]:
        counts = (
            ("Ready to ship", "accepted", "ready=1", sum(lot["is_ready"] for lot in lots)),
            ("Stopped", "rejected", "ready=0", sum(bool(lot["stops"]) for lot in lots)),
            ("Owed by us", "review", "owed_by=us", self._owed(lots, US)),
            ("Owed by vendors", "missing", "owed_by=vendors", self._owed(lots, VENDORS)),
            ("Owed by customers", "missing", "owed_by=customers", self._owed(lots, CUSTOMERS)),
            ("Late", "late", "late=1", sum(lot["is_late"] for lot in lots)),
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

    def _owed(self, lots: list[dict], side: str) -> int:
        return sum(side in lot["owed_by"] for lot in lots)

    def _band(self, lot: dict) -> date | None:
        return None if lot["due_on"] < self.today else lot["due_on"]

    def _by_day(self, lots: list[dict], *, among: list[dict]) -> list[dict]:
        """Return the lots of a page a day; the counts of a day are those of all its lots, on other pages too."""
        groups: dict[date | None, list[dict]] = {}
        for lot in lots:
            groups.setdefault(self._band(lot), []).append(lot)
        counts = Counter(self._band(lot) for lot in among)
        ready = Counter(self._band(lot) for lot in among if lot["is_ready"])
        return [
            {
                "day": day,
                "words": self._day_words(day),
                "lots": members,
                "count": counts[day],
                "ready": ready[day],
            }
            for day, members in groups.items()
        ]

    def _day_words(self, day: date | None) -> str:
        if day is None:
            return "Late"
        near = {self.today: "Today", self.today + timedelta(days=1): "Tomorrow"}
        return near.get(day, "")
