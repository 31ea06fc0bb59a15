"""The pages of the studio in a real Chromium, in both languages and widths, with a script and without."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from engine.clock import StoppedClock
from engine.commands.drafting import begin, save
from engine.library import Library
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.text import Text
from tests.chromium import in_a_browser
from tests.web.address import Address
from tests.web.axe import is_sound
from tests.web.served.world import build, token_of
from web.app import create_app

pytestmark = in_a_browser
PAGES = ("/studio", "/studio/new", "/studio/form/note", "/studio/form/note/publish", "/studio/form/note/try")


@pytest.fixture
def site(masar: Masar, clock: StoppedClock) -> Iterator[str]:
    """The world with a draft of a form and a new list, on a local address."""
    build(masar, clock)
    with masar.db.read() as conn:
        analyst = actor_named(conn, "analyst")
    assert analyst
    begin(masar, analyst, "list", "answers", Text("الإجابات", "Answers"))
    save(masar, analyst, "form", "note", b'{"id": "note", "type": "default", "components": [{"type": "html"}]}', 0)
    with Address(create_app(replace(masar, library=Library()))) as served:
        yield served.address


def opened(chromium: Browser, site: str, language: str = "ar", script: bool = True) -> Page:
    """A page at which the analyst is signed in."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=script)
    for name, value in (("masar_session", token_of("analyst")), ("language", language)):
        context.add_cookies([{"name": name, "value": value, "url": site}])
    return context.new_page()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_pages_are_sound_in_both_languages_and_on_a_phone(chromium: Browser, site: str, language: str) -> None:
    page = opened(chromium, site, language)
    for address in PAGES:
        is_sound(page, f"{site}{address}")


def test_a_list_is_changed_and_published_without_a_script(chromium: Browser, site: str) -> None:
    page = opened(chromium, site, script=False)
    page.goto(f"{site}/")
    assert page.url == f"{site}/studio"
    page.goto(f"{site}/studio/list/answers/edit")
    box = page.locator("#text")
    box.fill(box.input_value().replace("'First'", "'The first'"))
    page.locator("noscript button, form:has(#text) button").last.click()
    assert page.locator(".notice.ok").count() == 1
    page.goto(f"{site}/studio/list/answers/publish")
    page.locator("#note").fill("قائمة جديدة")
    page.locator("form.release button").click()
    assert page.url.endswith("/studio/list/answers?done=published")
    assert "الإصدار 1" in page.locator("table").inner_text()
