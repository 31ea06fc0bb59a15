"""`python -m bench.move [--visits N]`: what one move costs, with load and dump, early and late in a case's life.

Beside it, as a baseline, SpiffWorkflow alone on the same kind of loop: load, step, save the whole state. Figures are
medians of CPU time on this machine; trust the ratios.
"""

import argparse
import json
import statistics
import zlib
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from time import process_time
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from engine.bpmn import Outcome, commands, load_bundle, move
from tests.engine.bpmn.diagrams import (
    boundary,
    call,
    each,
    end,
    file,
    flow,
    gateway,
    job,
    message,
    message_event,
    path,
    process,
    receive,
    script,
    simple,
    start,
    sub,
    timer,
    user,
)
from tests.engine.bpmn.story import undecided

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STOCK_LIMIT = 190
"""Beyond this SpiffWorkflow alone becomes unbearable, and beyond 330 rounds of this loop it stalls without a word."""

INTAKE = simple("intake", user("reception"), script("double", "=reception.age * 2 + 1", "twice"),
                ids=["reception", "double"])
REFERRAL = file(message("m_answer", "answer", "=r.id"), process(
    "referral", start(), job("send", "mail", kind="sendTask"), receive("answer", "m_answer", {"said": "=reply"}), end(),
    path("S", "send", "answer", "E"), boundary("remind", "answer", timer(timeCycle="R2/P3D"), False),
    job("remind_mail", "mail"), path("remind", "remind_mail"),
    boundary("overdue", "answer", timer(timeDuration="=duration(r.wait)")),
    script("late", '="overdue"', "said"), path("overdue", "late")))
LIFE = sub(
    "life", start("s"), user("plan"), gateway("parallel", "fork"), user("intervene"),
    gateway("exclusive", "more", "more__join"), path("s", "plan", "fork", "intervene", "more", "join"),
    flow("more", "intervene", "again", "=intervene.more"),
    call("referrals", "referral", each("=plan.referrals", "r", "results", "=said"), inputs={"note": '="for " + r.id'}),
    path("fork", "referrals", "join"), user("visit"),
    user("review", each('=["specialist", "supervisor"]', "who", "opinions", "={by: who, ok: review.ok}"),
         groups="case_supervisor", due='=opened_at + duration("P7D")', priority="60"),
    gateway("exclusive", "agreed", "agreed__join"), path("fork", "visit", "review", "agreed", "join"),
    flow("agreed", "visit", "not_yet", "=some o in opinions satisfies o.ok = false"),
    gateway("parallel", "join"), end("e"), path("join", "e"))
CASE = file(message("m_new", "new_report", "=case_number"), message("m_death", "death", "=case_number"), process(
    "case", start(), call("to_intake", "intake", all_out=True), LIFE, user("close"), end(),
    path("S", "to_intake", "life", "close", "E"),
    boundary("new", "life", message_event("m_new"), False, {"last": "=report"}),
    user("assess"), path("new", "assess"), boundary("death", "life", message_event("m_death")), user("mourn"),
    path("death", "mourn")))
LOOP = file(process(
    "loop", start(), gateway("exclusive", "m"), user("visit"), gateway("parallel", "f"),
    user("review", each('=["specialist", "supervisor"]', "who", "opinions", "={by: who, ok: review.ok}")), user("note"),
    gateway("parallel", "j"), gateway("exclusive", "x", "x__E"), end(),
    path("S", "m", "visit", "f", "review", "j", "x", "E"),
    path("f", "note", "j"), flow("x", "m", when="=visit.more")))


class Driver:
    """Plays a case through `move` and takes the time of every move, by visit."""

    def __init__(self, sources: list[bytes], process_id: str, variables: dict[str, Any]) -> None:
        self.bundle, self.visit = load_bundle(sources, undecided), 0
        self.times: dict[int, list[float]] = defaultdict(list)
        self.out: Outcome = move(self.bundle, None, commands.Start(process_id, variables), NOW)

    def do(self, command: commands.Command) -> None:
        began = process_time()
        self.out = move(self.bundle, self.out.state, command, NOW)
        self.times[self.visit].append((process_time() - began) * 1000)

    def complete(self, element: str, **answers: Any) -> None:
        self.do(commands.Complete(next(item.id for item in self.out.items if item.element == element), answers))

    def median(self, first: int, last: int) -> float:
        return statistics.median(ms for visit in range(first, last + 1) for ms in self.times[visit])


def whole_case(visits: int, variables: dict[str, Any]) -> Driver:
    """Three branches, a multi-instance of three calls, two reviewers, messages and timers on borders."""
    case = Driver([CASE, REFERRAL, INTAKE], "case", {"case_number": "C1", **variables})
    case.complete("reception", age=4)
    case.complete("plan", referrals=[{"id": id, "wait": "P10D"} for id in "ABC"])
    for waiting in case.out.calls:
        case.do(commands.FinishCall(waiting.id))
    for case.visit in range(1, visits + 1):
        case.complete("visit", n=1)
        case.complete("review", ok=False)
        case.complete("review", ok=True)
        case.complete("intervene", more=True)
        case.do(commands.Fire(next(w.id for w in case.out.waits if w.name == "new_report"), {"report": {"text": "x"}}))
        case.complete("assess", y=1)
    return case


def monitoring(visits: int) -> Driver:
    """A loop with a parallel review by two people inside, played to its end."""
    case = Driver([LOOP], "loop", {})
    for case.visit in range(1, visits + 1):
        case.complete("visit", more=case.visit < visits)
        case.complete("review", ok=True)
        case.complete("note", text="x")
        case.complete("review", ok=True)
    if not case.out.finished:
        raise SystemExit("the monitoring loop did not end")
    return case


def stock(rounds: int) -> Callable[[int], tuple[float, int]]:
    """SpiffWorkflow alone on a loop of user task and gateway: time and size of load, step and save by round."""
    plain = file(process("p", start(), gateway("exclusive", "m"), "<bpmn:userTask id='visit'/>",
                         gateway("exclusive", "x", "x__E"), end(), path("S", "m", "visit", "x", "E"),
                         flow("x", "m", when="more")))
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(plain))
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    case = BpmnWorkflow(parser.get_spec("p"), {})
    case.do_engine_steps()
    saved, times, sizes = serializer.serialize_json(case), [0.0], [0]
    for _ in range(rounds):
        began = process_time()
        case = serializer.deserialize_json(saved)
        item = case.get_next_task(state=TaskState.READY, manual=True)
        item.data["more"] = True
        item.run()
        case.do_engine_steps()
        saved = serializer.serialize_json(case)
        times.append((process_time() - began) * 1000)
        sizes.append(len(saved))
    return lambda round: (statistics.median(times[max(1, round - 4):round + 1]), sizes[round])


def show(name: str, case: Driver, visits: int) -> None:
    """One line per stage of life."""
    for first, last in ((1, 5), (95, 105), (visits - 10, visits)):
        if last <= visits:
            print(f"{name:28} visit {first:5}–{last:<5} {case.median(first, last):6.2f} ms")
    state = case.out.state
    print(f"{name:28} state {len(state)} bytes ({len(zlib.compress(state))} compressed), "
          f"{sum(len(rows) for _, rows in json.loads(state)['flows'])} tokens")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.move", description=__doc__)
    parser.add_argument("--visits", type=int, default=1000)
    parser.add_argument("--loop", type=int, default=5000)
    said = parser.parse_args()
    show("whole case", whole_case(said.visits, {}), said.visits)
    big = {"file": {f"s{i}": {f"f{j}": "v" * 90 for j in range(50)} for i in range(22)}}
    print(f"{'whole case + 100 KB':28} visit   100       {whole_case(100, big).median(90, 100):6.2f} ms")
    show("monitoring loop, to its end", monitoring(said.loop), said.loop)
    baseline = stock(STOCK_LIMIT)
    for round in (5, 100, STOCK_LIMIT):
        ms, size = baseline(round)
        print(f"{'SpiffWorkflow alone':28} round {round:5}       {ms:6.2f} ms, {size} bytes")


if __name__ == "__main__":
    main()
