"""The demo ministry on the real application with the shipped content, at an address of its own, on a stopped clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, ViewportSize

from engine.actor import Actor
from engine.demo.cases import Play, settle
from engine.demo.lines import DemoCase
from engine.masar import Masar
from engine.scenarios import Stage
from engine.scenarios.story import Step
from tests.web.address import Address
from tests.web.browser.people import NARROW, WIDE, Person, Seen
from web.app import create_app

EIGHT_STAGES = str(Path(__file__).with_name("eight_stages"))
CHILD = ("يامن", "وسيم", "الشامي")


@dataclass
class House:
    """What every story needs: the installation, the stage of the stories, the browser, and what was seen."""

    masar: Masar
    stage: Stage
    browser: Browser
    seen: Seen

    def play(self, story: str, until: str, days_ago: float, child: tuple[str, str, str] = CHILD) -> Play:
        """A case played by commands up to a step."""
        play = Play(self.masar, self.stage, DemoCase(story, until, days_ago, child, "north"), self.people, self.now)
        play.run()
        return play

    def day(self, locale: str, size: ViewportSize, *plays: Play) -> "BrowserPlay":
        """A day at work, on the pages, in a language and a width; `act` goes on with the case of the first play."""
        line = self.in_the_browser("01_straight_to_closure", "end", 0, locale=locale, sizes=[size])
        line.files = [file for play in plays[:1] for file in play.files]
        return line

    def in_the_browser(self, story: str, until: str, days_ago: float, **how: Any) -> "BrowserPlay":
        """A case that people will play on the pages."""
        line = DemoCase(story, until, days_ago, CHILD, "north")
        return BrowserPlay(self.masar, self.stage, line, self.people, self.now).at(self, **how)

    @property
    def people(self) -> Mapping[str, str]:
        """Who of the demo plays whom of the stories."""
        content = yaml.safe_load((self.masar.settings.processes / "demo" / "cases.yaml").read_text("utf-8"))
        found: Mapping[str, str] = content["houses"]["north"]
        return found

    @property
    def now(self) -> Any:
        """The present of the tests."""
        return self.masar.clock()


class BrowserPlay(Play):
    """A story in which everybody works on the pages."""

    def at(
        self, house: House, locale: str = "ar", sizes: list[ViewportSize] | None = None, script: bool = True
    ) -> "BrowserPlay":
        """Names where and how it is played."""
        self.house, self.locale, self.script = house, locale, script
        self.sizes = sizes or [WIDE, NARROW]
        self.present: dict[str, Person] = {}
        return self

    def __enter__(self) -> "BrowserPlay":
        self.site = Address(create_app(self.masar)).__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        for person in self.present.values():
            person.page.context.close()
        self.site.__exit__(*error)

    def act(self, **said: Any) -> None:
        """One step as a story says it: `who` does (or sends) what, `filled` how, with which other answers."""
        kind = "does" if "does" in said else "sends"
        {"does": self._does, "sends": self._sends}[kind](Step(kind, "", said))
        settle(self.masar)

    def meanwhile(self, **said: Any) -> None:
        """One step of the same case that somebody else makes, off the pages."""
        elsewhere = Play(self.masar, self.stage, self.line, self.people, self.end)
        elsewhere.files = self.files
        elsewhere._does(Step("does", "", said))
        settle(self.masar)

    def person(self, login: str) -> Person:
        """Somebody at their browser."""
        if login not in self.present:
            self.present[login] = Person(
                self.house.browser, self.site.address, login, self.locale, self.house.seen, self.sizes, self.script
            )
        return self.present[login]

    def send_report(self, who: Actor, raw: dict[str, list[str]]) -> int:
        """From the worklist to the report, and to its receipt."""
        someone = self.person(who.login)
        someone.open("/")
        someone.page.locator('main a[href="/reports/new"]').click()
        someone.fill(raw)
        someone.submit("report")
        someone.look("receipt")
        assert someone.page.locator(".code").inner_text()
        return self._newest()

    def complete(self, who: Actor, item: Any, raw: dict[str, list[str]]) -> None:
        """From the worklist to the work item, and back when it is done."""
        someone = self.person(who.login)
        someone.take_up(item)
        someone.fill(raw)
        someone.submit(f"work {item.form}")
        assert someone.page.url.endswith("/work?done=work")

    def answer(self, who: Actor, wait: Any, raw: dict[str, list[str]]) -> None:
        """A provider from its list of referrals, others from the page of the case."""
        someone = self.person(who.login)
        offer = f'main a[href="/cases/{wait.case_id}/offers/{wait.id}"]'
        someone.open("/" if wait.offer_unit_id else f"/cases/{wait.case_id}")
        someone.look("referrals" if wait.offer_unit_id else "case")
        someone.page.locator(offer).click()
        someone.fill(raw)
        someone.submit(f"offer {wait.form}")

    def _newest(self) -> int:
        with self.masar.db.read() as conn:
            return int(conn.exec_driver_sql("SELECT max(id) FROM case_file WHERE kind = 'report'").scalar_one())
