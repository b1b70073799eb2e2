"""Customers, vendors and their sites."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from portal.domain import organizations
from portal.domain.standing import standing_of
from portal.forms import OrganizationForm, SiteForm
from portal.models import Organization
from portal.permissions import MANAGERS, QUALITY, SHOP, may_manage_organizations
from portal.views.doors import LIST
from portal.views.people import account_state, person_url
from portal.views.verbs import RecordListView, RecordView, VerbView

COLUMNS = [
    {"key": "number", "label": "Code", "kind": "code", "url_key": "url"},
    {"key": "name", "label": "Name"},
    {"key": "kind", "label": "Kind"},
    {"key": "supplier_code", "label": "Supplier code", "empty": "none given"},
]


def organization_url(organization: Organization, verb: str = "organization-detail") -> str:
    """Return the address of an organization's page, or of an act upon it."""
    return reverse(f"portal:{verb}", kwargs={"number": organization.number})


class OrganizationList(RecordListView):
    """Show the shop, its customers and its vendors."""

    roles = SHOP
    model = Organization
    template_name = "portal/list.html"
    ordering = ("kind", "name")

    def context(self, rows):
        add = {
            "label": "Add a customer or vendor",
            "url": reverse("portal:organization-create"),
            "is_main": True,
        }
        return {
            "heading": "Organizations",
            "lead": "The shop, those who order from it and those who work for it.",
            "columns": COLUMNS,
            "rows": [
                {
                    "number": each.number,
                    "url": organization_url(each),
                    "name": each.name,
                    "kind": each.get_kind_display(),
                    "supplier_code": each.supplier_code,
                }
                for each in rows
            ],
            "acts": [add] if may_manage_organizations(self.request.user) else [],
        }


class OrganizationDetail(RecordView):
    """Show one organization, its sites and its people."""

    roles = SHOP
    model = Organization
    template_name = "portal/organization_detail.html"

    def context(self, record):
        return {
            "facts": [
                {"label": "Code", "value": record.number, "is_code": True},
                {"label": "Kind", "value": record.get_kind_display()},
                {"label": "Supplier code", "value": record.supplier_code or "none given"},
                {
                    "label": "Name on vendors' orders",
                    "value": "shown" if record.is_shown_to_vendors else "hidden",
                },
            ],
            "sites": record.sites.all(),
            "people": [
                {"person": person, "url": person_url(person), "state": account_state(person)}
                for person in record.people.all()
            ],
            **self.register_of(record),
            "may_manage": may_manage_organizations(self.request.user),
            "is_manager": self.request.user.role in MANAGERS,
            "crumbs": [{"label": "Organizations", "url": reverse("portal:organization-list")}],
        }

    def register_of(self, record) -> dict:
        """Return what it holds and has agreed to, each with how it stands today; a vendor's reviews, too."""
        today = timezone.localdate()
        registrations = record.registrations.select_related("site").order_by("kind", "-valid_to", "pk")
        return {
            "registrations": [
                {"record": each, "standing": standing_of(each, today)} for each in registrations
            ],
            "agreements": [
                {"record": each, "standing": standing_of(each, today)}
                for each in record.agreements.select_related("label")
            ],
            "has_register": record.kind != Organization.SHOP,
        }


class OrganizationCreate(VerbView):
    """Add a customer or a vendor."""

    scope = LIST
    roles = QUALITY
    form_class = OrganizationForm
    heading = "Add a customer or vendor"
    submit_label = "Add"
    done = "{result.name} is known as {result.number}. Add its site next."

    def act(self, record, data, *, by, token=None):
        return organizations.add_organization(by=by, **data)

    def cancel_url(self) -> str:
        return reverse("portal:organization-list")

    def success_url(self, result) -> str:
        return organization_url(result)


class SiteCreate(VerbView):
    """Add a place where an organization works."""

    roles = QUALITY
    model = Organization
    form_class = SiteForm
    heading = "Add a site of {record.name}"
    lead = "Approvals and certificates name the site that did the work."
    submit_label = "Add"
    done = "The site {result.name} is known."

    def act(self, record, data, *, by, token=None):
        return organizations.add_site(by=by, organization=record, **data)

    def cancel_url(self) -> str:
        return organization_url(self.record)

    def success_url(self, result) -> str:
        return organization_url(self.record)
