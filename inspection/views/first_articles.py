"""First articles: the list, the three forms of one, and the acts on it."""

from __future__ import annotations

from django.db.models import Q

from inspection.domain import first_articles
from inspection.domain.as9102 import COMMON, FORM_1_INDEX, FORM_2, FORM_3
from inspection.domain.forms import forms_of
from inspection.forms import FirstArticleForm, FirstArticleLineForm
from inspection.models import FirstArticle
from inspection.permissions import DECIDERS, MEASURERS, READERS
from inspection.views.pages import act, acts_for, crumb, link
from portal.views.verbs import RecordListView, RecordView
from routes.domain.lots import serials_of
from routes.forms import ReasonForm
from routes.models import Characteristic, Traveler
from routes.views.pages import ShopVerb, history_of

EDITABLE = (FirstArticle.DRAFT, FirstArticle.RETURNED)
LOOKS = {FirstArticle.SUBMITTED: "in_review"}


class FirstArticleList(RecordListView):
    """Show the first articles, the latest first."""

    roles = READERS
    model = FirstArticle
    template_name = "portal/list.html"
    ordering = ("-id",)

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("part_revision__part", "traveler", "author")

    def narrow(self, queryset):
        number = self.asked("q")
        if number:
            queryset = queryset.filter(
                Q(number__startswith=number.upper()) | Q(part_revision__part__number__istartswith=number)
            )
        return queryset

    def context(self, rows):
        for row in rows:
            row.stands = LOOKS.get(row.state, row.state)
        return {
            "heading": "First articles",
            "lead": "AS9102 Rev C: the proof that the process can make the part. Approved means frozen.",
            "columns": [
                {"key": "number", "label": "FAIR", "kind": "code", "url_key": "get_absolute_url"},
                {
                    "key": "part_revision",
                    "label": "Part and revision",
                    "note_key": "part_revision.part.name",
                },
                {
                    "key": "traveler.number",
                    "label": "Lot",
                    "kind": "code",
                    "url_key": "traveler.get_absolute_url",
                },
                {"key": "serial", "label": "Piece", "kind": "code"},
                {"key": "get_extent_display", "label": "Extent"},
                {"key": "author.printed_name", "label": "Author"},
                {"key": "stands", "label": "State", "kind": "state"},
            ],
            "empty_heading": "No first article yet",
            "empty_sentence": "A first article is opened from the first production lot of a part revision.",
        }


class FirstArticleDetail(RecordView):
    """Show the three forms of a first article with every field under its number."""

    roles = READERS
    model = FirstArticle
    template_name = "inspection/first_article_detail.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "part_revision__part",
                "route_revision__route",
                "traveler",
                "order_line__order",
                "baseline__part_revision__part",
                "author",
                "verified_signature",
                "approved_signature",
            )
            .prefetch_related("lines")
        )

    def context(self, record):
        forms = forms_of(record)
        is_editable = record.state in EDITABLE
        form1 = forms["form1"]
        return {
            "facts": self.facts(record),
            "common": [{"number": number, **form1[number]} for number in COMMON],
            "form1": [{"number": number, **entry} for number, entry in form1.items()],
            "index": [{"number": number, "label": label} for number, label in FORM_1_INDEX.items()],
            "form2_heads": FORM_2.items(),
            "form2": [[(n, label, row[n]) for n, label in FORM_2.items()] for row in forms["form2"]],
            "form3_heads": FORM_3.items(),
            "form3": [self.row_of_form_3(record, row) for row in forms["form3"]],
            "missing": first_articles.open_fields(forms) if is_editable else [],
            "may_fill": is_editable and self.request.user.role in MEASURERS,
            "acts": self.acts(record),
            "events": history_of(self.request.user, "first article", record.number),
            "crumbs": [crumb("First articles", "first-article-list")],
        }

    def row_of_form_3(self, record, row):
        return {
            "cells": [(number, label, row[number]) for number, label in FORM_3.items()],
            "balloon": row["5"],
            "tone": "bad" if row["is_failing"] else "",
            "act": act("Fill", "first-article-line", number=record.number, balloon=row["5"])["url"],
        }

    def facts(self, record):
        facts = [
            {"label": "State", "state": LOOKS.get(record.state, record.state)},
            link("Part and revision", record.part_revision),
            link("Lot", record.traveler),
            link("Order line", record.order_line),
            {"label": "Author", "value": record.author.printed_name},
            {"label": "Opened", "value": f"{record.opened_at:%-d %b %Y}"},
            {"label": "Forms", "value": f"AS9102 Rev {record.form_revision}"},
        ]
        if record.baseline:
            facts.append(link("Baseline", record.baseline))
        return facts

    def acts(self, record):
        number, person = record.number, self.request.user
        if record.state in EDITABLE:
            submit = act("Submit", "first-article-submit", is_main=True, number=number)
            return acts_for(person, (MEASURERS, submit))
        if record.state == FirstArticle.SUBMITTED:
            verifier = record.verified_signature
            is_own = person.pk in (record.author_id, verifier and verifier.person_id)
            approve = act("Approve", "first-article-approve", is_main=True, number=number)
            back = act("Return to the author", "first-article-return", number=number)
            return acts_for(person, (DECIDERS, back), *(() if is_own else ((DECIDERS, approve),)))
        return []


class FirstArticleOpen(ShopVerb):
    """Open a first article on one piece of a lot."""

    roles = MEASURERS
    model = Traveler
    form_class = FirstArticleForm
    heading = "Open a first article on lot {record.number}"
    lead = "Forms 1 to 3 fill themselves from the records of the lot."
    submit_label = "Open the first article"
    done = "{result.number} is open."

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("route_revision__part_revision__part", "order_line__order")
        )

    def get_initial(self):
        return {"serial": (serials_of(self.record) or ["1"])[0]}

    def act(self, record, data, *, by, token=None):
        return first_articles.open_first_article(by=by, traveler=record, **data)


class OfFirstArticle(ShopVerb):
    """An act on one first article; afterwards its page is shown."""

    roles = MEASURERS
    model = FirstArticle

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "part_revision__part",
                "traveler",
                "order_line__order__customer",
                "author",
                "verified_signature",
            )
        )

    def success_url(self, result):
        return self.cancel_url()


class FirstArticleLine(OfFirstArticle):
    """Fill tooling and comments of one row of Form 3."""

    form_class = FirstArticleLineForm
    submit_label = "Save the row"

    def get_record(self, person):
        record = super().get_record(person)
        self.characteristic = Characteristic.objects.get_visible_or_404(
            person, part_revision=record.part_revision_id, balloon=self.kwargs["balloon"]
        )
        return record

    def get_heading(self):
        return f"Form 3 of {self.record.number}, characteristic {self.characteristic.balloon}"

    def get_lead(self):
        return f"{self.characteristic.name}: {self.characteristic.requirement}"

    def get_initial(self):
        line = self.record.lines.filter(characteristic=self.characteristic).first()
        return {"tooling": line.tooling, "comment": line.comment} if line else {}

    def act(self, record, data, *, by, token=None):
        return first_articles.add_line(
            by=by, first_article=record, characteristic=self.characteristic, **data
        )

    def message(self, result):
        return f"Row {self.characteristic.balloon} of Form 3 is filled."


class FirstArticleSubmit(OfFirstArticle):
    """Freeze the forms and sign them as verified."""

    heading = "Submit first article {record.number}"
    lead = "The three forms are frozen as they stand and signed as verified, fields 20 and 21."
    submit_label = "Sign and submit"
    needs_reauth = True
    meaning = "Verified"
    done = "{result.number} is in review. Somebody other than its author approves it."

    def form_kwargs(self):
        return {}

    def act(self, record, data, *, by, token=None):
        return first_articles.submit(by=by, first_article=record, token=token)


class FirstArticleApprove(OfFirstArticle):
    """Approve a submitted first article."""

    roles = DECIDERS
    heading = "Approve first article {record.number}"
    lead = (
        "Piece {record.serial} of lot {record.traveler.number}. Fields 22 and 23; then it is frozen for good."
    )
    submit_label = "Sign and approve"
    needs_reauth = True
    meaning = "Approved"
    done = "{result.number} is approved."

    def form_kwargs(self):
        return {}

    def act(self, record, data, *, by, token=None):
        return first_articles.approve(by=by, first_article=record, token=token)


class FirstArticleReturn(OfFirstArticle):
    """Send a first article back to its author."""

    roles = DECIDERS
    form_class = ReasonForm
    heading = "Return first article {record.number} to its author"
    lead = "What was recorded stays; the author changes the record and submits again."
    submit_label = "Return it"
    done = "{result.number} went back to {result.author.printed_name}."

    def act(self, record, data, *, by, token=None):
        return first_articles.return_to_author(by=by, first_article=record, reason=data["reason"])
