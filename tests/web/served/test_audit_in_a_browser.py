"""The auditor's pages in a real Chromium, in both languages: what axe finds, and what the keyboard does."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from engine.clock import StoppedClock
from engine.drawing import laid_out
from engine.library import Library
from engine.masar import Masar
from engine.store.definitions import definition
from tests.chromium import in_a_browser
from tests.web.address import Address
from tests.web.axe import violations
from tests.web.served.world import DEFINITIONS, build, token_of
from web.app import create_app

pytestmark = in_a_browser


@dataclass
class Site:
    """The application of the world on a local address, and the case in it."""

    address: str
    case: str


@pytest.fixture
def site(masar: Masar, clock: StoppedClock) -> Iterator[Site]:
    """The world, its case with a drawing."""
    case = build(masar, clock).things["case"]
    drawn = laid_out((DEFINITIONS / "case.bpmn").read_bytes())
    masar.db.run(lambda conn: conn.execute(update(definition).where(definition.c.key == "case").values(source=drawn)))
    with Address(create_app(replace(masar, library=Library()))) as served:
        yield Site(served.address, case)


def opened(chromium: Browser, site: Site, language: str = "ar", script: bool = True) -> Page:
    """A page at which the auditor is signed in."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=script)
    for name, value in (("masar_session", token_of("auditor")), ("language", language)):
        context.add_cookies([{"name": name, "value": value, "url": site.address}])
    return context.new_page()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_pages_are_sound_in_both_languages_and_on_a_phone(chromium: Browser, site: Site, language: str) -> None:
    page, said = opened(chromium, site, language), list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for part in ("replay?step=2", "verification", "readings"):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{site.address}/cases/{site.case}/{part}")
        if part == "verification":
            page.locator("main form button").click()
            page.locator(".notice.ok").wait_for()
        assert violations(page) == [], part
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, part
        assert violations(page) == [], part
    assert said == []
    page.context.close()


def test_the_arrow_keys_go_along_with_the_reading_and_move_the_marks_only(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site)
    page.goto(f"{site.address}/cases/{site.case}/replay?step=1")
    page.locator('.diagram [data-element-id="check"].active').wait_for()
    page.evaluate("document.querySelector('.diagram').dataset.same = 'yes'")
    page.keyboard.press("ArrowLeft")
    page.locator('.diagram [data-element-id="second_check"].active').wait_for()
    assert page.locator('.diagram [data-element-id="check"].done').count() == 1
    assert page.locator('.diagram[data-same="yes"]').count() == 1
    assert page.url.endswith("step=2") and "الخطوة 2 من 2" in page.locator("[data-said]").inner_text()
    page.keyboard.press("ArrowRight")
    page.locator('.diagram [data-element-id="check"].active').wait_for()
    page.go_back()
    page.locator('.diagram [data-element-id="second_check"].active').wait_for()
    page.get_by_label("الخطوة", exact=True).fill("١")
    page.keyboard.press("Enter")
    page.locator('.diagram [data-element-id="check"].active').wait_for()
    assert page.get_by_label("الخطوة", exact=True).evaluate("box => box === document.activeElement")
    page.context.close()


def test_the_steps_work_without_javascript(chromium: Browser, site: Site) -> None:
    page = opened(chromium, site, "en", script=False)
    page.goto(f"{site.address}/cases/{site.case}/replay")
    page.get_by_role("link", name="Next").click()
    assert "Step 2 of 2" in page.title()
    page.get_by_label("Step", exact=True).fill("1")
    page.get_by_role("button", name="Go").click()
    assert "Step 1 of 2" in page.title()
    page.context.close()
