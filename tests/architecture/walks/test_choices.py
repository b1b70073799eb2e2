"""What a form offers, and so what it takes, is only ever what its viewer may see.

The forms come from the resolver, so a new one is tried without anybody remembering to.
"""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.architecture.walks.test_clumsy_hands import is_form
from tests.architecture.walks.test_strangers import ADDRESSES

# everybody who sees a part of the shop only
PEOPLE = ("vendor", "stranger_vendor", "buyer", "stranger_buyer", "customer_quality", "operator")


def forms_of(answer: HttpResponse) -> Iterator[forms.BaseForm]:
    """Yield every form the page was drawn with, those in lists and sets of forms too."""
    for context in answer.context or ():
        for value in context.flatten().values():
            for each in value if isinstance(value, list | tuple | forms.BaseFormSet) else (value,):
                if isinstance(each, forms.BaseForm):
                    yield each


def test_no_form_offers_what_its_viewer_may_not_see(stage):
    wrong, choices = {}, 0
    for address in (each for each in ADDRESSES if is_form(each)):
        url = reverse(address.name, kwargs=stage.keywords_of(address))
        for name in PEOPLE:
            person = stage.cast.people[name]
            client = Client()
            client.force_login(person)
            answer = client.get(url)
            fields = {
                (type(form).__name__, field): form.fields[field].queryset
                for form in forms_of(answer)
                for field in form.fields
                if isinstance(form.fields[field], forms.ModelChoiceField)
            }
            for where, offered in fields.items():
                choices += 1
                seen = offered.model.objects.for_viewer(person)
                hidden = [each for each in offered.all() if not seen.filter(pk=each.pk).exists()]
                if hidden:
                    wrong[f"{address.name} as {name}: {where}"] = hidden
    assert wrong == {}
    # the walk would hold for a house without choices as well
    assert choices > 20
