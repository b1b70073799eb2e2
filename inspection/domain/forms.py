"""Forms 1 to 3 of a first article as a projection of the records: nothing is typed that a record knows."""

from __future__ import annotations

from inspection.domain.as9102 import FORM_1
from inspection.domain.form_1_index import form_1_index
from inspection.domain.form_2 import form_2
from inspection.domain.form_3 import form_3
from inspection.models import FirstArticle
from portal.models import Organization, Signature

# from its submission on a FAIR shows what was signed, not what the records have become since
FROZEN = (FirstArticle.SUBMITTED, FirstArticle.APPROVED, FirstArticle.CUSTOMER_APPROVED)


def forms_of(first_article: FirstArticle) -> dict:
    """Return the three forms: frozen ones of a submitted FAIR, else as the records stand now.

    form1: {number: {"label", "value"}}; form2 and form3: rows {field number: text}, each with its `row`; form1_index:
    rows of an assembly's parts, left out for a detail.
    Source:  AS9102 Rev C Forms 1-3.
    """
    if first_article.state in FROZEN:
        return with_signatures(first_article)
    rows_2, rows_3 = form_2(first_article), form_3(first_article)
    has_nonconformance = any(row["11"] for row in rows_3) or any(row["9"] == "No" for row in rows_2)
    index = form_1_index(first_article.part_revision)
    return {
        "form1": form_1(first_article, has_nonconformance=has_nonconformance, is_assembly=bool(index)),
        "form2": rows_2,
        "form3": rows_3,
        **({"form1_index": index} if index else {}),
    }


def with_signatures(first_article: FirstArticle) -> dict:
    """Return the frozen forms with fields 20 to 25 filled from the signatures."""
    form1 = {number: dict(entry) for number, entry in first_article.forms["form1"].items()}
    for number, signature in (
        ("20", first_article.verified_signature),
        ("22", first_article.approved_signature),
        ("24", first_article.customer_signature),
    ):
        if signature:
            form1[number]["value"] = signer_words(signature)
            form1[str(int(number) + 1)]["value"] = f"{signature.signed_at:%-d %b %Y}"
    return {**first_article.forms, "form1": form1}


def signer_words(signature: Signature) -> str:
    """Return who signed as a form prints it."""
    return f"{signature.printed_name}, {signature.title}".rstrip(", ")


def form_1(first_article: FirstArticle, *, has_nonconformance: bool, is_assembly: bool = False) -> dict:
    """Return Form 1; field 19 is derived and never typed. Fields 15 to 18 are for assemblies."""
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
        "13": "Assembly" if is_assembly else "Detail",
        "14": f"{_extent_words(first_article)}; {first_article.reason}",
        "19": "Yes" if has_nonconformance else "No",
        "26": first_article.comments,
    }
    return {number: {"label": label, "value": values.get(number, "")} for number, label in FORM_1.items()}


def _extent_words(first_article: FirstArticle) -> str:
    extent = first_article.get_extent_display()
    baseline = first_article.baseline
    if baseline is None:
        return extent
    part_revision = baseline.part_revision
    return f"{extent}; baseline {part_revision.part.number} rev {part_revision.revision} ({baseline})"
