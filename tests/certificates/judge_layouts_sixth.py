"""A sixth set of layouts a reader is judged on: houses that write English. Nobody who writes the reader opens this."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.judge_layouts_sixth_parts import asked, beside, cell, tick
from tests.certificates.layouts import JUDGE, Book, number_pages, state
from tests.certificates.sheet import Habits, Sheet

LAYOUTS = Book(JUDGE)


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY", ","), "plain", "plain bold", families=("heat treat",))
def furnace_chart_with_order_box_at_right(sheet: Sheet) -> None:
    sheet.title(42, 34, sheet.facts.issuer_name, 16)
    sheet.flow(42, 56, 280, "{site}", 8.5)
    sheet.flow(42, 68, 280, "{site_address}", 8.5)
    sheet.say(42, 84, "Certificate of Heat Treatment", 12, sheet.bold)
    sheet.box(350, 32, 205, 68)
    y = 38.0
    for label, template in (
        ("Certificate #", "{stated_number}"),
        ("Date of Cert.", "{stated_on}"),
        ("Cust. P.O. #", "{po_number}[ / item {po_line}]"),
        ("Lot #", "{lot_number}"),
    ):
        y = sheet.pair(358, y, label, template, 78, 120) + 3
    sheet.line(42, 110, 555, 110, 1.4)
    sheet.pair(42, 118, "Customer", "{customer}", 70)
    sheet.pair(300, 118, "Material", "{condition}", 70)
    sheet.pair(42, 134, "Part", "{part_number} Rev. {part_revision}", 70)
    sheet.pair(300, 134, "Name", "{description}", 70)
    sheet.pair(42, 150, "Pieces", "{quantity}", 70)
    sheet.pair(
        300,
        150,
        "Process",
        "{spec_number}[ Rev. {spec_revision}][ Type {spec_type}][ Class {spec_class}]",
        70,
    )
    sheet.box(42, 176, 513, 16, 0.88)
    is_aged = "2770" in sheet.facts.spec_number
    heads = (
        (46, "Step"),
        (90, "Operation"),
        (200, "Furnace"),
        (262, "Set °F"),
        (318, "Soak"),
        (376, "Cooling"),
        (450, "Date"),
    )
    for x, head in heads:
        sheet.say(x, 179, head, 8.5, sheet.bold)
    steps = (
        (("1", "Solution treat", "F-07", "985", "1 h 10 min", "Water", "{process_from}"),
         ("2", "Artificial age", "F-03", "350", "8 h 05 min", "Air", "{process_to}"))
        if is_aged
        else (("1", "Austenitize", "V-02", "1525", "1 h 00 min", "Oil", "{process_from}"),
              ("2", "Temper", "T-11", "800", "2 h 15 min", "Air", "{process_to}"))
    )  # fmt: skip
    y = 196.0
    for step in steps:
        for (x, head), words in zip(heads, step, strict=True):
            sheet.flow(x, y, 110, words, 8.5, label=head)
        sheet.line(42, y + 14, 555, y + 14, 0.4)
        y += 18
    sheet.say(42, y + 2, "Process started on the date of step 1 and completed on the date of step 2.", 7.5)
    y += 24
    for x, head in ((42, "Test"), (170, "Unit"), (240, "Minimum"), (330, "Maximum"), (420, "Actual")):
        sheet.say(x, y, head, 8.5, sheet.bold)
    y += 15
    for row in sheet.facts.rows:
        sheet.result(
            row, [(42, "name"), (170, "unit"), (240, "minimum"), (330, "maximum"), (420, "value")], y, 9
        )
        y += 15
    sheet.line(42, y + 2, 555, y + 2)
    y = state(
        sheet, 42, y + 12, 513,
        "We certify that the parts listed above were heat treated in accordance with the specification shown and conform to all requirements of the purchase order. Furnace charts are on file.",
        "The parts listed above have been through our furnaces. Furnace charts are on file.",
        9,
    )  # fmt: skip
    sheet.scribble(60, y + 46)
    sheet.line(42, y + 58, 230, y + 58)
    sheet.flow(42, y + 61, 200, "{signed_name}", 9, label="Authorized signature")
    sheet.flow(42, y + 73, 200, "{signed_title}", 8)
    sheet.line(330, y + 58, 440, y + 58)
    sheet.flow(332, y + 45, 100, "{stated_on}", 9, label="Date")
    sheet.say(330, y + 61, "Date signed", 8)
    number_pages(sheet, 505, 812, "Page {} of {}")


@LAYOUTS.add(
    PROCESS, "US", Habits("en", "MON D, YYYY"), "noto", "noto bold", families=("penetrant inspection",)
)
def penetrant_report_with_counts_and_ticked_type(sheet: Sheet) -> None:
    sheet.centred(32, "NONDESTRUCTIVE TESTING REPORT", 14)
    sheet.centred(52, "Fluorescent / Visible Penetrant Inspection", 9, sheet.font)
    y = 76.0
    for left, right in (
        (("Laboratory:", "{site}"), ("Report number:", "{stated_number}")),
        (("Address:", "{site_address}"), ("Date of report:", "{stated_on}")),
        (("Client:", "{customer}"), ("Client order no.:", "{po_number}[, line {po_line}]")),
        (("Part number:", "{part_number}"), ("Part revision:", "{part_revision}")),
        (("Part name:", "{description}"), ("Lot number:", "{lot_number}")),
        (("Inspection begun:", "{process_from}"), ("Inspection finished:", "{process_to}")),
    ):
        deep = sheet.pair(40, y, *left, 88, 178, 8)
        y = max(deep, sheet.pair(318, y, *right, 104, 140, 8)) + 5
    sheet.line(40, y, 555, y, 1)
    y += 10
    sheet.say(40, y, "TECHNIQUE", 9, sheet.bold)
    y += 17
    sheet.pair(40, y, "Procedure:", "{spec_number}[-{spec_revision}]", 88, 170, 8)
    x = sheet.say(318, y, "Type:", 9, sheet.bold) + 12
    for each, words in (("1", " (fluorescent)"), ("2", " (visible)")):
        is_ours = sheet.facts.spec_type == each
        x = tick(sheet, x, y + 1, is_ours)
        if is_ours:
            sheet.flow(x, y, 20, "{spec_type}", 8, label="Type:")
        else:
            sheet.say(x, y, each, 8)
        x = sheet.say(x + sheet.width(each, 8), y, words, 8) + 14
    y += 15
    sheet.pair(40, y, "Method:", "A - water washable", 88, 170, 8)
    sheet.pair(318, y, "Sensitivity level:", "N/A" if sheet.facts.spec_type == "2" else "3", 104, 60, 8)
    y += 15
    sheet.pair(40, y, "Penetrant dwell:", "20 minutes", 88, 170, 8)
    sheet.pair(318, y, "Developer:", "Form a, dry powder", 104, 120, 8)
    y += 26
    sheet.say(40, y, "FINDINGS", 9, sheet.bold)
    y += 16
    for at, (head, template) in enumerate(
        (("Quantity presented", "{quantity}"), ("Quantity accepted", "{quantity}"), ("Quantity rejected", "0"), ("Indications recorded", "None"))
    ):  # fmt: skip
        cell(sheet, 40 + at * 128.75, y, 128.75, 32, head, template, 10)
    y += 44
    y = state(
        sheet, 40, y, 515,
        "The above parts have been inspected and found to conform to the requirements of the procedure and the order stated in this report.",
        "The above parts have been looked at in our laboratory.",
        8.5,
    )  # fmt: skip
    y += 20
    sheet.say(40, y, "Signed by the responsible Level III", 8, sheet.bold)
    sheet.scribble(60, y + 34)
    y += 48
    sheet.pair(40, y, "Name:", "{signed_name}", 50, 150, 9)
    sheet.pair(230, y, "Position:", "{signed_title}", 60, 120, 9)
    sheet.pair(415, y, "Date:", "{stated_on}", 40, 100, 9)
    number_pages(sheet, 40, 810, "Sheet {} of {}")


@LAYOUTS.add(
    PROCESS, "GB", Habits("en", "D MONTH YYYY"), "roman", "roman bold", families=("passivation", "chem film")
)
def letter_of_conformity_with_order_in_its_sentence(sheet: Sheet) -> None:
    sheet.flow(330, 40, 225, "{issuer_name}", 12, sheet.bold)
    sheet.flow(330, 56, 225, "{site_address}", 9)
    sheet.flow(330, 68, 225, "Works: {site}", 9)
    sheet.flow(60, 104, 250, "{customer}", 10.5)
    sheet.say(60, 118, "Goods Inwards / Quality Assurance", 10.5)
    sheet.flow(60, 148, 300, "{stated_on}", 10.5, label="date")
    sheet.flow(60, 168, 400, "Certificate of Conformity No. {stated_number}", 11, sheet.bold)
    y = sheet.flow(
        60, 196, 475,
        "With reference to your purchase order {po_number}[, item {po_line}], we have treated {quantity} off {description}, part number {part_number} issue {part_revision}, from your lot {lot_number}.",
        10.5,
    ) + 8  # fmt: skip
    y = sheet.flow(
        60, y, 475,
        "The work was carried out between {process_from} and {process_to} to {spec_number}[ revision {spec_revision}][, Type {spec_type}][, Class {spec_class}].",
        10.5,
    ) + 8  # fmt: skip
    if sheet.facts.family == "passivation":
        tested = "Two test pieces from the lot underwent the high humidity test for 24 hours. No rust or staining was seen."
    else:
        tested = (
            "Two test panels run with the lot withstood 168 hours of neutral salt spray. No pitting was seen."
        )
    y = sheet.flow(60, y, 475, tested, 10.5) + 8
    y = state(
        sheet, 60, y, 475,
        "We hereby certify that the whole of the above has been processed and inspected in accordance with, and conforms in all respects to, the order and the specification quoted.",
        "We trust that the above meets with your approval and look forward to hearing from you.",
        10.5,
    )  # fmt: skip
    sheet.say(60, y + 18, "For and on behalf of the company", 10.5)
    sheet.scribble(62, y + 52)
    sheet.flow(60, y + 74, 300, "{signed_name}", 10.5, label="signed")
    sheet.flow(60, y + 88, 300, "{signed_title}", 10.5)
    number_pages(sheet, 280, 806, "{} / {}", 8)


@LAYOUTS.add(PROCESS, "US", Habits("en", "DD-MON-YYYY"), "narrow", "plain bold", families=("anodize",))
def anodize_certificate_in_ruled_cells_with_thickness_spread(sheet: Sheet) -> None:
    sheet.box(36, 30, 523, 34, 0.9)
    sheet.centred(38, "CERTIFICATE OF COMPLIANCE - ANODIC COATING", 13)
    x = cell(sheet, 36, 70, 270, 30, "Processor", "{site}")
    cell(sheet, x, 70, 253, 30, "Processor's address", "{site_address}")
    x = cell(sheet, 36, 100, 174, 30, "Sold to", "{customer}")
    x = cell(sheet, x, 100, 174, 30, "Purchase Order / Item", "{po_number}[ / {po_line}]")
    cell(sheet, x, 100, 175, 30, "Certificate Number", "{stated_number}")
    x = cell(sheet, 36, 130, 174, 30, "P/N", "{part_number}")
    x = cell(sheet, x, 130, 60, 30, "P/N Rev", "{part_revision}")
    x = cell(sheet, x, 130, 114, 30, "Nomenclature", "{description}")
    cell(sheet, x, 130, 175, 30, "Lot ID", "{lot_number}")
    x = cell(sheet, 36, 160, 174, 30, "Governing Specification", "{spec_number}[ Rev {spec_revision}]")
    x = cell(sheet, x, 160, 60, 30, "Type", "{spec_type}")
    x = cell(sheet, x, 160, 60, 30, "Class", "{spec_class}")
    x = cell(sheet, x, 160, 114, 30, "Base Metal", "Aluminum alloy")
    cell(sheet, x, 160, 115, 30, "Seal", "Hot DI water")
    x = cell(sheet, 36, 190, 131, 30, "Qty Received", "{quantity}")
    x = cell(sheet, x, 190, 131, 30, "Qty Accepted", "{quantity}")
    x = cell(sheet, x, 190, 131, 30, "Qty Rejected", "0")
    cell(sheet, x, 190, 130, 30, "Serial Numbers", "None - lot controlled")
    x = cell(sheet, 36, 220, 174, 30, "Date In Process", "{process_from}")
    x = cell(sheet, x, 220, 174, 30, "Date Completed", "{process_to}")
    cell(sheet, x, 220, 175, 30, "Certificate Date", "{stated_on}")
    sheet.say(36, 266, "Measured by eddy current, five readings on each of three parts", 8)
    heads = (
        (40, "Characteristic"),
        (150, "Units"),
        (200, "Requirement"),
        (310, "Lowest"),
        (370, "Highest"),
        (430, "Average"),
    )
    sheet.line(36, 280, 559, 280, 1)
    for x, head in heads:
        sheet.say(x, 284, head, 8.5, sheet.bold)
    sheet.line(36, 298, 559, 298)
    y = 302.0
    for row in sheet.facts.rows:
        sheet.result(
            row,
            [(40, "name"), (150, "unit"), (200, asked(sheet, row)), (310, beside(sheet, row, -1)), (370, beside(sheet, row, 1)), (430, "value")],
            y, 9,
        )  # fmt: skip
        y += 16
    sheet.line(36, y + 2, 559, y + 2, 1)
    sheet.box(36, y + 16, 523, 46)
    state(
        sheet, 44, y + 24, 505,
        "This certifies that the articles described herein were processed in full compliance with the governing specification and the purchase order. Records are retained for ten years.",
        "This certifies that the articles described herein were received and returned. Records are retained for ten years.",
        9,
    )  # fmt: skip
    y += 62
    x = cell(sheet, 36, y, 200, 44, "Authorized Quality Representative (signature)", "")
    sheet.scribble(60, y + 28)
    x = cell(sheet, x, y, 150, 44, "Printed Name", "{signed_name}", 10)
    x = cell(sheet, x, y, 93, 44, "Title", "{signed_title}", 9)
    cell(sheet, x, y, 80, 44, "Date", "{stated_on}", 9)
    sheet.say(36, 808, "Form QA-118 rev 6", 7)
    number_pages(sheet, 510, 808, "Page {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YY", ","), "mono", families=("plating",), is_wide=True)
def plating_shop_order_across_with_two_loads(sheet: Sheet) -> None:
    facts = sheet.facts
    sheet.say(40, 30, facts.issuer_name.upper(), 14)
    sheet.flow(40, 50, 500, "{site} * {site_address}", 8)
    sheet.say(560, 30, "PLATING CERTIFICATION", 13)
    sheet.flow(560, 50, 240, "CERT {stated_number}", 9, label="CERT")
    sheet.flow(560, 63, 240, "DATED {stated_on}", 9, label="DATED")
    sheet.line(40, 80, 802, 80, 1.2)
    sheet.flow(40, 88, 500, "CUSTOMER {customer}", 9, label="CUSTOMER")
    sheet.flow(400, 88, 400, "BASE METAL {condition}", 9, label="BASE METAL")
    columns = (
        (40, "ORDER", "{po_number}"), (120, "LN", "{po_line}"), (150, "PART NO", "{part_number}"),
        (240, "REV", "{part_revision}"), (275, "DESCRIPTION", "{description}"), (385, "LOT", "{lot_number}"),
        (460, "SPECIFICATION", "{spec_number}[-{spec_revision}]" if "QQ" not in facts.spec_number else "{spec_number}[{spec_revision}]"),
        (585, "TYPE", "{spec_type}"), (625, "CLASS", "{spec_class}"), (672, "START", "{process_from}"), (740, "FINISH", "{process_to}"),
    )  # fmt: skip
    sheet.box(40, 108, 762, 15, 0.86)
    for x, head, template in columns:
        sheet.say(x + 2, 111, head, 8)
        sheet.flow(x + 2, 127, 130, template, 8.5, label=head)
    sheet.line(40, 142, 802, 142)
    first = facts.quantity // 2
    sheet.say(40, 156, "LOAD      PIECES   LINE       H.E. RELIEF BAKE", 8.5)
    for y, load, pieces in ((169, "1", first), (181, "2", facts.quantity - first)):
        sheet.say(
            40,
            y,
            f"{load:<10}{sheet.habits.count(pieces):<9}BARREL 4   375 F, 23 H, WITHIN 4 H OF PLATING",
            8.5,
        )
    sheet.line(40, 195, 400, 195, 0.4)
    sheet.flow(
        40,
        198,
        300,
        "TOTAL PIECES PLATED AND ACCEPTED: {quantity}",
        8.5,
        label="TOTAL PIECES PLATED AND ACCEPTED",
    )
    y = 222.0
    sheet.say(40, y, "TEST", 8.5)
    for x, head in ((220, "MIN"), (290, "MAX"), (360, "ACTUAL"), (430, "UNIT"), (500, "METHOD")):
        sheet.say(x, y, head, 8.5)
    sheet.line(40, y + 13, 802, y + 13)
    y += 17
    for row in facts.rows:
        sheet.result(
            row,
            [
                (40, "name"),
                (220, "minimum"),
                (290, "maximum"),
                (360, "value"),
                (430, "unit"),
                (500, "X-RAY FLUORESCENCE"),
            ],
            y,
            9,
        )
        y += 15
    sheet.say(40, y, "Adhesion", 9)
    sheet.say(360, y, "Acceptable", 9)
    sheet.say(500, y, "BEND TEST", 9)
    y = state(
        sheet, 40, y + 30, 500,
        "We certify the parts on this order were plated and tested per the specification above and meet all its requirements.",
        "Thank you for your order.",
        9,
    )  # fmt: skip
    sheet.scribble(570, 330)
    sheet.line(560, 346, 790, 346)
    sheet.flow(560, 350, 240, "{signed_name}[, {signed_title}]", 9, label="by")
    sheet.say(560, 363, "CERTIFIED BY", 7.5)
    number_pages(sheet, 720, 565, "PAGE {} OF {}")


@LAYOUTS.add(MATERIAL, "GB", Habits("en", "DD/MM/YYYY"), "serif", "serif bold")
def mill_certificate_with_field_codes_and_analysis_across(sheet: Sheet) -> None:
    sheet.flow(40, 30, 300, "{issuer_name}", 14, sheet.bold)
    sheet.flow(40, 50, 300, "A01  {site}, {site_address}", 7.5, label="A01")
    sheet.say(360, 30, "INSPECTION CERTIFICATE", 11, sheet.bold)
    sheet.flow(360, 46, 200, "A02  EN 10204:2004 - Type {certificate_type}", 8, label="A02")
    sheet.flow(360, 58, 200, "A03  Certificate No. {stated_number}", 8, label="Certificate No.")
    sheet.line(40, 76, 555, 76, 1)
    y = 84.0
    for code, left, template, code_2, right, template_2 in (
        ("A06", "Purchaser", "{customer}", "A07", "Purchaser's order", "{po_number}[ / {po_line}]"),
        ("B01", "Product", "{description}", "B02", "Steel / alloy grade", "{grade}"),
        ("B02", "Material spec.", "{spec_number}[:{spec_revision}]" if sheet.facts.spec_number.startswith("EN") else "{spec_number}[ Rev. {spec_revision}]",
         "B04", "Delivery condition", "{condition}"),
        ("B07", "Heat (cast) no.", "{identifier}", "B08", "No. of pieces", "{quantity}"),
        ("B13", "Net mass", "{weight} kg", "Z02", "Date of issue", "{stated_on}"),
    ):  # fmt: skip
        sheet.say(40, y + 1, code, 6.5)
        sheet.say(62, y, left, 8)
        sheet.flow(142, y, 150, template, 8.5, label=left)
        sheet.say(310, y + 1, code_2, 6.5)
        sheet.say(332, y, right, 8)
        sheet.flow(430, y, 125, template_2, 8.5, label=right)
        sheet.line(40, y + 14, 555, y + 14, 0.3)
        y += 19
    y += 10
    elements = [row for row in sheet.facts.rows if row.test == "chemistry"]
    sheet.say(40, y, "C71-C92  Chemical composition, heat analysis (% by mass)", 8.5, sheet.bold)
    y += 16
    step = 455 / max(len(elements), 1)
    for words, what, below in (
        ("", "name", 0),
        ("Min.", "minimum", 15),
        ("Max.", "maximum", 28),
        ("Actual", "value", 41),
    ):
        sheet.say(44, y + below, words, 8)
        for at, row in enumerate(elements):
            sheet.say(
                100 + at * step,
                y + below,
                sheet.habits.number(getattr(row, what)) or "-",
                8,
                sheet.bold if what == "name" else "",
            )
    for row in elements:
        sheet.note(row)
    sheet.box(40, y - 3, 515, 58)
    sheet.line(40, y + 12, 555, y + 12, 0.4)
    y += 74
    sheet.say(40, y, "C10-C29  Tensile test at room temperature", 8.5, sheet.bold)
    y += 16
    strengths = [row for row in sheet.facts.rows if row.test != "chemistry"]
    for at, row in enumerate(strengths):
        x = 150 + at * 135
        sheet.say(x, y, row.name, 8, sheet.bold)
        sheet.say(x, y + 13, row.unit, 8)
        sheet.say(x, y + 28, sheet.habits.number(row.minimum) or "-", 8)
        sheet.say(x, y + 41, sheet.habits.number(row.value), 8)
        sheet.note(row)
    for words, below in (("Unit", 13), ("Required min.", 28), ("Result", 41)):
        sheet.say(44, y + below, words, 8)
    sheet.box(40, y - 3, 515, 58)
    sheet.line(40, y + 25, 555, y + 25, 0.4)
    y = state(
        sheet, 40, y + 72, 515,
        "Z01  We certify that the delivered products comply with the requirements of the order and of the material specification above.",
        "Z01  The delivered products come from our current production.",
        8.5,
    )  # fmt: skip
    sheet.say(40, y + 14, "D01  Marking, surface and dimensions inspected: no objection", 8)
    sheet.say(40, y + 40, "Z03  Authorised inspection representative, independent of production", 8)
    sheet.scribble(60, y + 72)
    sheet.flow(40, y + 90, 300, "{signed_name}", 9, label="Authorised inspection representative")
    sheet.flow(40, y + 103, 300, "{signed_title}", 8)
    number_pages(sheet, 490, 812, "Page {} of {}")


@LAYOUTS.add(MATERIAL, "US", Habits("en", "MONTH D, YYYY", ","), "sans", "sans bold")
def stockholder_release_with_test_report_on_its_second_page(sheet: Sheet) -> None:
    sheet.centred(34, sheet.facts.issuer_name, 17)
    sheet.flow(170, 58, 380, "{site} - {site_address}", 8)
    sheet.centred(88, "Certified Material Test Report", 13)
    sheet.flow(60, 120, 300, "Report no. {stated_number}", 10, label="Report no.")
    sheet.flow(340, 120, 210, "Issued {stated_on}", 10, label="Issued")
    sheet.say(60, 146, "SHIP TO", 7.5, sheet.bold)
    sheet.flow(60, 157, 220, "{customer}", 10, label="SHIP TO")
    sheet.say(340, 146, "YOUR ORDER", 7.5, sheet.bold)
    sheet.flow(340, 157, 200, "{po_number}[, line {po_line}]", 10, label="YOUR ORDER")
    y = sheet.flow(60, 190, 475, "Item: {grade} {condition}, {description}", 10, label="Item") + 4
    y = (
        sheet.flow(
            60, y, 475, "Certified to: {spec_number}[ Revision {spec_revision}]", 10, label="Certified to"
        )
        + 12
    )
    for x, head in ((60, "HEAT NUMBER"), (210, "PIECES"), (310, "WEIGHT, LB"), (420, "TEMPER / CONDITION")):
        sheet.say(x, y, head, 7.5, sheet.bold)
    for x, template in ((60, "{identifier}"), (210, "{quantity}"), (310, "{weight}"), (420, "{condition}")):
        sheet.flow(x, y + 14, 120, template, 10)
    sheet.line(60, y + 30, 535, y + 30)
    y += 44
    for is_ticked, words in (
        (True, "Mercury free"),
        (True, "No weld repair performed"),
        (False, "DFARS exception claimed"),
    ):
        x = tick(sheet, 60, y, is_ticked)
        sheet.say(x, y - 1, words, 8.5)
        y += 15
    y = sheet.flow(
        60,
        y + 10,
        475,
        "Inspection document: EN 10204 type {certificate_type}. Chemical and mechanical results follow on the next page.",
        9,
    )
    y = state(
        sheet, 60, y + 10, 475,
        "The material supplied was tested and conforms to the specification stated above and to your order.",
        "The material supplied was taken from our stock.",
        9,
    )  # fmt: skip
    sheet.scribble(80, y + 48)
    sheet.line(60, y + 60, 270, y + 60)
    sheet.flow(60, y + 64, 230, "{signed_name}", 9.5, label="Certified by")
    sheet.flow(60, y + 77, 230, "{signed_title}", 8.5)
    sheet.say(60, y + 90, "Certified by", 7.5)
    sheet.turn()
    sheet.flow(60, 36, 480, "Report no. {stated_number}     Heat number {identifier}", 9)
    sheet.line(60, 52, 535, 52, 1)
    y = 64.0
    for test, title in (
        ("chemistry", "Ladle analysis, weight percent"),
        ("mechanical", "Tension test, longitudinal"),
    ):
        sheet.say(60, y, title, 10, sheet.bold)
        y += 18
        heads = ((70, "Property"), (230, "Unit"), (300, "Spec. min"), (380, "Spec. max"), (460, "Found"))
        for x, head in heads:
            sheet.say(x, y, head, 8, sheet.bold)
        y += 14
        for row in sheet.facts.rows:
            if row.test == test:
                sheet.result(
                    row,
                    [(70, "name"), (230, "unit"), (300, "minimum"), (380, "maximum"), (460, "value")],
                    y,
                    9,
                )
                sheet.line(60, y + 13, 535, y + 13, 0.2)
                y += 16
        y += 16
    number_pages(sheet, 275, 812, "Page {} of {}")
