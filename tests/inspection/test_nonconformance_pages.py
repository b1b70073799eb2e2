"""Pages of nonconformances: reported, conceded, decided with a password, closed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspection.models import Concession, Nonconformance
from routes.domain.lots import quantity_of, steps_of
from tests.cast import PASSWORD
from tests.factories.inspection import make_final_inspection, make_lot, make_nonconformance
from tests.factories.routes import today
from tests.routes.examples import PDF


def page(name: str, *args: object) -> str:
    return reverse(f"inspection:nonconformance-{name}", args=args)


@pytest.fixture
def nonconformance(cast) -> Nonconformance:
    """An undecided one of piece 0003, whose bore is too wide."""
    return make_nonconformance(cast, record=make_final_inspection(cast, quantity=3, is_serialized=True))


@pytest.fixture
def quality(sign_in, cast):
    return sign_in(cast.quality)


def decision(**changes) -> dict[str, object]:
    sent = {"disposition": "use_as_is", "reason": "Clears the mating part.", "password": PASSWORD}
    return sent | {"witness": ""} | changes


def test_operator_reports_pieces_of_a_lot(sign_in, cast):
    lot = make_lot(cast, quantity=5)
    client, address = sign_in(cast.operator), page("open", lot.number)
    sent = {"description": "Burr on the bore.", "quantity": "9", "serials": "", "characteristic": "1"}
    refused = client.post(address, sent)
    assert (refused.status_code, refused.context["form"]["description"].value()) == (422, "Burr on the bore.")
    answer = client.post(address, sent | {"quantity": "2"})
    opened = Nonconformance.objects.get()
    assert (answer.status_code, answer.url) == (302, opened.get_absolute_url())
    assert (opened.characteristic.balloon, quantity_of(opened.traveler), quantity_of(lot)) == ("1", 2, 3)


def test_list_tints_what_nobody_decided_in_constant_statements(quality, cast, nonconformance):
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            rows = quality.get(page("list")).context["rows"]
        assert rows[-1].tone == "bad"
        return len(captured)

    one = statements()
    Nonconformance.objects.bulk_create(
        Nonconformance(
            number=f"NC-9{place:05d}",
            traveler=nonconformance.traveler,
            found_on_traveler=nonconformance.found_on_traveler,
            description="One more",
            quantity=1,
            opened_by=cast.operator,
            opened_at=nonconformance.opened_at,
        )
        for place in range(29)
    )
    assert statements() == one


def test_use_as_is_waits_for_the_concession(quality, nonconformance):
    number = nonconformance.number
    refused = quality.post(page("disposition", number), decision())
    assert "Only the design authority may use or repair them" in refused.content.decode()
    letter = {
        "customer_reference": "ORR-DEV-118",
        "decided_by": "Anton Belisle, design office",
        "decided_on": today().isoformat(),
        "quantity_limit": "1",
        "serials": "0003",
        "letter": SimpleUploadedFile("letter.pdf", PDF),
    }
    shown = quality.post(page("concede", number), letter, follow=True)
    assert shown.context["is_conceded"] is True
    kept = quality.get(reverse("inspection:concession-letter", args=[Concession.objects.get().number]))
    assert kept.content == PDF
    done = quality.post(page("disposition", number), decision(), follow=True)
    assert (done.context["record"].state, done.context["record"].disposition) == (
        "dispositioned",
        "use_as_is",
    )
    assert "Decision: Use as is" in done.content.decode()
    closed = quality.post(page("close", number), follow=True)
    assert closed.context["record"].state == "closed"
    assert [each["label"] for each in closed.context["acts"]] == ["Print", "Open a corrective action"]


def test_scrap_takes_a_witness(quality, cast, nonconformance):
    address = page("disposition", nonconformance.number)
    refused = quality.post(address, decision(disposition="scrap"))
    assert "name a witness" in refused.content.decode()
    offered = refused.context["form"].fields["witness"].queryset
    assert cast.quality not in offered
    done = quality.post(address, decision(disposition="scrap", witness=cast.inspector.pk))
    nonconformance.refresh_from_db()
    assert (done.status_code, quantity_of(nonconformance.traveler)) == (302, 0)


def test_rework_names_the_operations(quality, nonconformance):
    address = page("disposition", nonconformance.number)
    refused = quality.post(address, decision(disposition="rework"))
    assert "Name the operations that are done again" in refused.content.decode()
    quality.post(address, decision(disposition="rework", rework_operations=["20", "30"]))
    again = [s.operation.sequence for s in steps_of(nonconformance.traveler) if s.pass_number == 2]
    assert again == [20, 30]


def test_decision_takes_the_password(quality, nonconformance):
    answer = quality.post(page("disposition", nonconformance.number), decision(password="wrong"))
    nonconformance.refresh_from_db()
    assert (answer.status_code, nonconformance.state) == (422, "open")
    assert list(answer.context["form"].errors) == ["password"]


def test_inspector_is_not_offered_the_decision(sign_in, cast, nonconformance):
    client = sign_in(cast.inspector)
    assert client.get(page("detail", nonconformance.number)).context["acts"] == [
        {"label": "Print", "url": page("print", nonconformance.number), "is_main": False}
    ]
    assert client.post(page("disposition", nonconformance.number), decision()).status_code == 403
