"""First articles: Forms 1 to 3 with their field numbers, and the acts of author and approver."""

from __future__ import annotations

from functools import cached_property

from django.http import Http404
from django.urls import reverse

from inspection.domain import first_articles
from inspection.domain.as9102 import FORM_2, FORM_3
from inspection.domain.first_articles import open_fields
from inspection.domain.forms import forms_of
from inspection.forms import FirstArticleForm, FirstArticleLineForm, ReasonForm
from inspection.models import FirstArticle
from inspection.permissions import DECIDERS, MEASURERS
from portal.permissions import CUSTOMER, SHOP
from portal.views.verbs import RecordListView, RecordView
from routes.models import Characteristic, Traveler
from subcontract.forms import PersonForm
from subcontract.views.pages import PersonVerb, act, crumb, history_of

UNFROZEN = (FirstArticle.DRAFT, FirstArticle.RETURNED)


class FirstArticleList(RecordListView):
    """Show the first articles, the latest first; a customer sees its own approved ones."""

    roles = SHOP + CUSTOMER
    model = FirstArticle
    template_name = "portal/list.html"
    ordering = ("-id",)

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("part_revision__part", "route_revision__route", "traveler", "author")
        )

    def context(self, rows):
        lot = {"key": "traveler", "label": "Lot", "kind": "code"}
        if self.request.user.is_shop:
            lot["url_key"] = "traveler.get_absolute_url"
        return {
            "heading": "First articles",
            "lead": "Each shows that the process can make the part. Approved ones are frozen.",
            "columns": [
                {"key": "number", "label": "FAIR", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "part_revision", "label": "Part"},
                lot,
                {"key": "serial", "label": "Piece", "kind": "code"},
                {"key": "get_extent_display", "label": "Extent"},
                {"key": "author.printed_name", "label": "Author"},
                {"key": "state", "label": "State", "kind": "state"},
            ],
            "empty_heading": "No first article yet",
            "empty_sentence": "One is opened on the page of the first production lot.",
        }


class FirstArticleDetail(RecordView):
    """Show the three forms as the records stand, or as they were frozen."""

    roles = SHOP + CUSTOMER
    model = FirstArticle
    template_name = "inspection/first_article_detail.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "part_revision__part",
                "route_revision__route",
                "traveler__order_line__order",
                "order_line__order",
                "author",
                "verified_signature",
                "approved_signature",
                "baseline__part_revision__part",
            )
        )

    def context(self, record):
        person = self.request.user
        forms = forms_of(record)
        is_open = record.state in UNFROZEN
        may_fill = is_open and person.role in MEASURERS
        return {
            "form1": forms["form1"],
            "form2_labels": FORM_2,
            "form2": [[(number, FORM_2[number], row[number]) for number in FORM_2] for row in forms["form2"]],
            "form3_labels": FORM_3,
            "form3": [self.row(record, row, may_fill) for row in forms["form3"]],
            "missing": open_fields(forms) if is_open else [],
            "is_open": is_open,
            "signatures": [each for each in (record.verified_signature, record.approved_signature) if each],
            "acts": self.acts(record, person),
            "events": history_of(person, "first article", record.number) if person.is_shop else [],
            "crumbs": [crumb("First articles", "inspection:first-article-list")],
        }

    def row(self, record, row, may_fill):
        keywords = {"number": record.number, "balloon": row["5"]}
        return {
            "cells": [(number, FORM_3[number], row[number]) for number in FORM_3],
            "is_failing": row["is_failing"],
            "url": reverse("inspection:first-article-line", kwargs=keywords) if may_fill else "",
        }

    def acts(self, record, person):
        offered = {
            FirstArticle.DRAFT: [("Submit", "submit", MEASURERS)],
            FirstArticle.RETURNED: [("Submit again", "submit", MEASURERS)],
            FirstArticle.SUBMITTED: [("Return", "return", DECIDERS), ("Approve", "approve", DECIDERS)],
        }.get(record.state, [])
        return [
            act(label, f"inspection:first-article-{verb}", is_main=verb != "return", number=record.number)
            for label, verb, roles in offered
            if person.role in roles
        ]


class FirstArticleOpen(PersonVerb):
    """Open a first article on one piece of a lot."""

    roles = MEASURERS
    model = Traveler
    form_class = FirstArticleForm
    heading = "Open a first article on lot {record.number}"
    lead = "The forms fill themselves from the records of the lot."
    submit_label = "Open"
    done = "First article {result.number} is open."

    def act(self, record, data, *, by, token=None):
        return first_articles.open_first_article(by=by, traveler=record, **data)


class FirstArticleLineFill(PersonVerb):
    """Add tooling or a comment to one row of Form 3."""

    roles = MEASURERS
    model = FirstArticle
    form_class = FirstArticleLineForm
    submit_label = "Keep"

    @cached_property
    def characteristic(self):
        found = Characteristic.objects.filter(
            part_revision=self.record.part_revision_id, balloon=self.kwargs["balloon"]
        ).first()
        if found is None:
            raise Http404("The drawing has no such characteristic.")
        return found

    def get_heading(self):
        return (
            f"{self.record.number}: characteristic {self.characteristic.balloon} {self.characteristic.name}"
        )

    def get_lead(self):
        return f"Required: {self.characteristic.requirement}."

    def get_initial(self):
        line = self.record.lines.filter(characteristic=self.characteristic).first()
        return {"tooling": line.tooling, "comment": line.comment} if line else {}

    def act(self, record, data, *, by, token=None):
        return first_articles.add_line(
            by=by, first_article=record, characteristic=self.characteristic, **data
        )

    def message(self, result):
        return f"Characteristic {self.characteristic.balloon} is filled."

    def success_url(self, result):
        return self.record.get_absolute_url()


class FirstArticleSubmit(PersonVerb):
    """Freeze the forms and sign them as verified."""

    roles = MEASURERS
    model = FirstArticle
    form_class = PersonForm
    heading = "Submit first article {record.number}"
    lead = "The forms are frozen as the records stand now. Your signature fills fields 20 and 21."
    submit_label = "Submit"
    needs_reauth = True
    meaning = "I verified that every characteristic is accounted for."
    done = "{result.number} is submitted; another person approves it."

    def act(self, record, data, *, by, token=None):
        return first_articles.submit(by=by, first_article=record, token=token)


class FirstArticleApprove(PersonVerb):
    """Approve a first article, as another person than its author and verifier."""

    roles = DECIDERS
    model = FirstArticle
    form_class = PersonForm
    heading = "Approve first article {record.number}"
    lead = "From then on it is frozen for good. Your signature fills fields 22 and 23."
    submit_label = "Approve"
    needs_reauth = True
    meaning = "I reviewed this first article and approve it."
    done = "{result.number} is approved."

    def act(self, record, data, *, by, token=None):
        return first_articles.approve(by=by, first_article=record, token=token)


class FirstArticleReturn(PersonVerb):
    """Send a first article back to its author."""

    roles = DECIDERS
    model = FirstArticle
    form_class = ReasonForm
    heading = "Return first article {record.number}"
    lead = "Say what must change; what was recorded stays."
    submit_label = "Return"
    done = "{result.number} is returned to its author."

    def act(self, record, data, *, by, token=None):
        return first_articles.return_to_author(by=by, first_article=record, reason=data["reason"])
