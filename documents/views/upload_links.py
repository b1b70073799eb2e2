"""The door without account: open the link, choose the file, send it, read what came of it. Nothing else is shown."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.domain import link_pages, upload_links, waiting_photos
from documents.domain.certificates import compare
from documents.domain.reading_jobs import job_of
from documents.domain.readings import reading_of
from documents.forms.upload_links import PaperForm, SenderForm, SendForm
from documents.models import Arrival, Certificate
from documents.views.certificate_words import advice_to_vendor, scan_step
from documents.views.in_app_browsers import program_of
from documents.views.waiting_photos import moved, photo_rows, picture_of
from portal.domain.errors import Refused
from portal.models import Organization
from portal.views.doors import PUBLIC, Door
from portal.views.entrance import address_of

# a session remembers which papers were shown, who sent something, and under which numbers it was kept
PAPERS, SENDER, SENT = "papers_shown", "link_sender", "sent_by_link"
# so long the page of a certificate asks by itself whether it was read
ASKS_FOR = timedelta(seconds=90)


class LinkDoor(Door):
    """A page behind a link: the link is looked at first, and whatever is wrong with it looks the same."""

    scope = PUBLIC
    roles = None
    asks_for_paper = True

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            self.link = upload_links.find_link(kwargs["token"], address=address_of(request))
        except Refused as refusal:
            status = 429 if isinstance(refusal, upload_links.LinkIsBusy) else 410
            words = {"heading": _("This link opens nothing"), "sentence": refusal.sentence}
            return render(request, "documents/link_refused.html", words, status=status)
        self.order = self.link.order
        if self.asks_for_paper and self.must_show_paper():
            return HttpResponseRedirect(self.url("prove"))
        return super().dispatch(request, *args, **kwargs)

    def must_show_paper(self) -> bool:
        shown = self.request.session.get(PAPERS, [])
        return upload_links.asks_for_paper(self.link) and self.link.token_sha256 not in shown

    def url(self, verb: str, **named) -> str:
        return reverse(f"documents:link-{verb}", kwargs={"token": self.kwargs["token"], **named})

    def lines(self):
        return (
            self.order.lines.select_related("specification", "traveler", "step__operation", "order")
            .prefetch_related("flowdown_items")
            .order_by("line_number")
        )

    def words(self) -> dict:
        """Return what every page of the link shows: whose order it is, and which."""
        shop = Organization.objects.filter(kind=Organization.SHOP).first()
        return {"order": self.order, "shop": shop.name if shop else "", "send_url": self.url("send")}

    def certificate(self) -> Certificate:
        """Return the certificate of the address, when it came by this link.

        Raises:  Http404.
        """
        found = self.link.certificates.filter(number=self.kwargs["number"])
        if (certificate := found.select_related("file", "issuer", "link").first()) is None:
            raise Http404(_("Nothing of that number was sent by this link."))
        return certificate


class LinkSend(LinkDoor):
    """Show what is ordered, and take the certificate."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.show(SendForm(lines=self.lines()))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = SendForm(request.POST, request.FILES, lines=self.lines())
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            return HttpResponseRedirect(self.take(form.cleaned_data))
        except Refused as refusal:
            form.add_error("file", refusal.sentence)
            return self.show(form, status=422)

    def take(self, data: dict) -> str:
        """Take in what was chosen and return where to go: to the verdict, or to the order of the photos."""
        sender = self.request.session.get(SENDER, {})
        named = {"sender_name": sender.get("name", ""), "sender_email": sender.get("email", "")}
        files = [(each.name, each.read()) for each in data["files"]]
        if len(files) > 1:
            arrival = waiting_photos.keep_by_link(link=self.link, line=data["line"], files=files)
            return self.url("photos", number=arrival.number)
        (name, content) = files[0]
        certificate = link_pages.send_file(
            link=self.link, line=data["line"], content=content, name=name, **named
        )
        remember_sent(self.request, certificate)
        return self.url("certificate", number=certificate.number)

    def show(self, form: SendForm, *, status: int = 200) -> HttpResponse:
        lines = list(self.lines())
        # what this browser sent; the paper may be in other hands, too
        numbers = self.request.session.get(SENT, [])
        sent = self.link.certificates.filter(number__in=numbers).select_related("file").order_by("-pk")
        context = {
            "form": form,
            "lines": lines,
            "program": program_of(self.request.headers.get("User-Agent", "")),
            "sent": [
                {"certificate": each, "url": self.url("certificate", number=each.number)} for each in sent
            ],
            "pages_url": self.request.build_absolute_uri(self.url("send")),
        }
        return render(self.request, "documents/link_send.html", {**self.words(), **context}, status=status)


class LinkProve(LinkDoor):
    """Ask what the paper says, when the link is older than the parts are usually away."""

    asks_for_paper = False

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.show(PaperForm())

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = PaperForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            upload_links.prove_paper(link=self.link, address=address_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            return self.show(form, status=422)
        request.session[PAPERS] = [*request.session.get(PAPERS, []), self.link.token_sha256][-20:]
        return HttpResponseRedirect(self.url("send"))

    def show(self, form: PaperForm, *, status: int = 200) -> HttpResponse:
        # before the paper is shown not even the order's number is told
        return render(self.request, "documents/link_prove.html", {"form": form}, status=status)


class LinkCertificate(LinkDoor):
    """Show what came of one certificate sent by this link."""

    template_name = "documents/link_certificate.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return render(request, self.template_name, self.context(self.certificate()))

    def context(self, certificate: Certificate) -> dict:
        number = {"number": certificate.number}
        offers = link_pages.offers_of(self.link, certificate)
        return {
            **self.words(),
            "certificate": certificate,
            "advice": advice_on_link(certificate),
            "progress_url": self.url("progress", **number) if is_being_read(certificate) else "",
            "offers": [
                {"offer": each, "url": self.url("also", **number, position=each.position)} for each in offers
            ],
            "sender_form": None if certificate.sent_name else SenderForm(),
            "sender_url": self.url("sender", **number),
            "may_send_again": certificate.state in (Certificate.REJECTED, Certificate.REVOKED),
        }


class LinkProgress(LinkCertificate):
    """Answer the page that asks whether the certificate was read by now."""

    template_name = "documents/link_verdict.html"


class LinkSender(LinkDoor):
    """Take down who sent it."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return HttpResponseRedirect(self.url("certificate", number=self.certificate().number))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        certificate, form = self.certificate(), SenderForm(request.POST)
        if form.is_valid():
            try:
                upload_links.note_sender(link=self.link, certificate=certificate, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.sentence)
        if not form.is_valid():
            page = LinkCertificate()
            page.setup(request, **self.kwargs)
            page.link, page.order = self.link, self.order
            context = {**page.context(certificate), "sender_form": form}
            return render(request, page.template_name, context, status=422)
        # the next certificate from this phone needs no typing
        request.session[SENDER] = form.cleaned_data
        return HttpResponseRedirect(self.url("certificate", number=certificate.number))


class LinkAlso(LinkDoor):
    """Send pages of the same file for the other order they name."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return HttpResponseRedirect(self.url("certificate", number=self.certificate().number))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        certificate = self.certificate()
        try:
            made = link_pages.take_offer(
                link=self.link, certificate=certificate, position=self.kwargs["position"]
            )
        except Refused as refusal:
            words = {**self.words(), "heading": _("Nothing was sent"), "sentence": refusal.sentence}
            return render(request, "documents/link_refused.html", words, status=409)
        return HttpResponseRedirect(self.url("certificate", number=made.number))


class LinkPhotos(LinkDoor):
    """Put photos in the order of the pages, then send them as one certificate."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.show(self.arrival())

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        arrival = self.arrival()
        try:
            if moved(arrival, request.POST.get("act", "send")):
                return HttpResponseRedirect(request.path)
            sender = request.session.get(SENDER, {})
            made = waiting_photos.send_by_link(
                link=self.link,
                arrival=arrival,
                sender_name=sender.get("name", ""),
                sender_email=sender.get("email", ""),
            )
        except Refused as refusal:
            return self.show(arrival, sentence=refusal.sentence, status=422)
        remember_sent(request, made)
        return HttpResponseRedirect(self.url("certificate", number=made.number))

    def arrival(self) -> Arrival:
        found = self.link.arrivals.filter(number=self.kwargs["number"], state=Arrival.WAITING)
        if (arrival := found.first()) is None:
            raise Http404(_("No photos wait here by that number."))
        return arrival

    def show(self, arrival: Arrival, *, sentence: str = "", status: int = 200) -> HttpResponse:
        rows = photo_rows(
            arrival, lambda position: self.url("photo", number=arrival.number, position=position)
        )
        context = {**self.words(), "sentence": sentence, "again_url": self.url("send"), **rows}
        return render(self.request, "documents/link_photos.html", context, status=status)


class LinkPhoto(LinkPhotos):
    """Show one photo that waits to be put in order, drawn in a limited child process."""

    is_reading = True

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return picture_of(self.arrival(), self.kwargs["position"])

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return HttpResponseRedirect(self.url("photos", number=self.arrival().number))


def remember_sent(request: HttpRequest, certificate: Certificate) -> None:
    """Let this browser find again what it sent."""
    request.session[SENT] = [*request.session.get(SENT, []), certificate.number][-20:]


def is_being_read(certificate: Certificate) -> bool:
    """Say whether a reading may still come within the patience of somebody who looks at the page."""
    is_young = timezone.now() - certificate.uploaded_at < ASKS_FOR
    return certificate.state == Certificate.RECEIVED and is_young and reading_of(certificate) is None


def advice_on_link(certificate: Certificate) -> dict:
    """Return the verdict in the words of its sender, without the acts only an account can do."""
    if certificate.state == Certificate.RECEIVED and reading_of(certificate) is None:
        return {
            "state": "received",
            "heading": _("Received. It is being read."),
            "sentence": " ".join(
                filter(
                    None,
                    (
                        scan_step(job_of(certificate)),
                        _("Your file is kept unchanged. A person of the shop decides; you need not wait."),
                    ),
                )
            ),
        }
    advice = advice_to_vendor(certificate, compare(certificate))
    return {
        name: advice[name]
        for name in ("state", "heading", "sentence", "differences", "missed")
        if name in advice
    }
