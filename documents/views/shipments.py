"""Shipments: what leaves, what stops it, the certificate of conformity, the gate, the road."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from documents.domain import packing, shipments
from documents.domain.chain.slots import Slot
from documents.domain.conformity import LABELS, altered_since_signature, content_of
from documents.domain.leaving_from import ships_from
from documents.forms.shipments import (
    CertifyForm,
    ReasonForm,
    ReissueCertificateForm,
    ReleaseForm,
    ShipmentDraftForm,
)
from documents.models import ReleasePackage, Shipment
from documents.package.paper_filters import day
from documents.views.shipment_acts import acts_of
from documents.views.slots import findings_of, strip_of
from portal import queue
from portal.models import Organization
from portal.permissions import INSPECTORS, QUALITY, SHOP
from portal.views.doors import LIST
from portal.views.jobs import progress_fragment, retry_url_of
from portal.views.verbs import RecordListView, RecordView, VerbView

COLUMNS = [
    {"key": "number", "label": "Shipment", "kind": "code", "url_key": "url"},
    {"key": "customer", "label": "Customer"},
    {"key": "lots", "label": "Lots", "kind": "code"},
    {"key": "pieces", "label": "Pieces", "kind": "num"},
    {"key": "state", "label": "State", "kind": "state"},
    {
        "key": "package",
        "label": "Package",
        "kind": "code",
        "url_key": "package_url",
        "note_key": "package_state",
        "empty": "not released",
    },
    {"key": "drafted_at", "label": "Drafted", "kind": "moment"},
]


class ShipmentList(RecordListView):
    """Show every shipment with where its package stands."""

    roles = SHOP
    model = Shipment
    template_name = "portal/list.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related("customer")
            .prefetch_related("lines__traveler", "packages")
        )

    def context(self, rows):
        draft = {"label": "Draft a shipment", "url": reverse("documents:shipment-draft"), "is_main": True}
        return {
            "heading": "Shipments",
            "lead": "What leaves together, and the proof that goes with it.",
            "columns": COLUMNS,
            "rows": [self._row(shipment) for shipment in rows],
            "acts": [draft] if self.request.user.role in QUALITY else [],
            "empty_heading": "No shipment yet",
            "empty_sentence": "A quality engineer drafts one from lots whose last step is signed.",
        }

    def _row(self, shipment: Shipment) -> dict:
        lines = list(shipment.lines.all())
        package = next(iter(shipment.packages.all()), None)
        return {
            "number": shipment.number,
            "url": shipment.get_absolute_url(),
            "customer": shipment.customer.name,
            "lots": ", ".join(line.traveler.number for line in lines),
            "pieces": sum(line.quantity for line in lines),
            "state": shipment.state,
            "package": package.number if package else "",
            "package_url": package.get_absolute_url() if package else "",
            "package_state": package.get_state_display() if package else "",
            "drafted_at": shipment.drafted_at,
        }


def _links_open(count: int, of_all: int) -> str:
    return f"{count} of {of_all} links {'is' if count == 1 else 'are'} open."


def _returned_words(package: ReleasePackage | None) -> str:
    if package is None or package.state != ReleasePackage.RETURNED:
        return ""
    return package.reviews.order_by("-pk").values_list("words", flat=True)[0]


def _groups(content: dict) -> list[dict]:
    """Return the fourteen fields of a certificate: the head, each line with its details, the statement."""
    groups = [{"facts": [_field(content, number) for number in ("2", "3", "4", "5", "6")]}]
    for entry in content["lines"]:
        groups.append({"facts": [_field(entry, number) for number in ("7", "8", "9", "10", "11", "12")]})
        details = [{"label": f"13 {each['label']}", "value": each["value"]} for each in entry["details"]]
        groups.append({"facts": details, "is_long": True})
    statement = {"label": "14 Statement", "value": content["14"], "note": content["releaser"]}
    return [*groups, {"facts": [statement], "is_long": True}]


def _field(values: dict, number: str) -> dict:
    value = day(values[number]) if number == "3" else values[number]
    return {"label": f"{number} {LABELS[number]}", "value": value}


class ShipmentDetail(RecordView):
    """Show one shipment: what stops it, and the one act that helps."""

    roles = SHOP
    model = Shipment
    template_name = "documents/shipment_detail.html"

    def queryset_for(self, person):
        return (
            super().queryset_for(person).select_related("customer", "release_signature", "dispatch_signature")
        )

    def context(self, record):
        lines = list(
            record.lines.select_related("traveler", "order_line__order", "order_line__part_revision__part")
        )
        packages = list(record.packages.select_related("job", "file").order_by("-revision"))
        package = packages[0] if packages else None
        certificate = record.conformity_certificates.select_related("signature").first()
        verdict = self._verdict(record, lines)
        acts = acts_of(record, package, by=self.request.user, open_links=verdict["open"])
        if any(act.get("is_main") for act in acts):
            for finding in verdict["findings"]:
                finding["is_mine"] = False  # one act stands out, and it is the shipment's own
        return {
            "heading": f"Shipment {record.number}",
            "crumbs": [{"label": "Shipments", "url": reverse("documents:shipment-list")}],
            "facts": self._facts(record, lines, packages),
            "lines": lines,
            "packing": packing.rows_of(record),
            "may_pack": self.request.user.role in INSPECTORS
            and record.state not in (Shipment.DISPATCHED, Shipment.CANCELLED),
            "certificate": certificate,
            "altered": altered_since_signature(certificate) if certificate else "",
            "certificate_groups": _groups(certificate.content) if certificate else [],
            "package": package,
            "open_heading": _links_open(verdict["open"], verdict["all"]),
            "returned_words": _returned_words(package),
            "stale_heading": f"{package.number} is out of date." if package else "",
            "packages": packages,
            "acts": acts,
            **verdict,
            **self._progress(record, package),
        }

    def _verdict(self, record: Shipment, lines: list) -> dict:
        if record.state in (Shipment.DISPATCHED, Shipment.CANCELLED):
            return {"open": 0, "all": 0, "strips": [], "findings": [], "waiting": [], "is_judged": False}
        facts = shipments.facts_of(record, asked=True)
        slots: list[Slot] = shipments.slots_of(facts)
        numbers = [line.traveler.number for line in lines]
        return {
            "is_judged": True,
            "open": len({(slot.lot, slot.code) for slot in slots if not slot.is_closed}),
            "all": len({(slot.lot, slot.code) for slot in slots}),
            "strips": [
                {"lot": number, "slots": strip_of(slot for slot in slots if slot.lot == number)}
                for number in numbers
            ],
            **findings_of(slots, facts=facts, viewer=self.request.user, several_lots=len(numbers) > 1),
        }

    def _facts(self, record: Shipment, lines: list, packages: list[ReleasePackage]) -> list[dict]:
        facts = [
            {"label": "State", "state": record.state},
            {"label": "Customer", "value": record.customer.name},
            {"label": "Pieces", "value": sum(line.quantity for line in lines)},
            {"label": "Carrier", "value": record.carrier or "not named"},
            {"label": "Drafted by", "value": record.author.printed_name},
        ]
        if package := next((each for each in packages if each.file_id), None):
            url = package.get_absolute_url()
            facts.append({"label": "Package", "value": package.number, "url": url, "is_code": True})
        if record.dispatched_at:
            facts.append({"label": "Dispatched", "value": f"{record.dispatched_at:%-d %b %Y %H:%M} UTC"})
        return facts

    def _progress(self, record: Shipment, package: ReleasePackage | None) -> dict:
        if package is None or package.state != ReleasePackage.FROZEN:
            return {"job": None}
        job = queue.progress_context(package.job, viewer=self.request.user)
        return {
            "job": job,
            "job_heading": f"Pages of {package.number}",
            "poll_url": reverse("documents:shipment-progress", args=[record.number]),
            "retry_url": retry_url_of(package.job) if job["may_retry"] else "",
        }


class ShipmentProgress(RecordView):
    """Answer the shipment's page that asks how the pages of its package stand."""

    roles = SHOP
    model = Shipment

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        package = self.record.packages.select_related("job").order_by("-revision").first()
        return progress_fragment(
            request,
            package.job if package else None,
            heading=f"Pages of {package.number}" if package else "Pages",
            poll_url=request.path,
            url=package.get_absolute_url() if package else "",
            label="Open the package",
        )


class ShipmentDraft(VerbView):
    """Draft a shipment of complete lots."""

    scope = LIST
    roles = QUALITY
    model = Shipment
    form_class = ShipmentDraftForm
    heading = "Draft a shipment"
    lead = "Choose what leaves together. Nothing leaves yet: the certificate is signed next, then the gate decides."
    submit_label = "Draft the shipment"
    done = "{result.number} is drafted. Sign its certificate of conformity next."

    def form_kwargs(self):
        return {"viewer": self.request.user}

    def get_initial(self):
        asked = self.request.GET.get("lot", "").replace("\x00", "")[:60]
        offered = ShipmentDraftForm(viewer=self.request.user).fields["lots"].queryset
        return {"lots": list(offered.filter(number=asked))} if asked else {}

    def cancel_url(self):
        return reverse("documents:shipment-list")

    def act(self, record, data, *, by, token=None):
        lots = list(data["lots"])
        customer = lots[0].order_line.order.customer
        return shipments.draft_shipment(by=by, customer=customer, lots=lots, carrier=data["carrier"])


class ShipmentVerb(VerbView):
    """One act on one shipment; afterwards its page."""

    roles = QUALITY
    model = Shipment

    def context(self, record):
        return {
            "crumbs": [
                {"label": "Shipments", "url": reverse("documents:shipment-list")},
                {"label": record.number, "url": record.get_absolute_url()},
            ]
        }

    def success_url(self, result) -> str:
        return self.record.get_absolute_url()


class ShipmentCertify(ShipmentVerb):
    """Sign the certificate of conformity, or its next revision, with what it says before one's eyes."""

    template_name = "documents/shipment_certify.html"
    heading = "Certify conformity of {record.number}"
    lead = (
        "The fourteen fields below are filled from the records. Where a concession applies the statement names it; it "
        "cannot be signed without."
    )
    submit_label = "Sign the certificate"
    done = "{result} is signed."
    needs_reauth = True
    meaning = "I certify the conformity of these pieces"

    @property
    def form_class(self):
        is_again = self.record.conformity_certificates.exists()
        return ReissueCertificateForm if is_again else CertifyForm

    def context(self, record):
        latest = record.conformity_certificates.order_by("-revision").first()
        content = content_of(
            shipment=record,
            number=latest.number if latest else "given as you sign",
            on=timezone.localdate().isoformat(),
            by=self.request.user,
        )
        return super().context(record) | {"certificate_groups": _groups(content)}

    def act(self, record, data, *, by, token=None):
        return shipments.certify(by=by, shipment=record, token=token, **data)


class GateVerb(ShipmentVerb):
    """An act that reads the chain again; what would stop it is listed with the act that helps."""

    template_name = "documents/shipment_gate.html"

    def context(self, record):
        facts = shipments.facts_of(record)
        slots = [slot for slot in shipments.slots_of(facts) if not slot.is_closed]
        found = findings_of(slots, facts=facts, viewer=self.request.user, several_lots=len(facts) > 1)
        for finding in found["findings"]:
            finding["is_mine"] = False  # the act of this page is the form's
        return super().context(record) | found | {"open": len({(slot.lot, slot.code) for slot in slots})}


class ShipmentRelease(GateVerb):
    """Ask the gate."""

    form_class = ReleaseForm
    heading = "Release {record.number}"
    lead = (
        "The gate reads every lot again. If one link is open it says which and releases nothing; if all are closed the "
        "package is frozen and drawn."
    )
    submit_label = "Release"
    done = "{record.number} is released as {result.number}; its pages are being drawn."
    needs_reauth = True
    meaning = "I release these pieces with this proof"

    def form_kwargs(self):
        return {"is_again": self.record.packages.exists()}

    def act(self, record, data, *, by, token=None):
        return shipments.release(by=by, shipment=record, token=token, **data)


class ShipmentReissue(GateVerb):
    """Answer a return of goods already dispatched with the next revision of the package."""

    form_class = ReasonForm
    heading = "Issue the package of {record.number} again"
    lead = "The goods are at the customer and the package came back. The gate reads every lot again."
    submit_label = "Issue it again"
    done = "{result.number} is frozen; its pages are being drawn."
    needs_reauth = True
    meaning = "I release this proof again"

    def act(self, record, data, *, by, token=None):
        return shipments.reissue(by=by, shipment=record, token=token, **data)


class ShipmentDispatch(GateVerb):
    """Let the goods go."""

    heading = "Dispatch {record.number}"
    lead = (
        "The chain is read once more. If anything changed since the release, nothing leaves and the package goes out "
        "of date."
    )
    submit_label = "Dispatch"
    done = "{result.number} is dispatched. The packing list can be printed now."
    needs_reauth = True
    meaning = "I let these pieces leave"

    def act(self, record, data, *, by, token=None):
        return shipments.dispatch(by=by, shipment=record, token=token)


class ShipmentWithdraw(ShipmentVerb):
    """Take a release back before the goods leave."""

    form_class = ReasonForm
    heading = "Withdraw the release of {record.number}"
    lead = "Its package goes out of date; the shipment waits for the gate again."
    submit_label = "Withdraw the release"
    done = "The release of {record.number} is withdrawn."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return shipments.withdraw_release(by=by, shipment=record, **data)


class ShipmentCancel(ShipmentVerb):
    """Give up a shipment that was not released."""

    heading = "Cancel {record.number}"
    lead = "Its lots are free for another shipment. The number is not used again."
    submit_label = "Cancel the shipment"
    done = "{record.number} is cancelled."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return shipments.cancel(by=by, shipment=record)


class PackingList(RecordView):
    """Print what is in the box, once the goods may leave."""

    roles = SHOP
    model = Shipment
    template_name = "documents/shipment_packing_list.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("customer", "dispatch_signature")

    def context(self, record):
        lines = list(
            record.lines.select_related("traveler", "order_line__order", "order_line__part_revision__part")
        )
        shop = Organization.objects.shops().get()
        away, delegation = ships_from(record)
        return {
            "heading": f"Packing list {record.number}",
            "crumbs": [
                {"label": "Shipments", "url": reverse("documents:shipment-list")},
                {"label": record.number, "url": record.get_absolute_url()},
            ],
            "lines": lines,
            "packing": packing.rows_of(record),
            "pieces": sum(line.quantity for line in lines),
            "shop": shop,
            "ship_from": away or shop.sites.order_by("pk").first(),
            "away": away,
            "delegation": delegation,
            "printed_at": timezone.now(),
            "certificate": record.conformity_certificates.first(),
            "package": shipments.current_package(record),
            "may_print": record.state == Shipment.DISPATCHED,
            "ship_to": record.customer.sites.order_by("pk").first(),
        }
