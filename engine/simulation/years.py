"""The years go by: reports come in, people do their work sooner or later, timers fire when they are due."""

import heapq
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import bindparam, select

from engine.access import may
from engine.actor import Actor
from engine.bpmn import visible
from engine.clock import StoppedClock
from engine.commands.messages import answer_offer
from engine.commands.reports import REPORT_FORM, report_context, submit_report
from engine.commands.sealing import seal_heads
from engine.commands.standing import case_of, token_of
from engine.commands.work import complete_work
from engine.errors import Invalid, MasarError
from engine.masar import Masar
from engine.queries.relations import facts_of_item, facts_of_offer
from engine.scenarios import Stage
from engine.simulation.answers import Answers
from engine.simulation.habits import Habits, Sending
from engine.simulation.staff import Staff
from engine.store import cases, queue, work_items
from engine.store.cases import CaseFile
from engine.store.messages import message_wait
from engine.store.work_items import is_open, split, work_item
from engine.worker import run_pass

MOST_TRIES = 4
AGAIN = timedelta(days=1)
REPORTERS = ("reception_officer", "hotline_officer")
SHORT = timedelta(hours=36)
"""What is allowed no longer is done day and night; all else waits for the office to open."""

_OPENED = (
    select(work_item.c.id, work_item.c.since, work_item.c.due_at)
    .where(is_open, work_item.c.since >= bindparam("since")).order_by(work_item.c.id)
)
_OFFERED = (
    select(message_wait.c.id, message_wait.c.element)
    .where(message_wait.c.since >= bindparam("since")).order_by(message_wait.c.id)
)


@dataclass
class Told:
    """What came of the years."""

    reports: int = 0
    completed: int = 0
    sent: int = 0
    left: Counter[str] = field(default_factory=Counter)
    """Work that nobody managed to do, by element and why."""


class Years:
    """One simulation. Raises MasarError only where the ministry itself is not as it should be."""

    def __init__(self, masar: Masar, clock: StoppedClock, stage: Stage, habits: Habits, seed: int) -> None:
        self.masar, self.clock, self.stage, self.habits = masar, clock, stage, habits
        self.random = Random(seed)
        with masar.db.read() as conn:
            self.staff = Staff(conn, self.random)
        self.answers = Answers(stage, habits, self.random)
        self.plan: list[tuple[datetime, int, str, int, int]] = []
        self.counter, self.seen, self.since = 0, set[int](), clock()
        self.due: datetime | None = None
        """When the worker is wanted next."""
        self.told = Told()

    def run(self, reports: int, years: float) -> Told:
        """Lets this many reports come in over the first years, and time pass until all is done or double the years
        have passed."""
        begin, span = self.clock(), timedelta(days=365.25 * years)
        for n in range(reports):
            self._schedule(begin + span * self.random.random(), "report", n)
        self._look_around()
        while self.plan and self.plan[0][0] < begin + 2 * span:
            at, _, kind, key, tries = heapq.heappop(self.plan)
            self._pass_time(at)
            {"report": self._report, "work": self._work, "send": self._send}[kind](key, tries)
            self._look_around()
            self._pass_time(self.clock())
        seal_heads(self.masar)
        return self.told

    def _schedule(self, at: datetime, kind: str, key: int, tries: int = 0) -> None:
        self.counter += 1
        heapq.heappush(self.plan, (at, self.counter, kind, key, tries))

    # ---- time

    def _pass_time(self, until: datetime) -> None:
        """What is due on the way happens at its own time."""
        while self.due is not None and self.due <= until:
            self.clock.now = max(self.clock.now, self.due)
            run_pass(self.masar)
            self._look_around()
        self.clock.now = max(self.clock.now, until)

    def _look_around(self) -> None:
        """Plans when what opened since will be done, and sees when the worker is wanted next."""
        since = {"since": self.since}
        with self.masar.db.read() as conn:
            items, offers = conn.execute(_OPENED, since).all(), conn.execute(_OFFERED, since).all()
            self.due = queue.next_due_at(conn)
        self.since = self.clock()
        for item in items:
            if item.id not in self.seen:
                self.seen.add(item.id)
                self._schedule(self._when(item), "work", item.id)
        for offer in offers:
            self._perhaps_send(offer)

    def _perhaps_send(self, offer: Any) -> None:
        sending = self.habits.sends.get(offer.element)
        if sending and offer.id not in self.seen:
            self.seen.add(offer.id)
            if self.random.random() < sending.chance:
                self._schedule(self.clock() + sending.within * self.random.random(), "send", offer.id)

    def _when(self, item: Any) -> datetime:
        """When somebody will have done a work item; by day, unless it is urgent."""
        allowed = item.due_at - item.since if item.due_at else None
        at: datetime = self.clock() + self.habits.delay(self.random, allowed)
        if self.random.random() < self.habits.forgotten:
            at += timedelta(days=self.random.uniform(3, 20))
        if allowed is not None and allowed <= SHORT:
            return at
        local = self.stage.definitions.env(at).local(at)
        while not self.stage.definitions.calendar.is_working(local.date()):
            local += timedelta(days=1)
        return local.replace(hour=self.random.randint(8, 14), minute=self.random.randint(0, 59)) if at else at

    # ---- what people do

    def _report(self, number: int, tries: int) -> None:
        who = self.staff.of_roles(REPORTERS, "/1/")[0] if not tries else self.staff.of_roles(REPORTERS, "/1/")[-1]
        context = report_context(who)
        for raw in self.answers.for_form(REPORT_FORM, REPORT_FORM, context, self.clock(), self._account("")):
            try:
                submit_report(self.masar, who, raw, f"simulated {number}")
            except MasarError:
                continue
            self.told.reports += 1
            return
        self.told.left["report"] += 1

    def _work(self, key: int, tries: int) -> None:
        with self.masar.db.read() as conn:
            item = work_items.get(conn, key)
            case = cases.load(conn, self.masar.vault, case_of(key)) if item and item.status == "open" else None
        if item is None or case is None:
            return  # somebody else did it, or the case took another way
        facts = facts_of_item(item, case)
        held = [self.staff.by_id[item.assignee_id]] if item.assignee_id in self.staff.by_id else []
        people = held or self.staff.of_roles(split(item.groups), item.unit_path)
        fit = [who for who in people if may(who, "complete", facts)]
        if not fit:
            self.told.left[f"{item.element}: nobody"] += 1
            return
        why = self._try(item, case, fit[:MOST_TRIES])
        if why and tries < MOST_TRIES:
            self._schedule(self.clock() + AGAIN, "work", key, tries + 1)
        elif why:
            self.told.left[f"{item.element}: {why}"] += 1

    def _try(self, item: Any, case: CaseFile, people: list[Actor]) -> str:
        """Somebody completes a work item; else why nobody did."""
        why, context = "no filled form fits", dict(visible(case.state, token_of(item.id)))
        account = self._account(item.unit_path)
        ways = self.answers.for_form(item.form, item.element, context, self.clock(), account) if item.form else [{}]
        for raw in ways:
            for who in people:
                try:
                    complete_work(self.masar, who, str(item.id), raw, f"simulated {item.id}")
                except Invalid as error:
                    why = error.text.en
                    break  # nobody could send this
                except MasarError as error:
                    why = error.text.en
                    continue
                self.told.completed += 1
                return ""
        return why

    def _send(self, key: int, tries: int) -> None:
        del tries
        with self.masar.db.read() as conn:
            wait = conn.execute(select(message_wait).where(message_wait.c.id == key)).first()
            case = cases.load(conn, self.masar.vault, wait.case_id) if wait else None
        if wait is None or case is None:
            return
        facts, sending = facts_of_offer(wait, case), self.habits.sends[wait.element]
        people = (self.staff.in_unit(wait.offer_unit_id) if wait.offer_unit_id
                  else self.staff.of_roles(split(wait.offer_to), case.unit_path))
        for who in [one for one in people if may(one, "answer_offer", facts)][:MOST_TRIES]:
            for raw in self._ways(wait, case, sending):
                try:
                    answer_offer(self.masar, who, str(key), raw, f"simulated {key}")
                except MasarError:
                    continue
                self.told.sent += 1
                return
        self.told.left[f"{wait.element}: not sent"] += 1

    def _ways(self, wait: Any, case: CaseFile, sending: Sending) -> Any:
        if not wait.form:
            return iter([{}])
        context = dict(visible(case.state, token_of(wait.id)))
        return self.answers.for_form(
            wait.form, wait.element, context, self.clock(), self._account(case.unit_path), sending.filled or None)

    def _account(self, unit_path: str) -> Any:
        """Who stands for a person of the stories: somebody here with their roles."""
        def found(login: str) -> str:
            person = self.stage.cast.people.get(login)
            people = self.staff.of_roles(person.roles if person else (), unit_path or "/1/")
            if not people and person:
                people = [one for one in self.staff.people if one.roles & person.roles]
                self.random.shuffle(people)
            return people[0].login if people else login
        return found
