import pytest
from django.utils import timezone

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.domain.reauthentication import CredentialRefused
from portal.models import Event, Signature
from routes.domain import route_revisions, setup_proposals, setups
from routes.domain.drafts import RevisionIsFrozen
from routes.domain.route_contents import altered_since_release, content_of
from routes.domain.setup_comparison import approved_of
from routes.domain.setup_proposals import SetupIsThere
from routes.domain.setups import NoSetupHere, SiteOfAnother
from routes.domain.words import AlreadyThere, AuthorMayNotApprove
from routes.models import Setup
from tests.cast import reauth
from tests.factories import routes as made
from tests.factories.locks import RECUT, make_second_setup, propose_setup
from tests.factories.routes import NC_PROGRAM

SAME = {"fixture": "FX-12", "fixture_revision": "B"}


@pytest.fixture
def route(cast):
    return made.make_released_route(cast)


@pytest.fixture
def machine(route):
    return route.operations.get(sequence=20)


def states(operation):
    return dict(Setup.objects.filter(operation=operation).order_by("pk").values_list("name", "state"))


def run(cast, lot, **changes):
    facts = {"by": cast.operator, "step": made.step_at(lot, 20), "nc_program": NC_PROGRAM, **SAME}
    return setups.record_run(**facts | changes)


def test_set_grows_by_a_second_signature_and_the_route_stays(cast, route, machine):
    signed = content_of(route)
    proposed = propose_setup(cast, machine)
    assert (proposed.number[:3], proposed.state, proposed.signature) == ("SU-", "proposed", None)
    assert [each.name for each in approved_of(machine)] == [""]
    by = cast.second_quality
    approved = setup_proposals.approve_proposal(by=by, setup=proposed, token=reauth(by))
    assert (approved.state, approved.signature.person, approved.signature.meaning) == (
        "approved",
        by,
        Signature.APPROVED,
    )
    assert states(machine) == {"": "approved", "Cell 2, vise": "approved"}
    assert content_of(route) == signed
    told = Event.objects.filter(noun="setup", number=proposed.number).order_by("pk")
    assert list(told.values_list("verb", flat=True)) == ["propose", "approve"]


def test_proposal_takes_over_the_program_of_a_setup_of_the_same_operation(cast, route, machine):
    first = Setup.objects.get(operation=machine)
    facts = {"nc_program": None, "nc_program_name": "", "program_of": first}
    proposed = propose_setup(cast, machine, **facts)
    assert (proposed.nc_program, proposed.nc_raw_sha256) == (first.nc_program, first.nc_raw_sha256)
    other = made.make_released_route(cast).operations.get(sequence=20)
    assert propose_setup(cast, other, **facts).nc_raw_sha256 == ""


def test_run_of_any_approved_setup_differs_in_nothing_and_remembers_which(cast, route, machine):
    second = make_second_setup(cast, machine)
    lot = made.make_open_traveler(cast, route_revision=route)
    first = Setup.objects.get(operation=machine, name="")
    runs = [run(cast, lot), run(cast, lot, fixture="FX-30", fixture_revision="A")]
    assert [(each.setup, each.differences.count()) for each in runs] == [(first, 0), (second, 0)]


@pytest.mark.parametrize(
    ("as_run", "nearest", "fields"),
    [
        ({"fixture": "FX-30", "fixture_revision": "B"}, "Cell 2, vise", ["fixture_revision"]),
        ({"fixture": "FX-12", "fixture_revision": "C"}, "", ["fixture_revision"]),
        ({"fixture": "FX-99", "fixture_revision": "Z"}, "", ["fixture", "fixture_revision"]),
        # a fixture more or less is nearer than a program that cuts otherwise
        ({"fixture": "FX-12", "fixture_revision": "B", "nc_program": RECUT}, "", ["nc_program"]),
        (
            {"fixture": "FX-30", "fixture_revision": "B", "nc_program": RECUT},
            "Recut",
            ["fixture", "fixture_revision"],
        ),
    ],
)
def test_other_runs_are_held_against_the_nearest(cast, route, machine, as_run, nearest, fields):
    make_second_setup(cast, machine)
    if nearest == "Recut":
        make_second_setup(
            cast, machine, name="Recut", fixture="FX-77", fixture_revision="K", nc_program=RECUT
        )
    found = run(cast, made.make_open_traveler(cast, route_revision=route), **as_run)
    assert found.setup.name == nearest
    assert list(found.differences.order_by("pk").values_list("field", flat=True)) == fields


@pytest.mark.parametrize(
    ("machine_run", "fields"), [("VF-2", []), ("vf-2", []), ("VF-4", ["machine"]), ("", ["machine"])]
)
def test_named_machine_is_compared(cast, route, machine, machine_run, fields):
    make_second_setup(cast, machine, machine="VF-2")
    lot = made.make_open_traveler(cast, route_revision=route)
    found = run(cast, lot, fixture="FX-30", fixture_revision="A", machine=machine_run)
    assert [each.field for each in found.differences.all()] == fields


def test_named_site_is_compared_and_is_the_shop_s_own(cast, route, machine):
    site, other = cast.quality.organization.sites.get(), cast.vendor_organization.sites.get()
    with pytest.raises(SiteOfAnother):
        propose_setup(cast, machine, site=other)
    elsewhere = site.organization.sites.create(code="B", name="Hall B", country="US")
    make_second_setup(cast, machine, site=elsewhere)
    lot = made.make_open_traveler(cast, route_revision=route)
    facts = {"fixture": "FX-30", "fixture_revision": "A"}
    assert [each.field for each in run(cast, lot, site=site, **facts).differences.all()] == ["site"]
    assert run(cast, lot, site=elsewhere, **facts).differences.count() == 0


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"name": " "}, Incomplete),
        ({"reason": ""}, Incomplete),
        ({"fixture": ""}, Incomplete),
        (SAME, SetupIsThere),
    ],
)
def test_proposal_is_refused(cast, machine, facts, refusal):
    with pytest.raises(refusal):
        propose_setup(cast, machine, **facts)
    assert propose_setup(cast, machine).state == "proposed"


def test_proposal_needs_a_planner_a_machine_a_released_route_and_a_free_name(cast, route, machine):
    with pytest.raises(NotEntitled):
        propose_setup(cast, machine, by=cast.operator)
    with pytest.raises(NoSetupHere):
        propose_setup(cast, route.operations.get(sequence=30))
    draft = made.make_draft_route(cast)
    with pytest.raises(NotTheMoment, match="Propose further ones once it is released"):
        propose_setup(cast, draft.operations.get(sequence=20))
    propose_setup(cast, machine)
    with pytest.raises(AlreadyThere):
        propose_setup(cast, machine, fixture="FX-31")


def test_proposal_is_decided_once_and_by_another(cast, machine):
    proposed = propose_setup(cast, machine)

    def approve(by, token=None):
        return setup_proposals.approve_proposal(by=by, setup=proposed, token=token or reauth(by))

    with pytest.raises(AuthorMayNotApprove) as refused:
        approve(cast.quality)
    assert refused.value.sentence == (
        f"Maud Ferreira proposed setup {proposed.number} and may not approve it. Ask another quality engineer."
    )
    with pytest.raises(NotEntitled):
        approve(cast.operator)
    with pytest.raises(CredentialRefused):
        approve(cast.second_quality, token="made up")
    cast.manager.authorities.filter(act="approve_route").update(withdrawn_at=timezone.now())
    with pytest.raises(NotEntitled):
        approve(cast.manager)
    assert approve(cast.second_quality).state == "approved"
    with pytest.raises(NotTheMoment):
        approve(cast.second_quality)
    with pytest.raises(NotTheMoment):
        setup_proposals.decline_proposal(by=cast.second_quality, setup=proposed, reason="Late.")


def test_declined_proposal_says_why_and_frees_its_name(cast, machine):
    proposed = propose_setup(cast, machine)
    with pytest.raises(NotEntitled):
        setup_proposals.decline_proposal(by=cast.operator, setup=proposed, reason="No.")
    with pytest.raises(Incomplete):
        setup_proposals.decline_proposal(by=cast.second_quality, setup=proposed, reason=" ")
    declined = setup_proposals.decline_proposal(
        by=cast.second_quality, setup=proposed, reason="Not measured."
    )
    assert (declined.state, declined.ended_reason) == ("declined", "Not measured.")
    assert propose_setup(cast, machine).name == proposed.name


def test_withdrawn_setup_is_run_no_more_and_what_was_run_stays(cast, route, machine):
    second = make_second_setup(cast, machine)
    lot = made.make_open_traveler(cast, route_revision=route)
    before = run(cast, lot, fixture="FX-30", fixture_revision="A")
    with pytest.raises(NotEntitled):
        setup_proposals.withdraw_setup(by=cast.operator, setup=second, reason="Worn.")
    with pytest.raises(Incomplete):
        setup_proposals.withdraw_setup(by=cast.quality, setup=second, reason="")
    gone = setup_proposals.withdraw_setup(by=cast.quality, setup=second, reason="The vise is worn.")
    assert (gone.state, gone.ended_reason) == ("withdrawn", "The vise is worn.")
    with pytest.raises(NotTheMoment):
        setup_proposals.withdraw_setup(by=cast.quality, setup=second, reason="Again.")
    after = run(cast, lot, fixture="FX-30", fixture_revision="A")
    assert (before.differences.count(), after.differences.count()) == (0, 2)
    first = Setup.objects.get(operation=machine, name="")
    setup_proposals.withdraw_setup(by=cast.quality, setup=first, reason="The fixture broke.")
    route.refresh_from_db()
    # it was signed with its route and stood then; taking it out of the set is an act of its own
    assert altered_since_release(route) == ""
    with pytest.raises(NoSetupHere, match="every one was withdrawn"):
        run(cast, lot)


def test_withdrawing_needs_authority(cast, machine):
    cast.manager.authorities.filter(act="approve_route").update(withdrawn_at=timezone.now())
    setup = Setup.objects.get(operation=machine)
    with pytest.raises(NotEntitled):
        setup_proposals.withdraw_setup(by=cast.manager, setup=setup, reason="Worn.")
    assert setup_proposals.withdraw_setup(by=cast.quality, setup=setup, reason="Worn.").state == "withdrawn"


def test_draft_names_as_many_setups_as_it_likes(cast):
    draft = made.make_draft_route(cast)
    operation = draft.operations.get(sequence=20)
    facts = {
        "fixture": "FX-30",
        "fixture_revision": "",
        "nc_program": None,
        "nc_program_name": "",
        "offsets": {},
        "gauges": [],
    }
    setups.approve_setup(by=cast.quality, operation=operation, name="Cell 2", **facts)
    setups.approve_setup(by=cast.quality, operation=operation, name="Cell 2", **facts | {"fixture": "FX-31"})
    kept = Setup.objects.filter(operation=operation).order_by("pk").values_list("name", "fixture")
    assert list(kept) == [("", "FX-12"), ("Cell 2", "FX-31")]
    assert [each["fixture"] for each in content_of(draft)["operations"][1]["setups"]] == ["FX-12", "FX-31"]
    submitted = route_revisions.submit(by=cast.quality, route_revision=draft)
    with pytest.raises(NotTheMoment):
        setup_proposals.withdraw_setup(
            by=cast.quality, setup=Setup.objects.get(name="Cell 2"), reason="Not needed."
        )
    by = cast.second_quality
    released = route_revisions.release(by=by, route_revision=submitted, token=reauth(by))
    with pytest.raises(RevisionIsFrozen):
        setups.approve_setup(by=cast.quality, operation=released.operations.get(sequence=20), **facts)


def test_next_revision_begins_with_every_approved_setup(cast, route, machine):
    make_second_setup(cast, machine)
    propose_setup(cast, machine, name="Cell 3", fixture="FX-31")
    part_revision = route.part_revision
    draft = route_revisions.draft_revision(by=cast.quality, part_revision=part_revision, copy_from=route)
    copies = Setup.objects.filter(operation__route_revision=draft).order_by("pk")
    assert list(copies.values_list("name", "state", "fixture")) == [
        ("", "approved", "FX-12"),
        ("Cell 2, vise", "approved", "FX-30"),
    ]
    assert len(content_of(draft)["operations"][1]["setups"]) == 2
