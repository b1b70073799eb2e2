"""Whole stories. The scenes assert too, so their failures are told in full."""

import pytest

pytest.register_assert_rewrite(
    "tests.flows.pages",
    "tests.flows.crew",
    "tests.flows.scenes_of_planning",
    "tests.flows.scenes_on_the_floor",
    "tests.flows.scenes_of_proof",
)
