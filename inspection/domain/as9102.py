"""The fields of the first article forms: their numbers and labels are part of the contract with customers.

Source:  AS9102 Rev C, Forms 1 to 3. Own layouts are allowed while every field keeps its number.
"""

from __future__ import annotations

FORM_1 = {
    "1": "Part Number",
    "2": "Part Name",
    "3": "Serial Number",
    "4": "FAIR Identifier",
    "5": "Part Revision Level",
    "6": "Drawing Number",
    "7": "Drawing Revision Level",
    "8": "Additional Changes",
    "9": "Manufacturing Process Reference",
    "10": "Organization Name",
    "11": "Supplier Code",
    "12": "Purchase Order Number",
    "13": "Detail / Assembly",
    "14": "Full FAI / Partial FAI, Baseline Part Number incl. Revision, Reason for Full/Partial FAI",
    "19": "Does FAIR contain a documented nonconformance?",
    "20": "FAIR Verified By",
    "21": "Date",
    "22": "FAIR Reviewed/Approved By",
    "23": "Date",
    "24": "Customer Approval",
    "25": "Date",
    "26": "Comments",
}
FORM_1_INDEX = {"15": "Part Number", "16": "Part Name", "17": "Part Type", "18": "FAIR Identifier"}
FORM_2 = {
    "5": "Material or Process Name",
    "6": "Specification Number",
    "7": "Code",
    "8": "Supplier",
    "9": "Customer Approval Verification",
    "10": "Certificate of Conformance Number",
    "11": "Functional Test Procedure Number",
    "12": "Acceptance Report Number",
    "13": "Comments",
}
FORM_3 = {
    "5": "Char. No.",
    "6": "Reference Location",
    "7": "Characteristic Designator",
    "8": "Requirement",
    "9": "Results",
    "10": "Designed/Qualified Tooling",
    "11": "Nonconformance Number",
    "12": "Additional Data / Comments",
}

# R: filled before the author submits. Fields 20 to 23 are filled by the two signatures that follow.
REQUIRED_ON_SUBMIT = ("1", "2", "4", "9", "10", "13", "14", "19")
# Pairs that every page of every form repeats
COMMON = ("1", "2", "3", "4")
# The editions whose forms can be printed; Rev C is what a FAIR is kept in
EDITIONS = ("C",)


def fields_of_form(form: int) -> dict[str, str]:
    """Return the fields of one form by number, those of the index of an assembly among them."""
    return {1: {**FORM_1, **FORM_1_INDEX}, 2: FORM_2, 3: FORM_3}.get(form, {})
