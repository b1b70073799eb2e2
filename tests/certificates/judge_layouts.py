"""Layouts that judge a reader: none of their code, labels or words may be used to tune it.

One file: whoever tunes keeps away from all of it, which is plain only while it is one.
"""

from __future__ import annotations

from tests.certificates.layouts import JUDGE, Book

LAYOUTS = Book(JUDGE)
