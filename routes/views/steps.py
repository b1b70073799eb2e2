"""One step of a lot: signed, set up, and its differences decided."""

from __future__ import annotations

from django.http import Http404

from routes.domain import lots, setups, travelers
from routes.domain.amended import redlines_of
from routes.elsewhere_forms import LateSignForm
from routes.forms import ReasonForm
from routes.lock_forms import SetupRunForm
from routes.models import LockDifference, SetupRun, TravelerStep
from routes.permissions import FLOOR, PLANNERS
from routes.views.pages import ShopVerb


class OfStep(ShopVerb):
    """An act on one step; afterwards the lot is shown."""

    roles = FLOOR
    model = TravelerStep

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("traveler", "operation")

    def cancel_url(self):
        return self.record.traveler.get_absolute_url()

    def success_url(self, result):
        return self.cancel_url()


class StepSign(OfStep):
    """Sign a step as done."""

    form_class = LateSignForm
    heading = "Sign {record.operation.name} of lot {record.traveler.number}"
    lead = "Operation {record.operation.sequence}, pass {record.pass_number}."
    submit_label = "Sign the step"
    needs_reauth = True
    meaning = "Performed"
    done = "Step {result.number} is signed."

    def get_lead(self):
        redlines = (f"Redline {each.number}: {each.words}" for each in redlines_of(self.record))
        return " ".join([super().get_lead(), *redlines])

    def get_initial(self):
        return {"quantity_out": lots.quantity_of(self.record.traveler)}

    def act(self, record, data, *, by, token=None):
        return travelers.sign_step(
            by=by,
            step=record,
            token=token,
            quantity_out=data["quantity_out"],
            at=data["done_at"],
            late_reason=data["late_reason"],
        )


class StepSetup(OfStep):
    """Record what was on the machine."""

    form_class = SetupRunForm
    heading = "Record the setup of {record.operation.name}, lot {record.traveler.number}"
    lead = "What was really used. It is compared with the approved setups."
    submit_label = "Record the setup"

    def act(self, record, data, *, by, token=None):
        program = data.pop("nc_program")
        return setups.record_run(by=by, step=record, nc_program=program.read() if program else None, **data)

    def message(self, result):
        return said_of_run(result)


def said_of_run(run: SetupRun) -> str:
    """Return what is said after a setup was recorded: which it equals, or what differs and who is asked."""
    found = list(run.differences.all())
    step, setup = run.step.number, run.setup.words
    if not found:
        return f"The setup of step {step} is as approved: {setup}."
    places = f"{len(found)} place{'s' if len(found) > 1 else ''}"
    waiting = [each.field.replace("_", " ") for each in found if each.is_open]
    if not waiting:
        return f"The setup of step {step} differs from {setup} in {places}, all routine by policy."
    return (
        f"The setup of step {step} differs from {setup} in {places}; the step waits until a quality engineer decided "
        f"on the {' and the '.join(waiting)}."
    )


class OfDifference(OfStep):
    """An act on one difference from the nearest approved setup, found by its step, run and field."""

    roles = PLANNERS

    def get_record(self, person):
        step = super().get_record(person)
        runs = list(step.setup_runs.for_viewer(person).order_by("pk").values_list("pk", flat=True))
        ordinal = self.kwargs["run"]
        if not 0 < ordinal <= len(runs):
            raise Http404("There is no such setup of this step.")
        self.difference = LockDifference.objects.get_visible_or_404(
            person, run=runs[ordinal - 1], field=self.kwargs["field"]
        )
        return step


class DifferenceDecide(OfDifference):
    """Decide a difference from the nearest approved setup."""

    form_class = ReasonForm
    submit_label = "Sign the decision"
    needs_reauth = True
    meaning = "Dispositioned"

    def get_heading(self):
        return f"Decide the {self.difference.field.replace('_', ' ')} at step {self.record.number}"

    def get_lead(self):
        setup = self.difference.run.setup
        approved = f"Approved, in setup {setup.words}" if setup else "Locked"
        return f"{approved}: {self.difference.locked or 'none'}. As run: {self.difference.as_run or 'none'}."

    def act(self, record, data, *, by, token=None):
        return setups.disposition_difference(
            by=by, difference=self.difference, reason=data["reason"], token=token
        )

    def message(self, result):
        return f"The difference in {result.field.replace('_', ' ')} is decided."
