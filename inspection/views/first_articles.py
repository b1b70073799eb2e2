"""First articles: the list, and the three forms of one beside what this reader decides about it."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404

from inspection.domain import first_articles
from inspection.domain.as9102 import EDITIONS, has_nonconformance
from inspection.domain.completeness import open_fields
from inspection.domain.corrections import differences_of
from inspection.domain.field_comments import is_customers_reviewer
from inspection.domain.forms import forms_of
from inspection.models import FirstArticle
from inspection.permissions import DECIDERS, FIRST_ARTICLE_READERS, MEASURERS
from inspection.views.first_article_forms import TITLES, FormsPage
from inspection.views.pages import act, acts_for, crumb, link
from portal.domain.reversals import reversals_of
from portal.views.verbs import RecordListView, RecordView
from routes.views.pages import history_of

EDITABLE = (FirstArticle.DRAFT, FirstArticle.RETURNED)
LOOKS = {FirstArticle.SUBMITTED: "in_review"}
# what the shop has approved waits for whoever reads it at the customer
LOOKS_AT_THE_CUSTOMER = {FirstArticle.APPROVED: "in_review"}


def look_of(person, record: FirstArticle) -> str:
    """Return the state by which this reader knows a first article."""
    looks = LOOKS if person.is_shop else LOOKS_AT_THE_CUSTOMER
    return looks.get(record.state, record.state)


def condition_words(record: FirstArticle) -> str:
    """Return the condition of the customer with what may ship before it is met; empty without one."""
    if not record.customer_condition:
        return ""
    count = record.condition_quantity
    day = f"{record.condition_due_on:%-d %b %Y}"
    pieces = f"at most {count} piece{'' if count == 1 else 's'}" if count else "no piece"
    return f"{record.customer_condition.rstrip('.')}. Due by {day}; until it is met {pieces} may ship."


class FirstArticleDifference(RecordView):
    """Show field by field what a correction says otherwise than the report it corrects."""

    roles = FIRST_ARTICLE_READERS
    model = FirstArticle
    template_name = "inspection/first_article_difference.html"
    is_reading = True

    def queryset_for(self, person):
        joins = ("part_revision__part", "traveler", "order_line__order", "baseline__part_revision__part")
        signed = ("verified_signature", "approved_signature", "customer_signature")
        return (
            super().queryset_for(person).select_related(*joins, *signed, "corrects", "route_revision__route")
        )

    def context(self, record):
        earlier = FirstArticle.objects.for_viewer(self.request.user).filter(pk=record.corrects_id).first()
        if earlier is None:
            raise Http404("This first article corrects none.")
        labels = EDITIONS[record.form_revision].labels
        found = differences_of(record)
        return {
            "earlier": earlier,
            "count": len(found),
            "forms": [
                {
                    "form": form,
                    "rows": [
                        {"difference": each, "label": labels(form)[each.field]}
                        for each in found
                        if each.form == form
                    ],
                }
                for form in (1, 2, 3)
            ],
            "crumbs": [crumb("First articles", "first-article-list"), crumb_of(record)],
        }


def crumb_of(record: FirstArticle) -> dict[str, str]:
    return {"label": record.number, "url": record.get_absolute_url()}


class FirstArticleList(RecordListView):
    """Show the first articles, the latest first."""

    roles = FIRST_ARTICLE_READERS
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
        person = self.request.user
        for row in rows:
            row.stands = look_of(person, row)
        ours = "The proof that the process can make the part. Approved means frozen."
        theirs = "The shop's approved reports of your parts. Sign field 24, or return one with your comments."
        return {
            "heading": "First articles",
            "lead": f"AS9102 Rev B and Rev C. {ours if person.is_shop else theirs}",
            "columns": self.columns(person),
            "empty_heading": "No first article yet",
            "empty_sentence": "A first article is opened from the first production lot of a part revision."
            if person.is_shop
            else "You see a first article here once the shop has approved it.",
        }

    def columns(self, person):
        lot = {"key": "traveler.number", "label": "Lot", "kind": "code"}
        if person.is_shop:
            lot["url_key"] = "traveler.get_absolute_url"
        columns = [
            {"key": "number", "label": "FAIR", "kind": "code", "url_key": "get_absolute_url"},
            {"key": "part_revision", "label": "Part and revision", "note_key": "part_revision.part.name"},
            lot,
            {"key": "serial", "label": "Piece", "kind": "code"},
            {"key": "get_extent_display", "label": "Extent"},
            {"key": "author.printed_name", "label": "Author"},
            {"key": "stands", "label": "State", "kind": "state"},
        ]
        return columns


class FirstArticleDetail(RecordView):
    """Show one form of a first article at a time, every field under its number, beside what may be decided."""

    roles = FIRST_ARTICLE_READERS
    model = FirstArticle
    template_name = "inspection/first_article_detail.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "part_revision__part__customer",
                "route_revision__route",
                "traveler",
                "order_line__order",
                "baseline__part_revision__part",
                "baseline__approved_signature",
                "author",
                "verified_signature",
                "approved_signature",
                "customer_signature",
            )
            .prefetch_related("lines")
        )

    @property
    def form(self) -> int:
        asked = self.request.GET.get("form", "")
        return int(asked) if asked in ("1", "2", "3") else 3

    def context(self, record):
        person, forms = self.request.user, forms_of(record)
        is_editable = record.state in EDITABLE
        may_fill = is_editable and person.role in MEASURERS
        decision = self.decision(record)
        page = FormsPage(
            record,
            forms,
            may_fill=may_fill,
            may_comment=bool(decision.get("may_comment")),
            is_customers=not person.is_shop,
        )
        shown = self.form
        missing = [*open_fields(forms), *first_articles.own_work_measured(record)] if is_editable else []
        unanswered = page.unanswered() if is_editable else []
        return {
            "form": shown,
            "title": TITLES[shown],
            "tabs": page.tabs(shown),
            "common": page.common(),
            "form1": page.form_1() if shown == 1 else [],
            "index": page.index() if shown == 1 else {},
            "heads": list(page.edition.heads(shown).items()),
            "foot": page.foot(shown),
            "edition": page.edition,
            "rows": page.rows(shown) if shown > 1 else [],
            "gone": page.gone(shown) if shown > 1 else [],
            "reviewed_at": page.standing.returned_at,
            "has_nonconformance": has_nonconformance(forms),
            "nonconforming": [row["5"] for row in forms["form3"] if row.get("is_failing")],
            "missing": missing,
            "unanswered": unanswered,
            "facts": self.facts(record),
            "may_fill": may_fill,
            "decision": decision,
            "acts": self.acts(record, is_ready=not missing and not unanswered),
            "correction": self.correction(record),
            "condition": condition_words(record),
            "altered_verified": first_articles.altered_since(record.verified_signature, record),
            "altered_approved": first_articles.altered_since(record.approved_signature, record),
            "is_withdrawn": record.state == FirstArticle.WITHDRAWN,
            "reversals": reversals_of("first article", record.number) if person.is_shop else [],
            "events": history_of(person, "first article", record.number) if person.is_shop else None,
            "crumbs": [crumb("First articles", "first-article-list")],
        }

    def correction(self, record) -> dict:
        """Return what this one corrects and what corrects it, as far as this reader sees either."""
        seen = FirstArticle.objects.for_viewer(self.request.user)
        earlier = seen.filter(pk=record.corrects_id).first()
        later = seen.filter(corrects=record).exclude(state=FirstArticle.WITHDRAWN).order_by("pk").last()
        return {
            "of": earlier,
            "by": later,
            "is_replaced": later is not None and later.state in FirstArticle.STANDING,
            "difference_url": act("", "first-article-difference", number=record.number)["url"]
            if earlier
            else "",
        }

    def facts(self, record):
        person = self.request.user
        facts = [
            {"label": "State", "state": look_of(person, record)},
            {"label": "Author", "value": record.author.printed_name},
            {"label": "Opened", "value": f"{record.opened_at:%-d %b %Y}"},
            {"label": "Forms", "value": f"AS9102 Rev {record.form_revision}"},
        ]
        if person.is_shop:
            facts[1:1] = [
                link("Part and revision", record.part_revision),
                link("Lot", record.traveler),
                link(
                    "Order line", record.order_line, note=record.order_line.get_fai_regime_display().lower()
                ),
            ]
            if record.baseline:
                facts.append(link("Baseline", record.baseline))
        return facts

    def decision(self, record) -> dict:
        """Return what this reader signs here: whose field, which addresses; why not, where they may not."""
        person, edition = self.request.user, EDITIONS[record.form_revision]
        if record.state == FirstArticle.SUBMITTED and person.role in DECIDERS:
            verifier = record.verified_signature
            is_own = person.pk in (record.author_id, verifier and verifier.person_id)
            return self.addresses(record, edition.approved[0], "approve", "return") | {
                "is_own": is_own,
                "may_comment": not is_own,
            }
        waits = record.state in (FirstArticle.APPROVED, FirstArticle.CONDITIONAL)
        if waits and is_customers_reviewer(person, record):
            condition = act("", "first-article-customer-condition", number=record.number)["url"]
            return self.addresses(record, edition.customer[0], "customer-approve", "customer-return") | {
                "is_customers": True,
                "may_comment": True,
                "condition_url": condition if record.state == FirstArticle.APPROVED else "",
            }
        return {}

    def addresses(self, record, field, approve, back):
        return {
            "field": field,
            "approve_url": act("", f"first-article-{approve}", number=record.number)["url"],
            "return_url": act("", f"first-article-{back}", number=record.number)["url"],
        }

    def acts(self, record, *, is_ready: bool):
        number, person = record.number, self.request.user
        download = act("Download as AS9102 XLSX", "first-article-xlsx", number=number)
        if record.state in first_articles.STANDING:
            withdraw = act("Withdraw the approval", "first-article-withdraw", number=number)
            is_own = record.approved_signature.person_id == person.pk
            is_corrected = record.corrections.exclude(state=FirstArticle.WITHDRAWN).exists()
            mend = act("Correct it by a new one", "first-article-correction", number=number)
            offered = [] if is_corrected else acts_for(person, (MEASURERS, mend))
            return [download, *offered, *([] if is_own else acts_for(person, (DECIDERS, withdraw)))]
        if record.state not in EDITABLE:
            return [download]
        submit = act("Submit", "first-article-submit", is_main=is_ready, number=number)
        correct = act("Correct Form 1", "first-article-correct", number=number)
        fill = act("Fill from a workbook", "first-article-workbook-look", number=number)
        offered = [(MEASURERS, fill), (MEASURERS, correct), (MEASURERS, submit)]
        material = record.traveler.material_lot
        if material and not material.supplier_id and not material.is_customer_furnished:
            name = act("Name the material's supplier", "first-article-supplier", number=number)
            offered.insert(0, (MEASURERS, name))
        return [download, *acts_for(person, *offered)]
