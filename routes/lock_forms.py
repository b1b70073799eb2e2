"""Forms of the lock: setups proposed, policies, the handoff from prototype to production."""

from __future__ import annotations

from django import forms

from portal.models import Organization
from routes.forms import SetupForm, ShopForm, words_field
from routes.models import LockPolicy, Setup, Traveler


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
        empty_label="the house: every customer without a policy of its own",
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
