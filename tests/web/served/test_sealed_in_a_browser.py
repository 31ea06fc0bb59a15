"""The pages of sealed files in a real Chromium: sound in both languages and on a phone, and worked by keys alone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from engine.clock import StoppedClock
from engine.library import Library
from engine.masar import Masar
from tests.chromium import in_a_browser
from tests.web.address import Address
from tests.web.axe import is_sound
from tests.web.served.sealing import make_late, seal, sealable
from tests.web.served.world import token_of
from web.app import create_app

pytestmark = in_a_browser


FOCUSED = "(e => [e.innerText, ...[...(e.labels || [])].map(one => one.innerText)].join(' '))(document.activeElement)"
"""What the element with the focus is called."""


@pytest.fixture
def site(masar: Masar, clock: StoppedClock) -> Iterator[str]:
    """The world on a local address; its case is sealed, and late."""
    world = sealable(masar, clock)
    make_late(world)
    seal(world, closed=False)
    with Address(create_app(replace(masar, library=Library()))) as opened:
        yield opened.address


def tab_to(page: Page, words: str) -> None:
    """Goes on by the Tab key until what bears these words has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            return
    raise AssertionError(f"no Tab leads to {words}")


def test_an_officer_finds_what_is_late_and_hands_it_over_by_the_keyboard_alone(chromium: Browser, site: str) -> None:
    for language in ("ar", "en"):
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        for name, value in (("masar_session", token_of("officer")), ("language", language)):
            context.add_cookies([{"name": name, "value": value, "url": site}])
        page = context.new_page()
        page.goto(f"{site}/sealed")
        hand_over = page.locator("main .open-work a").first.get_attribute("href")
        for address in ("/sealed", hand_over):
            is_sound(page, f"{site}{address}")
        if language == "en":
            page.goto(f"{site}/sealed")
            tab_to(page, "Hand it over")
            page.keyboard.press("Enter")
            page.wait_for_url(f"**{hand_over}")
            tab_to(page, "colleague")
            page.keyboard.press("Space")
            tab_to(page, "Why?")
            page.keyboard.type("No answer for two days")
            page.keyboard.press("Enter")
            page.get_by_role("status").get_by_text("It is handed over").wait_for()
            assert "Another officer takes note." in page.locator("main").inner_text()
        context.close()
