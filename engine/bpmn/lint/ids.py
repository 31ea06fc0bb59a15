"""Ids: every element has one, of its own, that FEEL can read and nothing else claims."""

import re

from engine.bpmn.lint.diagram import Node
from engine.text import Text

LONGEST = 100
ANSWERED = frozenset({"userTask", "manualTask", "receiveTask", "intermediateCatchEvent", "boundaryEvent", "startEvent"})
FEEL_NAME = re.compile(r"[^\W\d]\w*")
SHORT_LATIN = Text(
    "استخدم حروفاً وأرقاماً وشرطة سفلية، مثل review_plan.",
    "Use letters, digits and underscores, such as review_plan.",
)


def holds_answers(node: Node) -> bool:
    """Whether people's answers land in a variable named after this element."""
    if node.tag in {"userTask", "manualTask"}:
        return True
    return node.tag in ANSWERED and "form" in node.properties
