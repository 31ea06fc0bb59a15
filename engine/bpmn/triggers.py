"""Reads what an event, or a receive task, waits for or throws."""

from typing import Any

from lxml import etree

from engine.bpmn.expressions import Expression, optional
from engine.bpmn.names import BPMN, extension, local, name_of
from engine.bpmn.problems import BpmnError
from engine.bpmn.traits import Trigger
from engine.text import Text

TIMERS: Any = ("timeDate", "timeDuration", "timeCycle")
ALLOWED = {
    "startEvent": {"timer", "message", "error"},
    "endEvent": {"error", "terminate", "message"},
    "intermediateCatchEvent": {"timer", "message"},
    "intermediateThrowEvent": {"message"},
    "boundaryEvent": {"timer", "message", "error"},
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
    if kind == "timer":
        return _timer(definition, element)
    if kind == "error":
        return _error(definition, element)
    if kind == "terminate":
        return Trigger("terminate")
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
    if definition.get("errorRef") is None:
        return Trigger("error")
    error = _referred(definition, "errorRef", "error", element)
    return Trigger("error", code=(error.get("errorCode") or "").strip() or None)
