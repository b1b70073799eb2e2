"""The list of doors and the description of the API are fresh, and the description is sound."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.management.commands import doors


def test_the_doors_and_the_description_are_fresh():
    call_command("doors", "--check", stdout=StringIO())


def test_stale_doors_are_refused_with_the_verb_that_mends_them(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="docs/doors.md is stale. Run: make states"):
        doors.Command().handle(check=True)


def test_the_description_is_what_the_generator_says_without_a_warning(tmp_path, settings):
    written = tmp_path / "openapi.yaml"
    call_command("spectacular", "--file", str(written), "--validate", "--fail-on-warn", stdout=StringIO())
    kept = settings.BASE_DIR / "docs" / "api" / "openapi.yaml"
    assert written.read_text() == kept.read_text()


def test_no_call_signs():
    found = doors.Doors()
    signing = {key for key in found.calls if "token" in doors.inspect.signature(found.verbs[key]).parameters}
    assert signing == set()
    assert len(found.calls) > 8
