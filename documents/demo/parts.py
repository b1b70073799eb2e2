"""The six parts of the sample shop as plain data: what each drawing asks for and how each is made."""

from __future__ import annotations

from dataclasses import dataclass

# kinds of operation as the route knows them
MATERIAL, MACHINE, DEBURR, INSPECT, OUTSIDE, MARK, PACK = (
    "material",
    "machine",
    "deburr",
    "inspect",
    "outside",
    "mark",
    "pack",
)


@dataclass(frozen=True)
class Alloy:
    """A material as bought, with what its mill certificate prints.

    Units:   `chemistry` in mass %, as (element, minimum, maximum, found); `strength` as (name, minimum, found, unit).
    """

    number: str
    revision: str
    title: str
    product: str
    condition: str
    family: str
    form: str
    chemistry: tuple[tuple[str, str, str, str], ...]
    strength: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class Process:
    """An outside process as specified, the vendor who does it, and what its certificate prints beside."""

    number: str
    revision: str
    title: str
    process: str
    name: str
    vendor: str
    spec_type: str = ""
    spec_class: str = ""
    types: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    changes_surface: bool = False
    is_irreversible: bool = True
    instructions: str = ""
    found: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """One characteristic of a drawing; limits in the unit, empty where the drawing gives none."""

    balloon: str
    zone: str
    name: str
    kind: str
    requirement: str
    nominal: str
    lower: str
    upper: str
    applies_to: str = "after"
    designator: str = ""
    unit: str = "mm"


@dataclass(frozen=True)
class Step:
    """One operation of a route; a machine step locks the fixture it was set up with."""

    sequence: int
    kind: str
    name: str
    fixture: str = ""
    process: Process | None = None
    work_center: str = ""


@dataclass(frozen=True)
class PartSpec:
    """One part: its drawing, its route and whose it is. `answers` gives the operation that answers each note."""

    number: str
    revision: str
    name: str
    customer: str
    alloy: Alloy
    is_serialized: bool
    notes: tuple[str, ...]
    answers: tuple[int, ...]
    rows: tuple[Row, ...]
    steps: tuple[Step, ...]
    fai_regime: str = "before_dispatch"
    # what a package of the customer must be: approved before the goods leave
    needs_package_approval: bool = False
    label: str = ""


AL_6061 = Alloy(
    number="AMS 4117",
    revision="N",
    title="Aluminium alloy bar, 6061-T6, T651",
    product="Aluminium alloy bar",
    condition="6061-T651",
    family="6061",
    form="flat bar 80 x 35",
    chemistry=(
        ("Si", "0.40", "0.8", "0.62"),
        ("Fe", "–", "0.7", "0.31"),
        ("Cu", "0.15", "0.40", "0.27"),
        ("Mn", "–", "0.15", "0.08"),
        ("Mg", "0.8", "1.2", "0.97"),
        ("Cr", "0.04", "0.35", "0.11"),
        ("Zn", "–", "0.25", "0.04"),
        ("Ti", "–", "0.15", "0.03"),
    ),
    strength=(
        ("Tensile strength Rm", "290", "318", "MPa"),
        ("Yield strength Rp0.2", "241", "287", "MPa"),
        ("Elongation A", "10", "13.5", "%"),
    ),
)
AL_7075 = Alloy(
    number="AMS 4078",
    revision="J",
    title="Aluminium alloy plate, 7075-T7351",
    product="Aluminium alloy plate",
    condition="7075-T7351",
    family="7075",
    form="plate 40",
    chemistry=(
        ("Zn", "5.1", "6.1", "5.6"),
        ("Mg", "2.1", "2.9", "2.4"),
        ("Cu", "1.2", "2.0", "1.5"),
        ("Cr", "0.18", "0.28", "0.22"),
        ("Fe", "–", "0.50", "0.19"),
        ("Si", "–", "0.40", "0.08"),
    ),
    strength=(
        ("Tensile strength Rm", "469", "498", "MPa"),
        ("Yield strength Rp0.2", "393", "421", "MPa"),
        ("Elongation A", "7", "10.5", "%"),
    ),
)
STEEL_17_4 = Alloy(
    number="AMS 5643",
    revision="W",
    title="Precipitation-hardening steel bar, 17-4 PH, solution treated",
    product="Stainless steel bar",
    condition="17-4PH condition A",
    family="17-4PH",
    form="round bar 22",
    chemistry=(
        ("C", "–", "0.07", "0.041"),
        ("Cr", "15.00", "17.50", "15.60"),
        ("Ni", "3.00", "5.00", "4.30"),
        ("Cu", "3.00", "5.00", "3.35"),
        ("Nb", "0.15", "0.45", "0.29"),
        ("Mn", "–", "1.00", "0.62"),
    ),
    strength=(("Hardness", "–", "352", "HBW"),),
)
STEEL_316L = Alloy(
    number="ASTM A276",
    revision="23",
    title="Stainless steel bars, type 316L",
    product="Stainless steel bar",
    condition="316L annealed",
    family="316L",
    form="square bar 90",
    chemistry=(
        ("C", "–", "0.030", "0.019"),
        ("Cr", "16.0", "18.0", "16.8"),
        ("Ni", "10.0", "14.0", "10.4"),
        ("Mo", "2.00", "3.00", "2.11"),
        ("Mn", "–", "2.00", "1.55"),
    ),
    strength=(
        ("Tensile strength Rm", "485", "561", "MPa"),
        ("Yield strength Rp0.2", "170", "264", "MPa"),
        ("Elongation A", "40", "54", "%"),
    ),
)

ANODIC = {
    "number": "MIL-PRF-8625",
    "revision": "F Amendment 2",
    "title": "Anodic coatings for aluminium",
    "process": "anodize",
    "vendor": "BLUEWATER",
    "types": ("Type II", "Type III"),
    "classes": ("Class 1", "Class 2"),
    "same_as": ("MIL-A-8625",),
    "changes_surface": True,
}
HARD_ANODIZE = Process(
    **ANODIC,
    name="Hard anodize",
    spec_type="Type III",
    spec_class="Class 1",
    instructions="Unsealed. Rack marks on face B only. Mask nothing.",
    found=(
        ("Coating thickness, eddy current, 5 pieces", "minimum 0.047 mm, average 0.050 mm, maximum 0.053 mm"),
    ),
)
BLACK_ANODIZE = Process(
    **ANODIC,
    name="Anodize, dyed black",
    spec_type="Type II",
    spec_class="Class 2",
    instructions="Dyed black, sealed in hot water. Mask the two bores.",
    found=(("Coating thickness, eddy current, 3 pieces", "minimum 0.011 mm, maximum 0.014 mm"),),
)
AGE = Process(
    number="AMS 2759/3",
    revision="K",
    title="Heat treatment of precipitation-hardening steels",
    process="heat treat",
    name="Age harden to H1025",
    vendor="CINDERHILL",
    instructions="551 °C for 4 hours, air cool. Hardness on two pieces of each load.",
    found=(("Furnace, load chart", "551 to 553 °C, 4 h 05 min"), ("Hardness found", "36.5 and 37.0 HRC")),
)
PASSIVATE = Process(
    number="AMS 2700",
    revision="F",
    title="Passivation of corrosion resistant steels",
    process="passivate",
    name="Passivate",
    vendor="LOWELL",
    spec_type="Method 1",
    spec_class="Class 4",
    types=("Method 1", "Method 2"),
    classes=("Class 2", "Class 4"),
    is_irreversible=False,
    instructions="Nitric, type 6. Copper sulfate test on one piece of each lot.",
    found=(("Copper sulfate test, 1 piece", "no copper deposit"),),
)

HOUSING = PartSpec(
    number="72-41806-3",
    revision="D",
    name="Housing, rotary actuator",
    customer="MERIDIAN",
    alloy=AL_6061,
    is_serialized=True,
    notes=(
        "Material: aluminium alloy bar 6061-T651 to AMS 4117.",
        "Hard anodize all over to MIL-PRF-8625 Type III Class 1, 0.050 ±0.005 thick.",
        "Dimensions apply after finish unless marked otherwise.",
        "Break sharp edges 0.2 to 0.4.",
        "Mark part number, revision and serial number with ink, 3 high.",
    ),
    answers=(10, 60, 70, 40, 80),
    rows=(
        Row("1", "1 B2", "Length", "Length", "120 ±0.1", "120", "119.9", "120.1"),
        Row("2", "1 B3", "Width", "Length", "75 ±0.1", "75", "74.9", "75.1"),
        Row("3", "1 C3", "Height", "Length", "32 ±0.05", "32", "31.95", "32.05"),
        Row(
            "4", "1 C4", "Bore", "Diameter", "Ø 40 H7 (40.000 to 40.025)", "40", "40", "40.025", "both", "KC"
        ),
        Row("5", "1 C4", "Bore position", "Position", "⌖ Ø 0.10 Ⓜ A B C", "", "", "0.1", designator="KC"),
        Row("6", "1 D2", "Hole 1", "Diameter", "Ø 6.6 +0.2/0", "6.6", "6.6", "6.8"),
        Row("7", "1 D2", "Hole 2", "Diameter", "Ø 6.6 +0.2/0", "6.6", "6.6", "6.8"),
        Row("8", "1 D5", "Hole 3", "Diameter", "Ø 6.6 +0.2/0", "6.6", "6.6", "6.8"),
        Row("9", "1 D5", "Hole 4", "Diameter", "Ø 6.6 +0.2/0", "6.6", "6.6", "6.8"),
        Row("10", "1 B4", "Seat flatness", "Flatness", "⏥ 0.05", "", "", "0.05"),
        Row("11", "1 B5", "Perpendicularity", "Perpendicularity", "⟂ 0.05 A", "", "", "0.05"),
        Row("12", "1 A5", "Pocket depth", "Depth", "18 ±0.1", "18", "17.9", "18.1"),
        Row("13", "1 A4", "Slot width", "Width", "12 +0.05/0", "12", "12", "12.05", "both"),
        Row(
            "14",
            "1 A3",
            "Seat roughness",
            "Roughness",
            "Ra 1.6 max, before finish",
            "",
            "",
            "1.6",
            "before",
            unit="um",
        ),
    ),
    steps=(
        Step(10, MATERIAL, "Issue and saw bar"),
        Step(20, MACHINE, "Mill side 1", fixture="FX-104", work_center="Cell 2"),
        Step(30, MACHINE, "Mill side 2 and bore", fixture="FX-105", work_center="Cell 2"),
        Step(40, DEBURR, "Break edges 0.2 to 0.4"),
        Step(50, INSPECT, "Measure before finish"),
        Step(60, OUTSIDE, "Hard anodize", process=HARD_ANODIZE),
        Step(70, INSPECT, "Final inspection"),
        Step(80, MARK, "Ink mark part, revision, serial"),
        Step(90, PACK, "Clean, wrap, pack"),
    ),
)
COVER = PartSpec(
    number="72-40022-1",
    revision="B",
    name="Cover, actuator",
    customer="MERIDIAN",
    label="ITAR",
    alloy=AL_6061,
    is_serialized=False,
    notes=(
        "Material: aluminium alloy bar 6061-T651 to AMS 4117.",
        "Anodize to MIL-PRF-8625 Type II Class 2, black. Mask the two bores.",
        "Dimensions apply after finish.",
        "Break sharp edges 0.2 to 0.4.",
    ),
    answers=(10, 50, 60, 30),
    rows=(
        Row("1", "1 B2", "Length", "Length", "84 ±0.1", "84", "83.9", "84.1"),
        Row("2", "1 B3", "Width", "Length", "61 ±0.1", "61", "60.9", "61.1"),
        Row("3", "1 C3", "Thickness", "Length", "9 ±0.05", "9", "8.95", "9.05"),
        Row(
            "4",
            "1 C4",
            "Spigot",
            "Diameter",
            "Ø 40 g6 (39.975 to 39.991)",
            "40",
            "39.975",
            "39.991",
            "both",
            "KC",
        ),
        Row("5", "1 D2", "Bore left", "Diameter", "Ø 5.5 +0.1/0", "5.5", "5.5", "5.6"),
        Row("6", "1 D4", "Bore right", "Diameter", "Ø 5.5 +0.1/0", "5.5", "5.5", "5.6"),
    ),
    steps=(
        Step(10, MATERIAL, "Issue and saw bar"),
        Step(20, MACHINE, "Turn and mill complete", fixture="FX-131", work_center="Cell 1"),
        Step(30, DEBURR, "Break edges 0.2 to 0.4"),
        Step(40, INSPECT, "Measure before finish"),
        Step(50, OUTSIDE, "Anodize, dyed black", process=BLACK_ANODIZE),
        Step(60, INSPECT, "Final inspection"),
        Step(70, PACK, "Clean, wrap, pack"),
    ),
    fai_regime="with_first",
)
LINK = PartSpec(
    number="AR-2207-14",
    revision="A",
    name="Wrist link, left",
    customer="ARDENT",
    alloy=STEEL_17_4,
    is_serialized=True,
    notes=(
        "Material: 17-4PH bar, condition A, to AMS 5643.",
        "Age harden to H1025 to AMS 2759/3. Hardness 35 to 42 HRC.",
        "Passivate to AMS 2700 Method 1 Class 4 after all machining.",
        "Remove burrs. No sharp edge may remain.",
        "Laser mark the serial number where shown.",
    ),
    answers=(10, 40, 70, 60, 90),
    rows=(
        Row("1", "1 B2", "Length", "Length", "96 ±0.1", "96", "95.9", "96.1"),
        Row(
            "2",
            "1 B4",
            "Pivot bore left",
            "Diameter",
            "Ø 10 H7 (10.000 to 10.015)",
            "10",
            "10",
            "10.015",
            designator="KC",
        ),
        Row(
            "3",
            "1 B6",
            "Pivot bore right",
            "Diameter",
            "Ø 10 H7 (10.000 to 10.015)",
            "10",
            "10",
            "10.015",
            designator="KC",
        ),
        Row("4", "1 C5", "Bore distance", "Length", "72 ±0.02", "72", "71.98", "72.02", designator="KC"),
        Row("5", "1 D3", "Web thickness", "Length", "4 +0.1/0", "4", "4", "4.1"),
        Row("6", "1 D5", "Parallelism", "Parallelism", "∥ 0.02 A", "", "", "0.02"),
    ),
    steps=(
        Step(10, MATERIAL, "Issue and saw bar"),
        Step(20, MACHINE, "Rough mill", fixture="FX-212", work_center="Cell 4"),
        Step(40, OUTSIDE, "Age harden to H1025", process=AGE),
        Step(50, MACHINE, "Finish mill and bore", fixture="FX-213", work_center="Cell 4"),
        Step(60, DEBURR, "Remove burrs by hand under the microscope"),
        Step(70, OUTSIDE, "Passivate", process=PASSIVATE),
        Step(80, INSPECT, "Final inspection"),
        Step(90, MARK, "Laser mark the serial number"),
        Step(100, PACK, "Clean, bag, pack"),
    ),
    needs_package_approval=True,
    fai_regime="with_first",
)
PIN = PartSpec(
    number="AR-2207-31",
    revision="C",
    name="Pivot pin",
    customer="ARDENT",
    alloy=STEEL_17_4,
    is_serialized=False,
    notes=("Material: 17-4PH bar, condition A, to AMS 5643.", "Passivate to AMS 2700 Method 1 Class 4."),
    answers=(10, 30),
    rows=(
        Row("1", "1 B2", "Length", "Length", "31 ±0.05", "31", "30.95", "31.05"),
        Row(
            "2",
            "1 B3",
            "Shank",
            "Diameter",
            "Ø 10 g6 (9.986 to 9.995)",
            "10",
            "9.986",
            "9.995",
            designator="KC",
        ),
        Row("3", "1 C3", "Head", "Diameter", "Ø 14 ±0.1", "14", "13.9", "14.1"),
    ),
    steps=(
        Step(10, MATERIAL, "Issue bar"),
        Step(20, MACHINE, "Turn complete", fixture="C-22", work_center="Lathe 3"),
        Step(30, OUTSIDE, "Passivate", process=PASSIVATE),
        Step(40, INSPECT, "Final inspection"),
        Step(50, PACK, "Clean, bag, pack"),
    ),
    fai_regime="none",
)
MANIFOLD = PartSpec(
    number="SV-880-02",
    revision="F",
    name="Manifold block",
    customer="SOLVANE",
    alloy=STEEL_316L,
    is_serialized=True,
    notes=(
        "Material: 316L bar to ASTM A276.",
        "Passivate to AMS 2700 Method 1 Class 4.",
        "Ports to be free of burrs; inspect with borescope.",
    ),
    answers=(10, 50, 40),
    rows=(
        Row("1", "1 A2", "Length", "Length", "140 ±0.2", "140", "139.8", "140.2"),
        Row("2", "1 B4", "Port A", "Diameter", "Ø 18 +0.05/0", "18", "18", "18.05", designator="KC"),
        Row("3", "1 B6", "Port B", "Diameter", "Ø 18 +0.05/0", "18", "18", "18.05", designator="KC"),
        Row("4", "1 C4", "Seat flatness", "Flatness", "⏥ 0.02", "", "", "0.02"),
    ),
    steps=(
        Step(10, MATERIAL, "Issue and saw bar"),
        Step(20, MACHINE, "Mill six sides", fixture="FX-301", work_center="Cell 5"),
        Step(30, MACHINE, "Drill and bore ports", fixture="FX-302", work_center="Cell 5"),
        Step(40, DEBURR, "Deburr ports, look with the borescope"),
        Step(50, OUTSIDE, "Passivate", process=PASSIVATE),
        Step(60, INSPECT, "Final inspection"),
        Step(70, PACK, "Clean, cap the ports, pack"),
    ),
    fai_regime="none",
)
SHELL = PartSpec(
    number="SV-881-07",
    revision="A",
    name="Connector shell",
    customer="SOLVANE",
    alloy=AL_7075,
    is_serialized=False,
    notes=(
        "Material: 7075-T7351 plate to AMS 4078.",
        "Anodize to MIL-PRF-8625 Type II Class 2, black.",
        "Dimensions apply after finish.",
    ),
    answers=(10, 40, 50),
    rows=(
        Row("1", "1 B2", "Outside diameter", "Diameter", "Ø 48 ±0.05", "48", "47.95", "48.05"),
        Row("2", "1 B3", "Seal groove", "Width", "3.6 +0.1/0", "3.6", "3.6", "3.7", designator="CI"),
        Row("3", "1 C3", "Key slot", "Width", "4 +0.03/0", "4", "4", "4.03", "both"),
    ),
    steps=(
        Step(10, MATERIAL, "Issue plate blanks"),
        Step(20, MACHINE, "Turn and mill complete", fixture="FX-340", work_center="Cell 1"),
        Step(30, INSPECT, "Measure before finish"),
        Step(40, OUTSIDE, "Anodize, dyed black", process=BLACK_ANODIZE),
        Step(50, INSPECT, "Final inspection"),
        Step(60, PACK, "Clean, bag, pack"),
    ),
    fai_regime="none",
)
PARTS = (HOUSING, COVER, LINK, PIN, MANIFOLD, SHELL)
