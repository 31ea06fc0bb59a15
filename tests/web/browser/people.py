"""People at browsers of their own, who find their work on the pages and fill its forms as anybody would."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.web.axe import violations

WIDE: ViewportSize = {"width": 1280, "height": 860}
NARROW: ViewportSize = {"width": 360, "height": 740}
PASSWORD = "a long enough password"
KIND = """name => {
  const named = (one) => document.querySelector(`form[data-answers] [name="${CSS.escape(one)}"]`);
  return named(name)?.type ?? (named(name + ".day") ? "parts" : null);
}"""
FORM = "form[data-answers]"
PATIENCE = 30_000  # milliseconds; on a busy machine a page takes its time
expect.set_options(timeout=PATIENCE)
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d))?")


@dataclass
class Seen:
    """What axe has looked at (kind of page, language, width), and everything that was wrong with any of it."""

    kinds: set[tuple[str, str, int]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


class Person:
    """One signed-in person at a browser. `sizes` are the widths in which every new kind of page is looked at."""

    def __init__(
        self, browser: Browser, address: str, login: str, locale: str, seen: Seen, sizes: list[ViewportSize],
        script: bool = True,
    ) -> None:
        self.address, self.login, self.seen, self.sizes, self.script = address, login, seen, sizes, script
        self.locale = locale
        context = browser.new_context(viewport=sizes[0], java_script_enabled=script)
        context.add_cookies([{"name": "language", "value": locale, "url": address}])
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._hear)
        self.page.on("request", self._watch)

    def open(self, path: str) -> None:
        """Goes to an address; signs in where the session has ended meanwhile."""
        self.page.goto(self.address + path)
        if urlsplit(self.page.url).path == "/sign-in":
            self.look("sign-in")
            self.page.fill("#login", self.login)
            self.page.fill("#password", PASSWORD)
            self.page.click("main form button.button")

    def look(self, kind: str) -> None:
        """Lets axe look at a page of a kind it has not seen, in every size, and looks for what hangs over."""
        new = [size for size in self.sizes if (kind, self.locale, size["width"]) not in self.seen.kinds]
        if not new or not self.script:
            return
        for size in new:
            self.seen.kinds.add((kind, self.locale, size["width"]))
            self.page.set_viewport_size(size)
            self.seen.faults += [f"{kind}: {rule} {places}" for rule, places in violations(self.page)]
            if self.page.evaluate("document.documentElement.scrollWidth") > size["width"]:
                self.seen.faults.append(f"{kind} is wider than {size['width']}")
        self.page.set_viewport_size(self.sizes[0])

    def follow(self, name: str, exact: bool = True) -> None:
        """Clicks the link or button of this name that a person would see first, and waits for the page it leads to."""
        named = self.page.get_by_role("link", name=name, exact=exact).or_(
            self.page.get_by_role("button", name=name, exact=exact)
        )
        named.filter(visible=True).first.click()
        self.page.wait_for_load_state()

    def take_up(self, item: Any) -> None:
        """Finds a work item in the worklist, claims it where nobody has it, and opens it."""
        link = self.page.locator(f'a[href="/work/{item.id}"]')
        self.open("/")
        self.look("worklist")
        if not link.count():
            self.page.click('a.view[href="/work?view=groups"]')
            self.look("worklist of groups")
            with self.page.expect_navigation():
                self.page.locator("tr", has=link).get_by_role("button").click()
        else:
            link.click()
        expect(self.page.locator(FORM)).to_be_visible()

    def fill(self, raw: Mapping[str, list[str]]) -> None:
        """Types answers into the form of the page, row by row, waiting for the questions that follow."""
        for name, values in raw.items():
            if any(values):
                self._fill(name, [value for value in values if value])

    def submit(self, kind: str) -> None:
        """Sends the form once the questions that follow from the answers have come; a mistake that the page names
        fails the test with it."""
        self.look(kind)
        self.page.evaluate("document.activeElement.blur()")
        expect(self.page.locator(f"{FORM}[data-asking]")).to_have_count(0)
        self.page.locator(f"{FORM} .bar button[value=complete]").click()
        self.page.wait_for_load_state()
        told = self.page.locator(".mistakes")
        assert not told.count(), told.inner_text()

    def box(self, name: str) -> Locator:
        """The boxes of a question."""
        return self.page.locator(f'{FORM} [name="{name}"]')

    def _fill(self, name: str, values: list[str]) -> None:
        kind = self._kind_of(name)
        if kind in ("radio", "checkbox"):
            for value in values:
                self.page.locator(f'{FORM} [name="{name}"][value="{value}"]').check()
        elif kind == "select-one":
            self.box(name).select_option(values[0])
        elif kind == "parts":
            found = DAY.match(values[0])
            for part, value in zip(("year", "month", "day", "time"), found.groups() if found else (), strict=False):
                if value:
                    self.box(f"{name}.{part}").fill(value)
        elif kind != "hidden":
            self.box(name).fill(values[0])

    def _kind_of(self, name: str) -> str:
        """The kind of the boxes of a question, which may appear only now: in a new row, or after other answers."""
        kind = self.page.evaluate(KIND, name)
        row = re.match(r"(.+?)\.\d+\.", name)
        if not kind and row and (add := self.page.locator(f'{FORM} [name="_add.{row[1]}"]')).count():
            add.click()
        elif not kind and not self.script:
            self.page.locator(f"{FORM} button[name=_refresh]").click()
        if not kind:
            self.page.locator(f'{FORM} [name="{name}"], {FORM} [name="{name}.day"]').first.wait_for(state="attached")
            kind = self.page.evaluate(KIND, name)
        return str(kind)

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.seen.faults.append(f"console: {message.text}")

    def _watch(self, request: Any) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.seen.faults.append(f"a request left the house: {request.url}")
