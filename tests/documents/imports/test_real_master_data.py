"""The parts and companies of a real inventory system, as nobody wrote them for this portal."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter

from portal.models import Organization
from routes.models import Part, PartRevision
from tests.factories.tables import take


def read(folder, model: str) -> list[dict]:
    rows = json.loads((folder / "master-data" / "inventree_parts_companies_bom.json").read_text())
    return [row["fields"] | {"pk": row["pk"]} for row in rows if row["model"] == model]


def table(*rows: list) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def test_every_part_of_a_real_system_comes_in_once_and_is_the_same_again(cast, shared_data):
    parts = read(shared_data, "part.part")
    rows = {
        (part["name"], part["revision"] or "-"): ["ORRIN", part["name"], part["description"] or part["name"]]
        for part in parts
    }
    # one name a part: a later revision repeats the name of the first
    names: dict[str, str] = {}
    for (number, _), row in rows.items():
        row[2] = names.setdefault(number, row[2])
    content = table(
        ["Customer", "Part No", "Description", "Rev"],
        *([*row, revision] for (_, revision), row in rows.items()),
    )
    record = take(cast.quality, "parts", content, unit="mm")
    assert len(rows) > 350
    assert record.report["counts"] == {"new": len(rows)}
    assert (Part.objects.count(), PartRevision.objects.count()) == (len(names), len(rows))
    assert take(cast.quality, "parts", content, unit="mm").report["counts"] == {"same": len(rows)}


def test_the_companies_come_in_by_what_they_are(cast, shared_data):
    before = Organization.objects.vendors().count()
    companies = [each for each in read(shared_data, "company.company") if not each["is_customer"]]
    rows = [[f"V-{each['pk']}", each["name"], "US"] for each in companies]
    record = take(cast.quality, "vendors", table(["Code", "Company", "Country"], *rows))
    assert record.report["counts"] == {"new": len(companies)}
    assert Organization.objects.vendors().count() - before == len(companies)
    assert Counter(row["made"][1] for row in record.report["rows"]) == {"site MAIN": len(companies)}
