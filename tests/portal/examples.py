"""Example records of the portal's own addresses; see `tests/architecture/examples.py`."""

from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from portal import queue
from portal.domain.accounts import invite
from portal.domain.event_log import sequence_now
from portal.domain.events import record_event
from portal.domain.numbers import next_number
from portal.domain.reauthentication import issue
from portal.domain.signatures import sign
from portal.models import Job, Label, Person, Reversal


def person(cast):
    return {"email": cast.operator.email}


def organization(cast):
    return {"number": cast.customer.number}


def invitation(cast):
    _, token = invite(
        by=cast.manager,
        email="newcomer@halden.example",
        printed_name="Nell Comer",
        organization=cast.shop,
        role=Person.OPERATOR,
    )
    return {"token": token}


def reset(cast):
    uid = urlsafe_base64_encode(force_bytes(cast.operator.pk))
    return {"uid": uid, "token": default_token_generator.make_token(cast.operator)}


def job(cast):
    made = queue.enqueue("make-package", unique_key="package:P-000001:1", arguments={})
    Job.objects.filter(pk=made.pk).update(state=Job.PARKED, last_error="Orrin's drawing cannot be read.")
    return {"key": made.unique_key}


def label(cast):
    return {"code": Label.objects.create(code="NDA-7", name="Under Orrin's NDA", strictness=7).code}


def reversal(cast):
    signed, undoing = (
        sign(
            by=by,
            token=issue(person=by),
            meaning="performed",
            noun="step",
            number="T-000001-10-1",
            content={},
        )
        for by in (cast.operator, cast.quality)
    )
    made = Reversal.objects.create(
        number=next_number("RV"),
        noun="step",
        record="T-000001-10-1",
        undone=signed,
        opened=["step T-000001-10-1"],
        lots=["T-000001"],
        reason="Signed for another lot.",
        judged_anew="The pieces are counted again.",
        signature=undoing,
        reversed_at=undoing.signed_at,
    )
    return {"number": made.number}


def event(cast):
    return {"leaf": record_event(by=cast.quality, verb="hold", noun="lot", number="T-000001").leaf_sha256}


def two_checkpoints(cast):
    record_event(by=cast.quality, verb="hold", noun="lot", number="T-000001")
    old = sequence_now().size
    record_event(by=cast.quality, verb="hold", noun="lot", number="T-000001")
    return {"old": old, "new": sequence_now().size}


def two_sizes(cast):
    record_event(by=cast.quality, verb="hold", noun="lot", number="T-000001")
    return {"old": 1, "new": sequence_now().size}


EXAMPLES = {
    "portal:log-entry": event,
    "portal:log-proof": event,
    "portal:log-bytes": event,
    "portal:log-consistency": two_sizes,
    "portal:log-consistency-file": two_checkpoints,
    "portal:label-change": label,
    "portal:person-role": person,
    "portal:person-title": person,
    "portal:person-detail": person,
    "portal:person-pin": person,
    "portal:person-disable": person,
    "portal:person-enable": person,
    "portal:person-eligibility": person,
    "portal:authority-grant": person,
    "portal:authority-withdraw": person,
    "portal:deputy-name": person,
    "portal:deputy-end": person,
    "portal:organization-detail": organization,
    "portal:site-create": organization,
    "portal:job-retry": job,
    "portal:reversal-detail": reversal,
    "portal:invitation-accept": invitation,
    "portal:password-reset-confirm": reset,
}
