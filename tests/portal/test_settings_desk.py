"""The settings desk says how each of its desks stands."""

import pytest

from portal import queue
from portal.domain.labels import make_standard_labels
from portal.models import Job
from portal.views.settings import counted

pytestmark = pytest.mark.django_db


def words(page):
    return {desk["label"]: (desk["words"], desk["state"]) for desk in page.context["desks"]}


def test_each_desk_says_how_it_stands(cast, sign_in):
    make_standard_labels()
    shown = words(sign_in(cast.operator).get("/settings/"))
    assert {label: shown[label] for label in ("People", "Organizations", "Labels", "Background work")} == {
        "People": ("11 active, 0 disabled", ""),
        "Organizations": ("2 customers, 2 vendors", ""),
        "Labels": ("3 labels", ""),
        "Background work": ("0 to do", ""),
    }


def test_work_set_aside_asks_for_somebody(cast, sign_in):
    made = queue.enqueue("make-package", unique_key="package:P-000001:1", arguments={})
    Job.objects.filter(pk=made.pk).update(state=Job.PARKED, last_error="No font.")
    assert words(sign_in(cast.operator).get("/settings/"))["Background work"] == ("1 set aside", "parked")


@pytest.mark.parametrize(("number", "said"), [(0, "0 labels"), (1, "1 label"), (2, "2 labels")])
def test_a_number_agrees_with_its_word(number, said):
    assert counted(number, "label") == said
