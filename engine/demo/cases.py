"""The cases of the demo ministry: stories of processes/scenarios, played on the real store by the demo's people."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import yaml
from sqlalchemy import Connection, func, select

from engine import feel
from engine.actor import PUBLIC, SYSTEM, Actor
from engine.bpmn import visible
from engine.clock import StoppedClock
from engine.commands.complaints import COMPLAINT_FORM, complaint_context, submit_complaint
from engine.commands.inspections import INSPECTION
from engine.commands.messages import answer_offer
from engine.commands.opening import Opening, open_file
from engine.commands.receiving import unit_for_the_public
from engine.commands.reports import REPORT_FORM, report_context, submit_report
from engine.commands.signals import broadcast_signal
from engine.commands.standing import token_of
from engine.commands.work import complete_work
from engine.demo.lines import DemoCase, Misfit
from engine.demo.staffed import staffed
from engine.errors import Invalid, MasarError
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.scenarios import Stage
from engine.scenarios.filling import filled_in
from engine.scenarios.play import steps_of
from engine.scenarios.story import Step, read_story
from engine.store import cases, work_items
from engine.store.accounts import account, membership
from engine.store.cases import case_file
from engine.store.messages import message_wait
from engine.store.timers import timer
from engine.worker import run_pass


def seed_cases(masar: Masar, stage: Stage, folder: Path, played: int, tell: Callable[[int], None]) -> None:
    """Plays every case of the demo, but for the first so many, up to where it stands; tells how many are played after
    each. Raises Misfit."""
    content, now = yaml.safe_load((folder / "cases.yaml").read_text("utf-8")), masar.clock()
    lines = [DemoCase(**{**line, "child": tuple(line["child"]), "aside": content.get("aside")})
             for line in content["cases"]]
    for number, line in enumerate(sorted(lines, key=lambda one: -one.days_ago), 1):
        if number > played:
            Play(masar, stage, line, content["houses"][line.house], now).run()
            tell(number)
    settle(masar)


def settle(masar: Masar) -> None:
    """Does all that is due by the clock of this Masar."""
    while run_pass(masar).anything:
        pass


class Play:
    """One demo case: its clock, its people, and the files it has opened. Its people act by the commands of the
    engine; whoever lets them act in another way (in a browser) overrides `send_report`, `complete` and `answer`."""

    def __init__(self, masar: Masar, stage: Stage, line: DemoCase, people: Mapping[str, str], now: datetime) -> None:
        self.clock, self.end = StoppedClock(now - timedelta(days=line.days_ago)), now
        self.masar = replace(masar, clock=self.clock)
        self.stage, self.line, self.people = stage, line, people
        self.files: list[int] = []
        self.focus: int | None = None
        self.seen = 0
        self.form, self.mark = "", token_hex(4)

    def run(self) -> None:
        """Plays until the step at which the case is to stand, never past the present. Raises Misfit."""
        story = read_story((self.stage.folder / f"{self.line.story}.yaml").read_bytes())
        acts = {"report": self._report, "complaint": self._complaint, "inspection": self._inspection,
                "does": self._does, "sends": self._sends}
        steps = list(steps_of(story, self.stage.cast))
        beside = not any(step.said.get("does") == (self.line.aside or {}).get("does") for step in steps)
        for step in steps:
            if self._stops(step):
                return
            if step.kind in acts and not step.said.get("refused"):
                self.clock.advance(timedelta(minutes=7))
                self._act(acts[step.kind], step)
                settle(self.masar)
                if beside:
                    self._aside()
            elif step.kind == "signal":
                self._signal(step)
            elif step.kind == "wait":
                self._wait(str(step.said["wait"]))

    def _aside(self) -> None:
        """The demo's people leave nothing undone for months that the story does not tell of."""
        if self.line.aside and self.end - self.clock() > timedelta(days=1):
            step, focus = Step("does", "aside", self.line.aside), self.focus
            with suppress(LookupError):
                self._does(step)
                settle(self.masar)
            self.focus = focus

    def _act(self, act: Callable[[Step], None], step: Step) -> None:
        self.form = ""
        try:
            act(step)
        except Invalid as error:
            ar = "؛ ".join(f"{name}: {text.ar}" for name, text in error.fields.items()) or error.text.ar
            en = "; ".join(f"{name}: {text.in_('en')}" for name, text in error.fields.items()) or error.text.in_("en")
            raise Misfit(self.line, step, self.form, ar, en) from error
        except MasarError as error:
            raise Misfit(self.line, step, self.form, error.text.ar, error.text.in_("en")) from error
        except LookupError as error:
            raise Misfit(self.line, step, self.form, str(error), str(error)) from error

    def _stops(self, step: Step) -> bool:
        named = step.said.get("does") or step.said.get("sends")
        self.seen += named == self.line.until and not step.said.get("refused")
        return self.seen >= self.line.nth and named == self.line.until

    def _report(self, step: Step) -> None:
        who = self._actor(step)
        answers = self._answers(REPORT_FORM, step, report_context(who))
        self.focus = self.send_report(who, self._typed(REPORT_FORM, answers))
        self.files.append(self.focus)

    def _complaint(self, step: Step) -> None:
        who = self._actor(step) if "who" in step.said else PUBLIC
        raw = self._typed(COMPLAINT_FORM, self._answers(COMPLAINT_FORM, step, complaint_context(who)))
        self._begun(submit_complaint(self.masar, who, raw, self._once()).case_id)

    def _inspection(self, step: Step) -> None:
        """The inspection of an institution as the story tells of it, at the first unit that screens reports."""
        with self.masar.db.read() as conn:
            place = unit_for_the_public(conn, self.stage.definitions.lists, {}, "")
        who = self._actor(step) if "who" in step.said else None
        told = {"cause": "routine", "announced": True, **(step.said.get("values") or {})}
        opening = Opening(
            "inspection", INSPECTION, place.id, place.path, {"inspection": told, "unit": place.code},
            "inspection_number", "inspection_opened", self._once(),
            reporter=who.id if who else None,
        )
        self._begun(str(open_file(self.masar, who or SYSTEM, opening).id))

    def _once(self) -> str:
        """The name of this sending alone: whoever plays the line once more, after it was interrupted, sends anew."""
        return f"demo {self.mark} {len(self.files)}"

    def _begun(self, file: str) -> None:
        self.focus = int(file)
        self.files.append(self.focus)

    def send_report(self, who: Actor, raw: dict[str, list[str]]) -> int:
        """Sends a report with what is typed into its form; returns its id."""
        return int(submit_report(self.masar, who, raw, self._once()).case_id)

    def _does(self, step: Step) -> None:
        item = self.open_item(str(step.said["does"]), step)
        self.focus = item.case_id
        context = self._context(item.case_id, item.id)
        raw = self._typed(item.form, self._answers(item.form, step, context)) if item.form else {}
        self.complete(self._actor(step), item, raw)

    def complete(self, who: Actor, item: Any, raw: dict[str, list[str]]) -> None:
        """Completes a work item (its row) with what is typed into its form."""
        complete_work(self.masar, who, str(item.id), raw, f"demo {item.id}")

    def _sends(self, step: Step) -> None:
        wait = self._open_wait(step, str(step.said["sends"]))
        self.focus = wait.case_id
        raw: dict[str, list[str]] = {}
        if wait.form:
            raw = self._typed(wait.form, self._answers(wait.form, step, self._context(wait.case_id, wait.id)))
        self.answer(self._asked(wait, self._actor(step)), wait, raw)

    def _asked(self, wait: Any, who: Actor) -> Actor:
        """Who answers: the person of the story, or somebody of the provider that is asked where they are not of it."""
        unit_id = wait.offer_unit_id
        return self._member_of(unit_id) if unit_id and unit_id not in {m.unit_id for m in who.memberships} else who

    def _signal(self, step: Step) -> None:
        """The platform tells all files of something; who it is about is one of ours."""
        said = {**step.said["values"], "login": self.people.get(step.said["values"].get("login"))}
        name = str(step.said["signal"])
        broadcast_signal(self.masar, SYSTEM, name, {name: said}, f"demo {step.number} {self.clock()}")
        settle(self.masar)

    def answer(self, who: Actor, wait: Any, raw: dict[str, list[str]]) -> None:
        """Records what a case waits for (the row of the wait) with what is typed into its form."""
        answer_offer(self.masar, who, str(wait.id), raw, f"demo {wait.id}")

    def _wait(self, duration: str) -> None:
        until = feel.compile(f'now() + duration("{duration}")')({}, self.stage.definitions.env(self.clock()))
        until = min(until, self.end)
        while (due := self._next_timer()) is not None and due <= until:
            self.clock.advance(max(due - self.clock(), timedelta()))
            settle(self.masar)
        self.clock.advance(until - self.clock())
        settle(self.masar)

    def _answers(self, form: str, step: Step, context: Mapping[str, Any]) -> dict[str, Any]:
        self.form = form
        answers = filled_in(self.stage.definitions, self.stage.cast, form, step, context, self.clock())
        first, father, family = self.line.child
        if form == REPORT_FORM and answers.get("persons"):
            named, *others = answers["persons"]
            answers["persons"] = [{**named, "person_name": f"{first} {family}"}, *others]
        known = {"first_name": first, "father_name": father, "family_name": family}
        answers |= {name: value for name, value in known.items() if name in answers}
        for name in {"matched_case_no", "surviving_case_no"} & answers.keys():
            answers[name] = self._number_of(str(answers[name]))
        asked = self.stage.definitions.forms[form]
        return staffed(asked, answers, lambda login: self.people.get(login, login))

    def _number_of(self, told: str) -> str:
        """The number that a case of the story ("C-1") bears here; any other number as it was told."""
        query = select(case_file.c.number).where(case_file.c.parent_id.in_(self.files)).order_by(case_file.c.id)
        with self.masar.db.read() as conn:
            numbers: list[str] = list(conn.scalars(query))
        place = told.removeprefix("C-")
        return numbers[int(place) - 1] if place.isascii() and place.isdigit() and int(place) <= len(numbers) else told

    def _typed(self, key: str, answers: Mapping[str, Any]) -> dict[str, list[str]]:
        return self.stage.definitions.forms[key].typed(answers, self.stage.definitions.env(self.clock()))

    def _actor(self, step: Step) -> Actor:
        with self.masar.db.read() as conn:
            found = actor_named(conn, self.people[str(step.said["who"])])
        assert found is not None
        return found

    def _member_of(self, unit_id: int) -> Actor:
        """Somebody of the provider that a message is addressed to."""
        query = select(account.c.login).join(membership, membership.c.account_id == account.c.id)
        with self.masar.db.read() as conn:
            login = conn.scalar(query.where(membership.c.unit_id == unit_id))
            found = actor_named(conn, str(login))
        assert found is not None
        return found

    def _context(self, case_id: int, key: int) -> dict[str, Any]:
        with self.masar.db.read() as conn:
            case = cases.load(conn, self.masar.vault, case_id)
        assert case is not None
        return dict(visible(case.state, token_of(key)))

    def _own_files(self, conn: Connection) -> list[int]:
        """The report and the cases that came of it, newest first."""
        found = conn.scalars(select(case_file.c.id).where(case_file.c.parent_id.in_(self.files)))
        return sorted([*found, *self.files], reverse=True)

    def _meant(self, conn: Connection, step: Step | None) -> list[int]:
        """Where a step looks: the file that it names, or the one touched last and then all others."""
        own, named = self._own_files(conn), step.said.get("case") if step else None
        if named == "report":
            return self.files[-1:]
        if named in ("complaint", "inspection"):
            newest = select(case_file.c.id).where(case_file.c.kind == named).order_by(case_file.c.id.desc())
            return list(conn.scalars(newest.limit(1)))
        if named is not None:
            return [sorted(set(own) - set(self.files))[int(named) - 1]]
        return sorted(own, key=lambda file: file != self.focus)

    def open_item(self, element: str, step: Step | None = None) -> Any:
        """The row of open work with this name, where the step looks for it. Raises LookupError."""
        nth = int(step.said.get("item", 1)) if step else 1
        with self.masar.db.read() as conn:
            for case_id in self._meant(conn, step):
                found = [one for one in work_items.open_of_case(conn, case_id) if one.element == element]
                if len(found) >= nth:
                    return sorted(found, key=lambda one: int(one.id))[nth - 1]
        raise LookupError(f"{self.line.story}: {element} is not open")

    def _open_wait(self, step: Step, element: str) -> Any:
        with self.masar.db.read() as conn:
            for case_id in self._meant(conn, step):
                query = select(message_wait).where(message_wait.c.case_id == case_id, message_wait.c.element == element)
                row = conn.execute(query.order_by(message_wait.c.id)).first()
                if row is not None:
                    return row
        raise LookupError(f"{self.line.story}: nothing waits for {element}")

    def _next_timer(self) -> datetime | None:
        with self.masar.db.read() as conn:
            due = select(func.min(timer.c.due_at)).where(timer.c.case_id.in_(self._own_files(conn)))
            moment: datetime | None = conn.scalar(due)
        return moment
