"""What a package says beside the forms: feet of Rev B, a condition of the customer, the terms of a held approval."""

from __future__ import annotations

from inspection.models import FirstArticle, HeldApproval


def feet_and_terms(first_article: FirstArticle, forms: dict) -> dict:
    """Return what only some first articles have, so that the manifests of all others stay as they are."""
    found = {name: forms[name] for name in ("form2_foot", "form3_foot") if name in forms}
    if first_article.corrects_id:
        found["corrects"] = first_article.corrects.number
    if first_article.state == FirstArticle.CONDITIONAL:
        found["condition"] = {
            "text": first_article.customer_condition,
            "due_on": first_article.condition_due_on,
            "quantity": first_article.condition_quantity,
        }
    return found


def held_words(held: HeldApproval) -> dict:
    """Return what was submitted to the customer and decided there, as far as it is more than a plain approval."""
    found: dict = {}
    if held.kind != HeldApproval.FAIR:
        found["kind"] = held.kind_words
    if held.status != HeldApproval.APPROVED:
        found["status"] = held.get_status_display()
    if held.valid_to:
        found["valid_to"] = held.valid_to
    if held.quantity_limit:
        found["quantity_limit"] = held.quantity_limit
    return found
