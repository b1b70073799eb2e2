"""Parts, their revisions, and the notes of their drawings."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from portal.domain.errors import Incomplete
from portal.domain.events import record_event
from portal.domain.files import take_in
from portal.models import Label, Organization, Person, StoredFile
from routes.domain.drafts import require_unreleased
from routes.domain.orders import NotACustomer
from routes.domain.words import only_once, require_text
from routes.models import DrawingNote, Part, PartRevision
from routes.permissions import PLANNERS, require_role

DRAWING_TYPES = ("application/pdf", "image/png", "image/jpeg", "image/tiff")


@transaction.atomic
def add_part(*, by: Person, customer: Organization, number: str, name: str, is_serialized: bool) -> Part:
    """Add a part number of a customer.

    Raises:  NotEntitled; NotACustomer; Incomplete without number or name; AlreadyThere when it is known.
    """
    require_role(by=by, roles=PLANNERS, act="add parts")
    if customer.kind != Organization.CUSTOMER or not customer.is_active:
        raise NotACustomer(
            f"{customer.name} is not an active customer. Choose the customer whose part this is."
        )
    number, name = number.strip(), require_text(name, "The part has no name. Copy it from the drawing.")
    if not re.search(r"\w", number):
        raise Incomplete("The part has no number. Copy it from the drawing.")
    with only_once(f"Part {number} is known already. Add a revision to it instead."):
        part = Part.objects.create(customer=customer, number=number, name=name, is_serialized=is_serialized)
    record_event(
        by=by,
        verb="add",
        noun="part",
        number=number,
        data={"customer": customer.number, "name": name, "is_serialized": is_serialized},
    )
    return part


@transaction.atomic
def add_revision(
    *,
    by: Person,
    part: Part,
    revision: str,
    drawing_number: str,
    drawing_revision: str,
    unit: str,
    default_applies_to: str,
    label: Label | None = None,
    drawing: UploadedFile | bytes | None = None,
    drawing_name: str = "",
) -> PartRevision:
    """Add a revision of a part with its drawing.

    The drawing is looked at in a limited child process and kept byte for byte under the revision's label.
    Raises:  NotEntitled; Incomplete; FileRefused for an unreadable drawing; AlreadyThere.
    """
    require_role(by=by, roles=PLANNERS, act="add part revisions")
    revision = require_text(revision, f"The revision of {part.number} is missing. Copy it from the drawing.")
    if not re.search(r"\w", revision) and revision != "-":
        raise Incomplete(
            f"“{revision}” does not name a revision of {part.number}. Use letters, digits or a dash."
        )
    with only_once(f"{part.number} has a revision {revision} already. Open it in the part's page."):
        added = PartRevision.objects.create(
            part=part,
            revision=revision,
            drawing_number=require_text(
                drawing_number, "The drawing number is missing. Copy it from the drawing."
            ),
            drawing_revision=require_text(
                drawing_revision, "The drawing revision is missing. Copy it from the drawing."
            ),
            unit=unit,
            default_applies_to=default_applies_to,
            label=label,
            drawing=_kept(by=by, drawing=drawing, name=drawing_name, label=label),
        )
    record_event(
        by=by,
        verb="add_revision",
        noun="part",
        number=part.number,
        data={
            "revision": revision,
            "drawing": f"{added.drawing_number} {added.drawing_revision}",
            "sha256": added.drawing.sha256 if added.drawing else "",
            "label": label.code if label else "",
        },
    )
    return added


def _kept(
    *, by: Person, drawing: UploadedFile | bytes | None, name: str, label: Label | None
) -> StoredFile | None:
    if drawing is None:
        return None
    content = drawing if isinstance(drawing, bytes) else drawing.read()
    name = name or getattr(drawing, "name", "") or "drawing.pdf"
    return take_in(content=content, name=name, by=by, allowed=DRAWING_TYPES, label=label)


@transaction.atomic
def add_note(*, by: Person, part_revision: PartRevision, note_number: str, text: str) -> DrawingNote:
    """Keep one note of the drawing verbatim; every route maps it.

    Raises:  NotEntitled; RevisionIsFrozen once a route was released; Incomplete; AlreadyThere.
    """
    require_role(by=by, roles=PLANNERS, act="add drawing notes")
    part_revision = require_unreleased(part_revision)
    note_number = require_text(note_number, "The note has no number. Copy it from the drawing.")
    text = require_text(text, f"Note {note_number} has no text. Copy it from the drawing, word for word.")
    with only_once(f"Note {note_number} of {part_revision} is there already."):
        note = DrawingNote.objects.create(part_revision=part_revision, note_number=note_number, text=text)
    record_event(
        by=by,
        verb="add_note",
        noun="part",
        number=part_revision.part.number,
        data={"revision": part_revision.revision, "note": note_number, "text": text},
    )
    return note
