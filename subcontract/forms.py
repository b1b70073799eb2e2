"""The shape of what comes in at the doors of this room; what may be is decided by the domain."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from portal.models import Agreement, Label, Organization, Person, Registration, Site
from routes.forms import ListField, count_field, day_field, file_field, words_field
from routes.models import Operation, TravelerStep
from subcontract.models import OutsideOrder, OutsideOrderLine, VendorReview


def vendor_sites(person: Person):
    sites = Site.objects.for_viewer(person).filter(organization__kind=Organization.VENDOR)
    return sites.select_related("organization")


class PersonForm(forms.Form):
    """A form whose choices are those the person may see."""

    def __init__(self, *args, person: Person, record, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.record = person, record


class ApprovalForm(PersonForm):
    site = forms.ModelChoiceField(
        queryset=Site.objects.none(), label="Vendor's site", empty_label="Choose a site"
    )
    process = forms.CharField(max_length=60, help_text="As in anodize, heat treat, passivation.")
    spec_number = forms.CharField(label="Specification", max_length=60, help_text="As in MIL-PRF-8625.")
    spec_revision = forms.CharField(
        label="Revision", max_length=20, required=False, help_text="Empty approves every revision."
    )
    spec_type = forms.CharField(
        label="Type", max_length=30, required=False, help_text="Empty approves every type."
    )
    spec_class = forms.CharField(
        label="Class", max_length=30, required=False, help_text="Empty approves every class."
    )
    material = forms.CharField(
        max_length=60, required=False, help_text="Family or alloy, as in 6061. Empty approves every material."
    )
    customer = forms.ModelChoiceField(
        queryset=Organization.objects.none(), required=False, empty_label="Every customer"
    )
    valid_from = day_field("Valid from")
    valid_to = day_field("Valid to", help_text="The last day on which it counts.")
    basis = forms.CharField(
        max_length=200, help_text="Nadcap certificate, a customer's list, your own audit: with its number."
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = vendor_sites(self.person)
        self.fields["customer"].queryset = Organization.objects.for_viewer(self.person).customers()


class ApprovalChangeForm(PersonForm):
    on = day_field("From which day", initial=timezone.localdate)
    reason = words_field("Why")


class RegistrationForm(PersonForm):
    kind = forms.ChoiceField(choices=Registration.KINDS)
    reference = forms.CharField(
        label="Number on the certificate",
        max_length=80,
        help_text="An approval whose basis names this number holds only while the certificate does.",
    )
    site = forms.ModelChoiceField(
        queryset=Site.objects.none(), required=False, empty_label="Every site", label="Site it is for"
    )
    scope = forms.CharField(
        label="What it covers", max_length=300, required=False, help_text="In its own words."
    )
    issued_by = forms.CharField(max_length=120, required=False)
    valid_from = day_field("Valid from")
    valid_to = day_field("Valid to", help_text="The last day on which it holds.")
    file = file_field("The certificate", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        sites = Site.objects.for_viewer(self.person).filter(organization=self.record)
        self.fields["site"].queryset = sites.select_related("organization")


class AgreementForm(PersonForm):
    kind = forms.ChoiceField(choices=Agreement.KINDS)
    reference = forms.CharField(label="Name or number", max_length=120)
    label = forms.ModelChoiceField(
        queryset=Label.objects.none(),
        required=False,
        empty_label="About something else",
        label="Strictest label it lets them receive",
    )
    valid_from = day_field("Valid from")
    valid_to = day_field("Valid to", required=False, help_text="Empty: until it is ended.")
    file = file_field("The agreement", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].queryset = Label.objects.order_by("strictness")


class EndForm(PersonForm):
    on = day_field("First day it held no more", initial=timezone.localdate)
    reason = words_field("Why")


class VendorReviewForm(PersonForm):
    reviewed_on = day_field("Reviewed on", initial=timezone.localdate)
    outcome = forms.ChoiceField(choices=VendorReview.OUTCOMES)
    findings = words_field(
        "What was looked at and found",
        length=4000,
        help_text="Deliveries, rejects, certificates, answers to corrective actions, audit.",
    )
    next_due_on = day_field("Next review due on")


class OrderDraftForm(PersonForm):
    site = forms.ModelChoiceField(
        queryset=Site.objects.none(), label="Vendor's site", empty_label="Choose a site"
    )
    ordered_on = day_field("Ordered on", initial=timezone.localdate)
    due_on = day_field("Due back on")
    certificate_content = forms.CharField(
        label="What the certificate must state",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
        initial="Specification with revision, type and class; part number and revision; lot number; quantity; "
        "process date; site; name of who signs.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = vendor_sites(self.person)


class StepChoice(forms.ModelChoiceField):
    def label_from_instance(self, step: TravelerStep) -> str:
        part = step.traveler.route_revision.part_revision
        return f"{step.traveler.number}, {part}: operation {step.operation.sequence} {step.operation.name}"


class OrderLineForm(PersonForm):
    step = StepChoice(
        queryset=TravelerStep.objects.none(), label="Lot and outside operation", empty_label="Choose a lot"
    )
    flowdown = words_field(
        "Flow-down",
        length=4000,
        required=False,
        help_text="Masking, rack marks, colour, customer clauses. Empty takes the operation's instructions.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        waiting = TravelerStep.objects.for_viewer(self.person).filter(
            operation__kind=Operation.OUTSIDE, state=TravelerStep.WAITING, traveler__state="open"
        )
        ordered = OutsideOrderLine.objects.exclude(order__state=OutsideOrder.CANCELLED).values("step")
        self.fields["step"].queryset = waiting.exclude(pk__in=ordered).select_related(
            "traveler__route_revision__part_revision__part", "operation"
        )


class OrderShipForm(PersonForm):
    shipped_on = day_field("Left on", initial=timezone.localdate)
    document = forms.CharField(label="Packing slip or waybill", max_length=80, required=False)


class ReceiveForm(PersonForm):
    quantity_returned = count_field("Pieces that came back", min_value=0)
    quantity_scrapped = count_field("Scrapped by the vendor", min_value=0, initial=0)
    quantity_short = count_field("Missing from the count", min_value=0, initial=0)
    received_on = day_field("Received on", initial=timezone.localdate)
    document = forms.CharField(label="Packing slip or waybill", max_length=80, required=False)
    serials = ListField(
        label="Serials that came back",
        required=False,
        max_length=20_000,
        help_text="For a serialised part of which only some came back.",
    )
    lost_serials = ListField(label="Serials scrapped, then those missing", required=False, max_length=20_000)
    witness = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        required=False,
        empty_label="Nobody",
        help_text="Who counted too, when pieces were scrapped or are missing.",
    )

    put_aside_at = forms.CharField(
        label="Where pieces too many are kept apart",
        max_length=120,
        required=False,
        help_text="Only when more came than were sent and a second count says the same; they enter no lot.",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        colleagues = Person.objects.filter(role__in=Person.SHOP_ROLES, is_active=True)
        self.fields["witness"].queryset = colleagues.exclude(pk=self.person.pk)
        serialized = self.record.traveler.route_revision.part_revision.part.is_serialized
        if not serialized:
            del self.fields["serials"], self.fields["lost_serials"]
