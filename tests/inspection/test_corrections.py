"""Approved is frozen: a mistake is corrected by a new first article that shows what it says otherwise."""

import pytest
from django.urls import reverse

from documents.domain.chain.check_fai import check
from documents.domain.chain.facts import read_facts
from inspection.domain import corrections, customer_reviews, first_articles, reversals
from inspection.domain.forms import forms_of
from inspection.domain.submissions import standing_of
from inspection.models import FirstArticle
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from routes.models import OrderLine
from tests.cast import reauth
from tests.factories.inspection import make_first_article, make_lot


@pytest.fixture
def lot(cast):
    """A complete lot of two pieces whose order asks for the customer's approval before dispatch."""
    made = make_lot(cast, at=999, quantity=2)
    OrderLine.objects.filter(pk=made.order_line_id).update(fai_regime=OrderLine.BEFORE_DISPATCH)
    return made


@pytest.fixture
def earlier(cast, lot) -> FirstArticle:
    """A first article the customer approved, with a word of its author on Form 3."""
    record = make_first_article(cast, lot=lot, additional_changes="ECN 118")
    first_articles.add_line(
        by=cast.inspector,
        first_article=record,
        characteristic=record.part_revision.characteristics.first(),
        tooling="PG-14",
    )
    record = first_articles.submit(by=cast.inspector, first_article=record, token=reauth(cast.inspector))
    record = first_articles.approve(by=cast.quality, first_article=record, token=reauth(cast.quality))
    return customer_reviews.approve_for_customer(
        by=cast.customer_quality, first_article=record, token=reauth(cast.customer_quality)
    )


def correct(cast, record, reason="Field 8 names the wrong change", by=None) -> FirstArticle:
    return corrections.open_correction(by=by or cast.inspector, first_article=record, reason=reason)


def states_of(lot) -> list[str]:
    return [slot.state for slot in check(read_facts([lot.pk])[lot.number])]


@pytest.mark.parametrize(
    ("who", "reason", "refusal", "words"),
    [
        ("operator", "Wrong change", NotEntitled, "may not correct first articles"),
        ("inspector", " ", Incomplete, "Say what was wrong in FA-"),
    ],
)
def test_correction_is_refused(cast, earlier, who, reason, refusal, words):
    with pytest.raises(refusal, match=words):
        correct(cast, earlier, reason, by=getattr(cast, who))
    assert correct(cast, earlier).corrects == earlier


def test_only_what_is_approved_is_corrected_and_once_at_a_time(cast, lot, earlier):
    draft = make_first_article(cast, lot=lot)
    with pytest.raises(NotTheMoment, match="is draft and is changed itself"):
        correct(cast, draft)
    taken = correct(cast, earlier)
    with pytest.raises(NotTheMoment, match=f"is corrected by {taken.number} already"):
        correct(cast, earlier)


def test_approved_one_stays_and_its_correction_takes_its_place(cast, lot, earlier):
    """Release rules 4 and 13: nothing approved is edited, no identifier is used twice."""
    signed = forms_of(earlier)
    with pytest.raises(first_articles.FirstArticleIsFrozen, match="a mistake is corrected by a new one"):
        first_articles.correct(by=cast.inspector, first_article=earlier, reason="Other")
    correction = correct(cast, earlier)
    assert correction.number != earlier.number
    assert [line.tooling for line in correction.lines.all()] == ["PG-14"]
    first_articles.correct(
        by=cast.inspector,
        first_article=correction,
        reason=correction.reason,
        additional_changes="ECN 181",
    )
    correction.refresh_from_db()
    assert [
        (each.form, each.field, each.row, each.was, each.now)
        for each in corrections.differences_of(correction)
    ] == [
        (1, "4", "", earlier.number, correction.number),
        (1, "8", "", "ECN 118", "ECN 181"),
        (
            1,
            "14",
            "",
            "Full FAI; First production run",
            f"Full FAI; Corrects {earlier.number}: Field 8 names the wrong change",
        ),
    ]
    correction = first_articles.submit(
        by=cast.inspector, first_article=correction, token=reauth(cast.inspector)
    )
    # what was reviewed in the earlier report stays reviewed where its content is the same
    for is_customers in (False, True):
        standing = standing_of(correction, forms_of(correction), is_customers=is_customers)
        assert [standing.of_field(1, number) for number in ("1", "8")] == ["reviewed", "changed"]
        assert standing.of_row(3, "1") == "reviewed"
    assert (corrections.superseded_by(earlier), states_of(lot)) == (None, ["accepted"])
    correction = first_articles.approve(by=cast.quality, first_article=correction, token=reauth(cast.quality))
    # from its approval on the earlier one speaks no more, and the customer looks at the new one
    assert (corrections.superseded_by(earlier), states_of(lot)) == (correction, ["review"])
    customer_reviews.approve_for_customer(
        by=cast.customer_quality, first_article=correction, token=reauth(cast.customer_quality)
    )
    assert states_of(lot) == ["accepted"]
    earlier.refresh_from_db()
    assert forms_of(earlier) == signed


def test_identifier_is_never_used_again(cast, lot, earlier):
    """Release rule 4, whatever became of a report."""
    withdrawn = reversals.withdraw_approval(
        by=cast.second_quality,
        first_article=earlier,
        token=reauth(cast.second_quality),
        reason="Measured on another piece",
        judged_anew="Measured again",
    )
    assert withdrawn.number
    returned = first_articles.return_to_author(
        by=cast.quality, first_article=make_first_article(cast, lot=lot, at="submitted"), reason="Say more."
    )
    again = correct(cast, earlier)
    assert len({earlier.number, returned.number, again.number, make_first_article(cast, lot=lot).number}) == 4
    assert states_of(lot) == ["missing"]


def test_pages_lead_to_the_correction_and_show_the_difference(cast, earlier, sign_in):
    client = sign_in(cast.inspector)
    offered = [act["label"] for act in client.get(earlier.get_absolute_url()).context["acts"]]
    assert offered == ["Download as AS9102 XLSX", "Correct it by a new one"]
    address = reverse("inspection:first-article-correction", args=[earlier.number])
    answer = client.post(address, {"reason": "Wrong change"})
    correction = FirstArticle.objects.get(corrects=earlier)
    assert answer["Location"] == correction.get_absolute_url()
    shown = client.get(earlier.get_absolute_url()).content.decode()
    assert f"{correction.number}</a> is being written in the place of this one" in shown
    page = client.get(reverse("inspection:first-article-difference", args=[correction.number]))
    assert page.context["count"] == 2
    assert f'<span class="now">{correction.number}</span>' in page.content.decode()
    assert (
        client.get(reverse("inspection:first-article-difference", args=[earlier.number])).status_code == 404
    )
    # the customer sees the correction once the shop has approved it
    theirs = sign_in(cast.customer_quality)
    assert theirs.get(earlier.get_absolute_url()).context["correction"]["by"] is None
