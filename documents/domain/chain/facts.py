"""Reading the facts of any number of lots: one statement a noun, frozen plain data out.

No record leaves this module. The same statements serve one lot and a thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from functools import cache

from django.db import connection

from documents.domain.chain import statements
from documents.domain.chain.amendment_facts import read_amendments
from documents.domain.chain.approval_facts import held_approvals_of, limit_of
from documents.domain.chain.clause_evidence_facts import read_clause_evidence
from documents.domain.chain.component_facts import read_components
from documents.domain.chain.custody_facts import read_holders
from documents.domain.chain.export_facts import read_exports
from documents.domain.chain.gauge_doubt_facts import doubts_of
from documents.domain.chain.lot_facts import (
    CertificateFacts,
    CharacteristicFacts,
    ClauseFacts,
    ConcessionFacts,
    DifferenceFacts,
    ElsewhereFacts,
    FileFacts,
    FirstArticleFacts,
    HoldFacts,
    InspectionFacts,
    LotFacts,
    MaterialFacts,
    NonconformanceFacts,
    NoteFacts,
    OutsideFacts,
    ReceiptFacts,
    ResultFacts,
    RunFacts,
    SpecificationFacts,
    StepFacts,
)
from documents.domain.chain.packing_facts import read_packing
from documents.domain.chain.policy import policy_of
from documents.domain.chain.rehash import hash_again, hash_what_changed
from documents.domain.chain.result_statement import REJECTING_WORDS, RESULTS
from documents.domain.chain.scope_facts import read_scopes, scopes_of_lot
from documents.domain.chain.shipment_facts import read_shipments
from documents.domain.chain.signed_facts import SignedRecord, read_altered
from documents.domain.chain.trail_facts import read_edits
from documents.domain.chain.trigger_facts import read_triggers
from documents.domain.chain.waiver_facts import read_waivers
from documents.models import Shipment, ShipmentLine
from inspection.models import FirstArticle, InspectionRecord

NO_SPECIFICATION = SpecificationFacts()


def read_facts(traveler_ids: Iterable[int], shipment=None, *, asked: bool = False) -> dict[str, LotFacts]:
    """Return the facts of lots by number; with a shipment, as they stand for that draft.

    The caller who decides on them reads them in one transaction, after locking the lots.

    asked: tell of waivers nobody has decided on, too. The gate does not: they close nothing, and taking one back
    must not make a package out of date.
    """
    lots = list(traveler_ids)
    placed = dict.fromkeys(lots, shipment) if shipment is not None else {}
    return Reading(lots, placed, hash_again, asked=asked or shipment is None).facts()


def read_facts_as_placed(traveler_ids: Iterable[int]) -> dict[str, LotFacts]:
    """Return the facts of lots by number, each as it stands for the shipment it is on, for looking only."""
    lots = list(traveler_ids)
    lines = ShipmentLine.objects.filter(traveler__in=lots, is_active=True).select_related("shipment__author")
    placed = {line.traveler_id: line.shipment for line in lines} if lots else {}
    return Reading(lots, placed, hash_what_changed, asked=True).facts()


def rows(statement: str, **arguments) -> list[dict]:
    """Return the rows of one statement as dictionaries, lists as tuples."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        names = [column[0] for column in cursor.description]
        return [
            {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in zip(names, row, strict=True)
            }
            for row in cursor.fetchall()
        ]


def make(kind, row: dict, **more):
    """Make one fact of a row: its columns are named like the fields."""
    named = {name: row[name] for name in _fields_of(kind) if name in row}
    return kind(**(named | more))


@cache
def _fields_of(kind) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def grouped(found: list[dict], key: str, kind, **more) -> dict[int, tuple]:
    """Make facts of rows and group them by a column."""
    by_key = defaultdict(list)
    for row in found:
        by_key[row[key]].append(make(kind, row, **more))
    return {value: tuple(items) for value, items in by_key.items()}


class Reading:
    """One reading: every noun once, then put together lot by lot."""

    def __init__(
        self, lots: list[int], placed: dict[int, Shipment], hash_files: Callable, *, asked: bool
    ) -> None:
        self.ids = lots
        self.lots = self.lot_rows() if lots else []
        drafts = read_shipments(placed.values()) if placed else {}
        self.shipments = {lot: drafts[shipment.pk] for lot, shipment in placed.items()}
        self.hash_files = hash_files
        if self.lots:
            self._read_routes()
            self._read_lots()
            self._read_outside()
            # most lots have no parts list and no packing demand, and then nothing is asked
            assemblies = [row["id"] for row in self.lots if row.get("is_assembly")]
            self.components, self.bought = read_components(assemblies) if assemblies else ({}, {})
            on_shipment = {lot: shipment.pk for lot, shipment in placed.items()}
            packed = {row["id"]: on_shipment.get(row["id"]) for row in self.lots if row.get("has_packing")}
            self.packing, self.photos = read_packing(packed) if packed else ({}, {})
            self._read_certificates()
            self._read_results()
            self._read_nonconformances()
            quantities = {row["id"]: int(row["quantity"]) for row in self.lots}
            self.waivers, self.letters = read_waivers(quantities, asked=asked)
            self._read_files()
            self.altered = read_altered(
                {row["id"]: self._signed_of(row) for row in self.lots if row["id"] in placed}
            )
            held = self.holders_of_files.items()
            self.exports = read_exports(
                self.ids, {(lot, file_id) for lot, files in held for file_id, _ in files}
            )

    def lot_rows(self) -> list[dict]:
        """Return one row a lot; what is only planned gives rows of its own."""
        return self._of_lots(statements.LOTS)

    def step_rows(self) -> list[dict]:
        """Return the latest pass of every operation of every lot."""
        return self._of_lots(statements.STEPS)

    def _of_lots(self, statement: str) -> list[dict]:
        return rows(statement, lots=self.ids)

    def _read_routes(self) -> None:
        routes = sorted({row["route_revision_id"] for row in self.lots})
        parts = sorted({row["part_revision_id"] for row in self.lots})
        self.notes = grouped(rows(statements.NOTES, routes=routes), "route_revision_id", NoteFacts)
        self.characteristics = grouped(
            rows(statements.CHARACTERISTICS, routes=routes), "route_revision_id", CharacteristicFacts
        )
        lines = sorted({row["order_line_id"] for row in self.lots})
        self.clauses = grouped(rows(statements.CLAUSES, lines=lines), "order_line_id", ClauseFacts)
        # orders without clauses are the rule; nothing can be shown for them
        self.clause_evidence, self.clause_files = read_clause_evidence(self.ids) if self.clauses else ({}, {})
        reports = rows(statements.FIRST_ARTICLES, part_revisions=parts)
        for row in reports:
            row["limit"] = limit_of(row["limit"])
        self.first_articles = grouped(reports, "part_revision_id", FirstArticleFacts)
        # without a regime or an approved first article nothing is invalidated; what is only planned used nothing yet
        asked = [
            row["id"]
            for row in self.lots
            if row["has_first_article"] and row["fai_regime"] != "none" and row["id"] > 0
        ]
        self.triggers = read_triggers(asked) if asked else {}

    def _read_lots(self) -> None:
        self.all_steps = self.step_rows()
        self.steps = defaultdict(list)
        for row in self.all_steps:
            self.steps[row["lot_id"]].append(row)
        scans = self._of_lots(statements.ELSEWHERE)
        self.elsewhere = grouped(scans, "lot_id", ElsewhereFacts)
        self.scans = defaultdict(list)
        for row in scans:
            self.scans[row["lot_id"]].append(row)
        self.holds = grouped(self._of_lots(statements.HOLDS), "lot_id", HoldFacts)
        self.amendments = read_amendments(self.ids)
        self.edits = read_edits(self.ids)
        self.inspections = grouped(self._of_lots(statements.INSPECTIONS), "lot_id", InspectionFacts)
        self.runs = defaultdict(list)
        for row in self._of_lots(statements.RUNS):
            row["differences"] = tuple(
                DifferenceFacts(field, locked, as_run, decided == "true", routine_by)
                for field, locked, as_run, decided, routine_by in row["differences"]
            )
            self.runs[row["lot_id"]].append(make(RunFacts, row))

    def _read_outside(self) -> None:
        lines = self._of_lots(statements.OUTSIDE_LINES)
        materials = sorted({row["material_lot_id"] for row in self.lots if row["material_lot_id"]})
        material_rows = rows(statements.MATERIALS, materials=materials)
        named = {row["specification_id"] for row in (*lines, *material_rows, *self.all_steps)} - {None}
        self.specifications = {
            row["id"]: make(SpecificationFacts, row)
            for row in rows(statements.SPECIFICATIONS, specifications=sorted(named))
        }
        self.materials = {
            row["id"]: make(MaterialFacts, row, specification=self._specification(row))
            for row in material_rows
        }
        self.outside = defaultdict(list)
        for row in lines:
            self.outside[row["lot_id"]].append(
                make(OutsideFacts, row, specification=self._specification(row))
            )
        self.vendors_of = defaultdict(set)
        for row in lines:
            self.vendors_of[row["lot_id"]].add(row["organization_id"])
        vendors = sorted({row["organization_id"] for row in lines})
        self.scopes = read_scopes(vendors)
        self.receipts = grouped(self._of_lots(statements.RECEIPTS), "lot_id", ReceiptFacts)
        self.holders = read_holders(self.ids)

    def _specification(self, row: dict) -> SpecificationFacts:
        return self.specifications.get(row["specification_id"], NO_SPECIFICATION)

    def _read_certificates(self) -> None:
        found = rows(
            statements.CERTIFICATES,
            materials=sorted(self.materials),
            steps=sorted({row["step_id"] for row in self.all_steps}),
        )
        self.of_material, self.of_step = defaultdict(list), defaultdict(list)
        for row in found:
            place = self.of_material if row["material_lot_id"] else self.of_step
            place[row["material_lot_id"] or row["step_id"]].append(row)

    def _read_results(self) -> None:
        found = rows(
            RESULTS,
            lots=[row["id"] for row in self.lots],
            quantities=[row["quantity"] for row in self.lots],
            serialized=[row["is_serialized"] for row in self.lots],
            step_lots=[row["lot_id"] for row in self.all_steps],
            operations=[row["operation_id"] for row in self.all_steps],
            passes=[row["pass_number"] for row in self.all_steps],
            rejecting=list(REJECTING_WORDS),
        )
        self.results, self.source_files = defaultdict(list), defaultdict(set)
        for row in found:
            names = sorted(set((row.pop("bad_gauges") or "").split(",")) - {""})
            self.source_files[row["lot_id"]] |= {
                int(each) for each in (row["source_files"] or "").split(",") if each
            }
            self.results[row["lot_id"]].append(
                make(ResultFacts, row, bad_gauges=tuple(names), doubts=doubts_of(row.pop("doubts")))
            )

    def _read_nonconformances(self) -> None:
        self.nonconformances, self.evidence = defaultdict(list), defaultdict(set)
        for row in self._of_lots(statements.NONCONFORMANCES):
            key, conceded = row["nonconformance_id"], row["conceded"] or ()
            self.evidence[key] |= {each[4] for each in conceded if each[4] is not None}
            concessions = tuple(
                ConcessionFacts(number, reference, limit, tuple(serials), valid_to or "", is_in_force)
                for number, reference, limit, serials, _, valid_to, is_in_force in conceded
            )
            fact = make(NonconformanceFacts, row, concessions=concessions)
            self.nonconformances[row["lot_id"]].append((key, fact))

    def _read_files(self) -> None:
        self.holders_of_files = {row["id"]: self._files_of(row) for row in self.lots}
        wanted = {file_id for held in self.holders_of_files.values() for file_id, _ in held}
        self.files = {row["id"]: row for row in rows(statements.FILES, files=sorted(wanted))}
        # only a shipment is worth reading its files again; the board would do it for every lot at every look
        leaving = {key for lot in self.shipments for key, _ in self.holders_of_files.get(lot, ())}
        self.intact = self.hash_files(self.files[key]["sha256"] for key in leaving if key in self.files)

    def _files_of(self, lot: dict) -> list[tuple[int, str]]:
        """Return the files the proof of one lot stands on, each with the record that holds it."""
        certificates = list(self.of_material[lot["material_lot_id"]])
        certificates += [row for step in self.steps[lot["id"]] for row in self.of_step[step["step_id"]]]
        held = [(row["file_id"], row["number"]) for row in certificates if row["state"] == "accepted"]
        held += [(file_id, lot["number"]) for file_id in sorted(self.source_files[lot["id"]])]
        for key, fact in self.nonconformances[lot["id"]]:
            held += [(file_id, fact.number) for file_id in sorted(self.evidence[key])]
        held += [
            (row["file_id"], row["number"]) for row in self.scans[lot["id"]] if row["state"] == "reviewed"
        ]
        held += self.letters.get(lot["id"], [])
        held += self.clause_files.get(lot["id"], [])
        held += self.bought.get(lot["id"], [])
        held += self.photos.get(lot["id"], [])
        if lot["drawing_id"]:
            held.append((lot["drawing_id"], f"{lot['part_number']} revision {lot['part_revision']}"))
        return sorted(set(held))

    def _signed_of(self, lot: dict) -> set[SignedRecord]:
        """Return the signed records the proof of one lot stands on."""
        key = lot["id"]
        holders = {holder for _, holder in self.holders_of_files[key]}
        certificates = [*self.of_material[lot["material_lot_id"]]]
        certificates += [row for step in self.steps[key] for row in self.of_step[step["step_id"]]]
        passed = [found for _, found in self.nonconformances[key] if found.disposition]
        numbers = {
            "route": {lot["route"]},
            "inspection": {
                each.number
                for each in self.inspections.get(key, ())
                if each.state == InspectionRecord.COMPLETED
            },
            "first article": {
                each.number
                for each in self.first_articles.get(lot["part_revision_id"], ())
                if each.state in FirstArticle.STANDING and not each.corrected_by
            },
            # of bought components, too: their files say which
            "certificate": {row["number"] for row in certificates if row["state"] == "accepted"} | holders,
            "step": {row["number"] for row in self.steps[key] if row["is_signed"]},
            "nonconformance": {found.number for found in passed},
            "concession": {each.number for found in passed for each in found.concessions},
            "waiver": {each.number for each in self.waivers.get(key, ()) if each.is_granted},
        }
        return {SignedRecord(noun, number) for noun, found in numbers.items() for number in found}

    def facts(self) -> dict[str, LotFacts]:
        return {row["number"]: self._lot(row, self.steps[row["id"]]) for row in self.lots}

    def _lot(self, lot: dict, steps: list[dict]) -> LotFacts:
        key, route = lot["id"], lot["route_revision_id"]
        material = self.materials.get(lot["material_lot_id"])
        if material:
            offered = tuple(self._certificate(row) for row in self.of_material[lot["material_lot_id"]])
            material = replace(material, certificates=offered)
        owners = [row["quality_owner"] for row in steps if row["quality_owner"]]
        scopes = scopes_of_lot(
            (scope for vendor in sorted(self.vendors_of[key]) for scope in self.scopes.get(vendor, ())),
            self.outside[key],
            {receipt.place for receipt in self.receipts.get(key, ())},
        )
        return make(
            LotFacts,
            lot,
            quantity=int(lot["quantity"]),
            quality_owner=owners[-1] if owners else "",
            notes=self.notes.get(route, ()),
            clauses=self.clauses.get(lot["order_line_id"], ()),
            clause_evidence=self.clause_evidence.get(key, ()),
            steps=tuple(make(StepFacts, row, specification=self._specification(row)) for row in steps),
            holds=self.holds.get(key, ()),
            amendments=self.amendments.get(key, ()),
            runs=tuple(self.runs[key]),
            material=material,
            components=self.components.get(key, ()),
            outside=tuple(self.outside[key]),
            held=self.holders.get(key),
            receipts=self.receipts.get(key, ()),
            scopes=scopes,
            process_certificates=tuple(
                (row["sequence"], row["pass_number"], self._certificate(certificate))
                for row in steps
                for certificate in self.of_step[row["step_id"]]
            ),
            characteristics=self.characteristics.get(route, ()),
            results=tuple(self.results[key]),
            inspections=self.inspections.get(key, ()),
            first_articles=self.first_articles.get(lot["part_revision_id"], ()),
            held_approvals=held_approvals_of(lot["held_approvals"]),
            triggers=self.triggers.get(key),
            nonconformances=tuple(
                fact for _, fact in self.nonconformances[key] if _concerns(fact, lot["serials"])
            ),
            elsewhere=self.elsewhere.get(key, ()),
            edits=self.edits.get(key, ()),
            altered=self.altered.get(key),
            packing=self.packing.get(key, ()),
            files=self._kept_files(key),
            export=self.exports.get(key),
            shipment=self.shipments.get(key),
            waivers=self.waivers.get(key, ()),
            policy=policy_of(lot),
        )

    def _certificate(self, row: dict) -> CertificateFacts:
        file = self.files.get(row["file_id"])
        return make(
            CertificateFacts,
            row,
            covered=int(row["covered"]),
            allocated=int(row["allocated"]),
            sha256=file["sha256"] if file else "",
            excused=tuple(row["excused"]),
        )

    def _kept_files(self, key: int) -> tuple[FileFacts, ...]:
        intact = self.intact if key in self.shipments else {}
        return tuple(
            FileFacts(file["sha256"], file["original_name"], holder, intact.get(file["sha256"]))
            for file_id, holder in self.holders_of_files[key]
            if (file := self.files.get(file_id))
        )


def _concerns(found: NonconformanceFacts, serials: tuple[str, ...]) -> bool:
    """Say whether a nonconformance is about pieces still here; without serials on both sides it is."""
    return not found.serials or not serials or bool(set(found.serials) & set(serials))
