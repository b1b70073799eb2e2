"""The name under which a foreign file is shown; where it is stored has nothing to do with it."""

from __future__ import annotations

import re
import unicodedata

from portal.intake.media import named_kinds

LONGEST_NAME = 120
NAMELESS = "file"

# Names Windows keeps for devices: a person who saves the file there would meet an error.
_DEVICE = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def safe_name(name: str) -> str:
    """Return a file name that can be shown, put in a header and saved on any desk.

    1. Only the last part of a path stays, whichever slash was used.
    2. Everything from a NUL on is dropped: a program in C would not read past it either.
    3. Control, direction and invisible characters go; letters of every script stay, composed (NFC).
    4. Characters Windows refuses become an underscore; a leading dot and the names of devices lose their power.
    5. A name over 120 characters is shortened before its ending.
    """
    shown = unicodedata.normalize("NFC", str(name)).partition("\0")[0]
    shown = shown.replace("\\", "/").rstrip("/ ").rpartition("/")[2]
    shown = "".join(" " if sign in "\r\n\t" else sign for sign in shown)
    shown = "".join(sign for sign in shown if unicodedata.category(sign)[0] != "C")
    shown = _FORBIDDEN.sub("_", shown)
    shown = re.sub(r"\s+", " ", shown).strip()
    if named_kinds(f"{NAMELESS}{shown}") and shown.count(".") == 1 and shown.startswith("."):
        return NAMELESS + shown
    shown = shown.strip(".").strip()
    stem, dot, ending = shown.rpartition(".")
    if not dot:
        stem, ending = shown, ""
    if _DEVICE.match(shown):
        stem = f"_{stem}"
    return _shortened(stem.strip() or NAMELESS, ending)


def _shortened(stem: str, ending: str) -> str:
    ending = ending[:16].strip()
    tail = f".{ending}" if ending else ""
    if len(stem) + len(tail) <= LONGEST_NAME:
        return stem + tail
    return stem[: LONGEST_NAME - len(tail) - 1].rstrip() + "…" + tail
