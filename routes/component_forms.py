"""Forms about parts lists, what is built in, and how an order is packed."""

from __future__ import annotations

from django import forms

from routes.domain.component_uses import count_of, lots_to_take, receipts_to_take, uses_of
from routes.forms import ListField, RevisionChoice, ShopForm, count_field, words_field
from routes.models import Component, PackingDemand, PartRevision, SpecificationRevision, Traveler

NOTHING_TO_TAKE = (
    "Nothing can be taken: a lot is offered once its last step is signed, a receipt while it has pieces."
)


class ComponentForm(ShopForm):
    item_number = forms.CharField(label="Item", max_length=20, help_text="The find number of the drawing.")
    quantity_each = count_field("How many for one assembly", initial=1)
    made = RevisionChoice(
        label="Made here: part and revision",
        queryset=PartRevision.objects.none(),
        required=False,
        empty_label="bought",
    )
    specification = forms.ModelChoiceField(
        label="Bought to",
        queryset=SpecificationRevision.objects.none(),
        required=False,
        empty_label="made here",
    )
    part_number = forms.CharField(label="Part number of a bought one", max_length=80, required=False)
    name = forms.CharField(label="Its name", max_length=200, required=False)
    bought_as = forms.ChoiceField(
        label="Part type of a bought one",
        choices=Component.BOUGHT_AS,
        required=False,
        help_text="Field 17 of the first article's Form 1.",
    )

    def clean_bought_as(self):
        return self.cleaned_data["bought_as"] or Component.STANDARD

    def offer(self):
        self.fields["made"].queryset = (
            PartRevision.objects.for_viewer(self.person)
            .filter(part__customer_id=self.record.part.customer_id)
            .exclude(pk=self.record.pk)
            .select_related("part")
        )
        self.fields["specification"].queryset = SpecificationRevision.objects.for_viewer(self.person).filter(
            kind=SpecificationRevision.MATERIAL
        )


class SourceForm(ShopForm):
    """Which pieces of one item: from where, how many, and their serials where they carry any."""

    source = forms.ChoiceField(label="From")
    quantity = count_field("Pieces")
    serials = ListField(
        required=False, max_length=60_000, help_text="For serialised components: which pieces."
    )
    into_serials = ListField(
        label="Built into",
        required=False,
        max_length=60_000,
        help_text="Where both carry serials: the assembly each of them went into, in the same order.",
    )

    def __init__(self, *args, component: Component, **kwargs) -> None:
        self.component = component
        super().__init__(*args, **kwargs)

    def clean_source(self):
        """Return the record that was offered by that number."""
        return self.sources[self.cleaned_data["source"]]

    def trim_serials(self) -> None:
        """Leave out what neither side carries."""
        made = self.component.made
        if made is None or not made.part.is_serialized:
            del self.fields["serials"], self.fields["into_serials"]
        elif not self.component.assembly.part.is_serialized:
            del self.fields["into_serials"]


class BuildInForm(SourceForm):
    def offer(self):
        self.trim_serials()
        component = self.component
        lots = lots_to_take(component) if component.made_id else []
        self.sources = {each.number: each for each in (*lots, *receipts_to_take(component))}
        self.fields["source"].choices = [
            (number, f"lot {number}, {each.quantity_now} pieces" if isinstance(each, Traveler) else str(each))
            for number, each in self.sources.items()
        ]
        if not self.sources:
            self.fields["source"].help_text = NOTHING_TO_TAKE
        self.fields["quantity"].initial = count_of(self.record, component).missing or None


class TakeOutForm(SourceForm):
    reason = words_field("Why they come out", length=200)

    def offer(self):
        self.trim_serials()
        here: dict[str, int] = {}
        self.sources = {}
        for use in uses_of(self.record):
            if use.component_id == self.component.pk:
                source = use.source_lot or use.material_lot
                here[source.number] = here.get(source.number, 0) + use.quantity
                self.sources[source.number] = source
        self.fields["source"].choices = [
            (number, f"{number}, {count} in it") for number, count in here.items() if count > 0
        ]


class PackingDemandForm(ShopForm):
    kind = forms.ChoiceField(label="About", choices=PackingDemand.KINDS)
    text = words_field("As the order words it")
    least_days_left = count_field(
        "Days of shelf life left when it leaves",
        min_value=0,
        required=False,
        help_text="For a shelf life only.",
    )
