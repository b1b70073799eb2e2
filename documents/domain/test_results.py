"""The rows of a test certificate: entered as printed, held against limits, and a reason not to accept it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.domain.measured import plain_number
from documents.models import Certificate, TestResult
from documents.permissions import BRINGERS
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from portal.permissions import require_role
from routes.models import Traveler

OPEN_STATES = (Certificate.RECEIVED, Certificate.IN_REVIEW)


class ResultOutOfLimits(Refused):
    """A row of the certificate lies outside its limits."""

    code = "result-out-of-limits"


@dataclass(frozen=True)
class ResultRow:
    """What one row of the paper says. Units: value and limits in `unit`."""

    test: str
    property_name: str
    value: Decimal | None = None
    finding: str = ""
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    method: str = ""
    specimen: str = ""
    limit_source: str = TestResult.PRINTED


@transaction.atomic
def add_result(*, by: Person, certificate: Certificate, row: ResultRow) -> TestResult:
    """Write down one row of a certificate as it is printed.

    Raises:  NotEntitled for another organisation's certificate; NotTheMoment once it is decided; Incomplete for a
             row without a property, with neither or both of value and finding, or with limits the wrong way round.
    """
    certificate = _open_certificate(by, certificate)
    name = row.property_name.strip()
    if not name:
        raise Incomplete(
            _("Name the property %(number)s states, as in HRC or hours to white rust.")
            % {"number": certificate.number}
        )
    if (row.value is None) == (row.finding == ""):
        raise Incomplete(
            _("Give either the value of %(name)s on %(number)s or whether it conforms, not both.")
            % {"name": name, "number": certificate.number}
        )
    if row.minimum is not None and row.maximum is not None and row.minimum > row.maximum:
        raise Incomplete(
            _(
                "The minimum of %(name)s, %(minimum)s, is above its maximum, %(maximum)s. Type "
                "the limits as the paper has them."
            )
            % {"name": name, "minimum": plain_number(row.minimum), "maximum": plain_number(row.maximum)}
        )
    result = TestResult.objects.create(
        certificate=certificate,
        entered_by=by,
        entered_at=timezone.now(),
        **{
            **vars(row),
            "property_name": name,
            "method": row.method.strip(),
            "specimen": row.specimen.strip(),
        },
    )
    said = plain_number(result.value) if result.value is not None else result.get_finding_display()
    _say(by, certificate, "enter result of", {"name": name, "value": f"{said} {result.unit}".strip()})
    return result


@transaction.atomic
def withdraw_result(*, by: Person, result: TestResult) -> TestResult:
    """Take back one row that was typed wrongly; it stays readable.

    Raises:  NotTheMoment once the certificate is decided or the row is withdrawn; NotEntitled.
    """
    certificate = _open_certificate(by, result.certificate)
    result = lock(result)
    if result.withdrawn_at is not None:
        raise NotTheMoment(
            _("%(property_name)s of %(number)s is withdrawn already.")
            % {"property_name": result.property_name, "number": certificate.number}
        )
    result.withdrawn_by, result.withdrawn_at = by, timezone.now()
    result.save(update_fields=["withdrawn_by", "withdrawn_at"])
    _say(by, certificate, "withdraw result of", {"name": result.property_name})
    return result


def _open_certificate(by: Person, certificate: Certificate) -> Certificate:
    require_role(by, BRINGERS, "enter what certificates say")
    certificate = lock(certificate)
    if by.is_vendor and certificate.issuer_id != by.organization_id:
        raise NotEntitled(
            _("Certificate %(number)s is not of %(organization)s.")
            % {"number": certificate.number, "organization": by.organization}
        )
    if certificate.state not in OPEN_STATES:
        raise NotTheMoment(
            _("Certificate %(number)s is %(state)s; what it states is fixed. Bring in a corrected one.")
            % {"number": certificate.number, "state": _(certificate.get_state_display()).lower()}
        )
    return certificate


def _say(by: Person, certificate: Certificate, verb: str, data: dict) -> None:
    lots = Traveler.objects.filter(coverages__certificate=certificate).distinct()
    record_event(
        by=by,
        verb=verb,
        noun="certificate",
        number=certificate.number,
        lots=sorted(lots.values_list("number", flat=True)),
        data=data,
    )


def results_of(certificate: Certificate) -> list[TestResult]:
    """Return the rows that stand, in the order they were entered."""
    return list(certificate.test_results.filter(withdrawn_at=None).select_related("entered_by"))


def require_inside(certificate: Certificate) -> None:
    """Refuse a certificate that states a failure.

    Raises:  ResultOutOfLimits naming every property outside.
    Source:  release rule 34.
    """
    if out := [result for result in results_of(certificate) if result.is_out]:
        raise ResultOutOfLimits(
            _(
                "Certificate %(number)s states what is outside its limits: %(list)s. Reject it, "
                "or correct what was typed."
            )
            % {"number": certificate.number, "list": "; ".join(sentence_of(result) for result in out)}
        )


def sentence_of(result: TestResult) -> str:
    """Return one row in words: what was found, against what."""
    if result.value is None:
        return f"{result.property_name} {_(result.get_finding_display()).lower()}"
    return (
        f"{result.property_name} {plain_number(result.value)} {result.unit}".strip()
        + f" ({limits_of(result)})"
    )


def limits_of(result: TestResult) -> str:
    """Return the limits of a row in words."""
    low, high = plain_number(result.minimum), plain_number(result.maximum)
    if low and high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    if low:
        return _("at least %(low)s") % {"low": low}
    return _("at most %(high)s") % {"high": high} if high else _("no limit")


def signed_rows(certificate: Certificate) -> dict:
    """Return what a decision's signature covers of the rows; nothing where there are none."""
    rows = [
        [each.test, each.property_name, each.value, each.finding, each.unit, each.minimum, each.maximum,
         each.method, each.specimen, each.limit_source]
        for each in certificate.test_results.all()
        if each.withdrawn_at is None
    ]  # fmt: skip
    return {"results": rows} if rows else {}


def result_entries(results: list[TestResult]) -> list[dict]:
    """Return the rows as a package shows them."""
    return [
        {
            "test": each.get_test_display(),
            "property": each.property_name,
            "value": plain_number(each.value) if each.value is not None else each.get_finding_display(),
            "unit": each.unit,
            "limits": limits_of(each),
            "method": each.method,
            "specimen": each.specimen,
            "source": each.get_limit_source_display(),
        }
        for each in results
    ]
