"""Certificates: what each says beside what we know, and the acts on them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.domain import certificates, photo_papers, waiting_photos
from documents.domain.certificate_contents import altered_since_decision
from documents.domain.duplicates import offered_before, reuses_of
from documents.domain.pictures import page_picture
from documents.domain.readings import reading_of
from documents.forms.certificates import (
    AcceptForm,
    CertificateReasonForm,
    CoverForm,
    UploadForm,
    seen_pages,
)
from documents.forms.read_values import ReadFieldsForm
from documents.models import Arrival, Certificate
from documents.permissions import BRINGERS, COVERERS, DECIDERS, may_decide
from documents.views.certificate_acts import acts_of, decision_on, reach_of, reason_for
from documents.views.certificate_readings import lead_of, reading_shown
from documents.views.certificate_verdicts import progress_url
from documents.views.certificate_words import advice_to_vendor, counts_of, place_among, waiting_for
from documents.views.file_words import file_facts
from documents.views.paper_pages import marks_of, paper_pages
from documents.views.test_results import result_rows_of
from portal.domain.events import record_event
from portal.domain.files import FileDamaged, may_see_label, read_bytes
from portal.intake.unreadable import FileNotReadable
from portal.look import days
from portal.models import Person
from portal.views.doors import LIST
from portal.views.files import FileView
from portal.views.verbs import RecordView, VerbView
from routes.domain.lots import ancestor_numbers


class CertificateRecord(RecordView):
    """One certificate with what its pages need."""

    roles = BRINGERS
    model = Certificate

    def queryset_for(self, person):
        return (
            super()
            .queryset_for(person)
            .select_related(
                "file__label",
                "issuer",
                "link__order",
                "site__organization",
                "uploaded_by",
                "entered_by",
                "decision_signature",
                "replaces",
            )
        )


def _cause_of(record: Certificate, person: Person) -> list[dict]:
    """Return the way to ask the vendor for the cause of a rejected certificate."""
    if record.state != Certificate.REJECTED or person.role not in DECIDERS:
        return []
    opened = reverse("inspection:corrective-action-open")
    return [{"label": "Open a corrective action", "url": f"{opened}?noun=certificate&number={record.number}"}]


def _altered(record, person) -> str:
    """Return that a decision no longer covers what stands here; a vendor is not told which of our fields it is."""
    altered = altered_since_decision(record)
    return altered if person.is_shop or not altered else gettext("What was signed has been changed since.")


class CertificateDetail(CertificateRecord):
    """Show the paper, what it was read as, and how that compares with the records."""

    template_name = "documents/certificate_detail.html"

    def context(self, record):
        person = self.request.user
        reading = reading_of(record)
        keys = certificates.compare(record, reading=reading)
        acts = acts_of(record, person, keys)
        decision = decision_on(record, person, keys)
        reach = [reach_of(record), *_cause_of(record, person)] if person.is_shop else []
        return {
            "keys": keys,
            "altered": _altered(record, person),
            "counts": counts_of(keys),
            "coverages": record.coverages.select_related("material_lot", "traveler", "step__operation"),
            "pages": range(record.page_from, record.page_to + 1),
            "papers": paper_pages(record, reading),
            "marks": marks_of(reading),
            "facts": facts_of(record, person) + file_facts(record),
            "results": result_rows_of(record, person),
            "acts": [each for each in acts if decision is None or not each.get("decides")] + reach,
            "decision": decision,
            "advice": advice_to_vendor(record, keys) if person.is_vendor else None,
            "progress_url": progress_url(record),
            "other_uses": reuses_of(record) if person.is_shop else [],
            "replaced_by": list(record.replaced_by.all()),
            "place": place_among(record.number, waiting_for(person)),
            "crumbs": [{"label": _("Certificates"), "url": reverse("documents:certificate-list")}],
        }


def pages_of(record: Certificate) -> str:
    """Say which pages of the file are this certificate."""
    if record.page_from == record.page_to:
        return gettext("page %(n)s") % {"n": record.page_from}
    return gettext("pages %(first)s to %(last)s") % {"first": record.page_from, "last": record.page_to}


def facts_of(record: Certificate, person: Person) -> list[dict]:
    """Return the head of a certificate as label and value, in the words of its reader."""
    return [
        {"label": _("State"), "state": record.state},
        {"label": _("Kind"), "value": gettext(record.get_kind_display())},
        {"label": _("Issued by"), "value": record.issuer.name if record.issuer else _("not on our list")},
        {
            "label": _("Your number") if person.is_vendor else "Their number",
            "value": record.stated_number or _("not entered"),
            "is_code": True,
        },
        {"label": _("Dated"), "value": days.say(record.stated_on, "j M Y") or _("not entered")},
        {
            "label": _("File"),
            "value": record.file.original_name,
            "note": pages_of(record),
        },
        {"label": _("sha256"), "value": f"{record.file.sha256[:16]}…", "is_code": True},
        {
            "label": _("Sent by") if person.is_vendor else "Brought in by",
            "value": record.uploaded_by.printed_name,
            "note": days.say(record.uploaded_at, "j M Y"),
        },
        *_sender_of(record),
        {
            "label": _("Typed by"),
            "value": record.entered_by.printed_name if record.entered_by else _("nobody yet"),
        },
    ]


def _sender_of(record: Certificate) -> list[dict]:
    """Return who says they sent it, where no account does, and by which door it came."""
    if record.door in (Certificate.PAGE, Certificate.API):
        return []
    who = record.sent_name or record.sent_email or "name not given"
    note = f"link {record.link.link_number} of {record.link.order.number}" if record.link_id else ""
    mail = f" ({record.sent_email})" if record.sent_email and record.sent_name else ""
    return [{"label": f"Came by {record.get_door_display().lower()}", "value": f"{who}{mail}", "note": note}]


class CertificatePage(CertificateRecord):
    """Show one page of the paper as a picture, drawn in a limited child process."""

    is_reading = True

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        record, page = self.record, self.kwargs["page"]
        if not record.page_from <= page <= record.page_to or not may_see_label(
            request.user, record.file.label
        ):
            raise Http404("This certificate has no such page.")
        data = {"sha256": record.file.sha256, "page": page}
        record_event(by=request.user, verb="read", noun="certificate", number=record.number, data=data)
        try:
            picture = page_picture(record.file, page)
        except FileDamaged as damage:
            return HttpResponse(damage.sentence, status=410, content_type="text/plain; charset=utf-8")
        except FileNotReadable as refusal:
            return HttpResponse(refusal.sentence, status=422, content_type="text/plain; charset=utf-8")
        return HttpResponse(
            picture,
            content_type="image/png",
            headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"},
        )


class CertificateFile(FileView):
    """Hand out the original, byte for byte."""

    roles = BRINGERS
    model = Certificate

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("file__label")

    def stored_file(self, record):
        return record.file


TO_THE_SHOP = _(
    "We keep the file unchanged. Then type what it says, and see at once whether it fits the order."
)


class CertificateUpload(VerbView):
    """Bring in one certificate; the vendor's clerk chooses the order it answers."""

    scope = LIST
    roles = BRINGERS
    form_class = UploadForm
    heading = _("Bring in a certificate")
    lead = _(
        "The file is looked at, kept byte for byte and shown beside the records. Nothing is decided by this."
    )
    submit_label = _("Bring it in")
    done = _("Certificate {result.number} is here. Enter what it says.")

    def context(self, record):
        if not self.request.user.is_vendor:
            return {}
        return {"heading": _("Send a certificate"), "lead": TO_THE_SHOP, "submit_label": _("Send it")}

    def form_kwargs(self):
        return {"viewer": self.request.user}

    def get_initial(self):
        fields = UploadForm(viewer=self.request.user).fields
        asked = {
            name: self.request.GET.get(name, "").replace("\x00", "")[:60] for name in ("line", "replaces")
        }
        initial = {}
        order, _, line = asked["line"].partition("/")
        if line.isascii() and line.isdigit() and len(line) < 6:
            lines = fields["line"].queryset
            initial["line"] = lines.filter(order__number=order, line_number=int(line)).first()
        if asked["replaces"]:
            old = Certificate.objects.for_viewer(self.request.user).filter(number=asked["replaces"]).first()
            initial |= self.corrected(old, fields)
        return initial

    def corrected(self, old: Certificate | None, fields: dict) -> dict:
        """Return what a corrected certificate takes over; one not decided yet is followed, not replaced."""
        if old is None:
            return {}
        initial = {"kind": old.kind, "issuer": old.issuer}
        initial["replaces"] = fields["replaces"].queryset.filter(pk=old.pk).first()
        coverage = old.coverages.exclude(step=None).select_related("traveler", "step").first()
        if coverage:
            lots = [coverage.traveler.number, *ancestor_numbers(coverage.traveler.number)]
            at = {"traveler__number__in": lots, "step__operation": coverage.step.operation_id}
            initial["line"] = fields["line"].queryset.filter(**at).first()
        return initial

    def act(self, record, data, *, by, token=None):
        files = [(each.name, each.read()) for each in data["files"]]
        self.replaces = data.get("replaces")
        if len(files) > 1 and by.is_vendor:
            return waiting_photos.keep_by_account(by=by, line=data["line"], files=files)
        name, content = files[0] if len(files) == 1 else self.joined(files, data["line"])
        return certificates.upload(
            by=by,
            content=content,
            name=name,
            kind=data.get("kind") or Certificate.PROCESS,
            issuer=data.get("issuer"),
            line=data["line"],
            page_from=data["page_from"],
            page_to=data["page_to"],
            replaces=data.get("replaces"),
        )

    def joined(self, files: list[tuple[str, bytes]], line) -> tuple[str, bytes]:
        """Return the paper made of photos; the shop's own people chose them in the order of the pages."""
        given = [(content, name) for name, content in files]
        paper = photo_papers.keep_and_join(
            by=self.request.user, files=given, label=certificates.label_of(line)
        )
        return paper.original_name, read_bytes(paper)

    def message(self, result) -> str:
        return "" if isinstance(result, Arrival) else super().message(result)

    def success_url(self, result) -> str:
        if isinstance(result, Arrival):
            photos = reverse("documents:certificate-photos", kwargs={"number": result.number})
            return f"{photos}?replaces={self.replaces.number}" if self.replaces else photos
        if self.request.user.is_vendor:
            return reverse("documents:certificate-enter", kwargs={"number": result.number})
        return result.get_absolute_url()

    def cancel_url(self) -> str:
        return reverse("documents:certificate-list")


class CertificateVerb(VerbView):
    """One act on one certificate."""

    roles = DECIDERS
    model = Certificate
    template_name = "documents/certificate_act.html"

    def queryset_for(self, person):
        return super().queryset_for(person).select_related("file", "issuer", "entered_by")

    def context(self, record):
        return {
            "papers": paper_pages(record, None),
            "crumbs": [
                {"label": "Certificates", "url": reverse("documents:certificate-list")},
                {"label": record.number, "url": record.get_absolute_url()},
            ],
        }

    def success_url(self, result) -> str:
        return self.record.get_absolute_url()


class CertificateDecision(CertificateVerb):
    """A decision on one certificate; asked for, the next that waits is opened after it."""

    def success_url(self, result) -> str:
        if self.request.POST.get("then") == "next" and (waiting := waiting_for(self.request.user)):
            return reverse("documents:certificate-detail", kwargs={"number": waiting[0]})
        return super().success_url(result)


class CertificateEnter(CertificateVerb):
    """Type what the paper says, beside its pages."""

    roles = BRINGERS
    form_class = ReadFieldsForm
    template_name = "documents/certificate_enter.html"
    heading = _("What certificate {record.number} says")
    submit_label = _("Keep these fields")
    done = _("The fields of {record.number} are kept and compared below.")

    def enter(self, person) -> None:
        super().enter(person)
        self.reading = reading_of(self.record)

    def get_lead(self):
        return lead_of(self.record, self.reading)

    def form_kwargs(self):
        read = {"reading": self.reading, "marks": marks_of(self.reading)}
        return {"viewer": self.request.user, "instance": self.record, **read}

    def context(self, record):
        shown = reading_shown(record, self.reading, self.request.user)
        return super().context(record) | {"papers": paper_pages(record, self.reading)} | shown

    def act(self, record, data, *, by, token=None):
        return certificates.enter_fields(by=by, certificate=record, **data)


class CertificateCover(CertificateVerb):
    """Say what the certificate is for."""

    roles = COVERERS
    form_class = CoverForm
    heading = "What certificate {record.number} is for"
    lead = "One heat, or one outside step of one lot, and how many pieces. Do it again for the next."
    submit_label = "It covers these"
    done = "Certificate {record.number} covers it."

    def form_kwargs(self):
        return {"viewer": self.request.user, "kind": self.record.kind}

    def act(self, record, data, *, by, token=None):
        return certificates.cover(
            by=by,
            certificate=record,
            material_lot=data.get("material_lot"),
            step=data.get("step"),
            quantity=data["quantity"],
        )


class CertificateAccept(CertificateDecision):
    """Accept the certificate: the decision of a person who neither brought nor typed it."""

    permission = may_decide
    forbidden = (
        "You brought this certificate in or typed its fields; another person of quality decides on it."
    )
    form_class = AcceptForm
    heading = "Accept certificate {record.number}"
    lead = "It closes what it covers. Your signature covers the file, its pages and what they were read as."
    submit_label = "Accept it"
    meaning = "inspected and accepted"
    needs_reauth = True
    done = "Certificate {record.number} is accepted."

    def form_kwargs(self):
        record = self.record
        return {
            "is_used_elsewhere": bool(offered_before(record)),
            "asked": [key for key in certificates.compare(record) if key.asks and key.may_be_seen],
            "pages": range(record.page_from, record.page_to + 1),
        }

    def act(self, record, data, *, by, token=None):
        seen = seen_pages(data, record)
        return certificates.accept(
            by=by, certificate=record, token=token, reason=data.get("reason", ""), seen=seen
        )


class CertificateReject(CertificateDecision):
    """Reject the certificate, with the reason its sender needs."""

    form_class = CertificateReasonForm
    heading = "Reject certificate {record.number}"
    lead = "The paper is kept. Whoever sent it is asked for a corrected one."
    submit_label = "Reject and ask again"
    meaning = "inspected and rejected"
    needs_reauth = True
    is_danger = True
    done = "Certificate {record.number} is rejected."

    def get_initial(self):
        return {"reason": reason_for([key for key in certificates.compare(self.record) if key.stops])}

    def act(self, record, data, *, by, token=None):
        return certificates.reject(by=by, certificate=record, reason=data["reason"], token=token)


class CertificateRevoke(CertificateReject):
    """Take back an acceptance."""

    heading = "Revoke the acceptance of certificate {record.number}"
    lead = "Every lot it proved is open again, and every package that shows it goes out of date."
    submit_label = "Revoke it"
    done = "Certificate {record.number} is revoked."

    def get_initial(self):
        return {}

    def act(self, record, data, *, by, token=None):
        return certificates.revoke(by=by, certificate=record, reason=data["reason"], token=token)
