"""The growth of a coating is drafted by machine and signed by a person."""

import pytest

from routes.models import CoatingGrowth
from tests.factories.routes import make_process_specification
from tests.machine import Machine, refusal

pytestmark = pytest.mark.django_db


def test_a_growth_is_drafted_read_and_dropped(cast):
    specification = make_process_specification(cast)
    machine = Machine(cast.quality)
    drafted = {
        "specification": specification.number,
        "revision": specification.revision,
        "spec_type": "II",
        "thickness_min": "0.040",
        "thickness_max": "0.060",
        "unit": "mm",
        "ratio_min": "0.5",
        "ratio_max": "0.5",
        "source": "Letter of Brightwater Finishing, 3 March",
    }
    answer = machine.post("coating-growths/", drafted)
    made = CoatingGrowth.objects.get()
    assert (answer.status_code, answer.json()["number"]) == (201, made.number)
    shown = machine.get(f"coating-growths/{made.number}/").json()
    assert (shown["thickness_min"], shown["ratio_max"], shown["state"], shown["signed_by"]) == (
        "0.04",
        "0.5",
        "draft",
        None,
    )
    assert refusal(machine.post("coating-growths/", drafted))[1] == "already-there"
    turned = drafted | {"spec_type": "III", "thickness_min": "0.07"}
    assert refusal(machine.post("coating-growths/", turned))[1] == "figures-do-not-fit"
    unknown = machine.post("coating-growths/", drafted | {"specification": "MIL-X"})
    assert "There is no process specification MIL-X F in force here." in unknown.content.decode()
    assert Machine(cast.operator).post("coating-growths/", drafted).status_code == 403
    dropped = machine.post(f"coating-growths/{made.number}/drop/", {"reason": "Measured anew."})
    assert dropped.json()["state"] == "dropped"
    assert machine.get("coating-growths/", state="draft").json()["results"] == []
