"""The page that verifies says of every vector what the program says; it was written apart from it."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from documents import verify_package as verifier
from tests.documents.verifier.attacks import attacks
from tests.documents.verifier.mutations import mutations
from tests.documents.verifier.small_log import SmallLog, SmallPackage, small_package

VECTORS = 560
PAGE = Path(verifier.__file__).with_suffix(".html")
JUDGE = """async ([vectors, key, certificate]) => {
  const verdicts = [];
  for (const vector of vectors) {
    const report = await verifyZip(latin(atob(vector)), { keys: [key], certificates: [certificate] });
    verdicts.push(report.faults.map((fault) => fault.code).join(" "));
  }
  return verdicts;
}"""
ATTACKED = """async (attacks) => {
  const verdicts = [];
  for (const [content, key, certificate, file, wanted] of attacks) {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    const report = await verifyZip(bytes, { keys: [key], certificates: [certificate], file, wanted });
    verdicts.push(report.faults.map((fault) => fault.code).join(" "));
  }
  return verdicts;
}"""
REMEMBERED = """async ([zips, newer, key]) => {
  const memory = {}, said = [];
  for (const [at, zip] of zips.entries()) {
    const proof = newer[at] ? latin(atob(newer[at])) : null;
    const report = await verifyZip(latin(atob(zip)), { keys: [key], memory, newer: proof });
    said.push([report.faults.map((fault) => fault.code).join(" "), report.asks]);
  }
  return [said, writeJson(memory)];
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


def test_page_and_program_agree_on_every_attack(page: Page, tmp_path):
    known = list(attacks(tmp_path / "attacks"))
    sent = [
        [
            text(each.content),
            each.trusted.log.vkey,
            each.trusted.fingerprint,
            Path(each.path).name,
            each.wanted,
        ]
        for each in known
    ]
    by_page = page.evaluate(ATTACKED, sent)
    told = [(each.name, verdict, " ".join(each.codes)) for each, verdict in zip(known, by_page, strict=True)]
    assert [each for each in told if each[1] != each[2]] == []
    assert len(known) > 60


def test_page_remembers_what_the_program_remembers(page: Page, package, tmp_path):
    log = SmallLog(entries=list(package.log.entries))
    linked = small_package(tmp_path, key=package.key, log=log, number="P-000008-1", earlier=(7,))
    silent = small_package(tmp_path, key=package.key, log=log, number="P-000009-1", earlier=())
    forked = SmallLog(entries=[b"other", *package.log.entries[1:]])
    forged = small_package(tmp_path, key=package.key, log=forked, number="P-000009-1", earlier=(7,))
    steps = [
        (package.zip, b""),
        (linked.zip, b""),
        (silent.zip, b""),
        (silent.zip, log.consistency_text(7)),
        (silent.zip, b""),
        (forged.zip, b""),
    ]
    memory: dict = {}
    by_program = []
    for content, newer in steps:
        report = verifier.verify_zip(content, keys=[package.log.vkey], memory=memory, newer=newer)
        by_program.append([" ".join(report.codes), report.is_linked])
    sent = [[text(content) for content, _ in steps], [text(newer) for _, newer in steps], package.log.vkey]
    said, kept = page.evaluate(REMEMBERED, sent)
    assert [[codes, not asks] for codes, asks in said] == by_program
    assert [asks for _, asks in said if asks] == ["/log/consistency/14/21/proof/"]
    assert json.loads(kept) == memory
    assert by_program[-1] == ["rewritten", True]


def test_a_pdf_of_a_stranger_does_not_hold_by_the_key_and_certificate_of_the_shop(
    page: Page, package, tmp_path
):
    stranger = small_package(tmp_path)
    path = tmp_path / "P-000007-1.pdf"
    path.write_bytes(stranger.pdf)
    page.get_by_label("Key of the log you trust").fill(package.log.vkey)
    page.get_by_label("sha256 of the seal’s certificate you trust").fill(package.fingerprint)
    page.get_by_label("The package, as it came").set_input_files(path)
    page.get_by_text("The package does NOT hold.").wait_for()
    path.write_bytes(package.pdf)
    page.get_by_label("The package, as it came").set_input_files([])
    page.get_by_label("The package, as it came").set_input_files(path)
    page.get_by_text("The seal of P-000007-1 holds.").wait_for()


def test_a_person_keeps_what_was_seen_and_gives_it_the_next_time(page: Page, package, tmp_path):
    path = tmp_path / "P-000007-1.zip"
    path.write_bytes(package.zip)
    page.get_by_label("sha256 of the seal’s certificate you trust").fill(package.fingerprint)
    page.get_by_label("The package, as it came").set_input_files(path)
    page.get_by_text("P-000007-1 agrees with itself.").wait_for()
    assert page.get_by_role("link", name="Keep what was seen").count() == 0
    page.get_by_label("Key of the log you trust").fill(package.log.vkey)
    page.get_by_label("Package you expect").fill("P-000007-1")
    page.get_by_label("Package you expect").press("Tab")
    page.get_by_text("P-000007-1 holds.").wait_for()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Keep what was seen").click()
    memory = tmp_path / "seen.json"
    kept.value.save_as(memory)
    forked = SmallLog(entries=[b"other", *package.log.entries[1:]])
    path.write_bytes(small_package(tmp_path, key=package.key, log=forked, earlier=(7,)).zip)
    page.get_by_text("Has the log been rewritten").click()
    page.get_by_label("What you saw before").set_input_files(memory)
    page.get_by_label("The package, as it came").set_input_files([])
    page.get_by_label("The package, as it came").set_input_files(path)
    page.get_by_text("its history was rewritten").wait_for()
    assert page.get_by_role("status").text_content() == "The package does NOT hold. Do not rely on it."


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
    page.get_by_text("P-000007-1 agrees with itself.").wait_for()
    page.get_by_label("sha256 of the seal’s certificate you trust").fill(package.fingerprint)
    page.get_by_label("The package, as it came").set_input_files([])
    page.get_by_label("The package, as it came").set_input_files(path)
    page.get_by_text("P-000007-1 holds.").wait_for()
    path.write_bytes(package.zip[:-1])
    page.get_by_label("The package, as it came").set_input_files([])
    page.get_by_label("The package, as it came").set_input_files(path)
    page.get_by_text("The package does NOT hold.").wait_for()
