"""The customer's word on a first article: fields 24 and 25, or back to the author."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from inspection.domain.field_comments import is_customers_reviewer
from inspection.domain.reversals import lots_it_stands_for
from inspection.models import FirstArticle
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.moves import lock, move
from portal.domain.signatures import sign
from portal.models import Person, Signature
from routes.domain.lots import lock_lots
from routes.domain.words import DatesDoNotFit, QuantityNotPossible

# what a report says that is approved for good, or back with its author
NO_CONDITION = {"customer_condition": "", "condition_due_on": None, "condition_quantity": None}


@transaction.atomic
def approve_for_customer(*, by: Person, first_article: FirstArticle, token: str) -> FirstArticle:
    """Sign for the customer: fields 24 and 25 of Rev C, 23 and 24 of Rev B. A condition it had is met with that.

    Raises:  NotEntitled for anybody but the quality people of the customer whose part it is; NotTheMoment before the
             shop has approved it.
    Source:  AS9102 Rev C Form 1 fields 24 and 25; docs/decisions/0011.
    """
    current = _at_the_customer(by, first_article)
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun="first article",
        number=current.number,
        content=current.forms,
    )
    return move(
        current,
        "approve for the customer",
        by=by,
        lots=[current.traveler.number],
        customer_signature=signature,
        **NO_CONDITION,
    )


@transaction.atomic
def approve_on_condition(
    *, by: Person, first_article: FirstArticle, condition: str, due_on: date, quantity: int, token: str
) -> FirstArticle:
    """Sign for the customer on a condition: up to so many pieces may ship until a day; then nothing more may.

    Once it is met the customer signs again without one, or returns the report.

    Units:   `quantity` in pieces over all shipments of the part revision since; 0 lets nothing leave before it is met.
    Raises:  NotEntitled and NotTheMoment as for the approval; Incomplete without words; DatesDoNotFit for a day that
             is over; QuantityNotPossible for less than none.
    Source:  AS9102 Form 1 customer approval; docs/decisions/0036.
    """
    current = _at_the_customer(by, first_article)
    if current.state == FirstArticle.CONDITIONAL:
        raise NotTheMoment(
            f"{current.number} is approved on a condition already. Approve it once that is met, or return it."
        )
    if not condition.strip():
        raise Incomplete(f"Say what has to be done about {current.number} before the condition is met.")
    if due_on < timezone.localdate():
        raise DatesDoNotFit(f"The condition cannot be due on {due_on:%-d %b %Y}, a day that is over.")
    if quantity < 0:
        raise QuantityNotPossible("Say how many pieces may ship before the condition is met; 0 for none.")
    terms = {"condition": condition.strip(), "due_on": due_on, "quantity": quantity}
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun="first article",
        number=current.number,
        content={"forms": current.forms, **terms},
    )
    return move(
        current,
        "approve on a condition of",
        by=by,
        lots=[current.traveler.number],
        data={**terms, "due_on": due_on.isoformat()},
        customer_signature=signature,
        customer_condition=condition.strip(),
        condition_due_on=due_on,
        condition_quantity=quantity,
    )


@transaction.atomic
def return_by_customer(*, by: Person, first_article: FirstArticle, reason: str) -> FirstArticle:
    """Send a FAIR the shop approved back to its author; the shop approves it anew before it comes again.

    Raises:  NotEntitled and NotTheMoment as for the approval; Incomplete without a reason.
    """
    current = _at_the_customer(by, first_article)
    if not reason.strip():
        raise Incomplete(f"Say what must change in {current.number} before it comes back.")
    return move(
        current,
        "return by the customer",
        by=by,
        lots=[current.traveler.number],
        return_reason=reason.strip(),
        customer_signature=None,
        **NO_CONDITION,
    )


def _at_the_customer(by: Person, first_article: FirstArticle) -> FirstArticle:
    # a shipment that is judged at this moment is judged before or after, never in between
    lock_lots(lots_it_stands_for(first_article))
    current = lock(first_article)
    if not is_customers_reviewer(by, current):
        raise NotEntitled(
            f"{by.printed_name} may not decide about {current.number} for {current.part_revision.part.customer.name}; "
            "this is for that customer's quality people."
        )
    if current.state not in (FirstArticle.APPROVED, FirstArticle.CONDITIONAL):
        raise NotTheMoment(
            f"{current.number} is {current.get_state_display().lower()}; the customer decides once the shop has "
            "approved it."
        )
    return current
