"""The rows of a certificate: added as they are printed, taken back while nobody has decided."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.domain import test_results
from documents.domain.measured import plain_number
from documents.domain.test_results import ResultRow, limits_of
from documents.forms.test_results import TestResultForm
from documents.models import Certificate
from documents.permissions import BRINGERS
from portal.models import Person
from portal.views.verbs import VerbView


def result_rows_of(certificate: Certificate, person: Person) -> list[dict[str, Any]]:
    """Return the rows that stand as the page shows them; while undecided each may be withdrawn."""
    is_open = certificate.state in test_results.OPEN_STATES
    is_own = not person.is_vendor or certificate.issuer_id == person.organization_id
    may_withdraw = is_open and is_own and person.role in BRINGERS
    places = {each.pk: place for place, each in enumerate(certificate.test_results.all(), start=1)}
    return [
        {
            "result": each,
            "found": gettext(each.get_finding_display())
            if each.value is None
            else f"{plain_number(each.value)} {each.unit}",
            "limits": limits_of(each),
            "state": "fail" if each.is_out else "pass",
            "withdraw_url": reverse(
                "documents:certificate-result-withdraw", args=[certificate.number, places[each.pk]]
            )
            if may_withdraw
            else "",
        }
        for each in test_results.results_of(certificate)
    ]


class OfCertificate(VerbView):
    """An act on the rows of one certificate; afterwards its page is shown."""

    roles = BRINGERS
    model = Certificate

    def success_url(self, result) -> str:
        return self.record.get_absolute_url()


class TestResultAdd(OfCertificate):
    """Write down one row of the paper."""

    __test__ = False

    form_class = TestResultForm
    heading = _("Add a result of certificate {record.number}")
    lead = _("One row of the paper as it is printed. What is outside its limits stops the acceptance.")
    submit_label = _("Add it")
    done = _("{result.property_name} is added.")

    def act(self, record, data, *, by, token=None):
        return test_results.add_result(by=by, certificate=record, row=ResultRow(**data))


class TestResultWithdraw(OfCertificate):
    """Take back one row that was typed wrongly."""

    __test__ = False

    heading = _("Withdraw a result of certificate {record.number}")
    submit_label = _("Withdraw it")
    is_danger = True
    done = _("{result.property_name} is withdrawn; it stays in the history.")

    def get_lead(self) -> str:
        return gettext("%(result)s. It stays readable in the history.") % {
            "result": test_results.sentence_of(self.result)
        }

    def enter(self, person) -> None:
        super().enter(person)
        rows = list(self.record.test_results.all())
        place = self.kwargs["place"]
        if not 1 <= place <= len(rows):
            raise Http404("This certificate has no such result.")
        self.result = rows[place - 1]

    def act(self, record, data, *, by, token=None):
        return test_results.withdraw_result(by=by, result=self.result)
