"""The visitor of the flow tests at a real browser: same words, but Chromium renders, fills and clicks."""

from __future__ import annotations

import tempfile
from pathlib import Path

from lxml import html
from playwright.sync_api import Browser, Error, Locator, Page, Response

from tests.flows.pages import Visitor, words_of


class BrowserVisitor(Visitor):
    """One person at Chromium. Whatever the browser complains about in its console is an error of the test."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.context = browser.new_context(base_url=base)
        self.window: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.window.on("console", self._hear)
        self.window.on("pageerror", lambda error: self.complaints.append(str(error)))

    def another(self) -> BrowserVisitor:
        """Return somebody else at a browser of their own."""
        return BrowserVisitor(self.browser, self.base)

    def _hear(self, message) -> None:
        # Chromium reports every refused form (422) as a failed load; the test itself looks at the status
        if message.type == "error" and "status of" not in message.text:
            self.complaints.append(message.text)

    def open(self, address: str, *, status: int = 200) -> Visitor:
        self._seen(self._go(self._whole(address)), status)
        return self

    def _go(self, address: str) -> Response | None:
        try:
            return self.window.goto(address)
        except Error as failure:
            # a page that waits for its package loads itself anew once it is drawn, and may do so just now
            if "ERR_ABORTED" not in str(failure):
                raise
            return self.window.goto(address)

    def fetch(self, address: str) -> tuple[str, bytes]:
        """Return media type and bytes of a file, as a click on its link would save them."""
        answer = self.context.request.get(self._whole(address))
        assert answer.status == 200, f"{address} answers {answer.status}."
        return answer.headers["content-type"], answer.body()

    def _whole(self, address: str) -> str:
        return f"{self.base}{address}" if address.startswith("/") else address

    def send(self, button: str, answers: dict[str, object] | None = None, *, status: int = 200) -> Visitor:
        pressed = self.window.get_by_role("button", name=button, exact=True)
        found = [each for each in pressed.all() if each.evaluate("each => each.form !== null")]
        assert len(found) == 1, f"{self.address} has {len(found)} buttons “{button}”.\n{self.text}"
        form = self.window.locator("form").filter(has=found[0])
        with tempfile.TemporaryDirectory() as folder:
            for label, answer in (answers or {}).items():
                _answer(form, label, answer, Path(folder))
            with self.window.expect_navigation() as going:
                found[0].click()
            self._seen(going.value, status)
        return self

    def _seen(self, response: Response | None, status: int) -> None:
        assert response is not None
        self.address = response.url.removeprefix(self.base)
        self.page = html.fromstring(self.window.content())
        assert response.status == status, f"{self.address} answered {response.status}.\n{self.text}"
        assert self.complaints == [], f"{self.address}: {self.complaints}"


def _answer(form: Locator, label: str, answer: object, folder: Path) -> None:
    """Answer one question the way a hand does: choose, tick, type, or pick a file."""
    if isinstance(answer, tuple) and isinstance(answer[1], bytes):
        path = folder / answer[0].replace("/", "_")
        path.write_bytes(answer[1])
        return _control(form, label).set_input_files(path)
    control = _control(form, label)
    kind = control.evaluate("each => each.tagName === 'SELECT' ? 'select' : each.tagName + ':' + each.type")
    if kind == "select":
        wanted = [answer] if isinstance(answer, str) else list(answer)
        return control.select_option(value=[_option(control, words) for words in wanted])
    if kind.startswith("FIELDSET"):
        for words in [answer] if isinstance(answer, str) else answer:
            _control(control, words).check()
        return None
    if kind == "INPUT:checkbox":
        return control.set_checked(bool(answer))
    if kind == "INPUT:date":
        return control.fill(str(answer))
    return control.fill(str(answer))


def _control(form: Locator, label: str) -> Locator:
    """Return the control of the one question whose words are these, optional or not."""
    for each in form.locator("label, legend").all():
        words = words_of(html.fromstring(each.evaluate("each => each.outerHTML")))
        if words.removesuffix(" (optional)") == label:
            if each.evaluate("each => each.tagName") == "LEGEND":
                return each.locator("xpath=..")
            return form.locator(f"[id='{each.get_attribute('for')}']")
    raise AssertionError(f"The form does not ask “{label}”.")


def _option(control: Locator, words: str) -> str:
    options = control.evaluate(
        "each => Array.from(each.options).map(option => [option.text.trim().replace(/\\s+/g, ' '), option.value])"
    )
    fitting = [value for text, value in options if text == words]
    fitting = fitting or [value for text, value in options if text.startswith(words)]
    assert len(fitting) == 1, f"{[text for text, _ in options]} has {len(fitting)} choices “{words}”."
    return fitting[0]
