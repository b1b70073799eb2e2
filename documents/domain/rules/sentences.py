"""The sentences an expression of a check can say, put together as the code puts them together."""

from __future__ import annotations

import ast
import re
from itertools import product

from documents.domain.rules.source import DEEPEST, Place, Source, arguments_of
from documents.domain.rules.words import word_for

MOST_SHAPES = 9

FILLED = re.compile(r"\{([a-z_]*)\}")


def shapes(node: ast.expr, place: Place, depth: int = 0) -> list[str]:
    """Return the sentences an expression can say, ‹words› for what comes from the facts; none if it cannot tell."""
    if depth > DEEPEST:
        return []
    deeper = depth + 1
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return _joined([_part(each, place, deeper) for each in node.values])
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _joined([shapes(node.left, place, deeper), shapes(node.right, place, deeper)])
    if isinstance(node, ast.IfExp):
        return [shape for each in (node.body, node.orelse) for shape in _or_word(each, place, deeper)]
    if isinstance(node, ast.BoolOp):
        return [shape for each in node.values for shape in shapes(each, place, deeper)]
    if isinstance(node, ast.Name):
        return _named(node.id, place, deeper)
    if isinstance(node, ast.Dict):
        return [shape for each in node.values for shape in shapes(each, place, deeper)]
    if isinstance(node, ast.Tuple):
        # of a pair the sentence comes last
        return shapes(node.elts[-1], place, deeper) if node.elts else []
    if isinstance(node, ast.Subscript):
        return _looked_up(node, place, deeper)
    if isinstance(node, ast.ListComp):
        return shapes(node.elt, place, deeper)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "start":
        return shapes(node.args[0], place, deeper)
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "format":
        return [
            FILLED.sub(lambda found: f"‹{found[1] or 'operation'}›", each)
            for each in shapes(node.func.value, place, deeper)
        ]
    if isinstance(node, ast.Call) and (found := place.module.find(node.func)):
        return _returned(*found, node, place, deeper)
    return []


def _looked_up(node: ast.Subscript, place: Place, depth: int) -> list[str]:
    """Return what a table holds under a key the call names; all it holds where the key comes from the facts."""
    table = place.module.constants.get(node.value.id) if isinstance(node.value, ast.Name) else None
    key = shapes(node.slice, place, depth)
    if isinstance(table, ast.Dict) and len(key) == 1:
        entries = zip(table.keys, table.values, strict=True)
        return [
            shape
            for each, value in entries
            if shapes(each, place, depth) == key
            for shape in shapes(value, place)
        ]
    return shapes(node.value, place, depth)


def _returned(
    source: Source, function: ast.FunctionDef, call: ast.Call, place: Place, depth: int
) -> list[str]:
    there = Place(source, function, {name: (value, place) for name, value in arguments_of(function, call)})
    returns = [each.value for each in ast.walk(function) if isinstance(each, ast.Return) and each.value]
    return [shape for each in returns for shape in shapes(each, there, depth) if shape]


def _filled(found: re.Match) -> str:
    return f"‹{found[1] or 'operation'}›"


def _or_word(node: ast.expr, place: Place, depth: int) -> list[str]:
    if isinstance(node, ast.Constant | ast.Tuple):
        return shapes(node, place, depth)
    return shapes(node, place, depth) or [f"‹{word_for(node, place)}›"]


def _named(name: str, place: Place, depth: int) -> list[str]:
    """Return what a name can say: what it is bound to, was assigned in the function, or stands for in the module."""
    if name in place.bound:
        return shapes(*place.bound[name], depth)
    found: list[str] = []
    for node in ast.walk(place.function):
        if isinstance(node, ast.Assign | ast.NamedExpr):
            found += _assigned(name, node, place, depth)
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Tuple):
            found += _of_table(name, node, place, depth)
    if not found and name in place.module.constants:
        return shapes(place.module.constants[name], place, depth)
    return list(dict.fromkeys(found))


def _assigned(name: str, node: ast.Assign | ast.NamedExpr, place: Place, depth: int) -> list[str]:
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        if isinstance(target, ast.Name) and target.id == name:
            return shapes(node.value, place, depth)
        names = [each.id for each in target.elts if isinstance(each, ast.Name)] if _is_pair(target) else []
        if name in names[-1:]:
            return shapes(node.value, place, depth)
    return []


def _is_pair(node: ast.expr) -> bool:
    return isinstance(node, ast.Tuple)


def _of_table(name: str, loop: ast.For, place: Place, depth: int) -> list[str]:
    """Return the keys of a table the function writes down and walks, when the name is the key."""
    first = loop.target.elts[0]
    walked = loop.iter.func.value if isinstance(loop.iter, ast.Call) and _is_items(loop.iter) else None
    if not (isinstance(first, ast.Name) and first.id == name and isinstance(walked, ast.Name)):
        return []
    for node in ast.walk(place.function):
        is_it = isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        if is_it and any(isinstance(each, ast.Name) and each.id == walked.id for each in node.targets):
            return [shape for key in node.value.keys if key for shape in shapes(key, place, depth)]
    return []


def _is_items(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "items"


def _joined(parts: list[list[str]]) -> list[str]:
    """Put the parts of a sentence together, each way they can be; too many ways are left to the first of each."""
    ways = 1
    for part in parts:
        ways *= max(len(part), 1)
    if ways > MOST_SHAPES:
        parts = [part[:1] for part in parts]
    return ["".join(each) for each in product(*(part or ["‹…›"] for part in parts))]


def _part(node: ast.expr, place: Place, depth: int) -> list[str]:
    if not isinstance(node, ast.FormattedValue):
        return shapes(node, place, depth)
    value = node.value
    if isinstance(value, ast.IfExp):
        return [_choice(value, place, depth)]
    if isinstance(value, ast.Name) or _is_sentence(value, place):
        found = [each for each in shapes(value, place, depth) if each]
        return found if 0 < len(found) <= MOST_SHAPES else [f"‹{word_for(value, place)}›"]
    return [f"‹{word_for(value, place)}›"]


def _is_sentence(node: ast.expr, place: Place) -> bool:
    """Say whether a part of a sentence is itself put together by a function of the check."""
    name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
    return name in ("format", "start") or (
        isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)
    )


def _choice(node: ast.IfExp, place: Place, depth: int) -> str:
    """Say two ways of a few letters in one: is and are; what may be left out stands in brackets."""
    ways = [shapes(each, place, depth) or [f"‹{word_for(each, place)}›"] for each in (node.body, node.orelse)]
    first, second = (each[0] for each in ways)
    if first and second:
        return f"{first}/{second}"
    return f"[{first or second}]"
