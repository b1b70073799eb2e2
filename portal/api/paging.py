"""Pages by cursor: as quick in the middle as at the beginning, and nothing is shown twice while rows are added."""

from __future__ import annotations

import base64
import binascii

from django.db.models import QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from portal.api.problems import Problem

CURSOR, LIMIT = "cursor", "limit"
DEFAULT_LIMIT, MOST = 100, 200
MARK = "after:"
BAD_CURSOR = "This cursor is not one that was handed out here. Begin again without it."
BAD_LIMIT = f"limit is the rows of a page: a whole number from 1 to {MOST}."


def write_cursor(pk: int) -> str:
    return base64.urlsafe_b64encode(f"{MARK}{pk}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> int:
    """Return the row a cursor stands after.

    Raises:  Problem for anything that was not handed out.
    """
    try:
        words = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)).decode("ascii")
    except (binascii.Error, UnicodeError, ValueError):
        raise Problem(400, "bad-cursor", BAD_CURSOR) from None
    number = words.removeprefix(MARK)
    if not words.startswith(MARK) or not (number.isdigit() and len(number) < 19):
        raise Problem(400, "bad-cursor", BAD_CURSOR)
    return int(number)


class CursorPages(BasePagination):
    """A page of at most `limit` rows, the latest first, and the address of the next."""

    def paginate_queryset(self, queryset: QuerySet, request: Request, view=None) -> list[int]:
        """Return the ids of the page; the rows are fetched by them, so that what is joined is joined for them alone."""
        limit = self._limit(request)
        if cursor := request.query_params.get(CURSOR, ""):
            queryset = queryset.filter(pk__lt=read_cursor(cursor))
        found = list(queryset.order_by("-pk").values_list("pk", flat=True)[: limit + 1])
        self.next_url = None
        if len(found) > limit:
            here = request.build_absolute_uri()
            self.next_url = replace_query_param(here, CURSOR, write_cursor(found[limit - 1]))
        return found[:limit]

    def _limit(self, request: Request) -> int:
        text = request.query_params.get(LIMIT, "")
        if not text:
            return DEFAULT_LIMIT
        if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST):
            raise Problem(400, "bad-limit", BAD_LIMIT)
        return int(text)

    def get_schema_operation_parameters(self, view) -> list[dict]:
        limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT}
        return [
            {
                "name": CURSOR,
                "in": "query",
                "description": "From `next` of the page before.",
                "schema": {"type": "string"},
            },
            {"name": LIMIT, "in": "query", "description": "Rows of a page.", "schema": limit},
        ]

    def get_paginated_response_schema(self, schema: dict) -> dict:
        following = {
            "type": "string",
            "format": "uri",
            "nullable": True,
            "description": "The next page, or null.",
        }
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {"results": schema, "next": following},
        }
