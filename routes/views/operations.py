"""The operations of a draft: changed, taken out, and their checks taken back."""

from __future__ import annotations

from django.http import Http404

from routes.domain import plan_changes
from routes.forms import OperationChangeForm, ShopForm
from routes.models import PlannedCheck
from routes.views.route_revisions import OfOperation


class OperationChange(OfOperation):
    """Change an operation of a draft."""

    form_class = OperationChangeForm
    heading = "Change operation {record.sequence} {record.name}"
    submit_label = "Change the operation"
    done = "Operation {result.sequence} {result.name} is changed."

    def get_lead(self):
        kind = self.record.get_kind_display()
        return f"{kind}; to make it another kind, remove it and add one. Its setup and checks stay with it."

    def get_initial(self):
        return {name: getattr(self.record, name) for name in OperationChangeForm.base_fields}

    def form_kwargs(self):
        # the choices of an operation depend on its route, as they do when one is added
        return {**super().form_kwargs(), "record": self.record.route_revision}

    def act(self, record, data, *, by, token=None):
        return plan_changes.change_operation(by=by, operation=record, **data)


class OperationRemove(OfOperation):
    """Take an operation out of a draft."""

    form_class = ShopForm
    heading = "Remove operation {record.sequence} {record.name}"
    lead = "Its setup and the checks planned at it go with it."
    submit_label = "Remove the operation"
    is_danger = True
    done = "Operation {record.sequence} {record.name} is removed."

    def act(self, record, data, *, by, token=None):
        plan_changes.remove_operation(by=by, operation=record)
        return record.route_revision


class CheckDrop(OfOperation):
    """Take back a planned check."""

    form_class = ShopForm
    submit_label = "Take the check back"
    is_danger = True

    def get_record(self, person):
        operation = super().get_record(person)
        self.check = (
            PlannedCheck.objects.for_viewer(person)
            .filter(operation=operation, characteristic__balloon=self.kwargs["balloon"])
            .select_related("characteristic", "operation__route_revision")
            .first()
        )
        if self.check is None:
            raise Http404("This check is not planned here.")
        return operation

    def get_heading(self):
        balloon = self.check.characteristic.balloon
        return f"Take back the check of balloon {balloon} at operation {self.record.sequence}"

    def get_lead(self):
        return f"{self.check.characteristic.requirement}, {self.check.get_side_display().lower()}."

    def act(self, record, data, *, by, token=None):
        return plan_changes.drop_check(by=by, check=self.check)

    def message(self, result):
        return (
            f"Balloon {self.check.characteristic.balloon} is not checked at operation {self.record.sequence}."
        )
