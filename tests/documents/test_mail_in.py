"""Certificates by mail: placed by the secret in the address, refused in words, never lost; no machine is answered."""

import io
import socketserver
import threading
from email.message import EmailMessage

import pytest
from django.core.management import CommandError, call_command

from documents.domain import mail_in, mailbox, mailings, sender_mails, upload_links
from documents.domain.decisions import reject
from documents.domain.reply_links import reply_scope
from documents.models import Arrival, Certificate, UploadLink
from portal.domain.mails import compose
from portal.domain.reply_addresses import address_of
from portal.models import Event, Job, Person
from tests.cast import reauth
from tests.documents.test_link_pages import text_pdf
from tests.factories.certificates import pdf


@pytest.fixture
def cast(linked):
    return linked.cast


@pytest.fixture
def line(linked):
    return linked.line


@pytest.fixture
def address(line, settings):
    settings.PORTAL_MAIL_REPLY_DOMAIN = "shop.example"
    return address_of(reply_scope(line.order))


def mail(to: str, *files: tuple[str, bytes], **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Jo Hale <jo@bw.example>"
    message["To"] = f"Halden Precision <{to}>"
    message["Subject"] = "Re: certificate"
    message.set_content("Attached.")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_each_file_becomes_a_certificate_or_is_refused_in_words(cast, line, address):
    # some programs write addresses in small letters, others in capitals
    content = mail(address.upper(), ("BW 1.pdf", pdf()), ("notes.txt", b"hello"))
    taken = mail_in.receive(message=content)
    certificate = Certificate.objects.get()
    assert (certificate.door, certificate.issuer) == ("mail", cast.vendor_organization)
    assert (certificate.sent_name, certificate.sent_email) == ("Jo Hale", "jo@bw.example")
    assert certificate.coverages.get().traveler == line.traveler
    assert (taken.to, taken.arrival.state) == ("jo@bw.example", "placed")
    assert taken.sentences == [
        f"BW 1.pdf is received as {certificate.number} for {line.order.number}.",
        "notes.txt was not taken: notes.txt is plain text; this place takes a PDF, a PNG picture, a JPEG picture, "
        "a TIFF picture, a JSON file.",
    ]
    [answer] = Job.objects.filter(kind="send_mail")
    assert (answer.arguments["to"], answer.arguments["subject"]) == (
        "jo@bw.example",
        f"Your mail for order {line.order.number}",
    )
    made = compose(key=answer.unique_key, arguments=answer.arguments)
    assert [sentence in made.body for sentence in taken.sentences] == [True, True]
    assert (made.to, "sign-in" in made.body) == (["jo@bw.example"], False)
    assert made.body.startswith("Hello,\n")
    again = mail_in.receive(message=content)
    assert Job.objects.filter(kind="send_mail").count() == 1
    assert (again.is_known, again.arrival, Certificate.objects.count()) == (True, taken.arrival, 1)


def test_a_house_that_reads_german_is_answered_in_german(cast, line, address):
    Person.objects.filter(organization=cast.vendor_organization).update(language="de")
    taken = mail_in.receive(message=mail(address, ("BW 1.pdf", pdf()), ("notes.txt", b"hello")))
    certificate = Certificate.objects.get()
    assert taken.sentences[0] == f"BW 1.pdf ist als {certificate.number} für {line.order.number} eingegangen."
    assert taken.sentences[1].startswith("notes.txt wurde nicht angenommen: ")
    [answer] = Job.objects.filter(kind="send_mail")
    assert answer.arguments["language"] == "de"
    assert answer.arguments["subject"] != f"Your mail for order {line.order.number}"
    assert taken.sentences[0] in compose(key=answer.unique_key, arguments=answer.arguments).body
    # of a house that reads in several languages nobody knows which is the sender's
    Person.objects.filter(pk=cast.vendor.pk).update(email="jo@bw.example", language="es")
    assert sender_mails.language_at(line.order, "JO@bw.example") == "es"
    Person.objects.create(
        email="li@bw.example", printed_name="Li", organization=cast.vendor_organization, role=Person.VENDOR
    )
    assert sender_mails.language_at(line.order, "stranger@bw.example") == ""


@pytest.mark.parametrize("to", ["certificates@shop.example", f"certificates+{'a' * 32}@shop.example"])
def test_what_names_no_order_waits_for_the_clerk(line, address, to):
    taken = mail_in.receive(message=mail(to, ("stack.pdf", text_pdf(line.order.number))))
    file = taken.arrival.files.get()
    assert (taken.arrival.state, Certificate.objects.count()) == ("waiting", 0)
    assert (
        taken.arrival.words
        == "It was not sent to the address of an order. Say which order its files are for."
    )
    assert file.proposals == [{"page_from": 1, "page_to": 1, "order": line.order.number}]
    assert taken.sentences == ["stack.pdf is here; a person says which order it is for."]
    # whoever does not know the secret of an order is told nothing
    assert Job.objects.filter(kind="send_mail").count() == 0


def test_another_domain_is_no_address_of_ours(address):
    taken = mail_in.receive(message=mail(address.replace("shop.example", "evil.example"), ("1.pdf", pdf())))
    assert (taken.arrival.state, taken.arrival.link) == ("waiting", None)


def test_a_revoked_address_places_nothing(cast, address):
    upload_links.revoke_link(by=cast.operator, link=UploadLink.objects.latest("pk"), reason="Changed.")
    assert mail_in.receive(message=mail(address, ("1.pdf", pdf()))).arrival.state == "waiting"


@pytest.mark.parametrize(("subject", "state"), [("certificate", "waiting"), ("certificate for {}", "placed")])
def test_an_old_address_must_name_the_order(line, address, subject, state):
    link = UploadLink.objects.latest("pk")
    content = mail(address, ("1.pdf", pdf())).replace(
        b"Re: certificate", subject.format(line.order.number).encode()
    )
    late = link.made_at + upload_links.ASKED_AFTER
    assert mail_in.receive(message=content, at=late).arrival.state == state


def test_a_mail_without_a_file_waits_and_says_so(address):
    taken = mail_in.receive(message=mail(address))
    assert taken.sentences == ["The mail carries no file. Answer again with the certificate attached."]
    waiting = Arrival.objects.get()
    assert (waiting.state, waiting.words) == ("waiting", "It carries no file. It says: Attached.")


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Supplier_Portal": "1"},
    ],
)
def test_machines_are_not_answered(address, headers):
    taken = mail_in.receive(message=mail(address, ("1.pdf", pdf()), **headers))
    assert (taken.arrival, taken.to, Arrival.objects.count()) == (None, "", 0)
    assert taken.ignored.startswith("The mail is not answered and not kept: ")


def test_a_person_who_says_no_machine_wrote_it_is_believed(address):
    assert mail_in.receive(message=mail(address, Auto_Submitted="no")).arrival.state == "waiting"


def test_a_forwarded_mail_gives_its_files(address):
    inner = EmailMessage()
    inner["From"] = "lab@bw.example"
    inner.set_content("The certificate.")
    inner.add_attachment(pdf(), maintype="application", subtype="pdf", filename="Prüfzeugnis\u202e.pdf")
    outer = EmailMessage()
    outer["From"], outer["To"] = "jo@bw.example", address
    outer.set_content("See below.")
    outer.add_attachment(inner)
    mail_in.receive(message=outer.as_bytes())
    assert Certificate.objects.get().file.original_name.startswith("Prüfzeugnis")


def nested(depth: int) -> bytes:
    lines = ["From: a@b.example", "To: c@d.example"]
    for at in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{at}"', "", f"--b{at}"]
    return "\r\n".join([*lines, "Content-Type: text/plain", "", "x"]).encode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x00\x01nothing", "This is no mail: it names no sender."),
        (nested(40), "nested deeper than any real"),
        (mail("a@b.example", *[(f"{at}.pdf", b"x") for at in range(31)]), "more than 30 files"),
    ],
)
def test_what_is_no_mail_is_refused(db, content, sentence):
    with pytest.raises(mail_in.MailNotTaken, match=sentence):
        mail_in.receive(message=content)
    assert Arrival.objects.count() == 0


# --- the doors of mail ---


@pytest.mark.parametrize(("is_mail", "code"), [(True, None), (False, 65)])
def test_the_command_takes_a_mail_from_the_pipe(address, monkeypatch, capsys, is_mail, code):
    content = mail(address, ("1.pdf", pdf())) if is_mail else b"nothing"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    if code:
        with pytest.raises(CommandError) as refusal:
            call_command("receive_mail")
        assert refusal.value.returncode == code
        return
    call_command("receive_mail")
    assert capsys.readouterr().out == (
        f"{Arrival.objects.get().number}: 1.pdf is received as {Certificate.objects.get().number} for "
        f"{UploadLink.objects.latest('pk').order.number}.\n"
    )


class SmallMailbox(socketserver.StreamRequestHandler):
    """As much of IMAP as reading a mailbox takes."""

    def handle(self):
        self.say("* OK here")
        for raw in self.rfile:
            tag, verb, *rest = raw.decode().split()
            verb = rest.pop(0) if verb == "UID" else verb
            getattr(self, verb.lower(), self.nothing)(rest)
            self.say(f"{tag} OK done")

    def say(self, line: str):
        self.wfile.write(f"{line}\r\n".encode())

    def nothing(self, rest):
        pass

    def capability(self, rest):
        self.say("* CAPABILITY IMAP4rev1")

    def select(self, rest):
        self.say(f"* {len(self.server.mails)} EXISTS")

    def search(self, rest):
        left = [str(uid) for uid in self.server.mails if uid not in self.server.flags]
        self.say(f"* SEARCH {' '.join(left)}")

    def fetch(self, rest):
        content = self.server.mails[int(rest[0])]
        self.say(f"* {rest[0]} FETCH (UID {rest[0]} BODY[] {{{len(content)}}}")
        self.wfile.write(content + b")\r\n")

    def store(self, rest):
        self.server.flags[int(rest[0])] = rest[2]


def test_unread_mails_of_the_mailbox_are_taken_once(address, settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), SmallMailbox) as server:
        server.daemon_threads = True
        server.mails = {1: mail(address, ("1.pdf", pdf())), 2: b"nothing\r\n"}
        server.flags = {}
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.PORTAL_IMAP_HOST, settings.PORTAL_IMAP_PORT = server.server_address
        settings.PORTAL_IMAP_TLS, settings.PORTAL_IMAP_USER = False, "certificates"
        settings.PORTAL_IMAP_PASSWORD = "a long word"
        taken = [len(mailbox.fetch()), len(mailbox.fetch())]
        server.shutdown()
    assert (taken, server.flags) == ([1, 0], {1: r"(\Seen)", 2: r"(\Flagged)"})
    assert Certificate.objects.count() == 1


def test_without_a_mailbox_nothing_is_fetched(settings):
    settings.PORTAL_IMAP_HOST = ""
    assert mailbox.fetch() == []


def answers() -> list[tuple[str, str, str]]:
    sent = Job.objects.filter(kind="send_mail").order_by("pk")
    told = [each.arguments["context"] for each in sent]
    words = [each.get("sentence") or " ".join(each["sentences"]) for each in told]
    return [
        (each.arguments["to"], each.arguments["subject"], word)
        for each, word in zip(sent, words, strict=True)
    ]


def test_a_mail_for_an_order_is_answered_once_and_never_to_a_machine(cast, line, address):
    content = mail(address, ("BW 1.pdf", pdf()))
    mail_in.receive(message=content)
    certificate = Certificate.objects.get()
    order = line.order.number
    said = [
        (
            "jo@bw.example",
            f"Your mail for order {order}",
            f"BW 1.pdf is received as {certificate.number} for {order}.",
        )
    ]
    assert answers() == said
    mail_in.receive(message=content)
    mail_in.receive(message=mail(address, ("BW 2.pdf", pdf()), Auto_Submitted="auto-replied"))
    mail_in.receive(message=mail("sales@shop.example", ("BW 3.pdf", pdf())))
    assert answers() == said


def test_who_sent_by_mail_is_told_what_was_decided(cast, address):
    mail_in.receive(message=mail(address, ("BW 1.pdf", pdf())))
    certificate = Certificate.objects.get()
    reject(by=cast.quality, certificate=certificate, reason="No stamp.", token=reauth(cast.quality))
    mailings.follow(Event.objects.filter(noun="certificate", verb="reject"))
    told = [each[:2] for each in answers() if each[0] == "jo@bw.example"]
    assert told[1:] == [("jo@bw.example", f"Certificate {certificate.number} was rejected")]
