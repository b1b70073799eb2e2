"""Example records of this room's addresses; see `tests/architecture/examples.py`."""

from django.core.files.uploadedfile import SimpleUploadedFile

from inspection.domain.vendor_findings import report_finding
from portal.domain.files import take_in
from portal.models import Agreement, Registration
from subcontract.domain import vendor_statements as say
from subcontract.domain.over_returns import put_aside
from subcontract.models import ApprovalScope, Delegation, OutsideOrderLine, OverReturn
from tests.factories.certificates import pdf
from tests.factories.custody import make_delegation
from tests.factories.exports import make_agreement, make_registration, make_review
from tests.factories.routes import today
from tests.factories.subcontract import line_of, make_approval, make_outside_order


def approval(cast):
    there = ApprovalScope.objects.filter(site=cast.vendor_site).first()
    return {"number": (there or make_approval(cast)).number}


def order(cast):
    return {"number": make_outside_order(cast, at="shipped").number}


def line(cast):
    return {"number": make_outside_order(cast, at="shipped").number, "line_number": 1}


def drawing(cast):
    found = line(cast)
    kept = take_in(content=pdf(), name="drawing.pdf", by=cast.quality, allowed=("application/pdf",))
    made = OutsideOrderLine.objects.get(order__number=found["number"]).traveler.route_revision.part_revision
    type(made).objects.filter(pk=made.pk).update(drawing=kept)
    return found


def organization(cast):
    if not cast.vendor_organization.vendor_reviews.exists():
        make_review(cast)
    return {"number": cast.vendor_organization.number}


def registration(cast):
    there = Registration.objects.filter(organization=cast.vendor_organization, file__isnull=False).first()
    return {"number": (there or make_registration(cast, cast.vendor_organization, file=paper())).number}


def agreement(cast):
    there = Agreement.objects.filter(organization=cast.vendor_organization, file__isnull=False).first()
    made = there or make_agreement(cast, cast.vendor_organization, None, file=paper())
    return {"number": made.number}


def delegation(cast):
    there = Delegation.objects.filter(file__isnull=False).first()
    return {"number": (there or make_delegation(cast, file=paper(), accepted_file=paper())).number}


def over_return(cast):
    there = OverReturn.objects.first()
    if there is None:
        line = line_of(make_outside_order(cast, at="shipped"))
        facts = {"quantity": 1, "found_on": today(), "put_aside_at": "Shelf Q2"}
        there = put_aside(by=cast.operator, line=line, **facts)
    return {"number": there.number}


def dispute(cast):
    line = line_of(make_outside_order(cast, at="shipped"))
    return {
        "number": say.dispute(by=cast.vendor, line=line, subject="requirement", words="No rack fits.").number
    }


def finding(cast):
    line = line_of(make_outside_order(cast, at="shipped"))
    made = report_finding(by=cast.vendor, line=line, quantity=2, words="Scratched.", photo=paper())
    return {"number": made.number}


def paper():
    return SimpleUploadedFile("certificate.pdf", pdf())


EXAMPLES = {
    "subcontract:line-acknowledge": line,
    "subcontract:line-dispute": line,
    "subcontract:line-announce-return": line,
    "subcontract:line-drawing": drawing,
    "subcontract:statement-withdraw": dispute,
    "subcontract:dispute-answer": dispute,
    "subcontract:statement-photo": finding,
    "subcontract:vendor-review-sign": organization,
    "subcontract:registration-record": organization,
    "subcontract:registration-withdraw": registration,
    "subcontract:registration-file": registration,
    "subcontract:agreement-record": organization,
    "subcontract:agreement-end": agreement,
    "subcontract:agreement-file": agreement,
    "subcontract:approval-detail": approval,
    "subcontract:approval-suspend": approval,
    "subcontract:approval-reinstate": approval,
    "subcontract:approval-withdraw": approval,
    "subcontract:order-detail": order,
    "subcontract:order-add-line": order,
    "subcontract:order-issue": order,
    "subcontract:order-ship": order,
    "subcontract:order-cancel": order,
    "subcontract:line-receive": line,
    "subcontract:line-flowdown": line,
    "subcontract:line-count-elsewhere": line,
    "subcontract:line-bring-home": line,
    "subcontract:line-put-aside": line,
    "subcontract:over-return-decide": over_return,
    "subcontract:order-send-on": order,
    "subcontract:delegation-detail": delegation,
    "subcontract:delegation-end": delegation,
    "subcontract:delegation-file": delegation,
    "subcontract:delegation-acceptance": delegation,
}
