"""What is put wrong on a paper on purpose, one kind at a time; each as it happens in the trade."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from tests.certificates import trade
from tests.certificates.facts import MATERIAL, PROCESS, Facts, Order

Fault = Callable[[random.Random, Facts, Order], "tuple[Facts, Order] | None"]


def _spec_revision_other(chance, paper, order):
    old = chr(ord(paper.spec_revision[0]) - 1) if paper.spec_revision.isalpha() else "14"
    return replace(paper, spec_revision=old), order


def _spec_revision_missing(chance, paper, order):
    return replace(paper, spec_revision=""), order


def _specification_other(chance, paper, order):
    return replace(paper, spec_number=trade.OTHER_SPECIFICATIONS[paper.spec_number]), order


def _slash_other(chance, paper, order):
    head, slash, _ = paper.spec_number.partition("/")
    return (replace(paper, spec_number=f"{head}/4"), order) if slash else None


def _type_missing(chance, paper, order):
    return (replace(paper, spec_type=""), order) if paper.spec_type else None


def _type_other(chance, paper, order):
    other = {"I": "II", "II": "III", "III": "II", "2": "6", "6": "2", "1": "2"}
    return (replace(paper, spec_type=other[paper.spec_type]), order) if paper.spec_type else None


def _class_other(chance, paper, order):
    other = {"1": "2", "2": "1", "3": "1", "1A": "3"}
    return (replace(paper, spec_class=other[paper.spec_class]), order) if paper.spec_class else None


def _heat_other(chance, paper, order):
    head, tail = paper.identifier[:-2], paper.identifier[-2:]
    tail = tail[::-1] if tail[0] != tail[1] else f"{(int(tail) + 7) % 100:02d}"
    return (replace(paper, identifier=head + tail), order) if paper.kind == MATERIAL else None


def _lot_other(chance, paper, order):
    if paper.kind != PROCESS:
        return None
    return replace(paper, lot_number=f"T-{int(paper.lot_number[2:]) + 1:06d}"), order


def _condition_other(chance, paper, order):
    other = {"T651": "T6", "H900": "H1025", "Annealed": "STA"}
    return (replace(paper, condition=other[paper.condition]), order) if paper.kind == MATERIAL else None


def _part_other(chance, paper, order):
    head, _, tail = paper.part_number.partition("-")
    return (replace(paper, part_number=f"{head}-{int(tail or 0) + 1}"), order) if tail else None


def _part_revision_other(chance, paper, order):
    if not paper.part_revision:
        return None
    return replace(paper, part_revision=chr(ord(paper.part_revision) + 1)), order


def _order_other(chance, paper, order):
    if paper.kind != PROCESS:
        return None
    digits = f"{int(paper.po_number[2:]) + 10:06d}"
    return replace(paper, po_number=f"P-{digits}"), order


def _quantity_below(chance, paper, order):
    if paper.kind != PROCESS:
        return None
    return replace(paper, quantity=order.quantity - chance.choice((1, 2, 10))), order


def _signature_missing(chance, paper, order):
    return replace(paper, signed_name="", signed_title=""), order


def _number_missing(chance, paper, order):
    return replace(paper, stated_number=""), order


def _issued_before_process(chance, paper, order):
    if not paper.process_to:
        return None
    return replace(paper, stated_on=paper.process_from - timedelta(days=4)), order


def _process_outside(chance, paper, order):
    if not paper.process_to:
        return None
    early = order.shipped_on - timedelta(days=20)
    return replace(paper, process_from=early, process_to=early + timedelta(days=1)), order


def _site_other(chance, paper, order):
    if paper.kind != PROCESS:
        return None
    others = [each for each in trade.COMPANIES[order.country] if each[0] != paper.issuer_name]
    company, place, street = chance.choice(others)
    return replace(paper, issuer_name=company, site=f"{company}, {place}", site_address=street), order


def _value_outside(chance, paper, order):
    rows = list(paper.rows)
    if not rows:
        return None
    at = chance.randrange(len(rows))
    row = rows[at]
    outside = float(row.maximum) * 1.3 if row.maximum else float(row.minimum) * 0.8
    digits = max(len(each.partition(".")[2]) for each in (row.minimum, row.maximum))
    value = f"{outside:.{digits}f}"
    if value in (row.minimum, row.maximum):
        value = f"{outside:.{digits + 1}f}"
    rows[at] = replace(row, value=value)
    return replace(paper, rows=tuple(rows)), order


def _element_missing(chance, paper, order):
    elements = [row for row in paper.rows if row.test == "chemistry"]
    if not elements:
        return None
    gone = chance.choice(elements)
    return replace(paper, rows=tuple(row for row in paper.rows if row is not gone)), order


def _unit_other(chance, paper, order):
    other = {"in": "mil", "µm": "mil", "mil": "µm", "ksi": "MPa", "MPa": "ksi", "HRC": "HRB"}
    rows = list(paper.rows)
    places = [at for at, row in enumerate(rows) if row.unit in other]
    if not places:
        return None
    unit = rows[places[0]].unit
    rows = [replace(row, unit=other[unit]) if row.unit == unit else row for row in rows]
    return replace(paper, rows=tuple(rows)), order


def _page_missing(chance, paper, order):
    return replace(paper, pages_claimed=3), order


def _type_lower(chance, paper, order):
    return (replace(paper, certificate_type="2.2"), order) if paper.kind == MATERIAL else None


def _reused(chance, paper, order):
    if paper.kind != PROCESS:
        return None
    return paper, replace(order, used=((paper.stated_number, "T-009999"),))


def _vague(chance, paper, order):
    return replace(paper, statement="vague"), order


FAULTS: dict[str, Fault] = {
    "specification revision other": _spec_revision_other,
    "specification revision missing": _spec_revision_missing,
    "specification other": _specification_other,
    "detail specification other": _slash_other,
    "type missing": _type_missing,
    "type other": _type_other,
    "class other": _class_other,
    "heat other": _heat_other,
    "lot other": _lot_other,
    "condition other": _condition_other,
    "part other": _part_other,
    "part revision other": _part_revision_other,
    "order other": _order_other,
    "quantity below": _quantity_below,
    "signature missing": _signature_missing,
    "number missing": _number_missing,
    "issued before process": _issued_before_process,
    "process outside": _process_outside,
    "site other": _site_other,
    "value outside": _value_outside,
    "element missing": _element_missing,
    "unit other": _unit_other,
    "page missing": _page_missing,
    "type of certificate lower": _type_lower,
    "used for another lot": _reused,
    "statement vague": _vague,
}
