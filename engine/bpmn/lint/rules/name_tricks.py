import unicodedata
from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text

LONGEST_NAME = 200


@rule(
    "error",
    Text(
        "أسماء فيها رموز تحكم أو رموز تقلب الاتجاه، أو أطول من أن تُعرض.",
        "Names with control or direction-override characters, or too long to show.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for element in diagram.root.iter(f"{BPMN}*"):
        name = element.get("name") or ""
        if len(name) > LONGEST_NAME:
            yield Flaw(
                label(element),
                Text(f"اسم أطول من {LONGEST_NAME} حرف.", f"A name longer than {LONGEST_NAME} characters."),
                Text("اختصره، وانقل الشرح إلى التوثيق.", "Shorten it; explanations go into the documentation."),
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
