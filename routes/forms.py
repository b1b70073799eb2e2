"""The shape of what comes in at the doors of this room; what may be is decided by the domain."""

from __future__ import annotations

import re

from django import forms
from django.conf import settings
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone

from portal.forms import DayField
from portal.models import Label, Organization, Person
from routes.domain.terms import terms_of
from routes.models import (
    MaterialLot,
    Operation,
    OrderLine,
    PartRevision,
    PlannedCheck,
    RouteRevision,
    SpecificationRevision,
)
from routes.models.clauses import FAI_EDITIONS
from routes.models.operations import AQLS, LEVELS
from routes.models.parts import SIDES, UNSPECIFIED

# what fits into a column of whole numbers, with room to spare
MOST = 1_000_000
UNITS = [("", "as the file says"), ("mm", "mm"), ("in", "in"), ("um", "µm"), ("deg", "degrees")]


def day_field(label: str, **facts) -> DayField:
    return DayField(label=label, **facts)


def count_field(label: str, **facts) -> forms.IntegerField:
    return forms.IntegerField(label=label, **{"min_value": 1, "max_value": MOST, **facts})


def words_field(label: str, *, length: int = 300, **facts) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": 2}), **facts)


def file_field(label: str, **facts) -> forms.FileField:
    return forms.FileField(label=label, max_length=255, allow_empty_file=True, **facts)


def listed(text: str) -> list[str]:
    """Return the items of a list written with commas, semicolons or lines."""
    return [item for item in (part.strip() for part in re.split(r"[,;\n]", text)) if item]


class ListField(forms.CharField):
    """Several short words, one beside the other or one a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value):
        return listed(super().clean(value))


class ShopForm(forms.Form):
    """A form of this room: it knows who asks and which record the page is about."""

    def __init__(self, *args, person: Person, record=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.person, self.record = person, record
        self.offer()
        self._say_what_is_empty()

    def _say_what_is_empty(self) -> None:
        """Write words where a choice would show a row of dashes."""
        for field in self.fields.values():
            if getattr(field, "empty_label", None) == BLANK_CHOICE_DASH[0][1]:
                field.empty_label = "choose one" if field.required else "none"

    def offer(self) -> None:
        """Fill the choices that depend on who asks and on the record."""


class OrderForm(ShopForm):
    customer = forms.ModelChoiceField(queryset=Organization.objects.none())
    po_number = forms.CharField(label="Purchase order of the customer", max_length=80)
    received_on = day_field("Received on", initial=timezone.localdate)

    def offer(self):
        found = Organization.objects.for_viewer(self.person).customers().filter(is_active=True)
        self.fields["customer"].queryset = found


class RevisionChoice(forms.ModelChoiceField):
    def label_from_instance(self, record):
        return f"{record} {record.part.name}"


class OrderLineForm(ShopForm):
    line_number = count_field("Line")
    part_revision = RevisionChoice(label="Part and revision", queryset=PartRevision.objects.none())
    quantity = count_field("Pieces")
    due_on = day_field("Due on")
    purpose = forms.ChoiceField(
        label="Orders", choices=OrderLine.PURPOSES, initial=OrderLine.PRODUCTION, required=False
    )
    sourcing = forms.ChoiceField(label="Who buys", choices=OrderLine.SOURCING, initial=OrderLine.CONTRACT)
    fai_regime = forms.ChoiceField(label="First article", choices=OrderLine.FAI_REGIMES)
    needs_package_approval = forms.BooleanField(
        label="The buyer approves the package before dispatch", required=False
    )

    def offer(self):
        self.fields["part_revision"].queryset = (
            PartRevision.objects.for_viewer(self.person)
            .filter(part__customer_id=self.record.customer_id)
            .select_related("part")
        )
        last = self.record.lines.order_by("-line_number").values_list("line_number", flat=True).first() or 0
        self.fields["line_number"].initial = last + 1
        terms = terms_of(self.record.customer)
        self.fields["fai_regime"].initial = terms.fai_regime
        self.fields["needs_package_approval"].initial = terms.needs_package_approval

    def clean_purpose(self):
        return self.cleaned_data["purpose"] or OrderLine.PRODUCTION


class LineAmendForm(ShopForm):
    """What the customer changed on a line; what stays is shown as it stands."""

    part_revision = RevisionChoice(label="Revision", queryset=PartRevision.objects.none())
    quantity = count_field("Pieces")
    due_on = day_field("Due on")
    fai_regime = forms.ChoiceField(label="First article", choices=OrderLine.FAI_REGIMES)
    purpose = forms.ChoiceField(label="Orders", choices=OrderLine.PURPOSES, required=False)
    reference = forms.CharField(
        label="Number of the amendment", max_length=120, help_text="As the customer writes it."
    )
    reason = words_field("What the customer changed, and why")

    def offer(self):
        line = self.record
        found = PartRevision.objects.for_viewer(self.person).filter(part=line.part_revision.part_id)
        self.fields["part_revision"].queryset = found.select_related("part")

    def clean_purpose(self):
        return self.cleaned_data["purpose"] or self.record.purpose


class TermsForm(ShopForm):
    fai_regime = forms.ChoiceField(label="First article", choices=OrderLine.FAI_REGIMES)
    needs_package_approval = forms.BooleanField(
        label="The buyer approves every package before dispatch", required=False
    )
    fai_edition = forms.ChoiceField(label="Forms of first articles", choices=FAI_EDITIONS, required=False)


class PartForm(ShopForm):
    customer = forms.ModelChoiceField(queryset=Organization.objects.none())
    number = forms.CharField(label="Part number", max_length=80)
    name = forms.CharField(max_length=200)
    is_serialized = forms.BooleanField(label="Every piece carries a serial number", required=False)

    offer = OrderForm.offer


class RevisionForm(ShopForm):
    revision = forms.CharField(max_length=20)
    drawing_number = forms.CharField(max_length=80)
    drawing_revision = forms.CharField(max_length=20)
    drawing = file_field("Drawing", required=False, help_text="PDF or scan; kept byte for byte.")
    label = forms.ModelChoiceField(
        label="Held under", queryset=Label.objects.none(), required=False, empty_label="no label"
    )
    unit = forms.ChoiceField(label="Unit of the drawing", choices=[("mm", "mm"), ("in", "in")])
    default_applies_to = forms.ChoiceField(
        label="Dimensions apply", choices=SIDES, initial=UNSPECIFIED, help_text="As the drawing's note says."
    )

    def offer(self):
        self.fields["label"].queryset = Label.objects.for_viewer(self.person)


class NoteForm(ShopForm):
    note_number = forms.CharField(label="Note", max_length=20)
    text = words_field("Text, word for word", length=4000)


class CharacteristicForm(ShopForm):
    balloon = forms.CharField(max_length=20)
    name = forms.CharField(max_length=120)
    kind = forms.CharField(max_length=60, required=False, help_text="Diameter, flatness, note…")
    requirement = forms.CharField(
        max_length=300,
        required=False,
        help_text="As the drawing says it; left empty, it is made of the numbers.",
    )
    nominal = forms.DecimalField(max_digits=18, decimal_places=8, required=False)
    lower = forms.DecimalField(label="Lower limit", max_digits=18, decimal_places=8, required=False)
    upper = forms.DecimalField(label="Upper limit", max_digits=18, decimal_places=8, required=False)
    unit = forms.ChoiceField(choices=[("", "no unit"), *UNITS[1:]], required=False)
    zone = forms.CharField(max_length=20, required=False, help_text="Sheet and zone, as in 1 B4.")
    designator = forms.CharField(max_length=20, required=False, help_text="KC, CI or the customer's sign.")
    applies_to = forms.ChoiceField(label="Applies", choices=SIDES, initial=UNSPECIFIED)
    is_reference = forms.BooleanField(label="For reference only", required=False)

    def offer(self):
        self.fields["unit"].initial = self.record.unit


class ImportForm(ShopForm):
    file = file_field("File", help_text="QIF 2.0, 2.1 or 3.0, or a table saved as CSV.")
    default_unit = forms.ChoiceField(
        label="Unit where the file says none", choices=[("", "ask me"), *UNITS[1:]], required=False
    )
    are_questions_decided = forms.BooleanField(
        label="I compared the questions below with the drawing; take the file as written", required=False
    )


class SpecificationForm(ShopForm):
    number = forms.CharField(max_length=60, help_text="As in MIL-PRF-8625.")
    revision = forms.CharField(max_length=20, required=False)
    title = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(choices=SpecificationRevision.KINDS)
    process = forms.CharField(max_length=60, required=False, help_text="As in anodize, passivation.")
    types = ListField(label="Types an order must choose from", required=False, max_length=400)
    classes = ListField(label="Classes an order must choose from", required=False, max_length=400)
    same_as = ListField(label="Other numbers for the same", required=False, max_length=600)
    effective_on = day_field("In effect from", required=False)


class SupersedeForm(ShopForm):
    superseded_by = forms.ModelChoiceField(label="Replaced by", queryset=SpecificationRevision.objects.none())

    def offer(self):
        found = SpecificationRevision.objects.for_viewer(self.person).exclude(pk=self.record.pk)
        self.fields["superseded_by"].queryset = found


class DraftForm(ShopForm):
    copy_from = forms.ModelChoiceField(
        label="Begin from",
        queryset=RouteRevision.objects.none(),
        required=False,
        empty_label="an empty route",
    )

    def offer(self):
        self.fields["copy_from"].queryset = (
            RouteRevision.objects.for_viewer(self.person)
            .filter(route__part_id=self.record.part_id)
            .select_related("route")
            .order_by("-revision")
        )


class OperationForm(ShopForm):
    sequence = count_field("Sequence", help_text="10, 20, 30…")
    kind = forms.ChoiceField(choices=Operation.KINDS)
    name = forms.CharField(max_length=120)
    work_center = forms.CharField(max_length=80, required=False)
    quality_owner = forms.ChoiceField(label="Owner of quality", required=False)
    timing_owner = forms.ChoiceField(label="Owner of timing", required=False)
    incoming_owner = forms.ChoiceField(
        label="Owner of incoming verification",
        required=False,
        help_text="Needed when the work leaves the house.",
    )
    specification = forms.ModelChoiceField(
        queryset=SpecificationRevision.objects.none(), required=False, empty_label="none"
    )
    spec_type = forms.CharField(label="Type", max_length=30, required=False)
    spec_class = forms.CharField(label="Class", max_length=30, required=False)
    material_condition = forms.CharField(max_length=60, required=False, help_text="As in 6061-T6.")
    certificate_type = forms.CharField(
        max_length=20, required=False, help_text="As ordered: 3.1, MTR, process."
    )
    changes_surface = forms.BooleanField(label="Changes the surface (a finish)", required=False)
    is_irreversible = forms.BooleanField(label="Cannot be undone", required=False)
    instructions = words_field("Instructions", length=4000, required=False)

    def offer(self):
        for name in ("quality_owner", "timing_owner", "incoming_owner"):
            self.fields[name].choices = [("", "not decided"), *Operation.OWNER_ROLES]
        self.fields["specification"].queryset = SpecificationRevision.objects.for_viewer(self.person)
        last = self.record.operations.order_by("-sequence").values_list("sequence", flat=True).first() or 0
        self.fields["sequence"].initial = last + 10


class OperationChangeForm(OperationForm):
    kind = None  # it stays what it is


class BalloonChoice(forms.ModelChoiceField):
    def label_from_instance(self, record):
        return f"{record.balloon} {record.name}: {record.requirement}"


class CheckForm(ShopForm):
    characteristic = BalloonChoice(queryset=Operation.objects.none())
    side = forms.ChoiceField(label="Checked", choices=PlannedCheck.SIDES)
    sampling_rule = forms.ChoiceField(label="On", choices=PlannedCheck.RULES)
    sample_size = count_field("Pieces in the sample", required=False)
    ltpd_percent = forms.DecimalField(
        label="c=0: limiting quality, %",
        max_digits=5,
        decimal_places=2,
        required=False,
        help_text="The worst lot that may slip through.",
    )
    beta_percent = forms.DecimalField(
        label="c=0: risk that it does, %", max_digits=4, decimal_places=2, required=False
    )
    inspection_level = forms.ChoiceField(
        label="Z1.4: level", choices=[("", "II"), *((each, each) for each in LEVELS)], required=False
    )
    aql_percent = forms.ChoiceField(
        label="Z1.4: AQL, %", choices=[("", "none"), *((each, each) for each in AQLS)], required=False
    )
    skip_one_in = forms.TypedChoiceField(
        label="Skip-lot: look at one lot in",
        choices=[("", "every lot"), (2, "2"), (3, "3"), (4, "4"), (5, "5")],
        coerce=int,
        empty_value=None,
        required=False,
    )
    defect_class = forms.ChoiceField(
        label="Class of defect",
        choices=PlannedCheck.DEFECT_CLASSES,
        initial=PlannedCheck.MAJOR,
        required=False,
        help_text="Lots of one class are followed as one series.",
    )
    gauge_kind = forms.CharField(label="Kind of gauge", max_length=60, required=False)

    def offer(self):
        revision = self.record.route_revision.part_revision
        self.fields["characteristic"].queryset = revision.characteristics.for_viewer(self.person).exclude(
            planned_checks__operation=self.record
        )
        for name, figure in (
            ("ltpd_percent", settings.PORTAL_SAMPLING_LTPD_PERCENT),
            ("beta_percent", settings.PORTAL_SAMPLING_BETA_PERCENT),
        ):
            field = self.fields[name]
            field.help_text = f"{field.help_text} Left empty: {figure}.".strip()

    def clean_defect_class(self):
        """What is sampled is of the class major unless somebody says otherwise."""
        return self.cleaned_data["defect_class"] or PlannedCheck.MAJOR


class MapNoteForm(ShopForm):
    operation = forms.ModelChoiceField(
        label="Answered by operation", queryset=Operation.objects.none(), required=False, empty_label="none"
    )
    document = forms.CharField(label="or by document", max_length=120, required=False)

    def offer(self):
        self.fields["operation"].queryset = self.record.operations.for_viewer(self.person)


class ReasonForm(ShopForm):
    reason = words_field("Reason")


class MaterialForm(ShopForm):
    identifier_kind = forms.ChoiceField(label="Identified by", choices=MaterialLot.IDENTIFIERS)
    identifier = forms.CharField(label="Heat, batch or date code", max_length=80)
    specification = forms.ModelChoiceField(queryset=SpecificationRevision.objects.none())
    condition = forms.CharField(
        label="Alloy and condition", max_length=60, help_text="As on the tag: 6061-T6."
    )
    form = forms.CharField(max_length=60, help_text="Bar, plate, sheet… with size.")
    received_pieces = count_field("For how many pieces")
    received_on = day_field("Received on", initial=timezone.localdate)
    mill = forms.CharField(max_length=120, required=False)
    supplier = forms.ModelChoiceField(
        label="Bought from, or furnished by", queryset=Organization.objects.none(), required=False
    )
    is_customer_furnished = forms.BooleanField(label="Furnished by the customer", required=False)

    def offer(self):
        self.fields["specification"].queryset = SpecificationRevision.objects.for_viewer(self.person).filter(
            kind=SpecificationRevision.MATERIAL
        )
        self.fields["supplier"].queryset = Organization.objects.for_viewer(self.person).filter(is_active=True)
