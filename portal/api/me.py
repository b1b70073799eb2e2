"""Who a token is: its person, its purpose, until when."""

from __future__ import annotations

from django.http import Http404
from rest_framework import serializers
from rest_framework.response import Response

from portal.api.doors import ApiDoor
from portal.api.fields import Reading, named
from portal.models import ApiToken
from portal.views.doors import LIST, SELF


class TokenReading(Reading):
    person = named("person.email")
    printed_name = named("person.printed_name")
    role = named("person.role")
    organization = named("person.organization.number")
    can_sign = serializers.SerializerMethodField(help_text="Never: a signature asks for the password anew.")

    class Meta:
        model = ApiToken
        fields = (
            "prefix",
            "purpose",
            "can_write",
            "can_sign",
            "expires_at",
            "person",
            "printed_name",
            "role",
            "organization",
        )

    def get_can_sign(self, token) -> bool:
        return False


class Me(ApiDoor):
    """Whose token this is, what it may do, and until when."""

    scope = SELF
    roles = None
    serializer_class = TokenReading

    def get(self, request, *args, **kwargs) -> Response:
        return Response(TokenReading(request.auth).data)


class NothingHere(ApiDoor):
    """Whatever has no address of its own."""

    scope = LIST
    roles = None
    schema = None

    def enter(self, person) -> None:
        raise Http404("There is nothing at this address. Addresses end with a slash and begin with /api/v1/.")
