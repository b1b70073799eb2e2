"""Quality clauses of customers, word for word."""

from __future__ import annotations

from types import SimpleNamespace

from documents.domain.imports.columns import Column, Table
from documents.domain.imports.known import customer_named
from documents.domain.imports.nouns.noun import Noun
from documents.domain.imports.outcome import Outcome
from portal.models import Person
from routes.domain.clauses import add_clause
from routes.models import QualityClause

CLAUSES = Table(
    code="clauses",
    title="Quality clauses",
    lead="What customers demand on their orders, one row a clause and revision.",
    columns=(
        Column("customer", "Customer", "Code or name of the customer.", "NORTH-1", True),
        Column(
            "number",
            "Clause",
            "As the customer writes it.",
            "Q-17",
            True,
            most=40,
            synonyms=("number", "clause number"),
        ),
        Column("revision", "Revision", "", "C", most=20, synonyms=("rev",)),
        Column("title", "Title", "", "First article inspection", True),
        Column(
            "text", "Text", "Word for word.", "A first article to AS9102 is sent before delivery.", most=4000
        ),
    ),
    key=("customer", "number", "revision"),
)


def take_clause(row: SimpleNamespace, by: Person) -> Outcome:
    """Add one clause, or compare it with the same clause and revision."""
    outcome = Outcome()
    customer = customer_named(row.customer)
    facts = {"number": row.number, "revision": row.revision or ""}
    there = QualityClause.objects.filter(customer=customer, **facts).first()
    if there is None:
        add_clause(by=by, customer=customer, title=row.title, text=row.text or "", **facts)
        outcome.made.append(f"clause {row.number}")
        return outcome
    outcome.compare("Title", there.title, row.title)
    outcome.compare("Text", there.text, row.text)
    return outcome


NOUNS = (Noun(CLAUSES, take_clause, QualityClause.objects.all, "routes:clause-list"),)
