"""First articles: opened on a piece, filled from the records, approved by another person than their author."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from inspection.domain.as9102 import EDITIONS, Edition
from inspection.domain.completeness import open_fields, own_work_measured
from inspection.domain.evaluated import require_evaluated, require_still_evaluated
from inspection.domain.field_comments import NoSuchField, require_answers
from inspection.domain.forms import forms_of
from inspection.models import FirstArticle, FirstArticleLine, TriggerEvaluation
from portal.domain.errors import Incomplete, NotTheMoment, Refused
from portal.domain.events import record_event
from portal.domain.moves import lock, move
from portal.domain.numbers import next_number
from portal.domain.signatures import altered, sign
from portal.models import Authority, Person, Signature
from portal.permissions import require_inspector, require_quality
from routes.domain.lots import serials_of
from routes.domain.terms import terms_of
from routes.domain.words import AuthorMayNotApprove
from routes.models import Characteristic, PartRevision, Traveler

# what a later FAIR may build on, and what a certificate of conformity may name
STANDING = FirstArticle.STANDING

# how people call what is signed
CALLED = {
    part: words
    for form in (1, 2, 3)
    for part, words in {
        f"form{form}": f"the rows of Form {form}",
        f"form{form}.*": f"field {{name}} of Form {form}",
        f"form{form}_foot.*": f"field {{name}} of Form {form}",
    }.items()
} | {"form1_index": "the index of parts of Form 1"}


class FirstArticleIsFrozen(Refused):
    """A submitted or approved FAIR does not change; a change is a new one."""

    code = "first-article-is-frozen"


class EditionNotKept(Refused):
    """The forms are printed in editions this shop keeps."""

    code = "edition-not-kept"


class MeasuredOwnWork(Refused):
    """Who verifies is not who made it."""

    code = "measured-own-work"


@transaction.atomic
def open_first_article(
    *,
    by: Person,
    traveler: Traveler,
    serial: str,
    reason: str,
    extent: str = FirstArticle.FULL,
    baseline: FirstArticle | None = None,
    additional_changes: str = "",
    comments: str = "",
    form_revision: str = "",
    evaluation: TriggerEvaluation | None = None,
) -> FirstArticle:
    """Open a FAIR on one piece of a production lot; the one an evaluation asked for names that.

    form_revision: B or C; left out, what was agreed with the customer. It stays what it was when the FAIR was opened.
    Raises:  Incomplete without a reason (field 14; in Rev B of a partial one), for a partial FAI without baseline, or
             for a piece that is not of the lot; NotTheMoment for a prototype lot; EditionNotKept for an edition of the
             forms that is not kept; NoSuchField for comments on Form 1 in Rev B; ChangesUndecided for a partial FAI
             nobody evaluated; NotAsDecided where it is not what was decided.
    Source:  AS9102: taken from the first production run; Rev C asks the reason for full and partial.
    """
    require_inspector(by, "open first articles")
    form_revision = form_revision or terms_of(traveler.order_line.order.customer).fai_edition
    edition = _require_edition(form_revision)
    _require_reason(edition, extent, reason)
    _require_remarks_fit(edition, comments)
    _require_grounds(traveler, serial, extent, baseline)
    require_evaluated(traveler, extent, baseline, evaluation)
    first_article = FirstArticle.objects.create(
        number=next_number("FA"),
        form_revision=form_revision,
        part_revision=traveler.route_revision.part_revision,
        route_revision=traveler.route_revision,
        traveler=traveler,
        order_line=traveler.order_line,
        serial=serial,
        extent=extent,
        reason=reason.strip(),
        baseline=baseline,
        evaluation=evaluation,
        additional_changes=additional_changes,
        comments=comments,
        author=by,
        opened_at=timezone.now(),
    )
    record_event(
        by=by,
        verb="open",
        noun="first article",
        number=first_article.number,
        lots=[traveler.number],
        data={"serial": serial, "extent": extent, "reason": reason},
    )
    return first_article


def _require_edition(form_revision: str) -> Edition:
    if form_revision not in EDITIONS:
        raise EditionNotKept(
            f"The forms are kept as AS9102 Rev {' and Rev '.join(EDITIONS)}, not as Rev {form_revision}. Choose one "
            "of these, or write the report on the customer's own form and record its approval."
        )
    return EDITIONS[form_revision]


def _require_reason(edition: Edition, extent: str, reason: str) -> None:
    if not reason.strip() and (edition.is_full_reasoned or extent == FirstArticle.PARTIAL):
        raise Incomplete("Field 14 asks for the reason of this full or partial first article.")


def _require_remarks_fit(edition: Edition, comments: str) -> None:
    """Refuse words for a field the edition does not have, rather than keep them where nobody reads them."""
    if comments.strip() and not edition.remarks:
        raise NoSuchField(
            f"Form 1 of {edition.name} has no field for comments. Write them beside the characteristic on Form 3, or "
            "into field 8 where they say what was changed."
        )


def _require_grounds(traveler: Traveler, serial: str, extent: str, baseline: FirstArticle | None) -> None:
    if traveler.purpose == Traveler.PROTOTYPE:
        raise NotTheMoment(
            f"{traveler.number} is a prototype lot; a first article is taken from the first production run."
        )
    if extent == FirstArticle.PARTIAL and baseline is None:
        raise Incomplete(
            "Field 14 of a partial first article names its baseline: choose the FAIR it builds on."
        )
    if baseline is not None and baseline.state not in STANDING:
        raise NotTheMoment(
            f"{baseline.number} is not approved, so it is no baseline. Choose an approved FAIR."
        )
    serials = serials_of(traveler)
    if serials and serial not in serials:
        raise Incomplete(
            f"{serial} is not a piece of lot {traveler.number}; choose one of {', '.join(serials[:20])}."
        )


@transaction.atomic
def add_line(
    *,
    by: Person,
    first_article: FirstArticle,
    characteristic: Characteristic,
    tooling: str = "",
    comment: str = "",
) -> FirstArticleLine:
    """Add field 10 (tooling) or the comment (field 12, in Rev B field 14) to one row of Form 3.

    Raises:  FirstArticleIsFrozen once it is submitted or approved.
    """
    require_inspector(by, "fill first articles")
    first_article = lock(first_article)
    _require_unfrozen(first_article)
    line, _ = FirstArticleLine.objects.update_or_create(
        first_article=first_article,
        characteristic=characteristic,
        defaults={"tooling": tooling, "comment": comment},
    )
    record_event(
        by=by,
        verb="fill line of",
        noun="first article",
        number=first_article.number,
        data={"characteristic": characteristic.balloon, "tooling": tooling, "comment": comment},
    )
    return line


@transaction.atomic
def correct(
    *,
    by: Person,
    first_article: FirstArticle,
    reason: str,
    additional_changes: str = "",
    comments: str = "",
) -> FirstArticle:
    """Write fields 8, 14 (its reason) and 26 of Form 1 anew; every other field is a record's and is mended there.

    Raises:  FirstArticleIsFrozen once it is submitted or approved; Incomplete without a reason; NoSuchField for
             comments in Rev B, whose Form 1 has no field 26.
    """
    require_inspector(by, "fill first articles")
    first_article = lock(first_article)
    _require_unfrozen(first_article)
    edition = EDITIONS[first_article.form_revision]
    _require_reason(edition, first_article.extent, reason)
    _require_remarks_fit(edition, comments)
    written = {
        "reason": reason.strip(),
        "additional_changes": additional_changes.strip(),
        "comments": comments.strip(),
    }
    for field, value in written.items():
        setattr(first_article, field, value)
    first_article.save()
    record_event(by=by, verb="correct", noun="first article", number=first_article.number, data=written)
    return first_article


def _require_unfrozen(first_article: FirstArticle) -> None:
    if first_article.state not in (FirstArticle.DRAFT, FirstArticle.RETURNED):
        raise FirstArticleIsFrozen(
            f"{first_article.number} is {first_article.get_state_display().lower()}; its forms stand as they are. "
            "A change is a new FAIR that names this one as its baseline, a mistake is corrected by a new one in its "
            "place."
        )


@transaction.atomic
def submit(*, by: Person, first_article: FirstArticle, token: str) -> FirstArticle:
    """Freeze the forms from the records and sign them as verified (fields 20 and 21 of Rev C, 19 and 20 of Rev B).

    Raises:  Incomplete naming every empty required field; CommentsUnanswered; MeasuredOwnWork; NotEntitled without
             authority to inspect; ChangesUndecided when something changed that no evaluation decided.
    """
    first_article = lock(first_article)
    _require_unfrozen(first_article)
    require_still_evaluated(first_article)
    forms = forms_of(first_article)
    if missing := open_fields(forms):
        raise Incomplete(f"{first_article.number} is not complete: {'; '.join(missing)}.", fields=missing)
    require_answers(first_article)
    if own := own_work_measured(first_article):
        raise MeasuredOwnWork(
            f"{first_article.number} is verified by who made the parts: {'; '.join(own)}. Have somebody else measure "
            "the piece again."
        )
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.VERIFIED,
        noun="first article",
        number=first_article.number,
        content=forms,
        act=Authority.INSPECT,
        customer=first_article.order_line.order.customer,
    )
    return move(
        first_article,
        "submit",
        by=by,
        lots=[first_article.traveler.number],
        forms=forms,
        verified_signature=signature,
        # what was approved before the customer returned it is approved anew
        approved_signature=None,
        customer_signature=None,
        return_reason="",
    )


@transaction.atomic
def approve(*, by: Person, first_article: FirstArticle, token: str) -> FirstArticle:
    """Approve a FAIR (fields 22 and 23); from then on it is frozen for good.

    Raises:  AuthorMayNotApprove for its author or its verifier; NotEntitled without authority.
    Source:  AS9102 Rev C field 22; release rule 11.
    """
    first_article = lock(first_article)
    verifier = first_article.verified_signature
    if by == first_article.author or (verifier and verifier.person_id == by.pk):
        raise AuthorMayNotApprove(
            f"{by.printed_name} wrote or verified {first_article.number} and may not approve it too. "
            "Ask another quality engineer."
        )
    if first_article.state != FirstArticle.SUBMITTED:
        raise NotTheMoment(
            f"{first_article.number} is {first_article.get_state_display().lower()}; it can be approved once it is "
            "submitted."
        )
    signature = sign(
        by=by,
        token=token,
        meaning=Signature.APPROVED,
        noun="first article",
        number=first_article.number,
        content=first_article.forms,
        act=Authority.APPROVE_FIRST_ARTICLE,
        customer=first_article.order_line.order.customer,
        made_by=(first_article.author, verifier.person if verifier else None),
    )
    return move(
        first_article,
        "approve",
        by=by,
        lots=[first_article.traveler.number],
        approved_signature=signature,
    )


def altered_since(signature: Signature | None, first_article: FirstArticle) -> str:
    """Return what of the forms is no longer as the verifier or approver signed it; nothing otherwise."""
    if signature is None:
        return ""
    number = first_article.number
    content = first_article.forms or {}
    return altered(signature, noun="first article", number=number, content=content, words=CALLED)


def altered_first_articles(numbers: Iterable[str]) -> dict[str, str]:
    """Return of each approved first article by number what is no longer as it was signed; an intact one is left out."""
    found = FirstArticle.objects.filter(number__in=set(numbers)).select_related(
        "verified_signature", "approved_signature"
    )
    said = {
        each.number: altered_since(each.verified_signature, each)
        or altered_since(each.approved_signature, each)
        for each in found
    }
    return {number: words for number, words in said.items() if words}


def first_article_for(part_revision: PartRevision) -> FirstArticle | None:
    """Return the latest approved FAIR of a part revision."""
    approved = FirstArticle.objects.filter(part_revision=part_revision, state__in=STANDING)
    return approved.order_by("pk").last()


@transaction.atomic
def return_to_author(*, by: Person, first_article: FirstArticle, reason: str) -> FirstArticle:
    """Send a FAIR back with words and with the comments made on its fields; what has none stands as reviewed.

    Raises:  Incomplete without a reason; NotTheMoment when it is not in review.
    """
    require_quality(by, "return first articles")
    if not reason.strip():
        raise Incomplete(f"Say what must change in {first_article.number} before it comes back.")
    return move(
        first_article, "return", by=by, lots=[first_article.traveler.number], return_reason=reason.strip()
    )


def approved_for(route_revision_ids: list[int]) -> dict[int, FirstArticle]:
    """Return the latest approved FAIR of each route revision, in one statement."""
    approved = FirstArticle.objects.filter(route_revision__in=route_revision_ids, state__in=STANDING)
    return {first_article.route_revision_id: first_article for first_article in approved.order_by("pk")}
