"""A fourth set of layouts a reader was judged on once: houses that write German, Spanish or Chinese."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import Scan, number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.tune_layouts import LAYOUTS
from tests.certificates.tune_layouts_fourth_parts import (
    down,
    elements_across,
    not_of,
    of_test,
    over_rules,
    results,
    said,
    span,
    spec,
    under_heads,
)

NAMES = {
    "de": {
        "Coating thickness": "Schichtdicke",
        "Hardness": "Härte",
        "Conductivity": "Leitfähigkeit",
        "Tensile strength": "Zugfestigkeit",
        "Yield strength": "Streckgrenze",
        "Elongation": "Bruchdehnung",
    },
    "es": {
        "Coating thickness": "Espesor del recubrimiento",
        "Hardness": "Dureza",
        "Conductivity": "Conductividad",
        "Tensile strength": "Resistencia a la tracción",
        "Yield strength": "Límite elástico",
        "Elongation": "Alargamiento",
    },
    "zh": {
        "Coating thickness": "膜层厚度",
        "Hardness": "硬度",
        "Conductivity": "电导率",
        "Tensile strength": "抗拉强度",
        "Yield strength": "屈服强度",
        "Elongation": "伸长率",
    },
}


def named(sheet: Sheet, row) -> str:
    return NAMES[sheet.habits.language].get(row.name, row.name)


@LAYOUTS.add(PROCESS, "DE", Habits("de", "DD.MM.YYYY", ".", ","), "plain", "plain bold")
def pruefbescheinigung_der_oberflaeche(sheet: Sheet) -> None:
    sheet.flow(50, 36, 400, "{issuer_name}", 14, sheet.bold)
    sheet.flow(50, 56, 480, "{site} · {site_address}", 8)
    sheet.title(50, 84, "Konformitätsbescheinigung", 14)
    y = down(
        sheet,
        50,
        112,
        100,
        (
            ("Bescheinigung Nr.", "{stated_number}"),
            ("Kunde", "{customer}"),
            ("Bestellnummer", "{po_number}"),
            ("Position", "{po_line}"),
        ),
        width=160,
    )
    down(
        sheet,
        320,
        112,
        100,
        (
            ("Ausstellungsdatum", "{stated_on}"),
            ("Losnummer", "{lot_number}"),
            ("Stückzahl", "{quantity}"),
            ("Benennung", "{description}"),
        ),
        width=130,
    )
    y = under_heads(
        sheet,
        y + 10,
        (
            (50, 120, "Teilenummer", "{part_number}"),
            (170, 70, "Änderungsstand", "{part_revision}"),
            (240, 180, "Spezifikation", spec(sheet, " Rev. ")),
            (420, 65, "Typ", "{spec_type}"),
            (485, 65, "Klasse", "{spec_class}"),
        ),
    )
    y = sheet.flow(50, y + 14, 490, "Bearbeitet vom {process_from} bis {process_to}", 9)
    if sheet.facts.rows:
        y = results(
            sheet,
            y + 12,
            ((50, "Prüfmerkmal"), (200, "Sollwert"), (330, "Istwert"), (430, "Einheit")),
            sheet.facts.rows,
            lambda row: (named(sheet, row), span(sheet, row), said(sheet, row, "value"), row.unit),
        )
    y = state(
        sheet,
        50,
        y + 14,
        490,
        "Wir bestätigen, dass die oben genannten Teile gemäß der Bestellung und der genannten Spezifikation bearbeitet wurden und deren Anforderungen erfüllen.",
        "Die Teile wurden in unserem Hause in üblicher Weise bearbeitet.",
    )
    sheet.scribble(60, y + 34)
    over_rules(sheet, 50, y + 48, ((200, "Name", "{signed_name}"), (200, "Funktion", "{signed_title}")))
    number_pages(sheet, 490, 800, "Seite {} von {}")


@LAYOUTS.add(MATERIAL, "DE", Habits("de", "DD.MM.YYYY", ".", ","), "sans", "sans bold")
def abnahmepruefzeugnis_zweispaltig(sheet: Sheet) -> None:
    sheet.flow(40, 32, 320, "{issuer_name}", 13, sheet.bold)
    sheet.flow(40, 50, 320, "{site}, {site_address}", 7.5)
    sheet.title(40, 74, "Abnahmeprüfzeugnis / Inspection certificate", 12)
    sheet.flow(40, 92, 400, "DIN EN 10204 – {certificate_type}", 10)
    y = down(
        sheet,
        40,
        118,
        120,
        (
            ("Zeugnis-Nr. / Cert. no.", "{stated_number}"),
            ("Datum / Date", "{stated_on}"),
            ("Besteller / Purchaser", "{customer}"),
            ("Bestell-Nr. / Order no.", "{po_number}"),
            ("Pos. / Item", "{po_line}"),
        ),
        8,
        width=130,
    )
    down(
        sheet,
        310,
        118,
        125,
        (
            ("Schmelze / Heat no.", "{identifier}"),
            ("Werkstoff / Grade", "{grade}"),
            ("Zustand / Condition", "{condition}"),
            ("Stückzahl / Pieces", "{quantity}"),
            ("Gewicht / Weight [kg]", "{weight}"),
        ),
        8,
        width=120,
    )
    y = down(
        sheet,
        40,
        y,
        120,
        (("Erzeugnis / Product", "{description}"), ("Norm / Specification", spec(sheet, " Rev. "))),
        8,
        width=300,
    )
    sheet.title(40, y + 10, "Chemische Zusammensetzung / Chemical composition [%]", 8.5)
    y = elements_across(
        sheet,
        40,
        y + 26,
        52,
        57,
        of_test(sheet, "chemistry"),
        (("Min.", "minimum"), ("Max.", "maximum"), ("Ist / Actual", "value")),
        8,
    )
    sheet.title(40, y + 8, "Mechanische Eigenschaften / Mechanical properties", 8.5)
    y = results(
        sheet,
        y + 24,
        ((40, "Merkmal / Property"), (250, "Einheit"), (310, "Min."), (370, "Max."), (430, "Ist / Actual")),
        not_of(sheet, "chemistry"),
        lambda row: (
            f"{named(sheet, row)} / {row.name}",
            row.unit,
            said(sheet, row, "minimum"),
            said(sheet, row, "maximum"),
            said(sheet, row, "value"),
        ),
        size=8,
    )
    y = state(
        sheet,
        40,
        y + 12,
        510,
        "Es wird bestätigt, dass die Lieferung geprüft wurde und den Anforderungen der Bestellung und der genannten Norm entspricht.",
        "Die Lieferung entspricht der handelsüblichen Güte.",
    )
    sheet.scribble(350, y + 30)
    sheet.flow(340, y + 46, 200, "{signed_name}", 9)
    sheet.flow(340, y + 58, 200, "{signed_title}", 8)
    number_pages(sheet, 470, 804, "Blatt {} von {}")


@LAYOUTS.add(PROCESS, "MX", Habits("es", "DD/MM/YYYY", ","), "noto", "noto bold")
def certificado_de_proceso_en_recuadros(sheet: Sheet) -> None:
    sheet.flow(40, 34, 400, "{issuer_name}", 14, sheet.bold)
    sheet.flow(40, 56, 480, "{site}, {site_address}", 8)
    sheet.title(40, 80, "CERTIFICADO DE CONFORMIDAD", 13)
    y = under_heads(
        sheet,
        106,
        (
            (40, 130, "Certificado No.", "{stated_number}"),
            (170, 130, "Fecha de emisión", "{stated_on}"),
            (300, 255, "Cliente", "{customer}"),
        ),
    )
    y = under_heads(
        sheet,
        y,
        (
            (40, 130, "Orden de compra", "{po_number}"),
            (170, 60, "Partida", "{po_line}"),
            (230, 120, "Número de lote", "{lot_number}"),
            (350, 205, "Cantidad (piezas)", "{quantity}"),
        ),
    )
    y = under_heads(
        sheet,
        y,
        (
            (40, 190, "Número de parte", "{part_number}"),
            (230, 70, "Revisión", "{part_revision}"),
            (300, 255, "Descripción", "{description}"),
        ),
    )
    y = under_heads(
        sheet,
        y,
        (
            (40, 260, "Especificación", spec(sheet, " Rev. ") + "[, Tipo {spec_type}][, Clase {spec_class}]"),
            (300, 130, "Inicio del proceso", "{process_from}"),
            (430, 125, "Fin del proceso", "{process_to}"),
        ),
    )
    if sheet.facts.rows:
        y = results(
            sheet,
            y + 14,
            ((44, "Característica"), (210, "Mínimo"), (290, "Máximo"), (370, "Resultado"), (460, "Unidad")),
            sheet.facts.rows,
            lambda row: (
                named(sheet, row),
                said(sheet, row, "minimum"),
                said(sheet, row, "maximum"),
                said(sheet, row, "value"),
                row.unit,
            ),
        )
    y = state(
        sheet,
        40,
        y + 16,
        510,
        "Certificamos que las piezas descritas fueron procesadas de acuerdo con la orden de compra y cumplen con los requisitos de la especificación indicada.",
        "Las piezas descritas fueron procesadas de la manera acostumbrada.",
    )
    sheet.scribble(70, y + 36)
    over_rules(
        sheet, 40, y + 52, ((210, "Nombre y firma", "{signed_name}"), (200, "Puesto", "{signed_title}"))
    )
    number_pages(sheet, 490, 800, "Página {} de {}")


@LAYOUTS.add(PROCESS, "CN", Habits("zh", "YYYY年M月D日"), "plain", "plain bold")
def chinese_process_certificate(sheet: Sheet) -> None:
    sheet.flow(50, 36, 400, "{issuer_name}", 15)
    sheet.flow(50, 60, 480, "{site}  {site_address}", 8.5)
    sheet.title(50, 88, "加工合格证明书", 15)
    y = down(
        sheet,
        50,
        120,
        80,
        (
            ("证书编号", "{stated_number}"),
            ("客户", "{customer}"),
            ("订单号", "{po_number}"),
            ("订单行号", "{po_line}"),
            ("批号", "{lot_number}"),
            ("规范", spec(sheet, " 版本 ")),
        ),
        width=160,
    )
    y = down(
        sheet,
        310,
        120,
        80,
        (
            ("签发日期", "{stated_on}"),
            ("零件号", "{part_number}"),
            ("零件版本", "{part_revision}"),
            ("数量", "{quantity} 件"),
            ("类型", "{spec_type}"),
            ("等级", "{spec_class}"),
        ),
        width=150,
    )
    y = sheet.flow(50, y + 4, 480, "加工日期:{process_from} 至 {process_to}", 9)
    if sheet.facts.rows:
        y = results(
            sheet,
            y + 14,
            ((50, "检验项目"), (170, "最小值"), (250, "最大值"), (330, "实测值"), (420, "单位")),
            sheet.facts.rows,
            lambda row: (
                named(sheet, row),
                said(sheet, row, "minimum"),
                said(sheet, row, "maximum"),
                said(sheet, row, "value"),
                row.unit,
            ),
        )
    y = state(
        sheet,
        50,
        y + 16,
        480,
        "兹证明上述零件已按订单和所列规范加工并检验,符合其全部要求。",
        "上述零件已按通常方法加工。",
        9,
    )
    sheet.scribble(120, y + 36)
    down(sheet, 50, y + 52, 80, (("签字人", "{signed_name}"), ("职务", "{signed_title}")))
    sheet.seal(440, y + 60, "质量检验专用章")
    number_pages(sheet, 470, 800, "第{}页 共{}页")


@LAYOUTS.add(MATERIAL, "CN", Habits("zh", "YYYY-MM-DD"), "plain", "plain bold")
def chinese_material_certificate_of_two_pages(sheet: Sheet) -> None:
    sheet.flow(50, 36, 400, "{issuer_name}", 14)
    sheet.flow(50, 58, 480, "{site}  {site_address}", 8.5)
    sheet.title(50, 84, "产品质量证明书 Inspection Certificate EN 10204", 13)
    y = under_heads(
        sheet,
        112,
        (
            (50, 125, "证书编号 Cert. No.", "{stated_number}"),
            (175, 125, "签发日期 Date", "{stated_on}"),
            (300, 125, "证书类型 Type", "{certificate_type}"),
            (425, 120, "订单号 P.O. No.", "{po_number}"),
        ),
    )
    y = under_heads(
        sheet,
        y,
        (
            (50, 125, "炉号 Heat No.", "{identifier}"),
            (175, 125, "牌号 Grade", "{grade}"),
            (300, 125, "状态 Condition", "{condition}"),
            (425, 120, "数量 Quantity", "{quantity}"),
        ),
    )
    y = under_heads(
        sheet,
        y,
        (
            (50, 250, "标准 Specification", spec(sheet, " Rev. ")),
            (300, 125, "产品 Product", "{description}"),
            (425, 120, "重量 Weight (kg)", "{weight}"),
        ),
    )
    sheet.flow(50, y + 12, 400, "客户 Customer: {customer}", 9)
    results(
        sheet,
        y + 40,
        ((50, "元素 Element"), (160, "最小 Min. %"), (260, "最大 Max. %"), (360, "实测 Actual %")),
        of_test(sheet, "chemistry"),
        lambda row: (
            row.name,
            said(sheet, row, "minimum"),
            said(sheet, row, "maximum"),
            said(sheet, row, "value"),
        ),
    )
    sheet.turn()
    sheet.flow(50, 40, 480, "{issuer_name}   证书编号 Cert. No. {stated_number}", 10)
    sheet.say(50, 60, "力学性能 Mechanical properties", 10)
    y = results(
        sheet,
        84,
        (
            (50, "项目 Property"),
            (220, "单位 Unit"),
            (290, "最小 Min."),
            (370, "最大 Max."),
            (450, "实测 Actual"),
        ),
        not_of(sheet, "chemistry"),
        lambda row: (
            f"{named(sheet, row)} {row.name}",
            row.unit,
            said(sheet, row, "minimum"),
            said(sheet, row, "maximum"),
            said(sheet, row, "value"),
        ),
    )
    y = state(
        sheet,
        50,
        y + 14,
        480,
        "兹证明本批产品已按订单和所列标准检验,符合其全部要求。",
        "本批产品质量良好。",
        9,
    )
    sheet.scribble(140, y + 30)
    down(sheet, 50, y + 46, 110, (("签字人 Signed by", "{signed_name}"), ("职务 Title", "{signed_title}")))
    number_pages(sheet, 440, 800, "第{}页 共{}页")


@LAYOUTS.add(PROCESS, "DE", Habits("de", "DD.MM.YYYY", "", ","), "plain", "plain bold", Scan(200, 0.5, 5, 72))
def lieferung_mit_nachweis_gescannt(sheet: Sheet) -> None:
    sheet.flow(55, 44, 460, "{issuer_name}", 16, sheet.bold)
    sheet.flow(55, 68, 460, "{site}, {site_address}", 9.5)
    sheet.title(55, 100, "Konformitätserklärung", 15)
    y = sheet.flow(55, 132, 470, "Bescheinigung Nr. {stated_number} vom {stated_on}", 11)
    y = sheet.flow(55, y + 6, 470, "Kunde: {customer}", 11)
    y = sheet.flow(55, y + 6, 470, "Ihre Bestellung {po_number}, Position {po_line}, Los {lot_number}", 11)
    y = sheet.flow(55, y + 6, 470, "Teilenummer {part_number}, Revision {part_revision}, {description}", 11)
    y = sheet.flow(55, y + 6, 470, "Gelieferte Menge: {quantity} Stück", 11)
    y = sheet.flow(
        55,
        y + 6,
        470,
        "Bearbeitet nach " + spec(sheet, " Rev. ") + "[, Typ {spec_type}][, Klasse {spec_class}]",
        11,
    )
    y = sheet.flow(55, y + 6, 470, "Bearbeitungszeitraum: {process_from} bis {process_to}", 11)
    for row in sheet.facts.rows:
        y = sheet.flow(
            55,
            y + 6,
            470,
            f"{named(sheet, row)}: {said(sheet, row, 'value')} {row.unit} (Soll: {span(sheet, row)} {row.unit})",
            11,
        )
        sheet.note(row)
    y = state(
        sheet,
        55,
        y + 16,
        470,
        "Wir bestätigen, dass die Teile den Anforderungen der Bestellung und der genannten Spezifikation entsprechen.",
        "Die Teile wurden sorgfältig behandelt.",
        10.5,
    )
    sheet.scribble(65, y + 36)
    sheet.flow(55, y + 56, 400, "{signed_name}[, {signed_title}]", 11)
    number_pages(sheet, 460, 796, "Seite {} von {}", 9)
