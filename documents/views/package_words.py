"""What a package's page says, from its manifest and its index."""

from __future__ import annotations

from datetime import UTC, datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from documents.models import ReleasePackage
from documents.package.chain_strip import closed_words


def page_of(asked: str, count: int) -> int:
    """Return the page asked for, within the package; anything else means the first."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), max(count, 1))


def size_words(size_bytes: int) -> str:
    """Return a size as people say it."""
    return filesizeformat(size_bytes).replace("\xa0", " ")


def moment_words(stamp: str) -> str:
    """Return a moment of a manifest as pages write it."""
    return f"{datetime.fromisoformat(stamp).astimezone(UTC):%-d %b %Y %H:%M} UTC"


def facts_of(package: ReleasePackage, manifest: dict, *, is_shop: bool) -> list[dict]:
    """Return the head of the page: part, order, lots, heat, outside work, release."""
    lots = manifest["lots"]
    shipment = package.shipment
    outside = dict.fromkeys(step["name"] for step in manifest["traveler"] if step["is_outside"])
    facts = [
        {"label": "State", "state": package.state},
        {
            "label": "Part, revision",
            "value": f"{manifest['part']['number']} {manifest['part']['revision']}",
            "is_code": True,
        },
        {
            "label": "Order, line",
            "value": f"{manifest['order']['po_number']}, {manifest['order']['line']}",
            "is_code": True,
        },
        {"label": "Lot", "value": ", ".join(lot["number"] for lot in lots), "is_code": True},
        {"label": "Pieces", "value": manifest["shipment"]["quantity"]},
        {
            "label": "Heat",
            "value": ", ".join(dict.fromkeys(lot["heat"] for lot in lots)) or "none",
            "is_code": True,
        },
        {"label": "Outside work", "value": ", ".join(outside) or "none"},
        {
            "label": "Released",
            "value": f"{moment_words(manifest['package']['released_at'])}, "
            f"{manifest['package']['released_by']['printed_name']}",
        },
    ]
    shipped = {"label": "Shipment", "value": shipment.number, "is_code": True}
    facts.append(shipped | ({"url": shipment.get_absolute_url()} if is_shop else {}))
    return facts


def chain_strips(manifest: dict) -> list[dict]:
    """Return the chain at release as a strip for each lot, with how many links are closed."""
    slots = manifest["chain"]["slots"]
    numbers = dict.fromkeys(slot["lot"] for slot in slots)
    rows = [(number, [slot for slot in slots if slot["lot"] == number]) for number in numbers]
    return [{"lot": number, "slots": own, "words": closed_words(own)} for number, own in rows]


def section_rows(sections: list[dict], page: int, manifest: dict) -> list[dict]:
    """Return the index of the rendered file, the cover first, each with its pages and what to know of it."""
    if not sections:
        return []
    first = {
        "number": 1,
        "code": "cover",
        "title": "Cover and index",
        "page": 1,
        "pages": sections[0]["page"] - 1,
        "sha256": "",
    }
    rows = []
    for section in [first, *sections]:
        last = section["page"] + section["pages"] - 1
        rows.append(
            {
                **section,
                "span": str(section["page"]) if last == section["page"] else f"{section['page']}–{last}",
                "is_here": section["page"] <= page <= last,
                "verdict": verdict_of(section["code"], manifest),
            }
        )
    return rows


def verdict_of(code: str, manifest: dict) -> dict:
    """Return what a reader should know of one section before reading it: complete, none, read this, waived."""
    read_this = READ_THIS.get(code)
    if code == "chain" and any(slot["state"] == "waived" for slot in manifest["chain"]["slots"]):
        return {"state": "waived", "word": "Waived"}
    if code in MAY_BE_EMPTY and not manifest.get(code):
        return {"state": "na", "word": "None"}
    if code == "first_article":
        article = manifest["first_article"]
        is_reference = any(article.get(name) for name in ("reference", "elsewhere", "held"))
        return {"state": "complete", "word": "On record"} if is_reference else {"state": "na", "word": "None"}
    if read_this and read_this(manifest):
        return {"state": "review", "word": "Read this"}
    return {"state": "complete", "word": "Complete"}


def _is_conceded(manifest: dict) -> bool:
    return any(each.get("concession") for each in manifest.get("nonconformances") or [])


def _has_failing(manifest: dict) -> bool:
    return any(
        value.get("verdict") == "fail" for row in manifest.get("results") or [] for value in row["values"]
    )


def _is_later_revision(manifest: dict) -> bool:
    return manifest["package"]["revision"] != "1"


def _was_elsewhere(manifest: dict) -> bool:
    return any(step.get("elsewhere") for step in manifest.get("traveler") or [])


MAY_BE_EMPTY = ("nonconformances", "gauges", "results")
READ_THIS = {
    "conformity": _is_conceded,
    # what the customer approved on a condition it has not called met
    "form1": lambda manifest: bool((manifest.get("first_article") or {}).get("condition")),
    "nonconformances": lambda manifest: bool(manifest.get("nonconformances")),
    "results": _has_failing,
    "traveler": _was_elsewhere,
    "revisions": _is_later_revision,
}


def file_rows(manifest: dict, package: ReleasePackage) -> list[dict]:
    """Return the originals of a package; one kept at home has no address."""
    return [
        {
            "name": each["name"],
            "media_type": each["media_type"],
            "size": size_words(each["size_bytes"]),
            "sha256": each["sha256"],
            "url": ""
            if each.get("is_kept_home")
            else reverse("documents:package-original", args=[package.number, each["sha256"]]),
        }
        for each in manifest["files"]
    ]
