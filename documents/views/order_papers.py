"""An outside order on paper, and the links that are printed on it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from documents.domain import order_papers, upload_links
from documents.forms.upload_links import RevokeLinkForm
from documents.models import UploadLink
from documents.permissions import LINKERS
from portal.domain.canonical import sha256_of
from portal.views.doors import RECORD
from portal.views.verbs import RecordView, VerbView
from subcontract.models import OutsideOrder
from subcontract.permissions import READERS


def back_to(order: OutsideOrder) -> list[dict]:
    """Return the way back from the pages of an order's paper."""
    return [
        {"label": "Outside orders", "url": reverse("subcontract:order-list")},
        {"label": order.number, "url": order.get_absolute_url()},
    ]


class OrderPaper(RecordView):
    """Draw the order as a PDF; with the square of a link when its secret is handed in."""

    roles = READERS
    model = OutsideOrder

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("site__organization", "issue_signature")

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.paper()

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The secret travels in the body, so that it stands in no log of addresses."""
        token = request.POST.get("token", "")[:60]
        if not request.user.is_shop or not self.record.upload_links.filter(
            token_sha256=sha256_of(token.encode())
        ):
            raise Http404("This is no link of the order.")
        return self.paper(address_of(request, token))

    def paper(self, address: str = "") -> HttpResponse:
        content = order_papers.draw(self.record, address=address)
        name = content_disposition_header(False, f"{self.record.number}.pdf")
        headers = {"Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
        return HttpResponse(content, content_type="application/pdf", headers=headers)


def address_of(request: HttpRequest, token: str) -> str:
    """Return the whole address a link leads to."""
    return request.build_absolute_uri(reverse("documents:link-send", kwargs={"token": token}))


class LinkMake(VerbView):
    """Make a link for an order's certificates; its secret is shown this one time."""

    scope = RECORD
    roles = LINKERS
    model = OutsideOrder
    heading = "Print order {record.number} with a link for its certificate"
    lead = (
        "Whoever holds the paper sends the certificate of this order with a phone, without an account, and can do "
        "nothing else. Each paper has a link of its own, which you can revoke."
    )
    submit_label = "Make the link"

    def act(self, record, data, *, by, token=None):
        return upload_links.make_link(by=by, order=record)

    def context(self, record):
        return {"crumbs": back_to(record)}

    def answer(self, result) -> HttpResponse:
        link, token = result
        address = address_of(self.request, token)
        words = {
            "record": self.record,
            "link": link,
            "token": token,
            "address": address,
            "square": order_papers.square_of(address, scale=4),
            "crumbs": back_to(self.record),
        }
        return render(self.request, "documents/link_made.html", words)


class LinkRevoke(VerbView):
    """End a link."""

    roles = LINKERS
    model = UploadLink
    lookup = {"number": "order__number", "link_number": "link_number"}
    form_class = RevokeLinkForm
    heading = "Revoke {record}"
    lead = "Nothing can be sent by it any more; what came through it stays."
    submit_label = "Revoke the link"
    is_danger = True
    done = "{result} opens nothing any more."

    def get_record(self, person):
        if self.kwargs["link_number"] > 1_000_000:
            raise Http404("There is no link of that number.")
        return super().get_record(person)

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("order")

    def context(self, record):
        return {"crumbs": back_to(record.order)}

    def act(self, record, data, *, by, token=None):
        return upload_links.revoke_link(by=by, link=record, reason=data["reason"])
