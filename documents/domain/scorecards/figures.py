"""The figures of one vendor's month: a pure function of its facts and the terms.

Every figure carries its numerator, its denominator and the records behind it; with too little to judge by there is no
figure. RULES names this version of the reckoning and is kept with every frozen card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil

from documents.domain.scorecards.bounds import MILLION, upper_bound_ppm
from documents.domain.scorecards.facts import LineFact, MonthFacts, PaperFact, ReturnFact
from documents.domain.scorecards.terms import ON_TIME, PAPER, PAPER_DAYS, QUALITY, WORK_DAYS, Terms

RULES = "1"
HUNDRED = 100
# how a line, a return or a certificate went
MET, EARLY, LATE, PARTIAL, MISSING = "met", "early", "late", "partial", "missing"
EXCUSED, NOT_SENT, PENDING = "excused", "not_sent", "pending"
RIGHT, WRONG, AGAIN = "right", "wrong", "again"
COUNTED = (MET, EARLY, LATE, PARTIAL, MISSING, RIGHT, WRONG)
GOOD = (MET, RIGHT)


@dataclass(frozen=True)
class Behind:
    """One record behind a figure: its number, its day, how it went, and what to say of it in figures."""

    number: str
    on: date | None
    went: str
    note: str = ""
    pieces: int = 0
    days: int | None = None


@dataclass(frozen=True)
class Figure:
    """One figure. `value` is empty without enough data: `counted` of at least `least`.

    Units:   share in percent, or parts per million; days for median and p90.
    """

    code: str
    numerator: int
    denominator: int
    counted: int
    least: int
    value: Decimal | None
    points: Decimal | None
    records: tuple[Behind, ...] = ()
    bound: int | None = None
    median: Decimal | None = None
    p90: int | None = None
    agreed: Decimal | None = None

    @property
    def is_enough(self) -> bool:
        return self.value is not None


@dataclass(frozen=True)
class Card:
    """What one vendor's month comes to."""

    month: date
    figures: tuple[Figure, ...]
    score: Decimal | None
    grade: str
    escapes: tuple[str, ...] = field(default=())

    def figure(self, code: str) -> Figure:
        return next(each for each in self.figures if each.code == code)


def reckon(facts: MonthFacts, terms: Terms, *, today: date) -> Card:
    """Return the card of one vendor's month as it stands on a day.

    Source:  house rules in decision 0048: on-time delivery, parts per million, paper right first time, days of the
             certificate and of the work; weights and grades are the terms'.
    """
    figures = (
        _on_time(facts, terms, today),
        _quality(facts, terms),
        _paper(facts, terms),
        _paper_days(facts, terms),
        _work_days(facts, terms),
    )
    escapes = tuple(each.number for each in facts.findings if each.is_at_customer and each.is_critical)
    score = _score(figures, terms)
    return Card(facts.month, figures, score, _grade(score, terms, bool(escapes)), escapes)


def whole_on(line: LineFact) -> date | None:
    """Return the day on which every piece ordered had come back; none while some had not."""
    came = 0
    for each in line.came:
        came += each.returned
        if came >= line.quantity:
            return each.on
    return None


def went(line: LineFact, terms: Terms, today: date) -> str:
    """Say how a line went by its window: a part of it on time is a miss, and so is what never came.

    A line the shop sent after its due day, or not at all, is not the vendor's; nor is a miss with a record.
    """
    done, last = whole_on(line), line.due_on + timedelta(days=terms.late_days)
    if done is None and today <= last:
        return PENDING
    if line.sent_on is None or line.sent_on > line.due_on:
        return NOT_SENT
    if done is None:
        miss = PARTIAL if any(each.returned for each in line.came) else MISSING
    elif done > last:
        miss = LATE
    elif terms.early_days is not None and done < line.due_on - timedelta(days=terms.early_days):
        miss = EARLY
    else:
        return MET
    return EXCUSED if line.delay else miss


def _on_time(facts: MonthFacts, terms: Terms, today: date) -> Figure:
    due = [line for line in facts.lines if facts.month <= line.due_on < facts.after]
    records = []
    for line in due:
        done = whole_on(line)
        late = (done - line.due_on).days if done else None
        records.append(
            Behind(line.number, line.due_on, went(line, terms, today), line.delay, line.quantity, late)
        )
    return _share(ON_TIME, records, terms)


def _quality(facts: MonthFacts, terms: Terms) -> Figure:
    """Count every piece of a finding whose record names the vendor, whatever was decided on it, also use as is."""
    received = sum(each.pieces for each in facts.returns)
    found = sum(each.pieces for each in facts.findings)
    value = points = None
    if len(facts.returns) >= terms.least_lines and received:
        share = Fraction(found * MILLION, received)
        value = _round(share, "1")
        points = _round(max(Fraction(0), HUNDRED * (1 - share / terms.ppm_at_zero)), "0.1")
    records = tuple(
        Behind(each.number, each.on, "critical" if each.is_critical else "found", "", each.pieces)
        for each in facts.findings
    )
    bound = upper_bound_ppm(found, received)
    return Figure(
        QUALITY, found, received, len(facts.returns), terms.least_lines, value, points, records, bound
    )


def _paper(facts: MonthFacts, terms: Terms) -> Figure:
    def said(paper: PaperFact) -> str:
        if paper.is_again:
            return AGAIN
        return {"accept": RIGHT, "reject": WRONG, "revoke": WRONG}.get(paper.decision, PENDING)

    records = [Behind(each.number, each.brought_on, said(each), each.decision) for each in facts.papers]
    return _share(PAPER, records, terms)


def _paper_days(facts: MonthFacts, terms: Terms) -> Figure:
    """Count a return in time whose certificate came no later than its pieces; days run until it was accepted."""

    def record(each: ReturnFact) -> Behind:
        in_time = each.brought_on is not None and each.brought_on <= each.on
        state = MET if in_time else LATE if each.brought_on else MISSING
        days = max((each.accepted_on - each.on).days, 0) if each.accepted_on else None
        return Behind(each.line, each.on, state, each.lot, each.pieces, days)

    return _share(PAPER_DAYS, [record(each) for each in facts.returns], terms)


def _work_days(facts: MonthFacts, terms: Terms) -> Figure:
    """Compare the days a line was away with those agreed, for lines that came back whole in the month."""
    records, agreed = [], []
    for line in facts.lines:
        done = whole_on(line)
        if done is None or line.sent_on is None or not facts.month <= done < facts.after:
            continue
        away, days = (done - line.sent_on).days, (line.due_on - line.sent_on).days
        is_met = days >= 0 and away <= days + terms.late_days
        state = NOT_SENT if days < 0 else MET if is_met else EXCUSED if line.delay else LATE
        records.append(Behind(line.number, done, state, str(max(days, 0)), line.quantity, away))
        if state in COUNTED:
            agreed.append(days)
    return _share(WORK_DAYS, records, terms, agreed=_median(agreed))


def _share(code: str, records: list[Behind], terms: Terms, *, agreed: Decimal | None = None) -> Figure:
    counted = [each for each in records if each.went in COUNTED]
    good = sum(each.went in GOOD for each in counted)
    days = sorted(each.days for each in counted if each.days is not None)
    value = None
    if len(counted) >= terms.least_lines:
        value = _round(Fraction(good * HUNDRED, len(counted)), "0.1")
    is_timed = code in (PAPER_DAYS, WORK_DAYS)
    return Figure(
        code=code,
        numerator=good,
        denominator=len(counted),
        counted=len(counted),
        least=terms.least_lines,
        value=value,
        points=value,
        records=tuple(records),
        median=_median(days) if is_timed else None,
        p90=days[ceil(0.9 * len(days)) - 1] if is_timed and days else None,
        agreed=agreed,
    )


def _median(days: Sequence[int]) -> Decimal | None:
    if not days:
        return None
    days = sorted(days)
    middle = len(days) // 2
    pair = (days[middle],) * 2 if len(days) % 2 else (days[middle - 1], days[middle])
    return _round(Fraction(sum(pair), 2), "0.1")


def _score(figures: tuple[Figure, ...], terms: Terms) -> Decimal | None:
    """Return the mean of the points by weight, over the figures there are; none when they weigh less than half."""
    there = [each for each in figures if each.points is not None]
    weight = sum(terms.weights[each.code] for each in there)
    if weight == 0 or 2 * weight < sum(terms.weights.values()):
        return None
    total = sum(Fraction(each.points) * terms.weights[each.code] for each in there)
    return _round(total / weight, "0.1")


def _grade(score: Decimal | None, terms: Terms, has_escape: bool) -> str:
    """Return A, B or C; a critical characteristic that was found wrong at the customer leaves no more than C."""
    if score is None:
        return ""
    if has_escape or score < terms.grade_b:
        return "C"
    return "A" if score >= terms.grade_a else "B"


def _round(value: Fraction, step: str) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(step), rounding=ROUND_HALF_UP)
