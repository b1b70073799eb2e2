"""The description of the API: made from what the doors declare, kept in `docs/api/openapi.yaml`."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpResponse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.types import OpenApiTypes
from rest_framework.authentication import SessionAuthentication

from portal.api.doors import ApiDoor, ApiList
from portal.api.fields import Input, Reading
from portal.api.repeats import HEADER, LONGEST, NO_KEY
from portal.views.doors import LIST

WHOLE_NUMBERS = ("line_number", "sequence")
PATH_WORDS = {
    "number": "The record's own number; where it may hold a slash, / is written ~1 and ~ is written ~0.",
    "revision": "The revision; / is written ~1, ~ is written ~0, and none is written ~.",
    "line_number": "The line of the order.",
    "sequence": "The operation of the route: 10, 20, 30…",
}
PROBLEMS = {"400": "Unreadable", "401": "NoToken", "403": "NotEntitled", "404": "NotFound"}
WRITE_PROBLEMS = {
    "409": "NotNow",
    "413": "TooLarge",
    "415": "NoSuchMediaType",
    "422": "Refused",
}
ALWAYS = {"406": "OnlyJson", "429": "TooManyCalls"}
PROBLEM_WORDS = {
    "Unreadable": "The request cannot be read, or a list is asked for in words it does not know.",
    "NoToken": "No token, or one that opens nothing.",
    "NotEntitled": "The caller sees it and may not do this, or the token only reads.",
    "NotFound": "There is no such record, or none for this caller.",
    "OnlyJson": "Something else than JSON was asked for.",
    "NotNow": "Not from the state the record is in, or the key was used for another request.",
    "TooLarge": "More bytes than this place takes.",
    "NoSuchMediaType": "Send JSON; files come as multipart/form-data.",
    "Refused": "A rule or a field says no; the sentence says why and what to do.",
    "TooManyCalls": "More calls a minute than one token may make; Retry-After says when to go on.",
}


class DoorSchema(AutoSchema):
    """Describe a door by its own words: filters, pages, the key of an act, problems."""

    def get_tags(self) -> list[str]:
        return [self.view.__class__.__module__.split(".")[0]]

    def get_operation_id(self) -> str:
        return f"{self.view.__class__.__name__}_{self.method.lower()}"

    def get_description(self) -> str:
        words = self.view.__doc__ or ""
        return words.strip().split("\n\n")[0].replace("\n    ", " ")

    def get_summary(self) -> str:
        return self.get_description().split(". ")[0].rstrip(".")

    def _is_list_view(self, serializer=None) -> bool:
        return self.method == "GET" and isinstance(self.view, ApiList)

    def get_request_serializer(self):
        return getattr(self.view, "input_class", None) if self.method == "POST" else None

    def get_response_serializers(self):
        if self.method == "POST":
            return {str(self.view.done_status): self.view.output_class}
        if self.view.file_type:
            return {("200", self.view.file_type): OpenApiTypes.BINARY}
        return self.view.serializer_class

    def get_filter_backends(self) -> list:
        return []

    def _resolve_path_parameters(self, variables) -> list[dict]:
        return [
            {
                "in": "path",
                "name": name,
                "required": True,
                "description": PATH_WORDS.get(name, ""),
                "schema": {"type": "integer" if name in WHOLE_NUMBERS else "string"},
            }
            for name in variables
        ]

    def _get_parameters(self) -> list[dict]:
        parameters = super()._get_parameters()
        if self.method == "GET":
            parameters += [
                {"in": "query", "name": name, "schema": each.schema}
                for name, each in getattr(self.view, "filters", {}).items()
            ]
        if self.method == "POST":
            key = {"type": "string", "minLength": 1, "maxLength": LONGEST}
            parameters.append(
                {"in": "header", "name": HEADER, "required": True, "description": NO_KEY, "schema": key}
            )
        return parameters

    def _get_response_bodies(self, direction="response") -> dict:
        bodies = super()._get_response_bodies(direction)
        told = PROBLEMS | (WRITE_PROBLEMS if self.method == "POST" else {}) | ALWAYS
        return bodies | {number: {"$ref": f"#/components/responses/{name}"} for number, name in told.items()}

    def _get_serializer_name(self, serializer, direction, bypass_extensions=False) -> str:
        # the word tells the classes that read from those that take in; to a caller it says nothing
        return super()._get_serializer_name(serializer, direction, bypass_extensions).replace("Reading", "")


class BearerTokenScheme(OpenApiAuthenticationExtension):
    """How a caller is known."""

    target_class = "portal.api.authentication.BearerToken"
    name = "bearerToken"

    def get_security_definition(self, auto_schema) -> dict:
        return {"type": "http", "scheme": "bearer", "description": "A token made on your account's page."}


GENERAL = [(Reading.__doc__ or "").strip(), (Input.__doc__ or "").strip()]
PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457). `detail` is the sentence a page would show; `code` is stable.",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Which field of the request each sentence is about.",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


def add_problem(result: dict, generator, request, public) -> dict:
    """Name the shape of every refusal once, and leave out what a base class says of itself."""
    for each in result["components"].get("schemas", {}).values():
        if each.get("description") in GENERAL:
            del each["description"]
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    result["components"]["responses"] = {
        name: {"description": words, "content": content} for name, words in PROBLEM_WORDS.items()
    }
    return result


@lru_cache(maxsize=1)
def description() -> bytes:
    """Return the whole description as YAML; it changes only with the code."""
    return OpenApiYamlRenderer().render(SchemaGenerator().get_schema(public=True), renderer_context={})


class Schema(ApiDoor):
    """Hand out this description as YAML; a signed-in person's browser may read it too."""

    scope = LIST
    roles = None
    file_type = "application/yaml"
    authentication_classes = [*ApiDoor.authentication_classes, SessionAuthentication]
    schema = None

    def get(self, request, *args, **kwargs) -> HttpResponse:
        return HttpResponse(description(), content_type=f"{self.file_type}; charset=utf-8")
