"""The page that verifies says of every vector what the program says; it was written apart from it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from documents import verify_package as verifier
from tests.documents.verifier.mutations import mutations
from tests.documents.verifier.small_log import SmallPackage, small_package

VECTORS = 560
PAGE = Path(verifier.__file__).with_suffix(".html")
JUDGE = """async ([vectors, key, certificate]) => {
  const verdicts = [];
  for (const vector of vectors) {
    const report = await verifyZip(latin(atob(vector)), [key], [certificate]);
    verdicts.push(report.faults.map((fault) => fault.code).join(" "));
  }
  return verdicts;
}"""
BY_HAND = """async ([key, message, signature]) =>
  [await ed25519ByHand(latin(atob(key)), utf8(message), latin(atob(signature))),
   await ed25519ByHand(latin(atob(key)), utf8(message + " "), latin(atob(signature)))]"""

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser) -> Page:
    """Open the page from its file, as from a USB stick."""
    opened = chromium.new_page()
    opened.goto(PAGE.as_uri())
    return opened


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> SmallPackage:
    return small_package(tmp_path_factory.mktemp("package"))


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def test_page_and_program_agree_on_every_vector(page: Page, package, tmp_path):
    vectors = [("genuine", package.zip), *mutations(package, tmp_path / "others", VECTORS)]
    trusted = {"keys": [package.log.vkey], "certificates": [package.fingerprint]}
    by_program = [" ".join(verifier.verify_zip(content, **trusted).codes) for _, content in vectors]
    sent = [text(content) for _, content in vectors]
    by_page = page.evaluate(JUDGE, [sent, package.log.vkey, package.fingerprint])
    told = zip(vectors, by_program, by_page, strict=True)
    assert [(name, one, two) for (name, _), one, two in told if one != two] == []
    assert [name for (name, _), verdict in zip(vectors, by_page, strict=True) if not verdict] == ["genuine"]


def test_a_browser_without_ed25519_verifies_by_arithmetic(page: Page, package):
    note, _, line = package.log.checkpoint().rstrip("\n").rpartition("\n\n")
    signature = base64.b64decode(line.split()[-1])[4:]
    sent = [text(package.log.public[1:]), note + "\n", text(signature)]
    assert page.evaluate(BY_HAND, sent) == [True, False]


def test_a_person_chooses_a_file_and_reads_the_verdict(page: Page, package, tmp_path):
    path = tmp_path / "P-000007-1.zip"
    path.write_bytes(package.zip)
    page.get_by_label("Key of the log you trust").fill(package.log.vkey)
    page.get_by_label("The package, as it came").set_input_files(path)
    page.get_by_text("P-000007-1.zip agrees with itself.").wait_for()
    page.get_by_label("sha256 of the seal’s certificate you trust").fill(package.fingerprint)
    page.get_by_label("The package, as it came").set_input_files([])
    page.get_by_label("The package, as it came").set_input_files(path)
    page.get_by_text("P-000007-1.zip holds.").wait_for()
    path.write_bytes(package.zip[:-1])
    page.get_by_label("The package, as it came").set_input_files([])
    page.get_by_label("The package, as it came").set_input_files(path)
    page.get_by_text("P-000007-1.zip does NOT hold.").wait_for()
