"""What the records ask of a certificate beside its keys: results an order names, limits we signed, numbers taken."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from documents.domain.result_limits import CALLED, Limit
from documents.formats.paper import Reading
from documents.models import Certificate, TestResult
from portal.models import Site
from routes.domain.coating_growths import growths_for
from routes.formats.units import convert
from routes.models import Operation

# how an order's words name a result the certificate must state; the name under which it is asked for
ASKED_AS = {
    "tensile": "tensile strength",
    "yield": "yield strength",
    "elongation": "elongation",
    "hardness": "hardness",
    "thickness": "coating thickness",
    "conductivity": "conductivity",
}
MICRON = "um"


def results_named_in(content: str) -> tuple[str, ...]:
    """Return the results an order's words ask a certificate to state, by their plain names.

    content: what the certificate must state, as the order says it
    """
    return tuple(
        name for called, name in ASKED_AS.items() if re.search(CALLED[called], content, re.IGNORECASE)
    )


def coating_limits(operation: Operation, site: Site) -> tuple[Limit, ...]:
    """Return the thickness a coating of this operation may have, by the growths signed for it; none without any.

    A row of the vendor who did the work counts before one of any vendor.
    Units:   micrometres.
    """
    rows = [row for row in growths_for(operation) if row.vendor_id in (None, site.organization_id)]
    rows = [row for row in rows if row.vendor_id] or rows
    if not rows:
        return ()
    lowest = min(convert(row.thickness_min, source=row.unit, target=MICRON) for row in rows)
    highest = max(convert(row.thickness_max, source=row.unit, target=MICRON) for row in rows)
    source = _("coating growth signed for %(specification)s") % {"specification": rows[0].specification}
    limit = Limit(
        "coating thickness", "µm", lowest.normalize(), highest.normalize(), source, "thickness", False
    )
    return (limit,)


def results_typed(certificate: Certificate) -> tuple[str, ...]:
    """Return the names of the results a person typed off the page; one that was read nowhere is stated by these."""
    rows = TestResult.objects.filter(certificate=certificate, withdrawn_at=None)
    return tuple(rows.order_by("pk").values_list("property_name", flat=True))


def numbers_taken(certificate: Certificate, reading: Reading | None) -> tuple[tuple[str, str], ...]:
    """Return the number read on the page where the same issuer's certificate of that number was accepted before.

    Only while nobody typed a number: what is typed is compared with every earlier one of that number.
    Returns: pairs of the number and what it was taken for.
    """
    found = reading.first("stated_number") if reading else None
    if found is None or certificate.stated_number.strip() or certificate.issuer_id is None:
        return ()
    before = (
        Certificate.objects.filter(
            issuer=certificate.issuer_id,
            state=Certificate.ACCEPTED,
            stated_number__iexact=(found.value or found.words).strip(),
            pk__lt=certificate.pk,
        )
        .exclude(pk=certificate.replaces_id)
        # the same file again is asked about as such
        .exclude(file__sha256=certificate.file.sha256)
        .prefetch_related("coverages__traveler", "coverages__material_lot")
    )
    return tuple((each.stated_number, _taken_for(each)) for each in before)


def _taken_for(certificate: Certificate) -> str:
    records = [each.traveler or each.material_lot for each in certificate.coverages.all()]
    return ", ".join(dict.fromkeys(record.number for record in records)) or certificate.number
