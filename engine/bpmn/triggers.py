"""Reads what an event, or a receive task, waits for or throws."""

from collections.abc import Callable
from typing import Any, Literal

from lxml import etree

from engine.bpmn.expressions import Expression, optional
from engine.bpmn.names import BPMN, extension, local, name_of
from engine.bpmn.problems import BpmnError
from engine.bpmn.traits import Trigger
from engine.text import Text

TIMERS: Any = ("timeDate", "timeDuration", "timeCycle")
ALLOWED = {
    "startEvent": {"timer", "message", "error", "signal", "escalation", "conditional"},
    "endEvent": {"error", "terminate", "message", "signal", "escalation"},
    "intermediateCatchEvent": {"timer", "message", "signal", "conditional", "link"},
    "intermediateThrowEvent": {"message", "signal", "escalation", "link"},
    "boundaryEvent": {"timer", "message", "error", "signal", "escalation", "conditional"},
}
"""Which event definitions each kind of event may carry; the start events are those of event sub-processes."""


def trigger_of(node: etree._Element) -> Trigger | None:
    """The trigger of an event or receive task, None for a plain one. Raises BpmnError for what we do not run."""
    tag, element = local(node), name_of(node)
    if tag == "receiveTask":
        return _message(node, element)
    if tag not in ALLOWED:
        return None
    definitions = [child for child in node if local(child).endswith("EventDefinition")]
    if len(definitions) > 1 or node.find(f"{BPMN}eventDefinitionRef") is not None:
        raise BpmnError(Text("حدث واحد لا يحمل إلا تعريفاً واحداً.", "An event may carry one definition only."), element)
    if not definitions:
        return None
    kind = local(definitions[0]).removesuffix("EventDefinition")
    if kind not in ALLOWED[tag]:
        raise BpmnError(Text(f"الحدث «{kind}» غير مدعوم هنا.", f"The {kind} event is not supported here."), element)
    return _read(kind, definitions[0], node, element)


def _read(kind: str, definition: etree._Element, node: etree._Element, element: str) -> Trigger:
    reader = READERS.get(kind)
    if reader is not None:
        return reader(definition, element)
    if local(node) in {"endEvent", "intermediateThrowEvent"}:
        return _thrown_message(node, element)
    return _message(definition, element)


def _timer(definition: etree._Element, element: str) -> Trigger:
    for form in TIMERS:
        text = (definition.findtext(f"{BPMN}{form}") or "").strip()
        if text:
            return Trigger("timer", when=Expression(text, element), form=form)
    raise BpmnError(Text("المؤقت بلا موعد ولا مدة.", "The timer has neither a date nor a duration."), element)


def _referred(definition: etree._Element, attribute: str, tag: str, element: str) -> etree._Element:
    reference = (definition.get(attribute) or "").rpartition(":")[2]
    for found in definition.getroottree().getroot().iterchildren(f"{BPMN}{tag}"):
        if reference and found.get("id") == reference:
            return found
    raise BpmnError(Text(f"لم يحدَّد {attribute} أو لا وجود له.", f"{attribute} is missing or names nothing."), element)


def _message(definition: etree._Element, element: str) -> Trigger:
    message = _referred(definition, "messageRef", "message", element)
    name = (message.get("name") or "").strip()
    if not name:
        raise BpmnError(Text("الرسالة بلا اسم.", "The message has no name."), element)
    subscription = extension(message, "subscription")
    key = None if subscription is None else optional(subscription.get("correlationKey"), element)
    return Trigger("message", name=name, key=key)


def _thrown_message(node: etree._Element, element: str) -> Trigger:
    if extension(node, "taskDefinition") is None:
        raise BpmnError(Text(
            "إرسال الرسالة يحتاج إلى نوع عمل (zeebe:taskDefinition).",
            "Sending a message needs a job type (zeebe:taskDefinition)."), element)
    return Trigger("message")


def _error(definition: etree._Element, element: str) -> Trigger:
    return Trigger("error", code=_code(definition, "error", element))


def _escalation(definition: etree._Element, element: str) -> Trigger:
    return Trigger("escalation", code=_code(definition, "escalation", element))


def _code(definition: etree._Element, kind: Literal["error", "escalation"], element: str) -> str | None:
    if definition.get(f"{kind}Ref") is None:
        return None
    found = _referred(definition, f"{kind}Ref", kind, element)
    code = (found.get(f"{kind}Code") or "").strip() or None
    if code is not None and code.startswith("="):
        raise BpmnError(Text(
            f"الرمز {kind}Code يُكتب صريحاً لا تعبيراً.", f"The {kind}Code is written out, not an expression."), element)
    return code


def _signal(definition: etree._Element, element: str) -> Trigger:
    signal = _referred(definition, "signalRef", "signal", element)
    name = (signal.get("name") or "").strip()
    if not name or name.startswith("="):
        raise BpmnError(Text("اسم الإشارة يُكتب صريحاً.", "A signal needs a name that is written out."), element)
    return Trigger("signal", name=name)


def _conditional(definition: etree._Element, element: str) -> Trigger:
    text = (definition.findtext(f"{BPMN}condition") or "").strip()
    return Trigger("conditional", when=Expression(text, element, must_be_feel=True))


def _link(definition: etree._Element, element: str) -> Trigger:
    name = (definition.get("name") or "").strip()
    if not name:
        raise BpmnError(Text("حدث الربط بلا اسم.", "The link event has no name."), element)
    return Trigger("link", name=name)


READERS: dict[str, Callable[[etree._Element, str], Trigger]] = {
    "timer": _timer, "error": _error, "escalation": _escalation, "signal": _signal, "conditional": _conditional,
    "link": _link, "terminate": lambda _definition, _element: Trigger("terminate"),
}
