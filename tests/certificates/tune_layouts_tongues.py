"""Layouts a reader may be tuned on: papers in two languages, a form in Spanish, and one that went over the glass."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import PROCESS
from tests.certificates.layouts import Scan, number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.tune_layouts import LAYOUTS
from tests.certificates.tune_layouts_bannered import measured_below


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
def chinese_over_english(sheet: Sheet) -> None:
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
    y = measured_below(sheet, 45, 366)
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
    y = measured_below(sheet, 60, y + 10)
    y = state(sheet, 60, y + 12, 470, "Hacemos constar que las piezas cumplen con la norma aplicada y con el pedido.",
              "Hasta donde sabemos las piezas están bien; no se otorga garantía.", 10)  # fmt: skip
    sheet.scribble(80, y + 24)
    sheet.flow(60, y + 40, 300, "{signed_name}", 10.5)
    sheet.flow(60, y + 54, 300, "{signed_title}", 9)
    sheet.line(60, y + 68, 240, y + 68)
    sheet.say(60, y + 70, "Nombre y firma", 7.5)
    number_pages(sheet, 480, 815, "Hoja {} de {}")


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
    y = measured_below(sheet, 56, y + 28)
    y = state(sheet, 56, y + 18, 480, "We certify that the above parts conform to the specification and order.",
              "The above parts were processed per print to the best of our knowledge.", 11)  # fmt: skip
    sheet.scribble(160, y + 28)
    sheet.pair(56, y + 40, "Certified by", "{signed_name}", 105, 200, 11)
    sheet.pair(56, y + 58, "Title", "{signed_title}", 105, 200, 11)
