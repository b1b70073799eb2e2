"""A fourth set of layouts a reader was judged on once: houses that write English.

Over 500 lines because each layout is one whole form, kept in one piece with the form beside it.
"""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import Scan, number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.tune_layouts import LAYOUTS
from tests.certificates.tune_layouts_fourth_parts import (
    MonthFirst,
    down,
    elements_across,
    not_of,
    of_test,
    over_rules,
    results,
    said,
    span,
    spec,
    ticked,
    under_heads,
)

KINDS = "[, Type {spec_type}][, Class {spec_class}]"


@LAYOUTS.add(PROCESS, "US", MonthFirst("en", thousands=","), "plain", "plain bold")
def shipping_release_with_shaded_heads(sheet: Sheet) -> None:
    sheet.flow(40, 34, 400, "{issuer_name}", 16, sheet.bold)
    sheet.flow(40, 56, 400, "{site}, {site_address}", 8)
    sheet.title(40, 82, "Certification of Processing", 13)
    y = under_heads(
        sheet,
        106,
        (
            (40, 130, "Certification No.", "{stated_number}"),
            (170, 130, "Date of Cert", "{stated_on}"),
            (300, 130, "Customer P.O.", "{po_number}"),
            (430, 125, "P.O. Item", "{po_line}"),
        ),
    )
    y = under_heads(
        sheet,
        y + 8,
        (
            (40, 170, "Part Number", "{part_number}"),
            (210, 60, "Part Rev", "{part_revision}"),
            (270, 175, "Part Name", "{description}"),
            (445, 110, "Lot Number", "{lot_number}"),
        ),
    )
    y = under_heads(
        sheet,
        y + 8,
        (
            (40, 130, "Qty Processed", "{quantity}"),
            (170, 130, "Qty Rejected", "0"),
            (300, 130, "Date In", "{process_from}"),
            (430, 125, "Date Completed", "{process_to}"),
        ),
    )
    y = under_heads(
        sheet,
        y + 8,
        (
            (40, 200, "Customer", "{customer}"),
            (240, 315, "Process Specification", spec(sheet, " Rev ") + KINDS),
        ),
    )
    if sheet.facts.rows:
        y = results(
            sheet,
            y + 16,
            ((44, "Test"), (190, "Requirement"), (330, "Result"), (440, "Unit")),
            sheet.facts.rows,
            lambda row: (
                row.name,
                span(sheet, row, "{} min", "{} max", " to "),
                said(sheet, row, "value"),
                row.unit,
            ),
        )
    y = state(
        sheet,
        40,
        y + 20,
        500,
        "We certify that the parts listed above were processed in accordance with, and conform to, the purchase order and the specification shown. Records are on file and available for review.",
        "The parts listed above were processed to customary practice.",
    )
    sheet.scribble(60, y + 40)
    over_rules(
        sheet,
        40,
        y + 54,
        (
            (220, "Authorized Signature (printed name)", "{signed_name}"),
            (180, "Title", "{signed_title}"),
            (120, "Date Signed", "{stated_on}" if sheet.facts.signed_name else ""),
        ),
    )
    number_pages(sheet, 500, 800, "Page {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM/DD/YYYY"), "roman", "roman bold")
def letter_of_conformance_in_sentences(sheet: Sheet) -> None:
    sheet.centred(40, sheet.facts.issuer_name, 18)
    sheet.flow(150, 64, 400, "{site} · {site_address}", 9)
    sheet.flow(60, 100, 200, "{stated_on}", 10.5, label="")
    sheet.flow(60, 124, 300, "{customer}", 10.5)
    sheet.say(60, 138, "Attn: Receiving Inspection", 10.5)
    sheet.flow(60, 164, 460, "RE: Certificate of Conformance No. {stated_number}", 11, sheet.bold)
    y = sheet.flow(
        60,
        194,
        470,
        "This is to certify that {quantity} pieces of part number {part_number}, revision {part_revision}[ ({description})], furnished against your purchase order {po_number}, line {po_line}, your lot number {lot_number}, have been processed in our plant between {process_from} and {process_to} to "
        + spec(sheet, ", Revision ")
        + KINDS
        + ".",
        10.5,
        leading=1.5,
    )
    for row in sheet.facts.rows:
        y = sheet.flow(
            60,
            y + 8,
            470,
            f"{row.name} was measured at {row.value} {row.unit} against a requirement of {span(sheet, row, '{} minimum', '{} maximum', ' to ')} {row.unit}.",
            10.5,
            leading=1.5,
        )
        sheet.note(row)
    y = state(
        sheet,
        60,
        y + 12,
        470,
        "All work was performed in accordance with the purchase order, and the parts conform to all requirements of the specification named in this letter.",
        "All work was performed with care in the usual manner of the trade.",
        10.5,
    )
    sheet.say(60, y + 22, "Sincerely,", 10.5)
    sheet.scribble(64, y + 60)
    sheet.flow(60, y + 78, 300, "{signed_name}", 10.5)
    sheet.flow(60, y + 92, 300, "{signed_title}", 10.5)
    sheet.flow(60, y + 106, 300, "{issuer_name}", 10.5)
    number_pages(sheet, 280, 800, "Page {} of {}", 9)


@LAYOUTS.add(MATERIAL, "US", Habits("en", "DD-MON-YY", thousands=","), "narrow", "plain bold", is_wide=True)
def wide_mill_test_report(sheet: Sheet) -> None:
    sheet.flow(36, 30, 400, "{issuer_name}", 15, sheet.bold)
    sheet.flow(36, 50, 400, "{site} | {site_address}", 8.5)
    sheet.title(520, 30, "CERTIFIED MILL TEST REPORT", 14)
    sheet.flow(520, 50, 300, "Inspection certificate EN 10204 type {certificate_type}", 8.5)
    y = under_heads(
        sheet,
        76,
        (
            (36, 110, "MTR No.", "{stated_number}"),
            (146, 100, "Date Issued", "{stated_on}"),
            (246, 190, "Sold To", "{customer}"),
            (436, 130, "Customer Order", "{po_number} / {po_line}"),
            (566, 240, "Product", "{description}"),
        ),
    )
    y = under_heads(
        sheet,
        y,
        (
            (36, 110, "Heat No.", "{identifier}"),
            (146, 100, "Grade", "{grade}"),
            (246, 190, "Specification", spec(sheet, " Rev. ")),
            (436, 130, "Temper / Condition", "{condition}"),
            (566, 120, "Pieces", "{quantity}"),
            (686, 120, "Net Weight (lb)", "{weight}"),
        ),
    )
    sheet.title(36, y + 18, "CHEMICAL ANALYSIS (wt. %)", 9.5)
    y = elements_across(
        sheet,
        36,
        y + 36,
        90,
        78,
        of_test(sheet, "chemistry"),
        (("Minimum", "minimum"), ("Maximum", "maximum"), ("Heat analysis", "value")),
        9,
    )
    sheet.title(36, y + 8, "MECHANICAL PROPERTIES", 9.5)
    y = results(
        sheet,
        y + 26,
        ((36, "Property"), (200, "Unit"), (270, "Min."), (340, "Max."), (410, "Actual")),
        not_of(sheet, "chemistry"),
        lambda row: (
            row.name,
            row.unit,
            said(sheet, row, "minimum"),
            said(sheet, row, "maximum"),
            said(sheet, row, "value"),
        ),
        size=9,
    )
    y = state(
        sheet,
        36,
        y + 14,
        740,
        "We hereby certify that the material described herein has been manufactured, sampled and tested in accordance with the specification and purchase order shown and conforms to their requirements.",
        "The material described herein is of good commercial quality.",
    )
    sheet.scribble(600, y + 24)
    sheet.flow(590, y + 42, 240, "{signed_name}[, {signed_title}]", 9.5)
    number_pages(sheet, 760, 565, "Sheet {} of {}")


@LAYOUTS.add(PROCESS, "GB", Habits("en", "DD/MM/YYYY"), "noto", "noto bold")
def release_note_with_captions_below(sheet: Sheet) -> None:
    sheet.title(40, 34, "RELEASE NOTE / CERTIFICATE OF CONFORMITY", 13)
    sheet.flow(40, 56, 480, "{issuer_name}", 11, sheet.bold)
    sheet.flow(40, 72, 480, "{site}, {site_address}", 8)
    y = over_rules(
        sheet,
        40,
        100,
        (
            (170, "Release note number", "{stated_number}"),
            (170, "Date of issue", "{stated_on}"),
            (175, "Customer", "{customer}"),
        ),
    )
    y = over_rules(
        sheet,
        40,
        y + 4,
        (
            (170, "Customer's order number", "{po_number}"),
            (100, "Order item", "{po_line}"),
            (245, "Batch / lot number", "{lot_number}"),
        ),
    )
    y = over_rules(
        sheet,
        40,
        y + 4,
        (
            (170, "Part number", "{part_number}"),
            (100, "Issue", "{part_revision}"),
            (245, "Description", "{description}"),
        ),
    )
    y = over_rules(
        sheet,
        40,
        y + 4,
        (
            (280, "Process specification", spec(sheet, " Issue ")),
            (110, "Type", "{spec_type}"),
            (125, "Class", "{spec_class}"),
        ),
    )
    y = over_rules(
        sheet,
        40,
        y + 4,
        (
            (140, "Quantity received", "{quantity}"),
            (125, "Quantity released", "{quantity}"),
            (125, "Processing started", "{process_from}"),
            (125, "Processing finished", "{process_to}"),
        ),
    )
    if sheet.facts.rows:
        y = results(
            sheet,
            y + 8,
            ((40, "Inspection"), (200, "Min"), (260, "Max"), (320, "Found"), (390, "Units")),
            sheet.facts.rows,
            lambda row: (
                row.name,
                said(sheet, row, "minimum"),
                said(sheet, row, "maximum"),
                said(sheet, row, "value"),
                row.unit,
            ),
        )
    y = state(
        sheet,
        40,
        y + 14,
        510,
        "Certified that the whole of the supplies detailed hereon have been inspected and, unless otherwise stated, conform in all respects to the specification and order relating thereto.",
        "The supplies detailed hereon were handled under our usual arrangements.",
        8.5,
    )
    sheet.scribble(56, y + 34)
    over_rules(
        sheet,
        40,
        y + 48,
        ((200, "Signed for the company (name)", "{signed_name}"), (200, "Position", "{signed_title}")),
    )
    number_pages(sheet, 490, 804, "Page {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "DD-MON-YYYY"), "mono", "mono")
def typewritten_shop_certificate(sheet: Sheet) -> None:
    sheet.flow(50, 40, 480, "{issuer_name}", 12)
    sheet.flow(50, 56, 500, "{site}", 8.5)
    sheet.flow(50, 68, 500, "{site_address}", 8.5)
    sheet.say(50, 86, "=" * 80, 8.5)
    sheet.say(50, 98, "PROCESS CERTIFICATION", 12)
    y = down(
        sheet,
        50,
        122,
        130,
        (
            ("CERT NUMBER:", "{stated_number}"),
            ("CERT DATE:", "{stated_on}"),
            ("SOLD TO:", "{customer}"),
            ("PURCHASE ORDER:", "{po_number}"),
            ("PO LINE:", "{po_line}"),
        ),
        9,
        width=340,
    )
    sheet.say(50, y + 2, "-" * 80, 8.5)
    y = down(
        sheet,
        50,
        y + 16,
        130,
        (
            ("PART NUMBER:", "{part_number}"),
            ("REVISION:", "{part_revision}"),
            ("DESCRIPTION:", "{description}"),
            ("LOT NUMBER:", "{lot_number}"),
            ("MATERIAL:", "{condition}"),
        ),
        9,
        width=340,
    )
    sheet.say(50, y + 2, "-" * 80, 8.5)
    y = down(
        sheet,
        50,
        y + 16,
        130,
        (
            ("SPECIFICATION:", "{spec_number}"),
            ("SPEC REVISION:", "{spec_revision}"),
            ("TYPE:", "{spec_type}"),
            ("CLASS:", "{spec_class}"),
            ("START DATE:", "{process_from}"),
            ("FINISH DATE:", "{process_to}"),
            ("QTY ACCEPTED:", "{quantity} PCS"),
            ("QTY REJECTED:", "0 PCS"),
        ),
        9,
        width=340,
    )
    for row in sheet.facts.rows:
        y = sheet.flow(
            50,
            y + 8,
            490,
            f"{row.name.upper()}: {said(sheet, row, 'value')} {row.unit}  (REQUIRED {span(sheet, row, 'MIN {}', 'MAX {}', ' TO ')} {row.unit})",
            9,
        )
        sheet.note(row)
    y = state(
        sheet,
        50,
        y + 14,
        490,
        "WE CERTIFY THAT THE ABOVE PARTS WERE PROCESSED PER AND CONFORM TO THE SPECIFICATION AND PURCHASE ORDER REFERENCED.",
        "THE ABOVE PARTS WERE RUN AND RETURNED TO THE CUSTOMER.",
        8.5,
    )
    sheet.scribble(130, y + 36)
    down(sheet, 50, y + 50, 130, (("CERTIFIED BY:", "{signed_name}"), ("TITLE:", "{signed_title}")), 9)
    number_pages(sheet, 440, 800, "PAGE {} OF {}")


@LAYOUTS.add(
    PROCESS,
    "US",
    Habits("en", "MM-DD-YYYY", thousands=","),
    "sans",
    "sans bold",
    families=("anodize", "chem film", "plating", "passivation"),
)
def finish_form_with_boxes_to_tick(sheet: Sheet) -> None:
    sheet.box(36, 32, 523, 44)
    sheet.flow(42, 37, 300, "{issuer_name}", 13, sheet.bold)
    sheet.flow(42, 58, 380, "{site}; {site_address}", 7.5)
    sheet.say(440, 38, "Certificate #", 7.5)
    sheet.flow(440, 50, 110, "{stated_number}", 11, sheet.bold, label="Certificate #")
    left = down(
        sheet,
        42,
        92,
        84,
        (
            ("Customer", "{customer}"),
            ("P.O. No.", "{po_number}"),
            ("Line", "{po_line}"),
            ("Lot No.", "{lot_number}"),
        ),
    )
    down(
        sheet,
        320,
        92,
        84,
        (
            ("Part No.", "{part_number}"),
            ("Rev.", "{part_revision}"),
            ("Description", "{description}"),
            ("Quantity", "{quantity}"),
        ),
        width=150,
    )
    sheet.line(36, left + 4, 559, left + 4)
    y = sheet.pair(42, left + 14, "Finish per", spec(sheet, " Rev "), 84)
    ticked(
        sheet,
        126,
        y + 6,
        "spec_type",
        "Type",
        {"passivation": ("2", "6"), "anodize": ("I", "II", "III"), "chem film": ("I", "II")}.get(
            sheet.facts.family, ("I", "II", "III")
        ),
    )
    ticked(
        sheet,
        126,
        y + 24,
        "spec_class",
        "Class",
        ("1A", "3") if sheet.facts.family == "chem film" else ("1", "2", "3"),
    )
    y = down(sheet, 42, y + 48, 84, (("Started", "{process_from}"), ("Completed", "{process_to}")))
    for row in sheet.facts.rows:
        y = sheet.pair(42, y + 4, row.name, f"{said(sheet, row, 'value')} {row.unit}", 120)
        y = sheet.pair(42, y, "Required", f"{span(sheet, row, to=' - ')} {row.unit}", 120)
        sheet.note(row)
    sheet.line(36, y + 6, 559, y + 6)
    y = state(
        sheet,
        42,
        y + 14,
        505,
        "The undersigned certifies that the articles described above have been finished in accordance with, and conform to, the purchase order and the specification indicated.",
        "The articles described above were finished to the best of our knowledge.",
    )
    sheet.scribble(60, y + 32)
    down(
        sheet,
        42,
        y + 48,
        84,
        (("Name", "{signed_name}"), ("Title", "{signed_title}"), ("Date", "{stated_on}")),
    )
    number_pages(sheet, 480, 800, "Page {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "YYYY-MM-DD"), "plain", "plain bold", Scan(200, 0.4, 5, 75))
def scanned_job_traveler_certificate(sheet: Sheet) -> None:
    sheet.title(50, 44, "CERTIFICATE OF COMPLIANCE", 16)
    sheet.flow(50, 72, 480, "{issuer_name}", 12, sheet.bold)
    sheet.flow(50, 90, 480, "{site}, {site_address}", 9.5)
    y = down(
        sheet,
        50,
        124,
        150,
        (
            ("Certificate No.", "{stated_number}"),
            ("Issue Date", "{stated_on}"),
            ("Customer", "{customer}"),
            ("Purchase Order", "{po_number}"),
            ("PO Item", "{po_line}"),
            ("Part Number", "{part_number}"),
            ("Part Revision", "{part_revision}"),
            ("Lot Number", "{lot_number}"),
            ("Quantity", "{quantity}"),
            ("Specification", spec(sheet, " Rev ") + KINDS),
            ("Process Start", "{process_from}"),
            ("Process End", "{process_to}"),
        ),
        11,
        21,
        340,
    )
    if sheet.facts.rows:
        y = results(
            sheet,
            y + 10,
            ((50, "Characteristic"), (210, "Minimum"), (300, "Maximum"), (390, "Actual"), (480, "Unit")),
            sheet.facts.rows,
            lambda row: (
                row.name,
                said(sheet, row, "minimum"),
                said(sheet, row, "maximum"),
                said(sheet, row, "value"),
                row.unit,
            ),
            18,
            10.5,
        )
    y = state(
        sheet,
        50,
        y + 16,
        490,
        "We certify that the parts conform to the requirements of the purchase order and the specification listed.",
        "The parts were processed in our shop.",
        10.5,
    )
    sheet.scribble(210, y + 36)
    down(
        sheet, 50, y + 52, 150, (("Quality Representative", "{signed_name}"), ("Title", "{signed_title}")), 11
    )
    number_pages(sheet, 470, 796, "Page {} of {}", 9)
