"""A shop, an order and a lot that exist only here: the richest package the tests and the eye can ask for."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

import weasyprint

FACTS = Path(__file__).with_name("sample.json")

MILL = """<html lang=en><style>@page{size:A4;margin:18mm}body{font:10pt "DejaVu Sans"}h1{font-size:17pt;color:#204060}
table{width:100%;border-collapse:collapse;margin:4mm 0}td,th{border:.5pt solid #666;padding:1.5mm;text-align:left}
.p{break-before:page}</style><h1>HALDEN ROLLED METALS</h1><p>Inspection certificate 3.1 according to EN 10204</p>
<table><tr><th>Certificate no.<td>MTR-7T4418<th>Date<td>2026-10-02</tr><tr><th>Product<td>Plate 6061-T651, 40 mm
<th>Specification<td>AMS 4117</tr><tr><th>Heat<td>7T4418<th>Lot<td>33-20871</tr></table><h2>Chemical composition, %</h2>
<table><tr><th>Si<th>Fe<th>Cu<th>Mn<th>Mg<th>Cr<th>Zn<th>Ti</tr><tr><td>0.66<td>0.31<td>0.27<td>0.09<td>0.98<td>0.19
<td>0.05<td>0.03</tr></table><h2>Mechanical properties</h2><table><tr><th>Rp0.2, MPa<th>Rm, MPa<th>A50, %<th>HBW</tr>
<tr><td>289<td>324<td>12.4<td>97</tr></table><p>We certify that the product was tested and meets the order.</p>
<div class=p><h1>HALDEN ROLLED METALS</h1><p>Annex 1 to MTR-7T4418: ultrasonic examination of heat 7T4418.</p>
<table><tr><th>Plate<th>Class<th>Result</tr><tr><td>33-20871/4<td>A<td>No recordable indication</tr></table></div>"""

FINISHER = """<html lang=en><style>@page{size:A4 landscape;margin:20mm}body{font:11pt "DejaVu Serif"}h1{font-size:22pt}
table{width:100%;border-collapse:collapse}td,th{border:.6pt solid #222;padding:2mm;text-align:left}</style>
<h1>Brightwater Finishing, plant 2</h1><p>Certificate of processing BF-88412 revision 1</p><table>
<tr><th>Order<td>OO-2231, line 1<th>Part<td>72-41806-3 rev D</tr><tr><th>Process<td>Hard anodize<th>Specification
<td>AMS 2469J, class 1</tr><tr><th>Quantity<td>5<th>Processed<td>2026-11-17</tr><tr><th>Thickness<td>0.048 to 0.052 mm
<th>Result<td>Conforming</tr></table><p>Signed: T. Abara, Quality, 2026-11-19</p>"""


@lru_cache(maxsize=1)
def certificate_files() -> dict[str, bytes]:
    """Return two certificates as a mill and a finisher would send them, by name."""
    return {
        "MTR-7T4418.pdf": weasyprint.HTML(string=MILL).write_pdf(),
        "BF-88412 rev 1.pdf": weasyprint.HTML(string=FINISHER).write_pdf(),
    }


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def originals() -> dict[str, bytes]:
    return {sha256(content): content for content in certificate_files().values()}


def sample_manifest() -> dict:
    """Return the manifest of release package RP-26-0412, read anew so that a test may change it."""
    manifest = json.loads(FACTS.read_text(encoding="utf-8"))
    for certificate in manifest["certificates"]:
        certificate["sha256"] = sha256(certificate_files()[certificate["original_name"]])
    manifest["files"] = [file_entry(name, content) for name, content in certificate_files().items()]
    return manifest


def file_entry(name: str, content: bytes, media_type: str = "application/pdf") -> dict:
    return {"sha256": sha256(content), "name": name, "size_bytes": len(content), "media_type": media_type}


def add_certificate(
    manifest: dict, originals: dict, name: str, content: bytes, media_type: str = "application/pdf"
) -> dict:
    """Add one certificate of all its pages, and its file, to a manifest and its originals."""
    certificate = {
        "number": "C-1042",
        "kind": "Material certificate",
        "issuer": "Some mill",
        "covers": "lot T-000312",
        "sha256": sha256(content),
        "original_name": name,
        "media_type": media_type,
    }
    manifest["certificates"].append(certificate)
    manifest["files"].append(file_entry(name, content, media_type))
    originals[sha256(content)] = content
    return certificate
