"""The fields of the first article forms: their numbers and labels are part of the contract with customers.

One table an edition. R is filled before the forms are signed, CR where it applies, O if somebody likes; what the
signatures fill is R of the signed report and asked of nobody before.
Source:  AS9102 Rev B and Rev C, Forms 1 to 3. Own layouts are allowed while every field keeps its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

REQUIRED, CONDITIONAL, OPTIONAL = "R", "CR", "O"


class Field(NamedTuple):
    """One numbered field: its label as printed, and whether it must be filled."""

    number: str
    label: str
    rule: str


_REASON = "Full FAI / Partial FAI, Baseline Part Number incl. Revision, Reason for"

_FORM_1 = (
    Field("1", "Part Number", REQUIRED),
    Field("2", "Part Name", REQUIRED),
    Field("3", "Serial Number", CONDITIONAL),
    Field("4", "FAIR Identifier", REQUIRED),
    Field("5", "Part Revision Level", CONDITIONAL),
    Field("6", "Drawing Number", CONDITIONAL),
    Field("7", "Drawing Revision Level", CONDITIONAL),
    Field("8", "Additional Changes", CONDITIONAL),
    Field("9", "Manufacturing Process Reference", REQUIRED),
    Field("10", "Organization Name", REQUIRED),
    Field("11", "Supplier Code", OPTIONAL),
    Field("12", "Purchase Order Number", OPTIONAL),
    Field("13", "Detail / Assembly", REQUIRED),
    Field("14", f"{_REASON} Full/Partial FAI", REQUIRED),
)
_INDEX = (
    Field("15", "Part Number", CONDITIONAL),
    Field("16", "Part Name", CONDITIONAL),
    Field("17", "Part Type", CONDITIONAL),
    Field("18", "FAIR Identifier", CONDITIONAL),
)
_FORM_1_END = (
    Field("19", "Does FAIR contain a documented nonconformance?", REQUIRED),
    Field("20", "FAIR Verified By", REQUIRED),
    Field("21", "Date", REQUIRED),
    Field("22", "FAIR Reviewed/Approved By", REQUIRED),
    Field("23", "Date", REQUIRED),
    Field("24", "Customer Approval", CONDITIONAL),
    Field("25", "Date", CONDITIONAL),
    Field("26", "Comments", OPTIONAL),
)
_FORM_2 = (
    Field("5", "Material or Process Name", CONDITIONAL),
    Field("6", "Specification Number", CONDITIONAL),
    Field("7", "Code", OPTIONAL),
    Field("8", "Supplier", CONDITIONAL),
    Field("9", "Customer Approval Verification", CONDITIONAL),
    Field("10", "Certificate of Conformance Number", CONDITIONAL),
    Field("11", "Functional Test Procedure Number", CONDITIONAL),
    Field("12", "Acceptance Report Number", CONDITIONAL),
    Field("13", "Comments", OPTIONAL),
)
_FORM_3 = (
    Field("5", "Char. No.", REQUIRED),
    Field("6", "Reference Location", CONDITIONAL),
    Field("7", "Characteristic Designator", CONDITIONAL),
    Field("8", "Requirement", REQUIRED),
    Field("9", "Results", REQUIRED),
    Field("10", "Designed/Qualified Tooling", CONDITIONAL),
    Field("11", "Nonconformance Number", CONDITIONAL),
)


def _but(fields: tuple[Field, ...], **changed: tuple[str, str]) -> tuple[Field, ...]:
    """Return fields of which some are called otherwise or asked for otherwise; keys as in f4."""
    return tuple(Field(each.number, *changed.get(f"f{each.number}", each[1:])) for each in fields)


@dataclass(frozen=True)
class Edition:
    """The three forms in one revision of the standard.

    `foot_2` and `foot_3` are fields below the rows; `verified`, `approved` and `customer` the pairs of signature and
    date on Form 1; `comment` the field of Form 3 a person writes in, `remarks` the one of Form 1, if there is any.
    """

    revision: str
    form_1: tuple[Field, ...]
    index: tuple[Field, ...]
    form_2: tuple[Field, ...]
    form_3: tuple[Field, ...]
    verified: tuple[str, str]
    approved: tuple[str, str]
    customer: tuple[str, str]
    comment: str
    remarks: str = ""
    foot_2: tuple[Field, ...] = ()
    foot_3: tuple[Field, ...] = ()
    # Rev B asks for the reason of a partial first article only
    is_full_reasoned: bool = True

    @property
    def name(self) -> str:
        return f"AS9102 Rev {self.revision}"

    @property
    def signed_later(self) -> tuple[str, ...]:
        """The fields of Form 1 that signatures fill after the forms were frozen."""
        return (*self.verified, *self.approved, *self.customer)

    def fields_of(self, form: int) -> tuple[Field, ...]:
        """Return every field of one form, those of the index and of the foot among them."""
        forms = {
            1: self.form_1 + self.index,
            2: self.form_2 + self.foot_2,
            3: self.form_3 + self.foot_3,
        }
        return tuple(sorted(forms.get(form, ()), key=lambda each: int(each.number)))

    def labels(self, form: int) -> dict[str, str]:
        """Return the labels of one form by number, the index and the foot among them."""
        return {each.number: each.label for each in self.fields_of(form)}

    def heads(self, form: int) -> dict[str, str]:
        """Return the labels of the columns of Form 2 or 3, or of the fields of Form 1 without its index."""
        return {each.number: each.label for each in {1: self.form_1, 2: self.form_2, 3: self.form_3}[form]}

    def foot(self, form: int) -> dict[str, str]:
        """Return the labels of the fields below the rows of Form 2 or 3."""
        return {each.number: each.label for each in {2: self.foot_2, 3: self.foot_3}.get(form, ())}

    def required(self, form: int) -> list[str]:
        """Return the numbers of the fields that are filled before the author signs."""
        asked = {1: self.form_1, 2: self.form_2, 3: self.form_3}[form]
        later = self.signed_later if form == 1 else ()
        return [each.number for each in asked if each.rule == REQUIRED and each.number not in later]


REV_C = Edition(
    revision="C",
    form_1=_FORM_1 + _FORM_1_END,
    index=_INDEX,
    form_2=_FORM_2,
    form_3=(*_FORM_3, Field("12", "Additional Data / Comments", OPTIONAL)),
    verified=("20", "21"),
    approved=("22", "23"),
    customer=("24", "25"),
    comment="12",
    remarks="26",
)
REV_B = Edition(
    revision="B",
    form_1=_but(
        _FORM_1,
        f4=("FAIR Number", CONDITIONAL),
        f13=("Detail Part / Assembly FAI", REQUIRED),
        f14=(f"{_REASON} Partial FAI", REQUIRED),
    )
    + (
        Field("19", "Signature, FAI Complete / FAI Not Complete", REQUIRED),
        Field("20", "Date", REQUIRED),
        Field("21", "Reviewed By", REQUIRED),
        Field("22", "Date", REQUIRED),
        Field("23", "Customer Approval", CONDITIONAL),
        Field("24", "Date", CONDITIONAL),
    ),
    index=_but(_INDEX, f17=("Part Serial Number", CONDITIONAL), f18=("FAIR Number", CONDITIONAL)),
    form_2=_FORM_2,
    form_3=(*_FORM_3, Field("14", "Comments", OPTIONAL)),
    verified=("19", "20"),
    approved=("21", "22"),
    customer=("23", "24"),
    comment="14",
    foot_2=(Field("14", "Signature", REQUIRED), Field("15", "Date", REQUIRED)),
    foot_3=(Field("12", "Signature", REQUIRED), Field("13", "Date", REQUIRED)),
    is_full_reasoned=False,
)
# what may be chosen, the usual one first
EDITIONS = {"C": REV_C, "B": REV_B}
# Pairs that every page of every form repeats
COMMON = ("1", "2", "3", "4")
# what Rev B says in field 19 beside the signature
COMPLETE, NOT_COMPLETE = "FAI Complete", "FAI Not Complete"

FORM_1, FORM_2, FORM_3 = (REV_C.heads(form) for form in (1, 2, 3))
FORM_1_INDEX = {each.number: each.label for each in REV_C.index}


def edition_of(forms: dict) -> Edition:
    """Return the edition a set of forms is written in; forms frozen before there was a choice are Rev C."""
    return EDITIONS[forms.get("edition", "C")]


def has_nonconformance(forms: dict) -> bool:
    """Say whether forms declare a documented nonconformance, whichever way their edition says it."""
    words = forms["form1"]["19"]["value"]
    return words == "Yes" or words.startswith(NOT_COMPLETE)
