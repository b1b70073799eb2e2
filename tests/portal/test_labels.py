"""The labels of the first day."""

import pytest

from portal.domain.files import may_see_label
from portal.domain.labels import STANDARD, make_standard_labels
from portal.models import Label

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
