"""The register of rules: every check of the chain, what it demands, by which source, what fails it, who may waive it.

It is read out of the checks, so that the page, the document and the check cannot say different things.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import cache

from documents.domain.chain import CHECKS, Check, demand_of
from documents.domain.chain.policy import ALWAYS
from documents.domain.chain.slots import CUSTOMER, HOUSE, NOBODY
from documents.domain.rules.reader import Rule, rules_of

WHO_MAY_WAIVE = {
    HOUSE: "the shop's quality manager",
    CUSTOMER: "the customer, in writing",
    NOBODY: "nobody",
}


@dataclass(frozen=True)
class CheckRules:
    """One check of the chain as the register tells it."""

    code: str
    demand: str
    about: str
    source: str
    is_always: bool
    rules: tuple[Rule, ...]


@cache
def register() -> tuple[CheckRules, ...]:
    """Return every check in the order of the chain; read once, since the rules change with the code only."""
    return tuple(_check_rules(code, check) for code, check in CHECKS)


def _check_rules(code: str, check: Check) -> CheckRules:
    about, _, source = inspect.cleandoc(check.__doc__ or "").partition("Source:")
    return CheckRules(
        code=code,
        demand=demand_of(check),
        # what it returns to the programmer is no rule; what follows the first sentence is
        about=re.sub(r"\s+", " ", about.partition("\n\n")[2]).strip(),
        source=re.sub(r"\s+", " ", source).strip().rstrip("."),
        is_always=code in ALWAYS,
        rules=tuple(rules_of(check.__module__)),
    )


def may_waive(rule: Rule) -> str:
    """Say who may let a demand pass; where nothing can fail there is nothing to waive."""
    return WHO_MAY_WAIVE[rule.waived_by] if rule.fails else ""
