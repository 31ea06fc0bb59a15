"""The public pages in a real Chromium, on a narrow phone, in Arabic, without JavaScript; then what the script adds."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from engine.masar import Masar
from tests.chromium import in_a_browser
from tests.web.address import Address
from tests.web.axe import violations
from web.app import create_app

pytestmark = in_a_browser


@pytest.fixture
def address(shipped: Masar) -> Iterator[str]:
    """The application with the shipped content, served."""
    with Address(create_app(shipped)) as served:
        yield served.address


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A narrow phone without JavaScript."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="ar")
    yield context.new_page()
    context.close()


def is_sound(page: Page) -> None:
    """Nothing for axe to say, nothing wider than the phone. Axe is a script itself, so that it looks at the page as it
    stands in a second window, in which scripts of the page do not run."""
    browser = page.context.browser
    assert browser
    window = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    window.route("**/*.js", lambda route: route.abort())
    html = page.content()
    window.route("**/as-it-stands", lambda route: route.fulfill(body=html, content_type="text/html"))
    window.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + "/as-it-stands")
    assert violations(window) == []
    assert window.evaluate("document.documentElement.scrollWidth") <= 360
    window.context.close()


def test_somebody_reports_and_asks_how_far_it_is_on_a_phone_without_javascript(phone: Page, address: str) -> None:
    phone.goto(f"{address}/report")
    is_sound(phone)
    phone.get_by_label("ماذا حدث؟").fill("طفل وحده في البيت منذ يومين")
    phone.get_by_label("رضيع أو طفل متروك").check()
    phone.get_by_text("أذكر اسمي ويبقى سرياً").check()
    phone.get_by_role("button", name="إرسال", exact=True).last.click()
    phone.get_by_label("اسمك").fill("هدى")  # the question came with the answer; nothing was lost
    is_sound(phone)
    phone.get_by_role("button", name="إرسال", exact=True).last.click()
    is_sound(phone)
    code = phone.locator(".code").inner_text()
    assert re.fullmatch(r"[a-z2-7]{4}(-[a-z2-7]{4}){3}", code)
    phone.get_by_role("link", name="متابعة بلاغ").click()
    phone.get_by_label("رمزك").fill(code.upper())
    phone.get_by_role("button", name="اسأل").click()
    assert phone.get_by_role("heading", name="وصل", exact=True).is_visible()
    is_sound(phone)
    phone.get_by_role("link", name="خروج سريع").click()
    assert phone.url.startswith(f"{address}/calendar")
    is_sound(phone)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_blank_form_is_sound_and_prints_on_one_sheet(chromium: Browser, address: str, lang: str) -> None:
    page = chromium.new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto(f"{address}/report/blank?lang={lang}")
    is_sound(page)
    page.emulate_media(media="print")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 2  # its two sides
    page.context.close()


ESCAPE_TWICE = """
for (let time = 0; time < 2; time++) document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
"""


@pytest.mark.parametrize("by", ["the button", "Escape, twice"])
def test_with_javascript_the_way_back_does_not_lead_to_the_form(chromium: Browser, address: str, by: str) -> None:
    page = chromium.new_context().new_page()
    page.goto(f"{address}/calendar")
    page.goto(f"{address}/report")
    page.get_by_label("ماذا حدث؟").fill("شيء")
    if by == "the button":
        page.get_by_role("link", name="خروج سريع").click()
    else:
        page.evaluate(ESCAPE_TWICE)
    page.wait_for_url("**/calendar?lang=ar")
    page.go_back()
    assert page.url == f"{address}/calendar"
    page.context.close()


def test_with_javascript_the_next_question_comes_by_itself_and_typing_stays(chromium: Browser, address: str) -> None:
    page = chromium.new_context().new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/report")
    page.get_by_label("ماذا حدث؟").fill("شيء")
    assert not page.get_by_role("button", name="إظهار الأسئلة التالية").is_visible()
    page.get_by_text("أذكر اسمي ويبقى سرياً").check()
    page.get_by_label("اسمك").wait_for()
    assert page.get_by_label("ماذا حدث؟").input_value() == "شيء"
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert said == []
    page.context.close()
