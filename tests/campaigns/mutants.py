"""`./run mutants`: breaks the engine in one place at a time, and sees that the random processes notice.

A mutant that survives is a hole in the tests, not in the engine.
"""


import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from engine.bpmn import catching, throws
from engine.bpmn.activities import Activity
from engine.bpmn.catching import hearing
from engine.bpmn.containers import CallActivity
from engine.bpmn.events import Attached, Boundary, Catch, EventStart
from engine.bpmn.flow import Flow
from engine.bpmn.multi import MultiInstance
from engine.bpmn.nodes import Exclusive, Inclusive, Join, Node, Parallel, TerminateEnd
from engine.bpmn.repeat import Repeat
from engine.bpmn.run import Run
from engine.bpmn.scopes import ROOT, Scopes
from engine.bpmn.throws import ErrorEnd, EscalationThrow, SignalThrow
from engine.bpmn.values import Values
from tests.engine.bpmn.fuzzing import play

SEEDS = 400
DEPTH = 3
Change = Callable[[Any], Any]
"""From the right function to a wrong one."""


def instead(wrong: Any) -> Change:
    """Something else altogether."""
    return lambda right: wrong


def never(right: Any) -> Any:
    """Does nothing."""
    return lambda *args, **more: None


def _unwalled(right: Any) -> Any:
    def merge(self: Scopes, id: int, values: Any) -> None:
        walls = [scope for scope in self.all.values() if scope.wall]
        for scope in walls:
            scope.wall = False
        right(self, id, values)
        for scope in walls:
            scope.wall = True
    return merge


def _to_the_root(right: Any) -> Any:
    def merge(self: Scopes, id: int, values: Any) -> None:
        while (outer := self.all[id].parent) is not None and not self.all[id].wall:
            id = outer
        self.all[id].values.take(values)
    return merge


def _with(attribute: str, value: Any) -> Change:
    """The token's object (first argument) seems to have another attribute while the right function runs."""
    def change(right: Any) -> Any:
        def wrong(self: Any, *args: Any, **more: Any) -> Any:
            kept = getattr(self, attribute)
            object.__setattr__(self, attribute, value)
            try:
                return right(self, *args, **more)
            finally:
                object.__setattr__(self, attribute, kept)
        return wrong
    return change


def _index_zero(right: Any) -> Any:
    def collect(self: MultiInstance, token: Any, item: Any) -> None:
        kept, item.memo["loop"] = item.memo["loop"], 0
        right(self, token, item)
        item.memo["loop"] = kept
    return collect


def _same_member(right: Any) -> Any:
    def spawn(self: MultiInstance, token: Any) -> None:
        scope = token.workflow.run.scopes[token.id]
        kept = scope.items
        if kept:
            scope.items = [kept[0]] * len(kept)
        right(self, token)
        scope.items = kept
    return spawn


def _forgotten_results(right: Any) -> Any:
    def scope_row(id: int, scope: Any) -> Any:
        kept, scope.results = scope.results, scope.results and [None] * len(scope.results)
        row = right(id, scope)
        scope.results = kept
        return row
    return scope_row


def _shallow(right: Any) -> Any:
    def withdraw(self: Flow, token: Any) -> None:
        inner = self.run.flows.get(token.id)
        if inner is not None:
            inner.tasks.clear()
        right(self, token)
    return withdraw


def _inner_last(right: Any) -> Any:
    def take(self: Any, other: Any) -> None:
        for name, value in other.json.items():
            self.json.setdefault(name, value)
    return take


def _one_walled_off(right: Any) -> Any:
    def scope(row: list[Any]) -> Any:
        made = right(row)
        made.wall = False
        return made
    return scope


def _keeps_events(right: Any) -> Any:
    return Node.go_on


def _keeps_siblings(right: Any) -> Any:
    def fired(self: Any, token: Any, values: Any) -> None:
        token.memo.pop("gate", None)
        right(self, token, values)
    return fired


def _late_ears(right: Any) -> Any:
    def after(self: Any, token: Any) -> None:
        token.memo["ears"] = hearing(token.workflow.run, self.signal, token)
        right(self, token)
    return after


def _no_outbox(right: Any) -> Any:
    def dump(run: Any) -> bytes:
        run.outbox.clear()
        state: bytes = right(run)
        return state
    return dump


def _from_outside(right: Any) -> Any:
    def nearest(flow: Any, host: Any, code: Any, kind: str = "error") -> Any:
        outer = flow.host if flow is not None and kind == "escalation" else None
        return right(outer.workflow, outer, code, kind) if outer is not None else right(flow, host, code, kind)
    return nearest


def _does_nothing(_right: Any) -> Any:
    return lambda *_: None


def _drops_what_came(right: Any) -> Any:
    def send(self: Any, token: Any, flow: Any) -> Any:
        token.workflow.run.scopes[token.id].values.clear()
        return right(self, token, flow)
    return send


def _without_memory(right: Any) -> Any:
    def turned_true(self: Any, token: Any) -> bool:
        token.memo["wait"].pop("was", None)
        holds: bool = right(self, token)
        return holds
    return turned_true


def _asked_once(right: Any) -> Any:
    def turned_true(self: Any, token: Any) -> bool:
        if "asked" in token.memo["wait"]:
            return False
        token.memo["wait"]["asked"] = True
        holds: bool = right(self, token)
        return holds
    return turned_true


def _no_cycles(right: Any) -> Any:
    return lambda wait: None if wait["kind"] == "timer" else right(wait)


def _kept_results(right: Any) -> Any:
    return lambda self, token, item, results: right(self, token, item, type(results)())


MUTANTS: tuple[tuple[str, Any, str, Change], ...] = (
    ("a parallel join never waits", Parallel, "arrive", instead(lambda self, token: True)),
    ("a join leaves what it has joined", Join, "consume", never),
    ("an inclusive join never waits", Inclusive, "arrive", instead(lambda self, token: True)),
    ("an inclusive join goes on too early", Inclusive, "upstream", instead(property(
        lambda self: {via: frozenset() for via in self.incoming}, lambda self, value: None))),
    ("an inclusive join is never released", Run, "release_a_join", instead(lambda self: False)),
    ("an exclusive gateway takes all", Exclusive, "choose", instead(Node.choose)),
    ("events outlive their activity", Activity, "go_on", _keeps_events),
    ("an event happens once only", Attached, "again", never),
    ("a border event interrupts nothing", Boundary, "fired", _with("interrupting", False)),
    ("every border event interrupts", Boundary, "fired", _with("interrupting", True)),
    ("an event sub-process interrupts nothing", EventStart, "fired", _with("interrupting", False)),
    ("every event sub-process interrupts", EventStart, "fired", _with("interrupting", True)),
    ("the losers of a race stay", Catch, "fired", _keeps_siblings),
    ("scopes are never dropped", Scopes, "drop", never),
    ("walls let variables out", Scopes, "merge", _unwalled),
    ("variables always go to the root", Scopes, "merge", _to_the_root),
    ("all variables go to the case", Scopes, "merge", lambda right: lambda self, id, values: right(self, ROOT, values)),
    ("outer variables hide inner ones", "engine.bpmn.values:Values", "take", _inner_last),
    ("all results of items go to the first place", MultiInstance, "collect", _index_zero),
    ("all items get the first member", MultiInstance, "spawn", _same_member),
    ("results of items are lost on saving", "engine.bpmn.snapshot", "_scope_row", _forgotten_results),
    ("walls are lost on loading", "engine.bpmn.snapshot", "_scope", _one_walled_off),
    ("it is never enough", MultiInstance, "is_enough", instead(lambda self, *args: False)),
    ("it is always enough", MultiInstance, "item_done",
     lambda right: lambda self, token, enough: right(self, token, True)),
    ("what runs inside is not taken away", Flow, "withdraw", _shallow),
    ("called processes see everything", CallActivity, "inner_scope", instead(lambda self, token: token.id)),
    ("an unused event sub-process holds its flow open", Flow, "is_over", instead(lambda self: not self.tasks)),
    ("a flow ends with its first token", Flow, "is_over", instead(lambda self: True)),
    ("a signal is heard by the first only", throws, "hearing", lambda right: lambda *of: right(*of)[:1]),
    ("a signal is heard by what waits only after it", SignalThrow, "after", _late_ears),
    ("other cases are never told of a signal", "engine.bpmn.move", "dump", _no_outbox),
    ("an escalation reaches nobody", EscalationThrow, "after", never),
    ("an error throws nothing", ErrorEnd, "after", _does_nothing),
    ("the variables of a message are lost", Catch, "receive", _does_nothing),
    ("an event sub-process drops what came with its event", EventStart, "send", _drops_what_came),
    ("what came with an event stays at the event", Boundary, "results", instead(lambda _self, _token: Values())),
    ("a terminate end ends nothing", TerminateEnd, "after", _does_nothing),
    ("a handler calls itself", catching, "begins", lambda _right: lambda token, host: False),
    ("an escalation goes past what is nearest", throws, "nearest", _from_outside),
    ("a condition happens as long as it holds", Catch, "turned_true", _without_memory),
    ("a condition is asked once only", Catch, "turned_true", _asked_once),
    ("conditions are never asked", Run, "fire_a_condition", instead(lambda self: False)),
    ("conditions see the case only", Boundary, "seen_from", instead(lambda self, token: ROOT)),
    ("timers come once only", "engine.bpmn.events", "next_wait", _no_cycles),
    ("timers never cease", "engine.bpmn.events", "next_wait", instead(dict)),
    ("rounds go on for ever", Repeat, "wanted", instead(lambda self, *args: args[2] < 9)),
    ("there is one round only", Repeat, "wanted", instead(lambda self, *args: False)),
    ("a round keeps its results", Repeat, "collect", _kept_results),
    ("ids begin anew at every move", Run, "next_id", lambda right: lambda self: right(self) % 50 + 1),
)


@contextmanager
def mutated(target: Any, attribute: str, change: Change) -> Iterator[None]:
    """The engine with one change."""
    if isinstance(target, str):
        module, _, name = target.partition(":")
        target = getattr(sys.modules[module], name) if name else sys.modules[module]
    own = attribute in vars(target)
    right = getattr(target, attribute, None)
    setattr(target, attribute, change(right))
    try:
        yield
    finally:
        if own:
            setattr(target, attribute, right)
        else:
            delattr(target, attribute)


def killed_by(target: Any, attribute: str, change: Change, seeds: int = SEEDS) -> int | None:
    """The first seed that notices, None if the mutant survives."""
    with mutated(target, attribute, change):
        for seed in range(seeds):
            try:
                play(seed, DEPTH)
            except Exception:
                return seed
    return None


def main() -> int:
    """Tries every mutant; exit code 1 if one survives."""
    parser = argparse.ArgumentParser(prog="./run mutants", description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    said = parser.parse_args()
    survivors = 0
    for name, target, attribute, change in MUTANTS:
        seed = killed_by(target, attribute, change, said.seeds)
        survivors += seed is None
        print(f"{'SURVIVED' if seed is None else f'killed by seed {seed}':22} {name}", flush=True)
    print(f"{len(MUTANTS)} mutants, {survivors} survived")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
