"""Companies, people, processes and alloys the papers are made of."""

from __future__ import annotations

from dataclasses import dataclass

STATEMENT = "conforms"


@dataclass(frozen=True)
class Result:
    """One measured value with the limits it is held to; numbers with a decimal point."""

    test: str
    name: str
    value: str
    unit: str = ""
    minimum: str = ""
    maximum: str = ""


@dataclass(frozen=True)
class Work:
    """One outside process to one specification, with the results its certificate states."""

    family: str
    number: str
    revision: str
    types: tuple[str, ...] = ("",)
    classes: tuple[str, ...] = ("",)
    results: tuple = ()
    other: str = ""


@dataclass(frozen=True)
class Alloy:
    """One alloy in one condition, with the limits its mill report is held to."""

    grade: str
    number: str
    revision: str
    condition: str
    forms: tuple[str, ...]
    results: tuple
    other: str


def _rows(test: str, *rows: tuple) -> tuple:
    return tuple(Result(test, name, "", unit, low, high) for name, unit, low, high in rows)


def _chemistry(*rows: tuple) -> tuple:
    return _rows("chemistry", *((name, "%", low, high) for name, low, high in rows))


def _strength(unit: str, ultimate: str, proof: str, stretch: str) -> tuple:
    rows = (("Tensile strength", unit, ultimate, ""), ("Yield strength", unit, proof, ""))
    return _rows("mechanical", *rows, ("Elongation", "%", stretch, ""))


IN_INCHES = _rows("thickness", ("Coating thickness", "in", "0.0004", "0.0010"))
IN_MICRONS = _rows("thickness", ("Coating thickness", "µm", "8", "13"))
IN_MILS = _rows("thickness", ("Coating thickness", "mil", "1.5", "2.5"))
HARD = _rows("hardness", ("Hardness", "HRC", "40", "47"))
CONDUCTS = _rows("conductivity", ("Conductivity", "%IACS", "38.0", "43.0"))
PROCESSES = (
    Work("anodize", "MIL-PRF-8625", "F", ("II", "III"), ("1", "2"), IN_INCHES, "MIL-DTL-5541"),
    Work("anodize", "AMS 2471", "J", results=IN_MICRONS, other="AMS 2469"),
    Work("chem film", "MIL-DTL-5541", "F", ("I", "II"), ("1A", "3"), (), "MIL-PRF-8625"),
    Work("plating", "AMS-QQ-P-416", "G", ("I", "II"), ("1", "2", "3"), IN_MICRONS, "AMS 2400"),
    Work("plating", "AMS 2404", "K", classes=("1", "3"), results=IN_MILS, other="AMS 2405"),
    Work("heat treat", "AMS 2759/3", "K", results=HARD, other="AMS 2759/2"),
    Work("heat treat", "AMS 2770", "R", results=CONDUCTS, other="AMS 2771"),
    Work("passivation", "AMS 2700", "G", ("2", "6"), ("1", "3"), (), "ASTM A967"),
    Work("penetrant inspection", "ASTM E1417", "21", ("1", "2"), other="ASTM E1444"),
)

# fmt: off
ALUMINIUM = _chemistry(
    ("Si", "0.40", "0.80"), ("Fe", "", "0.70"), ("Cu", "0.15", "0.40"), ("Mn", "", "0.15"),
    ("Mg", "0.80", "1.20"), ("Cr", "0.04", "0.35"), ("Zn", "", "0.25"), ("Ti", "", "0.15"),
)
STAINLESS = _chemistry(
    ("C", "", "0.070"), ("Mn", "", "1.00"), ("P", "", "0.040"), ("S", "", "0.030"),
    ("Si", "", "1.00"), ("Cr", "15.00", "17.00"), ("Ni", "3.00", "5.00"), ("Cu", "3.00", "5.00"),
)
TITANIUM = _chemistry(
    ("Al", "5.50", "6.75"), ("V", "3.50", "4.50"), ("Fe", "", "0.30"), ("O", "", "0.20"),
    ("C", "", "0.080"), ("N", "", "0.050"), ("H", "", "0.0125"),
)
ALLOYS = (
    Alloy("6061", "AMS 4027", "P", "T651", ("Plate 1.000 in", "Plate 0.500 in"),
          ALUMINIUM + _strength("ksi", "42.0", "35.0", "9.0"), "AMS 4025"),
    Alloy("6082", "EN 485-2", "2018", "T651", ("Plate 20 mm", "Plate 35 mm"),
          ALUMINIUM + _strength("MPa", "300", "255", "9.0"), "EN 515"),
    Alloy("17-4PH", "AMS 5643", "W", "H900", ("Bar 2.000 in DIA", "Bar 1.250 in DIA"),
          STAINLESS + _strength("ksi", "190.0", "170.0", "10.0"), "AMS 5604"),
    Alloy("Ti-6Al-4V", "AMS 4928", "Y", "Annealed", ("Bar 1.500 in DIA", "Forging stock"),
          TITANIUM + _strength("MPa", "895", "825", "10.0"), "AMS 4911"),
)
# fmt: on
OTHER_SPECIFICATIONS = {each.number: each.other for each in (*PROCESSES, *ALLOYS)}

COMPANIES = {
    "US": (
        ("Northline Anodizing", "Plant 2", "1180 Industrial Pkwy, Wichita, KS 67213"),
        ("Bluewater Finishing", "Tacoma", "402 Harbor Ave, Tacoma, WA 98421"),
        ("Ridgeback Metals", "Main works", "77 Foundry Rd, Canton, OH 44706"),
        ("Prairie Heat Treating", "Plant 1", "2210 Furnace St, Rockford, IL 61104"),
    ),
    "GB": (
        ("Severn Surface Treatments", "Unit 4", "Unit 4 Quay Road, Gloucester GL1 5TN"),
        ("Harrow Alloys", "Sheffield", "19 Attercliffe Lane, Sheffield S9 3RW"),
    ),
    "DE": (
        ("Oberland Eloxal GmbH", "Werk Kempten", "Industriestr. 14, 87437 Kempten"),
        ("Rheinstahl Service GmbH", "Werk 2", "Hafenweg 3, 47119 Duisburg"),
    ),
    "CN": (
        ("苏州新联表面处理有限公司", "二厂", "苏州市工业园区长阳街88号"),
        ("宁波海星金属有限公司", "北仑厂", "宁波市北仑区港城路16号"),
    ),
    "MX": (
        ("Recubrimientos del Norte", "Planta Apodaca", "Av. Industrial 210, Apodaca, N.L. 66600"),
        ("Tratamientos Sierra", "Planta 1", "Calle Acero 45, Querétaro 76220"),
    ),
}
PEOPLE = {
    "US": ("Dana Whitfield", "Marcus Reyes", "Joan Keller", "Priya Raman"),
    "GB": ("Alan Thorpe", "Fiona Marsh"),
    "DE": ("Jürgen Weiß", "Katrin Öttl"),
    "CN": ("王丽华", "陈建国"),
    "MX": ("Lucía Peña", "Raúl Ibáñez"),
}
TITLES = {
    "US": "Quality Manager",
    "GB": "Chief Inspector",
    "DE": "Werkssachverständiger",
    "CN": "质量经理",
    "MX": "Gerente de Calidad",
}
