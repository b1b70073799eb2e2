"""What a certificate must be in itself, and against the days and numbers of the order. Pure: no record is read.

Each function is one question over what was read; it returns the keys it has something to say about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.domain.chain.lot_facts import CertificateFacts
from documents.domain.key_verdicts import MATCH, MISMATCH, NORMALISED, NOT_FOUND, KeyComparison
from documents.domain.likeness import alike, whole_number
from documents.formats.conforming import says_conforming
from documents.formats.paper import OCR, TEXT, ReadField, Reading

DAY_FIELDS = ("stated_on", "process_from", "process_to")

# statements that promise nothing; found in any of the languages we read
VAGUE = re.compile(
    r"best of (?:our|my|its) knowledge|to our knowledge|believed to|(?:processed|made|manufactured|done) (?:as )?per"
    r" (?:the )?(?:print|drawing|customer (?:print|request|requirements?))\b|no (?:warranty|liability)"
    r"|without (?:any )?(?:warranty|liability|guarantee)|for information only|not responsible|not (?:be )?guaranteed"
    r"|we (?:believe|trust|hope)\b|typical (?:values|of)|to the best of|as far as we know|no guarantee"
    r"|\b(?:wir hoffen|hoffen wir|esperamos|confiamos)\b|(?:usual|normal|good) (?:shop|commercial|standard) practice"
    r"|branchenüblich|práctica habitual"
    r"|nach bestem wissen|ohne gew[äa]hr|nur zur information|unverbindlich|nach (?:unserem|unserer) (?:wissen|kenntnis)"
    r"|zeichnungsgem[äa](?:ß|ss) gefertigt|gem[äa](?:ß|ss) (?:kundenwunsch|zeichnung) bearbeitet"
    r"|leal saber|mejor de nuestro conocimiento|mejor entender|a nuestro (?:leal )?saber|de acuerdo (?:al|con el) plano"
    r"|sin garant[íi]a|a t[íi]tulo informativo|procesad[oa]s? seg[úu]n plano"
    r"|据我们所知|就我们所知|尽我们所知|仅供参考|不承担(?:任何)?责任|按图(?:纸)?(?:加工|生产)|不作(?:任何)?保证",
    re.IGNORECASE,
)
PAGE_OF = re.compile(r"(\d{1,3})\D{1,12}(\d{1,3})")


def day_in_words(day: date | None) -> str:
    return f"{day:%-d %b %Y}" if day else ""


def day_of(text: str) -> date | None:
    """Return the day an ISO text names, or one written as ours are; nothing for any other text."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        pass
    try:
        return datetime.strptime(text.strip(), "%d %b %Y").date()
    except ValueError:
        return None


def with_days_in_words(reading: Reading) -> Reading:
    """Return a reading whose days are written as ours are, so that both sides of a comparison look alike."""

    def worded(found: ReadField) -> ReadField:
        if found.key not in DAY_FIELDS:
            return found
        ways = tuple(day_in_words(day_of(way)) or way for way in found.others)
        return replace(found, value=day_in_words(day_of(found.value)) or found.value, others=ways)

    return replace(reading, found=tuple(worded(each) for each in reading.found))


def filled(paper: CertificateFacts, reading: Reading | None) -> CertificateFacts:
    """Return the typed fields with what was read plainly where nothing was typed; a picture fills nothing."""
    if reading is None:
        return paper
    given = {}
    for field in (*DAY_FIELDS, "quantity"):
        found = reading.first(field)
        if getattr(paper, field) is None and found is not None and found.how != OCR:
            given[field] = whole_number(found.value) if field == "quantity" else day_of(found.value)
    return replace(paper, **given)


def days_in_order(
    paper: CertificateFacts,
    *,
    ordered_on: date | None = None,
    shipped_on: date | None = None,
    received_on: date | None = None,
) -> list[KeyComparison]:
    """Say which two days cannot both be true: ordered, shipped, processed, certified, received.

    Days are those printed or written down where the work was done; none is moved into another time zone.
    """
    first, last = paper.process_from or paper.process_to, paper.process_to or paper.process_from
    chains = (
        ((_("ordered"), ordered_on), (_("shipped"), shipped_on), (_("processed from"), first)),
        ((_("processed from"), first), (_("processed until"), last)),
        ((_("processed until"), last), (_("certified"), paper.stated_on)),
        ((_("shipped"), shipped_on), (_("certified"), paper.stated_on)),
        ((_("processed until"), last), (_("received"), received_on)),
    )  # fmt: skip
    found = []
    for chain in chains:
        known = [(words, day) for words, day in chain if day]
        for (before, earlier), (after, later) in zip(known, known[1:], strict=False):
            if later < earlier:
                sentence = _("%(after)s %(later)s is before %(before)s %(earlier)s.") % {
                    "after": after.capitalize(), "later": day_in_words(later), "before": before,
                    "earlier": day_in_words(earlier),
                }  # fmt: skip
                found.append(
                    KeyComparison(
                        "process dates", day_in_words(later), day_in_words(earlier), MISMATCH, sentence
                    )
                )
    return found[:1]


def lot(reading: Reading, wanted: str, others: Iterable[str] = ()) -> list[KeyComparison]:
    """Compare the lot the page names with ours; a number of another shape is the issuer's own.

    A number that looks like ours and is another one says that the page was made for other pieces.
    """
    if not wanted:
        return []
    named = [each for field in ("lot_number", "identifier") for each in reading.of(field)]
    for each in named:
        if any(alike(each.value or each.words, ours) is not None for ours in (wanted, *others)):
            return [_of("lot", each, wanted, MATCH)]
    ours = [each for each in named if _shape(each.value or each.words) == _shape(wanted)]
    if not ours:
        sentence = _("The page does not name our lot %(lot)s.") % {"lot": wanted}
        return [KeyComparison("lot", "", wanted, NOT_FOUND, sentence, is_must=False)]
    sentence = _("Page %(page)s claims lot %(said)s; it was sent for lot %(lot)s.")
    words = {"page": ours[0].page, "said": ours[0].value or ours[0].words, "lot": wanted}
    return [_of("lot", ours[0], wanted, MISMATCH, sentence % words)]


def _shape(text: str) -> str:
    """Return letters as A and digits as 9, ends of child lots left out: T-000312/1 looks like T-000047."""
    plain = re.sub(r"(/\d+)+$", "", unicodedata.normalize("NFKC", text).strip().upper())
    return re.sub(r"[A-Z]", "A", re.sub(r"\d", "9", re.sub(r"[\s\-]", "", plain)))


# a word that names the heat of a metal; a charge is as often the load of a furnace or a bath
_OF_A_HEAT = re.compile(r"heat(?!.{0,3}treat)|schmelz|colada|炉(?!子)", re.IGNORECASE)
SHORTEST_HEAT = 4


def heat(reading: Reading, wanted: str, lots: Iterable[str] = ()) -> list[KeyComparison]:
    """Compare the heat a processor names with that of our lot; it need not name one.

    lots  our numbers of the pieces: a processor that writes one of them at such a word names no heat
    """
    labelled = [each for each in reading.of("identifier") if "lot" not in each.label.casefold()]
    if not wanted or not labelled:
        return []
    for each in labelled:
        if (likeness := alike(each.value or each.words, wanted)) is not None:
            return [_of("heat", each, wanted, NORMALISED if likeness else MATCH)]
    lots = list(lots)
    named = [
        each
        for each in labelled
        if _OF_A_HEAT.search(each.label)
        and len(re.sub(r"\W", "", each.value)) >= SHORTEST_HEAT
        and all(alike(each.value, lot) is None for lot in lots)
    ]
    if not named:
        return []
    sentence = _("Page %(page)s names heat %(said)s; our lot was made from %(heat)s.")
    words = {"page": named[0].page, "said": named[0].value or named[0].words, "heat": wanted}
    return [_of("heat", named[0], wanted, MISMATCH, sentence % words)]


def serials(reading: Reading, wanted: Iterable[str]) -> list[KeyComparison]:
    """Compare the serial numbers the page names with those that were sent."""
    sent = list(wanted)
    found = list(reading.of("serials"))
    if not sent or not found:
        return []
    said = [piece for each in found for piece in spread(each.value or each.words)]
    missing = [each for each in sent if all(alike(piece, each) is None for piece in said)]
    if not missing:
        return [_of("serials", found[0], ", ".join(sent), MATCH)]
    sentence = _("The page does not name serial %(serials)s.") % {"serials": ", ".join(missing)}
    return [_of("serials", found[0], ", ".join(sent), MISMATCH, sentence)]


def spread(text: str) -> list[str]:
    """Return the serial numbers of a list, ranges spread out: "001-003, 007"."""
    pieces = []
    for part in re.split(r"[,;\s]+(?![-–])|、", unicodedata.normalize("NFKC", text)):
        ends = re.fullmatch(r"(\D*)(\d+)\s*(?:-|–|to|bis|至)\s*(\D*)(\d+)", part.strip())
        if ends and ends[3] in ("", ends[1]) and 0 <= int(ends[4]) - int(ends[2]) < 1000:
            width = len(ends[2])
            pieces += [f"{ends[1]}{number:0{width}}" for number in range(int(ends[2]), int(ends[4]) + 1)]
        elif part.strip():
            pieces.append(part.strip())
    return pieces


def signer(reading: Reading) -> list[KeyComparison]:
    """Ask for the title of who signed and for the mark of a signature."""
    return [
        _present(
            reading, "title of the signer", "signed_title", _("The page gives no title of who signed it.")
        ),
        _present(reading, "signature", "signature_mark", _("No signature or stamp is seen on the page.")),
    ]


def _present(reading: Reading, key: str, field: str, absent: str) -> KeyComparison:
    found = reading.first(field)
    if found is None:
        return KeyComparison(key, "", _("must be there"), NOT_FOUND, absent, is_must=False, field=field)
    return _of(key, found, _("must be there"), MATCH)


def pages(reading: Reading, in_file: int = 0) -> list[KeyComparison]:
    """Ask for every page: "page 1 of 3" promises three.

    Units:   `in_file` pages the certificate has here, as many as were read when it is not given.
    """
    told = [(each, pair) for each in reading.of("page_of") if (pair := _page_of(each))]
    if not told:
        return []
    promised = max(of for _each, (_page, of) in told)
    here = in_file or reading.pages_read or max(page for _each, (page, _last) in told)
    numbers = {page for _each, (page, _last) in told}
    first = told[0][0]
    missing = sorted(set(range(1, promised + 1)) - numbers)
    expected = ngettext("%(count)s page", "%(count)s pages", promised) % {"count": promised}
    if here >= promised or not missing:
        return [_of("pages", first, expected, MATCH)]
    sentence = _("Page %(page)s says %(words)s; %(here)s of %(promised)s pages are here. Send every page.") % {
        "page": first.page, "words": first.words, "here": here, "promised": promised,
    }  # fmt: skip
    return [_of("pages", first, expected, MISMATCH, sentence)]


def _page_of(found: ReadField) -> tuple[int, int] | None:
    for text in (found.value, found.words):
        numbers = PAGE_OF.search(unicodedata.normalize("NFKC", text))
        if numbers and 1 <= int(numbers[1]) <= int(numbers[2]):
            return int(numbers[1]), int(numbers[2])
    return None


def statement(reading: Reading) -> list[KeyComparison]:
    """Ask for a statement that says what it stands for; a blanket disclaimer is none.

    Source:  vague forms ("processed per print", "best of our knowledge") are rejected.
    """
    found = list(reading.of("statement"))
    for each in found:
        if vague := VAGUE.search(unicodedata.normalize("NFC", each.words or each.value)):
            sentence = _(
                'Page %(page)s says "%(words)s", which certifies nothing. State conformity without it.'
            )
            words = {"page": each.page, "words": vague[0]}
            return [_of("statement", each, _("a plain statement"), MISMATCH, sentence % words)]
    plain = next((each for each in found if says_conforming(each.words or each.value)), None)
    if plain:
        return [_of("statement", plain, _("a plain statement"), MATCH)]
    if found:
        sentence = _('Page %(page)s says "%(words)s", which does not say that the work conforms.')
        words = {"page": found[0].page, "words": found[0].words or found[0].value}
        return [_of("statement", found[0], _("a plain statement"), MISMATCH, sentence % words)]
    absent = _("No statement of conformity was found on the page.")
    return [KeyComparison("statement", "", _("a plain statement"), NOT_FOUND, absent, is_must=False)]


def reused(reading: Reading, used: Iterable[tuple[str, str]]) -> list[KeyComparison]:
    """Stop a number that was taken for other pieces: the same page cannot be for these, too."""
    found = reading.first("stated_number")
    for number, pieces in used:
        if found is not None and alike(found.value or found.words, number) is not None:
            sentence = _("Page %(page)s is certificate %(number)s, which was taken for %(pieces)s.")
            words = {"page": found.page, "number": number, "pieces": pieces}
            return [_of("same number", found, _("a number of its own"), MISMATCH, sentence % words)]
    return []


def language(reading: Reading, agreed: Iterable[str]) -> list[KeyComparison]:
    """Compare the language of the page with those agreed; one that could not be told is not asked."""
    known = [each.split("-")[0] for each in agreed]
    said = reading.language.split("-")[0].split("_")[0].casefold()
    if not said or said in known:
        return []
    sentence = _("The page is written in %(said)s; agreed are %(agreed)s.")
    words = {"said": said, "agreed": ", ".join(known)}
    return [KeyComparison("language", said, ", ".join(known), MISMATCH, sentence % words)]


def _of(key: str, found: ReadField, wanted: str, verdict: str, sentence: str = "") -> KeyComparison:
    """Return the verdict on one thing read; what contradicts stops, what a picture seems to say asks."""
    words = found.words.strip() or found.value
    return KeyComparison(
        key,
        words,
        wanted,
        verdict,
        sentence,
        is_must=verdict == MISMATCH,
        field=found.key,
        read=words,
        page=found.page,
        box=found.box,
        how=found.how or TEXT,
        is_question=verdict == MISMATCH and found.how == OCR,
    )
