"""Photos that wait to be put in order, by the same page for whoever has a link and whoever has an account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.domain import waiting_photos
from documents.domain.pictures import page_picture
from documents.models import Arrival, Certificate
from portal.domain.errors import Refused
from portal.intake.unreadable import FileNotReadable
from portal.permissions import VENDORS
from portal.views.doors import RECORD, Door, check_roles

MOVES = ("earlier", "later", "remove")


def moved(arrival: Arrival, act: str) -> bool:
    """Carry out the button that moves or leaves out one photo; say whether it was one of those."""
    word, _dash, position = act.partition("-")
    if word not in MOVES or not (position.isascii() and position.isdigit()):
        return False
    waiting_photos.rearrange(arrival=arrival, act=word, position=int(position[:4]))
    return True


def photo_rows(arrival: Arrival, url_of) -> dict:
    """Return what the page shows: the photos in their order, each with the address of its picture."""
    files = list(arrival.files.select_related("file").order_by("position"))
    for file in files:
        file.picture_url = url_of(file.position) if file.file else ""
    return {"files": files, "can_send": any(each.file for each in files)}


def picture_of(arrival: Arrival, position: int) -> HttpResponse:
    """Return one photo as a picture, drawn in a limited child process.

    Raises:  Http404 where there is none.
    """
    file = arrival.files.select_related("file").filter(position=min(position, 10_000)).first()
    if file is None or file.file is None:
        raise Http404(_("No photos wait here by that number."))
    try:
        picture = page_picture(file.file, 1)
    except Refused as damage:
        return HttpResponse(damage.sentence, status=410, content_type="text/plain; charset=utf-8")
    except FileNotReadable as refusal:
        return HttpResponse(refusal.sentence, status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(picture, content_type="image/png", headers={"X-Content-Type-Options": "nosniff"})


class CertificatePhotos(Door):
    """Put the photos one brought oneself in the order of the pages, then send them as one certificate."""

    scope = RECORD
    roles = VENDORS

    def enter(self, person) -> None:
        """Find the photos; those of another person do not exist here, not even for a colleague."""
        waiting = Arrival.objects.for_viewer(person).filter(door=Arrival.PAGE, state=Arrival.WAITING)
        if (arrival := waiting.filter(number=self.kwargs["number"]).first()) is None:
            raise Http404(_("No photos wait here by that number."))
        self.arrival = arrival
        check_roles(person, self.roles, is_seen=True)

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            if moved(self.arrival, request.POST.get("act", "send")):
                return HttpResponseRedirect(request.get_full_path())
            made = waiting_photos.send_by_account(
                by=request.user, arrival=self.arrival, replaces=self.replaced()
            )
        except Refused as refusal:
            return self.show(sentence=refusal.sentence, status=422)
        return HttpResponseRedirect(reverse("documents:certificate-enter", kwargs={"number": made.number}))

    def replaced(self) -> Certificate | None:
        """Return the certificate that was chosen to be corrected, while it may be."""
        number = self.request.GET.get("replaces", "").replace("\x00", "")[:40]
        return Certificate.objects.for_viewer(self.request.user).filter(number=number).first()

    def show(self, *, sentence: str = "", status: int = 200) -> HttpResponse:
        def url_of(position: int) -> str:
            place = {"number": self.arrival.number, "position": position}
            return reverse("documents:certificate-photo", kwargs=place)

        upload = reverse("documents:certificate-upload")
        context = {
            "sentence": sentence,
            "heading": _("Photos of the certificate for %(line)s") % {"line": self.arrival.subject},
            "crumbs": [{"label": _("Certificates"), "url": reverse("documents:certificate-list")}],
            "again_url": f"{upload}?line={self.arrival.subject}",
            **photo_rows(self.arrival, url_of),
        }
        return render(self.request, "documents/certificate_photos.html", context, status=status)


class CertificatePhoto(CertificatePhotos):
    """Show one of them."""

    is_reading = True
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return picture_of(self.arrival, self.kwargs["position"])
