"""The certificate of disposal: one page that says what was erased, what was left, who approved and who did it."""

from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string

from documents.models import Disposal
from portal.models import Organization, Signature


def draw(disposal: Disposal, *, erased: list[dict], left: list[dict], signature: Signature) -> bytes:
    """Return the certificate as PDF/A."""
    from documents.package.renderer import PaperRenderer

    html = render_to_string(
        "documents/disposal_certificate.html",
        {
            "disposal": disposal,
            "shop": Organization.objects.filter(kind=Organization.SHOP).order_by("pk").first(),
            "erased": erased,
            "left": left,
            "signature": signature,
            "on": day_of(signature),
        },
    )
    return PaperRenderer().render(html)


def day_of(signature: Signature) -> date:
    return signature.signed_at.date()
