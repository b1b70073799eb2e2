"""Example records of this room for the stranger test."""

from __future__ import annotations

from decimal import Decimal

from documents.domain import arrivals, packages, upload_links, waiting_photos
from documents.domain.imports import tables
from documents.domain.test_results import ResultRow, add_result
from documents.models import Disposal, RetentionRule
from tests.cast import Cast
from tests.factories.certificates import line_of, make_process_certificate, make_ready_lot, pdf
from tests.factories.documents import make_package, make_shipment
from tests.factories.inspection import make_lot
from tests.factories.notices import make_notice
from tests.factories.packing import PNG, make_packed_shipment
from tests.factories.policies import draft_policy, make_policy
from tests.factories.retention import draft_rule, make_disposal, make_old_shipment, place_hold
from tests.factories.scorecards import make_delay, make_scorecard
from tests.factories.subcontract import make_outside_order
from tests.factories.waivers import ask, decide, letter, open_first_article
from tests.routes.examples import order_line, traveler
from tests.subcontract.examples import approval


def certificate(cast: Cast) -> dict[str, object]:
    """Bring in the vendor's certificate of a lot of the cast's customer."""
    return {"number": make_process_certificate(cast).number}


def certificate_result(cast: Cast) -> dict[str, object]:
    """Name the first result of a certificate."""
    made = make_process_certificate(cast)
    row = ResultRow(test="hardness", property_name="HRC", value=Decimal("41"))
    add_result(by=cast.inspector, certificate=made, row=row)
    return {"number": made.number, "place": 1}


def verifier(cast: Cast) -> dict[str, object]:
    """Name the program that verifies packages."""
    return {"name": "verify_package.py"}


def certificate_page(cast: Cast) -> dict[str, object]:
    """Name the first page of the same certificate."""
    return certificate(cast) | {"page": 1}


def shipment(cast: Cast) -> dict[str, object]:
    """Dispatch a shipment of the cast's customer."""
    return {"number": make_shipment(cast, at="dispatched").number}


def packing_demand(cast: Cast) -> dict[str, object]:
    """Record with a photo how a lot on a draft shipment is packed."""
    row = make_packed_shipment(cast)
    return {"number": row.shipment.number, "lot": row.traveler.number, "position": row.demand.position}


def package(cast: Cast) -> dict[str, object]:
    """Show a package to the cast's buyers."""
    return {"number": make_package(cast, at="shared").number}


def package_page(cast: Cast) -> dict[str, object]:
    """Name the first page of such a package."""
    return package(cast) | {"page": 1}


def package_original(cast: Cast) -> dict[str, object]:
    """Name an original that travels with such a package."""
    made = make_package(cast, at="shared")
    return {"number": made.number, "sha256": packages.manifest_of(made)["files"][0]["sha256"]}


def noun(cast: Cast) -> dict[str, object]:
    """Name a table that can be brought in."""
    return {"noun": "gauges"}


def template(cast: Cast) -> dict[str, object]:
    """Name the template of a table."""
    return {"noun": "customers", "kind": "xlsx"}


def table_brought_in(cast: Cast) -> dict[str, object]:
    """Bring in a table that repeats what is known of the cast's customer."""
    content = f"Code,Name\n{cast.customer.number},{cast.customer.name}\n".encode()
    record = tables.bring(by=cast.quality, noun="customers", content=content, name="customers.csv")
    return {"number": record.number}


def waiver(cast: Cast) -> dict[str, object]:
    """Grant a waiver of what the cast's customer asked for, by its letter."""
    lot = make_ready_lot(cast)
    open_first_article(lot)
    by = cast.second_quality
    made = decide(cast, ask(cast, lot), by=by, reference="DEV-9", file=letter(cast))
    return {"number": made.number}


def waiver_asked_for(cast: Cast) -> dict[str, object]:
    """Ask for a waiver of what the cast's customer asked for."""
    lot = make_ready_lot(cast)
    open_first_article(lot)
    return {"number": ask(cast, lot).number}


def lot_with_an_open_demand(cast: Cast) -> dict[str, object]:
    """Open a demand of the customer on a lot."""
    lot = make_ready_lot(cast)
    open_first_article(lot)
    return {"number": lot.number}


def heat_of_a_lot(cast: Cast) -> dict[str, object]:
    """Complete a lot of the cast's customer and name its heat."""
    return {"noun": "heat", "number": make_ready_lot(cast).material_lot.identifier}


def customer(cast: Cast) -> dict[str, object]:
    """Name the cast's customer."""
    return {"number": cast.customer.number}


def policy(cast: Cast) -> dict[str, object]:
    """Put a check policy in force for the cast's customer."""
    return {"number": make_policy(cast).number}


def policy_drafted(cast: Cast) -> dict[str, object]:
    """Draft a check policy for the cast's customer."""
    return {"number": draft_policy(cast, "PACK").number}


def retention_rule(cast: Cast) -> dict[str, object]:
    waiting = RetentionRule.objects.filter(state=RetentionRule.DRAFT).first()
    return {"number": (waiting or draft_rule(cast)).number}


def legal_hold(cast: Cast) -> dict[str, object]:
    return {"number": place_hold(cast, traveler=make_ready_lot(cast)).number}


def disposal(cast: Cast) -> dict[str, object]:
    return {"number": make_disposal(cast).number}


def disposal_approved(cast: Cast) -> dict[str, object]:
    return {"number": make_disposal(cast, at="approved").number}


def disposal_done(cast: Cast) -> dict[str, object]:
    """Dispose of what the customer was told of, without its days going by."""
    made = make_disposal(cast, at="disposed")
    Disposal.objects.filter(pk=made.pk).update(told_at=made.proposed_at)
    return {"number": made.number}


def shipment_of_old(cast: Cast) -> dict[str, object]:
    return {"number": make_old_shipment(cast).number}


def notice(cast: Cast) -> dict[str, object]:
    """Draft a notice to the cast's customer: the certificate of what it was sent is revoked."""
    return {"number": make_notice(cast).number}


def order_with_link(cast: Cast) -> dict[str, object]:
    """Make a link for an outside order and name the order and its link."""
    link, _token = upload_links.make_link(by=cast.operator, order=line_of(make_lot(cast, at=50)).order)
    return {"number": link.order.number, "link_number": link.link_number}


def order_to_print(cast: Cast) -> dict[str, object]:
    """Name the order a link was made for."""
    return {"number": order_with_link(cast)["number"]}


def link(cast: Cast) -> dict[str, object]:
    """Name the secret of a link."""
    return {"token": upload_links.make_link(by=cast.operator, order=line_of(make_lot(cast, at=50)).order)[1]}


def sent_by_link(cast: Cast) -> dict[str, object]:
    """Send a certificate by a link."""
    line = line_of(make_lot(cast, at=50))
    made, token = upload_links.make_link(by=cast.operator, order=line.order)
    sent = upload_links.send(link=made, line=line, content=pdf(), name="BW 1.pdf")
    return {"token": token, "number": sent.number}


def offered_by_link(cast: Cast) -> dict[str, object]:
    """Name an offer of such a certificate."""
    return sent_by_link(cast) | {"position": 1}


def photos_by_link(cast: Cast) -> dict[str, object]:
    """Keep two photos that wait to be put in order."""
    line = line_of(make_lot(cast, at=50))
    made, token = upload_links.make_link(by=cast.operator, order=line.order)
    files = [("1.png", PNG), ("2.png", PNG)]
    return {"token": token, "number": waiting_photos.keep_by_link(link=made, line=line, files=files).number}


def photos_by_account(cast: Cast) -> dict[str, object]:
    """Keep two photos of the vendor's own that wait to be put in order."""
    files = [("1.png", PNG), ("2.png", PNG)]
    line = line_of(make_lot(cast, at=50))
    return {"number": waiting_photos.keep_by_account(by=cast.vendor, line=line, files=files).number}


def photo_by_account(cast: Cast) -> dict[str, object]:
    """Name one of such photos."""
    return photos_by_account(cast) | {"position": 1}


def photo_by_link(cast: Cast) -> dict[str, object]:
    """Name one of such photos."""
    return photos_by_link(cast) | {"position": 1}


def arrival(cast: Cast) -> dict[str, object]:
    """Bring in a scanned stack."""
    return {"number": arrivals.bring_stack(by=cast.operator, content=pdf(2), name="stack.pdf").number}


def arrival_set_aside(cast: Cast) -> dict[str, object]:
    """Set a scanned stack aside."""
    brought = arrivals.bring_stack(by=cast.operator, content=pdf(), name="stack.pdf")
    arrivals.set_aside(by=cast.operator, arrival=brought, reason="An advertisement.")
    return {"number": brought.number}


def arrival_file(cast: Cast) -> dict[str, object]:
    """Name the file of a stack."""
    return arrival(cast) | {"position": 1}


def arrival_page(cast: Cast) -> dict[str, object]:
    """Name a page of it."""
    return arrival_file(cast) | {"page": 1}


def scorecard(cast: Cast) -> dict[str, object]:
    """Freeze a month of the cast's vendor."""
    return {"number": make_scorecard(cast).number}


def scored_vendor(cast: Cast) -> dict[str, object]:
    """Name the cast's vendor."""
    return {"number": cast.vendor_organization.number}


def line_delayed(cast: Cast) -> dict[str, object]:
    """Issue an order to the cast's vendor and name its line."""
    return {"number": make_outside_order(cast).number, "line_number": 1}


def delay(cast: Cast) -> dict[str, object]:
    """Record that a delay was not the vendor's."""
    return {"number": make_delay(cast).number}


EXAMPLES = {
    "documents:certificate-withdraw": certificate,
    "documents:certificate-photos": photos_by_account,
    "documents:certificate-photo": photo_by_account,
    "documents:arrival-detail": arrival,
    "documents:arrival-place": arrival,
    "documents:arrival-set-aside": arrival,
    "documents:arrival-take-up": arrival_set_aside,
    "documents:arrival-original": arrival_file,
    "documents:arrival-page": arrival_page,
    "documents:order-paper": order_to_print,
    "documents:link-make": order_to_print,
    "documents:link-revoke": order_with_link,
    "documents:link-send": link,
    "documents:link-prove": link,
    "documents:link-photos": photos_by_link,
    "documents:link-photo": photo_by_link,
    "documents:link-certificate": sent_by_link,
    "documents:link-progress": sent_by_link,
    "documents:link-sender": sent_by_link,
    "documents:link-also": offered_by_link,
    "documents:scorecard-detail": scorecard,
    "documents:scorecard-so-far": scored_vendor,
    "documents:delay-record": line_delayed,
    "documents:delay-withdraw": delay,
    "documents:notice-detail": notice,
    "documents:retention-rule-detail": retention_rule,
    "documents:retention-rule-sign": retention_rule,
    "documents:retention-rule-drop": retention_rule,
    "documents:legal-hold-detail": legal_hold,
    "documents:legal-hold-lift": legal_hold,
    "documents:disposal-detail": disposal,
    "documents:disposal-approve": disposal,
    "documents:disposal-drop": disposal,
    "documents:disposal-carry-out": disposal_approved,
    "documents:disposal-paper": disposal_done,
    "documents:shipment-dispose": shipment_of_old,
    "documents:notice-change": notice,
    "documents:notice-send": notice,
    "documents:notice-drop": notice,
    "documents:order-line-rehearsal": order_line,
    "documents:approval-reach": approval,
    "documents:approval-reach-csv": approval,
    "documents:packing-record": packing_demand,
    "documents:packing-photo": packing_demand,
    "documents:check-policy-detail": policy,
    "documents:check-policy-draft": customer,
    "documents:certificate-rules": customer,
    "documents:check-policy-sign": policy_drafted,
    "documents:check-policy-drop": policy_drafted,
    "documents:reach-detail": heat_of_a_lot,
    "documents:reach-csv": heat_of_a_lot,
    "documents:waiver-request": lot_with_an_open_demand,
    "documents:waiver-detail": waiver,
    "documents:waiver-letter": waiver,
    "documents:waiver-withdraw": waiver,
    "documents:waiver-grant": waiver_asked_for,
    "documents:waiver-refuse": waiver_asked_for,
    "documents:lot-matrix": traveler,
    "documents:lot-trail": traveler,
    "documents:lot-trail-review": traveler,
    "documents:import-bring": noun,
    "documents:import-template": template,
    "documents:import-detail": table_brought_in,
    "documents:import-look": table_brought_in,
    "documents:import-save": table_brought_in,
    "documents:import-drop": table_brought_in,
    "documents:import-file": table_brought_in,
    "documents:import-progress": table_brought_in,
    "documents:certificate-detail": certificate,
    "documents:certificate-enter": certificate,
    "documents:certificate-read": certificate,
    "documents:certificate-read-progress": certificate,
    "documents:certificate-progress": certificate,
    "documents:certificate-cover": certificate,
    "documents:certificate-result-add": certificate,
    "documents:certificate-result-withdraw": certificate_result,
    "documents:certificate-accept": certificate,
    "documents:certificate-reject": certificate,
    "documents:certificate-revoke": certificate,
    "documents:certificate-file": certificate,
    "documents:certificate-page": certificate_page,
    "documents:shipment-detail": shipment,
    "documents:shipment-certify": shipment,
    "documents:shipment-release": shipment,
    "documents:shipment-reissue": shipment,
    "documents:shipment-withdraw": shipment,
    "documents:shipment-dispatch": shipment,
    "documents:shipment-cancel": shipment,
    "documents:shipment-packing-list": shipment,
    "documents:shipment-progress": shipment,
    "documents:package-detail": package,
    "documents:package-pdf": package,
    "documents:package-download": package,
    "documents:package-archive": package,
    "documents:verifier": verifier,
    "documents:package-manifest": package,
    "documents:package-page": package_page,
    "documents:package-original": package_original,
    "documents:package-progress": package,
    "documents:package-share": package,
    "documents:package-accept": package,
    "documents:package-return": package,
}
