"""The fields of a certificate, filled with what was read on it; each says where."""

from __future__ import annotations

from documents.domain.proposals import proposals_of
from documents.formats.paper import Reading
from documents.forms.certificates import FieldsForm


class ReadFieldsForm(FieldsForm):
    """What the paper says: proposed by the reading until a person has typed, shown beside it after that."""

    def __init__(
        self, *args, reading: Reading | None = None, marks: dict[str, int] | None = None, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        is_untouched = self.instance.entered_by_id is None
        for name, proposal in proposals_of(reading, self.fields["site"].queryset).items():
            field = self.fields[name]
            is_taken = is_untouched and proposal.value is not None
            if is_taken:
                self.initial[name] = proposal.value
            read = proposal.read
            mark = (marks or {}).get(read.key) if read.box else None
            field.read = {"proposal": proposal, "mark": mark, "is_taken": is_taken}
            field.widget.attrs["data-box"] = f"box-{read.key}"
