"""The whole story over HTTP: quick, without a browser. `tests/browser/test_story.py` walks it in Chromium."""

from __future__ import annotations

from tests.flows.crew import make_crew
from tests.flows.story_by_pages import walk_the_story


def test_a_lot_goes_from_order_to_accepted_package_by_pages(committed_db):
    walk_the_story(make_crew())
