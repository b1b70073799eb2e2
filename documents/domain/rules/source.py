"""The source of a check as a tree: its functions, its constants, and the functions of the chain it calls."""

from __future__ import annotations

import ast
import importlib
import inspect
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType
from typing import Any

# functions are followed within the rules of the house only
PROJECT = ("documents.domain.", "portal.domain.", "subcontract.domain.")
DEEPEST = 15


@dataclass
class Place:
    """A function being read: its module, what its parameters were called with, and the demands it holds by name."""

    module: Source
    function: ast.FunctionDef
    bound: dict[str, tuple[ast.expr, Place]] = field(default_factory=dict)
    demands: dict[str, Any] = field(default_factory=dict)
    depth: int = 0


class Source:
    """The source of one module: its functions, its constants, and the names it takes from others."""

    def __init__(self, module: ModuleType) -> None:
        tree = ast.parse(inspect.getsource(module))
        self.module = module
        self.functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        self.constants = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }

    def find(self, called: ast.expr) -> tuple[Source, ast.FunctionDef] | None:
        """Return the function of the chain that an expression names, here or in a module it imports."""
        if isinstance(called, ast.Name) and called.id in self.functions:
            return self, self.functions[called.id]
        if isinstance(called, ast.Name):
            function = getattr(self.module, called.id, None)
            if inspect.isfunction(function) and function.__module__.startswith(PROJECT):
                source = source_of(function.__module__)
                return (source, source.functions[called.id]) if called.id in source.functions else None
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            there = getattr(self.module, called.value.id, None)
            if isinstance(there, ModuleType) and there.__name__.startswith(PROJECT):
                source = source_of(there.__name__)
                if called.attr in source.functions:
                    return source, source.functions[called.attr]
        return None


@cache
def source_of(name: str) -> Source:
    return Source(importlib.import_module(name))


def arguments_of(function: ast.FunctionDef, call: ast.Call) -> list[tuple[str, ast.expr]]:
    """Return each parameter of a function with what it is called with, its default where it is not."""
    arguments = function.args
    names = [each.arg for each in (*arguments.posonlyargs, *arguments.args)]
    bound = dict(zip(names[len(names) - len(arguments.defaults) :], arguments.defaults, strict=False))
    for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            bound[each.arg] = default
    bound |= dict(zip(names, call.args, strict=False))
    bound |= {each.arg: each.value for each in call.keywords if each.arg}
    return list(bound.items())
