"""Waivers of the sample shop: one the customer granted, one that waits for the manager."""

from __future__ import annotations

from datetime import timedelta

from documents.demo.people import token
from documents.demo.story import Story
from documents.domain import chain, waivers
from documents.domain.chain.facts import read_facts_as_placed
from documents.models import Waiver
from routes.domain.lots import quantity_of
from routes.models import Traveler

FOR_SO_LONG = timedelta(days=21)


def asked(story: Story, lot: Traveler, code: str, *, reason: str) -> Waiver:
    """Ask that the first open demand of one check is let pass for the whole lot."""
    slots = chain.judge(read_facts_as_placed([lot.pk])[lot.number])
    slot = next(slot for slot in slots if slot.code == code and not slot.is_closed)
    return waivers.request(
        by=story.people.quality,
        traveler=lot,
        code=slot.code,
        subject=slot.subject,
        reason=reason,
        quantity_limit=quantity_of(lot),
        valid_to=story.today + FOR_SO_LONG,
    )


def granted(story: Story, lot: Traveler, code: str, *, reason: str, answer: str) -> Waiver:
    """Ask the customer to let a demand pass, and have its quality people do so."""
    waiver, by = asked(story, lot, code, reason=reason), story.buyer
    return waivers.grant(by=by, waiver=waiver, token=token(by), reason=answer)
