"""Layouts a reader may be tuned on: reports of mills in three languages, with tables and without."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import MATERIAL
from tests.certificates.layouts import Scan, number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.trade import Result
from tests.certificates.tune_layouts import LAYOUTS


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
def german_works_certificate(sheet: Sheet) -> None:
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
