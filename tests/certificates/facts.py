"""What a certificate says, and what the order behind it asks for; both made from one seeded chance."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from documents.domain.chain.lot_facts import SpecificationFacts
from documents.domain.comparison import MaterialDemand, ProcessDemand
from tests.certificates import trade
from tests.certificates.trade import Result

MATERIAL, PROCESS = "material", "process"


@dataclass(frozen=True)
class Facts:
    """What one paper says. An empty field is left off the paper."""

    kind: str
    family: str
    stated_number: str
    stated_on: date | None
    certificate_type: str
    issuer_name: str
    site: str
    site_address: str
    customer: str
    po_number: str
    po_line: str
    part_number: str
    part_revision: str
    description: str
    spec_number: str
    spec_revision: str
    spec_type: str
    spec_class: str
    condition: str
    identifier: str
    lot_number: str
    quantity: int
    process_from: date | None
    process_to: date | None
    signed_name: str
    signed_title: str
    grade: str = ""
    weight: str = ""
    statement: str = ""
    rows: tuple[Result, ...] = ()
    pages_claimed: int = 0


@dataclass(frozen=True)
class Order:
    """What the shop's records say: enough to judge a paper without a database.

    `limits` are the results asked for, `used` the numbers of certificates taken for other lots with the lot each
    is for. `country` tells how its people write a day.
    """

    kind: str
    po_number: str
    po_line: str
    site: str
    site_address: str
    country: str
    part_number: str
    part_revision: str
    spec_number: str
    spec_revision: str
    spec_type: str
    spec_class: str
    condition: str
    identifier: str
    lot_number: str
    quantity: int
    certificate_type: str
    shipped_on: date | None = None
    received_on: date | None = None
    limits: tuple[Result, ...] = ()
    used: tuple[tuple[str, str], ...] = field(default=())

    @property
    def specification(self) -> SpecificationFacts:
        return SpecificationFacts(self.spec_number, self.spec_revision, self.kind, (self.spec_number,))

    def process_demand(self) -> ProcessDemand:
        return ProcessDemand(
            order=self.po_number,
            site=self.site,
            part_number=self.part_number,
            part_revision=self.part_revision,
            specification=self.specification,
            spec_type=self.spec_type,
            spec_class=self.spec_class,
            quantity=self.quantity,
            subject=f"lot {self.lot_number}",
            certificate_type=self.certificate_type,
        )

    def material_demand(self) -> MaterialDemand:
        return MaterialDemand(
            identifier=self.identifier,
            specification=self.specification,
            condition=self.condition,
            quantity=self.quantity,
            subject=f"material {self.lot_number}",
            certificate_type=self.certificate_type,
        )


def process_facts(chance: random.Random, country: str) -> tuple[Facts, Order]:
    """Make the paper of one outside operation and the order it answers, in agreement."""
    work = chance.choice(trade.PROCESSES)
    paper = _paper(chance, country, PROCESS, work.family)
    start = paper.stated_on - timedelta(days=chance.randint(0, 3))
    begun = start - timedelta(days=chance.choice((0, 0, 1, 2)))
    paper = replace(
        paper,
        spec_number=work.number,
        spec_revision=work.revision,
        spec_type=chance.choice(work.types),
        spec_class=chance.choice(work.classes),
        condition=chance.choice(("6061-T6", "7075-T7351", "17-4PH H900", "4340 annealed")),
        process_from=begun,
        process_to=start,
        statement=trade.STATEMENT,
        rows=tuple(_measured(chance, each) for each in work.results),
    )
    order = _order(paper, country, quantity=paper.quantity - chance.choice((0, 0, 0, 2)))
    shipped = begun - timedelta(days=chance.randint(1, 6))
    received = paper.stated_on + timedelta(days=chance.randint(0, 5))
    return paper, replace(order, shipped_on=shipped, received_on=received, condition="")


def material_facts(chance: random.Random, country: str) -> tuple[Facts, Order]:
    """Make the mill's paper of one heat and the order it answers, in agreement."""
    alloy = chance.choice(trade.ALLOYS)
    paper = _paper(chance, country, MATERIAL, "material")
    paper = replace(
        paper,
        certificate_type="3.1",
        part_number="",
        part_revision="",
        description=chance.choice(alloy.forms),
        grade=alloy.grade,
        spec_number=alloy.number,
        spec_revision=alloy.revision,
        condition=alloy.condition,
        weight=f"{chance.randint(180, 2400)}",
        statement=trade.STATEMENT,
        rows=tuple(_measured(chance, each) for each in alloy.results),
    )
    return paper, _order(paper, country, quantity=paper.quantity)


def _paper(chance: random.Random, country: str, kind: str, family: str) -> Facts:
    company, place, street = chance.choice(trade.COMPANIES[country])
    stated = date(2026, 1, 5) + timedelta(days=chance.randint(0, 300))
    letters = "".join(chance.choice("ABCDEFGHJKLMNPRSTUVW") for _ in range(2))
    return Facts(
        kind=kind,
        family=family,
        stated_number=f"{letters}-{chance.randint(10_000, 99_999)}",
        stated_on=stated,
        certificate_type="",
        issuer_name=company,
        site=f"{company}, {place}",
        site_address=street,
        customer="Kestrel Machine Works",
        po_number=f"P-{chance.randint(100, 999_999):06d}",
        po_line=str(chance.randint(1, 4)),
        part_number=f"{chance.randint(1000, 9999)}-{chance.randint(100, 999)}",
        part_revision=chance.choice("ABCDEFG"),
        description=chance.choice(("Bracket", "Housing, sensor", "Manifold block", "Bushing", "Cover plate")),
        spec_number="",
        spec_revision="",
        spec_type="",
        spec_class="",
        condition="",
        identifier=f"{chance.choice('ABHKTV')}{chance.randint(100_000, 999_999)}",
        lot_number=f"T-{chance.randint(1, 9999):06d}",
        quantity=chance.choice((24, 48, 50, 120, 250, 1250, 2400)),
        process_from=None,
        process_to=None,
        signed_name=chance.choice(trade.PEOPLE[country]),
        signed_title=trade.TITLES[country],
    )


def _order(paper: Facts, country: str, *, quantity: int) -> Order:
    same = {
        name: getattr(paper, name)
        for name in Order.__dataclass_fields__
        if name in Facts.__dataclass_fields__
    }
    return Order(**{**same, "quantity": quantity}, country=country, limits=paper.rows)


def _measured(chance: random.Random, limit: Result) -> Result:
    """Return the row with a value well inside its limits, as fine as the limits are written."""
    low, high = float(limit.minimum or 0), float(limit.maximum or 0)
    low, high = (low, high or low * 1.25) if low else (0.1 * high, high)
    digits = max(len(each.partition(".")[2]) for each in (limit.minimum, limit.maximum))
    value = low + (high - low) * chance.uniform(0.25, 0.75)
    return replace(limit, value=f"{value:.{max(digits, 0)}f}")
