"""What was signed and altered afterwards: the signature shows as invalid, and says what is no longer as it was."""

from __future__ import annotations

import pytest
from django.db import connections

from documents.domain.certificate_contents import altered_since_decision
from documents.domain.conformity import altered_since_signature
from documents.models import Certificate, ConformityCertificate
from inspection.domain.first_articles import altered_since
from inspection.domain.record_contents import altered_since_completion
from inspection.models import FirstArticle, InspectionRecord
from portal.domain.signatures import altered
from portal.models import Signature
from routes.domain.route_contents import altered_since_release
from routes.models import RouteRevision
from tests.factories.documents import make_shipment

pytestmark = pytest.mark.django_db
SIGNED = {
    "certificate": (Certificate, altered_since_decision),
    "inspection": (InspectionRecord, altered_since_completion),
    "route": (RouteRevision, altered_since_release),
    "first article": (FirstArticle, lambda each: altered_since(each.approved_signature, each)),
    "certificate of conformity": (ConformityCertificate, altered_since_signature),
}


@pytest.fixture
def shipment(cast):
    return make_shipment(cast, at="dispatched")


def edit(statement: str, *values) -> None:
    """Change a row as a superuser would: no guard of ours stands in the way."""
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, values)


def test_what_left_the_house_is_as_it_was_signed(shipment):
    looked_at = dict.fromkeys(SIGNED, 0)
    for noun, (model, sentence) in SIGNED.items():
        for record in model.objects.all():
            looked_at[noun] += 1
            assert sentence(record) == "", record
    verified = FirstArticle.objects.get()
    assert altered_since(verified.verified_signature, verified) == ""
    assert min(looked_at.values()) > 0


@pytest.mark.parametrize(
    ("noun", "statement", "words"),
    [
        (
            "certificate",
            "UPDATE documents_certificate SET quantity = 4711 WHERE decision_signature_id IS NOT NULL",
            "Changed since it was signed: quantity.",
        ),
        (
            "inspection",
            "UPDATE inspection_inspectionrecord SET plan = '[]'",
            "Changed since it was signed: plan.",
        ),
        (
            "route",
            "UPDATE routes_operation SET instructions = 'Skip the deburring.'",
            "Changed since it was signed: operations.",
        ),
        (
            "first article",
            "UPDATE inspection_firstarticle SET forms = jsonb_set(forms, '{form3,0,9}', '\"69.99\"')",
            "Changed since it was signed: form3.",
        ),
    ],
)
def test_an_altered_record_says_so_and_what(shipment, client, cast, noun, statement, words):
    model, sentence = SIGNED[noun]
    edit(statement)
    records = [each for each in model.objects.all() if sentence(each)]
    assert {sentence(each) for each in records} == {words}
    client.force_login(cast.quality)
    page = client.get(records[0].get_absolute_url()).content.decode()
    assert "A signature here is no longer valid" in page
    assert "No longer valid:" in page
    assert words in page


def test_a_signature_counts_for_nothing_on_another_record(shipment):
    first, second = Signature.objects.filter(noun="inspection").order_by("pk")[:2]
    said = altered(first, noun="inspection", number=second.number, content={})
    assert said == f"It was given for inspection {first.number}, not for inspection {second.number}."
    first.canonical = bytes(first.canonical) + b" "
    assert altered(first, noun="inspection", number=first.number, content={}) == (
        "The bytes that were signed are no longer those the signature names."
    )
