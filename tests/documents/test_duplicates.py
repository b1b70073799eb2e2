"""The same paper for other pieces: a question where the file is the same, a stop where the page is."""

import io

import pikepdf
import pytest

from documents.domain import certificates, decisions
from documents.domain.duplicates import QUESTION, STOP, copies_of, reuses_of
from documents.views.file_words import file_facts
from tests.factories.certificates import accept, make_process_certificate
from tests.factories.inspection import make_lot


def page(text: str, title: str = "") -> bytes:
    """Return one page that shows a bar as long as its text; the title changes the bytes, not the look."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    drawn = f"0 g 60 700 {10 * len(text)} 20 re f".encode()
    document.pages[0].Contents = pikepdf.Stream(document, drawn)
    document.docinfo["/Title"] = title or text
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def offered(cast, content: bytes, **fields):
    return make_process_certificate(cast, lot=make_lot(cast, at=50), content=content, **fields)


def test_the_same_page_for_another_lot_stops_and_another_page_asks(cast):
    content = page("one")
    first, second = offered(cast, content), offered(cast, content)
    [reuse] = reuses_of(second)
    lot = first.coverages.get().traveler.number
    assert (reuse.certificate, reuse.weight, reuse.page, reuse.is_same_file) == (first, STOP, 1, True)
    assert reuse.sentence == (
        f"Page 1 is certificate {first.number} for lot {lot}, too. One page proves one thing: reject one of the two, "
        "or cover everything with one certificate."
    )
    first.coverages.all().delete()
    [reuse] = reuses_of(second)
    assert (reuse.weight, reuse.sentence) == (
        QUESTION,
        f"The same file was brought in as certificate {first.number} for nothing yet. Say why it also counts here.",
    )


def test_a_copy_saved_anew_is_known_by_its_look(cast):
    first = offered(cast, page("paper", "first"), stated_number="BW-1", at="accepted")
    copy = offered(cast, page("paper", "saved anew"), stated_number="bw-1")
    other = offered(cast, page("other paper"), stated_number="BW-1")
    assert (reuses_of(copy), copies_of(other)) == ([], [])
    [reuse] = copies_of(copy)
    assert (reuse.certificate, reuse.weight, reuse.is_same_file) == (first, STOP, False)
    # the number tells it first: the same one of the same issuer says something else
    with pytest.raises(decisions.CertificateDoesNotMatch) as refusal:
        accept(cast, copy, reason="One paper for both.")
    assert f"came before as {first.number}" in refusal.value.sentence


def test_signatures_and_files_inside_are_told_of_a_certificate(cast, shared_data):
    folder = shared_data / "pdf-robustness/files"
    told = {}
    for name in (
        "signed__pyHanko__sig-no-signed-attrs.pdf",
        "embedded_file__veraPDF-corpus__TWG_test_suite_A027-pdfa3-fail-b.pdf",
    ):
        content = (folder / name).read_bytes()
        brought = certificates.upload(by=cast.inspector, content=content, name=name, kind="material")
        told[name.partition("__")[0]] = [
            (row["label"], row["value"], str(row["note"])) for row in file_facts(brought)
        ]
    [(label, value, note)] = told["signed"]
    assert (label, note) == ("Digital signature", "Unchanged since it was signed")
    assert value.endswith(", as the file says")
    [(label, value, note)] = told["embedded_file"]
    assert (label, value) == ("File inside", "ChartDiagram.csv")
    assert note.startswith("a CSV table, ")
    assert note.endswith(" bytes; not taken over")
