"""Papers shown whole in a package: none may also stand for a lot of another customer."""

from __future__ import annotations

from portal.domain.errors import Refused
from portal.domain.files import one_use_at_a_time
from routes.models import ClauseEvidence, RecordedElsewhere, Traveler


class FileOfAnotherCustomer(Refused):
    """The paper also stands for a lot of another customer, so it would show one what is the other's."""

    code = "file-of-another-customer"


def require_own_customer(*, lot: Traveler, sha256: str, name: str) -> None:
    """Refuse a paper that stands for a lot of another customer already.

    The whole paper goes into the package; no page of another customer may. One that was rejected or withdrawn goes
    into none.
    Raises:  FileOfAnotherCustomer naming the file.
    """
    one_use_at_a_time(sha256)
    customer = lot.order_line.order.customer_id
    scans = RecordedElsewhere.objects.filter(file__sha256=sha256).exclude(state=RecordedElsewhere.REJECTED)
    evidence = ClauseEvidence.objects.filter(file__sha256=sha256, withdrawn_at=None)
    if any(
        uses.exclude(traveler__order_line__order__customer=customer).exists() for uses in (scans, evidence)
    ):
        raise FileOfAnotherCustomer(
            f"{name} also stands for a lot of another customer. Send only the pages of this lot, {lot.number}."
        )
