"""Cases on the real pages, in a real browser: through all eight stages, on a telephone, without a script, by keys."""

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import in_a_browser
from tests.web.browser.house import EIGHT_STAGES, House
from tests.web.browser.people import FORM, NARROW, WIDE, Person
from tests.web.browser.pictures import picture

pytestmark = [*in_a_browser, pytest.mark.xdist_group(__name__)]


def test_a_case_goes_through_all_eight_stages_in_arabic(house: House) -> None:
    with house.in_the_browser(EIGHT_STAGES, "end", 90) as play:
        play.run()
        supervisor = play.person("samer")
        supervisor.open("/cases?q=" + "%D9%8A%D8%A7%D9%85%D9%86")
        supervisor.look("found cases")
        supervisor.page.locator("main th a").first.click()
        supervisor.look("closed case")
        expect(supervisor.page.get_by_role("heading", level=1)).to_have_text("يامن وسيم الشامي")
        assert supervisor.page.locator(".stages li.done").count() == 8
        supervisor.page.locator("[data-more]").click()
        expect(supervisor.page.locator(".timeline").get_by_text("فُتحت الحالة", exact=True)).to_be_visible()
        assert not supervisor.page.get_by_text("PT").count()


def test_a_dangerous_report_becomes_a_case_in_english_on_a_telephone(house: House) -> None:
    with house.in_the_browser("01_straight_to_closure", "first_contact", 1, locale="en", sizes=[NARROW]) as play:
        play.run()
        manager = play.person("mona")
        manager.open("/work")
        manager.page.locator("main table .number").first.wait_for()
        expect(manager.page.get_by_role("link", name="First contact: meet the person")).to_be_visible()


def test_a_provider_answers_a_referral_without_javascript(house: House) -> None:
    play = house.play("05_referral_rejected_then_accepted", "provider_answer", 0.3)
    line = house.in_the_browser("05_referral_rejected_then_accepted", "end", 0.3, script=False)
    line.clock, line.masar, line.files = play.clock, play.masar, play.files
    with line:
        provider = line.person("amal")
        provider.open("/")
        provider.page.locator("main th a").click()
        shared = provider.page.locator("aside").inner_text()
        assert "يامن وسيم الشامي" in shared and "هاتف الأم صباحاً" in shared
        assert "عالية" not in shared and "دمشق" not in shared and "منى" not in shared
        provider.fill({"decision": ["accepted"]})
        provider.page.locator("button[name=_refresh]").click()
        day = play.clock().date().isoformat().split("-")
        provider.fill({
            "appointment_at.day": [day[2]], "appointment_at.month": [day[1]], "appointment_at.year": [day[0]],
            "appointment_at.time": ["23:30"], "provider_worker": ["سلمى"],
        })  # fmt: skip
        provider.submit("offer")
        expect(provider.page.get_by_role("status")).to_contain_text("سُجّل ردكم")
        expect(provider.page.get_by_text("لا إحالة تنتظركم")).to_be_visible()


def test_a_supervisor_signs_in_claims_and_decides_by_keyboard_alone(house: House) -> None:
    play = house.play("01_straight_to_closure", "assessment_review", 2)
    line = house.in_the_browser("01_straight_to_closure", "end", 2, sizes=[WIDE])
    line.clock, line.masar, line.files = play.clock, play.masar, play.files
    with line:
        page = line.person("samer").page
        page.goto(line.site.address + "/")
        tab_to(page, "#login")
        page.keyboard.type("samer")
        tab_to(page, "#password")
        page.keyboard.type("a long enough password")
        page.keyboard.press("Enter")
        page.wait_for_url("**/work")
        tab_to(page, 'a[href="/work?view=groups"]')
        page.keyboard.press("Enter")
        page.wait_for_url("**view=groups")
        tab_to(page, 'form[action$="/claim"] button')
        page.keyboard.press("Enter")
        page.locator(FORM).wait_for()
        tab_to(page, '[name="decision"]')
        page.keyboard.press("Space")
        tab_to(page, ".bar button[value=complete]")
        page.keyboard.press("Enter")
        page.wait_for_url("**done=work")


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the focus is there, and sees that it shows."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_the_pages_of_a_long_case_are_worth_a_picture(house: House) -> None:
    house.play("07_risk_raised_in_monitoring", "rescore", 12, ("شام", "لؤي", "بدران"))
    house.play("05_referral_rejected_then_accepted", "provider_answer", 0.3, ("ديما", "سامر", "قباني"))
    house.play("01_straight_to_closure", "assess_risk", 2, ("جود", "نادر", "الحسن"))
    house.play("01_straight_to_closure", "draw_up_plan", 3, ("يزن", "حسام", "ناصر"))
    line = house.in_the_browser("07_risk_raised_in_monitoring", "end", 0)
    with line:
        manager = line.person("mona")
        manager.open("/")
        picture(manager.page, "worklist")
        manager.page.set_viewport_size(NARROW)
        picture(manager.page, "worklist-narrow")
        manager.page.set_viewport_size(WIDE)
        manager.page.get_by_role("link", name="وضع الخطة مع صاحب الحالة").first.click()
        picture(manager.page, "work")
        _look_at_the_cases(line.site.address, house)


def _look_at_the_cases(address: str, house: House) -> None:
    """The page of a case with a referral under way, of a long one, and where a supervisor gets from there."""
    someone = Person(house.browser, address, "samer", "en", house.seen, [WIDE, NARROW])
    for number, kind in ((2, "case with a referral"), (1, "long case")):
        someone.open("/cases")
        someone.page.locator("main tr", has_text=f"C-2026-00000{number}").locator("a").first.click()
        someone.page.locator("details[open] .diagram").first.scroll_into_view_if_needed()  # fetched when looked at
        someone.page.locator(".diagram .djs-shape").first.wait_for()
        someone.page.keyboard.press("Control+Home")
        someone.look(kind)
        if number == 2:
            expect(someone.page.get_by_text("Awaited from Al-Nour Psychosocial Centre")).to_be_visible()
            picture(someone.page, "case")
    someone.page.locator('a[href$="/assignment"]').first.click()
    someone.look("assignment")
    someone.open("/nothing")
    someone.look("nothing there")
    someone.page.context.close()
