"""Parts lists, building in and packing demands, as people and machines meet them."""

import pytest
from django.urls import reverse

from routes.models import Component, ComponentUse, PackingDemand
from tests.factories.components import BUSHING, make_assembly, make_plain_revision
from tests.factories.routes import make_material_specification, make_order_line
from tests.machine import Machine, refusal


def url(name, **keywords):
    return reverse(f"routes:{name}", kwargs=keywords)


def error_of(answer):
    return " ".join(" ".join(each) for each in answer.context["form"].errors.values())


def test_parts_list_is_written_and_shortened_on_its_page(cast, sign_in):
    assembly = make_plain_revision(cast)
    names = {"number": assembly.part.number, "revision": assembly.revision}
    bushing = make_material_specification(cast, number=BUSHING)
    client = sign_in(cast.quality)
    data = {"item_number": "7", "quantity_each": 2, "specification": bushing.pk}
    refused = client.post(url("component-add", **names), data)
    assert (refused.status_code, error_of(refused)) == (
        422,
        "Item 7 has no part number. Copy it from the drawing.",
    )
    added = client.post(
        url("component-add", **names), {**data, "part_number": "NAS 72-10-9", "name": "Bushing"}, follow=True
    )
    page = added.content.decode()
    assert "bought to NASM 77120" in page
    removal = url("component-remove", **names, item="7")
    assert removal in page
    client.post(removal)
    assert Component.objects.count() == 0


def test_pieces_are_built_in_and_taken_out_on_the_page_of_the_lot(cast, sign_in):
    lot, made, _, source, _ = make_assembly(cast)
    client = sign_in(cast.operator)
    build_in, take_out = (
        url(name, number=lot.number, item=made.item_number)
        for name in ("component-build-in", "component-take-out")
    )
    assert build_in in client.get(lot.get_absolute_url()).content.decode()
    too_many = client.post(build_in, {"source": source.number, "quantity": 11})
    assert (too_many.status_code, "needs 10 of item 1" in error_of(too_many)) == (422, True)
    shown = client.post(build_in, {"source": source.number, "quantity": 10}, follow=True).content.decode()
    assert (take_out in shown, source.number in shown) == (True, True)
    assert lot.number in client.get(source.get_absolute_url()).content.decode()
    client.post(take_out, {"source": source.number, "quantity": 1, "reason": "Bore scored."})
    assert [use.quantity for use in ComponentUse.objects.order_by("pk")] == [10, -1]
    stranger = client.post(build_in, {"source": "T-999999", "quantity": 1})
    assert stranger.status_code == 422


def test_packing_demand_is_put_on_a_line_and_withdrawn(cast, sign_in):
    line = make_order_line(cast, make_plain_revision(cast))
    names = {"number": line.order.number, "line_number": 1}
    client = sign_in(cast.quality)
    refused = client.post(url("packing-demand-add", **names), {"kind": "shelf_life", "text": "Cure date"})
    assert (refused.status_code, "how many days of shelf life" in error_of(refused)) == (422, True)
    page = client.post(
        url("packing-demand-add", **names), {"kind": "label", "text": "Bar code on each bag"}, follow=True
    )
    withdraw = url("packing-demand-withdraw", **names, position=1)
    assert withdraw in page.content.decode()
    client.post(withdraw, {"reason": "Amendment 2"})
    assert PackingDemand.objects.get().is_withdrawn
    assert client.get(withdraw).status_code == 404


@pytest.mark.django_db
def test_machine_builds_in_and_reads(cast):
    lot, made, _, source, _ = make_assembly(cast)
    machine = Machine(cast.operator)
    given = {"item_number": made.item_number, "quantity": 4, "source_lot": source.number}
    answer = machine.post(f"/api/v1/travelers/{lot.number}/components/", given)
    assert (answer.status_code, answer.json()["source_lot"]) == (201, source.number)
    again = machine.post(f"/api/v1/travelers/{lot.number}/components/", given | {"quantity": 40})
    assert refusal(again)[2] == (
        f"Lot {lot.number} needs 10 of item 1, {made.part_number}, and has 4; 40 cannot be built in. Give at most "
        "what is missing; what is replaced comes out first."
    )
    unknown = machine.post(f"/api/v1/travelers/{lot.number}/components/", given | {"item_number": "9"})
    assert unknown.status_code == 422
    uses = machine.get(f"/api/v1/component-uses/?lot={lot.number}").json()["results"]
    assert [use["quantity"] for use in uses] == [4]
    listed = machine.get(f"/api/v1/components/?part={lot.route_revision.part_revision.part.number}").json()
    assert len(listed["results"]) == 2


@pytest.mark.django_db
def test_machine_says_how_a_line_is_packed(cast):
    line = make_order_line(cast, make_plain_revision(cast))
    machine = Machine(cast.quality)
    address = f"/api/v1/orders/{line.order.number}/lines/1/packing-demands/"
    answer = machine.post(address, {"kind": "shelf_life", "text": "Cure date", "least_days_left": 90})
    assert (answer.status_code, answer.json()["position"]) == (201, 1)
    listed = machine.get(f"/api/v1/packing-demands/?order={line.order.number}").json()["results"]
    assert [(each["kind"], each["least_days_left"]) for each in listed] == [("shelf_life", 90)]
