"""Labels of drawings and files: those of the first day, and those a shop adds.

The strictest of its sources holds what is derived.
"""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction

from portal.domain.errors import Incomplete, NotEntitled, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Label, Person
from portal.permissions import may_manage_people

# code, name, strictness, whether only export-eligible people may see it, countries it may be sent to (none: any)
STANDARD = (
    ("PROPRIETARY", "Customer proprietary", 10, False, []),
    ("EAR", "Export controlled (EAR)", 50, True, []),
    ("ITAR", "Export controlled (ITAR)", 90, True, ["US"]),
)


def make_standard_labels() -> list[Label]:
    """Make the labels a shop needs on its first day; those that stand already stay as they are.

    Source:  22 CFR 120 (release to a foreign person is an export) and 15 CFR 730.
    """
    return [
        Label.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "strictness": strictness,
                "needs_eligibility": needs_eligibility,
                "allowed_countries": countries,
            },
        )[0]
        for code, name, strictness, needs_eligibility, countries in STANDARD
    ]


CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
COUNTRY = re.compile(r"[A-Z]{2}")
STRICTEST = 99


class LabelRefused(Refused):
    """A label's code, strictness or countries cannot stand as they are."""

    code = "label-refused"


def _require_manager(by: Person) -> None:
    if not may_manage_people(by):
        raise NotEntitled(f"{by.printed_name} may not decide how strictly files are held; ask a manager.")


def _clean_facts(*, name: str, strictness: int, allowed_countries: list[str]) -> tuple[str, list[str]]:
    if not name.strip():
        raise Incomplete("Give the label a name that people read on drawings and files.")
    if not 1 <= strictness <= STRICTEST:
        raise LabelRefused(f"Strictness {strictness} is not between 1 and {STRICTEST}; higher is stricter.")
    countries = sorted({country.strip().upper() for country in allowed_countries if country.strip()})
    if wrong := [country for country in countries if not COUNTRY.fullmatch(country)]:
        raise LabelRefused(f"{', '.join(wrong)} is not a country code of two letters, as in US or DE.")
    return name.strip(), countries


def _save(label: Label, *, verb: str, by: Person, data: dict) -> Label:
    """Save under a guard of its own: two labels at one instant cannot share a code or a strictness."""
    try:
        with transaction.atomic():
            label.save()
    except IntegrityError:
        other = Label.objects.exclude(pk=label.pk).filter(code=label.code).first()
        if other:
            raise LabelRefused(f"{label.code} is the code of {other.name}. Choose another code.") from None
        same = Label.objects.exclude(pk=label.pk).filter(strictness=label.strictness).first()
        whose = f" is how strict {same.name} is" if same else " was taken a moment ago"
        raise LabelRefused(f"Strictness {label.strictness}{whose}. Choose another one.") from None
    record_event(by=by, verb=verb, noun="label", number=label.code, data=data)
    return label


def _facts_of(label: Label) -> dict:
    return {
        "name": label.name,
        "strictness": label.strictness,
        "needs_eligibility": label.needs_eligibility,
        "allowed_countries": label.allowed_countries,
    }


@transaction.atomic
def add_label(
    *,
    by: Person,
    code: str,
    name: str,
    strictness: int,
    needs_eligibility: bool = False,
    allowed_countries: list[str] | tuple[str, ...] = (),
) -> Label:
    """Add a label for drawings and files.

    Raises:  NotEntitled unless a manager adds it; LabelRefused; Incomplete without a name.
    """
    _require_manager(by)
    upper = code.strip().upper()
    if not CODE.fullmatch(upper):
        raise LabelRefused(
            f"{code!r} is not a short code. Use letters A to Z, digits and hyphens, as in NDA-2."
        )
    name, countries = _clean_facts(
        name=name, strictness=strictness, allowed_countries=list(allowed_countries)
    )
    label = Label(
        code=upper,
        name=name,
        strictness=strictness,
        needs_eligibility=needs_eligibility,
        allowed_countries=countries,
    )
    return _save(label, verb="add", by=by, data=_facts_of(label))


@transaction.atomic
def change_label(
    *,
    by: Person,
    label: Label,
    name: str,
    strictness: int,
    needs_eligibility: bool,
    allowed_countries: list[str] | tuple[str, ...],
    reason: str,
) -> Label:
    """Change how strictly everything under a label is held, from now on and for all it already holds.

    Raises:  NotEntitled unless a manager changes it; LabelRefused; Incomplete without a name or a reason.
    Source:  22 CFR 120 and 15 CFR 730: loosening a control is a decision somebody answers for.
    """
    _require_manager(by)
    if not reason.strip():
        raise Incomplete(f"Say why {label.name} changes; the reason is kept with the event.")
    name, countries = _clean_facts(
        name=name, strictness=strictness, allowed_countries=list(allowed_countries)
    )
    current = lock(label)
    before = _facts_of(current)
    current.name, current.strictness = name, strictness
    current.needs_eligibility, current.allowed_countries = needs_eligibility, countries
    data = {"before": before, "after": _facts_of(current), "reason": reason.strip()}
    return _save(current, verb="change", by=by, data=data)
