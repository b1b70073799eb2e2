"""No byte that names another customer enters: not on a page, not in an attachment, not in the archive."""

from __future__ import annotations

import io

import pikepdf
import weasyprint

from documents.package.archive import Proof, archive_of, verify_text
from documents.package.assembly import render_package
from documents.package.seal import make_key, read_key, seal_pdf
from documents.verify_package import read_archive
from portal.domain.canonical import canonical_bytes, sha256_of
from tests.documents.package import sample
from tests.documents.verifier.small_log import MOMENT

OTHERS = ("Zephyrine Rotorcraft", "ZR-PO-55120", "ZR-9913-7")
OURS = "72-41806-3"
MIXED = f"""<html lang=en><style>.p{{break-before:page}}</style><title>{OTHERS[0]}</title>
<h1>Brightwater Finishing</h1><p>Part {OURS}, 5 pieces</p>
<div class=p><h1>Brightwater Finishing</h1><p>{OTHERS[0]}, order {OTHERS[1]}, part {OTHERS[2]}</p></div>"""


def everything(pdf: bytes) -> bytes:
    """Return the file as it is, and every stream and text of it as it reads."""
    found = [pdf]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    found.append(thing.read_bytes())
                except pikepdf.PdfError:
                    found.append(thing.read_raw_bytes())
            found.append(repr(thing).encode())
    return b"\n".join(found)


def spellings(word: str) -> list[bytes]:
    """Return how a word may stand in a file: plainly, in two bytes a sign, in hexadecimal."""
    plain, wide = word.encode(), word.encode("utf-16-be")
    return [plain, wide, *(each.hex().encode() for each in (plain, wide))]


def test_a_mixed_original_stays_home_and_only_its_named_pages_enter(
    manifest, originals, warm_cache, tmp_path
):
    content = weasyprint.HTML(string=MIXED).write_pdf()
    sample.add_certificate(manifest, originals, "kept at the shop, 0a1b2c3d", content)
    manifest["certificates"][-1] |= {"page_from": 1, "page_to": 1, "is_kept_home": True}
    manifest["files"][-1]["is_kept_home"] = True
    drawn = render_package(manifest, originals, warm_cache)
    pem = tmp_path / "seal.pem"
    pem.write_bytes(make_key("Kestrel Ridge", at=MOMENT))
    key = read_key(pem)
    pdf = seal_pdf(drawn, key=key, reason="Release package")
    archive = archive_of(
        number="P-000001-1",
        pdf=pdf,
        manifest=canonical_bytes(manifest),
        frozen=Proof(b"{}", ""),
        sealed=Proof(b"{}", ""),
        keys=[],
        words=verify_text("P-000001-1", sha256_of(key.certificate)),
        certificate=key.certificate,
        originals=[
            (file["name"], originals[file["sha256"]])
            for file in manifest["files"]
            if not file.get("is_kept_home")
        ],
    )
    members = read_archive(archive)
    bodies = [everything(body) if body.startswith(b"%PDF-") else body for body in members.values()]
    read = b"\n".join([archive, *bodies])
    # the search can find: our own part, shown by the same page of the same original, is there
    assert OURS.encode() in read
    assert OTHERS[1].encode() in everything(content) + weasyprint_text(content)
    assert [word for word in OTHERS for spelling in spellings(word) if spelling in read] == []


def weasyprint_text(content: bytes) -> bytes:
    """Return what the original itself reads like, to show that it names the other customer."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return text.encode()
