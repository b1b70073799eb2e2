"""What people find by looking at a page: kept with who looked, and written onto the certificate at the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import timezone

from documents.domain.comparison import KeyComparison
from documents.domain.normalising import normalise
from documents.domain.paper_checks import DAY_FIELDS, day_of
from documents.formats.paper import FIELDS, OCR, Reading
from documents.models import Certificate, CertificateSighting
from portal.domain.errors import Incomplete, Refused
from portal.models import Person, Site

TEXT_FIELDS = tuple(field for field in FIELDS if field not in {*DAY_FIELDS, "quantity", "site"})


class NobodyHasLooked(Refused):
    """Keys were typed and not found by the machine; the deciding person has to look at the page."""

    code = "nobody-has-looked"


def keep_sightings(
    *, by: Person, certificate: Certificate, keys: Iterable[KeyComparison], seen: Mapping[str, int]
) -> list[CertificateSighting]:
    """Keep what a person found by looking, for the keys the machine asks about; other keys need no look.

    seen: the page by the field of the key. Units: pages count from 1 in the file.
    Raises:  Incomplete for a page that is not of the certificate.
    """
    asked = {key.field: key for key in keys if key.may_be_seen}
    kept = []
    for field, page in seen.items():
        if not certificate.page_from <= page <= certificate.page_to:
            raise Incomplete(
                f"Certificate {certificate.number} stands on pages {certificate.page_from} to {certificate.page_to}; "
                f"nothing of it can be seen on page {page}. Give one of its pages."
            )
        if (key := asked.get(field)) is None:
            continue
        kept.append(
            CertificateSighting.objects.create(
                certificate=certificate,
                field=field,
                words=key.seeable,
                page=page,
                seen_by=by,
                seen_at=timezone.now(),
            )
        )
    return kept


def require_looked(certificate: Certificate, keys: Iterable[KeyComparison]) -> None:
    """Refuse while a must-key is only stated, or was missed by the machine, and nobody has looked at the page.

    Raises:  NobodyHasLooked naming each key.
    """
    asking = list(dict.fromkeys(key.key for key in keys if key.asks))
    if asking:
        raise NobodyHasLooked(
            f"The machine did not find {', '.join(asking)} of certificate {certificate.number} on the page. "
            "Look at the page and confirm each, type what only the page can say, or reject the certificate."
        )


def taken_over(certificate: Certificate, reading: Reading | None, keys: Iterable[KeyComparison]) -> dict:
    """Return the fields nobody typed with what was read and agrees, so that the record says what the page says.

    What a picture seems to say is taken only where a person saw it.
    """
    agreed = {key.field: key for key in keys if key.field and (key.agrees or key.seen_by)}
    given = {}
    for field in (*TEXT_FIELDS, *DAY_FIELDS, "quantity"):
        if getattr(certificate, field) not in (None, ""):
            continue
        key = agreed.get(field)
        if key is None or not (key.read or key.seen_by):
            continue
        if (value := _value(reading, field, key)) is not None:
            given[field] = value
    if certificate.site_id is None and (site := _site(certificate, agreed.get("site"))):
        given["site"] = site
    if not certificate.certificate_type and certificate.kind == Certificate.PROCESS:
        given.setdefault("certificate_type", Certificate.PROCESS)
    return given


def _value(reading: Reading | None, field: str, key: KeyComparison):
    """Return what a read key means as the field holds it; nothing where it is not plain."""
    candidates = list(reading.of(field)) if reading else []
    found = next((each for each in candidates if (each.words.strip() or each.value) == key.read), None)
    said = (found.value if found else "") or key.read or key.seeable
    if found is not None and found.how == OCR and not key.seen_by:
        return None
    if field in DAY_FIELDS:
        return day_of(said)
    if field == "quantity":
        return int(said) if said.isascii() and said.isdigit() and int(said) < 2**31 else None
    longest = Certificate._meta.get_field(field).max_length
    # written as the record has it where both mean the same, else as the page has it
    same = normalise(said) == normalise(key.on_record)
    return (key.on_record if same else said)[:longest]


def _site(certificate: Certificate, key: KeyComparison | None) -> Site | None:
    """Return the site of the issuer that the page was found to name."""
    if key is None or not (key.read or key.seen_by) or certificate.issuer_id is None:
        return None
    sites = Site.objects.filter(organization_id=certificate.issuer_id).select_related("organization")
    return next((site for site in sites if str(site) == key.on_record), None)
