"""Plays a case in tests: finds open things by their element, and checks after every move what must always hold."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.bpmn import Bundle, Call, Outcome, Wait, WorkItem, commands, load_bundle, move
from engine.bpmn.bundle import Decide
from engine.bpmn.commands import Command
from engine.dmn import Decided
from engine.feel import Env
from engine.feel.codec import dumps, loads

T0 = datetime(2026, 1, 1, 9, tzinfo=UTC)
Moving = Callable[[Bundle, bytes | None, Command, datetime], Outcome]
"""What moves a case: `engine.bpmn.move`, here or in another process."""


def undecided(decision: str, context: Mapping[str, Any], env: Env) -> Decided:
    """There are no decisions."""
    del context, env
    raise KeyError(decision)


def bundle(*sources: bytes, decide: Decide = undecided) -> Bundle:
    """Definitions for a test."""
    return load_bundle(sources, decide)


class Story:
    """One case, from its start on."""

    def __init__(self, definitions: Bundle, process: str = "p", variables: Mapping[str, Any] | None = None,
                 now: datetime = T0, moving: Moving = move, **more: Any) -> None:
        self.bundle, self.now, self.moving = definitions, now, moving
        self.past: list[tuple[Command, datetime]] = []
        self.out: Outcome
        self.state: bytes | None = None
        self.do(commands.Start(process, {**(variables or {}), **more}))

    def do(self, command: Command, **later: float) -> Outcome:
        """Send a command, perhaps some time later (days=…, hours=…)."""
        self.now += timedelta(**later)
        self.out = self.moving(self.bundle, self.state, command, self.now)
        self.state = self.out.state
        self.past.append((command, self.now))
        check_state(self.out)
        return self.out

    def item(self, element: str, n: int = 0) -> Any:
        """The n-th open work item of an element."""
        return [item for item in self.out.items if item.element == element][n]

    def wait(self, element: str, n: int = 0) -> Any:
        """The n-th open wait of an element."""
        return [wait for wait in self.out.waits if wait.element == element][n]

    def call(self, element: str, n: int = 0) -> Any:
        """The n-th open call of an element."""
        return [call for call in self.out.calls if call.element == element][n]

    def complete(self, element: str, n: int = 0, /, **answers: Any) -> Outcome:
        """Somebody does a work item."""
        return self.do(commands.Complete(self.item(element, n).id, answers))

    def fire(self, element: str, n: int = 0, /, **variables: Any) -> Outcome:
        """A message comes, or a timer fires as soon as it is due."""
        wait = self.wait(element, n)
        if wait.due is not None:
            self.now = max(self.now, wait.due)
        return self.do(commands.Fire(wait.id, variables))

    def answer(self, element: str, n: int = 0, /, **variables: Any) -> Outcome:
        """A call is answered."""
        return self.do(commands.FinishCall(self.call(element, n).id, variables))

    def fail(self, element: str, code: str | None = None, text: str = "no", n: int = 0) -> Outcome:
        """A call fails."""
        return self.do(commands.FailCall(self.call(element, n).id, code, text))

    @property
    def items(self) -> list[str]:
        """Elements of the open work items, sorted."""
        return sorted(item.element for item in self.out.items)

    @property
    def waits(self) -> list[str]:
        """Elements of the open waits, sorted."""
        return sorted(wait.element for wait in self.out.waits)

    @property
    def open(self) -> list[str]:
        """Elements of everything open, sorted."""
        return sorted([*self.items, *self.waits, *(call.element for call in self.out.calls),
                       *(incident.element for incident in self.out.incidents)])

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables of the case."""
        return self.out.variables

    def logged(self, kind: str) -> list[str]:
        """Elements of the log lines of the last move of one kind, in order."""
        return [line.element for line in self.out.log if line.kind == kind]

    def replay(self) -> None:
        """The same commands at the same times make the same case, byte for byte."""
        state = None
        for command, now in self.past:
            state = move(self.bundle, state, command, now).state
        assert state == self.state


def check_state(out: Outcome) -> None:
    """The document is canonical; every scope belongs to a live token; nothing finished is kept."""
    document = loads(out.state)
    assert dumps(document).encode() == out.state
    live = {row[0] for _, rows in document["flows"] for row in rows}
    told = {row[0] for row in document.get("outbox", ())}
    assert {abs(row[0]) for row in document["scopes"]} - {0} <= live, "a scope outlived its token"
    assert all(key == 0 or key in live for key, _ in document["flows"]), "a flow outlived its activity"
    for _, rows in document["flows"]:
        for row in rows:
            assert row[3].get("host", row[0]) in live and row[3].get("body", row[0]) in live
    open_things: list[WorkItem | Wait | Call] = [*out.items, *out.waits, *out.calls]
    open_ids = [x.id for x in open_things]
    assert len(open_ids) == len(set(open_ids)) and set(open_ids) <= live | told
    assert out.finished == (not document["flows"])
