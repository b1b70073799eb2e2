"""JSON as it comes in: text that the database can keep, and no deeper than anybody writes by hand."""

from __future__ import annotations

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils import json

DEEPEST = 20


def _deepest(value, level: int = 1) -> int:
    if level > DEEPEST:
        return level
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return max((_deepest(each, level + 1) for each in inner), default=level)


class PlainJson(JSONParser):
    """JSON without broken characters and without endless nesting."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            parsed = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError("The JSON is nested too deeply to be read. Send it flatter.") from None
        if _deepest(parsed) > DEEPEST:
            raise ParseError("The JSON is nested too deeply to be read. Send it flatter.")
        try:
            json.dumps(parsed, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ParseError(
                "The JSON holds half of a character (a lone surrogate). Send whole ones."
            ) from None
        except ValueError:
            raise ParseError(
                "The JSON holds a number that is too large. Send it as text where it is needed."
            ) from None
        return parsed
