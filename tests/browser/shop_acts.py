"""What others did before a task begins, by the same verbs the pages call."""

from __future__ import annotations

from documents.demo.people import token
from inspection.domain import field_comments, first_articles
from inspection.models import FirstArticle
from portal import feed
from portal.models import Person


def person(first_name: str) -> Person:
    """Return somebody of the sample shop."""
    return Person.objects.get(email__startswith=f"{first_name}@")


def correct_and_submit(first_article: FirstArticle) -> FirstArticle:
    """Answer every comment on a returned first article and send it into review again."""
    author = first_article.author
    for comment in first_article.field_comments.all():
        field_comments.answer(by=author, comment=comment, text="Written down as asked.")
    submitted = first_articles.submit(by=author, first_article=first_article, token=token(author))
    feed.drain("chains")  # nobody works in the background of this shop
    return submitted


def approve(first_article: FirstArticle) -> FirstArticle:
    """Approve a first article in review, so that the customer sees it."""
    reviewer = person("viktor")
    return first_articles.approve(by=reviewer, first_article=first_article, token=token(reviewer))
