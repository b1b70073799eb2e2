"""Foreign files, looked at in the child process: the two public collections, file by file."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command
from PIL import Image

from portal.intake import child
from portal.intake.look import look_at, page_images, treatment_of
from portal.intake.unreadable import FileNotReadable

FLAGS = {
    "javascript": "javascript",
    "launch": "launch",
    "xfa": "xfa",
    "acroform": "form",
    "signed": "signature",
    "submit_or_remote": "submit",
}


def expected_rows(folder: Path) -> list[dict[str, str]]:
    with open(folder / "EXPECTED.csv", newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


WORDS = {
    "accept": {"accept"},
    "accept_sanitised": {"accept_sanitised"},
    "accept_rewritten": {"accept_sanitised"},
    "accept_escaped": {"accept_sanitised"},
    "accept_or_reject": {"accept", "reject"},
    "reject_or_repair": {"reject", "accept"},
    "reject": {"reject"},
}


def allowed(treatment: str) -> set[str]:
    """Translate a word of the collections into the treatments it allows."""
    if treatment in WORDS:
        return WORDS[treatment]
    return set().union(*(WORDS[word] for word in treatment.split("_or_")))


def within_bounds(look) -> bool:
    return look.seconds <= 10 and 0 < look.peak_bytes <= 512 * child.MIB


def test_bad_uploads_are_treated_as_expected(shared_data):
    folder = shared_data / "bad-uploads"
    wrong = {}
    for row in expected_rows(folder):
        look = look_at(folder / "files" / row["file"], row["file"])
        if treatment_of(look) not in allowed(row["expected"]) or look.is_readable == bool(look.problems):
            wrong[row["file"]] = look
        if not within_bounds(look):
            wrong[row["file"]] = (look.seconds, look.peak_bytes)
    assert wrong == {}


def test_robustness_collection_is_treated_as_expected(shared_data):
    folder = shared_data / "pdf-robustness"
    wrong = {}
    with open(folder / "SIGNATURES.csv", newline="", encoding="utf-8") as opened:
        signed = {row["file"]: row for row in csv.DictReader(opened)}
    for row in expected_rows(folder):
        look = look_at(folder / "files" / row["file"], row["file"])
        if treatment_of(look) not in allowed(row["expected"]) or look.is_readable == bool(look.problems):
            wrong[row["file"]] = look.problems
        named = {feature for column, feature in FLAGS.items() if row[column] == "yes"}
        if look.is_readable and set(look.features) & set(FLAGS.values()) != named:
            wrong[row["file"]] = (look.features, named)
        if row["embedded"] == "yes" and look.is_readable and not all(each["sha256"] for each in look.carried):
            wrong[row["file"]] = look.carried
        if row["file"] in signed and states_of(signed[row["file"]]) != [e["state"] for e in look.signatures]:
            wrong[row["file"]] = look.signatures
        if not within_bounds(look):
            wrong[row["file"]] = (look.seconds, look.peak_bytes)
    assert wrong == {}


def states_of(row: dict[str, str]) -> list[str]:
    """Translate what another program says of each signature, and whether it covers the whole file."""
    said = zip(row["validation"].split(" | "), row["total_document_signed"].split(" | "), strict=True)
    return [
        "changed" if "Valid" not in valid else "intact" if covers == "yes" else "extended"
        for valid, covers in said
    ]


def test_files_inside_are_listed_and_looked_at_like_uploads(shared_data):
    look = look_at(shared_data / "calibration-certificate/metas_eExample.pdf", "metas.pdf")
    seen = sorted((each["name"], each["media_type"], each["problem"]) for each in look.carried)
    assert seen == [
        ("01419_Att20dB(f-m)_52371_01_01.sdatb", "application/octet-stream",
         "The file is of a kind the portal does not know, which is not taken as proof. Send a PDF, a PNG, JPEG, TIFF "
         "or HEIC picture, an Excel workbook, a table, a QIF file or plain text."),
        ("data_01.txt", "text/plain", ""),
        ("data_02.txt", "text/plain", ""),
    ]  # fmt: skip


def test_a_file_inside_that_lies_about_its_kind_is_named():
    carrier = pikepdf.new()
    carrier.add_blank_page()
    for name, content in (("report.pdf", b"MZ\x90\0 a program"), ("notes.txt", b"Measured twice.")):
        carrier.attachments[name] = pikepdf.AttachedFileSpec(carrier, content, filename=name)
    target = io.BytesIO()
    carrier.save(target)
    look = look_at(target.getvalue(), "carrier.pdf")
    assert treatment_of(look) == "accept_sanitised"
    assert sorted((each["name"], each["size_bytes"], bool(each["problem"])) for each in look.carried) == [
        ("notes.txt", 15, False),
        ("report.pdf", 14, True),
    ]


def test_the_command_prints_one_object_a_line(shared_data, capsys):
    folder = shared_data / "bad-uploads/files"
    files = [str(folder / name) for name in ("good_control.pdf", "svg_with_script.svg", "no such.pdf")]
    call_command("look_at_file", *files, "--json")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["file"], row["treatment"], row["pages"], row["flags"]) for row in rows] == [
        (files[0], "accept", 1, []),
        (files[1], "reject", 0, ["not_taken"]),
        (files[2], "reject", 0, ["missing"]),
    ]
    assert [set(row) for row in rows] == [
        {"file", "treatment", "reason", "pages", "flags", "seconds", "peak_bytes"}
    ] * 3
    assert rows[2]["reason"] == f"There is no file {files[2]}. Check its name."
    call_command("look_at_file", files[0])
    assert capsys.readouterr().out == f"{files[0]}: accept.\n"


def test_a_readable_file_gives_its_pages_sizes_and_texts(shared_data):
    look = look_at(shared_data / "bad-uploads/files/good_control.pdf", "good control.pdf", "application/pdf")
    assert (look.media_type, look.is_readable, look.problems, look.warnings) == (
        "application/pdf",
        True,
        (),
        (),
    )
    assert (look.page_count, len(look.page_texts), len(look.page_sizes)) == (1, 1, 1)


def test_the_real_drawing_is_taken_with_warnings(shared_data):
    drawing = shared_data / "real-case-A-nist-cover/drawing/nist_mtc_crada_cover_rev-A.pdf"
    look = look_at(drawing, drawing.name)
    assert (look.is_readable, look.problems) == (True, ())
    assert {"javascript", "3d"} <= set(look.features)
    assert "The PDF carries JavaScript." in " ".join(look.warnings)


def test_a_hidden_secret_never_comes_out(shared_data):
    look = look_at(shared_data / "bad-uploads/files/qif_xxe_file.qif", "results.qif")
    assert look.problems == (
        "The XML file contains a DOCTYPE or entity declaration, which could make it read other files. "
        "Export it again without one.",
    )
    assert look.page_texts == ()


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "white").save(target, format=kind)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("scan.png", picture("PNG"), "image/png"),
        ("scan.jpg", picture("JPEG"), "image/jpeg"),
        ("scan.tiff", picture("TIFF"), "image/tiff"),
        ("rows.csv", b"balloon;name\n1;Diameter\n", "text/csv"),
        ("note.txt", "Härte geprüft.\n".encode("cp1252"), "text/plain"),
        ("O1000.nc", b"%\nO1000(PART)\nN10G0X1.\nN20M30\n%\n", "text/x-nc-program"),
        ("data.json", b'{"heat": "A1"}', "application/json"),
        ("results.qif", b'<QIFDocument versionQIF="3.0.0"/>', "application/qif+xml"),
    ],
)
def test_kinds_are_told_by_content(name, content, media_type):
    look = look_at(content, name)
    assert (look.media_type, look.is_readable, look.problems) == (media_type, True, ())


def test_text_is_read_in_its_own_encoding():
    assert look_at("Härte geprüft.".encode("cp1252"), "note.txt").page_texts == ("Härte geprüft.",)


@pytest.mark.parametrize(
    ("content", "feature"),
    [
        (b"", "empty"),
        (picture("PNG"), "mislabelled"),
        (b"%PDF-1.7\nnothing else", "unreadable"),
        (b"<html>%PDF-1.4", "mislabelled"),
    ],
)
def test_what_calls_itself_a_pdf_and_is_none_is_refused(content, feature):
    look = look_at(content, "certificate.pdf")
    assert (look.is_readable, look.features[-1], len(look.problems)) == (False, feature, 1)


def test_a_cut_off_scan_is_refused_and_the_whole_one_taken():
    whole = picture("PNG", (400, 300))
    assert look_at(whole, "scan.png").is_readable
    assert look_at(whole[:-40], "scan.png").problems == (
        "The picture is cut off or damaged. Scan or export it again and send that.",
    )


def test_a_pixel_bomb_is_refused_before_it_is_unpacked():
    target = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(target, format="PNG")
    look = look_at(target.getvalue(), "scan.png")
    assert look.problems == (
        "The picture measures 30000 × 30000 pixels; at most 50,000,000 pixels are read. "
        "Scan it with fewer dots per inch.",
    )


def pdf_with_page_content(content: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.save(target, compress_streams=True)
    return target.getvalue()


def test_a_pdf_that_unpacks_beyond_the_limits_is_refused():
    small = child.Limits(memory_bytes=512 * child.MIB, cpu_seconds=3, wall_seconds=6)
    bomb = pdf_with_page_content(b"0 0 m " * 30_000_000)
    assert len(bomb) < child.MIB
    assert look_at(pdf_with_page_content(b"0 0 m 10 10 l S"), "c.pdf", limits=small).is_readable
    look = look_at(bomb, "c.pdf", limits=small)
    assert (look.is_readable, set(look.problems) <= set(child.FAILURES.values())) == (False, True)


def workbook(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_a_workbook_is_taken_and_its_bomb_refused():
    good = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
    assert look_at(workbook(good), "results.xlsx").is_readable
    bomb = look_at(workbook({**good, "xl/sheet.xml": bytes(50_000_000)}), "results.xlsx")
    assert (bomb.is_readable, bomb.features) == (False, ("bomb",))


def test_a_claim_of_the_browser_is_named_when_the_content_disagrees():
    assert look_at(picture("PNG"), "scan", "application/pdf").warnings == (
        "The sender called the file a PDF; its content is a PNG picture.",
    )


def test_pages_are_drawn_as_pictures(shared_data):
    control = shared_data / "bad-uploads/files/good_control.pdf"
    (page,) = page_images(control, [1], dpi=72)
    width_pt, height_pt = look_at(control, "c.pdf").page_sizes[0]
    with Image.open(io.BytesIO(page)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (round(width_pt), round(height_pt)))
    with pytest.raises(FileNotReadable, match="Page 2 was asked for, but the file has 1 pages"):
        page_images(control, [2])


def test_names_of_the_collection_are_all_taken_and_shown_safely(shared_data):
    control = (shared_data / "bad-uploads/files/good_control.pdf").read_bytes()
    names = json.loads((shared_data / "bad-uploads/filenames.json").read_text())["names"]
    looks = [look_at(control, name) for name in names if name.lower().endswith(".pdf")]
    assert {look.is_readable for look in looks} == {True}


def test_files_inside_a_pdf_are_listed_by_name():
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["a"] = pikepdf.AttachedFileSpec(pdf, b"1,2", filename="../values.csv")
        pdf.save(target)
    look = look_at(target.getvalue(), "certificate.pdf")
    assert (look.is_readable, look.features) == (True, ("embedded_file",))
    assert look.warnings == (
        "The PDF carries other files inside (values.csv). They are not taken over; "
        "upload each one that is meant as proof.",
    )


def test_text_beyond_the_cap_is_named():
    look = look_at(b"a" * 100_001, "log.txt")
    assert (look.is_readable, look.features, len(look.page_texts[0])) == (True, ("cut",), 100_000)
    assert look_at(b"a" * 100_000, "log.txt").warnings == ()


def test_the_look_says_which_walls_stood():
    assert look_at(b"text", "note.txt").wall in (child.NO_NETWORK, child.NETWORK_NOT_REMOVED)
