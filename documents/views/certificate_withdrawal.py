"""A vendor takes back a certificate it has sent."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.domain.decisions import withdraw
from documents.views.certificates import CertificateVerb
from portal.permissions import VENDORS


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class CertificateWithdraw(CertificateVerb):
    """Take back a certificate before anybody decided on it."""

    roles = VENDORS
    form_class = WithdrawForm
    heading = _("Withdraw certificate {record.number}")
    lead = _("File and fields are kept, as withdrawn. Send another one if the order still needs it.")
    submit_label = _("Withdraw it")
    is_danger = True
    done = _("Certificate {record.number} is withdrawn.")

    def act(self, record, data, *, by, token=None):
        return withdraw(by=by, certificate=record, reason=data["reason"])
