"""Rules of first articles that the forms alone do not show: sources, independence, editions, partial ones."""

import pytest

from inspection.domain import first_articles, nonconformances
from inspection.domain.completeness import open_fields
from inspection.domain.first_articles import EditionNotKept, FirstArticleIsFrozen, MeasuredOwnWork
from inspection.domain.form_3 import plain, resolution_of
from inspection.domain.forms import forms_of
from inspection.models import FirstArticle, Measurement
from inspection.views.limits_bars import limits_bar
from portal.domain.errors import Incomplete, NotTheMoment
from portal.models import Site
from routes.domain import materials
from routes.domain.materials import MaterialDoesNotMatch
from routes.domain.words import AlreadyThere
from routes.models import Characteristic, MaterialLot, TravelerStep
from subcontract.models import ApprovalScope
from tests.cast import reauth
from tests.factories.inspection import make_first_article, make_lot
from tests.factories.routes import make_material, make_mill


@pytest.fixture
def lot(cast):
    """A complete lot of two pieces, every planned value at its nominal."""
    return make_lot(cast, at=999, quantity=2)


def submit(cast, record) -> FirstArticle:
    return first_articles.submit(by=cast.inspector, first_article=record, token=reauth(cast.inspector))


def test_source_that_is_not_approved_asks_for_a_nonconformance(cast, lot):
    record = make_first_article(cast, lot=lot)
    ApprovalScope.objects.all().delete()
    forms = forms_of(record)
    assert (forms["form2"][1]["9"], forms["form1"]["19"]["value"]) == ("No", "Yes")
    with pytest.raises(
        Incomplete, match="Anodize, whose source is not approved .field 9 No.: open a nonconformance"
    ):
        submit(cast, record)
    opened = nonconformances.open_nonconformance(
        by=cast.inspector, traveler=lot, description="Source was not approved.", quantity=1
    )
    assert forms_of(record)["form2"][1]["13"] == opened.number
    assert submit(cast, record).state == FirstArticle.SUBMITTED


def test_supplier_without_street_or_town_leaves_field_8_open(cast, lot):
    record = make_first_article(cast, lot=lot)
    Site.objects.filter(pk=cast.vendor_site.pk).update(street="", city="")
    assert open_fields(forms_of(record)) == ["Form 2 field 8 Supplier of Anodize: name and address"]
    Site.objects.filter(pk=cast.vendor_site.pk).update(city="Haldenby")
    assert open_fields(forms_of(record)) == []


def test_supplier_of_material_is_named_later_and_once(cast):
    material, mill = make_material(cast, supplier=None), make_mill(cast)
    with pytest.raises(MaterialDoesNotMatch, match="Halden Precision sells no material to us"):
        materials.name_supplier(by=cast.inspector, material_lot=material, supplier=cast.shop)
    named = materials.name_supplier(by=cast.inspector, material_lot=material, supplier=mill)
    assert named.supplier == mill
    with pytest.raises(AlreadyThere, match="is on record as bought from Corvane Mill"):
        materials.name_supplier(by=cast.inspector, material_lot=material, supplier=mill)
    furnished = make_material(cast, supplier=None, is_customer_furnished=True)
    with pytest.raises(NotTheMoment, match="furnished by the customer"):
        materials.name_supplier(by=cast.inspector, material_lot=furnished, supplier=mill)
    assert MaterialLot.objects.filter(supplier=mill).count() == 1


def test_who_machined_the_lot_does_not_verify_it(cast, lot):
    record = make_first_article(cast, lot=lot)
    step = TravelerStep.objects.filter(traveler=lot, operation__kind="machine").first()
    signed = type(step.signature).objects.filter(person=cast.inspector).first()
    TravelerStep.objects.filter(pk=step.pk).update(signature=signed)
    with pytest.raises(MeasuredOwnWork) as refused:
        submit(cast, record)
    assert refused.value.sentence == (
        f"{record.number} is verified by who made the parts: Lotte Brandvold signed operation "
        f"{step.operation.sequence} of the lot and measured 3 of the results. Have somebody else measure the piece "
        "again."
    )
    TravelerStep.objects.filter(pk=step.pk).update(signature=step.signature)
    assert submit(cast, record).state == FirstArticle.SUBMITTED


def test_partial_takes_no_result_its_baseline_had(cast, lot):
    baseline = make_first_article(cast, lot=lot, at="approved")
    partial = make_first_article(cast, lot=lot, extent="partial", baseline=baseline)
    assert forms_of(partial)["form3"] == []
    with pytest.raises(Incomplete, match="no characteristic has a result of this first article's own"):
        submit(cast, partial)
    old = Measurement.objects.filter(characteristic__balloon="1", serial="1").first()
    fresh = {field.name: getattr(old, field.name) for field in Measurement._meta.fields if field.name != "id"}
    signed_at = baseline.approved_signature.signed_at
    Measurement.objects.create(**fresh | {"recorded_at": signed_at.replace(year=signed_at.year + 1)})
    assert [(row["5"], row["9"]) for row in forms_of(partial)["form3"]] == [("1", "10.0")]
    assert submit(cast, partial).state == FirstArticle.SUBMITTED


def test_edition_that_is_not_kept_is_refused(cast, lot):
    with pytest.raises(EditionNotKept, match="not as Rev A"):
        make_first_article(cast, lot=lot, form_revision="A")
    assert make_first_article(cast, lot=lot, form_revision="C").form_revision == "C"


def test_form_1_is_corrected_until_it_is_submitted(cast, lot):
    record = make_first_article(cast, lot=lot)
    with pytest.raises(Incomplete, match="Field 14 asks for the reason"):
        first_articles.correct(by=cast.inspector, first_article=record, reason=" ")
    corrected = first_articles.correct(
        by=cast.inspector,
        first_article=record,
        reason="New fixture",
        additional_changes="ECN 118",
        comments="–",
    )
    form1 = forms_of(corrected)["form1"]
    assert [form1[number]["value"] for number in ("8", "14", "26")] == [
        "ECN 118",
        "Full FAI; New fixture",
        "–",
    ]
    submit(cast, record)
    with pytest.raises(FirstArticleIsFrozen):
        first_articles.correct(by=cast.inspector, first_article=record, reason="Other")


@pytest.mark.parametrize(
    ("limits", "digits"),
    [
        ({"nominal": "10", "lower": "9.9", "upper": "10.1"}, 1),
        ({"lower": "39.975", "upper": "40.000"}, 3),
        ({"upper": "0.05"}, 2),
        ({}, 0),
    ],
)
def test_result_is_written_to_the_resolution_of_its_limits(limits, digits):
    from decimal import Decimal

    assert resolution_of(Characteristic(**{name: Decimal(text) for name, text in limits.items()})) == digits
    assert plain(Decimal("40.0000")) == "40"


@pytest.mark.parametrize(
    ("scale", "inside", "outside"),
    [
        ({"lower": "9.9", "nominal": "10", "upper": "10.1", "values": ["10.0"]}, ["60.0"], []),
        ({"lower": "9.9", "upper": "10.1", "values": ["10.4", "9.9"]}, ["10.0"], ["116.0"]),
        ({"upper": "0.05", "values": ["0.025"]}, ["60.0"], []),
        ({"upper": "0.05", "values": ["0.078"]}, [], ["116.0"]),
        ({"lower": "5", "values": ["4"]}, [], ["4.0"]),
    ],
)
def test_bar_shows_where_a_value_lies(scale, inside, outside):
    bar = limits_bar(scale)
    assert (bar["inside"], bar["outside"]) == (inside, outside)


def test_bar_of_nothing_is_not_drawn():
    assert [limits_bar(None), limits_bar({"lower": "1", "upper": "1", "values": ["1"]})] == [None, None]
