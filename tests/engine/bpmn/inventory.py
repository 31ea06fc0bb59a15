"""Everything that BPMN has and what becomes of it here: one row each, with a minimal diagram that proves the claim.
docs/bpmn.md is written from it: `python -m tests.engine.bpmn.inventory`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.engine.bpmn.bounds_told import BOUNDS, READINGS
from tests.engine.lint.drawing import (
    call,
    end,
    escape,
    flow,
    gateway,
    io,
    job,
    many,
    message,
    message_of,
    node,
    process,
    rule,
    script,
    start,
    timer,
    user,
)
from tests.engine.lint.shapes import ERROR_A, STRAIGHT, choice, event_gateway, line, split
from tests.engine.lint.shapes_of_events import (
    ALARM,
    ASKS,
    FAILS,
    HEARS,
    HELP,
    bordered,
    condition,
    linked,
    marker,
    part,
)

PAGE = Path(__file__).resolve().parents[3] / "docs" / "bpmn.md"
OURS, SHARED = "adapter", "SpiffWorkflow’s states, our branching"


@dataclass(frozen=True)
class Row:
    """One element or attribute. `rule` is the rule that refuses it; `mover` says whose code moves its token."""

    what: str
    becomes: Literal["runs", "normalised", "refused"]
    note: str
    source: bytes
    rule: str = ""
    mover: str = ""


def runs(what: str, note: str, source: bytes, mover: str = OURS) -> Row:
    return Row(what, "runs", note, source, mover=mover)


def normalised(what: str, note: str, source: bytes) -> Row:
    return Row(what, "normalised", note, source)


def refused(what: str, rule: str, note: str, source: bytes) -> Row:
    return Row(what, "refused", note, source, rule)


def started_by(definition: str, outside: str = "", interrupting: str = "true") -> bytes:
    """A work item, and an event sub-process that this begins."""
    inner = start("s_begins", definition, isInterrupting=interrupting) + user("s_work") + end("s_over") + flow(
        "s_begins>s_work") + flow("s_work>s_over")
    esp = node("subProcess", "beside", inner=inner, triggeredByEvent="true")
    return process(start(), user(), end(), esp, *STRAIGHT, outside=outside)


def inside(ending: str, outside: str) -> bytes:
    """A sub-process that ends in this way, with an event sub-process around it that catches it."""
    esp = node("subProcess", "beside", triggeredByEvent="true", inner=(
        start("e_begins", ending) + user("e_work") + end("e_over") + flow("e_begins>e_work") + flow("e_work>e_over")))
    return part(ending, outside=outside).replace(b"</bpmn:process>", esp.encode() + b"</bpmn:process>")


def caught(definition: str, outside: str = "") -> bytes:
    return line(node("intermediateCatchEvent", "review", inner=definition), outside=outside)


def thrown(definition: str, outside: str = "", tag: str = "intermediateThrowEvent") -> bytes:
    if tag == "endEvent":
        return process(start(), user(), end(inner=definition), *STRAIGHT, outside=outside)
    return line(node(tag, "review", inner=definition), outside=outside)


def with_inner(tag: str) -> bytes:
    return line(user(inner=f"<bpmn:{tag}><bpmn:assignment/></bpmn:{tag}>"))


NESTED = many("=[1, 2]", "out", "=inner_out", "")
IN_PARTS = node("subProcess", "review", inner=(
    NESTED + start("s_begins") + user("s_work", inner=many("=[1, 2]", "inner_out", "=s_work")) + end("s_over")
    + flow("s_begins>s_work") + flow("s_work>s_over")))
ENOUGH = f"<bpmn:completionCondition>{escape('=numberOfCompletedInstances > 0')}</bpmn:completionCondition>"
IN_TURN = many("=[1, 2]", "answers", "=review", ENOUGH).replace(
    "LoopCharacteristics>", 'LoopCharacteristics isSequential="true">', 1)
DRAWN = (
    '<bpmn:dataObject id="d"/><bpmn:dataObjectReference id="dr" dataObjectRef="d"/><bpmn:dataStoreReference id="ds"/>'
    '<bpmn:textAnnotation id="t"><bpmn:text>x</bpmn:text></bpmn:textAnnotation><bpmn:group id="g"/>'
    '<bpmn:association id="a" sourceRef="review" targetRef="t"/>')
POOLS = (
    '<bpmn:collaboration id="k"><bpmn:participant id="us" processRef="stage"/><bpmn:participant id="them" '
    'processRef="family"/><bpmn:messageFlow id="m" sourceRef="them" targetRef="us"/></bpmn:collaboration>'
    '<bpmn:process id="family" isExecutable="false"><bpmn:userTask id="calls"/></bpmn:process>')
LANES = (
    '<bpmn:laneSet id="ls"><bpmn:lane id="centre"><bpmn:childLaneSet id="cl"><bpmn:lane id="lane_case_manager">'
    "<bpmn:flowNodeRef>review</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>")

ROWS: dict[str, tuple[Row, ...]] = {
    "Tasks": (
        runs("`userTask`", "A work item, open until somebody completes it.", line(user())),
        runs("`task`, `manualTask`", "Passed at once and written down; what a person must do is a user task.",
             line(node("manualTask", "review"))),
        runs("`scriptTask` with `zeebe:script`", "One FEEL expression into one variable.", line(script("review"))),
        refused("`scriptTask` with `script`", "script-not-feel", "Other languages.",
                line(node("scriptTask", "review", inner="<bpmn:script>import os</bpmn:script>"))),
        runs("`businessRuleTask`", "A decision, with what it was asked and why it said so.", line(rule("review"))),
        runs("`serviceTask`, `sendTask`", "A call, made after the commit, at least once; its type is on a closed list.",
             line(job("review", tag="sendTask"))),
        runs("`receiveTask`", "Waits for a message by name and key.",
             line(node("receiveTask", "review", messageRef="m1"), outside=message())),
    ),
    "Containers": (
        runs("`subProcess`", "A scope of its own for variables.", part("", outside="")),
        runs("`callActivity`", "Another process, with a root scope of its own.", line(call("review"))),
        refused("recursion", "call-recursion", "A process that calls itself; at run time at most 20 levels.",
                line(call("review", "stage"))),
        runs("event `subProcess`", "Begun by its event for as long as what is around it lives.",
             started_by(timer("PT1H"), interrupting="false")),
        refused("`adHocSubProcess`", "element-unsupported", "", line(node("adHocSubProcess", "review"))),
        refused("`transaction`, compensation", "element-unsupported", "", line(node("transaction", "review"))),
    ),
    "Gateways": (
        runs("`exclusiveGateway`", "The first whose condition holds, else the default.",
             choice("=review.ok", "", "way_second"), SHARED),
        runs("`parallelGateway`", "Joins know the arrow of each token, also in loops.", split("parallel", "parallel")),
        runs("`inclusiveGateway`", "Joins are decided when all else is at rest, also in loops and unstructured.",
             split("inclusive", "inclusive").replace(b'id="fork"', b'id="fork" default="fork_review"').replace(
                 b'targetRef="two">', b'targetRef="two"><bpmn:conditionExpression>=x</bpmn:conditionExpression>')),
        runs("`eventBasedGateway`", "Any number of timers, messages, signals and conditions; the first takes all.",
             event_gateway(node("intermediateCatchEvent", "late", inner=timer("P1D")),
                           node("intermediateCatchEvent", "later", inner=timer("P2D")),
                           node("intermediateCatchEvent", "answer", inner=message_of()),
                           flows=("wait>late", "wait>later", "wait>answer", "late>over", "later>over", "answer>over"))),
        refused("`complexGateway`", "element-unsupported", "", line(node("complexGateway", "review"))),
        refused("`instantiate`", "element-unsupported", "The platform starts processes.",
                line(node("receiveTask", "review", messageRef="m1", instantiate="true"), outside=message())),
    ),
    "Flows": (
        normalised("flows without an id", "They get one.", line(user()).replace(b' id="begins_review"', b"")),
        runs("several flows out of an activity", "All of them; with conditions those that hold, else the default.",
             process(start(), user(), end(), user("second"), end("o2"), "begins>review", "review>over",
                     "review>second", "second>o2"), SHARED),
        normalised("no start event", "Begins with everything that nothing leads to (a warning).",
                   process(user(), end(), "review>over")),
        refused("several start events", "start-event", "",
                process(start(), start("s2"), user(), end(), *STRAIGHT, "s2>review")),
        normalised("no end event", "The path ends there (a warning).", process(start(), user(), "begins>review")),
        refused("what nothing leads to", "unreachable", "",
                process(start(), user(), end(), user("alone"), end("o2"), *STRAIGHT, "alone>o2")),
        refused("conditions that are not FEEL", "vendor-expression", "`./run convert` translates many.",
                choice("${ok}", "", "way_second")),
    ),
    "Events in the flow": (
        runs("catch: timer (date, duration, cycle)", "ISO 8601 or FEEL; a cycle happens once here.",
             caught(timer("PT1H"))),
        runs("catch: message", "By name and key.", caught(message_of(), message())),
        runs("catch: signal", "By name, from any case.", caught(HEARS, ALARM)),
        runs("catch: condition", "Asked at the end of every move over the variables it sees; happens as it turns true.",
             process(start(), user(), end(), node("intermediateCatchEvent", "late", inner=condition("=review != null")),
                     "begins>review", "review>late", "late>over")),
        runs("throw and catch: link", "A flow that is not drawn, on one level.", linked("on", "on")),
        runs("throw: none", "Written down.", line(node("intermediateThrowEvent", "review"))),
        runs("throw: message", "A call `publish_message`.", line(job(
            "review", "publish_message", "message=answer", io("input key =1"), "intermediateThrowEvent").replace(
                "</bpmn:intermediateThrowEvent>", f"{message_of()}</bpmn:intermediateThrowEvent>"), outside=message())),
        runs("throw: signal", "At once in its own case, by a call after the commit in all others.",
             thrown(HEARS, ALARM)),
        runs("throw: escalation", "To the nearest that catches it; nowhere, and it is only written down.",
             thrown(ASKS, HELP)),
        refused("several triggers in one event", "event-misplaced", "",
                caught(timer("PT1H") + message_of(), message())),
        refused("start: timer, message, signal… of a process", "event-misplaced", "The platform starts processes.",
                process(start(inner=timer("PT1H")), user(), end(), *STRAIGHT)),
        refused("compensation, cancel", "element-unsupported", "", thrown("<bpmn:compensateEventDefinition/>")),
    ),
    "Ends": (
        runs("end: none", "", line(user()), SHARED),
        runs("end: terminate", "Takes away everything else on its level.",
             thrown("<bpmn:terminateEventDefinition/>", tag="endEvent")),
        runs("end: error", "To the nearest that catches it; nowhere is an incident (and a warning before).",
             part(FAILS, FAILS, outside=ERROR_A)),
        runs("end: escalation", "", part(ASKS, ASKS, outside=HELP)),
        runs("end: signal", "", thrown(HEARS, ALARM, "endEvent")),
        runs("end: message", "A call, as in the flow.", process(start(), user(), job(
            "over", "publish_message", "message=answer", io("input key =1"), "endEvent").replace(
                "</bpmn:endEvent>", f"{message_of()}</bpmn:endEvent>"), *STRAIGHT, outside=message())),
    ),
    "Events on borders": (
        runs("timer, interrupting or not, also a cycle", "The next time of a cycle is one interval after its last.",
             bordered(timer("R3/PT1H", "timeCycle"), "", interrupting="false")),
        runs("message", "", bordered(message_of(), message(), interrupting="false")),
        runs("signal", "", bordered(HEARS, ALARM)),
        runs("condition", "Each time it turns true.", bordered(condition("=review = 3"), "")),
        runs("escalation", "", part(ASKS, ASKS, outside=HELP)),
        runs("error", "Always interrupts.", part(FAILS, "<bpmn:errorEventDefinition/>", outside=ERROR_A)),
        refused("error that does not interrupt", "error-event", "", bordered(
            "<bpmn:errorEventDefinition/>", "", interrupting="false")),
    ),
    "Starts of event sub-processes": (
        runs("timer", "", started_by(timer("PT1H"))),
        runs("message", "", started_by(message_of(), message(), "false")),
        runs("signal", "", started_by(HEARS, ALARM)),
        runs("condition", "", started_by(condition("=review = 3"))),
        runs("escalation", "", inside(ASKS, HELP)),
        runs("error", "", inside(FAILS, ERROR_A)),
    ),
    "Repetition": (
        runs("multi-instance, parallel, nested",
             "Over a FEEL list of at most 1,000; items are walls ([bounds](#bounds-of-one-move)).",
             line(IN_PARTS)),
        runs("multi-instance, in sequence, with a completion condition", "", line(user(inner=IN_TURN))),
        refused("`loopCardinality`", "element-unsupported", "`./run convert` writes a list.",
                line(user(inner=many(inner="<bpmn:loopCardinality>3</bpmn:loopCardinality>")))),
        runs("loop marker (`standardLoopCharacteristics`)", "`loopCondition` in FEEL, `loopMaximum` up to 1,000, "
             "`testBefore`; rounds hand on what they did.", line(user(inner=marker("=review.more", "5")))),
        runs("loops of flows", "A loop must wait for somebody or some time ([bounds](#bounds-of-one-move)).",
             process(start(), gateway("exclusive", "again"), user("review", more=io("output n =1")),
                     gateway("exclusive", "enough", "enough_over"), end(), "begins>again", "again>review",
                     "review>enough", "enough>over", "enough>again if =n > 1")),
        refused("loops that never wait", "runaway-loop", "", process(
            start(), gateway("exclusive", "again"), script("review"), gateway("exclusive", "enough", "enough_over"),
            end(), "begins>again", "again>review", "review>enough", "enough>over", "enough>again if =visits > 1")),
    ),
    "Drawn for readers": (
        normalised("data objects, stores, annotations, groups, associations", "Read over.",
                   process(start(), user(), end(), DRAWN, *STRAIGHT)),
        normalised("arrows from and to data objects", "Read over, as long as they assign nothing.", line(user(inner=(
            '<bpmn:property id="p1" name="__targetRef_placeholder"/><bpmn:dataInputAssociation id="di">'
            "<bpmn:sourceRef>dr</bpmn:sourceRef></bpmn:dataInputAssociation>")))),
        refused("arrows that assign, `ioSpecification`, `property`", "element-unsupported", "", with_inner(
            "dataOutputAssociation")),
        normalised("pools and message flows", "The process that is marked executable runs, others are documentation.",
                   process(start(), user(), end(), *STRAIGHT, outside=POOLS)),
        normalised("lanes, also nested", "The innermost counts; who may do it is said by `candidateGroups` alone.",
                   process(LANES, start(), user(), end(), *STRAIGHT)),
        refused("no process marked executable", "process-not-runnable", "`./run convert` marks it.",
                line(user()).replace(b' isExecutable="true"', b"")),
    ),
    "Settings of other engines": (
        refused("`camunda:`, `flowable:`, `activiti:` …", "vendor-setting", "`./run convert` mends what can be mended.",
                line(user(camunda__assignee="demo"))),
        refused("`zeebe:` settings that we do not read", "setting-not-read", "", line(user(
            more="<zeebe:executionListeners/>"))),
    ),
}


def page() -> str:
    """The text of docs/bpmn.md."""
    lines = [
        "# BPMN: what runs, what is normalised, what is refused", "",
        "Written by `python -m tests.engine.bpmn.inventory` from diagrams that the suite lints, loads and plays to "
        "their end. *Adapter* means: `engine/bpmn` moves the token; SpiffWorkflow gives its parser, its graph and the "
        "states of a token ([how](decisions/tokens.md)). Refused means: by the rule named, before publishing, with its "
        "mend ([rules](rules.md)). Files of other makers are mended by `./run convert` ([importing](importing.md)).",
        "",
    ]
    for title, rows in ROWS.items():
        lines += [f"## {title}", "", "| element | becomes | moved by | |", "|---|---|---|---|"]
        for row in rows:
            becomes = f"refused: `{row.rule}`" if row.rule else row.becomes
            lines.append(f"| {row.what} | {becomes} | {row.mover} | {row.note} |")
        lines.append("")
    return "\n".join([*lines, *BOUNDS, *READINGS, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
