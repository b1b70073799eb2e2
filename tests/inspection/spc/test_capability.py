"""Indices against published and computed figures; the bound that stops small samples from promising."""

import json

import pytest

from inspection.domain.spc.capability import anderson_darling, by_bissell, by_chi_square, capability
from inspection.domain.spc.charts import mean_and_range
from tests.inspection.spc.published import expected, piston_rings

FIELDS = {
    "Cp": "cp", "Cp_l": "cpl", "Cp_u": "cpu", "Cp_k": "cpk", "Cpm": "cpm",
    "Pp": "pp", "Pp_l": "ppl", "Pp_u": "ppu", "Pp_k": "ppk", "Ppm": "ppm",
}  # fmt: skip


def test_piston_rings_have_every_computed_index_and_interval(shared_data):
    groups = piston_rings(shared_data)
    found = capability(
        [value for group in groups for value in group],
        lower=73.95,
        upper=74.05,
        sigma_within=mean_and_range(groups).sigma,
    )
    figures = {
        quantity: float(value)
        for (dataset, quantity), value in expected(shared_data).items()
        if "capability" in dataset
    }
    assert len(figures) == 30
    for name, field in FIELDS.items():
        index = getattr(found, field)
        wanted = [figures[name], figures[f"{name} 2.5%"], figures[f"{name} 97.5%"]]
        assert [index.value, index.low, index.high] == pytest.approx(wanted, rel=1e-6), name
    assert [round(found.cp.value, 2), round(found.cpk.value, 2)] == [1.70, 1.66]
    assert (found.is_provisional, found.is_performance, found.main_name) == (False, False, "Cpk")
    assert found.normality.is_doubtful is False


def test_handbook_summary_has_the_printed_indices(shared_data):
    book = json.loads((shared_data / "spc" / "published_nist_montgomery.json").read_text())
    # two values have the mean and, by their known sigma within, the spread of the summary
    found = capability([14.0, 18.0], lower=8, upper=20, sigma_within=2.0)
    assert [
        round(figure, 4)
        for figure in (found.cp.value, found.cpk.value, found.cpu.value, found.cpl.value, found.off_center)
    ] == [book["nist-6.1.6-capability"]["published"][name] for name in ("Cp", "Cpk", "Cpu", "Cpl", "k")]


@pytest.mark.parametrize(
    ("n", "index", "bound"),
    [
        (10, 1.00, 0.58), (10, 1.33, 0.79), (20, 1.33, 0.95), (20, 2.00, 1.45), (30, 1.67, 1.30),
        (50, 1.67, 1.38), (100, 1.00, 0.87), (100, 2.00, 1.76),
    ],
)  # fmt: skip
def test_lower_bound_follows_bissell(n, index, bound):
    assert round(by_bissell(index, n).bound, 2) == bound


@pytest.mark.parametrize(("n", "needed"), [(10, 2.20), (20, 1.83), (30, 1.71), (50, 1.61), (100, 1.52)])
def test_what_a_sample_must_show_to_prove_1_33(n, needed):
    assert by_bissell(needed, n).bound == pytest.approx(1.33, abs=0.006)
    assert by_bissell(1.33, n).bound < 1.33


def test_bound_of_the_spread_alone_is_by_chi_square():
    assert by_chi_square(1.33, 29).bound == pytest.approx(1.33 * (17.70837 / 29) ** 0.5, rel=1e-5)


def test_one_limit_gives_the_indices_of_that_side_only():
    found = capability([1.0, 2.0, 3.0, 2.0], lower=None, upper=5.0, sigma_within=0.8)
    assert (found.cp, found.cpl, found.cpm, found.pp, found.off_center) == (None, None, None, None, None)
    assert found.cpk.value == found.cpu.value == pytest.approx(3 / 2.4)


def test_below_twenty_values_it_is_provisional_and_out_of_control_it_is_performance():
    values = [10 + 0.1 * (-1) ** at for at in range(19)]
    found = capability(values, lower=9, upper=11, sigma_within=0.1, is_in_control=False)
    assert (found.is_provisional, found.is_performance) == (True, True)
    assert (found.main_name, found.main) == ("Ppk", found.ppk)
    assert capability([*values, 10.1], lower=9, upper=11, sigma_within=0.1).is_provisional is False


@pytest.mark.parametrize(
    ("values", "limits", "sentence"),
    [
        ([1.0, 2.0], {"lower": None, "upper": None}, "at least one limit"),
        ([1.0], {"lower": 0, "upper": 2}, "at least 2 values"),
        ([1.0, 1.0], {"lower": 0, "upper": 2}, "do not differ"),
    ],
)
def test_what_has_no_capability_is_refused_in_words(values, limits, sentence):
    with pytest.raises(ValueError, match=sentence):
        capability(values, **limits, sigma_within=1.0)


def test_normality_is_doubted_for_a_skewed_sample_and_unsaid_for_a_small_one():
    skewed = [2.0 ** (at / 4) for at in range(40)]
    assert anderson_darling(skewed).is_doubtful
    assert anderson_darling([1.0, 2.0, 3.0]) is None
    assert anderson_darling([1.0] * 10) is None
