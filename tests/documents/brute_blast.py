"""The naive answer to "what does this touch": every row read, every lot asked about its own past, no SQL walk.

It asks the other way round: not where a link leads, but for each lot whether its pieces had the link at a moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from documents.models import CertificateCoverage
from inspection.models import Measurement
from routes.models import ComponentUse, QuantityMove, SetupRun, Traveler, TravelerStep
from subcontract.models import CustodyMove, OutsideOrderLine, Receipt

NEVER = datetime.max.replace(tzinfo=UTC)
EVER = datetime.min.replace(tzinfo=UTC)
# lot, moment of the link, whether those split off later inherit it
Link = tuple[int, datetime, bool]


class Naive:
    """The tables in memory, and the answers for one set of links."""

    def __init__(self) -> None:
        rows = Traveler.objects.values_list("pk", "number", "parent_id", "split_at", "material_lot_id")
        self.lots = {row[0]: row[1:] for row in rows}
        self.held = dict(Traveler.objects.values_list("pk", "quantity_started"))
        for lot, quantity in QuantityMove.objects.values_list("traveler_id", "quantity"):
            self.held[lot] -= quantity
        for parent, quantity in Traveler.objects.exclude(parent=None).values_list(
            "parent_id", "quantity_started"
        ):
            self.held[parent] -= quantity
        self.uses: dict[int, list[tuple]] = defaultdict(list)
        self.bought: dict[int, list[tuple]] = defaultdict(list)
        for into, source, material, quantity, at in ComponentUse.objects.values_list(
            "traveler_id", "source_lot_id", "material_lot_id", "quantity", "recorded_at"
        ):
            if source:
                self.uses[into].append((source, quantity, at))
            else:
                self.bought[material].append((into, quantity, at))

    def lineage(self, lot: int) -> Iterable[tuple[int, datetime]]:
        cutoff = NEVER
        while lot is not None:
            yield lot, cutoff
            _, lot, split_at, _ = self.lots[lot]
            cutoff = min(cutoff, split_at or NEVER)

    def touched(self, links: Iterable[Link]) -> set[str]:
        """Return the numbers of the lots that hold pieces with one of these links now."""
        first: dict[int, datetime] = {}
        own, alone = set(), set()
        for lot, moment, inherits in links:
            if not inherits:
                own.add(lot)
            elif moment == NEVER:
                alone.add(lot)
            else:
                first[lot] = min(moment, first.get(lot, NEVER))

        @cache
        def had(lot: int, at: datetime) -> bool:
            if lot in own or (lot in alone and at == NEVER):
                return True
            return any(
                (ancestor in first and first[ancestor] <= min(cutoff, at))
                or built_in(ancestor, min(cutoff, at))
                for ancestor, cutoff in self.lineage(lot)
            )

        @cache
        def built_in(lot: int, until: datetime) -> bool:
            of_source = defaultdict(list)
            for source, quantity, moment in self.uses.get(lot, ()):
                if had(source, moment):
                    of_source[source].append((quantity, moment))
            return any(
                sum(quantity for quantity, _ in uses) > 0 and min(moment for _, moment in uses) <= until
                for uses in of_source.values()
            )

        return {self.lots[lot][0] for lot in self.lots if self.held[lot] > 0 and had(lot, NEVER)}

    def material_links(self, materials: set[int]) -> list[Link]:
        links = [(lot, EVER, False) for lot, row in self.lots.items() if row[3] in materials]
        for material in materials:
            into = defaultdict(list)
            for lot, quantity, at in self.bought[material]:
                into[lot].append((quantity, at))
            links += [
                (lot, min(at for _, at in uses), True)
                for lot, uses in into.items()
                if sum(quantity for quantity, _ in uses) > 0
            ]
        return links

    def certificate_links(self, number: str) -> list[Link]:
        covers = CertificateCoverage.objects.filter(certificate__number=number)
        links = self.material_links({m for m in covers.values_list("material_lot_id", flat=True) if m})
        of_steps = covers.filter(step__isnull=False)
        for lot, state, signed_at, opened_at in of_steps.values_list(
            "step__traveler_id", "step__state", "step__signed_at", "step__traveler__opened_at"
        ):
            moment = {TravelerStep.SIGNED: signed_at, TravelerStep.ELSEWHERE: opened_at}.get(state, NEVER)
            links.append((lot, moment, True))
        return links

    def line_links(self, lines: Iterable[OutsideOrderLine], since=None, until=None) -> list[Link]:
        links = []
        for line in lines:
            if line.order.state in ("draft", "cancelled"):
                continue
            sent = [
                move.recorded_at
                for move in CustodyMove.objects.filter(line=line)
                if move.to_site_id == line.order.site_id
            ]
            back = [receipt.received_on for receipt in Receipt.objects.filter(line=line)]
            is_late = until is not None and line.order.ordered_on > until
            is_early = since is not None and back and max(*back, line.order.ordered_on) < since
            if not is_late and not is_early:
                links.append((line.traveler_id, min(sent, default=NEVER), True))
        return links

    def gauge_links(self, number: str, since=None, until=None) -> list[Link]:
        rows = Measurement.objects.filter(gauge__number=number, void__isnull=True).exclude(
            record__state="voided"
        )
        return [
            (lot, at, True)
            for lot, at, day in rows.values_list(
                "record__traveler_id", "recorded_at", "measured_on"
            ).iterator()
            if (since is None or day >= since) and (until is None or day <= until)
        ]

    def program_links(self, sha256: str) -> list[Link]:
        return [
            (run.step.traveler_id, run.recorded_at, True)
            for run in SetupRun.objects.select_related("step")
            if sha256 in (run.nc_raw_sha256, run.nc_cutting_sha256)
        ]
