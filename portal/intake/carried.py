"""Files carried inside a PDF: each listed, and looked at as an upload of its own."""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Iterator

import pikepdf

from portal.intake.names import safe_name

MOST_CARRIED = 50
MOST_CARRIED_BYTES = 64 * 1024 * 1024


def carried_files(pdf: pikepdf.Pdf) -> list[dict]:
    """Return name, size, sha256 and kind of each file inside, and why it would be refused if it were sent alone.

    Units:   bytes, unpacked.
    """
    listed, seen, room = [], set(), MOST_CARRIED_BYTES
    for name, stream in _embedded(pdf):
        if stream.objgen in seen or len(listed) == MOST_CARRIED:
            continue
        seen.add(stream.objgen)
        try:
            content = stream.read_bytes()
        except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError):
            listed.append(_row(name, problem="It cannot be unpacked."))
            continue
        room -= len(content)
        if room < 0:
            listed.append(
                _row(name, len(content), problem="The files inside are larger than what is unpacked.")
            )
            break
        listed.append(_looked_at(name, content))
    return listed


def unpack_carried(content: bytes) -> list[dict]:
    """Return name and bytes of each file inside a PDF, for a scanner that looks at files one by one.

    Units:   no more files and bytes than are listed.
    """
    unpacked, seen, room = [], set(), MOST_CARRIED_BYTES
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for name, stream in _embedded(pdf):
            if stream.objgen in seen or len(unpacked) == MOST_CARRIED:
                continue
            seen.add(stream.objgen)
            with contextlib.suppress(pikepdf.PdfError, RuntimeError):
                inside = stream.read_bytes()
                room -= len(inside)
                if room >= 0:
                    unpacked.append({"name": name, "content": inside})
    return unpacked


def _looked_at(name: str, content: bytes) -> dict:
    from portal.intake.media import named_kinds
    from portal.intake.reading import look_inside_carried

    found = look_inside_carried(content, sorted(named_kinds(name)))
    return _row(
        name,
        len(content),
        hashlib.sha256(content).hexdigest(),
        found.media_type,
        found.problems[0] if found.problems else "",
        list(found.features),
    )


def _row(
    name: str, size_bytes: int = 0, sha256: str = "", media_type: str = "", problem: str = "", features=()
) -> dict:
    return {
        "name": name,
        "size_bytes": size_bytes,
        "sha256": sha256,
        "media_type": media_type,
        "problem": problem,
        "features": list(features),
    }


def _embedded(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Stream]]:
    """Yield the files behind every file specification, then those nothing points to."""
    loose = []
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            if thing.stream_dict.get("/Type") == "/EmbeddedFile":
                loose.append(("", thing))
            continue
        if not isinstance(thing, pikepdf.Dictionary):
            continue
        for holder in (thing, thing.get("/FS")):
            if isinstance(holder, pikepdf.Dictionary) and isinstance(holder.get("/EF"), pikepdf.Dictionary):
                name = safe_name(str(holder.get("/UF", holder.get("/F", ""))))
                streams = (holder.EF.get(key) for key in ("/UF", "/F"))
                yield from ((name, each) for each in streams if isinstance(each, pikepdf.Stream))
    yield from ((name or "file", each) for name, each in loose)
