"""Layouts a reader was judged on once: houses that write English. Their figures were seen, so it is tuned on them now.

Each is drawn as such a house prints its papers: with its own order, form and telephone numbers beside the asked ones.
"""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

import random
from decimal import Decimal

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import Scan, number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.tune_layouts import LAYOUTS


def own_number(sheet: Sheet, head: str, digits: int = 5) -> str:
    """Return a number the house keeps for itself: the same for the same paper."""
    chance = random.Random(f"{head} {sheet.facts.identifier} {sheet.facts.issuer_name}")
    return f"{head}{chance.randrange(10 ** (digits - 1), 10**digits)}"


def around(value: str, steps: tuple[int, ...]) -> list[str]:
    """Return the readings whose mean is the value, a few last digits apart."""
    last = Decimal(1).scaleb(Decimal(value).as_tuple().exponent)
    return [str(Decimal(value) + step * last) for step in steps]


def bounds(sheet: Sheet, row, to: str = " - ", least: str = "min. ", most: str = "max. ") -> str:
    """Return the limits of a row in one cell, as most houses print them."""
    if row.minimum and row.maximum:
        return sheet.habits.number(row.minimum) + to + sheet.habits.number(row.maximum)
    return least + sheet.habits.number(row.minimum) if row.minimum else most + sheet.habits.number(row.maximum)


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY", ","), "plain", "plain bold", families=("plating", "anodize"))
def readings_of_five_pieces(sheet: Sheet) -> None:
    sheet.box(40, 34, 46, 30, 0.25)
    sheet.title(96, 34, sheet.facts.issuer_name.upper(), 14)
    sheet.flow(96, 52, 320, "{site_address}  Tel (555) 010-4477  Fax (555) 010-4478", 7.5)
    sheet.say(420, 36, "CERTIFICATION", 13, sheet.bold)
    sheet.flow(420, 54, 140, "[No. {stated_number}]", 9)
    sheet.line(40, 72, 555, 72, 1.4)
    sheet.say(40, 80, "SOLD TO", 7, sheet.bold)
    sheet.flow(40, 90, 200, "{customer}", 9)
    sheet.say(40, 102, "Acct. 30117", 7.5)
    sheet.say(300, 80, "PLATED AT", 7, sheet.bold)
    sheet.flow(300, 90, 250, "{site}", 9)
    heads = (("YOUR P.O.", 40), ("LINE", 118), ("OUR W.O.", 152), ("PACKING SLIP", 218), ("CERT DATE", 300), ("DATE IN", 378), ("DATE OUT", 456))
    sheet.box(36, 124, 520, 34)
    sheet.line(36, 138, 556, 138)
    for head, x in heads:
        sheet.say(x, 128, head, 7, sheet.bold)
        if x > 40:
            sheet.line(x - 4, 124, x - 4, 158)
    for x, template in ((40, "{po_number}"), (118, "{po_line}"), (300, "{stated_on}"), (378, "{process_from}"), (456, "{process_to}")):
        sheet.flow(x, 143, 90, template, 9)
    sheet.say(152, 143, own_number(sheet, "W"), 9)
    sheet.say(218, 143, own_number(sheet, "", 6), 9)
    sheet.box(36, 166, 520, 34)
    sheet.line(36, 180, 556, 180)
    for head, x, template in (("QUANTITY", 40, "{quantity}"), ("PART NUMBER", 118, "{part_number}"), ("REV", 218, "{part_revision}"),
                              ("DESCRIPTION", 252, "{description}"), ("LOT / TRAVELER", 400, "{lot_number}")):
        sheet.say(x, 170, head, 7, sheet.bold)
        sheet.flow(x, 185, 140, template, 9)
    sheet.say(40, 210, "FINISH:", 8, sheet.bold)
    y = sheet.flow(90, 209, 450, "{spec_number}[ REV {spec_revision}][, TYPE {spec_type}][, CLASS {spec_class}]", 10)
    if sheet.facts.rows:
        sheet.say(40, y + 10, "READINGS BY PIECE", 8, sheet.bold)
        sheet.say(160, y + 10, "(X-ray fluorescence; gauge XRF-2, calibration current)", 7.5)
        y += 24
        for x, head in ((40, "Test"), (150, "Limits"), (242, "Unit"), (280, "#1"), (322, "#2"), (364, "#3"), (406, "#4"), (448, "#5"), (500, "Average")):
            sheet.say(x, y, head, 8, sheet.bold)
        for row in sheet.facts.rows:
            y += 15
            sheet.say(40, y, row.name, 8.5)
            sheet.say(150, y, bounds(sheet, row), 8.5)
            sheet.say(242, y, row.unit, 8.5)
            for x, reading in zip((280, 322, 364, 406, 448), around(row.value, (0, 1, -1, 0, 0)), strict=True):
                sheet.say(x, y, reading, 8.5)
            sheet.say(500, y, row.value, 8.5)
            sheet.note(row)
        y += 14
    y = state(sheet, 40, y + 16, 500, "We hereby certify that the parts described above were finished in accordance with, and conform to, the "
              "specification and the purchase order shown. Records are on file at the plant.",
              "Parts were finished to shop standard and inspected visually. Suitability is for the buyer to decide.")
    sheet.scribble(60, y + 34)
    sheet.line(40, y + 50, 240, y + 50)
    sheet.flow(40, y + 53, 300, "{signed_name}[, {signed_title}]", 9)
    sheet.say(40, 800, "Form QF-117 rev. 4   Nadcap chemical processing   AS9100D / ISO 9001:2015 certificate 10-4471", 6.5)
    number_pages(sheet, 500, 800, "Page {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "DD-MON-YYYY", ","), "sans", "sans bold", families=("heat treat",))
def charge_summary(sheet: Sheet) -> None:
    sheet.centred(34, "HEAT TREATMENT CERTIFICATE AND CHARGE SUMMARY", 13)
    left = (sheet.across - sheet.width(sheet.facts.site, 10, sheet.bold)) / 2
    sheet.flow(left, 54, 500, "{site}", 10, sheet.bold)
    sheet.centred(68, sheet.facts.site_address, 8, sheet.font)
    sheet.box(40, 86, 515, 108)
    y = 92
    for left, first, right, second in (
        ("Certificate:", "{stated_number}", "Issued:", "{stated_on}"), ("Customer:", "{customer}", "Customer order:", "{po_number} item {po_line}"),
        ("Part / Rev:", "{part_number} / {part_revision}", "Traveler:", "{lot_number}"), ("Pieces:", "{quantity}", "Alloy as received:", "{condition}"),
        ("Processed to:", "{spec_number}[ Rev {spec_revision}]", "Processed:", "{process_from} to {process_to}"),
    ):
        sheet.pair(46, y, left, first, 78, 170, 9)
        sheet.pair(310, y, right, second, 100, 145, 9)
        y += 20
    sheet.say(40, 206, "Charge", 10, sheet.bold)
    heads = ("Step", "Furnace", "Load", "Set point", "Soak", "Cooling")
    steps = (("Austenitize / solution", "VF-3", own_number(sheet, "L"), "1550 F", "0:55", "Oil, 12 s delay"),
             ("Temper / age", "TF-7", own_number(sheet, "M"), "925 F", "2:05", "Air"))
    places = (46, 170, 230, 300, 372, 430)
    for at, cells in enumerate((heads, *steps)):
        for x, cell in zip(places, cells, strict=True):
            sheet.say(x, 224 + at * 16, cell, 8.5, sheet.bold if not at else sheet.font)
        sheet.line(40, 237 + at * 16, 555, 237 + at * 16, 0.3)
    sheet.say(46, 278, "Pyrometry to AMS 2750. Charts are kept with the load record for 10 years. Last uniformity survey within its period.", 7.5)
    y = 300
    for row in sheet.facts.rows:
        sheet.say(46, y, f"{row.name} ({row.unit})", 9, sheet.bold)
        sheet.say(46, y + 14, f"Required {row.minimum} to {row.maximum}     Obtained {row.value}     Pieces tested 3     Tester HT-04", 9)
        sheet.note(row)
        y += 34
    y = state(sheet, 46, y + 6, 490, "It is certified that the pieces listed were heat treated and tested as stated and meet the requirements of the "
              "specification and of the order.", "Heat treated as requested. The furnace charge is representative of our practice.")
    sheet.scribble(150, y + 26)
    sheet.pair(46, y + 36, "Certified by", "{signed_name}", 90)
    sheet.pair(310, y + 36, "Title", "{signed_title}", 50)
    sheet.say(40, 806, "HT-FORM-9 (03/24)", 7)
    number_pages(sheet, 505, 806, "{} / {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YY", ","), "narrow", "narrow", families=("penetrant inspection",))
def penetrant_report(sheet: Sheet) -> None:
    sheet.title(40, 36, "NONDESTRUCTIVE TEST REPORT - FLUORESCENT PENETRANT", 14)
    sheet.flow(40, 58, 500, "{site}  |  {site_address}  |  quality@lab.example", 8.5)
    cells = (
        ("REPORT NO.", "{stated_number}"), ("REPORT DATE", "{stated_on}"), ("CUSTOMER", "{customer}"), ("PURCHASE ORDER NO.", "{po_number}"),
        ("P.O. ITEM", "{po_line}"), ("PART NO.", "{part_number}"), ("PART REV.", "{part_revision}"), ("LOT NO.", "{lot_number}"),
        ("INSPECTION STANDARD", "{spec_number}"), ("STANDARD REV.", "{spec_revision}"), ("TYPE", "{spec_type}"), ("METHOD / LEVEL", "C / 3"),
        ("MATERIAL", "{condition}"), ("INSPECTED FROM", "{process_from}"), ("INSPECTED TO", "{process_to}"), ("PROCEDURE", "NDT-PT-02 Rev 7"),
    )
    for at, (label, template) in enumerate(cells):
        x, y = 40 + (at % 4) * 129, 78 + (at // 4) * 32
        sheet.box(x, y, 129, 32)
        sheet.say(x + 3, y + 2, label, 6.5)
        sheet.flow(x + 5, y + 13, 122, template, 10, label=label)
    sheet.say(40, 216, "MATERIALS USED", 8.5)
    for at, line in enumerate(("Penetrant  ZL-27A  batch 24K07   dwell 20 min", "Developer  ZP-4B  batch 23M11   dwell 10 min",
                               "Black light 1200 uW/cm2 at 15 in, checked daily")):
        sheet.say(56, 230 + at * 12, line, 9)
    sheet.box(40, 276, 515, 32)
    for x, label, template in ((44, "QTY INSPECTED", "{quantity}"), (216, "QTY ACCEPTED", "{quantity}"), (388, "QTY REJECTED", "0")):
        sheet.say(x, 279, label, 6.5)
        sheet.flow(x + 2, 290, 120, template, 10, label=label)
    y = state(sheet, 40, 324, 515, "No relevant indications were found. The parts listed were inspected in accordance with the standard named and "
              "conform to its acceptance requirements and to the purchase order.",
              "The inspection reflects the condition of the parts on the day only. No statement of conformance is made.", 10)
    sheet.scribble(60, y + 30)
    sheet.flow(44, y + 46, 250, "[Inspector: {signed_name}]", 10)
    sheet.flow(300, y + 46, 250, "[{signed_title}]", 10)
    sheet.say(44, y + 60, "PT Level II to NAS 410, certification valid to 06/30/28", 8)
    number_pages(sheet, 490, 812, "Sheet {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MONTH D, YYYY", ","), "roman", "roman bold", families=("passivation", "chem film"))
def passivation_letter(sheet: Sheet) -> None:
    sheet.centred(50, sheet.facts.issuer_name, 18)
    sheet.centred(74, sheet.facts.site_address, 9, sheet.font)
    sheet.line(70, 92, 525, 92, 1)
    sheet.flow(400, 110, 150, "{stated_on}", 10.5)
    sheet.flow(70, 130, 300, "{customer}", 10.5)
    sheet.say(70, 144, "Attn. Receiving Inspection", 10.5)
    sheet.flow(70, 172, 460, "Subject: Purchase order {po_number}, item {po_line}[ - our certificate {stated_number}]", 10.5)
    y = sheet.flow(
        70, 200, 455,
        "This will certify that the {quantity} pieces of part number {part_number}, revision {part_revision}, which you sent us as lot {lot_number} "
        "were treated at {site} in accordance with {spec_number}[, revision {spec_revision}][, type {spec_type}][, class {spec_class}]. "
        "The parts entered the line on {process_from} and were completed on {process_to}.", 10.5,
    )
    y = sheet.flow(70, y + 8, 455, "One coupon of every rack was tested for 2 hours and showed no discoloration. Bath analysis of the week is on file under "
                   + own_number(sheet, "LAB ") + ".", 10.5)
    y = state(sheet, 70, y + 8, 455, "We certify that the parts comply with all requirements of that specification and of your order.",
              "We are glad to have been of service and trust you will find the parts good.", 10.5)
    sheet.say(70, y + 18, "Very truly yours,", 10.5)
    sheet.scribble(74, y + 48)
    sheet.flow(70, y + 66, 300, "{signed_name}", 10.5)
    sheet.flow(70, y + 80, 300, "{signed_title}", 10.5)
    sheet.centred(806, "Telephone 555-010-2200   Cage code 7ZZ19   ISO 9001:2015", 7.5, sheet.font)


@LAYOUTS.add(PROCESS, "GB", Habits("en", "DD/MM/YYYY", ","), "noto", "noto bold")
def lines_of_the_order(sheet: Sheet) -> None:
    sheet.title(40, 38, "Certificate of Conformity", 18)
    sheet.flow(330, 38, 225, "{issuer_name}", 10)
    sheet.flow(330, 52, 225, "{site_address}", 8)
    sheet.say(330, 64, "VAT GB 999 0000 73   Reg. 01234567", 7)
    sheet.say(330, 75, "+44 1632 960 114", 7)
    for x, label, template in ((40, "Certificate", "{stated_number}"), (150, "Tax point / date", "{stated_on}"), (270, "Customer ref.", "{po_number}"),
                               (390, "Despatch note", "")):
        sheet.say(x, 100, label, 7.5)
        sheet.flow(x, 111, 110, template, 10.5, label=label)
    sheet.say(390, 111, own_number(sheet, "D"), 10.5)
    sheet.box(38, 136, 518, 16, 0.86)
    for x, head in ((42, "Item"), (72, "Drawing"), (150, "Iss."), (178, "Description"), (270, "Batch"), (335, "Qty"), (372, "Process and specification")):
        sheet.say(x, 139, head, 8, sheet.bold)
    for x, template in ((42, "{po_line}"), (72, "{part_number}"), (150, "{part_revision}"), (178, "{description}"), (270, "{lot_number}"), (335, "{quantity}")):
        sheet.flow(x, 156, 110, template, 8.5)
    y = sheet.flow(372, 156, 184, "{spec_number}[ Issue {spec_revision}][ Type {spec_type}][ Class {spec_class}]", 8.5)
    sheet.line(38, y + 5, 556, y + 5)
    y = sheet.flow(42, y + 14, 500, "Works where processed: {site}. Processing commenced {process_from}, completed {process_to}.", 9)
    if sheet.facts.rows:
        sheet.say(42, y + 10, "Inspection results", 9, sheet.bold)
    for row in sheet.facts.rows:
        y += 26
        sheet.say(42, y, f"{row.name}: {row.value} {row.unit}, against {row.minimum} to {row.maximum} {row.unit}", 9)
        sheet.note(row)
    y = state(sheet, 42, y + 26, 510, "Certified that the goods detailed above have been inspected and tested and, unless otherwise stated, conform in all "
              "respects to the requirements of the drawing, specification and order relative thereto.",
              "The goods detailed above are supplied subject to our conditions of sale.", 9)
    sheet.scribble(60, y + 30)
    sheet.pair(42, y + 44, "Signed", "{signed_name}", 50)
    sheet.pair(260, y + 44, "Position", "{signed_title}", 50)
    sheet.say(42, 804, "Doc QD/22 Issue 9. E. & O. E.", 7)
    number_pages(sheet, 500, 804, "Page {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY"), "mono", "mono")
def shop_system_printout(sheet: Sheet) -> None:
    rule = "-" * 92
    sheet.flow(36, 40, 520, "{issuer_name}", 9)
    sheet.say(370, 40, "QC410R  RUN " + own_number(sheet, "", 4), 9)
    sheet.flow(36, 52, 520, "PLANT: {site}", 9)
    sheet.flow(36, 64, 520, "       {site_address}", 8)
    sheet.say(36, 82, "C E R T I F I C A T E   O F   P R O C E S S", 10)
    sheet.say(36, 96, rule, 9)
    y = 108.0
    for left, first, right, second in (
        ("CERT NBR", "{stated_number}", "CERT DATE", "{stated_on}"), ("CUST", "{customer}", "SHOP ORD", ""),
        ("CUST PO", "{po_number}", "PO LINE", "{po_line}"), ("PART NBR", "{part_number}", "PART REV", "{part_revision}"),
        ("LOT NBR", "{lot_number}", "QTY SHIP", "{quantity}"), ("START", "{process_from}", "FINISH", "{process_to}"),
    ):
        sheet.say(36, y, left.ljust(9) + ":", 9)
        sheet.flow(96, y, 200, first, 9, label=left)
        sheet.say(310, y, right.ljust(9) + ":", 9)
        sheet.flow(370, y, 180, second or own_number(sheet, "S"), 9, label=right)
        y += 13
    sheet.say(36, y, rule, 9)
    sheet.flow(36, y + 12, 520, "SPEC     : {spec_number}", 9)
    sheet.flow(36, y + 25, 520, "[SPEC REV : {spec_revision}]", 9)
    sheet.flow(36, y + 38, 520, "[TYPE     : {spec_type}   ][CLASS: {spec_class}]", 9)
    y += 51
    sheet.say(36, y, rule, 9)
    if sheet.facts.rows:
        sheet.say(36, y + 12, "TEST".ljust(26) + "LOW".rjust(10) + "HIGH".rjust(10) + "RESULT".rjust(12) + "  UOM", 9)
        y += 12
    for row in sheet.facts.rows:
        y += 13
        sheet.say(36, y, row.name.upper().ljust(26) + row.minimum.rjust(10) + row.maximum.rjust(10) + row.value.rjust(12) + "  " + row.unit, 9)
        sheet.note(row)
    y = state(sheet, 36, y + 30, 520, "WE CERTIFY THAT THE ABOVE LOT WAS PROCESSED TO THE SPECIFICATION SHOWN AND CONFORMS TO IT AND TO THE PURCHASE ORDER.",
              "LOT CLOSED BY SYSTEM. ALL OPERATIONS REPORTED COMPLETE.", 9)
    sheet.flow(36, y + 14, 400, "[QA RELEASE: {signed_name}  ({signed_title})]", 9)
    sheet.say(36, y + 27, "ELECTRONICALLY RELEASED", 9)
    sheet.say(36, 806, "*** END OF REPORT ***", 8)
    number_pages(sheet, 470, 52, "PAGE {} OF {}", 8)


@LAYOUTS.add(PROCESS, "GB", Habits("en", "D MONTH YYYY", ","), "serif", "serif bold")
def small_labels_in_numbered_boxes(sheet: Sheet) -> None:
    sheet.box(36, 30, 523, 640)
    cells = (
        (36, 30, 174, 44, "1. Organisation", "{issuer_name}"), (210, 30, 175, 44, "2. Document", ""), (385, 30, 174, 44, "3. Certificate number", "{stated_number}"),
        (36, 74, 349, 40, "4. Place of work", "{site}, {site_address}"), (385, 74, 174, 40, "5. Work order / contract", "{po_number} / {po_line}"),
        (36, 114, 174, 40, "6. Item description", "{description}"), (210, 114, 120, 40, "7. Part number", "{part_number}"), (330, 114, 55, 40, "8. Issue", "{part_revision}"),
        (385, 114, 60, 40, "9. Qty", "{quantity}"), (445, 114, 114, 40, "10. Batch / serial", "{lot_number}"),
        (36, 154, 349, 40, "11. Work carried out to", "{spec_number}[ issue {spec_revision}][, type {spec_type}][, class {spec_class}]"),
        (385, 154, 174, 40, "12. Status of work", "{family}"), (36, 194, 262, 36, "13. Work begun", "{process_from}"), (298, 194, 261, 36, "14. Work completed", "{process_to}"),
    )
    for x, y, width, height, label, template in cells:
        sheet.box(x, y, width, height)
        sheet.say(x + 3, y + 2, label, 6)
        size = 7.5 if label.startswith("4.") else 9
        sheet.flow(x + 6, y + 15, width - 10, template, size, label=label)
    sheet.say(222, 46, "RELEASE CERTIFICATE", 11, sheet.bold)
    sheet.say(39, 233, "15. Remarks and results", 6)
    y = 248
    for row in sheet.facts.rows:
        sheet.say(44, y, f"{row.name}  {row.value} {row.unit}  (limits {row.minimum} / {row.maximum} {row.unit})", 9)
        sheet.note(row)
        y += 14
    if not sheet.facts.rows:
        sheet.say(44, y, "None.", 9)
    sheet.line(36, 420, 559, 420)
    sheet.say(39, 423, "16. Statement", 6)
    state(sheet, 44, 436, 505, "Certifies that the work identified above was carried out in accordance with the specification and order and that the "
          "items conform to them and are released.", "The work identified above was carried out. No opinion on the items is expressed.", 9)
    for x, label, template in ((36, "17. Authorised signature", ""), (210, "18. Name and position", "[{signed_name}, {signed_title}]"), (420, "19. Date", "{stated_on}")):
        sheet.line(x, 490, x, 540)
        sheet.say(x + 3, 492, label, 6)
        sheet.flow(x + 6, 508, 200, template, 8.5, label=label)
    sheet.line(36, 490, 559, 490)
    sheet.line(36, 540, 559, 540)
    sheet.scribble(56, 520)
    sheet.say(40, 548, "Keep this certificate with the parts. Approval reference UK.99G.0000. The user is responsible for checking that the work is eligible.", 6.5)
    sheet.say(40, 676, "Form RC1 Issue 3 (January 2021)", 6.5)
    number_pages(sheet, 500, 676, "Page {} of {}", 6.5)


@LAYOUTS.add(PROCESS, "GB", Habits("en", "DD MONTH YYYY", ","), "roman", "roman bold", families=("heat treat", "plating", "anodize"))
def laboratory_with_results_overleaf(sheet: Sheet) -> None:
    def head() -> None:
        sheet.title(50, 40, "CERTIFICATE OF TREATMENT AND TEST", 14)
        sheet.say(410, 40, sheet.facts.issuer_name, 9, sheet.bold)
        sheet.flow(50, 62, 240, "[CERTIFICATE NUMBER  {stated_number}]", 9)
        sheet.line(50, 78, 545, 78, 1)

    head()
    y = 96
    for label, template in (
        ("Issued by", "{site}"), ("Address", "{site_address}"), ("Date of issue", "{stated_on}"), ("Client", "{customer}"),
        ("Client's order", "{po_number}, item {po_line}"), ("Item under test", "{description}, part {part_number}, issue {part_revision}"),
        ("Identification", "Lot {lot_number}"), ("Number of items", "{quantity}"), ("Received in condition", "{condition}"),
        ("Treatment", "{spec_number}[, issue {spec_revision}][, type {spec_type}][, class {spec_class}]"),
        ("Dates of treatment", "{process_from} to {process_to}"),
    ):
        y = sheet.pair(50, y, label, template, 140, 350, 10) + 6
    y = state(sheet, 50, y + 12, 490, "The items were treated to the specification stated, and the results overleaf show that they conform to it and to the order.",
              "The results relate only to the items tested. No statement of conformity is given.", 10)
    sheet.scribble(200, y + 34)
    sheet.pair(50, y + 46, "Approved signatory", "{signed_name}", 140, 300, 10)
    sheet.pair(50, y + 62, "Position", "{signed_title}", 140, 300, 10)
    sheet.say(50, 790, "This certificate is issued in accordance with the laboratory's schedule of accreditation 0999. It may not be reproduced other than in full.", 7)
    sheet.turn()
    head()
    sheet.say(50, 96, "Results", 11, sheet.bold)
    sheet.line(50, 114, 545, 114)
    for x, words in ((54, "Quantity measured"), (200, "Specified"), (320, "Measured"), (400, "Unit"), (455, "Uncertainty, k=2")):
        sheet.say(x, 118, words, 9, sheet.bold)
    sheet.line(50, 132, 545, 132)
    y = 120
    for row in sheet.facts.rows:
        y += 17
        sheet.say(54, y, row.name, 9.5)
        sheet.say(200, y, bounds(sheet, row, " to "), 9.5)
        sheet.say(320, y, row.value, 9.5)
        sheet.say(400, y, row.unit, 9.5)
        sheet.say(455, y, "2 %", 9.5)
        sheet.note(row)
    sheet.line(50, y + 17, 545, y + 17)
    sheet.say(50, y + 26, "Ambient 20 ± 2 °C. Reference blocks traceable to national standards.", 8.5)
    number_pages(sheet, 470, 62, "Page {} of {}", 9)


@LAYOUTS.add(MATERIAL, "US", Habits("en", "MM/DD/YYYY", ","), "plain", "plain bold")
def recertified_by_the_service_centre(sheet: Sheet) -> None:
    sheet.title(40, 36, "MATERIAL CERTIFICATION", 16)
    sheet.say(400, 36, "Cut - Saw - Plate - Bar", 8)
    sheet.flow(40, 58, 400, "Supplied by {issuer_name}, {site_address}", 8.5)
    sheet.line(40, 74, 555, 74)
    y = 82
    for left, first, right, second in (
        ("Cert #", "{stated_number}", "Printed", "{stated_on}"), ("Sold to", "{customer}", "Sales order", ""), ("Customer PO", "{po_number}", "PO line", "{po_line}"),
        ("Product", "{grade} {description}", "Pcs", "{quantity}"), ("Heat", "{identifier}", "Temper", "{condition}"),
        ("Conforms to", "{spec_number}[ Rev {spec_revision}]", "Weight lb", "{weight}"), ("Document type", "EN 10204 {certificate_type}", "Melted in", "USA"),
    ):
        sheet.pair(40, y, left, first, 80, 190, 9.5)
        if second == "":
            sheet.pair(340, y, right, own_number(sheet, "", 7), 70, 130, 9.5)
        else:
            sheet.pair(340, y, right, second, 70, 130, 9.5)
        y += 16
    for title, tests in (("CHEMICAL ANALYSIS, % BY WEIGHT", ("chemistry",)), ("MECHANICAL PROPERTIES", ("mechanical",))):
        rows = [row for row in sheet.facts.rows if row.test in tests]
        sheet.box(40, y + 8, 515, 14, 0.88)
        sheet.say(44, y + 11, title, 8, sheet.bold)
        for x, words in ((300, "SPEC LOW"), (370, "SPEC HIGH"), (450, "ACTUAL"), (505, "UNIT")):
            sheet.say(x, y + 11, words, 7, sheet.bold)
        y += 12
        for row in rows:
            y += 13
            sheet.result(row, [(44, "name"), (300, "minimum"), (370, "maximum"), (450, "value"), (505, "unit")], y, 9)
        y += 14
    y = state(sheet, 40, y + 12, 515, "We certify that this is a true transcript of the mill's report on file, that the material was supplied in the condition received "
              "from the mill, and that it conforms to the specification and to your order.",
              "The above data are given for reference. The producer's own report prevails.", 9)
    sheet.scribble(60, y + 26)
    sheet.flow(44, y + 42, 400, "[Certified by {signed_name}, {signed_title}]", 9)
    sheet.say(40, 806, "No welding or weld repair. No mercury contamination. DFARS 252.225-7009 compliant.", 7)
    number_pages(sheet, 500, 806, "Page {} of {}")


@LAYOUTS.add(MATERIAL, "US", Habits("en", "D-MON-YY", ","), "narrow", "narrow", is_wide=True)
def mill_on_its_side(sheet: Sheet) -> None:
    sheet.title(40, 30, "CERTIFICATE OF TEST", 16)
    sheet.flow(260, 32, 540, "{issuer_name} - {site_address}", 9)
    sheet.say(640, 32, "(555) 010-9000", 9)
    heads = (("CERTIFICATE NO", 40, "{stated_number}"), ("DATE", 130, "{stated_on}"), ("CUSTOMER", 200, "{customer}"), ("CUSTOMER ORDER", 330, "{po_number}"),
             ("ITEM", 420, "{po_line}"), ("MILL ORDER", 460, ""), ("SIZE AND FORM", 540, "{description}"), ("PCS", 670, "{quantity}"), ("NET WT LB", 730, "{weight}"))
    sheet.box(36, 56, 770, 34)
    for label, x, template in heads:
        sheet.say(x, 59, label, 7)
        sheet.flow(x, 72, 140, template, 10, label=label)
    sheet.say(460, 72, own_number(sheet, "7", 6), 10)
    sheet.box(36, 90, 770, 34)
    for label, x, template in (("GRADE", 40, "{grade}"), ("SPECIFICATION", 130, "{spec_number}[ REV {spec_revision}]"), ("CONDITION", 330, "{condition}"),
                               ("HEAT NO", 460, "{identifier}"), ("INSPECTION DOCUMENT", 560, "EN 10204 TYPE {certificate_type}")):
        sheet.say(x, 93, label, 7)
        sheet.flow(x, 106, 190, template, 10, label=label)
    y = 136
    for title, test in (("CHEMISTRY - WEIGHT PERCENT", "chemistry"), ("TENSILE - LONGITUDINAL, ROOM TEMPERATURE", "mechanical")):
        rows = [row for row in sheet.facts.rows if row.test == test]
        sheet.say(40, y, title, 9)
        step = 76 if test == "chemistry" else 150
        for line, words in ((16, ""), (30, "MIN"), (44, "MAX"), (58, "ACTUAL")):
            sheet.say(40, y + line, words, 8.5)
            for at, row in enumerate(rows):
                unit = f" ({row.unit})" if test == "mechanical" else ""
                shown = {16: row.name + unit, 30: row.minimum, 44: row.maximum, 58: row.value}[line]
                sheet.say(100 + at * step, y + line, shown, 9)
        for line in (13, 27, 41, 55, 70):
            sheet.line(36, y + line, 806, y + line, 0.3)
        for row in rows:
            sheet.note(row)
        y += 88
    sheet.say(40, y, "GRAIN SIZE 7    MACRO: PASS    ULTRASONIC: NOT REQUIRED    MELT PRACTICE: EF + AOD    COUNTRY OF MELT: USA", 8.5)
    y = state(sheet, 40, y + 20, 760, "The material described was manufactured, sampled and tested in accordance with the specification shown, and conforms to it and to the order.",
              "The figures are mill averages and are for information.", 9)
    sheet.scribble(520, y + 16)
    sheet.flow(500, y + 34, 300, "[{signed_name}, {signed_title}]", 10)
    sheet.line(500, y + 31, 760, y + 31)
    number_pages(sheet, 740, 572, "PAGE {} OF {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM-DD-YY", ","), "roman", "roman bold", Scan(200, 0.8, 7, 68), families=("anodize", "chem film", "passivation"))
def scanned_half_page_slip(sheet: Sheet) -> None:
    sheet.title(60, 50, sheet.facts.issuer_name, 17)
    sheet.flow(60, 74, 470, "{site} - {site_address}", 10)
    sheet.say(60, 96, "CERTIFICATE OF COMPLIANCE", 14, sheet.bold)
    y = 126
    for label, template in (
        ("Certificate No.", "{stated_number}"), ("Date", "{stated_on}"), ("Purchase Order", "{po_number}   Item {po_line}"), ("Part No.", "{part_number}   Rev. {part_revision}"),
        ("Lot", "{lot_number}"), ("Quantity", "{quantity}"), ("Specification", "{spec_number}[ Rev. {spec_revision}]"), ("Type / Class", "[Type {spec_type}  ][Class {spec_class}]"),
        ("Date processed", "{process_from} to {process_to}"),
    ):
        sheet.line(170, y + 15, 530, y + 15, 0.4)
        y = sheet.pair(60, y, label, template, 115, 360, 11.5) + 8
    for row in sheet.facts.rows:
        sheet.say(60, y + 4, f"{row.name}: {row.value} {row.unit}  (min {row.minimum}, max {row.maximum})", 11.5)
        sheet.note(row)
        y += 22
    y = state(sheet, 60, y + 12, 470, "We certify that the parts above were processed in accordance with and conform to the specification and order.",
              "Thank you for your business. Parts processed as marked on the tag.", 11.5)
    sheet.scribble(170, y + 30)
    sheet.pair(60, y + 44, "Authorized", "{signed_name}", 115, 300, 11.5)
    sheet.pair(60, y + 64, "Title", "{signed_title}", 115, 300, 11.5)


@LAYOUTS.add(MATERIAL, "GB", Habits("en", "DD/MM/YYYY", ","), "plain", "plain bold", Scan(230, -0.5, 6, 72))
def scanned_stockist_certificate(sheet: Sheet) -> None:
    sheet.title(50, 46, "INSPECTION CERTIFICATE", 16)
    sheet.flow(50, 70, 480, "BS EN 10204:2004 Type {certificate_type}", 11)
    sheet.flow(50, 88, 480, "{issuer_name}, {site_address}", 10)
    y = 116
    for left, first, right, second in (
        ("Certificate No", "{stated_number}", "Date", "{stated_on}"), ("Your order", "{po_number}", "Item", "{po_line}"), ("Cast No", "{identifier}", "Condition", "{condition}"),
        ("Material", "{grade}", "Pieces", "{quantity}"), ("Specification", "{spec_number}[ Issue {spec_revision}]", "Weight kg", "{weight}"),
    ):
        sheet.box(46, y - 5, 504, 25)
        sheet.pair(52, y, left, first, 95, 170, 11)
        sheet.pair(330, y, right, second, 75, 140, 11)
        y += 25
    y += 12
    for x, head in ((56, "Test"), (200, "Minimum"), (290, "Maximum"), (380, "Result"), (470, "Unit")):
        sheet.say(x, y, head, 10.5, sheet.bold)
    for row in sheet.facts.rows:
        y += 18
        sheet.result(row, [(56, "name"), (200, "minimum"), (290, "maximum"), (380, "value"), (470, "unit")], y, 10.5)
    y = state(sheet, 52, y + 34, 490, "We certify that the material supplied complies with the specification and with your order.",
              "These values are typical and are not warranted.", 11)
    sheet.scribble(170, y + 28)
    sheet.pair(52, y + 40, "Signed", "{signed_name}", 95, 200, 11)
    sheet.pair(52, y + 58, "Position", "{signed_title}", 95, 200, 11)
