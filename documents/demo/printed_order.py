"""The order at the anodizer on paper, with the square its certificate is sent by."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.urls import reverse

from documents.domain import order_papers, upload_links
from portal.models import Person
from subcontract.models import OutsideOrder


def print_with_link(folder: Path) -> tuple[Path, str] | None:
    """Print the first order whose lot is away, as whoever packs the parts does; return the paper and its link.

    The secret of the link is in the square and in what this returns, and nowhere else.
    """
    order = OutsideOrder.objects.filter(state=OutsideOrder.SHIPPED).order_by("pk").first()
    if order is None:
        return None
    _link, secret = upload_links.make_link(
        by=Person.objects.filter(role=Person.OPERATOR).earliest("pk"), order=order
    )
    address = f"{settings.PORTAL_ADDRESS}{reverse('documents:link-send', kwargs={'token': secret})}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{order.number}.pdf"
    path.write_bytes(order_papers.draw(order, address=address))
    return path, address
