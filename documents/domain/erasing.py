"""Erasing the bytes of a disposal that was carried out: a job that may be killed anywhere and asked for again."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction

from documents.domain.crash_points import passed
from documents.domain.legal_holds import holds_over, one_at_a_time, shipments_under
from documents.models import Disposal, LegalHold
from portal.domain.errors import Refused
from portal.domain.files import erase_bytes, name_in_store, written_off
from portal.models import DisposedFile, Job
from portal.queue import enqueue

ERASE = "erase_files"


class HeldMeanwhile(Refused):
    """A legal hold was placed after the disposal was carried out and before its bytes were gone."""

    code = "held-meanwhile"


def ask(disposal: Disposal, *, after: str = "") -> Job:
    """Ask that the bytes of a disposal be erased once this transaction is committed; a lifted hold asks again."""
    key = f"{ERASE} {disposal.number} {after}".strip()
    return enqueue(ERASE, unique_key=key, arguments={"disposal": disposal.number})


def ask_again(hold: LegalHold) -> None:
    """Ask for what a hold that is lifted now had stopped."""
    for each in Disposal.objects.filter(state=Disposal.DONE, shipment__in=shipments_under(hold)).order_by(
        "pk"
    ):
        if remaining(each):
            ask(each, after=f"after {hold.number}")


def job_of(disposal: Disposal) -> Job | None:
    """Return the last job that erases the bytes of a disposal."""
    return Job.objects.filter(kind=ERASE, arguments__disposal=disposal.number).order_by("pk").last()


def erase(*, number: str) -> int:
    """Erase what was written off under a disposal and return how many files; done again it finds them gone.

    One file at a time, each asked for holds in the transaction that erases it: a hold placed meanwhile keeps the rest.

    Raises:  HeldMeanwhile while a hold is over its shipment.
    """
    disposal = Disposal.objects.select_related("shipment").get(number=number, state=Disposal.DONE)
    count = 0
    for sha256 in _written_off(disposal):
        with transaction.atomic():
            one_at_a_time()
            if holds := holds_over([disposal.shipment]).get(disposal.shipment_id):
                named = ", ".join(each.number for each in holds)
                raise HeldMeanwhile(
                    f"Legal hold {named} was placed before the bytes of {number} were erased. What is left of them "
                    "stays until it is lifted; it is then erased without being asked for."
                )
            passed("before bytes")
            count += erase_bytes(sha256)
            passed("after bytes")
    return count


def remaining(disposal: Disposal) -> int:
    """Return how many files written off under a disposal still lie in the store."""
    return sum(
        default_storage.exists(name_in_store(each)) and written_off(each) is not None
        for each in _written_off(disposal)
    )


def _written_off(disposal: Disposal) -> list[str]:
    found = DisposedFile.objects.filter(certificate=disposal.number).order_by("pk")
    return list(dict.fromkeys(found.values_list("sha256", flat=True)))
