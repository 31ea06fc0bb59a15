"""A reporter's day without an account and without JavaScript, and a partner's with one."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.chromium import in_a_browser
from tests.web.browser.days import walked, words
from tests.web.browser.house import House
from tests.web.browser.pictures import picture
from tests.web.served.test_public_in_a_browser import is_sound

pytestmark = [*in_a_browser, pytest.mark.xdist_group(__name__)]
CODE = re.compile(r"[a-z2-7]{4}(-[a-z2-7]{4}){3}")


@walked("on a phone")
def test_somebody_reports_without_an_account_and_follows_what_becomes_of_it(
    house: House, locale: str, size: ViewportSize
) -> None:
    said = words(locale)
    with house.day(locale, size) as day:
        context = house.browser.new_context(viewport=size, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{day.site.address}/sign-in")
        if locale == "en":
            page.get_by_role("button", name="English").click()
        page.get_by_role("link", name=said("Report a danger without signing in")).click()
        if locale == "ar":
            picture(page, "report")
        page.get_by_role("button", name=said("Send"), exact=True).last.click()  # nothing is written yet
        expect(page.locator(".mistakes")).to_be_visible()
        page.locator("[name=concern_description]").fill("طفل وحده في البيت منذ يومين")
        for person in range(2):
            if person:
                page.locator('[name="_add.persons"]').click()
            page.locator(f'[name="persons.{person}.person_sex"][value=male]').check()
        page.get_by_role("button", name=said("Send"), exact=True).last.click()
        is_sound(page)
        code = page.locator(".code").inner_text()
        assert CODE.fullmatch(code)
        _hears(page, locale, code, "Received")
        is_sound(page)
        day.files = [day._newest()]
        day.meanwhile(who="rana", does="screening", filled="screening_open")
        _hears(page, locale, code, "Being looked at")  # the notice that this report asks for is not given yet
        day.meanwhile(who="mona", does="confirm_notice", filled="notice_sent")
        _hears(page, locale, code, "Dealt with")
        page.get_by_role("link", name=said("Form on paper")).click()
        expect(page.get_by_text(said("For the office that takes this in"))).to_be_visible()
        page.get_by_role("link", name=said("Quick exit")).click()
        assert "/calendar" in page.url
        context.close()


def _hears(page: Page, locale: str, code: str, progress: str) -> None:
    said = words(locale)
    page.get_by_role("link", name=said("Follow a report")).click()
    page.get_by_label(said("Your code")).fill(code.upper().replace("-", " "))
    page.get_by_role("button", name=said("Ask")).click()
    expect(page.get_by_role("heading", name=said(progress), exact=True)).to_be_visible()


@walked("at a desk")
def test_a_partner_reports_for_its_agency_and_sees_no_case(house: House, locale: str, size: ViewportSize) -> None:
    said = words(locale)
    with house.day(locale, size) as day:
        rana = day.person("rana")
        rana.open("/")
        expect(rana.page.get_by_role("heading", level=1)).to_have_text(said("What would you like to report?"))
        rana.look("start of a partner")
        assert rana.page.get_by_role("link", name=said("Cases"), exact=True).count() == 0
        rana.follow(said("New report"))
        rana.fill({"concern_description": ["تلميذ يأتي بلا طعام"], "persons.0.person_name": ["سامي"]})
        rana.submit("report")
        expect(rana.page.get_by_role("heading", level=1)).to_have_text(said("The report has arrived"))
        assert CODE.fullmatch(rana.page.locator(".code").inner_text())
        rana.look("receipt")
        rana.open("/cases")
        expect(rana.page.get_by_role("heading", level=1)).to_have_text(said("This is not open to you"))
        rana.look("not open to you")
        rana.open("/nothing")
        rana.follow(said("New report"))  # a page that is not there is no dead end
        expect(rana.page.locator("[name=concern_description]")).to_be_visible()
