"""Disposals: proposed, approved by another, carried out; their certificates stay for ever."""

from __future__ import annotations

from django.urls import reverse

from documents.domain import disposals, erasing
from documents.forms.retention import DisposalForm
from documents.models import Disposal, Shipment
from documents.permissions import DISPOSAL_READERS, RETENTION_DRAFTERS, RETENTION_SIGNERS
from portal.domain.files import may_see_label
from portal.models import Signature
from portal.views.files import FileView
from portal.views.verbs import RecordListView, RecordView
from routes.forms import ReasonForm, ShopForm
from routes.views.pages import ShopVerb, history_of

JOINS = ("shipment__customer", "proposed_by", "approval", "carried_out", "paper__label")


class DisposalList(RecordListView):
    """Show the disposals a person may see; a customer those it was told of."""

    roles = DISPOSAL_READERS
    model = Disposal
    template_name = "portal/list.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS).order_by("-id")

    def context(self, rows):
        return {
            "heading": "Disposals",
            "lead": "Proof whose time is over. Records, hashes and the certificate of disposal stay.",
            "columns": [
                {"key": "number", "label": "Disposal", "kind": "code", "url_key": "get_absolute_url"},
                {"key": "shipment.number", "label": "Shipment", "kind": "code"},
                {"key": "shipment.customer.name", "label": "Customer"},
                {"key": "kept_until", "label": "Was kept until", "kind": "day"},
                {"key": "get_state_display", "label": "State"},
            ],
            "empty_heading": "Nothing was disposed of",
            "empty_sentence": "Every original is served as it was taken in.",
        }


class DisposalDetail(RecordView):
    """Show one disposal: why, who approved, what was erased and what was left."""

    roles = DISPOSAL_READERS
    model = Disposal
    template_name = "documents/kept_detail.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)

    def context(self, record):
        person = self.request.user
        return {
            "heading": f"Disposal {record.number}",
            "lead": f"Of the files of shipment {record.shipment.number}: {record.get_state_display().lower()}.",
            "facts": self._facts(record),
            "words": [("Why", record.reason)],
            "files": self._files(record, person),
            "acts": self._acts(record, person),
            "signatures": Signature.objects.filter(noun="disposal", number=record.number).order_by("pk"),
            "events": history_of(person, "disposal", record.number) if person.is_shop else [],
            "crumbs": [{"label": "Disposals", "url": reverse("documents:disposal-list")}],
        }

    def _files(self, record: Disposal, person) -> list[tuple[str, list[dict]]]:
        """Return the rows of files, none to whom a label closes what they are of."""
        if record.paper is None or not may_see_label(person, record.paper.label):
            return []
        left = disposals.left_for(person, record)
        return [("Erased", record.erased), ("Left, because something else stands on it", left)]

    def _facts(self, record: Disposal) -> list[dict]:
        facts = [
            {"label": "Shipment", "value": record.shipment.number, "is_code": True},
            {"label": "Was kept until", "value": f"{record.kept_until:%-d %b %Y}"},
            {"label": "Proposed by", "value": record.proposed_by.printed_name},
        ]
        if record.not_before:
            told = "customer was told" if record.told_at else "the contract asks for no notice"
            facts.append({"label": "Not before", "value": f"{record.not_before:%-d %b %Y}", "note": told})
        if record.state == Disposal.DONE and self.request.user.is_shop:
            facts.append(self._bytes(record))
        return facts

    def _bytes(self, record: Disposal) -> dict:
        """Say whether the bytes are gone, and what keeps those that are not."""
        left, job = erasing.remaining(record), erasing.job_of(record)
        if not left:
            return {"label": "Bytes", "value": "erased"}
        why = job.last_error if job and job.last_error else "They are erased within minutes."
        return {"label": "Bytes", "value": f"{left} still in the store", "note": why}

    def _acts(self, record: Disposal, person) -> list[dict]:
        def act(label: str, verb: str, **more) -> dict:
            return {"label": label, "url": reverse(f"documents:disposal-{verb}", args=[record.number])} | more

        if record.paper:
            return [act("Certificate of disposal", "paper", is_main=True)]
        if person.role not in RETENTION_DRAFTERS or record.state == Disposal.DROPPED:
            return []
        if record.state == Disposal.APPROVED:
            return [act("Drop", "drop"), act("Carry it out", "carry-out", is_main=True)]
        approve = act("Approve", "approve", is_main=True)
        if person.role not in RETENTION_SIGNERS or record.proposed_by_id == person.pk:
            approve["closed"] = "A manager who did not propose it approves it."
        return [act("Drop", "drop"), approve]


class DisposalPropose(ShopVerb):
    """Propose that the files of a shipment's proof be disposed of."""

    roles = RETENTION_DRAFTERS
    model = Shipment
    form_class = DisposalForm
    heading = "Dispose of the proof of {record.number}"
    lead = "Nothing is erased before a manager approves it and, where the contract says so, the customer had its days."
    submit_label = "Propose it"
    done = "{result.number} is proposed; a manager approves it."

    def act(self, record, data, *, by, token=None):
        return disposals.propose(by=by, shipment=record, **data)


class OfDisposal(ShopVerb):
    roles = RETENTION_DRAFTERS
    model = Disposal
    form_class = ShopForm

    def queryset_for(self, person):
        return super().queryset_for(person).select_related(*JOINS)


class DisposalApprove(OfDisposal):
    """Approve it; the customer is told where the contract asks for it."""

    roles = RETENTION_SIGNERS
    heading = "Approve {record.number}"
    lead = "The files of shipment {record.shipment} may then be erased. {record.reason}"
    submit_label = "Sign: approve it"
    done = "{result.number} is approved."
    needs_reauth = True
    meaning = "Approved"

    def act(self, record, data, *, by, token=None):
        return disposals.approve(by=by, disposal=record, token=token)


class DisposalCarryOut(OfDisposal):
    """Erase the bytes; the record and the certificate stay."""

    heading = "Erase the files of {record.shipment}"
    lead = "This cannot be undone. Files something else stands on are left; names, sizes and hashes are kept."
    submit_label = "Sign: erase the files"
    done = "{result.number} is carried out; its certificate is on its page."
    needs_reauth = True
    meaning = "Performed"
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return disposals.carry_out(by=by, disposal=record, token=token)


class DisposalDrop(OfDisposal):
    """Give it up; nothing was erased."""

    form_class = ReasonForm
    heading = "Drop {record.number}"
    lead = "The files stay."
    submit_label = "Drop it"
    done = "{result.number} is dropped."
    is_danger = True

    def act(self, record, data, *, by, token=None):
        return disposals.drop(by=by, disposal=record, **data)


class DisposalPaper(FileView):
    """Show the certificate of disposal."""

    roles = DISPOSAL_READERS
    model = Disposal
    is_inline = True

    def stored_file(self, record):
        return record.paper
