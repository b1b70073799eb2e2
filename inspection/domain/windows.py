"""What a value is judged by: the limits of the drawing, or before a finish the window its plan was frozen with."""

from __future__ import annotations

from decimal import Decimal

from inspection.models import InspectionRecord
from routes.models import Characteristic

Limits = tuple[Decimal | None, Decimal | None]


def windows_of(record: InspectionRecord) -> dict[str, Limits]:
    """Return the windows of an inspection's frozen plan, by the characteristic's uuid.

    Units: those of the characteristic. Source: release rule 28.
    """
    return {
        planned["characteristic"]: (_limit(planned["window"]["lower"]), _limit(planned["window"]["upper"]))
        for planned in record.plan
        if "window" in planned
    }


def limits_for(characteristic: Characteristic, windows: dict[str, Limits]) -> Limits:
    """Return the lower and upper limit a value of this characteristic is judged by."""
    return windows.get(str(characteristic.uuid), (characteristic.lower, characteristic.upper))


def window_words(characteristic: Characteristic, windows: dict[str, Limits]) -> str:
    """Return the window as people read it; empty where the drawing's own limits hold."""
    limits = windows.get(str(characteristic.uuid))
    if limits is None:
        return ""
    lower, upper = ("" if each is None else f"{each.normalize():f}" for each in limits)
    between = (
        f"{lower} to {upper}" if lower and upper else f"at least {lower}" if lower else f"at most {upper}"
    )
    return f"{between} {characteristic.unit} before finish"


def _limit(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
