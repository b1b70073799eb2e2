"""Example records for the stranger test: one for every address that names a record.

Each app keeps its own in `tests/<app>/examples.py`:

    EXAMPLES = {
        "routes:traveler-detail": traveler,
        "routes:traveler-hold": traveler,
    }

    def traveler(cast):
        '''Make a lot of the cast's customer and return what its address needs.'''
        ...
        return {"number": "T-000001"}

- The key is the address's name with its namespace; the value takes the cast (`tests/cast.py`) and returns the
  keywords of the address.
- Make the record belong to the cast: its order from `cast.customer`, its outside work at
  `cast.vendor_organization`. The strangers, `stranger_buyer` and `stranger_vendor`, must never see it; the test
  tries both at every address and looks for names of the cast in what they are shown.
- Use one function for all addresses of one record. For a list the functions of its whole app are called, once
  each, so that there is something that could leak; they must bear being called after one another.
- An address that takes keywords and has no example fails the test, and so does one that declares no rule. A view
  set of the API declares `scope` and `roles` as a page does, as attributes of its class; its examples stand in
  `tests/<app>/api_examples.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from tests.cast import Cast

APPS = ("portal", "routes", "subcontract", "inspection", "documents")
Example = Callable[[Cast], dict[str, object]]


def all_examples() -> dict[str, Example]:
    """Return the examples of every app by the names of their addresses."""
    found: dict[str, Example] = {}
    for app in APPS:
        for room in ("examples", "api_examples"):
            if find_spec(f"tests.{app}") and find_spec(f"tests.{app}.{room}"):
                found |= import_module(f"tests.{app}.{room}").EXAMPLES
    return found
