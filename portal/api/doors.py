"""What every address of the API declares, and the three kinds there are: a list, a record, an act.

As on pages, `scope` says what the address is about and `roles` who may read there; `write_roles` who may act.
A record that is not the caller's is not found; a list holds what `for_viewer` gives and nothing else.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import models
from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from portal.api.authentication import BearerToken
from portal.api.filters import Filter, narrowing
from portal.api.paging import CursorPages
from portal.api.parsers import PlainJson
from portal.api.problems import TOO_LARGE, Problem
from portal.api.repeats import done_once
from portal.api.throttles import CallsOfToken
from portal.domain.files import MAX_BYTES
from portal.models import Person
from portal.views.doors import LIST, RECORD, SCOPES, check_roles

NOTHING_HERE = "There is no page here by that address."
ONLY_READS = "This token only reads. Make one that may write, under API tokens on your account's page."
JSON_BYTES = 5 * 1024 * 1024
FORM_BYTES = MAX_BYTES + 1024 * 1024


class ApiDoor(APIView):
    """The base of all: no view opens that has not declared `scope` and `roles`."""

    scope: str
    roles: tuple[str, ...] | None
    write_roles: tuple[str, ...] | None = None
    # of an address that hands out bytes: their media type, given whatever a client says it would like
    file_type = ""
    authentication_classes = [BearerToken]
    permission_classes = []
    throttle_classes = [CallsOfToken]
    parser_classes = [PlainJson]
    metadata_class = None

    @classmethod
    def as_view(cls, **initial):
        """Return the view.

        Raises:  ImproperlyConfigured for a view that declares no rule.
        """
        if getattr(cls, "scope", None) not in SCOPES or not hasattr(cls, "roles"):
            raise ImproperlyConfigured(f"{cls.__module__}.{cls.__name__} must declare scope and roles.")
        return super().as_view(**initial)

    def initial(self, request: Request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        if not isinstance(request.user, Person):
            raise NotAuthenticated
        if any("\x00" in value for value in kwargs.values() if isinstance(value, str)):
            raise Http404(NOTHING_HERE)
        self.enter(request.user)
        if request.method == "POST" and hasattr(self, "post"):
            self.enter_to_write(request)

    def perform_content_negotiation(self, request: Request, force: bool = False):
        return super().perform_content_negotiation(request, force or bool(self.file_type))

    def enter(self, person: Person) -> None:
        """Check the declared rule for whoever calls.

        Raises:  PermissionDenied or Http404.
        """
        check_roles(person, self.roles, is_seen=False)

    def enter_to_write(self, request: Request) -> None:
        """Check what an act needs beyond reading: the role, a token that writes, a body that fits.

        Raises:  PermissionDenied or Http404; Problem.
        """
        check_roles(request.user, self.write_roles, is_seen=True)
        if request.auth is None or not request.auth.can_write:
            raise Problem(403, "token-only-reads", ONLY_READS)
        self.require_size(request)

    def require_size(self, request: Request) -> None:
        """Refuse a body of more bytes than this place takes.

        Raises:  Problem.
        """
        is_form = (request.content_type or "").startswith("multipart/")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > (FORM_BYTES if is_form else JSON_BYTES):
            raise Problem(413, "too-large", TOO_LARGE)


class ApiList(ApiDoor):
    """The records a person may see, a page at a time: ids first, then the rows with what they join."""

    scope = LIST
    model: type[models.Model]
    serializer_class: type[Serializer]
    filters: dict[str, Filter] = {}
    pagination_class = CursorPages

    def scoped(self, person: Person) -> models.QuerySet:
        """Return the records this person may see."""
        return self.model.objects.for_viewer(person)

    def fetched(self, queryset: models.QuerySet) -> models.QuerySet:
        """Add what the rows show of other records, in a number of statements that does not grow with them."""
        return queryset

    def get(self, request: Request, *args, **kwargs) -> Response:
        pages = self.pagination_class()
        asked = narrowing(self.filters, request)
        ids = pages.paginate_queryset(self.scoped(request.user).filter(**asked), request, view=self)
        rows = self.fetched(self.scoped(request.user).filter(pk__in=ids)).order_by("-pk") if ids else []
        shown = self.serializer_class(rows, many=True, context={"request": request}).data
        return Response({"results": shown, "next": pages.next_url})


class ApiRecord(ApiDoor):
    """One record, named in the address as its page names it.

    lookup     the keyword in the address → the field it names
    """

    scope = RECORD
    model: type[models.Model]
    lookup: dict[str, str] = {"number": "number"}
    serializer_class: type[Serializer]

    def enter(self, person: Person) -> None:
        self.record = self.get_record(person)
        check_roles(person, self.roles, is_seen=True)

    def scoped(self, person: Person) -> models.QuerySet:
        """Return the records this person may see."""
        return self.model.objects.for_viewer(person)

    def fetched(self, queryset: models.QuerySet) -> models.QuerySet:
        """Add what the answer shows of other records."""
        return queryset

    def get_record(self, person: Person) -> models.Model:
        """Return the record the address names.

        Raises:  Http404 when there is none, or none for this person.
        """
        wanted = {field: self.kwargs[keyword] for keyword, field in self.lookup.items()}
        try:
            return self.fetched(self.scoped(person)).get(**wanted)
        except (self.model.DoesNotExist, ValidationError, ValueError):
            raise Http404(f"There is no {self.model._meta.verbose_name} here by that number.") from None

    def get(self, request: Request, *args, **kwargs) -> Response:
        return Response(self.serializer_class(self.record, context={"request": request}).data)


class Acting:
    """One act by POST: the input is read, one domain call is made, its record is shown.

    Mixed into a list it makes something new there; alone, as `ApiVerb`, it acts on the record of the address.
    """

    input_class: type[Serializer]
    output_class: type[Serializer]
    done_status = status.HTTP_201_CREATED

    def act(self, record: Any, data: dict[str, Any], *, by: Person) -> Any:
        """Make the one domain call and return its record."""
        raise NotImplementedError

    def shown(self, result: Any) -> Any:
        """Return the record as the answer shows it; override to fetch what it joins."""
        return result

    def post(self, request: Request, *args, **kwargs) -> Response:
        return done_once(request, lambda: self._do(request))

    def _do(self, request: Request) -> Response:
        context = {"request": request, "record": getattr(self, "record", None)}
        given = self.input_class(data=request.data, context=context)
        given.is_valid(raise_exception=True)
        result = self.act(context["record"], dict(given.validated_data), by=request.user)
        shown = self.output_class(self.shown(result), context=context).data
        return Response(shown, status=self.done_status)


class ApiVerb(Acting, ApiRecord):
    """One act on one record."""

    http_method_names = ["post"]
