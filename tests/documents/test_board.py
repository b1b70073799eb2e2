"""The release board and the chain on a lot's page: what stops a lot, who owes it, in constant statements."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.domain import standing
from documents.models import Certificate
from documents.views.board import LOTS_SHOWN, ReleaseBoard
from portal import feed
from routes.domain import lots
from tests.factories.certificates import make_ready_lot, record_setup_run
from tests.factories.documents import make_shipment
from tests.factories.inspection import make_lot
from tests.factories.routes import make_open_traveler

BOARD = "/board/"


def board(client, **asked):
    return client.get(BOARD, asked).context


def lots_on(context) -> list[str]:
    return [lot["lot"].number for group in context["groups"] for lot in group["lots"]]


def tally_of(context) -> dict[str, int]:
    return {each["label"]: each["count"] for each in context["tally"]}


def test_board_names_what_stops_each_lot(cast, sign_in):
    lot = make_lot(cast, at=999)
    record_setup_run(cast, lot)
    context = board(sign_in(cast.quality))
    (row,) = context["groups"][0]["lots"]
    assert (row["cause"]["code"], row["cause"]["owner"], row["more"]) == ("MATERIAL", "Corvane Mill", 1)
    assert [slot.code for slot in row["stops"]] == ["MATERIAL", "PROCESS"]


def test_board_counts_who_owes(cast, sign_in):
    record_setup_run(cast, make_lot(cast, at=999))
    make_ready_lot(cast)
    assert tally_of(board(sign_in(cast.quality))) == {
        "Ready to ship": 1,
        "Stopped": 1,
        "Owed by us": 0,
        "Owed by vendors": 1,
        "Owed by customers": 0,
        "Late": 0,
    }


def test_board_filters(cast, sign_in):
    stopped, ready = make_lot(cast, at=999), make_ready_lot(cast)
    client = sign_in(cast.quality)
    assert lots_on(board(client, link="PROCESS")) == [stopped.number]
    assert lots_on(board(client, ready="1")) == [ready.number]
    assert lots_on(board(client, ready="0")) == [stopped.number]
    assert lots_on(board(client, late="1")) == []
    assert lots_on(board(client, customer="Tessaly Flight")) == []
    assert lots_on(board(client, owed_by="vendors")) == [stopped.number]
    assert lots_on(board(client, ships_by="2020-01-01")) == []


def test_filtered_board_tells_first_what_was_asked_for(cast, sign_in):
    record_setup_run(cast, make_lot(cast, at=999))
    client = sign_in(cast.quality)
    causes = {}
    for link in ("", "MATERIAL", "PROCESS"):
        (row,) = board(client, link=link)["groups"][0]["lots"]
        causes[link] = (row["cause"]["code"], row["more"])
    assert causes == {"": ("MATERIAL", 1), "MATERIAL": ("MATERIAL", 1), "PROCESS": ("PROCESS", 1)}


@pytest.mark.parametrize("day", ["2026-13-45", "soon", "\x00"])
def test_unreadable_filter_asks_for_everything(cast, sign_in, day):
    lot = make_open_traveler(cast)
    assert lots_on(board(sign_in(cast.quality), ships_by=day)) == [lot.number]


def test_empty_board_says_so(cast, sign_in):
    assert "No lot is open" in sign_in(cast.quality).get(BOARD).content.decode()


@pytest.mark.parametrize(("who", "status"), [("operator", 200), ("buyer", 404), ("vendor", 404)])
def test_board_is_of_the_shop(cast, sign_in, who, status):
    assert sign_in(getattr(cast, who)).get(BOARD).status_code == status


def test_board_takes_as_many_statements_for_thirty_lots_as_for_one(cast, sign_in):
    lot = make_open_traveler(cast, quantity=31)
    client = sign_in(cast.quality)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(BOARD)
        return len(captured)

    feed.drain("chains")
    alone = statements()
    for _ in range(29):
        lots.split(by=cast.operator, traveler=lot, quantity=1, reason="One by one.")
    feed.drain("chains")
    assert (statements(), alone <= 15) == (alone, True)
    assert len(lots_on(board(client))) == 30


def test_full_page_of_the_board_stays_below_six_hundred_kilobytes(cast, sign_in):
    lot = make_lot(cast, at=999)
    client = sign_in(cast.quality)
    alone = len(client.get(BOARD).content)
    for _ in range(4):
        lots.split(by=cast.operator, traveler=lot, quantity=1, reason="One by one.")
    feed.drain("chains")
    row = (len(client.get(BOARD).content) - alone) / 4
    assert alone + (LOTS_SHOWN - 1) * row < 600 * 1024


def test_board_shows_the_first_to_ship_and_counts_all(cast, sign_in, monkeypatch):
    monkeypatch.setattr(ReleaseBoard, "page_size", 2)
    first, second, third = [make_open_traveler(cast) for _ in range(3)]
    client = sign_in(cast.quality)
    pages = [board(client), board(client, page="2"), board(client, page="9")]
    assert [lots_on(each) for each in pages] == [
        [first.number, second.number],
        [third.number],
        [third.number],
    ]
    assert [tally_of(each)["Stopped"] for each in pages] == [3, 3, 3]
    assert [[group["counted"] for group in each["groups"]] for each in pages] == [[3], [3], [3]]


def test_page_of_the_board_keeps_its_filter(cast, sign_in, monkeypatch):
    monkeypatch.setattr(ReleaseBoard, "page_size", 1)
    for _ in range(2):
        make_open_traveler(cast)
    client = sign_in(cast.quality)
    page = client.get(BOARD, {"ready": "0"})
    assert 'rel="next" href="?ready=0&amp;page=2"' in page.content.decode()
    asked = [each["label"] for each in board(client, ready="0", page="2")["tally"] if each["is_asked"]]
    assert asked == ["Stopped"]


def test_lot_page_shows_chain_and_findings(cast, sign_in):
    lot = make_lot(cast, at=999)
    page = sign_in(cast.quality).get(lot.get_absolute_url()).content.decode()
    assert "Cannot ship." in page
    assert "Corvane Mill must send it." in page
    assert f"Chain of lot {lot.number}" in page


def test_command_prints_each_lot_as_json(cast, capsys):
    lot = make_lot(cast, at=999)
    with pytest.raises(CommandError):
        call_command("check_chain", lot.number, "--json")
    found = json.loads(capsys.readouterr().out)
    assert (found["lot"], found["is_ready"], len(found["digest"])) == (lot.number, False, 64)
    assert {slot["code"] for slot in found["slots"] if slot["state"] == "missing" and not slot["waits"]} == {
        "LOCK",
        "MATERIAL",
        "PROCESS",
    }


def test_command_ends_well_when_nothing_stops_a_lot(cast, capsys):
    lot = make_ready_lot(cast)
    call_command("check_chain")
    assert capsys.readouterr().out == (
        f"{lot.number}: nothing stops it.\n  COC, FILES wait for the above or for a shipment.\n"
    )


def test_command_prints_only_what_is_stopped_and_says_how_many(cast, capsys):
    lot = make_lot(cast, at=999)
    make_ready_lot(cast)
    with pytest.raises(CommandError, match="1 lot is stopped.") as ended:
        call_command("check_chain", "--all", "--open", "--json")
    printed = [json.loads(line)["lot"] for line in capsys.readouterr().out.splitlines()]
    assert (printed, ended.value.returncode) == ([lot.number], 1)


def test_command_takes_lots_or_all(db):
    with pytest.raises(CommandError, match="Name lots, or ask for all of them; not both."):
        call_command("check_chain", "T-000001", "--all")


def test_command_names_unknown_lots(db):
    with pytest.raises(CommandError, match="There is no lot T-999999. Check the number."):
        call_command("check_chain", "T-999999")


def test_tally_marks_the_count_that_is_shown(cast, sign_in):
    make_lot(cast, at=999)
    tally = board(sign_in(cast.quality), ready="0")["tally"]
    assert [(each["label"], each["url"]) for each in tally if each["is_asked"]] == [("Stopped", "?ready=0")]


def test_lot_on_a_shipment_leads_to_it_instead_of_shipping_again(cast, sign_in):
    shipment = make_shipment(cast, at="draft")
    page = sign_in(cast.quality).get(BOARD)
    words = page.content.decode()
    assert [said in words for said in (shipment.get_absolute_url(), "Ship…")] == [True, False]
    assert tally_of(page.context)["Ready to ship"] == 0


def row_on(client, lot) -> dict:
    [row] = [
        row for group in board(client)["groups"] for row in group["lots"] if row["lot"].number == lot.number
    ]
    return row


@pytest.mark.parametrize("at", ["draft", "certified", "released"])
def test_board_judges_a_lot_for_the_shipment_it_is_on_as_its_page_does(cast, sign_in, at):
    lot = make_shipment(cast, at=at).lines.get().traveler
    alone = make_ready_lot(cast)
    client = sign_in(cast.quality)
    on_page = client.get(lot.get_absolute_url()).context["found"]["slots"]
    row = row_on(client, lot)
    assert [(each["code"], each["state"]) for each in row["slots"]] == [
        (each["code"], each["state"]) for each in on_page
    ]
    assert [slot.code for slot in row["stops"]] == (["COC"] if at == "draft" else [])
    assert [each["state"] for each in row_on(client, alone)["slots"] if each["code"] == "FILES"] == [
        "missing"
    ]


def test_board_tells_in_the_morning_of_a_file_that_changed_since_it_was_hashed(cast, sign_in):
    lot = make_shipment(cast, at="certified").lines.get().traveler
    client = sign_in(cast.quality)
    whole = row_on(client, lot)["stops"]
    kept = Certificate.objects.filter(kind="process").get().file.storage_name
    with default_storage.open(kept) as handle:
        content = handle.read()
    default_storage.delete(kept)
    default_storage.save(kept, ContentFile(content[:-1]))
    standing.judge_every_open_lot()
    assert (whole, [slot.code for slot in row_on(client, lot)["stops"]]) == ([], ["FILES"])
