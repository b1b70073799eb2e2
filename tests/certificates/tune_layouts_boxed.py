"""Layouts a reader may be tuned on: boxes, codes and captions above, beside and far from what they stand for."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.tune_layouts import LAYOUTS


def table(sheet: Sheet, x: float, y: float, columns: tuple[tuple[float, str, str], ...], size: float = 8.5,
          step: float = 13, zebra: bool = False) -> float:  # fmt: skip
    """Write a table of results: for each column where it stands, its head, and what it shows; return what is below."""
    if not sheet.facts.rows:
        return y
    for left, head, _ in columns:
        sheet.say(x + left, y, head, size, sheet.bold)
    for at, row in enumerate(sheet.facts.rows):
        y += step
        if zebra and at % 2 == 0:
            sheet.box(x - 3, y - 2, 490, step, 0.9)
        sheet.result(row, [(x + left, what) for left, _, what in columns], y, size)
    return y + step


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY", ","), "sans", "sans bold")
def shaded_captions(sheet: Sheet) -> None:
    sheet.box(36, 30, 523, 40, 0.85)
    sheet.title(46, 40, "CERTIFICATE OF CONFORMITY FOR OUTSIDE PROCESSING")
    sheet.flow(46, 58, 400, "{site} - {site_address}", 7.5)
    bands = (
        (("Certificate ID", "{stated_number}"), ("Issued on", "{stated_on}"), ("Buyer's Order", "{po_number}"), ("Item", "{po_line}")),
        (("Part / Drawing No.", "{part_number}"), ("Dwg. Rev.", "{part_revision}"), ("Qty Accepted", "{quantity}"), ("Job / Lot", "{lot_number}")),
        (("Governing Specification", "{spec_number}"), ("Spec. Issue", "{spec_revision}"), ("Spec Type", "{spec_type}"), ("Spec Class", "{spec_class}")),
        (("Work Started", "{process_from}"), ("Work Finished", "{process_to}"), ("Process", "{family}"), ("Buyer", "{customer}")),
    )  # fmt: skip
    y = 84
    for band in bands:
        sheet.box(36, y, 523, 12, 0.8)
        for at, (label, template) in enumerate(band):
            sheet.say(40 + at * 131, y + 2, label, 7.5, sheet.bold)
            sheet.flow(40 + at * 131, y + 17, 125, template, 9.5, label=label)
        y += 36
    y = table(sheet, 40, y + 6, ((0, "Characteristic", "name"), (170, "Required min", "minimum"), (250, "Required max", "maximum"),
                                 (340, "Obtained", "value"), (420, "Unit", "unit")))  # fmt: skip
    y = state(sheet, 40, y + 14, 500, "The items listed were processed in compliance with the governing specification and the buyer's order.",
              "The items listed were run through our normal line and should be suitable for use.")  # fmt: skip
    sheet.scribble(60, y + 34)
    for x, label, template in ((40, "Name", "{signed_name}"), (220, "Job Title", "{signed_title}")):
        sheet.box(x, y + 20, 170, 12, 0.8)
        sheet.say(x + 4, y + 22, label, 7.5, sheet.bold)
        sheet.flow(x + 4, y + 38, 160, template)
    number_pages(sheet, 500, 820, "{} of {}")


@LAYOUTS.add(MATERIAL, "DE", Habits("en", "DD.MM.YYYY", " ", "."), "plain", "plain bold")
def numbered_boxes(sheet: Sheet) -> None:
    sheet.title(40, 36, "INSPECTION CERTIFICATE")
    sheet.flow(40, 56, 400, "A02  EN 10204 type {certificate_type}", 10)
    cells = (
        ("A01", "Manufacturer's works", "{issuer_name}"), ("A03", "Document number", "{stated_number}"),
        ("A06", "Purchaser", "{customer}"), ("A07", "Purchaser's order number", "{po_number}"),
        ("A97", "Item", "{po_line}"), ("B01", "Product", "{description}"),
        ("B02", "Specification of the product", "{spec_number}[, Rev. {spec_revision}]"), ("B04", "Delivery condition", "{condition}"),
        ("B07", "Heat number", "{identifier}"), ("B08", "Number of pieces", "{quantity}"),
        ("B13", "Actual mass", "{weight} kg"), ("B02.1", "Steel designation", "{grade}"),
    )  # fmt: skip
    for at, (code, label, template) in enumerate(cells):
        x, y = 40 + (at % 2) * 260, 76 + (at // 2) * 32
        sheet.box(x, y, 260, 32)
        sheet.say(x + 3, y + 3, code, 6.5, sheet.bold)
        sheet.say(x + 28, y + 3, label, 6.5)
        sheet.flow(x + 28, y + 14, 220, template, 9, label=f"{code} {label}")
    y = table(
        sheet,
        44,
        284,
        (
            (0, "Property", "name"),
            (150, "Min", "minimum"),
            (220, "Max", "maximum"),
            (300, "Result", "value"),
            (380, "Unit", "unit"),
        ),
        8,
    )
    sheet.say(40, y + 10, "Z01", 6.5, sheet.bold)
    y = state(sheet, 66, y + 10, 440, "We hereby certify that the delivered material complies with the terms of the order.",
              "Values are typical of our production and are not binding.")  # fmt: skip
    sheet.pair(40, y + 14, "Z02  Date of issue", "{stated_on}", 120)
    sheet.pair(40, y + 30, "Z03  Inspection representative", "{signed_name}[, {signed_title}]", 150, 260)
    number_pages(sheet, 480, 40, "Page {} / {}", 8)


@LAYOUTS.add(PROCESS, "DE", Habits("de", "DD.MM.YYYY", ".", ","), "roman", "roman bold")
def both_tongues_side_by_side(sheet: Sheet) -> None:
    sheet.centred(34, "Bescheinigung / Certificate of Conformity", 14)
    for y, key, size in ((54, "site", 9), (66, "site_address", 8)):
        width = sheet.width(sheet.words_of(key)[0], size)
        sheet.flow((595 - width) / 2, y, width + 20, f"{{{key}}}", size)
    rows = (
        ("Bescheinigungs-Nr. / Certificate-No.", "{stated_number}"), ("Ausgestellt / Issued", "{stated_on}"),
        ("Auftrags-Nr. des Kunden / Customer order", "{po_number}"), ("Pos. / Item", "{po_line}"),
        ("Sach-Nr. / Part No.", "{part_number}"), ("Änd.-Index / Revision", "{part_revision}"),
        ("Auftrag / Los / Lot", "{lot_number}"), ("Anzahl / Quantity", "{quantity} Stk."),
        ("Vorschrift / Specification", SPECIFIED), ("Bearbeitungszeitraum / Processed", "{process_from} bis {process_to}"),
    )  # fmt: skip
    y = 92
    for label, template in rows:
        sheet.line(40, y - 3, 555, y - 3, 0.3)
        sheet.say(44, y, label, 8)
        sheet.flow(260, y, 280, template, 9, sheet.bold, label=label)
        y += 17
    y = table(sheet, 44, y + 8, ((0, "Merkmal / Characteristic", "name"), (170, "Soll min.", "minimum"), (240, "Soll max.", "maximum"),
                                 (310, "Ist / Actual", "value"), (400, "Einheit / Unit", "unit")))  # fmt: skip
    y = state(sheet, 44, y + 14, 490, "Die Teile wurden konform zur oben genannten Vorschrift bearbeitet und geprüft.",
              "Die Teile wurden zeichnungsgemäß nach Kundenangaben gefertigt und für gut befunden.")  # fmt: skip
    sheet.scribble(60, y + 30)
    sheet.line(44, y + 44, 240, y + 44)
    sheet.flow(44, y + 48, 300, "{signed_name}[ ({signed_title})]", 8.5)
    sheet.say(44, y + 60, "Name, Funktion / Name, function", 6.5)
    number_pages(sheet, 470, 815, "Blatt {} von {}")


SPECIFIED = "{spec_number}[, Rev. {spec_revision}][, Typ {spec_type}][, Klasse {spec_class}]"


@LAYOUTS.add(MATERIAL, "CN", Habits("zh", "YYYY-MM-DD", ","), "sans", "sans bold")
def chinese_mill_sheet(sheet: Sheet) -> None:
    sheet.centred(36, "产品质量证明书", 17)
    sheet.centred(60, "MILL CERTIFICATE", 10)
    left = (("证明书编号 No.", "{stated_number}"), ("合同号 Contract", "{po_number}"), ("炉号 Heat No.", "{identifier}"),
            ("执行标准 Standard", "{spec_number}[ {spec_revision}版]"))  # fmt: skip
    right = (("日期 Date", "{stated_on}"), ("牌号 Grade", "{grade}"), ("状态 Condition", "{condition}"),
             ("件数 Pieces", "{quantity}"), ("重量 Weight", "{weight} kg"))  # fmt: skip
    for x, rows in ((44, left), (310, right)):
        y = 84
        for label, template in rows:
            sheet.say(x, y, label, 8)
            sheet.flow(x + 95, y, 150, template, 8.5, label=label)
            y += 18
    sheet.flow(44, 176, 480, "证书类型 Type of document: EN 10204 {certificate_type}", 8)
    y = across(
        sheet,
        44,
        196,
        "化学成分 Chemical composition %",
        "chemistry",
        ("最小 Min", "最大 Max", "实测 Actual"),
    )
    y = across(
        sheet,
        44,
        y + 8,
        "力学性能 Mechanical properties",
        "mechanical",
        ("最小 Min", "最大 Max", "实测 Actual"),
    )
    y = state(sheet, 44, y + 12, 480, "本产品经检验符合上述标准要求,特此证明。", "以上数据仅供参考。", 9)
    sheet.seal(430, y + 40, "质量检验章")
    sheet.pair(44, y + 30, "质检员 Inspector:", "{signed_name}", 110)
    sheet.pair(44, y + 44, "职务 Title:", "{signed_title}", 110)
    number_pages(sheet, 480, 815, "第 {} 页 共 {} 页")


def across(sheet: Sheet, x: float, y: float, head: str, test: str, labels: tuple[str, str, str]) -> float:
    """Write rows of one kind side by side with their limits above what was measured."""
    rows = [row for row in sheet.facts.rows if row.test == test]
    sheet.say(x, y, head, 8, sheet.bold)
    step = 52 if test == "chemistry" else 130
    lines = (("", "name"), *zip(labels, ("minimum", "maximum", "value"), strict=True))
    for label, what in lines:
        y += 12.5
        sheet.say(x, y, label, 7.5)
        for at, row in enumerate(rows):
            text = getattr(row, what)
            if what == "name" and test != "chemistry":
                text = f"{row.name} ({row.unit})"
            sheet.say(x + 75 + at * step, y, text if what == "name" else sheet.habits.number(text), 7.5)
    for row in rows:
        sheet.note(row)
    return y + 14


@LAYOUTS.add(PROCESS, "CN", Habits("zh", "YYYY/MM/DD", ","), "plain", "plain bold")
def chinese_with_english(sheet: Sheet) -> None:
    sheet.centred(36, "特殊过程合格证明 Certificate of Conformance", 13)
    rows = (
        ("证明编号 / Certificate No.", "{stated_number}"), ("出具日期 / Issue date", "{stated_on}"),
        ("供应商 / Supplier", "{site}"), ("供应商地址 / Address", "{site_address}"), ("客户订单 / Customer PO", "{po_number}"),
        ("产品图号 / Part number", "{part_number}"), ("图纸版次 / Drawing rev.", "{part_revision}"),
        ("生产批次 / Lot No.", "{lot_number}"), ("合格数量 / Accepted qty", "{quantity} 件"),
        ("工艺标准 / Process spec.", "{spec_number}[ Rev.{spec_revision}]"), ("类 / Type", "{spec_type}"), ("级 / Class", "{spec_class}"),
        ("加工日期 / Process date", "{process_from} ~ {process_to}"),
    )  # fmt: skip
    y = 70
    for label, template in rows:
        sheet.box(44, y, 180, 20)
        sheet.box(224, y, 320, 20)
        sheet.say(48, y + 5, label, 8.5)
        sheet.flow(230, y + 5, 300, template, 9, label=label)
        y += 20
    y = table(sheet, 48, y + 12, ((0, "检验项目 Item", "name"), (150, "最小值 Min", "minimum"), (225, "最大值 Max", "maximum"),
                                  (300, "实测值 Measured", "value"), (400, "单位 Unit", "unit")))  # fmt: skip
    y = state(
        sheet,
        48,
        y + 12,
        470,
        "我公司声明:上述产品的加工与检验均满足订单及工艺标准的要求。",
        "上述产品按图加工,外观良好。",
        9,
    )
    sheet.pair(48, y + 28, "批准 / Approved", "{signed_name}", 120)
    sheet.pair(48, y + 42, "岗位 / Title", "{signed_title}", 120)
    sheet.seal(420, y + 40, "合格")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MON D, YYYY", ","), "narrow", "narrow")
def values_far_to_the_right(sheet: Sheet) -> None:
    sheet.say(45, 36, "Certificate of Conformance to Purchase Order Requirements", 13, sheet.bold)
    sheet.flow(45, 56, 500, "Issued by: {site}", 9)
    sheet.flow(45, 68, 500, "{site_address}", 8)
    rows = (
        ("Certificate", "{stated_number}"), ("Date of certification", "{stated_on}"), ("Customer P.O. number", "{po_number}"),
        ("P.O. line item", "{po_line}"), ("Part identification", "{part_number}"), ("Part revision level", "{part_revision}"),
        ("Customer traveler", "{lot_number}"), ("Number of parts processed", "{quantity} ea"),
        ("Process specification and revision", "{spec_number}[ Revision {spec_revision}]"), ("Type and class", "[Type {spec_type}][, Class {spec_class}]"),
        ("First day of processing", "{process_from}"), ("Last day of processing", "{process_to}"),
    )  # fmt: skip
    y = 92
    for label, template in rows:
        width = sum(sheet.width(text, 10) for text, _, _ in sheet._pieces(template))
        sheet.say(45, y, label, 10)
        sheet.flow(548 - width, y, width + 2, template, 10, label=label)
        y += 16
    y = table(
        sheet,
        45,
        y + 8,
        (
            (0, "Measurement", "name"),
            (170, "Lower limit", "minimum"),
            (250, "Upper limit", "maximum"),
            (340, "Average", "value"),
            (420, "Unit", "unit"),
        ),
    )
    y = state(sheet, 45, y + 14, 500, "It is certified that all parts have been processed as required and that the results meet the stated requirements.",
              "Parts were processed as per drawing. Fitness for use has to be judged by the customer.", 9)  # fmt: skip
    sheet.scribble(60, y + 34)
    sheet.line(45, y + 48, 260, y + 48)
    sheet.flow(45, y + 51, 300, "{signed_name} / {signed_title}", 9)
    number_pages(sheet, 45, 818, "Page {} of {}")


@LAYOUTS.add(MATERIAL, "GB", Habits("en", "DD MONTH YYYY", ","), "serif", "serif bold")
def figures_under_headings(sheet: Sheet) -> None:
    sheet.title(40, 36, sheet.facts.issuer_name, 13)
    sheet.flow(40, 54, 500, "{site_address}", 8)
    sheet.say(40, 76, "TEST CERTIFICATE", 11, sheet.bold)
    bands = (
        ((40, "Certificate", "{stated_number}"), (150, "Dated", "{stated_on}"), (290, "Your order", "{po_number}"), (400, "EN 10204", "{certificate_type}")),
        ((40, "Cast", "{identifier}"), (150, "Grade", "{grade}"), (290, "Condition", "{condition}"), (400, "Pieces", "{quantity}")),
        ((40, "Specification", "{spec_number}"), (150, "Issue", "{spec_revision}"), (290, "Section", "{description}"), (430, "Weight kg", "{weight}")),
    )  # fmt: skip
    y = 98
    for band in bands:
        for x, label, template in band:
            sheet.say(x, y, label, 8)
            sheet.flow(x, y + 13, 140, template, 9, label=label)
        y += 34
    y = across(sheet, 40, y + 6, "Analysis", "chemistry", ("Min", "Max", "Cast analysis"))
    y = across(sheet, 40, y + 6, "Mechanical tests", "mechanical", ("Min", "Max", "Result"))
    y = state(sheet, 40, y + 14, 500, "The material supplied has been tested and found to be in accordance with the order.",
              "We trust the material will give every satisfaction.", 9)  # fmt: skip
    sheet.scribble(60, y + 30)
    sheet.flow(40, y + 46, 300, "{signed_name}", 9)
    sheet.flow(40, y + 58, 300, "{signed_title}", 8)
    number_pages(sheet, 480, 40, "Sheet {}/{}", 8)
