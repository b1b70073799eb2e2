"""Sending certificates by the secret of a link: a vendor's own system does it without an account, and nothing else."""

from __future__ import annotations

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.parsers import MultiPartParser

from documents.domain import link_pages, upload_links
from documents.models import Certificate, UploadLink
from portal.api.authentication import SCHEME, UNREADABLE
from portal.api.doors import Acting, ApiDoor
from portal.api.fields import Input, Reading, count, named, text
from portal.api.problems import Problem
from portal.domain.errors import Incomplete
from portal.domain.letterboxes import letterbox_of
from portal.permissions import VENDORS
from portal.views.doors import LIST
from portal.views.entrance import address_of


class SecretOfLink(BaseAuthentication):
    """Know the caller by `Authorization: Bearer` and the secret of a link; the call is then its vendor's letterbox."""

    def authenticate(self, request):
        """Return the letterbox and the link.

        Raises:  AuthenticationFailed in the same words for a wrong, revoked or late secret; Problem (429) after many.
        """
        words = get_authorization_header(request).split()
        if not words:
            return None
        if len(words) != 2 or words[0].lower() != SCHEME.lower().encode() or not words[1].isascii():
            raise AuthenticationFailed(UNREADABLE)
        try:
            link = upload_links.find_link(words[1].decode(), address=address_of(request))
        except upload_links.LinkIsBusy as refusal:
            raise Problem(429, refusal.code, refusal.sentence) from None
        except upload_links.LinkOpensNothing as refusal:
            raise AuthenticationFailed(refusal.sentence) from None
        return letterbox_of(link.order.site.organization), link

    def authenticate_header(self, request) -> str:
        return f'{SCHEME} realm="api"'


class SecretOfLinkScheme(OpenApiAuthenticationExtension):
    """How such a caller is known."""

    target_class = "documents.api.sending.SecretOfLink"
    name = "linkSecret"

    def get_security_definition(self, auto_schema) -> dict:
        words = "The secret of an order's link: what stands behind /send/ in its address."
        return {"type": "http", "scheme": "bearer", "description": words}


class SendInput(Input):
    """One file for the order of the link."""

    file = serializers.FileField(
        help_text="The original, unchanged: PDF, PNG, JPEG, TIFF or a data certificate (JSON).",
        allow_empty_file=True,
    )
    order_line = count(
        required=False, allow_null=True, help_text="Which line of the order; needed where it has several."
    )
    sender_name = text(120, required=False)
    sender_email = serializers.EmailField(max_length=254, required=False, allow_blank=True, default="")
    order = text(40, required=False, help_text="As printed on the order; asked from its link's 15th day on.")
    pieces = count(required=False, allow_null=True, help_text="Likewise.")


class SentReading(Reading):
    """That a certificate is here. What it is compared with is not told by this door."""

    order = named("link.order.number")
    sha256 = named("file.sha256")
    file_name = named("file.original_name")

    class Meta:
        model = Certificate
        fields = ("number", "state", "order", "file_name", "sha256", "page_from", "page_to", "uploaded_at")


class LinkSend(Acting, ApiDoor):
    """Send a certificate by the secret of an order's link. It opens nothing else, and is revoked with the link."""

    scope = LIST
    roles = write_roles = VENDORS
    authentication_classes = [SecretOfLink]
    parser_classes = [MultiPartParser]
    http_method_names = ["post"]
    input_class = SendInput
    output_class = SentReading

    def enter_to_write(self, request) -> None:
        self.require_size(request)
        # a wrong answer is counted for good, so it is asked before anything that may be undone
        link: UploadLink = request.auth
        if upload_links.asks_for_paper(link):
            given = SendInput(data=request.data, context={"request": request})
            given.is_valid(raise_exception=True)
            self.prove(link, given.validated_data)

    def prove(self, link: UploadLink, data: dict) -> None:
        """Ask what the paper says, once the link is older than parts are usually away.

        Raises:  NotOnThePaper; Problem (429) after too many wrong answers.
        """
        number, pieces = data["order"], data.get("pieces")
        if not number or not pieces:
            raise Incomplete(
                "This link is older than fourteen days. Send order and pieces, too, as the paper of the order has them."
            )
        try:
            upload_links.prove_paper(
                link=link, number=number, quantity=pieces, address=address_of(self.request)
            )
        except upload_links.LinkIsBusy as refusal:
            raise Problem(429, refusal.code, refusal.sentence) from None

    def act(self, record, data, *, by) -> Certificate:
        link: UploadLink = self.request.auth
        file = data["file"]
        try:
            return link_pages.send_file(
                link=link,
                line=line_of(link, data.get("order_line")),
                content=file.read(),
                name=file.name,
                sender_name=data["sender_name"],
                sender_email=data["sender_email"],
                door=Certificate.API,
            )
        except upload_links.LinkIsBusy as refusal:
            raise Problem(429, refusal.code, refusal.sentence) from None


def line_of(link: UploadLink, line_number: int | None):
    """Return the line of the link's order a certificate is for; the only one, where none is named.

    Raises:  ValidationError naming the lines there are.
    """
    lines = list(link.order.lines.select_related("order__site__organization", "step", "traveler"))
    found = [line for line in lines if line_number in (None, line.line_number)]
    if len(found) == 1:
        return found[0]
    numbers = ", ".join(str(line.line_number) for line in sorted(lines, key=lambda line: line.line_number))
    raise serializers.ValidationError({"order_line": [f"Name one of the lines of this order: {numbers}."]})
