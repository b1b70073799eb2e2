"""Layouts that judge a reader: none of their code, labels or words may be used to tune it.

One file: whoever tunes keeps away from all of it, which is plain only while it is one.
"""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import JUDGE, Book, Scan, number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.trade import Result

LAYOUTS = Book(JUDGE)


@LAYOUTS.add(PROCESS, "US", Habits("en", "MON DD, YYYY", ","), "noto", "noto bold")
def banner_and_colons(sheet: Sheet) -> None:
    sheet.box(0, 0, 595, 58, 0.82)
    sheet.flow(40, 14, 400, "{issuer_name}", 16, sheet.bold)
    sheet.flow(40, 38, 400, "{site_address}", 8)
    sheet.say(380, 20, "Certificate of Conformity", 11, sheet.bold)
    y = 80
    for line in (
        "Certificate Number: {stated_number}", "Date Issued: {stated_on}", "Work performed at: {site}",
        "Purchase Order No.: {po_number}", "Part No.: {part_number}", "Part Rev: {part_revision}",
        "Part Name: {description}", "Lot Number: {lot_number}", "Quantity Processed: {quantity}",
        "Process Specification: {spec_number}", "Specification Rev: {spec_revision}", "Type: {spec_type}",
        "Class: {spec_class}", "Process Start: {process_from}", "Process Complete: {process_to}",
    ):  # fmt: skip
        y = sheet.flow(40, y, 500, line, 10) + 3
    y = _measured_below(sheet, 40, y + 10)
    y = state(sheet, 40, y + 14, 500, "It is hereby certified that all articles listed were processed in accordance with "
              "the process specification and the purchase order, and comply with both.",
              "To the best of our knowledge and belief the articles are acceptable.", 9)  # fmt: skip
    sheet.scribble(60, y + 26)
    sheet.line(40, y + 40, 240, y + 40)
    sheet.flow(40, y + 44, 300, "Name: {signed_name}" if sheet.facts.signed_name else "Name:", 9)
    sheet.flow(40, y + 57, 300, "Title: {signed_title}", 9)
    number_pages(sheet, 265, 818, "Page {} of {}")


def _measured_below(sheet: Sheet, x: float, y: float) -> float:
    """Write results as a table whose heads stand between two rules."""
    if not sheet.facts.rows:
        return y
    columns = ((x, "Characteristic"), (x + 170, "Required min."), (x + 260, "Required max."), (x + 350, "Measured"),
               (x + 430, "Unit"))  # fmt: skip
    sheet.line(x, y, x + 480, y, 1.0)
    for place, head in columns:
        sheet.say(place, y + 4, head, 8)
    sheet.line(x, y + 17, x + 480, y + 17)
    y += 20
    for row in sheet.facts.rows:
        keys = ("name", "minimum", "maximum", "value", "unit")
        sheet.result(row, [(place, key) for (place, _), key in zip(columns, keys, strict=True)], y)
        y += 14
    sheet.line(x, y + 1, x + 480, y + 1, 1.0)
    return y + 6


@LAYOUTS.add(PROCESS, "GB", Habits("en", "D MONTH YYYY", ","), "serif", "serif bold")
def shaded_captions(sheet: Sheet) -> None:
    sheet.centred(34, "TREATMENT CERTIFICATE", 16)
    y = 66
    for row in (
        (("Certificate ref.", "{stated_number}", 250), ("Date of issue", "{stated_on}", 250)),
        (("Treated at", "{site}", 250), ("Works address", "{site_address}", 250)),
        (("Order ref.", "{po_number}", 160), ("Part ref.", "{part_number}", 190), ("Drawing issue", "{part_revision}", 150)),
        (("Batch ref.", "{lot_number}", 160), ("No. of parts", "{quantity}", 190), ("Description", "{description}", 150)),
        (("Treatment spec.", "{spec_number}", 160), ("Spec. issue", "{spec_revision}", 120), ("Type", "{spec_type}", 110),
         ("Class", "{spec_class}", 110)),
        (("Treatment begun", "{process_from}", 250), ("Treatment ended", "{process_to}", 250)),
    ):  # fmt: skip
        x = 45.0
        for label, template, width in row:
            sheet.box(x, y, width, 13, 0.87)
            sheet.box(x, y, width, 36)
            sheet.say(x + 3, y + 2, label, 7.5, sheet.bold)
            sheet.flow(x + 4, y + 18, width - 8, template, 9.5 if len(template) < 14 else 8.5, label=label)
            x += width
        y += 40
    for row in sheet.facts.rows:
        y = sheet.flow(
            45,
            y + 6,
            480,
            f"{row.name}: {row.value} {row.unit} (limits {row.minimum} – {row.maximum} {row.unit})",
        )
        sheet.note(row)
    y = state(sheet, 45, y + 14, 490, "We certify that the parts described above have been treated, tested and inspected "
              "and conform in all respects to the specification and order relating thereto.",
              "Treated per drawing. The user must satisfy himself that the parts are suitable.")  # fmt: skip
    sheet.box(45, y + 14, 300, 56)
    sheet.scribble(60, y + 40)
    sheet.flow(50, y + 52, 280, "{signed_name}[ ({signed_title})]", 8.5)
    sheet.say(50, y + 17, "For and on behalf of the company", 7)


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM-DD-YYYY", ","), "roman", "roman bold")
def numbered_boxes(sheet: Sheet) -> None:
    sheet.centred(36, "CERTIFICATE OF SPECIAL PROCESS", 14)
    boxes = (
        ("1. Certificate No.", "{stated_number}", 45, 60, 170), ("2. Issue Date", "{stated_on}", 215, 60, 165),
        ("3. Order No.", "{po_number}", 380, 60, 170), ("4. Process Source", "{site}", 45, 98, 335),
        ("5. Order Item", "{po_line}", 380, 98, 170), ("6. Source Address", "{site_address}", 45, 136, 505),
        ("7. Part No.", "{part_number}", 45, 174, 170), ("8. Part Revision", "{part_revision}", 215, 174, 165),
        ("9. Total Qty", "{quantity}", 380, 174, 170), ("10. Process Document", "{spec_number}", 45, 212, 170),
        ("11. Document Revision", "{spec_revision}", 215, 212, 165),
        ("12. Type/Class", "[Type {spec_type}][ Class {spec_class}]", 380, 212, 170),
        ("13. Lot No.", "{lot_number}", 45, 250, 170), ("14. Date Begun", "{process_from}", 215, 250, 165),
        ("15. Date Finished", "{process_to}", 380, 250, 170),
    )  # fmt: skip
    for label, template, x, y, width in boxes:
        sheet.box(x, y, width, 38)
        sheet.say(x + 2, y + 2, label, 6.5)
        sheet.flow(x + 10, y + 16, width - 14, template, 10, label=label)
    y = _measured_below(sheet, 45, 304)
    y = state(sheet, 45, y + 14, 500, "16. I certify that the items identified above conform to the process document "
              "and to the terms of the order.", "16. Items were processed per shop instructions.", 9)  # fmt: skip
    sheet.box(45, y + 8, 250, 44)
    sheet.box(295, y + 8, 255, 44)
    sheet.say(47, y + 10, "17. Authorized Signature / Printed Name", 6.5)
    sheet.say(297, y + 10, "18. Title", 6.5)
    sheet.scribble(170, y + 36)
    sheet.flow(52, y + 28, 200, "{signed_name}", 10)
    sheet.flow(302, y + 28, 200, "{signed_title}", 10)
    number_pages(sheet, 500, 38, "{} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY", ","), "plain", "plain bold")
def prose_statement(sheet: Sheet) -> None:
    sheet.flow(60, 50, 400, "{issuer_name}", 14, sheet.bold)
    sheet.flow(60, 70, 450, "{site} | {site_address}", 8)
    sheet.centred(110, "Statement of Conformance", 13)
    y = sheet.flow(
        60, 150, 470,
        "This certifies that purchase order {po_number} for {quantity} pieces of part number {part_number}, revision "
        "{part_revision} (traveler {lot_number}) was completed in accordance with {spec_number}[, revision {spec_revision}]"
        "[, Type {spec_type}][, Class {spec_class}]. Processing began on {process_from} and was completed on {process_to}.",
        10,
    )  # fmt: skip
    for row in sheet.facts.rows:
        y = sheet.flow(60, y + 4, 470, f"{row.name} was found to be {row.value} {row.unit} against a requirement of "
                       f"{row.minimum} - {row.maximum} {row.unit}.", 10)  # fmt: skip
        sheet.note(row)
    y = state(sheet, 60, y + 10, 470, "The parts comply with every requirement of the specification and purchase order.",
              "We believe the parts to be in order, without warranty of any kind.", 10)  # fmt: skip
    if sheet.facts.stated_number:
        sheet.flow(60, y + 16, 300, "Certificate {stated_number}", 10)
    sheet.flow(60, y + 32, 300, "Dated {stated_on}", 10)
    sheet.scribble(60, y + 66)
    if sheet.facts.signed_name:
        sheet.flow(60, y + 82, 400, "Signed by {signed_name}, {signed_title}", 10)


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY", ","), "narrow")
def zebra_register(sheet: Sheet) -> None:
    sheet.say(40, 36, "PROCESS COMPLETION CERTIFICATE", 16)
    sheet.flow(40, 58, 500, "{site}, {site_address}", 9)
    rows = (
        ("Cert. No.", "{stated_number}", "Cert. Date", "{stated_on}"),
        ("Purchase Order", "{po_number}", "Line", "{po_line}"),
        ("Part Number", "{part_number}", "Revision", "{part_revision}"),
        ("Lot/Batch", "{lot_number}", "Pieces", "{quantity}"),
        ("Spec", "{spec_number}", "Spec Rev", "{spec_revision}"),
        ("Type", "{spec_type}", "Class", "{spec_class}"),
        ("Started", "{process_from}", "Completed", "{process_to}"),
    )
    y = 84
    for at, (left, first, right, second) in enumerate(rows):
        if at % 2 == 0:
            sheet.box(36, y - 3, 520, 19, 0.93)
        sheet.pair(40, y, left, first, 95, 170, 10.5)
        sheet.pair(310, y, right, second, 90, 150, 10.5)
        y += 19
    y = _measured_below(sheet, 40, y + 12)
    y = state(sheet, 40, y + 14, 500, "We certify conformance of the above lot to the listed specification and revision.",
              "Lot processed per customer print; conformance to be verified by the customer.", 10.5)  # fmt: skip
    sheet.scribble(130, y + 22)
    sheet.pair(40, y + 30, "Approved by", "{signed_name}", 95, 200, 10.5)
    sheet.pair(310, y + 30, "Job title", "{signed_title}", 90, 200, 10.5)
    number_pages(sheet, 500, 820, "Pg {}/{}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "DD-MON-YYYY"), "mono")
def results_overleaf(sheet: Sheet) -> None:
    head = "CERTIFICATE OF CONFORMANCE"
    sheet.say(50, 40, head, 13)
    sheet.flow(50, 64, 500, "{issuer_name}", 9)
    sheet.flow(50, 77, 500, "PROCESSED AT {site}", 8)
    sheet.flow(50, 90, 500, "{site_address}", 8)
    sheet.flow(50, 112, 400, "CERT: {stated_number}   DATE: {stated_on}" if sheet.facts.stated_number
               else "CERT:            DATE: {stated_on}", 9)  # fmt: skip
    sheet.flow(50, 126, 400, "CUST PO: {po_number}   LN {po_line}", 9)
    y = 156.0
    for label, template in (
        ("PART NO", "{part_number}"), ("PART REV", "{part_revision}"), ("LOT", "{lot_number}"),
        ("QTY ACCEPTED", "{quantity} EA"), ("SPECIFICATION", "{spec_number}"), ("SPEC REV", "{spec_revision}"),
        ("TYPE", "{spec_type}"), ("CLASS", "{spec_class}"), ("DATES PROCESSED", "{process_from} TO {process_to}"),
    ):  # fmt: skip
        dots = "." * (18 - len(label))
        sheet.say(50, y, f"{label} {dots}", 9)
        y = sheet.flow(170, y, 350, template, 9, label=label) + 4
    y = state(sheet, 50, y + 14, 480, "WE CERTIFY THAT THE ARTICLES CONFORM TO THE SPECIFICATION AND THE ORDER.",
              "ARTICLES PROCESSED PER PRINT TO THE BEST OF OUR KNOWLEDGE.", 8.5)  # fmt: skip
    sheet.flow(50, y + 30, 400, "SIGNED: {signed_name}" if sheet.facts.signed_name else "SIGNED:", 9)
    sheet.flow(50, y + 44, 400, "[TITLE: {signed_title}]", 9)
    sheet.turn()
    sheet.say(50, 40, head, 13)
    sheet.flow(50, 64, 400, "[RESULTS FOR CERT {stated_number}]", 9)
    if sheet.facts.rows:
        _measured_below(sheet, 50, 92)
    else:
        sheet.say(50, 92, "NO TESTS ASKED FOR.", 9)
    number_pages(sheet, 430, 815, "PAGE {} OF {}")


@LAYOUTS.add(PROCESS, "DE", Habits("de", "DD.MM.YYYY", ".", ","), "sans", "sans bold")
def two_languages(sheet: Sheet) -> None:
    sheet.centred(36, "Konformitätsbescheinigung / Certificate of conformity", 13)
    y = 70
    for german, english, template in (
        ("Bescheinigung Nr.", "Certificate no.", "{stated_number}"), ("Datum", "Date", "{stated_on}"),
        ("Bearbeitender Betrieb", "Processing plant", "{site}"), ("Adresse", "Address", "{site_address}"),
        ("Auftragsnummer", "Purchase order", "{po_number}"), ("Teile-Nr.", "Part number", "{part_number}"),
        ("Revisionsstand", "Revision", "{part_revision}"), ("Losnummer", "Lot number", "{lot_number}"),
        ("Stückzahl", "Quantity", "{quantity}"), ("Vorschrift", "Specification", "{spec_number}"),
        ("Vorschrift, Ausgabe", "Specification revision", "{spec_revision}"), ("Typ", "Type", "{spec_type}"),
        ("Klasse", "Class", "{spec_class}"), ("Beginn", "Process start", "{process_from}"),
        ("Ende", "Process end", "{process_to}"),
    ):  # fmt: skip
        sheet.say(50, y, german, 9, sheet.bold)
        sheet.say(50, y + 11, english, 7)
        sheet.flow(220, y + 3, 330, template, 10, label=english)
        sheet.line(50, y + 22, 550, y + 22, 0.3)
        y += 26
    for row in sheet.facts.rows:
        words = f"{row.name}: {row.value} {row.unit} (min. {row.minimum}, max. {row.maximum} {row.unit})"
        y = sheet.flow(
            50, y + 4, 480, sheet.habits.number(words).replace("min,", "min.").replace("max,", "max.")
        )
        sheet.note(row)
    y = state(sheet, 50, y + 8, 490, "Wir bescheinigen, dass die Teile der Vorschrift und der Bestellung entsprechen. "
              "We certify that the parts comply with the specification and the order.",
              "Nach unserem besten Wissen sind die Teile in Ordnung. To the best of our knowledge the parts are good.")  # fmt: skip
    sheet.scribble(220, y + 18)
    sheet.pair(50, y + 26, "Name", "{signed_name}", 170)
    sheet.pair(50, y + 40, "Stellung / Title", "{signed_title}", 170)
    number_pages(sheet, 440, 815, "Seite {} / {}")


@LAYOUTS.add(PROCESS, "CN", Habits("zh", "YYYY-MM-DD", ","), "noto", "noto bold")
def chinese_with_english(sheet: Sheet) -> None:
    sheet.centred(36, "表面处理质量证明书", 16)
    sheet.centred(60, "QUALITY CERTIFICATE", 10)
    cells = (
        ("证明书编号 Cert No.", "{stated_number}"), ("日期 Date", "{stated_on}"), ("生产厂 Plant", "{site}"),
        ("厂址 Address", "{site_address}"), ("采购订单 PO", "{po_number}"), ("图号 Part No.", "{part_number}"),
        ("图纸版次 Rev.", "{part_revision}"), ("批次 Lot", "{lot_number}"), ("件数 Qty", "{quantity}"),
        ("执行标准 Spec.", "{spec_number}"), ("标准版次 Spec. Rev.", "{spec_revision}"), ("类别 Type", "{spec_type}"),
        ("级别 Class", "{spec_class}"), ("处理开始 Start", "{process_from}"), ("处理结束 End", "{process_to}"),
    )  # fmt: skip
    for at, (label, template) in enumerate(cells):
        x, y = 45 + (at % 2) * 255, 84 + (at // 2) * 34
        sheet.box(x, y, 255, 34)
        sheet.say(x + 4, y + 3, label, 7.5)
        sheet.flow(x + 8, y + 15, 240, template, 10, label=label)
    y = _measured_below(sheet, 45, 366)
    y = state(
        sheet,
        45,
        y + 12,
        480,
        "本批零件经检验符合上述标准和订单要求,特此证明。",
        "本批零件仅供参考,本厂不作任何保证。",
        10,
    )
    sheet.pair(45, y + 26, "检验员 Inspector", "{signed_name}", 120, 200, 10)
    sheet.pair(45, y + 44, "职务 Title", "{signed_title}", 120, 200, 10)
    sheet.seal(430, y + 36, "质量专用章")
    number_pages(sheet, 480, 815, "第 {} 页 共 {} 页")


@LAYOUTS.add(PROCESS, "MX", Habits("es", "D de MONTH de YYYY", ","), "roman", "roman bold")
def spanish_letter_form(sheet: Sheet) -> None:
    sheet.centred(44, "CONSTANCIA DE CONFORMIDAD", 15)
    sheet.flow(60, 74, 470, "{site}", 10)
    sheet.flow(60, 88, 470, "{site_address}", 8.5)
    y = 116
    for label, template in (
        ("N.º de constancia", "{stated_number}"), ("Fecha de emisión", "{stated_on}"), ("Pedido", "{po_number}"),
        ("Pieza n.º", "{part_number}"), ("Revisión de la pieza", "{part_revision}"), ("N.º de lote", "{lot_number}"),
        ("Piezas procesadas", "{quantity}"), ("Norma aplicada", "{spec_number}"),
        ("Revisión de la norma", "{spec_revision}"), ("Tipo", "{spec_type}"), ("Clase", "{spec_class}"),
        ("Proceso iniciado el", "{process_from}"), ("Proceso terminado el", "{process_to}"),
    ):  # fmt: skip
        sheet.line(60, y + 14, 530, y + 14, 0.3)
        y = sheet.pair(60, y, label, template, 170, 290, 10.5) + 5
    y = _measured_below(sheet, 60, y + 10)
    y = state(sheet, 60, y + 12, 470, "Hacemos constar que las piezas cumplen con la norma aplicada y con el pedido.",
              "Hasta donde sabemos las piezas están bien; no se otorga garantía.", 10)  # fmt: skip
    sheet.scribble(80, y + 24)
    sheet.flow(60, y + 40, 300, "{signed_name}", 10.5)
    sheet.flow(60, y + 54, 300, "{signed_title}", 9)
    sheet.line(60, y + 68, 240, y + 68)
    sheet.say(60, y + 70, "Nombre y firma", 7.5)
    number_pages(sheet, 480, 815, "Hoja {} de {}")


@LAYOUTS.add(MATERIAL, "US", Habits("en", "DD-MON-YYYY", ","), "sans", "sans bold")
def mill_without_lines(sheet: Sheet) -> None:
    sheet.say(40, 34, "Material Test Certificate", 16, sheet.bold)
    sheet.flow(40, 56, 500, "{issuer_name} · {site_address}", 8)
    y = 80
    for left, first, right, second in (
        ("Certificate #", "{stated_number}", "Issued", "{stated_on}"),
        ("Cust. order", "{po_number}", "Pcs", "{quantity}"),
        ("Cast No.", "{identifier}", "Net weight", "{weight} lbs"),
        ("Alloy", "{grade}", "Temper/cond.", "{condition}"),
        ("Material spec.", "{spec_number}", "Spec. rev.", "{spec_revision}"),
        ("Form", "{description}", "EN 10204 type", "{certificate_type}"),
    ):
        sheet.pair(40, y, left, first, 85, 170, 9.5)
        sheet.pair(310, y, right, second, 85, 170, 9.5)
        y += 17
    for test, head in (("chemistry", "Chemical analysis (weight %)"), ("mechanical", "Tensile test")):
        y += 12
        sheet.say(40, y, head, 9.5, sheet.bold)
        for x, each in ((200, "Spec min"), (280, "Spec max"), (360, "Result"), (440, "Unit")):
            sheet.say(x, y, each, 8)
        for row in sheet.facts.rows:
            if row.test == test:
                y += 13
                cells = [(50, "name"), (200, "minimum"), (280, "maximum"), (360, "value"), (440, "unit")]
                sheet.result(row, cells, y, 9)
        y += 14
    y = state(sheet, 40, y + 12, 500, "We certify that the foregoing is a true report of tests made on this material and "
              "that it satisfies the specification.", "Results are typical values and are not certified.")  # fmt: skip
    sheet.scribble(60, y + 22)
    sheet.flow(40, y + 34, 400, "{signed_name}[ - {signed_title}]")
    sheet.line(40, y + 48, 260, y + 48)
    sheet.say(40, y + 50, "Authorized representative", 7)
    number_pages(sheet, 490, 38, "Page {} of {}")


@LAYOUTS.add(MATERIAL, "GB", Habits("en", "DD/MM/YYYY", ","), "noto", "noto bold")
def mill_elements_across(sheet: Sheet) -> None:
    sheet.centred(34, "INSPECTION CERTIFICATE", 15)
    sheet.flow(45, 58, 300, "Type {certificate_type} in accordance with EN 10204", 9)
    sheet.flow(330, 58, 220, "{issuer_name}", 9)
    cells = (
        ("Certificate number", "{stated_number}"), ("Date of issue", "{stated_on}"), ("Customer order", "{po_number}"),
        ("Cast number", "{identifier}"), ("Quality", "{grade}"), ("Supply condition", "{condition}"),
        ("Specification", "{spec_number}[ Issue {spec_revision}]"), ("Product", "{description}"), ("Quantity", "{quantity} pcs"),
    )  # fmt: skip
    for at, (label, template) in enumerate(cells):
        x, y = 45 + (at % 3) * 168, 80 + (at // 3) * 38
        sheet.box(x, y, 168, 38)
        sheet.say(x + 3, y + 3, label, 7)
        sheet.flow(x + 6, y + 16, 156, template, 9.5, label=label)
    y = _blocks(
        sheet, [row for row in sheet.facts.rows if row.test == "chemistry"], 210, "Chemical composition %"
    )
    y = _blocks(
        sheet, [row for row in sheet.facts.rows if row.test == "mechanical"], y + 10, "Mechanical properties"
    )
    y = state(sheet, 45, y + 16, 490, "The products supplied are in compliance with the requirements of the order.",
              "The products are supplied as found and without responsibility.", 9)  # fmt: skip
    sheet.scribble(330, y + 22)
    sheet.pair(250, y + 30, "Inspector", "{signed_name}", 70)
    sheet.pair(250, y + 44, "Title", "{signed_title}", 70)
    number_pages(sheet, 265, 818, "Page {} of {}")


def _blocks(sheet: Sheet, rows: list[Result], y: float, head: str) -> float:
    """Write results across, four to a block, limits above what was found."""
    sheet.say(45, y, head, 9, sheet.bold)
    for start in range(0, len(rows), 4):
        block = rows[start : start + 4]
        y += 14
        sheet.box(45, y - 2, 504, 14, 0.85)
        for at, row in enumerate(block):
            name = row.name if row.test == "chemistry" else f"{row.name} ({row.unit})"
            sheet.say(130 + at * 105, y, name, 8)
        for label, what in (("min", "minimum"), ("max", "maximum"), ("found", "value")):
            y += 13
            sheet.say(50, y, label, 8)
            for at, row in enumerate(block):
                sheet.say(130 + at * 105, y, sheet.habits.number(getattr(row, what)) or "-", 8)
        y += 4
    for row in rows:
        sheet.note(row)
    return y + 14


@LAYOUTS.add(MATERIAL, "DE", Habits("de", "D. MONTH YYYY", ".", ","), "serif", "serif bold")
def german_works_report(sheet: Sheet) -> None:
    sheet.say(50, 40, "Prüfbescheinigung", 17, sheet.bold)
    sheet.flow(50, 64, 400, "nach DIN EN 10204, Art {certificate_type}", 10)
    sheet.flow(50, 80, 400, "{issuer_name}, {site_address}", 8)
    y = 104
    for label, template in (
        ("Bescheinigungsnummer", "{stated_number}"), ("Ausgestellt am", "{stated_on}"), ("Kundenbestellung", "{po_number}"),
        ("Schmelzennummer", "{identifier}"), ("Werkstoffbezeichnung", "{grade}"), ("Lieferzustand", "{condition}"),
        ("Liefernorm", "{spec_number}"), ("Ausgabe der Norm", "{spec_revision}"), ("Anzahl", "{quantity} Stück"),
        ("Nettogewicht", "{weight} kg"),
    ):  # fmt: skip
        sheet.box(50, y, 150, 18, 0.9)
        sheet.box(50, y, 480, 18)
        sheet.pair(54, y + 4, label, template, 156, 300)
        y += 18
    y += 14
    for x, head in (
        (54, "Kennwert"),
        (200, "Sollwert min."),
        (290, "Sollwert max."),
        (380, "Ergebnis"),
        (460, "Einheit"),
    ):
        sheet.say(x, y, head, 8.5, sheet.bold)
    for row in sheet.facts.rows:
        y += 14
        sheet.line(50, y - 2, 530, y - 2, 0.3)
        cells = [(54, "name"), (200, "minimum"), (290, "maximum"), (380, "value"), (460, "unit")]
        sheet.result(row, cells, y)
    y = state(sheet, 50, y + 26, 480, "Die gelieferten Erzeugnisse entsprechen den Anforderungen der Bestellung.",
              "Alle Angaben ohne Gewähr und ohne Übernahme einer Haftung.", 9)  # fmt: skip
    sheet.scribble(210, y + 20)
    sheet.pair(50, y + 28, "Abnahmebeauftragter", "{signed_name}", 160)
    sheet.pair(50, y + 42, "Stellung", "{signed_title}", 160)
    number_pages(sheet, 470, 44, "Blatt {} von {}")


@LAYOUTS.add(MATERIAL, "CN", Habits("zh", "YYYY年M月D日", ","), "sans", "sans bold")
def chinese_mill(sheet: Sheet) -> None:
    sheet.centred(36, "产品质量证明书", 18)
    sheet.flow(60, 66, 450, "EN 10204 {certificate_type}", 10)
    sheet.flow(250, 66, 300, "{issuer_name}", 10)
    y = 92
    for left, first, right, second in (
        ("质保书号", "{stated_number}", "签发日期", "{stated_on}"), ("合同号", "{po_number}", "炉号", "{identifier}"),
        ("牌号", "{grade}", "交货状态", "{condition}"), ("执行标准", "{spec_number}", "标准版本", "{spec_revision}"),
        ("件数", "{quantity}", "重量 kg", "{weight}"),
    ):  # fmt: skip
        sheet.pair(60, y, left, first, 70, 170, 10)
        sheet.pair(310, y, right, second, 70, 170, 10)
        y += 20
    y += 8
    for x, head in ((64, "检验项目"), (210, "单位"), (270, "最小值"), (350, "最大值"), (430, "实测值")):
        sheet.box(x - 4, y, 85, 17, 0.88)
        sheet.say(x, y + 3, head, 9)
    for row in sheet.facts.rows:
        y += 17
        sheet.line(60, y + 17, 515, y + 17, 0.3)
        cells = [(64, "name"), (210, "unit"), (270, "minimum"), (350, "maximum"), (430, "value")]
        sheet.result(row, cells, y + 3, 9)
    y = state(
        sheet,
        60,
        y + 34,
        450,
        "兹证明本产品按上述标准制造、检验,并符合标准及合同要求。",
        "以上数据仅供参考,不作为质量保证。",
        10,
    )
    sheet.pair(60, y + 26, "审核", "{signed_name}", 70, 150, 10)
    sheet.pair(60, y + 44, "职务", "{signed_title}", 70, 150, 10)
    sheet.seal(430, y + 36, "质检专用章")
    number_pages(sheet, 470, 815, "第{}页/共{}页")


@LAYOUTS.add(PROCESS, "US", Habits("en", "DD-MON-YYYY", ","), "roman", "roman bold", Scan(220, -0.7, 7, 65))
def scanned_form(sheet: Sheet) -> None:
    sheet.centred(56, "CERTIFICATE OF TREATMENT", 17)
    sheet.flow(56, 88, 480, "Treated by: {site}", 11)
    y = 120
    for left, first, right, second in (
        ("Certificate No.", "{stated_number}", "Date", "{stated_on}"),
        ("Customer PO", "{po_number}", "Quantity", "{quantity}"),
        ("Part Number", "{part_number}", "Part Rev", "{part_revision}"),
        ("Specification", "{spec_number}", "Spec Rev", "{spec_revision}"),
        ("Type", "{spec_type}", "Class", "{spec_class}"),
        ("Start Date", "{process_from}", "End Date", "{process_to}"),
    ):
        sheet.box(50, y - 5, 500, 26)
        sheet.pair(56, y, left, first, 105, 160, 11)
        sheet.pair(320, y, right, second, 85, 150, 11)
        y += 26
    sheet.pair(56, y, "Lot", "{lot_number}", 105, 160, 11)
    y = _measured_below(sheet, 56, y + 28)
    y = state(sheet, 56, y + 18, 480, "We certify that the above parts conform to the specification and order.",
              "The above parts were processed per print to the best of our knowledge.", 11)  # fmt: skip
    sheet.scribble(160, y + 28)
    sheet.pair(56, y + 40, "Certified by", "{signed_name}", 105, 200, 11)
    sheet.pair(56, y + 58, "Title", "{signed_title}", 105, 200, 11)


@LAYOUTS.add(MATERIAL, "US", Habits("en", "MM/DD/YYYY", ","), "plain", "plain bold", Scan(240, 0.4, 5, 75))
def scanned_mill_report(sheet: Sheet) -> None:
    sheet.centred(50, "CERTIFIED MILL REPORT", 17)
    sheet.flow(56, 80, 480, "{issuer_name}", 11)
    y = 110
    for label, template in (
        ("Report No.", "{stated_number}"), ("Date", "{stated_on}"), ("Heat No.", "{identifier}"), ("Grade", "{grade}"),
        ("Condition", "{condition}"), ("Specification", "{spec_number}"), ("Spec Rev", "{spec_revision}"),
        ("Certificate type", "{certificate_type}"), ("Pieces", "{quantity}"),
    ):  # fmt: skip
        y = sheet.pair(56, y, label, template, 120, 300, 11) + 4
    y += 10
    for x, head in ((60, "Property"), (220, "Min"), (300, "Max"), (380, "Actual"), (460, "Unit")):
        sheet.say(x, y, head, 10.5, sheet.bold)
    for row in sheet.facts.rows:
        y += 17
        sheet.line(56, y - 3, 530, y - 3)
        cells = [(60, "name"), (220, "minimum"), (300, "maximum"), (380, "value"), (460, "unit")]
        sheet.result(row, cells, y, 10.5)
    y = state(sheet, 56, y + 34, 470, "We certify that this material was tested and meets the specification.",
              "The results are typical and not guaranteed.", 11)  # fmt: skip
    sheet.scribble(160, y + 26)
    sheet.pair(56, y + 38, "Certified by", "{signed_name}", 120, 200, 11)
    sheet.pair(56, y + 56, "Title", "{signed_title}", 120, 200, 11)
