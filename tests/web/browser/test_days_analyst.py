"""An analyst's day: opens a process, changes a name and a deadline, mends what the check finds, publishes it."""

import pytest
from playwright.sync_api import expect

from tests.chromium import in_a_browser
from tests.web.browser.days import LANGUAGES, words
from tests.web.browser.house import House
from tests.web.browser.people import WIDE

pytestmark = [*in_a_browser, pytest.mark.xdist_group(__name__)]
SOON = 30_000
"""Milliseconds: the check runs in a process of its own, perhaps beside many other tests."""
WORDS = {
    "ar": {"name": "الاسم بالعربية", "deadline": "الموعد النهائي", "save": "احفظ الآن"},
    "en": {"name": "Name in Arabic", "deadline": "Deadline", "save": "Save now"},
}


@pytest.mark.parametrize("locale", LANGUAGES)
def test_an_analyst_changes_a_process_and_publishes_it(house: House, locale: str) -> None:
    said, editor = words(locale), WORDS[locale]
    with house.day(locale, WIDE) as day:
        dima = day.person("dima")
        page = dima.page
        page.set_default_timeout(SOON)
        dima.open("/studio/process/intervention/edit")
        page.locator("[data-ready=true]").wait_for()
        page.locator("[data-field=chooser] select").select_option("unmet_actions_review")
        dima.look("diagram editor")
        deadline = page.get_by_label(editor["deadline"])
        before = deadline.input_value()
        deadline.fill("=due(opened_at,")
        expect(page.locator("[data-findings] li.error")).to_have_count(1, timeout=SOON)
        expect(page.locator(".studio-sign.error")).to_be_visible(timeout=SOON)
        deadline.fill(before.replace("plan_approval", "plan_review"))
        expect(page.locator("[data-findings] li.error")).to_have_count(0, timeout=SOON)
        page.get_by_label(editor["name"]).fill("المشرف ينظر فيما لم ينفذ")
        page.get_by_role("button", name=editor["save"]).click()
        expect(page.locator("[data-saved][data-state=saved]")).to_be_visible(timeout=SOON)
        dima.follow(said("Publish"))
        page.locator("#note").fill("مهلة المشرف هي مهلة مراجعة الخطة.")
        page.locator("main form").get_by_role("button", name=said("Publish"), exact=True).click()
        page.wait_for_url("**/studio/process/intervention?**")
        dima.look("definition that was published")
        with house.masar.db.read() as conn:
            names = house.masar.library.latest(conn).diagrams["intervention"].decode()
        assert 'name="المشرف ينظر فيما لم ينفذ"' in names and "case.limits.plan_review, case.limits.basis" in names
