"""XML from outside: no document type, no entities, no endless nesting."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as defused
from defusedxml.common import DefusedXmlException

from portal.intake.unreadable import FileNotReadable

# Real QIF files nest about 20 deep.
DEEPEST = 100


def guarded_events(content: bytes) -> Iterator[tuple[str, Element]]:
    """Yield `("start" | "end", element)` while reading; the caller clears what it has used.

    Raises:  FileNotReadable for a DOCTYPE or entity, for nesting beyond 100 levels, and for XML that is cut
             off or not well-formed, naming the line.
    """
    depth = 0
    try:
        for event, element in defused.iterparse(
            io.BytesIO(content), events=("start", "end"), forbid_dtd=True, forbid_external=True
        ):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise FileNotReadable(
                    f"The XML file is nested deeper than {DEEPEST} levels; no inspection file is. "
                    "Export it again from the program that made it."
                )
            yield event, element
    except DefusedXmlException as error:
        raise FileNotReadable(
            "The XML file contains a DOCTYPE or entity declaration, which could make it read other files. "
            "Export it again without one."
        ) from error
    except ParseError as error:
        line, column = error.position
        raise FileNotReadable(
            f"The XML file is not well-formed at line {line}, column {column + 1}: it is cut off or was edited by "
            "hand. Export it again from the program that made it."
        ) from error


def local_name(tag: str) -> str:
    """Return a tag without its namespace."""
    return tag.rpartition("}")[2]
