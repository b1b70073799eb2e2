"""Read, typed, expected: what follows from the three sources of one key. Nothing here touches a database."""

import pytest

from documents.domain.key_sources import Sighting, Sources, weigh
from documents.formats.paper import OCR, ReadField, Reading


def judged(typed="", read="", *, how="text", others=(), seen=None, wanted="PO-000041", **facts):
    found = (
        (ReadField("po_number", read, "" if others else read, 2, None, how, others=others),) if read else ()
    )
    sources = Sources("BW-1", "lot T-1", Reading(found=found, pages_read=2), seen or {})
    return weigh(sources, key="order", field="po_number", typed=typed, wanted=wanted, **facts)


@pytest.mark.parametrize(
    ("typed", "read", "how", "verdict", "stops", "asks"),
    [
        ("", "", "text", "not_found", True, False),
        ("", "PO-000041", "text", "match", False, False),
        ("PO-000041", "PO-000041", "text", "match", False, False),
        ("", "PO 000041", "text", "normalised", False, False),
        ("", "P0-OOO041", "text", "normalised", False, False),
        ("PO-000041", "", "text", "stated_only", False, True),
        ("PO-000042", "", "text", "mismatch", True, False),
        ("", "PO-000042", "text", "mismatch", True, False),
        # typed as we have it, while the page says something else: one of the two is wrong, and a person looks
        ("PO-000041", "PO-000042", "text", "mismatch", False, True),
        ("PO-000042", "PO-000041", "text", "mismatch", True, False),
        # off a picture: support, never proof
        ("", "PO-000041", OCR, "stated_only", False, True),
        ("PO-000041", "PO-000041", OCR, "stated_only", False, True),
        ("PO-000041", "PO-0000A1", OCR, "mismatch", False, True),
        ("", "PO-000041", "data", "match", False, False),
    ],
)
def test_three_sources_give_one_verdict(typed, read, how, verdict, stops, asks):
    key = judged(typed, read, how=how)
    assert (key.verdict, key.stops, key.asks) == (verdict, stops, asks)


def test_words_and_page_are_named():
    assert judged("", "PO-000042").sentence == (
        "Page 2 of certificate BW-1 says order PO-000042; lot T-1 has PO-000041."
    )
    assert judged("PO-000041", "PO-000042").sentence == (
        "PO-000041 was typed as the order and page 2 says PO-000042. Look which of them is right."
    )
    assert judged("PO-000041").sentence == (
        "PO-000041 was typed as the order; the machine did not find it on the page. A person looks."
    )


UNDERSTOOD = Reading(
    found=tuple(ReadField(key, "x", "x", 1, None) for key in ("stated_number", "part_number", "quantity")),
    pages_read=1,
)


def missed(field, *, reading=UNDERSTOOD, seen=None, typed="", **facts):
    sources = Sources("BW-1", "lot T-1", reading, seen or {})
    return weigh(sources, key="key", field=field, typed=typed, wanted="F", **facts)


def test_what_was_missed_on_a_page_the_machine_understood_asks_a_person():
    key = missed("spec_revision")
    assert (key.verdict, key.stops, key.asks, key.is_missed) == ("not_found", False, True, True)
    assert key.sentence == "The machine did not find “key” on the page; F is expected. A person looks."


@pytest.mark.parametrize("reading", [Reading(), Reading(found=UNDERSTOOD.found[:2], pages_read=1)])
def test_on_a_page_the_machine_did_not_understand_nothing_counts_as_missed(reading):
    key = missed("spec_revision", reading=reading)
    assert (key.verdict, key.stops, key.asks) == ("not_found", True, False)


def test_who_found_what_was_missed_found_the_words_of_the_record():
    assert missed("spec_revision").seeable == "F"
    key = missed("spec_revision", seen={"spec_revision": Sighting("spec_revision", "F", "Amara Nwosu")})
    assert (key.stops, key.asks, key.sentence) == (
        False,
        False,
        "Amara Nwosu looked at the page and found F.",
    )
    # the order was changed since: what was seen then is not what is expected now
    other = missed("spec_revision", seen={"spec_revision": Sighting("spec_revision", "E", "Amara Nwosu")})
    assert other.asks


@pytest.mark.parametrize("field", ["stated_number", "stated_on", "signed_name", "quantity"])
def test_what_only_the_page_can_say_is_typed_and_not_confirmed(field):
    names = ("po_number", "part_number", "spec_number")
    reading = Reading(found=tuple(ReadField(name, "x", "x", 1, None) for name in names), pages_read=1)
    key = missed(field, reading=reading, is_presence=True, show="must be there", is_must=True)
    assert (key.asks, key.may_be_seen, key.is_to_be_typed) == (True, False, True)
    assert key.sentence == "The machine did not find “key” on the page. A person looks and types it."


def test_what_nobody_asks_for_is_no_question_where_it_is_missed():
    assert not missed("spec_revision", is_must=False).is_question


def test_what_was_looked_past_is_shown():
    assert judged("", "po 000041").sentence == (
        "Written po 000041 and PO-000041: the same but for spacing or hyphens, capital letters."
    )


def test_somebody_who_looked_answers_the_question():
    seen = {"po_number": Sighting("po_number", "PO-000041", "Ana Ruiz")}
    key = judged("PO-000041", seen=seen)
    assert (key.verdict, key.asks, key.seen_by) == ("stated_only", False, "Ana Ruiz")


def test_words_typed_anew_are_not_those_that_were_seen():
    seen = {"po_number": Sighting("po_number", "PO-000040", "Ana Ruiz")}
    assert judged("PO-000041", seen=seen).asks is True


def test_looking_does_not_heal_a_mismatch():
    seen = {"po_number": Sighting("po_number", "PO-000042", "Ana Ruiz")}
    assert judged("PO-000042", seen=seen).stops is True


def test_a_day_with_two_readings_is_asked_and_never_guessed():
    ways = ("3 Apr 2026", "4 Mar 2026")
    unclear = judged("", "03/04/26", others=ways, wanted="", show="must be there", is_presence=True)
    assert (unclear.verdict, unclear.may_be_seen) == ("unclear", False)
    assert unclear.sentence == (
        "Page 2 says 03/04/26, which can be 3 Apr 2026 or 4 Mar 2026. Type the one it means."
    )
    typed = judged("4 Mar 2026", "03/04/26", others=ways, wanted="", show="must be there", is_presence=True)
    assert typed.verdict == "match"


def test_of_many_orders_on_one_page_ours_counts():
    found = tuple(ReadField("po_number", words, words, 1, None) for words in ("PO-000007", "PO-000041"))
    sources = Sources("BW-1", "lot T-1", Reading(found=found))
    key = weigh(sources, key="order", field="po_number", typed="", wanted="PO-000041")
    assert (key.verdict, key.read) == ("match", "PO-000041")


def test_decided_certificates_are_compared_by_what_was_typed():
    key = weigh(
        Sources("BW-1", "lot T-1"), key="order", field="po_number", typed="po 000041", wanted="PO-000041"
    )
    assert key.verdict == "normalised"
