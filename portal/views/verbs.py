"""The few kinds of page everything is made of: one record, a list of records, one act, one file.

A page is a small subclass that names its model, its template and its rule. See `portal/README.md` for an
example of each.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.domain import reauthentication
from portal.domain.errors import Refused
from portal.views import once
from portal.views.doors import LIST, RECORD, Door, check_roles

PAGE_SIZE = 50
LAST_PAGE = 100_000
CHOOSE_AGAIN = _("Choose the file again; a browser does not keep it.")


class RecordView(Door):
    """Show one record, fetched in the scope of the person who asks.

    model      whose `for_viewer` decides what exists for this person
    lookup     the keyword in the address → the field it names
    """

    scope = RECORD
    model: type[models.Model]
    lookup: dict[str, str] = {"number": "number"}
    template_name: str

    def enter(self, person) -> None:
        self.record = self.get_record(person)
        check_roles(person, self.roles, is_seen=True)
        self.check_permission(person, self.record)

    def queryset_for(self, person) -> models.QuerySet:
        """Return the records this person may see; override to fetch related records in the same statement."""
        return self.model.objects.for_viewer(person)

    def get_record(self, person) -> models.Model:
        """Return the record the address names.

        Raises:  Http404 when there is none, or none for this person.
        """
        wanted = {field: self.kwargs[keyword] for keyword, field in self.lookup.items()}
        try:
            return self.queryset_for(person).get(**wanted)
        except (self.model.DoesNotExist, ValidationError, ValueError):
            # a word of the address that could not be a number, a day or an identifier names nothing either
            raise Http404(f"There is no {self.model._meta.verbose_name} here by that number.") from None

    def context(self, record) -> dict[str, Any]:
        """Return what the template needs beside `record`."""
        return {}

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return render(request, self.template_name, {"record": self.record, **self.context(self.record)})


class RecordListView(Door):
    """Show the records a person may see, fifty a page, in as many statements for fifty as for one.

    The template receives `rows`, `page`, `previous_url` and `next_url`, and what `context(rows)` adds.
    """

    scope = LIST
    model: type[models.Model]
    template_name: str
    page_size = PAGE_SIZE
    ordering: tuple[str, ...] = ()

    def queryset_for(self, person) -> models.QuerySet:
        """Return the records this person may see; override to fetch related records in the same statement."""
        return self.model.objects.for_viewer(person)

    def narrow(self, queryset: models.QuerySet) -> models.QuerySet:
        """Return what the address asks for; read it with `self.asked(...)`."""
        return queryset

    def asked(self, name: str) -> str:
        """Return one word of the query, safe to hand to the database."""
        return self.request.GET.get(name, "").replace("\x00", "").strip()[:200]

    @property
    def page(self) -> int:
        """The page asked for, from 1; anything else means the first."""
        text = self.asked("page")
        return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 9 else 1

    def page_url(self, page: int) -> str:
        query = self.request.GET.copy()
        query["page"] = str(page)
        return f"{self.request.path}?{query.urlencode()}"

    def context(self, rows: list) -> dict[str, Any]:
        """Return what the template needs beside the rows."""
        return {}

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        queryset = self.narrow(self.queryset_for(request.user))
        if self.ordering:
            queryset = queryset.order_by(*self.ordering)
        page, start = self.page, (self.page - 1) * self.page_size
        # one row more than a page tells whether there is a next one
        fetched = list(queryset[start : start + self.page_size + 1])
        rows = fetched[: self.page_size]
        paging = {
            "rows": rows,
            "page": page,
            "previous_url": self.page_url(page - 1) if page > 1 else "",
            "next_url": self.page_url(page + 1) if len(fetched) > len(rows) else "",
        }
        return render(request, self.template_name, {**paging, **self.context(rows)})


class PasswordForm(forms.Form):
    """The full credential, given for one signature."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Give your password: this act is signed with it.")},
    )


class VerbView(RecordView):
    """Carry out one act: GET shows its form and changes nothing, POST makes one domain call.

    A subclass names `model` (or declares `scope = LIST` to make something new), `roles`, `form_class`, its
    words, and `act`. A refusal of the domain comes back on the same form with everything typed still there.
    """

    form_class: type[forms.BaseForm] = forms.Form
    template_name = "portal/verb.html"
    heading = ""
    lead = ""
    submit_label = _("Save")
    done = ""
    needs_reauth = False
    meaning = ""
    is_danger = False
    record: Any = None

    def enter(self, person) -> None:
        if self.scope == RECORD:
            super().enter(person)
        else:
            Door.enter(self, person)

    def act(self, record, data: dict[str, Any], *, by, token: str | None = None) -> Any:
        """Make the one domain call and return its result. `token` is set when `needs_reauth` is."""
        raise NotImplementedError

    def get_heading(self) -> str:
        return self.heading.format(record=self.record)

    def get_lead(self) -> str:
        return self.lead.format(record=self.record)

    def get_initial(self) -> dict[str, Any]:
        """Return what the form shows at first."""
        return {}

    def form_kwargs(self) -> dict[str, Any]:
        """Return what else the form's constructor takes, such as the person whose choices it offers."""
        return {}

    def context(self, record) -> dict[str, Any]:
        return {}

    def message(self, result) -> str:
        """Return the sentence shown after the act."""
        return self.done.format(record=self.record, result=result)

    def cancel_url(self) -> str:
        """Return where somebody goes who does not act: the record's page."""
        address = getattr(self.record, "get_absolute_url", None)
        return address() if address else reverse("portal:home")

    def get_crumbs(self) -> list[dict[str, str]]:
        """Return the way back that stands above the heading: the record itself, where it has a page."""
        address = getattr(self.record, "get_absolute_url", None)
        return [{"label": str(self.record), "url": address()}] if address else []

    def success_url(self, result) -> str:
        """Return where to go after the act."""
        address = getattr(result, "get_absolute_url", None)
        return address() if address else self.cancel_url()

    def get_form(self, **bound) -> forms.BaseForm:
        form = self.form_class(initial=self.get_initial(), **self.form_kwargs(), **bound)
        if self.needs_reauth:
            form.fields["password"] = deepcopy(PasswordForm.base_fields["password"])
        return form

    def show(self, form: forms.BaseForm, *, status: int = 200) -> HttpResponse:
        form.once = once.new_key()
        words = {
            "record": self.record,
            "heading": self.get_heading(),
            "lead": self.get_lead(),
            "form": form,
            "submit_label": self.submit_label,
            "cancel_url": self.cancel_url(),
            "crumbs": self.get_crumbs(),
            "needs_reauth": self.needs_reauth,
            "meaning": self.meaning,
            "is_danger": self.is_danger,
        }
        return render(self.request, self.template_name, {**words, **self.context(self.record)}, status=status)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.show(self.get_form())

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return once.carried_out_once(request, lambda: self.carry_out(request))

    def carry_out(self, request: HttpRequest) -> HttpResponse:
        """Check the form, act, and answer; a refusal comes back on the form."""
        form = self.get_form(data=request.POST, files=request.FILES)
        if not form.is_valid():
            return self.show_again(form)
        try:
            result = self.act(self.record, form.cleaned_data, by=request.user, token=self.confirm(form))
        except Refused as refusal:
            # the password's own field carries a credential's refusal, everything else stands above the form
            is_credential = self.needs_reauth and isinstance(refusal, reauthentication.CredentialRefused)
            form.add_error("password" if is_credential else None, refusal.sentence)
            return self.show_again(form)
        return self.answer(result)

    def answer(self, result) -> HttpResponse:
        """Say what was done and leave; override only where the answer can be shown once."""
        if sentence := self.message(result):
            messages.success(self.request, sentence)
        return HttpResponseRedirect(self.success_url(result))

    def confirm(self, form: forms.BaseForm) -> str | None:
        if not self.needs_reauth:
            return None
        return reauthentication.confirm(person=self.request.user, password=form.cleaned_data.pop("password"))

    def show_again(self, form: forms.BaseForm) -> HttpResponse:
        for name in form.files:
            if name in form.fields:
                form.add_error(name, CHOOSE_AGAIN)
        return self.show(form, status=422)
