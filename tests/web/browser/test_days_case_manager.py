"""A case manager's day: the worklist, a first contact, the risk, the plan, a referral, a visit; what is recorded."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.chromium import in_a_browser
from tests.web.browser.days import walked, words
from tests.web.browser.house import House
from tests.web.browser.people import FORM

pytestmark = [*in_a_browser, pytest.mark.xdist_group(__name__)]


@walked("on a phone")
def test_a_case_manager_meets_a_child_and_begins_to_help(house: House, locale: str, size: ViewportSize) -> None:
    said = words(locale)
    child = house.play("01_straight_to_closure", "first_contact", 0.5)
    house.play("01_straight_to_closure", "draw_up_plan", 40, ("رند", "عامر", "طه"))
    with house.day(locale, size, child) as day:
        mona = day.person("mona")
        mona.open("/")
        mona.look("worklist")
        expect(mona.page.get_by_role("heading", level=1)).to_have_text(said("Worklist"))
        mona.page.locator('a[href="/work?view=overdue"]').click()
        mona.look("overdue")
        expect(mona.page.locator("main tbody tr")).to_have_count(1)
        day.act(who="huda", does="first_contact", filled="contact_safe")
        expect(mona.page.get_by_role("status")).to_have_text(said("Done. The case goes on."))

        # In Arabic the long forms are filled on the way through all stages (test_cases_in_a_browser.py).
        fills = day.act if locale == "en" else day.meanwhile
        fills(who="huda", does="describe_case", filled="case_studied")
        fills(who="huda", does="home_visit", filled="home_seen")
        day.meanwhile(who="huda", does="make_safety_plan", filled="safety_made")
        fills(who="huda", does="assess_risk", filled="risk_low")
        day.meanwhile(who="mona", does="assessment_review", filled="approved")
        day.meanwhile(who="huda", does="plan_meeting", filled="planned_together")
        fills(who="huda", does="draw_up_plan", filled="plan")
        day.meanwhile(who="mona", does="approval_decision", filled="approved")

        mona.open("/")
        mona.follow(said("Cases"))
        mona.page.get_by_role("searchbox").or_(mona.page.locator("#q")).first.fill("يامن")
        mona.follow(said("Search"))
        mona.look("found cases")
        mona.follow("يامن وسيم الشامي")
        mona.look("case")
        day.act(who="huda", sends="referral_requested", filled="referral_care")
        expect(mona.page.get_by_role("heading", level=1)).to_have_text("يامن وسيم الشامي")
        assert mona.page.locator(".open-work li").count() == 4  # two actions, a visit, the consent to share

        day.act(who="huda", does="follow_up", filled="visit_safe")
        mona.follow(said("Cases"))
        mona.follow("يامن وسيم الشامي")
        visit = mona.page.locator(".timeline > li").first
        expect(visit).to_contain_text("منى عبد الله" if locale == "ar" else "Mona Abdullah")
        visit.locator("details summary").first.click()
        expect(visit).to_contain_text("سامي وأمه")


@walked("at a desk")
def test_a_mistake_is_named_a_draft_is_kept_and_a_faster_colleague_costs_no_typing(
    house: House, locale: str, size: ViewportSize
) -> None:
    said = words(locale)
    child = house.play("01_straight_to_closure", "first_contact", 0.5)
    with house.day(locale, size, child) as day:
        mona = day.person("mona")
        mona.take_up(day.open_item("first_contact"))
        mona.page.locator(f"{FORM} .bar button[value=complete]").click()
        mona.look("work with mistakes")
        assert mona.page.evaluate("document.activeElement.className") == "mistakes"
        mona.page.locator(".mistakes a").first.click()
        assert mona.page.evaluate("document.activeElement.closest('.field').classList.contains('wrong')")
        mona.fill({"outcome": ["met"], "seen_alone": ["yes"]})
        mona.page.locator(".bar button[value=draft]").click()
        mona.page.wait_for_load_state()
        expect(mona.page.locator(".saved")).to_contain_text(said("Draft saved"))
        expect(mona.page.locator('[name="outcome"][value="met"]')).to_be_checked()
        day.meanwhile(who="huda", does="first_contact", filled="contact_safe")
        mona.fill({"contact_place": ["home"], "safety_status": ["safe"]})
        mona.page.locator(f"{FORM} .bar button[value=complete]").click()
        expect(mona.page.get_by_role("heading", level=1)).to_have_text(said("Somebody was faster"))
        mona.look("conflict with typing")
        expect(mona.page.locator('[name="outcome"][value="met"]')).to_be_checked()
        mona.follow(said("To the worklist"))
