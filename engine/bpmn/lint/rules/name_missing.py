from collections.abc import Iterator

from engine.bpmn.lint.diagram import GATEWAYS, Diagram, Node, properties_of
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text

SPOKEN = frozenset(
    {
        "userTask",
        "callActivity",
        "subProcess",
        "businessRuleTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "intermediateCatchEvent",
        "boundaryEvent",
    }
)


@rule(
    "warning",
    Text(
        "عناصر يراها الناس بلا اسم عربي أو بلا اسم إنكليزي.",
        "Elements that people meet without an Arabic or an English name.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        if _spoken(node):
            yield from _missing(label(node.element), node.name, node.properties.get("name_en", ""))
    for process in diagram.processes:
        if process.nodes:
            english = properties_of(process.element).get("name_en", "")
            yield from _missing(label(process.element), process.element.get("name") or "", english)


def _spoken(node: Node) -> bool:
    asks = node.tag in GATEWAYS and node.tag in {"exclusiveGateway", "inclusiveGateway"} and len(node.outgoing) > 1
    return (node.tag in SPOKEN and not node.is_event_subprocess and not node.catches_link) or asks


def _missing(element: str, arabic: str, english: str) -> Iterator[Flaw]:
    if not any("\u0600" <= letter <= "\u06ff" for letter in arabic):
        yield Flaw(
            element,
            Text("لا يوجد اسم عربي.", "There is no Arabic name."),
            Text("اكتب الاسم العربي في name.", "Write the Arabic name as its name."),
        )
    if not english.strip():
        yield Flaw(
            element,
            Text("لا يوجد اسم إنكليزي.", "There is no English name."),
            Text("أضف خاصية name_en.", "Add the property name_en."),
        )
