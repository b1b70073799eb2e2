"""The pages of finishes, as the quality engineers walk them."""

import html
import re

from django.urls import reverse

from routes.models import CoatingGrowth
from tests.cast import PASSWORD
from tests.factories.finish import make_finish_draft, make_growth, name_feature, release
from tests.factories.routes import make_open_traveler, make_process_specification


def url(name, **keywords):
    return reverse(f"routes:{name}", kwargs=keywords)


def text(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode())).split())


def test_a_growth_is_drafted_by_one_and_signed_by_another(client, cast):
    specification = make_process_specification(cast)
    client.force_login(cast.quality)
    assert "Nobody said yet how much a coating grows" in text(client.get(url("growth-list")))
    typed = {
        "specification": specification.pk,
        "spec_type": "III",
        "unit": "in",
        "thickness_min": "0.0018",
        "thickness_max": "0.0022",
        "ratio_min": "0.5",
        "ratio_max": "0.5",
        "source": "Data sheet 7 of the anodizer",
    }
    backwards = client.post(url("growth-draft"), typed | {"thickness_min": "0.0030"})
    assert "Give the thinner first." in text(backwards)
    assert 'value="Data sheet 7 of the anodizer"' in backwards.content.decode()
    drafted = client.post(url("growth-draft"), typed, follow=True)
    growth = CoatingGrowth.objects.get()
    assert f"{growth.number} is drafted; nothing is computed by it until it is signed." in text(drafted)
    page = text(client.get(growth.get_absolute_url()))
    assert "0.0018 to 0.0022 in" in page
    assert "You drafted these figures; another quality engineer signs them." in page
    client.force_login(cast.second_quality)
    signed = client.post(url("growth-sign", number=growth.number), {"password": PASSWORD}, follow=True)
    assert f"{growth.number} is in force for every route released from now on." in text(signed)


def test_the_paper_of_a_lot_says_what_to_machine_to(client, cast):
    make_growth(cast)
    draft = make_finish_draft(cast)
    name_feature(cast, draft)
    lot = make_open_traveler(cast, route_revision=release(cast, draft), quantity=2)
    client.force_login(cast.operator)
    page = text(client.get(url("traveler-print", number=lot.number)))
    assert "Machine to, before finish1 Shaft: 9.86 to 10.04 mm" in page


def test_a_route_shows_what_stops_it_and_what_to_machine_to(client, cast):
    make_growth(cast)
    draft = make_finish_draft(cast)
    client.force_login(cast.quality)
    page = text(client.get(draft.get_absolute_url()))
    assert "Balloon 1 is moved by operation 40 Anodize: say whether it is outside" in page
    finish = url("route-finish", number=draft.number)
    assert "The route cannot be released like this" in text(client.get(finish))
    answer = client.post(
        url("feature-name", number=draft.number, balloon="1"), {"kind": "external"}, follow=True
    )
    page = text(answer)
    assert "Balloon 1: outside, both faces coated (diameter, thickness)." in page
    assert ("9.86 to 10.04 mm" in page, "0.18 mm" in page, "cannot be released" in page) == (
        True,
        True,
        False,
    )
    assert client.get(url("feature-name", number=draft.number, balloon="77")).status_code == 404
