"""How one lot walks through the house, stage by stage, by the same verbs the pages call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from documents.demo.papers import paper, qif_results, readings
from documents.demo.people import People, token
from documents.demo.plan import MATERIAL, NUMBER, Plan
from documents.domain import certificates, decisions, shipments
from documents.models import Certificate, ReleasePackage, Shipment
from inspection.domain import first_articles, measurements, nonconformances, records, results
from inspection.domain.records import ReceiptAnswers
from inspection.models import FirstArticle, InspectionRecord, Nonconformance
from routes.domain import materials, setups, travelers
from routes.domain.lots import serials_of, steps_of
from routes.models import Characteristic, MaterialLot, OrderLine, Traveler, TravelerStep
from subcontract.domain import outside_orders, receipts
from subcontract.models import OutsideOrder, Receipt


@dataclass(frozen=True)
class Story:
    """What every scene needs: who acts, the plan, the day."""

    people: People
    plan: Plan
    today: date

    def receive_heat(self, heat: str, pieces: int) -> MaterialLot:
        """Receive one heat and accept its 3.1 certificate by another person than who entered it."""
        people, plan = self.people, self.plan
        material = materials.receive_material(
            by=people.quality,
            identifier_kind="heat",
            identifier=heat,
            specification=plan.material,
            condition=MATERIAL,
            form="flat bar 80 x 35",
            received_pieces=pieces,
            received_on=self.today,
            mill="Tollgate Rolling",
            supplier=people.metals,
        )
        content = paper(
            "mill_certificate",
            number=f"TM-{heat}",
            on=str(self.today),
            form="flat bar 80 x 35",
            specification=str(plan.material),
            condition=MATERIAL,
            heat=heat,
            quantity=str(pieces),
            signer="Nora Whitlock",
        )
        certificate = certificates.upload(
            by=people.quality,
            content=content,
            name=f"{heat} 3.1.pdf",
            kind=Certificate.MATERIAL,
            issuer=people.metals,
        )
        certificate = certificates.enter_fields(
            by=people.quality,
            certificate=certificate,
            stated_number=f"TM-{heat}",
            stated_on=self.today,
            certificate_type="3.1",
            spec_number=plan.material.number,
            spec_revision=plan.material.revision,
            condition=MATERIAL,
            identifier=heat,
            quantity=pieces,
            signed_name="Nora Whitlock",
        )
        certificates.cover(by=people.quality, certificate=certificate, material_lot=material, quantity=pieces)
        decisions.accept(
            by=people.second_quality, certificate=certificate, token=token(people.second_quality)
        )
        material.refresh_from_db()
        return material

    def open_lot(self, line: OrderLine, material: MaterialLot, quantity: int) -> Traveler:
        """Open a lot and issue its material."""
        lot = travelers.open_traveler(
            by=self.people.quality, order_line=line, route_revision=self.plan.route, quantity=quantity
        )
        return materials.issue_material(by=self.people.operator, traveler=lot, material_lot=material)

    def sign(self, lot: Traveler, sequence: int) -> None:
        """Sign one production step, its setup recorded first where the route locks one."""
        step = self.step(lot, sequence)
        setup = getattr(step.operation, "setup", None)
        if setup is not None:
            setups.record_run(
                by=self.people.operator,
                step=step,
                fixture=setup.fixture,
                fixture_revision=setup.fixture_revision,
                nc_raw_sha256=setup.nc_raw_sha256,
                nc_cutting_sha256=setup.nc_cutting_sha256,
                machine="VMC-4",
            )
        travelers.sign_step(by=self.people.operator, step=step, token=token(self.people.operator))

    def step(self, lot: Traveler, sequence: int) -> TravelerStep:
        return next(step for step in steps_of(lot) if step.operation.sequence == sequence)

    def machine(self, lot: Traveler) -> None:
        """Issue, mill both sides, deburr."""
        for sequence in (10, 20, 30, 40):
            self.sign(lot, sequence)

    def measure(
        self, lot: Traveler, sequence: int, *, outliers: dict[tuple[str, str], str] | None = None
    ) -> InspectionRecord:
        """Open the inspection of a step and import the machine's result file."""
        by = self.people.inspector
        kind = InspectionRecord.FINAL if sequence == 70 else InspectionRecord.IN_PROCESS
        record = records.open_inspection(by=by, step=self.step(lot, sequence), kind=kind)
        uuids = [planned["characteristic"] for planned in record.plan]
        planned = list(Characteristic.objects.filter(uuid__in=uuids))
        measured = [each for each in planned if each.unit == "mm"]
        rows = readings(measured, serials_of(lot), seed=f"{lot.number}-{sequence}", outliers=outliers)
        if len(measured) < len(planned):
            self._enter(record, lot, planned)
            return record
        results.import_results(
            by=by,
            record=record,
            content=qif_results(rows, part=NUMBER),
            name=f"{lot.number.replace('/', '-')}-{sequence}.qif",
            measured_on=self.today,
            gauge=self.plan.gauge,
        )
        return record

    def _enter(self, record: InspectionRecord, lot: Traveler, planned: list[Characteristic]) -> None:
        """Enter by hand: the roughness tester writes no file."""
        for row in readings(planned, serials_of(lot), seed=f"{lot.number}-hand"):
            measurements.record_value(
                by=self.people.inspector,
                record=record,
                characteristic=row.characteristic,
                serial=row.serial,
                value=row.value,
                unit=row.characteristic.unit,
                measured_on=self.today,
                gauge=self.plan.gauge,
            )

    def accept_inspection(self, record: InspectionRecord, answers: ReceiptAnswers | None = None) -> None:
        by = self.people.inspector
        records.complete(by=by, record=record, token=token(by), receipt_answers=answers)

    def before_finish(self, lot: Traveler) -> None:
        """Make the lot and accept it before it goes out."""
        self.machine(lot)
        self.accept_inspection(self.measure(lot, 50))

    def send_out(self, lot: Traveler) -> OutsideOrder:
        """Order the anodize and ship the lot to the vendor."""
        by = self.people.quality
        order = outside_orders.draft_order(
            by=by,
            site=self.people.vendor_site,
            ordered_on=self.today,
            due_on=self.today + timedelta(days=6),
            certificate_content=(
                "Our order and line, part and revision, lot, quantity, specification with revision, type and class, "
                "process date, thickness found, site that did the work, name and signature."
            ),
        )
        outside_orders.add_line(by=by, order=order, step=self.step(lot, 60))
        order = outside_orders.issue(by=by, order=order, token=token(by))
        return outside_orders.ship(by=by, order=order, shipped_on=self.today, document=f"PS-{order.number}")

    def take_back(self, order: OutsideOrder) -> Receipt:
        """Receive everything back."""
        line = order.lines.get()
        return receipts.receive(
            by=self.people.inspector, line=line, quantity_returned=line.quantity, received_on=self.today
        )

    def vendor_certificate(self, order: OutsideOrder) -> Certificate:
        """Upload the vendor's certificate by the vendor, its fields entered."""
        line, vendor = order.lines.get(), self.people.vendor
        lot, plan = line.traveler, self.plan
        facts = {
            "stated_number": f"BW-{order.number[-4:]}",
            "po_number": order.number,
            "part_number": NUMBER,
            "part_revision": plan.part_revision.revision,
        }
        content = paper(
            "process_certificate",
            number=facts["stated_number"],
            on=str(self.today),
            po_number=f"{order.number}, line {line.line_number}",
            part_number=NUMBER,
            part_revision=plan.part_revision.revision,
            lot=lot.number,
            quantity=str(line.quantity),
            condition=MATERIAL,
            specification=str(plan.anodize),
            spec_type="Type III",
            spec_class="Class 1",
            load=order.number[-3:],
            signer="Ingrid Solano",
        )
        certificate = certificates.upload(
            by=vendor,
            content=content,
            name=f"{facts['stated_number']}.pdf",
            kind=Certificate.PROCESS,
            line=line,
        )
        return certificates.enter_fields(
            by=vendor,
            certificate=certificate,
            **facts,
            stated_on=self.today,
            certificate_type="process",
            site=self.people.vendor_site,
            spec_number=plan.anodize.number,
            spec_revision=plan.anodize.revision,
            spec_type="Type III",
            spec_class="Class 1",
            condition=MATERIAL,
            identifier=lot.number,
            quantity=line.quantity,
            process_from=self.today,
            process_to=self.today,
            signed_name="Ingrid Solano",
        )

    def accept_certificate(self, certificate: Certificate) -> Certificate:
        by = self.people.quality
        return decisions.accept(by=by, certificate=certificate, token=token(by))

    def verify_return(self, lot: Traveler) -> None:
        """Accept count, identity and condition of what came back."""
        record = records.open_inspection(
            by=self.people.inspector, step=self.step(lot, 60), kind=InspectionRecord.INCOMING
        )
        answers = ReceiptAnswers(is_count_right=True, is_identity_right=True, is_undamaged=True)
        self.accept_inspection(record, answers)

    def finish(self, lot: Traveler) -> None:
        """Mark and pack."""
        for sequence in (80, 90):
            self.sign(lot, sequence)

    def first_article(self, lot: Traveler) -> FirstArticle:
        """Write the FAIR of the lot's first piece and have another person approve it."""
        author, approver = self.people.inspector, self.people.second_quality
        fair = first_articles.open_first_article(
            by=author, traveler=lot, serial=serials_of(lot)[0], reason="First production run of revision D"
        )
        fair = first_articles.submit(by=author, first_article=fair, token=token(author))
        return first_articles.approve(by=approver, first_article=fair, token=token(approver))

    def scrap(self, nonconformance: Nonconformance) -> None:
        """Decide to scrap, with a witness."""
        by = self.people.quality
        nonconformances.disposition(
            by=by,
            nonconformance=nonconformance,
            disposition=Nonconformance.SCRAP,
            reason="Cannot be brought back to the drawing.",
            token=token(by),
            witness=self.people.inspector,
        )

    def certify(self, lot: Traveler) -> Shipment:
        """Draft the shipment of one lot and sign its certificate of conformity."""
        by = self.people.quality
        shipment = shipments.draft_shipment(
            by=by, customer=self.people.customer, lots=[lot], carrier="Ridge Freight"
        )
        shipments.certify(by=by, shipment=shipment, token=token(by))
        shipment.refresh_from_db()
        return shipment

    def release(self, shipment: Shipment) -> ReleasePackage:
        by = self.people.second_quality
        return shipments.release(by=by, shipment=shipment, token=token(by))

    def dispatch(self, shipment: Shipment) -> Shipment:
        by = self.people.second_quality
        return shipments.dispatch(by=by, shipment=shipment, token=token(by))

    def complete_lot(self, line: OrderLine, material: MaterialLot, quantity: int) -> Traveler:
        """Walk a lot from material issue to packed, everything right."""
        lot = self.open_lot(line, material, quantity)
        self.before_finish(lot)
        order = self.send_out(lot)
        self.take_back(order)
        self.accept_certificate(self.vendor_certificate(order))
        self.verify_return(lot)
        self.accept_inspection(self.measure(lot, 70))
        self.finish(lot)
        lot.refresh_from_db()
        return lot
