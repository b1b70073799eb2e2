"""The papers of the sample shop, made here: drawing, NC programs, certificates, result files."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import weasyprint
from django.template.loader import render_to_string

from documents.demo.parts import AL_6061, HARD_ANODIZE
from documents.package.renderer import ClosedFetcher
from routes.models import Characteristic

STYLE = Path(__file__).with_name("papers.css")


# what a paper says where the caller does not: the first part of the sample shop and who works on it
FACTS = {
    "drawing": {"owner": "Meridian Flight Controls"},
    "mill_certificate": {
        "product": AL_6061.product,
        "chemistry": AL_6061.chemistry,
        "strength": AL_6061.strength,
    },
    "process_certificate": {
        "vendor": "Bluewater Anodizing",
        "address": "Plant 2, 77 Canal Street, Holyoke, MA 01040, USA",
        "site": "Plant 2, Holyoke",
        "process": HARD_ANODIZE.name,
        "found": HARD_ANODIZE.found,
    },
    "old_record": {},
}


@lru_cache(maxsize=32)
def paper(template: str, **facts: str | tuple) -> bytes:
    """Return one paper as PDF bytes: `drawing`, `mill_certificate`, `process_certificate` or `old_record`."""
    page = weasyprint.HTML(
        string=render_to_string(f"documents/demo/{template}.html", FACTS[template] | facts),
        base_url="",
        url_fetcher=ClosedFetcher(),
    )
    return page.write_pdf(stylesheets=[weasyprint.CSS(string=STYLE.read_text(encoding="utf-8"))])


def nc_program(name: str, side: int) -> bytes:
    """Return a short milling program in inch, the way a post-processor writes it."""
    lines = [
        "%",
        f"O{1000 + side}({name})",
        "(T1| 3/8 END MILL|H1)",
        "N10G20",
        "N20G0G17G40G49G80G90",
        "N30T1M6",
    ]
    lines += [f"N{40 + 10 * step}G1X{0.25 * step:.4f}Y{-0.1 * side * step:.4f}F24." for step in range(24)]
    return "\n".join([*lines, "N900M30", "%", ""]).encode()


@dataclass(frozen=True)
class Reading:
    """One reading of a result file: which characteristic, which serial, what the machine shows."""

    characteristic: Characteristic
    serial: str
    value: Decimal


def readings(
    characteristics: list[Characteristic],
    serials: list[str],
    *,
    seed: str,
    outliers: dict[tuple[str, str], str] | None = None,
    worn: dict[str, Decimal] | None = None,
) -> list[Reading]:
    """Return plausible readings: near the middle of the limits, the same for the same seed.

    outliers: (balloon, serial) → value, to put one reading where it should not be.
    worn:     balloon → how far a worn tool moved it from the middle; such readings scatter half as far.
    """
    random = Random(seed)
    found = []
    for characteristic in characteristics:
        lower = characteristic.lower if characteristic.lower is not None else Decimal(0)
        middle, half = (characteristic.upper + lower) / 2, (characteristic.upper - lower) / 2
        for serial in serials:
            shift = Decimal(str(round(random.gauss(0, 0.22), 3)))
            shift = max(min(shift, Decimal("0.8")), Decimal("-0.8"))
            moved = (worn or {}).get(characteristic.balloon)
            value = middle + half * shift if moved is None else middle + moved + half * shift / 2
            value = value.quantize(Decimal("0.001"))
            chosen = (outliers or {}).get((characteristic.balloon, serial))
            found.append(Reading(characteristic, serial, Decimal(chosen) if chosen else value))
    return found


def qif_results(rows: list[Reading], *, part: str) -> bytes:
    """Return the readings as a QIF 2.1 result file, each sample carrying its serial as a pseudo-dimension.

    Source: ISO 23952 (QIF): definition → nominal → item → actual, joined by id.
    """
    characteristics = list(dict.fromkeys(row.characteristic for row in rows))
    serials = list(dict.fromkeys(row.serial for row in rows))
    ids = {characteristic: 100 + 10 * place for place, characteristic in enumerate(characteristics)}
    definitions = [_definition("Serial Number", 10, "1", "9999")]
    definitions += [_definition(c.source_name or c.name, ids[c], c.lower, c.upper) for c in characteristics]
    nominals = [_nominal(10, "1")] + [_nominal(ids[c], c.nominal) for c in characteristics]
    items = [_item("Serial Number", 10)] + [_item(c.source_name or c.name, ids[c]) for c in characteristics]
    values = {(row.characteristic, row.serial): row for row in rows}
    results = [
        _sample(place, serial, [values[c, serial] for c in characteristics if (c, serial) in values], ids)
        for place, serial in enumerate(serials)
    ]
    body = f"""<?xml version="1.0" encoding="utf-8"?>
<QIFDocument versionQIF="2.1.0" idMax="999999" xmlns="http://qifstandards.org/xsd/qif2">
<FileUnits><PrimaryUnits><LinearUnit><UnitName>mm</UnitName></LinearUnit></PrimaryUnits></FileUnits>
<Product><PartSet n="1"><Part id="4"><Header><Name>{escape(part)}</Name></Header></Part></PartSet></Product>
<Characteristics>
<CharacteristicDefinitions n="{len(definitions)}">{"".join(definitions)}</CharacteristicDefinitions>
<CharacteristicNominals n="{len(nominals)}">{"".join(nominals)}</CharacteristicNominals>
<CharacteristicItems n="{len(items)}">{"".join(items)}</CharacteristicItems>
</Characteristics>
<MeasurementsResults><MeasurementResultsSet n="{len(results)}">{"".join(results)}</MeasurementResultsSet>
</MeasurementsResults>
</QIFDocument>
"""
    return body.encode()


def _definition(name: str, base: int, lower: object, upper: object) -> str:
    bounds = f"<MaxValue>{upper}</MaxValue>" + (f"<MinValue>{lower}</MinValue>" if lower is not None else "")
    return (
        f'<UserDefinedLinearCharacteristicDefinition id="{base}"><Name>{escape(name)}</Name><Tolerance>{bounds}'
        f"<DefinedAsLimit>true</DefinedAsLimit></Tolerance><WhatToMeasure>{escape(name)}</WhatToMeasure>"
        "</UserDefinedLinearCharacteristicDefinition>"
    )


def _nominal(base: int, target: object) -> str:
    value = f"<TargetValue>{target}</TargetValue>" if target is not None else ""
    return (
        f'<UserDefinedLinearCharacteristicNominal id="{base + 1}"><CharacteristicDefinitionId>{base}'
        f"</CharacteristicDefinitionId>{value}</UserDefinedLinearCharacteristicNominal>"
    )


def _item(name: str, base: int) -> str:
    return (
        f'<UserDefinedLinearCharacteristicItem id="{base + 2}"><Name>{escape(name)}</Name><CharacteristicNominalId>'
        f"{base + 1}</CharacteristicNominalId></UserDefinedLinearCharacteristicItem>"
    )


def _sample(place: int, serial: str, rows: list[Reading], ids: dict) -> str:
    first = 10_000 + place * 500
    actuals = [_actual(first + 1, 12, int(serial), "PASS")]
    actuals += [
        _actual(first + 2 + n, ids[row.characteristic] + 2, row.value, _stated(row))
        for n, row in enumerate(rows)
    ]
    return (
        f'<MeasurementResults id="{first}"><MeasuredCharacteristics><CharacteristicActuals n="{len(actuals)}">'
        f"{''.join(actuals)}</CharacteristicActuals></MeasuredCharacteristics></MeasurementResults>"
    )


def _actual(number: int, item: int, value: object, status: str) -> str:
    return (
        f'<UserDefinedLinearCharacteristicActual id="{number}"><Status><CharacteristicStatusEnum>{status}'
        f"</CharacteristicStatusEnum></Status><CharacteristicItemId>{item}</CharacteristicItemId>"
        f"<Value>{value}</Value></UserDefinedLinearCharacteristicActual>"
    )


def _stated(row: Reading) -> str:
    lower, upper = row.characteristic.lower, row.characteristic.upper
    is_inside = (lower is None or row.value >= lower) and (upper is None or row.value <= upper)
    return "PASS" if is_inside else "FAIL"
