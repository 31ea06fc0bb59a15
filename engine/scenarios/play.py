"""Plays a story step by step: people complete work items and send messages, time passes, statements are checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from engine import feel
from engine.actor import CURRENT_USER
from engine.bpmn import Wait, WorkItem, commands, visible
from engine.definitions import Definitions
from engine.facts import logins_in
from engine.forms.properties import SAME_PERSON
from engine.kinds import PROCESSES
from engine.scenarios.cast import Cast, Person
from engine.scenarios.expecting import expect
from engine.scenarios.filling import filled_in
from engine.scenarios.story import Failed, Step, Story
from engine.scenarios.threads import UNIT, House, Thread
from engine.text import Text

Act = Callable[[], None]
REPORT_FORM, COMPLAINT_FORM = "form_0_report", "complaint"
MOST_REPEATED, MOST_INSIDE = 1_000, 7


def steps_of(story: Story, cast: Cast) -> Iterator[Step]:
    """The steps of a story with its chapters and repetitions written out. Raises Failed."""
    return _written_out(story.steps, cast, MOST_INSIDE)


def _written_out(steps: Sequence[Step], cast: Cast, deeper: int) -> Iterator[Step]:
    if not deeper:
        raise Failed(Text("الفصول والتكرارات متداخلة أكثر مما يجب.", "Chapters and repetitions nest too deeply."))
    for step in steps:
        if step.kind == "repeat":
            for _ in range(min(int(step.said["repeat"]), MOST_REPEATED)):
                yield from _written_out(step.steps, cast, deeper - 1)
        elif step.kind == "chapter":
            yield from _written_out(_chapter(cast, str(step.said["chapter"])), cast, deeper - 1)
        else:
            yield step


def _chapter(cast: Cast, name: str) -> Sequence[Step]:
    if name not in cast.chapters:
        raise Failed(Text(f"لا فصل باسم «{name}» في cast.yaml.", f"cast.yaml has no chapter “{name}”."))
    return cast.chapters[name]


class Player:
    """One play of one story."""

    def __init__(self, definitions: Definitions, cast: Cast, story: Story) -> None:
        self.definitions, self.cast, self.story = definitions, cast, story
        self.house = House(definitions, story.begins.replace(tzinfo=definitions.zone or UTC))
        self.focus: Thread | None = None
        self.kinds: dict[str, Callable[[Step], None]] = {
            "report": self.report, "complaint": self.complaint, "inspection": self.inspection,
            "does": self.does, "sends": self.sends, "signal": self.signal,
            "wait": self.wait, "then": self.then}

    def acts(self) -> Iterator[tuple[str, Act]]:
        """The steps as things to do, with their numbers, repetitions written out."""
        for step in steps_of(self.story, self.cast):
            yield step.number, self._act(step)

    def _act(self, step: Step) -> Act:
        def act() -> None:
            self.house.moves = 0
            self.kinds[step.kind](step)

        return act

    # ---- the kinds of steps

    def report(self, step: Step) -> None:
        """Somebody reports: a report begins."""
        answers = filled_in(self.definitions, self.cast, REPORT_FORM, step, {}, self.house.now)
        self._begin(step, "reporting", "report_number", {REPORT_FORM: answers, "unit": UNIT})

    def complaint(self, step: Step) -> None:
        """Somebody complains, or types in what somebody complained of."""
        answers = filled_in(self.definitions, self.cast, COMPLAINT_FORM, step, {}, self.house.now)
        self._begin(step, "complaint", "complaint_number", {COMPLAINT_FORM: answers, "unit": UNIT})

    def inspection(self, step: Step) -> None:
        """An institution is to be inspected."""
        told = step.said.get("values")
        told = {"cause": "routine", "announced": True, **(told if isinstance(told, Mapping) else {})}
        self._begin(step, "institution_inspection", "inspection_number", {"inspection": told, "unit": UNIT})

    def _begin(self, step: Step, process: str, number_as: str, variables: Mapping[str, Any]) -> None:
        self.focus = self.house.begin(process, number_as, variables)
        for start in self.definitions.bpmn.processes[process].plain_starts if "who" in step.said else ():
            self.focus.did(start, self._person(step).login)
        self.house.answer_calls()

    def does(self, step: Step) -> None:
        """Somebody completes a work item; with `refused`, must not be allowed to."""
        element, who = str(step.said["does"]), self._person(step)
        thread, item = self._item(step, element)
        bar = self._bar(thread, item, who)
        if step.said.get("refused"):
            if bar is None:
                raise Failed(Text(f"كان يجب ألا يُسمح لـ{who.login} بالمهمة {element}.",
                                  f"{who.login} should not be allowed to do {element}."), element)
            return
        if bar is not None:
            raise Failed(bar, element)
        answers = filled_in(self.definitions, self.cast, item.form, step, self._context(thread, item.id, who),
                            self.house.now)
        self._finds(thread, item.form, answers)
        self.focus = thread
        thread.did(element, who.login)
        self.house.step(thread, commands.Complete(item.id, answers))

    def _finds(self, thread: Thread, key: str | None, answers: Mapping[str, Any]) -> None:
        """Another open case that answers name must be one of the story's, as the program must find it on a server."""
        form = self.definitions.forms.get(key or "")
        others = {case.number for case in self.house.cases if case is not thread and not case.now.closed}
        for path in form.asking_for(SAME_PERSON) if form else ():
            if answers.get(path) not in (None, *others):
                told = Text(f"لا حالة أخرى مفتوحة برقم {answers[path]}.", f"No other open case is {answers[path]}.")
                raise Failed(told, path)

    def sends(self, step: Step) -> None:
        """Somebody records a message that a diagram offers them."""
        element, who = str(step.said["sends"]), self._person(step)
        thread, wait = self._wait(step, element)
        offered = {group.strip() for group in str(wait.properties.get("offer_to") or "").split(",")}
        if not offered & who.roles:
            raise Failed(Text(f"لا تُعرض {element} على {who.login}، بل على: {'، '.join(sorted(offered))}.",
                              f"{element} is not offered to {who.login} but to {', '.join(sorted(offered))}."), element)
        if wait.properties.get("offer_person", who.login) != who.login:
            named = wait.properties["offer_person"]
            told = Text(f"لا تُعرض {element} إلا على {named}.", f"{element} is offered to {named} alone.")
            raise Failed(told, element)
        form = wait.properties.get("form")
        context = self._context(thread, wait.id, who)
        answers = filled_in(self.definitions, self.cast, form, step, context, self.house.now)
        self.focus = thread
        thread.did(element, who.login)
        self.house.step(thread, commands.Fire(wait.id, {element: answers}))

    def signal(self, step: Step) -> None:
        """The platform tells all files of something, such as the absence of somebody."""
        name = str(step.said["signal"])
        if not self.house.tell(name, {name: step.said.get("values")}):
            raise Failed(Text(f"لا ملف ينتظر الإشارة «{name}».", f"Nothing waits for the signal “{name}”."))

    def wait(self, step: Step) -> None:
        """Time passes."""
        text = f'now() + duration("{step.said["wait"]}")'
        then = feel.compile(text)({}, self.definitions.env(self.house.now))
        if then is None:
            raise Failed(Text("wait تُكتب مدةً مثل P3D أو PT4H.", "wait is a duration such as P3D or PT4H."))
        self.house.wait_until(then)

    def then(self, step: Step) -> None:
        """Statements about the file in focus, or about the one that is named."""
        said = step.said["then"]
        if not isinstance(said, Mapping):
            raise Failed(Text("then تُكتب قائمة عبارات.", "then is a mapping of statements."))
        expect(self.house, self._threads(step)[0], said)

    # ---- finding things

    def _person(self, step: Step) -> Person:
        login = str(step.said.get("who"))
        if login not in self.cast.people:
            raise Failed(Text(f"«{login}» ليس من أشخاص القصص (cast.yaml).", f"“{login}” is not in cast.yaml."))
        return self.cast.people[login]

    def _threads(self, step: Step) -> list[Thread]:
        """Where to look: the file that is named, or the one in focus first and then all others."""
        named = step.said.get("case")
        if named in ("report", "complaint", "inspection"):
            return [thread for thread in self.house.threads if PROCESSES.get(thread.process) == named][-1:]
        if named is not None:
            if not 1 <= int(named) <= len(self.house.cases):
                raise Failed(Text(f"لا حالة رقمها {named}.", f"There is no case {named}."))
            return [self.house.cases[int(named) - 1]]
        rest = [thread for thread in self.house.threads if thread is not self.focus]
        return ([self.focus] if self.focus else []) + rest

    def _item(self, step: Step, element: str) -> tuple[Thread, WorkItem]:
        threads, wanted = self._threads(step), int(step.said.get("item", 1))
        for thread in threads:
            items = [item for item in thread.now.items if item.element == element]
            if len(items) >= wanted:
                return thread, items[wanted - 1]
        found = sorted({item.element for thread in threads for item in thread.now.items})
        raise Failed(Text(f"المهمة {element} غير مفتوحة. المفتوح: {'، '.join(found) or '—'}.",
                          f"{element} is not open. Open are: {', '.join(found) or '—'}."), element)

    def _wait(self, step: Step, element: str) -> tuple[Thread, Wait]:
        for thread in self._threads(step):
            for wait in thread.now.waits:
                if wait.kind == "message" and wait.element == element:
                    return thread, wait
        raise Failed(Text(f"لا أحد ينتظر الرسالة {element}.", f"Nothing waits for the message {element}."), element)

    def _bar(self, thread: Thread, item: WorkItem, who: Person) -> Text | None:
        """Why this person may not do this: another's item, not of their groups, or done by them (four eyes)."""
        if item.assignee and item.assignee != who.login:
            return Text(f"المهمة {item.element} مسندة إلى {item.assignee} لا إلى {who.login}.",
                        f"{item.element} is assigned to {item.assignee}, not to {who.login}.")
        if not set(item.groups) & who.roles:
            return Text(f"المهمة {item.element} لمجموعات {'، '.join(item.groups)}، و{who.login} ليس منها.",
                        f"{item.element} is for {', '.join(item.groups)}; {who.login} is none of these.")
        barred = [name.strip() for name in str(item.properties.get("not_done_by") or "").split(",")]
        named = logins_in(item.properties.get("not_by"))
        if who.login in named or any(who.login in thread.performers[name] for name in barred if name):
            return Text(f"{who.login} لا يراجع عمله: {item.element}.",
                        f"{who.login} may not review own work: {item.element}.")
        return None

    def _context(self, thread: Thread, token: int, who: Person) -> dict[str, Any]:
        return {**visible(thread.now.state, token), CURRENT_USER: who.login}
