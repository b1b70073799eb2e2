"""What a thing touches, as page, table and call: found from its record, the same in all three, for the shop alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from inspection.models import Measurement
from routes.models import MaterialLot
from tests.factories.documents import make_shipment
from tests.factories.routes import today
from tests.machine import Machine, refusal

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_shipped_lot_is_found_from_every_record_that_proves_it(cast, sign_in):
    shipment = make_shipment(cast, at="dispatched")
    lot, client = shipment.lines.get().traveler, sign_in(cast.quality)
    MaterialLot.objects.filter(pk=lot.material_lot_id).update(identifier="=1+1/B")
    lot.material_lot.refresh_from_db()
    gauge = Measurement.objects.filter(record__traveler=lot, gauge__isnull=False).first().gauge
    order, certificate = lot.outside_lines.get().order, lot.coverages.get().certificate
    asked = {
        lot.material_lot: ("material", lot.material_lot.number),
        gauge: ("gauge", gauge.number),
        order: ("outside-order", order.number),
        certificate: ("certificate", certificate.number),
        order.site.approvals.get(): ("approval", order.site.approvals.get().number),
    }
    for record, (noun, number) in asked.items():
        page = reverse("documents:reach-detail", args=[noun, number])
        assert f'href="{page}"' in client.get(record.get_absolute_url()).content.decode()
        assert "Lots: 1 shipped. 5 pieces in all. Pieces are with Orrin Aerospace." in words(client.get(page))
    heat = reverse("documents:reach-csv", args=["heat", "=1+1/B"])
    titles, row = client.get(heat).content.decode("utf-8-sig").strip().split("\r\n")
    cells = dict(zip(titles.split(","), row.split(","), strict=True))
    assert (cells["Lot"], cells["Where"], cells["Shipment"], cells["Dispatched"]) == (
        lot.number,
        "Shipped",
        shipment.number,
        str(today()),
    )
    said = Machine(cast.quality).get("reach/heat/=1+1~1B/").json()
    assert [(each["lot"], each["place"], each["package"]) for each in said["lots"]] == [
        (lot.number, "shipped", shipment.packages.get().number)
    ]


def test_days_narrow_a_gauge_and_unreadable_ones_are_refused_or_overlooked(cast, sign_in):
    lot = make_shipment(cast, at="dispatched").lines.get().traveler
    gauge = Measurement.objects.filter(record__traveler=lot, gauge__isnull=False).first().gauge
    page = reverse("documents:reach-detail", args=["gauge", gauge.number])
    tomorrow = (today() + timedelta(days=1)).isoformat()
    client, machine = sign_in(cast.quality), Machine(cast.quality)
    assert "No lot is touched" in words(client.get(page, {"since": tomorrow}))
    assert lot.number in words(client.get(page, {"since": "2026-99-99"}))
    assert machine.get(f"reach/gauge/{gauge.number}/", since=tomorrow).json()["lots"] == []
    assert refusal(machine.get(f"reach/gauge/{gauge.number}/", since="soon"))[:2] == (400, "bad-filter")


def test_outsiders_and_unknown_things_find_nothing(cast, sign_in):
    lot = make_shipment(cast, at="dispatched").lines.get().traveler
    page = reverse("documents:reach-detail", args=["material", lot.material_lot.number])
    for person in (cast.buyer, cast.vendor):
        assert sign_in(person).get(page).status_code == 404
    client = sign_in(cast.quality)
    for noun, number in (("material", "M-999999"), ("weather", "x"), ("program", "~")):
        assert client.get(reverse("documents:reach-detail", args=[noun, number])).status_code == 404
