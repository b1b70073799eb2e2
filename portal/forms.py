"""The shape of what comes in at the portal's own doors."""

from __future__ import annotations

from datetime import date
from zoneinfo import available_timezones

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from portal.models import Authority, Organization, Person
from portal.permissions import CUSTOMER, ROLES_BY_KIND, SHOP, VENDORS

EMAIL_LENGTH = 80  # an address is also the number under which a person's events are written down
NEW_PASSWORD_HELP = _(
    "At least twelve characters. A sentence nobody else would write is easiest to remember."
)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of this trade. Days at the ends of the calendar have no day before or after to reckon with."""

    FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
    default_error_messages = {"invalid": _("Give a day as year-month-day, as in 2026-03-31.")}
    default_validators = [
        MinValueValidator(FIRST, _("Give a day from 1900 on, with all four figures of the year.")),
        MaxValueValidator(LAST, _("Give a day before 2200; the year has four figures.")),
    ]

    def __init__(self, **facts) -> None:
        super().__init__(**{"widget": DayInput(), **facts})


def email_field(**facts) -> forms.EmailField:
    return forms.EmailField(label=_("E-mail address"), max_length=EMAIL_LENGTH, **facts)


def secret_field(label: str, autocomplete: str, **facts) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=256, widget=widget, **facts)


class SignInForm(forms.Form):
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = secret_field(_("Password"), "current-password")


class NewPasswordForm(forms.Form):
    new_password = secret_field(_("New password"), "new-password", help_text=NEW_PASSWORD_HELP)
    repeated = secret_field(_("The new password again"), "new-password")

    def clean_repeated(self) -> str:
        repeated = self.cleaned_data["repeated"]
        if self.cleaned_data.get("new_password") not in (None, repeated):
            raise forms.ValidationError(_("The two new passwords differ. Type both again."))
        return repeated


class PasswordChangeForm(NewPasswordForm):
    old_password = secret_field(_("Present password"), "current-password")
    field_order = ["old_password", "new_password", "repeated"]


class ResetAskForm(forms.Form):
    email = email_field()


class SiteForm(forms.Form):
    code = forms.CharField(
        label="Short code", max_length=40, initial="MAIN", help_text="As in MAIN or EAST-2."
    )
    name = forms.CharField(label="Name of the site", max_length=200)
    street = forms.CharField(max_length=200, required=False)
    city = forms.CharField(max_length=100, required=False)
    region = forms.CharField(label="State or region", max_length=100, required=False)
    postal_code = forms.CharField(max_length=20, required=False)
    country = forms.CharField(max_length=2, help_text="Two letters, as in US or DE.")
    time_zone = forms.ChoiceField(
        choices=lambda: [(name, name) for name in sorted(available_timezones())],
        initial="UTC",
        help_text="Dates on its certificates are read here.",
    )


class SetUpForm(NewPasswordForm):
    shop_number = forms.CharField(label="Short code of your shop", max_length=40, help_text="As in NORTH-1.")
    shop_name = forms.CharField(label="Name of your shop", max_length=200)
    site_name = forms.CharField(label="Name of its site", max_length=200, initial="Main works")
    country = SiteForm.base_fields["country"]
    time_zone = SiteForm.base_fields["time_zone"]
    printed_name = forms.CharField(
        label="Your name as you sign", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    title = forms.CharField(label="Your title", max_length=120, required=False)
    email = email_field()
    field_order = [
        *("shop_number", "shop_name", "site_name", "country", "time_zone"),
        *("printed_name", "title", "email", "new_password", "repeated"),
    ]


class OrganizationForm(forms.Form):
    kind = forms.ChoiceField(choices=[each for each in Organization.KINDS if each[0] != Organization.SHOP])
    number = forms.CharField(label="Short code", max_length=40, help_text="As in NORTH-1; it never changes.")
    name = forms.CharField(max_length=200)
    supplier_code = forms.CharField(
        max_length=40, required=False, help_text="CAGE, or the code a customer gave."
    )
    is_shown_to_vendors = forms.BooleanField(
        label="Vendors may read this customer's name on their orders", required=False
    )


class InvitationForm(forms.Form):
    printed_name = forms.CharField(label="Name as it is signed", max_length=120)
    title = forms.CharField(max_length=120, required=False)
    email = email_field()
    organization = forms.ModelChoiceField(queryset=Organization.objects.none(), empty_label=None)
    role = forms.ChoiceField()

    def __init__(self, *args, viewer: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = Organization.objects.for_viewer(viewer).filter(is_active=True)
        words = dict(Person.ROLES)
        self.fields["role"].choices = [
            (kind, [(role, words[role]) for role in roles])
            for kind, roles in (("Shop", SHOP), ("Customer", CUSTOMER), ("Vendor", VENDORS))
        ]


class AuthorityGrantForm(forms.Form):
    act = forms.ChoiceField(label="May", choices=Authority.ACTS)
    customer = forms.ModelChoiceField(
        queryset=Organization.objects.none(), required=False, empty_label="for all customers"
    )
    valid_from = DayField(label="From")
    valid_to = DayField(label="To and with", required=False)
    stamp = forms.CharField(
        max_length=40, required=False, help_text="Number of the stamp handed out, if any."
    )
    basis = forms.CharField(max_length=200, help_text="Training record, delegation letter, procedure.")

    def __init__(self, *args, viewer: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["customer"].queryset = Organization.objects.for_viewer(viewer).customers()


class AuthorityChoice(forms.ModelChoiceField):
    def label_from_instance(self, authority: Authority) -> str:
        for_whom = f" for {authority.customer.name}" if authority.customer else ""
        return f"{authority.get_act_display()}{for_whom}, since {authority.valid_from}"


class AuthorityWithdrawForm(forms.Form):
    authority = AuthorityChoice(queryset=Authority.objects.none(), empty_label=None)
    reason = forms.CharField(max_length=200)

    def __init__(self, *args, person: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        held = person.authorities.filter(withdrawn_at__isnull=True)
        self.fields["authority"].queryset = held.select_related("customer").order_by("act", "valid_from")


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=200)


class RoleForm(forms.Form):
    role = forms.ChoiceField()
    reason = forms.CharField(max_length=200)

    def __init__(self, *args, person: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        words = dict(Person.ROLES)
        self.fields["role"].choices = [
            (role, words[role]) for role in ROLES_BY_KIND[person.organization.kind] if role != person.role
        ]


class TitleForm(forms.Form):
    title = forms.CharField(max_length=120, help_text="Printed with every signature from now on.")


class CountriesField(forms.CharField):
    """Country codes in one line, separated by commas or spaces."""

    def to_python(self, value: str | None) -> list[str]:
        return (super().to_python(value) or "").replace(",", " ").split()

    def prepare_value(self, value: object) -> object:
        return ", ".join(value) if isinstance(value, list) else value


class LabelChangeForm(forms.Form):
    name = forms.CharField(max_length=120)
    strictness = forms.IntegerField(
        min_value=1, max_value=99, help_text="1 to 99; what is derived takes the strictest of its sources."
    )
    needs_eligibility = forms.BooleanField(label="Only export-eligible people may see it", required=False)
    allowed_countries = CountriesField(
        label="Countries it may be sent to",
        max_length=400,
        required=False,
        help_text="Codes of two letters, as in US, CA. Empty means any.",
    )
    reason = forms.CharField(max_length=200)


class LabelForm(LabelChangeForm):
    code = forms.CharField(label="Short code", max_length=20, help_text="As in NDA-2; it never changes.")
    reason = None
    field_order = ["code", "name", "strictness", "needs_eligibility", "allowed_countries"]


class EligibilityForm(forms.Form):
    is_eligible = forms.BooleanField(label="May see export-controlled data", required=False)
    basis = forms.CharField(
        label="Evidence", max_length=200, help_text="Which document was seen, and where it is."
    )


class PinForm(forms.Form):
    badge_number = forms.CharField(
        label="Number of your badge", max_length=40, help_text="Scan it, or type it."
    )
    new_pin = secret_field("New PIN", "off", help_text="6 to 12 digits that nobody would guess.")
    repeated = secret_field("The new PIN again", "off")
    password = secret_field("Your password", "current-password")

    def clean_repeated(self) -> str:
        repeated = self.cleaned_data["repeated"]
        if self.cleaned_data.get("new_pin") not in (None, repeated):
            raise forms.ValidationError("The two PINs differ. Type both again.")
        return repeated


class BadgeForm(forms.Form):
    badge_number = forms.CharField(
        label="Number of the badge", max_length=40, required=False, help_text="Left empty, it is taken away."
    )
    reason = forms.CharField(max_length=200)
