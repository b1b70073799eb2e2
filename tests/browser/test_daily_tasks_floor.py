"""What an operator does at the shared tablet of the sample shop: badge and PIN once, then the PIN alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from documents.demo.people import OPERATORS_PIN
from routes.models import QuantityMove, TravelerStep
from tests.browser.worker import Worker

pytestmark = pytest.mark.browser
TABLET = {"width": 820, "height": 1180}
PIN = {"Your PIN": OPERATORS_PIN}
BADGE = {"Your badge": "KR-1042"} | PIN


@pytest.fixture
def tablet(sample_shop, chromium) -> Worker:
    """The tablet of the shop, signed in as the inspector, at the floor's page."""
    tablet = Worker(chromium, sample_shop, "josefa@kestrel.example", screen=TABLET)
    tablet.open(reverse("routes:floor"))
    return tablet


@pytest.fixture
def step(sample_shop) -> TravelerStep:
    """The first operation on a machine of the lot just opened."""
    return TravelerStep.objects.get(number="T-000006-20-1")


def scan(tablet: Worker, step: TravelerStep) -> None:
    tablet.window.keyboard.type(step.traveler.number)
    with tablet.window.expect_navigation() as going:
        tablet.window.keyboard.press("Enter")
    tablet.arrived(going.value)


def test_operator_signs_two_steps_the_second_with_the_pin_alone(tablet, step):
    scan(tablet, step)
    tablet.send("Sign the step", BADGE)
    assert tablet.heading == "30 Mill side 2 and bore"
    tablet.send("Sign the step", PIN)
    signed = TravelerStep.objects.filter(traveler=step.traveler, signature__person__email__startswith="tom@")
    assert [each.operation.sequence for each in signed.order_by("operation__sequence")] == [10, 20, 30]
    assert tablet.clicks == 2


def test_operator_scraps_a_piece_before_a_witness(tablet, step):
    scan(tablet, step)
    tablet.follow("Record scrap")
    [*_, last] = step.traveler.pieces.order_by("position")
    said = {
        "Pieces scrapped": 1,
        "Serials": last.serial,
        "What is wrong with them": "Tool broke in the bore.",
        "Seen by": "Josefa Reyes",
    }
    tablet.send("Record the scrap", said | BADGE)
    assert tablet.told == [f"1 piece is scrapped from lot {step.traveler.number}."]
    move = QuantityMove.objects.latest("pk")
    assert (move.kind, move.quantity, move.recorded_by.printed_name, move.witness.printed_name) == (
        QuantityMove.SCRAPPED,
        1,
        "Tom Ashdown",
        "Josefa Reyes",
    )
    assert tablet.clicks == 2
