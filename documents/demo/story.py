"""How one lot walks through the house, stage by stage, by the same verbs the pages call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from documents.demo import parts as data
from documents.demo.looking import seen_on_the_page
from documents.demo.papers import paper, qif_results, readings
from documents.demo.people import People, token
from documents.demo.plan import Plan
from documents.demo.sampled import worn
from documents.domain import certificates, decisions, packages, shipments
from documents.models import Certificate, ReleasePackage, Shipment
from inspection.domain import (
    customer_inspections,
    customer_reviews,
    first_articles,
    measurements,
    nonconformances,
    records,
    results,
)
from inspection.domain.records import ReceiptAnswers
from inspection.models import FirstArticle, InspectionRecord, Nonconformance
from portal.models import Person
from routes.domain import holds, materials, setups, travelers
from routes.domain.lots import quantity_of, serials_of, steps_of
from routes.domain.setup_comparison import approved_of
from routes.models import (
    Characteristic,
    MaterialLot,
    OrderLine,
    Traveler,
    TravelerStep,
)
from subcontract.domain import flowdown, outside_orders, receipts
from subcontract.models import OutsideOrder, Receipt

SIGNED_BY_HAND = (data.MATERIAL, data.MACHINE, data.DEBURR, data.MARK, data.PACK)
SIGNERS = {
    "TOLLGATE": "Nora Whitlock",
    "BLUEWATER": "Ingrid Solano",
    "CINDERHILL": "Marek Dusek",
    "LOWELL": "Phoebe Ransome",
}
CERTIFICATE_CONTENT = (
    "Our order and line, part and revision, lot, quantity, specification with revision, type and class, "
    "process date, what was found, site that did the work, name and signature."
)


@dataclass(frozen=True)
class Story:
    """What every scene needs: who acts, the plan, the day."""

    people: People
    plan: Plan
    today: date

    def of(self, plan: Plan) -> Story:
        """Return the same story about another part."""
        return replace(self, plan=plan)

    @property
    def buyer(self) -> Person:
        """Who receives this part at its customer."""
        return self.people.outsiders[self.plan.spec.customer]

    def receive_heat(self, heat: str, pieces: int) -> MaterialLot:
        """Receive one heat and accept its 3.1 certificate by another person than who entered it."""
        people, plan, alloy = self.people, self.plan, self.plan.spec.alloy
        material = materials.receive_material(
            by=people.quality,
            identifier_kind="heat",
            identifier=heat,
            specification=plan.material,
            condition=alloy.condition,
            form=alloy.form,
            received_pieces=pieces,
            received_on=self.today,
            mill="Tollgate Rolling",
            supplier=people.metals,
        )
        content = paper(
            "mill_certificate",
            number=f"TM-{heat}",
            on=str(self.today),
            product=alloy.product,
            form=alloy.form,
            specification=str(plan.material),
            condition=alloy.condition,
            heat=heat,
            quantity=str(pieces),
            chemistry=alloy.chemistry,
            strength=alloy.strength,
            signer=SIGNERS["TOLLGATE"],
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
            condition=alloy.condition,
            identifier=heat,
            quantity=pieces,
            signed_name=SIGNERS["TOLLGATE"],
        )
        certificates.cover(by=people.quality, certificate=certificate, material_lot=material, quantity=pieces)
        by, seen = people.second_quality, seen_on_the_page(certificate)
        decisions.accept(by=by, certificate=certificate, token=token(by), seen=seen)
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
        self.run(lot, sequence)
        travelers.sign_step(
            by=self.people.operator, step=self.step(lot, sequence), token=token(self.people.operator)
        )

    def run(self, lot: Traveler, sequence: int, *, fixture_revision: str = "") -> None:
        """Record what was on the machine, where the route locks a setup."""
        step = self.step(lot, sequence)
        setup = next(iter(approved_of(step.operation)), None)
        if setup is not None:
            setups.record_run(
                by=self.people.operator,
                step=step,
                fixture=setup.fixture,
                fixture_revision=fixture_revision or setup.fixture_revision,
                nc_raw_sha256=setup.nc_raw_sha256,
                nc_cutting_sha256=setup.nc_cutting_sha256,
                machine="VMC-4",
            )

    def step(self, lot: Traveler, sequence: int) -> TravelerStep:
        return next(step for step in steps_of(lot) if step.operation.sequence == sequence)

    def sequences(self, *kinds: str) -> list[int]:
        """Return the operations of these kinds, in order."""
        return [step.sequence for step in self.plan.spec.steps if step.kind in kinds]

    def walk(self, lot: Traveler, until: int = 10_000) -> None:
        """Do everything that is still to do before operation `until`, everything right."""
        todo = [step for step in steps_of(lot) if step.state == TravelerStep.WAITING]
        for step in todo:
            kind, sequence = step.operation.kind, step.operation.sequence
            if sequence >= until:
                return
            if kind in SIGNED_BY_HAND:
                self.sign(lot, sequence)
            elif kind == data.OUTSIDE:
                self.out_and_back(lot, sequence)
            else:
                self.accept_inspection(self.measure(lot, sequence))
        lot.refresh_from_db()

    def out_and_back(self, lot: Traveler, sequence: int) -> None:
        """Send a lot out, take it back with an accepted certificate, verify it."""
        order = self.send_out(lot, sequence)
        self.take_back(order)
        self.accept_certificate(self.vendor_certificate(order))
        self.verify_return(lot, sequence)

    def machine(self, lot: Traveler) -> None:
        """Issue, machine, deburr: everything before the first inspection."""
        self.walk(lot, until=self.sequences(data.INSPECT)[0])

    def measure(
        self, lot: Traveler, sequence: int, *, outliers: dict[tuple[str, str], str] | None = None
    ) -> InspectionRecord:
        """Open the inspection of a step and import the machine's result file, or enter what has no file."""
        by = self.people.inspector
        is_last = sequence == self.sequences(data.INSPECT)[-1]
        kind = InspectionRecord.FINAL if is_last else InspectionRecord.IN_PROCESS
        record = records.open_inspection(by=by, step=self.step(lot, sequence), kind=kind)
        uuids = [planned["characteristic"] for planned in record.plan]
        planned = list(Characteristic.objects.filter(uuid__in=uuids))
        measured = [each for each in planned if each.unit == "mm"]
        pieces = serials_of(lot)
        if len(measured) < len(planned) or not pieces:
            self._enter(record, lot, planned)
            return record
        seed = f"{lot.number}-{sequence}"
        rows = readings(measured, pieces, seed=seed, outliers=outliers, worn=worn(lot))
        results.import_results(
            by=by,
            record=record,
            content=qif_results(rows, part=self.plan.spec.number),
            name=f"{lot.number.replace('/', '-')}-{sequence}.qif",
            measured_on=self.today,
            gauge=self.plan.gauge,
        )
        return record

    def _enter(self, record: InspectionRecord, lot: Traveler, planned: list[Characteristic]) -> None:
        """Enter by hand: the roughness tester writes no file, and pieces without serials are counted."""
        pieces = serials_of(lot) or [str(place) for place in range(1, quantity_of(lot) + 1)]
        for row in readings(planned, pieces, seed=f"{lot.number}-hand", worn=worn(lot)):
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
        """Make the lot and accept it before it goes out for its finish."""
        self.walk(lot, until=self.sequences(data.OUTSIDE)[-1])

    def send_out(self, lot: Traveler, sequence: int | None = None, *, days: int = 6) -> OutsideOrder:
        """Order the outside process and ship the lot to the vendor."""
        order = self.order_outside(lot, sequence, days=days)
        by = self.people.quality
        order = outside_orders.issue(by=by, order=order, token=token(by))
        return outside_orders.ship(by=by, order=order, shipped_on=self.today, document=f"PS-{order.number}")

    def order_outside(self, lot: Traveler, sequence: int | None = None, *, days: int = 6) -> OutsideOrder:
        """Draft the order of an outside process; without a sequence, of the last one of the route."""
        step = self.step(lot, sequence or self.sequences(data.OUTSIDE)[-1])
        order = outside_orders.draft_order(
            by=self.people.quality,
            site=self.people.sites[self._process(step).vendor],
            ordered_on=self.today,
            due_on=self.today + timedelta(days=days),
            certificate_content=CERTIFICATE_CONTENT,
        )
        line = outside_orders.add_line(by=self.people.quality, order=order, step=step)
        flowdown.pass_on_the_rest(by=self.people.quality, line=line)
        return order

    def _process(self, step: TravelerStep) -> data.Process:
        return next(each.process for each in self.plan.spec.steps if each.sequence == step.operation.sequence)

    def take_back(self, order: OutsideOrder) -> Receipt:
        """Receive everything back."""
        line = order.lines.get()
        return receipts.receive(
            by=self.people.inspector, line=line, quantity_returned=line.quantity, received_on=self.today
        )

    def vendor_certificate(
        self,
        order: OutsideOrder,
        *,
        says: dict | None = None,
        found: tuple[tuple[str, str], ...] = (),
        replaces: Certificate | None = None,
        processed_on: date | None = None,
    ) -> Certificate:
        """Upload the vendor's certificate by the vendor, its fields entered.

        says:         what the paper says otherwise than it should, such as another part revision.
        found:        what it names beside the results of its process.
        replaces:     the rejected one it corrects.
        processed_on: the day of the work, where it is not the day of the paper.
        """
        processed_on = processed_on or self.today
        line, spec = order.lines.get(), self.plan.spec
        process = self._process(line.step)
        vendor, site = self.people.outsiders[process.vendor], self.people.sites[process.vendor]
        facts = {
            "stated_number": f"{process.vendor[:1]}{process.vendor[4:5]}-{order.number[-4:]}",
            "po_number": order.number,
            "part_number": spec.number,
            "part_revision": spec.revision,
            "condition": spec.alloy.condition,
            "spec_type": process.spec_type,
            "spec_class": process.spec_class,
            "quantity": line.quantity,
        } | (says or {})
        content = paper(
            "process_certificate",
            vendor=site.organization.name,
            address=f"{site.name}, {site.address}",
            site=f"{site.name}, {site.city}",
            process=process.name,
            found=process.found + found,
            number=facts["stated_number"],
            on=str(self.today),
            processed=str(processed_on),
            po_number=f"{facts['po_number']}, line {line.line_number}",
            part_number=facts["part_number"],
            part_revision=facts["part_revision"],
            lot=line.traveler.number,
            quantity=str(facts["quantity"]),
            condition=facts["condition"],
            specification=f"{process.number} {process.revision}",
            spec_type=facts["spec_type"],
            spec_class=facts["spec_class"],
            load=order.number[-3:],
            signer=SIGNERS[process.vendor],
        )
        certificate = certificates.upload(
            by=vendor,
            content=content,
            name=f"{facts['stated_number']}.pdf",
            kind=Certificate.PROCESS,
            line=line,
            replaces=replaces,
        )
        return certificates.enter_fields(
            by=vendor,
            certificate=certificate,
            **facts,
            stated_on=self.today,
            certificate_type="process",
            site=site,
            spec_number=process.number,
            spec_revision=process.revision,
            identifier=line.traveler.number,
            process_from=processed_on,
            process_to=processed_on,
            signed_name=SIGNERS[process.vendor],
        )

    def accept_certificate(self, certificate: Certificate) -> Certificate:
        by = self.people.quality
        seen = seen_on_the_page(certificate)
        return decisions.accept(by=by, certificate=certificate, token=token(by), seen=seen)

    def reject_certificate(self, certificate: Certificate, reason: str) -> Certificate:
        by = self.people.quality
        return decisions.reject(by=by, certificate=certificate, reason=reason, token=token(by))

    def verify_return(self, lot: Traveler, sequence: int | None = None) -> None:
        """Accept count, identity and condition of what came back."""
        step = self.step(lot, sequence or self.sequences(data.OUTSIDE)[-1])
        record = records.open_inspection(by=self.people.inspector, step=step, kind=InspectionRecord.INCOMING)
        answers = ReceiptAnswers(is_count_right=True, is_identity_right=True, is_undamaged=True)
        self.accept_inspection(record, answers)

    def finish(self, lot: Traveler) -> None:
        """Mark and pack: everything after the last inspection."""
        for sequence in self.sequences(data.MARK, data.PACK):
            self.sign(lot, sequence)

    def submit_first_article(self, lot: Traveler) -> FirstArticle:
        """Write the FAIR of the lot's first piece and verify it."""
        author, spec = self.people.inspector, self.plan.spec
        fair = first_articles.open_first_article(
            by=author,
            traveler=lot,
            serial=(serials_of(lot) or ["1"])[0],
            reason=f"First production run of revision {spec.revision}",
        )
        return first_articles.submit(by=author, first_article=fair, token=token(author))

    def first_article(self, lot: Traveler) -> FirstArticle:
        """Write the FAIR of the lot's first piece and have it approved, by the customer too where its order asks."""
        approver = self.people.second_quality
        fair = self.submit_first_article(lot)
        fair = first_articles.approve(by=approver, first_article=fair, token=token(approver))
        if lot.order_line.fai_regime != OrderLine.BEFORE_DISPATCH:
            return fair
        return customer_reviews.approve_for_customer(
            by=self.buyer, first_article=fair, token=token(self.buyer)
        )

    def customers_results(self, lot: Traveler) -> None:
        """Take in what the customer measured on the same pieces, from the customer's own machine."""
        by = self.people.inspector
        record = customer_inspections.open_customer_inspection(by=by, traveler=lot)
        measured = [
            each
            for each in Characteristic.objects.filter(part_revision=self.plan.part_revision, unit="mm")
            if each.upper is not None
        ]
        rows = readings(measured, serials_of(lot), seed=f"{lot.number}-customer")
        results.import_results(
            by=by,
            record=record,
            content=qif_results(rows, part=self.plan.spec.number),
            name=f"{lot.number} receiving inspection.qif",
            measured_on=self.today,
            source=f"{lot.order_line.order.customer.name}, receiving",
        )

    def hold(self, lot: Traveler, reason: str) -> None:
        holds.place_hold(by=self.people.quality, traveler=lot, reason=reason)

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

    def certify(self, *lots: Traveler) -> Shipment:
        """Draft the shipment of these lots and sign its certificate of conformity."""
        by = self.people.quality
        shipment = shipments.draft_shipment(
            by=by,
            customer=self.people.organizations[self.plan.spec.customer],
            lots=list(lots),
            carrier="Ridge Freight",
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

    def review(self, package: ReleasePackage, decision: str, words: str = "") -> None:
        """Have the customer decide on a package."""
        packages.review(
            by=self.buyer, package=package, decision=decision, words=words, token=token(self.buyer)
        )

    def complete_lot(self, line: OrderLine, material: MaterialLot, quantity: int) -> Traveler:
        """Walk a lot from material issue to packed, everything right."""
        lot = self.open_lot(line, material, quantity)
        self.walk(lot)
        lot.refresh_from_db()
        return lot
