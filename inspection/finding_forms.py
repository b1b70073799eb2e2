"""Forms around findings: requests to the design authority, records, corrective actions, readings in doubt."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inspection.models import (
    ConcessionRequest,
    ContainmentCheck,
    CorrectiveAction,
    FindingCode,
    FindingRecord,
    FirstArticle,
    Nonconformance,
    ReadingsJudgement,
)
from portal.models import Organization, Person
from routes.forms import ListField, ShopForm, count_field, day_field, file_field, words_field
from routes.models import Part


class JudgeForm(ShopForm):
    outcome = forms.ChoiceField(
        label="Decision", choices=ReadingsJudgement.OUTCOMES, widget=forms.RadioSelect
    )
    reason = words_field("What was looked at", length=2000)


class ConcessionRequestForm(ShopForm):
    proposal = forms.ChoiceField(label="Proposed", choices=ConcessionRequest.PROPOSALS)
    description = words_field(
        "What departs from which requirement",
        length=2000,
        required=False,
        help_text="Left empty, the nonconformance's own words are sent.",
    )
    justification = words_field("Why the pieces will do", length=2000)
    paper = file_field("Drawing, picture or study", required=False, help_text="PDF or picture.")

    def offer(self):
        self.fields["description"].initial = getattr(self.record, "description", "")


class PermitRequestForm(ConcessionRequestForm):
    quantity = count_field("For so many pieces")
    field_order = ["proposal", "quantity", "description", "justification", "paper"]

    def offer(self):
        self.fields["description"].help_text = ""
        self.fields["description"].required = True
        self.fields["quantity"].initial = self.record.quantity


class GrantForm(ShopForm):
    """What the customer lets pass, filled with what was asked."""

    quantity = count_field("For at most so many pieces")
    serials = ListField(required=False, max_length=60_000, help_text="Of serialised pieces: which ones.")
    valid_to = day_field("Shipped no later than", required=False, help_text="Left empty, without a last day.")
    conditions = words_field("On these conditions", length=2000, required=False)
    reference = forms.CharField(label="Your own number for it", max_length=80, required=False)
    reason = words_field("Remarks", length=2000, required=False)

    def offer(self):
        self.fields["quantity"].initial = self.record.quantity
        if self.record.serials:
            self.fields["serials"].initial = ", ".join(self.record.serials)
        else:
            del self.fields["serials"]


class WhyForm(ShopForm):
    reason = words_field("Reason", length=2000)


class RemarkForm(ShopForm):
    reason = words_field("Remarks", length=2000, required=False)


class PermitChoice(forms.ModelChoiceField):
    def label_from_instance(self, record: ConcessionRequest) -> str:
        return f"{record.number}: {record.description[:80]}"


class DrawForm(ShopForm):
    permit = PermitChoice(
        queryset=ConcessionRequest.objects.none(), to_field_name="number", empty_label="choose one"
    )

    def offer(self):
        found = ConcessionRequest.objects.for_viewer(self.person).filter(
            order_line=self.record.traveler.order_line_id, state=ConcessionRequest.GRANTED
        )
        self.fields["permit"].queryset = found


class CodeChoice(forms.ModelChoiceField):
    def __init__(self, kind: str, **facts) -> None:
        super().__init__(queryset=FindingCode.objects.none(), to_field_name="code", **facts)
        self.kind = kind

    def offer_to(self, person: Person) -> None:
        self.queryset = FindingCode.objects.for_viewer(person).filter(kind=self.kind, is_active=True)


class FindingRecordForm(ShopForm):
    detected_at = forms.ChoiceField(label="Detected", choices=FindingRecord.PLACES)
    requirement = words_field("Required")
    actual = words_field("Found instead")
    quantity_checked = count_field("Pieces checked")
    defect = CodeChoice(FindingCode.DEFECT, label="Defect code", empty_label="choose one")
    process = CodeChoice(FindingCode.PROCESS, label="Process code", required=False, empty_label="none")
    cause = CodeChoice(FindingCode.CAUSE, label="Cause code", required=False, empty_label="not known yet")
    party = forms.ChoiceField(label="Who answers for it", choices=FindingRecord.PARTIES)
    organization = forms.ModelChoiceField(
        label="Which vendor or customer",
        queryset=Organization.objects.none(),
        to_field_name="number",
        required=False,
        empty_label="the shop itself",
    )
    customer_reference = forms.CharField(label="The customer's number for it", max_length=80, required=False)

    def offer(self):
        for name in ("defect", "process", "cause"):
            self.fields[name].offer_to(self.person)
        found = Organization.objects.for_viewer(self.person).filter(is_active=True)
        self.fields["organization"].queryset = found.exclude(kind=Organization.SHOP)


class ContainmentForm(ShopForm):
    place = forms.ChoiceField(label="Looked at", choices=ContainmentCheck.PLACES)
    found = words_field("What was looked at, and what was found")
    quantity_found = count_field("Pieces found", min_value=0, initial=0)
    checked_on = day_field("On", initial=timezone.localdate)


class CodeForm(ShopForm):
    kind = forms.ChoiceField(choices=FindingCode.KINDS)
    code = forms.CharField(max_length=12)
    words = forms.CharField(max_length=120)


class ActionForm(ShopForm):
    """What a corrective action is opened for; where it comes from is filled in by the page that leads here."""

    problem = words_field("What is the problem", length=4000)
    due_on = day_field("Answer due on")
    vendor = forms.ModelChoiceField(
        label="Asked of",
        queryset=Organization.objects.none(),
        to_field_name="number",
        required=False,
        empty_label="the shop itself",
    )
    owner = forms.ModelChoiceField(
        label="Who answers in the shop",
        queryset=Person.objects.none(),
        required=False,
        empty_label="nobody yet",
    )
    nonconformances = forms.ModelMultipleChoiceField(
        queryset=Nonconformance.objects.none(),
        to_field_name="number",
        required=False,
        help_text="The findings it answers; none where it comes from elsewhere.",
    )
    part = forms.ModelChoiceField(
        queryset=Part.objects.none(),
        required=False,
        empty_label="none in particular",
        help_text="Whose lots are counted to see whether it helped.",
    )
    first_article = forms.ModelChoiceField(
        label="First article it must complete",
        queryset=FirstArticle.objects.none(),
        to_field_name="number",
        required=False,
        empty_label="none",
    )
    origin_noun = forms.ChoiceField(
        label="Opened from", choices=CorrectiveAction.ORIGINS, initial=CorrectiveAction.BY_HAND
    )
    origin_number = forms.CharField(label="Number of that record", max_length=80, required=False)

    def offer(self):
        person = self.person
        vendors = Organization.objects.for_viewer(person).filter(kind=Organization.VENDOR, is_active=True)
        self.fields["vendor"].queryset = vendors
        self.fields["owner"].queryset = Person.objects.for_viewer(person).filter(
            role__in=Person.SHOP_ROLES, is_active=True
        )
        self.fields["nonconformances"].queryset = Nonconformance.objects.for_viewer(person).order_by("-id")
        self.fields["part"].queryset = Part.objects.for_viewer(person).order_by("number")
        self.fields["first_article"].queryset = FirstArticle.objects.for_viewer(person).order_by("-id")


class StepForm(ShopForm):
    text = words_field(_("What is to be done"))
    owner = forms.CharField(label=_("Who does it"), max_length=120)
    due_on = day_field(_("Until"))


class AnswerActionForm(ShopForm):
    containment = words_field(_("What was contained"), length=4000)
    occurrence_cause = words_field(_("Why it happened"), length=4000)
    escape_cause = words_field(_("Why it was not found"), length=4000)
    systemic_cause = words_field(_("Why the system let both be"), length=4000, required=False)
    check_on = day_field(_("Look whether it helped on"), required=False)
    check_after_lots = count_field(_("Or after so many lots"), required=False)

    def offer(self):
        if self.record is not None:
            for name in self.fields:
                self.fields[name].initial = getattr(self.record, name)


class FinishForm(ShopForm):
    done_on = day_field(_("Done on"), initial=timezone.localdate)
    evidence = words_field(_("What shows it"))
