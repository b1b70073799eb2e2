"""Reading the rules of a check out of the check itself: what it demands, by which source, and each sentence it says.

Nothing is written twice. A check makes demands (`Demand(...)`) and answers them (`demand.open(...)`); here its source
is followed from `check` on, from function to function, and every demand is kept with the answers given to it. What a
sentence takes from the facts of a lot is shown as ‹words›.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from documents.domain.chain.slots import CUSTOMER, HOUSE, NOBODY, start
from documents.domain.rules.sentences import shapes
from documents.domain.rules.source import DEEPEST, Place, arguments_of, source_of

ANSWERS = {"open": "fails", "waiting": "waits", "not_applicable": "excused"}
WAIVERS = {"HOUSE": HOUSE, "CUSTOMER": CUSTOMER, "NOBODY": NOBODY}


@dataclass
class Rule:
    """One demand of a check: its words, its source, who may waive it, and the sentences that answer it."""

    demand: str
    source: str
    waived_by: str
    fails: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)

    def add(self, kind: str, sentences: list[str]) -> None:
        kept = getattr(self, kind)
        kept.extend(each for each in sentences if each and each not in kept)


def rules_of(module: str) -> list[Rule]:
    """Return the rules of the check in a module, in the order in which it asks them."""
    source = source_of(module)
    reader = _Reader(Place(source, source.functions["check"]))
    reader.read()
    return reader.rules


class _Reader(ast.NodeVisitor):
    """Follow one function in its order; demands it makes or is handed are answered here and further on."""

    def __init__(self, place: Place, rules: list[Rule] | None = None, seen: set | None = None) -> None:
        self.place = place
        self.rules = [] if rules is None else rules
        self.seen = set() if seen is None else seen
        self.made: dict[tuple, Rule] = {}
        self.returned: Rule | None = None

    def read(self) -> Rule | None:
        for statement in self.place.function.body:
            self.visit(statement)
        return self.returned

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        if rule := self.demand(node.value):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    self.place.demands[target.id] = rule

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None:
            self.visit(node.value)
            self.returned = self.demand(node.value) or self.returned

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr in ANSWERS:
            self._answer(node)
        else:
            self._follow(node)

    def _answer(self, node: ast.Call) -> None:
        rule = self.demand(node.func.value)
        if rule is None:
            return
        given = node.args[-1] if node.args else None
        if given is not None:
            rule.add(ANSWERS[node.func.attr], shapes(given, self.place))

    def _follow(self, node: ast.Call) -> Rule | None:
        """Read the function called with what it is called with; once for the same demands."""
        found = self.place.module.find(node.func)
        if found is None or self.place.depth >= DEEPEST:
            return None
        source, function = found
        place = Place(source, function, depth=self.place.depth + 1)
        for name, value in arguments_of(function, node):
            place.bound[name] = (value, self.place)
            if rule := self.demand(value):
                place.demands[name] = rule
        key = (source.module.__name__, function.name, id(node), *map(id, place.demands.values()))
        if key in self.seen:
            return self.made.get(key)
        self.seen.add(key)
        rule = _Reader(place, self.rules, self.seen).read()
        if rule is not None:
            self.made[key] = rule
        return rule

    def demand(self, node: ast.expr) -> Rule | None:
        """Return the demand an expression stands for: a name that holds one, one made here, or a changed one."""
        if isinstance(node, ast.Name):
            return self.place.demands.get(node.id)
        if not isinstance(node, ast.Call):
            return None
        if isinstance(node.func, ast.Name) and node.func.id == "Demand":
            return self._made(node)
        if isinstance(node.func, ast.Name) and node.func.id == "replace" and node.args:
            rule = self.demand(node.args[0])
            return self._changed(rule, node) if rule else None
        found = self.place.module.find(node.func)
        returns = found[1].returns if found else None
        if isinstance(returns, ast.Name) and returns.id == "Demand":
            return self._follow(node)
        return None

    def _made(self, node: ast.Call) -> Rule | None:
        if not node.args:
            # the same demand with another place to act
            names = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
            return next((self.place.demands[name] for name in names if name in self.place.demands), None)
        key = (id(node), self.place.depth)
        if key not in self.made:
            given = dict(zip(("code", "lot", "text", "source"), node.args, strict=False))
            given |= {each.arg: each.value for each in node.keywords if each.arg}
            self.made[key] = Rule(
                _first(shapes(given["text"], self.place)),
                _first(shapes(given["source"], self.place)),
                waiver_of(given.get("waived_by"), self.place),
            )
            self.rules.append(self.made[key])
        return self.made[key]

    def _changed(self, rule: Rule, node: ast.Call) -> Rule:
        given = {each.arg: each.value for each in node.keywords}
        if "waived_by" not in given:
            return rule
        key = ("changed", id(node), id(rule))
        if key not in self.made:
            waived_by = waiver_of(given.get("waived_by"), self.place, rule.waived_by)
            self.made[key] = Rule(rule.demand, rule.source, waived_by)
            self.rules.append(self.made[key])
        return self.made[key]


def _first(sentences: list[str]) -> str:
    return start(sentences[0]) if sentences else ""


def waiver_of(node: ast.expr | None, place: Place, otherwise: str = CUSTOMER) -> str:
    """Return who may waive, by the name the code gives it; what a check leaves unsaid is the customer's."""
    if isinstance(node, ast.Name):
        if node.id in place.bound:
            return waiver_of(*place.bound[node.id], otherwise)
        return WAIVERS.get(node.id, otherwise)
    return otherwise
