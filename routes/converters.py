"""How numbers of this room appear in addresses."""

from __future__ import annotations


class LotConverter:
    """A lot: T-000312, and its children T-000312/1, T-000312/1/2."""

    regex = r"T-[0-9]{6,12}(?:/[0-9]{1,6})*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class StepConverter(LotConverter):
    """A step of a lot: lot, operation and pass, as in T-000312/1-60-1."""

    regex = LotConverter.regex + r"-[0-9]{1,9}-[0-9]{1,6}"


class WordConverter:
    """A number others gave, which may hold a slash: ~ is written ~0, / is written ~1, nothing is written ~."""

    regex = r"[^/]+"

    def to_python(self, value: str) -> str:
        return "" if value == "~" else value.replace("~1", "/").replace("~0", "~")

    def to_url(self, value: str) -> str:
        return value.replace("~", "~0").replace("/", "~1") or "~"
