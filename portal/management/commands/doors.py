"""Write down the doors of the house: every verb of the domain with its page and its call, and the API's description."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import pkgutil
import re
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import URLPattern, get_resolver

from portal.api import schema
from portal.api.doors import ApiDoor

# what verbs are made of, and answers to questions; neither is a verb
TOOLS = ("events", "moves", "signatures", "files", "canonical")
QUESTIONS = ("require_", "has_", "may_", "is_", "build_", "find_", "describe")
# one row of a table of master data: part of saving the table
PARTS = ("take_",)
ROOMS = ("domain", "queue")
PATH_WORD = re.compile(r"<(?:\w+:)?(\w+)>")
DEEPEST = 3
INTRODUCTION = """# Doors

Written by `make states` from the code; a test keeps this page fresh. Every verb of the domain: the page where a person
does it, the call by which a machine does it. A verb marked **signed** asks for the person's password each time, so no
token can do it. One that has no door of its own is part of the verbs named.
"""


def modules_of(app: str, room: str) -> Iterator[ModuleType]:
    """Return the modules of one room of an app."""
    if importlib.util.find_spec(f"{app}.{room}") is None:
        return
    package = importlib.import_module(f"{app}.{room}")
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def house() -> list[str]:
    """Return the apps in the order of the story."""
    return [each.name for each in apps.get_app_configs() if Path(each.path).parent == settings.BASE_DIR]


def key_of(function: Callable) -> str:
    function = inspect.unwrap(function)
    return f"{function.__module__}.{function.__qualname__}"


def functions_of(module: ModuleType) -> list[Callable]:
    found = [each for each in vars(module).values() if inspect.isroutine(each)]
    return [each for each in found if getattr(each, "__module__", "") == module.__name__]


def is_verb(function: Callable) -> bool:
    """Say whether a function of the domain is an act: public, and done by somebody."""
    name, module = function.__name__, function.__module__.rsplit(".", 1)[-1]
    if name.startswith("_") or name.startswith(QUESTIONS + PARTS) or module in TOOLS:
        return False
    return "by" in inspect.signature(function).parameters


def called(function: Callable, depth: int = 0) -> set[str]:
    """Return the keys of the functions one calls, through those beside it."""
    function = inspect.unwrap(function)
    scope = getattr(function, "__globals__", {})
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return set()
    found = set()
    # a function handed on, as to a job or a partial, is called too
    for node in ast.walk(tree):
        target = None
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            target = getattr(scope.get(node.value.id), node.attr, None)
        elif isinstance(node, ast.Name):
            target = scope.get(node.id)
        if not inspect.isfunction(target) or target is function:
            continue
        found.add(key_of(target))
        if target.__module__ == function.__module__ and depth < DEEPEST:
            found |= called(target, depth + 1)
    return found


def rule_of(view: Callable) -> object:
    return getattr(view, "view_class", None) or getattr(view, "cls", None) or view


def called_by_view(view: Callable) -> set[str]:
    """Return what a view calls: of a class the methods that are really its own or inherited."""
    rule = rule_of(view)
    if not isinstance(rule, type):
        return called(rule)
    found = set()
    for name in dir(rule):
        member = inspect.getattr_static(rule, name)
        member = getattr(member, "__func__", member)
        if inspect.isfunction(member) and member.__module__.split(".")[0] in house():
            # a verb may be named by a class as well as called by its method
            found |= called(member) | {key_of(member)} | named_by_word(member, rule)
    return found


def named_by_word(method: Callable, owner: type) -> set[str]:
    """Return what a method calls by a word its class gives, as in `getattr(approvals, self.verb)`."""
    found = set()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(method)))):
        match node:
            case ast.Call(
                func=ast.Name(id="getattr"),
                args=[ast.Name(id=module), ast.Attribute(value=ast.Name(id="self"), attr=word)],
            ):
                target = getattr(method.__globals__.get(module), str(getattr(owner, word, "")), None)
                if inspect.isfunction(target):
                    found.add(key_of(target))
    return found


def addresses(patterns=None, prefix: str = "/") -> Iterator[tuple[str, Callable]]:
    """Return every address of the house as people write it, with its view."""
    for each in patterns or get_resolver().url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield PATH_WORD.sub(r"<\1>", route), each.callback
        else:
            yield from addresses(each.url_patterns, route)


class Doors:
    """Every verb, and where it is called from."""

    def __init__(self) -> None:
        self.verbs: dict[str, Callable] = {}
        self.within: dict[str, set[str]] = defaultdict(set)
        self.pages: dict[str, list[str]] = defaultdict(list)
        self.calls: dict[str, list[str]] = defaultdict(list)
        for app in house():
            for module in self._modules(app):
                self.verbs |= {key_of(each): each for each in functions_of(module) if is_verb(each)}
        self._read_addresses()
        self._read_callers()

    def _modules(self, app: str) -> Iterator[ModuleType]:
        return (module for room in ROOMS for module in modules_of(app, room))

    def _read_addresses(self) -> None:
        for address, view in addresses():
            rule = rule_of(view)
            is_api = isinstance(rule, type) and issubclass(rule, ApiDoor)
            for key in sorted(called_by_view(view) & self.verbs.keys()):
                if is_api:
                    self.calls[key].append(f"POST {address}")
                else:
                    self.pages[key].append(address)

    def _read_callers(self) -> None:
        for app in house():
            for module in self._modules(app):
                for function in functions_of(module):
                    for key in called(function) & self.verbs.keys():
                        if key != key_of(function) and not function.__name__.startswith("_"):
                            self.within[key].add(short(key_of(function)))

    def row(self, key: str) -> str:
        is_signed = "token" in inspect.signature(self.verbs[key]).parameters
        pages = self.pages[key] or self._elsewhere(key)
        calls = self.calls[key] or (["**signed**"] if is_signed else ["–"])
        return f"| `{short(key)}` | {'<br>'.join(map(quoted, pages))} | {'<br>'.join(map(quoted, calls))} |"

    def _elsewhere(self, key: str) -> list[str]:
        if self.calls[key]:
            return ["–"]
        callers = sorted(self.within[key])
        return [f"within {', '.join(callers)}"] if callers else ["–"]


def short(key: str) -> str:
    """Return a verb as people of the house call it: its module and its name."""
    return ".".join(key.rsplit(".", 2)[1:])


def quoted(words: str) -> str:
    if words.startswith(("/", "POST ")):
        return f"`{words}`"
    return words


def page() -> str:
    """Return the whole page."""
    doors, parts = Doors(), [INTRODUCTION]
    for app in house():
        keys = sorted(key for key in doors.verbs if key.startswith(f"{app}."))
        head = f"## {app}\n\n| verb | page | call |\n|---|---|---|"
        parts.append("\n".join([head, *(doors.row(key) for key in keys)]) + "\n")
    return "\n".join(parts)


def papers() -> dict[Path, str]:
    """Return what this command writes, by its file."""
    docs = Path(settings.BASE_DIR) / "docs"
    return {docs / "doors.md": page(), docs / "api" / "openapi.yaml": schema.description().decode()}


class Command(BaseCommand):
    help = "Write docs/doors.md and docs/api/openapi.yaml; with --check only say whether they are fresh."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail when a page is stale.")

    def handle(self, *args, check: bool, **options) -> None:
        for target, written in papers().items():
            name = target.relative_to(settings.BASE_DIR)
            if not check:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(written, encoding="utf-8")
                self.stdout.write(f"{name} is written.")
            elif not target.exists() or target.read_text(encoding="utf-8") != written:
                raise CommandError(f"{name} is stale. Run: make states")
            else:
                self.stdout.write(f"{name} is fresh.")
