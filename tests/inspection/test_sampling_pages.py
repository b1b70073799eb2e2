"""The pages of sampling, as a quality engineer walks them."""

import html
import re

import pytest
from django.urls import reverse

from inspection.models import SamplingState
from tests.cast import PASSWORD
from tests.factories.sampling import (
    NORMAL_10,
    add_past,
    make_sampled_inspection,
    measure_pieces,
    put_on,
    series_of,
)


def url(name, **keywords):
    return reverse(f"inspection:{name}", kwargs=keywords)


def text(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode())).split())


@pytest.fixture
def record(cast):
    return make_sampled_inspection(cast, **NORMAL_10)


def test_an_inspection_says_how_many_pieces_and_why(client, cast, record):
    client.force_login(cast.inspector)
    page = text(client.get(record.get_absolute_url()))
    assert "0 of 5" in page
    assert "5 of 16: Z1.4 level II, AQL 10, letter C, normal; accept 1, reject 2" in page
    measure_pieces(cast, record, range(3, 4), bad=(1, 2))
    page = text(client.get(record.get_absolute_url()))
    assert "2 nonconforming, 1 allowed: the plan rejects the lot, sort every piece" in page
    assert "1 of 14" in page


def test_a_series_is_seen_and_decided(client, cast, record):
    series = series_of(record.traveler.route_revision)
    client.force_login(cast.quality)
    page = text(client.get(series.get_absolute_url()))
    assert "10 more lots must be accepted in a row first." in page
    add_past(series, record, "A" * 10)
    listed = text(client.get(url("sampling-list")))
    assert "accepted, accepted, accepted, accepted, accepted" in listed
    route = record.traveler.route_revision
    answer = client.post(
        url("sampling-qualify", number=series.number),
        {"one_in": "3", "route_revision": route.pk, "password": PASSWORD},
        follow=True,
    )
    assert "one lot in 3 is looked at." in text(answer)
    assert "1 lot in 3, drawn by chance" in text(client.get(series.get_absolute_url()))
    ended = client.post(url("sampling-end-skip", number=series.number), {"reason": "Asked for."}, follow=True)
    assert f"Every lot of {series.number} is looked at." in text(ended)
    answers = {"is_within_limit_number": "on", "is_production_steady": "on", "password": PASSWORD}
    reduced = client.post(url("sampling-reduce", number=series.number), answers, follow=True)
    assert f"{series.number} is on reduced inspection." in text(reduced)
    back = client.post(url("sampling-restore", number=series.number), {"reason": "New machine."}, follow=True)
    assert f"{series.number} is on normal inspection." in text(back)


def test_a_discontinued_series_waits_for_its_corrective_action(client, cast, record):
    series = put_on(series_of(record.traveler.route_revision), "discontinued")
    client.force_login(cast.quality)
    assert "Every piece is looked at" in text(client.get(series.get_absolute_url()))
    answer = client.post(
        url("sampling-resume", number=series.number),
        {"corrective_action": "CAPA 26-014", "password": PASSWORD},
        follow=True,
    )
    assert f"{series.number} is on tightened inspection." in text(answer)
    assert SamplingState.objects.get().why == "corrective action accepted: CAPA 26-014"
