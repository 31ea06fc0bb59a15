"""Files in memory: the report and every case that it opens, each moving by the same pure step as on a server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.bpmn import Call, Log, Outcome, Wait, commands, move
from engine.bpmn.run import BROADCAST
from engine.definitions import Definitions
from engine.kinds import LETTERS, PROCESSES
from engine.powers import carried_over
from engine.scenarios.coverage import Place, behind, passed_in
from engine.scenarios.story import Failed
from engine.text import Text

MOST_MOVES = 2_000
"""Moves that one step of a story may cause; more is a circle of messages and timers."""


UNIT = "DEMO"
OPENS: Mapping[str, tuple[str, str]] = {
    "open_case": ("case", "case_number"), "open_report": ("reporting", "report_number"),
    "open_inspection": ("institution_inspection", "inspection_number"),
}
"""Calls that open a file: its process, and the variable that carries its number."""
PLAIN_CALLS: Mapping[str, Callable[[Call], dict[str, Any]]] = {
    "mail": lambda _call: {}, "webhook": lambda _call: {}, "note_service_gap": lambda _call: {},
    "note_inspection": lambda _call: {"noted": True}, "stop_provider": lambda _call: {"outcome": "stopped"},
    "find_concerned": lambda call: {
        "concerns": list(call.variables.get("named") or []), "about": call.variables.get("about")},
}
"""Calls that change no file of a story: stories know no directory, and of whom a complaint concerns only the named."""


class Thread:
    """One report or case: its last outcome, who did what in it, which elements it went through."""

    def __init__(self, number: str, process: str) -> None:
        self.number, self.process = number, process
        self.outcome: Outcome | None = None
        self.performers: dict[str, set[str]] = defaultdict(set)
        self.done: list[tuple[str, str]] = []
        self.passed: list[str] = []
        self.places: set[Place] = set()

    @property
    def now(self) -> Outcome:
        """What is open now."""
        assert self.outcome is not None
        return self.outcome

    def did(self, element: str, login: str) -> None:
        """Remember who did an element, and in which order."""
        self.performers[element].add(login)
        self.done.append((element, login))

    def last_to_do(self, elements: str) -> str | None:
        """Who did the last of some elements."""
        names = elements.split(",")
        return next((login for element, login in reversed(self.done) if element in names), None)

    def completed(self, log: tuple[Log, ...]) -> None:
        """Remember what the move went through."""
        self.passed += [line.element for line in log if line.kind in {"completed", "fired"}]
        self.places.update(passed_in(log))


class House:
    """All files of a story, and the clock."""

    def __init__(self, definitions: Definitions, now: datetime) -> None:
        self.definitions, self.now = definitions, now
        self.threads: list[Thread] = []
        self.moves = 0

    @property
    def cases(self) -> list[Thread]:
        """The cases in the order of their opening."""
        return [thread for thread in self.threads if thread.process == "case"]

    @property
    def passed(self) -> set[Place]:
        """What all files together went through."""
        return set[Place]().union(*(thread.places for thread in self.threads))

    def begin(self, process: str, number_as: str, variables: Mapping[str, Any]) -> Thread:
        """Start a report or a case. What it calls for is done by the step that it belongs to."""
        kind = LETTERS[PROCESSES.get(process, "case")]
        thread = Thread(f"{kind}-{sum(t.process == process for t in self.threads) + 1}", process)
        self.threads.append(thread)
        self._move(thread, commands.Start(process, {**variables, number_as: thread.number}))
        return thread

    def step(self, thread: Thread, command: commands.Command) -> None:
        """One move, then all the calls that it leaves open."""
        self._move(thread, command)
        self.answer_calls()

    def answer_calls(self) -> None:
        """Do what is called for, in all files, until nothing is left to call."""
        while True:
            calls = [(thread, call) for thread in self.threads for call in thread.now.calls]
            if not calls:
                break
            self._answer(*calls[0])

    def _move(self, thread: Thread, command: commands.Command) -> None:
        self.moves += 1
        if self.moves > MOST_MOVES:
            raise Failed(Text("لا تنتهي هذه الخطوة: حلقة من الرسائل أو المؤقتات.",
                              "This step does not end: a circle of messages or timers."))
        state = thread.outcome.state if thread.outcome else None
        thread.outcome = move(self.definitions.bpmn, state, command, self.now)
        thread.completed(thread.outcome.log)
        for incident in thread.outcome.incidents:
            raise Failed(Text(f"تعثرت {thread.number}: {incident.text.ar}",
                              f"{thread.number} cannot go on: {incident.text.en}"), incident.element)

    def _answer(self, thread: Thread, call: Call) -> None:
        if call.type in OPENS:
            result = self._open(call)
        elif call.type == "reopen_case":
            result = self._reopen(call)
        elif call.type == "hand_over_case":
            result = self._hand_over(thread, call)
        elif call.type == "seal_file":
            doers = {thread.last_to_do(one.strip()) for one in call.headers.get("agreed_by", "").split(",")} - {None}
            result = {"outcome": "sealed" if len(doers) == 2 else "refused"}
        elif call.type == "publish_message":
            result = {"reached": self._publish(call)}
        elif call.type == BROADCAST:
            result = {"reached": self._broadcast(thread, call)}
        elif call.type in PLAIN_CALLS:
            result = PLAIN_CALLS[call.type](call)
        else:
            raise Failed(Text(f"لا أحد ينجز العمل «{call.type}».", f"Nobody does the job “{call.type}”."), call.element)
        if any(one.id == call.id for one in thread.now.calls):
            self._move(thread, commands.FinishCall(call.id, result))
        else:  # the case has opened itself again
            graph = self.definitions.bpmn.processes[call.process].graph
            thread.places.update(behind(graph, call.process, call.element))

    def _open(self, call: Call) -> dict[str, Any]:
        process, number_as = OPENS[call.type]
        given = {name: value for name, value in call.variables.items() if value is not None}
        if call.type == "open_report":
            given = {"form_0_report": given.get("report"), "unit": UNIT, "from_complaint": True}
        elif call.type == "open_inspection":
            given = {"inspection": {**given, "cause": "complaint", "announced": False}, "unit": UNIT}
        return {number_as: self.begin(process, number_as, given).number}

    def _hand_over(self, thread: Thread, call: Call) -> dict[str, Any]:
        """Stories know no units: they hold that one person released the case and another accepted it."""
        released, accepted = (
            thread.last_to_do(call.headers.get(name, "")) for name in ("released_by", "accepted_by"))
        if released is None or accepted in (None, released):
            return {"outcome": "refused"}
        taken_by = call.headers.get("taken_by")
        if taken_by and thread.last_to_do(taken_by) != call.variables.get("to"):
            return {"outcome": "refused"}
        given = {"case_manager": call.variables.get("to"), "unit": call.variables.get("unit")}
        amended = {name: value for name, value in given.items() if value is not None}
        self._move(thread, commands.Amend(amended, copies=True))
        return {"outcome": "moved"}

    def _reopen(self, call: Call) -> dict[str, Any]:
        number = str(call.variables.get("case_number"))
        thread = next((one for one in self.cases if one.number == number), None)
        if thread is None or not thread.now.closed:
            return {"outcome": "open" if thread else "unknown", "case_number": number}
        given = {name: value for name, value in call.variables.items() if value is not None}
        carried = carried_over(thread.now.variables, given)
        self._move(thread, commands.Reopen(thread.process, {**carried, "reopened": True}))
        return {"outcome": "reopened", "case_number": number}

    def _publish(self, call: Call) -> int:
        name, key = call.headers.get("message"), str(call.variables.get("key"))
        payload = call.variables.get("payload")
        variables = payload if isinstance(payload, Mapping) else {"payload": payload}
        reached = [(thread, wait) for thread in self.threads for wait in thread.now.waits
                   if wait.kind == "message" and wait.name == name and wait.key == key]
        if not reached:
            raise Failed(Text(f"لا حالة مفتوحة تنتظر الرسالة «{name}» بالمفتاح «{key}».",
                              f"No open case waits for the message “{name}” with the key “{key}”."), call.element)
        for thread, wait in reached:
            self._move(thread, commands.Fire(wait.id, variables))
        return len(reached)

    def _broadcast(self, thrower: Thread, call: Call) -> int:
        name = call.headers["signal"]
        heard = [thread for thread in self.threads if thread is not thrower
                 and any(wait.kind == "signal" and wait.name == name for wait in thread.now.waits)]
        for thread in heard:
            self._move(thread, commands.Signal(name, call.variables))
        return len(heard)

    def tell(self, name: str, values: Mapping[str, Any]) -> int:
        """Give a signal of the platform to all files that wait for it; how many did."""
        heard = [one for one in self.threads if any(w.kind == "signal" and w.name == name for w in one.now.waits)]
        for thread in heard:
            self.step(thread, commands.Signal(name, values))
        return len(heard)

    def wait_until(self, then: datetime) -> None:
        """Let time pass: every timer that comes due on the way fires at its own time, the earliest first."""
        while True:
            due = [(wait.due, index, wait) for index, thread in enumerate(self.threads)
                   for wait in thread.now.waits if wait.kind == "timer" and wait.due and wait.due <= then]
            if not due:
                break
            at, index, wait = min(due, key=_order)
            self.now = max(self.now, at)
            self.step(self.threads[index], commands.Fire(wait.id))
        self.now = then


def _order(entry: tuple[datetime, int, Wait]) -> tuple[datetime, int, int]:
    return entry[0], entry[1], entry[2].id
