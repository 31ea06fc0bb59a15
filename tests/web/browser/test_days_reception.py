"""A day at the hotline and the reception: a paper form typed in, screening that opens, joins or refuses, Form 1."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.chromium import in_a_browser
from tests.web.browser.days import walked, words
from tests.web.browser.house import BrowserPlay, House

pytestmark = [*in_a_browser, pytest.mark.xdist_group(__name__)]
PAPER = {
    "concern_description": ["طفلان وحدهما في البيت منذ يومين"], "persons.0.person_name": ["سامي"],
    "persons.1.person_name": ["ريم"], "reported_at": ["2026-11-20T16:45"],
}  # fmt: skip
JOIN = {"duplicate_check": "same_open", "matched_case_no": "C-1", "triage_decision": "attach_open"}


@walked("on a phone")
def test_a_paper_form_becomes_two_cases_and_tells_both_days(house: House, locale: str, size: ViewportSize) -> None:
    said = words(locale)
    with house.day(locale, size) as day:
        nabil = day.person("nabil")
        nabil.open("/")
        nabil.look("empty worklist")
        nabil.follow(said("New report"))
        nabil.follow(said("Type in a paper form"))
        expect(nabil.page.get_by_text(said("You are typing in a paper form."))).to_be_visible()
        nabil.fill(PAPER)
        nabil.submit("report on paper")
        nabil.look("receipt")
        nabil.follow(said("To the worklist"))
        day.files = [day._newest()]
        day.act(who="rana", does="screening", filled="screening_open")
        nabil.open("/work?view=groups")
        expect(nabil.page.locator("main tbody tr")).to_have_count(2)  # Form 1 for each of the two children
        expect(nabil.page.locator("main tbody")).to_contain_text("ريم")
        day.act(who="nabil", does="intake", filled="intake_child")
        reem = day.person("reem")
        reem.open(f"/reports/{day.files[0]}")
        reem.look("report")
        received = reem.page.locator(".timeline > li").last
        times = [one.get_attribute("title") for one in received.locator("time").all()]
        assert len(times) == 2 and times[0] != times[1]  # when it happened, beside when it was recorded
        expect(received).to_contain_text(said("recorded"))


@walked("at a desk")
def test_screening_joins_a_known_child_and_a_refusal_meets_a_second_person(
    house: House, locale: str, size: ViewportSize
) -> None:
    child = house.play("01_straight_to_closure", "draw_up_plan", 3)
    known, unclear = (house.play("01_straight_to_closure", "screening", days) for days in (0.2, 0.1))
    with house.day(locale, size, known) as day:
        day.files = [*known.files, *child.files]
        _screens(day, JOIN)
        day.files = unclear.files
        _screens(day, {"triage_decision": "unfounded"})
        day.act(who="mona", does="second_screening", filled="second_agrees")
        day.act(who="mona", does="confirm_notice", filled="notice_sent")
        samer = day.person("samer")
        samer.open(f"/reports/{unclear.files[0]}")
        expect(samer.page.locator("main .badge").first).to_have_text(words(locale)("Closed"))
        samer.open("/cases?q=C-2026-000001")
        samer.page.locator("main th a").click()
        joined = {"ar": "بلاغ", "en": "report"}[locale]
        expect(samer.page.locator(".timeline > li").first).to_contain_text(joined)


def _screens(day: BrowserPlay, answers: Mapping[str, str]) -> None:
    day.act(who="rana", does="screening", filled="screening_open", answers=answers)
