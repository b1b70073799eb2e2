"""The translations vendors read: complete, with every placeholder, compiled as they stand."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest
from django.conf import settings

from portal import catalogues

FOLDERS = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))


def test_every_language_but_english_has_a_catalogue():
    assert [path.parts[-3] for path in FOLDERS] == ["de", "es", "zh_Hans"]


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.parts[-3])
def test_every_sentence_is_translated(path):
    assert [each.msgid for each in catalogues.read(path)[1:] if not each.is_translated] == []


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.parts[-3])
def test_every_translation_fills_in_the_same(path):
    differing = []
    for each in catalogues.read(path)[1:]:
        wanted = catalogues.placeholders(each.msgid + each.plural)
        differing += [
            (each.msgid, form)
            for form in each.forms
            # one piece may be written as a word, so a form of few may leave its number out
            if not set(catalogues.placeholders(form)) <= set(wanted)
            or (form == each.forms[-1] and catalogues.placeholders(form) != wanted)
        ]
    assert differing == []


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.parts[-3])
def test_what_is_compiled_is_what_is_written(path):
    entries = catalogues.read(path)
    kept = path.with_suffix(".mo").read_bytes()
    assert kept == catalogues.compiled(entries), "Run `make messages`."
    assert gettext.GNUTranslations(io.BytesIO(kept)).gettext("Sign out") == next(
        each.forms[0] for each in entries if each.msgid == "Sign out"
    )


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.parts[-3])
def test_all_catalogues_hold_the_same_sentences(path):
    first = {(each.context, each.msgid, each.plural) for each in catalogues.read(FOLDERS[0])}
    assert {(each.context, each.msgid, each.plural) for each in catalogues.read(path)} == first


def test_a_sentence_not_translated_is_left_out_of_what_is_compiled():
    entries = [
        catalogues.Entry(msgid="", forms=["Content-Type: text/plain; charset=UTF-8\n"]),
        catalogues.Entry(msgid="Ship", forms=["Senden"]),
        catalogues.Entry(msgid="Guess", forms=["Raten"], is_fuzzy=True),
        catalogues.Entry(msgid="%(n)s piece", plural="%(n)s pieces", forms=["%(n)s Teil", "%(n)s Teile"]),
    ]
    read_back = gettext.GNUTranslations(io.BytesIO(catalogues.compiled(entries)))
    assert [read_back.gettext(word) for word in ("Ship", "Guess")] == ["Senden", "Guess"]
    assert [read_back.ngettext("%(n)s piece", "%(n)s pieces", n) for n in (1, 2)] == [
        "%(n)s Teil",
        "%(n)s Teile",
    ]
