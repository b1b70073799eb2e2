"""The shape of what comes in at the doors of certificates."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.domain.comparison import KeyComparison
from documents.formats.paper import FIELDS
from documents.forms.chosen_files import TAKES_PICTURES, ChosenFiles, FilesField, ManyFiles
from documents.models import Certificate
from portal.forms import DayField
from portal.look.stored_words import offered
from portal.models import Organization, Person, Site
from routes.forms import MOST
from routes.models import MaterialLot, Operation, Traveler, TravelerStep
from subcontract.models import OutsideOrder, OutsideOrderLine

OPEN_ORDERS = (OutsideOrder.ISSUED, OutsideOrder.SHIPPED, OutsideOrder.RETURNED, OutsideOrder.CLOSED)


DAYS = ("stated_on", "process_from", "process_to")


class LineChoice(forms.ModelChoiceField):
    def label_from_instance(self, line: OutsideOrderLine) -> str:
        return (
            gettext("%(line)s: %(n)s pieces of %(lot)s, ")
            % {
                "line": f"{line.order.number}/{line.line_number}",
                "n": line.quantity,
                "lot": line.traveler.number,
            }
            + f"{line.specification} {line.spec_type} {line.spec_class}".rstrip()
        )


class ReplacedChoice(forms.ModelChoiceField):
    def label_from_instance(self, certificate: Certificate) -> str:
        return f"{certificate.number} {certificate.stated_number}: {gettext(certificate.get_state_display()).lower()}"


ACCEPTED = "application/pdf,image/png,image/jpeg,image/tiff,.heic,.heif,application/json"


class CertificateFilter(forms.Form):
    """Which certificates to list; an unreadable answer asks for everything."""

    state = forms.ChoiceField(required=False, choices=[("", _("All")), *offered(Certificate.STATES)])
    kind = forms.ChoiceField(required=False, choices=[("", _("Every kind")), *offered(Certificate.KINDS)])


class QueueFilter(forms.Form):
    """In which order what waits is shown."""

    order = forms.ChoiceField(
        required=False, choices=[("", "Oldest first"), ("due", "By due date")], label="Order"
    )


class UploadForm(ChosenFiles):
    """One file, the pages the certificate stands on, and what it answers."""

    file = FilesField(
        label=_("The certificate"),
        required=False,
        help_text=_(
            "The original file, unchanged: PDF, a data certificate (JSON), or pictures of its pages in order."
        ),
        widget=ManyFiles(attrs={"accept": ACCEPTED}),
    )
    photo = FilesField(
        label=_("Or take photos of its pages"),
        required=False,
        help_text=_("Each page whole, flat and in light."),
        widget=ManyFiles(attrs=TAKES_PICTURES),
    )
    kind = forms.ChoiceField(choices=offered(Certificate.KINDS), label=_("Kind"), initial=Certificate.PROCESS)
    line = LineChoice(
        label=_("Outside order line"),
        queryset=OutsideOrderLine.objects.none(),
        required=False,
        help_text=_("The order it answers. It is then offered for the lots out on that line."),
    )
    issuer = forms.ModelChoiceField(
        label=_("Issued by"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("Not on our list"),
    )
    replaces = ReplacedChoice(
        label=_("It corrects"),
        queryset=Certificate.objects.none(),
        required=False,
        empty_label=_("No other one"),
    )
    page_from = forms.IntegerField(
        label=_("First page"),
        min_value=1,
        max_value=MOST,
        initial=1,
        help_text=_("Where this certificate begins, if the file holds several."),
    )
    page_to = forms.IntegerField(
        label=_("Last page"),
        min_value=1,
        max_value=MOST,
        required=False,
        help_text=_("Left empty: the last page of the file."),
    )

    def __init__(self, *args, viewer: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # one of the two is asked for, and neither is called optional
        self.fields["file"].is_asked = self.fields["photo"].is_asked = True
        lines = OutsideOrderLine.objects.for_viewer(viewer).filter(order__state__in=OPEN_ORDERS)
        self.fields["line"].queryset = lines.select_related("order", "traveler", "specification").order_by(
            "-order_id", "line_number"
        )
        replaced = Certificate.objects.for_viewer(viewer).filter(
            state__in=(Certificate.REJECTED, Certificate.REVOKED), replaced_by=None
        )
        self.fields["replaces"].queryset = replaced.order_by("-pk")
        if viewer.is_vendor:
            del self.fields["issuer"], self.fields["kind"]
            self.fields["line"].required = True
            self.fields["line"].label = _("The order it answers")
            self.fields["line"].help_text = _("Our order and its line, with the lot on the tags.")
            self.fields["line"].empty_label = _("Choose the order")
            self.fields["line"].error_messages["required"] = _("Choose the order this certificate answers.")
        else:
            self.fields["issuer"].queryset = Organization.objects.vendors().filter(is_active=True)


class SiteChoice(forms.ModelChoiceField):
    def label_from_instance(self, site: Site) -> str:
        return str(site)


class FieldsForm(forms.ModelForm):
    """What the paper says, typed as it stands there; every field may stay empty when the paper is silent."""

    class Meta:
        model = Certificate
        fields = FIELDS
        field_classes = {"site": SiteChoice, **dict.fromkeys(DAYS, DayField)}
        labels = {
            "stated_number": _("Certificate number"),
            "stated_on": _("Dated"),
            "site": _("Site that did the work"),
            "po_number": _("Purchase order number"),
            "spec_number": _("Specification"),
            "spec_revision": _("Specification revision"),
            "spec_type": _("Type"),
            "spec_class": _("Class"),
            "condition": _("Alloy and condition"),
            "identifier": _("Heat, batch or lot"),
            "process_from": _("Processed from"),
            "process_to": _("Processed until"),
            "signed_name": _("Signed by"),
        }
        help_texts = {
            "stated_number": _("As printed."),
            "signed_name": _("The name on the paper."),
            "site": "",
            "identifier": "",
            "certificate_type": _("3.1, 3.2, 2.2, MTR; process for outside work."),
        }

    quantity = forms.IntegerField(min_value=0, max_value=MOST, required=False)

    # the form only reads; the domain saves
    def _post_clean(self) -> None:
        return None

    def __init__(self, *args, viewer: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # empty only where the paper is silent, which is not the typist's choice
            field.is_asked = True
        if self.instance.kind == Certificate.PROCESS:
            # known from what it answers; whoever anodizes never heard of types of mill certificates
            self.initial["certificate_type"] = self.instance.certificate_type or "process"
        sites = Site.objects.for_viewer(viewer).select_related("organization")
        if self.instance.issuer_id:
            sites = sites.filter(organization_id=self.instance.issuer_id)
        self.fields["site"].empty_label = _("The paper names none")
        self.fields["site"].queryset = sites.exclude(organization__kind=Organization.CUSTOMER)


class MaterialChoice(forms.ModelChoiceField):
    def label_from_instance(self, material: MaterialLot) -> str:
        kind = material.get_identifier_kind_display().lower()
        return (
            f"{material.number}: {kind} {material.identifier}, {material.specification} {material.condition}"
        )


class StepChoice(forms.ModelChoiceField):
    def label_from_instance(self, step: TravelerStep) -> str:
        return f"{step.traveler.number}: operation {step.operation.sequence} {step.operation.name}"


class CoverForm(forms.Form):
    """What the certificate is for: one heat, or one outside step of one lot."""

    material_lot = MaterialChoice(label="Heat or batch", queryset=MaterialLot.objects.none(), required=False)
    step = StepChoice(label="Outside step", queryset=TravelerStep.objects.none(), required=False)
    quantity = forms.IntegerField(label="Pieces covered", min_value=1, max_value=MOST)

    def __init__(self, *args, viewer: Person, kind: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if kind == Certificate.PROCESS:
            del self.fields["material_lot"]
        else:
            heats = MaterialLot.objects.for_viewer(viewer).select_related("specification")
            self.fields["material_lot"].queryset = heats
        if kind == Certificate.MATERIAL:
            del self.fields["step"]
        else:
            self.fields["step"].queryset = (
                TravelerStep.objects.for_viewer(viewer)
                .filter(operation__kind=Operation.OUTSIDE)
                .exclude(traveler__state__in=[Traveler.SHIPPED, Traveler.CLOSED])
                .select_related("traveler", "operation")
                .order_by("-traveler_id", "operation__sequence", "pass_number")
            )


SEEN = "seen_"


class AcceptForm(forms.Form):
    """What the machine did not find on the page, confirmed key by key; and why, if the same file was used elsewhere."""

    def __init__(
        self,
        *args,
        is_used_elsewhere: bool,
        asked: Sequence[KeyComparison] = (),
        pages: range = range(1, 2),
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pages = pages
        for key in asked:
            self.fields[f"{SEEN}{key.field}"] = self._sighting(key)
        if is_used_elsewhere:
            self.fields["reason"] = forms.CharField(
                label="Why the same file also counts here",
                max_length=300,
                help_text="The same file was brought in before; your answer is kept with the decision.",
            )

    def _sighting(self, key: KeyComparison) -> forms.Field:
        """Return the question whether a person sees a key on the page; on which one, where there are several."""
        words = f"{key.name[:1].upper()}{key.name[1:]}: {key.seeable}"
        if len(self.pages) == 1:
            return forms.BooleanField(label=f"{words}, seen on page {self.pages[0]}", required=False)
        choices = [("", "Not seen"), *((page, f"Seen on page {page}") for page in self.pages)]
        return forms.TypedChoiceField(
            label=words, choices=choices, coerce=int, empty_value=None, required=False
        )


def seen_pages(data: dict, certificate: Certificate) -> dict[str, int]:
    """Return the page on which each key was seen, by field, of what the form gave."""
    given = {name.removeprefix(SEEN): value for name, value in data.items() if name.startswith(SEEN)}
    return {
        field: certificate.page_from if value is True else value for field, value in given.items() if value
    }


class CertificateReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever sent it must know what to correct.",
    )
