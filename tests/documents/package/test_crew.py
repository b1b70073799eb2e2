"""Helpers draw what this process would have drawn, refuse as it would, and may die without loss."""

from __future__ import annotations

import pytest

from documents.package import assembly, crew
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


@pytest.mark.parametrize(
    ("remembered", "beside", "afterwards"),
    [({"Gauges used": 1}, ["cover", "gauges"], []), ({"Gauges used": 3}, ["cover", "gauges"], ["cover"])],
    ids=["right", "wrong"],
)
def test_the_cover_is_drawn_beside_what_it_counts(
    manifest, originals, warm_cache, hands, monkeypatch, remembered, beside, afterwards
):
    """A changed section is taken to have as many pages as before; guessed wrong, the cover is drawn again."""
    manifest["gauges"][0]["kind"] = "Another saw"
    expected, together, alone = render_package(manifest, originals), [], []
    monkeypatch.setattr(assembly, "last_pages", remembered)
    draw, draw_all = assembly.draw, assembly.draw_all

    def draw_together(jobs, *more, **words):
        together.extend(section.code for section, _ in jobs.values())
        draw_all(jobs, draw, **words)

    monkeypatch.setattr(assembly, "draw_all", draw_together)
    monkeypatch.setattr(
        assembly, "draw", lambda section, **more: alone.append(section.code) or draw(section, **more)
    )
    before = set(warm_cache)
    assert render_package(manifest, originals, warm_cache) == expected
    assert (sorted(together), alone) == (beside, afterwards)
    # the section and its cover; a cover that proved wrong is not kept
    assert len(set(warm_cache) - before) == 2


def test_a_section_of_unknown_length_is_drawn_before_its_cover(
    manifest, originals, warm_cache, hands, monkeypatch
):
    manifest["gauges"][0]["kind"] = "Another saw"
    expected, together = render_package(manifest, originals), []
    monkeypatch.setattr(assembly, "last_pages", {})
    draw_all = assembly.draw_all
    monkeypatch.setattr(
        assembly,
        "draw_all",
        lambda jobs, *more, **words: together.extend(jobs) or draw_all(jobs, *more, **words),
    )
    assert render_package(manifest, originals, warm_cache) == expected
    assert len(together) == 1
    assert assembly.last_pages["Gauges used"] == 1


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
