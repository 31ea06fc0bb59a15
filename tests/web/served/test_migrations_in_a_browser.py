"""The pages of migrations in a real Chromium: sound in both languages and widths, and of use without a script and
without a mouse."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from engine.clock import StoppedClock
from engine.library import Library
from engine.masar import Masar
from engine.worker import run_pass
from tests.chromium import in_a_browser
from tests.web.address import Address
from tests.web.axe import is_sound
from tests.web.served.analysts import CASE, SECOND, Studio, with_two_analysts
from tests.web.served.world import token_of
from web.app import create_app

pytestmark = in_a_browser
ALL = "/studio/migrations"


@pytest.fixture
def studio(masar: Masar, clock: StoppedClock, password_hash: str) -> Studio:
    """Running cases behind a version in which one step has another id and another is gone."""
    studio = with_two_analysts(masar, clock, password_hash)
    studio.publish(CASE, studio.draft(CASE, '"plan"', '"case_plan"'))
    return studio


@pytest.fixture
def site(studio: Studio) -> Iterator[str]:
    """The same on a local address."""
    app = create_app(replace(studio.world.masar, library=Library()))
    with Address(app) as served:
        yield served.address


def opened(chromium: Browser, site: str, who: str = "analyst", language: str = "ar", script: bool = True) -> Page:
    """A page at which an analyst is signed in."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=script)
    for name, value in (("masar_session", token_of(who)), ("language", language)):
        context.add_cookies([{"name": name, "value": value, "url": site}])
    return context.new_page()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_pages_are_sound_in_both_languages_and_on_a_phone(
    chromium: Browser, site: str, studio: Studio, language: str
) -> None:
    page = opened(chromium, site, language=language)
    is_sound(page, f"{site}{ALL}")
    address = f"{site}{studio.post(ALL, {'old': '1'}).location}"
    is_sound(page, address)
    is_sound(page, f"{address}/rehearsal")
    studio.post(f"{ALL}/1/proposal", {"revision": "1", "note": "لأن"})
    is_sound(opened(chromium, site, SECOND, language), address)
    studio.post(f"{ALL}/1/approval", who=SECOND)
    is_sound(page, address)
    while run_pass(studio.world.masar).anything:
        pass
    is_sound(page, f"{address}?done=approved")


def test_a_plan_is_chosen_with_the_keyboard_and_without_a_script_and_carried_through(
    chromium: Browser, site: str, studio: Studio
) -> None:
    page = opened(chromium, site, script=False)
    page.goto(f"{site}{ALL}")
    page.locator("form button:has-text('اقترح خطة')").press("Enter")
    choice = page.locator("select:has(option[value=case_plan][selected])")
    choice.focus()
    choice.press("Home")  # to be said
    page.locator("button:has-text('احفظ الخطة')").press("Enter")
    assert page.locator(".notice.ok").count() == 1
    assert page.locator("#findings").count() == 1
    page.locator("tr:has(bdi:text-is('plan')) select").select_option("case_plan")
    page.locator("button:has-text('احفظ الخطة')").press("Enter")
    assert page.locator("#findings").count() == 0
    page.locator("#note").fill("لأن")
    page.locator("form.release button").press("Enter")
    second = opened(chromium, site, SECOND, script=False)
    second.goto(page.url)
    second.locator("section.next form[action$=approval] button").press("Enter")
    assert second.url.endswith("?done=approved")
    while run_pass(studio.world.masar).anything:
        pass
    second.locator("a:has-text('انظر ثانية')").press("Enter")
    assert second.locator("progress").get_attribute("value") == second.locator("progress").get_attribute("max")
