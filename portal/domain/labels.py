"""The labels a new installation begins with; the strictest of its sources holds what is derived."""

from __future__ import annotations

from portal.models import Label

# code, name, strictness, whether only export-eligible people may see it, countries it may be sent to (none: any)
STANDARD = (
    ("PROPRIETARY", "Customer proprietary", 10, False, []),
    ("EAR", "Export controlled (EAR)", 50, True, []),
    ("ITAR", "Export controlled (ITAR)", 90, True, ["US"]),
)


def make_standard_labels() -> list[Label]:
    """Make the labels a shop needs on its first day; those that stand already stay as they are.

    Source:  22 CFR 120 (release to a foreign person is an export) and 15 CFR 730.
    """
    return [
        Label.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "strictness": strictness,
                "needs_eligibility": needs_eligibility,
                "allowed_countries": countries,
            },
        )[0]
        for code, name, strictness, needs_eligibility, countries in STANDARD
    ]
