"""Lots that differ from their first article: the chain and the plain reading agree at every step of the way."""

from documents.domain import chain
from inspection.domain import evaluation_scopes, evaluations, first_articles
from routes.domain import materials, travelers
from tests.cast import reauth
from tests.documents.evidence.oracle import open_links
from tests.factories.inspection import walk
from tests.factories.routes import (
    make_material,
    make_order_line,
    make_part_revision,
    make_released_route,
    sign_step,
    step_at,
)
from tests.factories.triggers import decide, make_baseline, make_changed, make_evaluation, repeat, run


def fai(lot) -> set[str]:
    """Return what is open of the first article by the chain, which the plain reading must say too."""
    slots = chain.check_lots([lot])[lot.number]
    ours = {slot.subject for slot in slots if slot.code == "FAI" and not slot.is_closed}
    assert ours == open_links(lot.number).get("FAI", set())
    return ours


def test_the_plain_reading_agrees_on_what_changed_and_what_was_decided(cast):
    first = make_baseline(cast, fai_regime="before_dispatch", at="customer_approved")
    same = repeat(cast, first, fai_regime="before_dispatch")
    run(cast, same)
    assert fai(same) == set()

    changed = walk(cast, make_changed(cast, first))
    assert fai(changed) == {"evaluation"}
    opened = make_evaluation(cast, lot=changed)
    assert fai(changed) == {"evaluation"}
    decided = decide(cast, opened, "partial")
    assert fai(changed) == {""}
    partial = first_articles.open_first_article(
        by=cast.inspector,
        traveler=changed,
        serial="1",
        reason=evaluations.reason_of(decided),
        extent="partial",
        baseline=first,
        evaluation=decided,
    )
    submitted = first_articles.submit(by=cast.inspector, first_article=partial, token=reauth(cast.inspector))
    first_articles.approve(by=cast.quality, first_article=submitted, token=reauth(cast.quality))
    # the later lot stands on the partial one; the one before it still on the first
    later = make_changed(cast, first)
    assert (fai(changed), fai(later), fai(same)) == (set(), set(), set())

    line = make_order_line(cast, first.part_revision, quantity=5, fai_regime="with_first")
    other = travelers.open_traveler(
        by=cast.quality, order_line=line, route_revision=first.route_revision, quantity=5
    )
    heat = make_material(cast, mill="Another Mill")
    materials.issue_material(by=cast.operator, traveler=other, material_lot=heat)
    sign_step(cast, step_at(other, 10))
    assert fai(other) == {"evaluation"}
    decide(cast, make_evaluation(cast, lot=other), "none")
    assert fai(other) == set()


def test_the_plain_reading_agrees_on_a_new_revision(cast):
    first = make_baseline(cast)
    revised = make_part_revision(cast, part=first.part_revision.part, revision="B")
    lot = repeat(cast, first, route=make_released_route(cast, part_revision=revised))
    assert fai(lot) == {"", "evaluation"}
    opened = make_evaluation(cast, lot=lot)
    assert [row["kind"] for row in opened.changes] == ["part_revision", "drawing_revision"]
    assert evaluation_scopes.proposed_scope(opened) == ()
    decide(cast, opened, "none")
    assert fai(lot) == set()
