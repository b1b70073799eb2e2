"""Reading the shipment drafts lots are judged for: their lines, and our certificate of conformity as signed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC

from django.db import connection

from documents.domain.chain import statements
from documents.domain.chain.lot_facts import ConformityFacts, ShipmentFacts, ShipmentLineFacts
from portal.domain.canonical import canonical_bytes, sha256_of

# AS9163: the fields of the head, then those of every line; field 1 is the page number, printed with the pages
HEAD_FIELDS = ("2", "3", "4", "5", "6", "12", "14")
LINE_FIELDS = ("7", "8", "9", "10", "11", "12", "13")


def read_shipments(shipments: Iterable) -> dict[int, ShipmentFacts]:
    """Return the facts of shipment drafts by key in two statements. Their state is no fact: the act changes it."""
    drafts = {each.pk: each for each in shipments}
    lines = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statements.SHIPMENT_LINES, {"shipments": sorted(drafts)})
        for key, lot, quantity, serials in cursor.fetchall():
            lines[key].append(ShipmentLineFacts(lot, quantity, tuple(serials)))
        cursor.execute(statements.CONFORMITY, {"shipments": sorted(drafts)})
        signed = {key: _conformity(*certificate) for key, *certificate in cursor.fetchall()}
    return {
        key: ShipmentFacts(
            number=draft.number,
            author=draft.author.printed_name,
            drafted_on=draft.drafted_at.astimezone(UTC).date(),
            lines=tuple(lines[key]),
            conformity=signed.get(key),
        )
        for key, draft in drafts.items()
    }


def _conformity(number: str, revision: int, content, content_sha256: str) -> ConformityFacts:
    content = json.loads(content) if isinstance(content, str) else content
    lines = content.get("lines") or []
    return ConformityFacts(
        number=number,
        revision=revision,
        is_intact=sha256_of(canonical_bytes(content)) == content_sha256,
        content_sha256=content_sha256,
        blank=tuple(_blank(content, lines)),
        lines=tuple(
            ShipmentLineFacts(
                str(line.get("lot", "")), int(line.get("8") or 0), tuple(line.get("serials") or ())
            )
            for line in lines
        ),
        words=" ".join(
            [
                str(content.get("14", "")),
                *(str(line.get(field, "")) for line in lines for field in ("12", "13")),
            ]
        ),
    )


def _blank(content: dict, lines: list[dict]) -> list[str]:
    """Name the mandatory fields that are empty; a certificate without lines lacks all of theirs."""
    empty = [f"field {key}" for key in HEAD_FIELDS if not str(content.get(key) or "").strip()]
    for line in lines or [{}]:
        name = line.get("lot") or "a line"
        empty += [f"field {key} of {name}" for key in LINE_FIELDS if not str(line.get(key) or "").strip()]
    return empty
