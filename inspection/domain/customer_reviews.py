"""The customer's word on a first article: fields 24 and 25, or back to the author."""

from __future__ import annotations

from django.db import transaction

from inspection.domain.field_comments import is_customers_reviewer
from inspection.models import FirstArticle
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.moves import lock, move
from portal.domain.signatures import sign
from portal.models import Person, Signature


@transaction.atomic
def approve_for_customer(*, by: Person, first_article: FirstArticle, token: str) -> FirstArticle:
    """Sign fields 24 and 25 for the customer.

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
    )


def _at_the_customer(by: Person, first_article: FirstArticle) -> FirstArticle:
    current = lock(first_article)
    if not is_customers_reviewer(by, current):
        raise NotEntitled(
            f"{by.printed_name} may not decide about {current.number} for {current.part_revision.part.customer.name}; "
            "this is for that customer's quality people."
        )
    if current.state != FirstArticle.APPROVED:
        raise NotTheMoment(
            f"{current.number} is {current.get_state_display().lower()}; the customer decides once the shop has "
            "approved it."
        )
    return current
