"""Who has my parts and who must act: one page for the shop, its vendors and its customers, and the same as a table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal.look import days
from portal.models import Organization
from portal.permissions import EVERYBODY
from portal.views.doors import LIST, Door
from portal.views.downloads import csv_download
from subcontract.domain.whereabouts import OUTSIDE, PLACES, Asked, Whereabouts, whereabouts
from subcontract.views.pages import act, page_of

ROWS_SHOWN = 100
TITLES = (
    "Lot",
    "Part",
    "Revision",
    "Where",
    "Holder",
    "Since",
    "Outside order",
    "Line",
    "Operation",
    "Pieces",
)
TITLES += (
    "Line sent",
    "Line back",
    "Line scrapped",
    "Line short",
    "Due back",
    "Days late",
    "Must act",
    "Next step",
)
OF_CUSTOMER = ("Customer", "Order", "PO")


class CustodyFilter(forms.Form):
    """What to look at; an unreadable answer asks for everything."""

    vendor = forms.ChoiceField(required=False)
    customer = forms.ChoiceField(required=False)
    late = forms.BooleanField(label=_("Late only"), required=False)

    def __init__(self, *args, person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if person.is_shop:
            self.fields["vendor"].choices = _choices(Organization.VENDOR, "All vendors")
            self.fields["customer"].choices = _choices(Organization.CUSTOMER, "All customers")
        else:
            del self.fields["vendor"], self.fields["customer"]


def _choices(kind: str, every: str) -> list[tuple[str, str]]:
    found = Organization.objects.filter(kind=kind).order_by("name")
    return [("", every), *found.values_list("number", "name")]


class OfCustody(Door):
    """What of the lots that are outside a person asks for."""

    scope = LIST
    roles = EVERYBODY

    def found(self) -> list[Whereabouts]:
        asked = Asked(
            vendor=self._word("vendor"), customer=self._word("customer"), is_late=bool(self._word("late"))
        )
        return whereabouts(person=self.request.user, today=timezone.localdate(), asked=asked)

    def _word(self, name: str) -> str:
        return self.request.GET.get(name, "").replace("\x00", "")[:40]


class Custody(OfCustody):
    """Show who has the parts and who must act, those due first on top."""

    def get(self, request: HttpRequest) -> HttpResponse:
        lots, person = self.found(), request.user
        page = Paginator(lots, ROWS_SHOWN).get_page(request.GET.get("page"))
        query = request.GET.urlencode()
        download = act(_("Download as CSV"), "subcontract:custody-csv")
        context = {
            "heading": "Who has the parts" if person.is_shop else _("Where the parts are"),
            "lead": lead_of(lots),
            "filter_form": CustodyFilter(request.GET, person=person),
            "columns": columns_for(person),
            "rows": [row_of(lot, person) for lot in page],
            "page_obj": page,
            "acts": [download | {"url": f"{download['url']}?{query}"} if query else download],
            "empty_heading": _("Nothing is outside"),
            "empty_sentence": _(
                "Lots appear here from the moment their outside work is ordered until the return is verified."
            )
            if not query
            else _("No lot answers this filter; apply it empty to see every lot."),
        }
        return render(request, "portal/list.html", context)


class CustodyCsv(OfCustody):
    """Hand out the same as a table."""

    def get(self, request: HttpRequest) -> HttpResponse:
        has_customer = not request.user.is_vendor
        rows = [
            (
                lot.lot,
                lot.part_number,
                lot.part_revision,
                PLACES[lot.place],
                lot.holder,
                lot.since,
                lot.order,
                lot.line_number,
                lot.operation,
                lot.quantity,
                lot.sent,
                lot.returned,
                lot.scrapped,
                lot.short,
                lot.due_on,
                lot.days_late,
                lot.must_act,
                lot.next_step,
                *((lot.customer, lot.customer_order, lot.po_number) if has_customer else ()),
            )
            for lot in self.found()
        ]
        titles = TITLES + OF_CUSTOMER if has_customer else TITLES
        return csv_download(name=f"custody-{timezone.localdate()}.csv", titles=titles, rows=rows)


def columns_for(person) -> list[dict[str, Any]]:
    return [
        {"key": "lot", "label": _("Lot"), "kind": "code", "url_key": "lot_url", "note_key": "part"},
        {"key": "holder", "label": _("Who has it"), "note_key": "where"},
        {
            "key": "order",
            "label": _("Outside order"),
            "kind": "code",
            "url_key": "order_url",
            "note_key": "operation",
        },
        *([] if person.is_vendor else [{"key": "customer", "label": _("Customer"), "note_key": "po_number"}]),
        {"key": "quantity", "label": _("Pieces"), "kind": "num", "note_key": "line"},
        {"key": "due_on", "label": _("Due back"), "kind": "due", "note_key": "late"},
        {"key": "must_act", "label": _("Who must act"), "note_key": "next_step"},
    ]


def row_of(lot: Whereabouts, person) -> dict[str, Any]:
    """Return a row of the table, each record with its page where this person has one."""
    return {
        "lot": lot.lot,
        "lot_url": page_of("routes:traveler-detail", lot.lot) if person.is_shop else "",
        "part": f"{lot.part_number} {lot.part_revision}, {lot.part_name}",
        "holder": gettext(lot.holder) if lot.holder else "",
        "where": gettext("%(place)s since %(day)s")
        % {"place": gettext(PLACES[lot.place]).lower(), "day": days.say(lot.since, "j M")},
        "order": f"{lot.order}/{lot.line_number}",
        "order_url": page_of("subcontract:order-detail", lot.order) if not person.is_customer else "",
        "operation": lot.operation,
        "customer": lot.customer,
        "po_number": lot.po_number,
        "quantity": lot.quantity,
        "line": line_words(lot),
        "due_on": lot.due_on,
        "is_late": bool(lot.days_late),
        "late": ngettext("%(n)s day", "%(n)s days", lot.days_late) % {"n": lot.days_late}
        if lot.days_late
        else "",
        "must_act": gettext(lot.must_act) if lot.must_act else "",
        "next_step": lot.next_step,
        "tone": "owed" if lot.days_late else "",
    }


def line_words(lot: Whereabouts) -> str:
    """Say how the whole line adds up, once anything left."""
    if not lot.sent:
        return ""
    told = [gettext("%(n)s sent") % {"n": lot.sent}, gettext("%(n)s back") % {"n": lot.returned}]
    told += [gettext("%(n)s scrapped") % {"n": lot.scrapped}] if lot.scrapped else []
    told += [gettext("%(n)s short") % {"n": lot.short}] if lot.short else []
    return ", ".join(told)


def lead_of(lots: list[Whereabouts]) -> str:
    """Say in a sentence how many lots are where, and how many are late."""
    counts = [
        f"{count} {gettext(word).lower()}"
        for place, word in PLACES.items()
        if (count := sum(x.place == place for x in lots))
    ]
    if not counts:
        return gettext("Every lot whose outside work is ordered and not verified back yet.")
    late = sum(bool(lot.days_late) for lot in lots)
    away = sum(lot.quantity for lot in lots if lot.place == OUTSIDE)
    told = [gettext("Lots: %(counts)s.") % {"counts": "; ".join(counts)}]
    told += [gettext("%(n)s pieces are away.") % {"n": away}] if away else []
    told += [gettext("%(n)s late.") % {"n": late} if late else gettext("None is late.")]
    return " ".join(told)
