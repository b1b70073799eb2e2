"""What an order passes on to its vendor: derived, decided item by item, signed, never behind the customer's order."""

import pytest
from django.urls import reverse

from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Event, Label
from routes.domain import clauses, packing, parts, route_revisions
from routes.models import LineClause
from subcontract.domain import outside_orders
from subcontract.domain.flowdown import (
    Decision,
    FlowdownIncomplete,
    OrderAmendedSince,
    amended_since,
    decide,
    pass_on_the_rest,
    review,
    review_of,
)
from subcontract.models import FlowdownItem, OutsideOrder
from tests.cast import reauth
from tests.factories.clauses import carry
from tests.factories.packing import demand
from tests.factories.routes import (
    make_draft_route,
    make_open_traveler,
    make_order_line,
    make_part_revision,
    step_at,
    today,
)
from tests.factories.subcontract import issue, line_of, make_approval, make_outside_order

NOTES = {
    "1": "Anodize per MIL-PRF-8625, type II, class 1.",
    "2": "Mask the bore and the two threads.",
    "3": "Rack marks on surface C only.",
    "4": "Colour: clear.",
    "5": "Seal in hot water.",
    "6": "Thickness 10 to 15 µm.",
    "7": "No bare spots on sealing surfaces.",
}
EVIDENCE = ("Q-10", "Q-11", "Q-12", "Q-13")
ASKED = [
    "Instructions of the operation",
    *(f"Drawing note {number}" for number in NOTES),
    "Dimensions after the process",
    *(f"Clause {number} B" for number in EVIDENCE),
    "Clause Q-hold B",
    "Clause Q-source B",
    "Clause Q-witness B",
    "Order, label",
    "Order, marking",
    "Order, preservation and packing",
    "Order, shelf life",
]
OURS = [
    "Right of access",
    "No work passed on",
    "Notice of changes",
    "Notice of nonconformance",
    "Days of the process",
    "Count",
    "Material",
    "Records",
    "Foreign objects",
    "People",
]
STATED = ["Part", "Specification", "Material and condition", "Certificate"]


def make_route(cast):
    """Return a released route whose operation 40 has instructions and answers seven notes."""
    part_revision = make_part_revision(cast, with_notes=False)
    for number, text in NOTES.items():
        parts.add_note(by=cast.quality, part_revision=part_revision, note_number=number, text=text)
    draft = make_draft_route(cast, part_revision=part_revision)
    outside = draft.operations.get(sequence=40)
    outside.instructions = "Hang by the long slot."
    outside.save()
    for note in part_revision.notes.all():
        route_revisions.map_note(by=cast.quality, route_revision=draft, note=note, operation=outside)
    submitted = route_revisions.submit(by=cast.quality, route_revision=draft)
    by = cast.second_quality
    return route_revisions.release(by=by, route_revision=submitted, token=reauth(by))


def make_demanding_line(cast, route):
    """Return an order line with seven clauses and four packing demands."""
    line = make_order_line(cast, route.part_revision)
    for number in EVIDENCE:
        carry(cast, line, number=number)
    for kind, point in (("hold", 40), ("witness", 40), ("source", None)):
        carry(cast, line, kind, point_at=point)
    for kind in ("marking", "preservation", "label", "shelf_life"):
        demand(cast, line, kind)
    return line


def make_draft(cast, **facts):
    """Return the line of a draft order that has twenty things to decide."""
    route = make_route(cast)
    lot = make_open_traveler(cast, route_revision=route, order_line=make_demanding_line(cast, route))
    return draft_for(cast, lot, **facts)


def draft_for(cast, lot, **facts):
    if not cast.vendor_site.approvals.exists():
        make_approval(cast)
    order = outside_orders.draft_order(
        by=cast.quality,
        site=cast.vendor_site,
        ordered_on=today(),
        due_on=today(),
        certificate_content="Specification with revision, type and class.",
    )
    return outside_orders.add_line(by=cast.quality, order=order, step=step_at(lot, 40), **facts)


def origins(items, *states) -> list[str]:
    return [item.origin for item in items if not states or item.state in states]


def key_of(line, origin: str) -> str:
    return next(item.key for item in review_of(line) if item.origin == origin)


def included(line, *but: str) -> list[Decision]:
    """Return the decision to pass on every open item but those named by their origin."""
    return [
        Decision(item.key, FlowdownItem.INCLUDED)
        for item in review_of(line)
        if item.state == FlowdownItem.UNDECIDED and item.origin not in but
    ]


def test_line_asks_for_everything_route_drawing_order_and_house_demand(cast):
    line = make_draft(cast)
    items = review_of(line)
    assert sorted(origins(items, FlowdownItem.UNDECIDED)) == sorted(ASKED)
    assert origins(items, FlowdownItem.INCLUDED) == STATED + OURS
    assert [item.origin for item in items if item.is_by_rule] == STATED
    assert {item.key: item.words for item in items if item.origin in STATED} == {
        "part": f"{line.traveler.route_revision.part_revision}, drawing "
        f"{line.traveler.route_revision.part_revision.drawing_number} revision A.",
        "specification": "MIL-PRF-8625 F, type II, class 1.",
        "material": "6061-T6.",
        "certificate": "Specification with revision, type and class.",
    }


@pytest.mark.parametrize("origin", ASKED)
def test_order_with_one_item_undecided_is_not_issued_and_names_it(cast, origin):
    line = make_draft(cast)
    decide(by=cast.quality, line=line, decisions=included(line, origin))
    words = next(item.words for item in review_of(line) if item.origin == origin)
    with pytest.raises(FlowdownIncomplete) as refused:
        outside_orders.issue(by=cast.quality, order=line.order, token=reauth(cast.quality))
    assert refused.value.sentence == (
        f"Line 1 of {line.order.number} ({line.traveler.number}): nobody decided whether {origin}, “{words}”, is "
        "passed on to Brightwater Finishing. Review what the line passes on."
    )
    decide(by=cast.quality, line=line, decisions=[Decision(key_of(line, origin), FlowdownItem.INCLUDED)])
    assert (
        outside_orders.issue(by=cast.quality, order=line.order, token=reauth(cast.quality)).state == "issued"
    )


def test_what_does_not_apply_needs_its_reason_and_does_not_reach_the_vendor(cast):
    line = make_draft(cast)
    key = key_of(line, "Clause Q-source B")
    with pytest.raises(
        FlowdownIncomplete, match="Say why Clause Q-source B does not apply to the vendor's work"
    ):
        decide(by=cast.quality, line=line, decisions=[Decision(key, FlowdownItem.NOT_APPLICABLE, " ")])
    why = "The customer's inspector comes to us before shipment."
    decide(by=cast.quality, line=line, decisions=[Decision(key, FlowdownItem.NOT_APPLICABLE, why)])
    issue(cast, line.order)
    told = FlowdownItem.objects.for_viewer(cast.vendor)
    assert (told.count(), told.filter(key=key).count()) == (len(ASKED + OURS + STATED) - 1, 0)
    assert FlowdownItem.objects.for_viewer(cast.stranger_vendor).count() == 0
    item = FlowdownItem.objects.for_viewer(cast.quality).get(key=key)
    assert (item.state, item.reason, item.decided_by) == ("not_applicable", why, cast.quality)


def test_what_every_order_says_cannot_be_left_off(cast):
    line = make_draft(cast)
    with pytest.raises(FlowdownIncomplete, match="“Specification” stands on every order"):
        decide(
            by=cast.quality,
            line=line,
            decisions=[Decision("specification", FlowdownItem.NOT_APPLICABLE, "The vendor knows it.")],
        )


def test_our_own_terms_may_be_left_off_for_a_reason(cast):
    line = make_draft(cast)
    ours = [
        Decision("house foreign-objects", FlowdownItem.NOT_APPLICABLE, "Pieces are tested, then scrapped.")
    ]
    decide(by=cast.quality, line=line, decisions=ours)
    assert origins(review_of(line), FlowdownItem.NOT_APPLICABLE) == ["Foreign objects"]


def test_label_of_the_part_is_always_passed_on(cast):
    line = make_draft(cast)
    made = line.traveler.route_revision.part_revision
    made.label = Label.objects.create(
        code="ITAR", name="ITAR controlled", strictness=9, allowed_countries=["US"], needs_eligibility=True
    )
    made.save()
    item = next(item for item in review_of(line) if item.key == "label ITAR")
    assert (item.words, item.is_by_rule, item.state) == (
        "ITAR controlled: pieces, drawing and data stay within US and only eligible people handle them.",
        True,
        "included",
    )


def test_what_somebody_wrote_on_the_order_is_passed_on(cast):
    line = make_draft(cast, flowdown="Mask the bore.")
    item = next(item for item in review_of(line) if item.key == "instructions")
    assert (item.origin, item.words, item.state) == ("Written on the order", "Mask the bore.", "included")


def test_clause_signed_as_not_applicable_to_the_order_is_not_asked(cast):
    line = make_draft(cast)
    carried = LineClause.objects.get(clause__number="Q-10")
    clauses.answer_clause(
        by=cast.quality,
        line_clause=carried,
        answer="not_applicable",
        answered_by="Raw stock only.",
        token=reauth(cast.quality),
    )
    assert "Clause Q-10 B" not in origins(review_of(line))


def test_amended_order_line_is_derived_again_while_the_order_is_a_draft(cast):
    line = make_draft(cast)
    pass_on_the_rest(by=cast.quality, line=line)
    carry(cast, line.traveler.order_line, number="Q-99")
    gone = line.traveler.order_line.packing_demands.get(kind="label")
    packing.withdraw_demand(by=cast.quality, demand=gone, reason="Amendment 2.")
    with pytest.raises(FlowdownIncomplete, match="nobody decided whether Clause Q-99 B"):
        outside_orders.issue(by=cast.quality, order=line.order, token=reauth(cast.quality))
    pass_on_the_rest(by=cast.quality, line=line)
    kept = line.flowdown_items.filter(is_withdrawn=False)
    assert (kept.filter(origin="Clause Q-99 B").count(), kept.filter(origin="Order, label").count()) == (1, 0)
    assert line.flowdown_items.get(origin="Order, label").is_withdrawn


def test_history_of_an_item_tells_of_changes_only(cast):
    line = make_draft(cast)
    pass_on_the_rest(by=cast.quality, line=line)
    outside_orders.issue(by=cast.quality, order=line.order, token=reauth(cast.quality))
    items = line.flowdown_items.all()
    # once as it was asked, and once more where somebody decided it
    assert [item.history.count() for item in items] == [1 + (item.decided_by is not None) for item in items]


def test_changed_words_are_undecided_again(cast):
    line = make_draft(cast)
    pass_on_the_rest(by=cast.quality, line=line)
    note = line.traveler.route_revision.part_revision.notes.get(note_number="2")
    note.text = "Mask the bore and the four threads."
    note.save()
    assert origins(review_of(line), FlowdownItem.UNDECIDED) == ["Drawing note 2"]


def test_order_amended_after_it_was_issued_does_not_leave(cast):
    lot = make_open_traveler(cast)
    order = make_outside_order(cast, lot=lot, at="issued")
    line = line_of(order)
    assert amended_since(line) == []
    carried = carry(cast, lot.order_line, number="Q-99")
    assert origins_of_demands(line) == ["Clause Q-99 B"]
    with pytest.raises(
        OrderAmendedSince, match=f"Since {order.number} was issued, Clause Q-99 B of lot {lot}"
    ):
        outside_orders.require_not_amended(line)
    clauses.answer_clause(
        by=cast.quality,
        line_clause=carried,
        answer="not_applicable",
        answered_by="Raw stock only.",
        token=reauth(cast.quality),
    )
    assert outside_orders.require_not_amended(line) is None


def origins_of_demands(line) -> list[str]:
    return [each.origin for each in amended_since(line)]


def test_same_words_decided_before_are_not_asked_again(cast):
    route = make_route(cast)
    order_line = make_demanding_line(cast, route)
    first = draft_for(
        cast, make_open_traveler(cast, route_revision=route, order_line=order_line, quantity=20)
    )
    why = "The customer's inspector comes to us before shipment."
    key = key_of(first, "Clause Q-source B")
    decide(by=cast.quality, line=first, decisions=[Decision(key, FlowdownItem.NOT_APPLICABLE, why)])
    issue(cast, first.order)
    again = draft_for(
        cast, make_open_traveler(cast, route_revision=route, order_line=order_line, quantity=20)
    )
    assert origins(review_of(again), FlowdownItem.UNDECIDED) == []
    item = again.flowdown_items.get(key=key)
    assert (item.state, item.reason, item.decided_by, item.decided_before_on) == (
        "not_applicable",
        why,
        cast.quality,
        f"{first.order.number}/1",
    )


def test_signature_covers_what_is_passed_on_and_what_is_left_out(cast):
    line = make_draft(cast)
    issue(cast, line.order)
    lines = list(line.order.lines.all())
    content = outside_orders.content_of(line.order, lines)
    told = {each["origin"]: each["state"] for each in content["lines"][0]["items"]}
    assert told == dict.fromkeys(STATED + OURS + ASKED, "included")


def test_review_is_for_quality_and_for_drafts(cast):
    line = make_draft(cast)
    for by in (cast.operator, cast.vendor):
        with pytest.raises(NotEntitled):
            pass_on_the_rest(by=by, line=line)
        with pytest.raises(NotEntitled):
            decide(by=by, line=line, decisions=included(line))
    issue(cast, line.order)
    with pytest.raises(NotTheMoment, match="what it passes on is signed"):
        decide(by=cast.quality, line=line, decisions=[Decision("note 1", FlowdownItem.INCLUDED)])


def test_review_names_what_is_not_asked_and_asks_for_an_answer(cast):
    line = make_draft(cast)
    with pytest.raises(Incomplete, match="note 88 is nothing to decide on line 1"):
        decide(by=cast.quality, line=line, decisions=[Decision("note 88", FlowdownItem.INCLUDED)])
    with pytest.raises(Incomplete, match="is nothing to decide"):
        decide(by=cast.quality, line=line, decisions=[Decision("note 1", "perhaps")])
    with pytest.raises(Incomplete, match="Nothing was decided on line 1"):
        review(by=cast.quality, line=line, decisions=[], is_rest_passed_on=False)
    assert Event.objects.filter(verb="review flowdown of").count() == 0


def test_page_takes_single_answers_then_the_rest(cast, sign_in):
    line = make_draft(cast)
    client = sign_in(cast.quality)
    place = {"number": line.order.number, "line_number": 1}
    page = reverse("subcontract:line-flowdown", kwargs=place)
    assert "20 to decide" in client.get(page).content.decode()
    refused = client.post(page, {"answer clause Q-source B": "not_applicable"})
    assert (refused.status_code, "Say why Clause Q-source B" in refused.content.decode()) == (422, True)
    answered = {
        "answer clause Q-source B": "not_applicable",
        "reason clause Q-source B": "The customer's inspector comes to us.",
    }
    assert client.post(page, answered).url == line.order.get_absolute_url()
    assert "19 requirements not decided" in client.get(line.order.get_absolute_url()).content.decode()
    client.post(page, {"pass_on_the_rest": "on"})
    states = FlowdownItem.objects.filter(line=line).values_list("state", flat=True)
    assert sorted(set(states)) == ["included", "not_applicable"]
    assert OutsideOrder.objects.get().state == "draft"
    assert "Save the review" in client.get(page).content.decode()
    outside_orders.issue(by=cast.quality, order=OutsideOrder.objects.get(), token=reauth(cast.quality))
    issued = client.get(page).content.decode()
    assert ("Save the review" in issued, "what it passes on was signed with it" in issued) == (False, True)


def test_vendor_reads_what_it_was_told_on_page_and_by_program(cast, sign_in, client):
    line = make_draft(cast)
    why = "The customer's inspector comes to us before shipment."
    key = key_of(line, "Clause Q-source B")
    decide(by=cast.quality, line=line, decisions=[Decision(key, FlowdownItem.NOT_APPLICABLE, why)])
    issue(cast, line.order)
    page = sign_in(cast.vendor).get(line.order.get_absolute_url()).content.decode()
    shown = [
        words in page for words in ("Drawing note 3", "Rack marks on surface C only.", "Right of access")
    ]
    hidden = [words in page for words in ("Clause Q-source B", why)]
    assert (shown, hidden) == ([True, True, True], [False, False])
