"""What is typed while the line is slow: the form asks the server meanwhile, and nothing that a person types is lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route

from tests.chromium import in_a_browser
from tests.web.browser.house import House
from tests.web.browser.people import FORM, NARROW

pytestmark = [*in_a_browser, pytest.mark.xdist_group(__name__)]


class SlowLine:
    """Holds what the form asks until somebody lets it through."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: list[Route] = []
        page.route("**/work/*", self._hold)

    def wait(self, asked: str = "_refresh") -> None:
        """Until the form has asked this."""
        while not any(asked in (route.request.post_data or "") for route in self.held):
            self.page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => done(true)))")

    def let_through(self) -> None:
        """What was asked gets its answers, the oldest first, and the page has worked them in."""
        while self.held:
            with self.page.expect_response("**/work/*"):  # an answer that comes too late to count is never read whole
                self.held.pop(0).continue_()
            self.page.evaluate("() => new Promise((done) => setTimeout(done, 50))")

    def _hold(self, route: Route) -> None:
        if route.request.method == "POST":
            self.held.append(route)
        else:
            route.continue_()


@pytest.fixture
def plan(house: House) -> Iterator[Page]:
    """The open form of a case plan on a telephone."""
    house.play("01_straight_to_closure", "draw_up_plan", 3)
    with house.in_the_browser("01_straight_to_closure", "end", 0, sizes=[NARROW]) as line:
        manager = line.person("mona")
        manager.open("/")
        manager.page.get_by_role("link", name="وضع الخطة مع صاحب الحالة").click()
        manager.page.locator(FORM).wait_for()
        yield manager.page


def test_new_questions_come_without_taking_the_keyboard_from_under_the_fingers(plan: Page) -> None:
    line = SlowLine(plan)
    plan.locator('[name=person_agreement][value=partly]').check()
    line.wait()
    goal = plan.locator("[name=overall_goal]")
    goal.press_sequentially("أن يعيش ")
    line.let_through()
    plan.locator("[name=disagreement_note]").wait_for()
    plan.keyboard.type("في بيته")
    assert goal.input_value() == "أن يعيش في بيته"


def test_a_row_is_added_and_removed_while_somebody_types_on(plan: Page) -> None:
    line = SlowLine(plan)
    for times in (1, 2):
        plan.locator('[name="_add.actions"]').click()
        line.wait("_add.actions")
        plan.locator('[name="actions.0.act_text"]').fill(f"زيارة {times}")
        line.let_through()
        plan.locator(f'[name="actions.{times}.act_text"]').wait_for()
    assert plan.locator('[name="actions.0.act_text"]').input_value() == "زيارة 2"
    plan.locator('[name="_remove.actions.0"]').click()
    line.wait("_remove.actions.0")
    last = plan.locator('[name="actions.2.act_text"]')
    last.press_sequentially("إرشاد ")
    plan.locator('[name="actions.1.act_status"]').select_option("planned")
    last.focus()
    line.let_through()
    plan.locator('[name="actions.2.act_text"]').wait_for(state="detached")
    plan.keyboard.type("للأم")
    assert plan.locator('[name="actions.1.act_text"]').input_value() == "إرشاد للأم"
    assert plan.locator('[name="actions.0.act_status"]').input_value() == "planned"
    assert plan.locator('[name="actions.0.act_text"]').input_value() == ""
