"""The pages in a real Chromium: what axe finds, what a narrow screen shows, what the small scripts do."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import request
from playwright.sync_api import Browser, Page

from tests.chromium import in_a_browser
from tests.web import dressed, register_samples, sealed_samples, team_samples
from tests.web.address import Address
from tests.web.axe import violations

LOOKED_AT = [
    "sign_in_refused", "worklist", "work_wrong", "work_unclaimed", "deadline_wrong", "case", "cases", "conflict",
    "error_404",
]
pytestmark = in_a_browser


class Site(Address):
    """The sample pages on a local address, and what was posted to them."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, dict[str, str]]] = []
        app = dressed.app()
        app.add_url_rule("/work/<item>/draft", "draft", self._draft, methods=["POST"])
        app.add_url_rule("/work/<item>", "work", self._work, methods=["POST"])
        self._app = app
        super().__init__(app)

    def _draft(self, item: str) -> Any:
        self.posted.append((f"draft of {item}", request.form.to_dict()))
        return {"saved_at": "2026-11-22T09:30:00+00:00"}

    def _work(self, item: str) -> str:
        self.posted.append((f"work {item}", request.form.to_dict()))
        return str(self._app.view_functions["show"](name="work"))


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as opened:
        yield opened


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("locale", ["ar", "en"])
@pytest.mark.parametrize(
    "name", [*LOOKED_AT, *team_samples.LOOKED_AT, *register_samples.LOOKED_AT, *sealed_samples.LOOKED_AT])
def test_axe_finds_nothing_and_360_pixels_are_wide_enough(page: Page, site: Site, name: str, locale: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{site.address}/show/{name}?locale={locale}")
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
    assert said == []


def test_typing_is_saved_as_a_draft_on_the_server_and_nowhere_in_the_browser(page: Page, site: Site) -> None:
    page.clock.install()
    page.goto(f"{site.address}/show/work")
    page.get_by_label("البلدة").fill("حلب")
    with page.expect_response("**/draft"):
        page.clock.fast_forward(3000)
    name, fields = site.posted[-1]
    assert name == "draft of 33990651" and fields["address.town"] == "حلب" and fields["_csrf"] == "secret"
    page.get_by_text("حُفظت المسودة").wait_for()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_choice_that_others_hang_on_asks_the_server_and_keeps_what_is_typed(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/show/work")
    page.get_by_label("البلدة").fill("حمص")
    page.locator("#f-why_not_alone").evaluate("field => field.closest('.field').remove()")
    page.locator("input[name=_shown]").evaluate("input => input.value = ''")
    with page.expect_response("**/work/33990651"):
        page.get_by_text("غير معروف").check()
    page.locator("#f-why_not_alone").wait_for()
    assert site.posted[-1][1]["_refresh"] == "1"
    assert page.get_by_label("البلدة").input_value() == "حمص"
    assert page.locator("input[name=_shown]").input_value() == "0,1"


def test_a_form_reads_and_submits_without_javascript(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/show/work")
    page.get_by_label("البلدة").fill("دمشق")
    page.get_by_role("button", name="إرسال", exact=True).last.click()
    assert site.posted[-1][1]["_do"] == "complete" and site.posted[-1][1]["address.town"] == "دمشق"
    context.close()


def test_the_diagram_is_drawn_from_left_to_right_with_its_marks(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/show/case")
    page.locator('.diagram [data-element-id="rescore"].active').first.wait_for()
    assert page.locator('.diagram [data-element-id="follow_up"].done').count() == 1
    assert page.locator(".bjs-powered-by").first.is_visible()
    assert page.locator(".diagram").first.evaluate("island => getComputedStyle(island).direction") == "ltr"


def test_the_keyboard_skips_to_the_content_and_sees_where_it_is(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/show/worklist")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
