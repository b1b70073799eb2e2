"""Setting a section on paper: data stays data, nothing is fetched, nothing is drawn wrongly."""

from __future__ import annotations

import pytest

from documents.package import as9102
from documents.package.assembly import render_section
from documents.package.facts import shown
from documents.package.fonts import GlyphMissing, drawable, refuse_missing_glyphs
from documents.package.renderer import ResourceRefused, paper_renderer, section_key
from documents.package.sections import sections_of
from inspection.domain.as9102 import EDITIONS
from tests.documents.package import reading

HOSTILE = '<img src="file:///etc/hostname"><script>alert(1)</script>&amp;{{ shop }}'
DRAWING_SIGNS = "⌖⏤⌭⌒⌓⟂⌯⌰ⓂⓁⓅⓈⓉⒻⓊ▱⏥○∥∠◎⌀Ø±°µ≤↧⌴⌵"


def section(manifest: dict, originals: dict, code: str):
    return next(found for found in sections_of(manifest, originals) if found.code == code)


def test_a_hostile_name_is_printed_as_text(manifest, originals):
    manifest["shop"]["name"] = manifest["conformity"]["manufacturer"] = HOSTILE
    content = render_section(section(manifest, originals, "conformity"))
    assert reading.squeezed(HOSTILE) in reading.squeezed(reading.page_texts(content)[0])


def test_a_hostile_requirement_is_printed_as_text(manifest, originals):
    manifest["results"][0]["requirement"] = f"⌖ {HOSTILE}"
    content = render_section(section(manifest, originals, "results"))
    assert reading.squeezed(f"⌖{HOSTILE}") in reading.squeezed(reading.page_texts(content)[0])


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://127.0.0.1/x.png", "https://example.com/x.png", "data:image/png;base64,AAAA",
     "shape:../page", "shape:nothing"],
)  # fmt: skip
@pytest.mark.parametrize(
    "markup",
    ['<img src="{}" alt="x">', '<link rel="stylesheet" href="{}">', '<p style="background: url({})">x</p>'],
)
def test_nothing_is_fetched_from_anywhere(address, markup):
    html = f'<html lang="en"><title>x</title><body>{markup.format(address)}</body></html>'
    with pytest.raises(ResourceRefused, match="asked for"):
        paper_renderer().render(html)


def test_our_own_drawings_are_found():
    html = '<html lang="en"><title>x</title><body><p class="shape accepted"></p></body></html>'
    assert paper_renderer().render(html)[:5] == b"%PDF-"


def test_every_sign_of_a_drawing_can_be_drawn(manifest, originals):
    assert [sign for sign in DRAWING_SIGNS if ord(sign) not in drawable()] == []
    manifest["results"][0]["requirement"] = DRAWING_SIGNS
    content = render_section(section(manifest, originals, "results"))
    assert DRAWING_SIGNS.replace("µ", "") in reading.squeezed(reading.page_texts(content)[0]).replace(
        "µ", ""
    ).replace("μ", "")


def test_a_character_without_a_glyph_is_refused_by_name(manifest, originals):
    manifest["traveler"][0]["name"] = "Saw 𓀀 blank"
    with pytest.raises(GlyphMissing) as refusal:
        render_section(section(manifest, originals, "traveler"))
    assert refusal.value.sentence.startswith(
        "Section “Traveler summary and lots” of the package holds the character '𓀀' "
        "(U+13000, EGYPTIAN HIEROGLYPH A001)"
    )
    assert refusal.value.facts == {"character": "𓀀"}


def test_text_with_glyphs_is_not_refused():
    assert refuse_missing_glyphs(f"Łódź {DRAWING_SIGNS} Ωμέγα 山田太郎 张伟 カナ", where="It") is None


def test_direction_marks_and_control_signs_are_made_visible(manifest, originals):
    assert shown("a\u202eb\x00c") == "a⟨U+202E⟩b⟨U+0000⟩c"
    manifest["traveler"][0]["name"] = "Saw \u202eknalb"
    content = render_section(section(manifest, originals, "traveler"))
    assert "Saw⟨U+202E⟩knalb" in reading.squeezed(reading.page_texts(content)[0])


def test_the_key_changes_with_facts_and_with_nothing_else(manifest, originals):
    first = section_key(section(manifest, originals, "gauges"))
    manifest["package"]["revision"] = "9"
    assert section_key(section(manifest, originals, "gauges")) == first
    manifest["gauges"][0]["due_on"] = "2027-06-03"
    assert section_key(section(manifest, originals, "gauges")) != first


def test_form_1_prints_every_field_with_number_and_label(manifest, originals):
    text = reading.squeezed(reading.page_texts(render_section(section(manifest, originals, "form1")))[0])
    fields = as9102.FORM_1 | as9102.FORM_1_INDEX
    assert sorted(fields, key=int) == [str(number) for number in range(1, 27)]
    missing = [number for number, label in fields.items() if reading.squeezed(f"{number}{label}") not in text]
    assert missing == []


@pytest.mark.parametrize(("code", "heads"), [("form2", as9102.FORM_2), ("form3", as9102.FORM_3)])
def test_forms_2_and_3_repeat_fields_1_to_4_and_print_their_own(manifest, originals, code, heads):
    text = reading.squeezed(reading.page_texts(render_section(section(manifest, originals, code)))[0])
    fields = {number: as9102.FORM_1[number] for number in as9102.COMMON} | heads
    assert [
        number for number, label in fields.items() if reading.squeezed(f"{number}{label}") not in text
    ] == []


def in_rev_b(article: dict) -> dict:
    """Return a first article as Rev B has it: its numbers, and the feet of Forms 2 and 3."""
    said = {number: as9102.field_value(article["form1"], number) for number in article["form1"]}
    signed = {"19": "FAI Complete; " + said["20"], "20": said["21"], "21": said["22"], "22": said["23"]}
    labels = EDITIONS["B"].heads(1)
    values = {**said, **signed, "23": said["24"], "24": said["25"]}
    rows = [{**row, "14": row.get("12", "")} for row in article["form3"]]
    return {
        **article,
        "edition": "AS9102 Rev B",
        "form1": {number: {"label": label, "value": values[number]} for number, label in labels.items()},
        "form3": [{number: text for number, text in row.items() if number != "12"} for row in rows],
        "form2_foot": {"14": {"value": "Lotte Brandvold"}, "15": {"value": "2 Mar 2026"}},
        "form3_foot": {"12": {"value": "Lotte Brandvold"}, "13": {"value": "2 Mar 2026"}},
    }


def test_rev_b_prints_its_own_numbers_and_labels_and_none_of_rev_c(manifest, originals):
    """Release rule 3."""
    manifest["first_article"] = in_rev_b(manifest["first_article"])
    for form in (1, 2, 3):
        pages = reading.page_texts(render_section(section(manifest, originals, f"form{form}")))
        text = reading.squeezed(" ".join(pages))
        common = {number: EDITIONS["B"].labels(1)[number] for number in as9102.COMMON}
        wanted = {**EDITIONS["B"].labels(form), **(common if form > 1 else {})}
        printed = [f"{number}{label}" for number, label in wanted.items()]
        assert [each for each in printed if reading.squeezed(each) not in text] == []
        assert (reading.squeezed(f"AS9102 Rev B, Form {form}") in text, "RevC" in text) == (True, False)
        others = {"26Comments", "4FAIRIdentifier", "12AdditionalData/Comments"}
        assert [each for each in others if each in text] == []
        if form > 1:
            assert reading.squeezed("Lotte Brandvold") in text


def test_fields_1_to_4_stand_on_every_page_of_a_form(manifest, originals):
    article = manifest["first_article"]
    article["form3"] *= 3
    article["form1_index"] = [
        {"15": f"P-{at}", "16": "Pin", "17": "detail part", "18": "N/A"} for at in range(60)
    ]
    for code in ("form1", "form3"):
        texts = reading.page_texts(render_section(section(manifest, originals, code)))
        found = ["1 Part Number 72-41806-3" in text and "4 FAIR Identifier FA-0388" in text for text in texts]
        assert (len(found) > 1, found) == (True, [True] * len(found)), code


def test_the_fourteen_fields_of_a_conformity_certificate_are_never_blank(manifest, originals):
    manifest["conformity"] = {"number": "CC-1", "lines": [{}]}
    manifest["shop"] = manifest["customer"] = manifest["order"] = {}
    text = reading.page_texts(render_section(section(manifest, originals, "conformity")))[0]
    for field in ("1 Page N/A", "2 Certificate number CC-1", "3 Date N/A", "4 Manufacturer N/A", "5 Customer N/A",
                  "6 Purchase order N/A", "13 Conformity details Details N/A"):  # fmt: skip
        assert field in text
    assert "N/A N/A N/A N/A N/A N/A" in text


def test_a_failing_value_is_a_word_and_a_difference_is_listed(manifest, originals):
    text = " ".join(reading.page_texts(render_section(section(manifest, originals, "results"))))
    assert ("0.057 fails" in text, "25 0005 0.057 mm pass fail" in text) == (True, True)


def test_many_pieces_are_split_into_tables_that_fit(manifest, originals):
    row = manifest["results"][1]
    row["values"] = [
        {
            "serial": f"S{number:03d}",
            "value": f"{70 + number / 1000:.3f}",
            "verdict": "pass",
            "stated": "pass",
        }
        for number in range(1, 21)
    ]
    manifest["results"] = [row]
    text = " ".join(reading.page_texts(render_section(section(manifest, originals, "results"))))
    assert [f"{70 + number / 1000:.3f}" in text for number in range(1, 21)] == [True] * 20
    assert text.count("Requirement") == 3


def test_an_open_link_is_a_word_in_the_report_and_on_the_strip(manifest, originals):
    manifest["chain"]["slots"][4]["state"] = "missing"
    text = " ".join(reading.page_texts(render_section(section(manifest, originals, "chain"))))
    assert ("20 of 21 links closed" in text, text.count("Missing")) == (True, 2)


def _lengthened(value):
    """Put an unbreakable word behind every name, number and sentence of a manifest."""
    if isinstance(value, dict):
        kept = {
            "sha256",
            "media_type",
            "state",
            "code",
            "section",
            "digest",
            "content_sha256",
            "side",
            "unit",
        }
        return {
            key: item if key in kept or key.endswith(("_at", "_on")) else _lengthened(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_lengthened(item) for item in value]
    return f"{value} {'W' * 60}" if isinstance(value, str) and value else value


@pytest.mark.parametrize(
    "code",
    [
        "conformity",
        "clauses",
        "form1",
        "form2",
        "form3",
        "results",
        "nonconformances",
        "traveler",
        "gauges",
        "chain",
        "revisions",
        "verify",
    ],
)
def test_no_long_word_runs_off_the_page(manifest, originals, code):
    long = _lengthened(manifest) | {"certificates": manifest["certificates"]}
    content = render_section(section(long, originals, code))
    assert "W" * 20 in reading.squeezed(" ".join(reading.page_texts(content)))
    assert reading.beyond_the_edge(content) == []
