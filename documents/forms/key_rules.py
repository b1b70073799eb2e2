"""The shape of what a customer asks of the certificates of its goods."""

from __future__ import annotations

from django import forms

from documents.domain.customer_rules import OPEN_KEYS
from documents.domain.key_rules import DEFAULT_LEVELS, LANGUAGES
from documents.domain.key_verdicts import MUST, OFF, SHOULD
from documents.models import CertificateKeyRules
from routes.forms import ShopForm, words_field

LEVEL_WORDS = {MUST: "Must be there", SHOULD: "Should be there", OFF: "Not asked"}
LANGUAGE_WORDS = {"en": "English", "de": "German", "es": "Spanish", "zh": "Chinese"}


def name_of(key: str) -> str:
    """Return the name of a key's field on the form."""
    return f"level_{key.replace(' ', '_')}"


class KeyRulesForm(ShopForm):
    """Every key that can be agreed on with its level, the revisions taken, the languages, and why."""

    revision_policy = forms.ChoiceField(
        label="Revision of a specification", choices=CertificateKeyRules.POLICIES
    )
    languages = forms.MultipleChoiceField(
        label="Languages a certificate may be written in",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, LANGUAGE_WORDS[code]) for code in LANGUAGES],
    )

    def offer(self) -> None:
        for key in OPEN_KEYS:
            usual = LEVEL_WORDS[DEFAULT_LEVELS[key]].lower()
            self.fields[name_of(key)] = forms.ChoiceField(
                label=key.capitalize(), choices=list(LEVEL_WORDS.items()), help_text=f"Usually: {usual}."
            )
        self.fields["reason"] = words_field(
            "Why", length=2000, help_text="Name the contract or the letter this was agreed in."
        )

    def levels(self) -> dict[str, str]:
        """Return the level of every key, of an answered form."""
        return {key: self.cleaned_data[name_of(key)] for key in OPEN_KEYS}

    def clean(self) -> dict:
        said = super().clean()
        if all(name_of(key) in said for key in OPEN_KEYS):
            said["levels"] = self.levels()
        return {name: value for name, value in said.items() if not name.startswith("level_")}
