"""The independent look at what was changed after the first signature of a lot."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from documents.domain.chain.trail_facts import EditFacts, read_edits
from documents.formats.paper import FIELDS
from documents.models import Certificate, TrailReview
from portal.domain.errors import NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.signatures import sign
from portal.models import Authority, Event, Person, Signature
from portal.permissions import require_quality
from routes.domain.lots import lock_lots
from routes.models import Traveler

REMARKS_LENGTH = 2_000


class EditorMayNotReview(Refused):
    """Whoever would review the edits made one of them."""

    code = "editor-may-not-review"


class NothingToReview(NotTheMoment):
    """Every edit is reviewed, or there is none."""

    code = "nothing-to-review"


@dataclass(frozen=True)
class Edit:
    """One edit with what stood there before and what stands there now."""

    event: Event
    was: str
    now: str
    reviewed_by: str

    @property
    def is_reviewed(self) -> bool:
        return bool(self.reviewed_by)


@transaction.atomic
def review(*, by: Person, traveler: Traveler, remarks: str, token: str) -> TrailReview:
    """Sign that every edit of a lot which nobody reviewed yet was looked at by somebody who made none of them.

    The signature covers exactly these edits, by their place in the event log.
    Raises:  NotEntitled; NothingToReview; EditorMayNotReview for whoever made one of them; CredentialRefused.
    Source:  release rule 58; docs/decisions/0020.
    """
    require_quality(by, "review the edits of a lot")
    [lot] = lock_lots([traveler.number])
    waiting = [edit for edit in read_edits([lot.pk]).get(lot.pk, ()) if not edit.reviewed_by]
    if not waiting:
        raise NothingToReview(f"No edit of lot {lot.number} waits for a review. Reload the page.")
    events = _events_of(waiting)
    own = [event for event in events if event.person_id == by.pk]
    if own:
        raise EditorMayNotReview(
            f"{by.printed_name} made {len(own)} of the {len(events)} edits of lot {lot.number} and may not review "
            "them. Ask another quality engineer."
        )
    leaves = [edit.leaf_sha256 for edit in waiting]
    remarks = remarks.strip()[:REMARKS_LENGTH]
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.REVIEWED,
        noun="trail",
        number=lot.number,
        content={"lot": lot.number, "edits": leaves, "remarks": remarks},
        act=Authority.DISPOSITION,
        customer=lot.order_line.order.customer,
        made_by=[event.person for event in events],
    )
    kept = TrailReview.objects.create(
        traveler=lot,
        through_event=max(event.pk for event in events),
        edits=len(leaves),
        remarks=remarks,
        signature=signature,
        reviewer=by,
    )
    record_event(
        by=by,
        verb="review trail of",
        noun="lot",
        number=lot.number,
        lots=[lot.number],
        data={"edits": len(leaves), "reason": remarks},
    )
    return kept


def edits_of(traveler: Traveler) -> list[Edit]:
    """Return the edits of a lot after its first signature, the first first, each with what it changed."""
    return edits_told(read_edits([traveler.pk]).get(traveler.pk, ()))


def edits_told(edits) -> list[Edit]:
    """Return edits with their events and what each changed, in as many statements for one as for a hundred."""
    found = {event.leaf_sha256: event for event in _events_of(edits)}
    papers = _history_of([event for event in found.values() if event.noun == "certificate"])
    told = []
    for edit in edits:
        event = found[edit.leaf_sha256]
        was, now = _typed_anew(event, papers) if event.verb == "enter" else _changed(event)
        told.append(Edit(event, was, now, edit.reviewed_by))
    return told


def _events_of(edits: list[EditFacts] | tuple[EditFacts, ...]) -> list[Event]:
    return list(Event.objects.filter(leaf_sha256__in=[edit.leaf_sha256 for edit in edits]).order_by("pk"))


def _history_of(events: list[Event]) -> dict[str, list]:
    rows = Certificate.history.filter(number__in={event.number for event in events}).order_by("history_id")
    by_number: dict[str, list] = {}
    for row in rows:
        by_number.setdefault(row.number, []).append(row)
    return by_number


def _typed_anew(event: Event, papers: dict[str, list]) -> tuple[str, str]:
    """Return the fields of a certificate that were typed anew, before and after, from its history."""
    rows = [row for row in papers.get(event.number, []) if row.history_date <= event.at]
    if len(rows) < 2:
        return "", ""
    before, after = rows[-2], rows[-1]
    changed = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
    return _fields(before, changed), _fields(after, changed)


def _fields(row, names: list[str]) -> str:
    return "; ".join(f"{name.replace('_', ' ')} {_shown(getattr(row, name))}" for name in names)


def _shown(value: object) -> str:
    return "none" if value in (None, "") else str(value)


def _changed(event: Event) -> tuple[str, str]:
    """Return what stood there before and after, as far as the event itself says it."""
    data, entered = event.data, f"{event.at:%Y-%m-%d %H:%M}"
    if event.verb == "void value of":
        return str(data.get("value", "")), "withdrawn"
    if (event.verb, event.noun) == ("sign", "step"):
        return "", f"done {_moment(data.get('done_at'))}, entered {entered}"
    if event.verb == "split":
        return "", f"split {_moment(data.get('at'))}, entered {entered}"
    if event.verb == "amend_line":
        return _listed(data.get("was")), str(data.get("changes", ""))
    if event.verb == "answer clause of":
        return str(
            data.get("was", "")
        ), f"{str(data.get('kind', '')).replace('_', ' ')}: {data.get('reason', '')}"
    if event.noun == "clause evidence":
        return str(data.get("was", "")), "withdrawn"
    was, now = data.get("was", data.get("from", "")), data.get("now", data.get("to", ""))
    return str(was).replace("_", " "), str(now).replace("_", " ")


def _listed(facts: object) -> str:
    """Return the facts of an order line as they were: quantity 5; due on 2026-03-02."""
    found = facts.items() if isinstance(facts, dict) else ()
    return "; ".join(f"{str(name).replace('_', ' ')} {_shown(value)}" for name, value in found)


def _moment(text: object) -> str:
    """Return a moment of an event's data to the minute: 2026-03-02 14:05."""
    return str(text or "")[:16].replace("T", " ")
