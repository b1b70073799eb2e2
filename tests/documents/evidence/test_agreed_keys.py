"""A key that a customer's rules let pass, judged by the chain and by the second reading of the rules alike."""

from __future__ import annotations

import pytest

from documents.domain.chain import check_lots
from documents.models import Certificate
from routes.models import PartRevision
from tests.documents.evidence.oracle import open_links
from tests.documents.test_customer_rules import rule
from tests.factories.certificates import accept, make_process_certificate
from tests.factories.inspection import make_lot


def is_open(lot) -> tuple[bool, bool]:
    """Say whether PROCESS is open: by the chain, and by the second reading."""
    slots = [slot for slot in check_lots([lot])[lot.number] if slot.code == "PROCESS"]
    return any(not slot.is_closed for slot in slots), "PROCESS" in open_links(lot.number)


@pytest.fixture
def passed(cast):
    """A lot whose certificate names no part revision, accepted because the customer does not insist on it."""
    lot = make_lot(cast, at=50)
    certificate = make_process_certificate(cast, lot=lot, part_revision="")
    rule(cast)
    assert accept(cast, certificate).excused == ["part revision: A"]
    return lot


def test_what_was_let_pass_stays_let_pass_when_the_customer_asks_more_later(cast, passed):
    assert is_open(passed) == (False, False)
    rule(cast, levels={"part revision": "must"})
    assert is_open(passed) == (False, False)


def test_what_is_expected_anew_is_asked_anew(passed):
    PartRevision.objects.filter(pk=passed.route_revision.part_revision_id).update(revision="B")
    assert is_open(passed) == (True, True)


def test_what_nobody_let_pass_is_open(passed):
    Certificate.objects.update(excused=[])
    assert is_open(passed) == (True, True)


def test_another_key_is_not_let_pass_with_it(passed):
    Certificate.objects.update(spec_class="9")
    assert is_open(passed) == (True, True)
