"""The shape of what comes in at the doors of shipments."""

from __future__ import annotations

from django import forms

from portal.models import Person
from routes.models import OrderLine, Traveler

NO_LOT = "No lot can be chosen: a lot is offered once its last step is signed and no other shipment has it."


class LotChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, lot: Traveler) -> str:
        line = lot.order_line
        return (
            f"{lot.number}, {lot.quantity_now} of {lot.route_revision.part_revision}, "
            f"{line.order.customer}, order {line.order.po_number} line {line.line_number}"
        )


class ShipmentDraftForm(forms.Form):
    """Which lots leave together; only complete production lots that are on no shipment are offered."""

    lots = LotChoice(
        queryset=Traveler.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Whole lots of one customer and one part revision. A partial delivery splits the lot first.",
        error_messages={"required": "Choose at least one lot to ship."},
    )
    carrier = forms.CharField(max_length=80, required=False)

    def __init__(self, *args, viewer: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lots"].queryset = (
            Traveler.objects.for_viewer(viewer)
            .filter(state=Traveler.COMPLETE)
            # a prototype ships only where prototypes were ordered
            .exclude(purpose=Traveler.PROTOTYPE, order_line__purpose=OrderLine.PRODUCTION)
            .exclude(shipment_lines__is_active=True)
            .select_related("order_line__order__customer", "route_revision__part_revision__part")
            .with_quantity()
            .order_by("number")
        )
        if not self.fields["lots"].queryset.exists():
            self.fields["lots"].help_text = NO_LOT


class CertifyForm(forms.Form):
    remarks = forms.CharField(
        required=False, max_length=300, help_text="Field 12 of the certificate; left empty it says N/A."
    )


class ReissueCertificateForm(CertifyForm):
    reason = forms.CharField(
        label="Why it is issued again", max_length=300, help_text="Printed on the new revision."
    )


class ReleaseForm(forms.Form):
    """A first release needs no reason; a later one does."""

    def __init__(self, *args, is_again: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if is_again:
            self.fields["reason"] = forms.CharField(
                label="Why it is released again",
                max_length=300,
                help_text="It stands in the revision history of the package; the buyer reads it.",
            )


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300)
