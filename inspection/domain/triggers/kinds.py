"""The kinds of change, and which of them ask whether the last first article still stands."""

from __future__ import annotations

from dataclasses import dataclass

ROUTINE, EVALUATE = "routine", "evaluate"
LAPSE_MONTHS = 24

DESIGN, ROUTE, SETUP = "Design", "Route", "Setup as run"
SOURCE, METHOD, EVENT = "Sources", "Inspection method", "Events"

# code: (the words for it, where it belongs); in the order in which changes are told
KINDS: dict[str, tuple[str, str]] = {
    "part_revision": ("Part revision", DESIGN),
    "drawing_revision": ("Drawing revision", DESIGN),
    "characteristic_added": ("Characteristic added", DESIGN),
    "characteristic_modified": ("Characteristic changed", DESIGN),
    "characteristic_deleted": ("Characteristic deleted", DESIGN),
    "characteristic_renumbered": ("Balloon renumbered, moved or renamed", DESIGN),
    "note_changed": ("Drawing note added, changed or deleted", DESIGN),
    "operation_added": ("Operation added", ROUTE),
    "operation_removed": ("Operation removed", ROUTE),
    "operation_moved": ("Operation moved in the order", ROUTE),
    "operation_repeated": ("Operation repeated on the lot", ROUTE),
    "operation_specification": ("Specification, type, class or condition of an operation", ROUTE),
    "operation_reworded": ("Name, number or instructions of an operation", ROUTE),
    "work_center": ("Work center of an operation", ROUTE),
    "nc_program": ("Cutting words of the program", SETUP),
    "nc_program_comments": ("Comments, dates and blank lines of the program", SETUP),
    "fixture": ("Fixture", SETUP),
    "fixture_revision": ("Revision of the fixture", SETUP),
    "machine": ("Machine", SETUP),
    "site": ("Site", SETUP),
    "material_specification": ("Material specification", SOURCE),
    "material_condition": ("Material condition or form", SOURCE),
    "material_source": ("Mill, stockist or owner of the material", SOURCE),
    "vendor": ("Vendor of outside work", SOURCE),
    "vendor_site": ("Site of a vendor", SOURCE),
    "inspection_method": ("Planned check: gauge kind, rule or place", METHOD),
    "gauge_kind": ("Kind of gauge used", METHOD),
    "gauge": ("Gauge swapped for a like one", METHOD),
    "natural_event": ("Natural or man-made event", EVENT),
    "corrective_action": ("Corrective action of an earlier first article", EVENT),
    "lapse": ("Production stood still too long", EVENT),
}
ORDER = {kind: place for place, kind in enumerate(KINDS)}
# a person reports these; everything else is found by comparing
REPORTED = ("natural_event", "corrective_action")
# what touches a requirement or the whole process cannot be called routine by anybody
ALWAYS_EVALUATED = (
    "characteristic_added",
    "characteristic_modified",
    "natural_event",
    "corrective_action",
    "lapse",
)
ROUTINE_BY_DEFAULT = ("characteristic_renumbered", "operation_reworded", "nc_program_comments", "gauge")


@dataclass(frozen=True)
class Policy:
    """Which kinds are routine, and how long production may rest; `number` is empty without a signed one.

    Units:   `lapse_months` calendar months.
    Source:  AS9102 Rev C 4.6; release rules 17 and 18.
    """

    routine: tuple[str, ...] = ROUTINE_BY_DEFAULT
    lapse_months: int = LAPSE_MONTHS
    number: str = ""

    def class_of(self, kind: str) -> str:
        return ROUTINE if kind in self.routine and kind not in ALWAYS_EVALUATED else EVALUATE
