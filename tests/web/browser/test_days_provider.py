"""A provider's day: the referrals that wait, what may be seen of each, and the answer."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ViewportSize, expect
from sqlalchemy import select

from engine.store.messages import message_wait
from tests.chromium import in_a_browser
from tests.web.browser.days import walked, words
from tests.web.browser.house import House
from tests.web.browser.people import NARROW

pytestmark = [*in_a_browser, pytest.mark.xdist_group(__name__)]


@walked("at a desk")
def test_a_provider_answers_its_own_referral_and_sees_no_other(
    house: House, locale: str, size: ViewportSize
) -> None:
    said = words(locale)
    child = house.play("05_referral_rejected_then_accepted", "provider_answer", 0.3)
    with house.day(locale, size, child) as day:
        elsewhere = day.person("basma")
        elsewhere.open("/")
        expect(elsewhere.page.get_by_text(said("No referral waits for you"))).to_be_visible()
        elsewhere.look("no referrals")
        amal = day.person("amal")
        amal.open("/")
        expect(amal.page.locator("main tbody tr")).to_have_count(1)
        assert "يامن" not in amal.page.inner_text("main")  # the list says what is asked, not for whom
        filled = "provider_accepts" if locale == "ar" else "provider_rejects"
        day.act(who="nour", sends="provider_answer", filled=filled)
        expect(amal.page.get_by_role("status")).to_have_text(said("Your answer has been recorded. Thank you."))
        assert amal.page.get_by_role("link", name=said("Cases"), exact=True).count() == 0
        mona = day.person("mona")
        mona.open("/")
        expect(mona.page.locator("main tbody")).to_contain_text("يامن وسيم الشامي")


@walked("on a phone")
def test_a_provider_reports_on_the_service_and_looks_back_at_what_it_said(
    house: House, locale: str, size: ViewportSize
) -> None:
    said = words(locale)
    child = house.play("05_referral_rejected_then_accepted", "provider_answer", 0.3)
    with house.day(locale, size, child) as day:
        day.act(who="nour", sends="provider_answer", filled="provider_accepts")
        day.meanwhile(who="huda", does="confirm_start", filled="service_began")
        day.act(who="nour", sends="provider_report", filled="service_report_completed")
        amal = day.person("amal")
        amal.follow(said("Answered by you"))
        amal.look("answered by a provider")
        expect(amal.page.locator("main tbody tr")).to_have_count(2)
        amal.page.locator("main th a").first.click()
        amal.look("one answer of a provider")
        expect(amal.page.locator("aside")).to_contain_text("يامن")
        elsewhere = day.person("basma")
        elsewhere.open("/answered")
        expect(elsewhere.page.get_by_text(said("Nothing to look back at"))).to_be_visible()
        elsewhere.look("nothing answered")


@walked("on a phone")
def test_an_organisation_without_an_account_answers_by_a_link_on_a_phone_without_a_script(
    house: House, locale: str, size: ViewportSize
) -> None:
    said = words(locale)
    child = house.play("05_referral_rejected_then_accepted", "provider_answer", 0.3)
    with house.day(locale, size, child) as day:
        with house.masar.db.read() as conn:
            wait = conn.execute(select(message_wait).where(message_wait.c.element == "provider_answer")).one()
        mona = day.person("mona")
        mona.open(f"/cases/{wait.case_id}/offers/{wait.id}")
        mona.look("typing in for a provider")
        mona.follow(said("Link for one answer"))
        mona.page.fill("#for_whom", "سلمى، هاتف المركز")
        mona.follow(said("Make a link"))
        mona.look("link for one answer")
        path = urlsplit(mona.page.locator("p.code").inner_text()).path
        seeing = day.person("a visitor")
        seeing.page.goto(day.site.address + path)
        seeing.look("door of a link")
        seeing.follow(said("Open the referral"))
        seeing.look("answer by a link")
        phone = house.browser.new_context(viewport=NARROW, java_script_enabled=False)
        page = phone.new_page()
        page.goto(f"{day.site.address}{path}?lang={locale}")
        page.get_by_role("button", name=said("Open the referral")).press("Enter")
        expect(page.locator("main")).to_contain_text("يامن")
        page.fill("#said_by", "سلمى، مديرة المركز")
        page.locator('input[name="decision"][value="rejected"]').check()
        page.get_by_role("button", name=said("Show the questions that follow")).click()
        page.select_option('[name="rejection_reason"]', "no_capacity")
        page.get_by_role("button", name=said("Send")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(said("Your answer has arrived. Thank you."))
        page.goto(day.site.address + path)
        page.get_by_role("button").last.click()
        seeing.page.goto(day.site.address + path)
        seeing.page.locator("main button").click()
        seeing.look("link that opens nothing")
        assert not phone.cookies()
        phone.close()
        mona.open(f"/cases/{wait.case_id}")
        expect(mona.page.locator(".timeline")).to_contain_text("سلمى، مديرة المركز")
