"""Layouts a reader was judged on once: houses that write German, Spanish and Chinese, alone or beside English."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import Scan, number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.tune_layouts import LAYOUTS
from tests.certificates.tune_layouts_judged import around, bounds, own_number


def codes_across(sheet: Sheet, y: float, test: str, words: tuple[str, str, str], step: float, size: float = 8.5) -> float:
    """Write results with the properties as heads of columns; return what is below."""
    rows = [row for row in sheet.facts.rows if row.test == test]
    for at, row in enumerate(rows):
        x = 120 + at * step
        unit = f" {row.unit}" if test != "chemistry" else ""
        sheet.say(x, y, row.name + unit, size, sheet.bold)
        for line, text in enumerate((row.minimum or "-", row.maximum or "-", row.value), start=1):
            sheet.say(x, y + 14 * line, sheet.habits.number(text), size)
        sheet.note(row)
    for line, label in enumerate(words, start=1):
        sheet.say(44, y + 14 * line, label, size)
    for line in range(5):
        sheet.line(40, y - 3 + 14 * line, sheet.across - 40, y - 3 + 14 * line, 0.3)
    return y + 62


@LAYOUTS.add(PROCESS, "DE", Habits("de", "DD.MM.YYYY", ".", ","), "plain", "plain bold", families=("anodize", "chem film"))
def eloxal_short_form(sheet: Sheet) -> None:
    sheet.title(60, 44, sheet.facts.issuer_name, 16)
    sheet.say(60, 64, "Eloxieren · Harteloxal · Chromatieren", 8)
    sheet.flow(60, 76, 460, "{site} · {site_address}", 7.5)
    sheet.say(380, 44, "Telefon 0555 0100-0", 7.5)
    sheet.say(380, 55, "Lieferschein " + own_number(sheet, "", 6), 7.5)
    sheet.title(60, 110, "Werksbescheinigung", 14)
    sheet.flow(220, 113, 320, "[Nr. {stated_number} ]vom {stated_on}", 10)
    y = sheet.flow(60, 140, 470, "Ihre Bestellung {po_number}, Position {po_line}", 10)
    y = sheet.flow(60, y + 3, 470, "Zeichnung {part_number} Index {part_revision}, Los {lot_number}, {quantity} Stück", 10)
    y = sheet.flow(60, y + 3, 470, "Oberfläche: {spec_number}[, Ausgabe {spec_revision}][, Typ {spec_type}][, Klasse {spec_class}]", 10)
    y = sheet.flow(60, y + 3, 470, "Bearbeitet vom {process_from} bis {process_to}", 10)
    for row in sheet.facts.rows:
        y = sheet.flow(60, y + 3, 470, f"{row.name} {sheet.habits.number(row.value)} {row.unit} (Soll {bounds(sheet, row, ' bis ')} {row.unit})", 10)
        sheet.note(row)
    y = state(sheet, 60, y + 14, 470, "Hiermit bestätigen wir, dass die gelieferten Teile der genannten Vorschrift und Ihrer Bestellung entsprechen.",
              "Die Ware wurde branchenüblich bearbeitet. Eine Eigenschaftszusicherung ist damit nicht verbunden.", 10)
    sheet.scribble(66, y + 30)
    sheet.flow(60, y + 48, 300, "[i. A. {signed_name}]", 10)
    sheet.flow(60, y + 61, 300, "{signed_title}", 8.5)
    sheet.say(60, 800, "Sitz Kempten · Amtsgericht Kempten HRB 09999 · USt-IdNr. DE000000000 · IBAN DE00 0000 0000 0000 0000 00", 6.5)
    number_pages(sheet, 480, 812, "Seite {} von {}")


@LAYOUTS.add(PROCESS, "DE", Habits("de", "DD.MM.YY", ".", ","), "mono", "mono", families=("heat treat",))
def haerterei_protokoll(sheet: Sheet) -> None:
    sheet.say(45, 40, "WÄRMEBEHANDLUNGSPROTOKOLL", 14)
    sheet.flow(45, 62, 500, "{site}", 9)
    sheet.flow(45, 74, 500, "{site_address}", 8)
    sheet.line(45, 88, 550, 88)
    y = 98
    for left, first, right, second in (
        ("Protokoll-Nr.", "{stated_number}", "Ausgestellt", "{stated_on}"), ("Kunde", "{customer}", "Unser Auftrag", ""),
        ("Bestell-Nr.", "{po_number}", "Position", "{po_line}"), ("Teil", "{part_number}", "Änd.-Stand", "{part_revision}"),
        ("Los", "{lot_number}", "Menge", "{quantity} St"), ("Behandelt am", "{process_from}", "bis", "{process_to}"),
        ("Norm", "{spec_number}", "Norm-Ausgabe", "{spec_revision}"),
    ):
        sheet.pair(45, y, left, first, 90, 190, 9)
        sheet.pair(330, y, right, second or own_number(sheet, "WB"), 90, 130, 9)
        y += 15
    sheet.line(45, y + 2, 550, y + 2)
    sheet.say(45, y + 8, "Anlage KO 4   Charge " + own_number(sheet, "", 6) + "   Härten 845 °C / 0:50 h   Öl   Anlassen 480 °C / 2:00 h", 8)
    y += 26
    for row in sheet.facts.rows:
        sheet.say(45, y, f"{row.name} [{row.unit}]", 9)
        sheet.say(45, y + 14, f"Soll  {bounds(sheet, row, ' .. ')}", 9)
        readings = "  ".join(map(sheet.habits.number, around(row.value, (0, 1, -1))))
        sheet.say(45, y + 28, f"Einzelwerte  {readings}", 9)
        sheet.say(45, y + 42, f"Mittelwert  {sheet.habits.number(row.value)}", 9)
        sheet.note(row)
        y += 64
    y = state(sheet, 45, y + 4, 490, "Die Teile wurden nach der angegebenen Norm behandelt und geprüft. Sie erfüllen die Norm und die Bestellung.",
              "Behandlung laut Arbeitsplan. Angaben ohne Gewähr.", 9)
    sheet.scribble(150, y + 24)
    sheet.pair(45, y + 36, "Geprüft", "{signed_name}", 90, 200, 9)
    sheet.pair(330, y + 36, "Funktion", "{signed_title}", 70, 180, 9)
    number_pages(sheet, 440, 44, "Blatt {} / {}", 9)


@LAYOUTS.add(MATERIAL, "DE", Habits("de", "DD.MM.YYYY", ".", ","), "sans", "sans bold", is_wide=True)
def abnahmepruefzeugnis_quer(sheet: Sheet) -> None:
    sheet.title(40, 30, "Abnahmeprüfzeugnis / Inspection certificate", 15)
    sheet.flow(480, 33, 300, "EN 10204 - {certificate_type}", 11)
    sheet.flow(40, 54, 500, "{issuer_name}, {site_address}", 9)
    cells = (
        ("Zeugnis-Nr. / Certificate No.", "{stated_number}"), ("Datum / Date", "{stated_on}"), ("Besteller / Purchaser", "{customer}"), ("Bestellung / Order", "{po_number} - {po_line}"),
        ("Erzeugnis / Product", "{description}"), ("Werkstoff / Material", "{grade}"), ("Lieferbedingung / Specification", "{spec_number}[ Ausgabe {spec_revision}]"), ("Zustand / Condition", "{condition}"),
        ("Schmelze / Heat", "{identifier}"), ("Stück / Pieces", "{quantity}"), ("Gewicht / Weight kg", "{weight}"), ("Lieferschein / Delivery note", ""),
    )
    for at, (label, template) in enumerate(cells):
        x, y = 40 + (at % 4) * 190, 74 + (at // 4) * 34
        sheet.box(x, y, 190, 34)
        sheet.say(x + 4, y + 3, label, 7)
        sheet.flow(x + 6, y + 15, 180, template or own_number(sheet, "80", 6), 10, label=label)
    sheet.say(40, 190, "Chemische Zusammensetzung / Chemical composition [%]", 9, sheet.bold)
    y = codes_across(sheet, 208, "chemistry", ("min.", "max.", "Ist / Actual"), 76)
    sheet.say(40, y + 10, "Mechanische Eigenschaften / Mechanical properties (20 °C)", 9, sheet.bold)
    y = codes_across(sheet, y + 28, "mechanical", ("min.", "max.", "Ist / Actual"), 160)
    y = state(sheet, 40, y + 12, 760, "Es wird bestätigt, dass die Lieferung geprüft wurde und den Vereinbarungen der Bestellung entspricht. "
              "We confirm that the delivery was tested and complies with the terms of the order.",
              "Die Werte gelten als Anhaltswerte. The values are for guidance.", 9)
    sheet.seal(640, y + 44, "QS 7")
    sheet.scribble(60, y + 34)
    sheet.flow(40, y + 52, 300, "{signed_name}", 10)
    sheet.say(40, y + 66, "Abnahmebeauftragter / Inspection representative", 7.5)
    number_pages(sheet, 720, 570, "Seite/Page {}/{}")


@LAYOUTS.add(MATERIAL, "DE", Habits("de", "D. MONTH YYYY", ".", ","), "roman", "roman bold")
def zeugnis_mit_kennbuchstaben(sheet: Sheet) -> None:
    sheet.title(50, 40, sheet.facts.issuer_name, 15)
    sheet.flow(50, 60, 400, "{site_address}", 8.5)
    sheet.flow(50, 80, 500, "A02  Abnahmeprüfzeugnis {certificate_type} nach EN 10204", 11)
    y = 104
    for code, label, template in (
        ("A03", "Bescheinigungsnummer", "{stated_number}"), ("A06", "Besteller", "{customer}"), ("A07", "Kundenbestellnummer", "{po_number}"),
        ("A97", "Position", "{po_line}"), ("A08", "Werksauftragsnummer", ""), ("B01", "Erzeugnis", "{description}"), ("B02", "Werkstoff und Lieferbedingung", "{grade} nach {spec_number}[, Ausgabe {spec_revision}]"),
        ("B04", "Lieferzustand", "{condition}"), ("B07", "Schmelzennummer", "{identifier}"), ("B08", "Stückzahl", "{quantity}"), ("B13", "Gewicht", "{weight} kg"),
    ):
        sheet.say(50, y, code, 9, sheet.bold)
        sheet.say(84, y, label, 9)
        y = sheet.flow(250, y, 290, template or own_number(sheet, "44"), 9.5, label=label) + 2
    y += 8
    for code, title, test in (("C70", "Chemische Analyse", "chemistry"), ("C10", "Zugversuch", "mechanical")):
        sheet.say(50, y, code, 9, sheet.bold)
        sheet.say(84, y, title, 9, sheet.bold)
        for x, head in ((250, "Min."), (330, "Max."), (410, "Ist"), (490, "Einheit")):
            sheet.say(x, y, head, 9, sheet.bold)
        for row in [each for each in sheet.facts.rows if each.test == test]:
            y += 13
            sheet.result(row, [(84, "name"), (250, "minimum"), (330, "maximum"), (410, "value"), (490, "unit")], y, 9)
        y += 20
    sheet.say(50, y, "D01  Besichtigung und Ausmessung: ohne Beanstandung", 9)
    y = state(sheet, 50, y + 18, 490, "Z01  Es wird bestätigt, dass die gelieferten Erzeugnisse den Anforderungen der Bestellung entsprechen.",
              "Z01  Auskunft nach bestem Wissen, ohne Verbindlichkeit.", 9)
    sheet.flow(50, y + 10, 400, "Z02  Ausstellungsdatum: {stated_on}", 9)
    sheet.scribble(300, y + 30)
    sheet.flow(50, y + 26, 400, "[Z03  Abnahmebeauftragter: {signed_name}]", 9)
    number_pages(sheet, 470, 810, "Seite {} von {}")


@LAYOUTS.add(PROCESS, "MX", Habits("es", "DD/MM/YYYY", ","), "narrow", "narrow", families=("plating", "anodize", "chem film", "passivation"))
def valores_sobre_el_rotulo(sheet: Sheet) -> None:
    sheet.centred(38, "CERTIFICADO DE CALIDAD", 16)
    left = (sheet.across - sheet.width(sheet.facts.site, 11, sheet.bold)) / 2
    sheet.flow(left, 60, 500, "{site}", 11, sheet.bold)
    sheet.centred(76, f"{sheet.facts.site_address}   RFC RNO990101XX0   Tel. 81 5550 0110", 9, sheet.font)
    cells = (
        ("{stated_number}", "Folio del certificado"), ("{stated_on}", "Fecha del certificado"), ("{customer}", "Cliente"),
        ("{po_number}", "Orden de compra"), ("{po_line}", "Partida"), ("", "Remisión"),
        ("{part_number}", "Número de parte"), ("{part_revision}", "Revisión del plano"), ("{description}", "Descripción"),
        ("{lot_number}", "Lote"), ("{quantity}", "Cantidad de piezas"), ("{family}", "Proceso"),
        ("{spec_number}", "Especificación"), ("{spec_revision}", "Revisión de la especificación"), ("[Tipo {spec_type} ][Clase {spec_class}]", "Tipo y clase"),
        ("{process_from}", "Inicio del proceso"), ("{process_to}", "Término del proceso"), ("Línea 2", "Línea"),
    )
    for at, (template, label) in enumerate(cells):
        x, y = 46 + (at % 3) * 172, 102 + (at // 3) * 40
        sheet.flow(x, y, 160, template or own_number(sheet, "R"), 11, label=label)
        sheet.line(x, y + 16, x + 156, y + 16, 0.5)
        sheet.say(x, y + 18, label, 7.5)
    y = 350
    if sheet.facts.rows:
        for x, head in ((46, "Prueba"), (220, "Requisito"), (340, "Resultado"), (430, "Unidad"), (490, "Dictamen")):
            sheet.say(x, y, head, 10)
    for row in sheet.facts.rows:
        y += 16
        sheet.line(46, y - 2, 552, y - 2, 0.3)
        sheet.result(row, [(46, "name"), (220, bounds(sheet, row, " a ")), (340, "value"), (430, "unit")], y, 10)
        sheet.say(490, y, "—", 10)
    y = state(sheet, 46, y + 28, 500, "Certificamos que las piezas descritas fueron procesadas e inspeccionadas y que cumplen con la especificación y con la orden de compra.",
              "Las piezas se entregan a entera revisión del cliente.", 10.5)
    sheet.scribble(70, y + 28)
    sheet.line(46, y + 44, 240, y + 44)
    sheet.flow(46, y + 47, 220, "{signed_name}", 10.5)
    sheet.flow(46, y + 61, 220, "{signed_title}", 9)
    sheet.seal(440, y + 46, "CALIDAD")
    sheet.say(46, 808, "FO-CAL-08 Rev. 03", 7.5)
    number_pages(sheet, 490, 808, "Página {} de {}")


@LAYOUTS.add(PROCESS, "MX", Habits("es", "D de MONTH de YYYY", ","), "noto", "noto bold", families=("heat treat", "penetrant inspection", "plating"))
def informe_narrado(sheet: Sheet) -> None:
    sheet.title(60, 46, "Informe y declaración de conformidad", 14)
    sheet.flow(60, 68, 470, "{issuer_name}, {site_address}", 8)
    sheet.line(60, 82, 535, 82)
    sheet.flow(60, 96, 470, "[Informe núm. {stated_number}. ]Emitido el {stated_on}.", 9.5)
    y = sheet.flow(60, 118, 470, "Cliente: {customer}. Pedido {po_number}, renglón {po_line}. Nuestra orden interna " + own_number(sheet, "OI-") + ".", 9.5)
    y = sheet.flow(60, y + 6, 470, "Se recibieron {quantity} piezas del plano {part_number}, revisión {part_revision}, identificadas como lote {lot_number}. "
                   "El trabajo se realizó en {site} entre el {process_from} y el {process_to}, "
                   "conforme a {spec_number}[, revisión {spec_revision}][, tipo {spec_type}][, clase {spec_class}].", 9.5)
    for row in sheet.facts.rows:
        y = sheet.flow(60, y + 6, 470, f"{row.name}: se obtuvo {row.value} {row.unit}; se exige de {row.minimum} a {row.maximum} {row.unit}.", 9.5)
        sheet.note(row)
    y = state(sheet, 60, y + 8, 470, "Declaramos que todas las piezas cumplen la norma citada y los requisitos del pedido.",
              "El presente informe es de carácter informativo.", 9.5)
    sheet.say(60, y + 20, "Por la empresa:", 9.5)
    sheet.scribble(64, y + 48)
    sheet.flow(60, y + 64, 400, "[{signed_name}, {signed_title}]", 9.5)
    number_pages(sheet, 480, 812, "Pág. {}/{}")


@LAYOUTS.add(MATERIAL, "CN", Habits("zh", "YYYY.MM.DD"), "plain", "plain bold", is_wide=True)
def mill_sheet_in_chinese(sheet: Sheet) -> None:
    sheet.centred(28, "产品质量证明书", 18)
    sheet.flow(40, 34, 300, "{issuer_name}", 11)
    sheet.flow(640, 34, 180, "EN 10204 {certificate_type}", 10)
    cells = (
        ("证书编号", "{stated_number}"), ("签发日期", "{stated_on}"), ("订货单位", "{customer}"), ("订单号", "{po_number}"), ("项次", "{po_line}"),
        ("产品名称规格", "{description}"), ("材料牌号", "{grade}"), ("技术标准", "{spec_number}[ {spec_revision}版]"), ("供货状态", "{condition}"), ("熔炼炉号", "{identifier}"),
        ("数量(件)", "{quantity}"), ("净重(公斤)", "{weight}"), ("车号", ""), ("生产厂地址", "{site_address}"),
    )
    for at, (label, template) in enumerate(cells):
        x, y = 40 + (at % 5) * 153, 58 + (at // 5) * 36
        sheet.box(x, y, 306 if label == "生产厂地址" else 153, 36)
        sheet.say(x + 4, y + 3, label, 8)
        sheet.flow(x + 6, y + 17, 290, template or own_number(sheet, "浙B"), 10, label=label)
    sheet.say(40, 176, "化学成分(质量分数,%)", 10)
    y = codes_across(sheet, 194, "chemistry", ("标准下限", "标准上限", "实测"), 76, 9)
    sheet.say(40, y + 8, "力学性能", 10)
    y = codes_across(sheet, y + 26, "mechanical", ("标准下限", "标准上限", "实测"), 160, 9)
    y = state(sheet, 40, y + 12, 700, "本产品按上述标准生产并检验合格,符合标准和订单要求。", "以上数据供用户参考使用。", 10)
    sheet.pair(40, y + 24, "检验负责人", "{signed_name}", 80, 120, 10)
    sheet.pair(260, y + 24, "职务", "{signed_title}", 50, 120, 10)
    sheet.seal(560, y + 34, "质量检验专用章")
    number_pages(sheet, 720, 566, "第 {} 页,共 {} 页")


@LAYOUTS.add(PROCESS, "CN", Habits("zh", "YYYY年M月D日"), "roman", "roman bold")
def outgoing_inspection_in_chinese(sheet: Sheet) -> None:
    sheet.centred(36, sheet.facts.issuer_name, 15, "roman")
    sheet.centred(58, "外协加工出厂检验报告", 14)
    sheet.flow(50, 84, 300, "[报告编号:{stated_number}]", 10)
    sheet.flow(360, 84, 200, "报告日期:{stated_on}", 10)
    y = 104
    for left, first, right, second in (
        ("委托单位", "{customer}", "采购订单号", "{po_number}"), ("零件图号", "{part_number}", "订单行号", "{po_line}"), ("图纸版本", "{part_revision}", "零件批号", "{lot_number}"),
        ("送检数量", "{quantity}", "加工工厂", "{site}"), ("执行规范", "{spec_number}", "规范版本", "{spec_revision}"), ("类型", "{spec_type}", "等级", "{spec_class}"),
        ("开工日期", "{process_from}", "完工日期", "{process_to}"), ("生产单号", "", "联系电话", "0512-5550-0188"),
    ):
        for x, width in ((48, 72), (120, 170), (290, 72), (362, 186)):
            sheet.box(x, y, width, 22)
        sheet.say(52, y + 5, left, 9.5)
        sheet.flow(124, y + 5, 165, first or own_number(sheet, "SC"), 9.5, label=left)
        sheet.say(294, y + 5, right, 9.5)
        sheet.flow(366, y + 5, 180, second, 9.5, label=right)
        y += 22
    sheet.flow(50, y + 8, 480, "工厂地址:{site_address}", 9)
    y += 30
    if sheet.facts.rows:
        for x, width, head in ((52, 148, "检测项目"), (200, 120, "标准要求"), (320, 80, "检测结果"), (400, 60, "单位"), (460, 92, "备注")):
            sheet.box(x - 4, y, width, 20)
            sheet.say(x, y + 4, head, 9.5)
    for row in sheet.facts.rows:
        y += 20
        sheet.line(48, y + 20, 548, y + 20, 0.4)
        sheet.result(row, [(52, "name"), (200, bounds(sheet, row, "~", "≥", "≤")), (320, "value"), (400, "unit")], y + 4, 9.5)
    y = state(sheet, 52, y + 34, 480, "结论:该批零件经检验,符合规范和采购订单的要求,准予出厂。", "结论:该批零件已按图加工,请收货方自行检验。", 10)
    sheet.pair(52, y + 22, "批准", "{signed_name}", 50, 120, 10)
    sheet.pair(220, y + 22, "职务", "{signed_title}", 50, 120, 10)
    sheet.seal(450, y + 40, "检验合格章")
    sheet.say(52, 806, "表单号 QR-8.6-03 A/1    本报告未加盖检验章无效", 8)
    number_pages(sheet, 460, 806, "第{}页 / 共{}页", 8)


@LAYOUTS.add(PROCESS, "CN", Habits("en", "YYYY/MM/DD"), "sans", "sans bold")
def bilingual_sentence(sheet: Sheet) -> None:
    sheet.title(50, 40, sheet.facts.issuer_name, 14)
    sheet.flow(50, 60, 480, "{site}, {site_address}", 8)
    sheet.line(50, 76, 545, 76, 1.2)
    sheet.centred(90, "合格证 Certificate of Conformance", 13)
    sheet.flow(50, 120, 250, "[编号 No.: {stated_number}]", 9.5)
    sheet.flow(350, 120, 200, "日期 Date: {stated_on}", 9.5)
    y = 146
    for label, template in (
        ("客户 Customer", "{customer}"), ("订单 Purchase order", "{po_number}, item {po_line}"), ("零件 Part", "{part_number}, rev. {part_revision}"),
        ("批号 Lot", "{lot_number}"), ("数量 Quantity", "{quantity} pcs"), ("标准 Specification", "{spec_number}[, rev. {spec_revision}]"),
        ("类型/等级 Type/Class", "[Type {spec_type}  ][Class {spec_class}]"), ("加工日期 Processed", "{process_from} - {process_to}"),
        ("发票 Invoice", ""),
    ):
        sheet.say(50, y, label + ":", 9.5)
        y = sheet.flow(190, y, 340, template or own_number(sheet, "CI26-"), 9.5, label=label) + 6
    for row in sheet.facts.rows:
        sheet.say(50, y + 2, f"{row.name}: {bounds(sheet, row)} {row.unit}; 实测 measured {row.value} {row.unit}", 9.5)
        sheet.note(row)
        y += 18
    y = state(sheet, 50, y + 12, 490, "兹证明上述零件符合所列标准及订单要求。We certify that the parts conform to the standard and the order.",
              "上述零件已完成加工。The above parts have been completed.", 9.5)
    sheet.scribble(60, y + 30)
    sheet.flow(50, y + 48, 300, "[签名 Signature: {signed_name}, {signed_title}]", 9.5)
    sheet.seal(460, y + 36, "合格")
    number_pages(sheet, 490, 810, "{} / {} 页")


@LAYOUTS.add(PROCESS, "DE", Habits("de", "DD.MM.YYYY", ".", ","), "plain", "plain bold", Scan(220, 0.5, 6, 70))
def eingescannter_lieferschein(sheet: Sheet) -> None:
    sheet.title(56, 48, "Konformitätserklärung", 17)
    sheet.flow(56, 76, 480, "{site}, {site_address}", 10.5)
    y = 108
    for label, template in (
        ("Erklärung Nr.", "{stated_number}"), ("Datum", "{stated_on}"), ("Bestellung", "{po_number}"), ("Position", "{po_line}"), ("Teilenummer", "{part_number}"), ("Index", "{part_revision}"),
        ("Losnummer", "{lot_number}"), ("Stückzahl", "{quantity}"), ("Spezifikation", "{spec_number}"), ("Ausgabe", "{spec_revision}"), ("Typ", "{spec_type}"), ("Klasse", "{spec_class}"),
        ("Beginn", "{process_from}"), ("Ende", "{process_to}"),
    ):
        y = sheet.pair(56, y, label, template, 130, 340, 11) + 5
    for row in sheet.facts.rows:
        sheet.say(56, y + 4, f"{row.name}: {sheet.habits.number(row.value)} {row.unit}  ({bounds(sheet, row, ' bis ')})", 11)
        sheet.note(row)
        y += 20
    y = state(sheet, 56, y + 14, 480, "Wir erklären, dass die Teile der Spezifikation und der Bestellung entsprechen.",
              "Alle Angaben ohne Gewähr.", 11)
    sheet.scribble(180, y + 28)
    sheet.pair(56, y + 42, "Unterschrift", "{signed_name}", 130, 300, 11)
    sheet.pair(56, y + 60, "Funktion", "{signed_title}", 130, 300, 11)
