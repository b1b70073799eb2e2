"""What a package says of a concession's limits, and of the corrective action behind a finding: number and state."""

from __future__ import annotations

from inspection.models import Concession, Nonconformance


def terms_of(nonconformance: Nonconformance, concessions: list[Concession]) -> dict[str, str]:
    """Return what is to be told beside a nonconformance, only where there is something.

    Corrective actions appear with number and state; their causes stay in the house.
    """
    said = {
        "limits": "; ".join(each for each in map(_limits, concessions) if each),
        "corrective_actions": ", ".join(
            f"{each.number} ({each.get_state_display().lower()})"
            for each in nonconformance.corrective_actions.all()
        ),
    }
    return {name: words for name, words in said.items() if words}


def _limits(concession: Concession) -> str:
    until = f"shipped by {concession.valid_to:%-d %b %Y}" if concession.valid_to else ""
    said = ", ".join(each for each in (until, concession.conditions) if each)
    return f"{concession.number}: {said}" if said else ""
