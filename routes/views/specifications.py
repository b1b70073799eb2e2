"""Specifications and their choices."""

from __future__ import annotations

from django.urls import reverse

from portal.permissions import SHOP
from portal.views.doors import LIST
from portal.views.verbs import RecordListView
from routes.domain import specifications
from routes.forms import SpecificationForm, SupersedeForm
from routes.models import SpecificationRevision
from routes.permissions import PLANNERS
from routes.templatetags.routes_words import called
from routes.views.pages import ShopVerb, act, acts_for, find_words


class SpecificationList(RecordListView):
    """Show the specifications by number."""

    roles = SHOP
    model = SpecificationRevision
    template_name = "portal/list.html"
    ordering = ("number", "revision")

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("superseded_by")

    def narrow(self, queryset):
        number = self.asked("q")
        return queryset.filter(number__icontains=number) if number else queryset

    def context(self, rows):
        may_plan = self.request.user.role in PLANNERS
        return {
            "heading": "Specifications",
            "lead": "What material and processes are ordered to, with the choices an order must name.",
            "columns": [
                {"key": "number", "label": "Number", "kind": "code", "url_key": "url", "note_key": "title"},
                {"key": "revision", "label": "Revision", "empty": "none"},
                {"key": "kind", "label": "Kind", "note_key": "process"},
                {"key": "choices", "label": "Choices", "empty": "none"},
                {"key": "same_as", "label": "Same as", "empty": "no other number"},
                {"key": "superseded_by", "label": "Replaced by", "empty": "in use"},
            ],
            "rows": [self.row(each, may_plan) for each in rows],
            "acts": acts_for(
                self.request.user, PLANNERS, act("Add a specification", "specification-add", is_main=True)
            ),
            **find_words(
                self.request,
                "Number contains",
                "No specification yet",
                "Outside operations and material name a specification from this list.",
            ),
        }

    def row(self, each, may_plan):
        choices = [("type", each.types), ("class", each.classes)]
        keywords = {"number": each.number, "revision": each.revision}
        return {
            "number": each.number,
            "url": reverse("routes:specification-supersede", kwargs=keywords) if may_plan else None,
            "title": each.title,
            "revision": each.revision,
            "kind": each.get_kind_display(),
            "process": each.process,
            "choices": "; ".join(
                ", ".join(called(each, word) for each in given) for word, given in choices if given
            ),
            "same_as": ", ".join(each.same_as),
            "superseded_by": str(each.superseded_by) if each.superseded_by else "",
        }


class SpecificationAdd(ShopVerb):
    """Add one revision of a specification."""

    scope = LIST
    form_class = SpecificationForm
    heading = "Add a specification"
    submit_label = "Add the specification"
    done = "Specification {result} is known."

    def act(self, record, data, *, by, token=None):
        return specifications.add_specification(by=by, **data)

    def cancel_url(self):
        return reverse("routes:specification-list")

    def success_url(self, result):
        return self.cancel_url()


class SpecificationSupersede(ShopVerb):
    """Say which specification replaced this one."""

    model = SpecificationRevision
    lookup = {"number": "number", "revision": "revision"}
    form_class = SupersedeForm
    heading = "What replaced {record}?"
    lead = "Routes released before keep what they name; new ones are pointed to the successor."
    submit_label = "Record the successor"
    done = "{result} is replaced by {result.superseded_by}."

    def act(self, record, data, *, by, token=None):
        return specifications.supersede_specification(by=by, specification=record, **data)

    def cancel_url(self):
        return reverse("routes:specification-list")

    def success_url(self, result):
        return self.cancel_url()
