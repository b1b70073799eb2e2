"""First articles: filled from the records, complete, approved by another person."""

from datetime import timedelta

import pytest

from inspection.domain import first_articles
from inspection.domain.completeness import open_fields
from inspection.domain.first_articles import FirstArticleIsFrozen
from inspection.domain.forms import forms_of
from inspection.models import FirstArticle, Measurement
from portal.domain.errors import Incomplete, NotEntitled, NotTheMoment
from portal.models import Organization, Site
from routes.domain.materials import record_certificate as record_material_certificate
from routes.domain.words import AuthorMayNotApprove
from routes.models import Traveler
from subcontract.domain.receipts import receipts_of, record_certificate
from tests.cast import reauth
from tests.factories.inspection import (
    make_final_inspection,
    make_first_article,
    make_lot,
    make_nonconformance,
)
from tests.factories.measuring import characteristic_of, complete, measure_all
from tests.factories.routes import make_gauge, today


@pytest.fixture
def lot(cast) -> Traveler:
    """A serialised lot at its end, every step done."""
    return make_lot(cast, at=999, quantity=3, is_serialized=True)


def test_form_1_is_filled_from_the_records(cast, lot):
    first_article = make_first_article(cast, lot=lot)
    part_revision = lot.route_revision.part_revision
    values = {number: entry["value"] for number, entry in forms_of(first_article)["form1"].items()}
    assert values == {
        "1": part_revision.part.number,
        "2": "Bracket",
        "3": "0001",
        "4": first_article.number,
        "5": "A",
        "6": part_revision.drawing_number,
        "7": "A",
        "8": "",
        "9": f"{lot.route_revision}, lot {lot.number}",
        "10": "Halden Precision",
        "11": "",
        "12": lot.order_line.order.po_number,
        "13": "Detail",
        "14": "Full FAI; First production run",
        "19": "No",
        "20": "",
        "21": "",
        "22": "",
        "23": "",
        "24": "",
        "25": "",
        "26": "",
    }


def test_form_1_carries_the_labels_of_revision_c():
    from inspection.domain.as9102 import FORM_1

    assert (FORM_1["4"], FORM_1["19"], FORM_1["22"]) == (
        "FAIR Identifier",
        "Does FAIR contain a documented nonconformance?",
        "FAIR Reviewed/Approved By",
    )
    assert sorted(FORM_1, key=int) == [str(number) for number in (*range(1, 15), *range(19, 27))]


def prove_material(cast, lot):
    record_material_certificate(
        by=cast.quality, material_lot=lot.material_lot, number="MTR-5", on=today(), state="accepted"
    )


def prove_process(cast, lot):
    [receipt] = receipts_of(lot)
    record_certificate(by=cast.quality, receipt=receipt, number="BF-881", on=today(), state="accepted")


@pytest.mark.parametrize("order", [("material", "process", "open"), ("open", "process", "material")])
def test_form_2_is_the_same_whatever_came_first(cast, lot, order):
    acts = {
        "material": lambda: prove_material(cast, lot),
        "process": lambda: prove_process(cast, lot),
        "open": lambda: make_first_article(cast, lot=lot),
    }
    for name in order:
        acts[name]()
    rows = forms_of(FirstArticle.objects.get())["form2"]
    heat = lot.material_lot.identifier
    assert [[row[number] for number in ("5", "6", "8", "9", "10")] for row in rows] == [
        [
            f"6061-T6, heat {heat}",
            "AMS-QQ-A-250/11 A, Bar 50 × 20 mm",
            "Corvane Mill, 1 Mill Lane, Haldenby, US",
            "NA",
            "MTR-5",
        ],
        [
            "Anodize",
            "MIL-PRF-8625 F II, 1",
            "Brightwater Finishing, 1 Mill Lane, Haldenby, US",
            "Yes",
            "BF-881",
        ],
    ]


def test_certificate_counts_on_form_2_once_it_is_accepted(cast, lot):
    [receipt] = receipts_of(lot)
    record_certificate(by=cast.quality, receipt=receipt, number="BF-881", on=today(), state="review")
    rows = forms_of(make_first_article(cast, lot=lot))["form2"]
    assert [row["10"] for row in rows] == ["", ""]


def test_form_3_shows_every_characteristic_of_the_piece(cast, lot):
    rows = forms_of(make_first_article(cast, lot=lot, serial="0002"))["form3"]
    assert [(row["5"], row["8"], row["9"], row["12"]) for row in rows] == [
        ("1", "Bore 10 ±0.1", "10.0", "after finish, operation 50"),
        ("2", "Width 40 ±0.1", "40.0", "before finish, operation 30"),
        ("3", "Length 80 ±0.1", "80.0", "after finish, operation 50"),
    ]


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("part name", "Form 1 field 2 Part Name"),
        ("shop", "Form 1 field 10 Organization Name"),
        ("address", "Form 2 field 8 Supplier of Anodize: name and address"),
        ("result", "Form 3 field 9 Results of characteristic 1"),
        ("tooling", "Form 3 field 10 Tooling of characteristic 1, which has limits and no value"),
    ],
)
def test_empty_required_field_is_named(cast, damage, named):
    lot = make_lot(cast, quantity=3)
    if damage in ("result", "tooling"):
        record = make_final_inspection(cast, lot=lot)
        if damage == "tooling":
            take_attribute(cast, record)
    else:
        make_final_inspection(cast, lot=lot, at="completed")
    first_article = make_first_article(cast, lot=lot)
    damages = {
        "part name": lambda: rename_part(lot),
        "shop": lambda: Organization.objects.filter(pk=cast.shop.pk).update(name=""),
        "address": lambda: Site.objects.filter(pk=cast.vendor_site.pk).update(street="", city="", country=""),
    }
    damages.get(damage, lambda: None)()
    with pytest.raises(Incomplete) as refused:
        submit(cast, first_article)
    assert named in refused.value.facts["fields"]
    assert named in refused.value.sentence


def rename_part(lot: Traveler) -> None:
    part = lot.route_revision.part_revision.part
    part.name = ""
    part.save()


def take_attribute(cast, record):
    from inspection.domain.measurements import record_attribute

    record_attribute(
        by=cast.inspector,
        record=record,
        characteristic=characteristic_of(record, "1"),
        serial="1",
        is_conforming=True,
        measured_on=today(),
        gauge=make_gauge(cast, kind="plug gauge"),
    )


def submit(cast, first_article, by=None):
    by = by or cast.inspector
    return first_articles.submit(by=by, first_article=first_article, token=reauth(by))


def test_tooling_closes_an_attribute_result(cast):
    lot = make_lot(cast, quantity=3)
    record = make_final_inspection(cast, lot=lot)
    take_attribute(cast, record)
    measure_all(cast, record)
    complete(cast, record)
    first_article = make_first_article(cast, lot=lot)
    with pytest.raises(Incomplete, match="field 10 Tooling"):
        submit(cast, first_article)
    first_articles.add_line(
        by=cast.inspector,
        first_article=first_article,
        characteristic=characteristic_of(record, "1"),
        tooling="Plug gauge PG-10",
    )
    assert submit(cast, first_article).state == FirstArticle.SUBMITTED


def test_failing_result_carries_its_nonconformance(cast):
    record = make_final_inspection(cast, quantity=3, is_serialized=True)
    nonconformance = make_nonconformance(cast, record=record, serial="0003")
    first_article = make_first_article(cast, lot=nonconformance.traveler, serial="0003")
    forms = forms_of(first_article)
    assert (forms["form3"][0]["9"], forms["form3"][0]["11"]) == ("10.4", nonconformance.number)
    assert forms["form1"]["19"]["value"] == "Yes"
    forms["form3"][0]["11"] = ""
    assert "Form 3 field 11 Nonconformance Number of characteristic 1" in open_fields(forms)


def test_every_empty_field_is_named_at_once():
    row = {
        "5": "1",
        "8": "10",
        "9": "",
        "10": "",
        "11": "",
        "is_failing": False,
        "is_attribute_of_limits": False,
    }
    empty = {
        "form1": {number: {"value": ""} for number in map(str, range(1, 27))},
        "form2": [],
        "form3": [row],
    }
    assert open_fields(empty) == [
        "Form 1 field 1 Part Number",
        "Form 1 field 2 Part Name",
        "Form 1 field 4 FAIR Identifier",
        "Form 1 field 9 Manufacturing Process Reference",
        "Form 1 field 10 Organization Name",
        "Form 1 field 13 Detail / Assembly",
        "Form 1 field 14 Full FAI / Partial FAI, Baseline Part Number incl. Revision, Reason for Full/Partial FAI",
        "Form 1 field 19 Does FAIR contain a documented nonconformance?",
        "Form 3 field 9 Results of characteristic 1",
    ]


def test_submitted_forms_are_frozen(cast, lot):
    first_article = make_first_article(cast, lot=lot, at="submitted")
    rename_part(lot)
    assert forms_of(first_article)["form1"]["2"]["value"] == "Bracket"
    with pytest.raises(FirstArticleIsFrozen, match="is in review"):
        first_articles.add_line(
            by=cast.inspector,
            first_article=first_article,
            characteristic=Measurement.objects.first().characteristic,
            comment="Late words",
        )


def test_author_may_not_approve(cast, lot):
    first_article = make_first_article(cast, lot=lot, at="submitted")
    FirstArticle.objects.filter(pk=first_article.pk).update(author=cast.quality)
    with pytest.raises(AuthorMayNotApprove, match="wrote or verified"):
        approve(cast, first_article, cast.quality)
    assert approve(cast, first_article, cast.second_quality).state == FirstArticle.APPROVED


def test_verifier_may_not_approve(cast, lot):
    submitted = submit(cast, make_first_article(cast, lot=lot), by=cast.quality)
    with pytest.raises(AuthorMayNotApprove):
        approve(cast, submitted, cast.quality)
    assert approve(cast, submitted, cast.second_quality).state == FirstArticle.APPROVED


def approve(cast, first_article, by):
    return first_articles.approve(by=by, first_article=first_article, token=reauth(by))


def test_approval_fills_fields_20_to_23(cast, lot):
    approved = make_first_article(cast, lot=lot, at="approved")
    form1 = forms_of(approved)["form1"]
    day = f"{approved.approved_signature.signed_at:%-d %b %Y}"
    assert [form1[number]["value"] for number in ("20", "21", "22", "23")] == [
        "Lotte Brandvold, Inspector",
        day,
        "Maud Ferreira, Quality engineer",
        day,
    ]
    assert first_articles.first_article_for(approved.part_revision) == approved
    assert first_articles.approved_for([approved.route_revision_id]) == {approved.route_revision_id: approved}


def test_draft_is_not_approved_and_approval_happens_once(cast, lot):
    first_article = make_first_article(cast, lot=lot)
    with pytest.raises(NotTheMoment, match="is draft"):
        approve(cast, first_article, cast.quality)
    approved = approve(cast, submit(cast, first_article), cast.quality)
    with pytest.raises(NotTheMoment, match="is approved"):
        approve(cast, approved, cast.second_quality)


def test_inspector_does_not_approve(cast, lot):
    first_article = make_first_article(cast, lot=lot, at="submitted")
    FirstArticle.objects.filter(pk=first_article.pk).update(author=cast.manager, verified_signature=None)
    with pytest.raises(NotEntitled):
        approve(cast, first_article, cast.inspector)


def test_returned_first_article_comes_back_filled_anew(cast, lot):
    first_article = make_first_article(cast, lot=lot, at="submitted")
    with pytest.raises(Incomplete, match="Say what must change"):
        first_articles.return_to_author(by=cast.quality, first_article=first_article, reason=" ")
    returned = first_articles.return_to_author(
        by=cast.quality, first_article=first_article, reason="Zone of balloon 2 is missing."
    )
    assert (returned.state, returned.return_reason) == ("returned", "Zone of balloon 2 is missing.")
    prove_material(cast, lot)
    assert submit(cast, returned).forms["form2"][0]["10"] == "MTR-5"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reason": " "}, "Field 14 asks for the reason"),
        ({"extent": "partial"}, "names its baseline"),
        ({"serial": "0009"}, "0009 is not a piece of lot"),
    ],
)
def test_first_article_names_piece_reason_and_baseline(cast, lot, facts, words):
    wanted = {"serial": "0001", "reason": "First production run"}
    with pytest.raises(Incomplete, match=words):
        first_articles.open_first_article(by=cast.inspector, traveler=lot, **{**wanted, **facts})
    opened = first_articles.open_first_article(by=cast.inspector, traveler=lot, **wanted)
    assert opened.state == FirstArticle.DRAFT


def test_partial_first_article_builds_on_an_approved_one(cast, lot):
    draft = make_first_article(cast, lot=lot)
    with pytest.raises(NotTheMoment, match="is not approved, so it is no baseline"):
        make_first_article(cast, lot=lot, extent="partial", baseline=draft)
    approved = approve(cast, submit(cast, draft), cast.quality)
    partial = make_first_article(cast, lot=lot, extent="partial", baseline=approved)
    assert forms_of(partial)["form1"]["14"]["value"] == (
        f"Partial FAI; baseline {lot.route_revision.part_revision} ({approved.number}); First production run"
    )


def test_prototype_lot_proves_no_process(cast, lot):
    Traveler.objects.filter(pk=lot.pk).update(purpose=Traveler.PROTOTYPE)
    lot.refresh_from_db()
    with pytest.raises(NotTheMoment, match="first production run"):
        make_first_article(cast, lot=lot)


def test_buyer_sees_approved_first_articles_only(cast, lot):
    first_article = make_first_article(cast, lot=lot, at="submitted")
    assert list(FirstArticle.objects.for_viewer(cast.buyer)) == []
    approved = approve(cast, first_article, cast.quality)
    assert list(FirstArticle.objects.for_viewer(cast.buyer)) == [approved]
    assert list(FirstArticle.objects.for_viewer(cast.stranger_buyer)) == []


def test_outside_process_of_an_unapproved_site_says_no(cast, lot):
    [receipt] = receipts_of(lot)
    from subcontract.models import ApprovalScope

    ApprovalScope.objects.update(state="withdrawn", state_since=today() - timedelta(days=9))
    rows = forms_of(make_first_article(cast, lot=lot))["form2"]
    assert (rows[1]["9"], receipt.line.order.site) == ("No", cast.vendor_site)
