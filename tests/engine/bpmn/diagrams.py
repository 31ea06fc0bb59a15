"""Writes small diagrams for tests: one function per element, text in, XML out."""

from collections.abc import Iterable
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="m">'
)


def tag(name: str, attributes: dict[str, object] | None = None, *inner: str) -> str:
    """An element in the bpmn namespace."""
    text = "".join(f" {key}={quoteattr(str(value))}" for key, value in (attributes or {}).items() if value is not None)
    return f"<bpmn:{name}{text}>{''.join(inner)}</bpmn:{name}>"


def zeebe(tag_name: str, /, **attributes: object) -> str:
    """An empty element of the dialect."""
    text = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items() if value is not None)
    return f"<zeebe:{tag_name}{text}/>"


def extended(*inner: str) -> str:
    """Extension elements, nothing if there are none."""
    return tag("extensionElements", None, *inner) if any(inner) else ""


def mapping(inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None) -> str:
    """Input and output mappings, {target: source}."""
    if not inputs and not outputs:
        return ""
    lines = [zeebe("input", source=source, target=target) for target, source in (inputs or {}).items()]
    lines += [zeebe("output", source=source, target=target) for target, source in (outputs or {}).items()]
    return f"<zeebe:ioMapping>{''.join(lines)}</zeebe:ioMapping>"


def properties(values: dict[str, str]) -> str:
    """Extension properties."""
    lines = [zeebe("property", name=name, value=value) for name, value in values.items()]
    return f"<zeebe:properties>{''.join(lines)}</zeebe:properties>" if values else ""


def file(*parts: str) -> bytes:
    """A file with processes, messages and errors."""
    return (HEAD + "".join(parts) + "</bpmn:definitions>").encode()


def process(id: str, *parts: str, **said: str) -> str:
    """An executable process; `said` become its properties."""
    return tag("process", {"id": id, "name": id, "isExecutable": "true"}, extended(properties(said)), *parts)


def start(id: str = "S", *inner: str, **attributes: object) -> str:
    """A start event."""
    return tag("startEvent", {"id": id, **attributes}, *inner)


def end(id: str = "E", *inner: str) -> str:
    """An end event."""
    return tag("endEvent", {"id": id}, *inner)


def flow(source: str, target: str, id: str | None = None, when: str | None = None) -> str:
    """One arrow, perhaps with a condition."""
    condition = tag("conditionExpression", None, escape(when)) if when else ""
    return tag("sequenceFlow", {"id": id or f"{source}__{target}", "sourceRef": source, "targetRef": target}, condition)


def path(*ids: str) -> str:
    """Arrows from each to the next."""
    return "".join(flow(a, b) for a, b in pairwise(ids))


def gateway(kind: str, id: str, default: str | None = None) -> str:
    """kind: exclusive, parallel, inclusive or eventBased."""
    return tag(f"{kind}Gateway", {"id": id, "default": default})


def user(id: str, *more: str, inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None,
         groups: str | None = None, assignee: str | None = None, due: str | None = None, follow_up: str | None = None,
         priority: str | None = None, form: str | None = None, **said: str) -> str:
    """A user task; `said` become its properties."""
    return tag("userTask", {"id": id}, extended(
        zeebe("formDefinition", formId=form) if form else "",
        zeebe("assignmentDefinition", candidateGroups=groups, assignee=assignee) if groups or assignee else "",
        zeebe("taskSchedule", dueDate=due, followUpDate=follow_up) if due or follow_up else "",
        zeebe("priorityDefinition", priority=priority) if priority else "",
        mapping(inputs, outputs), properties(said)), *more)


def script(id: str, expression: str, variable: str, *more: str) -> str:
    """A script task."""
    return tag("scriptTask", {"id": id}, extended(
        zeebe("script", expression=expression, resultVariable=variable)), *more)


def rule(id: str, decision: str, variable: str) -> str:
    """A business rule task."""
    return tag("businessRuleTask", {"id": id}, extended(
        zeebe("calledDecision", decisionId=decision, resultVariable=variable)))


def job(id: str, type: str, *more: str, kind: str = "serviceTask", inputs: dict[str, str] | None = None,
        outputs: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> str:
    """A service or send task, or a throwing event with a job."""
    lines = "".join(zeebe("header", key=key, value=value) for key, value in (headers or {}).items())
    return tag(kind, {"id": id}, extended(
        zeebe("taskDefinition", type=type, retries="3"),
        f"<zeebe:taskHeaders>{lines}</zeebe:taskHeaders>" if lines else "", mapping(inputs, outputs)), *more)


def sub(id: str, *parts: str, event: bool = False, inputs: dict[str, str] | None = None,
        outputs: dict[str, str] | None = None) -> str:
    """A sub-process, or with `event` an event sub-process."""
    return tag("subProcess", {"id": id, "triggeredByEvent": "true" if event else None},
               extended(mapping(inputs, outputs)), *parts)


def call(id: str, called: str, *more: str, inputs: dict[str, str] | None = None,
         outputs: dict[str, str] | None = None, all_in: bool = False, all_out: bool = False) -> str:
    """A call activity."""
    return tag("callActivity", {"id": id}, extended(
        zeebe("calledElement", processId=called, propagateAllParentVariables=str(all_in).lower(),
              propagateAllChildVariables=str(all_out).lower()), mapping(inputs, outputs)), *more)


def each(collection: str, item: str, results: str | None = None, result: str | None = None,
         sequential: bool = False, enough: str | None = None) -> str:
    """A multi-instance marker."""
    return tag("multiInstanceLoopCharacteristics", {"isSequential": str(sequential).lower()}, extended(
        zeebe("loopCharacteristics", inputCollection=collection, inputElement=item, outputCollection=results,
              outputElement=result)), tag("completionCondition", None, escape(enough)) if enough else "")


def timer(**when: str) -> str:
    """timer(timeDuration="PT1H"), timer(timeDate=…), timer(timeCycle=…)."""
    return tag("timerEventDefinition", None, *(tag(form, None, escape(text)) for form, text in when.items()))


def message_event(id: str) -> str:
    """A message event definition."""
    return tag("messageEventDefinition", {"messageRef": id})


def message(id: str, name: str, key: str | None = None) -> str:
    """A message of the file."""
    return tag("message", {"id": id, "name": name}, extended(zeebe("subscription", correlationKey=key) if key else ""))


def error_event(id: str | None = None) -> str:
    """An error event definition; without a reference it catches all."""
    return tag("errorEventDefinition", {"errorRef": id})


def error(id: str, code: str) -> str:
    """An error of the file."""
    return tag("error", {"id": id, "errorCode": code})


def signal_event(id: str) -> str:
    """A signal event definition."""
    return tag("signalEventDefinition", {"signalRef": id})


def signal(id: str, name: str) -> str:
    """A signal of the file."""
    return tag("signal", {"id": id, "name": name})


def escalation_event(id: str | None = None) -> str:
    """An escalation event definition; without a reference it catches all."""
    return tag("escalationEventDefinition", {"escalationRef": id})


def escalation(id: str, code: str) -> str:
    """An escalation of the file."""
    return tag("escalation", {"id": id, "escalationCode": code})


def condition(expression: str) -> str:
    """A conditional event definition."""
    return tag("conditionalEventDefinition", None, tag("condition", None, escape(expression)))


def link(name: str) -> str:
    """A link event definition."""
    return tag("linkEventDefinition", {"name": name})


def throw(id: str, definition: str = "", inputs: dict[str, str] | None = None,
          kind: str = "intermediateThrowEvent") -> str:
    """A throwing event; kind may be endEvent."""
    return tag(kind, {"id": id}, extended(mapping(inputs)), definition)


def again(condition: str | None = None, most: int | None = None, first: bool = False) -> str:
    """A loop marker."""
    return tag("standardLoopCharacteristics", {"loopMaximum": most, "testBefore": "true" if first else None},
               tag("loopCondition", None, escape(condition)) if condition else "")


def boundary(id: str, host: str, definition: str, interrupting: bool = True,
             outputs: dict[str, str] | None = None, **said: str) -> str:
    """An event on the border of an activity."""
    return tag("boundaryEvent", {"id": id, "attachedToRef": host, "cancelActivity": str(interrupting).lower()},
               extended(mapping(None, outputs), properties(said)), definition)


def catch(id: str, definition: str, outputs: dict[str, str] | None = None) -> str:
    """An intermediate catching event."""
    return tag("intermediateCatchEvent", {"id": id}, extended(mapping(None, outputs)), definition)


def receive(id: str, message_id: str, outputs: dict[str, str] | None = None) -> str:
    """A receive task."""
    return tag("receiveTask", {"id": id, "messageRef": message_id}, extended(mapping(None, outputs)))


def simple(id: str, *nodes: str, ids: Iterable[str], more: str = "") -> bytes:
    """One process in one line: start, the named nodes, end."""
    return file(process(id, start(), *nodes, end(), path("S", *ids, "E"), more))
