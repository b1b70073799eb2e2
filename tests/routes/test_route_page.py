"""The route's page: what stops it, who owns what, and the one thing this reader can do."""

import pytest
from django.urls import reverse

from routes.domain import plan_changes, route_revisions
from routes.models import NoteMapping, PlannedCheck
from routes.views.route_plan import mend
from tests.factories import routes as made


def address(name, route, **keywords) -> str:
    return reverse(f"routes:{name}", kwargs={"number": route.number, **keywords})


@pytest.fixture
def draft(cast):
    return made.make_draft_route(cast)


def test_a_whole_plan_names_every_owner_and_nothing_stops_it(cast, sign_in, draft):
    page = sign_in(cast.quality).get(address("route-detail", draft))
    assert page.context["findings"] == []
    assert page.context["ownership"]["named"] == page.context["ownership"]["needed"]
    assert "Nothing is missing." in page.content.decode()


def test_each_gap_leads_to_the_act_that_mends_it(cast, sign_in, draft):
    check = PlannedCheck.objects.get(operation__route_revision=draft, characteristic__balloon="1")
    plan_changes.drop_check(by=cast.quality, check=check)
    NoteMapping.objects.filter(route_revision=draft, note__note_number="1").delete()
    client = sign_in(cast.quality)
    page = client.get(address("route-detail", draft))
    assert [(row["act"], row["url"]) for row in page.context["findings"]] == [
        ("Map note 1", address("note-map", draft, note="1")),
        ("Plan at operation 50", f"{address('check-plan', draft, sequence=50)}?balloon=1&side=after"),
    ]
    assert page.context["notes"][0]["mapping"] is None
    assert page.context["checks"][0]["lacks_after"] is True
    form = client.get(page.context["findings"][1]["url"]).context["form"]
    chosen = form["characteristic"].initial.balloon
    assert (chosen, form["side"].value()) == ("1", "after")


def test_a_gap_without_a_place_asks_for_an_operation(cast, draft):
    from routes.domain.route_gaps import Gap

    assert mend(Gap("No inspection.", "checks", balloon="1"), draft) == (
        "Add an operation",
        address("operation-add", draft),
    )


def test_release_is_closed_to_the_author_and_open_to_another(cast, sign_in, draft):
    route_revisions.submit(by=cast.quality, route_revision=draft)

    def release(person):
        return sign_in(person).get(address("route-detail", draft)).context["acts"][-1]

    closed = release(cast.quality)
    assert (closed["label"], closed["closed"]) == (
        "Release",
        "You wrote this route; another quality engineer releases it.",
    )
    assert "closed" not in release(cast.second_quality)


def test_an_operation_is_changed_and_removed_on_its_pages(cast, sign_in, draft):
    client = sign_in(cast.quality)
    change = address("operation-change", draft, sequence=60)
    form = client.get(change).context["form"]
    assert "kind" not in form.fields
    given = {name: form[name].value() or "" for name in form.fields if form[name].value() is not False}
    client.post(change, {**given, "timing_owner": ""})
    page = client.get(address("route-detail", draft))
    assert [row["act"] for row in page.context["findings"]] == ["Choose the owner"]
    client.post(address("operation-remove", draft, sequence=60))
    assert not draft.operations.filter(sequence=60).exists()


def test_an_operator_reads_the_plan_and_is_offered_no_act(cast, sign_in, draft):
    NoteMapping.objects.filter(route_revision=draft).delete()
    page = sign_in(cast.operator).get(address("route-detail", draft))
    assert (page.context["acts"], {row["url"] for row in page.context["findings"]}) == ([], {""})
