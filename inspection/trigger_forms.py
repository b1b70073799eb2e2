"""Forms of evaluations: decided, reported, made into a first article; and of the policy behind them."""

from __future__ import annotations

from django import forms

from inspection.domain.evaluation_scopes import scope_and_rest
from inspection.domain.triggers.kinds import ALWAYS_EVALUATED, KINDS, REPORTED
from inspection.models import TriggerEvaluation
from routes.domain.lots import steps_of
from routes.forms import ShopForm, words_field
from routes.models import Characteristic, Operation, Traveler

OUT = "out_"


class DecisionForm(ShopForm):
    """None, partial or full; of a partial one, what need not be measured again, what is measured too, and why."""

    decision = forms.ChoiceField(choices=TriggerEvaluation.DECISIONS, widget=forms.RadioSelect)
    justification = words_field("Why", length=2000, help_text="Signed with the decision.")
    more = forms.MultipleChoiceField(
        label="Measure these too",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For a partial one: what the changes do not touch by the records, and may have touched all the same.",
    )
    more_because = forms.CharField(label="Measure these too, because", max_length=300, required=False)

    def offer(self):
        touched, rest = scope_and_rest(self.record)
        self.fields["more"].choices = [(each.balloon, each.words) for each in rest]
        if not rest:
            del self.fields["more"], self.fields["more_because"]
        for place, each in enumerate(touched):
            self.fields[f"{OUT}{each.balloon}"] = forms.CharField(
                label=f"Leave out balloon {each.balloon} {each.name}, because",
                max_length=300,
                required=False,
                help_text=""
                if place
                else "For a partial one. What is left empty here and below is measured again.",
            )

    def clean(self):
        cleaned = super().clean()
        left_out = {
            name.removeprefix(OUT): cleaned.pop(name).strip()
            for name in list(cleaned)
            if name.startswith(OUT)
        }
        cleaned["taken_out"] = {balloon: reason for balloon, reason in left_out.items() if reason}
        because = cleaned.pop("more_because", "")
        cleaned["added"] = dict.fromkeys(cleaned.pop("more", ()), because)
        return cleaned


class ReportForm(ShopForm):
    """What happened that no record shows."""

    kind = forms.ChoiceField(label="What it is", choices=[(kind, KINDS[kind][0]) for kind in REPORTED])
    subject = forms.CharField(
        label="Where", max_length=120, required=False, help_text="As in spindle of VF-2."
    )
    what = words_field("What happened, or what was corrected", length=2000)
    operations = forms.ModelMultipleChoiceField(
        label="Operations it may have touched",
        queryset=Operation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None named, here or below: it touches everything.",
    )
    characteristics = forms.ModelMultipleChoiceField(
        label="Characteristics it may have touched",
        queryset=Characteristic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def offer(self):
        lot: Traveler = self.record
        used = [step.operation_id for step in steps_of(lot)]
        self.fields["operations"].queryset = (
            Operation.objects.for_viewer(self.person).filter(pk__in=used).order_by("sequence")
        )
        characteristics = Characteristic.objects.for_viewer(self.person)
        self.fields["characteristics"].queryset = characteristics.filter(
            part_revision=lot.route_revision.part_revision_id, is_reference=False
        )
        self.fields["characteristics"].label_from_instance = lambda each: (
            f"{each.balloon} {each.name}: {each.requirement}"
        )


class EvaluatedArticleForm(ShopForm):
    """The first article an evaluation asked for: which lot and piece; everything else was decided."""

    lot = forms.ModelChoiceField(
        queryset=Traveler.objects.none(), to_field_name="number", empty_label=None, label="Lot"
    )
    serial = forms.CharField(label="Piece that is measured (field 3)", max_length=60)
    comments = words_field("Comments (field 26)", length=2000, required=False)

    def offer(self):
        lots = Traveler.objects.for_viewer(self.person).filter(number__startswith=self.record.traveler.number)
        root = self.record.traveler.number
        family = [each.pk for each in lots if each.number == root or each.number.startswith(f"{root}/")]
        self.fields["lot"].queryset = Traveler.objects.for_viewer(self.person).filter(pk__in=family)


class TriggerPolicyForm(ShopForm):
    """Which changes are routine; every other one is evaluated."""

    routine = forms.MultipleChoiceField(
        label="Routine: told, and nobody is asked",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind, words) for kind, (words, _) in KINDS.items() if kind not in ALWAYS_EVALUATED],
        help_text="What is not ticked is evaluated. What touches a requirement always is.",
    )
    lapse_months = forms.IntegerField(
        label="Months production may rest", min_value=1, max_value=120, help_text="AS9102 says 24."
    )
    reason = words_field("Why", length=2000, help_text="Signed with the policy.")
