"""The shape of what comes in about deputies."""

from __future__ import annotations

from django import forms
from django.utils import timezone

from portal.forms import DayField
from portal.models import Authority, Person


class AuthoritiesChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, authority: Authority) -> str:
        for_whom = f" for {authority.customer.name}" if authority.customer else ""
        until = f", until {authority.valid_to:%-d %b %Y}" if authority.valid_to else ""
        return f"{authority.get_act_display()}{for_whom}{until}"


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person: Person) -> str:
        return f"{person.printed_name}, {person.title or person.get_role_display()}"


class DeputyChoice(forms.ModelChoiceField):
    def label_from_instance(self, authority: Authority) -> str:
        return (
            f"{authority.person.printed_name}: {authority.get_act_display()}, {authority.valid_from:%-d %b %Y} to "
            f"{authority.valid_to:%-d %b %Y}"
        )


class DeputyNameForm(forms.Form):
    person = PersonChoice(label="Deputy", queryset=Person.objects.none(), empty_label="choose a person")
    authorities = AuthoritiesChoice(label="May, in their place", queryset=Authority.objects.none())
    valid_from = DayField(label="From")
    valid_to = DayField(label="To and with")
    basis = forms.CharField(max_length=200, help_text="Leave, travel, delegation letter.")

    def __init__(self, *args, viewer: Person, holder: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.for_viewer(viewer).filter(role__in=Person.SHOP_ROLES, is_active=True)
        self.fields["person"].queryset = people.exclude(pk=holder.pk)
        held = holder.authorities.own().filter(withdrawn_at__isnull=True)
        today = timezone.localdate()
        held = held.exclude(valid_to__lt=today).select_related("customer").order_by("act", "valid_from")
        self.fields["authorities"].queryset = held


class DeputyEndForm(forms.Form):
    authority = DeputyChoice(label="Deputy", queryset=Authority.objects.none(), empty_label=None)
    reason = forms.CharField(max_length=200)

    def __init__(self, *args, holder: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        named = Authority.objects.filter(deputy_for__person=holder, withdrawn_at__isnull=True)
        named = named.exclude(valid_to__lt=timezone.localdate())
        self.fields["authority"].queryset = named.select_related("person").order_by("valid_from", "act")
