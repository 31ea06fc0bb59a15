"""An auditor's day: finds a case, steps through it by keys, asks why the risk was high, verifies, sees who read."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.chromium import in_a_browser
from tests.web.browser.days import walked, words
from tests.web.browser.house import House
from tests.web.browser.pictures import picture

pytestmark = [*in_a_browser, pytest.mark.xdist_group(__name__)]
ASSESSED = {"ar": "أُنجزت: تقييم الخطورة", "en": "Completed: Assess the risk"}


@walked("at a desk")
def test_an_auditor_finds_out_why_the_risk_was_high(house: House, locale: str, size: ViewportSize) -> None:
    said = words(locale)
    house.play("07_risk_raised_in_monitoring", "rescore", 40)
    with house.day(locale, size) as day:
        mona = day.person("mona")
        mona.open("/cases")
        mona.follow("يامن وسيم الشامي")
        yasin = day.person("yasin")
        page = yasin.page
        yasin.open("/")
        yasin.look("cases of an auditor")
        page.locator("#q").fill("C-2026-000001")
        yasin.follow(said("Search"))
        assert "يامن" not in page.inner_text("main")  # who it is, is not the auditor's business
        yasin.follow("C-2026-000001")
        yasin.look("case of an auditor")
        while (more := page.locator("[data-more]")).count():
            entries = page.locator(".timeline > li").count()
            more.click()
            page.wait_for_function("seen => document.querySelectorAll('.timeline > li').length > seen", arg=entries)
        assessed = page.locator(".timeline > li", has_text=ASSESSED[locale]).last
        assessed.locator('a[href*="/replay?step="]').click()
        page.locator(".diagram").scroll_into_view_if_needed()
        page.locator(".diagram .djs-shape").first.wait_for()
        yasin.look("replay")
        if locale == "en":
            picture(page, "replay")
        expect(page.get_by_text(said("What was decided by tables, and why"))).to_be_visible()
        expect(page.locator(".decided", has_text=said("Rule that matched")).first).to_be_visible()
        step = int(page.locator("#step").input_value())
        forward = "ArrowLeft" if locale == "ar" else "ArrowRight"
        page.locator("h1").click()
        page.keyboard.press(forward)
        expect(page.locator("#step")).to_have_value(str(step + 1))
        page.keyboard.press("ArrowRight" if locale == "ar" else "ArrowLeft")
        expect(page.locator("#step")).to_have_value(str(step))
        yasin.follow(said("Verification"))
        yasin.look("verification")
        yasin.follow(said("Verify now"))
        expect(page.get_by_role("status")).to_contain_text(said("The record is whole."))
        yasin.look("verification that was run")
        yasin.follow(said("Who read this case"))
        yasin.look("readings")
        expect(page.locator("main tbody")).to_contain_text("منى عبد الله" if locale == "ar" else "Mona Abdullah")
