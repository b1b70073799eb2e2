"""Sentences of the child process, in the language of whoever sent the file."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.utils import translation

from portal.domain.file_words import KINDS, in_readers_words
from portal.domain.files import FileRefused, take_in
from portal.intake.child import FAILURES
from portal.intake.look import look_at
from portal.intake.media import KIND_WORDS, PDF, PNG


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return packed.getvalue()


def test_what_is_wrong_with_a_file_is_said_in_the_readers_language():
    (problem,) = look_at(b"", name="BA 1.pdf").problems
    with translation.override("de"):
        assert in_readers_words(problem) == (
            "Die Datei ist leer. Prüfen Sie, ob Export oder Scan abgeschlossen ist, und senden Sie sie erneut."
        )
    assert in_readers_words(problem) == problem


def test_figures_and_kinds_are_filled_in_again():
    with translation.override("zh-hans"):
        assert in_readers_words("The PDF has 4,000 pages; at most 2,000 are taken. Split it.") == (
            "PDF 有 4,000 页；最多 2,000 页。请拆分。"
        )
        sentence = (
            "The file is named like a PDF, but its content is a web page. "
            "Export the document in the kind its name says and send that."
        )
        assert in_readers_words(sentence) == "文件名为PDF，但内容是网页。请按其名称所示的类型导出后发送。"


def test_a_sentence_nobody_knows_stays_as_it_is():
    with translation.override("es"):
        assert in_readers_words("Something else.") == "Something else."


@pytest.mark.parametrize("sentence", FAILURES.values())
def test_every_wall_a_child_runs_into_is_known(sentence):
    with translation.override("es"):
        assert in_readers_words(sentence) != sentence


def test_every_kind_of_file_is_known():
    assert sorted({*KIND_WORDS.values()} - {*KINDS}) == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "BA 1.docx",
            zipped("word/document.xml"),
            "Die Datei ist ein Word-Dokument; das gilt nicht als Nachweis",
        ),
        ("BA 1", b"MZ" + bytes(200), "Die Datei ist ein Computerprogramm; das gilt nicht als Nachweis"),
        ("BA 1.pdf", zipped("word/document.xml", "xl/workbook.xml"), "ihr Inhalt ist aber ein Word-Dokument"),
        ("BA 1.txt", b"hello", "BA 1.txt ist reiner Text; hier wird angenommen: ein PDF, ein PNG-Bild."),
    ],
)
def test_a_refusal_names_the_kind_of_file_as_people_do(cast, name, content, sentence):
    with translation.override("de"), pytest.raises(FileRefused) as refusal:
        take_in(content=content, name=name, by=cast.vendor, allowed=(PDF, PNG))
    assert sentence in refusal.value.sentence
    assert "/" not in refusal.value.sentence
