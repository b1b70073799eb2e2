"""What vendors and customers are registered and certified for, and until when."""

from __future__ import annotations

from types import SimpleNamespace

from django.db.models import Q

from documents.domain.imports.columns import CHOICE, DAY, Column, Table
from documents.domain.imports.known import NotThere, site_of
from documents.domain.imports.nouns.noun import Noun
from documents.domain.imports.outcome import Outcome
from portal.models import Organization, Person, Registration
from subcontract.domain.register import record_registration

KINDS = (
    (Registration.ISO_9001, ("ISO 9001", "iso9001", "iso 9001:2015")),
    (Registration.AS9100, ("AS9100", "as 9100", "en 9100", "as9100d")),
    (Registration.NADCAP, ("Nadcap",)),
    (Registration.ITAR, ("ITAR registration", "itar", "ddtc")),
    (Registration.OTHER, ("Other",)),
)
REGISTRATIONS = Table(
    code="registrations",
    title="Registrations",
    lead="Certificates of vendors and customers with their last days. A renewal is a row of its own.",
    columns=(
        Column(
            "organization",
            "Organization",
            "Code or name of the vendor or customer.",
            "BRIGHT-1",
            True,
            synonyms=("vendor", "supplier", "customer"),
        ),
        Column("site", "Site code", "Empty: every site.", "MAIN", most=40, synonyms=("site", "plant")),
        Column(
            "kind", "Kind", "", "Nadcap", True, CHOICE, choices=KINDS, synonyms=("type", "standard", "scheme")
        ),
        Column(
            "reference",
            "Number",
            "As printed on the certificate; an approval whose basis names it holds only while it does.",
            "N-20418",
            True,
            most=80,
            synonyms=("certificate", "certificate number", "reference"),
        ),
        Column("scope", "Covers", "In its own words.", "AC7108/8 anodizing", most=300, synonyms=("scope",)),
        Column("issued_by", "Issued by", "", "PRI", most=120, synonyms=("issuer", "registrar", "body")),
        Column(
            "valid_from", "Valid from", "First day.", "2026-01-01", True, DAY, synonyms=("from", "issued")
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
    ),
    key=("organization", "site", "kind", "reference", "valid_from"),
)


def take_registration(row: SimpleNamespace, by: Person) -> Outcome:
    """Record a registration, or compare it with the one of the same number that begins on the same day."""
    outcome = Outcome()
    organization = _named(row.organization)
    what = {
        "site": site_of(organization, row.site) if row.site else None,
        "kind": row.kind,
        "reference": row.reference,
    }
    there = Registration.objects.filter(organization=organization, valid_from=row.valid_from, **what).last()
    if there is None:
        made = record_registration(
            by=by,
            organization=organization,
            scope=row.scope or "",
            issued_by=row.issued_by or "",
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            **what,
        )
        outcome.made.append(f"registration {made.number}")
        return outcome
    outcome.compare("Valid to", there.valid_to, row.valid_to)
    outcome.compare("Covers", there.scope, row.scope)
    outcome.compare("Issued by", there.issued_by, row.issued_by)
    # a list of yesterday must not bring back what was withdrawn since
    if there.withdrawn_on:
        outcome.compare("Standing", f"withdrawn on {there.withdrawn_on}", "valid")
    return outcome


def _named(words: str) -> Organization:
    """Return the vendor or customer of this short code or name."""
    named = Organization.objects.exclude(kind=Organization.SHOP).filter(
        Q(number=words.strip().upper()) | Q(name__iexact=words.strip())
    )[:2]
    if len(named) > 1:
        raise NotThere(
            f"Two organizations are called “{words}”. Write the short code of the one that is meant."
        )
    if not named:
        raise NotThere(f"There is no vendor or customer “{words}”. Import it first, or correct the code.")
    return named[0]


NOUNS = (Noun(REGISTRATIONS, take_registration, Registration.objects.all, "subcontract:registration-list"),)
