"""A lot begun before the portal stood, and the papers it came with."""

from __future__ import annotations

from datetime import timedelta

from documents.demo.papers import paper
from documents.demo.parts import MANIFOLD
from documents.demo.people import token
from documents.demo.scenes import Shelf
from documents.demo.story import SIGNERS, Story
from routes.domain import elsewhere, proofs
from routes.domain.lots import quantity_of
from routes.models import RecordedElsewhere, Traveler


def begun_on_paper(shelf: Shelf) -> None:
    """A lot begun before the portal stood: its old traveler is reviewed, its mill certificate waits for review."""
    story, line, _ = shelf.take(MANIFOLD)
    lot = elsewhere.bring_in(
        by=story.people.quality,
        order_line=line,
        route_revision=story.plan.route,
        quantity=line.quantity,
        at_sequence=50,
        reason="Begun in October on a paper traveler, brought in when the portal was started.",
        serials=[f"M-{place:02d}" for place in range(71, 71 + line.quantity)],
    )
    _old_papers(story, lot)


def _old_papers(story: Story, lot: Traveler) -> None:
    """Scan the papers of a lot brought in: the old traveler, reviewed; the mill certificate, still to review."""
    kept = {"material": [], "traveler": []}
    for proves, operation in proofs.demanded_of(lot):
        pile = "material" if proves == RecordedElsewhere.MATERIAL else "traveler"
        kept[pile].append((proves, operation))
    done_on, spec = story.today - timedelta(days=21), story.plan.spec
    old = paper(
        "old_record",
        issuer="Kestrel Ridge Machining",
        title="Shop traveler",
        number="W-2291",
        on=str(done_on),
        rows=(
            ("Part, revision", f"{spec.number} revision {spec.revision}"),
            ("Quantity", str(quantity_of(lot))),
            *((f"Operation {op.sequence}", f"{op.name}: done, T. Ashdown") for _, op in kept["traveler"]),
        ),
        statement="All operations above were done and checked.",
        signer="T. Ashdown, stamp 14",
    )
    scans = elsewhere.record_paper(
        by=story.people.quality,
        traveler=lot,
        proofs=kept["traveler"],
        description="Paper traveler, every operation stamped",
        reference="W-2291",
        done_on=done_on,
        content=old,
        name="W-2291.pdf",
    )
    second = story.people.second_quality
    elsewhere.review_paper(by=second, records=scans, token=token(second))
    alloy = spec.alloy
    mill = paper(
        "mill_certificate",
        number="TM-316-8790",
        on=str(done_on),
        product=alloy.product,
        form=alloy.form,
        specification=str(story.plan.material),
        condition=alloy.condition,
        heat="316-8790",
        quantity=str(quantity_of(lot)),
        chemistry=alloy.chemistry,
        strength=alloy.strength,
        signer=SIGNERS["TOLLGATE"],
    )
    elsewhere.record_paper(
        by=story.people.quality,
        traveler=lot,
        proofs=kept["material"],
        description="Mill certificate 3.1 of the bar",
        reference="TM-316-8790",
        done_on=done_on,
        content=mill,
        name="TM-316-8790.pdf",
    )
