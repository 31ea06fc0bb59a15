"""A provider's day: the referrals that wait, what may be seen of each, and the answer."""

import pytest
from playwright.sync_api import expect

from tests.chromium import in_a_browser
from tests.web.browser.days import PAIRS, words
from tests.web.browser.house import House

pytestmark = [*in_a_browser, pytest.mark.xdist_group(__name__)]


@pytest.mark.parametrize(("locale", "size"), PAIRS)
def test_a_provider_answers_its_own_referral_and_sees_no_other(
    house: House, locale: str, size: dict[str, int]
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
