"""Small QIF result files, with exactly the oddities a test asks for."""

from __future__ import annotations

from collections.abc import Sequence

Value = tuple[str, str, str]  # item id, number, verdict the file states


def make_qif(
    samples: dict[str, Sequence[Value]],
    *,
    items: dict[str, str],
    unit: str = "mm",
) -> bytes:
    """Return a QIF 3.0 file: items {id: name}, samples {serial or "": values}, in the order given."""
    units = f"<FileUnits><PrimaryUnits><LinearUnit><UnitName>{unit}</UnitName></LinearUnit></PrimaryUnits></FileUnits>"
    named = "".join(
        f'<DiameterCharacteristicItem id="{key}"><Name>{name}</Name></DiameterCharacteristicItem>'
        for key, name in items.items()
    )
    components = "".join(
        f'<ActualComponent id="c{index}"><SerialNumber>{serial}</SerialNumber></ActualComponent>'
        for index, serial in enumerate(samples, start=1)
    )
    results = "".join(
        f"<MeasurementResults><ActualComponentIds><Id>c{index}</Id></ActualComponentIds>"
        f"<MeasuredCharacteristics><CharacteristicMeasurements>{''.join(map(_measurement, values))}"
        "</CharacteristicMeasurements></MeasuredCharacteristics></MeasurementResults>"
        for index, values in enumerate(samples.values(), start=1)
    )
    return (
        '<QIFDocument versionQIF="3.0.0" xmlns="http://qifstandards.org/xsd/qif3">'
        f"{units if unit else ''}"
        f"<Characteristics><CharacteristicItems>{named}</CharacteristicItems></Characteristics>"
        f"<MeasurementsResults><MeasurementResultsSet>{results}</MeasurementResultsSet>"
        f"<ActualComponentSets><ActualComponentSet>{components}</ActualComponentSet></ActualComponentSets>"
        "</MeasurementsResults></QIFDocument>"
    ).encode()


def _measurement(value: Value) -> str:
    item, number, stated = value
    return (
        "<DiameterCharacteristicMeasurement>"
        f"<Status><CharacteristicStatusEnum>{stated}</CharacteristicStatusEnum></Status>"
        f"<CharacteristicItemId>{item}</CharacteristicItemId><Value>{number}</Value>"
        "</DiameterCharacteristicMeasurement>"
    )
