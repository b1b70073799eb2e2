"""Where the page of a record is, told by the beginning of its number; pages of later rooms are known by name."""

from __future__ import annotations

import re

from django.urls import NoReverseMatch, reverse

from portal.permissions import CUSTOMER, QUALITY, SHOP, VENDORS

RECORD_NUMBER = re.compile(r"\b[A-Z]{1,4}-[0-9][0-9A-Z/-]*[0-9A-Z]\b")
# with the stops that follow it, which no line may begin with
NUMBER_AND_STOP = re.compile(rf"({RECORD_NUMBER.pattern})([.,;:)]*)")
OWN_NUMBER = re.compile(r"([A-Z]{1,2})-[0-9]{6,}")
LINE = re.compile(r"/[0-9]+$")
STEP = re.compile(r"-[0-9]+-[0-9]+$")

# beginning of the number: (URL name, what to leave off to have the number of the page, who may open it)
PAGES = {
    "O": ("routes:order-detail", LINE, SHOP + CUSTOMER),
    "T": ("routes:traveler-detail", STEP, SHOP),
    "M": ("routes:material-detail", None, SHOP),
    "R": ("routes:route-detail", None, SHOP),
    "AM": ("routes:amendment-approve", None, QUALITY),
    "PO": ("subcontract:order-detail", LINE, SHOP + VENDORS),
    "DL": ("subcontract:delegation-detail", None, SHOP + VENDORS + CUSTOMER),
    "AP": ("subcontract:approval-detail", None, SHOP),
    "I": ("inspection:record-detail", None, SHOP),
    "FA": ("inspection:first-article-detail", None, SHOP + CUSTOMER),
    "EV": ("inspection:evaluation-detail", None, SHOP),
    "TP": ("inspection:trigger-policy-detail", None, SHOP),
    "NC": ("inspection:nonconformance-detail", None, SHOP),
    # a rule of the house that was waived is no page of the customer's
    "W": ("documents:waiver-detail", None, SHOP),
    "C": ("documents:certificate-detail", None, SHOP + VENDORS),
    "AR": ("documents:arrival-detail", None, SHOP),
    "SU": ("routes:setup-detail", None, SHOP),
    "LP": ("routes:lock-policy-detail", None, SHOP),
    "CG": ("routes:growth-detail", None, SHOP),
    "SS": ("inspection:sampling-detail", None, SHOP),
    "PH": ("routes:handoff-detail", None, SHOP),
    "CP": ("documents:check-policy-detail", None, SHOP + CUSTOMER),
    "SH": ("documents:shipment-detail", None, SHOP),
    "P": ("documents:package-detail", None, SHOP + CUSTOMER),
    "RV": ("portal:reversal-detail", None, SHOP),
    "N": ("documents:notice-detail", None, SHOP + CUSTOMER),
}


def page_of(number: str, *, role: str) -> str:
    """Return the address of a record's page by its number; nothing when there is none for this role."""
    own = OWN_NUMBER.match(number)
    name, left_off, roles = PAGES.get(own[1] if own else "", ("", None, ()))
    if role not in roles:
        return ""
    try:
        return reverse(name, kwargs={"number": left_off.sub("", number) if left_off else number})
    except NoReverseMatch:
        return ""
