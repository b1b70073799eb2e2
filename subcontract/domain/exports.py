"""What of a lot is controlled, and whether it may go to a vendor's site."""

from __future__ import annotations

from datetime import date

from portal.domain.errors import Refused
from portal.domain.exports import binds, holdings_of, may_not_go
from portal.models import Label, Site
from routes.models import Traveler


class LabelForbids(Refused):
    """The label of the part does not let it go there."""

    code = "label-forbids"


def labels_of(traveler: Traveler) -> list[Label]:
    """Return every label that limits where this lot's pieces and drawing may go, the strictest first.

    The part as made, the part as ordered and the drawing itself each carry their own; all of them bind.
    """
    made, ordered = traveler.route_revision.part_revision, traveler.order_line.part_revision
    found = {made.label, ordered.label, made.drawing.label if made.drawing_id else None} - {None}
    return sorted(filter(binds, found), key=lambda label: -label.strictness)


def require_may_go(*, traveler: Traveler, site: Site, on: date) -> None:
    """Refuse a site that may not receive the pieces and the drawing of a lot on that day.

    Raises:  LabelForbids naming the label and what is missing: the country, or an agreement.
    Source:  22 CFR 120 to 124; 15 CFR 730; release rule 60.
    """
    labels = labels_of(traveler)
    holdings = holdings_of(site.organization) if labels else []
    for label in labels:
        sentence = may_not_go(
            label=label,
            recipient=str(site),
            country=site.country,
            holdings=holdings,
            on=on,
            what=str(traveler.route_revision.part_revision),
        )
        if sentence:
            raise LabelForbids(sentence)
