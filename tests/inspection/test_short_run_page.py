"""A family of characteristics on one chart: who belongs to it, and what the page says."""

import re

import pytest

from inspection.domain import short_runs
from tests.factories.releases import make_baseline, make_release

pytestmark = pytest.mark.django_db


@pytest.fixture
def bore(cast):
    baseline = make_baseline(cast)
    make_release(cast, baseline, ["10.01", "9.99", "10.02", "10.00"])
    return baseline.part_revision.characteristics.select_related("part_revision__part").get(balloon="1")


def _words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_family_shares_gauge_kind_and_unit(cast, bore):
    [kin] = short_runs.kins_of(bore)
    assert (kin.code, kin.words) == ("gauge", "read with: micrometer")
    relatives = short_runs.relatives_of(bore, kin)
    assert {each.unit for each in relatives} == {bore.unit}
    assert bore.balloon not in [each.balloon for each in relatives]
    members = short_runs.members_of([bore, *relatives], side="after")
    assert members[0].name == f"{bore.part_revision.part.number} 1"
    assert [len(each.values) for each in members[0].releases] == [10, 4]
    places = short_runs.places_of(members)
    # the later release of the bore stands last, its pieces in their order
    assert [place.value for place in places[-4:]] == [10.01, 9.99, 10.02, 10.0]
    with pytest.raises(ValueError, match="13 characteristics were chosen; a chart holds at most 12"):
        short_runs.members_of([bore] * 13, side="after")


def test_the_page_says_which_chart_it_is_and_why(cast, client, bore):
    client.force_login(cast.inspector)
    number = bore.part_revision.part.number
    drift = client.get(f"/parts/{number}/A/drift/1/?side=after").content.decode()
    address = f"/parts/{number}/A/drift/1/short-run/"
    assert f'href="{address}?side=after"' in drift
    alone = client.get(address, {"family": "gauge:micrometer"}).content.decode()
    assert alone.count('<svg class="chart"') == 2
    assert "One characteristic alone: its deviations from the target" in _words(alone)
    assert "with fewer than 20 points the limits are provisional" in _words(alone)
    refused = client.get(address, {"family": "gauge:micrometer", "side": "before"}).content.decode()
    assert "A short-run chart needs at least 2 values." in _words(refused)
    z = client.get(address, {"family": "gauge:micrometer", "chart": "z"}).content.decode()
    assert '<h2 id="chart">Z: deviation in own standard deviations</h2>' in z
    assert "style=" not in z
