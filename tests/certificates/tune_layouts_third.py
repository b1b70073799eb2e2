"""A third set of layouts a reader was judged on once: houses that write English.

Over 500 lines because each layout is one whole form, kept in one piece with the form beside it.
"""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from documents.formats.paper import ReadField
from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import Scan, number_pages, state
from tests.certificates.sheet import MONTHS, Habits, Sheet
from tests.certificates.trade import Result
from tests.certificates.tune_layouts import LAYOUTS

TYPED = "[, Type {spec_type}][, Class {spec_class}]"
Column = tuple[float, str, Callable[[Result], str]]


@dataclass(frozen=True)
class ShortMonths(Habits):
    """A house that writes Nov 22, 2026."""

    def day(self, day: date) -> str:
        return f"{MONTHS['en'][day.month - 1][:3]} {day.day}, {day.year}"


# what the houses have in common
def house_number(sheet: Sheet, head: str, digits: int = 5) -> str:
    """Return a number of the house's own books: the same for the same paper."""
    chance = random.Random(f"third {head} {sheet.facts.identifier} {sheet.facts.part_number}")
    return f"{head}{chance.randrange(10 ** (digits - 1), 10**digits)}"


def joined(sheet: Sheet) -> str:
    """Return the template of a specification with its revision as the trade joins them: AMS 2404K, ASTM E1417-21."""
    number = sheet.facts.spec_number
    joint = "-" if number.startswith("ASTM") else ":" if number.startswith("EN ") else ""
    return "{spec_number}[" + joint + "{spec_revision}]"


def limits(sheet: Sheet, row: Result, to: str = " - ", least: str = "{} min", most: str = "{} max") -> str:
    low, high = sheet.habits.number(row.minimum), sheet.habits.number(row.maximum)
    return low + to + high if low and high else least.format(low) if low else most.format(high)


def cell(sheet: Sheet, x: float, y: float, width: float, height: float, label: str, template: str, size: float = 9) -> None:
    """Draw a box with a small caption at its top and the fact under it."""
    sheet.box(x, y, width, height)
    sheet.say(x + 3, y + 2, label, 6)
    sheet.flow(x + 4, y + 11, width - 8, template, size, label=label)


def strip(sheet: Sheet, x: float, y: float, cells: Iterable[tuple[float, str, str]], height: float = 26, size: float = 9) -> float:
    for width, label, template in cells:
        cell(sheet, x, y, width, height, label, template, size)
        x += width
    return y + height


def table(sheet: Sheet, y: float, columns: list[Column], rows: Iterable[Result], step: float = 13, size: float = 8.5) -> float:
    """Write results down the page, a row each; limits that have no column are not part of the truth."""
    for x, head, _ in columns:
        sheet.say(x, y, head, size - 1, sheet.bold)
    for row in rows:
        y += step
        for x, _, said in columns:
            sheet.say(x, y, said(row), size)
        sheet.note(row)
    return y + step


def across(sheet: Sheet, x: float, y: float, step: float, rows: list[Result], lines: list[tuple[str, str]], first: float = 60, size: float = 8,
           head: Callable[[Result], str] = lambda row: row.name) -> float:
    """Write results side by side, the names as heads, one line for each of minimum, maximum and value."""
    for at, row in enumerate(rows):
        sheet.say(x + first + at * step, y, head(row), size, sheet.bold)
        sheet.note(row)
    for line, what in lines:
        y += size * 1.6
        sheet.say(x, y, line, size)
        for at, row in enumerate(rows):
            sheet.say(x + first + at * step, y, sheet.habits.number(getattr(row, what)) or "-", size)
    return y + size * 1.6


def of_test(sheet: Sheet, *tests: str) -> list[Result]:
    return [row for row in sheet.facts.rows if row.test in tests]


def value(sheet: Sheet) -> Callable[[Result], str]:
    return lambda row: sheet.habits.number(row.value)


def unlimited(row: Result) -> Result:
    """Return the row as a paper has it that prints no limits."""
    return replace(row, minimum="", maximum="")


def choices(sheet: Sheet, x: float, y: float, key: str, word: str, offered: tuple[str, ...], on: str = "", off: str = "") -> float:
    """Write the choices of a form with the one that applies marked; a drawn box where no marks are given."""
    said = getattr(sheet.facts, key)
    for each in (*offered, *([said] if said and said not in offered else [])):
        if on:
            x = sheet.say(x, y, on if each == said else off, 9)
        else:
            sheet.box(x, y + 1.5, 8, 8)
            if each == said:
                sheet.say(x + 1, y + 0.5, "X", 8.5, sheet.bold)
            x += 12
        x = sheet.say(x, y, f"{word} {each}", 9) + 14
        if each == said:
            sheet.found.append(ReadField(key, each, each, len(sheet.pages), None, label=word))
    return x


# processors
@LAYOUTS.add(PROCESS, "US", ShortMonths("en"), "plain", "plain bold", families=("heat treat",))
def furnace_load_certificate(sheet: Sheet) -> None:
    sheet.flow(40, 36, 300, "{issuer_name}", 15, sheet.bold)
    sheet.flow(40, 56, 320, "{site} - {site_address}", 7.5)
    sheet.box(390, 32, 165, 54)
    for at, (label, template) in enumerate((("Cert. No.", "{stated_number}"), ("Date", "{stated_on}"), ("Shop Order", ""))):
        sheet.pair(396, 37 + at * 16, label, template, 70, 90, 9)
    sheet.say(466, 69, house_number(sheet, "SO-"), 9)
    sheet.centred(104, "HEAT TREAT CERTIFICATION", 13)
    left = (("Customer", "{customer}"), ("P.O. Number", "{po_number}"), ("P.O. Line", "{po_line}"), ("Part Number", "{part_number}"),
            ("Part Rev.", "{part_revision}"))
    right = (("Part Name", "{description}"), ("Lot Number", "{lot_number}"), ("Pieces", "{quantity}"), ("Start", "{process_from}"), ("Complete", "{process_to}"))
    for at, (first, second) in enumerate(zip(left, right, strict=True)):
        y = 132 + at * 15
        sheet.pair(40, y, first[0], first[1], 80, 170)
        sheet.pair(310, y, second[0], second[1], 80, 160)
    sheet.line(40, 212, 555, 212)
    sheet.pair(40, 220, "Processed to", joined(sheet) + TYPED, 80, 300, 10)
    sheet.say(40, 244, "FURNACE RECORD", 8, sheet.bold)
    aged = sheet.facts.spec_number == "AMS 2770"
    steps = (("Solution", "985", "50 min", "Water"), ("Age", "350", "8 h 10 min", "Air")) if aged else (("Harden", "1525", "55 min", "Oil"), ("Temper", "825", "2 h 05 min", "Air"))
    for x, head in ((40, "Operation"), (130, "Furnace"), (210, "Load No."), (300, "Temp. (°F)"), (390, "Soak"), (480, "Quench / Cool")):
        sheet.say(x, 258, head, 7.5, sheet.bold)
    for at, (step, warm, soak, cool) in enumerate(steps):
        for x, text in ((40, step), (130, f"No. {at + 3}"), (210, house_number(sheet, "L" if at else "K", 4)), (300, warm), (390, soak), (480, cool)):
            sheet.say(x, 271 + at * 12, text, 8)
    sheet.line(40, 300, 555, 300)
    y = table(sheet, 310, [(40, "Inspection", lambda row: row.name), (180, "Required", lambda row: f"{limits(sheet, row)} {row.unit}"),
                           (330, "Obtained (avg. of 3)", lambda row: f"{sheet.habits.number(row.value)} {row.unit}"), (470, "Readings", lambda row: "3 of 3 pieces")], sheet.facts.rows)
    y = state(sheet, 40, y + 14, 500, "We certify that the parts listed above were heat treated in accordance with the specification shown and conform to its requirements and to your purchase order.",
              "The parts listed above were heat treated in line with good commercial practice.", 9)
    sheet.say(40, y + 8, "Pyrometry per AMS 2750. Charts are kept on file for ten years and can be seen on request.", 7.5)
    sheet.scribble(60, 700)
    sheet.line(40, 712, 260, 712)
    sheet.flow(40, 716, 240, "{signed_name}[, {signed_title}]", 9)
    sheet.say(40, 730, "Authorized signature", 7)
    number_pages(sheet, 500, 800, "Page {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MONTH D, YYYY", ","), "roman", "roman bold")
def letter_of_conformance_in_prose(sheet: Sheet) -> None:
    sheet.centred(40, sheet.facts.issuer_name, 18)
    sheet.line(90, 66, 505, 66, 0.8)
    sheet.flow(170, 70, 300, "{site_address}", 8.5)
    sheet.flow(70, 104, 200, "{stated_on}", 10.5)
    sheet.flow(70, 130, 300, "{customer}", 10.5)
    sheet.say(70, 144, "Attention: Receiving Inspection", 10.5)
    sheet.flow(70, 172, 450, "Re: Certificate of Conformance[ No. {stated_number}]", 10.5, sheet.bold)
    y = sheet.flow(70, 198, 455, "Under your purchase order {po_number}, item {po_line}, we received and processed {quantity} pieces of part number "
                   "{part_number} revision {part_revision}, {description}, which came to us under your lot number {lot_number}.", 10.5)
    y = sheet.flow(70, y + 10, 455, "The work was done at {site}, beginning {process_from} and ending {process_to}, in accordance with {spec_number}[ Revision {spec_revision}]"
                   "[, Type {spec_type}][, Class {spec_class}].", 10.5)
    if sheet.facts.rows:
        sheet.say(70, y + 10, "Inspection of the finished lot gave these results:", 10.5)
        y += 26
        for row in sheet.facts.rows:
            sheet.say(90, y, f"{row.name}: {row.value} {row.unit} (required {limits(sheet, row, ' to ', 'at least {}', 'at most {}')} {row.unit})", 10.5)
            sheet.note(row)
            y += 16
    y = state(sheet, 70, y + 10, 455, "We hereby certify that these parts meet all requirements of the above specification and of your order. Records are on file and open to your review.",
              "We trust that these parts will be found satisfactory for your purposes.", 10.5)
    sheet.say(70, y + 18, "Very truly yours,", 10.5)
    sheet.scribble(74, y + 56)
    sheet.flow(70, y + 70, 300, "{signed_name}", 10.5)
    sheet.flow(70, y + 84, 300, "{signed_title}", 10.5)
    sheet.say(70, 790, f"Our file {house_number(sheet, 'F')}      QA form 114, issue 3      Telephone (555) 013-2200", 7.5)


@LAYOUTS.add(PROCESS, "US", Habits("en", "DD-MON-YY", ","), "mono", families=("anodize", "chem film", "plating"))
def ticked_process_sheet(sheet: Sheet) -> None:
    sheet.flow(36, 34, 300, "{issuer_name}", 12)
    sheet.flow(36, 50, 500, "{site} / {site_address}", 7.5)
    sheet.line(36, 64, 560, 64)
    sheet.say(36, 70, "CERTIFICATION OF FINISH", 12)
    sheet.flow(330, 72, 220, "CERT#: [{stated_number}]", 9)
    for at, (label, template) in enumerate((("CUST", "{customer}"), ("CUST PO#", "{po_number}  LN {po_line}"), ("P/N", "{part_number} REV {part_revision}"),
                                            ("DESC", "{description}"), ("LOT#", "{lot_number}"), ("QTY", "{quantity} EA"))):
        sheet.pair(36, 98 + at * 15, f"{label:.<10}", template, 74, 400)
    sheet.say(36, 196, "PROCESS", 9)
    sheet.flow(110, 196, 400, "{spec_number}[ REV {spec_revision}]", 9)
    sheet.say(36, 214, "TYPE", 9)
    choices(sheet, 110, 214, "spec_type", "TYPE", ("I", "II", "III"), "[X] ", "[ ] ")
    sheet.say(36, 232, "CLASS", 9)
    choices(sheet, 110, 232, "spec_class", "CLASS", ("1", "1A", "2", "3"), "[X] ", "[ ] ")
    sheet.say(36, 250, "COLOR", 9)
    sheet.say(110, 250, "[ ] CLEAR  [ ] BLACK  [X] PER DRAWING", 9)
    sheet.pair(36, 268, "RUN", "{process_from} THRU {process_to}", 74, 300)
    sheet.say(36, 286, "TANK LINE", 9)
    sheet.say(110, 286, f"B   RACK CARD {house_number(sheet, '', 4)}", 9)
    y = 312
    for row in sheet.facts.rows:
        sheet.say(36, y, f"{row.name.upper()} ({row.unit})", 9)
        sheet.say(230, y, f"MIN {row.minimum or '--'}   MAX {row.maximum or '--'}   ACTUAL {row.value}", 9)
        sheet.note(row)
        y += 15
    sheet.line(36, y + 6, 560, y + 6)
    y = state(sheet, 36, y + 14, 520, "THE ABOVE PARTS HAVE BEEN PROCESSED AND INSPECTED AND CONFORM TO THE SPECIFICATION AND PURCHASE ORDER LISTED.",
              "THE ABOVE PARTS HAVE BEEN PROCESSED TO OUR USUAL STANDARD.", 9)
    sheet.scribble(60, y + 34)
    sheet.flow(36, y + 50, 520, "BY: [{signed_name}][  {signed_title}]   DATE: {stated_on}", 9)


@LAYOUTS.add(PROCESS, "GB", Habits("en", "DD/MM/YYYY", ","), "noto", "noto bold", families=("penetrant inspection",))
def penetrant_inspection_report(sheet: Sheet) -> None:
    sheet.box(36, 32, 523, 40, 0.88)
    sheet.title(44, 38, "FLUORESCENT PENETRANT INSPECTION REPORT", 12)
    sheet.flow(44, 55, 500, "{issuer_name}, {site_address}", 8)
    y = strip(sheet, 36, 80, ((130, "Report No.", "{stated_number}"), (130, "Date of report", "{stated_on}"), (132, "Date of inspection", "{process_to}"), (131, "Location", "{site}")), 34, 8.5)
    y = strip(sheet, 36, y, ((262, "Client", "{customer}"), (130, "Client order", "{po_number}"), (131, "Order item", "{po_line}")))
    y = strip(sheet, 36, y, ((130, "Component", "{description}"), (130, "Part no.", "{part_number}"), (80, "Issue", "{part_revision}"), (183, "Batch / lot", "{lot_number}")))
    sheet.say(36, y + 10, "TECHNIQUE", 9, sheet.bold)
    told = (("Inspection standard", "{spec_number}[ - {spec_revision}]"), ("Type", "[{spec_type}]"), ("Class", "[{spec_class}]"))
    y += 24
    for label, template in told:
        if label != "Class" or sheet.facts.spec_class:
            sheet.pair(44, y, label, template, 130, 200)
            y += 14
    for label, text in (("Method / sensitivity", "Method D, sensitivity level 3"), ("Written technique", house_number(sheet, "PT/", 3)), ("Penetrant batch", house_number(sheet, "", 6)),
                        ("UV-A at surface", "1400 µW/cm²; ambient white light 12 lx")):
        sheet.say(44, y, label, 9, sheet.bold)
        sheet.say(174, y, text, 9)
        y += 14
    sheet.say(36, y + 10, "RESULTS", 9, sheet.bold)
    sheet.box(36, y + 24, 523, 40)
    for at, head in enumerate(("Quantity inspected", "Quantity accepted", "Quantity rejected", "Indications")):
        x = 36 + at * 131
        sheet.say(x + 5, y + 28, head, 8, sheet.bold)
        if at:
            sheet.line(x, y + 24, x, y + 64)
        if at < 2:
            sheet.flow(x + 5, y + 46, 110, "{quantity}", 10)
        else:
            sheet.say(x + 5, y + 46, ("0", "None relevant")[at - 2], 10)
    y = state(sheet, 36, y + 80, 520, "The components accepted above were inspected to the stated standard and comply with it and with the acceptance criteria of the order.",
              "The components were looked at under ultraviolet light.", 9)
    sheet.box(36, y + 16, 330, 66)
    sheet.say(42, y + 20, "Inspector, PCN / EN 4179 level 2", 7.5)
    sheet.scribble(60, y + 46)
    sheet.flow(42, y + 62, 320, "[{signed_name}][ - {signed_title}]", 9)
    sheet.box(366, y + 16, 193, 66)
    sheet.say(372, y + 20, "Signed on", 7.5)
    sheet.flow(372, y + 62, 170, "{stated_on}", 9)
    number_pages(sheet, 36, 806, "Sheet {} of {}")
    sheet.say(36, 790, "This report may not be reproduced except in full. Inspection body 0417, accredited to ISO/IEC 17025:2017.", 6.5)
    sheet.say(470, 806, "Form FPI-07 rev 4", 7.5)


@LAYOUTS.add(PROCESS, "US", Habits("en", "M/D/YYYY", ","), "serif", "serif bold", families=("passivation", "chem film", "plating"))
def captions_under_ruled_lines(sheet: Sheet) -> None:
    sheet.centred(36, "Certificate of Compliance", 17)
    sheet.flow(60, 62, 480, "{site}, {site_address}", 8.5)
    lines = (((60, 220, "Customer", "{customer}"), (300, 110, "Purchase order", "{po_number}"), (430, 100, "Item", "{po_line}")),
             ((60, 130, "Part number", "{part_number}"), (210, 70, "Revision", "{part_revision}"), (300, 230, "Part description", "{description}")),
             ((60, 130, "Lot", "{lot_number}"), (210, 70, "Quantity", "{quantity}"), (300, 110, "Certificate number", "{stated_number}"), (430, 100, "Date of certificate", "{stated_on}")),
             ((60, 220, "Specification and revision", "{spec_number}[ {spec_revision}]"), (300, 110, "Type", "{spec_type}"), (430, 100, "Class", "{spec_class}")),
             ((60, 220, "Processing started", "{process_from}"), (300, 230, "Processing finished", "{process_to}")))
    y = 100
    for line in lines:
        for x, width, caption, template in line:
            sheet.flow(x, y, width, template, 10, label=caption)
            sheet.line(x, y + 14, x + width, y + 14, 0.5)
            sheet.say(x, y + 16, caption, 6.5)
        y += 42
    for row in sheet.facts.rows:
        for x, width, caption, text in ((60, 130, "Characteristic", row.name), (210, 70, "Measured", f"{row.value} {row.unit}"), (300, 230, "Limits", f"{limits(sheet, row)} {row.unit}")):
            sheet.say(x, y, text, 10)
            sheet.line(x, y + 14, x + width, y + 14, 0.5)
            sheet.say(x, y + 16, caption, 6.5)
        sheet.note(row)
        y += 42
    y = state(sheet, 60, y, 475, "This is to certify that the articles identified above were processed in accordance with, and comply with, the specification and the purchase order identified above.",
              "This is to acknowledge that the articles identified above were processed by us.", 9.5)
    sheet.scribble(80, y + 46)
    sheet.flow(60, y + 60, 220, "{signed_name}", 10)
    sheet.line(60, y + 74, 280, y + 74, 0.5)
    sheet.say(60, y + 76, "Authorized representative", 6.5)
    sheet.flow(300, y + 60, 230, "{signed_title}", 10)
    sheet.line(300, y + 74, 530, y + 74, 0.5)
    sheet.say(300, y + 76, "Title", 6.5)


@LAYOUTS.add(PROCESS, "US", Habits("en", "YYYY-MM-DD", ","), "noto", "noto bold", families=("anodize", "plating", "heat treat"))
def certificate_with_data_sheet_behind(sheet: Sheet) -> None:
    sheet.flow(40, 34, 300, "{issuer_name}", 14, sheet.bold)
    sheet.say(400, 36, "C of C", 20, sheet.bold)
    sheet.flow(40, 54, 340, "{site_address}", 8)
    sheet.line(40, 70, 555, 70, 2)
    y = 84
    for label, template in (("Certificate", "{stated_number}"), ("Issued", "{stated_on}"), ("Bill to / ship to", "{customer}"), ("Customer PO / line", "{po_number} / {po_line}"),
                            ("Item", "{part_number}, rev. {part_revision}, {description}"), ("Customer lot", "{lot_number}"), ("Quantity shipped", "{quantity} pcs"), ("Work performed at", "{site}"),
                            ("Work performed", "{process_from} to {process_to}")):
        sheet.pair(40, y, label, template, 130, 380, 9.5)
        y += 18
    sheet.box(40, y + 6, 515, 42, 0.92)
    sheet.say(48, y + 11, "Requirement", 8, sheet.bold)
    sheet.flow(48, y + 25, 490, "{spec_number}[ Rev. {spec_revision}][ Type {spec_type}][ Class {spec_class}]", 11)
    y = state(sheet, 40, y + 64, 515, "The items described on this certificate have been processed, inspected and tested, and conform in all respects to the requirement and purchase order stated. Test data are on the sheet behind.",
              "The items described on this certificate were processed with care. Test data are on the sheet behind.", 9.5)
    sheet.scribble(60, y + 34)
    sheet.flow(40, y + 50, 400, "[{signed_name}][ / {signed_title}]", 9.5)
    sheet.flow(40, y + 64, 400, "Signed {stated_on}", 8.5)
    sheet.say(40, 780, "Nadcap accredited, audit 214088. Quality system registered to AS9100 Rev D. Claims within 30 days of receipt.", 6.5)
    sheet.turn()
    sheet.title(40, 40, "Test data", 14)
    sheet.flow(300, 42, 260, "[Certificate {stated_number}]", 9)
    sheet.line(40, 62, 555, 62)
    y = table(sheet, 74, [(40, "Test", lambda row: row.name), (190, "Unit", lambda row: row.unit), (250, "Min", lambda row: row.minimum or "-"), (320, "Max", lambda row: row.maximum or "-"),
                          (390, "Result", value(sheet)), (460, "Sample", lambda row: "3 of lot")], sheet.facts.rows, 15, 9)
    sheet.say(40, y + 12, f"Instrument {house_number(sheet, 'IN-', 3)}, calibration in date. Laboratory record {house_number(sheet, 'LR-')}.", 8)
    number_pages(sheet, 510, 806, "{} of {}", 8)


@LAYOUTS.add(PROCESS, "GB", Habits("en", "D MONTH YYYY", ","), "sans", "sans bold", is_wide=True)
def landscape_line_of_goods(sheet: Sheet) -> None:
    sheet.flow(36, 30, 400, "{issuer_name}", 14, sheet.bold)
    sheet.flow(36, 50, 400, "{site}. {site_address}", 8)
    sheet.title(560, 32, "RELEASE CERTIFICATE", 14)
    sheet.flow(560, 52, 250, "[Serial {stated_number}]", 9)
    sheet.flow(36, 78, 400, "Released to: {customer}", 9)
    heads = ((34, "Item", "{po_line}"), (78, "Order ref.", "{po_number}"), (92, "Part number", "{part_number}"), (40, "Iss.", "{part_revision}"), (118, "Description", "{description}"),
             (84, "Batch", "{lot_number}"), (50, "Qty", "{quantity}"), (274, "Treatment", "{spec_number}[ Issue {spec_revision}]" + TYPED))
    x = 36
    sheet.box(36, 100, 770, 18, 0.85)
    for width, head, template in heads:
        sheet.say(x + 4, 104, head, 8, sheet.bold)
        sheet.flow(x + 4, 124, width - 4, template, 8.5)
        sheet.box(x, 100, width, 44)
        x += width
    sheet.flow(36, 158, 600, "Treated between {process_from} and {process_to}. Our advice note " + house_number(sheet, "A") + ".", 9)
    y = 184
    if sheet.facts.rows:
        sheet.say(36, y, "Inspection results", 9, sheet.bold)
        y = table(sheet, y + 16, [(36, "Check", lambda row: row.name), (220, "Lower limit", lambda row: row.minimum or "none"), (320, "Upper limit", lambda row: row.maximum or "none"),
                                  (420, "Found", value(sheet)), (500, "Units", lambda row: row.unit)], sheet.facts.rows)
    y = state(sheet, 36, y + 14, 740, "Certified that the whole of the supplies detailed hereon have been treated, inspected and tested and, unless otherwise stated, conform to the order and specification relating thereto.",
              "The supplies detailed hereon are sent to you with our compliments.", 9)
    sheet.box(36, 480, 770, 60)
    for x, caption, template in ((42, "Signature", ""), (240, "Name", "{signed_name}"), (430, "Position", "{signed_title}"), (640, "Date", "{stated_on}")):
        sheet.say(x, 484, caption, 7)
        sheet.flow(x, 512, 180, template, 9.5)
    sheet.scribble(60, 516)
    number_pages(sheet, 740, 560, "Page {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM-DD-YYYY", ","), "noto", "noto bold")
def numbered_blocks_of_the_release_form(sheet: Sheet) -> None:
    sheet.centred(34, "CERTIFICATE OF CONFORMITY", 13)
    strip(sheet, 36, 58, ((90, "1. Page", ""), (160, "2. Certificate number", "{stated_number}"), (110, "3. Date", "{stated_on}"), (163, "6. Purchase order number", "{po_number}")), 30)
    strip(sheet, 36, 88, ((262, "4. Supplier name and address", "{site}, {site_address}"), (261, "5. Customer name and address", "{customer}, Goods Inward, Dock 2")), 46, 8.5)
    strip(sheet, 36, 134, ((50, "7. Item", "{po_line}"), (70, "8. Quantity", "{quantity}"), (232, "9. Description", "{part_number}  {description}"), (60, "10. Rev.", "{part_revision}"), (111, "11. Lot / serial", "{lot_number}")), 34)
    strip(sheet, 36, 168, ((523, "12. Remarks", "Processed {process_from} through {process_to}. Shop order " + house_number(sheet, "J") + "."),), 34)
    sheet.box(36, 202, 523, 150)
    sheet.say(39, 204, "13. Conformity details", 6)
    y = sheet.flow(42, 218, 500, "Process specification: {spec_number}[, revision {spec_revision}][, type {spec_type}][, class {spec_class}]", 9.5)
    for row in sheet.facts.rows:
        y += 4
        sheet.say(42, y, f"{row.name}, {row.unit}: measured {row.value}; required {limits(sheet, row)}", 9.5)
        sheet.note(row)
        y += 13
    sheet.say(42, y + 6, "Shelf life: N/A.   Concessions: None.   Nonconformances: None.", 9)
    sheet.box(36, 352, 523, 110)
    sheet.say(39, 354, "14. Statement and release", 6)
    state(sheet, 42, 366, 505, "We certify that the items listed have been processed and inspected, and conform to the purchase order, the drawing revision and the specification stated in block 13.",
          "The items listed have been processed and were in good condition when packed.", 9)
    sheet.scribble(70, 426)
    sheet.flow(42, 444, 260, "{signed_name}", 9.5)
    sheet.flow(320, 444, 220, "{signed_title}", 9.5)
    number_pages(sheet, 42, 70, "{} of {}", 9)


@LAYOUTS.add(PROCESS, "US", ShortMonths("en", thousands=","), "sans", "sans bold", families=("passivation", "chem film", "penetrant inspection"))
def packing_and_certificate_in_one(sheet: Sheet) -> None:
    sheet.box(36, 30, 523, 60)
    sheet.flow(44, 36, 250, "{issuer_name}", 13, sheet.bold)
    sheet.flow(44, 56, 250, "{site_address}", 8)
    sheet.flow(44, 70, 250, "Plant: {site}", 8)
    sheet.say(330, 36, "PACKING LIST & CERTIFICATION", 11, sheet.bold)
    sheet.say(330, 56, f"Packing list {house_number(sheet, 'PL')}", 9)
    sheet.flow(330, 70, 220, "[Certification {stated_number}, ]dated {stated_on}", 9)
    sheet.say(36, 100, "SHIP TO", 7, sheet.bold)
    sheet.flow(36, 110, 220, "{customer}", 9)
    sheet.say(300, 100, "SHIP VIA", 7, sheet.bold)
    sheet.say(300, 110, "Our truck, 2 cartons", 9)
    y = 140
    for x, head in ((36, "YOUR ORDER"), (126, "LN"), (150, "PART / REV"), (260, "LOT"), (330, "REC'D"), (380, "ACC'D"), (430, "REJ'D"), (480, "BACK ORDER")):
        sheet.say(x, y, head, 7.5, sheet.bold)
    sheet.line(36, y + 12, 559, y + 12)
    for x, template in ((36, "{po_number}"), (126, "{po_line}"), (150, "{part_number} / {part_revision}"), (260, "{lot_number}"), (330, "{quantity}"), (380, "{quantity}")):
        sheet.flow(x, y + 17, 110, template, 8.5)
    sheet.say(430, y + 17, "0", 8.5)
    sheet.say(480, y + 17, "0", 8.5)
    sheet.flow(150, y + 30, 300, "{description}", 8)
    sheet.flow(150, y + 42, 380, "Process: " + joined(sheet) + "[ Type {spec_type}][ Class {spec_class}]", 8.5)
    sheet.flow(150, y + 54, 380, "Completed: {process_to}", 8.5)
    y += 76
    for row in sheet.facts.rows:
        sheet.say(150, y, f"{row.name} {row.value} {row.unit} ({limits(sheet, row)})", 8.5)
        sheet.note(row)
        y += 13
    sheet.line(36, y + 6, 559, y + 6)
    y = state(sheet, 36, y + 14, 520, "CERTIFICATION: The parts on this packing list were processed per the specification and purchase order shown and conform to them. Objective evidence is on file.",
              "NOTE: The parts on this packing list were processed by us. Claims must be made within ten days.", 8.5)
    sheet.scribble(330, y + 26)
    sheet.line(300, y + 38, 559, y + 38)
    sheet.flow(300, y + 42, 259, "[{signed_name}][, {signed_title}]", 8.5)
    sheet.say(36, 800, "Terms: net 30. Title passes at our dock. Cartons remain the customer's property.", 6.5)


@LAYOUTS.add(PROCESS, "GB", Habits("en", "DD MON YYYY", ","), "noto serif", "serif bold", families=("anodize", "plating", "passivation"))
def sidebar_of_particulars(sheet: Sheet) -> None:
    sheet.box(30, 30, 175, 782, 0.93)
    sheet.flow(40, 42, 160, "{issuer_name}", 12, sheet.bold)
    sheet.flow(40, 76, 155, "{site}", 8)
    sheet.flow(40, 102, 155, "{site_address}", 8)
    y = 146
    for caption, template in (("CERTIFICATE", "{stated_number}"), ("DATE OF ISSUE", "{stated_on}"), ("CUSTOMER", "{customer}"), ("ORDER NUMBER", "{po_number}"), ("ORDER LINE", "{po_line}"),
                              ("BATCH", "{lot_number}"), ("NUMBER OFF", "{quantity}"), ("COMMENCED", "{process_from}"), ("COMPLETED", "{process_to}")):
        sheet.say(40, y, caption, 6.5)
        sheet.flow(40, y + 10, 155, template, 9.5, label=caption)
        y += 32
    sheet.say(40, y, "OUR JOB CARD", 6.5)
    sheet.say(40, y + 10, house_number(sheet, "JC "), 9.5)
    sheet.flow(40, 760, 155, "Registered in England 02941877. Quality management system certified to BS EN ISO 9001:2015.", 6.5)
    sheet.title(225, 42, "Certificate of Treatment", 17)
    y = sheet.flow(225, 84, 330, "Part {part_number}, issue {part_revision} - {description}", 11, sheet.bold)
    y = sheet.flow(225, y + 10, 330, "Treated to {spec_number}[ revision {spec_revision}][ type {spec_type}][ class {spec_class}]", 10.5)
    y += 16
    for row in sheet.facts.rows:
        sheet.say(225, y, row.name, 9, sheet.bold)
        sheet.say(225, y + 13, f"Specified  {limits(sheet, row)} {row.unit}", 9)
        sheet.say(225, y + 26, f"Achieved  {row.value} {row.unit}", 9)
        sheet.note(row)
        y += 46
    y = state(sheet, 225, y + 10, 330, "We certify that the parts described have been treated and inspected in accordance with the specification and order quoted, and conform fully to their requirements.",
              "We confirm that the parts described have passed through our works.", 9.5)
    sheet.scribble(240, y + 50)
    sheet.flow(225, y + 66, 330, "{signed_name}", 10)
    sheet.flow(225, y + 80, 330, "{signed_title}", 9)
    number_pages(sheet, 500, 800, "{}/{}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY", ","), "sans", "sans bold", families=("anodize", "plating", "chem film"))
def statement_first_references_at_the_foot(sheet: Sheet) -> None:
    sheet.flow(50, 40, 400, "{issuer_name}", 16, sheet.bold)
    sheet.line(50, 64, 545, 64, 3)
    sheet.title(50, 76, "Certified Finish", 22)
    y = sheet.flow(50, 116, 495, "{spec_number}[ Rev {spec_revision}]" + TYPED, 13)
    y = state(sheet, 50, y + 12, 495, "This certifies that the parts referenced below were finished and inspected to the specification above and comply with it and with the purchase order referenced below.",
              "The parts referenced below passed through our finishing department.", 10)
    y += 12
    for row in sheet.facts.rows:
        sheet.box(50, y, 495, 30, 0.94)
        sheet.say(58, y + 9, row.name, 10, sheet.bold)
        sheet.say(230, y + 9, f"{row.value} {row.unit}", 12, sheet.bold)
        sheet.say(350, y + 10, f"allowed {limits(sheet, row, ' to ', 'from {}', 'up to {}')} {row.unit}", 9)
        sheet.note(row)
        y += 36
    sheet.scribble(70, y + 40)
    sheet.line(50, y + 54, 270, y + 54)
    sheet.flow(50, y + 58, 240, "{signed_name}", 10)
    sheet.flow(50, y + 72, 240, "{signed_title}", 8.5)
    sheet.line(50, 640, 545, 640, 1)
    sheet.say(50, 646, "REFERENCES", 8, sheet.bold)
    foot = ((("Certificate", "{stated_number}"), ("Dated", "{stated_on}"), ("Our job", house_number(sheet, "", 6))), (("Customer", "{customer}"), ("Purchase order", "{po_number}"), ("Order line", "{po_line}")),
            (("Part", "{part_number}"), ("Part revision", "{part_revision}"), ("Name", "{description}")), (("Lot", "{lot_number}"), ("Count", "{quantity}"), ("Finished", "{process_to}")))
    for at, line in enumerate(foot):
        for x, (label, template) in zip((50, 230, 390), line, strict=True):
            sheet.pair(x, 664 + at * 18, label, template, 66 if x == 50 else 82, 110, 8.5)
    sheet.flow(50, 744, 495, "{site}, {site_address}", 8)
    number_pages(sheet, 500, 800, "Page {} of {}")


# processors, as they came off the glass
@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YY", ","), "mono", scan=Scan(200, 0.5, 7, 65), families=("heat treat", "passivation"))
def typed_form_with_leaders(sheet: Sheet) -> None:
    sheet.centred(40, sheet.facts.issuer_name.upper(), 13)
    sheet.flow(150, 60, 380, "{site_address}", 8.5)
    sheet.centred(92, "CERTIFICATE OF PROCESSING", 11)
    y = 124
    for label, template in (("CERTIFICATE NUMBER", "{stated_number}"), ("DATE", "{stated_on}"), ("SOLD TO", "{customer}"), ("PURCHASE ORDER", "{po_number}  ITEM {po_line}"), ("PART NUMBER", "{part_number}"),
                            ("REVISION", "{part_revision}"), ("LOT", "{lot_number}"), ("QUANTITY", "{quantity} PIECES"), ("SPECIFICATION", "{spec_number}[ REV. {spec_revision}]"),
                            ("TYPE", "{spec_type}"), ("CLASS", "{spec_class}"), ("PLANT", "{site}"), ("PROCESSED", "{process_from} - {process_to}")):
        if label not in ("TYPE", "CLASS") or sheet.facts.family != "heat treat":
            sheet.pair(50, y, f"{label} ".ljust(24, "."), template, 160, 340, 10)
            y += 19
    for row in sheet.facts.rows:
        sheet.say(50, y, f"{row.name.upper()} ".ljust(24, "."), 10)
        sheet.say(210, y, f"{row.value} {row.unit}  (REQUIRED {limits(sheet, row)})", 10)
        sheet.note(row)
        y += 19
    y = state(sheet, 50, y + 16, 500, "WE CERTIFY THAT THE MATERIAL LISTED ABOVE HAS BEEN PROCESSED PER THE LISTED SPECIFICATION AND CONFORMS TO THE REQUIREMENTS OF THE PURCHASE ORDER.",
              "THE MATERIAL LISTED ABOVE HAS BEEN PROCESSED PER CUSTOMER INSTRUCTION, NO WARRANTY IMPLIED.", 10)
    sheet.scribble(110, y + 40)
    sheet.flow(50, y + 58, 500, "SIGNED [{signed_name}][, {signed_title}]", 10)


@LAYOUTS.add(PROCESS, "GB", Habits("en", "DD/MM/YYYY", ","), "sans", "sans bold", scan=Scan(220, -0.7, 6, 72), families=("anodize", "plating", "chem film"))
def boxed_form_with_inspection_stamp(sheet: Sheet) -> None:
    sheet.box(36, 30, 523, 46)
    sheet.flow(46, 36, 300, "{issuer_name}", 14, sheet.bold)
    sheet.flow(46, 56, 330, "{site_address}", 8.5)
    sheet.say(400, 44, "TEST CERTIFICATE", 12, sheet.bold)
    y = strip(sheet, 36, 84, ((175, "Certificate No", "{stated_number}"), (174, "Date issued", "{stated_on}"), (174, "Works", "{site}")), 40, 9.5)
    y = strip(sheet, 36, y, ((175, "Customer", "{customer}"), (174, "Customer's order no", "{po_number}"), (174, "Item on order", "{po_line}")), 32, 9.5)
    y = strip(sheet, 36, y, ((175, "Part no", "{part_number}"), (60, "Issue", "{part_revision}"), (114, "Batch no", "{lot_number}"), (174, "Quantity", "{quantity}")), 32, 9.5)
    y = strip(sheet, 36, y, ((175, "Process specification", "{spec_number}"), (60, "Spec issue", "{spec_revision}"), (57, "Type", "{spec_type}"), (57, "Class", "{spec_class}"), (174, "Processed from / to", "{process_from} / {process_to}")), 32, 9.5)
    for row in sheet.facts.rows:
        x = 36
        for width, caption, text in ((175, "Test", row.name), (117, "Specified", limits(sheet, row)), (57, "Unit", row.unit), (174, "Result", row.value)):
            sheet.box(x, y, width, 32)
            sheet.say(x + 3, y + 2, caption, 6)
            sheet.say(x + 4, y + 13, text, 9.5)
            x += width
        sheet.note(row)
        y += 32
    y = state(sheet, 36, y + 18, 500, "It is certified that the parts named above have been processed and tested in accordance with the specification and order and comply with them.",
              "It is noted that the parts named above have been through the process line.", 10)
    sheet.seal(480, y + 64, "INSP 12")
    sheet.scribble(70, y + 50)
    sheet.flow(46, y + 70, 300, "{signed_name}", 10.5)
    sheet.flow(46, y + 86, 300, "{signed_title}", 9)


@LAYOUTS.add(PROCESS, "US", Habits("en", "MONTH D, YYYY", ","), "noto", "noto bold", scan=Scan(200, 0.9, 5, 75), families=("plating", "anodize", "passivation"))
def ticked_boxes_off_the_glass(sheet: Sheet) -> None:
    sheet.flow(44, 36, 400, "{issuer_name}", 15, sheet.bold)
    sheet.flow(44, 58, 420, "{site} | {site_address}", 8.5)
    sheet.line(44, 74, 552, 74, 1.2)
    sheet.title(44, 82, "Processing Certificate", 13)
    sheet.flow(330, 85, 220, "[Certificate # {stated_number}]", 10)
    y = 114
    for (one, first), (two, second) in ((("Customer:", "{customer}"), ("Date:", "{stated_on}")), (("PO #:", "{po_number}"), ("PO Line:", "{po_line}")), (("Part #:", "{part_number}"), ("Part Rev:", "{part_revision}")),
                                        (("Description:", "{description}"), ("Lot #:", "{lot_number}")), (("Qty:", "{quantity}"), ("Finished on:", "{process_to}"))):
        sheet.pair(44, y, one, first, 76, 200, 10)
        sheet.pair(330, y, two, second, 80, 150, 10)
        y += 20
    sheet.pair(44, y + 6, "Spec:", "{spec_number}[ Rev {spec_revision}]", 76, 300, 10)
    numbered = sheet.facts.spec_type in ("1", "2", "6")
    if sheet.facts.family == "passivation" or sheet.facts.spec_number not in ("AMS 2404", "AMS 2405", "AMS 2471", "AMS 2469"):
        sheet.say(44, y + 28, "Type:", 10, sheet.bold)
        choices(sheet, 120, y + 28, "spec_type", "Type", ("2", "6", "7") if numbered or sheet.facts.family == "passivation" else ("I", "II", "III"))
    sheet.say(44, y + 48, "Class:", 10, sheet.bold)
    choices(sheet, 120, y + 48, "spec_class", "Class", ("1", "2", "3"))
    y += 76
    if sheet.facts.rows:
        y = table(sheet, y, [(44, "Characteristic", lambda row: row.name), (190, "Unit", lambda row: row.unit), (250, "Minimum", lambda row: row.minimum or "-"), (330, "Maximum", lambda row: row.maximum or "-"), (410, "Actual", value(sheet))],
                  sheet.facts.rows, 18, 10)
    y = state(sheet, 44, y + 10, 500, "The parts above were processed to, and conform to, the specification, type and class marked, and the purchase order.",
              "The parts above were processed. Please inspect on arrival.", 10)
    sheet.scribble(70, y + 44)
    sheet.line(44, y + 58, 300, y + 58)
    sheet.flow(44, y + 62, 300, "{signed_name}", 10.5)
    sheet.flow(44, y + 78, 300, "{signed_title}", 9.5)


# mills
@LAYOUTS.add(MATERIAL, "US", Habits("en", "DD-MON-YY", ","), "mono", is_wide=True)
def mill_printout_on_wide_paper(sheet: Sheet) -> None:
    sheet.flow(30, 26, 400, "{issuer_name}", 13)
    sheet.flow(30, 42, 500, "{site} {site_address}", 8)
    sheet.say(520, 26, "CERTIFIED MATERIAL TEST REPORT", 12)
    sheet.flow(520, 42, 300, "EN 10204 TYPE {certificate_type}", 9)
    sheet.line(30, 58, 812, 58)
    for at, (one, two, three) in enumerate(((("REPORT NO", "{stated_number}"), ("CUSTOMER", "{customer}"), ("HEAT NO", "{identifier}")),
                                            (("REPORT DATE", "{stated_on}"), ("CUST P.O.", "{po_number}-{po_line}"), ("PIECES", "{quantity}")),
                                            (("PRODUCT", "{description}"), ("ALLOY", "{grade}"), ("TEMPER/COND", "{condition}")),
                                            (("SPEC", "{spec_number}[ REV {spec_revision}]"), ("MILL ORDER", house_number(sheet, "M", 6)), ("WEIGHT LB", "{weight}")))):
        for x, pair in zip((30, 290, 570), (one, two, three), strict=True):
            sheet.pair(x, 66 + at * 15, pair[0], pair[1], 84, 170)
    sheet.line(30, 130, 812, 130)
    sheet.say(30, 138, "CHEMICAL ANALYSIS (WT PCT)", 9)
    y = across(sheet, 30, 154, 72, of_test(sheet, "chemistry"), [("SPEC MIN", "minimum"), ("SPEC MAX", "maximum"), ("HEAT", "value")], 90, 9)
    sheet.say(30, y + 10, "TENSILE TEST, LONGITUDINAL, ROOM TEMPERATURE", 9)
    y = across(sheet, 30, y + 26, 170, of_test(sheet, "mechanical"), [("SPEC MIN", "minimum"), ("TEST 1", "value")], 90, 9, lambda row: f"{row.name} ({row.unit})")
    sheet.say(30, y + 8, "MELTED AND MANUFACTURED IN THE U.S.A.   DFARS 252.225-7009 COMPLIANT   NO MERCURY   NO WELD REPAIR", 8)
    y = state(sheet, 30, y + 26, 760, "THIS MATERIAL HAS BEEN MANUFACTURED, SAMPLED, TESTED AND INSPECTED IN ACCORDANCE WITH THE SPECIFICATION SHOWN AND MEETS ITS REQUIREMENTS. THE RESULTS ARE A TRUE COPY OF OUR RECORDS.",
              "THIS MATERIAL IS OFFERED AS COMMERCIAL STOCK.", 9)
    sheet.scribble(540, y + 30)
    sheet.flow(520, y + 46, 290, "{signed_name}", 9)
    sheet.flow(520, y + 59, 290, "{signed_title}", 9)
    number_pages(sheet, 30, 560, "PAGE {} OF {}")


@LAYOUTS.add(MATERIAL, "GB", Habits("en", "YYYY-MM-DD", " "), "noto", "noto bold")
def inspection_certificate_by_field_codes(sheet: Sheet) -> None:
    sheet.flow(40, 32, 300, "{issuer_name}", 14, sheet.bold)
    sheet.title(330, 32, "Inspection certificate", 14)
    sheet.flow(330, 52, 220, "A02  EN 10204 - {certificate_type}", 9)
    left = (("A01", "Works", "{site}, {site_address}"), ("A03", "Document No.", "{stated_number}"), ("A06", "Purchaser", "{customer}"), ("A07", "Purchase order", "{po_number} item {po_line}"), ("A08", "Works order", house_number(sheet, "80", 6)))
    right = (("B01", "Product", "{description}"), ("B02", "Material", "{grade}"), ("B03", "Standard", "{spec_number}[, {spec_revision}]"), ("B04", "Delivery condition", "{condition}"), ("B07", "Cast No.", "{identifier}"),
             ("B08", "No. of pieces", "{quantity}"), ("B13", "Mass, kg", "{weight}"))
    for x, column in ((40, left), (310, right)):
        y = 80
        for code, label, template in column:
            sheet.say(x, y, code, 7)
            sheet.pair(x + 26, y, label, template, 88, 150, 8)
            y += 32 if code == "A01" else 16
    sheet.line(40, 200, 555, 200)
    sheet.say(40, 208, "C71-C92  Chemical composition, ladle analysis, %", 8.5, sheet.bold)
    y = across(sheet, 40, 224, 54, of_test(sheet, "chemistry"), [("Min.", "minimum"), ("Max.", "maximum"), ("Actual", "value")], 46)
    sheet.say(40, y + 10, "C10-C29  Tensile test", 8.5, sheet.bold)
    code = {"Tensile strength": "C12  Rm", "Yield strength": "C11  Rp 0.2", "Elongation": "C13  A"}
    y = table(sheet, y + 26, [(40, "Field", lambda row: code[row.name]), (110, "Property", lambda row: row.name), (240, "Unit", lambda row: row.unit), (300, "Minimum", lambda row: row.minimum), (380, "Actual", value(sheet))], of_test(sheet, "mechanical"))
    sheet.say(40, y + 8, "Z01", 7)
    y = state(sheet, 66, y + 8, 480, "We certify that the products supplied comply with the requirements of the order and of the standard stated. Results are specific to the delivery.",
              "The products are supplied from running production.", 9)
    sheet.say(40, y + 12, "Z02", 7)
    sheet.pair(66, y + 12, "Date of issue", "{stated_on}", 88, 100, 9)
    sheet.scribble(340, y + 36)
    sheet.flow(310, y + 52, 240, "{signed_name}", 9)
    sheet.flow(310, y + 65, 240, "{signed_title}", 8.5)
    number_pages(sheet, 500, 806, "{} / {}")


@LAYOUTS.add(MATERIAL, "US", ShortMonths("en", thousands=","), "plain", "plain bold")
def results_in_two_columns_of_words(sheet: Sheet) -> None:
    sheet.title(40, 34, "Certificate of Test", 18)
    sheet.flow(40, 60, 500, "{issuer_name} - {site} - {site_address}", 8)
    sheet.line(40, 74, 555, 74)
    y = sheet.flow(40, 84, 510, "We supplied to {customer}, against purchase order {po_number} line {po_line}, {quantity} pieces ({weight} lb) of {grade} {description}, "
                   "heat {identifier}, in the {condition} condition, to {spec_number}[ Rev. {spec_revision}]. This is a type {certificate_type} certificate as EN 10204 describes it[, our number {stated_number}], dated {stated_on}.", 10)
    sheet.line(297, y + 14, 297, y + 190)
    sheet.say(40, y + 14, "Composition, percent by weight", 9, sheet.bold)
    at = y + 30
    for row in of_test(sheet, "chemistry"):
        sheet.say(40, at, row.name, 9, sheet.bold)
        sheet.say(70, at, row.value, 9)
        sheet.say(130, at, f"({limits(sheet, row)})", 9)
        sheet.note(row)
        at += 16
    sheet.say(310, y + 14, "Mechanical properties", 9, sheet.bold)
    at = y + 30
    for row in of_test(sheet, "mechanical"):
        sheet.say(310, at, row.name, 9, sheet.bold)
        sheet.say(420, at, f"{row.value} {row.unit}", 9)
        sheet.say(490, at, f"({limits(sheet, row)})", 9)
        sheet.note(row)
        at += 16
    y = state(sheet, 40, y + 206, 510, "We certify that this heat was tested as the specification asks and that it conforms to the specification and to the order.",
              "We believe this heat to be of normal quality.", 10)
    sheet.scribble(60, y + 40)
    sheet.flow(40, y + 56, 400, "[{signed_name}][, {signed_title}]", 10)
    number_pages(sheet, 40, 806, "Page {} of {}")


@LAYOUTS.add(MATERIAL, "GB", Habits("en", "DD.MM.YYYY", ","), "sans", "sans bold", scan=Scan(220, 0.4, 5, 75))
def stockholder_copy_off_the_glass(sheet: Sheet) -> None:
    sheet.centred(34, sheet.facts.issuer_name, 15)
    sheet.flow(130, 56, 400, "{site} - {site_address}", 8.5)
    sheet.centred(80, "MILL TEST CERTIFICATE", 12)
    y = strip(sheet, 40, 104, ((172, "Certificate no.", "{stated_number}"), (172, "Date", "{stated_on}"), (171, "Type (EN 10204)", "{certificate_type}")), 30, 10)
    y = strip(sheet, 40, y, ((172, "Purchaser", "{customer}"), (172, "Order no. / line", "{po_number} / {po_line}"), (171, "Heat no.", "{identifier}")), 30, 10)
    y = strip(sheet, 40, y, ((172, "Product", "{description}"), (172, "Grade", "{grade}"), (171, "Condition", "{condition}")), 30, 10)
    y = strip(sheet, 40, y, ((344, "Specification", "{spec_number}[ Rev {spec_revision}]"), (86, "Pieces", "{quantity}"), (85, "Weight kg", "{weight}")), 30, 10)
    y = table(sheet, y + 16, [(44, "Property", lambda row: row.name), (190, "Unit", lambda row: row.unit), (260, "Min", lambda row: row.minimum or "-"), (340, "Max", lambda row: row.maximum or "-"), (420, "Result", value(sheet))], sheet.facts.rows, 18, 10)
    y = state(sheet, 40, y + 8, 510, "We certify that the material described above has been tested in accordance with the specification and conforms to it.",
              "The material described above is from our usual production.", 10)
    sheet.seal(480, y + 56, "QC 3")
    sheet.scribble(70, y + 44)
    sheet.flow(44, y + 62, 300, "{signed_name}", 10.5)
    sheet.flow(44, y + 78, 300, "{signed_title}", 9.5)
