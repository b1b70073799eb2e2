"""What a vendor owes, on its own pages in an earlier room."""

from __future__ import annotations

from typing import Any

from django import template

from documents.views.vendor_words import certificates_of, owed_on, sending_of

register = template.Library()


@register.simple_tag(takes_context=True)
def owed_on_orders(context: template.Context, orders) -> list[dict[str, Any]]:
    """Return each order with what is owed on it, what is owed first: `{% owed_on_orders rows as owed %}`.

    The orders come with their lines, steps and lots fetched; the certificates are one more statement.
    """
    orders = list(orders)
    lines = [line for order in orders for line in order.lines.all()]
    brought = certificates_of(lines, context["request"].user)
    rows = []
    for order in orders:
        owed = [each for line in order.lines.all() for each in owed_on(order, line, brought[line.pk])]
        rows.append({"order": order, "owed": owed, "is_owed": any(each.get("owed") for each in owed)})
    # the most overdue first; what is settled follows as it came
    open_rows = sorted((row for row in rows if row["is_owed"]), key=lambda row: row["order"].due_on)
    return [*open_rows, *(row for row in rows if not row["is_owed"])]


@register.simple_tag(takes_context=True)
def owed_on_line(context: template.Context, line) -> dict[str, Any]:
    """Return what is owed on one line and how its certificate is sent: `{% owed_on_line line as owed %}`."""
    brought = certificates_of([line], context["request"].user)[line.pk]
    return {"rows": owed_on(line.order, line, brought), "sending": sending_of(line.order, line, brought)}
