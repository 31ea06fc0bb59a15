"""Names that people read: in both languages, short, and without tricks."""

import unicodedata
from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, GATEWAYS, Diagram, Node, properties_of
from engine.bpmn.lint.known import Flaw, Known, label
from engine.text import Text

LONGEST_NAME = 200
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


def nameless(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Elements that people meet without an Arabic or an English name (warning)."""
    del known
    for node in diagram.nodes:
        if _spoken(node):
            yield from _missing(label(node.element), node.name, node.properties.get("name_en", ""))
    for process in diagram.processes:
        if process.nodes:
            english = properties_of(process.element).get("name_en", "")
            yield from _missing(label(process.element), process.element.get("name") or "", english)


def _spoken(node: Node) -> bool:
    asks = (
        node.tag in GATEWAYS
        and node.tag in {"exclusiveGateway", "inclusiveGateway"}
        and len(node.outgoing) > 1
    )
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


def tricks(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Names with control or direction-override characters, or too long to show."""
    del known
    for element in diagram.root.iter(f"{BPMN}*"):
        name = element.get("name") or ""
        if len(name) > LONGEST_NAME:
            yield Flaw(
                label(element),
                Text(f"اسم أطول من {LONGEST_NAME} حرف.", f"A name longer than {LONGEST_NAME} characters."),
                Text(
                    "اختصره، وانقل الشرح إلى التوثيق.", "Shorten it; explanations go into the documentation."
                ),
            )
        if any(_tricky(letter) for letter in name):
            yield Flaw(
                label(element),
                Text(
                    "في الاسم رموز خفية تقلب اتجاه النص أو لا تُرى.",
                    "The name holds hidden characters that turn text around or cannot be seen.",
                ),
                Text("اكتب الاسم من جديد.", "Type the name again."),
            )


def _tricky(letter: str) -> bool:
    if letter in "\n\r\t\u200c\u200d\u200e\u200f":
        return False
    return unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cs"}
