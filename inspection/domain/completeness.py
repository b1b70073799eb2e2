"""What a first article may not be submitted without, named field by field."""

from __future__ import annotations

from collections import Counter

from inspection.domain.as9102 import REV_C, Edition, edition_of
from inspection.domain.form_1_index import open_rows
from inspection.domain.form_3 import results_of
from inspection.models import FirstArticle
from routes.domain.lots import lineage
from routes.models import Operation, TravelerStep


def open_fields(forms: dict) -> list[str]:
    """Name every field a FAIR may not be submitted without.

    Source:  release rules 1, 5, 8, 9, 14, 15, 20; what is required by the edition of the forms.
    """
    edition = edition_of(forms)
    return [
        *_of_form_1(forms["form1"], edition),
        *open_rows(forms.get("form1_index", [])),
        *_of_form_2(forms["form2"]),
        *_of_form_3(forms["form3"], edition),
    ]


def _of_form_1(fields: dict, edition: Edition) -> list[str]:
    labels = edition.labels(1)
    named = [
        f"Form 1 field {number} {labels[number]}"
        for number in edition.required(1)
        if not fields[number]["value"]
    ]
    drawings, revisions = (_listed(fields[number]["value"]) for number in ("6", "7"))
    if len(drawings) == len(revisions):
        return named
    number = "7" if len(drawings) > len(revisions) else "6"
    if not (drawings and revisions):
        return [*named, f"Form 1 field {number} {labels[number]}, the pair of the other one"]
    counts = f"field 6 lists {len(drawings)}, field 7 lists {len(revisions)}"
    return [*named, f"Form 1 field {number} {labels[number]}: {counts}"]


def _listed(words: str) -> list[str]:
    """Return the entries of a field that lists several, as drawings, models and parts lists of one part."""
    return [each.strip() for each in words.replace(";", ",").split(",") if each.strip()]


def _of_form_2(rows: list[dict]) -> list[str]:
    named = [
        f"Form 2 field 8 Supplier of {row['5']}: name and address"
        for row in rows
        if row["5"] and not row["8"]
    ]
    named += [
        f"Form 2 field 13 of {row['5']}, whose source is not approved (field 9 No): open a nonconformance on the lot"
        for row in rows
        if row["9"] == "No" and not row["13"]
    ]
    return named


def _of_form_3(rows: list[dict], edition: Edition = REV_C) -> list[str]:
    labels = edition.labels(3)
    named = [] if rows else ["Form 3: no characteristic has a result of this first article's own"]
    for row in rows:
        empty = [number for number in edition.required(3) if not row[number]]
        named += [f"Form 3 field {number} {labels[number]} of characteristic {row['5']}" for number in empty]
        if "9" not in empty and row["is_attribute_of_limits"] and not row["10"]:
            named.append(
                f"Form 3 field 10 Tooling of characteristic {row['5']}, which has limits and no value"
            )
        if row["is_failing"] and not row["11"]:
            named.append(f"Form 3 field 11 Nonconformance Number of characteristic {row['5']}")
    return named


def own_work_measured(first_article: FirstArticle) -> list[str]:
    """Name who machined the lot and measured its first piece as well.

    Source:  AS9102 Rev C: who verifies a characteristic is not who made it; release rule 12, hard for a first article.
    """
    lots = [lot.pk for lot, _ in lineage(first_article.traveler)]
    signed = TravelerStep.objects.filter(
        traveler__in=lots, operation__kind=Operation.MACHINE, signature__isnull=False
    )
    machined = dict(signed.order_by("pk").values_list("signature__person_id", "operation__sequence"))
    measured = [value for values in results_of(first_article).values() for value in values]
    own = [value for value in measured if value.recorded_by_id in machined]
    counts = Counter(value.recorded_by for value in own)
    return [
        f"{person.printed_name} signed operation {machined[person.pk]} of the lot and measured {count} of the results"
        for person, count in counts.items()
    ]
