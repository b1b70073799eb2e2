"""What a reviewer says about one field of a form, and what the author answers."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from inspection.domain.as9102 import edition_of
from inspection.models import FieldComment, FirstArticle
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock
from portal.models import Person
from portal.permissions import QUALITY, require_inspector
from routes.domain.words import AuthorMayNotApprove

ROW_WORDS = {2: "row", 3: "characteristic"}


class CommentsUnanswered(Incomplete):
    """A returned FAIR comes back with an answer to every comment."""

    code = "comments-unanswered"


class NoSuchField(Refused):
    """The form has no such field or row."""

    code = "no-such-field"


@transaction.atomic
def comment(
    *, by: Person, first_article: FirstArticle, form: int, field: str, row: str = "", text: str
) -> FieldComment:
    """Say what must change in one field; said again before it is answered, it takes the place of the first words.

    The shop's reviewer comments while it is in review, the customer's while it waits for field 24.

    Raises:  NotTheMoment when nobody reviews it; AuthorMayNotApprove for its author or verifier; NotEntitled for
             whoever does not review it; NoSuchField; Incomplete without words.
    """
    first_article = lock(first_article)
    _require_reviewer(by, first_article)
    _require_field(first_article, form, field, row)
    if not text.strip():
        raise Incomplete(
            f"Say what must change in {place_words(form, field, row)} of {first_article.number}."
        )
    said = {"text": text.strip(), "commented_at": timezone.now()}
    found, _ = FieldComment.objects.update_or_create(
        first_article=first_article,
        form=form,
        field=field,
        row=row,
        commented_by=by,
        answer="",
        defaults=said,
    )
    record_event(
        by=by,
        verb="comment on",
        noun="first article",
        number=first_article.number,
        data={"place": place_words(form, field, row), "text": text.strip()},
    )
    return found


def _require_reviewer(by: Person, first_article: FirstArticle) -> None:
    if first_article.state == FirstArticle.SUBMITTED:
        verifier = first_article.verified_signature
        if by.pk in (first_article.author_id, verifier and verifier.person_id):
            raise AuthorMayNotApprove(
                f"{by.printed_name} wrote or verified {first_article.number} and does not review it too. "
                "Ask another quality engineer."
            )
        is_reviewer = by.role in QUALITY
    elif first_article.state in (FirstArticle.APPROVED, FirstArticle.CONDITIONAL):
        is_reviewer = is_customers_reviewer(by, first_article)
    else:
        raise NotTheMoment(
            f"{first_article.number} is {first_article.get_state_display().lower()}; its fields are commented on while "
            "somebody reviews it."
        )
    if not is_reviewer or not by.is_active:
        raise NotEntitled(
            f"{by.printed_name} does not review {first_article.number}; in review this is a quality engineer's, after "
            "that the quality people's of its customer."
        )


def is_customers_reviewer(by: Person, first_article: FirstArticle) -> bool:
    """Say whether a person decides about this FAIR for the customer whose part it is."""
    return (
        by.is_active
        and by.role == Person.CUSTOMER_QUALITY
        and by.organization_id == first_article.part_revision.part.customer_id
    )


def _require_field(first_article: FirstArticle, form: int, field: str, row: str) -> None:
    """Refuse a field or row that the frozen forms do not have."""
    known = edition_of(first_article.forms).labels(form)
    # form 1 has no rows: it is frozen as field → label and value
    listed = first_article.forms.get(f"form{form}", []) if form in ROW_WORDS else [{"row": ""}]
    rows = [each.get("row", each.get("5", "")) for each in listed]
    if field not in known or row not in rows:
        raise NoSuchField(
            f"{first_article.number} has no {place_words(form, field, row)}. Choose a field of the form as it stands."
        )


def place_words(form: int, field: str, row: str = "") -> str:
    """Return where a comment stands, as people say it."""
    where = f", {ROW_WORDS[form]} {row}" if row and form in ROW_WORDS else ""
    return f"Form {form} field {field}{where}"


@transaction.atomic
def answer(*, by: Person, comment: FieldComment, text: str) -> FieldComment:
    """Answer one comment of a returned FAIR; until it is submitted again the answer may be written anew.

    Raises:  NotTheMoment unless the FAIR was returned; Incomplete without words; NotEntitled.
    """
    require_inspector(by, "answer comments on first articles")
    first_article = lock(comment.first_article)
    current = lock(comment)
    if first_article.state != FirstArticle.RETURNED:
        raise NotTheMoment(
            f"{first_article.number} is {first_article.get_state_display().lower()}; comments are answered while it is "
            "with its author."
        )
    place = place_words(current.form, current.field, current.row)
    if not text.strip():
        raise Incomplete(f"Say what was done about {place} of {first_article.number}, or why nothing is.")
    current.answer, current.answered_by, current.answered_at = text.strip(), by, timezone.now()
    current.save()
    record_event(
        by=by,
        verb="answer comment on",
        noun="first article",
        number=first_article.number,
        data={"place": place, "answer": text.strip()},
    )
    return current


def require_answers(first_article: FirstArticle) -> None:
    """Refuse a FAIR that has a comment without an answer.

    Raises:  CommentsUnanswered naming every field.
    """
    open_comments = first_article.field_comments.filter(answer="")
    places = [place_words(each.form, each.field, each.row) for each in open_comments]
    if places:
        raise CommentsUnanswered(
            f"{first_article.number} has comments without an answer: {'; '.join(places)}. Answer each before you "
            "submit again.",
            fields=places,
        )
