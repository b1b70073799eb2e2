"""The whole story by pages: from an empty portal to a package the buyer accepts, each act by whose work it is.

Nothing is made behind the pages' back: people follow what a page offers, fill its form and read the answer.
"""

from __future__ import annotations

from tests.flows import scenes_of_planning as planning
from tests.flows import scenes_of_proof as proof
from tests.flows import scenes_on_the_floor as floor
from tests.flows.crew import Crew


def walk_the_story(crew: Crew) -> None:
    planning.add_the_part(crew.quality)
    planning.enter_the_order(crew.quality)
    planning.add_specifications(crew.quality)
    planning.prepare_gauge_and_stock(crew)
    planning.plan_the_route(crew)
    planning.approve_the_vendor(crew.quality)
    floor.prove_the_heat(crew)
    floor.open_the_lot(crew)
    floor.make_the_pieces(crew.operator)
    floor.measure(crew.inspector, "I-000001", ("1",))
    floor.send_the_lot_out(crew)
    floor.vendor_answers(crew.vendor)
    floor.take_the_lot_back(crew.inspector)
    floor.measure(crew.inspector, "I-000003", ("1", "2", "3"))
    floor.accept_certificate(crew.quality, "C-000002")
    proof.nothing_can_ship_yet(crew.quality)
    floor.pack(crew.operator)
    proof.draft_and_certify(crew.quality)
    proof.the_gate_refuses(crew.quality)
    proof.prove_the_first_article(crew)
    proof.release_and_dispatch(crew)
    proof.buyer_reads_and_accepts(crew.buyer)
