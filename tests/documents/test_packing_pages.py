"""Recording how a lot is packed on the page of its shipment."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import PackingRecord
from tests.cast import PASSWORD
from tests.factories.packing import PNG, make_demanding_shipment


def test_demand_is_recorded_where_the_shipment_asks_for_it(cast, sign_in):
    shipment, lot, _ = make_demanding_shipment(cast, "marking", "shelf_life")
    names = {"number": shipment.number, "lot": lot.number}
    stamp, shelf = (
        reverse("documents:packing-record", kwargs=names | {"position": place}) for place in (1, 2)
    )
    client = sign_in(cast.inspector)
    page = client.get(shipment.get_absolute_url()).content.decode()
    assert (stamp in page, shelf in page) == (True, True)
    refused = client.post(stamp, {"is_met": "not_met", "password": PASSWORD})
    assert (refused.status_code, "Say why" in refused.content.decode()) == (422, True)
    photo = SimpleUploadedFile("stamp.png", PNG)
    client.post(stamp, {"is_met": "met", "photo": photo, "password": PASSWORD})
    undated = client.post(shelf, {"is_met": "met", "password": PASSWORD})
    assert (undated.status_code, "Name the last day" in undated.content.decode()) == (422, True)
    kept = PackingRecord.objects.get()
    assert (kept.is_met, kept.demand.position, kept.photo.original_name) == (True, 1, "stamp.png")
    shown = reverse("documents:packing-photo", kwargs=names | {"position": 1})
    assert client.get(shown)["Content-Type"] == "image/png"
    assert client.get(reverse("documents:packing-record", kwargs=names | {"position": 9})).status_code == 404


def test_operator_reads_and_does_not_record(cast, sign_in):
    shipment, lot, _ = make_demanding_shipment(cast)
    names = {"number": shipment.number, "lot": lot.number, "position": 1}
    client = sign_in(cast.operator)
    page = client.get(shipment.get_absolute_url())
    record = reverse("documents:packing-record", kwargs=names)
    assert (page.status_code, record in page.content.decode()) == (200, False)
    assert client.get(record).status_code == 403
