"""Where each kind of data certificate keeps what a reading holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.formats.paper import DATA, ReadField, ReadRow
from documents.formats.reading.numbers import plain
from documents.formats.reading.properties import CHEMISTRY, HARDNESS, OTHER, TENSILE, kind_of
from documents.formats.reading.specifications import find_specifications

Found = tuple[list[ReadField], list[ReadRow], str]


def part(data: object, *names: str | int) -> object:
    """Return what stands at names and places in lists, one after the other; nothing where one is missing."""
    for name in names:
        if isinstance(name, int):
            data = data[name] if isinstance(data, list) and len(data) > name else None
        else:
            data = data.get(name) if isinstance(data, dict) else None
    return data


class Kept:
    """The fields and rows of one certificate, gathered with the path each came from."""

    def __init__(self) -> None:
        self.fields: list[ReadField] = []
        self.rows: list[ReadRow] = []

    def say(self, key: str, value: object, label: str) -> None:
        """Keep one field unless the file is silent about it."""
        if isinstance(value, list):
            value = ", ".join(str(each) for each in value if isinstance(each, str | int | float))
        if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
            return
        words = str(value).strip()[:500]
        self.fields.append(ReadField(key, words, words, 1, None, DATA, label))

    def quantity(self, value: object, unit: object, label: str) -> None:
        is_weight = str(unit or "").strip().lower() in ("kg", "t", "g", "lb", "lbs", "to")
        self.say("weight" if is_weight else "quantity", value, label)

    def specification(self, words: object, label: str) -> None:
        for found in find_specifications(str(words or "")):
            if found.is_of_a_process:
                self.say("spec_number", found.number, label)
                self.say("spec_revision", found.revision, label)
                return

    def party(self, party: object, label: str) -> None:
        self.say("issuer_name", part(party, "Name"), label)
        street = part(party, "Street")
        lines = street if isinstance(street, list) else [street]
        town = " ".join(str(each) for each in (part(party, "ZipCode"), part(party, "City")) if each)
        whole = ", ".join(str(each) for each in (*lines, town, part(party, "Country")) if each)
        self.say("site_address", whole, label)

    def row(self, test: str, name: object, value: object, **others: object) -> None:
        """Keep one result; a value that is no number is no row."""
        number = plain(re.sub(r"^[<>=≤≥\s]+", "", str(value))) if value is not None else ""
        if not number or isinstance(value, bool) or not name:
            return
        limits = {
            way: plain(re.sub(r"^[<>=≤≥\s]+", "", str(others.pop(way, None) or "")))
            for way in ("minimum", "maximum")
        }
        said = {key: str(each or "")[:80] for key, each in others.items()}
        self.rows.append(ReadRow(test, str(name)[:80], number, page=1, how=DATA, **limits, **said))


def from_en_10168(data: dict) -> Found:
    kept, certificate = Kept(), data["Certificate"]
    trade, product = certificate["CommercialTransaction"], certificate["ProductDescription"]
    validation, inspection = certificate["Validation"], certificate.get("Inspection") or {}
    kept.say("stated_number", part(trade, "A03"), "A03")
    kept.say("stated_on", part(validation, "Z02"), "Z02")
    kept.say("certificate_type", type_in(part(trade, "A02")), "A02")
    kept.say("po_number", part(trade, "A07"), "A07")
    kept.say("po_line", part(trade, "A97"), "A97")
    kept.say("part_number", part(trade, "A09"), "A09")
    kept.party(part(trade, "A01"), "A01")
    for norm in ("ProductNorm", "MaterialNorm"):
        kept.specification(part(product, "B02", norm, 0), "B02")
    kept.say("grade", part(product, "B02", "SteelDesignation"), "B02")
    kept.say("condition", part(product, "B04"), "B04")
    for label in ("B16", "B07"):
        kept.say("identifier", part(product, label), label)
    kept.say("quantity", part(product, "B08"), "B08")
    kept.say("weight", part(product, "B13", "Value"), "B13")
    kept.say("statement", part(validation, "Z01"), "Z01")
    signer = part(validation, "Z03")
    kept.say("signed_name", part(signer, "Name") if isinstance(signer, dict) else signer, "Z03")
    kept.say("signed_title", part(signer, "Title"), "Z03")
    for each in inspection if isinstance(inspection, list) else [inspection]:
        _inspection(kept, each)
    return kept.fields, kept.rows, str(part(certificate, "CertificateLanguages", 0) or "")


def _inspection(kept: Kept, inspection: dict) -> None:
    kept.say("identifier", part(inspection, "C00"), "C00")
    for label, each in (part(inspection, "ChemicalComposition") or {}).items():
        if re.fullmatch(r"C\d+", label) and isinstance(each, dict):
            actual = each.get("Actual")
            value = actual.get("Value") if isinstance(actual, dict) else actual
            limits = {"minimum": each.get("Minimum"), "maximum": each.get("Maximum")}
            kept.row(CHEMISTRY, each.get("Symbol"), value, unit=each.get("Unit") or "%", **limits)
    tests = {
        "TensileTest": (TENSILE, {"C11": "Yield strength", "C12": "Tensile strength", "C13": "Elongation"}),
        "HardnessTest": (HARDNESS, {"C32": "Hardness"}),
        "NotchedBarImpactTest": (TENSILE, {"C43": "Impact"}),
    }
    for name, (test, codes) in tests.items():
        for code, words in codes.items():
            each = part(inspection, name, code)
            if isinstance(each, dict):
                kept.row(test, each.get("Property") or words, each.get("Value"), unit=each.get("Unit"),
                         minimum=each.get("Minimum"), maximum=each.get("Maximum"))  # fmt: skip


def from_coa(data: dict) -> Found:
    kept, certificate = Kept(), data["Certificate"]
    order, product = part(certificate, "BusinessTransaction", "Order"), certificate["Product"]
    delivery = part(certificate, "BusinessTransaction", "Delivery")
    kept.say("stated_number", certificate["Id"], "Id")
    kept.say("stated_on", certificate["Date"], "Date")
    kept.say("certificate_type", part(certificate, "Standard", "Type"), "Standard/Type")
    kept.say("po_number", part(order, "Id"), "Order/Id")
    kept.say("po_line", part(order, "Position"), "Order/Position")
    kept.say("part_number", part(order, "CustomerProductId"), "Order/CustomerProductId")
    kept.party(part(certificate, "Parties", "Manufacturer"), "Parties/Manufacturer")
    kept.specification(part(product, "Standards", 0), "Product/Standards")
    for name in ("ProductionBatchId", "FillingBatchId"):
        kept.say("identifier", part(product, name), f"Product/{name}")
    kept.quantity(part(delivery, "Quantity"), part(delivery, "QuantityUnit"), "Delivery/Quantity")
    kept.say("process_from", part(product, "ProductionDate"), "Product/ProductionDate")
    kept.say("process_to", part(product, "ProductionDate"), "Product/ProductionDate")
    kept.say("statement", part(certificate, "DeclarationOfConformity", "Declaration"), "Declaration")
    for each in part(certificate, "Analysis", "Inspections") or []:
        if isinstance(each, dict):
            kept.row(kind_of(str(each.get("Property"))), each.get("Property"), each.get("Value"), unit=each.get("Unit"),
                     method=each.get("Method"), minimum=each.get("Minimum"), maximum=each.get("Maximum"))  # fmt: skip
    return kept.fields, kept.rows, str(part(certificate, "CertificateLanguages", 0) or "")


def from_e_coc(data: dict) -> Found:
    kept, body = Kept(), data["EcocData"]["Data"]
    kept.say("stated_number", data["Id"], "Id")
    kept.say(
        "stated_on",
        part(data, "Declaration", "DateOfIssue") or part(body, "Declaration", "DateOfIssue"),
        "DateOfIssue",
    )
    kept.say("certificate_type", type_in(part(body, "EcocType")), "EcocType")
    for each in _dicts(part(body, "BusinessRef", "StandardReferences")):
        key = {"OrderNo": "po_number", "OrderPosition": "po_line"}.get(str(each.get("Name")))
        if key:
            kept.say(key, each.get("Value"), f"BusinessRef/{each.get('Name')}")
    for each in _dicts(body["Parties"]):
        if "manufacturer" in str(each.get("PartyRole", "")).lower():
            address = each.get("PartyAddress") or {}
            named = {"Name": each.get("PartyName"), "Street": address.get("StreetAddress"), "City": address.get("City"),
                     "ZipCode": address.get("PostalCode"), "Country": address.get("CountryCode")}  # fmt: skip
            kept.party(named, "Parties")
    for each in _dicts(body["ObjectOfDeclaration"]):
        for amount in _dicts(each.get("Quantities")):
            kept.quantity(amount.get("Amount"), amount.get("Unit"), "Quantities")
        for own in _dicts(each.get("ObjectIdentifier") or each.get("Identifiers")):
            if re.search(r"batch|heat|charge|lot", str(own.get("NameOfIdentifier", "")), re.I):
                kept.say("identifier", own.get("ValueOfIdentifier"), "ObjectOfDeclaration")
    signature = part(data, "Declaration", "Signature") or {}
    kept.say("signed_name", part(signature, "SignerName"), "SignerName")
    kept.say("signed_title", part(signature, "SignerPosition"), "SignerPosition")
    kept.say("statement", part(data, "Declaration", "CocConfirmationText", 0), "CocConfirmationText")
    for each in _dicts(part(data, "EcocData", "Results", "MaterialCertification")):
        for value in _dicts(each.get("TestValues")):
            name, unit = str(value.get("ValueName")), str(value.get("Unit") or "")
            kept.row(kind_of(name), name, value.get("ActualFrom"), unit="%" if unit == "percent" else unit,
                     minimum=value.get("SpecMin"), maximum=value.get("SpecMax"))  # fmt: skip
    return kept.fields, kept.rows, ""


def from_metals(data: dict) -> Found:
    kept, passport = Kept(), data["DigitalMaterialPassport"]
    trade, product = passport["TransactionData"], passport["Product"]
    order, delivery = (
        part(trade, "BusinessTransaction", "Order"),
        part(trade, "BusinessTransaction", "Delivery"),
    )
    kept.say("stated_number", passport["Id"], "Id")
    kept.say("stated_on", passport["IssueDate"], "IssueDate")
    kept.say("certificate_type", part(passport, "Validation", "CertificateType", "Type"), "CertificateType")
    kept.say("po_number", part(order, "Id"), "Order/Id")
    kept.say("po_line", part(order, "Position"), "Order/Position")
    kept.party(part(trade, "Parties", "Manufacturer"), "Parties/Manufacturer")
    norm = part(product, "ProductNorms", 0)
    kept.say("spec_number", part(norm, "Standard") or part(norm, "Designation"), "ProductNorms")
    kept.say("spec_revision", part(norm, "Revision") or part(norm, "Year"), "ProductNorms")
    kept.say("grade", part(product, "Name"), "Product/Name")
    kept.say("condition", part(product, "DeliveryCondition", "Code"), "DeliveryCondition")
    kept.say("condition", part(product, "SurfaceCondition"), "SurfaceCondition")
    kept.say("weight", part(product, "Weight"), "Product/Weight")
    kept.quantity(part(delivery, "Quantity"), part(delivery, "QuantityUnit"), "Delivery/Quantity")
    kept.say("identifier", part(passport, "ChemicalAnalysis", "HeatNumber"), "HeatNumber")
    kept.say("identifier", part(product, "BatchId"), "BatchId")
    kept.say("process_from", part(passport, "HeatTreatment", "ProcessDate"), "HeatTreatment")
    kept.say("process_to", part(passport, "HeatTreatment", "ProcessDate"), "HeatTreatment")
    signer = part(passport, "Validation", "Validators", 0)
    kept.say("signed_name", part(signer, "Name"), "Validators")
    kept.say("signed_title", part(signer, "Title") or part(signer, "Role"), "Validators")
    kept.say(
        "statement", part(passport, "Validation", "ValidationStatement", "Statement"), "ValidationStatement"
    )
    analyses = passport.get("ChemicalAnalysis")
    for analysis in analyses if isinstance(analyses, list) else [analyses or {}]:
        for each in _dicts(part(analysis, "Elements")):
            kept.row(CHEMISTRY, each.get("PropertySymbol"), _number(each.get("Actual")), **_row(each))
    for name in ("MechanicalProperties", "PhysicalProperties", "SupplementaryTests"):
        for each in _dicts(passport.get(name)):
            title = each.get("PropertyName")
            test = kind_of(str(title))
            if test == OTHER and name == "MechanicalProperties":
                test = TENSILE
            kept.row(test, title, _number(each.get("Actual")), **_row(each))
    return kept.fields, kept.rows, str(part(passport, "Languages", 0) or "")


def _row(each: dict) -> dict:
    return {
        "unit": each.get("Unit"),
        "method": each.get("Method"),
        "minimum": _number(each.get("Minimum")),
        "maximum": _number(each.get("Maximum")),
    }


def _number(said: object) -> object:
    """Return the number of a value that may be wrapped with its kind."""
    value = said.get("Value") if isinstance(said, dict) else said
    return None if isinstance(value, bool | dict | list) else value


def _dicts(rows: object) -> Iterator[dict]:
    return (each for each in rows if isinstance(each, dict)) if isinstance(rows, list) else iter(())


def type_in(words: object) -> str:
    """Return the type of EN 10204 some words name."""
    match = re.search(r"(?<![\d.])([23]\.[12])(?![\d.])", re.sub(r"10204(?::2004)?", "", str(words or "")))
    return match[1] if match else ""


FROM_KIND = {"EN 10168": from_en_10168, "CoA": from_coa, "E-CoC": from_e_coc, "Metals": from_metals}
