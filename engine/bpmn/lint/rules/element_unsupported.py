from collections.abc import Iterator

from lxml import etree

from engine.bpmn.lint.diagram import BPMN, FLOW_NODES, Diagram, local
from engine.bpmn.lint.elements import UNSUPPORTED
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


@rule(
    "error",
    Text(
        "عناصر من BPMN لا نشغّلها، كل منها باسمه وبما يُرسم مكانه.",
        "Elements that BPMN has and we refuse, each by its name, with what to draw instead.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for process in diagram.processes:
        for element in process.element.iter(f"{BPMN}*"):
            tag = local(element)
            if tag in UNSUPPORTED and not is_documentation(element):
                yield _refused(_owner(element), UNSUPPORTED[tag])
            for attribute, value, words in _REFUSED_FLAGS:
                if element.get(attribute) == value:
                    yield _refused(element, words)


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
