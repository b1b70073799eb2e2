"""The grid of an inspection: a row a piece, a column a planned characteristic."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from inspection.domain.measurements import pieces_set_apart, record_serials
from inspection.domain.records import values_of
from inspection.models import InspectionRecord, Measurement
from routes.models import Characteristic


def grid_of(record: InspectionRecord, *, may_enter: bool) -> dict[str, Any]:
    """Return {columns, rows}: every piece asked for or measured, each cell with value, verdict and stated verdict."""
    uuids = [row["characteristic"] for row in record.plan]
    known = {str(each.uuid): each for each in Characteristic.objects.filter(uuid__in=uuids)}
    planned = [(row, known[row["characteristic"]]) for row in record.plan]
    values = values_of(record).select_related("gauge").order_by("pk")
    cells = {(value.serial, value.characteristic_id): value for value in values}
    measured = sorted({serial for serial, _ in cells}, key=lambda serial: (len(serial), serial))
    serials = list(dict.fromkeys([*record_serials(record), *pieces_set_apart(record), *measured]))
    return {
        "columns": [_column(record, row, each, may_enter) for row, each in planned],
        "rows": [
            {
                "serial": serial,
                "cells": [
                    _cell(record, cells.get((serial, each.pk)), each, may_enter) for _, each in planned
                ],
            }
            for serial in serials
        ],
    }


def _column(record: InspectionRecord, row: dict, characteristic: Characteristic, may_enter: bool) -> dict:
    rules = {"all": "every piece", "first": "first piece", "sample": f"{row['sample_size']} pieces"}
    return {
        "characteristic": characteristic,
        "side": f"{row['side']} finish",
        "rule": rules[row["rule"]],
        "url": reverse(
            "inspection:record-measure",
            kwargs={"number": record.number, "balloon": characteristic.balloon},
        )
        if may_enter
        else "",
    }


def _cell(
    record: InspectionRecord, value: Measurement | None, characteristic: Characteristic, may_enter: bool
) -> dict:
    head = f"{characteristic.balloon} {characteristic.name}"
    if value is None:
        return {"head": head, "text": ""}
    is_own = value.record_id == record.pk
    if value.value is None:
        text = "conforms" if value.verdict == Measurement.PASS else "does not conform"
    else:
        text = f"{value.value.normalize():f}"
    return {
        "head": head,
        "text": text,
        "verdict": value.verdict.lower(),
        "is_failing": value.verdict == Measurement.FAIL,
        "stated": value.stated,
        "is_contradicted": bool(value.stated) and value.stated != value.verdict,
        "gauge": value.gauge.number if value.gauge else "",
        "url": reverse(
            "inspection:value-withdraw",
            kwargs={"number": record.number, "balloon": characteristic.balloon, "serial": value.serial},
        )
        if may_enter and is_own
        else "",
    }
