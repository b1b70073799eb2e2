"""Seven people at seven browsers: from an empty portal to a package the buyer accepts, every act in Chromium."""

from __future__ import annotations

import pytest

from tests.browser.visitor import BrowserVisitor
from tests.flows.crew import make_crew
from tests.flows.story_by_pages import walk_the_story

pytestmark = pytest.mark.browser


def test_the_whole_story_in_chromium(served_portal, chromium):
    walk_the_story(make_crew(BrowserVisitor(chromium, served_portal)))
