"""Write the rules of the chain check into `docs/rules.md`, read out of the checks themselves."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from documents.domain.rules import CheckRules, may_waive, register
from documents.domain.rules.reader import Rule

INTRODUCTION = (
    "# Rules\n\nWritten by `make states` out of the checks in `documents/domain/chain/`; a test keeps this page fresh. "
    "Each check asks its demands of every lot; a demand that fails stops the shipment with the sentence shown here, in "
    "which ‹words› stand for what is on record. Who may let a demand pass follows its source. Which checks are in "
    "force for a customer says a signed policy; those marked *always* no policy can leave out.\n"
)


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRODUCTION, _index(), *(_check(each) for each in register())])


def _index() -> str:
    rows = [
        f"| [{each.code}](#{each.code.lower()}) | {each.demand} | {'always' if each.is_always else 'by policy'} |"
        for each in register()
    ]
    return "\n".join(["| check | demands | in force |", "|---|---|---|", *rows, ""])


def _check(check: CheckRules) -> str:
    head = [f"## {check.code}", "", check.demand]
    if check.about:
        head += ["", check.about]
    if check.source:
        head += ["", f"Source: {check.source}."]
    return "\n".join([*head, "", *(_rule(rule) for rule in check.rules)])


def _rule(rule: Rule) -> str:
    lines = [f"### {rule.demand}", "", f"- source: {rule.source}"]
    if who := may_waive(rule):
        lines.append(f"- may be waived by: {who}")
    lines += [f"- stops: {sentence}" for sentence in rule.fails]
    lines += [f"- waits: {sentence}" for sentence in rule.waits]
    lines += [f"- does not apply: {sentence}" for sentence in rule.excused]
    return "\n".join([*lines, ""])


class Command(BaseCommand):
    help = "Write the rules of the chain check into docs/rules.md; with --check only say whether the page is fresh."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Write nothing; fail when the page is stale."
        )

    def handle(self, *args, check: bool, **options) -> None:
        target, written = Path(settings.BASE_DIR) / "docs" / "rules.md", page()
        if check:
            if not target.exists() or target.read_text(encoding="utf-8") != written:
                raise CommandError("docs/rules.md is stale. Run: make states")
            self.stdout.write("docs/rules.md is fresh.")
            return
        target.parent.mkdir(exist_ok=True)
        target.write_text(written, encoding="utf-8")
        self.stdout.write(f"The rules of {len(register())} checks are written in docs/rules.md.")
