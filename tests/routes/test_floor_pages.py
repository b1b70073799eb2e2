"""The floor on a shared tablet, signed in as the inspector; the operator's badge does the work."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.domain.accounts import disable_person
from portal.domain.pins import IDLE, set_pin
from portal.models import SignInAttempt
from routes.domain import holds, lots
from routes.models import Hold, QuantityMove, SetupRun, TravelerStep
from routes.views.floor import BADGE
from tests.cast import PASSWORD
from tests.factories import routes as made

NUMBER, PIN = "B-0417", "580213"
ASKED_AGAIN = "Scan your badge: none was read here, or ten minutes have passed since the tablet was used."
BADGE_AND_PIN = {"badge_number": NUMBER, "pin": PIN}


@pytest.fixture
def tablet(cast, sign_in):
    set_pin(by=cast.operator, badge_number=NUMBER, pin=PIN, password=PASSWORD)
    return sign_in(cast.inspector)


@pytest.fixture
def step(cast):
    return made.step_at(made.make_open_traveler(cast, up_to=20), 20)


def address(name, record) -> str:
    return reverse(f"routes:{name}", kwargs={"number": record.number})


def alert(response) -> str:
    text = response.content.decode()
    found = re.search(r'role="alert">.*?<p>(.*?)</p>', text, re.S)
    return re.sub(r"<[^>]+>", "", found[1]) if found else ""


def said(response) -> str:
    """Return the page as words, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", "", response.content.decode()).split())


def idle(client, *, minutes: int) -> None:
    session = client.session
    session[BADGE] = {
        **session[BADGE],
        "seen": int((timezone.now() - timedelta(minutes=minutes)).timestamp()),
    }
    session.save()


def test_a_step_is_signed_by_the_person_of_the_badge(cast, tablet, step):
    page = tablet.get(address("floor-step", step))
    assert list(page.context["form"].fields) == ["quantity_out", "badge_number", "pin"]
    answer = tablet.post(address("floor-sign", step), {"quantity_out": 50, **BADGE_AND_PIN}, follow=True)
    assert answer.redirect_chain[-1][0] == address("floor-step", lots.current_step(step.traveler))
    step.refresh_from_db()
    assert (step.state, step.signature.person) == (TravelerStep.SIGNED, cast.operator)
    assert f"Step {step.number} is signed by Sami Okonjo." in said(answer)


def test_within_ten_idle_minutes_the_pin_alone_signs(cast, tablet):
    first, second = (made.step_at(made.make_open_traveler(cast, up_to=20), 20) for _ in range(2))
    tablet.post(address("floor-sign", first), {"quantity_out": 50, **BADGE_AND_PIN})
    idle(tablet, minutes=IDLE.seconds // 60 - 1)
    page = tablet.get(address("floor-step", second))
    assert list(page.context["form"].fields) == ["quantity_out", "pin"]
    tablet.post(address("floor-sign", second), {"quantity_out": 50, "pin": PIN})
    second.refresh_from_db()
    assert second.signature.person == cast.operator


def test_after_ten_idle_minutes_the_badge_is_asked_for_again(cast, tablet):
    first, second = (made.step_at(made.make_open_traveler(cast, up_to=20), 20) for _ in range(2))
    tablet.post(address("floor-sign", first), {"quantity_out": 50, **BADGE_AND_PIN})
    idle(tablet, minutes=IDLE.seconds // 60 + 1)
    answer = tablet.post(address("floor-sign", second), {"quantity_out": 50, "pin": PIN})
    assert (answer.status_code, answer.context["form"].errors) == (422, {"badge_number": [ASKED_AGAIN]})
    second.refresh_from_db()
    assert second.state == TravelerStep.WAITING
    tablet.post(address("floor-sign", second), {"quantity_out": 50, **BADGE_AND_PIN})
    second.refresh_from_db()
    assert second.signature.person == cast.operator


def test_no_step_is_signed_without_a_pin(cast, tablet):
    first, second = (made.step_at(made.make_open_traveler(cast, up_to=20), 20) for _ in range(2))
    tablet.post(address("floor-sign", first), {"quantity_out": 50, **BADGE_AND_PIN})
    answer = tablet.post(address("floor-sign", second), {"quantity_out": 50})
    assert answer.context["form"].errors == {"pin": ["Type your PIN: it says that it is you."]}
    second.refresh_from_db()
    assert second.state == TravelerStep.WAITING


def test_a_wrong_pin_is_said_and_counted_and_loses_nothing(cast, tablet, step):
    wrong = {"quantity_out": 49, "badge_number": NUMBER, "pin": "580214"}
    answer = tablet.post(address("floor-sign", step), wrong)
    assert answer.status_code == 422
    assert alert(answer).startswith("This badge and this PIN do not belong together, so nothing was done.")
    assert answer.context["form"]["quantity_out"].value() == "49"
    assert "580214" not in answer.content.decode()
    assert SignInAttempt.objects.count() == 1


def test_somebody_who_left_signs_no_more_though_the_badge_was_read(cast, tablet):
    first, second = (made.step_at(made.make_open_traveler(cast, up_to=20), 20) for _ in range(2))
    tablet.post(address("floor-sign", first), {"quantity_out": 50, **BADGE_AND_PIN})
    disable_person(by=cast.manager, person=cast.operator, reason="Left the shop")
    answer = tablet.post(address("floor-sign", second), {"quantity_out": 50, "pin": PIN})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["badge_number"])


def test_the_badge_is_put_away(tablet, step):
    tablet.post(address("floor-hold", step), {"reason": "Burr", **BADGE_AND_PIN})
    assert tablet.get(reverse("routes:floor")).context["holder"].printed_name == "Sami Okonjo"
    tablet.post(reverse("routes:floor-leave"))
    assert tablet.get(reverse("routes:floor")).context["holder"] is None


def test_scrap_is_recorded_by_the_badge_and_seen_by_another(cast, tablet, step):
    scrap = {"quantity": 2, "reason": "Bore out of round", **BADGE_AND_PIN}
    alone = tablet.post(address("floor-scrap", step), {**scrap, "witness": cast.operator.pk})
    assert alert(alone).startswith("Scrap and count corrections of lot")
    tablet.post(address("floor-scrap", step), {**scrap, "witness": cast.inspector.pk, "badge_number": ""})
    moved = QuantityMove.objects.get()
    assert (moved.kind, moved.quantity, moved.recorded_by, moved.witness, moved.step) == (
        "scrapped",
        2,
        cast.operator,
        cast.inspector,
        step,
    )


def test_hold_and_setup_name_the_person_of_the_badge(cast, tablet, step):
    setup = {"fixture": "FX-9", "fixture_revision": "A", "machine": "Mill 2", **BADGE_AND_PIN}
    answer = tablet.post(address("floor-setup", step), setup, follow=True)
    assert SetupRun.objects.get().recorded_by == cast.operator
    assert f"The setup of step {step.number} differs from" in said(answer)
    tablet.post(address("floor-hold", step), {"reason": "Burr on the bore", "pin": PIN})
    assert Hold.objects.get().placed_by == cast.operator
    stopped = tablet.get(address("floor-step", step))
    assert (stopped.context["form"], "is on hold" in stopped.context["stops"]) == (None, True)


def test_material_is_issued_and_its_step_signed_at_the_tablet(cast, tablet):
    lot = made.make_open_traveler(cast)
    step, heat = lots.current_step(lot), made.make_material(cast)
    tablet.post(address("floor-issue", step), {"material_lot": heat.pk, **BADGE_AND_PIN})
    tablet.post(address("floor-sign", step), {"quantity_out": 50, "pin": PIN})
    lot.refresh_from_db()
    step.refresh_from_db()
    assert (lot.material_lot, step.signature.person) == (heat, cast.operator)


@pytest.mark.parametrize("scanned", ["{lot}", "http://testserver/floor/lots/{lot}/"])
def test_a_scan_leads_to_the_step_the_lot_stands_at(tablet, step, scanned):
    answer = tablet.get(
        reverse("routes:floor"), {"scan": scanned.format(lot=step.traveler.number)}, follow=True
    )
    assert answer.redirect_chain[-1][0] == address("floor-step", step)


def test_a_scan_of_nothing_says_so_on_the_floor(tablet):
    answer = tablet.get(reverse("routes:floor"), {"scan": "HEAT 7T4418"}, follow=True)
    assert "HEAT 7T4418 is no lot and no step of this shop." in said(answer)


def test_the_floor_shows_ready_steps_and_those_a_hold_stops(cast, tablet, step):
    other = made.step_at(made.make_open_traveler(cast, up_to=20), 20)
    holds.place_hold(by=cast.operator, traveler=other.traveler, reason="Burr on the bore")
    page = tablet.get(reverse("routes:floor"))
    assert (page.context["ready"], page.context["held"]) == ([step], [other])


def test_the_floor_takes_as_many_statements_for_many_steps(cast, tablet, step, django_assert_num_queries):
    tablet.get(reverse("routes:floor"))
    with django_assert_num_queries(6):
        tablet.get(reverse("routes:floor"))
    for _ in range(3):
        made.make_open_traveler(cast, up_to=20)
    with django_assert_num_queries(6):
        tablet.get(reverse("routes:floor"))


def test_a_lot_with_nothing_left_to_sign_says_where_it_stands(cast, tablet):
    lot = made.make_open_traveler(cast, quantity=2, up_to=20)
    step = lots.current_step(lot)
    scrap = {"quantity": 2, "reason": "Bore out of round", "witness": cast.inspector.pk, **BADGE_AND_PIN}
    tablet.post(address("floor-scrap", step), scrap)
    page = tablet.get(address("floor-step", step))
    assert page.context["stops"] == f"Lot {lot.number} is closed."
    assert (page.context["form"], page.context["acts"]) == (None, [])


def test_the_papers_of_a_lot_say_what_it_is(cast, tablet):
    lot = made.make_open_traveler(cast, is_serialized=True, quantity=4, up_to=20)
    sheet = tablet.get(address("traveler-print", lot)).content.decode()
    line = lot.order_line
    for words in (lot.number, lot.material_lot.identifier, line.order.po_number, "0001–0004", "Sami Okonjo"):
        assert words in sheet
    label = tablet.get(address("traveler-label", lot)).content.decode()
    for words in (lot.number, lot.material_lot.identifier, line.order.po_number, "0001–0004"):
        assert words in label


def test_the_square_leads_to_the_lot_on_the_floor(tablet, step, monkeypatch):
    import segno

    written = []
    real = segno.make_qr
    monkeypatch.setattr(segno, "make_qr", lambda text, **facts: written.append(text) or real(text, **facts))
    answer = tablet.get(address("traveler-code", step.traveler))
    assert written == [f"http://testserver/floor/lots/{step.traveler.number}/"]
    assert answer["Content-Type"] == "image/svg+xml"
    drawn = answer.content.decode()
    assert drawn.startswith("<svg") and "style=" not in drawn and "<script" not in drawn


def test_ones_own_pin_is_set_on_ones_own_page(cast, sign_in):
    client = sign_in(cast.operator)
    given = {"badge_number": NUMBER, "new_pin": PIN, "repeated": PIN, "password": PASSWORD}
    differs = client.post(reverse("portal:pin-set"), {**given, "repeated": "580214"})
    assert differs.context["form"].errors == {"repeated": ["The two PINs differ. Type both again."]}
    easy = client.post(reverse("portal:pin-set"), {**given, "new_pin": "123456", "repeated": "123456"})
    assert (easy.status_code, alert(easy)[:10]) == (422, "This PIN i")
    done = client.post(reverse("portal:pin-set"), given, follow=True)
    assert f"Your PIN holds for badge {NUMBER}." in said(done)


def test_a_manager_hands_out_a_badge_and_takes_it_away(cast, sign_in):
    client, page = sign_in(cast.manager), reverse("portal:person-pin", kwargs={"email": cast.operator.email})
    given = client.post(page, {"badge_number": NUMBER, "reason": "New here"}, follow=True)
    assert f"Sami Okonjo wears badge {NUMBER} and chooses a PIN for it." in said(given)
    taken = client.post(page, {"badge_number": "", "reason": "Lost"}, follow=True)
    assert "Sami Okonjo wears no badge any more." in said(taken)
