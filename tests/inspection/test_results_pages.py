"""Importing a result file on pages: looked at first, asked about, kept whole or not at all."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from inspection.models import InspectionRecord
from portal.models import StoredFile
from tests.factories.inspection import make_final_inspection
from tests.factories.result_files import make_qif
from tests.factories.routes import make_gauge, today
from tests.routes.examples import PDF

ITEMS = {"81": "BORE", "82": "LENGTH"}
GOOD = [("81", "10.02", "PASS"), ("82", "80.03", "PASS")]


@pytest.fixture
def record(cast) -> InspectionRecord:
    """An open final inspection of three serialised pieces: bore 10 ± 0.1, length 80 ± 0.1."""
    return make_final_inspection(cast, quantity=3, is_serialized=True)


@pytest.fixture
def inspector(sign_in, cast):
    return sign_in(cast.inspector)


def look(client, record, content: bytes, name: str = "final.qif"):
    """Send a file to the first page and return the answer of the second."""
    address = reverse("inspection:results-preview", args=[record.number])
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def sent_by(answer, **changes) -> dict[str, str]:
    """Return what a browser would send of the form that is shown."""
    form = answer.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | changes


def confirm(client, record, answer, **changes):
    address = reverse("inspection:results-import", args=[record.number])
    return client.post(address, sent_by(answer, **changes))


def test_fitting_file_is_looked_at_then_kept(inspector, cast, record):
    gauge = make_gauge(cast)
    content = make_qif(dict.fromkeys(("0001", "0002", "0003"), GOOD), items=ITEMS)
    answer = look(inspector, record, content)
    report = answer.context["report"]
    assert (report.is_complete, len(report.rows), record.measurements.count()) == (True, 6, 0)
    assert answer.context["verdicts"] == [{"word": "PASS", "stated": 6, "ours": 6}]
    assert answer.context["submit_label"] == "Import the values"
    done = confirm(inspector, record, answer, gauge=gauge.number)
    assert (done.status_code, done.url) == (302, record.get_absolute_url())
    kept = record.measurements.values_list("gauge__number", "measured_on", "stated")
    assert list(kept) == [(gauge.number, today(), "PASS")] * 6
    file = inspector.get(reverse("inspection:results-file", args=[record.number]))
    assert file.content == content


def test_questions_are_answered_while_the_file_is_kept(inspector, record):
    content = make_qif({"0001": GOOD, "": GOOD, "0003": GOOD}, items=ITEMS, unit="")
    answer = look(inspector, record, content)
    assert answer.context["report"].questions == [
        "Sample 2 carries no number: say which piece of the lot it is.",
        "The file does not say the unit of 2 characteristics (BORE, LENGTH): say mm or in.",
    ]
    assert answer.context["submit_label"] == "Look again with these answers"
    # what stops the import is not called optional
    assert "Unit where the file states none</label>" in answer.content.decode()
    again = confirm(inspector, record, answer, unit="mm", piece_0="0002")
    assert (again.status_code, again.context["report"].is_complete) == (200, True)
    assert record.measurements.count() == 0
    assert confirm(inspector, record, again).status_code == 302
    assert record.measurements.count() == 6
    assert StoredFile.objects.filter(original_name="final.qif").exists()


def test_unanswered_file_is_refused_and_nothing_is_kept(inspector, record):
    answer = look(inspector, record, make_qif({"0001": GOOD, "": GOOD, "0003": GOOD}, items=ITEMS))
    assert answer.context["form"]["piece_0"].value() == "0002"  # the one sample left, the one piece left
    refused = confirm(inspector, record, answer, piece_0="")
    assert (refused.status_code, record.measurements.count()) == (422, 0)
    assert "so nothing was saved. Sample 2 carries no number" in refused.content.decode()
    again = confirm(inspector, record, refused, piece_0="0002")
    assert confirm(inspector, record, again).status_code == 302


def test_what_matches_nothing_is_named_both_ways(inspector, record):
    short = [("81", "10.02", "PASS")]
    samples = {"0001": [*GOOD, ("83", "1", "PASS")], "0002": GOOD, "0003": short}
    answer = look(inspector, record, make_qif(samples, items={**ITEMS, "83": "STRANGER"}))
    report = answer.context["report"]
    assert (report.unknown_items, report.unmeasured) == (
        ["STRANGER (1)"],
        ["characteristic 3 on 1 pieces"],
    )
    text = answer.content.decode()
    assert "STRANGER (1)" in text
    assert "characteristic 3 on 1 pieces" in text


def test_contradicted_verdict_is_shown_before_it_is_kept(inspector, record):
    samples = {"0001": [("81", "10.2", "PASS"), GOOD[1]], "0002": GOOD, "0003": GOOD}
    answer = look(inspector, record, make_qif(samples, items=ITEMS))
    assert answer.context["verdicts"] == [
        {"word": "FAIL", "stated": 0, "ours": 1},
        {"word": "PASS", "stated": 6, "ours": 5},
    ]
    assert "the file states PASS, value and limits say FAIL" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "empty"), (b"<QIFDocument", "not well-formed"), (PDF, "its content is a PDF")],
)
def test_file_that_cannot_be_read_is_refused_with_its_reason(inspector, record, content, sentence):
    answer = look(inspector, record, content)
    assert (answer.status_code, StoredFile.objects.filter(original_name="final.qif").count()) == (422, 0)
    assert sentence in " ".join(answer.context["form"].non_field_errors())


def test_file_of_somebody_else_or_another_inspection_is_asked_for_again(sign_in, cast, record):
    client = sign_in(cast.inspector)
    answer = look(client, record, make_qif(dict.fromkeys(("0001", "0002", "0003"), GOOD), items=ITEMS))
    first_page = reverse("inspection:results-preview", args=[record.number])
    forged = confirm(client, record, answer, ticket=answer.context["form"]["ticket"].value() + "x")
    assert (forged.status_code, forged.url) == (302, first_page)
    stolen = confirm(sign_in(cast.quality), record, answer)
    assert (stolen.status_code, stolen.url) == (302, first_page)
    bare = client.get(reverse("inspection:results-import", args=[record.number]))
    assert (bare.status_code, bare.url, record.measurements.count()) == (302, first_page, 0)


def test_same_file_is_not_kept_twice(inspector, record):
    content = make_qif(dict.fromkeys(("0001", "0002", "0003"), GOOD), items=ITEMS)
    answer = look(inspector, record, content)
    confirm(inspector, record, answer)
    again = confirm(inspector, record, answer)
    assert (again.status_code, record.measurements.count()) == (422, 6)
    assert "was imported into" in again.content.decode()


def test_pair_of_description_and_values_is_looked_at_as_one_file(inspector, record):
    description = SimpleUploadedFile("a.dfd", b"K0100 2\nK2001/1 1\nK2142/1 mm\nK2001/2 3\nK2142/2 mm\n")
    rows = "".join(f"10.0{n}\x0f80.0{n}\nK0014/0 000{n}\n" for n in (1, 2, 3))
    values = SimpleUploadedFile("a.dfx", rows.encode())
    address = reverse("inspection:results-preview", args=[record.number])
    alone = inspector.post(address, {"file": SimpleUploadedFile("a.dfx", rows.encode())})
    assert "Choose the description (.dfd)" in alone.content.decode()
    page = inspector.post(address, {"file": values, "description": description}, follow=True)
    assert (page.context["stored"].original_name, page.context["is_complete"]) == ("a.dfq", True)
