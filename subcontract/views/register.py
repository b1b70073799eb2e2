"""The register: registrations, agreements and reviews, for the shop of everybody, for others their own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.domain.standing import TO_COME, standing_of
from portal.models import Agreement, Organization, Registration
from portal.permissions import SHOP
from portal.views.doors import LIST, Door
from portal.views.downloads import csv_download
from portal.views.files import FileView
from portal.views.verbs import RecordListView
from subcontract.domain import register, vendor_reviews
from subcontract.domain.vendor_register import NOT_REVIEWED, VendorLine, register_of
from subcontract.forms import AgreementForm, EndForm, RegistrationForm, VendorReviewForm
from subcontract.permissions import BUYERS
from subcontract.views.pages import PersonVerb, act, crumb, say_day

LEAD = (
    "Who works for us, on what ground, and when we look again. What is overdue or expired stands "
    "first; what ends "
    "within sixty days is named."
)
TITLES = (
    "Vendor",
    "Name",
    "Standing",
    "Approvals in force",
    "Next approval ends",
    "Registrations",
    "Next expiry",
    "Last review",
    "Outcome",
    "Next review due",
)


def registration_words(registration: Registration, standing: str) -> str:
    day = registration.valid_to
    told = {"withdrawn": "withdrawn", "expired": f"expired {day:%-d %b %Y}", TO_COME: "begins later"}
    return f"{registration} {told.get(standing, f'to {day:%-d %b %Y}')}"


def said(line: VendorLine) -> str:
    return "; ".join(registration_words(each, standing) for each, standing in line.registrations)


class VendorRegister(Door):
    """Show every vendor with its approvals, registrations and reviews, overdue first."""

    scope = LIST
    roles = SHOP

    def get(self, request: HttpRequest) -> HttpResponse:
        lines = register_of(request.user, today=timezone.localdate())
        return render(request, "portal/list.html", self.context(lines))

    def context(self, lines: list[VendorLine]) -> dict:
        owed = sum(line.standing in ("expired", "overdue") for line in lines)
        told = f" {owed} of {len(lines)} vendors need an act now." if owed else ""
        return {
            "heading": "Vendor register",
            "lead": LEAD + told,
            "columns": [
                {"key": "vendor", "label": "Vendor", "url_key": "url", "note_key": "number"},
                {"key": "standing", "label": "Standing", "kind": "state"},
                {"key": "approvals", "label": "Approvals in force", "kind": "num", "note_key": "until"},
                {"key": "registrations", "label": "Registrations", "empty": "none on record"},
                {"key": "review", "label": "Last review", "note_key": "outcome", "empty": NOT_REVIEWED},
                {"key": "due_on", "label": "Next review due", "kind": "due", "empty": "no day set"},
            ],
            "rows": [self.row(line) for line in lines],
            "acts": [act("Download as CSV", "subcontract:vendor-register-csv")],
            "crumbs": [crumb("Outside work", "subcontract:order-list")],
            "empty_heading": "No vendor yet",
            "empty_sentence": "Vendors are added on the page Organizations.",
        }

    def row(self, line: VendorLine) -> dict:
        review, until = line.review, line.approvals_until
        return {
            "vendor": line.vendor.name,
            "number": line.vendor.number,
            "url": line.vendor.get_absolute_url(),
            "standing": line.standing,
            "approvals": line.approvals,
            "until": f"next ends {until:%-d %b %Y}" if until else "",
            "registrations": said(line),
            "review": say_day(review.reviewed_on) if review else "",
            "outcome": review.get_outcome_display() if review else "",
            "due_on": review.next_due_on if review else None,
            "is_late": bool(review) and line.is_review_late,
            "tone": "owed" if line.standing in ("expired", "overdue") else "",
        }


class VendorRegisterCsv(Door):
    """Hand out the register as a table."""

    scope = LIST
    roles = SHOP

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        lines = register_of(request.user, today=today)
        return csv_download(
            name=f"vendor-register-{today}.csv", titles=TITLES, rows=[self.row(line) for line in lines]
        )

    def row(self, line: VendorLine) -> list[object]:
        review = line.review
        return [
            line.vendor.number,
            line.vendor.name,
            line.standing.replace("_", " "),
            line.approvals,
            line.approvals_until,
            said(line),
            line.next_expiry,
            review.reviewed_on if review else NOT_REVIEWED,
            review.get_outcome_display() if review else "",
            review.next_due_on if review else None,
        ]


class RegistrationList(RecordListView):
    """Show the registrations a person may see: to outsiders their own."""

    roles = None
    model = Registration
    template_name = "portal/list.html"
    ordering = ("organization__name", "kind", "-valid_to", "pk")

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("organization", "site__organization")

    def context(self, rows):
        is_shop, today = self.request.user.is_shop, timezone.localdate()
        whose = [{"key": "organization", "label": _("Organization")}] if is_shop else []
        return {
            "heading": "Registrations" if is_shop else _("Your registrations"),
            "lead": "Certificates and registrations with their last days."
            if is_shop
            else _("What we have on record of you. Send a renewed certificate before its last day."),
            "columns": [
                {"key": "name", "label": _("Certificate"), "url_key": "url", "note_key": "scope"},
                *whose,
                {"key": "site", "label": _("Site"), "empty": _("every site")},
                {"key": "valid_to", "label": _("Valid to"), "kind": "day"},
                {"key": "standing", "label": _("Standing"), "kind": "state"},
            ],
            "rows": [
                {
                    "name": str(each),
                    "url": reverse("subcontract:registration-file", args=[each.number])
                    if each.file_id
                    else "",
                    "scope": each.scope,
                    "organization": each.organization.name,
                    "site": each.site.name if each.site else "",
                    "valid_to": each.valid_to,
                    "standing": standing_of(each, today),
                }
                for each in rows
            ],
            "empty_heading": _("Nothing on record"),
            "empty_sentence": _(
                "The shop's quality engineer records certificates on the organization's page."
            ),
        }


class AgreementList(RecordListView):
    """Show the agreements a person may see: to outsiders their own."""

    roles = None
    model = Agreement
    template_name = "portal/list.html"
    ordering = ("organization__name", "kind", "-valid_from", "pk")

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("organization", "label")

    def context(self, rows):
        is_shop, today = self.request.user.is_shop, timezone.localdate()
        whose = [{"key": "organization", "label": _("Organization")}] if is_shop else []
        return {
            "heading": "Agreements" if is_shop else _("Your agreements"),
            "lead": _("What was agreed, and the strictest label that may be received by it."),
            "columns": [
                {"key": "name", "label": _("Agreement"), "url_key": "url"},
                *whose,
                {"key": "label", "label": _("Lets through"), "empty": _("no label")},
                {"key": "valid_to", "label": _("Valid to"), "kind": "day", "empty": _("until it is ended")},
                {"key": "standing", "label": _("Standing"), "kind": "state"},
            ],
            "rows": [
                {
                    "name": str(each),
                    "url": reverse("subcontract:agreement-file", args=[each.number]) if each.file_id else "",
                    "organization": each.organization.name,
                    "label": each.label.name if each.label else "",
                    "valid_to": each.valid_to,
                    "standing": standing_of(each, today),
                }
                for each in rows
            ],
            "empty_heading": _("Nothing agreed on record"),
            "empty_sentence": _("The shop's quality engineer records agreements on the organization's page."),
        }


class RegistrationFile(FileView):
    """Serve the certificate of a registration."""

    roles = None
    model = Registration
    is_inline = True

    def stored_file(self, record):
        return record.file


class AgreementFile(FileView):
    """Serve the paper of an agreement."""

    roles = None
    model = Agreement
    is_inline = True

    def stored_file(self, record):
        return record.file


class OfOrganization(PersonVerb):
    """An act that puts something on the page of an organization."""

    roles = BUYERS
    model = Organization

    def success_url(self, result):
        return self.record.get_absolute_url()


class RegistrationRecord(OfOrganization):
    """Record a registration of an organization."""

    form_class = RegistrationForm
    heading = "Record a registration of {record.name}"
    lead = "A renewal is recorded anew; what it replaces stays as history."
    submit_label = "Record"
    done = "{result} is recorded to {result.valid_to}."

    def act(self, record, data, *, by, token=None):
        return register.record_registration(by=by, organization=record, **data)


class AgreementRecord(OfOrganization):
    """Record an agreement of an organization."""

    form_class = AgreementForm
    heading = "Record an agreement of {record.name}"
    lead = "What is held under a label goes only to whom an agreement lets receive it."
    submit_label = "Record"
    done = "{result} is recorded."

    def act(self, record, data, *, by, token=None):
        return register.record_agreement(by=by, organization=record, **data)


class VendorReviewSign(OfOrganization):
    """Sign a review of a vendor."""

    form_class = VendorReviewForm
    heading = "Review {record.name}"
    lead = "After a review that ends with no new orders, none can be issued until it is reviewed again."
    submit_label = "Sign the review"
    done = "Review {result.number} is signed; the next is due on {result.next_due_on}."
    needs_reauth = True
    meaning = "Reviewed"

    def act(self, record, data, *, by, token=None):
        return vendor_reviews.review_vendor(by=by, token=token, vendor=record, **data)


class RegistrationWithdraw(PersonVerb):
    """Withdraw a registration before its last day."""

    roles = BUYERS
    model = Registration
    form_class = EndForm
    heading = "Withdraw {record}"
    lead = "Approvals that rest on it hold no more from that day; the days before stay good."
    submit_label = "Withdraw"
    done = "{result} is withdrawn from {result.withdrawn_on}."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return register.withdraw_registration(by=by, registration=record, **data)


class AgreementEnd(PersonVerb):
    """End an agreement."""

    roles = BUYERS
    model = Agreement
    form_class = EndForm
    heading = "End {record}"
    lead = "From that day nothing goes out under it; what went before stays good."
    submit_label = "End"
    done = "{result} ended on {result.ended_on}."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return register.end_agreement(by=by, agreement=record, **data)
