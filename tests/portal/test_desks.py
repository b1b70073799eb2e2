"""One calm row of desks: each role has its own, what stands on one shows only there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.look.desks import SHOP_DESKS, desks_of, sought_by
from portal.models import Person

SHOP_ROW = [
    "Board",
    "Orders",
    "Routes",
    "Travelers",
    "Outside work",
    "Inspection",
    "Certificates",
    "Releases",
    "Settings",
]
CUSTOMER_ROW = ["Packages", "First articles", "Points", "Waivers", "Orders", "Parts", "Register"]


def desks(role, path):
    return desks_of(Person(role=role), path=path)


def current(role, path):
    return [desk.label for desk in desks(role, path) if desk.current]


@pytest.mark.parametrize("role", Person.SHOP_ROLES)
def test_the_shop_has_one_row_of_desks(role):
    assert [desk.label for desk in desks(role, "/board/")] == SHOP_ROW


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        ("vendor", ["Orders", "Certificates", "Corrective actions", "Register"]),
        ("buyer", CUSTOMER_ROW),
        ("customer_quality", CUSTOMER_ROW),
    ],
)
def test_outsiders_have_rows_of_their_own(role, labels):
    assert [desk.label for desk in desks(role, "/")] == labels


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/board/", "Board"),
        ("/orders/O-000001/", "Orders"),
        ("/parts/30-4471/", "Routes"),
        ("/materials/", "Travelers"),
        ("/steps/T-000001-10-1/sign/", "Travelers"),
        ("/approvals/AP-000001/", "Outside work"),
        ("/gauges/", "Inspection"),
        ("/packages/P-000001-1/", "Releases"),
        ("/people/", "Settings"),
        ("/jobs/", "Settings"),
    ],
)
def test_a_page_belongs_to_one_desk(path, label):
    assert current("quality", path) == [label]


def test_a_page_of_no_desk_marks_none():
    assert current("quality", "/me/") == []


def test_only_the_page_itself_is_here():
    assert [desk.label for desk in desks("quality", "/travelers/") if desk.here] == ["Travelers"]
    assert [desk.label for desk in desks("quality", "/travelers/T-000001/") if desk.here] == []


def test_what_stands_on_a_desk_is_marked_by_the_best_fit():
    inspection = next(desk for desk in desks("inspector", "/first-articles/FA-000001/") if desk.current)
    assert [sub.label for sub in inspection.subs if sub.current] == ["First articles"]


@pytest.mark.parametrize("path", ["/scorecards/", "/scorecards/own/", "/scorecards/2026-10/LOWELL/"])
def test_every_scorecard_of_a_vendor_stands_under_its_scorecard(path):
    orders = next(desk for desk in desks("vendor", path) if desk.current)
    assert (orders.label, [sub.label for sub in orders.subs if sub.current]) == ("Orders", ["Your scorecard"])


def test_a_desk_with_one_thing_has_no_second_row():
    assert next(desk for desk in desks("quality", "/board/") if desk.label == "Board").subs == []


def test_nobody_has_no_desks():
    assert desks_of(None, path="/") == []


def test_every_address_named_stands_on_one_desk():
    named = [name for _, _, below, _ in SHOP_DESKS for _, name in below]
    assert sorted(named) == sorted(set(named))


def test_the_search_field_suggests_what_a_role_looks_for():
    said = {role: sought_by(Person(role=role)) for role in ("vendor", "buyer", "operator", "quality")}
    assert said == {
        "vendor": "Order, lot or certificate number",
        "buyer": "PO, part or package number",
        "operator": "Lot, heat or serial number",
        "quality": "Any number: lot, PO, heat, serial",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["quality", "vendor", "buyer"])
def test_the_brand_is_the_shop(cast, sign_in, name):
    page = sign_in(getattr(cast, name)).get(reverse("portal:me")).content.decode()
    assert f"<span>{cast.shop.name}</span></a>" in page


@pytest.mark.django_db
def test_the_frame_costs_the_shop_nothing_and_outsiders_one_statement(cast, sign_in):
    asked = {}
    for name in ("quality", "vendor"):
        client = sign_in(getattr(cast, name))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("portal:me"))
        asked[name] = [row["sql"] for row in captured if "'shop'" in row["sql"]]
    assert (len(asked["quality"]), len(asked["vendor"])) == (0, 1)
