"""Scorecards: of all vendors for the shop, its own for a vendor; frozen months and the month so far."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.domain.scorecards.delays import record_delay, withdraw_delay
from documents.domain.scorecards.freezing import card_of, check_cards, content_of
from documents.domain.scorecards.terms import set_terms, terms_for
from documents.forms.scorecards import WEIGHT, DelayForm, DelayWithdrawForm, TermsForm
from documents.models import DelayRecord, Scorecard
from documents.views import scorecard_words as words
from portal.models import Organization
from portal.permissions import MANAGERS, QUALITY, SHOP, VENDORS
from portal.views.doors import LIST, Door
from portal.views.downloads import csv_download, safe_cell
from portal.views.verbs import RecordListView, RecordView
from routes.views.pages import ShopVerb
from subcontract.models import OutsideOrderLine

READERS = SHOP + VENDORS
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 5_000
# of the calendar of this trade, see DayField
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 1)


class ScorecardList(RecordListView):
    """Show the frozen scorecards a person may see, the latest month first."""

    roles = READERS
    model = Scorecard
    template_name = "portal/list.html"
    ordering = ("-month", "vendor__name")

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("vendor")

    def narrow(self, queryset):
        asked = self.asked("month")
        try:
            return queryset.filter(month=date.fromisoformat(f"{asked}-01")) if asked else queryset
        except ValueError:
            return queryset

    def context(self, rows):
        person = self.request.user
        figures = [{"key": code, "label": name, "kind": "num"} for code, name in words.NAMES.items()]
        whose = [{"key": "vendor", "label": _("Vendor"), "url_key": "vendor_url"}] if person.is_shop else []
        return {
            "heading": _("Scorecards"),
            "lead": _("Each month as it stood when it was frozen; every figure with the records behind it."),
            "columns": [
                {"key": "month", "label": _("Month"), "url_key": "url"},
                *whose,
                {"key": "grade", "label": _("Grade"), "empty": _("insufficient data")},
                *figures,
            ],
            "rows": [self.row(card) for card in rows],
            "acts": self.acts(person),
            "empty_heading": _("No month is frozen yet"),
            "empty_sentence": _(
                "A month is frozen some days after its end, for every vendor that did something."
            ),
        }

    def acts(self, person) -> list[dict[str, Any]]:
        if person.is_vendor:
            own = {
                "label": _("This month so far"),
                "url": reverse("documents:scorecard-own"),
                "is_main": True,
            }
            return [own]
        acts = [
            {"label": "CSV", "url": reverse("documents:scorecard-csv")},
            {"label": "XLSX", "url": reverse("documents:scorecard-xlsx")},
        ]
        if person.role in MANAGERS:
            acts.append({"label": "Set terms", "url": reverse("documents:scorecard-terms")})
        return acts

    def row(self, card: Scorecard) -> dict[str, Any]:
        figures = {each["code"]: self.short(each) for each in card.content["figures"]}
        return {
            "month": words.month_words(card.month),
            "url": card.get_absolute_url(),
            "vendor": card.vendor.name,
            "vendor_url": reverse("documents:scorecard-so-far", args=[card.vendor.number]),
            "grade": f"{card.grade} ({card.score})" if card.grade else "",
            "tone": "bad" if card.grade == "C" else "",
            **figures,
        }

    def short(self, figure: dict) -> str:
        if figure["value"] is None:
            return _("%(counted)s of %(least)s needed") % figure
        return f"{words.value_words(figure)} ({figure['numerator']}/{figure['denominator']})"


class ScorecardDetail(RecordView):
    """Show one frozen scorecard with the records behind it, and beside it what later records would make of it."""

    roles = READERS
    model = Scorecard
    template_name = "documents/scorecard.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("vendor")

    def context(self, record):
        person = self.request.user
        [check] = check_cards([record])
        cards = Scorecard.objects.for_viewer(person).filter(vendor=record.vendor, month__lte=record.month)
        return {
            **page_of(record.content, person, record.vendor, record.month),
            "number": record.number,
            "facts": [
                *facts_of(record.content, record.vendor, person),
                {"label": _("Frozen"), "value": f"{record.frozen_at:%Y-%m-%d %H:%M} UTC"},
                {
                    "label": _("Reckoned from (sha256)"),
                    "value": record.facts_sha256,
                    "is_code": True,
                    "is_wide": True,
                },
            ],
            "is_broken": not check.is_as_frozen,
            "changes": words.changes_words(check.changed),
            "charts": words.charts_of(cards),
            "crumbs": [{"label": _("Scorecards"), "url": reverse("documents:scorecard-list")}],
        }


def facts_of(content: dict, vendor: Organization, person) -> list[dict]:
    """Return what stands at the head of a card."""
    grade = content["grade"] or _("insufficient data")
    note = (
        _("no more than C: %(numbers)s") % {"numbers": ", ".join(content["escapes"])}
        if content["escapes"]
        else ""
    )
    facts = [{"label": _("Vendor"), "value": vendor.name}] if person.is_shop else []
    return [
        *facts,
        {"label": _("Grade"), "value": grade, "note": note},
        {"label": _("Points of a hundred"), "value": content["score"] or "–"},
    ]


def page_of(content: dict, person, vendor: Organization, month: date) -> dict:
    """Return what the page of any card shows."""
    return {
        "vendor": vendor,
        "month": words.month_words(month),
        "figures": words.figures_shown(content, person),
        "terms": words.terms_words(content["terms"]),
    }


class ScorecardSoFar(RecordView):
    """Show how a vendor stands in a month that is not frozen: this one, or another by `?month=2026-10`."""

    roles = READERS
    model = Organization
    template_name = "documents/scorecard.html"

    def queryset_for(self, person):
        return super().queryset_for(person).vendors()

    @property
    def month(self) -> date:
        asked = self.request.GET.get("month", "")[:7]
        try:
            return min(max(date.fromisoformat(f"{asked}-01"), EARLIEST), LATEST).replace(day=1)
        except ValueError:
            return timezone.localdate().replace(day=1)

    def context(self, record):
        return so_far(record, self.month, self.request.user)


def so_far(vendor: Organization, month: date, person) -> dict:
    """Return what the page of a month that runs shows."""
    terms = terms_for(month)
    content = content_of(card_of(vendor, month), terms)
    cards = list(Scorecard.objects.for_viewer(person).filter(vendor=vendor))
    frozen = next((card for card in cards if card.month == month), None)
    return {
        **page_of(content, person, vendor, month),
        "is_running": True,
        "frozen_url": frozen.get_absolute_url() if frozen else "",
        "facts": facts_of(content, vendor, person),
        "charts": words.charts_of(cards),
        "crumbs": [{"label": _("Scorecards"), "url": reverse("documents:scorecard-list")}],
    }


class ScorecardOwn(Door):
    """Show a vendor its own month so far."""

    scope = LIST
    roles = VENDORS

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        vendor, month = request.user.organization, timezone.localdate().replace(day=1)
        context = so_far(vendor, month, request.user)
        return render(request, "documents/scorecard.html", {"record": vendor, **context})


class ScorecardCsv(Door):
    """Hand out every frozen scorecard as a table."""

    scope = LIST
    roles = SHOP

    def rows(self, person) -> list[tuple]:
        cards = Scorecard.objects.for_viewer(person).select_related("vendor")
        return list(words.export_rows(cards.order_by("-month", "vendor__name")[:MOST_EXPORTED]))

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return csv_download(name="scorecards.csv", titles=words.TITLES, rows=self.rows(request.user))


class ScorecardXlsx(ScorecardCsv):
    """Hand out every frozen scorecard as a workbook."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet("Scorecards")
        sheet.append(list(words.TITLES))
        for row in self.rows(request.user):
            sheet.append([value if isinstance(value, int) else safe_cell(value) for value in row])
        kept = io.BytesIO()
        book.save(kept)
        named = {"Content-Disposition": 'attachment; filename="scorecards.xlsx"'}
        return HttpResponse(kept.getvalue(), content_type=XLSX, headers=named)


class DelayOfLine(ShopVerb):
    """Record that a line's delay was not the vendor's."""

    roles = QUALITY
    model = OutsideOrderLine
    lookup = {"number": "order__number", "line_number": "line_number"}
    form_class = DelayForm
    heading = "Whose the delay of {record} was"
    lead = (
        "With this record a miss of the line is counted against nobody. The vendor reads it; months that are frozen "
        "stay as they are and show the change beside them."
    )
    submit_label = "Record it"
    done = "{result.number} says whose the delay of {result.line} was."

    def get_record(self, person):
        if self.kwargs["line_number"] > 1_000_000:
            raise Http404("There is no line of that number.")
        return super().get_record(person)

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order__site__organization")

    def act(self, record, data, *, by, token=None):
        return record_delay(by=by, line=record, **data)

    def cancel_url(self):
        return reverse("documents:scorecard-so-far", args=[self.record.order.site.organization.number])

    def success_url(self, result):
        return self.cancel_url()


class DelayWithdraw(ShopVerb):
    """Take the record of a delay back."""

    roles = QUALITY
    model = DelayRecord
    form_class = DelayWithdrawForm
    heading = "Withdraw {record.number}"
    lead = "Line {record.line} counts again."
    submit_label = "Withdraw it"
    done = "{result.number} is withdrawn."
    is_danger = True

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("line__order__site__organization")

    def act(self, record, data, *, by, token=None):
        return withdraw_delay(by=by, record=record, **data)

    def get_crumbs(self):
        return [{"label": "Scorecards", "url": reverse("documents:scorecard-list")}]

    def cancel_url(self):
        vendor = self.record.line.order.site.organization
        return reverse("documents:scorecard-so-far", args=[vendor.number])

    def success_url(self, result):
        return self.cancel_url()


class ScorecardTermsSet(ShopVerb):
    """Set the terms scorecards are reckoned by from a month on."""

    scope = LIST
    roles = MANAGERS
    form_class = TermsForm
    heading = "Terms of scorecards"
    lead = (
        "They hold from their month on, for every vendor. Frozen months keep the terms they were reckoned by."
    )
    submit_label = "Set these terms"
    done = "{result.number} holds from {result.from_month:%B %Y} on."

    def act(self, record, data, *, by, token=None):
        weights = {name.removeprefix(WEIGHT): data.pop(name) for name in [*data] if name.startswith(WEIGHT)}
        return set_terms(by=by, weights=weights, **data)

    def get_crumbs(self):
        return [{"label": "Scorecards", "url": reverse("documents:scorecard-list")}]

    def cancel_url(self):
        return reverse("documents:scorecard-list")

    def success_url(self, result):
        return self.cancel_url()
