"""What the chain reads of components: sources down to the last part, judged by what is known of them now."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.domain import decisions
from documents.domain.chain import check_components, digest
from documents.domain.chain.facts import read_facts
from documents.models import CertificateCoverage
from routes.domain import holds, lots
from tests.cast import reauth
from tests.factories.certificates import make_material_certificate
from tests.factories.components import (
    add_made,
    build,
    make_assembly,
    make_plain_revision,
    make_short_lot,
    take_out,
)


def facts_of(lot):
    return read_facts([lot.pk])[lot.number]


def states(lot):
    return [slot.state for slot in check_components.check(facts_of(lot))]


def built(cast):
    """Return an assembly lot with everything built in and certified, its source lot and its bushings."""
    lot, made, bought, source, bushings = make_assembly(cast)
    build(cast, lot, made, source, 10)
    build(cast, lot, bought, bushings, 5)
    for material in (source.material_lot, bushings):
        make_material_certificate(cast, material=material, at="accepted")
    return lot, made, source, bushings


def test_certified_components_close_and_their_papers_are_kept(cast):
    lot, _, source, bushings = built(cast)
    facts = facts_of(lot)
    assert states(lot) == ["accepted", "accepted"]
    [first], [second] = (component.sources for component in facts.components)
    assert (first.source, first.quantity, first.heat) == (
        source.number,
        10,
        f"heat {source.material_lot.identifier}",
    )
    assert (second.source, second.quantity, second.is_bought) == (bushings.number, 5, True)
    bought = {paper.number for paper in second.papers}
    assert {file.holder for file in facts.files} >= bought
    assert len(bought) == 1


def test_uncertified_sources_stop_it(cast):
    lot, made, bought, source, bushings = make_assembly(cast)
    build(cast, lot, made, source, 10)
    build(cast, lot, bought, bushings, 5)
    assert [component.sources[0].uncertified for component in facts_of(lot).components] == [
        (f"heat {source.material_lot.identifier}",),
        (f"batch {bushings.identifier}",),
    ]
    assert states(lot) == ["rejected", "rejected"]


def test_hold_of_a_source_reaches_the_assembly(cast):
    lot, _, source, _ = built(cast)
    before = digest(facts_of(lot))
    hold = holds.place_hold(by=cast.quality, traveler=source, reason="Bore looks wide.")
    assert (facts_of(lot).components[0].sources[0].holds, states(lot)[0]) == ((hold.number,), "rejected")
    holds.release_hold(by=cast.quality, hold=hold, reason="Measured again.", token=reauth(cast.quality))
    assert digest(facts_of(lot)) == before


def test_revoked_certificate_reaches_the_assembly(cast):
    lot, _, _, bushings = built(cast)
    found = CertificateCoverage.objects.get(material_lot=bushings).certificate
    decisions.revoke(by=cast.quality, certificate=found, reason="Another batch.", token=reauth(cast.quality))
    assert states(lot) == ["accepted", "rejected"]


def test_pieces_taken_out_are_no_source(cast):
    lot, made, source, _ = built(cast)
    take_out(cast, lot, made, source, 10)
    assert (facts_of(lot).components[0].sources, states(lot)) == ((), ["missing", "accepted"])


def test_child_of_an_assembly_has_what_was_built_in_before(cast):
    lot, made, source, _ = built(cast)
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Two go first.")
    assert (states(lot), states(child)) == (["accepted"] * 2, ["accepted"] * 2)
    take_out(cast, child, made, source, 1)
    assert (states(lot)[0], states(child)[0]) == ("accepted", "missing")


def test_everything_below_a_subassembly_is_judged(cast):
    inner, made, bought, source, bushings = make_assembly(cast)
    outer = make_plain_revision(cast)
    item = add_made(cast, outer, inner.route_revision.part_revision, quantity_each=1)
    top = make_short_lot(cast, outer, quantity=5)
    build(cast, inner, made, source, 10)
    build(cast, top, item, inner, 5)
    make_material_certificate(cast, material=source.material_lot, at="accepted")
    [component] = facts_of(top).components
    assert [(each.into, each.source) for each in component.sources] == [
        (top.number, inner.number),
        (inner.number, source.number),
    ]
    assert (component.sources[0].lacks, states(top)) == (("item 2",), ["rejected"])
    build(cast, inner, bought, bushings, 5)
    make_material_certificate(cast, material=bushings, at="accepted")
    assert states(top) == ["accepted"]


def test_serials_read_which_is_in_which(cast):
    assembly, made = (make_plain_revision(cast, is_serialized=True) for _ in range(2))
    item = add_made(cast, assembly, made, quantity_each=1)
    lot = make_short_lot(cast, assembly, quantity=2, serials=["A1", "A2"])
    source = make_short_lot(cast, made, quantity=2, serials=["B1", "B2"])
    build(cast, lot, item, source, 2, serials=["B1", "B2"], into_serials=["A2", "A1"])
    take_out(cast, lot, item, source, 1, serials=["B1"], into_serials=["A2"])
    [component] = facts_of(lot).components
    assert (component.sources[0].serials, component.short_serials) == (("B2 in A1",), ("A2",))


def test_two_assemblies_take_as_many_statements_as_one(cast):
    lot, *_ = built(cast)
    child = lots.split(by=cast.operator, traveler=lot, quantity=2, reason="Two go first.")
    counted = []
    for asked in ([lot.pk], [lot.pk, child.pk]):
        with CaptureQueriesContext(connection) as captured:
            read_facts(asked)
        counted.append(len(captured))
    assert counted[0] == counted[1]
