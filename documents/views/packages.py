"""Release packages: what the buyer reads, verifies, accepts or returns."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from documents.domain import packages, release_changes
from documents.domain.pictures import page_picture
from documents.domain.seal_keys import certificate_sha256
from documents.forms.packages import AcceptForm, ReturnForm
from documents.models import ReleasePackage, Review, Shipment
from documents.views.package_words import (
    chain_strips,
    facts_of,
    file_rows,
    moment_words,
    page_of,
    section_rows,
    size_words,
)
from documents.views.waiting import waiting_for_customer
from portal import queue
from portal.domain import event_log
from portal.domain.events import record_event
from portal.domain.files import may_see_label
from portal.models import StoredFile
from portal.permissions import CUSTOMER, QUALITY, SHOP
from portal.views.doors import PUBLIC, Door
from portal.views.files import FileView
from portal.views.jobs import progress_fragment, retry_url_of
from portal.views.verbs import RecordListView, RecordView, VerbView

READERS = SHOP + CUSTOMER
VERIFIERS = ("verify_package.py", "verify_package.html")
COLUMNS = [
    {"key": "number", "label": "Package", "kind": "code", "url_key": "url"},
    {"key": "part", "label": "Part"},
    {"key": "order", "label": "Order", "kind": "code"},
    {"key": "lots", "label": "Lots", "kind": "code"},
    {"key": "pieces", "label": "Pieces", "kind": "num"},
    {"key": "state", "label": "State", "kind": "state"},
    {"key": "shared_at", "label": "Shown to the buyer", "kind": "moment", "empty": "not yet"},
]


def require_label(person, package: ReleasePackage) -> None:
    """Stop somebody who may not see what the package is made from.

    Raises:  PermissionDenied for the shop's people; Http404 for others.
    """
    label = packages.label_of(package)
    if may_see_label(person, label):
        return
    if person.is_shop:
        raise PermissionDenied(
            f"{package.number} is held under {label.name}; it may be read by eligible people only."
        )
    raise Http404("There is no such page of this package.")


class PackageList(RecordListView):
    """Show the packages a person may see: to the shop all of them, to a buyer those released to them."""

    roles = READERS
    model = ReleasePackage
    template_name = "documents/package_list.html"

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .defer("manifest_bytes", "sections")
            .select_related("shipment")
            .prefetch_related(
                "shipment__lines__traveler",
                "shipment__lines__order_line__order",
                "shipment__lines__order_line__part_revision__part",
            )
        )

    def context(self, rows):
        is_shop = self.request.user.is_shop
        return {
            "heading": "Release packages",
            "lead": "The proof of each shipment: read it here, verify it anywhere.",
            "columns": COLUMNS if is_shop else [*COLUMNS[:-1], COLUMNS[-1] | {"label": "Sent to you"}],
            "waiting": None if is_shop else waiting_for_customer(self.request.user),
            "rows": [self._row(package) for package in rows],
            "empty_heading": "No package yet",
            "empty_sentence": "One is made when a shipment passes the gate."
            if is_shop
            else "It appears here as soon as the shop releases one to you.",
        }

    def _row(self, package: ReleasePackage) -> dict:
        lines = list(package.shipment.lines.all())
        is_theirs = package.state == ReleasePackage.RELEASED and not self.request.user.is_shop
        return {
            "number": package.number,
            "url": package.get_absolute_url(),
            "part": ", ".join(dict.fromkeys(str(line.order_line.part_revision) for line in lines)),
            "order": ", ".join(dict.fromkeys(line.order_line.order.po_number for line in lines)),
            "lots": ", ".join(line.traveler.number for line in lines),
            "pieces": sum(line.quantity for line in lines),
            "state": package.state,
            "shared_at": package.shared_at,
            "tone": "ours" if is_theirs else "",
        }


class PackageDetail(RecordView):
    """Show one package: chain at release, sections, a page to read, files to verify, the decision."""

    roles = READERS
    model = ReleasePackage
    template_name = "documents/package_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("shipment__customer", "file", "archive", "job")

    def context(self, record):
        manifest = packages.manifest_of(record)
        page = page_of(self.request.GET.get("page", ""), record.page_count or 0)
        person = self.request.user
        return {
            "heading": f"Release package {record.number}",
            "crumbs": [{"label": "Packages", "url": reverse("documents:package-list")}],
            "facts": facts_of(record, manifest, is_shop=person.is_shop),
            "strips": chain_strips(manifest),
            "chain_page": next((each["page"] for each in record.sections if each["code"] == "chain"), None),
            "sections": section_rows(record.sections, page, manifest),
            "pieces": manifest["shipment"]["quantity"],
            "changed": self._changes(record, person),
            "page": page,
            "page_name": next(
                (each["title"] for each in reversed(record.sections) if each["page"] <= page),
                "Cover and index",
            ),
            "files": file_rows(manifest, record),
            "facts_digest": record.facts_digest,
            "size": size_words(record.file.size_bytes) if record.file else "",
            "archive_size": size_words(record.archive.size_bytes) if record.archive else "",
            "log_keys": event_log.log_verifier_keys() if record.archive else [],
            "seal_certificate": certificate_sha256(record.number) if record.archive else "",
            "reviews": record.reviews.select_related("signature"),
            "history": [
                row | {"released": moment_words(row["released_at"])} for row in manifest["revision_history"]
            ],
            "next_act": self._next_act(record, person),
            "may_decide": person.is_customer and record.state == ReleasePackage.RELEASED,
            "may_share": person.role in QUALITY
            and record.state == ReleasePackage.SEALED
            and record.archive_id is not None,
            **self._progress(record),
        }

    def _next_act(self, record: ReleasePackage, person) -> dict | None:
        """Return the way on from here: the revision that answers this one, or the shipment where it is answered."""
        shipment = record.shipment
        revisions = ReleasePackage.objects.for_viewer(person).filter(shipment=shipment)
        later = revisions.filter(revision__gt=record.revision).order_by("-revision").first()
        if later:
            return {"label": f"Open {later.number}, the latest", "url": later.get_absolute_url()}
        if person.role not in QUALITY:
            return None
        if record.state in (ReleasePackage.RETURNED, ReleasePackage.STALE):
            return {"label": f"Answer it on {shipment.number}", "url": shipment.get_absolute_url()}
        if record.state == ReleasePackage.ACCEPTED and shipment.state == Shipment.RELEASED:
            return {"label": f"Dispatch on {shipment.number}", "url": shipment.get_absolute_url()}
        return None

    def _changes(self, record: ReleasePackage, person) -> release_changes.Comparison | None:
        baseline = release_changes.baseline_of(record, person)
        return release_changes.compare_with(record, baseline) if baseline else None

    def _progress(self, record: ReleasePackage) -> dict:
        if record.archive_id is not None or record.state == ReleasePackage.STALE or record.job is None:
            return {"job": None}
        job = queue.progress_context(record.job, viewer=self.request.user)
        return {
            "job": job,
            "poll_url": reverse("documents:package-progress", args=[record.number]),
            "retry_url": retry_url_of(record.job) if job["may_retry"] else "",
        }


class PackageProgress(RecordView):
    """Answer the package's page that asks how its pages stand."""

    roles = READERS
    model = ReleasePackage

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return progress_fragment(
            request, self.record.job, heading=f"Pages of {self.record.number}", poll_url=request.path
        )


class PackagePdf(FileView):
    """Show the package in the browser."""

    roles = READERS
    model = ReleasePackage
    is_inline = True

    def stored_file(self, record) -> StoredFile | None:
        return record.file


class PackageDownload(PackagePdf):
    """Save the package."""

    is_inline = False


class PackageArchive(PackagePdf):
    """Save the ZIP that proves the package without us."""

    is_inline = False

    def stored_file(self, record) -> StoredFile | None:
        return record.archive


class Verifier(Door):
    """Save the program or the page that verifies packages; both are public, and need no portal."""

    scope = PUBLIC
    roles = None

    def get(self, request: HttpRequest, *args, name: str, **kwargs) -> HttpResponse:
        if name not in VERIFIERS:
            raise Http404("There is no such verifier.")
        return HttpResponse(
            (Path(settings.BASE_DIR) / "documents" / name).read_bytes(),
            content_type="application/octet-stream",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "X-Content-Type-Options": "nosniff",
            },
        )


class PackageManifest(RecordView):
    """Save the manifest: the very bytes the gate froze."""

    is_reading = True
    roles = READERS
    model = ReleasePackage

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        require_label(request.user, self.record)
        packages.manifest_of(self.record)  # refuses bytes that are not those that were frozen
        number = self.record.number
        data = {"manifest": self.record.manifest_sha256}
        record_event(by=request.user, verb="read", noun="package", number=number, data=data)
        return HttpResponse(
            bytes(self.record.manifest_bytes),
            content_type="application/json",
            headers={
                "Content-Disposition": f'attachment; filename="{number}-manifest.json"',
                "X-Content-Type-Options": "nosniff",
            },
        )


class PackageOriginal(FileView):
    """Save one original that travels with the package; one kept at home does not exist here."""

    roles = READERS
    model = ReleasePackage

    def stored_file(self, record) -> StoredFile | None:
        wanted = self.kwargs["sha256"]
        travels = any(
            each["sha256"] == wanted and not each.get("is_kept_home")
            for each in packages.manifest_of(record)["files"]
        )
        return StoredFile.objects.filter(sha256=wanted).first() if travels else None


class PackagePage(RecordView):
    """Show one page of the package as a picture, for those who read it without a PDF reader."""

    is_reading = True
    roles = READERS
    model = ReleasePackage

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        record, page = self.record, self.kwargs["page"]
        if record.file is None or not 1 <= page <= (record.page_count or 0):
            raise Http404("This package has no such page.")
        require_label(request.user, record)
        data = {"sha256": record.file.sha256, "page": page}
        record_event(by=request.user, verb="read", noun="package", number=record.number, data=data)
        return HttpResponse(
            page_picture(record.file, page),
            content_type="image/png",
            headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"},
        )


class PackageVerb(VerbView):
    """One act on one package."""

    model = ReleasePackage

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("shipment__customer", "file")

    def context(self, record):
        return {
            "crumbs": [
                {"label": "Packages", "url": reverse("documents:package-list")},
                {"label": record.number, "url": record.get_absolute_url()},
            ]
        }

    def success_url(self, result) -> str:
        return self.record.get_absolute_url()


class PackageShare(PackageVerb):
    """Show a rendered package to the buyer."""

    roles = QUALITY
    heading = "Show {record.number} to the buyer"
    lead = "{record.shipment.customer} can read it from then on, and accept or return it."
    submit_label = "Show it to the buyer"
    done = "{record.number} is released to the buyer."

    def act(self, record, data, *, by, token=None):
        return packages.share(by=by, package=record)


class PackageAccept(PackageVerb):
    """Accept a package as the buyer."""

    roles = CUSTOMER
    form_class = AcceptForm
    heading = "Accept {record.number}"
    lead = "You accept this proof for the pieces it names."
    submit_label = "Accept the package"
    done = "You accepted {record.number}."
    needs_reauth = True
    meaning = "I accept this package"

    def act(self, record, data, *, by, token=None):
        return packages.review(by=by, package=record, decision=Review.ACCEPTED, token=token, **data)


class PackageReturn(PackageVerb):
    """Return a package with words."""

    roles = CUSTOMER
    form_class = ReturnForm
    template_name = "documents/package_return.html"
    heading = "Return {record.number}"
    lead = "The shop reads your words and releases the next revision through its gate."
    submit_label = "Return the package"
    done = "You returned {record.number}. Your words stand on its page."
    needs_reauth = True
    meaning = "I return this package"
    is_danger = True

    def form_kwargs(self):
        return {"sections": self.record.sections}

    def act(self, record, data, *, by, token=None):
        words = data["words"]
        return packages.review(by=by, package=record, decision=Review.RETURNED, token=token, words=words)
