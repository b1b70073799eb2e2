"""Three sources of one key: read on the page, typed by a person, expected by the record. Pure.

1. what was typed is never a match by itself;
2. what was read in the text of a file, or in its data, counts; what was read off a picture asks a person;
3. where typed and read differ both are shown and a person is asked;
4. what the machine did not find on a page it could read is a question and no contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from documents.domain.expected_words import expected_alone, expected_on_page, twin_on_page
from documents.domain.key_verdicts import (
    MATCH,
    MISMATCH,
    NORMALISED,
    NOT_FOUND,
    STATED_ONLY,
    UNCLEAR,
    KeyComparison,
)
from documents.domain.likeness import Likeness, alike, alike_in_a_picture
from documents.domain.normalising import normalise
from documents.formats.paper import OCR, ReadField, Reading

# a page on which fewer fields than this were found was not understood: nothing can be said to be missing from it
FEWEST_FIELDS = 3

# a paper may name several of these, one for each thing it is for
MANY = frozenset(
    (
        "po_number",
        "po_line",
        "part_number",
        "part_revision",
        "identifier",
        "lot_number",
        "serials",
        "quantity",
        # what a process was done by stands beside what was tested by
        "spec_number",
    )
)


@dataclass(frozen=True)
class Sighting:
    """A person looked at the page and found these words there."""

    field: str
    words: str
    by: str


@dataclass(frozen=True)
class Sources:
    """Where the words of one certificate come from.

    reading  what the machine read; none for a certificate that was decided, where typed words count as before
    seen     what a person found by looking, by field
    names    what else the expected words of a field may be called on the page
    owners   the numbers a revision, type or class belongs to, by field
    """

    name: str
    subject: str
    reading: Reading | None = None
    seen: Mapping[str, Sighting] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def weigh(
    sources: Sources,
    *,
    key: str,
    field: str,
    typed: str,
    wanted: str,
    same: Likeness = alike,
    show: str = "",
    is_must: bool | None = None,
    is_presence: bool = False,
) -> KeyComparison:
    """Compare one key over its three sources.

    show         the words for what is expected, where they are not `wanted` itself
    is_must      by default what the record asks for
    is_presence  any words will do: what is asked is that they are there, and that typed and read are the same
    """
    if is_presence:
        same, wanted = _anything, show
    must = bool(wanted) if is_must is None else is_must
    base = KeyComparison(key, typed, show or wanted, NOT_FOUND, is_must=must, field=field, typed=typed)
    if sources.reading is None:
        return _typed_alone(sources, base, same, wanted)
    read = list(sources.reading.of(field))
    found = _best(_of_its_owner(sources, field, read) or read, wanted, same, is_many=field in MANY)
    if not is_presence and (found is None or _may_be_misread(found, wanted, same)):
        found = _expected(sources, field, wanted) or found or twin_on_page(sources.reading, field, wanted)
    if found is None and (bare := _expected_alone(sources, base, is_presence)):
        judged = bare
    elif found is None:
        judged = _not_on_the_page(sources, base, same, wanted)
    elif is_presence and (apart := _apart(placed(base, found), found)):
        judged = apart
    else:
        judged = _on_the_page(sources, placed(base, found), found, same, wanted)
        if wanted and judged.stops and not base.typed.strip():
            judged = _asked_where_both_stand(sources, judged, found, same)
    return _as_seen(judged, sources.seen.get(field))


def _of_its_owner(sources: Sources, field: str, read: list[ReadField]) -> list[ReadField]:
    """Return what stands right behind the number it belongs to: surer than what stands at a word for it anywhere."""
    owners = [normalise(each) for each in sources.owners.get(field, ()) if each.strip()]
    return [each for each in read if any(owner in normalise(each.words) for owner in owners)]


def _asked_where_both_stand(
    sources: Sources, judged: KeyComparison, found: ReadField, same: Likeness
) -> KeyComparison:
    """Return the question where the page says what is expected, too, and not at the number it belongs to.

    One of the two was taken from another place: a form has a revision of its own, a table of types names them all.
    """
    wanted, field = judged.on_record, judged.field
    if _of_its_owner(sources, field, [found]):
        return judged
    others = (each for each in sources.reading.of(field) if _agreement(each, wanted, same) is not None)
    other = next(others, None) or _expected(sources, field, wanted)
    if other is None:
        return judged
    sentence = _("Page %(page)s says %(words)s in one place and %(other)s in another. A person looks.")
    words = {"page": other.page, "words": judged.read, "other": other.words}
    return replace(placed(judged, other), is_question=True, sentence=sentence % words)


def _may_be_misread(found: ReadField, wanted: str, same: Likeness) -> bool:
    """Say whether what was read stands at no label and is not what is expected."""
    return bool(wanted) and not found.label and _agreement(found, wanted, same) is None


def _expected(sources: Sources, field: str, wanted: str) -> ReadField | None:
    """Return what is expected where it stands on the page without a label; a labelled one against it counts more."""
    names, owners = sources.names.get(field, ()), sources.owners.get(field, ())
    return expected_on_page(sources.reading, field, wanted, names, owners)


def _expected_alone(sources: Sources, base: KeyComparison, is_presence: bool) -> KeyComparison | None:
    """Return the question where what is expected stands on the page and no word says what it is."""
    if is_presence or base.typed.strip() or not base.on_record:
        return None
    bare = expected_alone(sources.reading, base.field, base.on_record)
    if bare is None:
        return None
    sentence = _("Page %(page)s says %(words)s, and no word beside it says what it is. A person looks.")
    words = {"page": bare.page, "words": bare.words}
    return replace(placed(base, bare), verdict=STATED_ONLY, is_question=True, sentence=sentence % words)


def _anything(said: str, wanted: str) -> tuple[str, ...] | None:
    return ()


def _apart(base: KeyComparison, found: ReadField) -> KeyComparison | None:
    """Return the question where typed and read are not the same, or what is read can be one of several days."""
    ways = found.others if not found.value else (found.value, found.words)
    if not base.typed.strip():
        return _two_ways(base, found) if found.others and not found.value else None
    likeness = next((found_ for way in ways if (found_ := alike(base.typed, way)) is not None), None)
    if likeness is None:
        return replace(base, verdict=MISMATCH, is_question=True, sentence=_both(base))
    return None


def placed(base: KeyComparison, found: ReadField) -> KeyComparison:
    """Return a key with the words read and their place."""
    words = found.words.strip() or found.value
    return replace(base, on_paper=words, read=words, page=found.page, box=found.box, how=found.how)


def _best(candidates: list[ReadField], wanted: str, same: Likeness, *, is_many: bool) -> ReadField | None:
    """Return the candidate that counts: the likeliest; of what may stand there many times, one that agrees."""
    if is_many and wanted:
        for each in candidates:
            if _agreement(each, wanted, same) is not None:
                return each
    return next(iter(candidates), None)


def _agreement(found: ReadField, wanted: str, same: Likeness) -> tuple[str, ...] | None:
    for said in dict.fromkeys((found.value, found.words, *found.others)):
        if not said.strip():
            continue
        if (likeness := same(said, wanted)) is not None:
            return likeness
        if found.how == OCR and (likeness := alike_in_a_picture(said, wanted)) is not None:
            return likeness
    return None


def _typed_alone(sources: Sources, base: KeyComparison, same: Likeness, wanted: str) -> KeyComparison:
    if not base.typed.strip():
        return replace(base, verdict=NOT_FOUND, sentence=_absent(sources, base))
    likeness = same(base.typed, wanted)
    if likeness is None:
        return replace(base, verdict=MISMATCH, sentence=_typed_differs(sources, base))
    if likeness:
        return replace(base, verdict=NORMALISED, sentence=_looked_past(base.typed, wanted, likeness))
    return replace(base, verdict=MATCH)


def _not_on_the_page(sources: Sources, base: KeyComparison, same: Likeness, wanted: str) -> KeyComparison:
    judged = _typed_alone(sources, base, same, wanted)
    if judged.verdict == NOT_FOUND:
        return asked_where_missed(judged, sources.reading)
    if not judged.agrees:
        return judged
    sentence = _(
        "%(typed)s was typed as the %(key)s; the machine did not find it on the page. A person looks."
    )
    return replace(
        judged,
        verdict=STATED_ONLY,
        is_question=True,
        sentence=sentence % {"typed": base.typed, "key": _(base.key)},
    )


def is_understood(reading: Reading) -> bool:
    """Say whether so much was found on the pages that the machine could read them."""
    return len({each.key for each in reading.found}) >= FEWEST_FIELDS


def asked_where_missed(key: KeyComparison, reading: Reading) -> KeyComparison:
    """Return the question for what nobody typed and the machine did not find, once it understood the page.

    A machine that finds nothing proves no absence: a person looks and says that it stands there, types it, or rejects.
    """
    if key.verdict != NOT_FOUND or not key.is_must or not is_understood(reading):
        return key
    asked = replace(key, is_question=True)
    if asked.may_be_seen:
        sentence = _(
            "The machine did not find “%(key)s” on the page; %(wanted)s is expected. A person looks."
        )
    else:
        sentence = _("The machine did not find “%(key)s” on the page. A person looks and types it.")
    return replace(asked, sentence=sentence % {"key": _(key.key), "wanted": key.on_record})


def _on_the_page(
    sources: Sources, base: KeyComparison, found: ReadField, same: Likeness, wanted: str
) -> KeyComparison:
    likeness = _agreement(found, wanted, same) if wanted else ()
    typed_agrees = not base.typed.strip() or not wanted or same(base.typed, wanted) is not None
    if likeness is None and found.others and not (found.value and found.how != OCR):
        # where it can be read in two ways and the record has neither, the page contradicts it
        return _two_ways(base, found)
    if likeness is None:
        # the page says something else; typed as the record has it, a person decides which of the two is misread
        is_doubtful = bool(base.typed.strip()) and typed_agrees
        return replace(
            base,
            verdict=MISMATCH,
            is_question=is_doubtful,
            sentence=_both(base) if is_doubtful else _read_differs(sources, base),
        )
    if not typed_agrees:
        return replace(base, verdict=MISMATCH, sentence=_both(base))
    if found.how == OCR:
        sentence = _("Page %(page)s seems to say %(words)s, read off a picture. A person looks.")
        return replace(
            base,
            verdict=STATED_ONLY,
            is_question=True,
            sentence=sentence % {"page": base.page, "words": base.read},
        )
    if likeness:
        return replace(base, verdict=NORMALISED, sentence=_looked_past(base.read, base.on_record, likeness))
    return replace(base, verdict=MATCH)


def _two_ways(base: KeyComparison, found: ReadField) -> KeyComparison:
    sentence = _("Page %(page)s says %(words)s, which can be %(ways)s. Type the one it means.")
    ways = _(" or ").join(found.others)
    return replace(
        base,
        verdict=UNCLEAR,
        is_question=True,
        sentence=sentence % {"page": base.page, "words": base.read, "ways": ways},
    )


def _as_seen(judged: KeyComparison, sighting: Sighting | None) -> KeyComparison:
    """Return a key with the person who saw it; words typed anew since are not those that were seen."""
    if sighting is None or not judged.may_be_seen or sighting.words != judged.seeable:
        return judged
    sentence = _("%(by)s looked at the page and found %(words)s.")
    return replace(
        judged, seen_by=sighting.by, sentence=sentence % {"by": sighting.by, "words": sighting.words}
    )


def seen_by_field(sightings: Iterable[Sighting]) -> dict[str, Sighting]:
    """Return the last sighting of each field."""
    return {each.field: each for each in sightings}


def _absent(sources: Sources, base: KeyComparison) -> str:
    sentence = _("Certificate %(certificate)s names no %(key)s; %(subject)s needs %(wanted)s.")
    return sentence % {
        "certificate": sources.name,
        "key": _(base.key),
        "subject": sources.subject,
        "wanted": base.on_record or _("it"),
    }


def _typed_differs(sources: Sources, base: KeyComparison) -> str:
    sentence = _("Certificate %(certificate)s names %(key)s %(said)s; %(subject)s has %(wanted)s.")
    return sentence % {
        "certificate": sources.name,
        "key": _(base.key),
        "said": base.typed,
        "subject": sources.subject,
        "wanted": base.on_record or _("none"),
    }


def _read_differs(sources: Sources, base: KeyComparison) -> str:
    sentence = _(
        "Page %(page)s of certificate %(certificate)s says %(key)s %(said)s; %(subject)s has %(wanted)s."
    )
    return sentence % {
        "page": base.page,
        "certificate": sources.name,
        "key": _(base.key),
        "said": base.read,
        "subject": sources.subject,
        "wanted": base.on_record or _("none"),
    }


def _both(base: KeyComparison) -> str:
    sentence = _(
        "%(typed)s was typed as the %(key)s and page %(page)s says %(read)s. Look which of them is right."
    )
    return sentence % {"typed": base.typed, "key": _(base.key), "page": base.page, "read": base.read}


def _looked_past(said: str, wanted: str, likeness: tuple[str, ...]) -> str:
    sentence = _("Written %(said)s and %(wanted)s: the same but for %(what)s.")
    return sentence % {"said": said, "wanted": wanted, "what": ", ".join(likeness)}
