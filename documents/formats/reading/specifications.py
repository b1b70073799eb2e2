"""Specifications as papers write them, taken apart: number, revision, type, class. A grammar for each family."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# system and accreditation standards, certificate standards, and reports are never the specification of a process
NOT_A_PROCESS = re.compile(
    r"^(?:(?:DIN |EN |BS |GB/T )*(?:ISO )?(?:ISO(?:/IEC)? ?)?(?:9001|9100|9110|9120|14001|13485|"
    r"17025|45001|10204|10168"
    r"|10474|16949)\b|AS ?91\d\d|IATF|AC ?7\d{3}|ISO(?:/IEC)? ?(?:9001|17025|14001|45001|13485)|"
    r"EN ?(?:9100|10204|10168)"
    r"|AS ?9163|AS ?9102)",
    re.I,
)
_FAMILIES = (
    r"MIL[- ](?:PRF|DTL|STD|SPEC|HDBK|[A-Z])[- ]?\d{2,6}",
    r"AMS[- ](?:QQ|H|S|C|T|STD|WW)[- ](?:[A-Z][- ])?\d{2,6}(?:/\d{1,3})?",
    r"AMS ?[-–]?\d{4}(?:[/-]\d{1,3}(?!\d))?",
    r"QQ[- ][A-Z][- ]\d{1,4}(?:/\d{1,3})?",
    r"(?:ASTM|ASME) ?(?:SA|SB|[A-G]) ?[-]?\d{1,4}M?(?:/[A-G]?\d{1,4}M?)?",
    r"(?:DIN |BS |GB/T |UNE |NF |SIS )?(?:EN )?ISO(?:/TS)? ?\d{3,5}(?:-\d{1,3})?",
    r"(?:DIN |BS |UNE |NF )?EN ?\d{3,5}(?:-\d{1,3})?",
    r"DIN ?\d{3,6}(?:-\d{1,2})?",
    r"GB/T ?\d{2,6}(?:\.\d{1,2})?",
    r"(?:BAC|BSS|DPS|GPS|CPW|EMS|PWA|P\d+TF|FPS|MPS|LMA|AIPS|AIPI|ABP|ASNA|RPS|MSRR|DMD|"
    r"BMS)[- ]?\d{2,6}(?:[-/]\d{1,4})?",
    r"AWS ?D\d{1,2}\.\d{1,2}",
    r"AS ?\d{4,5}",
)
_REVISION = (
    r"(?:[,(]?\s*(?:rev(?:ision)?|iss(?:ue)?|ind(?:ex)?|ausgabe|ausg?\.|ed(?:ition|ición)?|revisión|版本|修订版?|版)\.?\s*[:.]?\s*"
    r"(?P<revision>(?-i:[A-Z]{1,2}\d?|[a-z])(?![A-Za-z])|\d{1,2}(?!\d)|\d{4}(?:-\d{2})?))"
)
_SPEC = re.compile(
    rf"(?<![A-Za-z0-9])(?P<number>{'|'.join(_FAMILIES)})(?P<letter>[A-Z]{{1,2}}(?![A-Za-z0-9]))?(?P<tail>.*)",
    re.S,
)
_AMENDED = re.compile(r"^\s*(?:w/?|with|mit|con)?\s*(?:amd|amend(?:ment)?|int\.? ?amd)\.?\s*\d+", re.I)
_YEAR = re.compile(
    r"^\s*[-:–]\s*(?P<year>(?:19|20)\d\d|\d\d(?!\d))(?:[-/]\d\d)?(?P<again>[a-z]\d?)?(?![\d/])"
)
_TYPE = re.compile(
    r"(?:^|[\s,;(/])(?:type|typ|tipo|ty\.?|类型|型)\s*[:.]?\s*(?P<type>(?:I{1,3}|IV|V|"
    r"VI{1,3})[A-Z]?(?![A-Za-z])|\d[A-Z]?(?![\d.]))",
    re.I,
)
_CLASS = re.compile(
    r"(?:^|[\s,;(/])(?:class|cl\.?|klasse|kl\.?|clase|级别|等级|类别?)\s*[:.]?\s*(?P<class>\d[A-Z]?|"
    r"[A-Z](?![A-Za-z])|(?:I{1,3}|IV)(?![A-Za-z]))",
    re.I,
)
_SERVICE = re.compile(r"\b(?P<class>SC ?\d|Fe/Zn ?\d+)\b", re.I)
_METHOD = re.compile(
    r"(?:^|[\s,;(])(?:method|verfahren|método|方法)\s*[:.]?\s*(?P<method>\d[A-Z]?|[A-Z](?![A-Za-z]))", re.I
)
# Chinese puts the word behind: F版, II型, 1A级
_BEHIND = re.compile(
    r"^\W{0,3}(?:(?P<revision>[A-Z]{1,2}|\d{1,4})\s*版)?\W{0,3}(?:(?P<type>[IV]{1,3}[A-Z]?|\d)\s*[类型])?\W{0,3}"
    r"(?:(?P<class>\d[A-Z]?|[A-Z])\s*[级类])?"
)
_SENTENCE_END = re.compile(
    r"[。;；]|(?<![Rr]ev)(?<!\b[Cc]l)(?<!\b[Tt]y)(?<!\b[Kk]l)(?<!\b[Ii]ss)(?<!\b[Aa]usg)\.\s+(?=[A-ZÄÖÜ])"
)
_COLON_LETTER = re.compile(r"^\s?:\s?([A-Z]{1,2})(?![A-Za-z0-9])")
# how far behind the number its type and class are looked for
REACH = 70


@dataclass(frozen=True)
class Specification:
    """One specification as it stands in a text. Units: `start` and `end` count letters of that text."""

    number: str
    revision: str = ""
    spec_type: str = ""
    spec_class: str = ""
    method: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_of_a_process(self) -> bool:
        return not NOT_A_PROCESS.match(self.number)


def find_specifications(text: str) -> Iterator[Specification]:
    """Yield the specifications a text names, taken apart, in the order they stand."""
    plain = unicodedata.normalize("NFKC", text).replace("‑", "-").replace("–", "-")
    if len(plain) != len(text):
        plain = text
    at = 0
    while match := _SPEC.search(plain, at):
        found = _taken_apart(match)
        yield found
        at = max(match.end("number"), found.end - 1)


def _taken_apart(match: re.Match) -> Specification:
    number = " ".join(match["number"].split())
    tail, begin = match["tail"], match.start("tail")
    revision, used = match["letter"] or "", 0
    if (
        not revision
        and (year := _YEAR.match(tail))
        and re.match(r"ASTM|ISO|EN|DIN|GB|BS|UNE|ASME", number, re.I)
    ):
        revision, used = year["year"] + (year["again"] or ""), year.end()
    if not revision and (letter := _COLON_LETTER.match(tail)):
        revision, used = letter[1], letter.end()
    # revision, type and class belong to the number as long as no other specification begins
    further = _SPEC.search(tail)
    reach = tail[: min(REACH, further.start() if further else REACH)]
    reach = _SENTENCE_END.split(reach)[0]
    parts: dict[str, str] = {}
    for pattern in (_BEHIND, re.compile(_REVISION, re.I), _TYPE, _CLASS, _METHOD, _SERVICE):
        if found := pattern.search(reach):
            near = found.start() <= 25 or bool(parts)
            for name, value in found.groupdict().items():
                if value and name not in parts and (near or name != "revision"):
                    parts[name] = value
                    used = max(used, found.end())
    return Specification(
        number=number,
        revision=parts.get("revision", "").upper() or revision,
        spec_type=parts.get("type", "").upper(),
        spec_class=parts.get("class", "").upper(),
        method=parts.get("method", ""),
        start=match.start("number"),
        end=begin + used,
    )
