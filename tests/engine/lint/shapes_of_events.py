"""Shapes of events that tests share: what is said outwards, conditions, links and loop markers."""

from tests.engine.lint.drawing import end, escape, node, process, start, user
from tests.engine.lint.shapes import STRAIGHT, boundary

ALARM = '<bpmn:signal id="s1" name="alarm"/>'
HELP = '<bpmn:escalation id="c1" escalationCode="help"/>'
HEARS = '<bpmn:signalEventDefinition signalRef="s1"/>'
ASKS = '<bpmn:escalationEventDefinition escalationRef="c1"/>'
FAILS = '<bpmn:errorEventDefinition errorRef="e1"/>'


def condition(text: str) -> str:
    inner = f"<bpmn:condition>{escape(text)}</bpmn:condition>" if text else ""
    return f"<bpmn:conditionalEventDefinition>{inner}</bpmn:conditionalEventDefinition>"


def link(name: str) -> str:
    return f'<bpmn:linkEventDefinition name="{name}"/>'


def marker(text: str = "", most: str = "") -> str:
    condition = f"<bpmn:loopCondition>{escape(text)}</bpmn:loopCondition>" if text else ""
    bound = f' loopMaximum="{most}"' if most else ""
    return f"<bpmn:standardLoopCharacteristics{bound}>{condition}</bpmn:standardLoopCharacteristics>"


def bordered(definition: str, outside: str, *more: str, interrupting: str = "true") -> bytes:
    """A work item with an event on its border."""
    return process(start(), user(), end(), boundary(definition, cancelActivity=interrupting), end("o2"), *STRAIGHT,
                   "late>o2", *more, outside=outside)


def part(ending: str, *borders: str, outside: str) -> bytes:
    """A sub-process with this end, and events on its border, each with an end of its own."""
    inner = (start("s_begins") + user("s_review") + end("s_over", ending)
             + '<bpmn:sequenceFlow id="f1" sourceRef="s_begins" targetRef="s_review"/>'
             + '<bpmn:sequenceFlow id="f2" sourceRef="s_review" targetRef="s_over"/>')
    events = [node("boundaryEvent", f"b{n}", inner=text, attachedToRef="part") for n, text in enumerate(borders)]
    ends = [end(f"bo{n}") for n in range(len(borders))]
    return process(start(), node("subProcess", "part", inner=inner), end(), *events, *ends, "begins>part", "part>over",
                   *(f"b{n}>bo{n}" for n in range(len(borders))), outside=outside)


def linked(thrown: str, caught: str) -> bytes:
    return process(start(), user(), end(), node("intermediateThrowEvent", "out", inner=link(thrown)),
                   node("intermediateCatchEvent", "in", inner=link(caught)), "begins>review", "review>out", "in>over")


def thrower(name: str) -> bytes:
    """Throws a signal and hears the alarm itself."""
    cry = '<bpmn:signalEventDefinition signalRef="x1"/>'
    return process(
        start(), user(), end(), node("intermediateThrowEvent", "cry", inner=cry),
        boundary(HEARS, cancelActivity="false"), end("o2"), "begins>review", "review>cry", "cry>over", "late>o2",
        outside=f'{ALARM}<bpmn:signal id="x1" name="{name}"/>')
