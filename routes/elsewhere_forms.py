"""Forms about what was done before a lot came in, and about work entered late."""

from __future__ import annotations

from django import forms

from routes.domain.elsewhere import on_the_same_paper
from routes.domain.proofs import proofs_of, words_of
from routes.forms import ListField, ShopForm, count_field, day_field, file_field, words_field
from routes.lot_forms import SignStepForm
from routes.models import RecordedElsewhere, RouteRevision


class BringInForm(ShopForm):
    route_revision = forms.ModelChoiceField(label="Route", queryset=RouteRevision.objects.none())
    at_sequence = forms.TypedChoiceField(
        label="Stands at operation",
        coerce=int,
        help_text="The next one to be done here. Everything before it is recorded elsewhere.",
    )
    quantity = count_field("Pieces", help_text="As counted now.")
    serials = ListField(
        required=False,
        max_length=60_000,
        help_text="For serialised parts: those the pieces carry. Left empty, they are numbered on.",
    )
    reason = words_field("Where it was kept before", help_text="As in: begun in May, on paper in folder 118.")

    def offer(self):
        found = (
            RouteRevision.objects.for_viewer(self.person)
            .filter(part_revision_id=self.record.part_revision_id, state=RouteRevision.RELEASED)
            .select_related("route")
            .prefetch_related("operations")
            .order_by("-pk")
        )
        self.fields["route_revision"].queryset = found
        self.fields["route_revision"].initial = found[0] if len(found) == 1 else None
        self.fields["at_sequence"].choices = [("", "choose")] + list(
            {
                operation.sequence: (operation.sequence, f"{operation.sequence} {operation.name}")
                for route in found
                for operation in sorted(route.operations.all(), key=lambda each: each.sequence)[1:]
            }.values()
        )
        self.fields["quantity"].initial = self.record.quantity
        if not self.record.part_revision.part.is_serialized:
            del self.fields["serials"]


class ScanForm(ShopForm):
    """One paper and everything it proves."""

    proves = forms.MultipleChoiceField(
        label="It proves",
        widget=forms.CheckboxSelectMultiple,
        help_text="An old traveler shows the signing of many operations: tick them all.",
        error_messages={"required": "Tick at least one thing the paper proves."},
    )
    description = words_field("What the paper is", help_text="As in: traveler 118, all sign-offs, two pages.")
    reference = forms.CharField(
        label="Number on the paper",
        max_length=120,
        required=False,
        help_text="Certificate, report or traveler number.",
    )
    done_on = day_field("Day the paper names", help_text="Of the last thing it shows.")
    file = file_field("Scan", help_text="PDF, PNG, JPEG or TIFF; kept byte for byte.")

    def offer(self):
        owed = [each for each in proofs_of(self.record) if each.state != RecordedElsewhere.REVIEWED]
        self.owed = {each.key: (each.proves, each.operation) for each in owed}
        self.fields["proves"].choices = [(each.key, each.words.capitalize()) for each in owed]

    def clean_proves(self):
        return [self.owed[key] for key in self.cleaned_data["proves"]]


class DecideScanForm(ShopForm):
    """What of one paper is decided now."""

    records = forms.MultipleChoiceField(
        label="It proves",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one thing."},
    )

    def offer(self):
        waiting = on_the_same_paper(self.record)
        self.waiting = {each.number: each for each in waiting}
        self.fields["records"].choices = [
            (each.number, f"{words_of(each.proves, each.operation).capitalize()} ({each.number})")
            for each in waiting
        ]
        self.fields["records"].initial = list(self.waiting)

    def clean_records(self):
        return [self.waiting[number] for number in self.cleaned_data["records"]]


class RejectScanForm(DecideScanForm):
    reason = words_field("What is wrong with it")


class LateSignForm(SignStepForm):
    """Sign a step; when it was done earlier, say when and why it is entered only now."""

    done_at = forms.DateTimeField(
        label="Done at, in UTC",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        help_text="Left empty: just now.",
        error_messages={"invalid": "Give day and time, as in 2026-03-31 14:30."},
    )
    late_reason = words_field(
        "Why it is entered late",
        required=False,
        help_text="Asked for work done more than a day ago.",
    )
