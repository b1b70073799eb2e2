"""What a QIF file literally says, element by element, in bounded memory.

Characteristics stand in four layers in QIF: definition (tolerance), nominal (target), item (name, balloon)
and actual or measurement (value). Here they are only collected; `qif` joins them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from portal.intake.markup import guarded_events, local_name
from portal.intake.unreadable import FileNotReadable

MOST_VALUES = 1_000_000

_LISTS = {
    "CharacteristicDefinitions": "CharacteristicDefinition",
    "CharacteristicNominals": "CharacteristicNominal",
    "CharacteristicItems": "CharacteristicItem",
    "CharacteristicActuals": "CharacteristicActual",  # QIF 2.x
    "CharacteristicMeasurements": "CharacteristicMeasurement",  # QIF 3.0
    "PartSet": "Part",
    "ActualComponentSet": "ActualComponent",
    "PrimaryUnits": "Unit",
    "MeasurementResults": "ActualComponentIds",
}


@dataclass(slots=True)
class RawValue:
    item_id: str
    status: str
    text: str | None
    unit: str
    kind: str


@dataclass(slots=True)
class RawSample:
    component_ids: list[str] = field(default_factory=list)
    values: list[RawValue] = field(default_factory=list)


@dataclass(slots=True)
class RawTolerance:
    """Texts as written: a geometric tolerance, or limits or offsets from the nominal."""

    kind: str
    name: str
    geometric: str | None = None
    upper: str | None = None
    lower: str | None = None
    defined_as_limit: bool | None = None
    shared_definition: bool = False
    unit: str = ""


@dataclass
class RawQif:
    version: str = ""
    units: dict[str, str] = field(default_factory=dict)
    parts: list[dict[str, str]] = field(default_factory=list)
    tolerances: dict[str, RawTolerance] = field(default_factory=dict)
    nominals: dict[str, dict[str, str]] = field(default_factory=dict)
    items: list[dict[str, str]] = field(default_factory=list)
    serials: dict[str, str] = field(default_factory=dict)
    samples: list[RawSample] = field(default_factory=list)
    value_count: int = 0


def harvest(content: bytes) -> RawQif:
    """Collect what matters from one QIF file and forget the rest while reading.

    Raises:  FileNotReadable when it is not QIF 2.0, 2.1 or 3.0, or holds more than a million values.
    """
    raw = RawQif()
    path: list[str] = []
    kept = 0
    for event, element in guarded_events(content):
        if event == "start":
            name = local_name(element.tag)
            _start(raw, path, name, element)
            path.append(name)
            kept += _is_kept(path)
            continue
        is_kept = _is_kept(path)
        path.pop()
        if is_kept:
            kept -= 1
            _collect(raw, path[-1], element)
        if not kept:
            # Every element is emptied as soon as nothing above it is being kept: memory stays flat.
            element.clear()
    return raw


def _start(raw: RawQif, path: list[str], name: str, element: Element) -> None:
    if not path:
        raw.version = _version(name, element)
    elif name == "MeasurementResults":
        raw.samples.append(RawSample())


def _version(name: str, element: Element) -> str:
    if name != "QIFDocument":
        raise FileNotReadable(
            f"The file is XML of the kind {name[:40]}, not QIF. Export the results as QIF 2.0, 2.1 or 3.0."
        )
    version = (element.get("versionQIF") or "").strip()
    if not version.startswith(("2.0", "2.1", "3.0")):
        raise FileNotReadable(
            f"The file says QIF version “{version[:20]}”; 2.0, 2.1 and 3.0 are read. "
            "Export it again in one of these versions."
        )
    return version


def _is_kept(path: list[str]) -> bool:
    if len(path) < 2:
        return False
    suffix = _LISTS.get(path[-2])
    return suffix is not None and path[-1].endswith(suffix)


def _collect(raw: RawQif, parent: str, element: Element) -> None:
    name = local_name(element.tag)
    if parent in ("CharacteristicActuals", "CharacteristicMeasurements"):
        _collect_value(raw, name, element)
    elif parent == "CharacteristicDefinitions":
        raw.tolerances[element.get("id", "")] = _tolerance(
            name.removesuffix("CharacteristicDefinition"), element
        )
    elif parent == "CharacteristicNominals":
        target = _child(element, "TargetValue")
        raw.nominals[element.get("id", "")] = {
            "definition_id": _text(element, "CharacteristicDefinitionId"),
            "target": "" if target is None else (target.text or "").strip(),
            "unit": _unit(target),
            "kind": name.removesuffix("CharacteristicNominal"),
        }
    elif parent == "CharacteristicItems":
        raw.items.append(_item(name, element))
    elif parent == "PartSet":
        raw.parts.append(_part(element))
    elif parent == "ActualComponentSet":
        raw.serials[element.get("id", "")] = _text(element, "SerialNumber")
    elif parent == "PrimaryUnits":
        raw.units[name] = _text(element, "UnitName")
    elif parent == "MeasurementResults" and raw.samples:
        raw.samples[-1].component_ids = [(child.text or "").strip() for child in element]


def _collect_value(raw: RawQif, name: str, element: Element) -> None:
    raw.value_count += 1
    if raw.value_count > MOST_VALUES:
        raise FileNotReadable(f"The file holds more than {MOST_VALUES:,} values. Export it in several files.")
    if not raw.samples:
        raw.samples.append(RawSample())
    value = _child(element, "Value")
    status = _child(element, "Status")
    raw.samples[-1].values.append(
        RawValue(
            item_id=_text(element, "CharacteristicItemId"),
            status="" if status is None else "".join(status.itertext()).strip(),
            text=None if value is None else (value.text or "").strip(),
            unit=_unit(value),
            kind=name.removesuffix("CharacteristicActual").removesuffix("CharacteristicMeasurement"),
        )
    )


def _tolerance(kind: str, element: Element) -> RawTolerance:
    found = RawTolerance(kind=kind, name=_text(element, "Name"))
    geometric = _child(element, "ToleranceValue")
    if geometric is not None:
        found.geometric = (geometric.text or "").strip()
        found.unit = _unit(geometric)
    tolerance = _child(element, "Tolerance")
    if tolerance is not None:
        upper, lower = _child(tolerance, "MaxValue"), _child(tolerance, "MinValue")
        found.upper = None if upper is None else (upper.text or "").strip()
        found.lower = None if lower is None else (lower.text or "").strip()
        found.unit = _unit(upper) or _unit(lower)
        flag = _text(tolerance, "DefinedAsLimit").lower()
        found.defined_as_limit = None if not flag else flag in ("true", "1")
        found.shared_definition = _child(tolerance, "DefinitionId") is not None
    return found


def _item(name: str, element: Element) -> dict[str, str]:
    designator = _child(element, "CharacteristicDesignator")
    if designator is None:
        designator = _child(element, "KeyCharacteristic")
    location = _child(element, "LocationOnDrawing")
    return {
        "id": element.get("id", ""),
        "name": _text(element, "Name"),
        "kind": name.removesuffix("CharacteristicItem"),
        "nominal_id": _text(element, "CharacteristicNominalId"),
        "designator": "" if designator is None else _text(designator, "Designator"),
        "zone": "" if location is None else _text(location, "DrawingZone"),
        "qpid": _qpid(element) or ("" if designator is None else _text(designator, "UUID")),
    }


def _part(element: Element) -> dict[str, str]:
    header = _child(element, "Header")
    return {
        "name": _text(element, "Name")
        or ("" if header is None else _text(header, "Name"))
        or element.get("label", ""),
        "number": _text(element, "ModelNumber"),
        "version": _text(element, "Version"),
        "qpid": _qpid(element),
    }


def _qpid(element: Element) -> str:
    direct = _text(element, "UUID") or _text(element, "QPId")
    attributes = _child(element, "Attributes")
    if direct or attributes is None:
        return direct
    for attribute in attributes:
        if local_name(attribute.tag) == "AttributeQPId":
            return _text(attribute, "Value")
    return ""


def _child(element: Element, name: str) -> Element | None:
    for child in element:
        if local_name(child.tag) == name:
            return child
    return None


def _text(element: Element, name: str) -> str:
    child = _child(element, name)
    return "" if child is None else (child.text or "").strip()


def _unit(element: Element | None) -> str:
    """Return the unit a single value names for itself, different from the file's."""
    if element is None:
        return ""
    return (element.get("linearUnit") or element.get("angularUnit") or "").strip()
