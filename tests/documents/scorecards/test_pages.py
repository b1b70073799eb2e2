"""Scorecards as pages, tables, calls and a command: the shop sees every vendor's, a vendor its own alone."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from documents.domain.scorecards.freezing import freeze_month
from documents.models import DelayRecord, Scorecard, ScorecardTerms
from subcontract.models import OutsideOrderLine
from tests.documents.scorecards.world import OCTOBER, make_world, moment

NOVEMBER_6 = moment(date(2026, 11, 6))


@pytest.fixture
def card(cast) -> Scorecard:
    """Freeze October: the cast's vendor had six lines, one of them late; another vendor had one."""
    world = make_world(cast, vendors=2)
    for n in range(7):
        site = world.vendors[n // 6]
        line = world.order(site, ordered_on=date(2026, 10, 1), due_on=date(2026, 10, 20))
        world.send(line, date(2026, 10, 2))
        world.bring(line, date(2026, 10, 19))
        world.take_back(line, date(2026, 10, 21 if n == 0 else 20), 20)
    freeze_month(OCTOBER, at=NOVEMBER_6)
    return Scorecard.objects.get(vendor=cast.vendor_organization)


def text(answer) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_shop_lists_every_vendor_and_a_vendor_its_own(client, cast, card):
    client.force_login(cast.quality)
    rows = client.get("/scorecards/").context["rows"]
    assert sorted(row["vendor"] for row in rows) == ["Brightwater Finishing", "Vendor 0"]
    assert [row["on_time"] for row in rows if row["vendor"] == "Vendor 0"] == ["1 of 5 needed"]
    assert client.get("/scorecards/?month=2026-09").context["rows"] == []
    client.force_login(cast.vendor)
    [row] = client.get("/scorecards/").context["rows"]
    assert (row["url"], row["on_time"]) == (card.get_absolute_url(), "83.3 % (5/6)")
    client.force_login(cast.stranger_vendor)
    assert client.get("/scorecards/").context["rows"] == []
    assert client.get(card.get_absolute_url()).status_code == 404
    assert client.get("/vendors/BRIGHTWATER/scorecard/").status_code == 404


def test_a_card_shows_numerator_denominator_and_the_records_behind(client, cast, card):
    client.force_login(cast.vendor)
    answer = client.get(card.get_absolute_url())
    figures = {each["code"]: each for each in answer.context["figures"]}
    assert (figures["on_time"]["value"], figures["on_time"]["of"]) == ("83.3 %", "5 of 6")
    late = figures["on_time"]["records"][0]
    assert (str(late["went"]), late["days"], "act" in late) == ("late", 1, False)
    assert figures["ppm"]["beside"] == "at most 24,655 ppm with 95 % certainty"
    assert figures["paper"]["value"] == "insufficient data: 0 of at least 5"
    assert "Terms ST-" not in text(answer)


def test_quality_records_whose_a_delay_was_and_the_card_shows_the_change_beside(client, cast, card):
    client.force_login(cast.quality)
    late = client.get(card.get_absolute_url()).context["figures"][0]["records"][0]
    answer = client.post(late["act_url"], {"cause": "customer", "reason": "The mask drawing was held back."})
    assert (answer.status_code, answer.url) == (302, "/vendors/BRIGHTWATER/scorecard/")
    shown = client.get(card.get_absolute_url())
    assert shown.context["changes"] == [
        "Delivered on time: 5 of 6 when it was frozen, 5 of 5 today",
        "Work in the agreed days: 5 of 6 when it was frozen, 5 of 5 today",
    ]
    assert (shown.context["is_broken"], shown.context["figures"][0]["of"]) == (False, "5 of 6")
    so_far = client.get("/vendors/BRIGHTWATER/scorecard/?month=2026-10")
    assert so_far.context["figures"][0]["of"] == "5 of 5"
    withdraw = so_far.context["figures"][0]["records"][0]["act_url"]
    client.post(withdraw, {"reason": "It was the oven."})
    assert client.get(card.get_absolute_url()).context["changes"] == []
    assert DelayRecord.objects.get().withdrawn_reason == "It was the oven."
    line = OutsideOrderLine.objects.get(order__number=late["number"].split("/")[0])
    for person in (cast.vendor, cast.operator):
        client.force_login(person)
        sent = client.post(
            f"/outside-orders/{line.order.number}/lines/1/delay/", {"cause": "shop", "reason": "x"}
        )
        assert sent.status_code in (403, 404)


def test_a_vendor_reads_its_own_month_so_far(client, cast, card):
    client.force_login(cast.vendor)
    answer = client.get("/scorecards/own/")
    assert (answer.context["vendor"], answer.context["is_running"]) == (cast.vendor_organization, True)
    client.force_login(cast.quality)
    assert client.get("/scorecards/own/").status_code == 403


def test_charts_are_drawn_from_two_months_on(client, cast, card):
    client.force_login(cast.vendor)
    assert client.get(card.get_absolute_url()).context["charts"] == []
    content = json.loads(json.dumps(card.content))
    content["figures"][0]["value"] = "50.0"
    Scorecard.objects.create(
        number="SC-900001",
        vendor=card.vendor,
        month=date(2026, 9, 1),
        content=content,
        facts_sha256="0" * 64,
        rules="1",
        frozen_at=NOVEMBER_6,
    )
    charts = client.get(card.get_absolute_url()).context["charts"]
    assert charts[0]["words"] == "Sep 2026 50 %, Oct 2026 83.3 %"
    assert charts[0]["svg"].startswith("<svg")
    broken = client.get("/scorecards/SC-900001/")
    assert broken.context["is_broken"] is True


def test_a_manager_sets_terms_by_the_page(client, cast, card):
    client.force_login(cast.manager)
    form = client.get("/scorecards/terms/set/").context["form"]
    sent = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    asked = {**sent, "from_month": "2026-10-15", "reason": "As agreed with vendors.", "late_days": "2"}
    refused = client.post("/scorecards/terms/set/", asked)
    assert refused.context["form"].non_field_errors() == [
        "The scorecards of October 2026 are frozen. Set terms for a later month than that."
    ]
    answer = client.post("/scorecards/terms/set/", {**asked, "from_month": "2026-11-15"})
    assert (answer.status_code, answer.url) == (302, "/scorecards/")
    made = ScorecardTerms.objects.get()
    assert (made.from_month, made.late_days, made.weights["on_time"]) == (date(2026, 11, 1), 2, 35)


def test_tables_carry_every_figure(client, cast, card):
    client.force_login(cast.quality)
    lines = client.get("/scorecards/csv/").content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith(f"{card.number},Brightwater Finishing,2026-10,A,91.2,83.3,5,6,0,0,120,")
    sheet = load_workbook(io.BytesIO(client.get("/scorecards/xlsx/").content)).active
    assert [cell.value for cell in sheet[2]][:3] == [card.number, "Brightwater Finishing", "2026-10"]


def test_the_command_freezes_once_and_says_whether_a_month_holds(cast, card):
    said = io.StringIO()
    call_command("scorecards", "--month", "2026-10", "--check", "--json", stdout=said)
    rows = [json.loads(line) for line in said.getvalue().splitlines()]
    assert {row["vendor"]: (row["holds"], row["since"]) for row in rows} == {
        "BRIGHTWATER": (True, []),
        "V-0": (True, []),
    }
    DelayRecord.objects.create(
        number="DY-900001",
        line=OutsideOrderLine.objects.filter(order__due_on=date(2026, 10, 20)).order_by("pk").first(),
        cause="shop",
        reason="Slipped in behind.",
        recorded_by=cast.quality,
        recorded_at=moment(date(2026, 11, 1)),
    )
    with pytest.raises(CommandError) as refusal:
        call_command("scorecards", "--month", "2026-10", "--check", stdout=io.StringIO())
    assert str(refusal.value) == "1 of the cards of October 2026 cannot be reckoned again."
    with pytest.raises(CommandError) as refusal:
        call_command("scorecards", "--month", "October")
    assert str(refusal.value) == "October is no month. Write it as in 2026-10."


def test_a_list_takes_as_many_statements_for_two_as_for_one(client, cast, card):
    client.force_login(cast.quality)
    counts = []
    for address in ("/scorecards/?month=2026-10", "/scorecards/?month=2026-09"):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
