"""An inspector at Chromium maps the real customer's file and sees it beside ours; then the same on a phone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from documents.demo.people import PASSWORD, SINCE, make_people
from inspection.models import Nonconformance, ResultMapping, ValueSetAside
from tests.browser.visitor import BrowserVisitor
from tests.flows.test_real_cover import import_supplier_file, open_cover_lot, plan_cover, work_to_inspection
from tests.flows.test_real_cover_customer import ASIDE, OURS, SOURCE, characteristics_of

pytestmark = pytest.mark.browser
FILE = "cover_incoming_inspection_customer.qif"


def answers_on_page(lot) -> dict[str, str]:
    """Return what the inspector answers, by the labels of the form."""
    ours = characteristics_of(lot)
    said = {f"{name} ({nth}) is": f"{ours[own].balloon} {own}: " for (name, nth), own in OURS.items()}
    for (name, nth), reason in ASIDE.items():
        key = f"{name or 'an unnamed value'} ({nth})"
        said |= {f"{key} is": "set aside, with a reason", f"Reason to set {key} aside": reason}
    return said


def test_customer_file_is_mapped_and_compared_in_chromium(served_portal, chromium, shared_data):
    case = shared_data / "real-case-A-nist-cover"
    people = make_people(since=SINCE)
    lot = open_cover_lot(people, plan_cover(people, case))
    import_supplier_file(people, work_to_inspection(people, lot), case)
    inspector = BrowserVisitor(chromium, served_portal)
    inspector.sign_in(people.inspector.email, PASSWORD)

    inspector.open(reverse("inspection:comparison-detail", args=[lot.number]))
    inspector.follow("Take in the customer's results").send("Go on to the file")
    content = (case / "incoming" / FILE).read_bytes()
    inspector.send("Look at the file", {"Result file": (FILE, content)})
    assert "28 to say" in inspector.text
    inspector.send("Look again with these answers", answers_on_page(lot) | {"Name of this source": SOURCE})
    assert "The file writes the limits of PERPENDICULARITY1 as -0.13 mm." in inspector.text
    inspector.send("Look again with these answers", {"The drawing's limits count": True})
    inspector.send("Import the values")
    assert f"520 values of {FILE} are kept. 21 are set aside with their reasons." in inspector.text
    assert (ValueSetAside.objects.count(), ResultMapping.objects.get().source) == (21, SOURCE)

    inspector.window.set_viewport_size({"width": 390, "height": 844})
    inspector.follow("Compare with ours")
    nonconformance = Nonconformance.objects.get(measurement__isnull=False)
    assert "ours 0.078 FAIL, theirs 0.030 PASS" in inspector.text
    assert f"{nonconformance.number} is open." in inspector.text
    for name in ("comparison-detail", "record-detail"):
        number = lot.number if name == "comparison-detail" else lot.inspections.get(kind="final").number
        inspector.open(reverse(f"inspection:{name}", args=[number]))
        widths = inspector.window.evaluate(
            "[document.documentElement.scrollWidth, ...Array.from(document.querySelectorAll('.scroll'), each => "
            "each.scrollWidth - each.clientWidth + document.documentElement.clientWidth)]"
        )
        assert set(widths) == {390}
