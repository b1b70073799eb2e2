"""The shape of a buyer's word on a package."""

from __future__ import annotations

from django import forms


class AcceptForm(forms.Form):
    words = forms.CharField(
        label="Comment", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


NO_WORDS = "Say what must be put right; the shop works from these words."


class ReturnForm(forms.Form):
    """Words on the whole package, and on single sections of it; together they are what the shop reads."""

    words = forms.CharField(
        label="What must be put right",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args, sections: list[dict], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # words on a section are enough, yet words there must be
        self.fields["words"].is_asked = True
        self.section_names = {}
        for section in sections:
            name = f"on_{section['code']}"
            self.section_names[name] = f"{section['number']}. {section['title']}"
            self.fields[name] = forms.CharField(
                label=self.section_names[name],
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def on_sections(self) -> list[forms.BoundField]:
        """Return the fields of the single sections."""
        return [self[name] for name in self.section_names]

    def clean(self) -> dict:
        """Put what was said of single sections below what was said of the whole."""
        data = super().clean()
        said = [
            f"Section {title}: {data[name].strip()}"
            for name, title in self.section_names.items()
            if data.get(name, "").strip()
        ]
        words = [data.get("words", "").strip(), *said]
        data["words"] = "\n".join(each for each in words if each)
        if not data["words"] and "words" not in self.errors:
            self.add_error("words", NO_WORDS)
        return data
