"""What was signed and altered afterwards: the signature shows as invalid, and says what is no longer as it was."""

from __future__ import annotations

import pytest
from django.db import connections

from documents.domain.certificate_contents import altered_since_decision
from documents.domain.conformity import altered_since_signature
from documents.domain.waiver_contents import altered_waivers
from documents.models import Certificate, ConformityCertificate
from inspection.domain.first_articles import altered_since
from inspection.domain.passing_contents import altered_concessions, altered_dispositions
from inspection.domain.record_contents import altered_since_completion
from inspection.models import FirstArticle, InspectionRecord, Nonconformance
from portal.domain.canonical import sha256_of
from portal.domain.signatures import altered
from portal.models import Signature
from routes.domain import lots
from routes.domain.route_contents import altered_since_release
from routes.domain.step_contents import altered_steps
from routes.models import RouteRevision
from tests.factories import waivers
from tests.factories.documents import make_shipment, make_shippable_lot
from tests.factories.findings import make_request
from tests.factories.inspection import concede, decide, make_lot, make_nonconformance
from tests.factories.waivers import open_owners

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
            "Changed since it was signed: the quantity it states.",
        ),
        (
            "certificate",
            "UPDATE documents_certificatecoverage SET quantity = quantity - 1 WHERE certificate_id IN "
            "(SELECT id FROM documents_certificate WHERE decision_signature_id IS NOT NULL)",
            "Changed since it was signed: the quantity it covers.",
        ),
        (
            "inspection",
            "UPDATE inspection_inspectionrecord SET plan = '[]'",
            "Changed since it was signed: the checks it was planned with.",
        ),
        (
            "route",
            "UPDATE routes_operation SET instructions = 'Skip the deburring.'",
            "Changed since it was signed: the instructions of an operation.",
        ),
        (
            "first article",
            "UPDATE inspection_firstarticle SET forms = jsonb_set(forms, '{form3,0,9}', '\"69.99\"')",
            "Changed since it was signed: field 9 of Form 3.",
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


@pytest.mark.parametrize(
    "canonical", [b"\xff", b"[]", b'{"noun": 7}', b'{"noun": "a", "number": "b", "content": []}']
)
def test_signed_bytes_that_are_no_record_any_more_are_named_and_break_nothing(shipment, canonical):
    signature = Signature.objects.filter(noun="inspection").first()
    signature.canonical, signature.content_sha256 = canonical, sha256_of(canonical)
    said = altered(signature, noun="inspection", number=signature.number, content={})
    assert said == "The bytes that were signed cannot be read."


def test_an_inspection_of_a_piece_set_apart_signed_by_another_records_signature_is_named(cast):
    """Its signed values are looked for in what was signed, and that is a route here."""
    lot = make_lot(cast, at=999)
    record = InspectionRecord.objects.filter(state=InspectionRecord.COMPLETED).last()
    edit(
        "UPDATE routes_traveler SET parent_id = %s, split_at = now() WHERE id = %s", make_lot(cast).pk, lot.pk
    )
    edit(
        "UPDATE inspection_inspectionrecord SET completion_signature_id = (SELECT MIN(release_signature_id) "
        "FROM routes_routerevision) WHERE id = %s",
        record.pk,
    )
    assert altered_since_completion(record).startswith("It was given for route")


def test_a_concession_widened_behind_the_customers_signature_is_named(cast):
    request = make_request(cast, at="granted")
    [concession] = request.concessions.all()
    assert altered_concessions([concession.number]) == {}
    edit("UPDATE inspection_concession SET quantity_limit = 500")
    assert altered_concessions([concession.number]) == {
        concession.number: "Changed since it was signed: how many pieces it is for."
    }


def test_a_disposition_turned_behind_its_signature_is_named(cast):
    nonconformance = make_nonconformance(cast)
    concede(cast, nonconformance)
    decide(cast, nonconformance, Nonconformance.USE_AS_IS)
    number = nonconformance.number
    assert altered_dispositions([number]) == {}
    edit("UPDATE inspection_nonconformance SET disposition = 'repair', description = 'Scratch.'")
    assert altered_dispositions([number]) == {
        number: "Changed since it was signed: what was found, the disposition."
    }


@pytest.mark.parametrize("verb", ["stands", "withdrawn"])
def test_a_waiver_widened_behind_its_signature_is_named(cast, verb):
    lot = make_shippable_lot(cast)
    open_owners(lot)
    waiver = waivers.decide(cast, waivers.ask(cast, lot, waivers.OWNERS))
    if verb == "withdrawn":
        waivers.decide(cast, waiver, by=cast.manager, verb="withdraw")
    assert altered_waivers([waiver.number]) == {}
    edit("UPDATE documents_waiver SET quantity_limit = 500, valid_to = '2099-01-01'")
    assert altered_waivers([waiver.number]) == {
        waiver.number: "Changed since it was signed: how many pieces it is for, its last day."
    }


def test_a_step_is_read_again_as_it_was_signed_though_pieces_left_its_lot(cast):
    lot = make_lot(cast, at=999)
    numbers = [step.number for step in lot.steps.all()]
    assert altered_steps(numbers) == {}
    lots.split(by=cast.quality, traveler=lot, quantity=1, reason="One goes ahead.")
    assert altered_steps(numbers) == {}
    edit("UPDATE routes_travelerstep SET quantity_out = quantity_out - 1 WHERE number = %s", numbers[1])
    assert altered_steps(numbers) == {numbers[1]: "Changed since it was signed: the pieces that came out."}
