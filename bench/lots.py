"""Ten thousand lots in a minute: one real lot, made by the verbs, copied with everything that hangs on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, models

from documents.models import Certificate, CertificateCoverage
from inspection.models import InspectionRecord, Measurement
from portal.models import Event
from routes.models import CustomerOrder, OrderLine, SetupRun, Traveler, TravelerStep
from subcontract.models import CustodyMove, OutsideOrder, OutsideOrderLine, Receipt

FIRST_NUMBER = 100_000


@dataclass(frozen=True)
class Rows:
    """The rows of one table that belong to the lot that is copied."""

    model: type[models.Model]
    ids: tuple[int, ...]

    @property
    def first(self) -> int:
        return min(self.ids)

    @property
    def stride(self) -> int:
        return max(self.ids) - min(self.ids) + 1


def rows_of(lot: Traveler) -> list[Rows]:
    """Return everything that hangs on a lot, what is pointed at first."""
    of_lot = {"traveler": lot}
    orders = OutsideOrder.objects.filter(lines__traveler=lot)
    found: list[models.QuerySet] = [
        CustomerOrder.objects.filter(pk=lot.order_line.order_id),
        OrderLine.objects.filter(pk=lot.order_line_id),
        Traveler.objects.filter(pk=lot.pk),
        TravelerStep.objects.filter(**of_lot),
        SetupRun.objects.filter(step__traveler=lot),
        InspectionRecord.objects.filter(**of_lot),
        Measurement.objects.filter(record__traveler=lot),
        orders,
        OutsideOrderLine.objects.filter(order__in=orders),
        CustodyMove.objects.filter(**of_lot),
        Receipt.objects.filter(**of_lot),
        Certificate.objects.filter(coverages__traveler=lot),
        CertificateCoverage.objects.filter(**of_lot),
        Event.objects.filter(lots=[lot.number]),
    ]
    rows = [Rows(each.model, tuple(sorted(set(each.values_list("pk", flat=True))))) for each in found]
    return [each for each in rows if each.ids]


def copy(lot: Traveler, *, times: int, first: int, state: str | None = None) -> None:
    """Copy a lot with everything that hangs on it, in one statement a table.

    first    the copies are numbered on from here
    """
    rows = rows_of(lot)
    highest = {each.model: _highest(each.model) for each in rows}
    new_lot = f"'T-' || lpad(({FIRST_NUMBER + first} + i)::text, 6, '0')"
    for each in rows:
        columns, values = [], []
        for field in each.model._meta.concrete_fields:
            columns.append(f'"{field.column}"')
            values.append(_value(field, each, rows, highest, lot, new_lot, state))
        _run(each, columns, values, times)


def _highest(model: type[models.Model]) -> int:
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _moved(column: str, rows: Rows, base: int) -> str:
    return f"{base} + (i - 1) * {rows.stride} + (t.{column} - {rows.first}) + 1"


def _value(field, each: Rows, rows: Iterable[Rows], highest, lot, new_lot: str, state) -> str:
    """Return the SQL of one column of a copy."""
    column = f'"{field.column}"'
    if field.primary_key:
        return _moved(column, each, highest[each.model])
    target = field.related_model if field.is_relation else None
    for other in rows:
        if target is other.model:
            inside = ", ".join(map(str, other.ids))
            moved = _moved(column, other, highest[other.model])
            return f"CASE WHEN t.{column} IN ({inside}) THEN {moved} ELSE t.{column} END"
    model = each.model
    if model is Traveler and field.name == "state" and state:
        return f"'{state}'"
    if model is Traveler and field.name == "number":
        return new_lot
    if model is Event and field.name == "lots":
        return f"ARRAY[{new_lot}]::varchar(60)[]"
    if model is TravelerStep and field.name == "number":
        return f"replace(t.number, '{lot.number}', {new_lot})"
    if (model is not Event and field.name == "number" and field.unique) or field.name == "po_number":
        head = "'B-'" if field.name == "po_number" else "split_part(t.number, '-', 1) || '-'"
        return f"{head} || ({FIRST_NUMBER} + {_moved('id', each, highest[model])})::text"
    return f"t.{column}"


def _run(each: Rows, columns: list[str], values: list[str], times: int) -> None:
    table = f'"{each.model._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
            f"FROM {table} t, generate_series(1, {times}) i WHERE t.id IN ({', '.join(map(str, each.ids))})"
        )
