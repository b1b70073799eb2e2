"""A small world of vendors, orders, returns, papers and findings by chance, written row by row."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from documents.models import Certificate, CertificateCoverage, DelayRecord
from inspection.models import FindingRecord, Nonconformance
from portal.domain.events import record_event
from portal.models import Organization, Site
from routes.models import Characteristic, Traveler
from subcontract.models import CustodyMove, OutsideOrder, OutsideOrderLine, Receipt
from tests.cast import Cast
from tests.factories.certificates import make_process_certificate
from tests.factories.findings import make_code

OCTOBER = date(2026, 10, 1)
_numbers = count(700_001)


def moment(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)


def copy_of(record, **changes):
    """Insert a copy of a row with changes."""
    fresh = type(record)._base_manager.get(pk=record.pk)
    fresh.pk, fresh._state.adding = None, True
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save()
    return fresh


@dataclass
class World:
    """What was made; `line`, `lot` and `step` are the patterns the rest is copied from."""

    cast: Cast
    chance: random.Random
    vendors: list[Site] = field(default_factory=list)

    def begin(self, vendors: int = 3) -> World:
        self.paper = make_process_certificate(self.cast, at="received")
        self.line = OutsideOrderLine.objects.get()
        self.signature = self.line.order.issue_signature
        self.vendors = [self.cast.vendor_site]
        for n in range(vendors - 1):
            organization = Organization.objects.create(number=f"V-{n}", name=f"Vendor {n}", kind="vendor")
            self.vendors.append(
                Site.objects.create(organization=organization, code="MAIN", name="Works", country="US")
            )
        self.code = make_code(self.cast)
        revision = self.line.traveler.route_revision.part_revision
        self.characteristics = [None, *Characteristic.objects.filter(part_revision=revision)[:3]]
        return self

    def order(
        self, site: Site, *, ordered_on: date, due_on: date, lot: Traveler | None = None
    ) -> OutsideOrderLine:
        """Issue an order of one line, for a lot of its own unless one is given."""
        signature = copy_of(self.signature, signed_at=moment(ordered_on))
        order = copy_of(
            self.line.order,
            number=f"PO-{next(_numbers)}",
            site=site,
            ordered_on=ordered_on,
            due_on=due_on,
            issue_signature=signature,
        )
        lot = lot or copy_of(self.line.traveler, number=f"T-{next(_numbers)}", parent=None)
        step = copy_of(self.line.step, number=f"{lot.number}-40", traveler=lot)
        return copy_of(self.line, order=order, traveler=lot, step=step, quantity=20)

    def set_apart(self, line: OutsideOrderLine, on: date) -> OutsideOrderLine:
        """Split off a part before the line leaves, and order the same work for it by itself."""
        lot, order = line.traveler, line.order
        part = copy_of(lot, number=f"{lot.number}/{next(_numbers)}", parent=lot, split_at=moment(on, 8))
        return self.order(order.site, ordered_on=order.ordered_on, due_on=order.due_on, lot=part)

    def cancel(self, order: OutsideOrder, on: date) -> None:
        record_event(by=None, verb="cancel", noun="outside order", number=order.number, at=moment(on))

    def send(self, line: OutsideOrderLine, on: date) -> None:
        CustodyMove.objects.create(
            line=line,
            traveler=line.traveler,
            from_site=self.cast.shop_site,
            to_site=line.order.site,
            quantity=line.quantity,
            moved_on=on,
            recorded_by=self.cast.operator,
            recorded_at=moment(on),
        )

    def take_back(self, line: OutsideOrderLine, on: date, returned: int, scrapped: int = 0, recorded=None):
        """Take back some pieces: the lot itself, or a part split from it."""
        lot = line.traveler
        if returned < line.quantity:
            lot = copy_of(lot, number=f"{lot.number}/{next(_numbers)}", parent=lot, split_at=moment(on, 14))
        return Receipt.objects.create(
            line=line,
            traveler=lot,
            quantity_returned=returned,
            quantity_scrapped=scrapped,
            received_on=on,
            received_by=self.cast.operator,
            recorded_at=moment(recorded or on, 15),
        )

    def bring(self, line: OutsideOrderLine, on: date, *, replaces: Certificate | None = None) -> Certificate:
        certificate = copy_of(
            self.paper,
            number=f"C-{next(_numbers)}",
            issuer=line.order.site.organization,
            uploaded_at=moment(on, 9),
            replaces=replaces,
        )
        CertificateCoverage.objects.create(
            certificate=certificate, traveler=line.traveler, step=line.step, quantity=line.quantity
        )
        return certificate

    def decide(self, certificate: Certificate, verb: str, on: date) -> None:
        record_event(by=None, verb=verb, noun="certificate", number=certificate.number, at=moment(on, 16))

    def find(self, site: Site | None, on: date, quantity: int, *, written=None, **facts) -> Nonconformance:
        lot = self.line.traveler
        found = Nonconformance.objects.create(
            number=f"NC-{next(_numbers)}",
            traveler=lot,
            found_on_traveler=lot,
            characteristic=facts.pop("characteristic", None),
            description="Too thin.",
            quantity=quantity,
            opened_by=self.cast.inspector,
            opened_at=moment(on),
        )
        record = FindingRecord(
            nonconformance=found,
            detected_at=facts.pop("detected_at", FindingRecord.RECEIVING),
            requirement="10 µm",
            actual="7 µm",
            quantity_checked=quantity,
            defect=self.code,
            party="vendor" if site else "shop",
            organization=site.organization if site else None,
            written_by=self.cast.inspector,
            written_at=moment(on),
        )
        record._history_date = moment(written or on, 13)
        record.save()
        return found

    def excuse(self, line: OutsideOrderLine, on: date, withdrawn: date | None = None) -> DelayRecord:
        return DelayRecord.objects.create(
            number=f"DY-{next(_numbers)}",
            line=line,
            cause="shop",
            reason="Masking drawing came late.",
            recorded_by=self.cast.quality,
            recorded_at=moment(on),
            withdrawn_at=moment(withdrawn) if withdrawn else None,
            withdrawn_reason="It did not." if withdrawn else "",
        )

    def day(self, low: int = -20, high: int = 45) -> date:
        return OCTOBER + timedelta(days=self.chance.randint(low, high))

    def happen(self, orders: int = 30) -> World:
        """Let things happen in October and around it."""
        yes = self.chance.random
        for _ in range(orders):
            due = self.day()
            ordered = due - timedelta(days=self.chance.randint(1, 15))
            line = self.order(self.chance.choice(self.vendors), ordered_on=ordered, due_on=due)
            if yes() < 0.1:
                self.cancel(line.order, ordered + timedelta(days=1))
                continue
            if yes() < 0.9:
                sent = ordered + timedelta(days=self.chance.randint(0, 3))
                apart = self.set_apart(line, ordered) if yes() < 0.3 else None
                self.send(line, sent)
                self._come_back(line, due)
                if apart:
                    self.send(apart, sent + timedelta(days=1))
                    self._come_back(apart, due + timedelta(days=1))
            if yes() < 0.2:
                self.excuse(line, self.day(0, 40), self.day(0, 45) if yes() < 0.3 else None)
        for _ in range(8):
            site = self.chance.choice([*self.vendors, None])
            places = [code for code, _words in FindingRecord.PLACES]
            self.find(
                site,
                self.day(),
                self.chance.randint(1, 4),
                detected_at=self.chance.choice(places),
                characteristic=self.chance.choice(self.characteristics),
                written=self.day(0, 40),
            )
        return self

    def _come_back(self, line: OutsideOrderLine, due: date) -> None:
        left, yes = line.quantity, self.chance.random
        on = due + timedelta(days=self.chance.randint(-6, 6))
        while left and yes() < 0.85:
            returned = left if yes() < 0.6 else self.chance.randint(0, left)
            scrapped = 1 if left - returned and yes() < 0.4 else 0
            if returned + scrapped:
                self.take_back(
                    line, on, returned, scrapped, recorded=on + timedelta(days=self.chance.randint(0, 5))
                )
            left -= returned + scrapped
            on += timedelta(days=self.chance.randint(0, 4))
        last = None
        while yes() < 0.7 and (last is None or last.went == "reject"):
            day = on + timedelta(days=self.chance.randint(-4, 4))
            paper = self.bring(line, day, replaces=last if last and yes() < 0.5 else None)
            paper.went = self.chance.choice(["accept", "accept", "reject", ""])
            if paper.went:
                self.decide(paper, paper.went, day + timedelta(days=self.chance.randint(0, 3)))
            if paper.went == "accept" and yes() < 0.2:
                self.decide(paper, "revoke", day + timedelta(days=self.chance.randint(4, 20)))
            last, on = paper, day


def make_world(cast: Cast, seed: int = 1, vendors: int = 3) -> World:
    """Begin an empty world."""
    return World(cast, random.Random(seed)).begin(vendors)
