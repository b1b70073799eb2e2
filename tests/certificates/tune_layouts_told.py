"""Layouts a reader may be tuned on: letters, registers, works reports, and papers that go on overleaf."""

# A paper is easiest to see when a label stands beside what it stands for.
# ruff: noqa: E501

from __future__ import annotations

from tests.certificates.facts import MATERIAL, PROCESS
from tests.certificates.layouts import number_pages, state
from tests.certificates.sheet import Habits, Sheet
from tests.certificates.tune_layouts import LAYOUTS
from tests.certificates.tune_layouts_boxed import across, table


@LAYOUTS.add(PROCESS, "MX", Habits("es", "D de MONTH de YYYY", ","), "roman", "roman bold")
def spanish_letter(sheet: Sheet) -> None:
    sheet.title(60, 50, sheet.facts.issuer_name, 13)
    sheet.flow(60, 68, 450, "{site}, {site_address}", 8)
    sheet.flow(60, 96, 450, "Fecha de expedición: {stated_on}", 10)
    sheet.flow(60, 112, 450, "[Certificado de conformidad núm. {stated_number}]", 10)
    y = sheet.flow(
        60, 145, 460,
        "Por medio de la presente certificamos que {quantity} piezas con número de parte {part_number}, revisión {part_revision}, "
        "lote {lot_number}, amparadas por su orden de compra {po_number}, fueron procesadas según la norma {spec_number}"
        "[ revisión {spec_revision}][, tipo {spec_type}][, clase {spec_class}] del {process_from} al {process_to}.", 10,
    )  # fmt: skip
    for row in sheet.facts.rows:
        y = sheet.flow(
            60,
            y + 5,
            450,
            f"{row.name}: {row.value} {row.unit} (requisito {row.minimum} a {row.maximum} {row.unit}).",
            10,
        )
        sheet.note(row)
    y = state(sheet, 60, y + 8, 460, "El trabajo es conforme con la norma y con los requisitos del pedido.",
              "El trabajo se realizó de acuerdo al plano, a nuestro mejor entender.", 10)  # fmt: skip
    sheet.say(60, y + 24, "Atentamente,", 10)
    sheet.scribble(60, y + 52)
    sheet.flow(60, y + 68, 300, "{signed_name}", 10)
    sheet.flow(60, y + 82, 300, "{signed_title}", 9)
    number_pages(sheet, 500, 815, "Hoja {} de {}")


@LAYOUTS.add(MATERIAL, "DE", Habits("de", "DD.MM.YY", ".", ","), "noto", "noto bold")
def german_works_report(sheet: Sheet) -> None:
    sheet.title(45, 36, "ABNAHMEPRÜFZEUGNIS")
    sheet.flow(45, 54, 400, "nach DIN EN 10204 / {certificate_type}", 10)
    sheet.flow(45, 70, 500, "{issuer_name} · {site_address}", 8)
    rows = (
        ("Prüfbescheinigungs-Nr.", "{stated_number}", "Ausgabedatum", "{stated_on}"),
        ("Kunden-Bestell-Nr.", "{po_number}", "Pos.", "{po_line}"),
        ("Schmelzen-Nr.", "{identifier}", "Werkstoff", "{grade}"),
        ("Lieferzustand", "{condition}", "Stückzahl", "{quantity}"),
        ("Liefervorschrift", "{spec_number}[ Ausg. {spec_revision}]", "Gewicht", "{weight} kg"),
    )  # fmt: skip
    y = 92
    for one, first, other, second in rows:
        sheet.pair(45, y, one, first, 120, 160)
        sheet.pair(330, y, other, second, 90, 130)
        y += 17
    y = table(
        sheet,
        45,
        y + 8,
        (
            (0, "Kennwert", "name"),
            (150, "Mindestwert", "minimum"),
            (230, "Höchstwert", "maximum"),
            (320, "Messwert", "value"),
            (400, "Einheit", "unit"),
        ),
    )
    y = state(sheet, 45, y + 12, 490, "Die Lieferung wurde geprüft und erfüllt die Anforderungen der Bestellung.",
              "Die Angaben sind Richtwerte und unverbindlich.", 9)  # fmt: skip
    sheet.scribble(60, y + 26)
    sheet.flow(45, y + 42, 300, "{signed_name}", 9)
    sheet.say(45, y + 56, "Abnahmebeauftragter (Hersteller)", 7.5)
    sheet.say(
        45,
        800,
        "Amtsgericht Musterstadt HRB 1234 · USt-IdNr. DE 999 999 999 · Zertifiziert nach ISO 9001:2015 und EN 9100:2018",
        6,
    )
    number_pages(sheet, 480, 36, "Seite {}/{}", 8)


@LAYOUTS.add(PROCESS, "US", Habits("en", "MM-DD-YYYY", ","), "sans", "sans bold")
def register_with_stripes(sheet: Sheet) -> None:
    sheet.title(40, 34, "PROCESS CERTIFICATE REGISTER", 12)
    sheet.flow(330, 36, 230, "Reference: {stated_number}   Date: {stated_on}", 8)
    sheet.flow(40, 54, 500, "Processing facility: {site}, {site_address}", 8)
    heads = (
        (40, "P.O."),
        (100, "Ln"),
        (120, "Part No. / Rev."),
        (205, "Traveler"),
        (260, "Pcs."),
        (300, "Specification"),
        (470, "In"),
        (520, "Out"),
    )
    sheet.box(36, 74, 524, 14, 0.75)
    for x, head in heads:
        sheet.say(x, 77, head, 7.5, sheet.bold)
    sheet.box(36, 88, 524, 14, 0.94)
    cells = ((40, "{po_number}"), (100, "{po_line}"), (120, "{part_number} / {part_revision}"), (205, "{lot_number}"), (260, "{quantity}"),
             (300, "{spec_number}[ Rev. {spec_revision}][ Ty. {spec_type}][ Cl. {spec_class}]"), (465, "{process_from}"), (515, "{process_to}"))  # fmt: skip
    for x, template in cells:
        sheet.flow(x, 91, 165, template, 7)
    y = table(
        sheet,
        40,
        124,
        (
            (0, "Test", "name"),
            (160, "Spec min", "minimum"),
            (230, "Spec max", "maximum"),
            (310, "Reading", "value"),
            (390, "Unit", "unit"),
        ),
        zebra=True,
    )
    y = state(sheet, 40, y + 12, 500, "We declare that the lots entered above comply with the specifications listed against them.",
              "Lots entered above have been processed to customer instructions.")  # fmt: skip
    sheet.pair(40, y + 20, "Authorised by:", "{signed_name}", 80)
    sheet.pair(300, y + 20, "Capacity:", "{signed_title}", 60)
    sheet.say(
        40,
        790,
        "This register may not be reproduced except in full. Nadcap accredited AC7004; AS9100D certified. Records are kept for ten years.",
        6,
    )
    number_pages(sheet, 500, 815, "Page {} of {}")


@LAYOUTS.add(PROCESS, "US", Habits("en", "DD-MON-YYYY", ","), "mono", "mono")
def results_overleaf(sheet: Sheet) -> None:
    sheet.say(45, 40, "C OF C", 16)
    sheet.flow(45, 64, 500, "{site}", 9)
    sheet.flow(45, 76, 500, "{site_address}", 7.5)
    rows = (
        ("CERT NUM", "{stated_number}"), ("CERT DT", "{stated_on}"), ("CUST PO", "{po_number} LINE {po_line}"), ("PN", "{part_number} REV {part_revision}"),
        ("LOT", "{lot_number}"), ("QTY ACC", "{quantity}"), ("SPEC", "{spec_number}[ REV {spec_revision}]"),
        ("TYPE", "{spec_type}"), ("CLASS", "{spec_class}"), ("PROC DATES", "{process_from} TO {process_to}"),
    )  # fmt: skip
    y = 100
    for label, template in rows:
        y = sheet.pair(45, y, label.ljust(10, ".") + ":", template, 90, 380) + 2
    y = state(sheet, 45, y + 10, 490, "PARTS CONFORM TO THE ABOVE SPECIFICATION AND TO THE PURCHASE ORDER.",
              "PARTS WERE RUN PER SHOP ROUTING. SEE OVERLEAF FOR READINGS.", 8)  # fmt: skip
    sheet.pair(45, y + 20, "QA REP", "{signed_name}, {signed_title}", 90, 300)
    if sheet.facts.rows:
        sheet.turn()
        sheet.say(45, 40, "READINGS", 12)
        table(
            sheet,
            45,
            70,
            (
                (0, "CHECK", "name"),
                (170, "MIN", "minimum"),
                (240, "MAX", "maximum"),
                (310, "READING", "value"),
                (390, "UNITS", "unit"),
            ),
            8,
        )
    number_pages(sheet, 460, 815, "PAGE {} OF {}")


@LAYOUTS.add(PROCESS, "GB", Habits("en", "D MON YYYY", ","), "plain", "plain bold")
def paragraphs_of_prose(sheet: Sheet) -> None:
    sheet.title(60, 50, "Statement of Processing", 15)
    sheet.flow(60, 76, 470, "{issuer_name}[ · Certificate {stated_number}] · {stated_on}", 9)
    y = sheet.flow(60, 104, 470,
                   "This certificate is issued by {site}, {site_address}, against order {po_number} (item {po_line}) and concerns "
                   "part {part_number} at issue {part_revision}, traveler {lot_number}.")  # fmt: skip
    y = sheet.flow(60, y + 8, 470,
                   "A quantity of {quantity} parts was treated to {spec_number}[, issue {spec_revision}][, type {spec_type}][, class {spec_class}]. "
                   "Treatment began on {process_from} and was completed on {process_to}.")  # fmt: skip
    for row in sheet.facts.rows:
        y = sheet.flow(
            60,
            y + 6,
            470,
            f"{row.name} was {row.value} {row.unit}; limits {row.minimum} - {row.maximum} {row.unit}.",
        )
        sheet.note(row)
    y = state(sheet, 60, y + 8, 470, "We confirm that the parts meet all requirements of the order and of the specification.",
              "The parts left our works in good order and we wish you every success with them.", 9)  # fmt: skip
    sheet.scribble(60, y + 40)
    sheet.say(60, y + 54, "for and on behalf of the company", 8)
    sheet.flow(60, y + 66, 300, "{signed_name}, {signed_title}", 9)


@LAYOUTS.add(MATERIAL, "US", Habits("en", "MM/DD/YYYY", ","), "narrow", "narrow")
def mill_with_dense_footer(sheet: Sheet) -> None:
    sheet.say(40, 34, "CERTIFIED MATERIAL TEST REPORT (CMTR)", 12)
    sheet.flow(40, 52, 500, "PRODUCER: {issuer_name}   {site_address}", 8)
    sheet.flow(40, 68, 500, "CMTR NO. {stated_number}   REPORT DATE {stated_on}   CUST. ORDER {po_number}", 9)
    sheet.flow(40, 82, 500, "ALLOY {grade}   TEMPER {condition}   FORM {description}", 9)
    sheet.flow(40, 96, 500, "HEAT/LOT {identifier}   PCS {quantity}   NET WT {weight} LB", 9)
    sheet.flow(
        40, 110, 500, "MATERIAL MEETS: {spec_number}[ REV {spec_revision}]   CERT TYPE {certificate_type}", 9
    )
    y = across(sheet, 40, 130, "COMPOSITION WEIGHT %", "chemistry", ("SPEC MIN", "SPEC MAX", "HEAT"))
    y = across(sheet, 40, y + 6, "TENSILE PROPERTIES", "mechanical", ("SPEC MIN", "SPEC MAX", "AVG"))
    y = state(sheet, 40, y + 12, 500, "WE CERTIFY THAT THE ABOVE RESULTS ARE TRUE AND THAT THE MATERIAL CONFORMS TO THE SPECIFICATION SHOWN.",
              "RESULTS ARE REPORTED AS RECEIVED FROM THE LABORATORY.", 9)  # fmt: skip
    sheet.scribble(60, y + 24)
    sheet.flow(40, y + 40, 300, "{signed_name}", 9)
    sheet.flow(40, y + 52, 300, "{signed_title}", 8)
    for at, words in enumerate((
        "Quality system certified to ISO 9001:2015 and AS9100D. Laboratory accredited to ISO/IEC 17025. Melted and manufactured in the country named.",
        "No weld repair was performed. Mercury and radium were not used. The recording of false statements on this document may be punished as a felony.",
        "This report relates only to the items tested and shall not be reproduced except in full without written approval of the laboratory.",
    )):  # fmt: skip
        sheet.say(40, 780 + at * 8, words, 5.5)
    number_pages(sheet, 500, 815, "PG {} OF {}", 7)


@LAYOUTS.add(PROCESS, "US", Habits("en", "YYYY-MM-DD", ","), "roman", "roman bold")
def labels_over_two_lines(sheet: Sheet) -> None:
    sheet.centred(36, "PROCESSOR'S CERTIFICATION", 13)
    sheet.flow(45, 60, 300, "{site}", 10)
    sheet.flow(45, 73, 300, "{site_address}", 8)
    rows = (
        (("Certificate", "number"), "{stated_number}"), (("Date of", "certificate"), "{stated_on}"),
        (("Purchase", "order no."), "{po_number}"), (("Part", "number"), "{part_number}"), (("Part", "revision"), "{part_revision}"),
        (("Lot", "number"), "{lot_number}"), (("Quantity", "certified"), "{quantity}"), (("Process", "specification"), "{spec_number}"),
        (("Specification", "revision"), "{spec_revision}"), (("Specification", "type"), "{spec_type}"), (("Specification", "class"), "{spec_class}"),
        (("Date", "processed"), "{process_from} - {process_to}"),
    )  # fmt: skip
    for at, ((upper, lower), template) in enumerate(rows):
        x, y = 45 + (at % 2) * 260, 98 + (at // 2) * 32
        sheet.box(x, y, 85, 32)
        sheet.box(x + 85, y, 175, 32)
        sheet.say(x + 4, y + 5, upper, 8)
        sheet.say(x + 4, y + 17, lower, 8)
        sheet.flow(x + 92, y + 11, 165, template, 9.5, label=f"{upper} {lower}")
    y = table(
        sheet,
        50,
        304,
        (
            (0, "Inspection", "name"),
            (150, "Minimum", "minimum"),
            (230, "Maximum", "maximum"),
            (310, "Actual value", "value"),
            (400, "U/M", "unit"),
        ),
    )
    y = state(sheet, 45, y + 14, 500, "The undersigned certifies conformance of the parts to the process specification.",
              "The undersigned has no knowledge of any defect in the parts.", 9)  # fmt: skip
    sheet.pair(45, y + 26, "By", "{signed_name}", 50)
    sheet.pair(300, y + 26, "Its", "{signed_title}", 50)
    number_pages(sheet, 250, 815, "- {} of {} -")
