"""Letters: papers that say in sentences what others put beside labels, in four languages."""

# a list of sentences is read by its lines, not by their length
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.sheet import Sheet

_SPEC = {
    "en": ("{spec_number}[ Revision {spec_revision}][, Type {spec_type}][, Class {spec_class}]", "{spec_number}[ Rev. {spec_revision}][ Type {spec_type}][ Class {spec_class}]"),
    "de": ("{spec_number}[ Ausgabe {spec_revision}][, Typ {spec_type}][, Klasse {spec_class}]", "{spec_number}[, Rev. {spec_revision}][, Typ {spec_type}][, Klasse {spec_class}]"),
    "es": ("{spec_number}[ revisión {spec_revision}][, tipo {spec_type}][, clase {spec_class}]", "{spec_number}[ Rev. {spec_revision}][ Tipo {spec_type}][ Clase {spec_class}]"),
    "zh": ("{spec_number}[ {spec_revision}版][ {spec_type}型][ {spec_class}级]", "{spec_number}[ Rev.{spec_revision}][ 类型 {spec_type}][ 等级 {spec_class}]"),
}  # fmt: skip
_LETTERS = {
    "en": (
        "Reference your purchase order {po_number}. We have processed {quantity} pieces of part number {part_number} revision {part_revision}, lot {lot_number}, to SPEC. The work was started on {process_from} and completed on {process_to}.",
        "This letter covers {quantity} parts, P/N {part_number} Rev {part_revision}, traveler {lot_number}, received under PO {po_number}, which were treated per SPEC between {process_from} and {process_to}.",
        "Against your order no. {po_number} we treated lot {lot_number}: {quantity} pcs of drawing {part_number}, issue {part_revision}, in accordance with SPEC, from {process_from} to {process_to}.",
    ),
    "de": (
        "Zu Ihrer Bestellung {po_number} haben wir {quantity} Stück der Teilenummer {part_number}, Index {part_revision}, Los {lot_number}, nach SPEC bearbeitet. Die Bearbeitung begann am {process_from} und wurde am {process_to} abgeschlossen.",
        "Hiermit bestätigen wir, dass {quantity} Teile mit der Teilenummer {part_number} Rev. {part_revision} (Los {lot_number}, Bestellung {po_number}) gemäß SPEC vom {process_from} bis {process_to} behandelt wurden.",
    ),
    "es": (
        "En relación con su orden de compra {po_number}, procesamos {quantity} piezas del número de parte {part_number}, revisión {part_revision}, lote {lot_number}, según SPEC, del {process_from} al {process_to}.",
        "Por la presente certificamos que {quantity} piezas con número de parte {part_number} Rev. {part_revision} del lote {lot_number} (pedido {po_number}) fueron tratadas conforme a SPEC entre el {process_from} y el {process_to}.",
    ),
    "zh": (
        "贵公司订单 {po_number} 项下零件号 {part_number} 版本 {part_revision}、批号 {lot_number} 的零件共 {quantity} 件,已按照 SPEC 加工,加工日期 {process_from} 至 {process_to}。",
    ),
}  # fmt: skip
_HEADS = {
    "en": (("Certificate No. {stated_number}", "Date: {stated_on}"), ("Our certificate: {stated_number}", "Dated {stated_on}"), ("Ref. {stated_number}", "{stated_on}")),
    "de": (("Bescheinigung Nr. {stated_number}", "Datum: {stated_on}"), ("Zeugnis-Nr.: {stated_number}", "{stated_on}")),
    "es": (("Certificado No. {stated_number}", "Fecha: {stated_on}"), ("Folio {stated_number}", "{stated_on}")),
    "zh": (("编号:{stated_number}", "日期:{stated_on}"),),
}  # fmt: skip


def in_sentences(house, sheet: Sheet, y: float) -> float:
    """Write number and day at the head, and all else as a letter would say it."""
    number, day = house.said(_HEADS)
    size = house.chance.choice((9, 10))
    if sheet.facts.stated_number:
        sheet.flow(50, y, 300, number, size)
    sheet.flow(380, y, 180, day, size)
    letter = house.said(_LETTERS).replace("SPEC", house.said(_SPEC))
    return sheet.flow(50, y + 34, 490, letter, size, leading=house.chance.choice((1.35, 1.6))) + 8
