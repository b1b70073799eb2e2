"""How bad it may still be, having found so few in so many."""

from __future__ import annotations

from math import exp, inf, lgamma, log, log1p

CONFIDENCE = 0.95
MILLION = 1_000_000


def upper_bound_ppm(found: int, of: int) -> int | None:
    """Return the one-sided upper bound of 95 % for a share, exact by Clopper and Pearson.

    Units:   parts per million; nothing of nothing bounds nothing, nor do more found than were counted.
    Source:  Clopper and Pearson, Biometrika 26 (1934): the share at which finding no more has a chance of 5 %.
             0 of 100 gives 1 - 0.05^(1/100), 29 513.
    """
    if of <= 0 or not 0 <= found <= of:
        return None
    if found == of:
        return MILLION
    low, high = 0.0, 1.0
    for _ in range(60):  # each step halves what is left; sixty leave nothing a million could show
        middle = (low + high) / 2
        if _chance_of_no_more(found, of, middle) > 1 - CONFIDENCE:
            low = middle
        else:
            high = middle
    return round(high * MILLION)


def _chance_of_no_more(found: int, of: int, share: float) -> float:
    """Return the chance of `found` or fewer among `of`, by logarithms so that large lots do not underflow."""
    if share <= 0.0:
        return 1.0
    if share >= 1.0:
        return 0.0
    terms = [
        lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) + k * log(share) + (of - k) * log1p(-share)
        for k in range(found + 1)
    ]
    most = max(terms)
    return 0.0 if most == -inf else exp(most) * sum(exp(each - most) for each in terms)
