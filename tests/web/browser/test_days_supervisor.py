"""A supervisor's day: what needs help, a review by a second pair of eyes, giving work away, an absence, the roster."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.chromium import in_a_browser
from tests.web.browser.days import walked, words
from tests.web.browser.house import House
from tests.web.browser.people import Person
from tests.web.browser.pictures import picture

pytestmark = [*in_a_browser, pytest.mark.xdist_group(__name__)]
NAMES = {"mona": {"ar": "منى عبد الله", "en": "Mona Abdullah"}, "hani": {"ar": "هاني الأسعد", "en": "Hani Al-Asaad"}}
REASON = "دورة تدريبية"


@walked("on a phone")
def test_a_supervisor_reviews_helps_out_and_leaves_nothing_without_an_owner(
    house: House, locale: str, size: ViewportSize
) -> None:
    said = words(locale)
    reviewed = house.play("01_straight_to_closure", "assessment_review", 2)
    house.play("01_straight_to_closure", "draw_up_plan", 40, ("رند", "عامر", "طه"))
    house.play("01_straight_to_closure", "carry_out_action", 9, ("سامي", "خليل", "العلي"))
    house.play("01_straight_to_closure", "assess_risk", 1, ("جود", "نادر", "الحسن"))
    with house.day(locale, size, reviewed) as day:
        samer = day.person("samer")
        day.act(who="mona", does="assessment_review", filled="approved")
        expect(samer.page.get_by_role("status")).to_have_text(said("Done. The case goes on."))
        _sees_who_needs_help(samer, said("Team"), NAMES["mona"][locale])
        _gives_away(samer, locale)
        _enters_an_absence(samer, locale)
        _looks_at_what_is_late(samer, locale)
        hani = day.person("hani")
        hani.open("/")
        expect(hani.page.locator("main table")).to_contain_text("رند عامر طه")


def _sees_who_needs_help(samer: Person, team: str, mona: str) -> None:
    samer.follow(team)
    samer.look("team board")
    if samer.locale == "en":
        picture(samer.page, "team")
    first = samer.page.locator("main table").first.locator("tbody tr").first
    expect(first).to_contain_text(mona)
    expect(first.locator(".badge.danger").first).to_have_text("1")
    samer.follow(mona)
    samer.look("person of the team")


def _gives_away(samer: Person, locale: str) -> None:
    """One work item, then several, then a whole case; each with a reason, and not without."""
    said, page = words(locale), samer.page
    work, cases = page.locator('form[action="/team/work"]'), page.locator('form[action="/team/cases"]')
    work.locator("button").click()
    samer.look("person of the team with mistakes")
    assert page.evaluate("document.activeElement.className") == "mistakes"
    work.locator("tbody input[type=checkbox]").first.check()
    for form, ticks in ((work, ()), (work, (0, 1)), (cases, (0,))):
        before = form.locator("tbody tr").count()
        for tick in ticks:
            form.locator("tbody input[type=checkbox]").nth(tick).check()
        form.locator("[name=to]").select_option("hani")
        form.locator("[name=reason]").fill(REASON)
        form.get_by_role("button", name=said("Give what is chosen")).click()
        expect(page.get_by_role("status")).to_be_visible()
        expect(form.locator("tbody tr")).to_have_count(before - max(1, len(ticks)))


def _enters_an_absence(samer: Person, locale: str) -> None:
    said, page = words(locale), samer.page
    page.get_by_text(said("Enter an absence"), exact=True).click()
    page.get_by_label(said("First day away")).fill("2026-11-22")
    page.get_by_label(said("Last day away")).fill("2026-11-26")
    page.get_by_label(said("Who stands in")).select_option("hani")
    samer.follow(said("Enter the absence"))
    samer.look("person who is away")
    expect(page.locator(".head .badge.warn")).to_contain_text(NAMES["hani"][locale])


def _looks_at_what_is_late(samer: Person, locale: str) -> None:
    said, page = words(locale), samer.page
    samer.follow(said("Worklist"))
    page.locator('a[href="/work?view=overdue"]').click()
    samer.look("overdue of a supervisor")
    expect(page.locator("main tbody tr")).to_contain_text([NAMES["hani"][locale]])
    page.locator("main th a").first.click()
    samer.follow(said("Give to somebody else"))
    samer.look("assignment")
    page.get_by_label(NAMES["mona"][locale]).check()
    page.get_by_label(said("Why?")).fill(REASON)
    samer.follow(said("Give"))
    expect(page.locator(".timeline")).to_contain_text(REASON)


@walked("at a desk")
def test_a_head_of_department_fills_the_roster_and_gives_out_what_nobody_took(
    house: House, locale: str, size: ViewportSize
) -> None:
    said = words(locale)
    house.play("01_straight_to_closure", "screening", 0.1)
    with house.day(locale, size) as day:
        huda = day.person("huda")
        huda.open("/")
        huda.follow(said("Team"))
        huda.look("team board with holes in the roster")
        expect(huda.page.get_by_role("alert")).to_have_count(2)
        huda.follow(said("Fill the roster"))
        for post, person in (("first", "laila"), ("second", "ziad")):
            huda.page.locator("[name=post]").select_option(post)
            huda.page.locator("[name=person]").select_option(person)
            huda.page.get_by_label(said("From"), exact=True).fill("2026-11-22T00:00")
            huda.page.get_by_label(said("Until"), exact=True).fill("2026-11-29T08:00")
            huda.follow(said("Put on the roster"))
        huda.look("roster that is full")
        expect(huda.page.get_by_text(said("The next 72 hours are covered."))).to_be_visible()
        huda.follow(said("Team"))
        expect(huda.page.get_by_role("alert")).to_have_count(0)
        samer = day.person("samer")
        samer.open("/team")
        samer.follow(said("See all and give them to somebody"))
        samer.look("what nobody has taken")
        asked = "فرز البلاغ" if locale == "ar" else "Screen the report"
        screening = samer.page.locator("tbody tr").filter(has_text=asked)
        screening.get_by_role("checkbox").check()
        samer.page.locator("[name=to]").select_option("reem")
        samer.page.locator("[name=reason]").fill(REASON)
        samer.follow(said("Give what is chosen"))
        expect(samer.page.get_by_role("status")).to_be_visible()
        expect(screening).to_have_count(0)
