"""A story of the shipped content, played to its end while the diagrams are drawn anew under it again and again: a step
gets another id, one is added, one is split off, a branch is removed. On both databases, by the real commands."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.bpmn.migrating import Place, Plan, judge, propose
from engine.commands.migrating import Migration, migrate_case
from engine.commands.work import complete_work
from engine.definitions import Source
from engine.demo.cases import Play, settle
from engine.demo.lines import DemoCase
from engine.library import publish
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.replay import verify_case
from engine.scenarios import Stage
from engine.scenarios.story import Step
from engine.store import cases, events, work_items
from tests.engine.commands.redrawn import renamed, split_off, with_a_step_behind, without_event
from tests.web.browser.house import House

ROOT = Path(__file__).resolve().parents[3]
Redraw = Callable[[bytes], list[tuple[str, bytes]]]


class Redrawn(Play):
    """A play whose diagrams change before some of its steps; the case and the report are moved each time."""

    alias = "first_meeting"
    extra = "second_look"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.plans: list[dict[str, Any]] = []

    def _does(self, step: Step) -> None:
        element = str(step.said["does"])
        changes: dict[str, Callable[[], None]] = {
            "first_contact": lambda: self.redraw("first_contact", lambda source: [
                ("", renamed(source, "first_contact", self.alias))]),
            "assess_risk": lambda: self.redraw("assess_risk", lambda source: [
                ("", with_a_step_behind(source, "assess_risk", self.extra, "case_manager"))]),
            "plan_meeting": lambda: self.redraw("plan_meeting", self.split),
            "follow_up": lambda: self.redraw("danger_found", lambda source: [
                ("", without_event(source, "danger_found"))], drop=True),
        }
        if element in changes and len(self.plans) == list(changes).index(element):
            changes[element]()
        super()._does(step)
        self.look_again()

    @staticmethod
    def split(source: bytes) -> list[tuple[str, bytes]]:
        rest, own = split_off(source, "plan_meeting", "meeting")
        return [("", rest), ("meeting_process", own)]

    def look_again(self) -> None:
        """Does the step that was added, as soon as it is open."""
        try:
            item = super().open_item(self.extra)
        except LookupError:
            return
        with self.masar.db.read() as conn:
            who = actor_named(conn, self.people["huda"])
        assert who is not None
        complete_work(self.masar, who, str(item.id), {}, f"extra {item.id}")
        settle(self.masar)

    def open_item(self, element: str, step: Step | None = None) -> Any:
        return super().open_item(self.alias if element == "first_contact" and self.plans else element, step)

    def redraw(self, element: str, redraw: Redraw, drop: bool = False) -> None:
        """Publishes the diagram that holds an element anew, and moves the case as the comparison suggests."""
        with self.masar.db.read() as conn:
            case_id = self._own_files(conn)[0]
            case = cases.load_plain(conn, case_id)
            assert case is not None
            old = self.masar.library.of(conn, case.bundle_id)
        process = next(one for one in old.bpmn.processes.values() if element in one.elements)
        begins = f'<bpmn:process id="{process.id}"'.encode()
        key = next(key for key, content in old.diagrams.items() if begins in content)
        new = [Source("process", name or key, content) for name, content in redraw(old.diagrams[key])]
        made = self.masar.db.run(lambda conn: publish(conn, new, 0, "test", self.clock()))
        with self.masar.db.read() as conn:
            after = self.masar.library.of(conn, made)
        plan = propose(old.bpmn, after.bpmn)
        if drop:
            plan = dropping(plan, {(p, id) for p, id in plan.undecided()})
        assert not [one for one in judge(old.bpmn, after.bpmn, plan) if one.severity == "error"]
        self.plans.append(plan.document())
        before = self.open_work(case_id)
        migrate_case(self.masar, Migration(len(self.plans), plan, old, after), case_id)
        assert self.open_work(case_id) == before
        settle(self.masar)

    def open_work(self, case_id: int) -> dict[int, Any]:
        """Open work by its key, with who has it and when it is due."""
        with self.masar.db.read() as conn:
            return {row.id: (row.assignee_id, row.due_at) for row in work_items.open_of_case(conn, case_id)}


def dropping(plan: Plan, names: set[tuple[str, str]]) -> Plan:
    """The plan with somebody's word that these are no longer needed."""
    return Plan({id: replace(one, elements={
        name: Place(drop=True) if (id, name) in names else place for name, place in one.elements.items()})
        for id, one in plan.processes.items()})


@cache
def stage() -> Stage:
    """The shipped content, read once."""
    return Stage(ROOT / "processes", ROOT / "forms")


@pytest.fixture
def masar(ministry: House) -> Masar:
    """The demo ministry with the shipped content and no case."""
    return ministry.masar


def test_a_case_comes_to_its_end_while_its_diagrams_are_drawn_anew_four_times(masar: Masar) -> None:
    content = yaml.safe_load((masar.settings.processes / "demo" / "cases.yaml").read_text("utf-8"))
    line = DemoCase("01_straight_to_closure", "end", 220, ("سامي", "خليل", "العلي"), "north")
    play = Redrawn(masar, stage(), line, content["houses"]["north"], masar.clock())
    play.run()
    with masar.db.read() as conn:
        case_id = play._own_files(conn)[0]
        case = cases.load_plain(conn, case_id)
        kinds = [event.kind for event in events.read(conn, masar.vault, case_id)]
    assert case is not None and case.status == "closed"
    assert kinds.count("case_migrated") == 4
    assert {"first_contact": play.alias}.items() <= play.plans[0][next(iter(play.plans[0]))]["elements"].items()
    assert "meeting/plan_meeting" in str(play.plans[2])
    for file in (case_id, *play.files):
        assert verify_case(masar, file).problems == ()
