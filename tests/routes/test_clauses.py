"""Quality clauses: kept per customer, carried by order lines, answered or signed not to apply."""

import pytest

from portal.domain.errors import Incomplete, NotEntitled
from portal.domain.reauthentication import CredentialRefused
from portal.models import Event
from routes.domain import clauses
from routes.domain.clauses import ClauseOfAnotherCustomer
from routes.domain.orders import NotACustomer
from routes.domain.words import AlreadyThere
from routes.models import LineClause, QualityClause
from tests.cast import reauth
from tests.factories.elsewhere import make_brought_in_lot
from tests.factories.routes import make_order_line, make_part_revision


def add(cast, **facts):
    wanted = {
        "customer": cast.customer,
        "number": "Q-17",
        "revision": "B",
        "title": "Records are kept ten years",
        "text": "The supplier shall retain all records for ten years.",
    }
    return clauses.add_clause(**{"by": cast.quality, **wanted, **facts})


def carry(cast, **facts):
    line = make_order_line(cast, make_part_revision(cast))
    return clauses.put_on_line(by=cast.quality, order_line=line, clause=add(cast, **facts))


def answer(cast, carried, **facts):
    wanted = {"answer": "document", "answered_by": "Procedure QP-12, retention of records"}
    return clauses.answer_clause(**{"by": cast.quality, "line_clause": carried, **wanted, **facts})


def test_clause_is_kept_word_for_word(cast):
    clause = add(cast, title=" Records are kept ten years ")
    assert (str(clause), clause.title, clause.customer) == (
        "Q-17 B",
        "Records are kept ten years",
        cast.customer,
    )
    event = Event.objects.get(verb="add", noun="clause")
    assert (event.number, event.data["customer"]) == ("Q-17 B", "ORRIN")


def test_revision_of_a_clause_is_another_clause(cast):
    add(cast)
    assert str(add(cast, revision="C")) == "Q-17 C"
    with pytest.raises(AlreadyThere, match="has clause Q-17 B already"):
        add(cast)


@pytest.mark.parametrize("field", ["number", "title"])
def test_clause_needs_number_and_title(cast, field):
    with pytest.raises(Incomplete):
        add(cast, **{field: " "})
    assert not QualityClause.objects.exists()


def test_only_customers_have_clauses(cast):
    with pytest.raises(NotACustomer):
        add(cast, customer=cast.vendor_organization)


def test_clauses_are_planning(cast):
    with pytest.raises(NotEntitled):
        add(cast, by=cast.inspector)


def test_clause_on_a_line_is_unanswered(cast):
    carried = carry(cast)
    assert (carried.answer, carried.answered_by, carried.mapped_by) == ("", "", None)


def test_clause_of_another_customer_is_refused(cast):
    clause = add(cast, customer=cast.stranger_customer)
    line = make_order_line(cast, make_part_revision(cast))
    with pytest.raises(ClauseOfAnotherCustomer, match="is of Tessaly Flight"):
        clauses.put_on_line(by=cast.quality, order_line=line, clause=clause)


def test_clause_is_carried_once(cast):
    carried = carry(cast)
    with pytest.raises(AlreadyThere, match="carries clause Q-17 B already"):
        clauses.put_on_line(by=cast.quality, order_line=carried.order_line, clause=carried.clause)


def test_putting_and_answering_is_planning(cast):
    carried = carry(cast)
    with pytest.raises(NotEntitled):
        clauses.put_on_line(by=cast.operator, order_line=carried.order_line, clause=carried.clause)
    with pytest.raises(NotEntitled):
        answer(cast, carried, by=cast.operator)


def test_clause_answered_by_a_document(cast):
    answered = answer(cast, carry(cast))
    assert (answered.answer, answered.answered_by, answered.mapped_by, answered.signature) == (
        "document",
        "Procedure QP-12, retention of records",
        cast.quality,
        None,
    )


def test_clause_that_does_not_apply_is_signed(cast):
    answered = answer(
        cast,
        carry(cast),
        answer="not_applicable",
        answered_by="No titanium is used.",
        token=reauth(cast.quality),
    )
    assert (answered.answer, answered.signature.printed_name) == ("not_applicable", "Maud Ferreira")
    assert b"No titanium is used." in bytes(answered.signature.canonical)


def test_not_applicable_without_a_credential_is_refused(cast):
    carried = carry(cast)
    with pytest.raises(Incomplete, match="Give your password"):
        answer(cast, carried, answer="not_applicable")
    with pytest.raises(CredentialRefused):
        answer(cast, carried, answer="not_applicable", token="old")
    carried.refresh_from_db()
    assert carried.answer == ""


@pytest.mark.parametrize("wrong", [{"answer": "maybe"}, {"answered_by": "  "}])
def test_answer_says_what_and_where(cast, wrong):
    with pytest.raises(Incomplete):
        answer(cast, carry(cast), **wrong)


def test_new_answer_takes_the_place_of_the_signed_one(cast):
    carried = answer(
        cast, carry(cast), answer="not_applicable", answered_by="No.", token=reauth(cast.quality)
    )
    again = answer(cast, carried)
    assert (again.answer, again.signature) == ("document", None)
    assert [each.answer for each in LineClause.history.order_by("pk")] == ["", "not_applicable", "document"]


def test_answer_tells_the_lots_of_the_line(cast):
    lot = make_brought_in_lot(cast)
    carried = clauses.put_on_line(by=cast.quality, order_line=lot.order_line, clause=add(cast))
    answer(cast, carried)
    told = Event.objects.filter(noun="order", lots__contains=[lot.number]).order_by("id")
    assert [event.verb for event in told] == ["put clause on", "answer clause of"]
