"""One worked part: a valve block that is milled from two sides, anodized, marked and packed.

    balloon  what                requirement         side    made at   checked at
    1        overall length      60.0 ±0.1           before  20        40
    2        bore                12.00 +0.02/0       both    20        40 and 60
    3        height (reference)  (25)                before  -         -
    4        thread              M6 6H               before  30        40
    5        pocket depth        8.0 ±0.05           after   30        60
    6        coating             12 to 20 um         after   50        60
    7        marking             part and lot        after   70        80
    8        edges               break 0.3 max       before  not said  40

Operations: 10 material, 20 and 30 mill, 40 inspect, 50 anodize outside, 60 inspect, 70 mark, 80 look over, 90 pack.
"""

from datetime import UTC, datetime

from inspection.domain.triggers import Check, Feature, Material, Note, Operation, Run, Sent, Snapshot, Used

CUT, CUT_OTHERWISE, RAW, COMMENTED = "c" * 64, "d" * 64, "a" * 64, "b" * 64


def moment(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


FEATURES = (
    Feature("length", "1", "Length", "60.0 ±0.1", "60", "59.9", "60.1", "mm", "Length", side="before"),
    Feature("bore", "2", "Bore", "Ø12.00 +0.02/0", "12", "12", "12.02", "mm", "Diameter", "KC", "both"),
    Feature("height", "3", "Height", "(25)", "25", unit="mm", side="before", is_reference=True),
    Feature("thread", "4", "Thread", "M6 6H", kind="Thread", side="before"),
    Feature("pocket", "5", "Pocket", "8.0 ±0.05", "8", "7.95", "8.05", "mm", "Depth", side="after"),
    Feature("coating", "6", "Coating", "12 to 20 um", "", "12", "20", "um", "Thickness", side="after"),
    Feature("marking", "7", "Marking", "Part number and lot", kind="Note", side="after", zone="1 A2"),
    Feature("edges", "8", "Edges", "Break edges 0.3 max", "", "", "0.3", "mm", "Note", side="before"),
)
OPERATIONS = (
    Operation(10, "material", "Issue plate", "AMS 4027 N", condition="6061-T6"),
    Operation(20, "machine", "Mill side 1", work_center="Cell 1", makes=("length", "bore")),
    Operation(30, "machine", "Mill side 2", work_center="Cell 1", makes=("thread", "pocket")),
    Operation(40, "inspect", "Inspect before finish"),
    Operation(
        50,
        "outside",
        "Anodize",
        "MIL-PRF-8625 F",
        "Type II, Class 1",
        changes_surface=True,
        makes=("coating",),
    ),
    Operation(60, "inspect", "Inspect after finish"),
    Operation(70, "mark", "Mark", makes=("marking",)),
    Operation(80, "inspect", "Look over"),
    Operation(90, "pack", "Pack"),
)
CHECKS = (
    Check("length", "1", 40, "before", "caliper"),
    Check("bore", "2", 40, "before", "bore gauge"),
    Check("thread", "4", 40, "before", "thread gauge"),
    Check("edges", "8", 40, "before"),
    Check("bore", "2", 60, "after", "bore gauge"),
    Check("pocket", "5", 60, "after", "depth gauge"),
    Check("coating", "6", 60, "after", "eddy current"),
    Check("marking", "7", 80, "after"),
)
BASELINE = Snapshot(
    part_revision="V-88 rev B",
    drawing_revision="D-88 rev B",
    route="R-000009-1",
    opened_at=moment(1, 5),
    features=FEATURES,
    notes=(Note("1", "Anodize all over, mask threads.", 50), Note("2", "Mark part number and lot.", 70)),
    operations=OPERATIONS,
    checks=CHECKS,
    runs=(
        Run(20, "FX-1", "A", CUT, RAW, "VF-2", "Main works"),
        Run(30, "FX-2", "A", CUT, RAW, "VF-2", "Main works"),
    ),
    sent=(Sent(50, "Brightwater", "Main plant"),),
    used=(
        Used("length", "1", (("caliper", "G-1"),)),
        Used("bore", "2", (("bore gauge", "G-2"),)),
        Used("coating", "6", (("eddy current", "G-3"),)),
    ),
    material=Material("AMS 4027 N", "6061-T6", "plate 30 mm", "Alcoa", "Ridge Metals"),
)
