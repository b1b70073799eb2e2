"""Forty changes of the worked part: what changed, what it is called, how it is classed, which balloons it touches.

One row a case: (name, the lot as it differs, {(kind, subject): class}, balloons). Worked by hand from `part.py`;
"*" stands for every balloon but the reference dimension.
"""

from dataclasses import replace

from inspection.domain.triggers import Check, Feature, Note, Operation, Run, Sent, Snapshot, reported
from tests.inspection.golden.part import BASELINE, COMMENTED, CUT, CUT_OTHERWISE, OPERATIONS, RAW, moment

E, R = "evaluate", "routine"


def lot(**other) -> Snapshot:
    """Return a later lot that differs from the baseline in these fields only."""
    return replace(BASELINE, opened_at=moment(3, 2), **other)


def feature(of: str, **other) -> tuple[Feature, ...]:
    return tuple(replace(each, **other) if each.balloon == of else each for each in BASELINE.features)


def operation(at: int, **other) -> dict:
    """Change one operation in a new revision of the route."""
    changed = tuple(replace(each, **other) if each.sequence == at else each for each in OPERATIONS)
    return rerouted(changed)


def rerouted(operations: tuple[Operation, ...], **other) -> dict:
    ordered = tuple(sorted(operations, key=lambda each: each.sequence))
    return {"route": "R-000009-2", "operations": ordered, **other}


def without(sequence: int) -> tuple[Operation, ...]:
    return tuple(each for each in OPERATIONS if each.sequence != sequence)


def run(sequence: int, **other) -> dict:
    return {
        "runs": tuple(replace(each, **other) if each.sequence == sequence else each for each in BASELINE.runs)
    }


def check(balloon: str, sequence: int, **other) -> dict:
    """Plan one check otherwise in a new revision of the route."""
    changed = tuple(
        replace(each, **other) if (each.balloon, each.sequence) == (balloon, sequence) else each
        for each in BASELINE.checks
    )
    return {"route": "R-000009-2", "checks": changed}


def used(balloon: str, *gauges: tuple[str, str]) -> dict:
    return {
        "used": tuple(
            replace(each, gauges=gauges) if each.balloon == balloon else each for each in BASELINE.used
        )
    }


def material(**other) -> dict:
    return {"material": replace(BASELINE.material, **other)}


def moved(sequence: int, to: int) -> dict:
    checks = tuple(
        replace(each, sequence=to) if each.sequence == sequence else each for each in BASELINE.checks
    )
    return operation(sequence, sequence=to) | {"checks": checks}


RIB = Feature("rib", "9", "Rib", "3.0 ±0.1", "3", "2.9", "3.1", "mm", "Width", side="before")
HEAT_TREAT = Operation(35, "outside", "Stress relieve", "AMS 2770 R")
DEBURR = Operation(35, "deburr", "Tumble")
NEW_VENDOR = (Sent(50, "Northline", "Dock road"),)
REVISED = {"part_revision": "V-88 rev C", "drawing_revision": "D-88 rev C"}
BOTH = {("part_revision", ""): E, ("drawing_revision", ""): E}

# ------------------------------------------------------------------------------------------------- nothing
CASES = [
    ("nothing changed", lot(), {}, ""),
    # ------------------------------------------------------------------------------------------ the design
    (
        "a new revision that changes no characteristic",
        lot(**REVISED),
        BOTH,
        "",
    ),
    (
        "a balloon renumbered and nothing else",
        lot(features=feature("4", balloon="14")),
        {("characteristic_renumbered", "balloon 14 Thread"): R},
        "",
    ),
    (
        "a note moved to another zone of the sheet",
        lot(features=feature("7", zone="2 C4")),
        {("characteristic_renumbered", "balloon 7 Marking"): R},
        "",
    ),
    (
        "two balloons trade their numbers",
        lot(
            features=tuple(
                replace(each, balloon={"1": "4", "4": "1"}.get(each.balloon, each.balloon))
                for each in BASELINE.features
            )
        ),
        {
            ("characteristic_renumbered", "balloon 1 Thread"): R,
            ("characteristic_renumbered", "balloon 4 Length"): R,
        },
        "",
    ),
    (
        "a tolerance tightened",
        lot(features=feature("5", requirement="8.0 ±0.02", lower="7.98", upper="8.02")),
        {("characteristic_modified", "balloon 5 Pocket"): E},
        "5",
    ),
    (
        "a limit corrected under the same words",
        lot(features=feature("2", upper="12.021")),
        {("characteristic_modified", "balloon 2 Bore"): E},
        "2",
    ),
    (
        "the text of a marking note changed",
        lot(features=feature("7", requirement="Part number, lot and date")),
        {("characteristic_modified", "balloon 7 Marking"): E},
        "7",
    ),
    (
        "a dimension that held before finish now holds after it",
        lot(features=feature("1", side="after")),
        {("characteristic_modified", "balloon 1 Length"): E},
        "1",
    ),
    (
        "a characteristic made key",
        lot(features=feature("5", designator="KC")),
        {("characteristic_modified", "balloon 5 Pocket"): E},
        "5",
    ),
    (
        "a reference dimension made a requirement",
        lot(features=feature("3", is_reference=False)),
        {("characteristic_modified", "balloon 3 Height"): E},
        "3",
    ),
    (
        "a characteristic added",
        lot(features=(*BASELINE.features, RIB)),
        {("characteristic_added", "balloon 9 Rib"): E},
        "9",
    ),
    (
        "a characteristic deleted",
        lot(features=tuple(each for each in BASELINE.features if each.balloon != "8")),
        {("characteristic_deleted", "balloon 8 Edges"): E},
        "",
    ),
    (
        "another feature under an old balloon number",
        lot(
            features=tuple(
                replace(RIB, balloon="8") if each.balloon == "8" else each for each in BASELINE.features
            )
        ),
        {("characteristic_added", "balloon 8 Rib"): E, ("characteristic_deleted", "balloon 8 Edges"): E},
        "8",
    ),
    (
        "a drawing note reworded that the anodizer answers",
        lot(notes=(Note("1", "Anodize all over, mask threads and bore.", 50), BASELINE.notes[1])),
        {("note_changed", "note 1"): E},
        "6",
    ),
    (
        "a drawing note added that nobody maps yet",
        lot(notes=(*BASELINE.notes, Note("3", "Passivate inserts."))),
        {("note_changed", "note 3"): E},
        "",
    ),
    # ------------------------------------------------------------------------------------------- the route
    (
        "a new route revision with the same contents",
        lot(route="R-000009-2"),
        {},
        "",
    ),
    (
        "an operation renamed",
        lot(**operation(70, name="Laser mark")),
        {("operation_reworded", "operation 70 Laser mark"): R},
        "",
    ),
    (
        "instructions reworded",
        lot(**operation(20, instructions="Clamp gently.")),
        {("operation_reworded", "operation 20 Mill side 1"): R},
        "",
    ),
    (
        "the revision of the finish specification",
        lot(**operation(50, specification="MIL-PRF-8625 G")),
        {("operation_specification", "operation 50 Anodize"): E},
        "2 5 6 7",
    ),
    (
        "the class of the finish",
        lot(**operation(50, choices="Type II, Class 2")),
        {("operation_specification", "operation 50 Anodize"): E},
        "2 5 6 7",
    ),
    (
        "an operation moved to another work center",
        lot(**operation(30, work_center="Cell 4")),
        {("work_center", "operation 30 Mill side 2"): E},
        "4 5 8",
    ),
    (
        "marking done before the finish is inspected",
        lot(**moved(70, 55)),
        {
            ("operation_moved", "operation 55 Mark"): E,
            ("operation_reworded", "operation 55 Mark"): R,
        },
        "2 5 6 7",
    ),
    (
        "a heat treatment outside added",
        lot(**rerouted((*OPERATIONS, HEAT_TREAT))),
        {("operation_added", "operation 35 Stress relieve"): E},
        "1 2 4 5 6 7 8",
    ),
    (
        "tumbling added after milling",
        lot(**rerouted((*OPERATIONS, DEBURR))),
        {("operation_added", "operation 35 Tumble"): E},
        "1 2 4 5 6 7 8",
    ),
    (
        "a second packing operation added",
        lot(**rerouted((*OPERATIONS, Operation(95, "pack", "Crate")))),
        {("operation_added", "operation 95 Crate"): E},
        "",
    ),
    (
        "marking taken out of the route",
        lot(**rerouted(without(70))),
        {("operation_removed", "operation 70 Mark"): E},
        "7",
    ),
    # -------------------------------------------------------------------------------------- the setup as run
    (
        "a comment in the program and nothing that cuts",
        lot(**run(20, raw_sha256=COMMENTED)),
        {("nc_program_comments", "operation 20"): R},
        "",
    ),
    (
        "the program cuts otherwise",
        lot(**run(30, raw_sha256=COMMENTED, cutting_sha256=CUT_OTHERWISE)),
        {("nc_program", "operation 30"): E},
        "4 5 8",
    ),
    (
        "a revision of the fixture",
        lot(**run(20, fixture_revision="B")),
        {("fixture_revision", "operation 20"): E},
        "1 2 8",
    ),
    (
        "another fixture on another machine at another site",
        lot(**run(20, fixture="FX-9", machine="DMU 50", site="Annex")),
        {
            ("fixture", "operation 20"): E,
            ("machine", "operation 20"): E,
            ("site", "operation 20"): E,
        },
        "1 2 8",
    ),
    (
        "an operation that has not run yet",
        lot(runs=(Run(20, "FX-1", "A", CUT, RAW, "VF-2", "Main works"),)),
        {},
        "",
    ),
    # ---------------------------------------------------------------------------------- material and vendors
    (
        "plate of another mill",
        lot(**material(mill="Kaiser")),
        {("material_source", ""): E},
        "*",
    ),
    (
        "customer-furnished instead of bought",
        lot(**material(is_customer_furnished=True)),
        {("material_source", ""): E},
        "*",
    ),
    (
        "an alternate alloy and its specification",
        lot(**material(specification="AMS 4045 M", condition="7075-T6")),
        {("material_specification", ""): E, ("material_condition", ""): E},
        "*",
    ),
    (
        "another anodizer",
        lot(sent=NEW_VENDOR),
        {("vendor", "operation 50"): E},
        "2 5 6 7",
    ),
    (
        "the same anodizer at another plant",
        lot(sent=(Sent(50, "Brightwater", "Plant 2"),)),
        {("vendor_site", "operation 50"): E},
        "2 5 6 7",
    ),
    # -------------------------------------------------------------------------------------------- inspection
    (
        "a caliper swapped for a like one",
        lot(**used("1", ("caliper", "G-7"))),
        {("gauge", "balloon 1"): R},
        "",
    ),
    (
        "a bore measured on the measuring machine",
        lot(**used("2", ("CMM", "G-20"))),
        {("gauge_kind", "balloon 2"): E},
        "2",
    ),
    (
        "a check planned with another gauge and by sample",
        lot(**check("5", 60, gauge_kind="CMM", rule="sample")),
        {("inspection_method", "balloon 5"): E},
        "5",
    ),
    (
        "a check added at the inspection before finish",
        lot(
            route="R-000009-2",
            checks=(*BASELINE.checks, Check("pocket", "5", 40, "before", "depth gauge")),
        ),
        {("inspection_method", "balloon 5"): E},
        "5",
    ),
    # ---------------------------------------------------------------------------------- time, and two at once
    (
        "production rested for more than two years",
        lot(last_production_at=moment(3, 1, 2023), restarted_at=moment(3, 2, 2025)),
        {("lapse", ""): E},
        "*",
    ),
    (
        "production rested for a little less",
        lot(last_production_at=moment(3, 1, 2023), restarted_at=moment(2, 28, 2025)),
        {},
        "",
    ),
    (
        "a tolerance tightened and another fixture revision",
        lot(
            features=feature("5", requirement="8.0 ±0.02", lower="7.98", upper="8.02"),
            **run(20, fixture_revision="B"),
        ),
        {
            ("characteristic_modified", "balloon 5 Pocket"): E,
            ("fixture_revision", "operation 20"): E,
        },
        "1 2 5 8",
    ),
    (
        "a new revision, another anodizer and a program that cuts otherwise",
        lot(
            features=(*feature("4", balloon="14"), RIB),
            sent=NEW_VENDOR,
            **REVISED,
            **run(30, raw_sha256=COMMENTED, cutting_sha256=CUT_OTHERWISE),
        ),
        BOTH
        | {
            ("characteristic_added", "balloon 9 Rib"): E,
            ("characteristic_renumbered", "balloon 14 Thread"): R,
            ("nc_program", "operation 30"): E,
            ("vendor", "operation 50"): E,
        },
        "2 14 5 6 7 8 9",
    ),
]

# what a person reports: (name, the change, balloons)
REPORTED = [
    (
        "a crash of the spindle at milling",
        reported("natural_event", "spindle", "Crash", sequences=(20,)),
        "1 2 8",
    ),
    ("a flood in the hall", reported("natural_event", "hall", "Flooded for a day"), "*"),
    (
        "a corrective action on the pocket",
        reported("corrective_action", "pocket", "New end mill", identities=("pocket",)),
        "5",
    ),
]
