"""Forms of this room: what a person types, cleaned; every rule about it lives in the domain."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from inspection.domain.as9102 import EDITIONS
from inspection.domain.first_articles import STANDING
from inspection.models import FirstArticle, HeldApproval, InspectionRecord, Nonconformance
from portal.models import Organization, Person
from routes.domain.lots import steps_of
from routes.forms import MOST, ListField, ShopForm, count_field, day_field, file_field, words_field
from routes.models import Characteristic, Gauge, Operation, Traveler, TravelerStep

UNITS = [("mm", "mm"), ("in", "in"), ("um", "µm"), ("deg", "degrees")]
MEASURED, CONFORMS, FAILS = "measured", "conforms", "fails"
FOUND = [
    (MEASURED, "measured, the value above"),
    (CONFORMS, "conforms, without a value"),
    (FAILS, "does not conform, without a value"),
]


def gauge_note_field() -> forms.CharField:
    """Return the question wherever values are entered: why a gauge too coarse for a tolerance will do."""
    return forms.CharField(
        label="Why this gauge will do",
        max_length=200,
        required=False,
        help_text="Only where it reads coarser than a tenth of the tolerance.",
    )


class BalloonChoice(forms.ModelChoiceField):
    """A characteristic, chosen by what stands on the drawing."""

    def label_from_instance(self, record: Characteristic) -> str:
        return f"{record.balloon} {record.name}: {record.requirement}"


class NumberField(forms.DecimalField):
    """A measured number, with point or comma as the person's keyboard has it."""

    def to_python(self, value):
        if isinstance(value, str) and value.count(",") == 1 and "." not in value:
            value = value.replace(",", ".")
        return super().to_python(value)


class OpenInspectionForm(ShopForm):
    kind = forms.ChoiceField(label="Kind of inspection")

    def offer(self):
        is_outside = self.record.operation.kind == Operation.OUTSIDE
        inside = (InspectionRecord.IN_PROCESS, InspectionRecord.FINAL)
        offered = (InspectionRecord.INCOMING,) if is_outside else inside
        self.fields["kind"].choices = [each for each in InspectionRecord.KINDS if each[0] in offered]


class ValueForm(ShopForm):
    """One value, filled from the keyboard in the order of the fields."""

    characteristic = BalloonChoice(
        queryset=Characteristic.objects.none(), to_field_name="balloon", empty_label=None
    )
    serial = forms.CharField(label="Piece", max_length=60)
    value = NumberField(
        label="Measured value",
        max_digits=18,
        decimal_places=8,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "autofocus": True}),
    )
    unit = forms.ChoiceField(choices=[("", "none"), *UNITS], required=False)
    found = forms.ChoiceField(label="Found", choices=FOUND, initial=MEASURED)
    gauge = forms.ModelChoiceField(
        queryset=Gauge.objects.none(), to_field_name="number", required=False, empty_label="none"
    )
    gauge_note = gauge_note_field()
    measured_on = day_field("Measured on")

    def offer(self):
        uuids = [planned["characteristic"] for planned in self.record.plan]
        planned = Characteristic.objects.for_viewer(self.person).filter(uuid__in=uuids)
        self.fields["characteristic"].queryset = planned
        self.fields["gauge"].queryset = Gauge.objects.for_viewer(self.person).filter(is_active=True)
        self.fields["measured_on"].initial = timezone.localdate()

    def clean(self):
        data = super().clean()
        if data.get("found") == MEASURED and data.get("value") is None and "value" not in self.errors:
            self.add_error("value", "Type the measured value, or choose below how the piece was found.")
        return data


class CompleteForm(ShopForm):
    """The answers of incoming verification; other inspections are only signed."""

    ANSWERS = {
        "is_count_right": "The count is what the papers say",
        "is_identity_right": "Part, lot and serials are the ones that were sent",
        "is_undamaged": "Nothing is damaged",
    }

    def __init__(self, *args, asks_for_return: bool, **kwargs) -> None:
        self.asks_for_return = asks_for_return
        super().__init__(*args, **kwargs)

    def offer(self):
        if self.asks_for_return:
            for name, label in self.ANSWERS.items():
                self.fields[name] = forms.BooleanField(label=label, required=False)


class NonconformanceForm(ShopForm):
    description = words_field("What is not to the drawing", length=2000)
    quantity = count_field("Pieces it touches")
    serials = ListField(
        required=False, max_length=60_000, help_text="For serialised parts: which ones, with commas."
    )
    characteristic = BalloonChoice(
        queryset=Characteristic.objects.none(),
        to_field_name="balloon",
        required=False,
        empty_label="none in particular",
    )

    def offer(self):
        part_revision = self.record.route_revision.part_revision_id
        found = Characteristic.objects.for_viewer(self.person).filter(part_revision=part_revision)
        self.fields["characteristic"].queryset = found


class DispositionForm(ShopForm):
    disposition = forms.ChoiceField(
        label="Decision", choices=[("", "choose one"), *Nonconformance.DISPOSITIONS]
    )
    reason = words_field("Reason", length=2000)
    witness = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        empty_label="nobody",
        help_text="Pieces that are scrapped or sent back are seen off by a second person.",
    )
    rework_operations = forms.TypedMultipleChoiceField(
        label="Operations done again",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For rework and repair. What is not signed yet follows anyway.",
    )

    def offer(self):
        self.fields["witness"].queryset = (
            Person.objects.for_viewer(self.person)
            .filter(role__in=Person.SHOP_ROLES, is_active=True)
            .exclude(pk=self.person.pk)
        )
        done = [step.operation for step in steps_of(self.record.traveler) if step.state in TravelerStep.DONE]
        self.fields["rework_operations"].choices = [
            (operation.sequence, f"{operation.sequence} {operation.name}") for operation in done
        ]


class ConcessionForm(ShopForm):
    customer_reference = forms.CharField(label="Number of the customer's letter", max_length=80)
    decided_by = forms.CharField(
        label="Decided by", max_length=160, help_text="Name and office at the design authority."
    )
    decided_on = day_field("Decided on")
    quantity_limit = count_field("For at most so many pieces")
    serials = ListField(
        required=False, max_length=60_000, help_text="Left empty, it is not bound to serials."
    )
    valid_to = day_field("Shipped no later than", required=False, help_text="Left empty, without a last day.")
    conditions = words_field("On these conditions", length=2000, required=False)
    letter = file_field("The letter", required=False, help_text="PDF or picture; kept byte for byte.")

    def offer(self):
        self.fields["quantity_limit"].initial = self.record.quantity
        self.fields["serials"].initial = ", ".join(self.record.serials)


class FirstArticleForm(ShopForm):
    serial = forms.CharField(label="Piece that was measured (field 3)", max_length=60)
    extent = forms.ChoiceField(label="Full or partial (field 14)", choices=FirstArticle.EXTENTS)
    reason = words_field("Reason for it (field 14)", required=False)
    baseline = forms.ModelChoiceField(
        label="Baseline of a partial one (field 14)",
        queryset=FirstArticle.objects.none(),
        required=False,
        empty_label="none",
    )
    additional_changes = forms.CharField(label="Additional changes (field 8)", max_length=300, required=False)
    comments = words_field("Comments (field 26 of Rev C)", length=2000, required=False)
    form_revision = forms.ChoiceField(
        label="Forms",
        choices=[(each.revision, each.name) for each in EDITIONS.values()],
        required=False,
        help_text="As agreed with the customer, unless this one is asked for otherwise.",
    )

    def offer(self):
        lot: Traveler = self.record
        approved = FirstArticle.objects.for_viewer(self.person).filter(
            part_revision__part=lot.route_revision.part_revision.part_id, state__in=STANDING
        )
        self.fields["baseline"].queryset = approved


class FirstArticleLineForm(ShopForm):
    tooling = forms.CharField(
        label="Designed or qualified tooling (field 10)",
        max_length=120,
        required=False,
        help_text="Needed where a requirement with limits is accepted without a value.",
    )
    comment = forms.CharField(label="Comments", max_length=300, required=False)

    def offer(self):
        number = EDITIONS[self.record.form_revision].comment
        self.fields["comment"].label = f"Comments (field {number})"


class FirstArticleCorrectForm(ShopForm):
    reason = words_field("Reason for this full or partial FAI (field 14)", required=False)
    additional_changes = forms.CharField(label="Additional changes (field 8)", max_length=300, required=False)
    comments = words_field("Comments (field 26)", length=2000, required=False)

    def offer(self):
        if not EDITIONS[self.record.form_revision].remarks:
            del self.fields["comments"]


class ConditionForm(ShopForm):
    condition = words_field("What has to be done", length=1000)
    due_on = day_field("By")
    quantity = forms.IntegerField(
        label="Pieces that may ship before",
        min_value=0,
        max_value=MOST,
        help_text="Over all shipments of this part revision from now on; 0 lets nothing leave.",
    )


class SupplierForm(ShopForm):
    supplier = forms.ModelChoiceField(
        label="Bought from",
        queryset=Organization.objects.none(),
        to_field_name="number",
        empty_label=None,
        help_text="Its site's address and its code are printed too.",
    )

    def offer(self):
        found = Organization.objects.for_viewer(self.person).filter(is_active=True)
        self.fields["supplier"].queryset = found.exclude(kind=Organization.SHOP)


class FieldCommentForm(ShopForm):
    """Where a reviewer's words stand: form and field by their AS9102 numbers."""

    form = forms.TypedChoiceField(label="Form", choices=[("1", "1"), ("2", "2"), ("3", "3")], coerce=int)
    field = forms.CharField(label="Field", max_length=4, help_text="Its number, as in 14.")
    row = forms.CharField(
        label="Row",
        max_length=40,
        required=False,
        help_text="The characteristic on Form 3, the row on Form 2; empty on Form 1.",
    )
    text = words_field("What must change", length=2000)


class AnswerForm(ShopForm):
    text = words_field("What you did about it, or why nothing is to be done", length=2000)


class HeldApprovalForm(ShopForm):
    customer_reference = forms.CharField(
        label="The customer's reference", max_length=120, help_text="The number of its letter or record."
    )
    kind = forms.ChoiceField(label="What was submitted", choices=HeldApproval.KINDS, required=False)
    level = forms.IntegerField(
        label="Level of an AIAG PPAP",
        min_value=1,
        max_value=5,
        required=False,
        help_text="1 to 5; 3 is the usual one.",
    )
    status = forms.ChoiceField(label="What was decided", choices=HeldApproval.STATUSES, required=False)
    approved_on = day_field("Decided on")
    valid_to = day_field("Last day of an interim approval", required=False)
    quantity_limit = count_field("Pieces of an interim approval", required=False)
    letter = file_field(
        "The letter", required=False, help_text="PDF or picture, kept byte for byte; a PPAP needs one."
    )

    def clean_kind(self):
        return self.cleaned_data["kind"] or HeldApproval.FAIR

    def clean_status(self):
        return self.cleaned_data["status"] or HeldApproval.APPROVED


class DriftCauseForm(ShopForm):
    """What moved a characteristic, and what is done about it."""

    cause = words_field("What moved it, and what is done about it")
