"""Draw the state machines of the house into `docs/states.md`."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import models

from portal.domain.moves import SYSTEM, Move, Moves, say

INTRODUCTION = (
    "# States\n\nDrawn by `make states` from the tables beside the models; a test keeps this page fresh. "
    "Each arrow names its verb and who may walk it.\n"
)


def machines() -> list[tuple[type[models.Model], Moves]]:
    """Return every model that has a table of moves, in the order of the story."""
    return [
        (model, model.MOVES)
        for model in apps.get_models()
        if isinstance(getattr(model, "MOVES", None), Moves)
    ]


def starts_at(model: type[models.Model]) -> str:
    """Return the state a new record is in."""
    return model._meta.get_field("state").get_default()


def _who(move: Move) -> str:
    return ", ".join("the portal" if role == SYSTEM else say(role) for role in move.roles)


def _drawing(model: type[models.Model], moves: Moves) -> str:
    words = dict(model._meta.get_field("state").choices)
    sources = {move.source for move in moves}
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{word}" as {code}' for code, word in words.items()]
    lines.append(f"    [*] --> {starts_at(model)}")
    lines += [f"    {move.source} --> {move.target}: {say(move.verb)} ({_who(move)})" for move in moves]
    lines += [f"    {code} --> [*]" for code in words if code not in sources]
    return "\n".join([*lines, "```"])


def page() -> str:
    """Return the whole page."""
    parts = [INTRODUCTION]
    for model, moves in machines():
        parts.append(f"## {moves.noun.capitalize()}\n\n`{model._meta.label}`\n\n{_drawing(model, moves)}\n")
    return "\n".join(parts)


class Command(BaseCommand):
    help = "Draw the state machines into docs/states.md; with --check only say whether the page is fresh."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail when the page is stale."
        )

    def handle(self, *args, check: bool, **options) -> None:
        target, drawn = Path(settings.BASE_DIR) / "docs" / "states.md", page()
        if check:
            if not target.exists() or target.read_text(encoding="utf-8") != drawn:
                raise CommandError("docs/states.md is stale. Run: make states")
            self.stdout.write("docs/states.md is fresh.")
            return
        target.parent.mkdir(exist_ok=True)
        target.write_text(drawn, encoding="utf-8")
        self.stdout.write(f"{len(machines())} state machines are drawn in docs/states.md.")
