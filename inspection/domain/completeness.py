"""What a first article may not be submitted without, named field by field."""

from __future__ import annotations

from collections import Counter

from inspection.domain.as9102 import FORM_1, REQUIRED_ON_SUBMIT
from inspection.domain.form_1_index import open_rows
from inspection.domain.form_3 import results_of
from inspection.models import FirstArticle
from routes.domain.lots import lineage
from routes.models import Operation, TravelerStep


def open_fields(forms: dict) -> list[str]:
    """Name every field a FAIR may not be submitted without.

    Source:  release rules 1, 5, 8, 9, 14, 15, 20; AS9102 Rev C fields 9, 10, 11 of Form 3.
    """
    index = open_rows(forms.get("form1_index", []))
    return [*_of_form_1(forms["form1"]), *index, *_of_form_2(forms["form2"]), *_of_form_3(forms["form3"])]


def _of_form_1(fields: dict) -> list[str]:
    named = [
        f"Form 1 field {number} {FORM_1[number]}"
        for number in REQUIRED_ON_SUBMIT
        if not fields[number]["value"]
    ]
    drawing, revision = fields["6"]["value"], fields["7"]["value"]
    if bool(drawing) != bool(revision):
        number = "7" if drawing else "6"
        named.append(f"Form 1 field {number} {FORM_1[number]}, the pair of the other one")
    return named


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


def _of_form_3(rows: list[dict]) -> list[str]:
    named = [] if rows else ["Form 3: no characteristic has a result of this first article's own"]
    for row in rows:
        if not row["9"]:
            named.append(f"Form 3 field 9 Results of characteristic {row['5']}")
        elif row["is_attribute_of_limits"] and not row["10"]:
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
