"""Papers that went over the glass: drawn as pictures, askew, with noise, squeezed, and put into a PDF again."""

from __future__ import annotations

import io
import random

import numpy
import pikepdf
import pypdfium2
from PIL import Image

from tests.certificates.layouts import Scan


def over_the_glass(pdf: bytes, scan: Scan, chance: random.Random) -> bytes:
    """Return a PDF of pictures with no text in it."""
    document, scanned = pypdfium2.PdfDocument(pdf), pikepdf.new()
    for page in document:
        width_pt, height_pt = page.get_size()
        picture = page.render(scale=scan.dpi / 72).to_pil().convert("RGB")
        picture = picture.rotate(scan.skew, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
        noise = numpy.random.default_rng(chance.getrandbits(32)).normal(
            0, scan.noise, (*picture.size[::-1], 1)
        )
        grains = numpy.clip(numpy.asarray(picture, dtype=numpy.float32) * 0.96 + 6 + noise, 0, 255)
        target = io.BytesIO()
        Image.fromarray(grains.astype(numpy.uint8)).save(target, "JPEG", quality=scan.quality)
        _add_page(scanned, target.getvalue(), picture.size, (width_pt, height_pt))
    document.close()
    target = io.BytesIO()
    scanned.save(target, static_id=True)
    return target.getvalue()


def _add_page(
    document: pikepdf.Pdf, jpeg: bytes, pixels: tuple[int, int], points: tuple[float, float]
) -> None:
    picture = pikepdf.Stream(document, jpeg)
    picture.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=pixels[0], Height=pixels[1],
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    document.pages.append(
        pikepdf.Page(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page, MediaBox=[0, 0, *points],
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=document.make_indirect(picture))),
                Contents=pikepdf.Stream(document, f"q {points[0]} 0 0 {points[1]} 0 0 cm /Im0 Do Q".encode()),
            )
        )
    )  # fmt: skip
