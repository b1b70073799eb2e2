"""A setup as run, held against the approved ones: which it equals, or which is nearest and what differs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from portal.models import Organization, Site
from routes.formats.numbers import NotANumber, exact
from routes.models import Operation, Setup, SetupRun

NOT_STATED = "not stated"


class Difference(NamedTuple):
    """One thing that differs: what is approved, and what was run."""

    field: str
    locked: str
    as_run: str


def approved_of(operation: Operation) -> list[Setup]:
    """Return the approved setups of an operation, the first approved first; fetch `setups` beforehand for many."""
    return [each for each in operation.setups.all() if each.state == Setup.APPROVED]


def nearest(setups: Iterable[Setup], run: SetupRun) -> tuple[Setup, list[Difference]]:
    """Return the setup the run equals, or the one it differs from least; of two as near, the first approved.

    A program that cuts otherwise weighs more than another fixture, and that more than everything else.
    """
    compared = [(setup, differences(setup, run)) for setup in setups]
    return min(compared, key=lambda pair: (*_weight(pair[1]), pair[0].pk))


def _weight(found: list[Difference]) -> tuple[bool, bool, int]:
    fields = {each.field for each in found}
    return "nc_program" in fields, "fixture" in fields, len(found)


def differences(setup: Setup, run: SetupRun) -> list[Difference]:
    """Return everything that differs from one setup; a site or machine it leaves open is not compared.

    A program that cuts the same but reads differently is a difference too, of `nc_program_comments`. Offsets are
    compared name by name when the run states any.
    """
    found = [
        Difference(field, getattr(setup, field), getattr(run, field))
        for field in ("fixture", "fixture_revision")
        if getattr(setup, field) != getattr(run, field)
    ]
    if setup.nc_cutting_sha256 != run.nc_cutting_sha256:
        found.append(Difference("nc_program", setup.nc_cutting_sha256, run.nc_cutting_sha256 or NOT_STATED))
    elif setup.nc_raw_sha256 != run.nc_raw_sha256:
        found.append(Difference("nc_program_comments", setup.nc_raw_sha256, run.nc_raw_sha256 or NOT_STATED))
    if run.offsets and (other := _other_offsets(setup.offsets, run.offsets)):
        locked, as_run = (_offsets_in_words(offsets, other) for offsets in (setup.offsets, run.offsets))
        found.append(Difference("offsets", locked, as_run))
    if setup.machine and setup.machine.casefold() != run.machine.casefold():
        found.append(Difference("machine", setup.machine, run.machine or NOT_STATED))
    if setup.site_id and setup.site_id != run.site_id:
        found.append(Difference("site", setup.site.name, run.site.name if run.site else NOT_STATED))
    return found


def _other_offsets(locked: dict[str, str], as_run: dict[str, str]) -> list[str]:
    """Return the names whose value is not the same number, or not the same word."""
    names = [*locked, *(name for name in as_run if name not in locked)]
    return [name for name in names if _value(locked.get(name)) != _value(as_run.get(name))]


def _value(text: str | None):
    try:
        return exact(text) if text is not None else None
    except NotANumber:
        return text


def _offsets_in_words(offsets: dict[str, str], names: list[str]) -> str:
    """Return the named offsets in one line of at most 200 characters, which is what a difference keeps."""
    words = "; ".join(f"{name} {offsets.get(name, NOT_STATED)}" for name in names)
    return words if len(words) <= 200 else f"{words[:199]}…"


def same_content(standing: Setup, proposed: Setup) -> bool:
    """Say whether a proposed setup would be equal to the same runs; one without offsets adds nothing by that."""
    compared = ("site_id", "machine", "fixture", "fixture_revision", "nc_raw_sha256", "nc_cutting_sha256")
    return all(getattr(standing, field) == getattr(proposed, field) for field in compared) and (
        not proposed.offsets or standing.offsets == proposed.offsets
    )


def only_site() -> Site | None:
    """Return the shop's site when it has but one; nobody is asked where it was then."""
    sites = list(Site.objects.filter(organization__kind=Organization.SHOP)[:2])
    return sites[0] if len(sites) == 1 else None
