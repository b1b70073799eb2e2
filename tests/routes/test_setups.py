import pytest
from django.utils import timezone

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from routes.domain import setups
from routes.domain.setups import NoSetupHere
from routes.domain.words import AuthorMayNotApprove
from tests.cast import reauth
from tests.factories import routes as made
from tests.factories.routes import NC_PROGRAM

COMMENTED = NC_PROGRAM.replace(b"(ROUGH)", b"(ROUGH, 2026-11-20 14:02)")
CHANGED = NC_PROGRAM.replace(b"X10.", b"X10.5")


@pytest.fixture
def step(cast):
    return made.step_at(made.make_open_traveler(cast, up_to=20), 20)


def run(cast, step, **changes):
    facts = {"by": cast.operator, "step": step, "fixture": "FX-12", "fixture_revision": "B"}
    return setups.record_run(**{**facts, "nc_program": NC_PROGRAM, **changes})


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"fixture": "FX-13"}, ["fixture"]),
        ({"fixture_revision": "C"}, ["fixture_revision"]),
        ({"nc_program": COMMENTED}, ["nc_program_comments"]),
        ({"nc_program": CHANGED}, ["nc_program"]),
        ({"nc_program": None}, ["nc_program"]),
        ({"fixture": "FX-13", "nc_program": CHANGED}, ["fixture", "nc_program"]),
    ],
)
def test_a_run_is_compared_with_the_locked_setup(cast, step, changes, fields):
    found = run(cast, step, **changes)
    assert list(found.differences.order_by("pk").values_list("field", flat=True)) == fields


@pytest.mark.parametrize(
    ("offsets", "told"),
    [
        ({}, []),
        ({"G54 X": "-120.000"}, []),
        ({"G54 X": "-120.0"}, []),
        ({"G54 X": "-120.02"}, [("offsets", "G54 X -120.000", "G54 X -120.02")]),
        ({"G54 X": "zero"}, [("offsets", "G54 X -120.000", "G54 X zero")]),
        (
            {"T5 D": "worn"},
            [("offsets", "G54 X -120.000; T5 D not stated", "G54 X not stated; T5 D worn")],
        ),
        (
            {"G54 X": "1", "T" * 240: "1"},
            [("offsets", f"G54 X -120.000; {'T' * 183}…", f"G54 X 1; {'T' * 190}…")],
        ),
    ],
    ids=["not stated", "equal", "same number", "other number", "other word", "other names", "long"],
)
def test_offsets_are_compared_by_name_once_they_are_stated(cast, step, offsets, told):
    found = run(cast, step, offsets=offsets)
    assert list(found.differences.values_list("field", "locked", "as_run")) == told
    assert found.offsets == offsets


def test_a_run_needs_a_fixture_a_locked_setup_and_a_lot_in_house(cast, step):
    with pytest.raises(Incomplete):
        run(cast, step, fixture=" ")
    with pytest.raises(NoSetupHere):
        run(cast, made.step_at(step.traveler, 30))
    with pytest.raises(NotEntitled):
        run(cast, step, by=cast.buyer)
    step.traveler.state = "closed"
    step.traveler.save()
    with pytest.raises(NotTheMoment):
        run(cast, step)


def test_a_difference_is_decided_once_by_another_person(cast, step):
    difference = run(cast, step, by=cast.quality, fixture="FX-13").differences.get()

    def decide(by, reason="Same locating pins.", token=None):
        return setups.disposition_difference(
            by=by, difference=difference, reason=reason, token=token or reauth(by)
        )

    with pytest.raises(AuthorMayNotApprove) as refusal:
        decide(cast.quality)
    assert refusal.value.sentence == (
        f"Maud Ferreira recorded the setup of step {step.number} and may not decide its differences. "
        "Ask another quality engineer."
    )
    with pytest.raises(NotEntitled):
        decide(cast.operator)
    with pytest.raises(Incomplete):
        decide(cast.second_quality, reason=" ")
    with pytest.raises(CredentialRefused):
        decide(cast.second_quality, token="made up")
    decided = decide(cast.second_quality)
    assert (decided.reason, decided.disposition_signature.person) == (
        "Same locating pins.",
        cast.second_quality,
    )
    with pytest.raises(NotTheMoment):
        decide(cast.manager)


def test_a_setup_is_of_a_machine_operation_and_by_authority(cast):
    draft = made.make_draft_route(cast)
    with pytest.raises(NoSetupHere):
        made.make_setup(cast, draft.operations.get(sequence=30))
    facts = {
        "operation": draft.operations.get(sequence=20),
        "fixture": "FX-20",
        "fixture_revision": "",
        "nc_program": None,
        "nc_program_name": "",
        "offsets": {},
        "gauges": [],
    }
    with pytest.raises(Incomplete):
        setups.approve_setup(by=cast.quality, **{**facts, "fixture": ""})
    with pytest.raises(NotEntitled):
        setups.approve_setup(by=cast.operator, **facts)
    cast.manager.authorities.filter(act="approve_route").update(withdrawn_at=timezone.now())
    with pytest.raises(NotEntitled):
        setups.approve_setup(by=cast.manager, **facts)
    replaced = setups.approve_setup(by=cast.quality, **facts)
    assert (replaced.fixture, replaced.nc_raw_sha256, replaced.gauges.count()) == ("FX-20", "", 0)
