"""A third set of layouts a reader was judged on once: houses that write German, Spanish, Chinese or two languages."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import Scan, number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.tune_layouts import LAYOUTS
from tests.certificates.tune_layouts_third import (
    across,
    house_number,
    joined,
    limits,
    of_test,
    strip,
    table,
    unlimited,
    value,
)

GERMAN = {"Coating thickness": "Schichtdicke", "Hardness": "Härte", "Conductivity": "Elektr. Leitfähigkeit",
          "Tensile strength": "Zugfestigkeit Rm", "Yield strength": "Dehngrenze Rp0,2", "Elongation": "Bruchdehnung A"}
SPANISH = {"Coating thickness": "Espesor del recubrimiento", "Hardness": "Dureza", "Conductivity": "Conductividad",
           "Tensile strength": "Resistencia a la tracción", "Yield strength": "Límite elástico", "Elongation": "Alargamiento"}
CHINESE = {"Coating thickness": "膜厚", "Hardness": "硬度", "Conductivity": "电导率", "Tensile strength": "抗拉强度", "Yield strength": "屈服强度", "Elongation": "断后伸长率"}


def named(words: dict[str, str]):
    return lambda row: words.get(row.name, row.name)


# German
@LAYOUTS.add(PROCESS, "DE", Habits("de", "DD.MM.YYYY", ".", ","), "noto", "noto bold", families=("anodize", "plating", "chem film"))
def pruefbescheinigung_der_oberflaeche(sheet: Sheet) -> None:
    sheet.flow(50, 36, 300, "{issuer_name}", 15, sheet.bold)
    sheet.flow(50, 56, 400, "{site_address}", 8)
    sheet.line(50, 70, 545, 70)
    sheet.title(50, 84, "Prüfbescheinigung Oberflächenbehandlung", 13)
    sheet.flow(50, 106, 240, "[Nr. {stated_number}]", 10)
    sheet.flow(330, 106, 215, "Ausgestellt am {stated_on}", 10)
    y = 136
    for label, template in (("Auftraggeber", "{customer}"), ("Ihre Bestellung", "{po_number}, Pos. {po_line}"), ("Unser Auftrag", house_number(sheet, "AB-", 6)), ("Benennung", "{description}"),
                            ("Teilenummer", "{part_number}"), ("Änderungsstand", "{part_revision}"), ("Los-Nr.", "{lot_number}"), ("Stückzahl", "{quantity} Stück"),
                            ("Ausgeführt in", "{site}"), ("Bearbeitungszeitraum", "{process_from} bis {process_to}")):
        sheet.pair(50, y, label, template, 150, 340, 9.5)
        y += 16
    sheet.box(50, y + 8, 495, 30)
    sheet.say(56, y + 12, "Vorschrift", 7, sheet.bold)
    sheet.flow(56, y + 22, 480, "{spec_number}[, Ausgabe {spec_revision}][, Typ {spec_type}][, Klasse {spec_class}]", 10)
    y += 54
    if sheet.facts.rows:
        y = table(sheet, y, [(50, "Prüfmerkmal", named(GERMAN)), (210, "Sollwert", lambda row: limits(sheet, row, " bis ", "mind. {}", "max. {}")), (330, "Istwert", value(sheet)), (420, "Einheit", lambda row: row.unit)], sheet.facts.rows, 15, 9)
    y = state(sheet, 50, y + 10, 495, "Hiermit wird bestätigt, dass die aufgeführten Teile nach der genannten Vorschrift behandelt und geprüft wurden und den Anforderungen der Bestellung entsprechen.",
              "Die Teile wurden wie üblich bearbeitet.", 9.5)
    sheet.scribble(70, y + 44)
    sheet.line(50, y + 56, 260, y + 56)
    sheet.flow(50, y + 60, 300, "{signed_name}", 9.5)
    sheet.flow(50, y + 74, 300, "{signed_title}", 8.5)
    sheet.say(50, 806, "Qualitätsmanagement zertifiziert nach DIN EN 9100:2018. Formblatt QF 8-12, Stand 03.2024", 6.5)
    number_pages(sheet, 490, 806, "Seite {} von {}")


@LAYOUTS.add(PROCESS, "DE", Habits("de", "D. MONTH YYYY", ".", ","), "roman", "roman bold")
def konformitaetserklaerung_als_brief(sheet: Sheet) -> None:
    sheet.flow(320, 40, 220, "{issuer_name}", 12, sheet.bold)
    sheet.flow(320, 58, 220, "{site_address}", 9)
    sheet.flow(70, 110, 240, "Firma {customer}", 10.5)
    sheet.say(70, 124, "Wareneingang", 10.5)
    sheet.flow(320, 124, 220, "{stated_on}", 10.5)
    sheet.flow(70, 164, 460, "Konformitätserklärung[ Nr. {stated_number}]", 12, sheet.bold)
    sheet.say(70, 196, "Sehr geehrte Damen und Herren,", 10.5)
    y = sheet.flow(70, 220, 460, "zu Ihrer Bestellung {po_number}, Position {po_line}, haben wir {quantity} Stück des Teils {part_number}, Stand {part_revision}, {description}, "
                   "aus Ihrem Los {lot_number} bearbeitet.", 10.5)
    y = sheet.flow(70, y + 10, 460, "Die Arbeiten erfolgten vom {process_from} bis zum {process_to} in unserem Betrieb {site} nach {spec_number}[ Revision {spec_revision}][, Typ {spec_type}][, Klasse {spec_class}].", 10.5)
    for row in sheet.facts.rows:
        y = y + 8
        sheet.say(70, y, f"Gemessen wurde: {GERMAN[row.name]} {sheet.habits.number(row.value)} {row.unit} (gefordert {limits(sheet, row, ' bis ', 'mindestens {}', 'höchstens {}')} {row.unit}).", 10.5)
        sheet.note(row)
        y += 14
    y = state(sheet, 70, y + 10, 460, "Wir erklären in alleiniger Verantwortung, dass die gelieferten Teile der genannten Vorschrift und den Vereinbarungen der Bestellung entsprechen.",
              "Wir hoffen, dass die Teile Ihren Erwartungen entsprechen.", 10.5)
    sheet.say(70, y + 18, "Mit freundlichen Grüßen", 10.5)
    sheet.scribble(74, y + 60)
    sheet.flow(70, y + 78, 400, "[{signed_name}][, {signed_title}]", 10.5)
    sheet.say(70, 800, "Geschäftsführer: H. Lang    Amtsgericht HRB 10417    USt-IdNr. DE 811 204 933", 7)


@LAYOUTS.add(MATERIAL, "DE", Habits("de", "DD.MM.YYYY", ".", ","), "sans", "sans bold")
def analyse_in_zwei_bloecken(sheet: Sheet) -> None:
    sheet.title(40, 32, "Abnahmeprüfzeugnis", 16)
    sheet.flow(40, 54, 260, "Bescheinigung {certificate_type} nach DIN EN 10204", 9)
    sheet.flow(330, 34, 225, "{issuer_name}", 11, sheet.bold)
    sheet.flow(330, 50, 225, "{site}", 8)
    sheet.flow(330, 61, 225, "{site_address}", 8)
    sheet.line(40, 78, 555, 78, 1)
    y = sheet.flow(40, 88, 515, "[Zeugnis {stated_number} ]vom {stated_on} zur Bestellung {po_number}, Position {po_line}, von {customer}", 10)
    for label, template in (("Gegenstand", "{description}"), ("Werkstoff", "{grade}"), ("Liefervorschrift", "{spec_number}[, Ausgabe {spec_revision}]"), ("Lieferzustand", "{condition}"), ("Schmelzen-Nr.", "{identifier}"),
                            ("Liefermenge", "{quantity} Stück, {weight} kg"), ("Werksauftrag", house_number(sheet, "WA", 6))):
        sheet.pair(60, y + 8, label, template, 130, 340, 9.5)
        y += 16
    sheet.say(40, y + 18, "Schmelzenanalyse, Massenanteil in %", 9, sheet.bold)
    elements = of_test(sheet, "chemistry")
    middle, top = (len(elements) + 1) // 2, y + 34
    for x, block in ((40, elements[:middle]), (310, elements[middle:])):
        y = table(sheet, top, [(x, "Element", lambda row: row.name), (x + 60, "min.", lambda row: sheet.habits.number(row.minimum) or "-"), (x + 115, "max.", lambda row: sheet.habits.number(row.maximum) or "-"), (x + 170, "Ist", value(sheet))], block)
    y = top + 13 * (middle + 1)
    sheet.line(297, top, 297, y - 4)
    sheet.say(40, y + 10, "Zugversuch bei Raumtemperatur", 9, sheet.bold)
    y = table(sheet, y + 26, [(40, "Kennwert", named(GERMAN)), (190, "Sollwert", lambda row: limits(sheet, row, " bis ", "mind. {}", "max. {}")), (310, "Istwert", value(sheet)), (400, "Einheit", lambda row: row.unit)], of_test(sheet, "mechanical"), 14, 9)
    y = state(sheet, 40, y + 10, 515, "Es wird bestätigt, dass die Lieferung den Vereinbarungen bei der Bestellung und der Liefervorschrift entspricht. Die Prüfergebnisse stammen aus der gelieferten Schmelze.",
              "Die Lieferung stammt aus laufender Fertigung.", 9)
    sheet.scribble(180, y + 34)
    sheet.say(40, y + 46, "Der Abnahmebeauftragte", 9)
    sheet.flow(170, y + 46, 250, "{signed_name}", 9.5)
    sheet.flow(170, y + 60, 250, "{signed_title}", 8.5)
    sheet.say(40, 780, "Dieses Zeugnis wurde maschinell erstellt. Weitergabe nur vollständig und unverändert.", 6.5)
    number_pages(sheet, 480, 806, "Blatt {} von {}")


@LAYOUTS.add(PROCESS, "DE", Habits("de", "DD.MM.YYYY", ".", ","), "noto", "noto bold", scan=Scan(220, -0.5, 6, 72), families=("heat treat", "anodize", "passivation"))
def zweisprachiges_haertereizeugnis(sheet: Sheet) -> None:
    sheet.flow(44, 34, 400, "{issuer_name}", 15, sheet.bold)
    sheet.flow(44, 56, 420, "{site}, {site_address}", 8.5)
    sheet.title(44, 84, "Prüfzeugnis / Test certificate", 14)
    y = 114
    for german, english, template in (("Zeugnis-Nr.", "Certificate no.", "{stated_number}"), ("Datum", "Date", "{stated_on}"), ("Kunde", "Customer", "{customer}"), ("Bestell-Nr.", "Purchase order", "{po_number}"),
                                      ("Position", "Item", "{po_line}"), ("Teil-Nr.", "Part no.", "{part_number}"), ("Index", "Revision", "{part_revision}"), ("Los", "Lot", "{lot_number}"),
                                      ("Menge", "Quantity", "{quantity}"), ("Norm", "Specification", joined(sheet)), ("Typ / Klasse", "Type / Class", "[Typ {spec_type}][ Klasse {spec_class}]"), ("Behandelt", "Processed", "{process_from} - {process_to}")):
        if german == "Typ / Klasse" and not (sheet.facts.spec_type or sheet.facts.spec_class):
            continue
        sheet.say(44, y, german, 10, sheet.bold)
        sheet.say(150, y, english, 9)
        sheet.flow(270, y, 280, template, 10.5, label=german)
        y += 20
    for row in sheet.facts.rows:
        sheet.say(44, y, GERMAN[row.name], 10, sheet.bold)
        sheet.say(44, y + 13, row.name, 9)
        sheet.say(270, y, f"Soll {limits(sheet, row, ' - ', 'min. {}', 'max. {}')} {row.unit}", 10.5)
        sheet.say(430, y, f"Ist {sheet.habits.number(row.value)} {row.unit}", 10.5)
        sheet.note(row)
        y += 34
    y = state(sheet, 44, y + 10, 500, "Die Teile wurden nach der genannten Norm behandelt und entsprechen ihr und der Bestellung. / The parts were processed to the specification stated and conform to it and to the order.",
              "Die Teile wurden behandelt. / The parts were processed.", 10)
    sheet.seal(470, y + 58, "QS 04")
    sheet.scribble(70, y + 46)
    sheet.flow(44, y + 64, 400, "{signed_name}", 10.5)
    sheet.flow(44, y + 80, 400, "{signed_title}", 9.5)


# Spanish
@LAYOUTS.add(PROCESS, "MX", Habits("es", "DD/MM/YYYY", ","), "sans", "sans bold", families=("plating", "anodize", "heat treat"))
def certificado_de_conformidad_en_cuadros(sheet: Sheet) -> None:
    sheet.box(36, 30, 523, 50, 0.9)
    sheet.flow(46, 36, 320, "{issuer_name}", 14, sheet.bold)
    sheet.flow(46, 58, 320, "{site_address}", 8)
    sheet.say(370, 36, "CERTIFICADO DE", 11, sheet.bold)
    sheet.say(370, 50, "CONFORMIDAD", 11, sheet.bold)
    sheet.flow(370, 66, 180, "[Folio {stated_number}]", 9)
    y = strip(sheet, 36, 88, ((262, "Cliente", "{customer}"), (131, "Orden de compra", "{po_number}"), (130, "Partida", "{po_line}")), 28)
    y = strip(sheet, 36, y, ((131, "Número de parte", "{part_number}"), (70, "Revisión", "{part_revision}"), (192, "Descripción", "{description}"), (130, "Lote", "{lot_number}")), 28)
    y = strip(sheet, 36, y, ((131, "Cantidad (pzas)", "{quantity}"), (132, "Fecha de emisión", "{stated_on}"), (130, "Inicio del proceso", "{process_from}"), (130, "Fin del proceso", "{process_to}")), 28)
    y = strip(sheet, 36, y, ((201, "Especificación", "{spec_number}[ Rev. {spec_revision}]"), (70, "Tipo", "{spec_type}"), (70, "Clase", "{spec_class}"), (182, "Planta", "{site}")), 40, 8.5)
    if sheet.facts.rows:
        y = table(sheet, y + 14, [(40, "Característica", named(SPANISH)), (210, "Mínimo", lambda row: row.minimum or "-"), (290, "Máximo", lambda row: row.maximum or "-"), (370, "Resultado", value(sheet)), (460, "Unidad", lambda row: row.unit)], sheet.facts.rows, 15, 9)
    y = state(sheet, 36, y + 14, 520, "Se certifica que las piezas descritas fueron procesadas e inspeccionadas de acuerdo con la especificación indicada y cumplen con los requisitos de la orden de compra.",
              "Las piezas descritas fueron procesadas según nuestra práctica habitual.", 9.5)
    sheet.scribble(60, y + 40)
    sheet.line(36, y + 54, 260, y + 54)
    sheet.flow(36, y + 58, 300, "{signed_name}", 9.5)
    sheet.flow(36, y + 72, 300, "{signed_title}", 8.5)
    sheet.say(36, y + 86, "Nombre, puesto y firma", 7)
    number_pages(sheet, 480, 806, "Hoja {} de {}")


@LAYOUTS.add(PROCESS, "MX", Habits("es", "D de MONTH de YYYY", ","), "serif", "serif bold")
def carta_de_cumplimiento(sheet: Sheet) -> None:
    sheet.centred(40, sheet.facts.issuer_name, 16)
    sheet.flow(160, 62, 380, "{site_address}", 8.5)
    sheet.flow(330, 96, 220, "{stated_on}", 10)
    sheet.flow(60, 120, 480, "Certificado de cumplimiento[ No. {stated_number}]", 13, sheet.bold)
    sheet.flow(60, 148, 480, "A: {customer}, Inspección de recibo", 10)
    y = sheet.flow(60, 176, 475, "Por medio de la presente hacemos constar que el lote {lot_number}, que consta de {quantity} piezas del número de parte {part_number}, revisión {part_revision}, {description}, "
                   "amparado por su orden de compra {po_number}, partida {po_line}, fue procesado en {site} del {process_from} al {process_to}.", 10)
    y = sheet.flow(60, y + 10, 475, "El proceso se realizó conforme a {spec_number}[ revisión {spec_revision}][, tipo {spec_type}][, clase {spec_class}].", 10)
    for row in sheet.facts.rows:
        y = y + 8
        sheet.say(60, y, f"{SPANISH[row.name]}: {row.value} {row.unit}", 10)
        sheet.note(unlimited(row))
        y += 14
    y = state(sheet, 60, y + 10, 475, "Certificamos que las piezas cumplen con todos los requisitos de la especificación y de la orden de compra citadas.",
              "Agradecemos su preferencia y quedamos a sus órdenes.", 10)
    sheet.say(60, y + 20, "Atentamente,", 10)
    sheet.scribble(64, y + 62)
    sheet.flow(60, y + 78, 400, "{signed_name}", 10)
    sheet.flow(60, y + 93, 400, "{signed_title}", 9)


@LAYOUTS.add(MATERIAL, "MX", Habits("es", "DD-MM-YYYY", ","), "noto", "noto bold")
def certificado_de_inspeccion_de_material(sheet: Sheet) -> None:
    sheet.flow(40, 34, 300, "{issuer_name}", 14, sheet.bold)
    sheet.flow(40, 54, 300, "{site}", 8)
    sheet.flow(40, 65, 300, "{site_address}", 8)
    sheet.say(330, 34, "Certificado de inspección", 13, sheet.bold)
    sheet.flow(330, 54, 220, "EN 10204 tipo {certificate_type}", 9.5)
    sheet.line(40, 82, 555, 82)
    y = 92
    for (one, first), (two, second) in ((("Certificado", "{stated_number}"), ("Fecha", "{stated_on}")), (("Cliente", "{customer}"), ("Pedido", "{po_number} / {po_line}")), (("Producto", "{description}"), ("Aleación", "{grade}")),
                                        (("Norma", "{spec_number}[ Rev. {spec_revision}]"), ("Temple / estado", "{condition}")), (("Colada", "{identifier}"), ("Piezas", "{quantity}")), (("Peso neto, kg", "{weight}"), ("Remisión", house_number(sheet, "R-", 6)))):
        sheet.pair(40, y, one, first, 84, 170)
        sheet.pair(310, y, two, second, 90, 150)
        y += 16
    y = table(sheet, y + 14, [(40, "Ensayo", lambda row: "Químico" if row.test == "chemistry" else "Tracción"), (120, "Propiedad", named(SPANISH)), (270, "Unidad", lambda row: row.unit), (330, "Mín.", lambda row: row.minimum or "-"),
                              (400, "Máx.", lambda row: row.maximum or "-"), (470, "Valor", value(sheet))], sheet.facts.rows, 14, 9)
    y = state(sheet, 40, y + 10, 515, "Certificamos que el material suministrado fue ensayado y cumple con la norma y con el pedido indicados.",
              "El material suministrado proviene de nuestra producción normal.", 9.5)
    sheet.scribble(330, y + 36)
    sheet.line(310, y + 50, 555, y + 50)
    sheet.flow(310, y + 54, 245, "{signed_name}", 9.5)
    sheet.flow(310, y + 68, 245, "{signed_title}", 8.5)
    number_pages(sheet, 480, 806, "Página {} de {}")


@LAYOUTS.add(PROCESS, "MX", Habits("es", "DD/MM/YYYY", ","), "sans", "sans bold", scan=Scan(220, 0.6, 6, 72), families=("passivation", "penetrant inspection", "plating"))
def reporte_bilingue_del_taller(sheet: Sheet) -> None:
    sheet.centred(36, sheet.facts.issuer_name, 15)
    sheet.flow(120, 58, 440, "{site} - {site_address}", 8.5)
    sheet.centred(84, "CERTIFICADO DE PROCESO / PROCESS CERTIFICATE", 11)
    y = 112
    for label, template in (("Certificado / Certificate No.", "{stated_number}"), ("Fecha / Date", "{stated_on}"), ("Cliente / Customer", "{customer}"), ("O.C. / P.O.", "{po_number}"), ("Línea / Line", "{po_line}"),
                            ("No. de parte / Part No.", "{part_number}"), ("Revisión / Revision", "{part_revision}"), ("Lote / Lot", "{lot_number}"), ("Cantidad / Quantity", "{quantity}"),
                            ("Especificación / Specification", "{spec_number}[ Rev. {spec_revision}]"), ("Tipo / Type", "{spec_type}"), ("Clase / Class", "{spec_class}"), ("Terminado / Completed", "{process_to}")):
        sheet.box(44, y, 180, 20)
        sheet.box(224, y, 327, 20)
        sheet.say(49, y + 5, label, 9, sheet.bold)
        sheet.flow(230, y + 4, 320, template, 10.5, label=label)
        y += 20
    for row in sheet.facts.rows:
        sheet.box(44, y, 507, 20)
        sheet.say(49, y + 5, f"{SPANISH[row.name]} / {row.name}:  {row.value} {row.unit}  (min {row.minimum or '-'}, max {row.maximum or '-'})", 9)
        sheet.note(row)
        y += 20
    y = state(sheet, 44, y + 16, 500, "Se certifica que las piezas cumplen con la especificación y la orden de compra. / We certify that the parts conform to the specification and the purchase order.",
              "Piezas procesadas. / Parts processed.", 10)
    sheet.scribble(70, y + 46)
    sheet.flow(44, y + 64, 400, "{signed_name}", 10.5)
    sheet.flow(44, y + 80, 400, "{signed_title}", 9.5)


# Chinese
@LAYOUTS.add(PROCESS, "CN", Habits("zh", "YYYY年M月D日"), "sans", "sans bold", families=("anodize", "plating", "heat treat"))
def heat_and_surface_grid_in_chinese(sheet: Sheet) -> None:
    sheet.centred(34, sheet.facts.issuer_name, 15)
    sheet.centred(58, "产品检验合格证", 17)
    sheet.flow(410, 82, 150, "[编号：{stated_number}]", 9)
    pairs = ((("客户名称", "{customer}"), ("采购订单号", "{po_number}")), (("订单行号", "{po_line}"), ("零件名称", "{description}")), (("零件图号", "{part_number}"), ("图纸版本", "{part_revision}")),
             (("批次号", "{lot_number}"), ("数量（件）", "{quantity}")), (("加工开始日期", "{process_from}"), ("加工完成日期", "{process_to}")), (("执行标准", "{spec_number}[ {spec_revision}版]"), ("类型 / 等级", "[{spec_type}型][ {spec_class}级]")),
             (("加工地点", "{site}"), ("地址", "{site_address}")))
    y = 100
    for pair in pairs:
        for x, (label, template) in zip((40, 300), pair, strict=True):
            sheet.box(x, y, 80, 26, 0.93)
            sheet.box(x, y, 80, 26)
            sheet.box(x + 80, y, 180, 26)
            sheet.say(x + 5, y + 8, label, 9)
            sheet.flow(x + 85, y + 8, 174, template, 9, label=label)
        y += 26
    if sheet.facts.rows:
        sheet.say(40, y + 12, "检测结果", 10, sheet.bold)
        y = table(sheet, y + 30, [(46, "检测项目", named(CHINESE)), (180, "单位", lambda row: row.unit), (250, "技术要求", lambda row: limits(sheet, row, "～", "≥{}", "≤{}")), (370, "实测值", value(sheet)), (460, "抽检数", lambda row: "3")], sheet.facts.rows, 16, 9.5)
    y = state(sheet, 40, y + 12, 510, "兹证明上述零件已按所列标准加工并检验，符合标准及采购订单的全部要求。", "上述零件已完成加工，请验收。", 10)
    sheet.say(40, y + 30, "检验负责人：", 10)
    sheet.flow(110, y + 30, 200, "{signed_name}", 10.5)
    sheet.flow(110, y + 46, 200, "{signed_title}", 9)
    sheet.say(330, y + 30, "签发日期：", 10)
    sheet.flow(386, y + 30, 160, "{stated_on}", 10)
    sheet.seal(480, y + 90, "检验专用章")
    number_pages(sheet, 470, 806, "第{}页 共{}页")


@LAYOUTS.add(PROCESS, "CN", Habits("zh", "YYYY-MM-DD"), "noto", "noto bold", families=("passivation", "chem film", "penetrant inspection"))
def statement_of_conformity_in_two_scripts(sheet: Sheet) -> None:
    sheet.flow(44, 34, 400, "{issuer_name}", 14)
    sheet.flow(44, 54, 400, "{site_address}", 8.5)
    sheet.line(44, 70, 551, 70, 1.2)
    sheet.centred(80, "质量合格声明 Certificate of Conformance", 13)
    y = 112
    for label, template in (("证书编号 Certificate No.", "{stated_number}"), ("签发日期 Issue date", "{stated_on}"), ("客户 Customer", "{customer}"), ("订单号 Purchase order", "{po_number}"), ("行号 Line", "{po_line}"),
                            ("图号 Part number", "{part_number}"), ("版次 Revision", "{part_revision}"), ("批号 Lot number", "{lot_number}"), ("标准 Specification", "{spec_number}[ Rev. {spec_revision}]"),
                            ("类别 Type", "{spec_type}"), ("等级 Class", "{spec_class}"), ("加工日期 Processed", "{process_from} ~ {process_to}"), ("加工厂 Plant", "{site}")):
        sheet.pair(44, y, label, template, 160, 340, 9.5)
        sheet.line(44, y + 14, 551, y + 14, 0.3)
        y += 19
    for x, head in ((44, "接收数量 Received"), (214, "合格数量 Accepted"), (384, "不合格数量 Rejected")):
        sheet.box(x, y + 6, 167, 34)
        sheet.say(x + 5, y + 10, head, 8)
    sheet.flow(49, y + 23, 100, "{quantity}", 10)
    sheet.flow(219, y + 23, 100, "{quantity}", 10)
    sheet.say(389, y + 23, "0", 10)
    y += 52
    for row in sheet.facts.rows:
        sheet.say(44, y, f"{CHINESE[row.name]} {row.name}: {row.value} {row.unit} ({limits(sheet, row)})", 9.5)
        sheet.note(row)
        y += 16
    y = state(sheet, 44, y + 6, 520, "兹证明上述零件符合所列标准和订单要求。 We certify that the parts above conform to the specification and the order.",
              "零件已加工。 The parts were processed.", 8.5)
    sheet.say(44, y + 36, "批准 Approved by", 8)
    sheet.scribble(150, y + 30)
    sheet.flow(140, y + 36, 160, "{signed_name}", 10.5)
    sheet.flow(140, y + 52, 160, "{signed_title}", 9)
    sheet.seal(470, y + 44, "质量部")


@LAYOUTS.add(MATERIAL, "CN", Habits("zh", "YYYY年MM月DD日"), "sans", "sans bold")
def mill_quality_paper_in_chinese(sheet: Sheet) -> None:
    sheet.centred(32, "产品质量证明书", 17)
    sheet.centred(56, sheet.facts.issuer_name, 12)
    sheet.flow(40, 78, 400, "{site} {site_address}", 8)
    sheet.flow(400, 78, 160, "EN 10204 {certificate_type}", 9)
    y = strip(sheet, 40, 94, ((172, "证明书号", "{stated_number}"), (172, "签发日期", "{stated_on}"), (171, "购货单位", "{customer}")))
    y = strip(sheet, 40, y, ((172, "合同号", "{po_number}"), (172, "项次", "{po_line}"), (171, "炉号", "{identifier}")))
    y = strip(sheet, 40, y, ((172, "品名规格", "{description}"), (172, "牌号", "{grade}"), (171, "交货状态", "{condition}")))
    y = strip(sheet, 40, y, ((172, "技术标准", "{spec_number}[ {spec_revision}]"), (172, "支数", "{quantity}"), (171, "重量（kg）", "{weight}")))
    sheet.say(40, y + 14, "化学成分（%）", 9.5, sheet.bold)
    y = across(sheet, 40, y + 32, 55, of_test(sheet, "chemistry"), [("下限", "minimum"), ("上限", "maximum"), ("实测", "value")], 50, 9)
    sheet.say(40, y + 14, "力学性能", 9.5, sheet.bold)
    y = table(sheet, y + 32, [(40, "项目", named(CHINESE)), (160, "单位", lambda row: row.unit), (240, "标准值", lambda row: f"≥{row.minimum}"), (340, "实测值", value(sheet))], of_test(sheet, "mechanical"), 15, 9)
    y = state(sheet, 40, y + 12, 515, "本产品经检验，符合上述技术标准及合同要求，特此证明。", "本产品为常规生产，仅供参考。", 10)
    sheet.say(40, y + 34, "质检员：", 10)
    sheet.flow(90, y + 34, 150, "{signed_name}", 10.5)
    sheet.flow(160, y + 34, 150, "{signed_title}", 9)
    sheet.seal(470, y + 50, "质量检验章")
    number_pages(sheet, 470, 806, "第{}页 共{}页")


@LAYOUTS.add(MATERIAL, "CN", Habits("zh", "YYYY-MM-DD"), "sans", "sans bold", scan=Scan(240, 0.4, 5, 78))
def bilingual_mill_paper_off_the_glass(sheet: Sheet) -> None:
    sheet.centred(36, sheet.facts.issuer_name, 15)
    sheet.flow(60, 58, 480, "{site}  {site_address}", 9)
    sheet.centred(82, "材质证明书 MATERIAL CERTIFICATE", 13)
    y = 110
    for pair in ((("证书号 Cert. No.", "{stated_number}"), ("日期 Date", "{stated_on}")), (("客户 Customer", "{customer}"), ("订单 Order", "{po_number} / {po_line}")), (("炉号 Heat No.", "{identifier}"), ("牌号 Grade", "{grade}")),
                 (("标准 Specification", "{spec_number}[ Rev. {spec_revision}]"), ("状态 Condition", "{condition}")), (("产品 Product", "{description}"), ("数量 Pieces", "{quantity}")), (("重量 Weight kg", "{weight}"), ("证书类型 Type", "EN 10204 {certificate_type}"))):
        for x, (label, template) in zip((44, 310), pair, strict=True):
            sheet.pair(x, y, label, template, 120, 150, 10)
        y += 20
    y = table(sheet, y + 12, [(44, "项目 Item", lambda row: f"{CHINESE.get(row.name, '')} {row.name}".strip()), (230, "单位 Unit", lambda row: row.unit), (310, "最小 Min.", lambda row: row.minimum or "-"),
                              (390, "最大 Max.", lambda row: row.maximum or "-"), (470, "实测 Actual", value(sheet))], sheet.facts.rows, 18, 10)
    y = state(sheet, 44, y + 10, 510, "兹证明上述材料经检验符合所列标准和订单。 The material conforms to the specification and order.", "材料供参考。 The material is supplied for reference.", 9)
    sheet.scribble(150, y + 44)
    sheet.say(44, y + 52, "检验员 Inspector", 10)
    sheet.flow(150, y + 52, 150, "{signed_name}", 11)
    sheet.flow(210, y + 53, 150, "{signed_title}", 10)
    sheet.seal(470, y + 56, "质检章")
