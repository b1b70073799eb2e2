"""Comments on fields: made by who reviews, answered by the author, and what was reviewed stays so."""

import pytest
from django.urls import reverse

from inspection.domain import customer_reviews, field_comments, first_articles
from inspection.domain.field_comments import CommentsUnanswered, NoSuchField
from inspection.domain.forms import forms_of
from inspection.domain.submissions import comments_by_place, compare, standing_of, submissions_of
from inspection.models import FieldComment, FirstArticle
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from routes.domain.words import AuthorMayNotApprove
from routes.models import Characteristic
from tests.cast import reauth
from tests.factories.inspection import make_first_article, make_lot


@pytest.fixture
def submitted(cast) -> FirstArticle:
    """A first article the inspector wrote and verified, in review."""
    return make_first_article(cast, lot=make_lot(cast, at=999, quantity=2), at="submitted")


def comment(cast, record, *, by=None, form=1, field="8", row="", text="Name the change notice."):
    return field_comments.comment(
        by=by or cast.quality, first_article=record, form=form, field=field, row=row, text=text
    )


def send_back(cast, record) -> FirstArticle:
    return first_articles.return_to_author(by=cast.quality, first_article=record, reason="See the comments.")


def submit(cast, record) -> FirstArticle:
    return first_articles.submit(by=cast.inspector, first_article=record, token=reauth(cast.inspector))


def test_comment_said_again_takes_the_place_of_the_first_words(cast, submitted):
    comment(cast, submitted)
    comment(cast, submitted, text="Name ECN 118.")
    comment(cast, submitted, by=cast.second_quality, text="Which notice?")
    kept = [(each.text, each.commented_by) for each in FieldComment.objects.order_by("id")]
    assert kept == [("Name ECN 118.", cast.quality), ("Which notice?", cast.second_quality)]


@pytest.mark.parametrize(
    ("facts", "refusal", "words"),
    [
        ({"field": "27"}, NoSuchField, "has no Form 1 field 27"),
        ({"form": 1, "field": "8", "row": "1"}, NoSuchField, "has no Form 1 field 8"),
        ({"form": 3, "field": "9", "row": "77"}, NoSuchField, "has no Form 3 field 9, characteristic 77"),
        ({"form": 3, "field": "9"}, NoSuchField, "has no Form 3 field 9"),
        ({"form": 4, "field": "9"}, NoSuchField, "has no Form 4 field 9"),
        ({"text": " "}, Incomplete, "Say what must change in Form 1 field 8"),
    ],
)
def test_comment_that_stands_nowhere_is_refused(cast, submitted, facts, refusal, words):
    with pytest.raises(refusal, match=words):
        comment(cast, submitted, **facts)
    assert comment(cast, submitted, form=3, field="9", row="1").row == "1"


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("inspector", AuthorMayNotApprove), ("operator", NotEntitled), ("customer_quality", NotEntitled)],
)
def test_only_a_reviewer_comments(cast, submitted, who, refusal):
    with pytest.raises(refusal):
        comment(cast, submitted, by=getattr(cast, who))
    assert comment(cast, submitted).commented_by == cast.quality


def test_nobody_comments_on_a_draft_or_after_the_end(cast, submitted):
    returned = send_back(cast, submitted)
    with pytest.raises(NotTheMoment, match="is returned; its fields are commented on while"):
        comment(cast, returned)


def test_customer_comments_on_what_the_shop_approved(cast, submitted):
    approved = first_articles.approve(by=cast.quality, first_article=submitted, token=reauth(cast.quality))
    for stranger in (cast.quality, cast.buyer, cast.stranger_buyer):
        with pytest.raises(NotEntitled, match="does not review"):
            comment(cast, approved, by=stranger)
    assert comment(cast, approved, by=cast.customer_quality).commented_by == cast.customer_quality


def test_returned_forms_come_back_with_every_comment_answered(cast, submitted):
    said = comment(cast, submitted)
    with pytest.raises(NotTheMoment, match="comments are answered while it is with its author"):
        field_comments.answer(by=cast.inspector, comment=said, text="Done.")
    returned = send_back(cast, submitted)
    with pytest.raises(CommentsUnanswered) as refused:
        submit(cast, returned)
    assert refused.value.sentence == (
        f"{returned.number} has comments without an answer: Form 1 field 8. Answer each before you submit again."
    )
    with pytest.raises(Incomplete, match="Say what was done about Form 1 field 8"):
        field_comments.answer(by=cast.inspector, comment=said, text=" ")
    with pytest.raises(NotEntitled):
        field_comments.answer(by=cast.operator, comment=said, text="Done.")
    answered = field_comments.answer(by=cast.inspector, comment=said, text="ECN 118 is named.")
    assert (answered.answer, answered.answered_by) == ("ECN 118 is named.", cast.inspector)
    assert submit(cast, returned).state == FirstArticle.SUBMITTED


def standings(record: FirstArticle) -> dict[str, str]:
    standing = standing_of(record, forms_of(record))
    return {
        "field 2": standing.of_field(1, "2"),
        "field 8": standing.of_field(1, "8"),
        "field 26": standing.of_field(1, "26"),
        "row 1": standing.of_row(3, "1"),
        "row 2": standing.of_row(3, "2"),
        "row 3": standing.of_row(3, "3"),
    }


def test_what_a_reviewer_has_seen_stays_reviewed_until_it_changes(cast, submitted):
    assert set(standings(submitted).values()) == {"new"}
    for place in ({"field": "26", "text": "Say which machine."}, {"form": 3, "field": "9", "row": "2"}):
        comment(cast, submitted, **place)
    returned = send_back(cast, submitted)
    for said in FieldComment.objects.all():
        field_comments.answer(by=cast.inspector, comment=said, text="Looked again; it stands.")
    first_articles.correct(
        by=cast.inspector, first_article=returned, reason="First production run", additional_changes="ECN 118"
    )
    characteristic = Characteristic.objects.get(part_revision=returned.part_revision, balloon="1")
    first_articles.add_line(
        by=cast.inspector, first_article=returned, characteristic=characteristic, comment="Bore gauge"
    )
    again = submit(cast, returned)
    assert standings(again) == {
        "field 2": "reviewed",
        "field 8": "changed",
        "field 26": "answered",
        "row 1": "changed",
        "row 2": "answered",
        "row 3": "reviewed",
    }
    differences = standing_of(again, forms_of(again)).differences
    assert [(each.form, each.field, each.row, each.was, each.now) for each in differences] == [
        (1, "8", "", "", "ECN 118"),
        (3, "12", "1", "after finish, operation 50", "Bore gauge"),
    ]
    # returned once more: what was changed and answered has been seen by now
    last = send_back(cast, again)
    assert set(standings(last).values()) == {"reviewed"}
    assert [each.forms["form1"]["8"]["value"] for each in submissions_of(last)] == ["", "ECN 118"]


def test_rows_gone_and_come_are_differences():
    before = {"form1": {}, "form2": [], "form3": [{"row": "1", "5": "1", "9": "10.0"}]}
    after = {"form1": {}, "form2": [], "form3": [{"row": "2", "5": "2", "9": "40.0"}]}
    found = [(each.field, each.row, each.was, each.now) for each in compare(before, after)]
    assert found == [
        ("5", "2", "", "2"),
        ("9", "2", "", "40.0"),
        ("5", "1", "1", ""),
        ("9", "1", "10.0", ""),
    ]


def test_customer_signs_field_24_and_nobody_else_does(cast, submitted):
    with pytest.raises(NotTheMoment, match="once the shop has approved it"):
        approve_for_customer(cast, submitted, cast.customer_quality)
    approved = first_articles.approve(by=cast.quality, first_article=submitted, token=reauth(cast.quality))
    for stranger in (cast.quality, cast.buyer, cast.stranger_buyer):
        with pytest.raises(NotEntitled, match="for Orrin Aerospace"):
            approve_for_customer(cast, approved, stranger)
    signed = approve_for_customer(cast, approved, cast.customer_quality)
    form1 = forms_of(signed)["form1"]
    assert (signed.state, form1["24"]["value"], form1["25"]["value"]) == (
        FirstArticle.CUSTOMER_APPROVED,
        "Anton Belisle, Supplier quality",
        f"{signed.customer_signature.signed_at:%-d %b %Y}",
    )
    with pytest.raises(NotTheMoment):
        approve_for_customer(cast, signed, cast.customer_quality)
    assert first_articles.first_article_for(signed.part_revision) == signed


def approve_for_customer(cast, record, by) -> FirstArticle:
    return customer_reviews.approve_for_customer(by=by, first_article=record, token=reauth(by))


def test_customer_returns_and_the_shop_approves_anew(cast, submitted):
    approved = first_articles.approve(by=cast.quality, first_article=submitted, token=reauth(cast.quality))
    with pytest.raises(Incomplete, match="Say what must change"):
        customer_reviews.return_by_customer(by=cast.customer_quality, first_article=approved, reason=" ")
    with pytest.raises(NotEntitled):
        customer_reviews.return_by_customer(by=cast.buyer, first_article=approved, reason="Zone missing.")
    returned = customer_reviews.return_by_customer(
        by=cast.customer_quality, first_article=approved, reason="Zone missing."
    )
    assert (returned.state, returned.return_reason) == (FirstArticle.RETURNED, "Zone missing.")
    again = submit(cast, returned)
    assert (again.state, again.approved_signature, forms_of(again)["form1"]["22"]["value"]) == (
        FirstArticle.SUBMITTED,
        None,
        "",
    )


def test_what_the_shop_reviewed_is_new_to_the_customer_and_its_comments_stay_home(cast, submitted):
    said = comment(cast, submitted)
    returned = send_back(cast, submitted)
    field_comments.answer(by=cast.inspector, comment=said, text="Done.")
    again = submit(cast, returned)
    approved = first_articles.approve(by=cast.quality, first_article=again, token=reauth(cast.quality))
    assert standing_of(approved, forms_of(approved), is_customers=True).of_field(1, "2") == "new"
    assert comments_by_place(approved, is_customers=True) == {}
    comment(cast, approved, by=cast.customer_quality, field="2", text="Spell it out.")
    back = customer_reviews.return_by_customer(
        by=cast.customer_quality, first_article=approved, reason="Field 2."
    )
    assert list(comments_by_place(back, is_customers=True)) == [(1, "2", "")]
    standing = standing_of(back, forms_of(back), is_customers=True)
    assert [standing.of_field(1, number) for number in ("1", "2")] == ["reviewed", "answered"]
    assert [each.returned_from for each in submissions_of(back)] == ["submitted", "approved"]


def page(name: str, *args) -> str:
    return reverse(f"inspection:first-article-{name}", args=args)


def test_comment_and_answer_stand_beside_the_row(cast, submitted, sign_in):
    reviewer = sign_in(cast.quality)
    row = reviewer.get(submitted.get_absolute_url()).context["rows"][1]
    form = reviewer.get(row["comment_url"]).context["form"]
    assert form.initial == {"form": "3", "field": "9", "row": "2"}
    refused = reviewer.post(page("comment", submitted.number), {**form.initial, "row": "9", "text": "Why?"})
    assert (refused.status_code, refused.context["form"]["text"].value()) == (422, "Why?")
    reviewer.post(page("comment", submitted.number), {**form.initial, "text": "Which gauge?"})
    reviewer.post(page("return", submitted.number), {"reason": "See row 2."})
    author = sign_in(cast.inspector)
    shown = author.get(submitted.get_absolute_url())
    [said] = shown.context["rows"][1]["said"]
    [waiting] = shown.context["unanswered"]
    assert (said["text"], said["by"], waiting["place"]) == (
        "Which gauge?",
        "Maud Ferreira",
        "Form 3 field 9, characteristic 2",
    )
    assert f'id="{waiting["url"].partition("#")[2]}"' in shown.content.decode()
    assert [row["stands"] for row in shown.context["rows"]] == ["reviewed", "to answer", "reviewed"]
    author.post(said["answer_url"], {"text": "Bore gauge G-3."})
    assert author.get(page("answer", submitted.number, 2)).status_code == 404
    [said] = author.get(submitted.get_absolute_url()).context["rows"][1]["said"]
    assert (said["answer"], said["answered_by"]) == ("Bore gauge G-3.", "Lotte Brandvold")


def test_each_answer_leads_to_the_next_comment_and_the_last_to_the_top(cast, submitted, sign_in):
    reviewer = sign_in(cast.quality)
    for form, field, row in (("1", "14", ""), ("3", "9", "2")):
        data = {"form": form, "field": field, "row": row, "text": "Why?"}
        reviewer.post(page("comment", submitted.number), data)
    reviewer.post(page("return", submitted.number), {"reason": "Two fields."})
    author = sign_in(cast.inspector)
    told = []
    for place in (1, 2):
        answer = author.post(page("answer", submitted.number, place), {"text": "Because."})
        shown = author.get(answer.url)
        told.append((answer.url, [str(each) for each in shown.context["messages"]][-1]))
    address = submitted.get_absolute_url()
    assert told == [
        (f"{address}?form=3#at-2", "Form 1 field 14 is answered. 1 more waits for an answer."),
        (f"{address}?form=3", "Form 3 field 9, characteristic 2 is answered. Every comment has its answer."),
    ]


def test_customers_desk_shows_what_waits_and_signs_it(cast, submitted, sign_in):
    client = sign_in(cast.customer_quality)
    assert client.get(submitted.get_absolute_url()).status_code == 404
    first_articles.approve(by=cast.quality, first_article=submitted, token=reauth(cast.quality))
    client = sign_in(cast.customer_quality)
    assert [row.number for row in client.get(page("list")).context["rows"]] == [submitted.number]
    shown = client.get(submitted.get_absolute_url())
    assert (shown.context["decision"]["field"], shown.context["events"]) == ("24", None)
    assert sign_in(cast.buyer).get(submitted.get_absolute_url()).context["decision"] == {}
    answer = sign_in(cast.customer_quality).post(
        page("customer-return", submitted.number), {"reason": "Zone is missing."}
    )
    assert (answer.status_code, answer["Location"]) == (302, page("list"))
