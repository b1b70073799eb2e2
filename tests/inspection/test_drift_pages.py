"""The pages of drift: what drifts first, one characteristic with its charts, the alarm and the acts on it."""

import re

import pytest

from inspection.domain import drift_alarms
from inspection.models import DriftAlarm
from tests.factories.releases import make_baseline, make_release
from tests.factories.routes import make_part_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def alarm(cast):
    baseline = make_baseline(cast)
    for _ in range(10):
        if found := drift_alarms.review_inspection(record=make_release(cast, baseline, ["10.02"] * 5)):
            return found[0]
    raise AssertionError("no alarm")


def test_everybody_finds_what_drifts_and_quality_answers_and_closes_it(cast, client, alarm):
    part = alarm.characteristic.part_revision.part
    client.force_login(cast.quality)
    listed = client.get("/drift-alarms/").content.decode()
    assert [alarm.number in listed, "1 Bore, upwards" in listed] == [True, True]
    shown = client.get(f"/drift/{part.number}/").content.decode()
    rows = re.findall(r'<th scope="row".*?<a href="([^"]+)">(\d Bore|\d Length|\d Width)', shown)
    assert rows[0] == (f"/parts/{part.number}/A/drift/1/?side=after", "1 Bore")
    page = client.get(rows[0][0]).content.decode()
    assert page.count('<svg class="chart"') == 5
    assert "estimated from 10 values" in page
    assert "style=" not in page
    detail = client.get(alarm.get_absolute_url()).content.decode()
    assert "Answer it" in detail
    assert drift_alarms.sentence_of(alarm) in re.sub(r"<[^>]+>", "", detail)
    answered = client.post(f"{alarm.get_absolute_url()}acknowledge/", {"cause": "Insert worn."}, follow=True)
    assert "Every piece is measured until it has recovered" in answered.content.decode()
    assert "Close it" not in answered.content.decode()
    refused = client.post(
        f"{alarm.get_absolute_url()}close/", {"reason": "Mended.", "password": "kestrel ridge"}, follow=True
    )
    assert DriftAlarm.objects.get().state == "acknowledged"
    assert refused.status_code == 422
    client.force_login(cast.second_quality)
    assert "Close it" in client.get(alarm.get_absolute_url()).content.decode()


def test_the_chart_is_chosen_by_a_person_or_by_the_data(cast, client, alarm):
    part = alarm.characteristic.part_revision.part
    client.force_login(cast.inspector)
    address = f"/parts/{part.number}/A/drift/1/?side=after&chart="
    headings = {
        kind: re.search(r'<h2 id="charts">([^<]+)</h2>', client.get(address + kind).content.decode())[1]
        for kind in ("i_mr", "xbar_s", "nonsense", "")
    }
    assert headings == {
        "i_mr": "Single values and moving ranges",
        "xbar_s": "Release means and standard deviations",
        "nonsense": headings[""],
        "": headings[""],
    }


def test_a_characteristic_without_values_says_so(cast, client, alarm):
    revision = make_part_revision(cast)
    client.force_login(cast.operator)
    page = client.get(f"/parts/{revision.part.number}/A/drift/1/").content.decode()
    assert "Nothing was measured yet" in page
    assert "Nothing was measured yet" in client.get(f"/drift/{revision.part.number}/").content.decode()
