"""Helpers draw what this process would have drawn, refuse as it would, and may die without loss."""

from __future__ import annotations

import pytest

from documents.package import crew
from documents.package.assembly import render_package
from documents.package.fonts import GlyphMissing


@pytest.fixture
def hands(monkeypatch):
    """Two processors, so that there is one helper, whatever machine this is."""
    monkeypatch.setattr(crew.os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setitem(crew._state, "allowed", True)
    yield crew._state["crew"]
    crew.dismiss()


def test_a_package_drawn_with_help_has_the_same_bytes(package_bytes, manifest, originals, hands):
    assert render_package(manifest, originals) == package_bytes
    assert len(hands) == 1

    # a helper that is gone is replaced, and its work is done here
    hands[0].process.kill()
    assert render_package(manifest, originals) == package_bytes

    # what a helper refuses is refused to whom it was asked for, in the same words
    manifest["traveler"][0]["name"] = manifest["gauges"][0]["kind"] = "Saw 𓀀"
    with pytest.raises(GlyphMissing) as refusal:
        render_package(manifest, originals)
    assert (refusal.value.facts, "EGYPTIAN HIEROGLYPH A001" in refusal.value.sentence) == (
        {"character": "𓀀"},
        True,
    )


def test_a_helper_draws_and_refuses(manifest, originals, hands):
    from documents.package.sections import sections_of

    helper = crew.Helper()
    hands.append(helper)
    by_code = {section.code: section for section in sections_of(manifest, originals)}
    assert helper.draw(by_code["gauges"], "abc")[:5] == b"%PDF-"
    manifest["gauges"][0]["kind"] = "Saw 𓀀"
    (refused,) = [each for each in sections_of(manifest, originals) if each.code == "gauges"]
    with pytest.raises(GlyphMissing):
        helper.draw(refused, "abc")
    helper.process.kill()
    helper.process.wait()
    with pytest.raises(crew.HelperLost):
        helper.draw(by_code["gauges"], "abc")


def test_a_process_that_may_not_have_helpers_has_none(manifest, originals, package_bytes):
    assert render_package(manifest, originals) == package_bytes
    assert crew._state["crew"] == []
