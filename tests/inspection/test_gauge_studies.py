"""A crossed study of a gauge: recorded, refused, shown on the page of its gauge."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from inspection.domain import gauge_studies
from inspection.domain.gauge_studies import StudyDoesNotFit, record_study
from inspection.formats.gauge_study_table import read, runs_of_text
from inspection.models import RepeatabilityStudy
from portal.domain.errors import Incomplete, NotEntitled
from portal.intake.unreadable import FileNotReadable
from portal.models import Event
from routes.domain.gauges import GaugeOutOfCalibration
from tests.factories.routes import make_gauge, today
from tests.inspection.spc.test_gauge_study import HANDBOOK

LONG = "Part;Operator;Trial;Value\n" + "\n".join(
    f"{at // 3};{operator};{at % 3};{value}"
    for operator, values in HANDBOOK.items()
    for at, value in enumerate(values.split())
)
WIDE = "part\toperator\t1\t2\t3\n" + "\n".join(
    "\t".join((str(place // 3), operator, *values.split()[place : place + 3]))
    for operator, values in HANDBOOK.items()
    for place in range(0, 30, 3)
)


@pytest.fixture
def gauge(cast):
    return make_gauge(cast)


def record(cast, gauge, **changes):
    facts = {
        "by": cast.inspector,
        "gauge": gauge,
        "measured_on": today(),
        "feature": "bore 10 mm",
        "unit": "mm",
        "runs": runs_of_text(LONG),
    }
    return record_study(**facts | changes)


@pytest.mark.django_db
def test_the_handbook_study_is_kept_with_its_printed_figures(cast, gauge):
    study = record(cast, gauge, tolerance=Decimal("10"))
    figures = study.figures
    assert [figures[name] for name in ("percent", "percent_contribution", "categories")] == [
        "27.86",
        "7.76",
        4,
    ]
    assert [figures[name] for name in ("parts", "operators", "runs")] == [10, 3, 3]
    # six sigmas of 0.30237 against 10
    assert figures["percent_of_tolerance"] == "18.14"
    assert [study.word, len(study.rows), study.rows[0]] == ["conditional", 90, ["0", "A", "0.29"]]
    assert gauge_studies.verdict_of(study) == (
        "27.86 % of the spread seen comes from the gauge and the hands that hold it (below 10 % is good, up to 30 % "
        "conditional, above it unfit). It tells 4 classes of parts apart, fewer than the 5 that following a process "
        "takes."
    )
    event = Event.objects.get(noun="gauge", verb="record study of")
    assert [event.number, event.data["study"]] == [gauge.number, study.number]


def test_both_layouts_say_the_same_runs():
    assert sorted(runs_of_text(LONG)) == sorted(runs_of_text(WIDE))
    assert read(("\ufeff" + LONG.replace(".", ",")).encode())["runs"][0] == ["0", "A", "0.29"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no table of runs"),
        ("a,b,c\n1,2,3", "needs a column part, a column operator"),
        ("part,operator\n1,A", "No column holds the values"),
        ("part,operator,value\n1,A,good", "Line 2 says “good” where a value is expected"),
        ("part,operator,value\n1,A,NaN", "Line 2 says “NaN” where a value is expected"),
        ("part,operator,value\n1,,2", "Line 2 does not say which part and which operator"),
        ("part,operator,value\n" + "1,A,2\n" * 2002, "more than 2000 runs"),
    ],
)
def test_a_table_that_is_none_is_refused(text, words):
    with pytest.raises(FileNotReadable, match=words):
        runs_of_text(text)


@pytest.mark.django_db
def test_a_study_that_cannot_be_is_refused(cast, gauge):
    runs = runs_of_text(LONG)
    refusals = [
        ({"by": cast.operator}, NotEntitled, "may not record repeatability studies"),
        ({"feature": " "}, Incomplete, "Say what gauge"),
        ({"unit": ""}, Incomplete, "has no unit"),
        ({"measured_on": today() + timedelta(days=1)}, StudyDoesNotFit, "a day to come"),
        ({"tolerance": Decimal(0)}, StudyDoesNotFit, "has no width"),
        (
            {"measured_on": today() - timedelta(days=4000)},
            GaugeOutOfCalibration,
            "no good calibration in force",
        ),
        ({"runs": runs[:-1]}, StudyDoesNotFit, "89 runs of gauge .* measuring every part equally often"),
        ({"runs": [(p, o, Decimal(1)) for p, o, _ in runs]}, StudyDoesNotFit, "the steps of the gauge hide"),
    ]
    for changes, refusal, words in refusals:
        with pytest.raises(refusal, match=words):
            record(cast, gauge, **changes)
    assert RepeatabilityStudy.objects.count() == 0
    assert record(cast, gauge).word == "conditional"


@pytest.mark.django_db
def test_a_study_is_laid_in_and_stands_on_the_page_of_its_gauge(cast, client, gauge):
    client.force_login(cast.inspector)
    page = client.get(gauge.get_absolute_url()).content.decode()
    address = f"/gauges/{gauge.number}/studies/record/"
    assert [f'href="{address}"' in page, "No study yet" in page] == [True, True]
    given = {"measured_on": today().isoformat(), "feature": "bore 10 mm", "unit": "mm", "table": WIDE}
    refused = client.post(address, given | {"table": WIDE.replace("0.29", "o.29")})
    assert refused.status_code == 422
    assert "says “o.29” where a value is expected" in refused.content.decode()
    assert "bore 10 mm" in refused.content.decode()
    shown = client.post(address, given, follow=True).content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))
    assert "27.86 % of the spread seen comes from the gauge" in text
    assert "so that they are pooled with repeatability" in text
    assert shown.count('<svg class="chart"') == 1
    study = RepeatabilityStudy.objects.get()
    page = client.get(gauge.get_absolute_url()).content.decode()
    assert f'href="{study.get_absolute_url()}">{study.number}' in page


@pytest.mark.django_db
def test_a_csv_file_is_read_as_well(cast, client, gauge):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(cast.inspector)
    given = {"measured_on": today().isoformat(), "feature": "bore 10 mm", "unit": "mm"}
    address = f"/gauges/{gauge.number}/studies/record/"
    bad = client.post(address, given | {"sheet": SimpleUploadedFile("s.csv", b"\x00\x01")})
    assert [bad.status_code, RepeatabilityStudy.objects.count()] == [422, 0]
    client.post(address, given | {"sheet": SimpleUploadedFile("s.csv", LONG.encode())})
    assert RepeatabilityStudy.objects.get().figures["percent"] == "27.86"
