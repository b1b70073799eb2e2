"""The labels of drawings and files."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from portal.domain import labels
from portal.forms import LabelChangeForm, LabelForm
from portal.models import Label
from portal.permissions import MANAGERS, SHOP, may_manage_people
from portal.views.doors import LIST
from portal.views.verbs import RecordListView, VerbView

COLUMNS = [
    {"key": "code", "label": "Code", "kind": "code", "url_key": "url"},
    {"key": "name", "label": "Name"},
    {"key": "strictness", "label": "Strictness", "kind": "num"},
    {"key": "seen_by", "label": "Seen by"},
    {"key": "sent_to", "label": "May be sent to"},
    {"key": "files", "label": "Files", "kind": "num"},
]


class LabelList(RecordListView):
    """Show how strictly drawings and files can be held."""

    roles = SHOP
    model = Label
    template_name = "portal/list.html"
    ordering = ("-strictness",)

    def queryset_for(self, person):
        return super().queryset_for(person).annotate(files=Count("storedfile"))

    def context(self, rows):
        is_manager = may_manage_people(self.request.user)
        add = {"label": "Add a label", "url": reverse("portal:label-add"), "is_main": True}
        return {
            "heading": "Labels",
            "lead": "How strictly drawings and files are held. What is derived takes the strictest of its sources.",
            "columns": COLUMNS,
            "rows": [self._row(label, is_manager=is_manager) for label in rows],
            "acts": [add] if is_manager else [],
            "empty_heading": "No label yet",
            "empty_sentence": "Without a label, everybody who may see the record may read its file.",
        }

    def _row(self, label: Label, *, is_manager: bool) -> dict[str, object]:
        return {
            "code": label.code,
            "url": reverse("portal:label-change", kwargs={"code": label.code}) if is_manager else "",
            "name": label.name,
            "strictness": label.strictness,
            "seen_by": "export-eligible people" if label.needs_eligibility else "all who may see the record",
            "sent_to": ", ".join(label.allowed_countries) or "any country",
            "files": label.files,
        }


class LabelAdd(VerbView):
    """Add a label."""

    scope = LIST
    roles = MANAGERS
    form_class = LabelForm
    heading = "Add a label"
    lead = "Drawings and files can carry it from now on."
    submit_label = "Add"
    done = "The label {result.name} can be given to drawings and files."

    def act(self, record, data, *, by, token=None):
        return labels.add_label(by=by, **data)

    def cancel_url(self) -> str:
        return reverse("portal:label-list")


class LabelChange(VerbView):
    """Change how strictly everything under a label is held."""

    roles = MANAGERS
    model = Label
    lookup = {"code": "code"}
    form_class = LabelChangeForm
    heading = "Change the label {record.code}"
    lead = "It holds at once for every drawing and file that carries this label."
    submit_label = "Change"
    done = "The label {result.name} is changed."

    def get_initial(self):
        fields = ("name", "strictness", "needs_eligibility", "allowed_countries")
        return {field: getattr(self.record, field) for field in fields}

    def act(self, record, data, *, by, token=None):
        return labels.change_label(by=by, label=record, **data)

    def cancel_url(self) -> str:
        return reverse("portal:label-list")
