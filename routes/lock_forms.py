"""Forms of the lock: setups approved, run and proposed, policies, the handoff from prototype to production."""

from __future__ import annotations

from django import forms

from portal.models import Organization, Site
from routes.forms import ShopForm, file_field, words_field
from routes.models import Gauge, LockPolicy, Setup, Traveler


class OffsetsField(forms.CharField):
    """Work and tool offsets, one a line; a dictionary of name and value when cleaned."""

    def __init__(self, *, help_text: str = "One a line, as in G54 X = -120.000.") -> None:
        super().__init__(
            label="Offsets",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=help_text,
        )

    def clean(self, value) -> dict[str, str]:
        """Return what stands before and after the first equals sign of every line."""
        pairs = (line.partition("=") for line in super().clean(value).splitlines() if line.strip())
        return {name.strip(): value.strip() for name, _, value in pairs}


class SetupForm(ShopForm):
    name = forms.CharField(
        max_length=60, required=False, help_text="What tells it from other setups, as in Cell 2, vise."
    )
    site = forms.ModelChoiceField(
        queryset=Site.objects.none(), required=False, empty_label="every site of the shop"
    )
    machine = forms.CharField(
        label="Machine or cell", max_length=80, required=False, help_text="Left empty: any machine."
    )
    fixture = forms.CharField(max_length=60)
    fixture_revision = forms.CharField(max_length=20, required=False)
    nc_program = file_field("NC program", required=False)
    offsets = OffsetsField()
    gauges = forms.ModelMultipleChoiceField(queryset=Gauge.objects.none(), required=False)
    notes = words_field("Notes", length=2000, required=False)

    def offer(self):
        self.fields["gauges"].queryset = Gauge.objects.for_viewer(self.person).filter(is_active=True)
        offer_sites(self)


def offer_sites(form: ShopForm) -> None:
    """Offer the sites of the shop; where it has but one, nobody is asked."""
    sites = Site.objects.for_viewer(form.person).filter(organization__kind=Organization.SHOP)
    form.fields["site"].queryset = sites.select_related("organization")
    if len(sites[:2]) < 2:
        del form.fields["site"]


class SetupRunForm(ShopForm):
    fixture = forms.CharField(max_length=60)
    fixture_revision = forms.CharField(max_length=20, required=False)
    nc_program = file_field(
        "NC program as run", required=False, help_text="It is compared with the approved ones and not kept."
    )
    offsets = OffsetsField(
        help_text="One a line, as in G54 X = -120.000. Left empty: the machine's offsets are not compared."
    )
    machine = forms.CharField(max_length=80, required=False)
    site = forms.ModelChoiceField(queryset=Site.objects.none(), required=False)

    def offer(self):
        offer_sites(self)


class SetupProposalForm(SetupForm):
    """A further setup of a released operation, with the evidence for it."""

    reason = words_field(
        "Why another setup, and what showed that it is good",
        length=2000,
        help_text="Whoever approves it reads this.",
    )

    program_of = forms.ModelChoiceField(
        label="Or the program of",
        queryset=Setup.objects.none(),
        required=False,
        empty_label="no program",
        help_text="Used when no file is chosen.",
    )
    field_order = (
        "name",
        "reason",
        "site",
        "machine",
        "fixture",
        "fixture_revision",
        "nc_program",
        "program_of",
    )

    def offer(self):
        super().offer()
        self.fields["name"].required = True
        approved = Setup.objects.for_viewer(self.person).filter(operation=self.record, state=Setup.APPROVED)
        self.fields["program_of"].queryset = approved.exclude(nc_raw_sha256="")
        self.fields["program_of"].label_from_instance = lambda setup: (
            f"{setup.words}: {setup.nc_program_name}"
        )


class LockPolicyForm(ShopForm):
    """Which differences are routine; every other one is evaluated."""

    customer = forms.ModelChoiceField(
        queryset=Organization.objects.none(),
        required=False,
        empty_label="the house",
        help_text="The house stands for every customer without a policy of its own.",
        label="For",
    )
    routine = forms.MultipleChoiceField(
        label="Routine: recorded, and nobody is asked",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=LockPolicy.FIELDS,
        help_text="What is not ticked is evaluated: the step waits until somebody decided.",
    )
    reason = words_field("Why", length=2000, help_text="Signed with the policy.")

    def offer(self):
        customers = Organization.objects.for_viewer(self.person).filter(kind=Organization.CUSTOMER)
        self.fields["customer"].queryset = customers.filter(is_active=True)


class HandoffForm(ShopForm):
    """What the prototypes taught, and what production does otherwise."""

    prototypes = forms.ModelMultipleChoiceField(
        label="Prototype lots",
        queryset=Traveler.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Finished lots of this part revision that were made as prototypes.",
        error_messages={"required": "Choose the prototype lots that were tried."},
    )
    learnt = words_field("What they showed", length=4000)
    changed = words_field("What production does otherwise", length=4000, help_text="Or that nothing changed.")

    def offer(self):
        self.fields["prototypes"].queryset = (
            Traveler.objects.for_viewer(self.person)
            .filter(purpose=Traveler.PROTOTYPE, route_revision__part_revision=self.record.part_revision_id)
            .exclude(state=Traveler.OPEN)
            .order_by("number")
        )
