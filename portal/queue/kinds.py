"""Which handler does which kind of work; each app names its own in its `tasks.py`."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from portal.queue.claims import Claim

Finish = Callable[[], None]
Handler = Callable[["Claim"], Finish | None]

_handlers: dict[str, Handler] = {}


class UnknownKind(LookupError):
    """Nobody has registered a handler for this kind of work."""


def work(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function as the one that does this kind of work.

    The handler does the slow part outside any transaction and returns a function that writes the result. That
    function runs in one transaction with marking the job done, so both are kept or neither is.

    Raises:  ValueError when another function already does this kind.
    """

    def register(handler: Handler) -> Handler:
        known = _handlers.setdefault(kind, handler)
        if known is not handler:
            raise ValueError(f"Both {known.__qualname__} and {handler.__qualname__} claim the work {kind!r}.")
        return handler

    return register


@cache
def load_handlers() -> None:
    """Import the `tasks` module of every installed app that has one."""
    for app in apps.get_app_configs():
        if importlib.util.find_spec(f"{app.name}.tasks"):
            importlib.import_module(f"{app.name}.tasks")


def handler_of(kind: str) -> Handler:
    """Return the handler of a kind.

    Raises:  UnknownKind when this installation has none.
    """
    load_handlers()
    try:
        return _handlers[kind]
    except KeyError:
        raise UnknownKind(
            f"This worker does not know the work {kind!r}. Start the worker of the same version as the web server."
        ) from None
