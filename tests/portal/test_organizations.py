import pytest

from portal.domain.errors import NotEntitled
from portal.domain.organizations import CodeRefused, PlaceRefused, add_organization, add_site
from portal.models import Event, Organization, Site

FACTS = {"number": "north-1", "name": "Northmoor Plating", "kind": "vendor"}
SITE = {"code": "east", "name": "East works", "country": "de", "time_zone": "Europe/Berlin"}


def add(cast, **changes):
    return add_organization(**{"by": cast.quality} | FACTS | changes)


def add_place(cast, **changes):
    return add_site(**{"by": cast.quality, "organization": cast.vendor_organization} | SITE | changes)


def test_a_quality_engineer_adds_a_vendor(cast):
    added = add(cast)
    assert (added.number, added.name, added.kind) == ("NORTH-1", "Northmoor Plating", "vendor")
    event = Event.objects.latest("id")
    assert (event.verb, event.noun, event.number) == ("add", "organization", "NORTH-1")


def test_an_operator_adds_neither_vendor_nor_site(cast):
    for attempt in (add, add_place):
        with pytest.raises(NotEntitled, match="Sami Okonjo may not add organizations"):
            attempt(cast, by=cast.operator)


@pytest.mark.parametrize("number", ["", "a b", "../x", "-A", "Ö", "A" * 41])
def test_a_code_is_short_and_plain(cast, number):
    with pytest.raises(CodeRefused, match="is not a short code"):
        add(cast, number=number)


def test_a_code_has_one_owner(cast):
    with pytest.raises(CodeRefused, match="ORRIN is the code of Orrin Aerospace. Choose another code."):
        add(cast, number="orrin")
    add_place(cast)
    with pytest.raises(CodeRefused, match="Brightwater Finishing has a site EAST already."):
        add_place(cast)


def test_an_installation_has_one_shop(cast):
    with pytest.raises(NotEntitled, match="One installation is one shop."):
        add(cast, kind="shop")
    assert Organization.objects.shops().count() == 1


def test_a_site_is_somewhere(cast):
    with pytest.raises(PlaceRefused, match="'DEU' is not a country code of two letters"):
        add_place(cast, country="deu")
    with pytest.raises(PlaceRefused, match="'Mars/Base' is not a known time zone"):
        add_place(cast, time_zone="Mars/Base")
    assert (add_place(cast).code, Site.objects.latest("id").country) == ("EAST", "DE")


def test_the_pages_add_a_vendor_and_its_site(sign_in, cast):
    client = sign_in(cast.quality)
    answer = client.post("/organizations/create/", FACTS)
    assert (answer.status_code, answer.url) == (302, "/organizations/NORTH-1/")
    assert client.get(answer.url).context["record"].name == "Northmoor Plating"
    answer = client.post("/organizations/NORTH-1/sites/create/", SITE, follow=True)
    assert [str(each) for each in answer.context["messages"]] == ["The site East works is known."]
    assert [site.code for site in answer.context["sites"]] == ["EAST"]


def test_what_another_company_is_called_is_not_told_to_outsiders(cast):
    seen = {
        name: sorted(Organization.objects.for_viewer(getattr(cast, name)).values_list("number", flat=True))
        for name in ("operator", "vendor", "buyer", "stranger_buyer")
    }
    assert seen == {
        "operator": ["BRIGHTWATER", "GALENA", "HALDEN", "ORRIN", "TESSALY"],
        "vendor": ["BRIGHTWATER", "HALDEN"],
        "buyer": ["HALDEN", "ORRIN"],
        "stranger_buyer": ["HALDEN", "TESSALY"],
    }
