"""Which keys of a certificate must agree, which should, and which revision of a specification a contract takes. Pure.

What contradicts the record is never let pass for being a should-key: the level decides only on what is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from documents.domain.key_verdicts import MISMATCH, MUST, OFF, SHOULD, KeyComparison
from documents.domain.likeness import Likeness, alike
from documents.models import CertificateKeyRules

EXACT = CertificateKeyRules.EXACT
ON_ORDER_DATE = CertificateKeyRules.ON_ORDER_DATE
THAT_OR_LATER = CertificateKeyRules.THAT_OR_LATER
LANGUAGES = ("en", "de", "es", "zh")

# what is asked of every certificate where nothing else is agreed with the customer
DEFAULT_LEVELS: dict[str, str] = {
    "order": MUST,
    "order line": SHOULD,
    "part": MUST,
    "part revision": MUST,
    "specification": MUST,
    "specification revision": MUST,
    "type": MUST,
    "class": MUST,
    "site": MUST,
    "quantity": MUST,
    "quantity received": MUST,
    "certificate type": MUST,
    "certificate number": MUST,
    "certificate date": MUST,
    "signed by": MUST,
    "title of the signer": SHOULD,
    "signature": SHOULD,
    "heat or batch": MUST,
    "condition": MUST,
    "lot": SHOULD,
    "heat": SHOULD,
    "serials": SHOULD,
    "pages": MUST,
    "statement": SHOULD,
    "language": SHOULD,
    "results": MUST,
    "required results": MUST,
}
# nobody agrees these away: without them a certificate names nothing, or nobody stands for it
ALWAYS_MUST = (
    "specification",
    "certificate number",
    "certificate date",
    "signed by",
    "heat or batch",
    "results",
)


@dataclass(frozen=True)
class KeyRules:
    """What a customer asks of the certificates of its goods.

    levels           must, should or off by key; a key that is not named has its default
    revision_policy  exact | in effect on the order date | that or later
    languages        those a certificate may be written in
    """

    levels: Mapping[str, str] = field(default_factory=dict)
    revision_policy: str = EXACT
    languages: tuple[str, ...] = LANGUAGES

    def level_of(self, key: str) -> str:
        if key in ALWAYS_MUST:
            return MUST
        return self.levels.get(key) or DEFAULT_LEVELS.get(key, MUST)

    def applied(self, keys: Iterable[KeyComparison]) -> list[KeyComparison]:
        """Return keys at the level that is agreed; what is off is left out unless the paper contradicts the record."""
        found = []
        for key in keys:
            level = self.level_of(key.key)
            if key.verdict == MISMATCH or level == MUST:
                found.append(key)
            elif level == SHOULD:
                found.append(replace(key, is_must=False))
        return found


def revision_alike(policy: str, *, later: Iterable[str] = (), in_effect: str = "") -> Likeness:
    """Return the comparison of a specification's revision under a contract's policy.

    later      the revisions that came after the one ordered
    in_effect  the one in effect on the day of the order, where it is known
    Source:    AMS standards: the issue in effect on the order date applies unless a specific one is ordered.
    """
    newer = list(later)

    def compare(said: str, wanted: str) -> tuple[str, ...] | None:
        if policy == ON_ORDER_DATE and in_effect:
            return alike(said, in_effect)
        if (found := alike(said, wanted)) is not None:
            return found
        if policy == THAT_OR_LATER and any(alike(said, each) is not None for each in newer):
            return (said,)
        return None

    return compare


__all__ = [
    "ALWAYS_MUST",
    "DEFAULT_LEVELS",
    "EXACT",
    "LANGUAGES",
    "MUST",
    "OFF",
    "ON_ORDER_DATE",
    "SHOULD",
    "THAT_OR_LATER",
    "KeyRules",
    "revision_alike",
]
