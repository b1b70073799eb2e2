"""Layouts a reader may be tuned on."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import TUNE, Book, Scan, number_pages, state
from tests.certificates.sheet import Habits, Sheet

LAYOUTS = Book(TUNE)
SPEC = "{spec_number}[ Rev {spec_revision}][ Type {spec_type}][ Class {spec_class}]"


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY", ","), "sans", "sans bold")
def labels_left(sheet: Sheet) -> None:
    sheet.title(50, 45, "CERTIFICATE OF PROCESSING")
    sheet.flow(50, 72, 400, "{issuer_name}")
    sheet.flow(50, 85, 400, "{site_address}", 8)
    rows = (
        ("Certificate No:", "{stated_number}"), ("Date:", "{stated_on}"), ("Processing site:", "{site}"),
        ("Customer:", "{customer}"), ("Customer PO:", "{po_number}"), ("PO Line:", "{po_line}"),
        ("Part Number:", "{part_number}"), ("Revision:", "{part_revision}"), ("Description:", "{description}"),
        ("Lot / Traveler:", "{lot_number}"), ("Quantity:", "{quantity} pcs"), ("Specification:", "{spec_number}"),
        ("Spec Revision:", "{spec_revision}"), ("Type:", "{spec_type}"), ("Class:", "{spec_class}"),
        ("Date started:", "{process_from}"), ("Date completed:", "{process_to}"),
    )  # fmt: skip
    y = 118
    for label, template in rows:
        y = sheet.pair(50, y, label, template, 130, 300) + 4
    y = _results(sheet, 50, y + 8, ("Test", "Min", "Max", "Result", "Unit")) + 12
    y = state(sheet, 50, y, 480, "We certify that the parts listed above were processed and inspected in accordance "
              "with the above specification and conform to its requirements.",
              "The parts were processed per print and are good to the best of our knowledge.")  # fmt: skip
    _signature(sheet, 50, y + 30, "Authorized signature:", "Title:")
    number_pages(sheet, 480, 810, "Page {} of {}")


def _results(sheet: Sheet, x: float, y: float, heads: tuple[str, ...]) -> float:
    if not sheet.facts.rows:
        return y
    places = (x, x + 150, x + 220, x + 290, x + 370)
    for place, head in zip(places, heads, strict=True):
        sheet.say(place, y, head, 8.5, sheet.bold)
    for row in sheet.facts.rows:
        y += 14
        cells = zip(places, ("name", "minimum", "maximum", "value", "unit"), strict=True)
        sheet.result(row, list(cells), y)
    return y + 14


def _signature(sheet: Sheet, x: float, y: float, signed: str, title: str) -> None:
    sheet.scribble(x + 130, y)
    sheet.pair(x, y + 8, signed, "{signed_name}", 130)
    sheet.line(x + 125, y + 22, x + 320, y + 22)
    sheet.pair(x, y + 28, title, "{signed_title}", 130)


@LAYOUTS.add(PROCESS, "US", Habits("en", "DD MON YYYY", ","), "plain", "plain bold")
def labels_above_in_a_grid(sheet: Sheet) -> None:
    sheet.centred(40, "Certificate of Conformance")
    sheet.centred(60, sheet.facts.issuer_name, 10)
    cells = (
        ("CERT NUMBER", "{stated_number}"), ("CERT DATE", "{stated_on}"), ("PURCHASE ORDER", "{po_number}"),
        ("P/N", "{part_number}"), ("REV", "{part_revision}"), ("QTY", "{quantity}"),
        ("SPEC", "{spec_number}"), ("SPEC REV", "{spec_revision}"), ("TYPE / CLASS", "[Type {spec_type}][ Class {spec_class}]"),
        ("LOT", "{lot_number}"), ("START DATE", "{process_from}"), ("END DATE", "{process_to}"),
        ("PLANT", "{site}"), ("ADDRESS", "{site_address}"), ("PROCESS", "{family}"),
    )  # fmt: skip
    for at, (label, template) in enumerate(cells):
        x, y = 45 + (at % 3) * 170, 100 + (at // 3) * 44
        sheet.box(x, y, 170, 44)
        sheet.say(x + 4, y + 3, label, 6.5)
        size = 6.5 if label == "ADDRESS" else 9.5
        sheet.flow(x + 6, y + 16, 158, template, size, label=label)
    y = _results(sheet, 50, 345, ("TEST", "MIN", "MAX", "ACTUAL", "UOM"))
    y = state(sheet, 50, y + 20, 480, "This is to certify that the material described above has been processed to the "
              "referenced specification and meets all of its requirements.",
              "Processed in line with usual shop practice. No warranty of conformance is given or implied.")  # fmt: skip
    sheet.scribble(60, y + 40)
    sheet.flow(60, y + 52, 200, "{signed_name}")
    sheet.flow(60, y + 64, 200, "{signed_title}", 8)
    sheet.line(55, y + 76, 230, y + 76)
    sheet.say(60, y + 79, "Authorized by", 7)


@LAYOUTS.add(PROCESS, "GB", Habits("en", "DD/MM/YYYY", ","), "roman", "roman bold")
def boxed_form(sheet: Sheet) -> None:
    sheet.box(40, 40, 515, 60, 0.9)
    sheet.title(50, 50, "RELEASE CERTIFICATE", 17)
    sheet.flow(50, 74, 300, "{site}", 9)
    sheet.flow(50, 86, 300, "{site_address}", 8)
    sheet.pair(360, 52, "Certificate number", "{stated_number}", 95)
    sheet.pair(360, 68, "Issued", "{stated_on}", 95)
    y = 108
    for left, right in (
        (("Your order", "{po_number}"), ("Order item", "{po_line}")),
        (("Part number", "{part_number}"), ("Issue", "{part_revision}")),
        (("Quantity", "{quantity} off"), ("Your lot", "{lot_number}")),
        (("Specification", "{spec_number}"), ("Issue of spec.", "{spec_revision}")),
        (("Type", "{spec_type}"), ("Class", "{spec_class}")),
        (("Treated from", "{process_from}"), ("to", "{process_to}")),
    ):
        for x, (label, template) in ((40, left), (298, right)):
            sheet.box(x, y, 257, 24)
            sheet.pair(x + 5, y + 7, label, template, 85)
        y += 24
    y = _results(sheet, 50, y + 14, ("Test", "Lower", "Upper", "Found", "Units"))
    y = state(sheet, 50, y + 14, 470, "Certified that the whole of the supplies detailed hereon have been treated and "
              "inspected, and conform to the requirements of the order and specification.",
              "The supplies are believed to be satisfactory.")  # fmt: skip
    sheet.scribble(150, y + 26)
    sheet.pair(50, y + 36, "Signed for the company", "{signed_name}[, {signed_title}]", 130, 300)
    number_pages(sheet, 270, 815, "Sheet {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MONTH D, YYYY", ","), "serif", "serif bold")
def letter(sheet: Sheet) -> None:
    sheet.title(70, 60, sheet.facts.issuer_name)
    sheet.flow(70, 82, 400, "{site}, {site_address}", 8)
    sheet.flow(70, 120, 300, "{stated_on}")
    sheet.flow(70, 150, 430, "Re: Certification[ {stated_number}], your purchase order {po_number}")
    sheet.say(70, 180, "To whom it may concern,")
    y = sheet.flow(
        70, 205, 450,
        "We certify that {quantity} pcs of P/N {part_number} Rev {part_revision}, lot {lot_number}, were processed per "
        "{spec_number}[ Rev {spec_revision}][ Type {spec_type}][ Class {spec_class}] between {process_from} and "
        "{process_to} at our facility named above.",
    )  # fmt: skip
    for row in sheet.facts.rows:
        y = sheet.flow(70, y + 6, 450, f"{row.name} measured {row.value} {row.unit} (required {row.minimum} to "
                       f"{row.maximum} {row.unit}).")  # fmt: skip
        sheet.note(row)
    y = state(sheet, 70, y + 8, 450, "All work conforms to the requirements of the specification and of your order.",
              "To the best of our knowledge the work is acceptable; no liability is accepted.", 9)  # fmt: skip
    sheet.say(70, y + 24, "Sincerely,")
    sheet.scribble(70, y + 54)
    sheet.flow(70, y + 70, 300, "{signed_name}")
    sheet.flow(70, y + 83, 300, "{signed_title}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YY", ","), "narrow")
def two_columns(sheet: Sheet) -> None:
    sheet.centred(40, "PROCESS CERTIFICATION", 14)
    left = (
        ("Cert #", "{stated_number}"), ("Cert date", "{stated_on}"), ("Processor", "{site}"), ("Address", "{site_address}"),
        ("Process from", "{process_from}"), ("Process to", "{process_to}"),
    )  # fmt: skip
    right = (
        ("P.O. #", "{po_number}"), ("Part #", "{part_number}"), ("Part rev.", "{part_revision}"), ("Lot #", "{lot_number}"),
        ("Qty shipped", "{quantity}"), ("Spec.", SPEC),
    )  # fmt: skip
    for x, rows in ((45, left), (310, right)):
        y = 80
        for label, template in rows:
            sheet.pair(x, y, label, template, 75, 170, 10)
            y += 26 if label == "Address" else 18
    y = _results(sheet, 50, 215, ("Check", "Min.", "Max.", "Reading", "Units"))
    y = state(sheet, 45, y + 20, 480, "The above parts were processed in conformance with the listed specification.",
              "We trust that the above parts will be to your satisfaction.", 10)  # fmt: skip
    sheet.pair(45, y + 20, "Certified by", "{signed_name}", 75)
    sheet.pair(310, y + 20, "Position", "{signed_title}", 75)


@LAYOUTS.add(PROCESS, "US", Habits("en", "YYYY-MM-DD"), "mono")
def typewriter_items(sheet: Sheet) -> None:
    sheet.say(45, 40, "CERTIFICATE OF COMPLIANCE", 13)
    sheet.flow(45, 62, 500, "{site}  {site_address}", 7.5)
    sheet.pair(45, 90, "CERT NO.", "{stated_number}", 90)
    sheet.pair(300, 90, "DATE", "{stated_on}", 60)
    sheet.pair(45, 106, "PO NO.", "{po_number}", 90)
    heads = (
        (45, "ITEM"),
        (85, "PART NUMBER"),
        (190, "REV"),
        (230, "QTY"),
        (285, "LOT"),
        (370, "PROCESS SPEC"),
    )
    for x, head in heads:
        sheet.say(x, 134, head, 8)
    sheet.line(45, 146, 550, 146)
    for x, template in ((45, "{po_line}"), (85, "{part_number}"), (190, "{part_revision}"), (230, "{quantity}"),
                        (285, "{lot_number}")):  # fmt: skip
        sheet.flow(x, 150, 100, template, 8)
    y = sheet.flow(370, 150, 180, "{spec_number}[ REV {spec_revision}]", 8)
    y = sheet.flow(370, y, 180, "[TYPE {spec_type}][ CLASS {spec_class}]", 8)
    sheet.line(45, y + 4, 550, y + 4)
    y = sheet.flow(45, y + 14, 480, "PROCESSED {process_from} THRU {process_to}", 8)
    y = _results(sheet, 45, y + 10, ("TEST", "MIN", "MAX", "ACTUAL", "UNIT"))
    y = state(sheet, 45, y + 14, 490, "THE ABOVE ITEMS CONFORM TO ALL REQUIREMENTS OF THE ORDER AND SPECIFICATION.",
              "THE ABOVE ITEMS WERE PROCESSED PER PRINT.", 8)  # fmt: skip
    sheet.pair(45, y + 24, "SIGNED", "{signed_name}", 70)
    sheet.pair(45, y + 38, "TITLE", "{signed_title}", 70)
    number_pages(sheet, 470, 40, "PAGE {} OF {}")


@LAYOUTS.add(PROCESS, "DE", Habits("de", "D. MONTH YYYY", ".", ","), "noto", "noto bold")
def german_process(sheet: Sheet) -> None:
    sheet.title(50, 45, "Prozesszertifikat")
    rows = (
        ("Zertifikat-Nr.:", "{stated_number}"), ("Ausstellungsdatum:", "{stated_on}"), ("Werk:", "{site}"),
        ("Anschrift:", "{site_address}"), ("Ihre Bestellung:", "{po_number}"), ("Position:", "{po_line}"),
        ("Teilenummer:", "{part_number}"), ("Index:", "{part_revision}"), ("Menge:", "{quantity} Stück"),
        ("Los:", "{lot_number}"), ("Spezifikation:", "{spec_number}"), ("Ausgabe:", "{spec_revision}"),
        ("Typ:", "{spec_type}"), ("Klasse:", "{spec_class}"), ("Bearbeitet von:", "{process_from}"),
        ("Bearbeitet bis:", "{process_to}"),
    )  # fmt: skip
    y = 90
    for label, template in rows:
        y = sheet.pair(50, y, label, template, 130, 320) + 4
    y = _results(sheet, 50, y + 8, ("Prüfung", "Min.", "Max.", "Istwert", "Einheit"))
    y = state(sheet, 50, y + 12, 480, "Hiermit bestätigen wir, dass die Teile nach der genannten Spezifikation behandelt "
              "wurden und deren Anforderungen erfüllen.",
              "Die Teile wurden nach bestem Wissen behandelt; eine Gewähr wird nicht übernommen.")  # fmt: skip
    sheet.scribble(190, y + 20)
    sheet.pair(50, y + 30, "Unterschrift:", "{signed_name}", 130)
    sheet.pair(50, y + 44, "Funktion:", "{signed_title}", 130)
    number_pages(sheet, 470, 810, "Seite {} von {}")


@LAYOUTS.add(PROCESS, "CN", Habits("zh", "YYYY年M月D日", ","), "sans", "sans bold")
def chinese_process(sheet: Sheet) -> None:
    sheet.centred(40, "加工合格证", 18)
    rows = (
        ("证书编号", "{stated_number}"), ("签发日期", "{stated_on}"), ("加工工厂", "{site}"), ("地址", "{site_address}"),
        ("订单号", "{po_number}"), ("零件号", "{part_number}"), ("版本", "{part_revision}"), ("批号", "{lot_number}"),
        ("数量", "{quantity}"), ("规范", "{spec_number}"), ("规范版本", "{spec_revision}"), ("类型", "{spec_type}"),
        ("等级", "{spec_class}"), ("开始日期", "{process_from}"), ("完成日期", "{process_to}"),
    )  # fmt: skip
    y = 80
    for label, template in rows:
        sheet.box(60, y, 110, 22)
        sheet.box(170, y, 350, 22)
        sheet.pair(66, y + 5, label, template, 112, 330, 10)
        y += 22
    y = _results(sheet, 60, y + 10, ("项目", "下限", "上限", "实测值", "单位"))
    y = state(
        sheet,
        60,
        y + 10,
        440,
        "兹证明上述零件已按所列规范加工和检验,符合规范要求。",
        "据我们所知零件合格,不承担任何责任。",
        10,
    )
    sheet.pair(60, y + 30, "签字", "{signed_name}", 112)
    sheet.pair(60, y + 46, "职务", "{signed_title}", 112)
    sheet.seal(420, y + 40, "检验专用章")


@LAYOUTS.add(PROCESS, "MX", Habits("es", "DD/MM/YYYY", ","), "plain", "plain bold")
def spanish_process(sheet: Sheet) -> None:
    sheet.title(50, 45, "CERTIFICADO DE PROCESO", 16)
    sheet.flow(50, 68, 450, "{site}. {site_address}", 8)
    rows = (
        ("Certificado No.", "{stated_number}"), ("Fecha", "{stated_on}"), ("Orden de compra", "{po_number}"),
        ("Número de parte", "{part_number}"), ("Revisión", "{part_revision}"), ("Lote", "{lot_number}"),
        ("Cantidad", "{quantity} piezas"), ("Especificación", "{spec_number}"),
        ("Rev. de especificación", "{spec_revision}"), ("Tipo", "{spec_type}"), ("Clase", "{spec_class}"),
        ("Inicio del proceso", "{process_from}"), ("Fin del proceso", "{process_to}"),
    )  # fmt: skip
    y = 100
    for label, template in rows:
        y = sheet.pair(50, y, f"{label}:", template, 150, 300) + 5
    y = _results(sheet, 50, y + 8, ("Prueba", "Mín.", "Máx.", "Resultado", "Unidad"))
    y = state(sheet, 50, y + 12, 480, "Certificamos que las piezas fueron procesadas conforme a la especificación indicada "
              "y cumplen con todos sus requisitos.",
              "Según nuestro leal saber y entender las piezas son aceptables.")  # fmt: skip
    sheet.scribble(200, y + 22)
    sheet.pair(50, y + 32, "Firma autorizada:", "{signed_name}", 150)
    sheet.pair(50, y + 46, "Puesto:", "{signed_title}", 150)
    number_pages(sheet, 470, 810, "Página {} de {}")


@LAYOUTS.add(MATERIAL, "US", Habits("en", "MM/DD/YYYY", ","), "plain", "plain bold")
def mill_ruled_table(sheet: Sheet) -> None:
    sheet.title(45, 40, "MILL TEST REPORT")
    sheet.flow(45, 62, 450, "{issuer_name}, {site_address}", 8)
    rows = (
        ("Report No.", "{stated_number}"), ("Date", "{stated_on}"), ("Cert type", "EN 10204 {certificate_type}"),
        ("Customer PO", "{po_number}"), ("Product", "{grade} {description}"), ("Temper", "{condition}"),
        ("Specification", "{spec_number}[ Rev {spec_revision}]"), ("Heat No.", "{identifier}"),
        ("Weight", "{weight} lb"), ("Pieces", "{quantity}"),
    )  # fmt: skip
    y = 85
    for label, template in rows:
        y = sheet.pair(45, y, label, template, 90, 300) + 3
    heads = ((50, "Property"), (190, "Unit"), (250, "Min"), (320, "Max"), (390, "Actual"))
    y += 10
    sheet.box(45, y, 420, 15, 0.88)
    for x, head in heads:
        sheet.say(x, y + 3, head, 8.5, sheet.bold)
    for row in sheet.facts.rows:
        y += 15
        sheet.box(45, y, 420, 15)
        cells = [(50, "name"), (190, "unit"), (250, "minimum"), (320, "maximum"), (390, "value")]
        sheet.result(row, cells, y + 3)
    y = state(sheet, 45, y + 30, 480, "We hereby certify that the material described was made and tested in accordance "
              "with the specification and that the results are correct.",
              "The values are typical and not guaranteed.")  # fmt: skip
    sheet.scribble(60, y + 24)
    sheet.flow(45, y + 34, 300, "{signed_name}[, {signed_title}]")
    sheet.say(45, y + 48, "Certified by", 7)
    number_pages(sheet, 480, 40, "Page {} of {}")


@LAYOUTS.add(MATERIAL, "US", Habits("en", "DD MON YYYY", ","), "sans", "sans bold")
def mill_transposed_chemistry(sheet: Sheet) -> None:
    sheet.centred(36, "CERTIFIED TEST REPORT")
    sheet.centred(56, sheet.facts.issuer_name, 10)
    sheet.pair(45, 84, "CERTIFICATE", "{stated_number}", 90)
    sheet.pair(300, 84, "DATE", "{stated_on}", 90)
    sheet.pair(45, 100, "P.O.", "{po_number}", 90)
    sheet.pair(300, 100, "HEAT", "{identifier}", 90)
    sheet.pair(45, 116, "GRADE", "{grade} {condition}", 90)
    sheet.pair(300, 116, "QTY", "{quantity} PCS", 90)
    sheet.pair(45, 132, "SPEC", "{spec_number}[ REV {spec_revision}]", 90)
    sheet.pair(300, 132, "TYPE", "{certificate_type} per EN 10204", 90)
    y = _across(sheet, "CHEMISTRY, WT %", "chemistry", 160)
    y = _across(sheet, "MECHANICAL PROPERTIES", "mechanical", y + 16)
    y = state(sheet, 45, y + 20, 480, "The material was produced and tested in accordance with the specification and "
              "meets its requirements.", "The figures are for information only.")  # fmt: skip
    sheet.scribble(330, y + 24)
    sheet.pair(240, y + 34, "INSPECTOR", "{signed_name}", 80)
    sheet.pair(240, y + 48, "TITLE", "{signed_title}", 80)


def _across(sheet: Sheet, head: str, test: str, y: float) -> float:
    sheet.say(45, y, head, 8.5, sheet.bold)
    rows = [row for row in sheet.facts.rows if row.test == test]
    step = 56 if test == "chemistry" else 120
    lines = (("", "name"), ("MIN", "minimum"), ("MAX", "maximum"), ("ACTUAL", "value"))
    if test != "chemistry":
        lines = (("", "name"), ("UNIT", "unit"), *lines[1:])
    for label, what in lines:
        y += 13
        sheet.say(45, y, label, 8)
        for at, row in enumerate(rows):
            text = getattr(row, what)
            sheet.say(95 + at * step, y, text if what in ("name", "unit") else sheet.habits.number(text), 8)
    for row in rows:
        sheet.note(row)
    return y + 14


@LAYOUTS.add(MATERIAL, "DE", Habits("de", "DD.MM.YYYY", ".", ","), "noto", "noto bold")
def german_mill(sheet: Sheet) -> None:
    sheet.title(45, 40, "Abnahmeprüfzeugnis / Inspection certificate")
    sheet.flow(45, 62, 450, "EN 10204 - {certificate_type}", 11)
    sheet.flow(45, 80, 450, "{issuer_name}, {site_address}", 8)
    rows = (
        ("Zeugnis-Nr. / Certificate no.", "{stated_number}"), ("Datum / Date", "{stated_on}"),
        ("Bestell-Nr. / Order no.", "{po_number}"), ("Erzeugnis / Product", "{description}"),
        ("Werkstoff / Material", "{grade}"), ("Zustand / Condition", "{condition}"),
        ("Norm / Standard", "{spec_number}[:{spec_revision}]"), ("Schmelze / Heat", "{identifier}"),
        ("Gewicht / Weight", "{weight} kg"), ("Stückzahl / Pieces", "{quantity}"),
    )  # fmt: skip
    y = 105
    for label, template in rows:
        y = sheet.pair(45, y, label, template, 180, 250) + 4
    heads = ((50, "Prüfung / Test"), (200, "Einheit"), (270, "min."), (330, "max."), (400, "Istwert"))
    y += 8
    for x, head in heads:
        sheet.say(x, y, head, 8.5, sheet.bold)
    for at, row in enumerate(sheet.facts.rows):
        y += 14
        if at % 2:
            sheet.box(45, y - 2, 430, 14, 0.92)
        cells = [(50, "name"), (200, "unit"), (270, "minimum"), (330, "maximum"), (400, "value")]
        sheet.result(row, cells, y)
    y = state(sheet, 45, y + 26, 480, "Es wird bestätigt, dass die Lieferung den Vereinbarungen bei der Bestellung "
              "entspricht. The delivery complies with the terms of the order.",
              "Angaben nach bestem Wissen, ohne Gewähr.")  # fmt: skip
    sheet.pair(45, y + 24, "Der Werkssachverständige", "{signed_name}", 180)
    number_pages(sheet, 440, 815, "Seite / Page {} / {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "DD MON YYYY", ","), "plain", "plain bold", Scan(200, 0.5, 5, 75))
def scanned_slip(sheet: Sheet) -> None:
    sheet.title(60, 60, "CERTIFICATION OF WORK", 17)
    sheet.flow(60, 88, 450, "{site}", 11)
    rows = (
        ("Certification no.", "{stated_number}"), ("Date", "{stated_on}"), ("Your PO", "{po_number}"),
        ("Part no.", "{part_number}"), ("Part rev.", "{part_revision}"), ("Lot", "{lot_number}"),
        ("Quantity", "{quantity}"), ("Spec.", "{spec_number}"), ("Spec. rev.", "{spec_revision}"),
        ("Type", "{spec_type}"), ("Class", "{spec_class}"), ("Processed from", "{process_from}"),
        ("Processed to", "{process_to}"),
    )  # fmt: skip
    y = 130
    for label, template in rows:
        y = sheet.pair(60, y, label, template, 150, 300, 11) + 7
    y = _results(sheet, 60, y + 8, ("Test", "Min", "Max", "Result", "Unit"))
    y = state(sheet, 60, y + 16, 460, "We certify that the parts conform to the specification named above.",
              "The parts are good to the best of our knowledge.", 11)  # fmt: skip
    sheet.scribble(220, y + 24)
    sheet.pair(60, y + 36, "Signed", "{signed_name}", 150, 300, 11)
    sheet.pair(60, y + 52, "Title", "{signed_title}", 150, 300, 11)
