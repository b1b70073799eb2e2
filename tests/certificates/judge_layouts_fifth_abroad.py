"""A fifth set of layouts a reader is judged on: houses that write German, Spanish and Chinese. Nobody who writes the reader opens this."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import JUDGE, Book, Scan, number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.trade import Result

LAYOUTS = Book(JUDGE)


def bounds(sheet: Sheet, row: Result, least: str, most: str, dash: str = " – ") -> str:
    """Return the limits of a row as one cell, in the words of its house."""
    low, high = sheet.habits.number(row.minimum), sheet.habits.number(row.maximum)
    return f"{low}{dash}{high}" if low and high else least.format(low) if low else most.format(high)


@LAYOUTS.add(PROCESS, "DE", Habits("de", "DD.MM.YYYY", comma=","), "plain", "plain bold")
def bescheinigung_mit_kopfspalte(sheet: Sheet) -> None:
    sheet.title(40, 36, sheet.facts.issuer_name, 14)
    sheet.flow(40, 56, 300, "{site}, {site_address}", 8.5)
    sheet.title(40, 84, "Bescheinigung über die Oberflächen- oder Wärmebehandlung", 12)
    right = 360
    for at, (label, template) in enumerate(
        (
            ("Bescheinigung Nr.", "{stated_number}"),
            ("Ausgestellt am", "{stated_on}"),
            ("Kunde", "{customer}"),
            ("Ihre Bestellung", "{po_number}"),
            ("Position", "{po_line}"),
        )
    ):
        sheet.say(right, 108 + at * 26, label, 7.5)
        sheet.flow(right, 118 + at * 26, 195, template, 10, label=label)
    y = 108.0
    for label, template in (
        ("Artikelnummer", "{part_number}"),
        ("Änderungsstand", "{part_revision}"),
        ("Benennung", "{description}"),
        ("Los", "{lot_number}"),
        ("Stückzahl", "{quantity}"),
        ("Werkstoff", "{condition}"),
    ):
        y = sheet.pair(40, y, label, template, 110, 190, 9.5) + 5
    y = max(y, 250.0)
    sheet.line(40, y, 555, y)
    y = sheet.pair(
        40,
        y + 10,
        "Vorschrift",
        "{spec_number}[, Rev. {spec_revision}][, Typ {spec_type}][, Klasse {spec_class}]",
        110,
        400,
        9.5,
    )
    y = sheet.pair(40, y + 5, "Behandelt vom", "{process_from} bis {process_to}", 110, 300, 9.5)
    if sheet.facts.rows:
        y += 12
        for x, head in ((40, "Prüfung"), (220, "Soll"), (340, "Ist"), (420, "Einheit")):
            sheet.say(x, y, head, 9, sheet.bold)
        y += 15
        for row in sheet.facts.rows:
            sheet.result(
                row,
                [
                    (40, "name"),
                    (220, bounds(sheet, row, "mind. {}", "max. {}")),
                    (340, "value"),
                    (420, "unit"),
                ],
                y,
                9,
            )
            y += 14
    y = state(
        sheet, 40, y + 16, 515,
        "Wir bestätigen, dass die aufgeführten Teile nach der genannten Vorschrift behandelt und geprüft wurden und den Anforderungen der Bestellung entsprechen.",
        "Wir haben die aufgeführten Teile behandelt.",
        9.5,
    )  # fmt: skip
    sheet.scribble(60, y + 34)
    sheet.flow(40, y + 52, 220, "{signed_name}", 9.5, label="Name")
    sheet.flow(40, y + 65, 220, "{signed_title}", 8.5, label="Funktion")
    number_pages(sheet, 480, 806, "Seite {} von {}")


@LAYOUTS.add(PROCESS, "DE", Habits("de", "D. MONTH YYYY", comma=","), "roman", "roman bold")
def pruefbericht_in_saetzen(sheet: Sheet) -> None:
    sheet.flow(40, 40, 300, "{issuer_name}", 15, sheet.bold)
    sheet.flow(40, 60, 400, "{site}, {site_address}", 9)
    sheet.flow(360, 90, 200, "{stated_on}", 10.5, label="Datum")
    sheet.flow(40, 90, 300, "Prüfbescheinigung {stated_number}", 12, sheet.bold, label="Prüfbescheinigung")
    y = (
        sheet.flow(40, 122, 515, "Auftraggeber: {customer}. Bestellnummer {po_number}, Pos. {po_line}.", 10.5)
        + 8
    )
    y = sheet.flow(
        40, y, 515,
        "Gegenstand dieser Bescheinigung sind {quantity} Stück {description}, Teilenummer {part_number}[, Revision {part_revision}], Los {lot_number}.",
        10.5,
    ) + 8  # fmt: skip
    y = sheet.flow(
        40, y, 515,
        "Die Bearbeitung erfolgte nach {spec_number}[, Revision {spec_revision}][, Typ {spec_type}][, Klasse {spec_class}] im Zeitraum {process_from} bis {process_to}.",
        10.5,
    ) + 8  # fmt: skip
    for row in sheet.facts.rows:
        sheet.say(
            40,
            y,
            f"{row.name}: gemessen {sheet.habits.number(row.value)} {row.unit}, gefordert {bounds(sheet, row, 'mindestens {}', 'höchstens {}', ' bis ')} {row.unit}.",
            10.5,
        )
        sheet.note(row)
        y += 20
    y = state(
        sheet, 40, y + 6, 515,
        "Hiermit wird bescheinigt, dass die Teile den Anforderungen der Bestellung und der Vorschrift entsprechen.",
        "Hiermit wird bescheinigt, dass die Teile bei uns waren.",
        10.5,
    )  # fmt: skip
    sheet.scribble(60, y + 40)
    sheet.flow(40, y + 58, 300, "{signed_name}, {signed_title}", 10.5, label="gez.")
    number_pages(sheet, 270, 800, "Blatt {}/{}")


@LAYOUTS.add(MATERIAL, "DE", Habits("de", "DD.MM.YYYY", comma=",", thousands="."), "narrow")
def abnahmepruefzeugnis_zweisprachig(sheet: Sheet) -> None:
    sheet.say(40, 34, "ABNAHMEPRÜFZEUGNIS / INSPECTION CERTIFICATE", 13)
    sheet.flow(40, 52, 300, "EN 10204 - {certificate_type}", 11, label="EN 10204")
    sheet.flow(40, 68, 500, "{issuer_name}, {site}, {site_address}", 8.5)
    cells = (
        ("Zeugnis-Nr. / Certificate no.", "{stated_number}"), ("Datum / Date", "{stated_on}"),
        ("Besteller / Purchaser", "{customer}"), ("Bestell-Nr. / Order no.", "{po_number}"),
        ("Erzeugnis / Product", "{description}"), ("Werkstoff / Material", "{grade}"),
        ("Zustand / Condition", "{condition}"), ("Werkstoffnorm / Specification", "{spec_number}[ Ausg./Rev. {spec_revision}]"),
        ("Schmelze / Heat", "{identifier}"), ("Stück / Pieces", "{quantity}"), ("Gewicht / Weight kg", "{weight}"), ("", ""),
    )  # fmt: skip
    y = 90.0
    for at in range(0, len(cells), 2):
        for x, (label, template) in zip((40, 300), cells[at : at + 2], strict=True):
            if label:
                sheet.box(x, y, 255, 28)
                sheet.say(x + 4, y + 3, label, 7)
                sheet.flow(x + 4, y + 13, 245, template, 10, label=label)
        y += 28
    y += 14
    sheet.say(40, y, "Chemische Zusammensetzung / Chemical composition, %", 9)
    chemistry = [row for row in sheet.facts.rows if row.test == "chemistry"]
    for at, row in enumerate(chemistry):
        x = 100 + at * 56
        sheet.say(x, y + 15, row.name, 9)
        sheet.say(x, y + 28, sheet.habits.number(row.minimum) or "-", 9)
        sheet.say(x, y + 41, sheet.habits.number(row.maximum) or "-", 9)
        sheet.say(x, y + 54, sheet.habits.number(row.value), 9)
        sheet.note(row)
    for at, word in enumerate(("", "min.", "max.", "Ist / Actual")):
        sheet.say(40, y + 15 + at * 13, word, 8.5)
    y += 84
    sheet.say(40, y, "Zugversuch / Tensile test", 9)
    for x, head in (
        (40, "Kennwert / Property"),
        (190, "Einheit / Unit"),
        (290, "min."),
        (360, "Ist / Actual"),
    ):
        sheet.say(x, y + 14, head, 8.5)
    y += 28
    for row in sheet.facts.rows:
        if row.test != "chemistry":
            sheet.result(row, [(40, "name"), (190, "unit"), (290, "minimum"), (360, "value")], y, 9)
            y += 13
    y = state(
        sheet, 40, y + 14, 515,
        "Es wird bestätigt, dass die Lieferung den Vereinbarungen der Bestellung entspricht. / We certify that the delivery complies with the terms of the order.",
        "Vielen Dank für Ihren Auftrag. / Thank you for your order.",
        9,
    )  # fmt: skip
    sheet.scribble(60, y + 30)
    sheet.flow(40, y + 46, 300, "{signed_name}", 9.5, label="Werkssachverständiger")
    sheet.flow(40, y + 59, 300, "{signed_title}", 8.5, label="Funktion")
    number_pages(sheet, 440, 806, "Seite / Page {} von / of {}")


@LAYOUTS.add(PROCESS, "MX", Habits("es", "DD/MM/YYYY", comma="."), "plain", "plain bold")
def certificado_con_tabla_de_partida(sheet: Sheet) -> None:
    sheet.centred(38, "CERTIFICADO DE PROCESO", 15)
    sheet.flow(40, 64, 300, "{issuer_name}", 11, sheet.bold)
    sheet.flow(40, 79, 400, "{site}. {site_address}", 8.5)
    sheet.pair(360, 64, "Folio:", "{stated_number}", 60)
    sheet.pair(360, 78, "Fecha:", "{stated_on}", 60)
    y = sheet.pair(40, 104, "Cliente:", "{customer}", 120, 300)
    y = sheet.pair(40, y + 4, "Orden de compra:", "{po_number}", 120, 300)
    sheet.box(40, y + 10, 515, 18, 0.9)
    heads = (
        (44, "Partida"),
        (90, "No. de parte"),
        (190, "Rev."),
        (230, "Descripción"),
        (350, "Lote"),
        (450, "Cantidad"),
    )
    for x, head in heads:
        sheet.say(x, y + 14, head, 8.5, sheet.bold)
    for x, template, width in (
        (44, "{po_line}", 40),
        (90, "{part_number}", 95),
        (190, "{part_revision}", 35),
        (230, "{description}", 115),
        (350, "{lot_number}", 95),
        (450, "{quantity}", 90),
    ):
        sheet.flow(x, y + 34, width, template, 9)
    y += 62
    y = sheet.pair(
        40,
        y,
        "Especificación:",
        "{spec_number}[ Rev. {spec_revision}][ Tipo {spec_type}][ Clase {spec_class}]",
        120,
        380,
    )
    y = sheet.pair(40, y + 4, "Inicio del proceso:", "{process_from}", 120, 200)
    y = sheet.pair(40, y + 4, "Fin del proceso:", "{process_to}", 120, 200)
    if sheet.facts.rows:
        y += 10
        for x, head in (
            (40, "Ensayo"),
            (190, "Mínimo"),
            (260, "Máximo"),
            (330, "Resultado"),
            (410, "Unidad"),
        ):
            sheet.say(x, y, head, 9, sheet.bold)
        y += 14
        for row in sheet.facts.rows:
            sheet.result(
                row, [(40, "name"), (190, "minimum"), (260, "maximum"), (330, "value"), (410, "unit")], y, 9
            )
            y += 14
    y = state(
        sheet, 40, y + 16, 515,
        "Certificamos que las piezas descritas fueron procesadas e inspeccionadas y cumplen con la especificación y con los requisitos de la orden de compra.",
        "Agradecemos su preferencia.",
        9.5,
    )  # fmt: skip
    sheet.scribble(240, y + 36)
    sheet.line(200, y + 50, 400, y + 50)
    sheet.flow(210, y + 54, 200, "{signed_name}", 9.5, label="Nombre")
    sheet.flow(210, y + 67, 200, "{signed_title}", 8.5, label="Puesto")
    number_pages(sheet, 480, 806, "Hoja {} de {}")


@LAYOUTS.add(PROCESS, "CN", Habits("zh", "YYYY年M月D日"), "plain")
def process_table_in_chinese(sheet: Sheet) -> None:
    sheet.centred(36, "特殊过程合格证明书", 16, "plain")
    sheet.flow(40, 62, 515, "{site}", 10)
    sheet.flow(40, 77, 515, "地址：{site_address}", 9, label="地址")
    rows = (
        (("证书编号", "{stated_number}"), ("签发日期", "{stated_on}")),
        (("客户名称", "{customer}"), ("采购订单号", "{po_number}")),
        (("零件图号", "{part_number}"), ("版本", "{part_revision}")),
        (("零件名称", "{description}"), ("批次号", "{lot_number}")),
        (("数量（件）", "{quantity}"), ("订单行号", "{po_line}")),
        (("开始日期", "{process_from}"), ("完成日期", "{process_to}")),
    )
    y = 98.0
    for pair in rows:
        for x, (label, template) in zip((40, 298), pair, strict=True):
            sheet.box(x, y, 78, 24)
            sheet.box(x + 78, y, 180, 24)
            sheet.say(x + 5, y + 7, label, 9)
            sheet.flow(x + 84, y + 7, 170, template, 9.5, label=label)
        y += 24
    sheet.box(40, y, 78, 24)
    sheet.box(118, y, 438, 24)
    sheet.say(45, y + 7, "执行规范", 9)
    sheet.flow(
        124,
        y + 7,
        420,
        "{spec_number}[ 版本 {spec_revision}][ 类型 {spec_type}][ 等级 {spec_class}]",
        9.5,
        label="执行规范",
    )
    y += 34
    if sheet.facts.rows:
        for x, head in ((45, "检验项目"), (200, "标准要求"), (330, "实测结果"), (430, "单位")):
            sheet.say(x, y, head, 9)
        y += 15
        for row in sheet.facts.rows:
            sheet.result(
                row,
                [(45, "name"), (200, bounds(sheet, row, "≥{}", "≤{}", "-")), (330, "value"), (430, "unit")],
                y,
                9.5,
            )
            y += 15
    y = state(
        sheet,
        40,
        y + 12,
        515,
        "兹证明上述零件按规范加工并经检验，符合采购订单和规范的全部要求。",
        "上述零件已加工完毕。",
        10,
    )
    sheet.say(40, y + 26, "签发人：", 10)
    sheet.scribble(90, y + 30)
    sheet.flow(200, y + 26, 120, "{signed_name}", 10, label="签发人")
    sheet.say(330, y + 26, "职务：", 10)
    sheet.flow(365, y + 26, 150, "{signed_title}", 10, label="职务")
    number_pages(sheet, 260, 800, "第 {} 页 共 {} 页")


@LAYOUTS.add(MATERIAL, "CN", Habits("zh", "YYYY-MM-DD"), "plain")
def mill_certificate_in_chinese(sheet: Sheet) -> None:
    sheet.centred(36, "产品质量证明书", 16, "plain")
    sheet.flow(40, 60, 515, "{issuer_name}　{site}　{site_address}", 9)
    sheet.flow(40, 76, 515, "证书类型：EN 10204 {certificate_type}", 9.5, label="证书类型")
    pairs = (
        ("证明书号", "{stated_number}"), ("日期", "{stated_on}"), ("订货单位", "{customer}"), ("合同号", "{po_number}"),
        ("产品规格", "{description}"), ("牌号", "{grade}"), ("交货状态", "{condition}"), ("执行标准", "{spec_number}[ {spec_revision}版]"),
        ("炉号", "{identifier}"), ("件数", "{quantity}"), ("重量 kg", "{weight}"),
    )  # fmt: skip
    for at, (label, template) in enumerate(pairs):
        x, y = 40 + (at % 2) * 260, 98 + (at // 2) * 18
        sheet.say(x, y, f"{label}：", 9.5)
        sheet.flow(x + 70, y, 180, template, 9.5, label=label)
    y = 220.0
    for title, is_chemical in (("化学成分（%）", True), ("力学性能", False)):
        sheet.say(40, y, title, 10)
        for x, head in ((40, "项目"), (190, "单位"), (260, "最小值"), (340, "最大值"), (420, "实测值")):
            sheet.say(x, y + 16, head, 9)
        y += 30
        for row in sheet.facts.rows:
            if (row.test == "chemistry") is is_chemical:
                sheet.result(
                    row,
                    [(40, "name"), (190, "unit"), (260, "minimum"), (340, "maximum"), (420, "value")],
                    y,
                    9.5,
                )
                y += 14
        y += 12
    y = state(sheet, 40, y, 515, "兹证明本产品按订货合同及标准检验合格，符合其要求。", "感谢贵公司订货。", 10)
    sheet.say(40, y + 24, "质检负责人：", 10)
    sheet.flow(110, y + 24, 120, "{signed_name}", 10, label="质检负责人")
    sheet.flow(240, y + 24, 150, "{signed_title}", 10, label="职务")
    if sheet.facts.signed_name:
        sheet.seal(440, y + 30, "质检专用章")
    number_pages(sheet, 250, 800, "第{}页/共{}页")


@LAYOUTS.add(
    PROCESS, "DE", Habits("de", "DD.MM.YYYY", comma=","), "plain", "plain bold", scan=Scan(250, 0.4, 5, 75)
)
def gescanntes_werkszeugnis(sheet: Sheet) -> None:
    sheet.title(50, 44, sheet.facts.issuer_name, 16)
    sheet.flow(50, 68, 450, "{site}, {site_address}", 10)
    sheet.title(50, 96, "Konformitätsbescheinigung", 14)
    y = 128.0
    for label, template in (
        ("Bescheinigung Nr.", "{stated_number}"), ("Datum", "{stated_on}"), ("Kunde", "{customer}"), ("Bestellung Nr.", "{po_number}"),
        ("Teilenummer", "{part_number}[ Rev. {part_revision}]"), ("Bezeichnung", "{description}"), ("Los-Nr.", "{lot_number}"), ("Menge", "{quantity} Stück"),
        ("Spezifikation", "{spec_number}[ Rev. {spec_revision}][ Typ {spec_type}][ Klasse {spec_class}]"), ("Bearbeitet von", "{process_from}"), ("Bearbeitet bis", "{process_to}"),
    ):  # fmt: skip
        y = sheet.pair(50, y, label, template, 140, 350, 11) + 6
    for row in sheet.facts.rows:
        y = y + 6
        sheet.result(
            row,
            [(50, "name"), (220, bounds(sheet, row, "min. {}", "max. {}")), (350, "value"), (420, "unit")],
            y,
            11,
        )
        y += 14
    y = state(
        sheet, 50, y + 14, 490,
        "Wir bescheinigen, dass die genannten Teile der Bestellung und der Spezifikation entsprechen.",
        "Die genannten Teile liegen bereit.",
        11,
    )  # fmt: skip
    sheet.scribble(70, y + 36)
    sheet.flow(50, y + 54, 250, "{signed_name}", 11, label="Unterschrift")
    sheet.flow(50, y + 70, 250, "{signed_title}", 10, label="Funktion")
    number_pages(sheet, 260, 790, "Seite {} von {}", 9)
