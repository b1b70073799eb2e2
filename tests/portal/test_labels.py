"""The labels of the first day, and those a shop adds."""

import pytest

from portal.domain import labels
from portal.domain.errors import Incomplete, NotEntitled, Refused
from portal.domain.files import may_see_label
from portal.domain.labels import STANDARD, make_standard_labels
from portal.models import Event, Label

pytestmark = pytest.mark.django_db


def test_standard_labels_stand_once_and_in_order_of_strictness():
    make_standard_labels()
    make_standard_labels()
    assert list(Label.objects.values_list("code", flat=True)) == [row[0] for row in STANDARD]


@pytest.mark.parametrize(("code", "is_seen"), [("PROPRIETARY", True), ("EAR", False), ("ITAR", False)])
def test_export_controlled_labels_hide_from_those_not_eligible(cast, code, is_seen):
    make_standard_labels()
    label = Label.objects.get(code=code)
    assert may_see_label(cast.operator, label) is is_seen
    cast.operator.is_export_eligible = True
    assert may_see_label(cast.operator, label) is True


def test_a_label_that_stands_already_is_kept(db):
    Label.objects.create(code="EAR", name="As our customer words it", strictness=7)
    make_standard_labels()
    assert Label.objects.get(code="EAR").name == "As our customer words it"


NDA = {
    "code": "nda-7",
    "name": "Under an NDA",
    "strictness": 20,
    "needs_eligibility": False,
    "allowed_countries": ["us", "CA"],
}


def test_a_manager_adds_a_label_and_it_is_written_down(cast):
    label = labels.add_label(by=cast.manager, **NDA)
    assert (label.code, label.allowed_countries) == ("NDA-7", ["CA", "US"])
    assert Event.objects.get(noun="label").data == {
        "name": "Under an NDA",
        "strictness": 20,
        "needs_eligibility": False,
        "allowed_countries": ["CA", "US"],
    }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"code": "a b"},
            "'a b' is not a short code. Use letters A to Z, digits and hyphens, as in NDA-2.",
        ),
        ({"code": "EAR"}, "EAR is the code of Export controlled (EAR). Choose another code."),
        (
            {"strictness": 50},
            "Strictness 50 is how strict Export controlled (EAR) is. Choose another one.",
        ),
        ({"strictness": 0}, "Strictness 0 is not between 1 and 99; higher is stricter."),
        (
            {"allowed_countries": ["USA"]},
            "USA is not a country code of two letters, as in US or DE.",
        ),
        ({"name": " "}, "Give the label a name that people read on drawings and files."),
    ],
)
def test_a_label_that_cannot_be_is_refused(cast, change, sentence):
    make_standard_labels()
    with pytest.raises(Refused) as refused:
        labels.add_label(by=cast.manager, **NDA | change)
    assert refused.value.sentence == sentence
    assert Label.objects.count() == 3


def test_only_a_manager_decides_about_labels(cast):
    label = labels.add_label(by=cast.manager, **NDA)
    facts = {field: NDA[field] for field in NDA if field != "code"}
    with pytest.raises(NotEntitled):
        labels.add_label(by=cast.quality, **NDA | {"code": "NDA-8", "strictness": 21})
    with pytest.raises(NotEntitled):
        labels.change_label(by=cast.quality, label=label, reason="Looser", **facts)


def test_a_change_keeps_what_was_and_why(cast):
    label = labels.add_label(by=cast.manager, **NDA)
    facts = {"name": "Under the NDA of 2026", "strictness": 30, "needs_eligibility": True}
    with pytest.raises(Incomplete):
        labels.change_label(by=cast.manager, label=label, allowed_countries=[], reason=" ", **facts)
    changed = labels.change_label(
        by=cast.manager, label=label, allowed_countries=[], reason="New agreement", **facts
    )
    assert (changed.strictness, changed.needs_eligibility, changed.allowed_countries) == (30, True, [])
    data = Event.objects.get(verb="change", noun="label").data
    assert (data["before"]["strictness"], data["after"]["strictness"], data["reason"]) == (
        20,
        30,
        "New agreement",
    )


def test_a_manager_adds_and_changes_a_label_on_the_page(cast, sign_in):
    client = sign_in(cast.manager)
    typed = {"code": "NDA-7", "name": "Under an NDA", "strictness": "20", "allowed_countries": "us, ca"}
    client.post("/labels/add/", typed)
    page = client.get("/labels/NDA-7/change/")
    assert page.context["form"].initial["allowed_countries"] == ["CA", "US"]
    assert 'value="CA, US"' in page.content.decode()
    client.post("/labels/NDA-7/change/", typed | {"allowed_countries": "us", "reason": "Canada is out"})
    assert Label.objects.get().allowed_countries == ["US"]
    rows = client.get("/labels/").context["rows"]
    assert [(row["code"], row["sent_to"], row["seen_by"], row["files"]) for row in rows] == [
        ("NDA-7", "US", "all who may see the record", 0)
    ]


def test_others_read_the_labels_without_a_way_to_change_them(cast, sign_in):
    make_standard_labels()
    answer = sign_in(cast.operator).get("/labels/")
    assert (answer.context["acts"], {row["url"] for row in answer.context["rows"]}) == ([], {""})
