"""What pages say about authorities: how one stands today, and who stands in for its holder."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from portal.domain.deputies import may_name_deputies
from portal.models import Authority, Person

COLUMNS = [
    {"key": "name", "label": "Deputy", "url_key": "url"},
    {"key": "act", "label": "May", "note_key": "customer"},
    {"key": "valid_from", "label": "From", "kind": "day"},
    {"key": "valid_to", "label": "To and with", "kind": "day"},
    {"key": "basis", "label": "Basis"},
    {"key": "state", "label": "Stands", "kind": "state"},
]


def deputy_context(person: Person, viewer: Person) -> dict:
    """Return what a page tells about the deputies of a person: who, how long, and what the reader may do."""
    named = Authority.objects.filter(deputy_for__person=person).select_related(
        "person", "customer", "deputy_for__person"
    )
    rows = [_row(each) for each in named.order_by("-valid_from", "person__printed_name", "act")]
    may_name = may_name_deputies(viewer, person)
    return {
        "deputy_columns": COLUMNS,
        "deputies": rows,
        "name_deputy_url": _url(person, "deputy-name") if may_name else "",
        "end_deputy_url": _url(person, "deputy-end")
        if may_name and any(row["state"] in ("active", "planned") for row in rows)
        else "",
    }


def _row(authority: Authority) -> dict:
    return {
        "name": authority.person.printed_name,
        "url": _url(authority.person, "person-detail"),
        "act": authority.get_act_display(),
        "customer": authority.customer.name if authority.customer else "all customers",
        "valid_from": authority.valid_from,
        "valid_to": authority.valid_to,
        "basis": authority.basis,
        "state": authority_state(authority),
    }


def authority_state(authority: Authority) -> str:
    """Return the word for how an authority stands today; a deputy's ends with the one it stands in for."""
    today, own = timezone.localdate(), authority.deputy_for
    if authority.withdrawn_at or (own and (own.withdrawn_at or not own.person.is_active)):
        return "withdrawn"
    if authority.valid_to is not None and authority.valid_to < today:
        return "expired"
    return "planned" if authority.valid_from > today else "active"


def _url(person: Person, verb: str) -> str:
    return reverse(f"portal:{verb}", kwargs={"email": person.email})
