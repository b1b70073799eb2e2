"""A scorecard as its reader sees it: figures with how they are counted, the records behind them, charts, changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.domain.scorecards.terms import FIGURES, ON_TIME, PAPER, PAPER_DAYS, QUALITY, WORK_DAYS
from documents.models import Scorecard
from portal.look.figures import thousands
from portal.look.line_charts import ChartPicture, Series, svg_of
from portal.models import Person
from portal.permissions import QUALITY as QUALITY_ROLES

NAMES = {
    ON_TIME: gettext_lazy("Delivered on time"),
    QUALITY: gettext_lazy("Parts per million"),
    PAPER: gettext_lazy("Paper right first time"),
    PAPER_DAYS: gettext_lazy("Certificate with the goods"),
    WORK_DAYS: gettext_lazy("Work in the agreed days"),
}
COUNTED_BY = {
    ON_TIME: gettext_lazy("Lines due in the month that came back whole within the window. A part is a miss."),
    QUALITY: gettext_lazy(
        "Pieces found wrong by the vendor's work, of the pieces that came back. Use as is counts too."
    ),
    PAPER: gettext_lazy("Certificates accepted at the first try, of those brought and decided."),
    PAPER_DAYS: gettext_lazy(
        "Returns whose certificate came no later than the pieces. Days run to its acceptance."
    ),
    WORK_DAYS: gettext_lazy("Lines back within the days between sending and due day."),
}
WENT = {
    "met": gettext_lazy("on time"),
    "early": gettext_lazy("too early"),
    "late": gettext_lazy("late"),
    "partial": gettext_lazy("in part"),
    "missing": gettext_lazy("missing"),
    "excused": gettext_lazy("not counted: delayed by others"),
    "not_sent": gettext_lazy("not counted: sent after its due day, or not at all"),
    "pending": gettext_lazy("not decided yet"),
    "right": gettext_lazy("right"),
    "wrong": gettext_lazy("wrong"),
    "again": gettext_lazy("a further try"),
    "found": gettext_lazy("found"),
    "critical": gettext_lazy("found, critical"),
}
BAD = ("early", "late", "partial", "missing", "wrong", "critical")
MONTHS_DRAWN = 12
DRAWN = (ON_TIME, QUALITY, PAPER)


def month_words(month: date) -> str:
    """Return a month as people say it."""
    return date_format(month, "YEAR_MONTH_FORMAT")


def value_words(figure: dict) -> str:
    """Return a figure as it is read, or how much is missing for one."""
    if figure["value"] is None:
        return _("insufficient data: %(counted)s of at least %(least)s") % figure
    if figure["code"] == QUALITY:
        return _("%(value)s ppm") % {"value": _grouped(figure["value"])}
    return f"{figure['value']} %"


def _grouped(figure: object) -> str:
    """Return a whole number kept as text or number in groups, in the reader's way."""
    return str(thousands(int(figure))) if str(figure).isdigit() else str(figure)


def beside(figure: dict) -> str:
    """Return what stands beside a figure: the bound, or the days."""
    if figure["bound"] is not None:
        return _("at most %(bound)s ppm with 95 %% certainty") % {"bound": _grouped(figure["bound"])}
    if figure["median"] is None:
        return ""
    words = _("median %(median)s days, nine of ten within %(p90)s") % figure
    agreed = _("; agreed %(agreed)s") % figure if figure["agreed"] is not None else ""
    return f"{words}{agreed}"


def figures_shown(content: dict, person: Person) -> list[dict]:
    """Return the figures of a card with the records behind each."""
    weights = content["terms"]["weights"]
    return [
        {
            "code": each["code"],
            "name": NAMES[each["code"]],
            "counted_by": COUNTED_BY[each["code"]],
            "value": value_words(each),
            "beside": beside(each),
            "of": _("%(numerator)s of %(denominator)s") % each,
            "points": each["points"] if each["points"] is not None else "",
            "weight": weights[each["code"]],
            "is_enough": each["value"] is not None,
            # what went well is folded away
            "has_misses": any(row["went"] in BAD for row in each["records"]),
            "columns": columns_of(each["code"], person),
            "records": [record_shown(row, each["code"], person) for row in each["records"]],
        }
        for each in content["figures"]
    ]


def columns_of(code: str, person: Person) -> list[dict]:
    on = {ON_TIME: _("Due"), PAPER: _("Brought"), QUALITY: _("Found")}.get(code, _("Back"))
    columns = [
        {"key": "number", "label": _("Record"), "kind": "code", "url_key": "url"},
        {"key": "on", "label": on, "kind": "day"},
        {"key": "went", "label": _("How it went"), "note_key": "note"},
    ]
    if code != PAPER:
        columns.append({"key": "pieces", "label": _("Pieces"), "kind": "num"})
    if code in (ON_TIME, PAPER_DAYS, WORK_DAYS):
        label = _("Days late") if code == ON_TIME else _("Days")
        columns.append({"key": "days", "label": label, "kind": "num"})
    if code == ON_TIME and person.role in QUALITY_ROLES:
        columns.append({"key": "act", "label": _("Whose it was"), "url_key": "act_url", "empty": " "})
    return columns


def record_shown(row: dict, code: str, person: Person) -> dict:
    is_bad = row["went"] in BAD
    shown = {
        "number": row["number"],
        "url": url_of(row["number"], code, person),
        "on": date.fromisoformat(row["on"]) if row["on"] else None,
        "went": WENT[row["went"]],
        "note": note_of(row, code),
        "pieces": row["pieces"],
        "days": row["days"],
        "tone": "bad" if is_bad else "",
    }
    if code == ON_TIME and is_bad and person.role in QUALITY_ROLES:
        order, _slash, line = row["number"].rpartition("/")
        shown |= {
            "act": _("Not theirs"),
            "act_url": reverse("documents:delay-record", args=[order, int(line)]),
        }
    elif code == ON_TIME and row["note"] and person.role in QUALITY_ROLES:
        shown |= {"act": _("Withdraw"), "act_url": reverse("documents:delay-withdraw", args=[row["note"]])}
    return shown


def note_of(row: dict, code: str) -> str:
    if code == WORK_DAYS:
        return _("agreed %(days)s days") % {"days": row["note"]}
    return row["note"] if code in (ON_TIME, PAPER_DAYS) else ""


def url_of(number: str, code: str, person: Person) -> str:
    """Return where a record behind a figure is read; a vendor reads its orders and certificates."""
    if code == QUALITY:
        return reverse("inspection:nonconformance-detail", args=[number]) if person.is_shop else ""
    if code == PAPER:
        return reverse("documents:certificate-detail", args=[number])
    return reverse("subcontract:order-detail", args=[number.rpartition("/")[0]])


def terms_words(terms: dict) -> list[str]:
    """Return the terms of a card in sentences."""
    window = (
        _("On time is from %(early_days)s days before to %(late_days)s days after the due day.")
        if terms["early_days"] is not None
        else _("On time is any day up to the due day.")
        if not int(terms["late_days"])
        else _("On time is from any day before to %(late_days)s days after the due day.")
    )
    return [
        window % terms,
        _("A figure needs at least %(least_lines)s; %(ppm_at_zero)s ppm earn no points.")
        % (terms | {"ppm_at_zero": _grouped(terms["ppm_at_zero"])}),
        _(
            "Grade A from %(grade_a)s points, B from %(grade_b)s. A critical characteristic found wrong at the "
            "customer leaves no more than C."
        )
        % terms,
        _("Terms %(number)s.") % terms if terms["number"] != "house" else _("The house's own terms."),
    ]


def charts_of(cards: Iterable[Scorecard]) -> list[dict]:
    """Return a chart for each figure that two months or more have a value of, the oldest month first."""
    cards = sorted(cards, key=lambda card: card.month)[-MONTHS_DRAWN:]
    drawn = []
    for code in DRAWN:
        points = [
            (card.month, float(each["value"]))
            for card in cards
            for each in card.content["figures"]
            if each["code"] == code and each["value"] is not None
        ]
        if len(points) < 2:
            continue
        unit = _("ppm") if code == QUALITY else "%"
        said = ", ".join(f"{date_format(month, 'M Y')} {value:g} {unit}" for month, value in points)
        picture = ChartPicture(
            str(NAMES[code]),
            said,
            [Series([value for _month, value in points])],
            groups=[(date_format(month, "M"), 1) for month, _value in points],
            unit=unit,
        )
        drawn.append({"title": NAMES[code], "words": said, "svg": mark_safe(svg_of(picture))})
    return drawn


def changes_words(changed: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return what later records would make of a frozen card, a line a figure."""
    names = {**NAMES, "grade": gettext_lazy("Grade")}
    return [
        _("%(name)s: %(before)s when it was frozen, %(after)s today")
        % {"name": names[code], "before": before, "after": after}
        for code, before, after in changed
    ]


TITLES = ("Number", "Vendor", "Month", "Grade", "Score") + tuple(
    f"{code} {part}" for code in FIGURES for part in ("value", "numerator", "denominator")
)


def export_rows(cards: Iterable[Scorecard]) -> Iterable[tuple]:
    """Return a line a card for a table: figures as value, numerator, denominator."""
    for card in cards:
        figures = [
            part
            for each in card.content["figures"]
            for part in (each["value"], each["numerator"], each["denominator"])
        ]
        yield (card.number, card.vendor.name, f"{card.month:%Y-%m}", card.grade, card.score, *figures)
