"""The acts on a first article: opened, filled, submitted; commented, approved or returned; answered."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from inspection.domain import corrections, customer_reviews, field_comments, first_articles
from inspection.domain.as9102 import EDITIONS
from inspection.forms import (
    AnswerForm,
    ConditionForm,
    FieldCommentForm,
    FirstArticleCorrectForm,
    FirstArticleForm,
    FirstArticleLineForm,
    SupplierForm,
)
from inspection.models import FirstArticle
from inspection.permissions import COMMENTERS, CUSTOMER_DECIDERS, DECIDERS, MEASURERS
from inspection.views.first_article_forms import anchor_of
from routes.domain import materials
from routes.domain.lots import serials_of
from routes.domain.terms import terms_of
from routes.forms import ReasonForm
from routes.models import Characteristic, Traveler
from routes.views.pages import ShopVerb


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
            .select_related("route_revision__part_revision__part", "order_line__order__customer")
        )

    def get_initial(self):
        customer = self.record.order_line.order.customer
        return {
            "serial": (serials_of(self.record) or ["1"])[0],
            "form_revision": terms_of(customer).fai_edition,
        }

    def act(self, record, data, *, by, token=None):
        return first_articles.open_first_article(by=by, traveler=record, **data)


class OfFirstArticle(ShopVerb):
    """An act on one first article; afterwards its page is shown."""

    roles = MEASURERS
    model = FirstArticle

    @property
    def edition(self):
        return EDITIONS[self.record.form_revision]

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "part_revision__part__customer",
                "traveler__material_lot",
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


class FirstArticleCorrect(OfFirstArticle):
    """Write fields 8, 14 and 26 of Form 1 anew."""

    form_class = FirstArticleCorrectForm
    heading = "Correct Form 1 of {record.number}"
    lead = (
        "Fields 8, 14 and 26 are written here. Every other field comes from its record and is mended there."
    )
    submit_label = "Save Form 1"
    done = "Form 1 of {result.number} is corrected."

    def get_initial(self):
        return {name: getattr(self.record, name) for name in ("reason", "additional_changes", "comments")}

    def act(self, record, data, *, by, token=None):
        return first_articles.correct(by=by, first_article=record, **data)

    def success_url(self, result):
        return f"{self.cancel_url()}?form=1"


class FirstArticleSupplier(OfFirstArticle):
    """Name from whom the material was bought, for field 8 of Form 2."""

    form_class = SupplierForm
    heading = "Supplier of the material on Form 2 of {record.number}"
    lead = "Field 8 asks for name, address and code; they come from the organization and its site."
    submit_label = "Name the supplier"

    def get_record(self, person):
        record = super().get_record(person)
        if record.traveler.material_lot is None:
            raise Http404("No material was issued to this lot.")
        return record

    def act(self, record, data, *, by, token=None):
        return materials.name_supplier(by=by, material_lot=record.traveler.material_lot, **data)

    def message(self, result):
        return f"{result} was bought from {result.supplier.name}."

    def success_url(self, result):
        return f"{self.cancel_url()}?form=2"


class FirstArticleSubmit(OfFirstArticle):
    """Freeze the forms and sign them as verified."""

    heading = "Submit first article {record.number}"
    submit_label = "Sign and submit"
    needs_reauth = True
    meaning = "Verified"
    done = "{result.number} is in review. Somebody other than its author approves it."

    def get_lead(self):
        fields = " and ".join(self.edition.verified)
        return f"The three forms are frozen as they stand and signed as verified, fields {fields}."

    def form_kwargs(self):
        return {}

    def act(self, record, data, *, by, token=None):
        return first_articles.submit(by=by, first_article=record, token=token)


class FirstArticleComment(OfFirstArticle):
    """Say what must change in one field."""

    roles = COMMENTERS
    form_class = FieldCommentForm
    heading = "Comment on a field of {record.number}"
    lead = "The author reads it beside the field and answers it before the forms come back."
    submit_label = "Keep the comment"
    done = "Form {result.form} field {result.field} of {record.number} has your comment."

    def get_initial(self):
        asked = self.request.GET
        return {name: asked.get(name, "").replace("\x00", "")[:40] for name in ("form", "field", "row")}

    def act(self, record, data, *, by, token=None):
        return field_comments.comment(by=by, first_article=record, **data)

    def success_url(self, result):
        return f"{self.cancel_url()}?form={result.form}"


class FirstArticleAnswer(OfFirstArticle):
    """Answer one comment."""

    form_class = AnswerForm
    submit_label = "Keep the answer"

    def get_record(self, person):
        record = super().get_record(person)
        place = self.kwargs["place"]
        found = list(record.field_comments.select_related("commented_by").order_by("id")[:place])
        if place < 1 or len(found) < place:
            raise Http404("There is no such comment.")
        self.comment = found[-1]
        return record

    def get_heading(self):
        place = field_comments.place_words(self.comment.form, self.comment.field, self.comment.row)
        return f"Answer the comment on {place} of {self.record.number}"

    def get_lead(self):
        return f"{self.comment.commented_by.printed_name}: {self.comment.text}"

    def get_initial(self):
        return {"text": self.comment.answer}

    def act(self, record, data, *, by, token=None):
        return field_comments.answer(by=by, comment=self.comment, **data)

    def waiting(self):
        """Return the comments without an answer, in the order they were written."""
        return self.record.field_comments.filter(answer="").order_by("id")

    def message(self, result):
        count = self.waiting().count()
        left = (
            f"{count} more wait{'s' if count == 1 else ''} for an answer."
            if count
            else "Every comment has its answer."
        )
        return f"{field_comments.place_words(result.form, result.field, result.row)} is answered. {left}"

    def success_url(self, result):
        """Go on to the next comment; after the last, to the top, where the forms are submitted."""
        following = self.waiting().first()
        if following is None:
            return f"{self.cancel_url()}?form={result.form}"
        anchor = anchor_of(following.row or following.field)
        return f"{self.cancel_url()}?form={following.form}#{anchor}"


class FirstArticleApprove(OfFirstArticle):
    """Approve a submitted first article."""

    roles = DECIDERS
    heading = "Approve first article {record.number}"
    submit_label = "Sign and approve"
    needs_reauth = True
    meaning = "Approved"
    done = "{result.number} is approved."

    def get_lead(self):
        fields = " and ".join(self.edition.approved)
        return f"{self.piece()} Fields {fields}; then it is frozen for good."

    def piece(self) -> str:
        return f"Piece {self.record.serial} of lot {self.record.traveler.number}."

    def form_kwargs(self):
        return {}

    def act(self, record, data, *, by, token=None):
        return first_articles.approve(by=by, first_article=record, token=token)


class FirstArticleReturn(OfFirstArticle):
    """Send a first article back to its author."""

    roles = DECIDERS
    form_class = ReasonForm
    heading = "Return first article {record.number} to its author"
    lead = (
        "What was recorded stays. A field without a comment stands as reviewed: when the forms come back you are "
        "shown what has changed."
    )
    submit_label = "Return it"
    done = "{result.number} went back to {result.author.printed_name}."

    def act(self, record, data, *, by, token=None):
        return first_articles.return_to_author(by=by, first_article=record, reason=data["reason"])


class FirstArticleCustomerApprove(FirstArticleApprove):
    """Approve a first article for the customer: the last pair of fields that are signed."""

    roles = CUSTOMER_DECIDERS
    done = "You approved {result.number}."

    def get_lead(self):
        fields = " and ".join(self.edition.customer)
        return f"{self.piece()} You sign fields {fields}."

    def act(self, record, data, *, by, token=None):
        return customer_reviews.approve_for_customer(by=by, first_article=record, token=token)


class FirstArticleCustomerCondition(FirstArticleCustomerApprove):
    """Approve a first article for the customer on a condition."""

    form_class = ConditionForm
    heading = "Approve first article {record.number} on a condition"
    submit_label = "Sign and approve on this condition"
    done = "You approved {result.number} on a condition. Approve it again once that is met."

    def get_lead(self):
        return (
            f"{super().get_lead()} After its day, or beyond its pieces, nothing more leaves until you approve it "
            "without a condition."
        )

    def form_kwargs(self):
        return OfFirstArticle.form_kwargs(self)

    def act(self, record, data, *, by, token=None):
        return customer_reviews.approve_on_condition(by=by, first_article=record, token=token, **data)


class FirstArticleCorrection(OfFirstArticle):
    """Open a new first article in the place of an approved one."""

    form_class = ReasonForm
    heading = "Correct first article {record.number} by a new one"
    lead = (
        "The approved report stays as it was signed. The new one takes its values from the records, keeps what people "
        "wrote, and shows its reviewers field by field what differs."
    )
    submit_label = "Open the correction"
    done = "{result.number} is open. It takes the place of {record.number} once it is approved."

    def act(self, record, data, *, by, token=None):
        return corrections.open_correction(by=by, first_article=record, reason=data["reason"])

    def success_url(self, result):
        return result.get_absolute_url()


class FirstArticleCustomerReturn(FirstArticleReturn):
    """Send a first article back from the customer."""

    roles = CUSTOMER_DECIDERS
    heading = "Return first article {record.number} to the shop"
    done = "{result.number} went back to the shop. You see it again once the shop has approved it anew."

    def act(self, record, data, *, by, token=None):
        return customer_reviews.return_by_customer(by=by, first_article=record, reason=data["reason"])

    def success_url(self, result):
        # it is not the customer's to see until it is approved again
        return reverse("inspection:first-article-list")
