"""The Chinese letters the papers use, collected from where they are written."""

from __future__ import annotations

from pathlib import Path

SOURCES = (
    "trade.py",
    "composed_letters.py",
    "composed_words.py",
    *sorted(each.name for each in Path(__file__).parent.glob("*_layouts*.py")),
)


def is_han(letter: str) -> bool:
    return ord(letter) > 0x2E7F


LETTERS = "年月日" + "".join(
    sorted(
        {
            letter
            for name in SOURCES
            for letter in Path(__file__).with_name(name).read_text(encoding="utf-8")
            if is_han(letter)
        }
    )
)
