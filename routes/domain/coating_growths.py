"""Growth of coatings as data: drafted with its source, signed by another, superseded; found for an operation."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.db import transaction
from django.utils import timezone

from portal.domain.errors import Incomplete, Refused
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.domain.signed_terms import Kind, drop_draft, put_in_force, take_to_sign
from portal.models import Authority, Organization, Person
from routes.domain.finish_growth import Growth
from routes.domain.words import ANOTHER, AuthorMayNotApprove, only_once, require_text
from routes.formats.units import convert
from routes.models import CoatingGrowth, Operation, SpecificationRevision
from routes.models.finish import FEATURES
from routes.permissions import PLANNERS, require_role

KIND = Kind("coating growth", "{}", changes="the figures")
# thicker than any coating this is about, in millimetres
THICKEST_MM = Decimal(5)
FIGURES = ("thickness_min", "thickness_max", "ratio_min", "ratio_max")


class FiguresDoNotFit(Refused):
    """A figure of a growth lies where it cannot."""

    code = "figures-do-not-fit"


@dataclass(frozen=True)
class FoundGrowth:
    """The growth of one face by one operation, in the unit asked for, and the rows it came from."""

    growth: Growth
    rows: tuple[CoatingGrowth, ...]

    @property
    def is_uncertain(self) -> bool:
        """Whether it is not agreed how much of the coating stands out of the metal."""
        return any(row.ratio_min != row.ratio_max for row in self.rows)


@transaction.atomic
def draft(
    *,
    by: Person,
    specification: SpecificationRevision,
    thickness_min: Decimal,
    thickness_max: Decimal,
    unit: str,
    ratio_min: Decimal,
    ratio_max: Decimal,
    source: str,
    spec_type: str = "",
    spec_class: str = "",
    vendor: Organization | None = None,
    material: str = "",
    feature: str = "",
) -> CoatingGrowth:
    """Draft how a coating grows; nothing is computed by it until another person signed it.

    Units:   thickness in `unit` (in, mm, um), penetration and build-up together; ratio from 0 to 1.
    Raises:  NotEntitled; Incomplete without a source; FiguresDoNotFit; AlreadyThere while a draft for the same
             coating waits.
    """
    require_role(by=by, roles=PLANNERS, act="draft the growth of coatings")
    growth = CoatingGrowth(
        specification=specification,
        spec_type=spec_type.strip(),
        spec_class=spec_class.strip(),
        vendor=vendor,
        material=material.strip(),
        feature=feature,
        thickness_min=thickness_min,
        thickness_max=thickness_max,
        unit=unit,
        ratio_min=ratio_min,
        ratio_max=ratio_max,
        author=by,
        drafted_at=timezone.now(),
    )
    growth.source = require_text(
        source, f"Say where the figures of {growth.what} come from; whoever signs reads it."
    )
    _require_fitting(growth)
    growth.number = next_number("CG")
    with only_once(
        f"A growth of {growth.what} for {growth.whose} waits for a signature. Sign or drop that one first."
    ):
        growth.save()
    record_event(by=by, verb="draft", noun="coating growth", number=growth.number, data=content_of(growth))
    return growth


def _require_fitting(growth: CoatingGrowth) -> None:
    what = f"The growth of {growth.what}"
    if growth.vendor is not None and growth.vendor.kind != Organization.VENDOR:
        raise FiguresDoNotFit(f"{growth.vendor.name} is no vendor. Choose a vendor, or none for any.")
    if growth.unit not in dict(CoatingGrowth.UNITS) or growth.feature not in ("", *dict(FEATURES)):
        raise Incomplete(f"{what} names a unit or a feature we do not know. Choose one of the list.")
    if not all(getattr(growth, name).is_finite() for name in FIGURES):
        raise FiguresDoNotFit(f"{what} has a figure that is no number. Correct it.")
    if not 0 <= growth.thickness_min <= growth.thickness_max:
        raise FiguresDoNotFit(
            f"{what} reads {growth.thickness_min} to {growth.thickness_max} {growth.unit} thick. Give the thinner "
            "first."
        )
    if convert(growth.thickness_max, source=growth.unit, target="mm") > THICKEST_MM:
        raise FiguresDoNotFit(
            f"{what} reads {growth.thickness_max} {growth.unit} thick. Check the number and its unit."
        )
    if not 0 <= growth.ratio_min <= growth.ratio_max <= 1:
        raise FiguresDoNotFit(
            f"{what} has a build-up ratio of {growth.ratio_min} to {growth.ratio_max}. Give the smaller first, both "
            "from "
            "0 (all inwards) to 1 (all outwards)."
        )


@transaction.atomic
def sign(*, by: Person, growth: CoatingGrowth, token: str) -> CoatingGrowth:
    """Put a growth in force for every plan released from now on; the one before is superseded.

    Raises:  NotEntitled without role or authority; AuthorMayNotApprove; NotTheMoment once signed or dropped;
             CredentialRefused.
    """
    require_role(by=by, roles=PLANNERS, act=f"sign the growth {growth.number}")
    growth = take_to_sign(KIND, growth, by=by, refusal=AuthorMayNotApprove, otherwise=ANOTHER)
    same = {name: getattr(growth, name) for name in CoatingGrowth.KEY}
    return put_in_force(
        KIND,
        growth,
        by=by,
        token=token,
        before=CoatingGrowth.objects.filter(state=CoatingGrowth.IN_FORCE, **same).first(),
        content=content_of(growth),
        act=Authority.APPROVE_ROUTE,
        made_by=(growth.author,),
    )


@transaction.atomic
def drop(*, by: Person, growth: CoatingGrowth, reason: str) -> CoatingGrowth:
    """Give up a draft; nothing changes.

    Raises:  NotEntitled; Incomplete without a reason; NotTheMoment once it is signed or dropped.
    """
    require_role(by=by, roles=PLANNERS, act=f"drop the growth {growth.number}")
    return drop_draft(KIND, growth, by=by, reason=reason)


def content_of(growth: CoatingGrowth) -> dict:
    """Return what the signature covers."""
    return {
        "specification": str(growth.specification),
        "type": growth.spec_type,
        "class": growth.spec_class,
        "vendor": growth.vendor.number if growth.vendor else None,
        "material": growth.material,
        "feature": growth.feature,
        "unit": growth.unit,
        **{name: f"{getattr(growth, name):f}" for name in FIGURES},
        "source": growth.source,
    }


def growth_of(operation: Operation, feature: str, *, unit: str) -> FoundGrowth | None:
    """Return how much one face of a feature grows in an operation; None while nobody signed figures for it.

    The row that names most counts; rows of single vendors count together where no row is for any vendor, because a
    plan does not know yet who will do the work.
    Units:   growth in `unit`, its ends rounded outwards at the twelfth decimal where a conversion has no end.
    """
    rows = [row for row in growths_for(operation) if row.feature in ("", feature)]
    if not rows:
        return None
    of_any = [row for row in rows if row.vendor_id is None]
    chosen = _most_specific(of_any) if of_any else _most_specific(rows)
    in_unit = [in_unit_of(row, unit) for row in chosen]
    growth = Growth(min(each.least for each in in_unit), max(each.most for each in in_unit))
    return FoundGrowth(growth, tuple(chosen))


def growths_for(operation: Operation) -> list[CoatingGrowth]:
    """Return the growths in force for what an operation does, of any vendor."""
    if operation.specification_id is None:
        return []
    rows = CoatingGrowth.objects.filter(
        state=CoatingGrowth.IN_FORCE,
        specification=operation.specification_id,
        spec_type__in=("", operation.spec_type),
        spec_class__in=("", operation.spec_class),
    ).select_related("specification", "vendor")
    condition = operation.material_condition.casefold()
    return [row for row in rows.order_by("pk") if condition.startswith(row.material.casefold())]


def _most_specific(rows: list[CoatingGrowth]) -> list[CoatingGrowth]:
    def named(row: CoatingGrowth) -> int:
        return sum(bool(each) for each in (row.feature, row.material, row.spec_class, row.spec_type))

    most = max(named(row) for row in rows)
    return [row for row in rows if named(row) == most]


def in_unit_of(row: CoatingGrowth, unit: str) -> Growth:
    """Return the growth of one face by a row, in a unit."""
    growth = Growth.of(**{name: getattr(row, name) for name in FIGURES})
    least, most = (convert(each, source=row.unit, target=unit) for each in (growth.least, growth.most))
    place = Decimal("1e-12")
    return Growth(least.quantize(place, ROUND_FLOOR), most.quantize(place, ROUND_CEILING))
