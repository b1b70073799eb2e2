"""What differs between what a first article represented and what a lot uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from inspection.domain.triggers.amended import compare_amendments
from inspection.domain.triggers.kinds import EVALUATE, KINDS, LAPSE_MONTHS, ORDER, REPORTED, Policy
from inspection.domain.triggers.lapse import has_lapsed
from inspection.domain.triggers.plans import compare_plans, places
from inspection.domain.triggers.snapshots import Feature, Note, Run, Snapshot

NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was.

    `sequences` are the operations it concerns in the lot's own route, `identities` characteristics it concerns by
    name; `at` is the moment from which it holds, `basis` the amendment it comes from, where it holds for one lot alone.
    """

    kind: str
    subject: str
    before: str
    after: str
    sequences: tuple[int, ...] = ()
    identities: tuple[str, ...] = ()
    at: datetime | None = None
    basis: str = ""

    @property
    def key(self) -> str:
        """The same change, whichever lot shows it; once decided for a baseline it is not asked again."""
        return f"{self.kind}|{self.subject}|{self.before}|{self.after}"

    @property
    def words(self) -> str:
        """One clause for a sentence: what, where, from what to what."""
        what = KINDS[self.kind][0].lower()
        if self.kind in REPORTED:
            return ": ".join(filter(None, (what, self.subject, self.after)))
        where = f" of {self.subject}" if self.subject else ""
        if self.before or self.after:
            return f"{what}{where}: {_short(self.before)} → {_short(self.after)}"
        return f"{what}{where}"


def _short(text: str) -> str:
    is_hash = len(text) == 64 and " " not in text
    return text[:12] if is_hash else text or "nothing"


def reported(kind: str, subject: str, what: str, **where) -> Change:
    """Return a change a person reports: an event, or a corrective action."""
    return Change(kind, subject, "", what, **where)


def compare(baseline: Snapshot, lot: Snapshot, *, lapse_months: int = LAPSE_MONTHS) -> tuple[Change, ...]:
    """Return everything that differs, in the order of the kinds.

    What is not on record on one side is not compared: an operation that has not run yet differs in nothing.
    Units:   `lapse_months` calendar months.
    Source:  AS9102 Rev C 4.6; release rules 17 and 18.
    """
    found = [
        *_design(baseline, lot),
        *(Change(**each) for each in compare_plans(baseline, lot)),
        *(Change(**each) for each in compare_amendments(baseline, lot, places(baseline, lot))),
        *_runs(baseline, lot),
        *_material(baseline, lot),
        *_vendors(baseline, lot),
        *_gauges(baseline, lot),
        *_lapse(lot, lapse_months),
    ]
    return tuple(sorted(found, key=lambda each: (ORDER[each.kind], each.sequences, each.subject)))


def differing(changes: Iterable[Change], policy: Policy) -> tuple[Change, ...]:
    """Return the changes somebody must evaluate."""
    return tuple(each for each in changes if policy.class_of(each.kind) == EVALUATE)


def _design(baseline: Snapshot, lot: Snapshot) -> Iterator[Change]:
    began = lot.opened_at
    if baseline.part_revision != lot.part_revision:
        yield Change("part_revision", "", baseline.part_revision, lot.part_revision, at=began)
    if baseline.drawing_revision != lot.drawing_revision:
        yield Change("drawing_revision", "", baseline.drawing_revision, lot.drawing_revision, at=began)
    yield from _features(baseline.features, lot.features, began)
    yield from _notes(baseline.notes, lot.notes, began)


def _features(
    before: Iterable[Feature], after: Iterable[Feature], began: datetime | None
) -> Iterator[Change]:
    was = {each.identity: each for each in before}
    now = {each.identity: each for each in after}
    for identity, feature in now.items():
        named = {"identities": (identity,), "at": began}
        if (old := was.get(identity)) is None:
            yield Change("characteristic_added", feature.words, "", feature.requirement, **named)
        elif old.demands != feature.demands:
            yield Change("characteristic_modified", feature.words, *_demands(old, feature), **named)
        elif old != feature:
            yield Change("characteristic_renumbered", feature.words, _place(old), _place(feature), **named)
    for identity in [each for each in was if each not in now]:
        old = was[identity]
        yield Change("characteristic_deleted", old.words, old.requirement, "", at=began)


def _demands(old: Feature, new: Feature) -> tuple[str, str]:
    """Return both requirements as words; what the words do not show is told beside them."""
    if old.requirement != new.requirement:
        return old.requirement, new.requirement
    names = ("nominal", "lower", "upper", "unit", "kind", "designator", "side")
    told = [name for name in names if getattr(old, name) != getattr(new, name)]
    if not told:
        return tuple("reference" if each.is_reference else "required" for each in (old, new))
    return tuple(", ".join(f"{name} {getattr(each, name) or 'none'}" for name in told) for each in (old, new))


def _place(feature: Feature) -> str:
    return " ".join(each for each in (f"balloon {feature.balloon}", feature.name, feature.zone) if each)


def _notes(before: Iterable[Note], after: Iterable[Note], began: datetime | None) -> Iterator[Change]:
    was = {each.number: each for each in before}
    now = {each.number: each for each in after}
    for number in [*now, *(each for each in was if each not in now)]:
        old, new = was.get(number), now.get(number)
        texts = (old.text if old else "", new.text if new else "")
        if texts[0] != texts[1]:
            sequences = (new.sequence,) if new and new.sequence is not None else ()
            yield Change("note_changed", f"note {number}", *texts, sequences=sequences, at=began)


def _runs(baseline: Snapshot, lot: Snapshot) -> Iterator[Change]:
    moved = places(baseline, lot)
    was = {moved.get(each.sequence, each.sequence): each for each in baseline.runs}
    for run in lot.runs:
        if (old := was.get(run.sequence)) is None:
            continue
        for kind, before, after in _run_differences(old, run):
            yield Change(
                kind, f"operation {run.sequence}", before, after, sequences=(run.sequence,), at=run.at
            )


def _run_differences(old: Run, run: Run) -> Iterator[tuple[str, str, str]]:
    if old.cutting_sha256 != run.cutting_sha256:
        yield "nc_program", old.cutting_sha256 or NOT_RECORDED, run.cutting_sha256 or NOT_RECORDED
    elif old.raw_sha256 != run.raw_sha256:
        yield "nc_program_comments", old.raw_sha256 or NOT_RECORDED, run.raw_sha256 or NOT_RECORDED
    for kind in ("fixture", "fixture_revision", "machine", "site"):
        before, after = getattr(old, kind), getattr(run, kind)
        # a machine or site nobody wrote down is not another one
        is_known = kind in ("fixture", "fixture_revision") or (before and after)
        if is_known and before.casefold() != after.casefold():
            yield kind, before, after


def _material(baseline: Snapshot, lot: Snapshot) -> Iterator[Change]:
    old, new = baseline.material, lot.material
    if old is None or new is None:
        return
    pairs = (
        ("material_specification", old.specification, new.specification),
        ("material_condition", f"{old.condition}, {old.form}", f"{new.condition}, {new.form}"),
        ("material_source", old.source, new.source),
    )
    for kind, before, after in pairs:
        if before.casefold().split() != after.casefold().split():
            yield Change(kind, "", before, after, at=lot.opened_at)


def _vendors(baseline: Snapshot, lot: Snapshot) -> Iterator[Change]:
    moved = places(baseline, lot)
    was: dict[int, set[tuple[str, str]]] = {}
    for sent in baseline.sent:
        was.setdefault(moved.get(sent.sequence, sent.sequence), set()).add((sent.vendor, sent.site))
    for sent in lot.sent:
        known = was.get(sent.sequence)
        if not known or (sent.vendor, sent.site) in known:
            continue
        named = {"sequences": (sent.sequence,), "at": sent.at}
        subject = f"operation {sent.sequence}"
        sites = sorted(site for vendor, site in known if vendor == sent.vendor)
        if sites:
            places_of = (f"{sent.vendor}, {' and '.join(sites)}", f"{sent.vendor}, {sent.site}")
            yield Change("vendor_site", subject, *places_of, **named)
        else:
            vendors = " and ".join(sorted({vendor for vendor, _ in known}))
            yield Change("vendor", subject, vendors, sent.vendor, **named)


def _gauges(baseline: Snapshot, lot: Snapshot) -> Iterator[Change]:
    was = {each.identity: each for each in baseline.used}
    for used in lot.used:
        old = was.get(used.identity)
        if old is None or not old.gauges or not used.gauges:
            continue
        named = {"identities": (used.identity,), "at": used.at}
        subject = f"balloon {used.balloon}"
        if used.kinds - old.kinds:
            before = sorted({kind for kind, _ in old.gauges})
            after = sorted({kind for kind, _ in used.gauges})
            yield Change("gauge_kind", subject, ", ".join(before), ", ".join(after), **named)
        elif {number for _, number in used.gauges} - {number for _, number in old.gauges}:
            numbers = [", ".join(sorted(number for _, number in each.gauges)) for each in (old, used)]
            yield Change("gauge", subject, *numbers, **named)


def _lapse(lot: Snapshot, months: int) -> Iterator[Change]:
    last, restarted = lot.last_production_at, lot.restarted_at
    if last and restarted and has_lapsed(last, restarted, months):
        before = f"last production operation {last:%-d %b %Y}"
        yield Change("lapse", "", before, f"restart {restarted:%-d %b %Y}", at=restarted)
