"""Every noun that can be brought in, in the order in which one needs another."""

from __future__ import annotations

from documents.domain.imports.nouns import (
    approvals,
    characteristics,
    clauses,
    gauges,
    jobs,
    materials,
    orders,
    organizations,
    parts,
    registrations,
    specifications,
)
from documents.domain.imports.nouns.noun import Noun

IN_ORDER: tuple[Noun, ...] = (
    *organizations.NOUNS,
    *specifications.NOUNS,
    *registrations.NOUNS,
    *approvals.NOUNS,
    *parts.NOUNS,
    *characteristics.NOUNS,
    *clauses.NOUNS,
    *gauges.NOUNS,
    *materials.NOUNS,
    *orders.NOUNS,
    *jobs.NOUNS,
)
NOUNS: dict[str, Noun] = {noun.code: noun for noun in IN_ORDER}

__all__ = ["IN_ORDER", "NOUNS", "Noun"]
