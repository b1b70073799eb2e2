"""Bringing a lot in, its scans and their review, clauses and late work, as people meet them on pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from routes.domain import clauses, materials
from routes.domain.proofs import proofs_of
from routes.models import LineClause, QualityClause, RecordedElsewhere, Traveler
from routes.templatetags.elsewhere import recorded_elsewhere
from tests.cast import PASSWORD
from tests.factories.certificates import pdf
from tests.factories.elsewhere import make_brought_in_lot, scan, scan_all
from tests.factories.routes import (
    make_material,
    make_open_traveler,
    make_order_line,
    make_part_revision,
    make_released_route,
    step_at,
    today,
)


def url(name, **keywords):
    return reverse(f"routes:{name}", kwargs=keywords)


def error_of(answer):
    return " ".join(" ".join(each) for each in answer.context["form"].errors.values())


def scan_data(**facts):
    return {
        "proves": ["step-10", "step-20"],
        "description": "Traveler 118, all sign-offs.",
        "reference": "TRV-118",
        "done_on": str(today()),
        "file": SimpleUploadedFile("traveler 118.pdf", pdf()),
    } | facts


def panel(person, lot):
    class Request:
        user = person

    return recorded_elsewhere({"request": Request()}, lot)


def test_lot_is_brought_in_from_its_order_line(cast, sign_in):
    route = make_released_route(cast)
    line = make_order_line(cast, route.part_revision, quantity=5)
    client = sign_in(cast.quality)
    address = url("traveler-bring-in", number=line.order.number, line_number=1)
    assert address in client.get(line.order.get_absolute_url()).content.decode()
    shown = client.get(address).context["form"]
    assert shown.fields["at_sequence"].choices[:2] == [("", "choose"), (20, "20 Mill complete")]
    assert "serials" not in shown.fields
    answer = client.post(
        address,
        {"route_revision": route.pk, "at_sequence": 50, "quantity": 5, "reason": "On paper in folder 118."},
    )
    lot = Traveler.objects.get()
    assert (answer.status_code, answer.url, lot.brought_in_at) == (302, lot.get_absolute_url(), 50)


def test_refused_lot_keeps_what_was_typed(cast, sign_in):
    route = make_released_route(cast)
    line = make_order_line(cast, route.part_revision, quantity=5)
    answer = sign_in(cast.quality).post(
        url("traveler-bring-in", number=line.order.number, line_number=1),
        {"route_revision": route.pk, "at_sequence": 50, "quantity": 99, "reason": "On paper."},
    )
    assert (answer.status_code, Traveler.objects.count()) == (422, 0)
    assert "Open a smaller lot." in error_of(answer)
    assert answer.context["form"]["reason"].value() == "On paper."


def test_one_scan_is_added_for_several_things(cast, sign_in):
    lot = make_brought_in_lot(cast)
    client = sign_in(cast.inspector)
    address = url("elsewhere-add", number=lot.number)
    shown = client.get(f"{address}?for=step-20").context["form"]
    assert (shown["proves"].value(), len(shown.fields["proves"].choices)) == (["step-20"], 7)
    answer = client.post(address, scan_data())
    assert (answer.status_code, answer.url) == (302, lot.get_absolute_url())
    kept = RecordedElsewhere.objects.order_by("pk")
    assert [(each.proves, each.operation.sequence, each.state) for each in kept] == [
        ("step", 10, "recorded"),
        ("step", 20, "recorded"),
    ]


def test_scan_that_proves_nothing_comes_back_with_everything_typed(cast, sign_in):
    lot = make_brought_in_lot(cast)
    answer = sign_in(cast.inspector).post(url("elsewhere-add", number=lot.number), scan_data(proves=[]))
    assert (answer.status_code, RecordedElsewhere.objects.count()) == (422, 0)
    assert "Tick at least one thing the paper proves." in error_of(answer)
    assert answer.context["form"]["reference"].value() == "TRV-118"


def test_empty_scan_is_refused_with_a_sentence(cast, sign_in):
    lot = make_brought_in_lot(cast)
    data = scan_data(file=SimpleUploadedFile("empty.pdf", b""))
    answer = sign_in(cast.inspector).post(url("elsewhere-add", number=lot.number), data)
    assert (answer.status_code, RecordedElsewhere.objects.count()) == (422, 0)


def test_scan_is_reviewed_beside_its_pages(cast, sign_in):
    lot = make_brought_in_lot(cast)
    records = scan_all(cast, lot)
    client = sign_in(cast.quality)
    address = url("elsewhere-review", number=records[2].number)
    page = client.get(address)
    assert list(page.context["pages"]) == [1, 2]
    assert page.context["form"]["records"].value() == [each.number for each in records]
    picture = client.get(url("elsewhere-page", number=records[2].number, page=2))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    answer = client.post(address, {"records": [each.number for each in records], "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, lot.get_absolute_url())
    assert {each.state for each in proofs_of(lot)} == {"reviewed"}


def test_review_without_the_password_changes_nothing(cast, sign_in):
    record = scan(cast, make_brought_in_lot(cast), "step", 10)
    answer = sign_in(cast.quality).post(
        url("elsewhere-review", number=record.number), {"records": [record.number], "password": "wrong"}
    )
    record.refresh_from_db()
    assert (answer.status_code, record.state) == (422, "recorded")


def test_who_added_the_scan_is_told_that_another_reviews_it(cast, sign_in):
    lot = make_brought_in_lot(cast)
    client = sign_in(cast.quality)
    client.post(url("elsewhere-add", number=lot.number), scan_data())
    record = RecordedElsewhere.objects.first()
    page = client.get(url("elsewhere-review", number=record.number)).content.decode()
    assert "Another quality engineer reviews it." in page
    assert "Sign the review" not in page
    answer = client.post(
        url("elsewhere-review", number=record.number), {"records": [record.number], "password": PASSWORD}
    )
    assert (answer.status_code, "Ask another quality engineer." in error_of(answer)) == (422, True)


def test_scan_is_rejected_with_a_reason(cast, sign_in):
    record = scan(cast, make_brought_in_lot(cast), "step", 10)
    client = sign_in(cast.quality)
    answer = client.post(
        url("elsewhere-reject", number=record.number),
        {"records": [record.number], "reason": "Nobody signed it.", "password": PASSWORD},
    )
    record.refresh_from_db()
    assert (answer.status_code, record.state, record.review_reason) == (302, "rejected", "Nobody signed it.")
    decided = client.get(url("elsewhere-review", number=record.number))
    assert (decided.status_code, "Nobody signed it." in decided.content.decode()) == (200, True)


def test_decided_scan_cannot_be_decided_by_an_old_page(cast, sign_in):
    record = scan(cast, make_brought_in_lot(cast), "step", 10)
    client = sign_in(cast.quality)
    data = {"records": [record.number], "password": PASSWORD}
    assert client.post(url("elsewhere-review", number=record.number), data).status_code == 302
    assert client.post(url("elsewhere-review", number=record.number), data).status_code == 422


def test_original_is_handed_out_as_it_came(cast, sign_in):
    paper = pdf()
    record = scan(cast, make_brought_in_lot(cast), "step", 10, content=paper)
    answer = sign_in(cast.operator).get(url("elsewhere-file", number=record.number))
    assert (answer.status_code, b"".join(answer)) == (200, paper)


def test_page_the_scan_does_not_have_is_not_found(cast, sign_in):
    record = scan(cast, make_brought_in_lot(cast), "step", 10)
    assert sign_in(cast.quality).get(url("elsewhere-page", number=record.number, page=9)).status_code == 404


def test_panel_says_what_is_owed_and_offers_what_this_reader_may(cast):
    lot = make_brought_in_lot(cast)
    scan(cast, lot, "step", 10)
    mine, theirs = panel(cast.quality, lot), panel(cast.inspector, lot)
    assert (mine["owed"], mine["waiting"], mine["reason"]) == (
        6,
        1,
        "Begun before the portal; kept on paper in folder 118.",
    )
    assert [row["may_review"] for row in mine["proofs"]] == [True] + [False] * 6
    assert not any(row["may_review"] for row in theirs["proofs"])


def test_lot_made_here_has_no_panel(cast):
    assert panel(cast.quality, make_open_traveler(cast)) == {"proofs": []}


def test_panel_is_on_the_lot_page_in_as_many_statements_for_few_as_for_many_scans(cast, sign_in):
    lot = make_brought_in_lot(cast)
    scan(cast, lot, "step", 10)
    client = sign_in(cast.quality)
    client.get(lot.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        assert "6 scans owed" in client.get(lot.get_absolute_url()).content.decode()
    scan_all(cast, lot)
    with CaptureQueriesContext(connection) as many:
        client.get(lot.get_absolute_url())
    assert len(many) <= len(few)


def late_step(cast):
    lot = make_open_traveler(cast)
    materials.issue_material(by=cast.operator, traveler=lot, material_lot=make_material(cast))
    Traveler.objects.filter(pk=lot.pk).update(opened_at=timezone.now() - timedelta(days=5))
    return step_at(lot, 10)


def test_late_work_asks_why_and_keeps_what_was_typed(cast, sign_in):
    step = late_step(cast)
    done = (timezone.now() - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    data = {"quantity_out": 50, "done_at": done, "password": PASSWORD}
    client = sign_in(cast.operator)
    answer = client.post(url("step-sign", number=step.number), data)
    assert (answer.status_code, "Say why it is entered late." in error_of(answer)) == (422, True)
    assert answer.context["form"]["done_at"].value() == done
    client.post(url("step-sign", number=step.number), data | {"late_reason": "The tablet was broken."})
    step.refresh_from_db()
    assert (step.state, step.late_reason, step.signed_at.strftime("%Y-%m-%dT%H:%M")) == (
        "signed",
        "The tablet was broken.",
        done,
    )


@pytest.mark.parametrize("moment", ["yesterday", "2026-99-99T10:00"])
def test_moment_that_is_none_is_refused(cast, sign_in, moment):
    step = late_step(cast)
    answer = sign_in(cast.operator).post(
        url("step-sign", number=step.number), {"quantity_out": 50, "done_at": moment, "password": PASSWORD}
    )
    assert (answer.status_code, "Give day and time" in error_of(answer)) == (422, True)


def add_clause(cast, **facts):
    wanted = {
        "customer": cast.customer,
        "number": "Q-17",
        "revision": "",
        "title": "Records",
        "text": "Ten years.",
    }
    return clauses.add_clause(by=cast.quality, **(wanted | facts))


def test_clause_is_added_put_on_a_line_and_answered(cast, sign_in):
    line = make_order_line(cast, make_part_revision(cast))
    client = sign_in(cast.quality)
    answer = client.post(
        url("clause-add"),
        {"customer": cast.customer.pk, "number": "Q-17", "title": "Records", "text": "Keep them ten years."},
    )
    assert (answer.status_code, answer.url) == (302, url("clause-list"))
    clause = QualityClause.objects.get()
    line_at = {"number": line.order.number, "line_number": 1}
    assert client.post(url("line-clause-add", **line_at), {"clause": clause.pk}).status_code == 302
    order = client.get(line.order.get_absolute_url()).content.decode()
    assert ("Unmapped" in order, "Keep them ten years." in order) == (True, True)
    here = url("line-clause-answer", **line_at, clause="Q-17", revision="")
    assert client.post(here, {"answer": "document", "answered_by": "QP-12"}).status_code == 302
    assert "document: QP-12" in client.get(line.order.get_absolute_url()).content.decode()


def test_clause_is_signed_not_to_apply(cast, sign_in):
    line = make_order_line(cast, make_part_revision(cast))
    clauses.put_on_line(by=cast.quality, order_line=line, clause=add_clause(cast, number="Q/9"))
    here = url(
        "line-clause-not-applicable", number=line.order.number, line_number=1, clause="Q/9", revision=""
    )
    client = sign_in(cast.quality)
    refused = client.post(here, {"reason": "No titanium.", "password": "wrong"})
    assert (refused.status_code, LineClause.objects.get().answer) == (422, "")
    assert client.post(here, {"reason": "No titanium.", "password": PASSWORD}).status_code == 302
    page = client.get(line.order.get_absolute_url()).content.decode()
    assert "does not apply: No titanium." in page


def test_line_offers_clauses_of_its_customer_it_does_not_carry(cast, sign_in):
    line = make_order_line(cast, make_part_revision(cast))
    clauses.put_on_line(by=cast.quality, order_line=line, clause=add_clause(cast))
    add_clause(cast, number="Q-18")
    add_clause(cast, number="T-1", customer=cast.stranger_customer)
    form = (
        sign_in(cast.quality)
        .get(url("line-clause-add", number=line.order.number, line_number=1))
        .context["form"]
    )
    assert [str(each) for each in form.fields["clause"].queryset] == ["Q-18"]


def test_clauses_are_listed_in_as_many_statements_for_three_as_for_one(cast, sign_in):
    client = sign_in(cast.quality)
    add_clause(cast)
    client.get(url("clause-list"))
    with CaptureQueriesContext(connection) as one:
        client.get(url("clause-list"))
    for number in ("Q-18", "Q-19"):
        add_clause(cast, number=number)
    with CaptureQueriesContext(connection) as three:
        shown = client.get(f"{url('clause-list')}").context["rows"]
    assert (len(three), [row.number for row in shown]) == (len(one), ["Q-17", "Q-18", "Q-19"])


def test_clause_list_finds_by_words(cast, sign_in):
    add_clause(cast)
    add_clause(cast, number="Q-18", title="Source inspection")
    shown = sign_in(cast.quality).get(f"{url('clause-list')}?q=source").context["rows"]
    assert [row.number for row in shown] == ["Q-18"]


def test_buyer_reads_the_clauses_of_the_own_order(cast, sign_in):
    line = make_order_line(cast, make_part_revision(cast))
    clauses.put_on_line(by=cast.quality, order_line=line, clause=add_clause(cast))
    page = sign_in(cast.buyer).get(line.order.get_absolute_url())
    assert (page.status_code, "Q-17" in page.content.decode()) == (200, True)
    assert "Put a clause" not in page.content.decode()
