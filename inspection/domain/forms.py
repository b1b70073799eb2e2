"""Forms 1 to 3 of a first article as a projection of the records: nothing is typed that a record knows."""

from __future__ import annotations

from inspection.domain.as9102 import COMPLETE, EDITIONS, NOT_COMPLETE, Edition, edition_of
from inspection.domain.form_1_index import form_1_index
from inspection.domain.form_2 import form_2
from inspection.domain.form_3 import form_3
from inspection.models import FirstArticle
from portal.models import Organization, Signature

# from its submission on a FAIR shows what was signed, not what the records have become since
FROZEN = (FirstArticle.SUBMITTED, *FirstArticle.STANDING)


def forms_of(first_article: FirstArticle) -> dict:
    """Return the three forms: frozen ones of a submitted FAIR, else as the records stand now.

    edition: B or C; form1: {number: {"label", "value"}}; form2 and form3: rows {field number: text}, each with its
    `row`; form2_foot and form3_foot: the fields below the rows, where the edition has some; form1_index: rows of an
    assembly's parts, left out for a detail.
    Source:  AS9102 Rev B and Rev C, Forms 1-3.
    """
    if first_article.state in FROZEN:
        return with_signatures(first_article)
    edition = EDITIONS[first_article.form_revision]
    rows_2, rows_3 = form_2(first_article), form_3(first_article)
    has_nonconformance = any(row["11"] for row in rows_3) or any(row["9"] == "No" for row in rows_2)
    index = form_1_index(first_article.part_revision, built_into=first_article)
    feet = {form: edition.foot(form) for form in (2, 3)}
    return {
        "edition": edition.revision,
        "form1": form_1(first_article, has_nonconformance=has_nonconformance, is_assembly=bool(index)),
        "form2": rows_2,
        "form3": rows_3,
        **({"form1_index": index} if index else {}),
        **{f"form{form}_foot": _blank(labels) for form, labels in feet.items() if labels},
    }


def _blank(labels: dict[str, str]) -> dict:
    return {number: {"label": label, "value": ""} for number, label in labels.items()}


def with_signatures(first_article: FirstArticle) -> dict:
    """Return the frozen forms with signers and dates filled from the signatures."""
    edition = edition_of(first_article.forms)
    form1 = {number: dict(entry) for number, entry in first_article.forms["form1"].items()}
    pairs = (edition.verified, edition.approved, edition.customer)
    signatures = (
        first_article.verified_signature,
        first_article.approved_signature,
        first_article.customer_signature,
    )
    for (by, on), signature in zip(pairs, signatures, strict=True):
        if signature:
            words = [form1[by]["value"], signer_words(signature)]
            form1[by]["value"] = "; ".join(each for each in words if each)
            form1[on]["value"] = _day(signature)
    if first_article.customer_condition:
        form1[edition.customer[0]]["value"] += f"; with a condition: {first_article.customer_condition}"
    return {**first_article.forms, "form1": form1, **_feet(edition, first_article.verified_signature)}


def _feet(edition: Edition, signature: Signature | None) -> dict:
    """Return the feet of Forms 2 and 3: who verified Form 1 signs these too, where the edition asks for it."""
    signed = (signer_words(signature), _day(signature)) if signature else ("", "")
    return {
        f"form{form}_foot": {
            number: {"label": label, "value": value}
            for (number, label), value in zip(edition.foot(form).items(), signed, strict=True)
        }
        for form in (2, 3)
        if edition.foot(form)
    }


def _day(signature: Signature) -> str:
    return f"{signature.signed_at:%-d %b %Y}"


def signer_words(signature: Signature) -> str:
    """Return who signed as a form prints it."""
    return f"{signature.printed_name}, {signature.title}".rstrip(", ")


def form_1(first_article: FirstArticle, *, has_nonconformance: bool, is_assembly: bool = False) -> dict:
    """Return Form 1; what field 19 says of nonconformances is derived and never typed. 15 to 18 are for assemblies."""
    edition = EDITIONS[first_article.form_revision]
    part_revision = first_article.part_revision
    shop = Organization.objects.shops().first()
    values = {
        "1": part_revision.part.number,
        "2": part_revision.part.name,
        "3": first_article.serial,
        "4": first_article.number,
        "5": part_revision.revision,
        "6": part_revision.drawing_number,
        "7": part_revision.drawing_revision,
        "8": first_article.additional_changes,
        "9": f"{first_article.route_revision}, lot {first_article.traveler.number}",
        "10": shop.name if shop else "",
        "11": shop.supplier_code if shop else "",
        "12": first_article.order_line.order.po_number,
        "13": _part_words(edition, is_assembly),
        "14": "; ".join(each for each in (extent_words(first_article), first_article.reason) if each),
        "19": _nonconformance_words(edition, has_nonconformance),
    }
    if edition.remarks:
        values[edition.remarks] = first_article.comments
    labels = edition.heads(1)
    return {number: {"label": label, "value": values.get(number, "")} for number, label in labels.items()}


def _part_words(edition: Edition, is_assembly: bool) -> str:
    if edition.revision == "C":
        return "Assembly" if is_assembly else "Detail"
    return "Assembly FAI" if is_assembly else "Detail Part"


def _nonconformance_words(edition: Edition, has_nonconformance: bool) -> str:
    if edition.revision == "C":
        return "Yes" if has_nonconformance else "No"
    return NOT_COMPLETE if has_nonconformance else COMPLETE


def extent_words(first_article: FirstArticle) -> str:
    """Return the part of field 14 that no person types: full or partial, and the baseline."""
    extent = first_article.get_extent_display()
    baseline = first_article.baseline
    if baseline is None:
        return extent
    part_revision = baseline.part_revision
    return f"{extent}; baseline {part_revision.part.number} rev {part_revision.revision} ({baseline})"
