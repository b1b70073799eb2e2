"""A person at a browser: opens pages, follows what they offer, fills forms by their labels, reads the answer."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html


def squeeze(text: str) -> str:
    """Return text as a reader sees it: white space is one blank."""
    return " ".join(text.split())


def words_of(element: html.HtmlElement) -> str:
    return squeeze(element.text_content())


def name_of(element: html.HtmlElement) -> str:
    """Return the words by which a link or button is read out."""
    return squeeze(element.get("aria-label") or element.text_content())


class Visitor:
    """One person with a browser of their own, and the page they look at.

    Forms are sent as a browser sends them: every field with what stands in it, the token against forgery too.
    """

    base = "http://testserver"

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def another(self) -> Visitor:
        """Return somebody else with a browser of their own."""
        return Visitor()

    def sign_in(self, email: str, password: str) -> Visitor:
        self.open(reverse("portal:sign-in"))
        return self.send("Sign in", {"E-mail address": email, "Password": password})

    def open(self, address: str, *, status: int = 200) -> Visitor:
        """Open an address and read its page."""
        self._look(self.client.get(address, follow=True), status)
        return self

    def fetch(self, address: str) -> tuple[str, bytes]:
        """Return media type and bytes of a file."""
        response = self.client.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}."
        return response["Content-Type"], b"".join(response)

    def follow(self, label: str) -> Visitor:
        """Follow the one link the page offers under these words."""
        addresses = {link.get("href") for link in self.page.iter("a") if name_of(link) == label}
        assert len(addresses) == 1, f"{self.address} offers {len(addresses)} links “{label}”.\n{self.text}"
        return self.open(addresses.pop())

    def offers(self, label: str) -> bool:
        """Say whether the page holds a link of these words that can be followed."""
        return any(name_of(link) == label for link in self.page.iter("a"))

    def choices(self, question: str) -> list[str]:
        """Return the words of the choices under a question with several answers."""
        return [
            words_of(label)
            for fieldset in self.page.iter("fieldset")
            if words_of(fieldset.find("legend")) == question
            for label in fieldset.iter("label")
        ]

    def send(self, button: str, answers: dict[str, object] | None = None, *, status: int = 200) -> Visitor:
        """Fill the form that ends in this button and press it; what is not answered stays as it stands.

        answers: label → text; the words of a choice, or several; True or False for a tick; (name, content) for a
        file. A refused form answers with status 422.
        """
        form, pressed = self._form(button)
        files = {}
        for label, answer in (answers or {}).items():
            if isinstance(answer, tuple) and isinstance(answer[1], bytes):
                files[_control(form, label).name] = SimpleUploadedFile(*answer)
            else:
                _fill(form, label, answer)
        data: dict[str, list] = {}
        for name, value in _filled(form):
            data.setdefault(name, []).append(value)
        if pressed.get("name"):
            data[pressed.get("name")] = [pressed.get("value", "")]
        address = pressed.get("formaction") or form.get("action") or self.address
        response = self.client.post(address, {**data, **files}, follow=True)
        self._look(response, status)
        return self

    def _look(self, response, status: int) -> None:
        self.response = response
        self.address = response.request["PATH_INFO"]
        if query := response.request.get("QUERY_STRING"):
            self.address += f"?{query}"
        is_page = response.get("Content-Type", "").startswith("text/html")
        self.page = html.fromstring(response.content) if is_page else None
        said = self.text if is_page else ""
        assert response.status_code == status, f"{self.address} answered {response.status_code}.\n{said}"

    def _form(self, button: str) -> tuple[html.FormElement, html.HtmlElement]:
        found = [
            (form, each)
            for form in self.page.forms
            for each in form.iter("button")
            if name_of(each) == button
        ]
        assert len(found) == 1, f"{self.address} has {len(found)} buttons “{button}”.\n{self.text}"
        return found[0]

    @property
    def heading(self) -> str:
        return words_of(self.page.find(".//h1"))

    @property
    def text(self) -> str:
        """Everything the page says between its head and its foot."""
        return words_of(self.page.find(".//main"))

    @property
    def told(self) -> list[str]:
        """What the last act is said to have done."""
        return [words_of(each) for each in self.page.xpath("//ul[@class='notes']/li")]

    @property
    def refused(self) -> list[str]:
        """What the form says is wrong: its own sentences, then those of its fields."""
        own = self.page.xpath("//form[@method='post']/div[@role='alert']//p")
        return [words_of(each) for each in own + self.page.xpath("//*[contains(@class, 'wrong')]")]

    @property
    def facts(self) -> dict[str, str]:
        """The head of a record as label → value."""
        return {
            words_of(each.find("dt")): words_of(each.find("dd"))
            for each in self.page.xpath("(//dl[contains(@class, 'facts')])[1]/div")
        }


def _labels(form: html.FormElement) -> Iterator[tuple[str, html.HtmlElement]]:
    for label in form.iter("label", "legend"):
        yield words_of(label).removesuffix(" (optional)"), label


def _control(form: html.FormElement, label: str) -> html.HtmlElement:
    found = [each for words, each in _labels(form) if words == label]
    there = [words for words, _ in _labels(form)]
    assert len(found) == 1, f"The form has {len(found)} questions “{label}”; it asks {there}."
    if found[0].tag == "legend":
        return found[0].getparent()
    return form.get_element_by_id(found[0].get("for"))


def _fill(form: html.FormElement, label: str, answer: object) -> None:
    control = _control(form, label)
    if control.tag == "fieldset":
        wanted = [answer] if isinstance(answer, str) else answer
        for words in wanted:
            _control(form, words).checked = True
    elif control.tag == "select":
        wanted = [answer] if isinstance(answer, str) else list(answer)
        values = [_option(control, label, words) for words in wanted]
        control.value = values if control.multiple else values[0]
    elif control.get("type") == "checkbox":
        control.checked = bool(answer)
    else:
        control.value = str(answer)


def _option(control: html.SelectElement, label: str, words: str) -> str:
    options = {words_of(option): option.get("value") for option in control.iter("option")}
    fitting = [words] if words in options else [each for each in options if each.startswith(words)]
    assert len(fitting) == 1, f"“{label}” offers {list(options)}, {len(fitting)} of them “{words}”."
    return options[fitting[0]]


def _filled(form: html.FormElement) -> Iterator[tuple[str, str]]:
    """Yield what a browser would send; a choice nobody made stands on its first option."""
    yield from form.form_values()
    for control in form.iter("select"):
        if not control.multiple and control.value is None and len(control):
            yield control.name, next(iter(control.iter("option"))).get("value", "")
