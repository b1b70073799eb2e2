"""Layouts a reader may be tuned on: process papers with banners, captions, registers and sentences."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import PROCESS
from tests.certificates.layouts import number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.tune_layouts import LAYOUTS


@LAYOUTS.add(PROCESS, "US", Habits("en", "MON DD, YYYY", ","), "noto", "noto bold")
def banner_and_colons(sheet: Sheet) -> None:
    sheet.box(0, 0, 595, 58, 0.82)
    sheet.flow(40, 14, 400, "{issuer_name}", 16, sheet.bold)
    sheet.flow(40, 38, 400, "{site_address}", 8)
    sheet.say(380, 20, "Certificate of Conformity", 11, sheet.bold)
    y = 80
    for line in (
        "Certificate Number: {stated_number}", "Date Issued: {stated_on}", "Work performed at: {site}",
        "Purchase Order No.: {po_number}", "Part No.: {part_number}", "Part Rev: {part_revision}",
        "Part Name: {description}", "Lot Number: {lot_number}", "Quantity Processed: {quantity}",
        "Process Specification: {spec_number}", "Specification Rev: {spec_revision}", "Type: {spec_type}",
        "Class: {spec_class}", "Process Start: {process_from}", "Process Complete: {process_to}",
    ):  # fmt: skip
        y = sheet.flow(40, y, 500, line, 10) + 3
    y = measured_below(sheet, 40, y + 10)
    y = state(sheet, 40, y + 14, 500, "It is hereby certified that all articles listed were processed in accordance with "
              "the process specification and the purchase order, and comply with both.",
              "To the best of our knowledge and belief the articles are acceptable.", 9)  # fmt: skip
    sheet.scribble(60, y + 26)
    sheet.line(40, y + 40, 240, y + 40)
    sheet.flow(40, y + 44, 300, "Name: {signed_name}" if sheet.facts.signed_name else "Name:", 9)
    sheet.flow(40, y + 57, 300, "Title: {signed_title}", 9)
    number_pages(sheet, 265, 818, "Page {} of {}")


def measured_below(sheet: Sheet, x: float, y: float) -> float:
    """Write results as a table whose heads stand between two rules."""
    if not sheet.facts.rows:
        return y
    columns = ((x, "Characteristic"), (x + 170, "Required min."), (x + 260, "Required max."), (x + 350, "Measured"),
               (x + 430, "Unit"))  # fmt: skip
    sheet.line(x, y, x + 480, y, 1.0)
    for place, head in columns:
        sheet.say(place, y + 4, head, 8)
    sheet.line(x, y + 17, x + 480, y + 17)
    y += 20
    for row in sheet.facts.rows:
        keys = ("name", "minimum", "maximum", "value", "unit")
        sheet.result(row, [(place, key) for (place, _), key in zip(columns, keys, strict=True)], y)
        y += 14
    sheet.line(x, y + 1, x + 480, y + 1, 1.0)
    return y + 6


@LAYOUTS.add(PROCESS, "GB", Habits("en", "D MONTH YYYY", ","), "serif", "serif bold")
def captions_on_shade(sheet: Sheet) -> None:
    sheet.centred(34, "TREATMENT CERTIFICATE", 16)
    y = 66
    for row in (
        (("Certificate ref.", "{stated_number}", 250), ("Date of issue", "{stated_on}", 250)),
        (("Treated at", "{site}", 250), ("Works address", "{site_address}", 250)),
        (("Order ref.", "{po_number}", 160), ("Part ref.", "{part_number}", 190), ("Drawing issue", "{part_revision}", 150)),
        (("Batch ref.", "{lot_number}", 160), ("No. of parts", "{quantity}", 190), ("Description", "{description}", 150)),
        (("Treatment spec.", "{spec_number}", 160), ("Spec. issue", "{spec_revision}", 120), ("Type", "{spec_type}", 110),
         ("Class", "{spec_class}", 110)),
        (("Treatment begun", "{process_from}", 250), ("Treatment ended", "{process_to}", 250)),
    ):  # fmt: skip
        x = 45.0
        for label, template, width in row:
            sheet.box(x, y, width, 13, 0.87)
            sheet.box(x, y, width, 36)
            sheet.say(x + 3, y + 2, label, 7.5, sheet.bold)
            sheet.flow(x + 4, y + 18, width - 8, template, 9.5 if len(template) < 14 else 8.5, label=label)
            x += width
        y += 40
    for row in sheet.facts.rows:
        y = sheet.flow(
            45,
            y + 6,
            480,
            f"{row.name}: {row.value} {row.unit} (limits {row.minimum} – {row.maximum} {row.unit})",
        )
        sheet.note(row)
    y = state(sheet, 45, y + 14, 490, "We certify that the parts described above have been treated, tested and inspected "
              "and conform in all respects to the specification and order relating thereto.",
              "Treated per drawing. The user must satisfy himself that the parts are suitable.")  # fmt: skip
    sheet.box(45, y + 14, 300, 56)
    sheet.scribble(60, y + 40)
    sheet.flow(50, y + 52, 280, "{signed_name}[ ({signed_title})]", 8.5)
    sheet.say(50, y + 17, "For and on behalf of the company", 7)


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM-DD-YYYY", ","), "roman", "roman bold")
def boxes_with_numbers(sheet: Sheet) -> None:
    sheet.centred(36, "CERTIFICATE OF SPECIAL PROCESS", 14)
    boxes = (
        ("1. Certificate No.", "{stated_number}", 45, 60, 170), ("2. Issue Date", "{stated_on}", 215, 60, 165),
        ("3. Order No.", "{po_number}", 380, 60, 170), ("4. Process Source", "{site}", 45, 98, 335),
        ("5. Order Item", "{po_line}", 380, 98, 170), ("6. Source Address", "{site_address}", 45, 136, 505),
        ("7. Part No.", "{part_number}", 45, 174, 170), ("8. Part Revision", "{part_revision}", 215, 174, 165),
        ("9. Total Qty", "{quantity}", 380, 174, 170), ("10. Process Document", "{spec_number}", 45, 212, 170),
        ("11. Document Revision", "{spec_revision}", 215, 212, 165),
        ("12. Type/Class", "[Type {spec_type}][ Class {spec_class}]", 380, 212, 170),
        ("13. Lot No.", "{lot_number}", 45, 250, 170), ("14. Date Begun", "{process_from}", 215, 250, 165),
        ("15. Date Finished", "{process_to}", 380, 250, 170),
    )  # fmt: skip
    for label, template, x, y, width in boxes:
        sheet.box(x, y, width, 38)
        sheet.say(x + 2, y + 2, label, 6.5)
        sheet.flow(x + 10, y + 16, width - 14, template, 10, label=label)
    y = measured_below(sheet, 45, 304)
    y = state(sheet, 45, y + 14, 500, "16. I certify that the items identified above conform to the process document "
              "and to the terms of the order.", "16. Items were processed per shop instructions.", 9)  # fmt: skip
    sheet.box(45, y + 8, 250, 44)
    sheet.box(295, y + 8, 255, 44)
    sheet.say(47, y + 10, "17. Authorized Signature / Printed Name", 6.5)
    sheet.say(297, y + 10, "18. Title", 6.5)
    sheet.scribble(170, y + 36)
    sheet.flow(52, y + 28, 200, "{signed_name}", 10)
    sheet.flow(302, y + 28, 200, "{signed_title}", 10)
    number_pages(sheet, 500, 38, "{} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY", ","), "plain", "plain bold")
def prose_statement(sheet: Sheet) -> None:
    sheet.flow(60, 50, 400, "{issuer_name}", 14, sheet.bold)
    sheet.flow(60, 70, 450, "{site} | {site_address}", 8)
    sheet.centred(110, "Statement of Conformance", 13)
    y = sheet.flow(
        60, 150, 470,
        "This certifies that purchase order {po_number} for {quantity} pieces of part number {part_number}, revision "
        "{part_revision} (traveler {lot_number}) was completed in accordance with {spec_number}[, revision {spec_revision}]"
        "[, Type {spec_type}][, Class {spec_class}]. Processing began on {process_from} and was completed on {process_to}.",
        10,
    )  # fmt: skip
    for row in sheet.facts.rows:
        y = sheet.flow(60, y + 4, 470, f"{row.name} was found to be {row.value} {row.unit} against a requirement of "
                       f"{row.minimum} - {row.maximum} {row.unit}.", 10)  # fmt: skip
        sheet.note(row)
    y = state(sheet, 60, y + 10, 470, "The parts comply with every requirement of the specification and purchase order.",
              "We believe the parts to be in order, without warranty of any kind.", 10)  # fmt: skip
    if sheet.facts.stated_number:
        sheet.flow(60, y + 16, 300, "Certificate {stated_number}", 10)
    sheet.flow(60, y + 32, 300, "Dated {stated_on}", 10)
    sheet.scribble(60, y + 66)
    if sheet.facts.signed_name:
        sheet.flow(60, y + 82, 400, "Signed by {signed_name}, {signed_title}", 10)


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY", ","), "narrow")
def zebra_register(sheet: Sheet) -> None:
    sheet.say(40, 36, "PROCESS COMPLETION CERTIFICATE", 16)
    sheet.flow(40, 58, 500, "{site}, {site_address}", 9)
    rows = (
        ("Cert. No.", "{stated_number}", "Cert. Date", "{stated_on}"),
        ("Purchase Order", "{po_number}", "Line", "{po_line}"),
        ("Part Number", "{part_number}", "Revision", "{part_revision}"),
        ("Lot/Batch", "{lot_number}", "Pieces", "{quantity}"),
        ("Spec", "{spec_number}", "Spec Rev", "{spec_revision}"),
        ("Type", "{spec_type}", "Class", "{spec_class}"),
        ("Started", "{process_from}", "Completed", "{process_to}"),
    )
    y = 84
    for at, (left, first, right, second) in enumerate(rows):
        if at % 2 == 0:
            sheet.box(36, y - 3, 520, 19, 0.93)
        sheet.pair(40, y, left, first, 95, 170, 10.5)
        sheet.pair(310, y, right, second, 90, 150, 10.5)
        y += 19
    y = measured_below(sheet, 40, y + 12)
    y = state(sheet, 40, y + 14, 500, "We certify conformance of the above lot to the listed specification and revision.",
              "Lot processed per customer print; conformance to be verified by the customer.", 10.5)  # fmt: skip
    sheet.scribble(130, y + 22)
    sheet.pair(40, y + 30, "Approved by", "{signed_name}", 95, 200, 10.5)
    sheet.pair(310, y + 30, "Job title", "{signed_title}", 90, 200, 10.5)
    number_pages(sheet, 500, 820, "Pg {}/{}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "DD-MON-YYYY"), "mono")
def readings_on_the_next_page(sheet: Sheet) -> None:
    head = "CERTIFICATE OF CONFORMANCE"
    sheet.say(50, 40, head, 13)
    sheet.flow(50, 64, 500, "{issuer_name}", 9)
    sheet.flow(50, 77, 500, "PROCESSED AT {site}", 8)
    sheet.flow(50, 90, 500, "{site_address}", 8)
    sheet.flow(50, 112, 400, "CERT: {stated_number}   DATE: {stated_on}" if sheet.facts.stated_number
               else "CERT:            DATE: {stated_on}", 9)  # fmt: skip
    sheet.flow(50, 126, 400, "CUST PO: {po_number}   LN {po_line}", 9)
    y = 156.0
    for label, template in (
        ("PART NO", "{part_number}"), ("PART REV", "{part_revision}"), ("LOT", "{lot_number}"),
        ("QTY ACCEPTED", "{quantity} EA"), ("SPECIFICATION", "{spec_number}"), ("SPEC REV", "{spec_revision}"),
        ("TYPE", "{spec_type}"), ("CLASS", "{spec_class}"), ("DATES PROCESSED", "{process_from} TO {process_to}"),
    ):  # fmt: skip
        dots = "." * (18 - len(label))
        sheet.say(50, y, f"{label} {dots}", 9)
        y = sheet.flow(170, y, 350, template, 9, label=label) + 4
    y = state(sheet, 50, y + 14, 480, "WE CERTIFY THAT THE ARTICLES CONFORM TO THE SPECIFICATION AND THE ORDER.",
              "ARTICLES PROCESSED PER PRINT TO THE BEST OF OUR KNOWLEDGE.", 8.5)  # fmt: skip
    sheet.flow(50, y + 30, 400, "SIGNED: {signed_name}" if sheet.facts.signed_name else "SIGNED:", 9)
    sheet.flow(50, y + 44, 400, "[TITLE: {signed_title}]", 9)
    sheet.turn()
    sheet.say(50, 40, head, 13)
    sheet.flow(50, 64, 400, "[RESULTS FOR CERT {stated_number}]", 9)
    if sheet.facts.rows:
        measured_below(sheet, 50, 92)
    else:
        sheet.say(50, 92, "NO TESTS ASKED FOR.", 9)
    number_pages(sheet, 430, 815, "PAGE {} OF {}")
