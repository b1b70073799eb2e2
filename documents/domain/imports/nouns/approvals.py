"""What each vendor's site is approved for."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from documents.domain.imports.columns import DAY, Column, Table
from documents.domain.imports.known import customer_named, site_of, vendor_named
from documents.domain.imports.nouns.noun import Noun
from documents.domain.imports.outcome import Outcome
from portal.models import Person
from subcontract.domain.approvals import approve_scope
from subcontract.models import ApprovalScope

APPROVALS = Table(
    code="approvals",
    title="Vendor approvals",
    lead="Which site may do which process to which specification, for whom and until when. What is left empty "
    "is approved for every one.",
    columns=(
        Column("vendor", "Vendor", "Code or name of the vendor.", "BRIGHT-1", True, synonyms=("supplier",)),
        Column(
            "site",
            "Site code",
            "Needed when the vendor has several sites.",
            "MAIN",
            most=40,
            synonyms=("site",),
        ),
        Column("process", "Process", "As in anodize or heat treat.", "anodize", True, most=60),
        Column(
            "spec_number",
            "Specification",
            "Number of the specification.",
            "MIL-PRF-8625",
            True,
            most=60,
            synonyms=("spec", "spec number", "specification number"),
        ),
        Column(
            "spec_revision", "Revision", "Empty: every one.", "F", most=20, synonyms=("spec revision", "rev")
        ),
        Column("spec_type", "Type", "Empty: every one.", "III", most=30),
        Column("spec_class", "Class", "Empty: every one.", "1", most=30),
        Column(
            "material", "Material", "Alloy family or alloy and temper. Empty: every one.", "6061", most=60
        ),
        Column("customer", "Customer", "Code or name, when it holds for one customer only.", "NORTH-1"),
        Column(
            "valid_from",
            "Valid from",
            "First day.",
            "2026-01-01",
            True,
            DAY,
            synonyms=("from", "approved on"),
        ),
        Column(
            "valid_to",
            "Valid to",
            "Last day, included.",
            "2027-12-31",
            True,
            DAY,
            synonyms=("to", "until", "expires", "expiry", "expires on"),
        ),
        Column("basis", "Basis", "Nadcap certificate, customer's list, own audit.", "Nadcap 2241-A", True),
    ),
    key=(
        "vendor",
        "site",
        "process",
        "spec_number",
        "spec_revision",
        "spec_type",
        "spec_class",
        "material",
        "customer",
    )
    + ("valid_from",),
)


def take_approval(row: SimpleNamespace, by: Person) -> Outcome:
    """Approve a scope, or compare it with the approval of the same scope that begins on the same day."""
    outcome = Outcome()
    scope = {
        "site": site_of(vendor_named(row.vendor), row.site),
        "process": row.process.strip().lower(),
        "spec_number": row.spec_number,
        "spec_revision": row.spec_revision or "",
        "spec_type": row.spec_type or "",
        "spec_class": row.spec_class or "",
        "material": row.material or "",
        "customer": customer_named(row.customer) if row.customer else None,
    }
    there = ApprovalScope.objects.filter(**scope, valid__startswith=row.valid_from).order_by("-pk").first()
    if there is None:
        made = approve_scope(
            by=by, valid_from=row.valid_from, valid_to=row.valid_to, basis=row.basis, **scope
        )
        outcome.made.append(f"approval {made.number}")
        return outcome
    outcome.compare("Valid to", there.valid.upper - timedelta(days=1), row.valid_to)
    outcome.compare("Basis", there.basis, row.basis)
    # a list of yesterday must not bring back what was suspended or withdrawn since
    outcome.compare(
        "State", there.get_state_display(), ApprovalScope(state=ApprovalScope.APPROVED).get_state_display()
    )
    return outcome


NOUNS = (Noun(APPROVALS, take_approval, ApprovalScope.objects.all, "subcontract:approval-list"),)
