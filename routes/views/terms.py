"""The terms of a customer: what its new order lines and first articles begin with."""

from __future__ import annotations

from django.urls import reverse

from portal.models import Organization
from routes.domain import terms
from routes.forms import TermsForm
from routes.views.pages import ShopVerb


class TermsChange(ShopVerb):
    """Agree what new order lines of a customer begin with."""

    model = Organization
    form_class = TermsForm
    heading = "Terms of {record.name}"
    lead = "New order lines and first articles begin with these. Those that stand keep what they say."
    submit_label = "Save the terms"
    done = "New order lines of {record.name} begin with these terms."

    def queryset_for(self, person):
        return super().queryset_for(person).filter(kind=Organization.CUSTOMER)

    def get_initial(self):
        agreed = terms.terms_of(self.record)
        return {
            "fai_regime": agreed.fai_regime,
            "needs_package_approval": agreed.needs_package_approval,
            "fai_edition": agreed.fai_edition,
        }

    def act(self, record, data, *, by, token=None):
        return terms.change_terms(by=by, customer=record, **data)

    def cancel_url(self):
        return reverse("portal:organization-detail", kwargs={"number": self.record.number})

    def success_url(self, result):
        return self.cancel_url()
