"""The same manifest gives the same bytes in another process, another checkout, another place and language."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from documents.package.renderer import versions

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("portal", "routes", "subcontract", "inspection", "documents", "templates", "tests/documents/package")
DRAW = """
import hashlib
from documents.package.assembly import render_package
from tests.documents.package import sample
print(hashlib.sha256(render_package(sample.sample_manifest(), sample.originals())).hexdigest())
"""


def test_another_checkout_process_seed_zone_and_language_give_the_same_bytes(package_bytes, tmp_path):
    for room in ROOMS:
        shutil.copytree(
            ROOT / room, tmp_path / "checkout" / room, ignore=shutil.ignore_patterns("__pycache__", "static")
        )
    elsewhere = {
        "PYTHONPATH": str(tmp_path / "checkout"),
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "de_DE.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=tmp_path,
        env=os.environ | elsewhere,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stderr, done.stdout.strip()) == ("", hashlib.sha256(package_bytes).hexdigest())


def test_the_versions_name_whatever_shapes_a_byte():
    assert set(versions()) == {
        "weasyprint", "pydyf", "pango", "fonttools", "pikepdf", "qpdf", "pypdfium2", "pdfium", "pillow", "zlib",
        "fonts",
    }  # fmt: skip
    assert all(versions().values())
