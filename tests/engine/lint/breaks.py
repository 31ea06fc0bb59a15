"""The breaks: everything of a diagram that a slip of the hand can take away, misspell, turn round or move."""

import re
from collections.abc import Callable, Sequence

from engine.bpmn.lint.diagram import BPMN, ZEEBE
from tests.engine.lint.breaking import (
    Break,
    Element,
    become,
    branching,
    conditions,
    erase,
    every,
    misread,
    misspell,
    misspelt,
    nodes,
    reading,
    remove,
    remove_with_flows,
    setting,
    text,
    write,
)

LOST = {"unreachable", "dead-end", "implicit-end", "endless-loop", "join-stalls", "event-gateway", "way-missing",
        "default-wrong", "default-missing", "runs-twice", "start-event", "implicit-start", "link-event", "flow-ends"}
READS = {"variable-unwritten", "variable-early", "variable-misspelt", "call-inputs-differ"}
FLOW, CONDITION = f"{BPMN}sequenceFlow", f"{BPMN}conditionExpression"


def _swap_ends(flow: Element) -> None:
    source, target = flow.get("sourceRef"), flow.get("targetRef")
    flow.set("sourceRef", str(target))
    flow.set("targetRef", str(source))


def _to_itself(flow: Element) -> None:
    flow.set("targetRef", str(flow.get("sourceRef")))


def _groups(computed: bool) -> Callable[[Element], Sequence[Element]]:
    """Settings of groups that are worked out, or that are named."""
    every_one = every(f"{ZEEBE}assignmentDefinition", having="candidateGroups")
    return lambda root: [
        one for one in every_one(root) if str(one.get("candidateGroups")).startswith("=") is computed]


def _misread_group(definition: Element) -> None:
    """Misspells the first variable of a computed group."""
    said = str(definition.get("candidateGroups"))
    definition.set("candidateGroups", re.sub(r"(\[)(\w)", r"\1x\2", said, count=1))


def _of(name: str, *rules: str, places: Callable[[Element], Sequence[Element]], do: Callable[[Element], None]) -> Break:
    return Break(name, frozenset(rules), places, do)


BREAKS: tuple[Break, ...] = (
    _of("flow dropped", *LOST, *READS, "message-alone", places=every(FLOW), do=remove),
    _of("flow turned round", *LOST, *READS, places=every(FLOW), do=_swap_ends),
    _of("flow back to its source", *LOST, *READS, "runaway-loop", "answered-twice", places=every(FLOW), do=_to_itself),
    _of("flow into nowhere", "flow-ends", places=every(FLOW), do=misspell("targetRef")),
    _of("node dropped", *LOST, *READS, "message-alone", "four-eyes-broken", "signal-alone", "error-uncaught",
        "escalation-unheard", places=nodes("userTask", "serviceTask", "businessRuleTask", "scriptTask", "callActivity",
                                           "startEvent", "endEvent"), do=remove_with_flows),
    _of("default dropped", "condition-missing", "way-missing",
        places=every(f"{BPMN}exclusiveGateway", having="default"),
        do=erase("default")),
    _of("default misspelt", "default-wrong", places=every(f"{BPMN}exclusiveGateway", having="default"),
        do=misspell("default")),
    _of("condition dropped", "condition-missing", places=every(CONDITION), do=remove),
    _of("condition of another engine", "vendor-expression", places=every(CONDITION), do=text(lambda _: "${approved}")),
    _of("condition cut off", "expression-syntax", places=every(CONDITION), do=text(lambda said: f"{said} and (")),
    _of("condition misspelt", *READS, places=conditions, do=text(misspelt)),
    _of("form misspelt", "form-unknown", places=every(f"{ZEEBE}formDefinition", having="formId"),
        do=misspell("formId")),
    _of("form dropped", "work-without-form", places=every(f"{ZEEBE}formDefinition"), do=remove),
    _of("offered form misspelt", "form-unknown", places=setting("form"), do=misspell("value")),
    _of("group misspelt", "group-unknown", places=_groups(computed=False), do=misspell("candidateGroups")),
    _of("group reads wrongly", *READS, places=_groups(computed=True), do=_misread_group),
    _of("group dropped", "work-without-group", places=every(f"{ZEEBE}assignmentDefinition"), do=remove),
    _of("offered group misspelt", "group-unknown", places=setting("offer_to"), do=misspell("value")),
    _of("offer dropped", "message-alone", places=setting("offer_to"), do=remove),
    _of("decision misspelt", "decision-call", places=every(f"{ZEEBE}calledDecision"), do=misspell("decisionId")),
    _of("decision's result misspelt", *READS, places=every(f"{ZEEBE}calledDecision"), do=misspell("resultVariable")),
    _of("script's result misspelt", *READS, places=every(f"{ZEEBE}script"), do=misspell("resultVariable")),
    _of("called process misspelt", "call-unknown", places=every(f"{ZEEBE}calledElement"), do=misspell("processId")),
    _of("call hands over everything", "call-inputs-unstated", places=every(f"{ZEEBE}calledElement"),
        do=write("propagateAllParentVariables", "true")),
    _of("input misspelt", *READS, places=every(f"{ZEEBE}input"), do=misspell("target")),
    _of("input dropped", *READS, "job-settings", places=every(f"{ZEEBE}input"), do=remove),
    _of("input reads wrongly", *READS, places=reading(f"{ZEEBE}input", "source"), do=misread("source")),
    _of("output misspelt", *READS, places=every(f"{ZEEBE}output"), do=misspell("target")),
    _of("output dropped", *READS, "answered-twice", places=every(f"{ZEEBE}output"), do=remove),
    _of("output reads wrongly", *READS, places=reading(f"{ZEEBE}output", "source"), do=misread("source")),
    _of("due date reads wrongly", *READS, places=reading(f"{ZEEBE}taskSchedule", "dueDate"), do=misread("dueDate")),
    _of("due date unreadable", "date-unreadable", places=every(f"{ZEEBE}taskSchedule", having="dueDate"),
        do=write("dueDate", "tomorrow")),
    _of("collection reads wrongly", *READS, places=reading(f"{ZEEBE}loopCharacteristics", "inputCollection"),
        do=misread("inputCollection")),
    _of("collection dropped", "multi-collection", places=every(f"{ZEEBE}loopCharacteristics"),
        do=erase("inputCollection")),
    _of("message misspelt", "message-alone", "signal-alone", places=every(f"{BPMN}message", f"{BPMN}signal"),
        do=misspell("name")),
    _of("published message misspelt", "message-alone", places=setting("message"), do=misspell("value")),
    _of("key dropped", "message-incomplete", places=every(f"{ZEEBE}subscription"), do=remove),
    _of("job type misspelt", "job-type", places=every(f"{ZEEBE}taskDefinition"), do=misspell("type")),
    _of("header dropped", "job-settings", places=setting("destination", "template", "message"), do=remove),
    _of("four eyes misspelt", "four-eyes-broken", places=setting("not_done_by"), do=misspell("value")),
    _of("timer unreadable", "timer-unreadable", places=every(*(f"{BPMN}time{kind}" for kind in (
        "Duration", "Date", "Cycle"))), do=text(lambda _: "two days")),
    _of("event adrift", "event-adrift", places=nodes("boundaryEvent"), do=misspell("attachedToRef")),
    _of("event waits for nothing", "event-misplaced", "job-type", places=every(*(f"{BPMN}{kind}EventDefinition"
        for kind in ("message", "timer", "signal", "conditional"))), do=remove),
    _of("id missing", "id-missing", places=nodes("userTask"), do=erase("id")),
    _of("id in another script", "id-unreadable", "flow-ends", places=nodes("userTask"), do=write("id", "a b")),
    _of("work item without a kind", "task-without-kind", places=nodes("userTask"), do=become("task")),
    _of("join becomes a merge", "runs-twice", *LOST, places=branching("parallelGateway", "targetRef"),
        do=become("exclusiveGateway")),
    _of("merge becomes a join", "join-stalls", "condition-ignored", *LOST,
        places=branching("exclusiveGateway", "targetRef"),
        do=become("parallelGateway")),
    _of("choice becomes a fork", "condition-ignored", "default-wrong",
        places=branching("exclusiveGateway", "sourceRef"),
        do=become("parallelGateway")),
    _of("fork becomes a choice", "condition-missing", "join-stalls", places=branching("parallelGateway", "sourceRef"),
        do=become("exclusiveGateway")),
    _of("Arabic name dropped", "name-missing", places=every(f"{BPMN}userTask", having="name"), do=erase("name")),
    _of("English name dropped", "name-missing", places=setting("name_en"), do=remove),
    _of("not executable", "process-not-runnable", places=every(f"{BPMN}process"), do=write("isExecutable", "false")),
)

NOT_ALWAYS = {
    "flow dropped": "a way less that another way makes up for: the stories say which ways are demanded",
    "flow turned round": "a loop that is sound, though nobody wanted it",
    "node dropped": "what nobody reads and nothing demands: the stories do",
    "offer dropped": "harmless: a process publishes the same message",
    "decision's result misspelt": "another element writes the right name as well, or nobody reads it",
    "script's result misspelt": "another element writes the right name as well, or nobody reads it",
    "input misspelt": "the same variable is around, or a call of the platform can do without it",
    "input dropped": "stated as an input that can be done without, or the same variable is around",
    "output misspelt": "kept for the record, or another element writes the right name as well",
    "output dropped": "kept for the record, or another element writes the right name as well",
    "output reads wrongly": "what comes with a message or a call has names that nobody knows",
    "message misspelt": "harmless: people record it on the element that offers it, whatever its name",
    "English name dropped": "harmless: of ends, legends and flows nobody reads the name in English by itself",
}
"""Breaks of which the linter does not find each, and what finds the others, or why they do no harm."""
