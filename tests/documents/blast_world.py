"""A shop at random: lots split from lots and built into lots, with links of every kind at moments of every order."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from django.utils import timezone

from documents.domain import certificates
from documents.models import Certificate, CertificateCoverage
from inspection.models import InspectionRecord, Measurement, MeasurementVoid
from routes.models import Component, ComponentUse, MaterialLot, SetupRun, Traveler, TravelerStep
from subcontract.models import CustodyMove, OutsideOrder, OutsideOrderLine, Receipt
from tests.cast import Cast
from tests.factories.certificates import pdf
from tests.factories.inspection import make_lot
from tests.factories.routes import make_gauge, make_material

PROGRAMS = ("a" * 64, "b" * 64)
FIRST_DAY = date(2026, 3, 1)


class World:
    """Lots and links over forty days, from one seed."""

    def __init__(self, cast: Cast, seed: int, *, lots: int = 40, links: int = 60) -> None:
        self.cast, self.random = cast, random.Random(seed)
        self.base = make_lot(cast, at=50)
        self.line = OutsideOrderLine.objects.select_related("order").get(traveler=self.base)
        self.signed = self.base.steps.filter(state=TravelerStep.SIGNED).first()
        self.value = Measurement.objects.filter(record__traveler=self.base).first()
        self.materials = [make_material(cast) for _ in range(3)]
        MaterialLot.objects.filter(pk=self.materials[1].pk).update(identifier=self.materials[0].identifier)
        self.gauges = [make_gauge(cast) for _ in range(2)]
        self.certificates = [self._certificate() for _ in range(3)]
        self.orders = [self._order(n) for n in range(4)]
        self.lots = [self.base]
        for number in range(lots):
            self.lots.append(self._lot(number))
        for _ in range(links):
            for add in (self._coverage, self._reading, self._run, self._build, self._send):
                add()

    def moment(self) -> datetime:
        start = timezone.make_aware(datetime.combine(FIRST_DAY, datetime.min.time()))
        return start + timedelta(hours=self.random.randrange(40 * 24))

    def _certificate(self) -> Certificate:
        return certificates.upload(
            by=self.cast.inspector, content=pdf(), name="c.pdf", kind=Certificate.MATERIAL
        )

    def _order(self, number: int) -> OutsideOrder:
        day = FIRST_DAY + timedelta(days=self.random.randrange(30))
        return OutsideOrder.objects.create(
            number=f"PO-9{number:05d}",
            site=self.cast.vendor_site,
            state=self.random.choice(["draft", "issued", "shipped", "returned", "cancelled"]),
            ordered_on=day,
            due_on=day + timedelta(days=9),
            author=self.cast.quality,
        )

    def _lot(self, number: int) -> Traveler:
        choose = self.random.choice
        parent = choose([None, *self.lots])
        made = Traveler.objects.create(
            number=f"{parent.number}/{number + 1}" if parent else f"T-9{number:05d}",
            route_revision=self.base.route_revision,
            order_line=self.base.order_line,
            state=choose([Traveler.OPEN, Traveler.COMPLETE, Traveler.SHIPPED, Traveler.CLOSED]),
            quantity_started=choose([1, 8]) if parent else 1000,
            parent=parent,
            split_at=self.moment() if parent else None,
            material_lot=choose([None, *self.materials]),
            opened_at=self.moment(),
        )
        is_signed = choose([True, True, False])
        TravelerStep.objects.create(
            traveler=made,
            operation=self.signed.operation,
            number=f"{made.number}-20-1",
            state=TravelerStep.SIGNED
            if is_signed
            else choose([TravelerStep.WAITING, TravelerStep.ELSEWHERE]),
            signature=self.signed.signature if is_signed else None,
            signed_at=self.moment() if is_signed else None,
        )
        return made

    def _coverage(self) -> None:
        certificate, lot = self.random.choice(self.certificates), self.random.choice(self.lots)
        step = lot.steps.order_by("pk").first()
        of = {"traveler": lot, "step": step}
        if self.random.random() < 0.1:
            of = {"material_lot": self.random.choice(self.materials)}
        CertificateCoverage.objects.create(certificate=certificate, quantity=1, **of)

    def _reading(self) -> None:
        lot, at = self.random.choice(self.lots), self.moment()
        record = InspectionRecord.objects.create(
            number=f"I-9{InspectionRecord.objects.count():05d}",
            kind="customer",
            traveler=lot,
            state=self.random.choice(["open", "open", "voided"]),
            lot_size=1,
            inspector=self.cast.inspector,
            opened_at=at,
        )
        value = Measurement.objects.create(
            record=record,
            characteristic=self.value.characteristic,
            side="after",
            serial="1",
            verdict="PASS",
            gauge=self.random.choice(self.gauges),
            measured_on=at.date(),
            recorded_by=self.cast.inspector,
            recorded_at=at,
        )
        if self.random.random() < 0.2:
            MeasurementVoid.objects.create(
                measurement=value, reason="Burr.", voided_by=self.cast.inspector, voided_at=at
            )

    def _run(self) -> None:
        lot = self.random.choice(self.lots)
        if self.random.random() < 0.3:
            SetupRun.objects.create(
                step=lot.steps.order_by("pk").first(),
                fixture="FX-1",
                nc_raw_sha256=self.random.choice(PROGRAMS),
                nc_cutting_sha256=self.random.choice(PROGRAMS),
                recorded_by=self.cast.operator,
                recorded_at=self.moment(),
            )

    def _build(self) -> None:
        if self.random.random() > 0.4:
            return
        revision = self.base.route_revision.part_revision
        component, _ = Component.objects.get_or_create(
            assembly=revision, item_number="1", defaults={"part_number": "X", "name": "X", "made": revision}
        )
        into = self.random.randrange(1, len(self.lots))
        source = self.lots[self.random.randrange(into)]
        of = {"source_lot": source}
        if self.random.random() < 0.2:
            of = {"material_lot": self.random.choice(self.materials)}
        added = self.moment()
        facts = {"traveler": self.lots[into], "component": component, "recorded_by": self.cast.operator, **of}
        ComponentUse.objects.create(quantity=2, recorded_at=added, **facts)
        if self.random.random() < 0.3:
            ComponentUse.objects.create(
                quantity=-2, recorded_at=added + timedelta(hours=1), reason="Scored.", **facts
            )

    def _send(self) -> None:
        if self.random.random() > 0.3:
            return
        order, lot, at = self.random.choice(self.orders), self.random.choice(self.lots), self.moment()
        line = OutsideOrderLine.objects.create(
            order=order,
            line_number=order.lines.count() + 1,
            traveler=lot,
            step=lot.steps.order_by("pk").first(),
            quantity=1,
            specification=self.line.specification,
            spec_type=self.line.spec_type,
            spec_class=self.line.spec_class,
            material_condition=self.line.material_condition,
        )
        if self.random.random() < 0.7:
            CustodyMove.objects.create(
                line=line,
                traveler=lot,
                from_site=self.cast.shop_site,
                to_site=order.site,
                quantity=1,
                moved_on=at.date(),
                recorded_by=self.cast.operator,
                recorded_at=at,
            )
        if self.random.random() < 0.5:
            Receipt.objects.create(
                line=line,
                traveler=lot,
                quantity_returned=1,
                received_on=at.date() + timedelta(days=2),
                received_by=self.cast.operator,
                recorded_at=at,
            )
