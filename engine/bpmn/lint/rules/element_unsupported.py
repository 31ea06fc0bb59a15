from collections.abc import Iterator

from lxml import etree

from engine.bpmn.lint.diagram import BPMN, FLOW_NODES, Diagram, local
from engine.bpmn.lint.elements import UNSUPPORTED, UNSUPPORTED_OUTSIDE
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.names import is_documentation
from engine.text import Text

_REFUSED_FLAGS = (
    ("isForCompensation", "true", UNSUPPORTED["compensateEventDefinition"]),
    (
        "instantiate",
        "true",
        (
            Text(
                "بدء الإجراء من مهمة استلام أو بوابة أحداث",
                "Starting a process from a receive task or an event gateway",
            ),
            Text("ابدأ بحدث بداية بسيط.", "Begin with a plain start event."),
        ),
    ),
    (
        "parallelMultiple",
        "true",
        (
            Text("الحدث المتعدد المتوازي", "The parallel multiple event"),
            Text("ارسم الأحداث واحداً واحداً.", "Draw the events one by one."),
        ),
    ),
)

_EVENTS_OF_MANY = ("oneBehaviorEventRef", "noneBehaviorEventRef")
_THROWN_BY_MANY = (
    Text("حدث تطلقه عناصر التكرار (behavior)", "An event that items of a multi-instance throw (behavior)"),
    Text("ارسم الحدث بعد النشاط.", "Draw the event after the activity."),
)


@rule(
    "error",
    Text(
        "عناصر من BPMN لا نشغّلها، كل منها باسمه وبما يُرسم مكانه.",
        "Elements that BPMN has and we refuse, each by its name, with what to draw instead.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for element in _outside(diagram):
        yield _refused(element, UNSUPPORTED_OUTSIDE[local(element)])
    for process in diagram.processes:
        for element in process.element.iter(f"{BPMN}*"):
            tag = local(element)
            if tag in UNSUPPORTED and not is_documentation(element):
                yield _refused(_owner(element), UNSUPPORTED[tag])
            for attribute, value, words in _REFUSED_FLAGS:
                if element.get(attribute) == value:
                    yield _refused(element, words)
            if any(element.get(attribute) for attribute in _EVENTS_OF_MANY):
                yield _refused(_owner(element), _THROWN_BY_MANY)


def _outside(diagram: Diagram) -> Iterator[etree._Element]:
    """What stands beside the processes, in collaborations or by itself, and would do nothing."""
    for child in diagram.root.iterchildren(f"{BPMN}*"):
        if local(child) in UNSUPPORTED_OUTSIDE:
            yield child
        elif local(child) == "collaboration":
            yield from (one for one in child.iter(f"{BPMN}*") if local(one) in UNSUPPORTED_OUTSIDE)


def _owner(element: etree._Element) -> etree._Element:
    """The flow node that carries an inner element such as an event definition; itself if it is one."""
    while local(element) not in FLOW_NODES:
        parent = element.getparent()
        if parent is None or local(parent) in {"process", "definitions"}:
            return element
        element = parent
    return element


def _refused(element: etree._Element, words: tuple[Text, Text]) -> Flaw:
    what, mend = words
    return Flaw(label(element), Text(f"{what.ar}: غير مدعوم.", f"{what.en} is not supported."), mend)
