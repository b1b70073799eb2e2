"""How long proof is kept in the sample shop: rules in force, and one legal hold over a part."""

from __future__ import annotations

from documents.demo.parts import HOUSING, LINK
from documents.demo.people import token
from documents.demo.scenes import Shelf
from documents.domain import legal_holds, retention
from documents.models import RetentionRule
from portal.models import Organization

YEAR_BOOK = "House rule 12: ten years, the longest limitation period of our customers' countries."
MERIDIAN = "Quality requirements of Meridian, clause Q-40: thirty days' notice before any disposal."
FLIGHT_SAFETY = (
    "Quality requirements of Ardent, clause QC-9: flight safety parts forty years after the last delivery."
)
CLAIM = "Claim AR-C-19 of Ardent, letter of its counsel: keep everything about the links until it is settled."


def rules_and_a_hold(shelf: Shelf) -> None:
    """Three rules are in force, and what is known of one part stays until its claim is settled."""
    people = shelf.stories[HOUSING.number].people
    customers = {each.number: each for each in Organization.objects.filter(kind=Organization.CUSTOMER)}
    last = RetentionRule.LAST_SHIPMENT
    for facts in (
        {"years": 10, "starts": RetentionRule.SHIPMENT, "reason": YEAR_BOOK},
        {
            "customer": customers["MERIDIAN"],
            "years": 15,
            "starts": last,
            "notice_days": 30,
            "reason": MERIDIAN,
        },
        {
            "customer": customers["ARDENT"],
            "class_name": "flight safety",
            "part_numbers": [LINK.number],
            "years": 40,
            "starts": last,
            "reason": FLIGHT_SAFETY,
        },
    ):
        rule = retention.draft(by=people.quality, **facts)
        retention.sign(by=people.manager, rule=rule, token=token(people.manager))
    part = shelf.stories[LINK.number].plan.part_revision.part
    legal_holds.place(by=people.second_quality, part=part, reason=CLAIM, token=token(people.second_quality))
