"""What a shop agrees and changes on the way: redline, policy of setups, proposed setup, deputy, delegation."""

from __future__ import annotations

from datetime import timedelta

from documents.demo.parts import HOUSING, MANIFOLD
from documents.demo.people import token
from documents.demo.scenes import Shelf
from documents.demo.story import Story
from portal.domain.deputies import name_deputy
from portal.models import Authority
from routes.domain import lock_policies, lot_amendments, setup_proposals
from routes.models import Operation, Traveler
from subcontract.domain.delegations import delegate


def changed_on_the_way(shelf: Shelf) -> None:
    """Leave one living example of each, none of which stops or lets go anything that stands."""
    housing, manifold = shelf.stories[HOUSING.number], shelf.stories[MANIFOLD.number]
    _redline(housing)
    _lock_policy(housing)
    _propose_setup(manifold)
    _deputy(housing)
    _delegation(housing)


def _redline(story: Story) -> None:
    """Words for the deburring of the lot that was just opened, proposed by the operator and signed by quality."""
    people = story.people
    waiting = Traveler.objects.filter(route_revision=story.plan.route, state=Traveler.OPEN, parent=None)
    lot = waiting.order_by("-pk").first()
    step = lot.steps.filter(operation__kind=Operation.DEBURR).select_related("operation").first()
    amendment = lot_amendments.propose_redline(
        by=people.operator,
        traveler=lot,
        sequence=step.operation.sequence,
        words="Break the edge of the cross hole to 0.2 with the new brush and look at it under the lens.",
        reason="The last lot left a burr at the cross hole.",
    )
    lot_amendments.approve(by=people.second_quality, amendment=amendment, token=token(people.second_quality))


def _lock_policy(story: Story) -> None:
    """Comments of a program are routine everywhere; every other difference asks."""
    people = story.people
    policy = lock_policies.draft(
        by=people.quality,
        routine=["nc_program_comments"],
        reason="The post-processor writes the day into a comment; it cuts nothing.",
    )
    lock_policies.sign(by=people.second_quality, policy=policy, token=token(people.second_quality))


def _propose_setup(story: Story) -> None:
    """The new revision of the fixture, proposed as a further setup; somebody else decides on it."""
    operation = story.plan.route.operations.filter(kind=Operation.MACHINE).order_by("sequence").first()
    locked = operation.setups.get()
    setup_proposals.propose_setup(
        by=story.people.quality,
        operation=operation,
        name="New clamp",
        reason="Revision D has the new clamp; the datum was checked on T-000010.",
        fixture=locked.fixture,
        fixture_revision="D",
        program_of=locked,
    )


def _deputy(story: Story) -> None:
    """The manager is away in two weeks; somebody releases shipments for her."""
    people = story.people
    held = Authority.objects.filter(person=people.manager, act=Authority.RELEASE)
    name_deputy(
        by=people.manager,
        authorities=held,
        person=people.second_quality,
        valid_from=story.today + timedelta(days=14),
        valid_to=story.today + timedelta(days=25),
        basis="Leave; letter KR-2026-19.",
    )


def _delegation(story: Story) -> None:
    """The plater may count and look for us, and send the customer's parts on to it."""
    people = story.people
    delegate(
        by=people.quality,
        token=token(people.quality),
        site=people.sites["LOWELL"],
        customer=people.organizations["ARDENT"],
        is_verification=True,
        is_shipping=True,
        reference="Delegation letter KR-DL-3",
        valid_from=story.today - timedelta(days=30),
        valid_to=story.today + timedelta(days=335),
        accepted_reference="Ardent letter 2026-118",
        accepted_on=story.today - timedelta(days=34),
    )
