"""The words by which a place in a sentence is named: what the code calls a thing, said in the trade."""

from __future__ import annotations

import ast

from documents.domain.rules.source import Place

# names in the code that are not words of the trade
SAID = {
    "facts": "lot",
    "found": "nonconformance",
    "step": "operation",
    "line": "order line",
    "earlier": "operation",
    "later": "operation",
    "early": "operation",
    "waiting": "operation",
    "wrong": "operation",
    "finish": "operation",
    "before": "operation",
    "done": "operation",
    "ahead": "operation",
    "last": "operation",
    "words": "operation",
    "present": "evidence",
    "standing": "evidence",
    "scan": "record",
    "conformity": "number",
    "report": "number",
    "unnamed": "concession",
    "unsaid": "record",
    "unplanned": "characteristics",
    "lacking": "what lacks",
}
# the same names, where they mean another thing
SAID_IN = {
    "check_dates": {"earlier": "day", "later": "day", "first": "event", "second": "event"},
    "check_fai": {"earlier": "number", "found": "number", "way": "is approved as the order asks"},
    "check_incoming": {"wrong": "what is wrong"},
    "check_trail": {"waiting": "edits"},
    "exports": {"on": "day", "what": "what it is"},
}
WHOLE = ("words", "opening", "number", "name")


def word_for(node: ast.expr, place: Place) -> str:
    """Say in a word of the trade what a place in a sentence holds."""
    if isinstance(node, ast.Attribute):
        if node.attr in WHOLE:
            return word_for(node.value, place)
        return node.attr.removesuffix("_on").removesuffix("_at").replace("_", " ")
    if isinstance(node, ast.Name):
        _, _, module = place.module.module.__name__.rpartition(".")
        said = SAID | SAID_IN.get(module, {})
        return said.get(node.id, node.id.strip("_").replace("_", " "))
    if isinstance(node, ast.Subscript):
        return word_for(node.value, place)
    if isinstance(node, ast.Call):
        return _called(node, place)
    if isinstance(node, ast.BinOp):
        return word_for(node.left, place)
    if isinstance(node, ast.BoolOp):
        return word_for(node.values[0], place)
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return word_for(node.elt, place)
    return "…"


def _called(node: ast.Call, place: Place) -> str:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in ("len", "sum", "_count"):
        return "how many"
    if name in ("join", "start", "_some", "_told", "sorted", "min", "max", "_words", "_named") and node.args:
        return word_for(node.args[-1], place)
    if name in ("replace", "partition", "strip", "rstrip", "lower") and isinstance(node.func, ast.Attribute):
        return word_for(node.func.value, place)
    return name.strip("_").replace("_", " ")
