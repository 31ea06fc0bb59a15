"""Reads the Camunda 8 dialect (`zeebe:` extensions, FEEL behind "=") of one element."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from engine.bpmn.bounds import ITEM_LIMIT
from engine.bpmn.expressions import Expression, optional
from engine.bpmn.names import BPMN, ZEEBE, extension, extensions, local, name_of, pairs
from engine.bpmn.problems import BpmnError
from engine.bpmn.traits import Again, Called, JobType, Loop, Mappings, Traits
from engine.bpmn.triggers import trigger_of
from engine.text import Text

DEFAULT_RETRIES = 3
KNOWN = frozenset({
    "ioMapping", "properties", "taskHeaders", "taskDefinition", "formDefinition", "assignmentDefinition",
    "taskSchedule", "priorityDefinition", "script", "calledDecision", "calledElement", "loopCharacteristics",
    "subscription", "userTask", "versionTag", "userTaskForm", "modelerTemplate",
})


def traits_of(node: etree._Element) -> Traits:
    """What the extensions of a flow node say; raises BpmnError for what would be ignored or cannot be read."""
    element = name_of(node)
    said: dict[str, Any] = {}
    for child in extensions(node):
        tag = local(child)
        if tag not in KNOWN:
            raise BpmnError(Text(f"الامتداد zeebe:{tag} غير مدعوم.", f"zeebe:{tag} is not supported."), element)
        reader = READERS.get(tag)
        if reader is not None:
            said.update(reader(child, element))
    said["trigger"] = trigger_of(node)
    said["loop"], said["again"] = _loop(node, element), _again(node, element)
    job = said.get("job")
    if job is not None:
        said["job"] = JobType(job.type, job.retries, said.get("headers", {}))
    return Traits(**said)


def _mappings(holder: etree._Element, side: str, element: str) -> Iterator[tuple[str, Expression]]:
    for mapping in holder.findall(f"{ZEEBE}{side}"):
        yield variable(mapping.get("target"), element), Expression(mapping.get("source") or "", element)


def variable(name: str | None, element: str) -> str:
    """A name that a variable may have: one word, without dots."""
    name = (name or "").strip()
    if not name.replace("_", "a").isidentifier():
        raise BpmnError(Text(
            f"اسم المتغير «{name[:80]}» غير صالح: كلمة واحدة بلا نقاط.",
            f"“{name[:80]}” is no name for a variable: one word without dots."), element)
    return name


def _io_mapping(child: etree._Element, element: str) -> dict[str, Any]:
    inputs: Mappings = tuple(_mappings(child, "input", element))
    return {"inputs": inputs, "outputs": tuple(_mappings(child, "output", element))}


def _properties(child: etree._Element, element: str) -> dict[str, Any]:
    return {"properties": {key: Expression(text, element) for key, text in pairs(child, "name").items()}}


def _form(child: etree._Element, element: str) -> dict[str, Any]:
    form = (child.get("formId") or "").strip()
    if not form:
        raise BpmnError(Text("اختر النموذج بمعرّفه (formId).", "Name the form by its id (formId)."), element)
    return {"form": form}


def _assignment(child: etree._Element, element: str) -> dict[str, Any]:
    return {
        "assignee": optional(child.get("assignee"), element),
        "groups": optional(child.get("candidateGroups"), element),
        "users": optional(child.get("candidateUsers"), element),
    }


def _schedule(child: etree._Element, element: str) -> dict[str, Any]:
    return {
        "due": optional(child.get("dueDate"), element),
        "follow_up": optional(child.get("followUpDate"), element),
    }


def _script(child: etree._Element, element: str) -> dict[str, Any]:
    expression = Expression(child.get("expression") or "", element, must_be_feel=True)
    return {"script": (expression, variable(child.get("resultVariable"), element))}


def _decision(child: etree._Element, element: str) -> dict[str, Any]:
    decision = static(child.get("decisionId"), "decisionId", element)
    return {"decision": (decision, variable(child.get("resultVariable"), element))}


def _job(child: etree._Element, element: str) -> dict[str, Any]:
    retries = (child.get("retries") or "").strip() or str(DEFAULT_RETRIES)
    if not retries.isdecimal() or len(retries) > 4:
        raise BpmnError(Text("عدد المحاولات يجب أن يكون رقماً.", "The number of retries must be a number."), element)
    return {"job": JobType(static(child.get("type"), "type", element), int(retries), {})}


def _called(child: etree._Element, element: str) -> dict[str, Any]:
    return {"called": Called(
        static(child.get("processId"), "processId", element),
        child.get("propagateAllParentVariables", "true") != "false",
        child.get("propagateAllChildVariables", "true") != "false")}


def static(text: str | None, what: str, element: str) -> str:
    """A name that must be written out, because nobody could check an expression before it runs."""
    text = (text or "").strip()
    if not text or text.startswith("="):
        raise BpmnError(Text(
            f"اكتب {what} اسماً صريحاً لا تعبيراً.", f"{what} must be a name, not missing or an expression."), element)
    return text


def _loop(node: etree._Element, element: str) -> Loop | None:
    multi = node.find(f"{BPMN}multiInstanceLoopCharacteristics")
    if multi is None:
        return None
    for tag in ("loopCardinality", "loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem"):
        if multi.find(f"{BPMN}{tag}") is not None:
            raise BpmnError(Text(f"العنصر «{tag}» غير مدعوم.", f"{tag} is not supported."), element)
    said = extension(multi, "loopCharacteristics")
    if said is None:
        raise BpmnError(Text(
            "اذكر القائمة التي يتكرر عليها العنصر (zeebe:loopCharacteristics).",
            "Name the list to repeat over (zeebe:loopCharacteristics)."), element)
    enough = multi.findtext(f"{BPMN}completionCondition")
    item, output, result = said.get("inputElement"), said.get("outputCollection"), said.get("outputElement")
    return Loop(
        Expression(said.get("inputCollection") or "", element, must_be_feel=True),
        variable(item, element) if item else None,
        variable(output, element) if output else None,
        Expression(result, element, must_be_feel=True) if result else None,
        multi.get("isSequential") == "true",
        Expression(enough, element, must_be_feel=True) if enough and enough.strip() else None)


def _again(node: etree._Element, element: str) -> Again | None:
    marker = node.find(f"{BPMN}standardLoopCharacteristics")
    if marker is None:
        return None
    text, most = (marker.findtext(f"{BPMN}loopCondition") or "").strip(), (marker.get("loopMaximum") or "").strip()
    if most and not (most.isdecimal() and 0 < int(most[:9]) <= ITEM_LIMIT):
        raise BpmnError(Text(
            f"أكثر عدد للمرات (loopMaximum) رقم بين 1 و{ITEM_LIMIT}.",
            f"The loopMaximum must be a number from 1 to {ITEM_LIMIT}."), element)
    if not text and not most:
        raise BpmnError(Text(
            "علامة التكرار بلا شرط ولا عدد أقصى.", "The loop marker has neither a condition nor a maximum."), element)
    return Again(
        Expression(text, element, must_be_feel=True) if text else None, int(most) if most else None,
        marker.get("testBefore") == "true")


READERS = {
    "ioMapping": _io_mapping,
    "properties": _properties,
    "taskHeaders": lambda child, _element: {"headers": pairs(child, "key")},
    "taskDefinition": _job,
    "formDefinition": _form,
    "assignmentDefinition": _assignment,
    "taskSchedule": _schedule,
    "priorityDefinition": lambda child, element: {"priority": optional(child.get("priority"), element)},
    "script": _script,
    "calledDecision": _decision,
    "calledElement": _called,
}
