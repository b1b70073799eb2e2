"""The digest of facts is the sha256 of their canonical bytes, however it is come by."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from documents.domain.chain import digest
from documents.domain.chain.digests import digest_of
from portal.domain.canonical import canonical_bytes, sha256_of
from tests.factories.lot_facts import good_lot, shipped_lot


@dataclass(frozen=True)
class Fact:
    words: str = ""
    on: date | None = None
    at: datetime | None = None
    size: Decimal = Decimal("0")
    parts: tuple = ()


@pytest.mark.parametrize("lot", [good_lot(), shipped_lot()])
def test_digest_of_a_lot_is_that_of_its_canonical_bytes(lot):
    assert digest(lot) == sha256_of(canonical_bytes(asdict(lot)))
    assert digest({"T-2": lot, "T-1": lot}) == sha256_of(
        canonical_bytes({"T-1": asdict(lot), "T-2": asdict(lot)})
    )


@pytest.mark.parametrize(
    "fact",
    [
        Fact(words='Müller "&" <Söhne>\n\t\x1f\u2028'),
        Fact(words="Mu\u0308ller"),
        Fact(words="\u0301 first", parts=("n\u0303", ("o\u0308", None, True, 3))),
        Fact(words="line\n\u0303 tilde"),
        Fact(on=date(2026, 3, 1), at=datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=2)))),
        Fact(size=Decimal("1E+3"), at=datetime(2026, 3, 1, 9, 30, 0, 12, tzinfo=UTC)),
    ],
)
def test_digest_of_any_fact_is_that_of_its_canonical_bytes(fact):
    assert digest_of(fact) == sha256_of(canonical_bytes(asdict(fact)))


def test_digest_changes_with_a_single_fact():
    lot = good_lot()
    assert digest(replace(lot, quantity=lot.quantity + 1)) != digest(lot)


def test_digest_refuses_what_has_no_canonical_form():
    with pytest.raises(TypeError, match="set has no canonical form"):
        digest_of(Fact(parts=({1},)))
