"""A fifth set of layouts a reader is judged on: houses that write English. Nobody who writes the reader opens this."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import JUDGE, Book, Scan, number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.trade import Result

LAYOUTS = Book(JUDGE)
KIND = "[ Type {spec_type}][ Class {spec_class}]"


def limits(sheet: Sheet, row: Result) -> str:
    """Return the limits of a row as one cell."""
    low, high = sheet.habits.number(row.minimum), sheet.habits.number(row.maximum)
    if low and high:
        return f"{low} - {high}"
    return f"{low} min." if low else f"{high} max."


@LAYOUTS.add(PROCESS, "US", Habits("en", "DD-MON-YY"), "mono", families=("heat treat",))
def furnace_ticket_with_leader_dots(sheet: Sheet) -> None:
    sheet.say(40, 36, sheet.facts.issuer_name.upper(), 13)
    sheet.flow(40, 54, 500, "{site}, {site_address}", 8)
    sheet.line(40, 70, 555, 70, 1.2)
    sheet.say(40, 78, "HEAT TREAT CERTIFICATION", 11)
    y = 102.0
    for label, template in (
        ("Cert number", "{stated_number}"),
        ("Cert date", "{stated_on}"),
        ("Your purchase order", "{po_number}"),
        ("Line", "{po_line}"),
        ("Part number", "{part_number}"),
        ("Revision", "{part_revision}"),
        ("Part name", "{description}"),
        ("Alloy / condition", "{condition}"),
        ("Lot", "{lot_number}"),
        ("Pieces", "{quantity}"),
        ("Process spec", "{spec_number}[ rev {spec_revision}]" + KIND),
        ("Start of process", "{process_from}"),
        ("End of process", "{process_to}"),
    ):
        sheet.say(40, y, label.ljust(26, "."), 9)
        y = sheet.flow(190, y, 340, ": " + template, 9, label=label) + 3
    y += 10
    for row in sheet.facts.rows:
        sheet.say(40, y, f"{row.name.upper()} TEST", 9)
        y += 16
        sheet.say(40, y, f"REQUIRED   {limits(sheet, row)} {row.unit}", 9)
        y += 14
        sheet.say(40, y, f"OBTAINED   {sheet.habits.number(row.value)} {row.unit}", 9)
        sheet.note(row)
        y += 18
    y = state(
        sheet, 40, y + 8, 515,
        "Material was processed in calibrated furnaces (AMS 2750) and meets all requirements of the specification and purchase order above.",
        "Material was processed in the usual way.",
        9,
    )  # fmt: skip
    sheet.scribble(60, y + 34)
    sheet.flow(40, y + 48, 300, "{signed_name}, {signed_title}", 9, label="by")
    number_pages(sheet, 480, 800, "PAGE {} OF {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM-DD-YYYY"), "narrow", families=("penetrant inspection",))
def penetrant_report_in_boxes(sheet: Sheet) -> None:
    sheet.title(40, 34, "LIQUID PENETRANT INSPECTION REPORT", 14)
    sheet.flow(40, 56, 500, "{issuer_name}. Performed at: {site}, {site_address}", 8.5)
    boxes = (
        (("Report No.", "{stated_number}"), ("Report Date", "{stated_on}"), ("Page", "")),
        (("Customer", "{customer}"), ("Customer PO", "{po_number}"), ("PO Line", "{po_line}")),
        (("Part No.", "{part_number}"), ("Rev.", "{part_revision}"), ("Description", "{description}")),
        (
            ("Job / Lot No.", "{lot_number}"),
            ("Date Started", "{process_from}"),
            ("Date Inspected", "{process_to}"),
        ),
        (
            ("Inspection Spec.", "{spec_number}[ Rev. {spec_revision}]"),
            ("Type", "{spec_type}"),
            ("Class", "{spec_class}"),
        ),
    )
    y = 76.0
    for row in boxes:
        x = 40.0
        for label, template in row:
            if label == "Page":
                x += 172
                continue
            if not template.strip("{}") or (
                template in ("{spec_type}", "{spec_class}") and not sheet.words_of(template.strip("{}"))[0]
            ):
                x += 172
                continue
            sheet.box(x, y, 172, 30)
            sheet.say(x + 4, y + 3, label, 7)
            sheet.flow(x + 4, y + 14, 160, template, 10, label=label)
            x += 172
        y += 30
    number_pages(sheet, 388, 84, "{} of {}", 10)
    sheet.say(388, 78, "Page", 7)
    y += 16
    for at, (head, template) in enumerate(
        (("Qty Inspected", "{quantity}"), ("Qty Accepted", "{quantity}"), ("Qty Rejected", "0"))
    ):
        sheet.say(60 + at * 160, y, head, 9, sheet.bold)
        if head == "Qty Accepted":
            sheet.say(60 + at * 160, y + 14, sheet.habits.count(sheet.facts.quantity), 10)
        else:
            sheet.flow(60 + at * 160, y + 14, 120, template, 10, label=head)
    y = state(
        sheet, 40, y + 44, 500,
        "No relevant indications were found on the accepted pieces. The inspection conforms to the specification, its stated type and the purchase order.",
        "The pieces were looked at by our staff.",
        9.5,
    )  # fmt: skip
    sheet.scribble(60, y + 30)
    sheet.line(40, y + 44, 260, y + 44)
    sheet.flow(40, y + 48, 260, "{signed_name}", 9.5, label="Inspector")
    sheet.say(40, y + 61, "Level II Inspector", 7.5)
    sheet.flow(300, y + 48, 200, "{signed_title}", 9.5, label="title")


@LAYOUTS.add(
    PROCESS, "US", Habits("en", "MONTH D, YYYY"), "roman", "roman bold", families=("passivation", "chem film")
)
def numbered_statements(sheet: Sheet) -> None:
    sheet.centred(40, sheet.facts.issuer_name, 17)
    sheet.flow(190, 62, 360, "{site_address}", 9)
    sheet.flow(40, 92, 250, "Certificate {stated_number}", 11, label="Certificate")
    sheet.flow(400, 92, 160, "{stated_on}", 11, label="date")
    sheet.say(40, 112, "To: ", 11)
    sheet.flow(64, 112, 300, "{customer}", 11, label="to")
    y = 140.0
    for number, template in enumerate(
        (
            "This certificate covers {quantity} pieces of part number {part_number}[, revision {part_revision}] ({description}), your lot {lot_number}.",
            "The work was ordered by your purchase order {po_number}, line {po_line}.",
            "The pieces were processed to {spec_number}[ revision {spec_revision}][, Type {spec_type}][, Class {spec_class}] at our facility {site}.",
            "Processing began on {process_from} and was completed on {process_to}.",
        ),
        start=1,
    ):
        sheet.say(40, y, f"{number}.", 11)
        y = sheet.flow(60, y, 490, template, 11) + 8
    sheet.say(40, y, "5.", 11)
    y = state(
        sheet, 60, y, 490,
        "We certify that all pieces were processed, tested and found to conform to the specification and to your purchase order.",
        "The pieces were treated with care.",
        11,
    )  # fmt: skip
    for row in sheet.facts.rows:
        sheet.result(
            row, [(60, "name"), (220, limits(sheet, row)), (330, "value"), (400, "unit")], y + 10, 11
        )
        y += 18
    sheet.scribble(330, y + 50)
    sheet.flow(330, y + 66, 220, "{signed_name}", 11, label="signed")
    sheet.flow(330, y + 82, 220, "{signed_title}", 11, label="title")
    number_pages(sheet, 270, 800, "- {} / {} -", 9)


@LAYOUTS.add(
    PROCESS,
    "US",
    Habits("en", "M/DD/YYYY", thousands=","),
    "plain",
    "plain bold",
    families=("plating", "anodize"),
)
def packing_list_certificate(sheet: Sheet) -> None:
    sheet.title(40, 34, "CERTIFICATE OF COMPLIANCE / PACKING LIST", 13)
    sheet.flow(40, 56, 260, "{site}", 9, sheet.bold)
    sheet.flow(40, 68, 260, "{site_address}", 9)
    sheet.pair(360, 40, "Packing List / Cert #", "{stated_number}", 110)
    sheet.pair(360, 54, "Ship Date", "{stated_on}", 110)
    sheet.pair(360, 68, "Customer", "{customer}", 110)
    sheet.box(40, 96, 515, 18, 0.88)
    heads = (
        (44, "Ln"),
        (70, "Part # / Rev"),
        (190, "Description"),
        (290, "Cust PO #"),
        (370, "Lot #"),
        (470, "Qty Shipped"),
    )
    for x, head in heads:
        sheet.say(x, 100, head, 8.5, sheet.bold)
    sheet.flow(44, 120, 22, "{po_line}", 9, label="Ln")
    sheet.flow(70, 120, 118, "{part_number}[ / {part_revision}]", 9, label="Part # / Rev")
    sheet.flow(190, 120, 98, "{description}", 9, label="Description")
    sheet.flow(290, 120, 78, "{po_number}", 9, label="Cust PO #")
    sheet.flow(370, 120, 98, "{lot_number}", 9, label="Lot #")
    sheet.flow(470, 120, 80, "{quantity}", 9, label="Qty Shipped")
    sheet.line(40, 136, 555, 136)
    y = sheet.flow(
        70,
        146,
        470,
        "Process: {spec_number}[, Rev. {spec_revision}][, Type {spec_type}][, Class {spec_class}]",
        9,
    )
    y = sheet.flow(70, y + 2, 470, "Processed {process_from} thru {process_to}", 9)
    if sheet.facts.rows:
        sheet.say(70, y + 8, "Inspection results", 9, sheet.bold)
        y += 22
        for x, head in ((70, "Characteristic"), (220, "Min"), (290, "Max"), (360, "Actual"), (430, "UOM")):
            sheet.say(x, y, head, 8.5, sheet.bold)
        y += 14
        for row in sheet.facts.rows:
            sheet.result(
                row, [(70, "name"), (220, "minimum"), (290, "maximum"), (360, "value"), (430, "unit")], y
            )
            y += 13
    y = state(
        sheet, 40, y + 20, 515,
        "Seller certifies that the goods listed conform in all respects to the order, drawings and specifications shown.",
        "Thank you for your business.",
        9,
    )  # fmt: skip
    sheet.scribble(60, y + 34)
    sheet.line(40, y + 50, 250, y + 50)
    sheet.flow(40, y + 54, 220, "{signed_name}", 9, label="Quality Representative")
    sheet.say(40, y + 66, "Quality Representative (print)", 7)
    sheet.line(280, y + 50, 430, y + 50)
    sheet.flow(280, y + 54, 150, "{signed_title}", 9, label="Title")
    sheet.say(280, y + 66, "Title", 7)
    number_pages(sheet, 500, 806, "Sheet {} of {}")


@LAYOUTS.add(PROCESS, "GB", Habits("en", "DD/MM/YYYY"), "noto", "noto bold")
def release_note_with_questions_on_the_left(sheet: Sheet) -> None:
    sheet.say(40, 36, "Certificate of Conformity", 18, sheet.bold)
    sheet.line(40, 62, 555, 62, 2)
    y = 74.0
    for label, template in (
        ("Certificate reference", "{stated_number}"),
        ("Date of issue", "{stated_on}"),
        ("Issued by", "{site}"),
        ("Address of works", "{site_address}"),
        ("Issued to", "{customer}"),
        ("Customer's order and item", "{po_number} / {po_line}"),
        ("Item supplied", "{part_number}[ issue {part_revision}], {description}"),
        ("Batch", "{lot_number}"),
        ("Number off", "{quantity}"),
        ("Treated in accordance with", "{spec_number}[ issue {spec_revision}]" + KIND),
        ("Treated between", "{process_from} and {process_to}"),
    ):
        sheet.say(40, y, label, 9.5)
        y = sheet.flow(210, y, 340, template, 9.5, sheet.bold, label=label) + 4
        sheet.line(40, y - 1, 555, y - 1, 0.3)
    for row in sheet.facts.rows:
        sheet.say(40, y + 4, row.name, 9.5)
        low_high = limits(sheet, row)
        sheet.say(
            210,
            y + 4,
            f"{sheet.habits.number(row.value)} {row.unit} (limits {low_high} {row.unit})",
            9.5,
            sheet.bold,
        )
        sheet.note(row)
        y += 20
    y = state(
        sheet, 40, y + 16, 515,
        "Certified that the whole of the items detailed above have been treated, inspected and tested in accordance with the conditions and requirements of the order and conform in all respects to the specification.",
        "The items detailed above have been through our works.",
        9.5,
    )  # fmt: skip
    sheet.say(40, y + 26, "Signed", 9.5)
    sheet.scribble(100, y + 30)
    sheet.say(40, y + 50, "Name", 9.5)
    sheet.flow(100, y + 50, 200, "{signed_name}", 9.5, label="Name")
    sheet.say(300, y + 50, "Position", 9.5)
    sheet.flow(360, y + 50, 190, "{signed_title}", 9.5, label="Position")
    number_pages(sheet, 40, 806, "Page {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "YYYY-MM-DD"), "sans", "sans bold")
def cover_and_second_page(sheet: Sheet) -> None:
    sheet.title(40, 40, "Process Certification", 16)
    sheet.flow(40, 64, 400, "{site}", 10)
    sheet.flow(40, 78, 400, "{site_address}", 9)
    sheet.box(40, 104, 515, 78)
    for at, (label, template) in enumerate(
        (
            ("Certification:", "{stated_number}"),
            ("Dated:", "{stated_on}"),
            ("Purchase order:", "{po_number}[ item {po_line}]"),
            ("Sold to:", "{customer}"),
        )
    ):
        sheet.pair(50, 112 + at * 17, label, template, 110, 300)
    y = 200.0
    sheet.say(40, y, "This certification has two pages. The work is described on the second.", 9)
    y = state(
        sheet, 40, y + 26, 515,
        "We hereby certify that the articles on page 2 were processed in accordance with the purchase order and that they conform to the specification named there.",
        "We hereby send you the articles on page 2.",
        10,
    )  # fmt: skip
    sheet.scribble(60, y + 40)
    sheet.flow(40, y + 56, 300, "{signed_name}", 10, label="Certified by")
    sheet.flow(40, y + 71, 300, "{signed_title}", 9, label="title")
    sheet.turn()
    sheet.title(40, 40, "Description of work", 13)
    columns = (
        (40, "Article"),
        (200, "Lot"),
        (290, "Count"),
        (350, "Specification"),
    )
    for x, head in columns:
        sheet.say(x, 70, head, 9, sheet.bold)
    sheet.line(40, 84, 555, 84)
    sheet.flow(40, 90, 150, "{part_number}[ Rev {part_revision}]", 9, label="Article")
    sheet.flow(40, 103, 150, "{description}", 8, label="Article")
    sheet.flow(200, 90, 85, "{lot_number}", 9, label="Lot")
    sheet.flow(290, 90, 55, "{quantity}", 9, label="Count")
    sheet.flow(350, 90, 205, "{spec_number}[ Rev {spec_revision}]", 9, label="Specification")
    sheet.flow(350, 103, 205, "[Type {spec_type} ][Class {spec_class}]", 9, label="Specification")
    sheet.pair(40, 136, "Process started:", "{process_from}", 110)
    sheet.pair(300, 136, "Process finished:", "{process_to}", 110)
    y = 164.0
    if sheet.facts.rows:
        for x, head in (
            (40, "Test"),
            (180, "Unit"),
            (250, "Lower limit"),
            (340, "Upper limit"),
            (430, "Measured"),
        ):
            sheet.say(x, y, head, 9, sheet.bold)
        y += 16
        for row in sheet.facts.rows:
            sheet.result(
                row, [(40, "name"), (180, "unit"), (250, "minimum"), (340, "maximum"), (430, "value")], y, 9
            )
            y += 14
    number_pages(sheet, 480, 806, "Page {} of {}")


@LAYOUTS.add(MATERIAL, "US", Habits("en", "MM/DD/YY", thousands=","), "narrow", is_wide=True)
def mill_test_report_on_its_side(sheet: Sheet) -> None:
    sheet.title(40, 30, "CERTIFIED MILL TEST REPORT", 14)
    sheet.flow(300, 32, 500, "{site}, {site_address}", 8.5)
    heads = (
        (40, "Cert No.", "{stated_number}"), (130, "Date", "{stated_on}"), (200, "Sold To", "{customer}"), (330, "Customer PO", "{po_number}"),
        (420, "Heat No.", "{identifier}"), (500, "Pcs", "{quantity}"), (550, "Weight LB", "{weight}"), (630, "Cert. per EN 10204", "{certificate_type}"),
    )  # fmt: skip
    for x, head, template in heads:
        sheet.say(x, 56, head, 7.5, sheet.bold)
        sheet.flow(x, 67, 120, template, 9, label=head)
    sheet.line(40, 82, 800, 82)
    for x, head, template in (
        (40, "Product", "{description}"), (200, "Alloy", "{grade}"), (300, "Temper / Condition", "{condition}"), (420, "Specification", "{spec_number}[ Rev {spec_revision}]"),
    ):  # fmt: skip
        sheet.say(x, 88, head, 7.5, sheet.bold)
        sheet.flow(x, 99, 150, template, 9, label=head)
    y = 130.0
    sheet.say(40, y, "CHEMICAL COMPOSITION, WEIGHT PERCENT", 8.5, sheet.bold)
    elements = [row for row in sheet.facts.rows if row.test == "chemistry"]
    for at, row in enumerate(elements):
        x = 110 + at * 70
        sheet.say(x, y + 16, row.name, 9, sheet.bold)
        sheet.say(x, y + 30, row.minimum or "-", 9)
        sheet.say(x, y + 44, row.maximum or "-", 9)
        sheet.say(x, y + 58, row.value, 9)
        sheet.note(row)
    for at, word in enumerate(("Element", "Min", "Max", "Heat analysis")):
        sheet.say(40, y + 16 + at * 14, word, 8.5)
    y += 92
    sheet.say(40, y, "MECHANICAL PROPERTIES", 8.5, sheet.bold)
    for x, head in ((40, "Property"), (180, "Unit"), (250, "Specified min."), (350, "Test result")):
        sheet.say(x, y + 16, head, 8.5, sheet.bold)
    y += 30
    for row in sheet.facts.rows:
        if row.test != "chemistry":
            sheet.result(row, [(40, "name"), (180, "unit"), (250, "minimum"), (350, "value")], y, 9)
            y += 14
    y = state(
        sheet, 40, y + 12, 700,
        "The material described was manufactured, sampled and tested in accordance with the specification and order, and conforms to their requirements. No weld repair; no contact with mercury.",
        "The material described was made by us.",
        8.5,
    )  # fmt: skip
    sheet.scribble(60, y + 26)
    sheet.flow(40, y + 42, 300, "{signed_name}, {signed_title}", 9, label="Authorized representative")
    number_pages(sheet, 700, 560, "Page {} of {}")


@LAYOUTS.add(MATERIAL, "GB", Habits("en", "DD MON YYYY"), "serif", "serif bold")
def stockholder_report_of_tests(sheet: Sheet) -> None:
    sheet.centred(36, sheet.facts.issuer_name, 16)
    sheet.flow(40, 60, 515, "{site}, {site_address}", 8.5)
    sheet.flow(
        40,
        84,
        515,
        "Inspection Certificate to BS EN 10204 Type {certificate_type}",
        12,
        sheet.bold,
        label="Type",
    )
    left = (
        ("Certificate", "{stated_number}"),
        ("Issued", "{stated_on}"),
        ("Buyer", "{customer}"),
        ("Buyer's order", "{po_number}"),
    )
    right = (
        ("Cast number", "{identifier}"),
        ("Material", "{grade}"),
        ("Supply condition", "{condition}"),
        ("Pieces", "{quantity}"),
    )
    for at, (label, template) in enumerate(left):
        sheet.pair(40, 112 + at * 16, label, template, 90, 170)
    for at, (label, template) in enumerate(right):
        sheet.pair(310, 112 + at * 16, label, template, 110, 140)
    y = sheet.pair(40, 182, "Size", "{description}", 90, 170)
    sheet.pair(310, 182, "Mass, kg", "{weight}", 110, 140)
    y = sheet.pair(40, y + 6, "Specification", "{spec_number}[, issue {spec_revision}]", 90, 300) + 12
    for title, is_chemical in (("Chemical analysis, %", True), ("Tensile test", False)):
        sheet.say(40, y, title, 9.5, sheet.bold)
        y += 16
        for x, head in ((40, ""), (160, "min"), (230, "max"), (300, "found")):
            sheet.say(x, y - 1, head, 8)
        for row in sheet.facts.rows:
            if (row.test == "chemistry") is is_chemical:
                y += 12
                name = row.name if is_chemical else f"{row.name}, {row.unit}"
                cells = [(40, name), (160, row.minimum or "–"), (230, row.maximum or "–"), (300, row.value)]
                sheet.result(row, cells, y, 9)
        y += 26
    y = state(
        sheet, 40, y, 515,
        "We certify that the goods above have been inspected and tested and comply with the terms of the order and the specification.",
        "We hope that the goods above are to your satisfaction.",
        9,
    )  # fmt: skip
    sheet.scribble(370, y + 26)
    sheet.flow(340, y + 42, 215, "{signed_name}", 9, label="for the company")
    sheet.flow(340, y + 55, 215, "{signed_title}", 9, label="title")
    number_pages(sheet, 40, 806, "Page {} of {} pages")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY"), "roman", "roman bold", scan=Scan(250, -0.5, 5, 75))
def scanned_form_in_two_columns(sheet: Sheet) -> None:
    sheet.centred(44, sheet.facts.issuer_name, 18)
    sheet.centred(68, "CERTIFICATE OF PROCESS", 13)
    sheet.flow(60, 92, 480, "Plant: {site}, {site_address}", 10)
    left = (
        ("Certificate No.", "{stated_number}"),
        ("Customer", "{customer}"),
        ("Part No.", "{part_number}[ Rev. {part_revision}]"),
        ("Lot No.", "{lot_number}"),
        ("Process from", "{process_from}"),
    )
    right = (
        ("Date", "{stated_on}"),
        ("P.O. No.", "{po_number}"),
        ("Part Name", "{description}"),
        ("Quantity", "{quantity}"),
        ("Process to", "{process_to}"),
    )
    for at, (label, template) in enumerate(left):
        sheet.pair(60, 122 + at * 22, label, template, 90, 150, 10.5)
    for at, (label, template) in enumerate(right):
        sheet.pair(330, 122 + at * 22, label, template, 80, 150, 10.5)
    y = sheet.pair(60, 236, "Specification", "{spec_number}[ Rev. {spec_revision}]" + KIND, 90, 400, 10.5)
    for row in sheet.facts.rows:
        y += 10
        sheet.result(row, [(60, "name"), (220, limits(sheet, row)), (340, "value"), (400, "unit")], y, 10.5)
        y += 12
    y = state(
        sheet, 60, y + 18, 480,
        "This is to certify that the above parts were processed and inspected per the purchase order and conform to the above specification.",
        "This is to tell you that the above parts are ready.",
        10.5,
    )  # fmt: skip
    sheet.scribble(80, y + 36)
    sheet.flow(60, y + 54, 250, "{signed_name}", 10.5, label="Signature")
    sheet.flow(330, y + 54, 200, "{signed_title}", 10.5, label="Title")
    number_pages(sheet, 260, 790, "Page {} of {}", 9)
